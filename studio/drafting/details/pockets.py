"""Pockets: which kind goes where, and the room they need."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import is_full
from studio.drafting.details.bands import POCKET_HEM, half_kangaroo_pocket, kangaroo_pocket, patch_pocket
from studio.drafting.details.side_pocket import with_side_pockets
from studio.drafting.draft import EMPTY, PAIR, Draft, changed, with_pockets
from studio.drafting.lower.trousers import TrouserHalf
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.pattern import Piece, Side
from studio.sizing import Measures
from studio.vocabulary import GarmentType, PocketKind


def upper_pockets(design: GarmentDesign, plan: BodicePlan, fronts: tuple[Piece, ...], half: HalfBodice) -> Draft:
    """Pockets laid on the fronts: a chest pocket on a shirt, a kangaroo pocket on a hoodie, else two hip pockets.

    Pockets in the side seams are not laid on: `with_seam_pockets` adds them once the side seams are there.
    """
    if not design.features.has_pockets or _in_the_seams(design):
        return EMPTY
    bust, hem, chest = plan.measures.bust, float(half.hem_end[1]), float(half.underarm[0])
    fold = POCKET_HEM if is_full(design) else 0.0
    front = fronts[0].name
    hosts = _hosts(fronts)
    wanted = _upper_kind(design)
    if wanted == PocketKind.KANGAROO:
        width = 1.15 * chest
        top = 0.62 * width + 1.5 - hem
        if len(fronts) == 1:
            return with_pockets([kangaroo_pocket(width, on=front, at=point(0, top))], fronts)
        return with_pockets((half_kangaroo_pocket(width, side, on=hosts[side], top=top) for side in PAIR), fronts)
    if design.garment_type == GarmentType.SHIRT:
        width = (0.11 if plan.bust_dart else 0.125) * bust
        above_dart = float(plan.bust_point[1]) - 0.5 - 1.12 * width if plan.bust_dart else math.inf
        top = min(float(plan.bust_point[1]) - 2.5, hem - 1.12 * width - 3, above_dart)
        at = point(0.42 * chest, -top)
        return with_pockets([patch_pocket("pocket", Side.LEFT, width, on=hosts[Side.LEFT], at=at, top_hem=fold)], fronts)
    width = 0.135 * bust
    top = min(half.waist_level + 5.0, hem - 1.12 * width - 2.5)
    return with_pockets(_patch_pair(width, 0.52 * chest, -top, hosts[Side.LEFT], hosts[Side.RIGHT], fold), fronts)


def with_seam_pockets(draft: Draft, design: GarmentDesign, m: Measures, *, waist: float = 0.0) -> Draft:
    """The draft with pockets in its side seams where the design wants them there; `waist` is the y of the waist, cm."""
    if design.features.has_pockets and _in_the_seams(design):
        return with_side_pockets(draft, design, m, waist=waist)
    return draft


def skirt_pockets(design: GarmentDesign, m: Measures, draft: Draft, fronts: Sequence[Piece]) -> Draft:
    """The draft with two patch pockets on the front skirt, below the darts, or bags in its side seams."""
    if not design.features.has_pockets:
        return draft
    if _in_the_seams(design):
        return with_side_pockets(draft, design, m)
    fold = POCKET_HEM if is_full(design) else 0.0
    hosts = _hosts(fronts)
    centre = 0.5 * float(next(p for p in fronts if "hip_left" in p.landmarks).landmarks["hip_left"][0])
    top = 0.5 * m.hip_depth + 1.5
    centre = min(centre, 0.14 * m.hip)
    pair = _patch_pair(0.125 * m.hip, centre, -top, hosts[Side.LEFT], hosts[Side.RIGHT], fold)
    return draft.plus(with_pockets(pair, fronts)).plus(_kangaroo_note(design))


def seat_pockets(design: GarmentDesign, m: Measures, draft: Draft, back: TrouserHalf) -> Draft:
    """The draft with two patch pockets on the seat, or bags in the side seams."""
    if not design.features.has_pockets:
        return draft
    if _in_the_seams(design):
        return with_side_pockets(draft, design, m)
    fold = POCKET_HEM if is_full(design) else 0.0
    x = float(back.marks["waist_center"][0] + back.marks["hip_side"][0]) / 2
    top = 0.5 * m.hip_depth + 1.5
    pair = _patch_pair(0.115 * m.hip, -x, -top, "back_left", "back_right", fold)
    return draft.plus(with_pockets(pair, draft.parts)).plus(_kangaroo_note(design))


def _in_the_seams(design: GarmentDesign) -> bool:
    """Bags in the side seams; the main pieces alone have patch pockets."""
    return design.style.pocket == PocketKind.SIDE_SEAM and is_full(design)


def _upper_kind(design: GarmentDesign) -> PocketKind:
    """A hoodie whose main pieces alone are drawn has its kangaroo pocket whatever the style says."""
    if design.garment_type == GarmentType.HOODIE and not is_full(design):
        return PocketKind.KANGAROO
    return design.style.pocket if design.garment_type == GarmentType.HOODIE else PocketKind.PATCH


def _hosts(fronts: Sequence[Piece]) -> dict[Side, str]:
    """The front on which a pocket of each side lies."""
    by_side = {piece.side: piece.name for piece in fronts}
    return {side: by_side.get(side, fronts[0].name) for side in PAIR}


def _patch_pair(width: float, x: float, y: float, left: str, right: str, top_hem: float) -> Iterable[Piece]:
    """Two patch pockets, the left one at (x, y) on its host, the right one mirrored."""
    for side, host, at in ((Side.LEFT, left, point(x, y)), (Side.RIGHT, right, point(-x, y))):
        yield patch_pocket(f"pocket_{side}", side, width, on=host, at=at, top_hem=top_hem)


def _kangaroo_note(design: GarmentDesign) -> Draft:
    if design.style.pocket != PocketKind.KANGAROO or not is_full(design):
        return EMPTY
    return Draft((), (), (changed("a kangaroo pocket needs a hoodie's front: these are patch pockets"),))
