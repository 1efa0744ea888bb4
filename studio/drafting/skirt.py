"""Half front and half back of a skirt (patterns.md 5.5): shaped over the hip by darts and the side seam, or a circle."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.darts import SMALLEST_DART, Dart, DartedEdge, bases_along, darted_edge
from studio.drafting.geometry import DOWN, RIGHT, arc, cubic, joined, line, quarter_turn, solved, unit

SIDE_RAISE = 1.2
CIRCLE_SHARE = 0.5
"""Share of a full circle in a circle skirt: half a circle, a quarter in each piece."""


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


def shaped_skirt(*, waist: float, hip: float, hip_depth: float, length: float, flare: float, front: bool) -> HalfSkirt:
    """A half whose darted waist measures `waist` (a quarter of the finished waist), `hip` wide at `hip_depth`, cm."""
    depth = min(hip_depth, 0.75 * length)
    if depth < hip_depth:
        hip = waist + (hip - waist) * depth / hip_depth
    excess = hip - waist
    by_side = min(max(0.35 * excess, 0.0), 3.5)
    by_dart = excess - by_side
    if by_dart < SMALLEST_DART:
        by_side, by_dart = excess, 0.0
    fall = length - depth
    low_way = unit(point(flare / max(fall, 1.0), 1.0))

    def drafted(side_waist: float) -> HalfSkirt:
        top, at_hip = point(side_waist, -SIDE_RAISE), point(hip, depth)
        upper = cubic(
            top, top + point(0.55 * (hip - side_waist), 0.4 * (depth + SIDE_RAISE)), at_hip - 0.35 * depth * low_way, at_hip
        )
        end = at_hip + fall * low_way
        square = _rightwards(quarter_turn(low_way))
        hem = joined(end, point(0, length), leaving=-square, arriving=-RIGHT, fullness=0.34)
        arrive = _rightwards(quarter_turn(upper.tangent(0)))
        darts = _waist_darts(top, by_dart, front=front, hip_depth=depth)
        edge = darted_edge(point(0, 0), top, leaving=RIGHT, arriving=arrive, darts=darts, length=waist)
        return HalfSkirt(edge, (upper, line(at_hip, end)), (hem,), at_hip)

    if by_dart:
        return drafted(waist + by_dart)
    return drafted(solved(lambda x: drafted(x).waist.length - waist, 0.6 * waist, 1.1 * waist, what="the skirt waist"))


def _waist_darts(side_top: Point2, intake: float, *, front: bool, hip_depth: float) -> list[Dart]:
    if not intake:
        return []
    reach = (0.47 if front else 0.66) * hip_depth
    positions = (0.5,) if intake <= 3.2 else (0.36, 0.68)
    bases = bases_along(point(0, 0), side_top, positions)
    lengths = (reach,) if len(bases) == 1 else (reach, 0.85 * reach)
    return [Dart(base + fall * DOWN, base, 1 / len(bases)) for base, fall in zip(bases, lengths, strict=True)]


def circle_skirt(*, waist: float, length: float) -> HalfSkirt:
    """Half a sector of a circle skirt: `waist` is a quarter of the finished waist, radius waist/(2 pi f) (patterns.md 5.5)."""
    radius = 4 * waist / (2 * math.pi * CIRCLE_SHARE)
    half_angle = math.pi / 2 * CIRCLE_SHARE
    apex = point(0, -radius)
    inner = arc(apex, radius, 0.0, half_angle)
    outer = arc(apex, radius + length, half_angle, 0.0)
    hip_side = apex + (radius + min(20.0, 0.6 * length)) * point(math.sin(half_angle), math.cos(half_angle))
    edge = DartedEdge(tuple(inner), (), 0.0)
    return HalfSkirt(edge, (line(inner[-1].end, outer[0].start),), tuple(outer), hip_side, apex)


def _rightwards(way: Point2) -> Point2:
    return way if way[0] > 0 else -way
