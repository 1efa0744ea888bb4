"""Recipes for what hangs from the shoulders: shirt, dress, jacket, hoodie, vest."""

from __future__ import annotations

from dataclasses import replace

from studio.design import ARM_SHARE_OF_HEIGHT, GarmentDesign
from studio.drafting.bodice import BACK_NECK_DEPTH, SMALLEST_SHOULDER, BodicePlan, HalfBodice, drafted_bodice
from studio.drafting.bodice_pieces import bodice_name, bodice_piece, bodice_runs, bodice_seams, front_pieces
from studio.drafting.draft import PAIR, Draft, changed, not_drawn
from studio.drafting.dress_skirt import skirt_of_dress
from studio.drafting.ease import ease_for
from studio.drafting.neck_finish import neck_finish
from studio.drafting.pockets import upper_pockets
from studio.drafting.set_in import set_in_sleeves
from studio.pattern import Finding, FindingKind, Role
from studio.sizing import Measures
from studio.vocabulary import KNIT_FABRICS, Closure, Fit, GarmentType, Neckline, Sleeve

SHOULDER_CHANGE = {GarmentType.JACKET: 1.0, GarmentType.VEST: -2.5}
"""Added to the shoulder width, cm: a jacket reaches over what is worn under it, a vest stays inside the armhole."""

SIDE_SHAPING = {Fit.FITTED: 3.5, Fit.SEMI_FITTED: 2.4, Fit.REGULAR: 1.2, Fit.LOOSE: 0.0}


def upper_garment(design: GarmentDesign, measures: Measures) -> Draft:
    """The pieces of a shirt, dress, jacket, hoodie or vest. Raises DraftError where no draft closes."""
    plan, findings = _plan(design, measures)
    front, back = drafted_bodice(plan)
    fronts = front_pieces(design, plan, front)
    back_piece = bodice_piece(bodice_name(design, "back"), Role.BACK, back, plan)
    host = {side: fronts[0].name if len(fronts) == 1 else f"front_{side}" for side in PAIR}
    runs = bodice_runs(host, back_piece.name)
    draft = Draft((*fronts, back_piece), tuple(bodice_seams(fronts, back_piece, host, plan)), tuple(findings))
    if design.style.sleeve != Sleeve.NONE and design.garment_type != GarmentType.VEST:
        arm = max(ARM_SHARE_OF_HEIGHT * measures.height, measures.sleeve_length)
        draft = draft.plus(set_in_sleeves(design, plan, front, back, runs=runs, arm=arm))
    else:
        draft = draft.plus(Draft((), (), tuple(_sleeveless_notes(design))))
    if plan.joins_skirt:
        draft = draft.plus(skirt_of_dress(design, plan, fronts[0], back_piece))
    else:
        draft = draft.plus(upper_pockets(design, plan, fronts, front))
    draft = draft.plus(neck_finish(design, plan, front, back, runs=runs))
    return draft.plus(Draft((), (), tuple(_opening_notes(design, plan, front, back))))


