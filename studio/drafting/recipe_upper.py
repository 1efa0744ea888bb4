"""Recipes for what hangs from the shoulders: shirt, dress, jacket, hoodie, vest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.arrays import Point2, point
from studio.design import ARM_SHARE_OF_HEIGHT, GarmentDesign
from studio.drafting.bands import kangaroo_pocket, patch_pocket
from studio.drafting.bodice import BACK_NECK_DEPTH, SMALLEST_SHOULDER, BodicePlan, HalfBodice, drafted_bodice
from studio.drafting.draft import (
    EMPTY,
    PAIR,
    Draft,
    backwards,
    centred,
    changed,
    dart_seams,
    darted_runs,
    not_drawn,
    refs,
    with_pockets,
)
from studio.drafting.ease import ease_for
from studio.drafting.geometry import line
from studio.drafting.neck_finish import neck_finish
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.recipe_lower import side_seams, skirt_pieces, skirt_pockets, waist_run
from studio.drafting.set_in import set_in_sleeves
from studio.pattern import Edge, EdgeRef, Finding, FindingKind, Finish, Piece, Role, Seam, Side
from studio.sizing import Measures
from studio.vocabulary import KNIT_FABRICS, Closure, Fit, GarmentType, Neckline, Sleeve

FRONT_OVERLAP = 2.2
SHOULDER_CHANGE = {GarmentType.JACKET: 1.0, GarmentType.VEST: -2.5}
"""Added to the shoulder width, cm: a jacket reaches over what is worn under it, a vest stays inside the armhole."""

SIDE_SHAPING = {Fit.FITTED: 3.5, Fit.SEMI_FITTED: 2.4, Fit.REGULAR: 1.2, Fit.LOOSE: 0.0}

BODICE_NAMES = {GarmentType.SHIRT: "{}_bodice", GarmentType.DRESS: "{}_bodice"}


def upper_garment(design: GarmentDesign, measures: Measures) -> Draft:
    """The pieces of a shirt, dress, jacket, hoodie or vest. Raises DraftError where no draft closes."""
    plan, findings = _plan(design, measures)
    front, back = drafted_bodice(plan)
    fronts = _front_pieces(design, plan, front)
    back_piece = _bodice_piece(_name(design, "back"), Role.BACK, back, plan)
    host = {side: fronts[0].name if len(fronts) == 1 else f"front_{side}" for side in PAIR}
    draft = Draft((*fronts, back_piece), tuple(_bodice_seams(fronts, back_piece, host)), tuple(findings))
    if design.style.sleeve != Sleeve.NONE and design.garment_type != GarmentType.VEST:
        arm = max(ARM_SHARE_OF_HEIGHT * measures.height, measures.sleeve_length)
        sleeves = set_in_sleeves(design, plan, front, back, back_name=back_piece.name, front_names=host, arm=arm)
        draft = draft.plus(sleeves)
    else:
        draft = draft.plus(Draft((), (), tuple(_sleeveless_notes(design))))
    if plan.joins_skirt:
        draft = draft.plus(_skirt_of_dress(design, plan, fronts[0], back_piece))
    else:
        draft = draft.plus(_pockets(design, plan, fronts, front))
    draft = draft.plus(neck_finish(design, plan, front, back, front_names=host, back_name=back_piece.name))
    return draft.plus(Draft((), (), tuple(_opening_notes(design, plan, front, back))))


def _name(design: GarmentDesign, word: str) -> str:
    return BODICE_NAMES.get(design.garment_type, "{}").format(word)


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


def _half_runs(half: HalfBodice, plan: BodicePlan) -> list[Run]:
    """The half's outline from the bottom of the centre line over side, armhole and shoulder to the neck."""
    bottom = "waist" if plan.joins_skirt else "hem"
    runs = darted_runs(half.bottom, bottom, finish=Finish.SEAM if plan.joins_skirt else Finish.HEM)
    if half.bust_dart is None:
        runs.append(("side", backwards(half.side), Finish.SEAM))
    else:
        upper, lower = half.bust_dart
        runs.append(("side_2", backwards(half.side), Finish.SEAM))
        runs.append(("bust_dart_a", [lower.reversed()], Finish.DART))
        runs.append(("bust_dart_b", [upper.reversed()], Finish.DART))
        runs.append(("side_1", backwards(half.side_above_dart), Finish.SEAM))
    runs.append(("armhole", backwards(half.armhole), Finish.SEAM))
    runs.append(("shoulder", [half.shoulder.reversed()], Finish.SEAM))
    runs.append(("neck", backwards(half.neck), Finish.SEAM))
    return runs


def _marks(half: HalfBodice, plan: BodicePlan) -> dict[str, Point2]:
    bottom = half.bottom.segments[0].start
    marks = {
        "neck_center": half.neck[0].start,
        "shoulder_neck": half.shoulder.start,
        "shoulder_tip": half.shoulder.end,
        "underarm": half.underarm,
        "hem_center": bottom,
        "hem": half.hem_end,
    }
    if bottom[1] >= half.waist_level - 1e-6:
        marks["waist_center"] = point(0, half.waist_level)
        marks["waist"] = half.hem_end if plan.joins_skirt else half.side[0].end
    return marks


