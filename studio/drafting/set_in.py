"""Sleeves set into a bodice, and their cuffs."""

from __future__ import annotations

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.bands import CUFF_OVERLAP, cuff
from studio.drafting.bodice import BodicePlan, HalfBodice
from studio.drafting.draft import PAIR, BodiceRuns, Draft, backwards, changed, refs
from studio.drafting.pieces import Run, single_piece
from studio.drafting.sleeve import SleeveDraft, drafted_sleeve
from studio.pattern import Finish, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import KNIT_FABRICS, Sleeve

CUFF_HEIGHT = 6.0
CUFF_EASE = 5.5
CUFF_PLEATS = 3.0
RIB_RATIO = 0.8
"""A rib cuff is cut to this share of the sleeve end and stretched onto it."""


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
    m = plan.measures
    cuffed = design.features.has_cuffs
    length = m.sleeve_length - (CUFF_HEIGHT if cuffed else 0.0)
    knit = design.style.fabric in KNIT_FABRICS
    buttoned = cuffed and not knit and design.style.sleeve in (Sleeve.LONG, Sleeve.THREE_QUARTER)
    hem = m.wrist + CUFF_EASE + CUFF_PLEATS if buttoned and design.style.sleeve == Sleeve.LONG else None
    draft = drafted_sleeve(
        m, plan.ease, front_armhole=front.armhole_length, back_armhole=back.armhole_length, length=length, arm=arm, hem=hem
    )
    findings = tuple(changed(message, "sleeve_left", "left_armhole") for message in draft.given_way)
    parts: list[Piece] = [_sleeve_piece(side, draft) for side in PAIR]
    seams = [seam for side in PAIR for seam in _sleeve_seams(side, draft, runs)]
    if cuffed:
        for side in PAIR:
            made, sewn = _cuff_on(side, draft, knit=knit, buttoned=buttoned)
            parts.append(made)
            seams += sewn
    return Draft(tuple(parts), tuple(seams), findings)


def _sleeve_piece(side: Side, draft: SleeveDraft) -> Piece:
    runs: list[Run] = [
        ("cap_back", draft.cap_back, Finish.SEAM),
        ("cap_front", draft.cap_front, Finish.SEAM),
        ("underarm_front", [draft.underarm_front], Finish.SEAM),
        ("hem", backwards(draft.hem), Finish.HEM),
        ("underarm_back", [draft.underarm_back.reversed()], Finish.SEAM),
    ]
    notch = draft.cap_front[0].start
    low = draft.hem[0].end[1]
    marks = {
        "cap_top": notch,
        "underarm_front": draft.underarm_front.start,
        "underarm_back": draft.underarm_back.start,
        "hem_front": draft.underarm_front.end,
        "hem_back": draft.underarm_back.end,
        "hem_center": point(0, low),
    }
    grain = np.array(((0.0, 0.25 * low), (0.0, 0.85 * low)))
    return single_piece(f"sleeve_{side}", Role.SLEEVE, side, runs, landmarks=marks, grain=grain, turned_over=side == Side.LEFT)


def _sleeve_seams(side: Side, draft: SleeveDraft, runs: BodiceRuns) -> list[Seam]:
    """Cap to armhole with its declared ease, and the underarm seam."""
    sleeve = f"sleeve_{side}"
    kind = SeamKind.EASED if draft.front_ease > 0.05 else SeamKind.PLAIN
    return [
        Seam(f"{side} front armhole", runs.front_armhole[side], refs(sleeve, "cap_front"), kind, draft.front_ease),
        Seam(f"{side} back armhole", runs.back_armhole[side], refs(sleeve, "cap_back"), kind, draft.back_ease),
        Seam(f"{side} sleeve underarm", refs(sleeve, "underarm_front"), refs(sleeve, "underarm_back"), smooth=(True, True)),
    ]


def _cuff_on(side: Side, draft: SleeveDraft, *, knit: bool, buttoned: bool) -> tuple[Piece, list[Seam]]:
    sleeve, name = f"sleeve_{side}", f"cuff_{side}"
    hem = draft.hem_length
    overlap = CUFF_OVERLAP if buttoned else 0.0
    if knit:
        length, joint = (
            RIB_RATIO * hem,
            Seam(f"{side} cuff", refs(sleeve, "hem"), refs(name, "sleeve"), SeamKind.STRETCHED, 0.0, RIB_RATIO),
        )
    else:
        pleats = CUFF_PLEATS if buttoned else 0.0
        length = hem - pleats
        joint = Seam(
            f"{side} cuff", refs(sleeve, "hem"), refs(name, "sleeve"), SeamKind.GATHERED if pleats else SeamKind.PLAIN, -pleats
        )
    seams = [joint]
    if not overlap:
        seams.append(Seam(f"{side} cuff ends", refs(name, "front_end"), refs(name, "back_end")))
    return cuff(side, length, height=CUFF_HEIGHT, overlap=overlap), seams
