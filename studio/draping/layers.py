"""Cloth over cloth: what lies on another layer follows it, what laps over keeps off the body, what is fastened stays closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from studio.arrays import AnyArray, Floats, Mask, Points2, Points3, Triangles
from studio.draping.mesh import Garment, Part
from studio.draping.solve import CLEARANCE
from studio.pattern import MarkKind, Piece, Role

_STRIPS = {Role.WAISTBAND: "waist", Role.CUFF: "sleeve", Role.HEM_RIB: "hem"}
_NECK = (Role.COLLAR, Role.HOOD)
_FALL = ((0.0, 0.4, 0.62), (0.0, 0.2, 0.9))
"""Share of a collar's height -> how much further off the body, cm: the fall lies over the stand and the shoulders."""
_HOOD = ((0.0, 5.0), (0.0, 0.6))
_LAPPED = 0.25
"""How far the upper of two fronts lies above the lower one, cm."""
_STRIP = 0.1
"""A folded strip's outer half keeps so much further off: its inner half lies below."""

_MOST_LIFTED = 0.6
"""A lap is set right by at most this, cm."""
_FIRM = 0.003
_CROWN = 4.0
"""How deep the crown of a hood is that stays on the head, cm."""
_BELOW = 0.12
"""Between two layers of a strip, cm."""


def seam_edge(piece: Piece) -> str | None:
    """The edge that a strip worn folded in half is sewn on with; None for other pieces."""
    if piece.role in _STRIPS:
        return _STRIPS[piece.role]
    folded = piece.role in (Role.COLLAR, Role.STAND) and any(mark.kind == MarkKind.FOLD for mark in piece.marks)
    return "neck" if folded else None


def keeps_shape(piece: Piece) -> bool:
    """Whether a piece keeps the shape that the wrap gave it: it is folded or rolled."""
    return piece.role in (Role.COLLAR, Role.STAND) or seam_edge(piece) is not None


@dataclass(frozen=True, eq=False)
class Followers:
    """Places that lie on another layer: `places` (k,), the `hosts` (k, 3) under them, weights, and how high above, cm."""

    places: AnyArray
    hosts: Triangles
    weights: Floats
    heights: Floats

    def laid(self, points: Points3, triangles: Triangles) -> Points3:
        """(m, 3) points with the followers laid on their hosts; `triangles` are the hosts' own."""
        if len(self.places) == 0:
            return points
        normals = _normals(points, triangles)
        found = points.copy()
        place = np.einsum("kc,kcd->kd", self.weights, points[self.hosts])
        normal = np.einsum("kc,kcd->kd", self.weights, normals[self.hosts])
        normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-9)[:, None]
        found[self.places] = place + self.heights[:, None] * normal
        return found


def _normals(points: Points3, triangles: Triangles) -> Points3:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.tile(np.cross(b - a, c - a), (3, 1))
    corner = triangles.T.ravel()
    total = np.stack([np.bincount(corner, face[:, axis], len(points)) for axis in range(3)], axis=1)
    unit: Points3 = total / np.maximum(np.linalg.norm(total, axis=1), 1e-12)[:, None]
    return unit


def _lying(part: Part) -> Mask:
    """(n,) the points of a piece that lie on another layer: pockets, lapels, turn-ups, the inner half of strips."""
    flat, piece = part.surface.flat, part.piece
    if piece.laid_on is not None:
        return np.ones(len(flat), dtype=bool)
    edge = seam_edge(piece)
    if edge is not None:
        low, high = piece.bounds[1], piece.bounds[3]
        seam = piece.edge(edge)
        inner = np.abs(flat[:, 1] - seam.start[1]) > (high - low) / 2 + 1e-3
        left, right = sorted((float(seam.start[0]), float(seam.end[0])))
        inside: Mask = inner | (flat[:, 0] > right + 0.1) | (flat[:, 0] < left - 0.1)
        return inside
    folds = [float(mark.curves[0].start[1]) for mark in piece.marks if mark.kind == MarkKind.FOLD]
    if piece.role in (Role.TROUSER_FRONT, Role.TROUSER_BACK) and len(folds) == 2:
        turned_up: Mask = flat[:, 1] < max(folds) - 1e-3
        return turned_up
    upright = np.ones(len(part.surface.triangles), dtype=bool)
    upright[part.surface.turned] = False
    lying = np.ones(len(flat), dtype=bool)
    lying[part.surface.triangles[upright].ravel()] = False
    return lying


