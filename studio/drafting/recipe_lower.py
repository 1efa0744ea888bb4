"""Recipes for what hangs from the waist: skirts (alone or sewn to a bodice) and trousers."""

from __future__ import annotations

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.bands import waistband
from studio.drafting.draft import PAIR, Draft, backwards, dart_seams, darted_runs, not_drawn, refs
from studio.drafting.ease import ease_for
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.pockets import seat_pockets, skirt_pockets
from studio.drafting.skirt import HalfSkirt, circle_skirt, shaped_skirt
from studio.drafting.trousers import TrouserHalf, drafted_trousers
from studio.pattern import Finding, FindingKind, Finish, Piece, Role, Seam, Side
from studio.sizing import Measures
from studio.vocabulary import Silhouette

SKIRT_WAIST_EASE = 2.0
WAISTBAND_HEIGHT = 3.5


def skirt_pieces(design: GarmentDesign, m: Measures, *, waist: float, prefix: bool) -> tuple[Piece, Piece]:
    """Front and back of a skirt whose finished waist is `waist` cm; named front_skirt, back_skirt when `prefix`."""
    ease = ease_for(design)
    pieces = []
    for role, offset in ((Role.SKIRT_FRONT, 0.5), (Role.SKIRT_BACK, -0.5)):
        front = role == Role.SKIRT_FRONT
        quarter = waist / 4 + offset
        if design.style.silhouette == Silhouette.CIRCLE:
            half = circle_skirt(waist=quarter, length=m.skirt_length)
        else:
            hip = (m.hip + ease.hip) / 4 + offset
            half = shaped_skirt(waist=quarter, hip=hip, hip_depth=m.hip_depth, length=m.skirt_length, flare=m.flare, front=front)
        word = "front" if front else "back"
        pieces.append(_skirt_piece(f"{word}_skirt" if prefix else word, role, half, m.skirt_length))
    return pieces[0], pieces[1]


def _skirt_piece(name: str, role: Role, half: HalfSkirt, length: float) -> Piece:
    runs: list[Run] = [("hem_centre", backwards(half.hem), Finish.HEM), ("side", backwards(half.side), Finish.SEAM)]
    waist = darted_runs(half.waist, "waist", finish=Finish.SEAM)
    inner_name, inner_curves, finish = waist[0]
    runs += [(n, backwards(c), f) for n, c, f in reversed(waist[1:])]
    runs.append((f"{inner_name}_centre", backwards(inner_curves), finish))
    marks = {
        "waist_center": point(0, 0),
        "waist": half.side[0].start,
        "hip": half.hip_side,
        "hem_center": point(0, length),
        "hem": half.side[-1].end,
    }
    if half.apex is not None:
        marks["apex"] = half.apex
    return whole_piece(
        name,
        role,
        runs,
        landmarks=marks,
        grain=(0.25 * length, 0.75 * length),
        plus=Side.LEFT if role == Role.SKIRT_FRONT else Side.RIGHT,
    )


def waist_run(piece: Piece) -> list[str]:
    """The edges of a piece's waist from the wearer-independent -x end to the +x end, darts left out.

    The waist of a skirt or trouser piece is at its top, where the outline runs towards -x.
    """
    return [e.name for e in reversed(piece.edges) if "waist" in e.name and e.finish == Finish.SEAM]


def side_seams(front: str, back: str) -> list[Seam]:
    return [Seam(f"{side} side", refs(back, f"{side}_side"), refs(front, f"{side}_side"), smooth=(True, True)) for side in PAIR]


def skirt(design: GarmentDesign, m: Measures) -> Draft:
    """Front, back and waistband; zip in the left side seam."""
    front, back = skirt_pieces(design, m, waist=m.waist + SKIRT_WAIST_EASE, prefix=False)
    run = (*refs("back", *waist_run(back)), *refs("front", *waist_run(front)))
    back_half = sum(back.edge(name).length for name in waist_run(back)) / 2
    length = 2 * back_half + sum(front.edge(name).length for name in waist_run(front))
    band = waistband(length, height=WAISTBAND_HEIGHT, to_centre_back=back_half)
    seams = [*dart_seams((front, back)), *side_seams("front", "back"), Seam("waistband", refs("waistband", "waist"), run)]
    draft = Draft((front, back, band), tuple(seams))
    return draft.plus(skirt_pockets(design, m, front)).plus(Draft((), (), tuple(_circle_notes(design))))


