"""Everything in front of the camera as one mesh: the mannequin and the sewn pieces, with normals that run on over seams."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from studio.arrays import AnyArray, Floats, Points2, Points3
from studio.assembly import Assembly, PieceSurface
from studio.judging.camera import Camera, Projected
from studio.pattern import Role

MANNEQUIN = 0
"""Number of the mannequin in a map of pieces; the pieces follow from 1 in the order of the assembly, 255 is nothing."""
NOTHING = 255
SET_BACK = 0.9
"""The mannequin is drawn this much further away, cm: its mesh is coarser than the cloth that lies on it."""
CREASE_DEG = 62.0
"""Faces that meet at a sharper bend than this keep their edge; flatter ones are shaded as one surface."""
SEAM_GAP = 0.9
"""Borders of two pieces nearer than this are sewn together, cm."""
CLOSED = 0.7
"""Border points nearer than this are shaded as one, cm."""
_FRONTS = (Role.FRONT, Role.YOKE_FRONT)


@dataclass(frozen=True, eq=False)
class Scene:
    """(n, 3) points cm, (m, 3) triangles; (m,) number of the piece, 0 for the mannequin; (n, 2) places on the table, cm.

    `names` are those of the pieces, the first is the mannequin's; `printed` (m,) says which triangles carry a print that is
    laid on the front once.
    """

    points: Points3
    triangles: NDArray[np.int32]
    piece: NDArray[np.uint8]
    flat: Points2
    names: tuple[str, ...]
    printed: NDArray[np.bool_]

    @classmethod
    def of(cls, assembly: Assembly) -> Scene:
        """The scene of an assembly. Raises ValueError for more pieces than a map of pieces can number."""
        if len(assembly.surfaces) >= NOTHING:
            raise ValueError(f"{len(assembly.surfaces)} pieces are too many; a map of pieces numbers {NOTHING - 1}")
        body, faces = assembly.mannequin.mesh
        parts = [body, *(part.points for part in closed_seams(assembly).surfaces)]
        meshes = [faces, *(part.triangles for part in assembly.surfaces)]
        starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
        triangles = np.concatenate([mesh + start for mesh, start in zip(meshes, starts, strict=True)]).astype(np.int32)
        numbers = np.repeat(np.arange(len(meshes)), [len(mesh) for mesh in meshes])
        flat = np.concatenate([np.zeros((len(body), 2)), *(part.flat for part in assembly.surfaces)])
        fronts = np.array([False, *(part.role in _FRONTS for part in assembly.surfaces)])
        names = ("mannequin", *(part.name for part in assembly.surfaces))
        return cls(np.concatenate(parts), triangles, numbers.astype(np.uint8), flat, names, fronts[numbers])

    @property
    def body_points(self) -> int:
        """How many of the points are the mannequin's; they come first."""
        return int(self.triangles[self.piece == MANNEQUIN].max()) + 1

    def projected(self, camera: Camera) -> Projected:
        """Where all points fall, the mannequin SET_BACK further away than it is."""
        found = camera.projected(self.points)
        body = np.arange(len(self.points)) < self.body_points
        if camera.is_central:
            nearness = np.where(body, 1 / (found.depth + SET_BACK), found.nearness)
        else:
            nearness = found.nearness - SET_BACK * body
        return Projected(found.pixels, found.depth, found.weight, nearness)

    @functools.cached_property
    def normals(self) -> NDArray[np.float32]:
        """(m, 3, 3) unit normal at every corner of every triangle: smooth over the surface and over seams, sharp at folds."""
        group = _sewn_groups(self.points, self.triangles, self.body_points)
        return corner_normals(self.points, self.triangles, group)

    @functools.cached_property
    def tangents(self) -> Floats:
        """(m, 2, 3) unit directions in space in which x and y of the table run on every triangle; 0 on the mannequin."""
        corners, spots = self.points[self.triangles], self.flat[self.triangles]
        one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        (u1, v1), (u2, v2) = (spots[:, 1] - spots[:, 0]).T, (spots[:, 2] - spots[:, 0]).T
        sign = np.sign(u1 * v2 - u2 * v1)[:, None]
        across = (one * v2[:, None] - two * v1[:, None]) * sign
        along = (two * u1[:, None] - one * u2[:, None]) * sign
        both = np.stack((across, along), axis=1)
        directions: Floats = both / np.maximum(np.linalg.norm(both, axis=2, keepdims=True), 1e-9)
        return directions


