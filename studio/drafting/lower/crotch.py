"""The crotch seam: its length reconciled with the body by moving the forks and the centre back (patterns.md 5.6).

The classic fractions of the hip (front fork 1/16 + 0.5 cm beyond the centre front, back fork half as much again, centre back
raised 2 cm) leave the seam 2 to 8 cm shorter than the body from waist to waist through the legs. So both are variables here:
the forks reach out by `stretch` times the classic extension, and the centre back stands `raised` cm higher along its own line,
which turns the back waist about the hip.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace

from studio.arrays import point
from studio.curves import Curve
from studio.drafting.geometry import cubic, line, quarter_turn, solved, total_length, unit
from studio.drafting.lower.leg import BACK_EXTENSION, Block, Leg, drafted_leg
from studio.errors import DraftError
from studio.sizing import Measures

CROTCH_EASE = 0.8
"""What the seam is longer than the body, cm."""
USUAL_DEPTH = 0.2
"""Depth of the body between the legs as a share of the hip girth: reproduces measured crotch lengths of 74 cm for a woman of
hip 101, rise 27, and 87 cm for a man of hip 102, rise 34, within 1.5 cm."""
CLASSIC_RAISE = 2.0
FRONT_CURVE = (0.58, 0.58)
BACK_CURVE = (0.88, 0.70)
"""Handles of the crotch curves: the back is scooped well down before it turns to the fork."""
RAISE_SHARE = 0.45
"""How much of a missing length the centre back takes; the forks take the rest."""


@dataclass(frozen=True)
class CrotchFit:
    """How the crotch came out: `missing` is what the drafted seam is shorter than wanted, cm (negative: longer);
    `drop` how much lower than the front fork the back fork lies."""

    stretch: float
    raised: float
    wanted: float
    missing: float
    drop: float


def usual_crotch_length(m: Measures) -> float:
    """What the crotch of this body measures when nobody measured it: down and up the rise, and through between the legs."""
    return 2 * m.rise + USUAL_DEPTH * m.hip


def fitted_crotch(block: Block) -> CrotchFit:
    """The fork stretch and the centre back height that bring the seam nearest to the body, within what still hangs well."""
    m = block.measures
    measured = m.crotch_length is not None
    wanted = (m.crotch_length or usual_crotch_length(m)) + CROTCH_EASE
    stretches = (0.75, 1.45) if measured else (0.9, 1.25)
    raises = (-2.0, 4.5) if measured else (-1.0, 3.0)

    @functools.cache
    def length(stretch: float) -> float:
        fit = CrotchFit(stretch, 0.0, wanted, 0.0, 0.0)
        front, leg = centre_lines(block, fit, front=True)
        back, _ = _back_lines(block, fit, total_length(leg.inseam))
        return total_length(front) + total_length(back)

    def bounded(value: float) -> float:
        return min(max(value, raises[0]), raises[1])

    raised = bounded(RAISE_SHARE * (wanted - length(1.0)))
    low, high = (_drafted_end(length, end) for end in stretches)
    stretch = _nearest(lambda q: length(q) + raised - wanted, low, high)
    raised = bounded(wanted - length(stretch))
    fit = CrotchFit(stretch, raised, wanted, wanted - length(stretch) - raised, 0.0)
    _, leg = centre_lines(block, fit, front=False)
    return replace(fit, drop=float(leg.fork[1]) - block.levels.fork)


def _drafted_end(length: Callable[[float], float], end: float) -> float:
    """The stretch between `end` and the classic 1 that is nearest to `end` and still closes: short legs cannot reach out far.

    Raises DraftError when not even the classic fork closes.
    """
    for share in (1.0, 0.75, 0.5, 0.25):
        stretch = 1 + share * (end - 1)
        try:
            length(stretch)
        except DraftError:
            continue
        return stretch
    length(1.0)
    return 1.0


def _nearest(excess: Callable[[float], float], low: float, high: float) -> float:
    """The value in the range at which a rising `excess` is zero, or the end of the range that comes nearest."""
    if excess(low) >= 0:
        return low
    if excess(high) <= 0:
        return high
    return solved(excess, low, high, what="the crotch seam")


def centre_lines(block: Block, fit: CrotchFit, *, front: bool) -> tuple[tuple[Curve, Curve], Leg]:
    """(straight centre line from the waist, curve into the fork), and the leg below, of the front or back half.

    Raises DraftError when no height of the back fork makes the inseams equal.
    """
    if not front:
        return _back_lines(block, fit, total_length(_front_leg(block, fit).inseam))
    leg = _front_leg(block, fit)
    at_hip = point(-block.inside, block.levels.hip)
    straight = line(point(-block.inside + block.front_taken_in, 0.0), at_hip)
    return (straight, _into_fork(straight, leg, *FRONT_CURVE)), leg


def _front_leg(block: Block, fit: CrotchFit) -> Leg:
    m = block.measures
    fork = point(-block.inside - block.extension * fit.stretch, block.levels.fork)
    return drafted_leg(block, fork, block.front_hip_side, half_knee=m.knee / 4 - 0.5, half_hem=m.hem / 4 - 0.5, hollow=0.75)


def _back_lines(block: Block, fit: CrotchFit, inseam: float) -> tuple[tuple[Curve, Curve], Leg]:
    m, levels = block.measures, block.levels
    out = -block.inside - BACK_EXTENSION * block.extension * fit.stretch

    def leg_at(fall: float) -> Leg:
        fork = point(out, levels.fork + fall)
        return drafted_leg(block, fork, block.back_hip_side, half_knee=m.knee / 4 + 0.5, half_hem=m.hem / 4 + 0.5, hollow=1.2)

    deepest = max(min(6.0, 0.8 * (levels.hem - levels.fork) - 0.5), 0.5) + 0.5
    fall = solved(lambda q: total_length(leg_at(q).inseam) - inseam, -5.5, deepest, what="the inseam")
    leg = leg_at(fall)
    seat = point(block.seat_x, 0.5 * levels.fork)
    classic = point(block.seat_x + min(max(0.4 * block.excess + 1.5, 1.0), 4.0), -CLASSIC_RAISE)
    straight = line(classic + fit.raised * unit(classic - seat), seat)
    return (straight, _into_fork(straight, leg, *BACK_CURVE)), leg


def _into_fork(straight: Curve, leg: Leg, fullness: float, reach: float) -> Curve:
    """Crotch curve: leaves the centre line smoothly and meets the inseam at a right angle.

    `fullness` and `reach` are its handles as shares of its depth and width; the fuller, the more it hugs the seat.
    """
    square = quarter_turn(leg.inseam[0].tangent(0))
    square = square if square[0] < 0 else -square
    start, fork = straight.end, leg.fork
    if fork[1] <= start[1]:
        raise DraftError("the crotch cannot be drafted with these measurements: the fork lies above the hip line")
    return cubic(
        start, start + fullness * (fork[1] - start[1]) * straight.tangent(1), fork - reach * (start[0] - fork[0]) * square, fork
    )
