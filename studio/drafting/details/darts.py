"""Darts cut into an edge: legs of equal length, and the edge smooth again when the dart is closed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2
from studio.curves import Curve
from studio.drafting.geometry import joined, line, quarter_turn, solved, unit

SMALLEST_DART = 1.2
"""A dart with less intake than this, cm, is not worth sewing; the side seam takes it."""


@dataclass(frozen=True, eq=False)
class Dart:
    """A dart to be cut: its apex, the point of the undarted edge it is centred on, and its share of the whole intake."""

    apex: Point2
    base: Point2
    share: float


@dataclass(frozen=True, eq=False)
class DartedEdge:
    """An edge with its darts: `segments` of the edge in order, and between them the two legs of each dart."""

    segments: tuple[Curve, ...]
    legs: tuple[tuple[Curve, Curve], ...]
    intake: float

    @property
    def length(self) -> float:
        """Length with the darts closed, cm."""
        return sum(segment.length for segment in self.segments)


def darted_edge(
    start: Point2, end: Point2, *, leaving: Point2, arriving: Point2, darts: Sequence[Dart], length: float
) -> DartedEdge:
    """An edge from `start` to `end` that measures `length` cm once its darts are closed; the intake is solved.

    Each segment meets the dart legs at right angles, so that closing the dart (turning about its apex) leaves no kink.
    Raises DraftError when no intake closes the edge to that length.
    """

    def at_intake(intake: float) -> DartedEdge:
        segments: list[Curve] = []
        legs: list[tuple[Curve, Curve]] = []
        here, way = start, leaving
        for dart in darts:
            axis = unit(dart.base - dart.apex)
            across = -quarter_turn(axis) if quarter_turn(axis) @ (end - start) < 0 else quarter_turn(axis)
            half = intake * dart.share / 2
            first, second = dart.base - half * across, dart.base + half * across
            segments.append(joined(here, first, leaving=way, arriving=_square_to(first - dart.apex, end - start)))
            legs.append((line(first, dart.apex), line(dart.apex, second)))
            here, way = second, _square_to(second - dart.apex, end - start)
        segments.append(joined(here, end, leaving=way, arriving=arriving))
        return DartedEdge(tuple(segments), tuple(legs), intake)

    if not darts:
        return at_intake(0.0)
    widest = 0.92 * math.dist(start, end)
    return at_intake(solved(lambda intake: at_intake(intake).length - length, 0.0, widest, what="the waist darts"))


def _square_to(leg: Point2, forward: Point2) -> Point2:
    """Unit direction at right angles to a dart leg, pointing along `forward`."""
    way = quarter_turn(unit(leg))
    return way if way @ forward > 0 else -way


def bases_along(start: Point2, end: Point2, positions: Sequence[float]) -> list[Point2]:
    """Points of the straight line from start to end at these shares of its length."""
    return [start + np.float64(share) * (end - start) for share in positions]
