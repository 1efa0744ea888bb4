"""How far every place round a body is from its skin: a signed distance field on a grid, made once for each body.

Near the skin distances are exact (point to triangle, Ericson, Real-Time Collision Detection 5.1.5); inside or outside is the
winding number along the upright grid lines. Every closed shell is measured alone and the shells are joined as a union, so
that the skin of an arm inside the shoulder is no wall.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.ndimage import distance_transform_edt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from studio.arrays import AnyArray, Floats, Points3, Triangles

STEP = 1.0
"""Width of the grid, cm."""
BAND = 3.0
"""Distances up to here are exact, cm."""
_MARGIN = 5.0
_KEPT = 4
_REMEMBERED: OrderedDict[str, DistanceField] = OrderedDict()


@dataclass(frozen=True, eq=False)
class DistanceField:
    """(nx, ny, nz) signed distances, cm, negative inside, at `low` + `step` * index."""

    distances: Floats
    low: Floats  # (3,)
    step: float

    def at(self, points: Points3) -> Floats:
        """(n,) signed distance of (n, 3) points, cm, read between the grid points; outside the grid that of its rim."""
        limit = np.array(self.distances.shape) - 1.000001
        place = np.clip((points - self.low) / self.step, 0, limit)
        first = place.astype(np.int64)
        share = place - first
        total = np.zeros(len(points))
        for corner in range(8):
            way = np.array((corner & 1, corner >> 1 & 1, corner >> 2))
            weight = np.prod(np.where(way, share, 1 - share), axis=1)
            total += weight * self.distances[tuple((first + way).T)]
        return total

    def pushed_out(self, points: Points3, clearance: float) -> Points3:
        """The points with those nearer than `clearance` cm to the skin moved away from it."""
        found = points.copy()
        for _ in range(3):
            depth = clearance - self.at(found)
            near = np.flatnonzero(depth > 0)
            if len(near) == 0:
                break
            ways = 0.5 * self.step * np.eye(3)
            slope = np.stack([self.at(found[near] + way) - self.at(found[near] - way) for way in ways], axis=1)
            slope /= np.maximum(np.linalg.norm(slope, axis=1), 1e-9)[:, None]
            found[near] += depth[near, None] * slope
        return found


def distance_field(points: Points3, triangles: Triangles, *, step: float = STEP) -> DistanceField:
    """The field of a body of one or more closed shells, triangles outward; remembered for the last few bodies."""
    points = np.ascontiguousarray(points, dtype=np.float64)
    triangles = np.ascontiguousarray(triangles, dtype=np.int64)
    key = hashlib.sha256(points.tobytes() + triangles.tobytes() + np.float64(step).tobytes()).hexdigest()
    if key not in _REMEMBERED:
        _REMEMBERED[key] = _measured(points, triangles, step)
        while len(_REMEMBERED) > _KEPT:
            _REMEMBERED.popitem(last=False)
    _REMEMBERED.move_to_end(key)
    return _REMEMBERED[key]


def _measured(points: Points3, triangles: Triangles, step: float) -> DistanceField:
    low = points.min(axis=0) - _MARGIN
    size = np.ceil((points.max(axis=0) + _MARGIN - low) / step).astype(np.int64) + 1
    joined = np.full(tuple(size), np.inf)
    for shell in _shells(len(points), triangles):
        corners = points[shell].reshape(-1, 3)
        first = np.maximum(np.floor((corners.min(axis=0) - BAND - low) / step).astype(np.int64), 0)
        last = np.minimum(np.ceil((corners.max(axis=0) + BAND - low) / step).astype(np.int64) + 1, size)
        window = (slice(first[0], last[0]), slice(first[1], last[1]), slice(first[2], last[2]))
        signed = _shell_field(points, shell, low + step * first, step, last - first)
        joined[window] = np.minimum(joined[window], signed)
    joined[~np.isfinite(joined)] = 2 * BAND
    return DistanceField(np.ascontiguousarray(joined), low, step)


def _shells(count: int, triangles: Triangles) -> list[Triangles]:
    """The triangles of each connected shell."""
    rows = np.concatenate((triangles[:, 0], triangles[:, 1]))
    columns = np.concatenate((triangles[:, 1], triangles[:, 2]))
    graph = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    of = label[triangles[:, 0]]
    return [np.ascontiguousarray(triangles[of == number]) for number in np.unique(of)]


def _shell_field(points: Points3, shell: Triangles, low: Floats, step: float, size: AnyArray) -> Floats:
    near = _band(points, shell, low, step, int(size[0]), int(size[1]), int(size[2]), BAND)
    known = near < 0.999 * BAND
    beyond = 0.9 * BAND + step * distance_transform_edt(~known)
    far: Floats = np.where(known, near, beyond)
    inside = _winding(points, shell, low, step, int(size[0]), int(size[1]), int(size[2])) != 0
    return np.where(inside, -far, far)


@njit(cache=True)
def _to_triangle(p: Floats, a: Floats, b: Floats, c: Floats) -> float:
    """Squared distance of a point from a triangle."""
    ab0, ab1, ab2 = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    ac0, ac1, ac2 = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    ap0, ap1, ap2 = p[0] - a[0], p[1] - a[1], p[2] - a[2]
    bb, bc, cc = ab0 * ab0 + ab1 * ab1 + ab2 * ab2, ab0 * ac0 + ab1 * ac1 + ab2 * ac2, ac0 * ac0 + ac1 * ac1 + ac2 * ac2
    d1, d2 = ab0 * ap0 + ab1 * ap1 + ab2 * ap2, ac0 * ap0 + ac1 * ap1 + ac2 * ap2
    size = bb * cc - bc * bc
    v, w = 0.0, 0.0
    inside = False
    if size > 1e-18:
        v, w = (cc * d1 - bc * d2) / size, (bb * d2 - bc * d1) / size
        inside = v >= 0 and w >= 0 and v + w <= 1
    if inside:
        x, y, z = ap0 - v * ab0 - w * ac0, ap1 - v * ab1 - w * ac1, ap2 - v * ab2 - w * ac2
        over: float = x * x + y * y + z * z
        return over
    best = 1e30
    for side in range(3):
        if side == 0:
            t = min(max(d1 / max(bb, 1e-18), 0.0), 1.0)
            v, w = t, 0.0
        elif side == 1:
            t = min(max(d2 / max(cc, 1e-18), 0.0), 1.0)
            v, w = 0.0, t
        else:
            t = min(max((d2 - d1 + bb - bc) / max(bb - 2 * bc + cc, 1e-18), 0.0), 1.0)
            v, w = 1 - t, t
        x, y, z = ap0 - v * ab0 - w * ac0, ap1 - v * ab1 - w * ac1, ap2 - v * ab2 - w * ac2
        best = min(best, x * x + y * y + z * z)
    return best


@njit(cache=True)
def _band(points: Points3, shell: Triangles, low: Floats, step: float, nx: int, ny: int, nz: int, reach: float) -> Floats:
    """Unsigned distances up to `reach`, cm; `reach` further away."""
    found = np.full((nx, ny, nz), reach * reach)
    limit = (nx, ny, nz)
    p = np.empty(3)
    start, stop = np.empty(3, np.int64), np.empty(3, np.int64)
    for f in range(len(shell)):
        a, b, c = points[shell[f, 0]], points[shell[f, 1]], points[shell[f, 2]]
        for k in range(3):
            start[k] = max(0, int(np.ceil((min(a[k], b[k], c[k]) - reach - low[k]) / step)))
            stop[k] = min(limit[k] - 1, int(np.floor((max(a[k], b[k], c[k]) + reach - low[k]) / step)))
        for i in range(start[0], stop[0] + 1):
            p[0] = low[0] + i * step
            for j in range(start[1], stop[1] + 1):
                p[1] = low[1] + j * step
                for k in range(start[2], stop[2] + 1):
                    p[2] = low[2] + k * step
                    found[i, j, k] = min(found[i, j, k], _to_triangle(p, a, b, c))
    near: Floats = np.sqrt(found)
    return near


@njit(cache=True)
def _winding(points: Points3, shell: Triangles, low: Floats, step: float, nx: int, ny: int, nz: int) -> AnyArray:
    """How often the shell goes round each grid point, counted along the upright lines (a hair beside the grid's own)."""
    turns = np.zeros((nx, ny, nz + 1), np.int32)
    hair = 1.23e-5
    for f in range(len(shell)):
        a, b, c = points[shell[f, 0]], points[shell[f, 1]], points[shell[f, 2]]
        size = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        if size == 0.0:
            continue
        first_x = max(0, int(np.ceil((min(a[0], b[0], c[0]) - low[0] - hair) / step)))
        last_x = min(nx - 1, int(np.floor((max(a[0], b[0], c[0]) - low[0] - hair) / step)))
        first_y = max(0, int(np.ceil((min(a[1], b[1], c[1]) - low[1] - 1.7 * hair) / step)))
        last_y = min(ny - 1, int(np.floor((max(a[1], b[1], c[1]) - low[1] - 1.7 * hair) / step)))
        for i in range(first_x, last_x + 1):
            for j in range(first_y, last_y + 1):
                x, y = low[0] + i * step + hair, low[1] + j * step + 1.7 * hair
                u = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / size
                v = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / size
                if u < 0 or v < 0 or u + v > 1:
                    continue
                z = a[2] + u * (b[2] - a[2]) + v * (c[2] - a[2])
                k = min(max(int(np.ceil((z - low[2]) / step)), 0), nz)
                turns[i, j, k] += 1 if size > 0 else -1
    for i in range(nx):
        for j in range(ny):
            total = 0
            for k in range(nz):
                total += turns[i, j, k]
                turns[i, j, k] = total
    return turns[:, :, :nz]
