"""The technical flat: as wide as the finished garment, a simple symmetric outline, landmarks that move smoothly."""

import itertools
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.errors import DraftError
from studio.export.flat_svg import flat_svg
from studio.flat import Flat, laid_flat
from studio.pattern import Finish, MarkKind, Pattern, Piece, Role, Side
from studio.vocabulary import Collar, Construction, Fullness, GarmentType, Hood, PocketKind
from tests.bodies import designs

TOP = {
    "neck_left",
    "neck_right",
    "neck_bottom_center",
    "shoulder_left",
    "shoulder_right",
    "armpit_left",
    "armpit_right",
    "hem_left",
    "hem_right",
}
ENDS = {f"sleeve_end_{side}_{corner}" for side in ("left", "right") for corner in ("outer", "inner")}
SKIRT = {"waist_left", "waist_right", "hem_left", "hem_right"}
LEGS = {
    "waist_left",
    "waist_right",
    "crotch",
    *(f"hem_{side}_{corner}" for side in ("left", "right") for corner in ("outer", "inner")),
}
GARMENTS = [
    ("shirt", {"sleeve": "short", "neckline": "v", "fabric": "jersey", "has_cuffs": False, "closure": "none"}),
    ("shirt", {}),
    ("shirt", {"sleeve": "cap", "collar": "stand"}),
    ("dress", {"sleeve": "none"}),
    ("dress", {"silhouette": "gathered"}),
    ("dress", {"silhouette": "circle", "fullness": "full", "sleeve": "long"}),
    ("dress", {"has_waist_seam": False}),
    ("skirt", {"silhouette": "circle"}),
    ("skirt", {"silhouette": "straight", "length": "midi"}),
    ("skirt", {"silhouette": "pleated"}),
    ("pants", {"has_pockets": True}),
    ("shorts", {}),
    ("jacket", {}),
    ("hoodie", {"closure": "zip", "has_pockets": True}),
    ("vest", {}),
]


def drafted(kind: str, **changes: object) -> Pattern:
    return draft_pattern(starting_design(kind).changed(changes))


@pytest.fixture(scope="module", params=GARMENTS, ids=lambda g: " ".join([g[0], *map(str, g[1].values())]))
def garment(request) -> tuple[Pattern, Flat]:
    kind, changes = request.param
    pattern = drafted(kind, **changes)
    return pattern, laid_flat(pattern)


def check(flat: Flat) -> None:
    for view in (flat.front, flat.back):
        shape = Polygon(view.outline)
        assert np.isfinite(view.outline).all()
        assert shape.is_valid, "the outline crosses itself"
        signed = np.roll(view.outline, -1, axis=0)
        assert np.sum(view.outline[:, 0] * signed[:, 1] - signed[:, 0] * view.outline[:, 1]) > 0
        mirrored = Polygon(view.outline * (-1, 1))
        assert shape.symmetric_difference(mirrored).area < 1e-6 * shape.area
        near = shape.buffer(0.05)
        for name, place in view.landmarks.items():
            assert near.contains(Point(place)), name
        for line in view.lines:
            assert np.isfinite(line.points).all()
        for name, place in view.landmarks.items():
            if "_left" in name:
                assert place[0] < 0
                assert view.landmarks[name.replace("_left", "_right")] == pytest.approx(place * (-1, 1))
    assert all(value > 0 for value in flat.measures.values())


def test_outline_is_simple_and_symmetric_and_holds_its_landmarks(garment):
    check(garment[1])


def test_landmarks_have_the_names_of_the_annotated_photos(garment):
    pattern, flat = garment
    names = set(flat.front.landmarks)
    kind = pattern.design.garment_type
    if kind == GarmentType.PANTS:
        assert names == LEGS
    elif kind == GarmentType.SKIRT:
        assert names == SKIRT
    else:
        sleeved = any(piece.role == Role.SLEEVE for piece in pattern.parts)
        assert names >= TOP
        assert (names & ENDS == ENDS) if sleeved else not names & ENDS


