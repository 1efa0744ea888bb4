"""Recipes for what hangs from the shoulders: shirt, dress, jacket, hoodie, vest."""

from __future__ import annotations

from dataclasses import replace

from studio.design import ARM_SHARE_OF_HEIGHT, GarmentDesign
from studio.drafting.choices import is_full, is_knit
from studio.drafting.details.pockets import upper_pockets, with_seam_pockets
from studio.drafting.details.ribs import hem_rib, ribbed
from studio.drafting.details.side_pocket import zip_end_marks, zip_top_marks
from studio.drafting.draft import Draft, changed, not_drawn
from studio.drafting.ease import ease_for
from studio.drafting.lower.dress_skirt import skirt_of_dress
from studio.drafting.neck.neck_finish import neck_finish
from studio.drafting.sleeves.set_in import set_in_sleeves
from studio.drafting.trunk.bodice import SMALLEST_SHOULDER, drafted_bodice
from studio.drafting.trunk.bodice_pieces import bodice_name, drafted_trunk
from studio.drafting.trunk.bodice_plan import BACK_NECK_DEPTH, BodicePlan, WaistWish
from studio.drafting.trunk.facing import facings, has_neck_part, is_sleeveless
from studio.drafting.trunk.neck_opening import head_slit, slit_cut, with_bound_edges
from studio.drafting.trunk.side_seam import CHILDREN_BELOW_BUST, waist_standing_away
from studio.drafting.trunk.yoke import has_cut_yoke
from studio.pattern import Finding
from studio.sizing import Measures
from studio.vocabulary import KNIT_FABRICS, Closure, Fit, GarmentType, Neckline, Silhouette, Sleeve

SHOULDER_CHANGE = {GarmentType.JACKET: 1.0, GarmentType.VEST: -2.5}
"""Added to the shoulder width, cm: a jacket reaches over what is worn under it, a vest stays inside the armhole."""

SIDE_SHAPING = {Fit.FITTED: 3.5, Fit.SEMI_FITTED: 2.4, Fit.REGULAR: 1.2, Fit.LOOSE: 0.0}

ROOM_FOR_DARTS = 8.0
"""Least length below the waist, cm, in which a fish-eye dart can end."""


def upper_garment(design: GarmentDesign, measures: Measures) -> Draft:
    """The pieces of a shirt, dress, jacket, hoodie or vest. Raises DraftError where no draft closes."""
    plan, findings = _plan(design, measures)
    plan = ribbed(design, plan)
    plan = replace(plan, waist=_waist_wish(design, plan))
    findings += _waist_findings(design, plan)
    front, back = drafted_bodice(plan)
    trunk = drafted_trunk(design, plan, front, back)
    slit, said = head_slit(design, plan, front, back)
    if slit is not None:
        trunk = slit_cut(trunk, slit, front=has_neck_part(design))
    draft = Draft(trunk.parts, trunk.seams, (*findings, *said))
    if not is_sleeveless(design):
        arm = max(ARM_SHARE_OF_HEIGHT * measures.height, measures.sleeve_length)
        draft = draft.plus(set_in_sleeves(design, plan, front, back, runs=trunk.runs, arm=arm))
    else:
        draft = draft.plus(Draft((), (), tuple(_sleeveless_notes(design))))
    has_side_zip = is_full(design) and design.garment_type == GarmentType.DRESS and design.style.closure == Closure.ZIP
    if has_side_zip:
        draft = zip_top_marks(draft)
    if plan.joins_skirt:
        draft = draft.plus(skirt_of_dress(design, plan, trunk.fronts, trunk.back, (front, back)))
    else:
        draft = zip_end_marks(draft, measures, waist=-front.waist_level) if has_side_zip else draft
        draft = draft.plus(upper_pockets(design, plan, trunk.fronts, front))
        draft = with_seam_pockets(draft, design, measures, waist=-front.waist_level)
    if plan.has_hem_rib:
        draft = draft.plus(hem_rib(plan, trunk.fronts, (trunk.back,)))
    draft = draft.plus(neck_finish(design, plan, front, back, runs=trunk.runs))
    draft = draft.plus(facings(design, plan, trunk, front, back, slit=slit))
    draft = draft.plus(Draft((), (), tuple(_opening_notes(design))))
    return with_bound_edges(draft)


