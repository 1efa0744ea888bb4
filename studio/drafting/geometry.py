"""Lines, cubics and the solving that makes drafts close."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.errors import DraftError

DOWN = point(0, 1)
RIGHT = point(1, 0)


def line(start: Point2, end: Point2) -> Curve:
    return Curve(np.concatenate((start, end)).reshape(2, 2))


def cubic(start: Point2, first: Point2, second: Point2, end: Point2) -> Curve:
    return Curve(np.concatenate((start, first, second, end)).reshape(4, 2))


def joined(start: Point2, end: Point2, *, leaving: Point2, arriving: Point2, fullness: float = 0.38) -> Curve:
    """A cubic leaving `start` along one unit direction and arriving at `end` along another.

    `fullness` is the handle length as a share of the distance; 0.38 is close to a circular arc for a right angle.
    """
    handle = fullness * math.dist(start, end)
    return cubic(start, start + handle * leaving, end - handle * arriving, end)


def unit(vector: Point2) -> Point2:
    return vector / max(math.hypot(*vector.tolist()), 1e-12)


def quarter_turn(vector: Point2) -> Point2:
    """The vector turned by 90 degrees, (x, y) -> (y, -x): on a y-down table, to the left of travel."""
    return point(vector[1], -vector[0])


def turned(vector: Point2, angle_rad: float) -> Point2:
    """The vector turned by `angle_rad`, x towards y."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return point(c * vector[0] - s * vector[1], s * vector[0] + c * vector[1])


def total_length(curves: Sequence[Curve]) -> float:
    return sum(curve.length for curve in curves)


def shifted(curve: Curve, dx: float, dy: float) -> Curve:
    return Curve(curve.control + point(dx, dy))


SOLVED_WITHIN = 1e-8
"""How near to zero a solved excess comes, in its own unit (cm mostly)."""


def solved(excess: Callable[[float], float], low: float, high: float, *, what: str) -> float:
    """The value between `low` and `high` at which `excess` is zero.

    False position with Anderson and Bjorck's weights, halving where that stalls: lengths are nearly linear in what is
    solved for, so five evaluations do mostly. Raises DraftError naming `what` cannot be drafted when `excess` has the
    same sign, or no value, at both ends.
    """
    a, b, at_a, at_b = low, high, excess(low), excess(high)
    if not (math.isfinite(at_a) and math.isfinite(at_b)) or at_a * at_b > 0:
        raise DraftError(f"{what} cannot be drafted with these measurements (off by {min(abs(at_a), abs(at_b)):.1f} cm)")
    if at_a == 0:
        return a
    true_a = at_a
    narrow, slow = 1e-13 * max(abs(low), abs(high), 1.0), 0
    while abs(at_b) > SOLVED_WITHIN and abs(b - a) > narrow:
        middle = b - at_b * (b - a) / (at_b - at_a) if slow < 3 else (a + b) / 2
        at_middle = excess(middle)
        if not math.isfinite(at_middle):
            raise DraftError(f"{what} cannot be drafted with these measurements")
        slow = slow + 1 if abs(middle - b) < abs(b - a) / 2 and slow < 3 else 0
        if at_middle * at_b <= 0:
            a, at_a, true_a = b, at_b, at_b
        else:
            weight = 1 - at_middle / at_b
            at_a *= weight if weight > 0 else 0.5
        b, at_b = middle, at_middle
    return b if abs(at_b) <= abs(true_a) else a


def cut_at_level(curves: Sequence[Curve], level: float) -> list[Curve]:
    """The part of a downward run of curves above `level` (y down)."""
    kept: list[Curve] = []
    for curve in curves:
        if curve.end[1] <= level + 1e-9:
            kept.append(curve)
            continue
        if curve.start[1] < level - 1e-9:

            def height(parameter: float, curve: Curve = curve) -> float:
                return float(curve.at(np.array((parameter,)))[0, 1]) - level

            kept.append(curve.split(solved(height, 0.0, 1.0, what="the hem level"))[0])
        break
    return kept


def cut_at_length(curves: Sequence[Curve], length: float) -> tuple[list[Curve], list[Curve]]:
    """A run of curves split at an arc length from its start, cm."""
    first: list[Curve] = []
    rest = list(curves)
    while rest and length > rest[0].length + 1e-9:
        length -= rest[0].length
        first.append(rest.pop(0))
    if rest and length > 1e-9:

        def missing(parameter: float, curve: Curve = rest[0]) -> float:
            return (curve.split(parameter)[0].length if parameter > 0 else 0.0) - length

        if abs(length - rest[0].length) < 1e-9:
            first.append(rest.pop(0))
        else:
            one, two = rest[0].split(solved(missing, 0.0, 1.0, what="the notch"))
            first.append(one)
            rest[0] = two
    return first, rest


def mirrored(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """The run mirrored in the centre line and walked the other way."""
    flip = np.diag((-1.0, 1.0))
    return tuple(curve.mapped(flip, point(0, 0)).reversed() for curve in reversed(curves))


def arc(centre: Point2, radius: float, from_rad: float, to_rad: float) -> list[Curve]:
    """A circular arc as cubics of at most 30 degrees; angles from the +y axis (down) towards +x."""
    count = max(1, math.ceil(abs(to_rad - from_rad) / math.radians(30)))
    bounds = np.linspace(from_rad, to_rad, count + 1)
    curves = []
    for a, b in itertools.pairwise(bounds):
        handle = 4 / 3 * math.tan((b - a) / 4) * radius
        start, end = (centre + radius * point(math.sin(t), math.cos(t)) for t in (a, b))
        curves.append(
            cubic(start, start + handle * point(math.cos(a), -math.sin(a)), end - handle * point(math.cos(b), -math.sin(b)), end)
        )
    return curves


def corner_angle_deg(before: Curve, after: Curve) -> float:
    """Angle between two curves that meet, degrees; 180 is a smooth join."""
    cosine = float(np.clip(-before.tangent(1) @ after.tangent(0), -1, 1))
    return math.degrees(math.acos(cosine))