def _circle_notes(design: GarmentDesign) -> list[Finding]:
    if design.style.silhouette == Silhouette.CIRCLE and design.measurements.flare:
        return [not_drawn("flare does not apply to a circle skirt: its width at the hem follows from the circle")]
    return []


def trousers(design: GarmentDesign, m: Measures) -> Draft:
    """Two fronts, two backs and a waistband; opening at the centre front."""
    ease = ease_for(design)
    front, back = drafted_trousers(m, hip_ease=ease.hip)
    parts = [
        _leg_piece(role, side, half) for role, half in ((Role.TROUSER_FRONT, front), (Role.TROUSER_BACK, back)) for side in PAIR
    ]
    by_name = {piece.name: piece for piece in parts}
    left = (*refs("front_left", *waist_run(by_name["front_left"])), *refs("back_left", *waist_run(by_name["back_left"])))
    right = (*refs("back_right", *waist_run(by_name["back_right"])), *refs("front_right", *waist_run(by_name["front_right"])))
    half_band = front.waist.length + back.waist.length
    seams = [*dart_seams(parts)]
    for side in PAIR:
        seams.append(Seam(f"{side} side", refs(f"front_{side}", "side"), refs(f"back_{side}", "side"), smooth=(True, True)))
        seams.append(Seam(f"{side} inseam", refs(f"front_{side}", "inseam"), refs(f"back_{side}", "inseam"), smooth=(True, True)))
    seams.append(Seam("front crotch", refs("front_left", "crotch"), refs("front_right", "crotch")))
    seams.append(Seam("back crotch", refs("back_right", "crotch"), refs("back_left", "crotch")))
    seams.append(Seam("waistband", refs("waistband", "waist"), left + right))
    parts.append(waistband(2 * half_band, height=WAISTBAND_HEIGHT, to_centre_back=half_band))
    draft = Draft(tuple(parts), tuple(seams), tuple(_trouser_findings(design, m, front, back)))
    return draft.plus(seat_pockets(design, m, back, parts))


def _leg_piece(role: Role, side: Side, half: TrouserHalf) -> Piece:
    front = role == Role.TROUSER_FRONT
    runs: list[Run] = [
        *darted_runs(half.waist, "waist", finish=Finish.SEAM),
        ("side", half.side, Finish.SEAM),
        ("hem", [half.hem], Finish.HEM),
        ("inseam", half.inseam, Finish.SEAM),
        ("crotch", half.crotch, Finish.SEAM),
    ]
    low = half.hem.start[1]
    grain = np.array(((0.0, 0.3 * low), (0.0, 0.85 * low)))
    turned = (side == Side.RIGHT) if front else (side == Side.LEFT)
    return single_piece(
        f"{'front' if front else 'back'}_{side}", role, side, runs, landmarks=half.marks, grain=grain, turned_over=turned
    )


def _trouser_findings(design: GarmentDesign, m: Measures, front: TrouserHalf, back: TrouserHalf) -> list[Finding]:
    findings = []
    thigh = front.thigh_width + back.thigh_width
    if thigh < m.thigh + 4:
        findings.append(
            Finding(
                FindingKind.WARNING,
                f"the leg is {thigh:.1f} cm round the thigh, the body {m.thigh:.1f}: choose a looser fit",
                "front_left",
                "inseam",
                10 * thigh,
            )
        )
    if design.features.has_cuffs:
        findings.append(not_drawn("cuffs (turn-ups) are kept in the design; add twice their height to the leg hem"))
    if design.measurements.flare:
        findings.append(not_drawn("flare does not apply to trousers: set the knee and the leg hem"))
    return findings
