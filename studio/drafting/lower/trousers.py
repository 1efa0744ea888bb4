"""Front and back of a trouser leg (patterns.md 5.6): crease at x = 0, waist at y = 0, y down, side seam at +x.

The back is drafted against the front: its fork is lowered until the inseams agree, its waist raised until the sides do.
How far the forks reach out and how high the centre back stands comes from `crotch.fitted_crotch`.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.darts import Dart, DartedEdge, darted_edge
from studio.drafting.geometry import DOWN, cubic, joined, line, quarter_turn, solved, total_length, unit
from studio.drafting.lower.crotch import CrotchFit, centre_lines, fitted_crotch
from studio.drafting.lower.leg import BACK_EXTENSION, Block, Leg, Levels, hem_between
from studio.sizing import Measures

WAIST_EASE = 1.0
SMALLEST_TROUSER_DART = 0.8
SIDE_RAISE = 0.6
TAPER = 0.45
INSIDE_HIP = 0.4
"""The back waist ends at least this far inside the hip at the side, cm: the dart takes less rather than the seam wobbling."""
RISE_EASE = 0.035
"""How much lower than the seated rise the fork lies, as a share of it: 1 cm on adults."""


@dataclass(frozen=True, eq=False)
class TrouserHalf:
    """One leg piece, runs in drawing order."""

    waist: DartedEdge  # centre -> side
    side: tuple[Curve, ...]  # waist -> hem
    hem: Curve  # side -> inseam
    inseam: tuple[Curve, ...]  # hem -> fork
    crotch: tuple[Curve, ...]  # fork -> centre waist, the last one straight
    marks: dict[str, Point2]
    folds: tuple[Curve, ...]  # of the turn-up: its bottom and its top

    @property
    def crotch_length(self) -> float:
        return total_length(self.crotch)


@dataclass(frozen=True, eq=False)
class DraftedTrousers:
    """Both halves of a leg and how the crotch came out."""

    front: TrouserHalf
    back: TrouserHalf
    crotch: CrotchFit


def drafted_trousers(m: Measures, *, hip_ease: float, turn_up: float = 0.0) -> DraftedTrousers:
    """One leg for a finished hip of hip + `hip_ease`, with a turn-up `turn_up` high, cm.

    Raises DraftError when the pieces cannot close.
    """
    hip = _block_hip(m, hip_ease)
    full_leg = 0.456 * m.height
    fork = (1 + RISE_EASE) * m.rise
    hem = fork + m.inseam
    knee = fork + full_leg / 2 - 5
    levels = Levels(min(m.hip_depth, m.rise - 4.0), fork, knee if hem > knee + 8 else None, hem)
    excess = hip / 4 - (m.waist + WAIST_EASE) / 4
    block = Block(m, hip, excess, levels, turn_up)
    fit = fitted_crotch(block)
    front = _front(block, fit)
    return DraftedTrousers(front, _back(block, fit, total_length(front.side)), fit)


def _block_hip(m: Measures, hip_ease: float) -> float:
    """The hip of the block, cm: its formulas bring 4 cm of ease with them."""
    return m.hip + max(hip_ease - 4, 0)


def easy_hem(m: Measures, *, hip_ease: float) -> float:
    """Leg hem to which the inseam of legs without a knee comes down without a hook, cm: the block's thigh, less what legs taper.

    0 for longer legs.
    """
    if m.inseam > 0.228 * m.height + 3:
        return 0.0
    hip = _block_hip(m, hip_ease)
    return hip / 2 + 2 + (1 + BACK_EXTENSION) * (hip / 16 + 0.5) - TAPER * m.inseam


def _over_hip(waist_side: Point2, hip: Point2) -> Curve:
    return cubic(
        waist_side, waist_side + (hip - waist_side) * 0.5 + point(0.4, 0), hip - 0.3 * (hip[1] - waist_side[1]) * DOWN, hip
    )


def _square_to(seam: Curve, along: Point2) -> Point2:
    """Direction at right angles to the start of a seam, on the side of `along`."""
    way = quarter_turn(seam.tangent(0))
    return way if way @ along > 0 else -way


def _waist(centre_line: Curve, side: Curve, target: float, dart_fall: float, position: float) -> DartedEdge:
    """The waist at its finished length by one dart: square to the centre line and to the side seam where it meets them."""
    centre, end = centre_line.start, side.start
    along = unit(end - centre)
    leave, arrive = _square_to(centre_line, along), _square_to(side, along)
    darts = []
    if dart_fall:
        base = centre + position * (end - centre)
        into = quarter_turn(along)
        darts = [Dart(base + dart_fall * (into if into[1] > 0 else -into), base, 1.0)]
    return darted_edge(centre, end, leaving=leave, arriving=arrive, darts=darts, length=target)


def _half(block: Block, edge: DartedEdge, over_hip: Curve, leg: Leg, centre: tuple[Curve, Curve]) -> TrouserHalf:
    side = [over_hip, *leg.outside]
    hem = hem_between(side[-1], leg.inseam[-1])
    marks = {
        "waist_center": centre[0].start,
        "waist_side": over_hip.start,
        "hip_side": over_hip.end,
        "crotch": leg.fork,
        "knee_in": leg.knee_in,
        "hem_in": leg.hem_in,
        "knee_out": leg.knee_in * (-1, 1),
        "hem_out": leg.hem_in * (-1, 1),
    }
    folds = []
    if block.turn_up:
        folds = [line(leg.hem_in + fall * DOWN, leg.hem_in * (-1, 1) + fall * DOWN) for fall in (0.0, block.turn_up)]
    return TrouserHalf(
        waist=edge,
        side=tuple(side),
        hem=hem,
        inseam=tuple(c.reversed() for c in reversed(leg.inseam)),
        crotch=tuple(c.reversed() for c in reversed(centre)),
        marks=marks,
        folds=tuple(folds),
    )


def _front(block: Block, fit: CrotchFit) -> TrouserHalf:
    m, excess = block.measures, block.excess
    centre, leg = centre_lines(block, fit, front=True)
    start = centre[0].start
    hip_side = block.front_hip_side
    target = (m.waist + WAIST_EASE) / 4
    dart = min(max(excess + 0.5 - block.front_taken_in - 3.0, 0.0), 2.5)
    dart = dart if dart >= SMALLEST_TROUSER_DART else 0.0

    def at_side(x: float) -> tuple[DartedEdge, Curve]:
        seam = _over_hip(point(x, -SIDE_RAISE), hip_side)
        return _waist(centre[0], seam, target, 0.5 * block.levels.hip if dart else 0.0, 0.5), seam

    x = start[0] + target + dart
    if not dart:
        low, high = start[0] + 0.7 * target, start[0] + 1.3 * target
        x = solved(lambda q: at_side(q)[0].length - target, low, high, what="the trouser waist")
    edge, seam = at_side(x)
    return _half(block, edge, seam, leg, centre)


def _back(block: Block, fit: CrotchFit, side_length: float) -> TrouserHalf:
    m, excess, levels = block.measures, block.excess, block.levels
    centre, leg = centre_lines(block, fit, front=False)
    start = centre[0].start
    target = (m.waist + WAIST_EASE) / 4
    dart = min(max(excess - 1.5, 0.0), 4.3)
    dart = dart if dart >= SMALLEST_TROUSER_DART else 0.0
    above_hip = side_length - total_length(leg.outside)
    hip_side = block.back_hip_side
    beyond = start[0] + target + dart - (hip_side[0] - INSIDE_HIP)
    if beyond > 0:
        dart = dart - beyond if dart - beyond >= SMALLEST_TROUSER_DART else 0.0

    def side_at(x: float) -> Curve:
        """The seam over the hip that starts at x and is as long as the front's."""
        y = solved(lambda q: _over_hip(point(x, q), hip_side).length - above_hip, -16.0, levels.hip - 3.0, what="the side seam")
        return _over_hip(point(x, y), hip_side)

    def plain_length(seam: Curve) -> float:
        """Length of the waist before any dart is cut into it."""
        along = unit(seam.start - start)
        way_out, way_in = _square_to(centre[0], along), _square_to(seam, along)
        return joined(start, seam.start, leaving=way_out, arriving=way_in).length

    x = start[0] + target + dart
    seam = side_at(x)
    for _ in range(12):  # the waist is nearly straight, so its excess length is very nearly the excess in x
        too_long = plain_length(seam) - target - dart
        if abs(too_long) < (1e-3 if dart else 1e-6):
            break
        x -= too_long
        seam = side_at(x)
    edge = _waist(centre[0], seam, target, 0.5 * levels.hip if dart else 0.0, 0.48)
    return _half(block, edge, seam, leg, centre)
