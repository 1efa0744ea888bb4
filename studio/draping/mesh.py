"""The sewn garment as one mesh: pieces welded along their seams, with the lengths and angles that the cloth wants to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from studio.arrays import AnyArray, Floats, Mask, Points2, Points3, Triangles
from studio.assembly import Assembly, PieceSurface
from studio.draping.chains import Sheet, sewn_together
from studio.pattern import Pattern, Piece


@dataclass(frozen=True, eq=False)
class Part:
    """One piece of the garment: its surface and where its points begin in the garment's list."""

    piece: Piece
    surface: PieceSurface
    first: int

    @property
    def numbers(self) -> slice:
        return slice(self.first, self.first + len(self.surface.flat))


@dataclass(frozen=True, eq=False)
class Garment:
    """All pieces, unwelded (n points) and welded (`place` says which of m places each point is).

    `edges` (e, 2) are pairs of places with their sewn `lengths`; `mass` (m,) in g.
    """

    parts: tuple[Part, ...]
    place: AnyArray
    mass: Floats
    edges: AnyArray
    lengths: Floats

    @property
    def count(self) -> int:
        """Number of places."""
        return len(self.mass)

    @property
    def triangles(self) -> Triangles:
        """(t, 3) triangles between places."""
        whole: Triangles = self.place[np.concatenate([part.surface.triangles + part.first for part in self.parts])]
        return whole

    def gathered(self, points: Points3) -> Points3:
        """(m, 3) mean place of the (n, 3) unwelded points."""
        size = np.bincount(self.place, minlength=self.count)[:, None]
        total = np.stack([np.bincount(self.place, points[:, k], self.count) for k in range(3)], axis=1)
        mean: Points3 = total / size
        return mean

    @property
    def worn(self) -> Points3:
        """(m, 3) places as the wrap has them."""
        return self.gathered(np.concatenate([part.surface.points for part in self.parts]))

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.surface.name == name)


def sewn_garment(pattern: Pattern, assembly: Assembly, weights: Sequence[float]) -> Garment:
    """The garment of the wrap's surfaces; `weights` is g/m2 of each surface's cloth."""
    sheets = {surface.name: Sheet(pattern[surface.name], surface) for surface in assembly.surfaces}
    pairs = sewn_together(pattern, sheets)
    parts, first = [], 0
    for sheet in sheets.values():
        part = Part(sheet.piece, _surface(sheet), first)
        parts.append(part)
        first += len(part.surface.flat)
    start = {part.surface.name: part.first for part in parts}
    rows, columns = (np.array([start[pair[k][0]] + pair[k][1] for pair in pairs], dtype=np.int64) for k in (0, 1))
    graph = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(first, first))
    _, place = connected_components(graph, directed=False)
    return _welded(tuple(parts), place.astype(np.int64), weights)


def _surface(sheet: Sheet) -> PieceSurface:
    """The sheet as a surface again; edges that were not touched keep the length that the wrap gave them."""
    old = sheet.surface
    flat, triangles = np.array(sheet.flat), np.array(sheet.triangles, dtype=np.int64)
    edges = _edges(triangles)
    way = flat[edges[:, 0]] - flat[edges[:, 1]]
    share = np.array(sheet.share)[edges].mean(axis=1)
    lengths = np.hypot(share * way[:, 0], way[:, 1])
    known = {(int(i), int(j)): float(s) for (i, j), s in zip(np.sort(old.edges, axis=1), old.lengths, strict=True)}
    for number, (i, j) in enumerate(edges.tolist()):
        if i not in sheet.moved and j not in sheet.moved:
            lengths[number] = known.get((i, j), lengths[number])
    over = np.flatnonzero(np.isin(np.array(sheet.from_triangle), old.turned))
    return PieceSurface(old.name, old.title, old.role, old.side, flat, np.array(sheet.worn), triangles, over, edges, lengths)


def _edges(triangles: Triangles) -> AnyArray:
    pairs: AnyArray = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    return pairs


def _welded(parts: tuple[Part, ...], place: AnyArray, weights: Sequence[float]) -> Garment:
    count = int(place.max()) + 1
    mass = np.zeros(count)
    for part, weight in zip(parts, weights, strict=True):
        area = doubled_area(part.surface.flat, part.surface.triangles) / 2
        own = place[part.numbers][part.surface.triangles]
        mass += np.bincount(own.ravel(), np.repeat(np.abs(area), 3) / 3 * weight / 1e4, count)
    pairs = np.sort(place[np.concatenate([part.surface.edges + part.first for part in parts])], axis=1)
    lengths = np.concatenate([part.surface.lengths for part in parts])
    kept = pairs[:, 0] != pairs[:, 1]
    keys, which = np.unique(pairs[kept] @ np.array((count, 1)), return_inverse=True)
    mean = np.bincount(which, lengths[kept]) / np.bincount(which)
    return Garment(parts, place, np.maximum(mass, 1e-4), np.stack(np.divmod(keys, count), axis=1), np.maximum(mean, 1e-3))