def _plan(design: GarmentDesign, m: Measures) -> tuple[BodicePlan, list[Finding]]:
    """The measures reconciled with one another, and what gave way."""
    findings: list[Finding] = []
    kind, ease = design.garment_type, ease_for(design)
    neckline = design.style.neckline
    if kind == GarmentType.VEST or (design.style.sleeve == Sleeve.NONE and ease.drop > 1.0):
        ease = replace(ease, drop=ease.drop + (2.5 if kind == GarmentType.VEST else -1.0))
    m = replace(m, shoulder_width=m.shoulder_width + SHOULDER_CHANGE.get(kind, 0.0))
    widest = m.shoulder_width / 2 - SMALLEST_SHOULDER
    if m.neckline_width > widest:
        if design.measurements.neckline_width is not None:
            findings.append(
                changed(
                    f"a neckline {m.neckline_width:.1f} cm from the centre leaves no shoulder of {m.shoulder_width / 2:.1f} cm: "
                    f"it is {widest:.1f} cm"
                )
            )
        m = replace(m, neckline_width=widest)
    narrowest = max(0.8 * (m.neck / 5 - 0.2), 3.0)
    if m.neckline_width < narrowest:
        findings.append(
            changed(
                f"a neckline {m.neckline_width:.1f} cm from the centre is narrower than a neck of {m.neck:.1f} cm: "
                f"it is {narrowest:.1f} cm"
            )
        )
        m = replace(m, neckline_width=narrowest)
    joins_skirt = kind == GarmentType.DRESS
    hem_level = BACK_NECK_DEPTH + (m.bodice_length if joins_skirt else m.back_length)
    shortest = BACK_NECK_DEPTH + 0.62 * m.bodice_length
    if hem_level < shortest:
        findings.append(
            changed(f"a back {m.back_length:.1f} cm long ends above the underarm: it is {shortest - BACK_NECK_DEPTH:.1f} cm")
        )
        hem_level = shortest
    deepest = min(0.8 * (BACK_NECK_DEPTH + m.bodice_length), hem_level - 6.0)
    if m.neckline_depth > deepest:
        findings.append(
            changed(f"a neckline {m.neckline_depth:.1f} cm deep would open the front to the waist: it is {deepest:.1f} cm")
        )
        m = replace(m, neckline_depth=deepest)
    flare = 0.0 if joins_skirt else m.flare
    return BodicePlan(m, ease, neckline, hem_level, joins_skirt, _bust_dart(design, m), SIDE_SHAPING[design.fit], flare), findings


def _bust_dart(design: GarmentDesign, m: Measures) -> float:
    """Intake of the side bust dart: half the bust prominence (0.06 bust); none in knits, loose fits and for children."""
    shaped = design.fit in (Fit.FITTED, Fit.SEMI_FITTED) and design.style.fabric not in KNIT_FABRICS
    if not shaped or m.bust < 78 or design.garment_type == GarmentType.HOODIE:
        return 0.0
    return min(max(0.5 * 0.06 * m.bust, 1.5), 4.0)


def _sleeveless_notes(design: GarmentDesign) -> list[Finding]:
    notes = []
    if design.garment_type == GarmentType.VEST and design.style.sleeve != Sleeve.NONE:
        notes.append(not_drawn("a vest has no sleeves; choose a jacket or a shirt for sleeves"))
    if design.features.has_cuffs:
        notes.append(not_drawn("cuffs need sleeves: they are left off"))
    return notes


def _opening_notes(design: GarmentDesign, plan: BodicePlan, front: HalfBodice, back: HalfBodice) -> list[Finding]:
    """What a whole front cannot show yet, and whether the head passes the neckline."""
    notes: list[Finding] = []
    if design.garment_type == GarmentType.JACKET:
        return notes
    opening = 2 * (front.neck_length + back.neck_length)
    need = plan.measures.head * (0.9 if design.style.fabric in KNIT_FABRICS else 1.0)
    if design.style.closure == Closure.BUTTONS:
        notes.append(
            not_drawn(
                "the button front is kept in the design; the front is one piece: "
                "cut it along the centre front and add a button stand"
            )
        )
    elif design.style.closure == Closure.ZIP:
        seat = "centre back" if design.garment_type == GarmentType.DRESS else "centre front"
        notes.append(not_drawn(f"the zip is kept in the design; leave the {seat} open for it"))
    if opening < need and design.style.closure == Closure.NONE:
        notes.append(
            Finding(
                FindingKind.WARNING,
                f"the neckline of {opening:.1f} cm does not pass a head of {plan.measures.head:.1f} cm: "
                "add an opening or widen it",
                bodice_name(design, "front"),
                "left_neck",
            )
        )
    if design.style.neckline == Neckline.COLLAR and design.garment_type == GarmentType.VEST:
        notes.append(not_drawn("a vest with a collar is drafted with a plain shirt collar"))
    return notes