def followers(garment: Garment, worn: Points3) -> Followers:
    """The places that follow others: found on the wrap, where they lie over the nearest triangle of their host."""
    lying = np.concatenate([_lying(part) for part in garment.parts])
    free = np.zeros(garment.count, dtype=bool)
    free[garment.place[~lying]] = True
    places, hosts, weights, heights = [], [], [], []
    done = free.copy()
    normals = _normals(worn, garment.triangles)
    for part in garment.parts:
        mine = np.unique(garment.place[part.numbers])
        mine = mine[~done[mine]]
        if len(mine) == 0:
            continue
        host = part.piece.laid_on.piece if part.piece.laid_on else part.surface.name
        under = garment.part(host)
        triangles = garment.place[under.surface.triangles + under.first]
        triangles = triangles[free[triangles].all(axis=1)]
        if len(triangles) == 0:
            continue
        corners, share, height = _nearest(worn, normals, triangles, worn[mine])
        height = np.clip(height, -1.0, 1.5)
        if seam_edge(part.piece) is not None:
            y = np.zeros(garment.count)
            y[garment.place[part.numbers]] = np.abs(
                part.surface.flat[:, 1] - part.piece.edge(seam_edge(part.piece) or "").start[1]
            )
            inner = y[mine] > (part.piece.bounds[3] - part.piece.bounds[1]) / 2 + 1e-3
            height = np.where(inner, np.minimum(height, -_BELOW), np.maximum(height, _BELOW))
        done[mine] = True
        places.append(mine)
        hosts.append(corners)
        weights.append(share)
        heights.append(height)
    if not places:
        return Followers(np.empty(0, np.int64), np.empty((0, 3), np.int64), np.empty((0, 3)), np.empty(0))
    return Followers(*(np.concatenate(values) for values in (places, hosts, weights, heights)))


def _nearest(worn: Points3, normals: Points3, triangles: Triangles, points: Points3) -> tuple[Triangles, Floats, Floats]:
    """(corners, weights, height) of the place on `triangles` nearest to each point."""
    middles = worn[triangles].mean(axis=1)
    _, near = cKDTree(middles).query(points, k=min(12, len(triangles)))
    near = near.reshape(len(points), -1)
    a, b, c = (worn[triangles[near][..., k]] for k in range(3))
    u, v, w = b - a, c - a, points[:, None] - a
    uu, uv, vv = (u * u).sum(-1), (u * v).sum(-1), (v * v).sum(-1)
    wu, wv = (w * u).sum(-1), (w * v).sum(-1)
    size = np.maximum(uu * vv - uv**2, 1e-12)
    second, third = (vv * wu - uv * wv) / size, (uu * wv - uv * wu) / size
    share = np.clip(np.stack((1 - second - third, second, third), axis=-1), 0, None)
    share /= share.sum(axis=-1, keepdims=True)
    place = share[..., :1] * a + share[..., 1:2] * b + share[..., 2:] * c
    best = np.argmin(np.sum((points[:, None] - place) ** 2, axis=-1), axis=1)
    rows = np.arange(len(points))
    corners, weights = triangles[near[rows, best]], share[rows, best]
    normal = np.einsum("kc,kcd->kd", weights, normals[corners])
    height = np.sum((points - place[rows, best]) * normal, axis=1)
    return corners, weights, height


