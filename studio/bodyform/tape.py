"""A tape round a mesh: the girth of a plane section as its convex hull, and how it changes with the mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull

from studio.arrays import Floats, Mask, Points2, Points3, Triangles


def edges_of(triangles: Triangles) -> Triangles:
    """(e, 2) every edge of the triangles once."""
    steps = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    return np.unique(steps, axis=0)


def section(points: Points3, edges: Triangles, level: float) -> tuple[Points2, Triangles, Floats]:
    """Where edges cross the plane z = level: (c, 2) points, the (c, 2) edges, and the share of the second end."""
    height = points[:, 2][edges] - level
    crossing = height[:, 0] * height[:, 1] < 0
    cut, height = edges[crossing], height[crossing]
    share = height[:, 0] / (height[:, 0] - height[:, 1])
    ends = points[cut, :2]
    return ends[:, 0] + share[:, None] * (ends[:, 1] - ends[:, 0]), cut, share


def girth(points: Points3, edges: Triangles, level: float) -> float:
    """What a tape at height `level` reads, cm; 0 where nothing is."""
    crossing, _, _ = section(points, edges, level)
    return float(ConvexHull(crossing).area) if len(crossing) > 2 else 0.0


@dataclass(frozen=True, eq=False)
class Turned:
    """A frame whose third axis runs along a limb: sections across the limb are sections at a height in it."""

    origin: Floats  # (3,)
    axes: Floats  # (3, 3) rows

    @classmethod
    def along(cls, origin: Floats, axis: Floats) -> Turned:
        """The frame of a limb that begins at `origin` and runs along `axis`."""
        axis = axis / np.sqrt(axis @ axis)
        first = np.array((0.0, -1.0, 0.0)) + axis[1] * axis
        first /= np.sqrt(first @ first)
        return cls(origin, np.stack((first, np.cross(axis, first), axis)))

    def seen(self, points: Points3) -> Points3:
        """`points` in this frame."""
        return (points - self.origin) @ self.axes.T


def slope(points: Points3, bends: Floats, edges: Triangles, level: float, level_bends: Floats) -> tuple[float, Floats]:
    """The girth at `level`, and its (k,) change for one unit of each of the (k, n, 3) bends; the level moves with them too.

    The girth is the sum of the hull's sides: a corner that moves changes it by the difference of the sides' directions.
    """
    crossing, cut, share = section(points, edges, level)
    if len(crossing) < 3:
        return 0.0, np.zeros(len(bends))
    hull = ConvexHull(crossing)
    corner = hull.vertices
    ring = crossing[corner]
    side = np.roll(ring, -1, axis=0) - ring
    side /= np.maximum(np.sqrt(np.sum(side**2, axis=1)), 1e-9)[:, None]
    pull = np.roll(side, 1, axis=0) - side
    first, second, part = cut[corner, 0], cut[corner, 1], share[corner]
    moved = bends[:, first] * (1 - part)[:, None] + bends[:, second] * part[:, None]
    run = points[second] - points[first]
    later = (level_bends[:, None] - moved[..., 2]) / run[:, 2]
    flat = moved[..., :2] + later[..., None] * run[:, :2]
    return float(hull.area), np.einsum("kcd,cd->k", flat, pull)


def faces_where(triangles: Triangles, chosen: Mask) -> Triangles:
    """The triangles whose three corners are chosen."""
    return triangles[chosen[triangles].all(axis=1)]
