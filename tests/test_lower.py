"""Skirts and trousers: fullness, pleats, fly, crotch, turn-ups and pockets, on every body."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern
from studio.checking import checked
from studio.design import starting_design
from studio.drafting.ease import ease_for
from studio.drafting.geometry import corner_angle_deg
from studio.drafting.lower.crotch import CROTCH_EASE, usual_crotch_length
from studio.drafting.lower.skirt import circle_skirt, full_skirt, shaped_skirt
from studio.drafting.recipe_lower import trousers
from studio.finished import width_at
from studio.pattern import INSIDE, Finish, MarkKind, Material, Pattern, Role, SeamKind
from studio.sizing import completed
from studio.vocabulary import (
    LENGTHS_FOR,
    Closure,
    Construction,
    Fabric,
    Fit,
    Fullness,
    GarmentType,
    PocketKind,
    Silhouette,
)
from tests.bodies import bodies

S = {"bust": 84.0, "waist": 66.0, "hip": 90.0}
XXXL = {"bust": 130.0, "waist": 118.0, "hip": 136.0}
CHILD = {"height": 110.0, "bust": 59.0, "waist": 55.0, "hip": 61.0}
TYPICAL = {"S": S, "M": {}, "L": {"bust": 100.0, "waist": 84.0, "hip": 106.0}, "XL": {"bust": 108.0, "waist": 92.0, "hip": 114.0}}
GATHERS = (Silhouette.GATHERED, Silhouette.PLEATED)


@st.composite
def lower_designs(draw, kind=None, silhouettes=tuple(Silhouette)):
    """A skirt or trousers with everything that this file is about."""
    chosen = kind or draw(st.sampled_from((GarmentType.SKIRT, GarmentType.PANTS)))
    changes = {
        **draw(bodies()),
        "silhouette": draw(st.sampled_from(silhouettes)),
        "length": draw(st.sampled_from(LENGTHS_FOR[chosen])),
    }
    for name, choices in (
        ("fit", Fit), ("closure", Closure), ("fullness", Fullness), ("pocket", PocketKind), ("fabric", Fabric),
        ("construction", Construction),
    ):  # fmt: skip
        changes[name] = draw(st.sampled_from(choices))
    changes["has_pockets"] = draw(st.booleans())
    if chosen == GarmentType.PANTS:
        changes["has_cuffs"] = draw(st.booleans())
    design = starting_design(chosen).changed(changes)
    if chosen == GarmentType.SKIRT and draw(st.booleans()):
        design = design.changed({"flare": draw(st.floats(0, 20))})
    if chosen == GarmentType.PANTS and draw(st.booleans()):
        usual = usual_crotch_length(completed(design))
        design = design.changed({"crotch_length": draw(st.floats(max(0.9 * usual, 35), min(1.1 * usual, 150)))})
    return design


def drafted(kind, **changes) -> Pattern:
    return draft_pattern(starting_design(kind).changed(changes))


def waist_length(pattern: Pattern, *roles: Role) -> float:
    return sum(
        edge.length
        for piece in pattern.parts
        if piece.role in roles
        for edge in piece.edges
        if "waist" in edge.name and edge.finish == Finish.SEAM
    )


@given(design=lower_designs())
@settings(max_examples=100)
def test_every_skirt_and_trouser_is_sewable_on_every_body(design):
    pattern = draft_pattern(design)
    for check in pattern.seam_checks:
        assert abs(check.mismatch_mm) < 0.1, check
    wrong = [f for f in checked(pattern) if f.check in {"C1", "C2", "C4", "C5", "C9", "C10"}]
    assert not wrong


def laps(pattern: Pattern) -> float:
    """How far both fronts of a skirt that buttons down reach beyond the centre, cm."""
    front = pattern.get("front_left")
    edge = next((edge for edge in front.edges if edge.name == "front_edge"), None) if front else None
    return -2 * float(edge.start[0]) if edge else 0.0


@given(design=lower_designs())
@settings(max_examples=60)
def test_the_waist_is_as_long_as_the_band(design):
    pattern = draft_pattern(design)
    band = pattern["waistband"].edge("waist").length
    asked = pattern.measures.waist + (2.0 if design.garment_type == GarmentType.SKIRT else 1.0)
    if "casing ends" in [seam.name for seam in pattern.seams]:
        assert band >= pattern.measures.hip + 2 - 0.2
    else:
        assert band - laps(pattern) == pytest.approx(asked, abs=0.2)


@given(design=lower_designs(GarmentType.SKIRT))
@settings(max_examples=60)
def test_skirts_pass_the_hips_with_their_ease(design):
    pattern = draft_pattern(design)
    if design.style.silhouette in GATHERS:
        assert waist_length(pattern, Role.SKIRT_FRONT, Role.SKIRT_BACK) >= pattern.measures.hip + ease_for(design).hip - 0.1
    elif design.style.silhouette == Silhouette.CIRCLE:
        share = sum(_opening_angle(p) for p in pattern.parts if "apex" in p.landmarks) / (2 * math.pi)
        depth = min(pattern.measures.hip_depth, 0.9 * pattern.measures.skirt_length)
        girth = pattern.measures.waist + 2 + 2 * math.pi * share * depth
        assert girth >= pattern.measures.hip + ease_for(design).hip - 0.1 or share > 0.999
    elif pattern.measures.hip_depth < 0.7 * pattern.measures.skirt_length and all(p.side == "centre" for p in pattern.parts):
        girth = width_at(pattern["front"], -pattern.measures.hip_depth) + width_at(pattern["back"], -pattern.measures.hip_depth)
        assert girth >= pattern.measures.hip + ease_for(design).hip - 0.3


def _opening_angle(piece) -> float:
    """Angle of a sector at its apex, rad."""
    inner = piece.landmarks["apex"] - piece.landmarks["waist_center"]
    radius = math.hypot(*inner)
    return sum(edge.length for edge in piece.edges if "waist" in edge.name) / radius


@pytest.mark.parametrize("fullness", Fullness)
def test_a_circle_skirt_is_the_share_of_a_circle_asked_for(fullness):
    share = {"quarter": 0.25, "half": 0.5, "three_quarter": 0.75, "full": 1.0}[fullness]
    pattern = drafted("skirt", **S, silhouette="circle", fullness=fullness, skirt_length=45.0)
    assert sum(_opening_angle(pattern[name]) for name in ("front", "back")) == pytest.approx(2 * math.pi * share, rel=1e-4)
    assert waist_length(pattern, Role.SKIRT_FRONT, Role.SKIRT_BACK) == pytest.approx(
        pattern["waistband"].edge("waist").length, abs=0.02
    )


def test_a_circle_wider_than_the_cloth_is_cut_in_two_and_said():
    pattern = drafted("skirt", **XXXL, silhouette="circle", fullness="full", length="midi")
    assert {"front_left", "front_right", "back_left", "back_right"} <= set(pattern)
    assert any("cut in two" in f.message for f in pattern.findings)
    assert all(piece.bounds[2] - piece.bounds[0] < 150 for name, piece in pattern.items() if name != "waistband")
    narrow = drafted("skirt", **XXXL, silhouette="circle", fullness="full", length="midi", fabric_width=90.0)
    assert any("wider cloth" in f.message for f in narrow.findings)
    block = drafted("skirt", **XXXL, silhouette="circle", fullness="full", length="midi", construction="block")
    assert set(block) == {"front", "back", "waistband"}


@given(design=lower_designs(GarmentType.SKIRT, silhouettes=GATHERS))
@settings(max_examples=40)
def test_gathers_and_pleats_are_declared_and_pleats_take_up_exactly_what_is_too_much(design):
    pattern = draft_pattern(design)
    seam = next(seam for seam in pattern.seams if seam.name == "waistband")
    pleated = design.style.silhouette == Silhouette.PLEATED
    assert seam.kind == (SeamKind.PLEATED if pleated else SeamKind.GATHERED)
    share = {"quarter": 0.25, "half": 0.5, "three_quarter": 0.75, "full": 1.0}[design.style.fullness]
    assert seam.ratio >= 1 + share - 1e-9
    takes = []
    for piece in pattern.parts:
        lines = [mark for mark in piece.marks if mark.kind == MarkKind.PLEAT]
        assert bool(lines) == (pleated and piece.role in (Role.SKIRT_FRONT, Role.SKIRT_BACK))
        for placement, fold in zip(lines[::2], lines[1::2], strict=True):
            takes.append(fold.curves[0].start[0] - placement.curves[0].start[0])
    if pleated:
        assert max(takes) - min(takes) < 1e-6
        check = next(check for check in pattern.seam_checks if check.seam is seam)
        assert sum(takes) == pytest.approx(check.length_b - check.length_a, abs=1e-6)


@pytest.mark.parametrize("silhouette", GATHERS)
@pytest.mark.parametrize("closure", ["zip", "buttons"])
def test_the_skirt_of_a_dress_is_gathered_or_pleated_into_its_bodice(silhouette, closure):
    pattern = drafted("dress", **S, silhouette=silhouette, fullness="full", closure=closure)
    seams = [check for check in pattern.seam_checks if check.seam.name.endswith("waist") and "skirt" in check.seam.b[0].piece]
    assert len(seams) == (3 if closure == "buttons" else 2)
    for check in seams:
        assert "bodice" in check.seam.a[0].piece
        assert check.seam.ratio == pytest.approx(2.0)
        assert abs(check.mismatch_mm) < 0.1


def test_a_skirt_that_buttons_down_laps_as_far_as_its_band():
    pattern = drafted("skirt", **S, closure="buttons")
    left, right, band = pattern["front_left"], pattern["front_right"], pattern["waistband"]
    assert [m.kind for m in left.marks].count(MarkKind.BUTTONHOLE) == [m.kind for m in right.marks].count(MarkKind.BUTTON) >= 4
    assert band.edge("waist").length == pytest.approx(S["waist"] + 2 + 2 * 1.8, abs=0.05)
    hole = next(m for m in band.marks if m.kind == MarkKind.BUTTONHOLE).curves[0].at(np.array([0.5]))[0]
    assert hole[0] - band.bounds[0] == pytest.approx(1.8, abs=1e-6)


@given(hip=st.floats(18, 40), flare=st.floats(0, 20), front=st.booleans(), length=st.floats(40, 100))
@settings(max_examples=60)
def test_an_a_line_hem_never_sinks_below_its_centre(hip, flare, front, length):
    half = shaped_skirt(waist=0.75 * hip, hip=hip, hip_depth=20, length=length, flare=flare, front=front)
    steps = np.linspace(0, 1, 40)
    lowest = max(float(curve.at(steps)[:, 1].max()) for curve in half.hem)
    assert lowest <= length + 0.12
    assert corner_angle_deg(half.side[-1], half.hem[0]) == pytest.approx(90, abs=1)


def test_half_skirts_have_square_corners():
    for half in (
        circle_skirt(waist=18, length=60, share=1.0),
        full_skirt(waist=30, length=60, flare=0.0),
        full_skirt(waist=30, length=60, flare=9),
    ):
        assert corner_angle_deg(half.waist.segments[-1], half.side[0]) == pytest.approx(90, abs=0.5)
        assert corner_angle_deg(half.side[-1], half.hem[0]) == pytest.approx(90, abs=0.5)
        assert half.side_length == pytest.approx(60, abs=1e-6)


@given(design=lower_designs(GarmentType.PANTS))
@settings(max_examples=100)
def test_the_crotch_fits_the_body_or_what_is_missing_is_said(design):
    pattern = draft_pattern(design)
    m = pattern.measures
    drawn = sum(e.length for n in ("front_left", "back_left") for e in pattern[n].edges if e.name in ("crotch", "fly"))
    off = (m.crotch_length or usual_crotch_length(m)) + CROTCH_EASE - drawn
    said = [f for f in pattern.findings if "crotch seam" in f.message]
    if m.crotch_length is not None:
        assert bool(said) == (abs(off) > 1.0)
        assert not said or said[0].mm == pytest.approx(-10 * off, abs=0.1)


@pytest.mark.parametrize("fit", ["fitted", "semi_fitted", "regular"])
@pytest.mark.parametrize("size", TYPICAL)
def test_usual_bodies_get_a_crotch_as_long_as_their_rise_suggests(size, fit):
    pattern = drafted("pants", **TYPICAL[size], fit=fit, construction="block")
    drawn = pattern["front_left"].edge("crotch").length + pattern["back_left"].edge("crotch").length
    assert drawn == pytest.approx(usual_crotch_length(pattern.measures) + CROTCH_EASE, abs=1.0)
    assert not [f for f in pattern.findings if "fork" in f.message]


@pytest.mark.parametrize("change", [-6.0, -3.0, 3.0, 6.0])
def test_a_measured_crotch_length_is_reached(change):
    wanted = usual_crotch_length(completed(starting_design("pants"))) + change
    pattern = drafted("pants", crotch_length=wanted, construction="block")
    drawn = pattern["front_left"].edge("crotch").length + pattern["back_left"].edge("crotch").length
    said = [f for f in pattern.findings if "crotch seam" in f.message]
    assert drawn == pytest.approx(wanted + CROTCH_EASE, abs=0.01 if abs(change) < 5 else 1.0)
    assert not said


@pytest.mark.parametrize("body", [S, XXXL, CHILD])
def test_centres_are_square_at_the_waist_so_the_halves_run_on(body):
    pattern = drafted("pants", **body, construction="block")
    for name in ("front_left", "front_right", "back_left", "back_right"):
        edges = pattern[name].edges
        for before, after in zip(edges, (*edges[1:], edges[0]), strict=True):
            if {before.name.split("_")[0], after.name.split("_")[0]} == {"crotch", "waist"}:
                assert corner_angle_deg(before.curves[-1], after.curves[0]) == pytest.approx(90, abs=1.5)


@pytest.mark.parametrize("body", [S, XXXL, CHILD])
def test_a_fly_has_its_facing_and_shield(body):
    pattern = drafted("pants", **body)
    assert pattern["fly_facing"].role == pattern["fly_shield"].role == Role.FLY
    assert Role.FLY in INSIDE
    fly = pattern["front_left"].edge("fly")
    assert fly.curves[0].is_line
    assert 0.5 * pattern.measures.rise < fly.length < 0.7 * pattern.measures.rise
    marks = {mark.name for mark in pattern["front_left"].marks}
    assert {"fly topstitching", "zip end"} <= marks
    assert not pattern["front_right"].marks
    band = pattern["waistband"]
    assert {mark.kind for mark in band.marks} == {MarkKind.FOLD, MarkKind.BUTTON, MarkKind.BUTTONHOLE}
    assert band.interfaced


def test_trousers_that_do_not_open_are_pulled_on():
    pattern = drafted("pants", **S, closure="none")
    assert not {"fly_facing", "fly_shield"} & set(pattern)
    assert pattern["waistband"].edge("waist").length >= S["hip"] + 2 - 0.1
    assert any("elastic" in f.message for f in pattern.findings)


@pytest.mark.parametrize("length", ["full", "knee"])
@pytest.mark.parametrize("silhouette", ["fitted", "straight", "a_line"])
def test_turn_ups_fold_flat_and_leave_the_leg_as_long_as_asked(length, silhouette):
    with_ups = drafted("pants", **S, length=length, silhouette=silhouette, has_cuffs=True)
    plain = drafted("pants", **S, length=length, silhouette=silhouette)
    for name in ("front_left", "back_right"):
        folds = [mark for mark in with_ups[name].marks if mark.kind == MarkKind.FOLD]
        assert len(folds) == 2
        bottom, top = (mark.curves[0].start[1] for mark in folds)
        assert bottom == pytest.approx(plain[name].bounds[1], abs=0.7)
        assert bottom - top == pytest.approx(3.5, abs=0.05)
        assert with_ups[name].bounds[1] == pytest.approx(bottom - 7.0, abs=0.05)
        above, at, below = (width_at(with_ups[name], bottom + d) for d in (3.5, 0.01, -3.4))
        assert abs(above - at) < 0.5
        assert below == pytest.approx(at, abs=0.01)


@pytest.mark.parametrize(
    ("kind", "closure", "bags"),
    [
        ("pants", "zip", 2),
        ("skirt", "zip", 1),
        ("skirt", "buttons", 2),
        ("dress", "zip", 1),
        ("dress", "buttons", 2),
        ("jacket", "buttons", 2),
    ],
)
def test_side_seam_pockets(kind, closure, bags):
    pattern = drafted(kind, **S, has_pockets=True, pocket="side_seam", closure=closure)
    found = [piece for piece in pattern.parts if piece.role == Role.POCKET_BAG]
    assert len(found) == bags
    for bag in found:
        assert (bag.material, bag.layers) == (Material.POCKETING, 2)
        ticks = [m for p in pattern.parts for m in p.marks if m.name in (f"pocket top {bag.side}", f"pocket end {bag.side}")]
        assert len(ticks) == 4
        assert {edge.finish for edge in bag.edges} == {Finish.TOPSTITCHED, Finish.DOUBLED}


@pytest.mark.parametrize("closure", ["none", "zip"])
def test_a_kangaroo_pocket_is_cut_in_two_on_a_front_that_opens(closure):
    pattern = drafted("hoodie", **S, has_pockets=True, closure=closure)
    pockets = {piece.name for piece in pattern.parts if piece.role == Role.POCKET}
    assert pockets == ({"pocket"} if closure == "none" else {"pocket_left", "pocket_right"})


def test_patch_pockets_have_their_hem_and_fold_inside_the_piece():
    pocket = drafted("skirt", **S, has_pockets=True)["pocket_left"]
    assert [mark.kind for mark in pocket.marks] == [MarkKind.FOLD]
    assert pocket.bounds[3] == pytest.approx(3.0)
    assert not drafted("skirt", **S, has_pockets=True, construction="block")["pocket_left"].marks


@pytest.mark.parametrize("changes", [{}, {"has_pockets": True, "has_cuffs": True}])
def test_trousers_are_drafted_in_16_ms(changes):
    times = []
    for step in range(15):
        design = starting_design("pants").changed({"hip": 96.0 + step / 8, **changes})
        m = completed(design)
        begun = time.process_time()
        trousers(design, m)
        times.append(time.process_time() - begun)
    assert sorted(times)[7] < 0.016
