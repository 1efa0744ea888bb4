"""Half front and half back of a skirt (patterns.md 5.5): shaped over the hip by darts, a sector of a circle, or cut full."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.darts import SMALLEST_DART, Dart, DartedEdge, bases_along, darted_edge
from studio.drafting.geometry import DOWN, RIGHT, arc, cubic, joined, line, quarter_turn, solved

SIDE_RAISE = 1.2
MOST_RAISE = 4.5
"""What the waist of a skirt rises to the side at least and at most, cm."""
STEEPER_ABOVE = 1.15
MOST_BY_SIDE = 5.5
"""Above the hip the side of a flared skirt leans this much more than below, so that it never turns hollow: the side takes more
of the waist, the darts less; up to so many cm a quarter."""
WIDER_HALF = 0.5
"""What a quarter of the front is wider, and of the back narrower, than a quarter of the waist and hip, cm."""


@dataclass(frozen=True, eq=False)
class HalfSkirt:
    """A finished half, waist centre at (0, 0), y down."""

    waist: DartedEdge  # centre -> side
    side: tuple[Curve, ...]  # waist -> hem
    hem: tuple[Curve, ...]  # side -> centre
    hip_side: Point2
    apex: Point2 | None = None  # centre of the circles of a circle skirt

    @property
    def side_length(self) -> float:
        return sum(curve.length for curve in self.side)


def shaped_skirt(
    *, waist: float, hip: float, hip_depth: float, length: float, flare: float, front: bool, dart_at: float = 0.0
) -> HalfSkirt:
    """A half whose darted waist measures `waist` (a quarter of the finished waist), `hip` wide at `hip_depth`, cm.

    The first dart meets a dart of the bodice above it `dart_at` cm along the waist from the centre; 0 where there is none.
    """
    depth = min(hip_depth, 0.75 * length)
    if depth < hip_depth:
        hip = waist + (hip - waist) * depth / hip_depth
    excess = hip - waist
    slant, fall = _slant(hip + (-WIDER_HALF if front else WIDER_HALF), length - depth, flare)
    straight = min(STEEPER_ABOVE * (depth + SIDE_RAISE) * math.tan(slant), MOST_BY_SIDE)
    by_side = min(max(0.35 * excess, 0.0), 3.5)
    by_side = max(by_side, min(straight, excess))
    by_dart = excess - by_side
    if by_dart < SMALLEST_DART:
        by_side, by_dart = excess, 0.0
    low_way = point(math.sin(slant), math.cos(slant))
    side_raise = _side_raise(waist + (-WIDER_HALF if front else WIDER_HALF), by_side, depth)

    def drafted(side_waist: float) -> HalfSkirt:
        top, at_hip = point(side_waist, -side_raise), point(hip, depth)
        upper = cubic(
            top, top + point(0.55 * (hip - side_waist), 0.4 * (depth + side_raise)), at_hip - 0.35 * depth * low_way, at_hip
        )
        end = at_hip + fall * low_way
        square = _rightwards(quarter_turn(low_way))
        hem = joined(end, point(0, length), leaving=-square, arriving=-RIGHT, fullness=0.34)
        arrive = _rightwards(quarter_turn(upper.tangent(0)))
        darts = _waist_darts(top, by_dart, front=front, hip_depth=depth, dart_at=dart_at)
        edge = darted_edge(point(0, 0), top, leaving=RIGHT, arriving=arrive, darts=darts, length=waist)
        return HalfSkirt(edge, (upper, line(at_hip, end)), (hem,), at_hip)

    if by_dart:
        return drafted(waist + by_dart)
    return drafted(solved(lambda x: drafted(x).waist.length - waist, 0.6 * waist, 1.1 * waist, what="the skirt waist"))


def _side_raise(waist: float, by_side: float, depth: float) -> float:
    """How far the waist rises to the side, cm: what lets it run there as one arc, square to the centre and to a side that takes
    in `by_side` over `depth`; the same on front and back (`waist` is the mean of their quarters)."""
    lean = math.atan(1.375 * by_side / (depth + SIDE_RAISE))
    return min(max(waist * math.tan(lean / 2), SIDE_RAISE), MOST_RAISE)


def _slant(hip: float, fall: float, flare: float) -> tuple[float, float]:
    """(angle of the side below the hip from upright, rad; its length, cm) that add `flare` at a hem square to side and centre.

    A hem that is square at both ends rises by width * tan(angle / 2) towards the side; so much shorter is the side, the same
    on front and back (`hip` is the mean of their quarters), else a wide skirt's hem would sink between side and centre.
    """
    slant, side = 0.0, fall
    for _ in range(8):
        slant = math.asin(min(flare / side, 0.85))
        side = max(fall - hip * math.tan(slant / 2), 0.45 * fall)
    return slant, side


def _waist_darts(side_top: Point2, intake: float, *, front: bool, hip_depth: float, dart_at: float) -> list[Dart]:
    if not intake:
        return []
    reach = (0.47 if front else 0.66) * hip_depth
    positions: tuple[float, ...] = (0.5,) if intake <= 3.2 else (0.36, 0.68)
    met = (dart_at + intake / len(positions) / 2) / math.hypot(*side_top)
    if dart_at and 0.22 < met < 0.7:
        positions = (met, (met + 1) / 2)[: len(positions)]
    bases = bases_along(point(0, 0), side_top, positions)
    lengths = (reach,) if len(bases) == 1 else (reach, 0.85 * reach)
    return [Dart(base + fall * DOWN, base, 1 / len(bases)) for base, fall in zip(bases, lengths, strict=True)]


def circle_skirt(*, waist: float, length: float, share: float) -> HalfSkirt:
    """Half a sector of a circle skirt that is `share` of a full circle; its waist is a quarter of the finished waist.

    The inner radius is waist girth / (2 pi share) (patterns.md 5.5); a full circle's front is half a circle.
    """
    radius = 4 * waist / (2 * math.pi * share)
    return _sector(radius, math.pi / 2 * share, length, circle=True)


def full_skirt(*, waist: float, length: float, flare: float) -> HalfSkirt:
    """A half that is `waist` wide before it is gathered or pleated: a rectangle, or with flare a sector with a level hem.

    The side is `length` long whatever the width, so front and back agree; `flare` cm are added to the hem at the side.
    """
    angle = math.atan2(flare, length)
    if angle > 0.002:
        return _sector(waist / angle, angle, length, circle=False)
    corner, hem_corner, hem_centre = point(waist, 0), point(waist, length), point(0, length)
    edge = DartedEdge((line(point(0, 0), corner),), (), 0.0)
    hip_side = point(waist, min(20.0, 0.6 * length))
    return HalfSkirt(edge, (line(corner, hem_corner),), (line(hem_corner, hem_centre),), hip_side)


def _sector(radius: float, half_angle: float, length: float, *, circle: bool) -> HalfSkirt:
    """Half a ring sector with its waist centre at (0, 0): concentric waist and hem, straight side, all corners square."""
    apex = point(0, -radius)
    inner = arc(apex, radius, 0.0, half_angle)
    outer = arc(apex, radius + length, half_angle, 0.0)
    hip_side = apex + (radius + min(20.0, 0.6 * length)) * point(math.sin(half_angle), math.cos(half_angle))
    edge = DartedEdge(tuple(inner), (), 0.0)
    return HalfSkirt(edge, (line(inner[-1].end, outer[0].start),), tuple(outer), hip_side, apex if circle else None)


def _rightwards(way: Point2) -> Point2:
    return way if way[0] > 0 else -way
