"""Sleeves set into a bodice, and their cuffs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import has_two_piece_sleeve, is_full, is_knit
from studio.drafting.details.marks import marked
from studio.drafting.draft import PAIR, BodiceRuns, Draft, backwards, changed, refs
from studio.drafting.pieces import Run, single_piece
from studio.drafting.sleeves.cuff import (
    CUFF_OVERLAP,
    banded_cuff,
    buttoned_cuff,
    cuff,
    placket,
    sleeve_end_marks,
    slit_length,
    split_hem,
)
from studio.drafting.sleeves.sleeve import SleeveDraft, drafted_sleeve
from studio.drafting.sleeves.two_piece import is_long_enough, two_piece_sleeves, untapered
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.pattern import EdgeRef, Finish, Mark, Piece, Role, Seam, SeamKind, Side
from studio.sizing import Measures
from studio.vocabulary import Sleeve

CUFF_HEIGHT = 6.0
BAND_HEIGHT = 3.0
"""Of the plain band on a short sleeve."""
CUFF_EASE = 5.5
CUFF_PLEATS = 3.0
"""Taken up at the sleeve end by two pleats, cm; less on children."""
WRIST_FROM = 0.7
"""Share of the arm from which on a long sleeve's end is made to measure the wrist."""
RIB_RATIO = 0.8
"""A rib cuff is cut to this share of the sleeve end and stretched onto it."""
SMOOTHED = (True, True)


@dataclass(frozen=True)
class SleeveEnd:
    """How a sleeve ends: a hem, or a cuff `height` cm high; `full` draws slit, placket and folds too."""

    height: float  # 0 for a hem
    rib: bool
    buttoned: bool
    full: bool
    pleats: float = 0.0

    @property
    def is_slit(self) -> bool:
        return self.buttoned and self.full


def sleeve_end(design: GarmentDesign, plan: BodicePlan) -> SleeveEnd:
    """The end of this design's sleeves: long woven ones button, knitted ones have ribs, short ones a plain band."""
    full, knit = is_full(design), is_knit(design)
    if not design.features.has_cuffs:
        return SleeveEnd(0.0, knit, False, full)
    long = design.style.sleeve in (Sleeve.LONG, Sleeve.THREE_QUARTER)
    buttoned = long and not knit
    pleats = CUFF_PLEATS * (min(plan.scale, 1.0) if full else 1.0) if buttoned else 0.0
    height = (CUFF_HEIGHT if long else BAND_HEIGHT) * math.sqrt(min(plan.scale, 1.1)) if full else CUFF_HEIGHT
    return SleeveEnd(height, knit, buttoned, full, pleats)


def set_in_sleeves(
    design: GarmentDesign,
    plan: BodicePlan,
    front: HalfBodice,
    back: HalfBodice,
    *,
    runs: BodiceRuns,
    arm: float,
) -> Draft:
    """Both sleeves, with cuffs if the design has them, and their seams."""
    m, end = plan.measures, sleeve_end(design, plan)
    reaches_wrist = end.buttoned and design.style.sleeve == Sleeve.LONG and m.sleeve_length > WRIST_FROM * arm

    def drafted(measures: Measures) -> SleeveDraft:
        return drafted_sleeve(
            measures,
            plan.ease,
            front_armhole=front.armhole_length,
            back_armhole=back.armhole_length,
            notches=(front.armhole[-1].length, back.armhole[-1].length),
            length=m.sleeve_length - end.height,
            arm=arm,
            hem=m.wrist + CUFF_EASE + end.pleats if reaches_wrist else None,
        )

    tailored = has_two_piece_sleeve(design)
    draft = drafted(untapered(m) if tailored else m)
    findings = tuple(changed(message, "sleeve_left", "left_armhole") for message in draft.given_way)
    if tailored and is_long_enough(draft):
        return two_piece_sleeves(draft, runs, wrist=m.wrist, arm=arm, scale=plan.scale).plus(Draft((), (), findings))
    if tailored:
        draft = drafted(m)
        findings += (changed("the sleeve ends too near the underarm to be cut in two pieces: it is cut in one", "sleeve_left"),)
    made = Draft((), (), findings)
    hem, slit = _hem_runs(draft, end), slit_length(plan.scale, draft.underarm_back.length)
    marks = sleeve_end_marks(hem[0][1][-1].end, draft.hem, slit=slit, pleats=end.pleats) if end.is_slit else ()
    for side in PAIR:
        piece = _sleeve_piece(side, draft, hem, marks)
        made = made.plus(Draft((piece,), tuple(_sleeve_seams(side, draft, runs))))
    if end.height:
        for side in PAIR:
            made = made.plus(_cuff_on(side, draft, end, slit))
    return made


