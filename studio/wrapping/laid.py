"""Pieces laid on the face of others: pockets follow the cloth that they are stitched to."""

from __future__ import annotations

import numpy as np

from studio.arrays import Floats, Points2, Points3, Triangles
from studio.wrapping.sew import Placed
from studio.wrapping.triangulate import FlatMesh

POCKET_OFFSET = 0.35


def vertex_normals(points: Points3, triangles: Triangles) -> Points3:
    """Unit normals of a mesh, outwards where triangles run counter-clockwise seen from outside."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    corner, around = triangles.T.ravel(), np.tile(face, (3, 1))
    total = np.stack([np.bincount(corner, around[:, axis], len(points)) for axis in range(3)], axis=1)
    unit: Points3 = total / np.maximum(np.linalg.norm(total, axis=1), 1e-12)[:, None]
    return unit


def laid_on(flat: Points2, host: FlatMesh, surface: Points3, *, offset: Floats | float = POCKET_OFFSET) -> Points3:
    """(n, 3) the places on a host's `surface` of points on the host's table, raised by `offset` cm (one, or (n,))."""
    corners, weights = host.located(flat)
    normals = vertex_normals(surface, host.triangles)
    place: Points3 = np.einsum("nk,nkd->nd", weights, surface[corners])
    lift: Points3 = np.einsum("nk,nkd->nd", np.clip(weights, 0, 1), normals[corners])
    return place + np.reshape(offset, (-1, 1)) * lift


def lapped_over(placed: Placed, *, beyond: float, below: float, lift: float = 0.45) -> Placed:
    """A front that laps over the other one: raised near the centre front (x = 0) and past it, by `beyond` cm.

    Only under the level `below`: above it a lapel is turned back.
    """
    away, y = np.abs(placed.mesh.points[:, 0]), placed.mesh.points[:, 1]
    return _lifted(placed, lift * np.clip((beyond + 3.0 - away) / 3.0, 0, 1) * np.clip((below - y) / 4.0 + 1.0, 0, 1))


def strip_layers(placed: Placed, *, seam: str, lift: float = 0.3) -> Placed:
    """A folded strip with its layers apart: the inner half nearer the body, an overlap past the seam's end on top."""
    piece, flat = placed.piece, placed.mesh.points
    low, high = piece.bounds[1], piece.bounds[3]
    edge = piece.edge(seam)
    away = np.abs(flat[:, 1] - edge.start[1])
    inner = np.clip((away - (high - low) / 2) / 0.8, 0, 1)
    left, right = sorted((float(edge.start[0]), float(edge.end[0])))
    past = np.clip(np.maximum(flat[:, 0] - right, left - flat[:, 0]) + 1.0, 0, 1)
    by = lift * past - 0.55 * lift * inner
    seam_middle = placed.points[away < 1e-6].mean(axis=0)
    axis = placed.points[np.abs(away - (high - low) / 2) < 1e-6].mean(axis=0) - seam_middle
    axis /= max(float(np.linalg.norm(axis)), 1e-9)
    spoke = placed.points - seam_middle
    spoke -= (spoke @ axis)[:, None] * axis
    spoke /= np.maximum(np.linalg.norm(spoke, axis=1), 1e-9)[:, None]
    return Placed(piece, placed.mesh, placed.points + by[:, None] * spoke)


def _lifted(placed: Placed, by: Floats) -> Placed:
    """Points moved out along their normals by `by` cm each."""
    normals = vertex_normals(placed.points, placed.mesh.triangles)
    return Placed(placed.piece, placed.mesh, placed.points + by[:, None] * normals)
