"""A flat piece as a triangle mesh: its outline resampled, a hexagonal lattice inside, Delaunay, light smoothing.

Every boundary step stays an edge of the mesh (a step that Delaunay loses is split and the mesh made again), so no
triangle bridges an open dart or a neckline.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import Delaunay

from studio.arrays import AnyArray, Floats, Points2, Triangles
from studio.errors import DraftError
from studio.pattern import Piece

LEAST_TRIANGLES = 150
_SPLIT_ROUNDS = 8
_REACH = 0.03  # a crease is sought this share of its length beyond its ends

Crease = tuple[float, float, float, float]
"""x, y of both ends of a line along which a piece is folded, cm."""


@dataclass(frozen=True, eq=False)
class FlatMesh:
    """A triangulated piece: the outline's points come first, counter-clockwise.

    `sewn`, where given, are the points with what is taken in inside the piece (fish-eye darts) closed; `drawn_in`, where
    given, is the share of the width that gathers or elastic leave at each point: lengths follow both.
    """

    points: Points2
    triangles: Triangles
    chains: Mapping[str, AnyArray]  # edge name -> vertex numbers along the edge, both ends included
    sewn: Points2 | None = None
    drawn_in: Floats | None = None

    @functools.cached_property
    def edges(self) -> AnyArray:
        """(e, 2) every mesh edge once."""
        pairs = np.sort(self.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        keys = np.unique(pairs[:, 0] * len(self.points) + pairs[:, 1])
        return np.stack(np.divmod(keys, len(self.points)), axis=1)

    @functools.cached_property
    def lengths(self) -> Floats:
        """(e,) length of every mesh edge when sewn, cm: as on the table, darts inside closed, gathers drawn in."""
        points = self.points if self.sewn is None else self.sewn
        way = points[self.edges[:, 0]] - points[self.edges[:, 1]]
        share = 1.0 if self.drawn_in is None else self.drawn_in[self.edges].mean(axis=1)
        return np.hypot(share * way[:, 0], way[:, 1])

    def located(self, flat: Points2) -> tuple[Triangles, Floats]:
        """(n, 3) corners and weights of the triangle under each of n points; just outside, of the nearest triangle."""
        a, b, c = (self.points[self.triangles[:, k]] for k in range(3))
        u, v = b - a, c - a
        size = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
        way = flat[:, None] - a[None]
        second = (way[..., 0] * v[None, :, 1] - way[..., 1] * v[None, :, 0]) / size
        third = (u[None, :, 0] * way[..., 1] - u[None, :, 1] * way[..., 0]) / size
        number = np.argmax(np.minimum(np.minimum(second, third), 1 - second - third), axis=1)
        rows = np.arange(len(flat))
        second, third = second[rows, number], third[rows, number]
        return self.triangles[number], np.stack((1 - second - third, second, third), axis=1)


def triangulated(piece: Piece, *, step: float, creases: Sequence[Crease] = ()) -> FlatMesh:
    """`piece` as triangles with edges about `step` cm, finer if it needs that for 150 triangles.

    No triangle crosses the lines `creases`, where the piece will be folded.

    Raises DraftError if the outline crosses itself.
    """
    if not shapely.Polygon(piece.outline(1.0)).is_valid:
        raise DraftError(f"{piece.name} cannot be laid out: its outline crosses itself")
    step = min(step, math.sqrt(abs(piece.area) / (0.433 * 1.1 * LEAST_TRIANGLES)))
    while True:
        mesh = _meshed(piece, step, tuple(creases))
        if len(mesh.triangles) >= LEAST_TRIANGLES:
            return mesh
        step *= 0.85


def _meshed(piece: Piece, step: float, creases: tuple[Crease, ...]) -> FlatMesh:
    runs = [edge.sampled(max(2, math.ceil(edge.length / step - 0.25) + 1)) for edge in piece.edges]
    for crease in creases:
        runs = [_with_crease(run, crease) for run in runs]
    runs = [run[:-1] for run in runs]
    counts = tuple(len(run) for run in runs)
    points, triangles, owner = _filled(np.concatenate(runs).tobytes(), counts, round(step, 6), creases)
    chains: dict[str, AnyArray] = {}
    boundary = len(owner)
    for number, edge in enumerate(piece.edges):
        inside = np.flatnonzero(owner == number)
        chains[edge.name] = np.append(inside, (inside[-1] + 1) % boundary)
    return FlatMesh(points, triangles, chains)


def level_crease(piece: Piece) -> Crease:
    """The crease of a strip folded in half: a level line through the middle of its height."""
    x0, y0, x1, y1 = piece.bounds
    return (x0 - 1.0, (y0 + y1) / 2, x1 + 1.0, (y0 + y1) / 2)


def _beside(points: Points2, crease: Crease) -> tuple[Floats, Floats]:
    """(signed distance from the crease's line in cm, place along it: 0 at its start, 1 at its end)."""
    start, way = np.array(crease[:2]), np.array(crease[2:]) - crease[:2]
    long = max(float(np.hypot(*way)), 1e-9)
    off = points - start
    return (way[0] * off[:, 1] - way[1] * off[:, 0]) / long, off @ way / long**2


def _with_crease(run: Points2, crease: Crease) -> Points2:
    """The run with a point where it crosses the crease."""
    side, along = _beside(run, crease)
    within = (np.maximum(along[:-1], along[1:]) > -_REACH) & (np.minimum(along[:-1], along[1:]) < 1 + _REACH)
    crossed = np.flatnonzero((side[:-1] * side[1:] < -1e-12) & within)
    share = (side[crossed] / (side[crossed] - side[crossed + 1]))[:, None]
    return np.insert(run, crossed + 1, run[crossed] * (1 - share) + run[crossed + 1] * share, axis=0)


@functools.lru_cache(maxsize=96)
def _filled(
    outline: bytes, counts: tuple[int, ...], step: float, creases: tuple[Crease, ...]
) -> tuple[Points2, Triangles, AnyArray]:
    """Points, triangles and for every boundary point the number of its edge; remembered for an unchanged outline."""
    boundary = np.frombuffer(outline).reshape(-1, 2)
    owner = np.repeat(np.arange(len(counts)), counts)
    area = shapely.Polygon(boundary)
    shapely.prepare(area)
    inside = _lattice(area, boundary, step)
    for crease in creases:
        inside = _creased(inside, boundary, step, crease)
    for _ in range(_SPLIT_ROUNDS):
        points = np.concatenate((boundary, inside))
        triangles = _kept(points, Delaunay(points).simplices, area)
        lost = _lost_steps(triangles, len(boundary))
        if len(lost) == 0:
            break
        boundary, owner = _split(boundary, owner, lost)
    if not creases:
        points = _smoothed(points, triangles, len(boundary))
    return _used(points, triangles, owner)


def _used(points: Points2, triangles: Triangles, owner: AnyArray) -> tuple[Points2, Triangles, AnyArray]:
    """Without the inner points that no triangle uses."""
    used = np.zeros(len(points), dtype=bool)
    used[: len(owner)] = True
    used[triangles.ravel()] = True
    number = np.cumsum(used) - 1
    return points[used], number[triangles], owner


def _lattice(area: shapely.Polygon, boundary: Points2, step: float) -> Points2:
    """Hexagonal lattice points inside, not too near the outline; symmetric about x = 0."""
    low, high = boundary.min(axis=0), boundary.max(axis=0)
    rise = step * math.sqrt(3) / 2
    columns = np.arange(math.floor(low[0] / step) - 1, math.ceil(high[0] / step) + 2) * step
    rows = np.arange(math.floor(low[1] / rise) - 1, math.ceil(high[1] / rise) + 2)
    x = columns[None, :] + (rows[:, None] % 2) * step / 2
    y = np.broadcast_to(rows[:, None] * rise, x.shape)
    core = area.buffer(-0.55 * step, quad_segs=2)
    if core.is_empty:
        return np.empty((0, 2))
    shapely.prepare(core)
    keep = shapely.contains_xy(core, x.ravel(), y.ravel())
    return np.stack((x.ravel()[keep], y.ravel()[keep]), axis=1)


def _creased(inside: Points2, boundary: Points2, step: float, crease: Crease) -> Points2:
    """The inner points with a row of them along the crease, from where it enters the piece to where it leaves it."""
    side, along = _beside(boundary, crease)
    ends = along[(np.abs(side) < 1e-6) & (along > -_REACH) & (along < 1 + _REACH)]
    if len(ends) < 2:
        return inside
    start, way = np.array(crease[:2]), np.array(crease[2:]) - crease[:2]
    count = max(2, math.ceil(float(np.ptp(ends)) * float(np.hypot(*way)) / step))
    row = start + np.linspace(ends.min(), ends.max(), count + 1)[1:-1, None] * way
    off, place = _beside(inside, crease)
    apart = inside[(np.abs(off) > 0.55 * step) | (place < ends.min()) | (place > ends.max())]
    return np.concatenate((apart, row))


def _doubled_area(points: Points2, triangles: Triangles) -> Floats:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    doubled: Floats = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return doubled


def _kept(points: Points2, triangles: AnyArray, area: shapely.Polygon) -> Triangles:
    """The triangles that lie in the piece, counter-clockwise."""
    triangles = triangles.astype(np.int64)
    doubled = _doubled_area(points, triangles)
    triangles[doubled < 0] = triangles[doubled < 0][:, ::-1]
    triangles = triangles[np.abs(doubled) > 1e-9]
    middle = points[triangles].mean(axis=1)
    kept: Triangles = triangles[shapely.contains_xy(area, middle[:, 0], middle[:, 1])]
    return kept


def _lost_steps(triangles: Triangles, boundary: int) -> AnyArray:
    """Numbers of the boundary steps (i to i + 1) that are not an edge of the mesh."""
    pairs = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    found = pairs[(pairs[:, 1] == (pairs[:, 0] + 1) % boundary) & (pairs[:, 0] < boundary)][:, 0]
    lost: AnyArray = np.setdiff1d(np.arange(boundary), found)
    return lost


def _split(boundary: Points2, owner: AnyArray, lost: AnyArray) -> tuple[Points2, AnyArray]:
    """The boundary with the steps `lost` halved."""
    middle = (boundary[lost] + boundary[(lost + 1) % len(boundary)]) / 2
    return np.insert(boundary, lost + 1, middle, axis=0), np.insert(owner, lost + 1, owner[lost])


def _smoothed(points: Points2, triangles: Triangles, boundary: int) -> Points2:
    """Inner points moved twice half-way to the mean of their neighbours, unless that would fold a triangle."""
    a, b = triangles[:, [0, 1, 2]].ravel(), triangles[:, [1, 2, 0]].ravel()
    count = np.maximum(np.bincount(a, minlength=len(points)), 1)[:, None]
    for _ in range(2):
        total = np.stack([np.bincount(a, weights=points[b, k], minlength=len(points)) for k in (0, 1)], axis=1)
        moved = points.copy()
        moved[boundary:] += 0.5 * (total / count - points)[boundary:]
        if np.any(_doubled_area(moved, triangles) < 1e-3):
            break
        points = moved
    return points
