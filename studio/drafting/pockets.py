"""Pockets: which kind goes where, and the room they need."""

from __future__ import annotations

from collections.abc import Sequence

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.bands import kangaroo_pocket, patch_pocket
from studio.drafting.bodice import BodicePlan, HalfBodice
from studio.drafting.draft import EMPTY, PAIR, Draft, with_pockets
from studio.drafting.trousers import TrouserHalf
from studio.pattern import Piece, Side
from studio.sizing import Measures
from studio.vocabulary import GarmentType


def upper_pockets(design: GarmentDesign, plan: BodicePlan, fronts: tuple[Piece, ...], half: HalfBodice) -> Draft:
    """A chest pocket on a shirt, a kangaroo pocket on a hoodie, two hip pockets on a jacket or vest."""
    if not design.features.has_pockets:
        return EMPTY
    bust, hem, chest = plan.measures.bust, float(half.hem_end[1]), float(half.underarm[0])
    front = fronts[0].name
    if design.garment_type == GarmentType.HOODIE:
        width = 1.15 * chest
        pockets = [kangaroo_pocket(width, on=front, at=point(0, 0.62 * width + 1.5 - hem))]
    elif design.garment_type == GarmentType.SHIRT:
        width = 0.125 * bust
        top = min(float(plan.bust_point[1]) - 2.5, hem - 1.12 * width - 3)
        pockets = [patch_pocket("pocket", Side.LEFT, width, on=front, at=point(0.42 * chest, -top))]
    else:
        width = 0.135 * bust
        top = min(half.waist_level + 5.0, hem - 1.12 * width - 2.5)
        hosts = {side: front if len(fronts) == 1 else f"front_{side}" for side in PAIR}
        at = {Side.LEFT: point(0.52 * chest, -top), Side.RIGHT: point(-0.52 * chest, -top)}
        pockets = [patch_pocket(f"pocket_{side}", side, width, on=hosts[side], at=at[side]) for side in PAIR]
    return with_pockets(pockets, fronts)


def skirt_pockets(design: GarmentDesign, m: Measures, front: Piece) -> Draft:
    """Two patch pockets on the front skirt, below the darts."""
    if not design.features.has_pockets:
        return EMPTY
    width = 0.125 * m.hip
    top = 0.5 * m.hip_depth + 1.5
    centre = 0.5 * front.landmarks["hip_left"][0]
    at = {Side.LEFT: point(centre, -top), Side.RIGHT: point(-centre, -top)}
    return with_pockets((patch_pocket(f"pocket_{side}", side, width, on=front.name, at=at[side]) for side in PAIR), (front,))


def seat_pockets(design: GarmentDesign, m: Measures, back: TrouserHalf, legs: Sequence[Piece]) -> Draft:
    if not design.features.has_pockets:
        return EMPTY
    width = 0.115 * m.hip
    x = (back.marks["waist_center"][0] + back.marks["hip_side"][0]) / 2
    top = 0.5 * m.hip_depth + 1.5
    at = {Side.RIGHT: point(x, -top), Side.LEFT: point(-x, -top)}
    return with_pockets((patch_pocket(f"pocket_{side}", side, width, on=f"back_{side}", at=at[side]) for side in PAIR), legs)
