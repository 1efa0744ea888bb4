"""Collars, hoods, ribs, sleeves and cuffs of a full pattern: what is sewn together fits, and looks like the trade's pieces."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.drafting.geometry import corner_angle_deg
from studio.drafting.sleeves.sleeve import HIGHEST_CAP
from studio.drafting.trunk.front_opening import button_overlap
from studio.pattern import SEWING_TOLERANCE_MM, Finish, MarkKind, Material, Role, SeamKind, Side
from studio.vocabulary import Collar, Fit, GarmentType, Hood, Neckline, Sleeve
from tests.bodies import bodies, designs

UPPER = (GarmentType.SHIRT, GarmentType.DRESS, GarmentType.JACKET, GarmentType.HOODIE, GarmentType.VEST)
OURS = frozenset({Role.SLEEVE, Role.CUFF, Role.PLACKET, Role.COLLAR, Role.STAND, Role.HOOD, Role.HOOD_STRIP, Role.HEM_RIB})


@st.composite
def full_designs(draw, kinds=UPPER):
    """Upper garments with any collar, hood and ribs, everything drawn."""
    design = draw(designs(draw(st.sampled_from(kinds))))
    return design.changed({
        "collar": draw(st.sampled_from(Collar)),
        "hood": draw(st.sampled_from(Hood)),
        "has_ribs": draw(st.booleans()),
        "has_yoke": draw(st.booleans()),
        "neckline": design.style.neckline,
        "has_collar": design.features.has_collar,
        "has_hood": design.features.has_hood,
        "construction": "full",
    })  # fmt: skip


def _ours(pattern):
    return [piece for piece in pattern.parts if piece.role in OURS]


def _seam(pattern, name):
    return next(check for check in pattern.seam_checks if check.seam.name == name)


def _joined_angles(pattern, seam):
    """Angle of the outline over the start and over the end of a closed seam, degrees."""

    def around(ref, *, at_end):
        edges = pattern[ref.piece].edges
        k = next(k for k, edge in enumerate(edges) if edge.name == ref.edge)
        before, after = (edges[k], edges[(k + 1) % len(edges)]) if at_end else (edges[k - 1], edges[k])
        return corner_angle_deg(before.curves[-1], after.curves[0])

    start = around(seam.a[0], at_end=False) + around(seam.b[0], at_end=True)
    end = around(seam.a[-1], at_end=True) + around(seam.b[-1], at_end=False)
    return start, end


@given(design=full_designs())
@settings(max_examples=120)
def test_every_piece_is_sewn_simple_and_smooth(design):
    pattern = draft_pattern(design)
    ours = {piece.name for piece in _ours(pattern)}
    sewn = {(ref.piece, ref.edge) for seam in pattern.seams for ref in (*seam.a, *seam.b)}
    for check in pattern.seam_checks:
        if ours & {ref.piece for ref in (*check.seam.a, *check.seam.b)}:
            assert abs(check.mismatch_mm) <= SEWING_TOLERANCE_MM, check
    for piece in _ours(pattern):
        assert Polygon(piece.outline(0.4)).is_valid, f"{piece.name} crosses itself"
        assert piece.area > 1
        for edge in piece.edges:
            assert edge.finish != Finish.SEAM or (piece.name, edge.name) in sewn, f"{piece.name}.{edge.name} is sewn to nothing"
        twin = pattern[piece.name.replace("_left", "_right")]
        if twin is not piece:
            assert np.allclose(np.sort(piece.outline(0.5)[:, 1]), np.sort(twin.outline(0.5)[:, 1]), atol=0.05)
    own = [seam for seam in pattern.seams if {ref.piece for ref in (*seam.a, *seam.b)} <= ours]
    for seam in own:
        for wanted, angle in zip(seam.smooth, _joined_angles(pattern, seam), strict=True):
            assert not wanted or abs(angle - 180) <= 3, (seam.name, angle)


@given(
    body=bodies(),
    kind=st.sampled_from([GarmentType.SHIRT, GarmentType.JACKET]),
    closure=st.sampled_from(["buttons", "zip", "none"]),
)
@settings(max_examples=30)
def test_a_shirt_collar_has_a_curved_stand_and_a_pointed_fall(body, kind, closure):
    design = starting_design(kind).changed(
        {**body, "collar": "shirt", "closure": closure, "neckline": "collar", "has_collar": True}
    )
    pattern = draft_pattern(design)
    stand, fall = pattern["collar_stand"], pattern["collar"]
    neckline = _seam(pattern, "collar stand")
    overlap = sum(pattern.edge(ref).length for ref in neckline.seam.b if ref.edge == "neck_step")
    assert overlap == pytest.approx(2 * button_overlap(design, pattern.measures), abs=0.01)
    assert stand.edge("neck").length == pytest.approx(neckline.length_b, abs=0.01)
    low, high = stand.edge("neck"), stand.edge("top")
    middle = stand.landmarks["neck_center"]
    assert 1.0 <= stand.landmarks["neck_front_left"][1] - middle[1] <= 1.5, "the stand curves up to the centre front"
    assert high.length < low.length - overlap, "the stand leans in towards the neck"
    assert fall.edge("neck").length == pytest.approx(high.length, abs=0.02)
    tall = {piece.name: _height_behind(piece) for piece in (stand, fall)}
    assert tall["collar"] >= tall["collar_stand"] + 0.8
    for piece in (stand, fall):
        assert (piece.layers, piece.interfaced) == (2, True)
    reach = fall.landmarks["point_right"][0] - fall.landmarks["neck_front_right"][0]
    assert reach > 1.0, "the point reaches out beyond the neck edge"
    assert fall.edge("outer").length > fall.edge("neck").length + 2, "the fall lies over stand and shoulder"
    assert {mark.kind for mark in stand.marks} == ({MarkKind.CENTRE, MarkKind.BUTTON, MarkKind.BUTTONHOLE} if overlap else set())
    assert stand.symmetric == (not overlap)


def _height_behind(piece):
    ys = [float(edge.sampled(201)[100, 1]) for edge in piece.edges if edge.name in ("neck", "top", "outer")]
    return abs(ys[1] - ys[0])


def test_the_buttonhole_of_a_stand_is_on_the_wearers_left():
    stand = draft_pattern(starting_design("shirt"))["collar_stand"]
    at = {mark.kind: mark.curves[0].at(np.array([0.5]))[0] for mark in stand.marks if mark.kind != MarkKind.CENTRE}
    assert at[MarkKind.BUTTONHOLE][0] < 0 < at[MarkKind.BUTTON][0], "+x of a collar is the wearer's right"
    assert math.isclose(at[MarkKind.BUTTON][0], stand.landmarks["neck_front_right"][0], abs_tol=0.6)


def test_a_band_collar_has_a_finished_top_and_a_convertible_one_no_stand():
    band = draft_pattern(starting_design("shirt").changed({"collar": "stand"}))
    assert "collar" not in band
    assert {edge.name: edge.finish for edge in band["collar_stand"].edges}["top"] == Finish.DOUBLED
    one = draft_pattern(starting_design("shirt").changed({"collar": "convertible"}))
    assert "collar_stand" not in one
    assert {edge.finish for edge in one["collar"].edges} == {Finish.SEAM, Finish.DOUBLED}
    assert not any(ref.edge == "neck_step" for ref in _seam(one, "collar").seam.b), "it runs from centre front to centre front"


@given(body=bodies(), kind=st.sampled_from([GarmentType.SHIRT, GarmentType.DRESS, GarmentType.HOODIE]))
@settings(max_examples=15)
def test_a_turtleneck_is_joined_at_the_centre_back(body, kind):
    design = starting_design(kind).changed({**body, "neckline": "turtleneck", "fabric": "jersey", "closure": "none"})
    pattern = draft_pattern(design)
    seam = _seam(pattern, "turtleneck").seam
    assert seam.kind == SeamKind.STRETCHED
    assert pattern["collar"].edge("neck").length == pytest.approx(0.88 * pattern.run_length(seam.b), abs=0.05)
    names = [(ref.piece, ref.edge) for ref in seam.b]
    assert "back" in names[0][0], "the run begins and ends at the centre back"
    assert "back" in names[-1][0]


@pytest.mark.parametrize("neckline", [Neckline.CREW, Neckline.V, Neckline.SCOOP, Neckline.BOAT, Neckline.SQUARE])
def test_a_bare_knit_neckline_has_a_rib_band(neckline):
    design = starting_design("shirt").changed({"neckline": neckline, "fabric": "jersey", "closure": "none"})
    pattern = draft_pattern(design)
    band, seam = pattern["neckband"], _seam(pattern, "neckband").seam
    assert (band.material, seam.kind) == (Material.RIB, SeamKind.STRETCHED)
    assert 0.85 <= 1 / seam.ratio <= 0.96
    ends = [edge for edge in band.edges if edge.name.endswith("_end")]
    assert {len(edge.curves) for edge in ends} == ({2} if neckline == Neckline.V else {1}), "a V neck is mitred"
    assert any("mitre at each corner" in finding.message for finding in pattern.findings) == (neckline == Neckline.SQUARE)
    woven = draft_pattern(design.changed({"fabric": "cotton"}))
    assert "neckband" not in woven


@given(body=bodies(), closure=st.sampled_from(["none", "zip"]), cuffs=st.booleans())
@settings(max_examples=20)
def test_ribs_are_stretched_onto_hem_and_sleeves(body, closure, cuffs):
    design = starting_design("hoodie").changed({**body, "closure": closure, "has_cuffs": cuffs})
    pattern = draft_pattern(design)
    rib, seam = pattern["hem_rib"], _seam(pattern, "hem rib").seam
    assert 0.8 <= seam.ratio <= 0.85
    assert rib.material == Material.RIB
    assert {pattern[ref.piece].role for ref in seam.a} == {Role.FRONT, Role.BACK}
    assert all(pattern.edge(ref).finish == Finish.SEAM for ref in seam.a)
    assert any(check.seam.name == "hem rib ends" for check in pattern.seam_checks) == (closure == "none")
    if cuffs:
        assert pattern["cuff_left"].material == Material.RIB
    bare = draft_pattern(design.changed({"has_ribs": False}))
    raised = pattern["back"].landmarks["hem_center"] - bare["back"].landmarks["hem_center"]
    assert raised[1] == pytest.approx((rib.bounds[3] - rib.bounds[1]) / 2, abs=0.01), "the rib is part of the length"


@given(body=bodies())
@settings(max_examples=15)
def test_a_three_panel_hood_is_as_long_as_its_neckline_and_its_strip_as_its_panels(body):
    design = starting_design("hoodie").changed({**body, "hood": "three_panel"})
    pattern = draft_pattern(design)
    strip, head = pattern["hood_strip"], pattern.measures.head
    assert strip.edge("front").length == pytest.approx(head / 10, abs=0.3)
    for side in ("left", "right"):
        panel = pattern[f"hood_{side}"]
        assert panel.edge("centre").length == pytest.approx(strip.edge(f"{side}_edge").length, abs=1e-3)
        assert corner_angle_deg(panel.edge("centre").curves[0], panel.edge("centre").curves[1]) == pytest.approx(180, abs=1)
    whole = _seam(pattern, "hood")
    assert whole.length_a == pytest.approx(whole.length_b, abs=0.02)
    two = draft_pattern(design.changed({"hood": "two_panel"}))
    assert two["hood_left"].edge("neck").length > pattern["hood_left"].edge("neck").length
    panel = two["hood_right"]
    assert corner_angle_deg(panel.edge("centre").curves[-1], panel.edge("neck").curves[0]) == pytest.approx(90, abs=5)


@given(
    body=bodies(),
    fit=st.sampled_from(Fit),
    sleeve=st.sampled_from(list(Sleeve)[1:]),
    fabric=st.sampled_from(["cotton", "jersey"]),
)
@settings(max_examples=80)
def test_caps_are_smooth_square_to_the_underarm_and_eased_above_the_notches(body, fit, sleeve, fabric):
    design = starting_design("shirt").changed({**body, "fit": fit, "sleeve": sleeve, "fabric": fabric, "has_yoke": False})
    pattern = draft_pattern(design)
    piece = pattern["sleeve_right"]
    front, back = piece.edge("cap_front"), piece.edge("cap_back")
    curves = (*front.curves, *back.curves)
    for before, after in itertools.pairwise(curves):
        assert corner_angle_deg(before, after) == pytest.approx(180, abs=0.5), "no corner in the cap"
    assert sum(_joined_angles(pattern, _seam(pattern, "right sleeve underarm").seam)) == pytest.approx(360, abs=3)
    armhole = sum(_seam(pattern, f"right {part} armhole").length_a for part in ("front", "back"))
    height = -piece.landmarks["underarm_front"][1]
    assert height <= HIGHEST_CAP * armhole + 0.01
    ease = [_seam(pattern, f"right {part} armhole").seam.ease for part in ("front", "back")]
    assert all(-0.02 <= amount <= 0.06 * armhole for amount in ease)
    for name, edge, run in (("front", front, "right_front_armhole"), ("back", back, "right_back_armhole")):
        below = _arc_from(edge, piece.landmarks[f"notch_{name}"], piece.landmarks[f"underarm_{name}"])
        seam = _seam(pattern, run.replace("_", " ")).seam
        lower = min(
            (curve for ref in seam.a for curve in pattern.edge(ref).curves), key=lambda curve: min(curve.start[1], curve.end[1])
        )
        assert below == pytest.approx(lower.length, abs=0.2), "as far from the underarm as the pitch point of the armhole"


def _arc_from(edge, place, underarm):
    points = edge.sampled(2001)
    k = int(np.argmin(np.hypot(*(points - place).T)))
    along = k / 2000 * edge.length
    return along if math.dist(edge.start, underarm) < 1e-6 else edge.length - along


@given(body=bodies(), sleeve=st.sampled_from([Sleeve.LONG, Sleeve.THREE_QUARTER]))
@settings(max_examples=20)
def test_a_buttoned_cuff_takes_up_the_pleats_and_opens_at_the_slit(body, sleeve):
    pattern = draft_pattern(starting_design("shirt").changed({**body, "sleeve": sleeve}))
    for side in ("left", "right"):
        piece, cuff, placket = (pattern[f"{name}_{side}"] for name in ("sleeve", "cuff", "placket"))
        seam = _seam(pattern, f"{side} cuff").seam
        pleats = [mark for mark in piece.marks if mark.kind == MarkKind.PLEAT]
        slit = next(mark for mark in piece.marks if mark.kind == MarkKind.SLIT)
        assert seam.kind == SeamKind.PLEATED
        taken = sum(
            math.dist(one.curves[0].start, other.curves[0].start) for one, other in zip(pleats[::2], pleats[1::2], strict=True)
        )
        assert taken == pytest.approx(-seam.ease, abs=0.05), "the pleats take up what the cuff is shorter"
        assert placket.edge("slit").length == pytest.approx(2 * slit.curves[0].length, abs=1e-6)
        assert all(
            Polygon(piece.outline(0.3)).buffer(0.05).contains(Polygon([*m.curves[0].control, m.curves[0].end + 0.01]))
            for m in piece.marks
        )
        assert {mark.kind for mark in cuff.marks} == {MarkKind.FOLD, MarkKind.BUTTON, MarkKind.BUTTONHOLE}
        assert cuff.interfaced
        at_slit = pattern.edge(seam.a[0]).start
        assert math.dist(at_slit, slit.curves[0].start) < 1e-6, "the cuff begins at the slit"


def test_short_sleeves_have_a_plain_band():
    pattern = draft_pattern(starting_design("shirt").changed({"sleeve": "short", "has_cuffs": True}))
    assert _seam(pattern, "left cuff").seam.kind == SeamKind.PLAIN
    assert [mark.kind for mark in pattern["cuff_left"].marks] == [MarkKind.FOLD]
    assert "placket_left" not in pattern


@pytest.mark.parametrize("kind", UPPER)
def test_the_main_pieces_alone_have_no_parts_of_the_full_pattern(kind):
    design = starting_design(kind).changed({"construction": "block", "has_ribs": True, "has_cuffs": True, "hood": "three_panel"})
    pattern = draft_pattern(design)
    assert not {Role.STAND, Role.PLACKET, Role.HEM_RIB, Role.HOOD_STRIP} & {piece.role for piece in pattern.parts}
    assert all(not piece.marks and piece.layers == 1 for piece in _ours(pattern) if piece.role in (Role.SLEEVE, Role.CUFF))


def test_left_and_right_are_mirrored_with_their_marks():
    pattern = draft_pattern(starting_design("shirt"))
    for stem in ("sleeve", "cuff", "placket"):
        left, right = pattern[f"{stem}_left"], pattern[f"{stem}_right"]
        assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
        for mine, other in zip(left.marks, right.marks, strict=True):
            assert dataclasses.astuple(mine)[:2] == dataclasses.astuple(other)[:2]
            assert np.allclose(mine.curves[0].control * (-1, 1), other.curves[0].control)
