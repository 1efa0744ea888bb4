"""What finishes a tailored front: the notched collar, the facings of lapels and back neck, and the seams that join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.curves import Curve
from studio.design import GarmentDesign
from studio.drafting.details.marks import marked
from studio.drafting.draft import PAIR, BodiceRuns, Draft, backwards, refs
from studio.drafting.geometry import DOWN, RIGHT, cubic, cut_at_length, joined, line, mirrored, total_length, turned
from studio.drafting.neck.lapel import Lapel, NotchedCollar, drafted_lapel, notched_collar
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.pattern import Finish, Mark, MarkKind, Piece, Role, Seam, SeamKind, Side

SHOULDER_FACING = 3.5
HEM_FACING = 7.0
NECK_FACING = 6.0
BACK_FACING = "facing_neck_back"
_SQUARE = np.pi / 2


def tailored_neck(design: GarmentDesign, plan: BodicePlan, front: HalfBodice, back: HalfBodice, *, runs: BodiceRuns) -> Draft:
    """The notched collar with front and back facings, sewn from notch to notch. Raises DraftError where no collar closes."""
    lapel = drafted_lapel(design, plan, front)
    made = notched_collar(lapel, back.neck_length, height=plan.measures.height)
    reach = min(SHOULDER_FACING * plan.scale, 0.6 * front.shoulder.length)
    whole = (*runs.neck[Side.LEFT], *runs.neck[Side.RIGHT][::-1])
    behind = (*runs.neck[Side.RIGHT][1:], *runs.neck[Side.LEFT][:0:-1])
    seams = [
        Seam("collar", refs("collar", "neck"), whole),
        Seam("back neck facing", behind, refs(BACK_FACING, "neck"), SeamKind.LAYERED),
    ]
    parts = [_collar_piece(made), _back_facing(plan, back, reach)]
    for side in PAIR:
        parts.append(_front_facing(side, plan, front, lapel, reach))
        seams += _facing_seams(side, runs.neck[side][0].piece)
    return Draft(tuple(parts), tuple(seams))


def _collar_piece(made: NotchedCollar) -> Piece:
    runs: list[Run] = [
        ("neck_centre", made.neck, Finish.SEAM),
        ("front", [made.front], Finish.DOUBLED),
        ("outer_centre", [made.outer], Finish.DOUBLED),
    ]
    top = float(made.outer.end[1])
    marks = {"neck_center": made.neck[0].start, "neck_front": made.neck[-1].end, "point": made.front.end}
    piece = whole_piece("collar", Role.COLLAR, runs, landmarks=marks, grain=(0.94 * top, 0.06 * top), plus=Side.RIGHT)
    roll = Mark(MarkKind.ROLL, "roll line", (*mirrored([made.roll]), made.roll))
    return replace(marked(piece, (roll,)), layers=2, interfaced=True)


def _front_facing(side: Side, plan: BodicePlan, front: HalfBodice, lapel: Lapel, reach: float) -> Piece:
    """The lapel and front edge again, with the right side towards the body: the mirror image of its front."""
    hem = _facing_hem(lapel, front, min(HEM_FACING * plan.scale, 0.5 * float(front.hem_end[0])))
    along = front.shoulder.tangent(0)
    high, low = front.shoulder.start + reach * along, hem[-1].end
    fall = float(low[1] - high[1])
    inner = cubic(high, high + 0.09 * fall * turned(along, _SQUARE), low - 0.42 * fall * DOWN, low)
    runs: list[Run] = [
        ("hem", hem, Finish.HEM),
        ("inner", [inner.reversed()], Finish.NEATENED),
        ("shoulder", [line(high, front.shoulder.start)], Finish.SEAM),
        ("neck", lapel.neck, Finish.SEAM),
        ("lapel_top", [lapel.top], Finish.SEAM),
        ("lapel", [lapel.edge], Finish.SEAM),
        ("front_edge", [lapel.front_edge], Finish.OPENING),
    ]
    middle = (lapel.break_point + low) / 2
    reach_down = 0.45 * (low - lapel.break_point) * DOWN
    grain = np.stack((middle - reach_down, middle + reach_down))
    over = side == Side.LEFT
    name = f"facing_front_{side}"
    piece = single_piece(name, Role.FACING, side, runs, landmarks=lapel.landmarks, grain=grain, turned_over=over)
    roll = Mark(MarkKind.ROLL, "roll line", (lapel.roll,))
    return replace(marked(piece, (roll,), turned_over=over), interfaced=True)


def _facing_hem(lapel: Lapel, front: HalfBodice, width: float) -> Sequence[Curve]:
    """The first `width` cm of the front's hem, from the front edge on."""
    hem = list(front.bottom.segments)
    whole = [line(lapel.front_edge.end, hem[0].start), *hem] if lapel.overlap else hem
    return cut_at_length(whole, min(width, 0.8 * total_length(whole)))[0]


def _back_facing(plan: BodicePlan, back: HalfBodice, reach: float) -> Piece:
    along = back.shoulder.tangent(0)
    high, centre = back.shoulder.start + reach * along, back.neck[0].start
    low = centre + NECK_FACING * plan.scale * DOWN
    inner = joined(low, high, leaving=RIGHT, arriving=turned(along, -_SQUARE), fullness=0.4)
    runs: list[Run] = [
        ("inner_centre", [inner], Finish.NEATENED),
        ("shoulder", [line(high, back.shoulder.start)], Finish.SEAM),
        ("neck_centre", backwards(back.neck), Finish.SEAM),
    ]
    marks = {"neck_center": centre, "shoulder_neck": back.shoulder.start}
    grain = (float(centre[1] + 0.15 * (low[1] - centre[1])), float(centre[1] + 0.85 * (low[1] - centre[1])))
    piece = whole_piece(BACK_FACING, Role.FACING, runs, landmarks=marks, grain=grain, plus=Side.LEFT)
    return replace(piece, interfaced=True)


def _facing_seams(side: Side, front: str) -> list[Seam]:
    """The facing to its front from neck to hem, and to the back facing; the outer edges in the order of the outline."""
    facing, edges = f"facing_front_{side}", ("lapel_top", "lapel", "front_edge")
    outer = edges if side == Side.LEFT else edges[::-1]
    return [
        Seam(f"{side} front facing", refs(front, *outer), refs(facing, *outer), SeamKind.LAYERED),
        Seam(f"{side} front neck facing", refs(front, "neck"), refs(facing, "neck"), SeamKind.LAYERED),
        Seam(f"{side} facing shoulder", refs(BACK_FACING, f"{side}_shoulder"), refs(facing, "shoulder"), smooth=(True, True)),
    ]
