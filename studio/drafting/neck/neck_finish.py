"""What is sewn to the neckline: collar with or without a stand, turtleneck, rib band or hood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import FrontOpening, drawn_collar, front_opening, has_neckband, is_full, is_knit
from studio.drafting.details.marks import button, buttonhole, marked, straight_mark
from studio.drafting.details.ribs import neckband
from studio.drafting.draft import EMPTY, BodiceRuns, Draft, changed, refs
from studio.drafting.neck.collar import (
    FALL_BEYOND_STAND,
    TURTLENECK_STRETCH,
    HalfCollar,
    HalfStand,
    collar_height,
    collar_stand,
    fall,
    folded_band,
    shirt_collar,
    stand_height,
)
from studio.drafting.neck.hood import hood_draft
from studio.drafting.neck.lapel_facing import tailored_neck
from studio.drafting.pieces import Run, whole_piece
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.front_opening import button_overlap, button_size
from studio.pattern import EdgeRef, Finish, Mark, MarkKind, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import Collar, Hood, Neckline

TURTLENECK_HEIGHT = 7.0


@dataclass(frozen=True, eq=False)
class NeckRuns:
    """The neckline that a collar is sewn to: half its length in cm, its edges, and whether the front is open there."""

    half: float
    left: tuple[EdgeRef, ...]  # centre front -> centre back
    right: tuple[EdgeRef, ...]
    is_open: bool

    @property
    def from_front(self) -> tuple[EdgeRef, ...]:
        """Left centre front -> centre back -> right centre front."""
        return (*self.left, *self.right[::-1])

    @property
    def from_back(self) -> tuple[EdgeRef, ...]:
        """Centre back -> right shoulder -> centre front -> left shoulder -> centre back."""
        return (*self.right[::-1], *self.left)

    @property
    def with_overlaps(self) -> tuple[EdgeRef, ...]:
        """`from_front` and the edges of the button overlap before and after it."""
        steps = [EdgeRef(run[0].piece, "neck_step") for run in (self.left, self.right)]
        return (steps[0], *self.from_front, steps[1])


def neck_finish(
    design: GarmentDesign,
    plan: BodicePlan,
    front: HalfBodice,
    back: HalfBodice,
    *,
    runs: BodiceRuns,
) -> Draft:
    """The hood, collar or rib band of a design with the seam to its neckline; nothing for a bound or faced neckline."""
    left, right = runs.neck[Side.LEFT], runs.neck[Side.RIGHT]
    neck = NeckRuns(front.neck_length + back.neck_length, left, right, left[0].piece != right[0].piece)
    if design.features.has_hood:
        return _with_hood(design, plan, neck, runs)
    if has_neckband(design):
        return neckband(plan, front, neck.half, from_front=neck.from_front, from_back=neck.from_back)
    if not design.features.has_collar:
        return EMPTY
    if design.style.neckline == Neckline.TURTLENECK:
        return _with_turtleneck(design, plan, neck)
    match drawn_collar(design):
        case Collar.SHIRT | Collar.STAND:
            return _with_stand(design, plan, neck)
        case Collar.NOTCHED:
            return tailored_neck(design, plan, front, back, runs=runs)
    return _with_convertible(design, plan, neck)


def _with_hood(design: GarmentDesign, plan: BodicePlan, neck: NeckRuns, runs: BodiceRuns) -> Draft:
    three_panels = is_full(design) and design.style.hood == Hood.THREE_PANEL
    draft = hood_draft(neck.half, head=plan.measures.head, runs=runs, three_panels=three_panels, eyelets=is_full(design))
    if not design.features.has_collar:
        return draft
    note = changed("hood and collar would share one neckline: the hood is drawn, the collar left off")
    return draft.plus(Draft((), (), (note,)))


def _with_turtleneck(design: GarmentDesign, plan: BodicePlan, neck: NeckRuns) -> Draft:
    """A folded tube with its seam at the centre back; where the centre front opens, a strip that ends there.

    In a knit it is stretched onto the neckline; woven cloth gives no stretch, and opens where the head does not pass.
    """
    ratio = TURTLENECK_STRETCH if is_knit(design) or not is_full(design) else 1.0
    is_slit = ratio == 1 and 2 * neck.half < plan.measures.head
    half = folded_band(ratio * neck.half, height=TURTLENECK_HEIGHT * plan.scale)
    run = neck.from_front if neck.is_open or is_slit else neck.from_back
    kind = SeamKind.STRETCHED if ratio < 1 else SeamKind.PLAIN
    seam = Seam("turtleneck", refs("collar", "neck"), run, kind, 0.0, 1 / ratio)
    if neck.is_open or is_slit:
        piece = _collar_piece(half, ("front", Finish.OPENING), Finish.TOPSTITCHED, at_front=False)
        return Draft((_folded(piece, half),), (seam,))
    piece = _collar_piece(half, ("end", Finish.SEAM), Finish.TOPSTITCHED, at_front=True)
    ends = Seam("turtleneck ends", refs("collar", "left_end"), refs("collar", "right_end"), smooth=(True, True))
    return Draft((_folded(piece, half),), (seam, ends))


def _folded(piece: Piece, half: HalfCollar) -> Piece:
    """The strip with its fold along the middle marked."""
    reach, middle = half.neck.end[0], half.outer.end[1] / 2
    return marked(piece, (straight_mark(MarkKind.FOLD, "fold", point(-reach, middle), point(reach, middle)),))


def _with_convertible(design: GarmentDesign, plan: BodicePlan, neck: NeckRuns) -> Draft:
    """A one-piece collar from centre front to centre front."""
    full = is_full(design)
    finish = Finish.DOUBLED if full else Finish.BOUND
    half = shirt_collar(neck.half, height=collar_height(plan.measures.height))
    piece = _collar_piece(half, ("front", finish), finish, at_front=False)
    if full:
        piece = replace(piece, layers=2, interfaced=True)
    return Draft((piece,), (Seam("collar", refs("collar", "neck"), neck.from_front),))


def _with_stand(design: GarmentDesign, plan: BodicePlan, neck: NeckRuns) -> Draft:
    """A stand along the whole neck edge, and for a shirt collar the fall on its top, between the centre fronts."""
    alone = drawn_collar(design) == Collar.STAND
    buttoned = neck.is_open and front_opening(design) == FrontOpening.BUTTONS
    overlap = button_overlap(design, plan.measures) if buttoned else 0.0
    tall = stand_height(plan.measures.height, alone=alone)
    stand = collar_stand(neck.half, overlap=overlap, height=tall, rounded_top=alone)
    run = neck.with_overlaps if buttoned else neck.from_front
    draft = Draft(
        (_stand_piece(stand, alone=alone, button_width=button_size(design)),),
        (Seam("collar stand", refs("collar_stand", "neck"), run),),
    )
    if alone:
        return draft
    half = fall(stand.top.length, height=tall + FALL_BEYOND_STAND)
    piece = _collar_piece(half, ("front", Finish.DOUBLED), Finish.DOUBLED, at_front=False)
    seam = Seam("collar", refs("collar", "neck"), refs("collar_stand", "top"))
    return draft.plus(Draft((replace(piece, layers=2, interfaced=True),), (seam,)))


def _collar_piece(half: HalfCollar, end: tuple[str, Finish], outer: Finish, *, at_front: bool) -> Piece:
    """The whole collar; x = 0 lies at the centre back, or with `at_front` at the centre front. `end` names its ends."""
    name, finish = end
    runs: list[Run] = [
        ("neck_centre", [half.neck], Finish.SEAM),
        (name, half.front, finish),
        ("outer_centre", [half.outer], outer),
    ]
    top = half.outer.end[1]
    at_end = "neck_back" if at_front else "neck_front"
    marks = {"neck_center": point(0, 0), at_end: half.neck.end, "point": half.front[-1].end}
    plus = Side.LEFT if at_front else Side.RIGHT
    return whole_piece("collar", Role.COLLAR, runs, landmarks=marks, grain=(0.85 * top, 0.15 * top), plus=plus)


def _stand_piece(stand: HalfStand, *, alone: bool, button_width: float) -> Piece:
    """The stand, cut twice, with its centre fronts and, where it laps, buttonhole (left) and button (right)."""
    runs: list[Run] = [
        ("neck_centre", stand.neck, Finish.SEAM),
        ("front", stand.front, Finish.DOUBLED),
        ("top_centre", [stand.top], Finish.DOUBLED if alone else Finish.SEAM),
    ]
    tall = stand.top.end[1]
    marks = {"neck_center": point(0, 0), "neck_front": stand.centre_front.start, "top_front": stand.top.start}
    piece = whole_piece("collar_stand", Role.STAND, runs, landmarks=marks, grain=(0.85 * tall, 0.15 * tall), plus=Side.RIGHT)
    piece = replace(piece, layers=2, interfaced=True)
    if len(stand.neck) == 1:
        return piece
    return replace(marked(piece, _stand_marks(stand, button_width)), symmetric=False)


def _stand_marks(stand: HalfStand, button_width: float) -> Sequence[Mark]:
    """Centre fronts on both ends; the wearer's left end laps over the right one."""
    low, high, middle, way = stand.centre_front.start, stand.centre_front.end, stand.button_place, stand.along
    flip, width = point(-1, 1), min(button_width, 0.5 * stand.centre_front.length)
    return (
        straight_mark(MarkKind.CENTRE, "centre front", low, high),
        straight_mark(MarkKind.CENTRE, "centre front", flip * low, flip * high),
        button(middle, way, width),
        buttonhole(flip * middle, -flip * way, width),
    )
