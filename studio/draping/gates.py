"""Is a drape fit to be shown? If not, why not, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Mask, Points3
from studio.draping.mesh import Garment
from studio.draping.sdf import DistanceField
from studio.pattern import Material, Role

MOST_STRETCH = 0.6
"""Largest stretch of any thread."""
P99_STRETCH = 0.15
"""Of 100 threads 99 stretch less than this, ribs apart. Cloth pressed together counts not: pleats and gathers lie in folds
finer than the mesh."""
DEEPEST = 0.1
"""cm inside the skin."""
MOST_FALLEN = 4.0
"""cm that the top of a garment may sink below the wrap."""
WIDEST_GAP = 0.1
"""cm that a seam may stand open."""


@dataclass(frozen=True)
class Fitness:
    """A drape measured: largest and 99 % stretch, depth in the body, sinking of the top, and widest seam, cm."""

    stretch: float
    stretch_p99: float
    depth: float
    fallen: float
    gap: float
    reason: str

    @property
    def ok(self) -> bool:
        return not self.reason


def judged(
    garment: Garment, points: Points3, before: Points3, body: DistanceField, strain: Floats, free: Mask, gap: float
) -> Fitness:
    """The drape `points` (m, 3) against the wrap `before`; `strain` (e,) of the edges, `free` (m,) what hangs by itself."""
    if not np.isfinite(points).all():
        return Fitness(np.inf, np.inf, np.inf, np.inf, np.inf, "the cloth did not come to rest: shown as wrapped")
    ribs = np.zeros(garment.count, dtype=bool)
    for part in garment.parts:
        ribs[garment.place[part.numbers]] |= part.piece.material == Material.RIB
    counted = free[garment.edges].all(axis=1)
    shell = counted & ~ribs[garment.edges].any(axis=1)
    stretched = np.where(counted, strain, -np.inf)
    worst = int(np.argmax(stretched))
    p99 = float(np.percentile(strain[shell], 99)) if shell.any() else 0.0
    distance = body.at(points)
    depth = max(0.0, float(-distance.min()))
    neck = (Role.HOOD, Role.HOOD_STRIP, Role.COLLAR, Role.STAND)
    body_of = np.concatenate([garment.place[part.numbers] for part in garment.parts if part.piece.role not in neck])
    fallen = max(0.0, float(before[body_of, 2].max() - points[body_of, 2].max()))
    reason = ""
    if stretched[worst] > MOST_STRETCH:
        where = _named(garment, int(garment.edges[worst, 0]))
        reason = f"the {where} stretched by {100 * stretched[worst]:.0f} %: shown as wrapped"
    elif p99 > P99_STRETCH:
        reason = f"the cloth is strained by {100 * p99:.0f} % in places: shown as wrapped"
    elif depth > DEEPEST:
        where = _named(garment, int(np.argmin(distance)))
        reason = f"the {where} went {10 * depth:.0f} mm into the body: shown as wrapped"
    elif fallen > MOST_FALLEN:
        reason = f"the garment slid down by {fallen:.0f} cm: shown as wrapped"
    elif gap > WIDEST_GAP:
        reason = f"a seam stands open by {10 * gap:.0f} mm: shown as wrapped"
    return Fitness(float(stretched[worst]), p99, depth, fallen, gap, reason)


def _named(garment: Garment, place: int) -> str:
    """The piece at a place, in words: 'left sleeve'."""
    number = int(np.flatnonzero(garment.place == place)[0])
    name = next(part.surface.name for part in garment.parts if part.numbers.start <= number < part.numbers.stop)
    words = name.split("_")
    sides = [word for word in words if word in ("left", "right")]
    return " ".join([*sides, *(word for word in words if word not in sides)])