def _grain(half: HalfBodice) -> tuple[float, float]:
    top, bottom = half.neck[0].start[1], half.bottom.segments[0].start[1]
    return float(top + 0.2 * (bottom - top)), float(top + 0.85 * (bottom - top))


def _bodice_piece(name: str, role: Role, half: HalfBodice, plan: BodicePlan) -> Piece:
    plus = Side.LEFT if role == Role.FRONT else Side.RIGHT
    return whole_piece(name, role, centred(_half_runs(half, plan)), landmarks=_marks(half, plan), grain=_grain(half), plus=plus)


def _front_pieces(design: GarmentDesign, plan: BodicePlan, half: HalfBodice) -> tuple[Piece, ...]:
    """One whole front, or for a jacket two with an overlap beyond the centre front."""
    if design.garment_type != GarmentType.JACKET:
        return (_bodice_piece(_name(design, "front"), Role.FRONT, half, plan),)
    centre_neck, centre_hem = half.neck[0].start, half.bottom.segments[0].start
    over_neck, over_hem = centre_neck - (FRONT_OVERLAP, 0), centre_hem - (FRONT_OVERLAP, 0)
    (name, hem, finish), *rest = _half_runs(half, plan)
    runs: list[Run] = [
        (name, [line(over_hem, centre_hem), *hem], finish),
        *rest,
        ("neck_step", [line(centre_neck, over_neck)], Finish.BOUND),
        ("front_edge", [line(over_neck, over_hem)], Finish.OPENING),
    ]
    top, bottom = _grain(half)
    x = 0.35 * half.hem_end[0]
    grain = np.array(((x, top), (x, bottom)))
    marks = _marks(half, plan)
    pieces = []
    for side in PAIR:
        sided = {mark if mark.endswith("center") else f"{mark}_{side}": place for mark, place in marks.items()}
        pieces.append(
            single_piece(f"front_{side}", Role.FRONT, side, runs, landmarks=sided, grain=grain, turned_over=side == Side.RIGHT)
        )
    return tuple(pieces)


def front_edge_name(front: str, side: Side, edge: str) -> str:
    """Edge names carry the side on a whole front, and none on a front that is itself left or right."""
    return edge if front.endswith(side) else f"{side}_{edge}"


def _bodice_seams(fronts: tuple[Piece, ...], back: Piece, host: dict[Side, str]) -> list[Seam]:
    seams = dart_seams((*fronts, back))
    by_name = {piece.name: piece for piece in fronts}
    for side in PAIR:
        front = host[side]
        have = {edge.name for edge in by_name[front].edges}
        parts = [name for stem in ("side_1", "side", "side_2") if (name := front_edge_name(front, side, stem)) in have]
        downwards = refs(front, *parts)
        seams.append(Seam(f"{side} side", refs(back.name, f"{side}_side"), downwards if side == Side.LEFT else downwards[::-1]))
        seams.append(
            Seam(f"{side} shoulder", refs(back.name, f"{side}_shoulder"), refs(front, front_edge_name(front, side, "shoulder")))
        )
    return seams


def _skirt_of_dress(design: GarmentDesign, plan: BodicePlan, front: Piece, back: Piece) -> Draft:
    """The skirt, sewn to the bodice at the waist."""
    waist = plan.measures.waist + plan.ease.waist
    skirt_front, skirt_back = skirt_pieces(design, plan.measures, waist=waist, prefix=True)
    seams = [*dart_seams((skirt_front, skirt_back)), *side_seams("front_skirt", "back_skirt")]
    seams = [replace(seam, name=f"skirt {seam.name}") if seam.name.endswith("side") else seam for seam in seams]
    for bodice, skirt in ((front, skirt_front), (back, skirt_back)):
        run = [EdgeRef(bodice.name, e.name) for e in _from_minus_x(bodice)]
        seams.append(Seam(f"{'front' if bodice is front else 'back'} waist", tuple(run), refs(skirt.name, *waist_run(skirt))))
    return Draft((skirt_front, skirt_back), tuple(seams)).plus(skirt_pockets(design, plan.measures, skirt_front))


def _from_minus_x(bodice: Piece) -> list[Edge]:
    """The waist edges of a bodice in outline order, from -x to +x; the outline may start in the middle of them."""
    edges = [e for e in bodice.edges if "waist" in e.name and e.finish == Finish.SEAM]
    return sorted(edges, key=lambda edge: float(edge.start[0]))


def _pockets(design: GarmentDesign, plan: BodicePlan, fronts: tuple[Piece, ...], half: HalfBodice) -> Draft:
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
                _name(design, "front"),
                "left_neck",
            )
        )
    if design.style.neckline == Neckline.COLLAR and design.garment_type == GarmentType.VEST:
        notes.append(not_drawn("a vest with a collar is drafted with a plain shirt collar"))
    return notes
