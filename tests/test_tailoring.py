"""Blazers: lapel, notched collar, facings and the sleeve of two pieces, on every body."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from pattern_generator import draft_pattern
from studio.curves import Curve
from studio.design import GarmentDesign, starting_design
from studio.drafting.choices import FrontOpening, front_opening
from studio.drafting.ease import ease_for
from studio.drafting.geometry import corner_angle_deg, total_length
from studio.drafting.sleeves.sleeve import drafted_sleeve
from studio.drafting.sleeves.two_piece import is_long_enough, tailored_sleeve, untapered
from studio.pattern import Edge, EdgeRef, Finish, MarkKind, Pattern, Piece, Role, SeamKind
from studio.sizing import completed
from studio.vocabulary import Collar, Construction, GarmentType, Length
from tests.bodies import designs

SIDES = ("left", "right")
BODIES = {
    "small": {"bust": 84, "waist": 66, "hip": 91, "height": 164},
    "large": {"bust": 124, "waist": 112, "hip": 130, "height": 172},
    "child": {"bust": 60, "waist": 55, "hip": 63, "height": 116},
}


def blazer(changes: dict[str, object] | None = None) -> Pattern:
    return draft_pattern(starting_design("blazer").changed(changes or {}))


def tailored(design: GarmentDesign) -> Pattern:
    """Any jacket made a blazer with long sleeves."""
    wanted = {
        "has_collar": True, "has_hood": False, "has_cuffs": False, "neckline": "collar", "collar": "notched", "sleeve": "long",
    }  # fmt: skip
    return draft_pattern(design.changed(wanted))


def corner(piece: Piece, before: str, after: str) -> float:
    """Degrees of cloth between two edges that follow one another."""
    one, two = piece.edge(before).curves[-1].tangent(1), piece.edge(after).curves[0].tangent(0)
    return 180 - math.degrees(math.atan2(one[0] * two[1] - one[1] * two[0], one @ two))


def between(piece: Piece, one: str, two: str) -> float:
    """The same, whichever comes first in the outline."""
    names = [edge.name for edge in piece.edges]
    first, second = (one, two) if names[(names.index(one) + 1) % len(names)] == two else (two, one)
    return corner(piece, first, second)


def lengths(pattern: Pattern, *places: tuple[str, str]) -> float:
    return pattern.run_length([EdgeRef(*place) for place in places])


def mirrored_edge(edge: Edge) -> np.ndarray:
    return edge.sampled(41)[::-1] * (-1, 1)


@given(design=designs(GarmentType.JACKET))
@settings(max_examples=60, deadline=None)
def test_every_blazer_closes_lies_flat_and_joins_smoothly(design):
    pattern = tailored(design)
    assert {piece.role for piece in pattern.parts} >= {Role.FRONT, Role.BACK, Role.SLEEVE, Role.COLLAR, Role.FACING}
    for check in pattern.seam_checks:
        assert abs(check.mismatch_mm) <= 2.0, check
    for piece in pattern.parts:
        assert Polygon(piece.outline(0.5)).is_valid, piece.name
        assert piece.area > 1.0, piece.name
        for before, after in zip(piece.edges, (*piece.edges[1:], piece.edges[0]), strict=True):
            assert math.dist(before.end, after.start) < 1e-6, f"{piece.name} is open after {before.name}"
    for side in SIDES:
        _is_smooth_round_the_sleeve(pattern, side)
        _facing_is_the_front_again(pattern, side)
    _collar_fits_the_neck(pattern)


def _is_smooth_round_the_sleeve(pattern: Pattern, side: str) -> None:
    upper, lower = pattern[f"sleeve_{side}"], pattern.get(f"under_sleeve_{side}")
    if lower is None:
        return
    for way in ("front", "back"):
        at_cap = between(upper, f"{way}_seam", f"cap_{way}") + between(lower, f"{way}_seam", f"cap_{way}")
        at_hem = between(upper, f"{way}_seam", "hem") + between(lower, f"{way}_seam", "hem")
        assert at_cap == pytest.approx(180, abs=1)
        assert at_hem == pytest.approx(180, abs=1)
    assert between(lower, "cap_front", "cap_back") == pytest.approx(180, abs=1), "the cap under the arm has a kink"


def _facing_is_the_front_again(pattern: Pattern, side: str) -> None:
    front, facing = pattern[f"front_{side}"], pattern[f"facing_front_{side}"]
    for name in ("neck", "lapel_top", "lapel", "front_edge"):
        assert mirrored_edge(facing.edge(name)) == pytest.approx(front.edge(name).sampled(41), abs=0.01), name
    inner = LineString(mirrored_edge(facing.edge("inner"))[1:-1])
    assert Polygon(front.outline(0.5)).buffer(0.05).contains(inner), "the facing reaches beyond its front"
    back = pattern["facing_neck_back"]
    assert between(facing, "shoulder", "neck") + between(back, f"{side}_shoulder", "neck") == pytest.approx(180, abs=1)
    assert between(facing, "shoulder", "inner") + between(back, f"{side}_shoulder", "inner") == pytest.approx(180, abs=1)


def _collar_fits_the_neck(pattern: Pattern) -> None:
    neck = sum(lengths(pattern, (f"front_{side}", "neck"), ("back", f"{side}_neck")) for side in SIDES)
    collar = pattern["collar"]
    assert collar.edge("neck").length == pytest.approx(neck, abs=0.01)
    assert collar.edge("left_front").length < pattern["front_left"].edge("lapel_top").length
    seam = next(seam for seam in pattern.seams if seam.name == "collar")
    assert [ref.edge for ref in seam.b] == ["neck", "left_neck", "right_neck", "neck"]


@given(design=designs(GarmentType.JACKET))
@settings(max_examples=30, deadline=None)
def test_every_edge_of_a_blazer_is_finished_once(design):
    pattern = tailored(design)
    plain = [(r.piece, r.edge) for seam in pattern.seams if seam.kind != SeamKind.LAYERED for r in (*seam.a, *seam.b)]
    layered = {(r.piece, r.edge) for seam in pattern.seams if seam.kind == SeamKind.LAYERED for r in (*seam.a, *seam.b)}
    assert len(plain) == len(set(plain))
    for piece in pattern.parts:
        for edge in piece.edges:
            if edge.finish in (Finish.SEAM, Finish.DART):
                assert (piece.name, edge.name) in {*plain, *layered}, f"{piece.name}.{edge.name} is sewn to nothing"


@given(design=designs(GarmentType.JACKET))
@settings(max_examples=40, deadline=None)
def test_marks_and_landmarks_lie_on_the_front(design):
    pattern = tailored(design)
    for side in SIDES:
        front = pattern[f"front_{side}"]
        outline = Polygon(front.outline(0.5))
        for mark in front.marks:
            run = LineString(np.concatenate([curve.at(np.linspace(0, 1, 9)) for curve in mark.curves]))
            room = 0.4 if mark.kind in (MarkKind.BUTTON, MarkKind.BUTTONHOLE) else -0.1
            if mark.kind != MarkKind.CENTRE:
                assert outline.buffer(-room).contains(run), f"{mark.name} of {front.name}"
        for name in ("break_point", "lapel_point", "notch"):
            assert outline.exterior.distance(Point(front.landmarks[name])) < 0.05, name
        assert front.landmarks["neck_center"][0] == pytest.approx(0, abs=1e-9)
        roll = next(mark for mark in front.marks if mark.kind == MarkKind.ROLL)
        assert np.allclose(roll.curves[-1].end, front.landmarks["break_point"])
        buttons = [mark for mark in front.marks if mark.kind in (MarkKind.BUTTON, MarkKind.BUTTONHOLE)]
        assert bool(buttons) == (front_opening(pattern.design) == FrontOpening.BUTTONS)
        assert all(mark.curves[0].start[1] < front.landmarks["break_point"][1] for mark in buttons)
    levels = {side: [m.curves[0].start[1] for m in pattern[f"front_{side}"].marks if "button" in m.name] for side in SIDES}
    assert levels["left"] == pytest.approx(levels["right"]), "buttonholes and buttons do not meet"


@given(front=st.floats(14, 32), ratio=st.floats(1.0, 1.15), bicep=st.floats(0.45, 0.75), scale=st.floats(0.55, 1.15))
@settings(max_examples=60, deadline=None)
def test_the_cap_of_two_pieces_is_the_cap_of_one(front, ratio, bicep, scale):
    m = replace(completed(starting_design("blazer")), bicep=bicep * front * (1 + ratio), wrist=0.4 * front, cap_height=None)
    arm = 58.65 * scale
    one = drafted_sleeve(
        untapered(m), ease_for(starting_design("blazer")), front_armhole=front, back_armhole=ratio * front,
        notches=(0.4 * front, 0.4 * front), length=arm, arm=arm, hem=None,
    )  # fmt: skip
    assume(is_long_enough(one))
    parts = tailored_sleeve(one, wrist=m.wrist, arm=arm, scale=scale)
    caps = [(name, total_length(curves)) for part in parts for name, curves in part.cap]
    for name, whole in (("cap_front", one.cap_front), ("cap_back", one.cap_back)):
        assert sum(length for edge, length in caps if edge == name) == pytest.approx(total_length(whole), abs=1e-3)
    for seam in ("front_seam", "back_seam"):
        upper, lower = (total_length(getattr(part, seam)) for part in parts)
        assert 0 <= upper - lower + 1e-3 <= 0.6, seam


@pytest.mark.parametrize("body", BODIES)
def test_a_tailored_sleeve_bends_forward_over_a_narrow_lower_piece(body):
    pattern = blazer(BODIES[body])
    upper, lower = pattern["sleeve_right"], pattern["under_sleeve_right"]

    def width(piece: Piece, level: str) -> float:
        return abs(piece.landmarks[f"{level}_front"][0] - piece.landmarks[f"{level}_back"][0])

    assert 0.6 < width(lower, "underarm") / width(upper, "underarm") < 0.8
    assert width(lower, "hem") < width(upper, "hem")
    assert np.mean([upper.landmarks["hem_front"][0], upper.landmarks["hem_back"][0]]) > 0.5, "the wrist hangs forward"
    assert lower.landmarks["underarm"][0] == pytest.approx(0)
    assert lower.landmarks["underarm"][1] == pytest.approx(upper.landmarks["underarm_front"][1])
    assert max(lower.edge("cap_front").sampled(20)[:, 1]) > lower.landmarks["underarm"][1] + 1, "its cap is hollow"
    for end in ("hem_front", "hem_back"):
        assert abs(upper.landmarks[end][1] - lower.landmarks[end][1]) < 1.5


@pytest.mark.parametrize("body", BODIES)
def test_a_lapel_has_the_proportions_of_its_body(body):
    pattern = blazer(BODIES[body])
    front, shoulder = pattern["front_left"], pattern.measures.shoulder_width
    roll = next(mark for mark in front.marks if mark.kind == MarkKind.ROLL).curves[0]
    across = np.array((-roll.tangent(0)[1], roll.tangent(0)[0]))
    assert abs((front.landmarks["lapel_point"] - roll.end) @ across) == pytest.approx(0.2 * shoulder, rel=0.08)
    low, level = front.landmarks["hem_center"][1], front.landmarks["break_point"][1]
    assert level > front.landmarks["waist_center"][1], "it breaks above the waist"
    assert level - low > 10 * pattern.measures.height / 170
    assert corner_angle_deg(front.edge("lapel").curves[-1], front.edge("front_edge").curves[0]) == pytest.approx(180, abs=0.5)
    notch = corner(front, "neck", "lapel_top")
    assert notch == pytest.approx(180, abs=0.5), "gorge and lapel top are one line"


@pytest.mark.parametrize("body", BODIES)
def test_a_collar_reaches_round_the_shoulders(body):
    collar = blazer(BODIES[body])["collar"]
    nape = collar.edge("neck").sampled(101)[50]
    outer = collar.edge("outer").sampled(101)
    assert np.allclose(nape, 0, atol=1e-6)
    assert outer[50, 1] > max(outer[0, 1], outer[-1, 1]), "its outer edge bows up at the centre back"
    roll: Curve = next(mark for mark in collar.marks if mark.kind == MarkKind.ROLL).curves[-1]
    stand, fall = roll.start[1], outer[50, 1] - roll.start[1]
    assert fall >= stand + 0.8 * outer[50, 1] / 7, "the fall covers the neck seam"
    assert (collar.layers, collar.interfaced) == (2, True)
    assert {edge.finish for edge in collar.edges} == {Finish.SEAM, Finish.DOUBLED}


@pytest.mark.parametrize("changes", [{}, {"length": Length.CROP}, {"length": Length.LONG}, {"closure": "zip"}])
def test_left_and_right_are_mirror_images(changes):
    pattern = blazer(changes)
    for piece in pattern.parts:
        if piece.name.endswith("_left"):
            twin = pattern[piece.name.replace("_left", "_right")]
            assert Polygon(piece.outline(0.5) * (-1, 1)).symmetric_difference(Polygon(twin.outline(0.5))).area < 0.01 * piece.area


@pytest.mark.parametrize(("length", "count"), [(Length.CROP, 2), (Length.HIP, 2), (Length.LONG, 3)])
def test_buttons_follow_the_length(length, count):
    marks = blazer({"length": length})["front_left"].marks
    assert sum(mark.kind == MarkKind.BUTTONHOLE for mark in marks) == count


def test_a_block_and_other_collars_have_no_lapel():
    for changes in ({"construction": Construction.BLOCK}, {"collar": Collar.SHIRT}, {"has_hood": True}):
        pattern = blazer(changes)
        assert "lapel" not in {edge.name for edge in pattern["front_left"].edges}


def test_a_sleeve_without_an_elbow_is_cut_in_one_and_it_is_said():
    pattern = blazer({"sleeve": "three_quarter", "sleeve_length": 20})
    assert "under_sleeve_left" not in pattern
    assert any("cut in one" in finding.message for finding in pattern.findings)