def doubled_area(points: Points2, triangles: Triangles) -> Floats:
    """(t,) twice the signed area of each flat triangle, cm2."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    doubled: Floats = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return doubled


def bends(garment: Garment, worn: Points3, shaped: Mask) -> tuple[AnyArray, Floats]:
    """Pairs of places across every inner edge and seam, and how far apart they are when the cloth lies smooth there.

    Where a place is `shaped` (a collar, a folded strip) the distance is that of the wrap, `worn`, if it is shorter.
    """
    triangles = garment.triangles
    sides = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    apex = np.concatenate((triangles[:, 2], triangles[:, 0], triangles[:, 1]))
    length = dict(zip(map(tuple, garment.edges.tolist()), garment.lengths.tolist(), strict=True))
    sides = np.sort(sides, axis=1)
    keys = sides @ np.array((garment.count, 1))
    order = np.argsort(keys, kind="stable")
    twice = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    one, other = order[twice], order[twice + 1]
    i, j, p, q = sides[one, 0], sides[one, 1], apex[one], apex[other]
    kept = (p != q) & (i != j) & (p != i) & (p != j) & (q != i) & (q != j)
    i, j, p, q = i[kept], j[kept], p[kept], q[kept]

    def far(a: AnyArray, b: AnyArray) -> Floats:
        pairs = zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True)
        return np.array([length[pair] for pair in pairs])

    base = far(i, j)
    feet, heights = [], []
    for tip in (p, q):
        left, right = far(i, tip), far(j, tip)
        foot = (base**2 + left**2 - right**2) / (2 * base)
        feet.append(foot)
        heights.append(np.sqrt(np.maximum(left**2 - foot**2, 0.0)))
    rest = np.hypot(feet[0] - feet[1], heights[0] + heights[1])
    as_worn = shaped[p] | shaped[q]
    rest[as_worn] = np.minimum(np.linalg.norm(worn[p] - worn[q], axis=1), rest)[as_worn]
    return np.stack((p, q), axis=1), rest


def refined(garment: Garment, weights: Sequence[float]) -> Garment:
    """The garment with every triangle parted in four; seams stay one to one."""
    parts, places, first = [], [], 0
    for part in garment.parts:
        old = part.surface
        count = len(old.flat)
        number = {(int(i), int(j)): count + k for k, (i, j) in enumerate(np.sort(old.edges, axis=1))}

        def middle(a: AnyArray, b: AnyArray, number: dict[tuple[int, int], int] = number) -> AnyArray:
            return np.array([number[min(i, j), max(i, j)] for i, j in zip(a.tolist(), b.tolist(), strict=True)])

        a, b, c = old.triangles.T
        ab, bc, ca = middle(a, b), middle(b, c), middle(c, a)
        triangles = np.concatenate([np.stack(t, axis=1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
        i, j = old.edges.T
        flat, points = (np.concatenate((v, (v[i] + v[j]) / 2)) for v in (old.flat, old.points))
        length = {key: float(s) / 2 for key, s in zip(number, old.lengths, strict=True)}
        half = {}
        for (m, n), k in number.items():
            half[m, k] = half[n, k] = length[m, n]
        for x, y, z, xy, yz, zx in zip(*(v.tolist() for v in (a, b, c, ab, bc, ca)), strict=True):
            for end, other, s in ((xy, zx, (y, z)), (xy, yz, (z, x)), (yz, zx, (x, y))):
                half[min(end, other), max(end, other)] = length[min(s), max(s)]
        edges = _edges(triangles)
        lengths = np.array([half[m, n] for m, n in edges.tolist()])
        turned = np.concatenate([old.turned + k * len(old.triangles) for k in range(4)])
        surface = PieceSurface(old.name, old.title, old.role, old.side, flat, points, triangles, turned, edges, lengths)
        own = garment.place[part.numbers]
        ends = np.sort(np.stack((own[i], own[j]), axis=1), axis=1) @ np.array((garment.count, 1))
        places.append(np.concatenate((own, garment.count + ends)))
        parts.append(Part(part.piece, surface, first))
        first += len(flat)
    _, place = np.unique(np.concatenate(places), return_inverse=True)
    return _welded(tuple(parts), place.ravel().astype(np.int64), weights)