def _hem_runs(draft: SleeveDraft, end: SleeveEnd) -> list[Run]:
    """The sleeve end from front to back: one edge, or two that meet at the slit."""
    finish = Finish.SEAM if end.height else Finish.HEM
    if not end.is_slit:
        return [("hem", backwards(draft.hem), finish)]
    behind, before = split_hem(draft.hem)
    return [("hem_front", backwards(before), finish), ("hem_back", backwards(behind), finish)]


def _sleeve_piece(side: Side, draft: SleeveDraft, hem: Sequence[Run], drawn: Sequence[Mark]) -> Piece:
    runs: list[Run] = [
        ("cap_back", draft.cap_back, Finish.SEAM),
        ("cap_front", draft.cap_front, Finish.SEAM),
        ("underarm_front", [draft.underarm_front], Finish.SEAM),
        *hem,
        ("underarm_back", [draft.underarm_back.reversed()], Finish.SEAM),
    ]
    low = draft.hem[0].end[1]
    marks = {
        "cap_top": draft.cap_front[0].start,
        "notch_front": draft.notch_front,
        "notch_back": draft.notch_back,
        "underarm_front": draft.underarm_front.start,
        "underarm_back": draft.underarm_back.start,
        "hem_front": draft.underarm_front.end,
        "hem_back": draft.underarm_back.end,
        "hem_center": point(0, low),
    }
    grain = np.array(((0.0, 0.25 * low), (0.0, 0.85 * low)))
    over = side == Side.LEFT
    piece = single_piece(f"sleeve_{side}", Role.SLEEVE, side, runs, landmarks=marks, grain=grain, turned_over=over)
    return marked(piece, drawn, turned_over=over)


def _sleeve_seams(side: Side, draft: SleeveDraft, runs: BodiceRuns) -> list[Seam]:
    """Cap to armhole with its declared ease, and the underarm seam."""
    sleeve = f"sleeve_{side}"
    kind = SeamKind.EASED if draft.front_ease > 0.05 else SeamKind.PLAIN
    return [
        Seam(f"{side} front armhole", runs.front_armhole[side], refs(sleeve, "cap_front"), kind, draft.front_ease),
        Seam(f"{side} back armhole", runs.back_armhole[side], refs(sleeve, "cap_back"), kind, draft.back_ease),
        Seam(f"{side} sleeve underarm", refs(sleeve, "underarm_front"), refs(sleeve, "underarm_back"), smooth=SMOOTHED),
    ]


def _cuff_on(side: Side, draft: SleeveDraft, end: SleeveEnd, slit: float) -> Draft:
    """The cuff of one sleeve, its seams, and the placket of a slit."""
    name, hem = f"cuff_{side}", draft.hem_length
    sewn = refs(name, "sleeve")
    pleats = end.pleats
    if end.rib:
        joint = Seam(f"{side} cuff", _sleeve_hem(side, end), sewn, SeamKind.STRETCHED, 0.0, RIB_RATIO)
    else:
        taken_up = (SeamKind.PLEATED if end.full else SeamKind.GATHERED) if pleats else SeamKind.PLAIN
        joint = Seam(f"{side} cuff", _sleeve_hem(side, end), sewn, taken_up, -pleats)
    length = hem * joint.ratio + joint.ease
    ends = Seam(f"{side} cuff ends", refs(name, "front_end"), refs(name, "back_end"))
    if not end.full:
        piece = cuff(side, length, height=end.height, overlap=CUFF_OVERLAP if end.buttoned else 0.0)
        return Draft((piece,), (joint,) if end.buttoned else (joint, ends))
    if end.buttoned:
        strip = placket(side, slit)
        return Draft((buttoned_cuff(side, length, height=end.height), strip), (joint,))
    return Draft((banded_cuff(side, length, height=end.height, rib=end.rib),), (joint, ends))


def _sleeve_hem(side: Side, end: SleeveEnd) -> tuple[EdgeRef, ...]:
    """The sleeve end as its outline runs; from a slit right round to it again."""
    if not end.is_slit:
        return refs(f"sleeve_{side}", "hem")
    edges = ("hem_front", "hem_back") if side == Side.RIGHT else ("hem_back", "hem_front")
    return refs(f"sleeve_{side}", *edges)