def level_width(piece: Piece, level: float) -> float:
    """Width of a piece at a height, by shapely; fish-eye darts and pleats taken off, beyond the centre front not counted."""
    shape = Polygon(piece.outline(0.2))
    for mark in piece.marks:
        if mark.kind == MarkKind.DART:
            shape = shape.difference(Polygon(np.concatenate([curve.control[:1] for curve in mark.curves])))
    low, high = (-500.0, 500.0)
    if piece.side == Side.LEFT and piece.role == Role.FRONT:
        low = 0.0
    if piece.side == Side.RIGHT and piece.role == Role.FRONT:
        high = 0.0
    pleats = [mark.curves[0].start[0] for mark in piece.marks if mark.kind == MarkKind.PLEAT]
    folded = 2 * (max(pleats) - min(x for x in pleats if x > 0)) if pleats else 0.0
    return float(shape.intersection(LineString(((low, level), (high, level)))).length) - folded


def test_chest_is_half_of_what_the_pieces_measure_round(garment):
    pattern, flat = garment
    upper = [piece for piece in pattern.parts if piece.role in (Role.FRONT, Role.BACK)]
    if not upper:
        return
    girth = 0.0
    for piece in upper:
        level = next(place for name, place in piece.landmarks.items() if name.startswith("underarm"))[1]
        girth += level_width(piece, float(level) - 0.02)
    marks = flat.front.landmarks
    across = marks["armpit_right"][0] - marks["armpit_left"][0]
    assert across == pytest.approx(girth / 2, abs=0.05)
    assert flat.measures["chest_width"] == pytest.approx(girth / 2, abs=0.05)


def hem_length(pattern: Pattern, *roles: Role) -> float:
    total = 0.0
    for piece in pattern.parts:
        if piece.role not in roles:
            continue
        overlap = piece.side != Side.CENTRE and piece.role == Role.FRONT
        for edge in piece.edges:
            if edge.finish == Finish.HEM and edge.name.split("_")[-1].rstrip("0123456789") in ("hem", ""):
                points = edge.sampled(400)
                inside = points[1:, 0] * points[-1 if piece.side == Side.LEFT else 0, 0] > 0 if overlap else np.ones(399, bool)
                if overlap:
                    sign = 1 if piece.side == Side.LEFT else -1
                    inside = sign * points[1:, 0] > 0
                total += float(np.hypot(*np.diff(points, axis=0).T)[inside].sum())
    return total


def outline_between(flat: Flat, first: str, last: str) -> float:
    """Length of the outline from one landmark on to the other, counter-clockwise, cm."""
    outline = flat.front.outline
    a, b = (int(np.argmin(np.hypot(*(outline - flat.front.landmarks[name]).T))) for name in (first, last))
    run = outline[np.arange(a, b + 1 if b > a else b + 1 + len(outline)) % len(outline)]
    return float(np.hypot(*np.diff(run, axis=0).T).sum())


def test_hem_drawn_is_half_the_finished_hem(garment):
    pattern, flat = garment
    if pattern.design.garment_type == GarmentType.PANTS or any(p.role == Role.HEM_RIB for p in pattern.parts):
        return
    roles = {piece.role for piece in pattern.parts}
    skirted = Role.SKIRT_FRONT in roles
    girth = hem_length(pattern, *((Role.SKIRT_FRONT, Role.SKIRT_BACK) if skirted else (Role.FRONT, Role.BACK)))
    assert flat.measures["hem_width"] == pytest.approx(girth / 2, abs=0.05)
    assert outline_between(flat, "hem_left", "hem_right") == pytest.approx(girth / 2, abs=0.05)


def test_a_chest_pocket_lies_on_the_wearers_left_alone():
    flat = laid_flat(drafted("shirt", has_pockets=True))
    pockets = [line for line in flat.front.lines if line.name == "pocket"]
    assert len(pockets) == 1
    assert pockets[0].points[:, 0].min() > 0


def test_trousers_are_half_as_wide_as_their_girths():
    pattern = drafted("pants")
    flat = laid_flat(pattern)
    marks = flat.front.landmarks
    band = pattern["waistband"].edge("waist").length
    assert flat.measures["waist_width"] == pytest.approx(band / 2, abs=0.05)
    hem = pattern["front_left"].edge("hem").length + pattern["back_left"].edge("hem").length
    laid = np.hypot(*(marks["hem_right_outer"] - marks["hem_right_inner"]))
    assert laid == pytest.approx(hem / 2, abs=0.05)
    assert np.hypot(*(marks["hem_right_inner"] - marks["crotch"])) == pytest.approx(
        pattern["front_left"].edge("inseam").length, abs=0.05
    )