def border_of(triangles: AnyArray, count: int) -> NDArray[np.bool_]:
    """(count,) whether a point lies on the border of a mesh."""
    edges = np.sort(np.concatenate((triangles[:, :2], triangles[:, 1:], triangles[:, ::2])), axis=1)
    keys, used = np.unique(edges[:, 0].astype(np.int64) * count + edges[:, 1], return_counts=True)
    single = keys[used == 1]
    found = np.zeros(count, dtype=bool)
    found[single // count] = True
    found[single % count] = True
    return found


def closed_seams(assembly: Assembly) -> Assembly:
    """The same garment, borders within SEAM_GAP of another piece's border moved to the middle between them."""
    moved = _closed(assembly.surfaces)
    surfaces = tuple(replace(part, points=points) for part, points in zip(assembly.surfaces, moved, strict=True))
    return Assembly(assembly.mannequin, surfaces)


def _closed(surfaces: tuple[PieceSurface, ...]) -> list[Points3]:
    moved = [surface.points.copy() for surface in surfaces]
    if not surfaces:
        return moved
    borders = [np.flatnonzero(border_of(part.triangles, len(part.points))) for part in surfaces]
    owner = np.repeat(np.arange(len(surfaces)), [len(border) for border in borders])
    index = np.concatenate(borders)
    places = np.concatenate([part.points[border] for part, border in zip(surfaces, borders, strict=True)])
    pairs = cKDTree(places).query_pairs(SEAM_GAP, output_type="ndarray")
    pairs = pairs[owner[pairs[:, 0]] != owner[pairs[:, 1]]]
    gaps = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    best = np.full(len(places), np.inf)
    np.minimum.at(best, pairs.ravel(), np.repeat(gaps, 2))
    mutual = pairs[(gaps <= best[pairs[:, 0]] + 1e-9) & (gaps <= best[pairs[:, 1]] + 1e-9)]
    for a, b in mutual:
        middle = (places[a] + places[b]) / 2
        moved[owner[a]][index[a]] = middle
        moved[owner[b]][index[b]] = middle
    return moved


def _sewn_groups(points: Points3, triangles: AnyArray, body: int) -> NDArray[np.int64]:
    """(n,) points of the garment's borders that lie together share a number."""
    count = len(points)
    worn = np.flatnonzero(border_of(triangles, count) & (np.arange(count) >= body))
    pairs = worn[cKDTree(points[worn]).query_pairs(CLOSED, output_type="ndarray")] if len(worn) else np.zeros((0, 2), np.int64)
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    labels: NDArray[np.int64] = connected_components(links, directed=False)[1].astype(np.int64)
    return labels


def corner_normals(points: Points3, triangles: AnyArray, group: AnyArray) -> NDArray[np.float32]:
    """(m, 3, 3) normals: area-weighted means of the faces round a point of a group, of those within CREASE_DEG only."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    corners = group[triangles.astype(np.int64)].ravel()
    order = np.argsort(corners, kind="stable")
    starts = np.searchsorted(corners[order], np.arange(len(points) + 1))
    return _smoothed(faces, corners.reshape(-1, 3), order // 3, starts, math.cos(math.radians(CREASE_DEG)))


@njit(cache=True)
def _smoothed(faces: AnyArray, corners: AnyArray, around: AnyArray, starts: AnyArray, least: float) -> NDArray[np.float32]:
    count = faces.shape[0]
    units = np.zeros((count, 3))
    for face in range(count):
        length = np.sqrt(faces[face, 0] ** 2 + faces[face, 1] ** 2 + faces[face, 2] ** 2)
        if length > 1e-12:
            for axis in range(3):
                units[face, axis] = faces[face, axis] / length
    normals = np.zeros((count, 3, 3), dtype=np.float32)
    for face in range(count):
        for corner in range(3):
            total = np.zeros(3)
            point = corners[face, corner]
            for place in range(starts[point], starts[point + 1]):
                other = around[place]
                bend = units[face, 0] * units[other, 0] + units[face, 1] * units[other, 1] + units[face, 2] * units[other, 2]
                if bend >= least:
                    for axis in range(3):
                        total[axis] += faces[other, axis]
            length = np.sqrt(total[0] ** 2 + total[1] ** 2 + total[2] ** 2)
            for axis in range(3):
                normals[face, corner, axis] = total[axis] / length if length > 1e-12 else units[face, axis]
    return normals
