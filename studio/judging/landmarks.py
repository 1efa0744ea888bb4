"""The landmarks of the technical flat on the worn garment: the same names, as places in space.

Each is a point of the pattern found on its piece by barycentrics; where a band is sewn on (cuff, waistband, rib hem) the
finished edge of the band beside it. Names carry the side of the picture: `left` is the wearer's right from the front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import AnyArray, Point2, Points3
from studio.assembly import Assembly, PieceSurface
from studio.judging.scene import closed_seams
from studio.pattern import Pattern, Piece, Role, Side

_SIDES = (Side.LEFT, Side.RIGHT)
_BAND_EDGES: Mapping[Role, str] = {Role.WAISTBAND: "waist", Role.CUFF: "sleeve", Role.HEM_RIB: "hem"}
_FRONTS = (Role.FRONT, Role.YOKE_FRONT, Role.YOKE_BACK, Role.BACK)
_BACKS = (Role.BACK, Role.YOKE_BACK, Role.YOKE_FRONT, Role.FRONT)


def place_on(surface: PieceSurface, spot: Point2) -> Points3:
    """(3,) where a point of the table (cm) lies on the worn piece; the nearest point of the piece for one outside it."""
    a, b, c = (surface.flat[surface.triangles[:, k]] for k in range(3))
    ab, ac, ap = b - a, c - a, spot - a
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    area = np.where(np.abs(area) < 1e-12, 1e-12, area)
    second = (ap[:, 0] * ac[:, 1] - ap[:, 1] * ac[:, 0]) / area
    third = (ab[:, 0] * ap[:, 1] - ab[:, 1] * ap[:, 0]) / area
    weights = np.clip(np.stack((1 - second - third, second, third), axis=1), 0, None)
    weights /= weights.sum(axis=1, keepdims=True)
    reached = weights[:, :1] * a + weights[:, 1:2] * b + weights[:, 2:] * c
    best = int(np.argmin(np.sum((reached - spot) ** 2, axis=1)))
    found: Points3 = weights[best] @ surface.points[surface.triangles[best]]
    return found


@dataclass(frozen=True, eq=False)
class _Worn:
    """Pieces with their surfaces."""

    pieces: Mapping[str, tuple[Piece, PieceSurface]]

    def marked(self, roles: Sequence[Role], name: str, side: Side) -> tuple[Points3, Piece] | None:
        """The landmark of that name on that side, on the first of these roles that has it."""
        for role in roles:
            for piece, surface in self.of(role):
                for key in (f"{name}_{side}", name):
                    if key in piece.landmarks and (key != name or piece.side in (side, Side.CENTRE)):
                        return place_on(surface, piece.landmarks[key]), piece
        return None

    def of(self, role: Role) -> Iterator[tuple[Piece, PieceSurface]]:
        return (pair for pair in self.pieces.values() if pair[0].role == role)

    def band_end(self, role: Role, mark: Points3, way: Points3, side: Side) -> Points3:
        """The place on the finished edge of a band that lies nearest to `mark` + `way`; `mark` itself without such a band."""
        bands = [surface for piece, surface in self.of(role) if piece.side in (side, Side.CENTRE)]
        rims = [surface.points[_rim(surface, self.pieces[surface.name][0])] for surface in bands]
        if not rims:
            return mark
        rim = np.concatenate(rims)
        found: Points3 = rim[int(np.argmin(np.sum((rim - mark - way) ** 2, axis=1)))]
        return found


def _rim(surface: PieceSurface, piece: Piece) -> AnyArray:
    """Numbers of the points on the finished edge of a band: its fold, or its far edge when it is cut twice."""
    y = surface.flat[:, 1]
    low, high = float(y.min()), float(y.max())
    seam = float(np.mean(piece.edge(_BAND_EDGES[piece.role]).sampled(5)[:, 1]))
    far = high if seam - low < high - seam else low
    level = far if piece.layers > 1 else (low + high) / 2
    return np.flatnonzero(np.abs(y - level) <= np.abs(y - level).min() + 0.02 * (high - low))


def landmark_places(pattern: Pattern, assembly: Assembly, *, front: bool = True) -> dict[str, Points3]:
    """(3,) places in cm of the flat's landmarks, named for a picture of the front, or of the back.

    What a garment does not have is left out: no sleeve ends without sleeves, no shoulders on a skirt.
    """
    surfaces = {surface.name: surface for surface in closed_seams(assembly).surfaces}
    worn = _Worn({piece.name: (piece, surfaces[piece.name]) for piece in pattern.parts if piece.name in surfaces})
    found: dict[str, Points3] = {}
    for side in _SIDES:
        shown = "left" if (side == Side.RIGHT) == front else "right"
        for name, place in _sided(worn, side, front=front):
            stem, _, ending = name.rpartition("_") if name.endswith(("_outer", "_inner")) else (name, "", "")
            found[f"{stem}_{shown}{'_' + ending if ending else ''}"] = place
    return found | dict(_central(worn, front=front))


def _central(worn: _Worn, *, front: bool) -> Iterator[tuple[str, Points3]]:
    fork = worn.marked((Role.TROUSER_FRONT, Role.TROUSER_BACK), "crotch", Side.LEFT)
    if fork is not None:
        yield "crotch", fork[0]
    name, roles = ("neck_center", _FRONTS) if front else ("neck_center", _BACKS)
    crossed = worn.marked((Role.FRONT,), "break_point", Side.LEFT) if front else None
    bottom = crossed or worn.marked(roles, name, Side.LEFT)
    if bottom is not None:
        yield "neck_bottom_center", bottom[0]


def _sided(worn: _Worn, side: Side, *, front: bool) -> Iterator[tuple[str, Points3]]:
    roles = _FRONTS if front else _BACKS
    for shown, name in (("neck", "shoulder_neck"), ("shoulder", "shoulder_tip"), ("armpit", "underarm")):
        mark = worn.marked(roles, name, side)
        if mark is not None:
            yield shown, mark[0]
    yield from _sleeve_end(worn, side)
    yield from _waist_and_hem(worn, side, front=front)


def _sleeve_end(worn: _Worn, side: Side) -> Iterator[tuple[str, Points3]]:
    for shown, name in (("sleeve_end_outer", "hem_center"), ("sleeve_end_inner", "hem_front")):
        mark = worn.marked((Role.SLEEVE,), name, side)
        top = worn.marked((Role.SLEEVE,), "cap_top", side)
        if mark is not None and top is not None:
            way = mark[0] - top[0]
            yield shown, worn.band_end(Role.CUFF, mark[0], 6 * way / max(float(np.linalg.norm(way)), 1e-9), side)


def _waist_and_hem(worn: _Worn, side: Side, *, front: bool) -> Iterator[tuple[str, Points3]]:
    skirts = (Role.SKIRT_FRONT, Role.SKIRT_BACK) if front else (Role.SKIRT_BACK, Role.SKIRT_FRONT)
    legs = (Role.TROUSER_FRONT, Role.TROUSER_BACK) if front else (Role.TROUSER_BACK, Role.TROUSER_FRONT)
    tops = _FRONTS if front else _BACKS
    waist = worn.marked(tops, "waist", side) or worn.marked(skirts, "waist", side) or worn.marked(legs, "waist_side", side)
    if waist is not None:
        yield "waist", worn.band_end(Role.WAISTBAND, waist[0], np.array((0.0, 0.0, 4.0)), side)
    for shown, name in (("hem_outer", "hem_out"), ("hem_inner", "hem_in")):
        ankle = worn.marked(legs, name, side)
        if ankle is not None:
            yield shown, ankle[0]
    hem = worn.marked(skirts, "hem", side) or worn.marked(tops, "hem", side)
    if hem is not None:
        yield "hem", worn.band_end(Role.HEM_RIB, hem[0], np.array((0.0, 0.0, -6.0)), side)