@pytest.mark.parametrize("kind", ["shirt", "hoodie", "jacket"])
def test_sleeve_keeps_its_length_and_its_width_at_the_end(kind):
    pattern = drafted(kind, has_cuffs=False)
    flat = laid_flat(pattern, sleeve_angle_deg=40)
    marks = flat.front.landmarks
    sleeves = [p for p in pattern.parts if p.role in (Role.SLEEVE, Role.UNDER_SLEEVE) and p.side == Side.LEFT]
    hem = sum(edge.length for piece in sleeves for edge in piece.edges if edge.name == "hem")
    laid = np.hypot(*(marks["sleeve_end_right_outer"] - marks["sleeve_end_right_inner"]))
    assert laid == pytest.approx(hem / 2, abs=0.05)
    upper = next(p for p in sleeves if p.role == Role.SLEEVE).landmarks
    length = upper["cap_top"][1] - upper["hem_center"][1]
    assert outline_between(flat, "sleeve_end_right_outer", "shoulder_right") == pytest.approx(length, abs=0.05)


def test_shoulder_and_neck_are_those_of_the_pieces():
    pattern = drafted("vest", construction="block")
    flat = laid_flat(pattern)
    front, back = pattern["front"], pattern["back"]
    assert flat.measures["shoulder_length"] == pytest.approx(front.edge("left_shoulder").length, abs=0.05)
    neck = front.landmarks["shoulder_neck_left"]
    assert flat.measures["neck_width"] == pytest.approx(neck[0] + back.landmarks["shoulder_neck_right"][0], abs=0.05)
    assert flat.measures["neck_drop_front"] == pytest.approx(neck[1] - front.landmarks["neck_center"][1], abs=0.05)
    assert flat.front.landmarks["neck_left"][1] == pytest.approx(0)


def test_sleeve_hangs_at_its_angle():
    pattern = drafted("shirt")
    lows = [laid_flat(pattern, sleeve_angle_deg=angle).front.landmarks["sleeve_end_right_outer"] for angle in (25, 45, 65, 90)]
    assert all(a[1] < b[1] and a[0] < b[0] for a, b in itertools.pairwise(lows))


@pytest.mark.parametrize("name", ["bust", "waist", "hip", "height", "sleeve_length", "back_length", "neckline_depth"])
@pytest.mark.parametrize("kind", ["shirt", "dress", "jacket", "hoodie"])
def test_a_millimetre_moves_no_landmark_far(kind, name):
    usual = {
        "bust": 92.0,
        "waist": 74.0,
        "hip": 98.0,
        "height": 170.0,
        "sleeve_length": 41.0,
        "back_length": 60.0,
        "neckline_depth": 9.0,
    }
    first, second = (laid_flat(drafted(kind, **{**usual, name: usual[name] + step})) for step in (0.0, 0.1))
    for view in ("front", "back"):
        before, after = getattr(first, view).landmarks, getattr(second, view).landmarks
        assert before.keys() == after.keys()
        assert max(np.hypot(*(after[mark] - before[mark])) for mark in before) <= 0.5


def test_it_is_quick(garment):
    pattern, _ = garment
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        laid_flat(pattern)
        times.append(time.perf_counter() - begun)
    assert min(times) <= 0.010


STYLES = {
    "construction": Construction,
    "collar": Collar,
    "hood": Hood,
    "pocket": PocketKind,
    "fullness": Fullness,
    "has_yoke": (False, True),
    "has_ribs": (False, True),
    "has_waist_seam": (False, True),
}


@settings(max_examples=60)
@given(designs(), st.fixed_dictionaries({name: st.sampled_from(list(choices)) for name, choices in STYLES.items()}))
def test_any_design_lies_flat(design, style):
    try:
        pattern = draft_pattern(design.changed(style))
    except DraftError:
        return
    check(laid_flat(pattern))


def test_svg_shows_both_views(garment):
    root = ET.fromstring(flat_svg(garment[1]))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["front", "back"]


def test_the_same_pattern_gives_the_same_drawing():
    assert flat_svg(laid_flat(drafted("jacket"))) == flat_svg(laid_flat(drafted("jacket")))
