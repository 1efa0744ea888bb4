"""C5: dart legs are equally long, dart points lie inside their piece, darts keep clear of one another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from shapely.geometry import Polygon

from studio.arrays import Point2, Points2
from studio.checking.words import fault, spoken, warning
from studio.pattern import Edge, Finding, Finish, MarkKind, Piece

LEGS_WITHIN = 0.05
"""Legs of one dart are equal within this, cm (patterns.md 5.8)."""
CLEAR_OF_EDGE = 0.5
"""A dart ends at least this far from the outline beyond it, cm."""


@dataclass(frozen=True, eq=False)
class SewnDart:
    """A dart of a piece: its name, its closed outline (n, 2), its inner points, and its legs' lengths if it has two."""

    name: str
    shape: Points2
    points: tuple[Point2, ...]
    legs: tuple[float, float] | None


def darts_of(piece: Piece) -> list[SewnDart]:
    """The darts cut into the outline and those marked inside the piece."""
    found = []
    for before, after in zip(piece.edges, (*piece.edges[1:], piece.edges[0]), strict=True):
        if before.finish == Finish.DART == after.finish and before.name[:-1] == after.name[:-1]:
            shape = np.stack((before.start, before.end, after.end))
            found.append(SewnDart(before.name, shape, (before.end,), (before.length, after.length)))
    for mark in piece.marks:
        if mark.kind == MarkKind.DART:
            shape = np.concatenate([curve.stepped(9)[:-1] for curve in mark.curves])
            tips = shape[[int(shape[:, 1].argmax()), int(shape[:, 1].argmin())]]
            found.append(SewnDart(mark.name, shape, (tips[0], tips[1]), None))
    return found


def dart_findings(piece: Piece) -> Iterator[Finding]:
    """C5 for one piece."""
    darts = darts_of(piece)
    if not darts:
        return
    called = spoken(piece.name)
    rim = np.concatenate([_whole(edge) for edge in piece.edges if edge.finish != Finish.DART])
    for dart in darts:
        name = spoken(_stem(dart.name))
        if dart.legs is not None and abs(dart.legs[0] - dart.legs[1]) > LEGS_WITHIN:
            off = 10 * (dart.legs[1] - dart.legs[0])
            words = f"{called}: the legs of the {name} are {dart.legs[0]:.1f} and {dart.legs[1]:.1f} cm long"
            yield fault("C5", words, piece.name, dart.name, off)
        for tip in dart.points:
            if not is_inside(rim, tip):
                yield fault("C5", f"{called}: the point of the {name} lies outside the piece", piece.name, dart.name)
            elif (near := _nearest(rim, tip)) < CLEAR_OF_EDGE:
                words = f"{called}: the {name} ends {10 * near:.0f} mm from the edge beyond it"
                yield warning("C5", words, piece.name, dart.name, 10 * near)
    for one, other in itertools.combinations(darts, 2):
        if _boxes_meet(one.shape, other.shape) and Polygon(one.shape).intersection(Polygon(other.shape)).area > 1e-4:
            words = f"{called}: {spoken(_stem(one.name))} and {spoken(_stem(other.name))} overlap"
            yield fault("C5", words, piece.name, one.name)


def _whole(edge: Edge) -> Points2:
    return np.concatenate((edge.traced, edge.end[None]))


def _stem(name: str) -> str:
    """A dart's name from that of its leg."""
    return name.removesuffix("_a").removesuffix("_b")


def is_inside(outline: Points2, place: Point2) -> bool:
    """Whether a point lies inside a closed outline (n, 2), by counting the edges to its right."""
    x, y = outline[:, 0] - place[0], outline[:, 1] - place[1]
    next_x, next_y = np.append(x[1:], x[0]), np.append(y[1:], y[0])
    level = (y <= 0) != (next_y <= 0)
    x, y, next_x, next_y = x[level], y[level], next_x[level], next_y[level]
    return bool(np.count_nonzero(x - y * (next_x - x) / (next_y - y) > 0) % 2)


def _nearest(outline: Points2, place: Point2) -> float:
    """Distance of a point from a closed outline (n, 2), cm."""
    ways = np.concatenate((outline[1:], outline[:1])) - outline
    from_start = place - outline
    along = np.clip(np.sum(from_start * ways, axis=1) / np.maximum(np.sum(ways * ways, axis=1), 1e-12), 0, 1)
    off = from_start - along[:, None] * ways
    return float(np.hypot(off[:, 0], off[:, 1]).min())


def _boxes_meet(one: Points2, other: Points2) -> bool:
    return bool((one.min(axis=0) < other.max(axis=0)).all() and (other.min(axis=0) < one.max(axis=0)).all())
