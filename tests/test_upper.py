"""Upper garments in full: openings, yokes, facings, fish-eye darts and necklines on every body."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import unary_union
from shapely.geometry import LineString, Polygon

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.drafting.trunk.front_opening import button_levels, button_overlap
from studio.finished import finished_measures, width_at
from studio.pattern import FindingKind, Finish, MarkKind, Pattern, Role, SeamKind, Side
from studio.sizing import completed
from studio.vocabulary import Closure, Fit, GarmentType, Neckline, Silhouette
from tests.bodies import designs

UPPER = [kind for kind in GarmentType if kind not in (GarmentType.SKIRT, GarmentType.PANTS)]
TRUNK = {Role.FRONT, Role.BACK, Role.YOKE_FRONT, Role.YOKE_BACK}
BODIES = {
    "child": {"height": 110, "bust": 58, "waist": 55, "hip": 62},
    "small": {"height": 164, "bust": 84, "waist": 66, "hip": 91},
    "large": {"height": 178, "bust": 132, "waist": 124, "hip": 138},
}


@st.composite
def upper_designs(draw):
    """Any upper garment with any opening, yoke, ribs, waist seam and neckline."""
    design = draw(designs(draw(st.sampled_from(UPPER))))
    flags = ("has_yoke", "has_ribs", "has_waist_seam")
    return design.changed({flag: draw(st.booleans()) for flag in flags})


def _joins(pattern: Pattern):
    """(seam name, degrees) at every end that is to run on smoothly."""
    edges = {(piece.name, edge.name): (piece, number) for piece in pattern.parts for number, edge in enumerate(piece.edges)}

    def turn(ref, *, at_start):
        piece, number = edges[ref.piece, ref.edge]
        edge = piece.edges[number]
        if at_start:
            before, after = piece.edges[number - 1].curves[-1].tangent(1), edge.curves[0].tangent(0)
        else:
            before, after = edge.curves[-1].tangent(1), piece.edges[(number + 1) % len(piece.edges)].curves[0].tangent(0)
        return 180 - math.degrees(math.atan2(before[0] * after[1] - before[1] * after[0], before @ after))

    for seam in pattern.seams:
        if seam.kind != SeamKind.DART and {pattern[ref.piece].role for ref in (*seam.a, *seam.b)} <= {*TRUNK, Role.FACING}:
            if seam.smooth[0]:
                yield seam.name, turn(seam.a[0], at_start=True) + turn(seam.b[0], at_start=False)
            if seam.smooth[1]:
                yield seam.name, turn(seam.a[-1], at_start=False) + turn(seam.b[-1], at_start=True)


def _is_sound(pattern: Pattern) -> None:
    assert not [f for f in pattern.findings if f.kind == FindingKind.FAULT]
    for check in pattern.seam_checks:
        assert abs(check.mismatch_mm) <= 2, (check.seam.name, check.mismatch_mm)
    for piece in pattern.parts:
        outline = Polygon(piece.outline(0.5))
        assert outline.is_valid, f"{piece.name} crosses itself"
        assert piece.area > 1
        for mark in piece.marks:
            if mark.kind in (MarkKind.BUTTON, MarkKind.BUTTONHOLE, MarkKind.DART):
                drawn = np.concatenate([curve.at(np.linspace(0, 1, 9)) for curve in mark.curves])
                assert outline.contains(LineString(drawn)), f"{mark.name} reaches out of {piece.name}"


@given(design=upper_designs())
@settings(max_examples=150)
def test_every_upper_garment_is_sound_smooth_and_sewn(design):
    pattern = draft_pattern(design)
    _is_sound(pattern)
    for name, angle in _joins(pattern):
        assert angle == pytest.approx(180, abs=3), name
    sewn = {(ref.piece, ref.edge) for seam in pattern.seams for ref in (*seam.a, *seam.b)}
    for piece in pattern.parts:
        for edge in piece.edges:
            assert edge.finish != Finish.SEAM or (piece.name, edge.name) in sewn, f"{piece.name}.{edge.name} is sewn to nothing"


@given(design=upper_designs())
@settings(max_examples=60)
def test_facings_have_the_very_edges_that_they_face_mirrored(design):
    pattern = draft_pattern(design)
    for seam in pattern.seams:
        if seam.kind == SeamKind.LAYERED and pattern[seam.a[0].piece].role == Role.FACING:
            assert pattern.run_length(seam.a) == pytest.approx(pattern.run_length(seam.b), abs=1e-6), seam.name
    for piece in pattern.parts:
        if piece.role != Role.FACING or "fly" in piece.name or "skirt" in piece.name:
            continue
        assert piece.interfaced
        roles = {Role.BACK, Role.YOKE_BACK} if "back" in piece.name else {Role.FRONT, Role.YOKE_FRONT}
        hosts = [part for part in pattern.parts if part.role in roles and part.side in (piece.side, Side.CENTRE)]
        if piece.side == Side.CENTRE:
            hosts = [part for part in pattern.parts if part.role in roles]
        under = unary_union([Polygon(host.outline(0.5)).buffer(0.1) for host in hosts])
        outside = Polygon(piece.outline(0.5) * (-1, 1)).difference(under).area
        assert outside < 0.05, f"{piece.name} reaches out of what it faces by {outside:.2f} cm2"


@given(design=upper_designs())
@settings(max_examples=60)
def test_left_and_right_are_mirror_images_and_symmetric_pieces_are_their_own(design):
    pattern = draft_pattern(design)
    for piece in pattern.parts:
        if piece.role not in {*TRUNK, Role.FACING}:
            continue
        twin = piece if piece.symmetric else pattern[_other_side(piece.name)]
        for edge in piece.edges:
            partner = twin.edge(_other_side(edge.name) if piece.symmetric else edge.name)
            assert edge.sampled(9) * (-1, 1) == pytest.approx(partner.sampled(9)[::-1], abs=1e-6), f"{piece.name}.{edge.name}"
        assert len(piece.marks) == len(twin.marks)


def _other_side(name: str) -> str:
    return name.replace("left", "#").replace("right", "left").replace("#", "right")


@given(design=upper_designs())
@settings(max_examples=60)
def test_buttons_sit_on_the_centre_evenly_with_one_at_the_bust(design):
    pattern = draft_pattern(design)
    for left in (piece for piece in pattern.parts if piece.role == Role.FRONT and piece.side == Side.LEFT):
        right = pattern[left.name.replace("left", "right")]
        holes = [mark for mark in left.marks if mark.kind == MarkKind.BUTTONHOLE]
        buttons = [mark for mark in right.marks if mark.kind == MarkKind.BUTTON]
        if "lapel_point" in left.landmarks or "break_point" in left.landmarks:
            continue
        assert len(holes) == len(buttons)
        assert bool(holes) == (button_overlap(design, pattern.measures) > 0)
        at = [(mark.curves[0].start + mark.curves[0].end) / 2 for mark in holes]
        assert [x for x, _ in at] == pytest.approx([0.0] * len(at), abs=1e-9)
        gaps = np.diff([y for _, y in at])
        assert np.ptp(gaps) < 1e-6 if len(gaps) else True
        for one, other in zip(at, buttons, strict=True):
            assert (other.curves[0].start + other.curves[0].end) / 2 == pytest.approx(one, abs=1e-9)


def test_buttons_are_spread_from_the_neck_over_the_bust():
    levels = button_levels(9.0, 26.0, 60.0, step=8.5)
    assert levels[0] == 9.0
    assert min(abs(level - 26.0) for level in levels) < 1e-9
    assert levels[-1] <= 60.0
    assert button_levels(25.0, 26.0, 60.0, step=8.0) == (25.0, 33.0, 41.0, 49.0, 57.0)
    assert button_levels(30.0, 26.0, 25.0, step=8.0) == (30.0,)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("neckline", [Neckline.CREW, Neckline.V, Neckline.SCOOP, Neckline.BOAT, Neckline.SQUARE])
def test_centre_corners_are_square(body, neckline):
    changes = {**BODIES[body], "neckline": neckline, "closure": "none", "has_collar": False, "has_yoke": False}
    front = draft_pattern(starting_design("shirt").changed({**changes, "neckline": neckline}))["front_bodice"]
    into, out = front.edge("left_neck").curves[-1].tangent(1), front.edge("right_neck").curves[0].tangent(0)
    hem = front.edge("hem").curves
    middle = hem[len(hem) // 2].tangent(0)
    assert abs(math.degrees(math.atan2(middle[1], middle[0]))) < 1
    if neckline not in (Neckline.V, Neckline.SQUARE):
        assert math.degrees(math.acos(np.clip(into @ out, -1, 1))) < 2


FITTED = [
    ("shirt", {"fit": Fit.FITTED}),
    ("shirt", {"fit": Fit.SEMI_FITTED, "has_yoke": False}),
    ("vest", {"fit": Fit.FITTED}),
    ("jacket", {"fit": Fit.SEMI_FITTED}),
    ("dress", {"has_waist_seam": False}),
    ("dress", {"has_waist_seam": False, "fit": Fit.REGULAR, "closure": Closure.BUTTONS}),
    ("dress", {"has_waist_seam": False, "silhouette": Silhouette.STRAIGHT}),
    ("dress", {}),
    ("dress", {"closure": Closure.BUTTONS}),
]


@pytest.mark.parametrize(("kind", "changes"), FITTED)
@pytest.mark.parametrize("bust", [80, 88, 96, 108, 120])
def test_a_shaped_waist_bust_and_hip_are_body_and_ease(kind, changes, bust):
    from studio.drafting.ease import ease_for

    body = {"height": 168, "bust": bust, "waist": bust - 16, "hip": bust + 6}
    pattern = draft_pattern(starting_design(kind).changed({**body, "length": "long" if kind != "dress" else "midi", **changes}))
    ease = ease_for(pattern.design)
    found = {measure.name: measure.value for measure in finished_measures(pattern)}
    bust_found = sum(
        width_at(p, p.landmarks[_first(p, "underarm")][1] - 0.05) for p in pattern.parts if p.role in (Role.FRONT, Role.BACK)
    )
    assert bust_found == pytest.approx(bust + ease.bust, abs=0.5)
    assert found["waist"] == pytest.approx(bust - 16 + ease.waist, abs=0.5)
    if kind != "dress" or not pattern.design.features.has_waist_seam:
        assert found["hip"] == pytest.approx(bust + 6 + ease.hip, abs=0.5)


def _first(piece, stem):
    return next(name for name in (stem, f"{stem}_left", f"{stem}_right") if name in piece.landmarks)


@given(design=upper_designs())
@settings(max_examples=60)
def test_fish_eye_darts_keep_clear_of_one_another_of_bust_darts_and_pockets(design):
    pattern = draft_pattern(design)
    pockets = [piece for piece in pattern.parts if piece.laid_on is not None]
    for piece in pattern.parts:
        darts = [Polygon([curve.start for curve in mark.curves]) for mark in piece.marks if mark.kind == MarkKind.DART]
        assert not darts or design.measurements.bust >= 72
        if piece.role not in TRUNK:
            continue
        for number, dart in enumerate(darts):
            assert dart.is_valid
            assert not any(dart.intersects(other) for other in darts[:number])
            assert Polygon(piece.outline(0.3)).buffer(-0.3).contains(dart), f"a dart of {piece.name} is too near its edge"
            for pocket in pockets:
                if pocket.laid_on.piece == piece.name:
                    assert not Polygon(pocket.outline(1.0) + pocket.laid_on.at).intersects(dart), (
                        f"{pocket.name} lies over a dart"
                    )


def test_a_yoke_is_cut_and_the_back_pleat_is_added_outside_the_seam():
    pattern = draft_pattern(starting_design("shirt").changed({"fit": "regular"}))
    assert {"yoke_back", "yoke_front_left", "yoke_front_right"} <= set(pattern)
    assert pattern["yoke_back"].layers == 2
    seam = next(seam for seam in pattern.seams if seam.name == "back yoke")
    assert (seam.kind, seam.ease) == (SeamKind.PLEATED, 6.0)
    assert len([mark for mark in pattern["back_bodice"].marks if mark.kind == MarkKind.PLEAT]) == 4
    darted = draft_pattern(starting_design("shirt").changed({"fit": "fitted", "bust": 92, "waist": 70}))
    assert next(seam for seam in darted.seams if seam.name == "back yoke").ease == 0
    assert [mark for mark in darted["back_bodice"].marks if mark.kind == MarkKind.DART]


def test_a_neckline_too_small_for_the_head_gets_a_faced_slit():
    pattern = draft_pattern(starting_design("shirt").changed({"neckline": "crew", "closure": "none", "has_yoke": False}))
    for name in ("back_bodice", "facing_neck_back"):
        assert [mark for mark in pattern[name].marks if mark.kind == MarkKind.SLIT]
    assert any("slit" in finding.message for finding in pattern.findings)
    assert not any("add an opening" in finding.message for finding in pattern.findings)
    wide = draft_pattern(
        starting_design("shirt").changed({"neckline": "boat", "neckline_depth": 14.0, "neckline_width": 13.0, "closure": "none"})
    )
    assert not any(mark.kind == MarkKind.SLIT for mark in wide["back_bodice"].marks)


@pytest.mark.parametrize("kind", UPPER)
def test_fronts_lap_by_twice_the_overlap_or_meet_at_a_zip(kind):
    for closure in (Closure.BUTTONS, Closure.ZIP):
        design = starting_design(kind).changed({"closure": closure, "collar": "shirt"})
        pattern = draft_pattern(design)
        fronts = [piece for piece in pattern.parts if piece.role == Role.FRONT]
        overlap = button_overlap(design, completed(design))
        if kind == GarmentType.DRESS and closure == Closure.ZIP:
            assert len(fronts) == 1
            continue
        left, right = fronts
        assert left.bounds[0] == pytest.approx(-overlap, abs=1e-6)
        assert right.bounds[2] == pytest.approx(overlap, abs=1e-6)
        assert left.edge("front_edge").finish == Finish.OPENING
