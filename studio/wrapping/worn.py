"""The pieces of a pattern on the body: which surface each piece takes, sewn in the order body, neck, laid-on pieces."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import Points2, Points3
from studio.assembly import Assembly, PieceSurface
from studio.body import Mannequin
from studio.pattern import INSIDE, EdgeRef, Pattern, Piece, Role, Seam, SeamKind
from studio.wrapping.gathers import drawn_in, elastic_share
from studio.wrapping.keep_out import keep_out
from studio.wrapping.laid import POCKET_OFFSET, laid_on, lapped_over, strip_layers
from studio.wrapping.lapel import folded_flat, turned_back
from studio.wrapping.neck import is_folded_collar
from studio.wrapping.neckline import NECK_ROLES, sewn_neck
from studio.wrapping.rows import taken_in
from studio.wrapping.sew import Cloth, Placed, Stitches, sewn
from studio.wrapping.torso import BodiceWrap, SkirtWrap
from studio.wrapping.triangulate import FlatMesh, level_crease, triangulated
from studio.wrapping.tube import SleeveWrap, TrouserWrap, wrapped_band
from studio.wrapping.turned import creases, hem_folded, turned_over, turned_up

GARMENT_TRIANGLES = 4300
COLLAR_STEP = 0.95
FOLDED_COLLAR_STEP = 1.3
BODY_ROUNDS = 60
LAP_ABOVE_BREAK = 3.0
"""Up to here above the break point, cm, an upper front still lies over the lapel of the lower one."""
BEND = 0.003
HOLD = 0.04
STRIPS: Mapping[Role, str] = {Role.WAISTBAND: "waist", Role.CUFF: "sleeve", Role.HEM_RIB: "hem"}
"""Strips folded in half along their middle, and the edge that each is sewn on with."""
_TRUNK = (Role.FRONT, Role.BACK, Role.YOKE_FRONT, Role.YOKE_BACK)
_SLEEVES = (Role.SLEEVE, Role.UNDER_SLEEVE)


def assemble(pattern: Pattern) -> Assembly:
    """The pieces of `pattern` wrapped round the wearer's mannequin and sewn together; what lies inside is left out.

    Lengths are kept: over all seven types half of the mesh edges are within 0.7 % of their length when sewn (darts closed,
    gathers and elastic drawn in; lapels, turn-ups and the waves of skirts included) and 95 % within 5 % (within 1.2 % and
    8 % for each type, within 3 % and 13 % from child to giant). The rest lies where cloth is eased, rolled or folded: the
    roll of a collar, the crown of a hood, the shoulder ridge.
    Raises DraftError if an outline crosses itself.
    """
    mannequin = Mannequin.of(pattern.measures)
    seen = [piece for piece in pattern.parts if piece.role not in INSIDE]
    area = sum(abs(piece.area) for piece in seen)
    step = max(math.sqrt(area / GARMENT_TRIANGLES / 0.433), 1.0)
    meshes = drawn_in(pattern, {piece.name: _mesh(piece, step) for piece in seen}, mannequin)
    placed = {part.piece.name: part for part in _sewn_body(pattern, meshes, mannequin)}
    placed |= {part.piece.name: part for part in sewn_neck(pattern, meshes, mannequin, placed)}
    for piece in seen:
        if piece.laid_on is not None and piece.laid_on.piece in placed:
            host = placed[piece.laid_on.piece]
            lying, under = hem_folded(piece, meshes[piece.name].points)
            worn = laid_on(lying + piece.laid_on.at, host.mesh, host.points, offset=POCKET_OFFSET - under)
            placed[piece.name] = Placed(piece, meshes[piece.name], worn)
    return Assembly(mannequin, tuple(_surface(placed[piece.name]) for piece in seen))


def _surface(placed: Placed) -> PieceSurface:
    piece, mesh = placed.piece, placed.mesh
    over = np.flatnonzero(turned_over(piece, mesh.points[mesh.triangles].mean(axis=1)))
    named = (piece.name, piece.title, piece.role, piece.side)
    return PieceSurface(*named, mesh.points, placed.points, mesh.triangles, over, mesh.edges, mesh.lengths)


def is_folded(piece: Piece) -> bool:
    """Whether a piece is a strip worn folded in half: bands, cuffs, ribs, a turtleneck or neckband."""
    if piece.role in STRIPS:
        return True
    return is_folded_collar(piece)


def _mesh(piece: Piece, step: float) -> FlatMesh:
    """The flat mesh: finer for a collar, which rolls; creased where a strip is folded in half; fish-eye darts taken in."""
    if is_folded(piece):
        return triangulated(
            piece, step=min(step, FOLDED_COLLAR_STEP) if piece.role in NECK_ROLES else step, creases=(level_crease(piece),)
        )
    fine = min(step, COLLAR_STEP) if piece.role in (Role.COLLAR, Role.STAND) else step
    mesh = triangulated(piece, step=fine, creases=creases(piece))
    return replace(mesh, sewn=taken_in(piece, mesh.points))


def _sewn_body(pattern: Pattern, meshes: Mapping[str, FlatMesh], mannequin: Mannequin) -> list[Placed]:
    """Everything but neck pieces and pockets, on the body and sewn."""
    parts = [piece for piece in pattern.parts if piece.name in meshes and piece.role not in (*NECK_ROLES, Role.POCKET)]
    placing = _Placing(mannequin, parts)
    seams = [seam for seam in pattern.seams if seam.kind != SeamKind.LAYERED]
    body = [piece for piece in parts if piece.role not in STRIPS]
    places = {p.name: Placed(p, meshes[p.name], placing.placed(p, meshes[p.name].points)) for p in body}
    sewn_to = Cloth(list(places.values()))
    for piece in parts:
        if piece.role in STRIPS:
            turned = meshes[piece.name].points + np.array((_turned_by(piece, placing, sewn_to, seams), 0.0))
            places[piece.name] = Placed(piece, meshes[piece.name], placing.placed(piece, turned))
    cloth = Cloth([places[piece.name] for piece in parts])
    stitches = [*cloth.stitches(seams), *_fastenings(cloth, placing.fronts), *_fastenings(cloth, placing.skirt_fronts)]
    stitches += [*_closed_fly(cloth), *_closed_rib(cloth, seams)]
    push_out = keep_out(cloth, mannequin, round_legs=placing.is_gathered)
    points = sewn(cloth, stitches, push_out, rounds=BODY_ROUNDS, bend=BEND, hold=HOLD)
    upper = {fronts[0].name for fronts in (placing.fronts, placing.skirt_fronts) if len(fronts) == 2}
    return [_layered(part, is_upper_front=part.piece.name in upper) for part in cloth.split(points)]


def _turned_by(piece: Piece, placing: _Placing, body: Cloth, seams: Sequence[Seam]) -> float:
    """How far, cm, a strip is turned round so that it lies along the edges that it is sewn to; 0 where there are none."""
    edge = piece.edge(STRIPS[piece.role])
    mine = (EdgeRef(piece.name, edge.name),)
    theirs = [seam.b if seam.a == mine else seam.a[::-1] for seam in seams if mine in (seam.a, seam.b)]
    found = [run for run in theirs if all(ref.piece in body.by_name for ref in run)]
    if not found:
        return 0.0
    target = body.run(found[0], backwards=True, count=40) @ body.points
    flat, best = edge.sampled(40), 0.0
    for step in (edge.length / 24, edge.length / 240):
        tried = best + step * np.arange(-12, 13)
        gaps = [float(np.sum((placing.placed(piece, flat + np.array((by, 0.0))) - target) ** 2)) for by in tried]
        best = float(tried[int(np.argmin(gaps))])
    return best


class _Placing:
    """Where the flat points of each piece go before they are sewn."""

    def __init__(self, mannequin: Mannequin, parts: Sequence[Piece]) -> None:
        self._mannequin = mannequin
        by_role = {role: [piece for piece in parts if piece.role == role] for role in Role}
        self.fronts, self.skirt_fronts = by_role[Role.FRONT], by_role[Role.SKIRT_FRONT]
        backs, yokes = by_role[Role.BACK], by_role[Role.YOKE_FRONT] + by_role[Role.YOKE_BACK]
        self._bodice = BodiceWrap.of(mannequin, self.fronts, backs, yokes) if self.fronts else None
        skirts = self.skirt_fronts
        self._skirt = SkirtWrap.of(mannequin, skirts, by_role[Role.SKIRT_BACK]) if skirts else None
        self._drawn_in = min((elastic_share(piece, mannequin) for piece in by_role[Role.WAISTBAND]), default=1.0)
        self._sleeves = {
            piece.side: SleeveWrap.of(mannequin, piece, [u for u in by_role[Role.UNDER_SLEEVE] if u.side == piece.side])
            for piece in by_role[Role.SLEEVE]
        }

    @property
    def is_gathered(self) -> bool:
        """Whether a skirt hangs in the waves of gathers or pleats."""
        return self._skirt is not None and self._skirt.hanging.is_gathered

    def placed(self, piece: Piece, points: Points2) -> Points3:
        """(n, 3) where (n, 2) flat points of `piece` go."""
        if piece.role in _TRUNK and self._bodice:
            return self._bodice.placed(piece, folded_flat(piece, points))
        if piece.role in (Role.SKIRT_FRONT, Role.SKIRT_BACK) and self._skirt:
            return self._skirt.placed(piece, points)
        if piece.role in (Role.TROUSER_FRONT, Role.TROUSER_BACK):
            return TrouserWrap(self._mannequin).placed(piece, points)
        if piece.role == Role.WAISTBAND:
            ring = self._mannequin.waist_ring
            return wrapped_band(piece, points, ring=ring, seam="waist", upwards=True, drawn_in=self._drawn_in)
        if piece.role == Role.HEM_RIB and self._bodice:
            return wrapped_band(piece, points, ring=self._bodice.hem_ring, seam="hem", upwards=False)
        sleeve = self._sleeves[piece.side]
        if piece.role == Role.CUFF:
            return sleeve.cuff(piece, points)
        return sleeve.placed(points, under=piece.role == Role.UNDER_SLEEVE)


def _fastenings(cloth: Cloth, fronts: Sequence[Piece]) -> list[Stitches]:
    """Two fronts buttoned or zipped: their centre front lines (x = 0) lie on one another."""
    if len(fronts) != 2:
        return []
    marks = ("break_point", "neck_center", "waist_center")
    top = min(next((piece.landmarks[mark][1] for mark in marks if mark in piece.landmarks), piece.bounds[3]) for piece in fronts)
    low = max(piece.landmarks["hem_center"][1] for piece in fronts)
    line = np.stack((np.zeros(24), np.linspace(top - 0.2, low + 0.2, 24)), axis=1)
    return [Stitches(cloth.places(fronts[0].name, line), cloth.places(fronts[1].name, line))]


def _closed_fly(cloth: Cloth) -> list[Stitches]:
    """The fly of trousers is worn closed."""
    legs = {placed.piece.side: placed.piece for placed in cloth.pieces if placed.piece.role == Role.TROUSER_FRONT}
    refs = [EdgeRef(leg.name, edge.name) for leg in legs.values() for edge in leg.edges if edge.name == "fly"]
    if len(refs) != 2:
        return []
    return [Stitches(cloth.run(refs[:1], backwards=False, count=20), cloth.run(refs[1:], backwards=True, count=20))]


def _closed_rib(cloth: Cloth, seams: Sequence[Seam]) -> list[Stitches]:
    """The ends of a hem rib below an open front are worn closed; a ring's are sewn together already."""
    ribs = [placed.piece for placed in cloth.pieces if placed.piece.role == Role.HEM_RIB]
    ends = [(EdgeRef(rib.name, "left_end"), EdgeRef(rib.name, "right_end")) for rib in ribs]
    sewn_already = {(*seam.a, *seam.b) for seam in seams}
    return [
        Stitches(cloth.run((a,), backwards=False, count=12), cloth.run((b,), backwards=True, count=12))
        for a, b in ends
        if (a, b) not in sewn_already
    ]


def _layered(part: Placed, *, is_upper_front: bool) -> Placed:
    """The piece with whatever lies over or under itself or its neighbour set apart."""
    if part.piece.role in STRIPS:
        return strip_layers(part, seam=STRIPS[part.piece.role])
    low, _, high, high_edge = part.piece.bounds
    overlap = [e for e in part.piece.edges if e.name == "front_edge"]
    beyond = min(abs(overlap[0].start[0]), abs(overlap[0].end[0])) if overlap else min(high, -low)
    top = float(part.piece.landmarks.get("break_point", (0.0, high_edge))[1])
    lapped = lapped_over(part, beyond=beyond, below=top + LAP_ABOVE_BREAK) if is_upper_front and beyond > 0.1 else part
    return turned_back(turned_up(lapped))
