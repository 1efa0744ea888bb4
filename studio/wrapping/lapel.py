"""A lapel: the part of a front beyond its roll line, turned back onto the front's own face."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.arrays import AnyArray, Floats, Point2, Points2
from studio.pattern import MarkKind, Piece, Role
from studio.wrapping.laid import laid_on
from studio.wrapping.sew import Placed
from studio.wrapping.triangulate import Crease, FlatMesh

LIFT = 0.7
"""How far a lapel lies above the front, cm."""
_FLAT_AT_BREAK = 8.0  # so far above the break point the lapel lies flatter, cm
_SOFT = 2.0  # the roll: over this distance from the roll line the lapel rises, cm


def _roll_line(piece: Piece) -> tuple[Point2, Point2] | None:
    """The two ends of a front's roll line; None where it has no lapel."""
    if piece.role != Role.FRONT:
        return None
    for mark in piece.marks:
        if mark.kind == MarkKind.ROLL:
            return mark.curves[0].start, mark.curves[-1].end
    return None


def roll_crease(piece: Piece) -> Crease | None:
    """The crease of a front with a lapel; None for any other piece."""
    ends = _roll_line(piece)
    if ends is None:
        return None
    (x0, y0), (x1, y1) = ends
    return float(x0), float(y0), float(x1), float(y1)


def beyond_roll(piece: Piece, points: Points2) -> Floats:
    """How far (n, 2) points lie beyond the roll line, cm; 0 or less on the front itself and on pieces without a lapel."""
    ends = _roll_line(piece)
    return np.zeros(len(points)) if ends is None else _beyond(piece, points, ends)


def _beyond(piece: Piece, points: Points2, ends: tuple[Point2, Point2]) -> Floats:
    """Distance of each point beyond the roll line, on the lapel's side positive, cm; nothing below the break point."""
    start, end = ends
    way = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    normal = np.array((-way[1], way[0]))
    lapel = next((place for name, place in piece.landmarks.items() if name.startswith("lapel_point")), None)
    if lapel is None:
        return np.zeros(len(points))
    side = np.sign(float((lapel - start) @ normal)) or 1.0
    low = min(start[1], end[1])
    distance: Floats = side * ((points - start) @ normal) * (points[:, 1] > low - 1e-6)
    return distance


def folded_flat(piece: Piece, points: Points2) -> Points2:
    """The points with the lapel turned over its roll line, still flat on the table."""
    ends = _roll_line(piece)
    if ends is None:
        return points
    start, end = ends
    way = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    beyond = np.maximum(_beyond(piece, points, ends), 0.0)
    normal = np.array((-way[1], way[0]))
    lapel = next((place for name, place in piece.landmarks.items() if name.startswith("lapel_point")), start)
    side = np.sign(float((lapel - start) @ normal)) or 1.0
    folded: Points2 = points - 2 * side * beyond[:, None] * normal
    return folded


def lying_part(mesh: FlatMesh, over: AnyArray) -> FlatMesh:
    """The mesh without the triangles whose corners are marked as turned `over`: the face that these lie on."""
    return replace(mesh, triangles=mesh.triangles[~over[mesh.triangles].any(axis=1)])


def turned_back(placed: Placed) -> Placed:
    """A sewn front with its lapel lying on it; any other piece as it is."""
    ends = _roll_line(placed.piece)
    if ends is None:
        return placed
    flat = placed.mesh.points
    beyond = _beyond(placed.piece, flat, ends)
    over = beyond > 1e-6
    if not over.any():
        return placed
    lying = folded_flat(placed.piece, flat[over])
    points = placed.points.copy()
    above_break = np.clip((flat[over, 1] - min(ends[0][1], ends[1][1])) / _FLAT_AT_BREAK, 0.4, 1)
    lift = LIFT * above_break * (0.4 + 0.6 * np.sqrt(np.clip(beyond[over] / _SOFT, 0, 1)))
    points[over] = laid_on(lying, lying_part(placed.mesh, over), placed.points, offset=lift)
    return Placed(placed.piece, placed.mesh, points)
