"""Parts of a piece that are folded over: a lapel onto the front, a turn-up outside the leg, a pocket's hem inside it."""

from __future__ import annotations

import numpy as np

from studio.arrays import AnyArray, Floats, Points2
from studio.pattern import MarkKind, Piece, Role
from studio.wrapping.laid import laid_on
from studio.wrapping.lapel import beyond_roll, lying_part, roll_crease
from studio.wrapping.sew import Placed
from studio.wrapping.triangulate import Crease

_TURN_UP = (0.55, 0.25)
"""How far above the leg the outer layer of a turn-up lies, and the upper end of the inner one, cm."""
_LEGS = (Role.TROUSER_FRONT, Role.TROUSER_BACK)


def fold_levels(piece: Piece) -> tuple[float, ...]:
    """The levels y of the folds of a leg with turn-ups (bottom of the leg, top of the turn-up) or of a pocket's hem."""
    if piece.role not in (*_LEGS, Role.POCKET):
        return ()
    folds = [mark.curves[0].start[1] for mark in piece.marks if mark.kind == MarkKind.FOLD]
    return tuple(sorted(map(float, folds), reverse=True))


def creases(piece: Piece) -> tuple[Crease, ...]:
    """The lines that no triangle of the piece may cross: where it is folded."""
    roll = roll_crease(piece)
    x0, _, x1, _ = piece.bounds
    level = tuple((x0 - 1.0, y, x1 + 1.0, y) for y in fold_levels(piece))
    return level if roll is None else (*level, roll)


def turned_over(piece: Piece, points: Points2) -> AnyArray:
    """(n,) whether flat points lie where the piece is turned over: on a lapel, a turn-up's outside, a pocket's hem."""
    folds = fold_levels(piece)
    if piece.role in _LEGS and len(folds) == 2:
        outside: AnyArray = (points[:, 1] < folds[0]) & (points[:, 1] > folds[1])
        return outside
    if piece.role == Role.POCKET:
        hem: AnyArray = points[:, 1] > max(folds, default=np.inf)
        return hem
    lapel: AnyArray = beyond_roll(piece, points) > 0
    return lapel


def hem_folded(piece: Piece, points: Points2) -> tuple[Points2, Floats]:
    """A pocket's points with its hem turned inside, and how much nearer to the host each one lies, cm."""
    folds = fold_levels(piece)
    if piece.role != Role.POCKET or not folds:
        return points, np.zeros(len(points))
    over = np.maximum(points[:, 1] - folds[0], 0.0)
    return points - 2 * over[:, None] * (0.0, 1.0), np.minimum(over, 0.2)


def turned_up(placed: Placed) -> Placed:
    """A sewn trouser leg with its turn-up lying outside on it; any other piece as it is."""
    folds = fold_levels(placed.piece)
    if placed.piece.role not in _LEGS or len(folds) != 2:
        return placed
    flat = placed.mesh.points
    over = flat[:, 1] < folds[0] - 1e-6
    below, tall = folds[0] - flat[over, 1], folds[0] - folds[1]
    up = tall - np.abs(tall - below)
    lying = np.column_stack((flat[over, 0], folds[0] + up))
    outer, inner = _TURN_UP
    lift = np.where(below > tall + 1e-6, inner * (up / tall) - 0.25, outer)
    points = placed.points.copy()
    points[over] = laid_on(lying, lying_part(placed.mesh, over), placed.points, offset=lift)
    return Placed(placed.piece, placed.mesh, points)