def _plan(design: GarmentDesign, m: Measures) -> tuple[BodicePlan, list[Finding]]:
    """The measures reconciled with one another, and what gave way."""
    findings: list[Finding] = []
    kind, ease = design.garment_type, ease_for(design)
    neckline = design.style.neckline
    if kind == GarmentType.VEST or (design.style.sleeve == Sleeve.NONE and ease.drop > 1.0):
        ease = replace(ease, drop=ease.drop + (2.5 if kind == GarmentType.VEST else -1.0))
    m = replace(m, shoulder_width=m.shoulder_width + SHOULDER_CHANGE.get(kind, 0.0))
    m = _with_shoulder_left(design, m, findings)
    joins_skirt = kind == GarmentType.DRESS and _has_waist_seam(design, findings)
    hem_level = BACK_NECK_DEPTH + (m.bodice_length if joins_skirt else _back_length(design, m))
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
    shaping, flare = SIDE_SHAPING[design.fit], 0.0 if joins_skirt else m.flare
    plan = BodicePlan(m, ease, neckline, hem_level, joins_skirt, _bust_dart(design, m), shaping, flare)
    return plan, findings


def _with_shoulder_left(design: GarmentDesign, m: Measures, findings: list[Finding]) -> Measures:
    """The measures with a neckline that leaves a shoulder and goes round the neck; what gave way joins `findings`."""
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
    return m


def _has_waist_seam(design: GarmentDesign, findings: list[Finding]) -> bool:
    """Whether a dress is cut at the waist; what is gathered, pleated or part of a circle has to be."""
    if not is_full(design) or design.features.has_waist_seam:
        return True
    if design.style.silhouette in (Silhouette.CIRCLE, Silhouette.GATHERED, Silhouette.PLEATED):
        findings.append(changed(f"a {design.style.silhouette} skirt is sewn on at the waist: the dress has a waist seam"))
        return True
    return False


def _back_length(design: GarmentDesign, m: Measures) -> float:
    return m.bodice_length + m.skirt_length if design.garment_type == GarmentType.DRESS else m.back_length


def _waist_wish(design: GarmentDesign, plan: BodicePlan) -> WaistWish:
    """How the waist is shaped where no seam runs there. Regular and loose tops stand away; a regular dress is still shaped."""
    shaped = (Fit.FITTED, Fit.SEMI_FITTED, *((Fit.REGULAR,) if design.garment_type == GarmentType.DRESS else ()))
    if not is_full(design):
        return WaistWish.BLOCK
    if plan.joins_skirt or design.fit not in shaped:
        return WaistWish.AWAY
    darted = not is_knit(design) and design.garment_type != GarmentType.HOODIE and plan.measures.bust >= CHILDREN_BELOW_BUST
    has_room = plan.hem_level - plan.waist_level >= ROOM_FOR_DARTS
    return WaistWish.BY_DARTS if darted and has_room else WaistWish.BY_SIDE


def _waist_findings(design: GarmentDesign, plan: BodicePlan) -> list[Finding]:
    """What a waist that should be close cannot be."""
    away = waist_standing_away(plan)
    if plan.joins_skirt or plan.waist != WaistWish.BY_SIDE or away < 0.5 or plan.hem_level < plan.waist_level:
        return []
    reason = "the side seams alone take in no more"
    if plan.hem_level - plan.waist_level < ROOM_FOR_DARTS and not is_knit(design):
        reason = "the hem is too near the waist for waist darts"
    total = plan.ease.waist + away
    return [changed(f"{reason}: the waist has {total:.1f} cm ease instead of {plan.ease.waist:.1f}", bodice_name(design, "back"))]


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


def _opening_notes(design: GarmentDesign) -> list[Finding]:
    """Openings and parts that are kept in the design and not drawn."""
    notes: list[Finding] = []
    kind, closure = design.garment_type, design.style.closure
    if kind != GarmentType.JACKET and not is_full(design):
        if closure == Closure.BUTTONS:
            notes.append(
                not_drawn(
                    "the button front is kept in the design; the front is one piece: "
                    "cut it along the centre front and add a button stand"
                )
            )
        elif closure == Closure.ZIP:
            seat = "centre back" if kind == GarmentType.DRESS else "centre front"
            notes.append(not_drawn(f"the zip is kept in the design; leave the {seat} open for it"))
        if design.style.neckline == Neckline.COLLAR and kind == GarmentType.VEST:
            notes.append(not_drawn("a vest with a collar is drafted with a plain shirt collar"))
    if is_full(design) and design.features.has_yoke and not has_cut_yoke(design):
        notes.append(not_drawn("a yoke is cut for shirts of woven cloth only: it is left off"))
    return notes