def clearances(garment: Garment) -> Floats:
    """(m,) how far each place keeps from the skin, cm."""
    upper = {pair[0].surface.name for pair in _front_pairs(garment)}
    found = np.full(garment.count, CLEARANCE)
    for part in garment.parts:
        flat, piece = part.surface.flat, part.piece
        more = np.zeros(len(flat))
        if seam_edge(piece) is not None:
            more += _STRIP
        elif piece.role in _NECK:
            rim = piece.edge("neck").sampled(60)
            away = np.sqrt(((flat[:, None] - rim[None]) ** 2).sum(axis=-1)).min(axis=1)
            more = np.interp(away, *_HOOD) if piece.role == Role.HOOD else np.interp(away / max(away.max(), 1e-9), *_FALL)
        elif piece.role == Role.POCKET:
            more += _LAPPED
        elif part.surface.name in upper:
            reach = min(abs(piece.bounds[0]), abs(piece.bounds[2]))
            more = _LAPPED * np.clip((reach + 3.0 - np.abs(flat[:, 0])) / 3.0, 0, 1)
        np.maximum.at(found, garment.place[part.numbers], CLEARANCE + more)
    return found


def lapped(garment: Garment, points: Points3, free: Mask) -> Points3:
    """The points with the upper of two fronts lying over the lower one along the centre front."""
    found = points
    for one, other in _front_pairs(garment):
        edges = [edge for edge in one.piece.edges if edge.name == "front_edge"]
        if not edges:
            continue
        beyond = min(abs(float(edges[0].start[0])), abs(float(edges[0].end[0])))
        for part, under, lift in ((one, other, _LAPPED), (other, one, -0.4 * _LAPPED)):
            flat = part.surface.flat
            top = float(part.piece.landmarks.get("break_point", (0.0, part.piece.bounds[3]))[1])
            raised = lift * np.clip((beyond + 2.0 - np.abs(flat[:, 0])) / 1.5, 0, 1) * np.clip(top + 1.0 - flat[:, 1], 0, 1)
            mine, first = np.unique(garment.place[part.numbers], return_index=True)
            wanted = raised[first]
            mine, wanted = mine[np.abs(wanted) > 1e-9], wanted[np.abs(wanted) > 1e-9]
            triangles = garment.place[under.surface.triangles + under.first]
            triangles = triangles[free[triangles].all(axis=1)]
            mine, wanted = mine[free[mine]], wanted[free[mine]]
            if len(mine) == 0 or len(triangles) == 0:
                continue
            normals = _normals(found, garment.triangles)
            corners, weights, height = _nearest(found, normals, triangles, found[mine])
            place = np.einsum("kc,kcd->kd", weights, found[corners])
            missing = np.maximum(wanted - height, 0.0) if lift > 0 else np.minimum(wanted - height, 0.0)
            missing = np.clip(missing, -_MOST_LIFTED, _MOST_LIFTED)
            near = np.linalg.norm(found[mine] - place, axis=1) < 2.0
            normal = np.einsum("kc,kcd->kd", weights, normals[corners])
            found = found.copy()
            found[mine] += (near * missing)[:, None] * normal
    return found


@dataclass(frozen=True, eq=False)
class Ties:
    """Fastened places: (t, 6) corners and weights, whose weighted sum is a way no longer than `lengths` (t,), cm."""

    corners: AnyArray
    weights: Floats
    lengths: Floats


