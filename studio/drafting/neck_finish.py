"""What is sewn to the neckline: collar, turtleneck or hood."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.bodice import BodicePlan, HalfBodice
from studio.drafting.collar import TURTLENECK_STRETCH, HalfCollar, collar_height, hood, hood_height, shirt_collar, turtleneck
from studio.drafting.draft import EMPTY, PAIR, BodiceRuns, Draft, changed, refs
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.pattern import EdgeRef, Finish, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import Neckline

TURTLENECK_HEIGHT = 7.0


def neck_finish(
    design: GarmentDesign,
    plan: BodicePlan,
    front: HalfBodice,
    back: HalfBodice,
    *,
    runs: BodiceRuns,
) -> Draft:
    """The hood or collar of a design with the seam to its neckline; nothing for a bound neckline."""
    half = front.neck_length + back.neck_length
    if design.features.has_hood:
        draft = _hood_pieces(plan, half, runs.neck)
        if not design.features.has_collar:
            return draft
        note = changed("hood and collar would share one neckline: the hood is drawn, the collar left off")
        return draft.plus(Draft((), (), (note,)))
    if not design.features.has_collar:
        return EMPTY
    whole = (*runs.neck[Side.LEFT], *runs.neck[Side.RIGHT][::-1])
    if design.style.neckline == Neckline.TURTLENECK:
        seam = Seam("turtleneck", refs("collar", "neck"), whole, SeamKind.STRETCHED, 0.0, 1 / TURTLENECK_STRETCH)
        ends = Seam("turtleneck ends", refs("collar", "left_front"), refs("collar", "right_front"))
        scale = plan.scale
        return Draft((_collar_piece(turtleneck(half, height=TURTLENECK_HEIGHT * scale), Finish.SEAM),), (seam, ends))
    collar = shirt_collar(half, height=collar_height(plan.measures.height))
    return Draft((_collar_piece(collar, Finish.BOUND),), (Seam("collar", refs("collar", "neck"), whole),))


def _collar_piece(half: HalfCollar, ends: Finish) -> Piece:
    runs: list[Run] = [
        ("neck_centre", [half.neck], Finish.SEAM),
        ("front", half.front, ends),
        ("outer_centre", [half.outer], Finish.BOUND),
    ]
    top = half.outer.end[1]
    marks = {"neck_center": point(0, 0), "neck_front": half.neck.end, "point": half.front[-1].end}
    return whole_piece("collar", Role.COLLAR, runs, landmarks=marks, grain=(0.85 * top, 0.15 * top), plus=Side.RIGHT)


def _hood_pieces(plan: BodicePlan, half: float, runs: Mapping[Side, tuple[EdgeRef, ...]]) -> Draft:
    m = plan.measures
    draft = hood(half, head=m.head, height=hood_height(m.head))
    pieces = []
    for side in PAIR:
        outline: list[Run] = [
            ("neck", draft.neck, Finish.SEAM),
            ("front", [draft.front], Finish.HEM),
            ("centre", draft.centre, Finish.SEAM),
        ]
        marks = {
            "neck_back": draft.neck[0].start,
            "neck_front": draft.neck[-1].end,
            "front_top": draft.front.end,
            "crown": draft.crown,
        }
        x, top = 0.5 * draft.front.end[0], draft.front.end[1]
        grain = np.array(((x, 0.8 * top), (x, 0.2 * top)))
        pieces.append(
            single_piece(f"hood_{side}", Role.HOOD, side, outline, landmarks=marks, grain=grain, turned_over=side == Side.LEFT)
        )
    seams = [
        Seam("left hood", refs("hood_left", "neck"), runs[Side.LEFT]),
        Seam("right hood", refs("hood_right", "neck"), runs[Side.RIGHT][::-1]),
        Seam("hood centre", refs("hood_left", "centre"), refs("hood_right", "centre")),
    ]
    return Draft(tuple(pieces), tuple(seams))
