"""Recipes for what hangs from the waist: skirts and trousers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import is_full
from studio.drafting.details.pockets import seat_pockets, skirt_pockets
from studio.drafting.details.side_pocket import zip_end_marks
from studio.drafting.draft import PAIR, Draft, changed, dart_seams, darted_runs, not_drawn, refs
from studio.drafting.ease import ease_for
from studio.drafting.lower.crotch import CROTCH_EASE
from studio.drafting.lower.fly import fly_length, split_crotch, with_fly
from studio.drafting.lower.skirt_pieces import SkirtParts, quarters, run_length, skirt_parts, waist_run
from studio.drafting.lower.trousers import WAIST_EASE, DraftedTrousers, TrouserHalf, drafted_trousers, easy_hem
from studio.drafting.lower.waist_finish import casing, finished_waistband, lapped_waistband
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Finding, FindingKind, Finish, Mark, MarkKind, Piece, Role, Seam, Side
from studio.sizing import Measures
from studio.vocabulary import KNIT_FABRICS, Closure, Silhouette

SKIRT_WAIST_EASE = 2.0
SKIRT_LAP = 1.8
TURN_UP = 3.5
PULL_ON_EASE = 2.0
"""How much wider than the hips a waist without an opening is cut, cm."""
LARGEST_BALANCE = 2.5
"""How much lower than the front fork the back fork may lie before it is worth a look, cm (patterns.md 5)."""


def skirt(design: GarmentDesign, m: Measures) -> Draft:
    """Front, back and waistband; zip in the left side seam, or buttons down the centre front when everything is drawn."""
    full = is_full(design)
    waist = m.waist + SKIRT_WAIST_EASE
    lap = round(SKIRT_LAP * min(m.height / 160.0, 1.0), 1) if full and design.style.closure == Closure.BUTTONS else 0.0
    alike = design.style.silhouette in (Silhouette.GATHERED, Silhouette.PLEATED)
    parts = skirt_parts(design, m, waist=quarters(waist, alike=alike), prefix=False, overlap=lap)
    draft = Draft(parts.pieces, parts.seams, parts.findings).plus(_waist_of_skirt(parts, lap, full=full))
    if full and design.style.closure == Closure.ZIP:
        draft = zip_end_marks(draft, m)
    notes = Draft((), (), tuple(_skirt_notes(design, m, waist)))
    return skirt_pockets(design, m, draft, parts.fronts).plus(notes)


def _waist_of_skirt(parts: SkirtParts, lap: float, *, full: bool) -> Draft:
    """The band and its seam: from the left side seam round the back, or from the front edge that laps over.

    Laps are sewn flat, so the seam's ease takes their share of the fullness off again.
    """
    fullness = parts.fullness
    backs = waist_run(*parts.backs)
    if lap:
        right, left = parts.fronts
        run = waist_run(left) + backs + waist_run(right)
        length = (run_length(parts.pieces, run) - 2 * lap) / fullness.ratio + 2 * lap
        band = lapped_waistband(length, to_centre_back=length / 2, lap=lap)
    else:
        run = backs + waist_run(*parts.fronts)
        length = run_length(parts.pieces, run) / fullness.ratio
        band = finished_waistband(length, to_centre_back=run_length(parts.backs, backs) / 2 / fullness.ratio, full=full)
    ease = -2 * lap * (fullness.ratio - 1)
    return Draft((band,), (Seam("waistband", refs("waistband", "waist"), run, fullness.kind, ease, fullness.ratio),))


def _skirt_notes(design: GarmentDesign, m: Measures, waist: float) -> list[Finding]:
    needs_opening = waist < m.hip and design.style.fabric not in KNIT_FABRICS
    if not is_full(design) or design.style.closure != Closure.NONE or not needs_opening:
        return []
    message = f"the waist of {waist:.0f} cm does not pass hips of {m.hip:.0f} cm: choose a zip or buttons"
    return [Finding(FindingKind.WARNING, message, "waistband")]


def trousers(design: GarmentDesign, m: Measures) -> Draft:
    """Two fronts, two backs and a waistband; a fly at the centre front, or a casing for elastic where nothing opens."""
    full = is_full(design)
    pull_on = full and design.style.closure == Closure.NONE
    worn = replace(m, waist=max(m.hip + PULL_ON_EASE - WAIST_EASE, m.waist)) if pull_on else m
    if full and design.measurements.hem is None:
        worn = replace(worn, hem=max(worn.hem, easy_hem(worn, hip_ease=ease_for(design).hip)))
    turn_up = _turn_up(design, m)
    drafted = drafted_trousers(worn, hip_ease=ease_for(design).hip, turn_up=turn_up)
    front, back = drafted.front, drafted.back
    fly = fly_length(m, front) if full and not pull_on else 0.0
    parts = [
        _leg_piece(role, side, half, fly if half is front else 0.0)
        for role, half in ((Role.TROUSER_FRONT, front), (Role.TROUSER_BACK, back))
        for side in PAIR
    ]
    draft = Draft(tuple(parts), tuple(_leg_seams(parts, has_fly=fly > 0)))
    draft = draft.plus(_waist_of_trousers(parts, full=full, pull_on=pull_on))
    findings = [*_trouser_findings(design, m, drafted), *_making_notes(m, worn, turn_up, pull_on=pull_on)]
    if fly:
        draft = with_fly(draft, fly)
    return seat_pockets(design, m, draft, back).plus(Draft((), (), tuple(findings)))


def _turn_up(design: GarmentDesign, m: Measures) -> float:
    """Height of the turn-ups, cm; 0 without them, or on legs too short to fold."""
    height = round(max(TURN_UP * min(m.height / 165.0, 1.0), 2.0), 1)
    return height if design.features.has_cuffs and is_full(design) and m.inseam >= 3 * height else 0.0


def _leg_seams(parts: Sequence[Piece], *, has_fly: bool) -> list[Seam]:
    seams = dart_seams(parts)
    for side in PAIR:
        seams.append(Seam(f"{side} side", refs(f"front_{side}", "side"), refs(f"back_{side}", "side"), smooth=(True, True)))
        seams.append(Seam(f"{side} inseam", refs(f"front_{side}", "inseam"), refs(f"back_{side}", "inseam"), smooth=(True, True)))
    over_waist = (not has_fly, True)
    seams.append(Seam("front crotch", refs("front_left", "crotch"), refs("front_right", "crotch"), smooth=over_waist))
    seams.append(Seam("back crotch", refs("back_right", "crotch"), refs("back_left", "crotch"), smooth=(True, True)))
    return seams


def _waist_of_trousers(parts: Sequence[Piece], *, full: bool, pull_on: bool) -> Draft:
    """The band from the left centre front round the back to the right one; or a ring that starts at the centre back."""
    front_left, front_right, back_left, back_right = parts
    left, right = waist_run(front_left, back_left), waist_run(back_right, front_right)
    half = run_length(parts, left)
    if not pull_on:
        band = finished_waistband(2 * half, to_centre_back=half, full=full)
        return Draft((band,), (Seam("waistband", refs("waistband", "waist"), left + right),))
    ring = casing(2 * half)
    ends = Seam("casing ends", refs("waistband", "front_end"), refs("waistband", "back_end"), smooth=(True, True))
    return Draft((ring,), (Seam("waistband", refs("waistband", "waist"), right + left), ends))


def _leg_piece(role: Role, side: Side, half: TrouserHalf, fly: float) -> Piece:
    front = role == Role.TROUSER_FRONT
    runs: list[Run] = [
        *darted_runs(half.waist, "waist", finish=Finish.SEAM),
        ("side", half.side, Finish.SEAM),
        ("hem", [half.hem], Finish.HEM),
        ("inseam", half.inseam, Finish.SEAM),
        *(split_crotch(half, fly) if fly else [("crotch", half.crotch, Finish.SEAM)]),
    ]
    low = half.hem.start[1]
    grain = np.array(((0.0, 0.3 * low), (0.0, 0.85 * low)))
    turned = (side == Side.RIGHT) if front else (side == Side.LEFT)
    piece = single_piece(
        f"{'front' if front else 'back'}_{side}", role, side, runs, landmarks=half.marks, grain=grain, turned_over=turned
    )
    up = np.diag((-1.0, -1.0) if turned else (1.0, -1.0))
    folds = [
        Mark(MarkKind.FOLD, name, (curve.mapped(up, point(0, 0)),))
        for name, curve in zip(("bottom of the leg", "top of the turn-up"), half.folds, strict=False)
    ]
    return replace(piece, marks=tuple(folds))


def _trouser_findings(design: GarmentDesign, m: Measures, drafted: DraftedTrousers) -> list[Finding]:
    front, back, crotch = drafted.front, drafted.back, drafted.crotch
    findings = []
    if m.crotch_length is not None and abs(crotch.missing) > 1.0:
        length = front.crotch_length + back.crotch_length
        relation = "short of" if crotch.missing > 0 else "longer than"
        message = (
            f"the crotch seam is {length:.1f} cm, {abs(crotch.missing):.1f} {relation} the {m.crotch_length:.1f} of the body and "
            f"{CROTCH_EASE:g} ease: measure the rise ({m.rise:.1f}) and the crotch again"
        )
        findings.append(Finding(FindingKind.WARNING, message, "back_left", "crotch", -10 * crotch.missing))
    if abs(crotch.drop) > LARGEST_BALANCE:
        relation = "lower" if crotch.drop > 0 else "higher"
        message = (
            f"the back fork lies {abs(crotch.drop):.1f} cm {relation} than the front's to make the inseams equal: "
            "fit the seat on a toile, or set the knee and the leg hem"
        )
        findings.append(Finding(FindingKind.WARNING, message, "back_left", "inseam", 10 * crotch.drop))
    if design.measurements.flare:
        findings.append(not_drawn("flare does not apply to trousers: set the knee and the leg hem"))
    if design.features.has_cuffs and not is_full(design):
        findings.append(not_drawn("cuffs (turn-ups) are kept in the design; add twice their height to the leg hem"))
    elif design.features.has_cuffs and not _turn_up(design, m):
        findings.append(not_drawn(f"legs of {m.inseam:.1f} cm inside are too short for turn-ups: they are left off"))
    return findings


def _making_notes(m: Measures, worn: Measures, turn_up: float, *, pull_on: bool) -> list[Finding]:
    notes = []
    if pull_on:
        elastic = math.floor(0.92 * m.waist)
        message = (
            f"nothing opens: the waist is cut {worn.waist + WAIST_EASE:.0f} cm wide to pass hips of {m.hip:.0f} cm, and an "
            f"elastic of {elastic} cm in its casing draws it in; for a fly choose a zip or buttons"
        )
        notes.append(changed(message, "waistband"))
    if turn_up:
        message = f"the legs are cut {2 * turn_up:g} cm longer for turn-ups {turn_up:g} cm high: fold at the two lines"
        notes.append(changed(message, "front_left", "hem"))
    return notes
