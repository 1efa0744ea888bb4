"""Facings: what finishes necklines, armholes and front edges of woven garments on the inside (patterns.md 5.3).

A facing has the very edge that it faces. It is drawn right side up like every piece; worn, it is turned to the inside, so on
the table it is the mirror image of what it faces, and the two sewn edges run in opposite directions as in every seam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.design import GarmentDesign
from studio.drafting.choices import FrontOpening, drawn_collar, front_opening, is_full, is_knit
from studio.drafting.draft import EMPTY, PAIR, Draft, backwards, refs
from studio.drafting.geometry import DOWN, RIGHT, cubic, cut_at_length, joined, line, quarter_turn, unit
from studio.drafting.grain import with_upright_grain
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_pieces import Trunk, shoulder_smooth
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.front_opening import button_overlap, edge_top
from studio.pattern import EdgeRef, Finish, Mark, MarkKind, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import Collar, GarmentType, Neckline, Sleeve

FACING_WIDTH = 5.0
ARMHOLE_FACING_WIDTH = 4.5
BELOW_SLIT = 3.0
SLIT_HALF_WIDTH = 3.0


def is_sleeveless(design: GarmentDesign) -> bool:
    return design.garment_type == GarmentType.VEST or design.style.sleeve == Sleeve.NONE


def has_neck_part(design: GarmentDesign) -> bool:
    """Whether something is sewn to the neckline: a collar or a hood."""
    return design.features.has_collar or design.features.has_hood


def has_faced_neck(design: GarmentDesign) -> bool:
    """Whether the neckline is finished with a facing: woven cloth and nothing sewn to the neckline."""
    return is_full(design) and not is_knit(design) and not has_neck_part(design)


def facings(
    design: GarmentDesign, plan: BodicePlan, trunk: Trunk, front: HalfBodice, back: HalfBodice, *, slit: Mark | None
) -> Draft:
    """All facings of a garment with their seams; `slit` is cut in the back, or under a collar in the front, and is faced too."""
    if not is_full(design):
        return EMPTY
    draft, shape = EMPTY, _Shape(design, plan)
    faced = has_faced_neck(design)
    if front_opening(design) != FrontOpening.NONE:
        draft = draft.plus(_front_facings(design, plan, trunk, front, shape, joined_behind=faced))
    elif faced or (slit is not None and has_neck_part(design)):
        draft = draft.plus(_neck_facing(trunk, front, shape, slit if has_neck_part(design) else None, front=True, joins=faced))
    if faced:
        at_back = slit if front_opening(design) == FrontOpening.NONE else None
        draft = draft.plus(_neck_facing(trunk, back, shape, at_back, front=False, joins=True))
        draft = draft.plus(Draft((), tuple(_shoulder_seams(design, plan))))
    if is_sleeveless(design) and not is_knit(design):
        draft = draft.plus(_armhole_facings(trunk, front, back, shape))
    return draft


class _Shape:
    """The widths of the facings of one garment, cm."""

    def __init__(self, design: GarmentDesign, plan: BodicePlan) -> None:
        scale = min(max(plan.scale, 0.7), 1.0)
        self.neckline = plan.neckline
        self.at_centre = FACING_WIDTH * scale
        self.at_armhole = ARMHOLE_FACING_WIDTH * scale
        self.sleeveless = is_sleeveless(design)

    def at_shoulder(self, half: HalfBodice) -> float:
        """Along the shoulder from the neck: room is left for an armhole facing."""
        share = 0.48 if self.sleeveless else 0.62
        return min(self.at_centre, share * half.shoulder.length)

    def armhole_at_shoulder(self, half: HalfBodice) -> float:
        return min(self.at_armhole, 0.46 * half.shoulder.length)


def _along_shoulder(half: HalfBodice, reach: float) -> tuple[Point2, Point2]:
    """(the point `reach` cm from the neck, the upward direction square to the shoulder)."""
    way = unit(half.shoulder.end - half.shoulder.start)
    square = quarter_turn(way)
    return half.shoulder.start + reach * way, square if square[1] < 0 else -square


def _round_inner(half: HalfBodice, shape: _Shape, *, front: bool) -> list[Curve]:
    """Inner edge of a neck facing from the centre to the shoulder, square to both."""
    end, up = _along_shoulder(half, shape.at_shoulder(half))
    depth, low = half.neck[0].start[1], half.bottom.segments[0].start[1]
    pointed = front and shape.neckline == Neckline.V
    start = point(0, depth + min((1.3 if pointed else 1.0) * shape.at_centre, 0.5 * (low - depth)))
    across, rise = 0.52, 0.52
    if pointed:
        across, rise = 0.22, 0.34
    elif front and shape.neckline == Neckline.SQUARE:
        across, rise = 0.95, 0.75
    elif front and shape.neckline == Neckline.SCOOP:
        across = rise = 0.62
    return [cubic(start, start + across * end[0] * RIGHT, end - rise * (start[1] - end[1]) * up, end)]


def _long_inner(half: HalfBodice, shape: _Shape, bottom: Point2, *, front: bool) -> list[Curve]:
    """Inner edge of a facing that runs down beside the centre: from `bottom` straight up, then over to the shoulder."""
    end, up = _along_shoulder(half, shape.at_shoulder(half))
    depth = float(half.neck[0].start[1])
    turn = point(bottom[0], min(depth + shape.at_centre + 2.0, depth + 0.6 * (bottom[1] - depth)))
    if not front or shape.neckline != Neckline.SQUARE:
        return [line(bottom, turn), joined(turn, end, leaving=-DOWN, arriving=up, fullness=0.45)]
    beside = point(half.neck[0].end[0] + 0.7 * shape.at_centre, depth)
    beside = point(min(beside[0], 0.5 * (half.neck[0].end[0] + half.armhole[0].end[0])), depth)
    over = joined(turn, beside, leaving=-DOWN, arriving=-DOWN, fullness=0.45)
    return [line(bottom, turn), over, joined(beside, end, leaving=-DOWN, arriving=up)]


def _neck_facing(trunk: Trunk, half: HalfBodice, shape: _Shape, slit: Mark | None, *, front: bool, joins: bool) -> Draft:
    """A whole front or back neck facing; with a slit it reaches below it."""
    if slit is None:
        inner = _round_inner(half, shape, front=front)
    else:
        low = -float(slit.curves[0].end[1]) + BELOW_SLIT
        corner = point(max(SLIT_HALF_WIDTH, 0.55 * float(half.shoulder.start[0])), low)
        inner = [line(point(0, low), corner), *_long_inner(half, shape, corner, front=front)]
    word = "front" if front else "back"
    runs: list[Run] = [
        ("inner_centre", inner, Finish.NEATENED),
        ("shoulder", [line(inner[-1].end, half.shoulder.start)], Finish.SEAM if joins else Finish.NEATENED),
        ("neck", backwards(half.neck), Finish.SEAM),
    ]
    top, low = float(half.neck[0].start[1]), float(inner[0].start[1])
    grain = (top + 0.15 * (low - top), low - 0.15 * (low - top))
    marks = {"neck_center": half.neck[0].start, "shoulder_neck": half.shoulder.start}
    name, plus = f"facing_neck_{word}", Side.RIGHT if front else Side.LEFT
    piece = whole_piece(name, Role.FACING, runs, landmarks=marks, grain=grain, plus=plus)
    piece = replace(with_upright_grain(piece), interfaced=True, marks=() if slit is None else (slit,))
    minus = Side.LEFT if front else Side.RIGHT
    necks = trunk.front_neck if front else trunk.back_neck
    sewn = Seam(
        f"{word} neck facing",
        refs(name, f"{plus}_neck", f"{minus}_neck"),
        (*necks[plus][::-1], *necks[minus]),
        SeamKind.LAYERED,
    )
    return Draft((piece,), (sewn,))


def _shoulder_seams(design: GarmentDesign, plan: BodicePlan) -> list[Seam]:
    """Front to back neck facing at the shoulders."""
    opened = front_opening(design) != FrontOpening.NONE
    seams = []
    for side in PAIR:
        front = EdgeRef(f"facing_front_{side}", "shoulder") if opened else EdgeRef("facing_neck_front", f"{side}_shoulder")
        other = Side.LEFT if side == Side.RIGHT else Side.RIGHT
        run = refs("facing_neck_back", f"{side}_shoulder")
        seams.append(Seam(f"{side} facing shoulder", run, (front,), smooth=shoulder_smooth(other, plan)))
    return seams


def _front_facings(
    design: GarmentDesign, plan: BodicePlan, trunk: Trunk, half: HalfBodice, shape: _Shape, *, joined_behind: bool
) -> Draft:
    """A facing for each of two fronts; none where a lapel brings its own, or where knit cloth meets at a zip."""
    zipped = front_opening(design) == FrontOpening.ZIP
    if drawn_collar(design) == Collar.NOTCHED or (zipped and is_knit(design)):
        return EMPTY
    overlap = button_overlap(design, plan.measures)
    low_edge = half.bottom.segments[0]
    width = min(max(shape.at_centre, 0.75 * float(half.shoulder.start[0])), 0.7 * low_edge.length)
    bottom, _ = cut_at_length([low_edge], width)
    inner = _long_inner(half, shape, bottom[-1].end, front=True)
    low_finish = Finish.NEATENED if plan.joins_skirt or plan.has_hem_rib else Finish.HEM
    centre, low = half.neck[0].start, low_edge.start
    over, over_low = edge_top(design, plan, half, overlap), low - (overlap, 0)
    runs: list[Run] = [
        ("waist" if plan.joins_skirt else "hem", bottom, low_finish),
        ("inner", inner, Finish.NEATENED),
        ("shoulder", [line(inner[-1].end, half.shoulder.start)], Finish.SEAM if joined_behind else Finish.NEATENED),
        ("neck", backwards(half.neck), Finish.SEAM),
        ("front_edge", [line(over, over_low)], Finish.OPENING),
    ]
    caught = ["front_edge", "neck"]
    if overlap:
        runs[0] = (runs[0][0], [line(over_low, low), *bottom], runs[0][2])
        runs.insert(4, ("neck_step", [line(centre, over)], Finish.SEAM))
        caught.insert(1, "neck_step")
    x = 0.5 * float(bottom[-1].end[0])
    grain = np.array(((x, centre[1] + 0.35 * (low[1] - centre[1])), (x, centre[1] + 0.9 * (low[1] - centre[1]))))
    marks = {"neck_center": centre, "hem_center": low}
    pieces, seams = [], []
    for side in PAIR:
        name, host = f"facing_front_{side}", trunk.host(side)
        piece = single_piece(name, Role.FACING, side, runs, landmarks=marks, grain=grain, turned_over=side == Side.LEFT)
        line_down = Mark(MarkKind.CENTRE, "centre front", (line(centre * (1, -1), low * (1, -1)),))
        pieces.append(replace(piece, interfaced=True, marks=(line_down,) if overlap else ()))
        faced = (*refs(host, *caught[:-1]), *trunk.front_neck[side])
        order = 1 if side == Side.LEFT else -1
        seams.append(Seam(f"{side} front facing", refs(name, *caught)[::order], faced[::order], SeamKind.LAYERED))
    return Draft(tuple(pieces), tuple(seams))


def _armhole_facings(trunk: Trunk, front: HalfBodice, back: HalfBodice, shape: _Shape) -> Draft:
    """Front and back armhole facings of both sides, sewn to one another at shoulder and side."""
    pieces, seams = [], []
    runs = {"front": trunk.runs.front_armhole, "back": trunk.runs.back_armhole}
    upper_sides = [half.side_above_dart or half.side[:1] for half in (front, back)]
    down = min([shape.at_armhole, *(0.8 * run[0].length for run in upper_sides)])
    for side in PAIR:
        for word, half, upper in (("front", front, upper_sides[0]), ("back", back, upper_sides[1])):
            piece = _armhole_facing(word, side, half, upper, shape, down)
            pieces.append(piece)
            sewn = refs(piece.name, "armhole")
            seams.append(Seam(f"{side} {word} armhole facing", sewn, runs[word][side][::-1], SeamKind.LAYERED))
        for edge in ("shoulder", "side"):
            pair = refs(f"facing_armhole_back_{side}", edge), refs(f"facing_armhole_front_{side}", edge)
            seams.append(Seam(f"{side} armhole facing {edge}", *pair, smooth=(True, True)))
    return Draft(tuple(pieces), tuple(seams))


def _armhole_facing(word: str, side: Side, half: HalfBodice, upper: Sequence[Curve], shape: _Shape, down: float) -> Piece:
    """One facing: the armhole, and an inner edge beside it that is square to shoulder and side."""
    reach = shape.armhole_at_shoulder(half)
    start, up = _along_shoulder(half, half.shoulder.length - reach)
    along, _ = cut_at_length([upper[0]], down)
    end, way = along[-1].end, quarter_turn(along[-1].tangent(1))
    way = way if way[0] > 0 else -way
    pitch = half.armhole[0].end - (shape.at_armhole, 0)
    fall, across = end[1] - pitch[1], end[0] - pitch[0]
    inner = [
        joined(start, pitch, leaving=-up, arriving=DOWN, fullness=0.33),
        cubic(pitch, pitch + 0.62 * fall * DOWN, end - 0.62 * across * way, end),
    ]
    runs: list[Run] = [
        ("armhole", backwards(half.armhole), Finish.SEAM),
        ("shoulder", [line(half.shoulder.end, start)], Finish.SEAM),
        ("inner", inner, Finish.NEATENED),
        ("side", backwards(along), Finish.SEAM),
    ]
    marks = {f"shoulder_tip_{side}": half.shoulder.end, f"underarm_{side}": half.underarm}
    turned = (side == Side.LEFT) == (word == "front")
    name = f"facing_armhole_{word}_{side}"
    grain = np.array((half.shoulder.end, half.underarm))
    piece = single_piece(name, Role.FACING, side, runs, landmarks=marks, grain=grain, turned_over=turned)
    return replace(with_upright_grain(piece), interfaced=True)
