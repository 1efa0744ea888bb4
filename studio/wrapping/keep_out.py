"""Which parts of the mannequin the cloth is kept out of."""

from __future__ import annotations

import numpy as np

from studio.arrays import Floats, Points3
from studio.body import Arm, Mannequin, Rings
from studio.pattern import Role
from studio.wrapping.neck import is_folded_collar
from studio.wrapping.sew import Cloth, Placed, PushOut

CLEARANCE = 0.4
_LEGS = (Role.TROUSER_FRONT, Role.TROUSER_BACK)
_COLLAR = ((0.0, 0.4, 0.62), (CLEARANCE, CLEARANCE + 0.2, CLEARANCE + 0.9))
"""Share of a collar's height -> clearance, cm: the fall lies over the stand."""
_FOLDED = ((0.0, 0.45, 0.55), (CLEARANCE + 0.35, CLEARANCE + 0.35, CLEARANCE))
"""The same of a strip folded inside: its inner half lies nearer to the neck."""
_HOOD = ((0.0, 5.0), (CLEARANCE, 1.0))
"""Distance from a hood's neck edge -> clearance, cm."""


def keep_out(cloth: Cloth, mannequin: Mannequin, *, round_legs: bool = False) -> PushOut:
    """What moves every point of `cloth` out of the body.

    All points know the same body (one shape, whatever the piece), so that places sewn together move alike. `round_legs`
    keeps a skirt out of each leg too: in its waves it comes nearer to them than their common hull.
    """
    clearance = np.concatenate([_clearance(placed) for placed in cloth.pieces])
    roles = {placed.piece.role for placed in cloth.pieces}
    parts: list[Rings | Arm]
    if roles & set(_LEGS):
        parts = [*mannequin.legs, mannequin.torso]
    elif roles & {Role.SLEEVE, Role.UNDER_SLEEVE}:
        parts = [*mannequin.arms, mannequin.hull]
    else:
        parts = [mannequin.hull]

    parts += mannequin.legs if round_legs else ()
    seat = mannequin.heights["crotch"]
    padded = 0.9 if roles & set(_LEGS) else 0.0  # the crotch curve is hollow: between its points the cloth runs deeper

    def pushed(points: Points3) -> Points3:
        for part in parts:
            pad = np.interp(points[:, 2], (seat - 4, seat - 2, seat + 4, seat + 8), (0, padded, padded, 0))
            points = part.pushed_out(points, clearance + pad)
        return points

    return pushed


def _clearance(placed: Placed) -> Floats:
    """Clearance of each point: more for what lies over other cloth."""
    flat = placed.mesh.points
    if placed.piece.role not in (Role.COLLAR, Role.HOOD) and not is_folded_collar(placed.piece):
        return np.full(len(flat), CLEARANCE)
    seam = flat[placed.mesh.chains["neck"]]
    away: Floats = np.sqrt(np.min(np.sum((flat[:, None] - seam[None]) ** 2, axis=2), axis=1))
    if placed.piece.role == Role.HOOD:
        return np.interp(away, *_HOOD)
    wanted: Floats = np.interp(away / away.max(), *(_FOLDED if is_folded_collar(placed.piece) else _COLLAR))
    return wanted
