"""The pieces on the body ready to be shaded: normals that run on over seams and break at folds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from studio.arrays import AnyArray, Floats, Points2, Points3, Triangles
from studio.assembly import Assembly, PieceSurface

FOLD = math.radians(80)
"""Two triangles that meet at a sharper turn than this are the two sides of a fold."""
_REACH = 1.5
"""Edges of pieces are shaded as one over this many mesh steps: the two sides of a seam have points of their own."""


@dataclass(frozen=True, eq=False)
class WornMesh:
    """One piece: (n, 3) points, cm, and unit normals, (n, 2) points on the table, cm, (m, 3) triangles.

    A point on a fold appears once for each side; `source` (n,) is its number in the piece's own surface.
    """

    name: str
    title: str
    points: Points3
    normals: Points3
    flat: Points2
    triangles: Triangles
    source: AnyArray


def worn_meshes(assembly: Assembly) -> tuple[WornMesh, ...]:
    """The garment's pieces in their order. Points of different pieces at the same place have the same normal, unless cloth
    is folded there, so that seams shade smoothly."""
    meshes = [_shaded(part) for part in assembly.surfaces]
    if not meshes:
        return ()
    steps = [np.median(part.lengths[part.lengths > 0]) for part in assembly.surfaces]
    normals = _shared([mesh for mesh, _ in meshes], [rim for _, rim in meshes], _REACH * float(np.median(steps)))
    return tuple(
        WornMesh(mesh.name, mesh.title, mesh.points, _unit(found), mesh.flat, mesh.triangles, mesh.source)
        for (mesh, _), found in zip(meshes, normals, strict=True)
    )


def vertex_normals(points: Points3, triangles: Triangles) -> Points3:
    """(n, 3) unit normals of a closed smooth mesh, each triangle weighing as its area (Gouraud 1971)."""
    return _unit(_summed(_cross(points, triangles), triangles, len(points)))


def _shaded(part: PieceSurface) -> tuple[WornMesh, AnyArray]:
    """A piece cut open along its folds, its normals as long as the area round them, and the numbers of its rim's points."""
    faces = _cross(part.points, part.triangles)
    sides = part.triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    first, second, lone = _met(sides, len(part.points))
    corners, source = _split(part.triangles, sides, _unit(faces), (first, second))
    at_rim = np.zeros(len(part.points), dtype=bool)
    at_rim[sides[lone]] = True
    normals = _summed(faces, corners, len(source))
    mesh = WornMesh(part.name, part.title, part.points[source], normals, part.flat[source], corners, source)
    return mesh, np.flatnonzero(at_rim[source])


def _met(sides: AnyArray, count: int) -> tuple[AnyArray, AnyArray, AnyArray]:
    """Of (3m, 2) sides of triangles: the numbers of those that are one edge, in pairs, and of those that are met by none."""
    key = sides.min(axis=1) * count + sides.max(axis=1)
    order = np.argsort(key)
    same = key[order][:-1] == key[order][1:]
    alone = ~(np.append(same, False) | np.insert(same, 0, False))
    return order[:-1][same], order[1:][same], order[alone]


def _split(triangles: Triangles, sides: AnyArray, faces: Points3, met: tuple[AnyArray, AnyArray]) -> tuple[Triangles, AnyArray]:
    """Triangles over points of which one on a fold is there once for each side, and the old number of each point.

    Corners of triangles at one point belong together if one can walk between them over edges that are no folds.
    """
    first, second = met
    flat = np.einsum("ij,ij->i", faces[first // 3], faces[second // 3]) > math.cos(FOLD)
    first, second = first[flat], second[flat]
    same_way = (sides[first, 0] == sides[second, 0]).astype(np.int64)
    start = (first, _corner(second, 1 - same_way))
    end = (_corner(first, 1), _corner(second, same_way))
    rows, columns = np.concatenate((start[0], end[0])), np.concatenate((start[1], end[1]))
    count = triangles.size
    links = sparse.csr_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(count, count))
    _, groups = connected_components(links, directed=False)
    source = np.empty(int(groups.max()) + 1, dtype=np.int64)
    source[groups] = triangles.reshape(-1)
    return groups.reshape(-1, 3).astype(np.int64), source


def _corner(side: AnyArray, end: AnyArray | int) -> AnyArray:
    """Numbers of the corners where sides begin (`end` 0) or end (1): three of each to a triangle, in the same order."""
    corner: AnyArray = side // 3 * 3 + (side % 3 + end) % 3
    return corner


def _shared(meshes: Sequence[WornMesh], rims: Sequence[AnyArray], reach: float) -> list[Points3]:
    """Normals with those along the rims blended over all rims within `reach` cm that face the same way: a function of the
    place, so that both sides of a seam find the same."""
    places = np.concatenate([mesh.points[rim] for mesh, rim in zip(meshes, rims, strict=True)])
    own = np.concatenate([mesh.normals[rim] for mesh, rim in zip(meshes, rims, strict=True)])
    facing = _unit(own)
    pairs = cKDTree(places).query_pairs(reach, output_type="ndarray")
    i, j = pairs.T
    distance = np.linalg.norm(places[i] - places[j], axis=1)
    alike = np.einsum("ij,ij->i", facing[i], facing[j]) > math.cos(FOLD)
    weight = (1 - distance[alike] / reach) ** 2
    i, j = i[alike], j[alike]
    kernel = sparse.csr_matrix((weight, (i, j)), shape=(len(places), len(places)))
    blended = own + kernel @ own + kernel.T @ own
    ends = np.cumsum([len(rim) for rim in rims])[:-1]
    result = []
    for mesh, rim, part in zip(meshes, rims, np.split(blended, ends), strict=True):
        normals = mesh.normals.copy()
        normals[rim] = part
        result.append(normals)
    return result


def _cross(points: Points3, triangles: Triangles) -> Points3:
    a, b, c = points[triangles[:, 0]], points[triangles[:, 1]], points[triangles[:, 2]]
    crossed: Floats = np.cross(b - a, c - a)
    return crossed


def _summed(faces: Points3, triangles: Triangles, count: int) -> Points3:
    corners = triangles.reshape(-1)
    spread = np.repeat(faces, 3, axis=0)
    return np.stack([np.bincount(corners, weights=spread[:, k], minlength=count) for k in range(3)], axis=1)


def _unit(vectors: Floats) -> Floats:
    """Unit vectors; up where a vector has no length."""
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    unit: Floats = np.where(length > 1e-12, vectors / np.maximum(length, 1e-12), (0.0, 0.0, 1.0))
    return unit