def ties(garment: Garment) -> Ties:
    """Buttoned and zipped fronts, the fly, and the ends of strips."""
    found = []
    for one, other in _front_pairs(garment):
        marks = ("break_point", "neck_center", "waist_center")
        tops = [next((p.piece.landmarks[m][1] for m in marks if m in p.piece.landmarks), p.piece.bounds[3]) for p in (one, other)]
        low = max(
            p.piece.landmarks["hem_center"][1] if "hem_center" in p.piece.landmarks else p.piece.bounds[1] for p in (one, other)
        )
        line = np.stack((np.zeros(24), np.linspace(min(tops) - 0.2, low + 0.2, 24)), axis=1)
        found.append(_tied(garment, one, line, other, line, 0.0))
    flies = [part for part in garment.parts if any(edge.name == "fly" for edge in part.piece.edges)]
    flies = [part for part in flies if part.piece.role == Role.TROUSER_FRONT]
    if len(flies) == 2:
        a, b = (part.piece.edge("fly").sampled(20) for part in flies)
        found.append(_tied(garment, flies[0], a, flies[1], b[::-1], 0.0))
    for part in garment.parts:
        edge = seam_edge(part.piece)
        if edge is None:
            continue
        seam, (_, low, _, high) = part.piece.edge(edge), part.piece.bounds
        far = high if abs(seam.start[1] - low) < abs(seam.start[1] - high) else low
        y = np.linspace(seam.start[1], (seam.start[1] + far) / 2, 8)
        a, b = (np.stack((np.full(8, x), y), axis=1) for x in (seam.start[0], seam.end[0]))
        whole = part.surface.points
        ends = [whole[np.argmin(np.sum((part.surface.flat - line[0]) ** 2, axis=1))] for line in (a, b)]
        if np.linalg.norm(ends[0] - ends[1]) < 3.0:
            found.append(_tied(garment, part, a, part, b, 0.0))
    if not found:
        return Ties(np.empty((0, 6), np.int64), np.empty((0, 6)), np.empty(0))
    return Ties(*(np.concatenate(values) for values in zip(*found, strict=True)))


def _front_pairs(garment: Garment) -> list[tuple[Part, Part]]:
    """Fronts in two halves, the upper one first."""
    pairs = []
    for role in (Role.FRONT, Role.SKIRT_FRONT):
        halves = [part for part in garment.parts if part.piece.role == role]
        if len(halves) == 2 and not halves[0].piece.symmetric:
            pairs.append((halves[0], halves[1]))
    return pairs


def _tied(
    garment: Garment, one: Part, line: Points2, other: Part, against: Points2, length: float
) -> tuple[AnyArray, Floats, Floats]:
    (a, u), (b, v) = _located(garment, one, line), _located(garment, other, against)
    return np.concatenate((a, b), axis=1), np.concatenate((u, -v), axis=1), np.full(len(line), length)


def _located(garment: Garment, part: Part, flat: Points2) -> tuple[AnyArray, Floats]:
    """(corners, weights) of flat points of a piece, as places of the garment."""
    points, triangles = part.surface.flat, part.surface.triangles
    a, b, c = (points[triangles[:, k]] for k in range(3))
    u, v = b - a, c - a
    size = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    way = flat[:, None] - a[None]
    second = (way[..., 0] * v[:, 1] - way[..., 1] * v[:, 0]) / size
    third = (u[:, 0] * way[..., 1] - u[:, 1] * way[..., 0]) / size
    number = np.argmax(np.minimum(np.minimum(second, third), 1 - second - third), axis=1)
    rows = np.arange(len(flat))
    second, third = second[rows, number], third[rows, number]
    weights = np.clip(np.stack((1 - second - third, second, third), axis=1), 0, 1)
    return garment.place[triangles[number] + part.first], weights / weights.sum(axis=1)[:, None]


def held_up(garment: Garment, worn: Points3) -> tuple[Floats, Floats]:
    """(heights, how firmly they are kept): a waistband, or a waist edge without one, and the crown of a hood do not sink."""
    firm = np.zeros(garment.count)
    for part in garment.parts:
        if part.piece.role in (Role.HOOD, Role.HOOD_STRIP):
            z = part.surface.points[:, 2]
            firm[garment.place[part.numbers][z > z.max() - _CROWN]] = _FIRM
    if any(part.piece.role in (Role.FRONT, Role.BACK) for part in garment.parts):
        return worn[:, 2].copy(), firm
    bands = [part for part in garment.parts if part.piece.role == Role.WAISTBAND]
    lower = (Role.SKIRT_FRONT, Role.SKIRT_BACK, Role.TROUSER_FRONT, Role.TROUSER_BACK)
    for part in bands or [part for part in garment.parts if part.piece.role in lower]:
        y = part.surface.flat[:, 1]
        firm[garment.place[part.numbers][np.full(len(y), True) if bands else y > y.max() - 1.0]] = _FIRM
    return worn[:, 2].copy(), firm
