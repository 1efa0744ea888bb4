"""GarmentCode files and measurement sets: what we write comes back, what others write is read, what is broken is explained."""

import contextlib
import copy
import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.errors import DesignError, DraftError
from studio.export import WRITERS
from studio.export.garmentcode import OWN_KEY, garmentcode_json
from studio.importing.garmentcode import as_pattern, read_garmentcode
from studio.importing.measurement_sets import read_measurements
from studio.pattern import FindingKind, SeamKind
from studio.vocabulary import GarmentType
from tests.bodies import designs

SAMPLE = {
    "pattern": {
        "panels": {
            "skirt_front": {
                "translation": [0, 100, 20],
                "rotation": [0, 0, 0],
                "vertices": [[0, 0], [24, 0], [24, 36], [13, 36], [12, 27], [11, 36], [0, 36]],
                "edges": [
                    {"endpoints": [0, 1], "curvature": {"type": "circle", "params": [50.0, 0, 1]}},
                    {"endpoints": [1, 2], "label": "side"},
                    {"endpoints": [2, 3]},
                    {"endpoints": [3, 4]},
                    {"endpoints": [4, 5]},
                    {"endpoints": [5, 6]},
                    {"endpoints": [6, 0]},
                ],
            },
            "skirt_back": {
                "translation": [0, 100, -20],
                "rotation": [0, 0, 0],
                "vertices": [[0, 0], [0, 36], [24, 36], [24, 0]],
                "edges": [
                    {"endpoints": [0, 1]},
                    {"endpoints": [1, 2], "curvature": [0.5, 0.1]},
                    {"endpoints": [2, 3]},
                    {"endpoints": [3, 0], "curvature": {"type": "cubic", "params": [[0.3, 0.1], [0.7, 0.1]]}},
                ],
            },
        },
        "stitches": [
            [{"panel": "skirt_front", "edge": 3}, {"panel": "skirt_front", "edge": 4}],
            [{"panel": "skirt_front", "edge": 1}, {"panel": "skirt_back", "edge": 2}],
            [{"panel": "skirt_front", "edge": 6}, {"panel": "skirt_back", "edge": 0}, "right_wrong"],
        ],
    },
    "properties": {"curvature_coords": "relative", "units_in_meter": 100},
}


def written(pattern):
    return json.loads(garmentcode_json(pattern))


def panel_points(panel):
    """Every vertex and inner control point of a panel, by the format's own rule."""
    vertices = np.array(panel["vertices"], dtype=float)
    controls = []
    for edge in panel["edges"]:
        start, end = (vertices[n] for n in edge["endpoints"])
        way = end - start
        for x, y in edge.get("curvature", {}).get("params", ()):
            controls.append(start + x * way + y * np.array((-way[1], way[0])))
    return vertices, controls


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(designs())
def test_a_written_pattern_read_back_is_the_same(design):
    try:
        pattern = draft_pattern(design)
    except DraftError:
        assume(False)
    read = read_garmentcode(garmentcode_json(pattern))
    assert read.design == design
    assert read.seams == pattern.seams
    assert [piece.name for piece in read.pieces] == list(pattern)
    for piece in read.pieces:
        own = pattern[piece.name]
        assert (piece.role, piece.side, piece.material, piece.layers) == (own.role, own.side, own.material, own.layers)
        assert [(edge.name, edge.finish) for edge in piece.edges] == [(edge.name, edge.finish) for edge in own.edges]
        assert [mark.name for mark in piece.marks] == [mark.name for mark in own.marks]
        for edge, mine in zip(piece.edges, own.edges, strict=True):
            assert [len(c.control) for c in edge.curves] == [len(c.control) for c in mine.curves]
            for curve, other in zip(edge.curves, mine.curves, strict=True):
                assert np.abs(curve.control - other.control).max() < 0.01
    again = read_garmentcode(garmentcode_json(as_pattern(read)))
    assert (again.seams, again.stitches) == (read.seams, read.stitches)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(designs())
def test_stitches_sew_each_edge_once_and_keep_the_declared_lengths(design):
    try:
        pattern = draft_pattern(design)
    except DraftError:
        assume(False)
    document = written(pattern)
    seams = document["properties"][OWN_KEY]["seams"]
    assert all(note["stitched"] for note in seams if note["kind"] != SeamKind.LAYERED)
    del document["properties"][OWN_KEY]
    bare = read_garmentcode(json.dumps(document))
    ends = [end for stitch in bare.stitches for end in (stitch.first, stitch.second)]
    assert len(ends) == len(set(ends))
    own = [seam for seam, note in zip(pattern.seams, seams, strict=True) if note["stitched"]]
    lengths = {piece.name: {edge.name: edge.length for edge in piece.edges} for piece in bare.pieces}
    for run in ("a", "b"):
        stitched = sum(lengths[ref.piece][ref.edge] for seam in bare.seams for ref in getattr(seam, run))
        assert stitched == pytest.approx(sum(pattern.run_length(getattr(seam, run)) for seam in own), abs=1e-4)


@pytest.mark.parametrize("kind", GarmentType)
def test_a_written_file_keeps_the_conventions_of_the_format(kind):
    pattern = draft_pattern(starting_design(kind))
    document = written(pattern)
    assert document["properties"]["units_in_meter"] == 100
    assert document["properties"]["curvature_coords"] == "relative"
    for name, panel in document["pattern"]["panels"].items():
        count = len(panel["vertices"])
        assert [edge["endpoints"] for edge in panel["edges"]] == [[n, (n + 1) % count] for n in range(count)]
        assert sum(angle != 0 for angle in panel["rotation"]) <= 1
        vertices, controls = panel_points(panel)
        x0, y0, x1, y1 = pattern[name].bounds
        assert vertices.min() >= min(x0, y0) - 1e-3
        assert vertices.max() <= max(x1, y1) + 1e-3
        mine = [p for edge in pattern[name].edges for c in edge.curves for p in c.control[1:-1]]
        assert len(controls) >= len(mine)
        turn = math.radians(panel["rotation"][1])
        faces = np.array((math.sin(turn), math.cos(turn)))
        middle = vertices.mean(axis=0)[0] * np.array((math.cos(turn), -math.sin(turn)))
        stands = np.array(panel["translation"])[[0, 2]] + middle
        assert stands @ faces > 0, f"{name} shows its inside"
    assert WRITERS[".garmentcode.json"] is garmentcode_json


def test_a_file_changed_elsewhere_loses_its_names_but_not_its_panels():
    document = written(draft_pattern(starting_design("skirt")))
    document["pattern"]["panels"]["spare"] = SAMPLE["pattern"]["panels"]["skirt_front"]
    read = read_garmentcode(json.dumps(document))
    assert read.design is None
    assert "changed by another program" in read.findings[0].message
    assert len(read.pieces) == 4
    document["pattern"]["panels"].pop("spare")
    document["pattern"]["panels"]["front"]["vertices"][0][0] += 0.5
    moved = read_garmentcode(json.dumps(document))
    assert moved.design is not None
    assert moved.pieces[0].edges[0].start[0] == pytest.approx(document["pattern"]["panels"]["front"]["vertices"][0][0])


def test_pieces_laid_on_one_another_in_a_circle_are_refused():
    document = written(draft_pattern(starting_design("skirt")))
    notes = document["properties"][OWN_KEY]["pieces"]
    notes["front"]["laid_on"] = {"piece": "back", "at": [0, 0]}
    notes["back"]["laid_on"] = {"piece": "front", "at": [0, 0]}
    with pytest.raises(DesignError, match="cannot be laid on"):
        read_garmentcode(json.dumps(document))


def test_a_foreign_file_gives_pieces_seams_and_warnings():
    read = read_garmentcode(json.dumps(SAMPLE))
    front, back = read.pieces
    assert [edge.name for edge in front.edges] == [f"edge_{n}" for n in range(7)]
    assert read.design is None
    assert [seam.kind for seam in read.seams] == [SeamKind.DART, SeamKind.PLAIN, SeamKind.PLAIN]
    assert [stitch.is_turned for stitch in read.stitches] == [False, False, True]
    assert any("wrong side" in finding.message for finding in read.findings)
    assert read.panels["skirt_front"].labels[1] == "side"
    assert front.area > 0
    assert back.area > 0
    assert read.panels["skirt_back"].was_turned
    pattern = as_pattern(read)
    assert pattern.design.garment_type == GarmentType.SKIRT
    assert all(check.is_sewable for check in pattern.seam_checks)
    assert pattern.findings[0].kind == FindingKind.WARNING
    for suffix in (".svg", ".pdf", ".dxf", ".aama.dxf", ".garmentcode.json"):
        assert len(WRITERS[suffix](pattern)) > 500


def test_a_circle_arc_bulges_to_its_side_with_its_radius():
    for right, large in ((0, 0), (1, 0), (0, 1), (1, 1)):
        sample = copy.deepcopy(SAMPLE)
        sample["pattern"]["panels"]["skirt_front"]["edges"][0]["curvature"]["params"] = [15.0, large, right]
        edge = read_garmentcode(json.dumps(sample)).panels["skirt_front"].edges[0]
        points = np.concatenate([curve.at(np.linspace(0, 1, 20)) for curve in edge])
        middle_y = (-1 if large == right else 1) * 9.0  # chord 24, radius 15: the centre is 9 off it
        assert np.abs(np.hypot(points[:, 0] - 12, points[:, 1] - middle_y) - 15).max() < 1e-3
        assert (points[:, 1].min() < -1) == bool(right)


def test_a_quadratic_is_raised_to_the_same_cubic_and_units_are_honoured():
    sample = copy.deepcopy(SAMPLE)
    sample["properties"]["units_in_meter"] = 1000
    (curve,) = read_garmentcode(json.dumps(sample)).panels["skirt_back"].edges[1]
    mirrored = np.array((-1.2, 3.6 + 0.24 / 2))  # half of the way, 0.1 of 2.4 cm to the left; the middle is half as far out
    assert curve.at(np.array([0.5]))[0] == pytest.approx(mirrored)


def test_gathers_of_a_foreign_file_are_said_with_their_millimetres():
    sample = copy.deepcopy(SAMPLE)
    sample["pattern"]["panels"]["skirt_back"]["vertices"][2] = [24, 33]
    read = read_garmentcode(json.dumps(sample))
    seam = read.seams[1]
    assert (seam.kind, seam.ratio) == (SeamKind.GATHERED, pytest.approx(33 / 36))
    assert any(finding.mm == pytest.approx(-30) for finding in read.findings)


def _broken(path, value):
    sample = copy.deepcopy(SAMPLE)
    *ways, last = path
    place = sample
    for way in ways:
        place = place[way]
    place[last] = value
    return json.dumps(sample)


FRONT = ("pattern", "panels", "skirt_front")
BROKEN = {
    "not a JSON file": "{",
    "one JSON object": "[1]",
    "1 to 500 panels": '{"pattern": {}}',
    "nested too deeply": '{"pattern":' + "[" * 100_000,
    "NaN is not a number": _broken((*FRONT, "vertices", 0), [math.nan, 0]),
    "out of bounds": _broken((*FRONT, "vertices", 0), [1e300, 0]),
    "is not a number": _broken((*FRONT, "vertices", 0), ["left", 0]),
    "list of vertices is missing": _broken((*FRONT, "vertices"), None),
    "no vertex 70": _broken((*FRONT, "edges", 0, "endpoints"), [0, 70]),
    "two endpoints": _broken((*FRONT, "edges", 0, "endpoints"), [0, True]),
    "one closed outline": _broken((*FRONT, "edges", 0, "endpoints"), [0, 2]),
    "same place": _broken((*FRONT, "vertices", 1), [0, 0]),
    "'spiral' is not known": _broken((*FRONT, "edges", 1, "curvature"), {"type": "spiral", "params": []}),
    "radius and two flags": _broken((*FRONT, "edges", 1, "curvature"), {"type": "circle", "params": [3]}),
    "2 control points": _broken((*FRONT, "edges", 1, "curvature"), {"type": "cubic", "params": [[0, 1]]}),
    "three numbers": _broken((*FRONT, "rotation"), [0, 1]),
    "no panel 'hat'": _broken(("pattern", "stitches", 0, 0, "panel"), "hat"),
    "has no edge 99": _broken(("pattern", "stitches", 0, 0, "edge"), 99),
    "sewn twice": _broken(("pattern", "stitches", 1, 0, "edge"), 3),
    "not a length unit": _broken(("properties", "units_in_meter"), 0),
    "own notes are damaged": _broken(("properties", OWN_KEY), {"version": 1}),
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_broken_pattern_file_is_explained(words):
    with pytest.raises(DesignError, match=words):
        read_garmentcode(BROKEN[words])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=4), lambda v: st.lists(v, max_size=4), max_leaves=6),
    st.data(),
)
def test_no_value_in_any_place_breaks_the_reader(value, data):
    sample = copy.deepcopy(SAMPLE)
    place, path = sample, []
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        path.append(data.draw(st.sampled_from(keys)))
        place = place[path[-1]]
        if data.draw(st.booleans()):
            break
    with contextlib.suppress(DesignError):
        assert len(as_pattern(read_garmentcode(_broken(path, value)))) > 0


VIT = b"""<?xml version="1.0" encoding="UTF-8"?><vit><version>0.5.0</version><unit>%s</unit><pm_system>998</pm_system>
<body-measurements><m name="bust_circ" value="%s"/><m name="hip_circ" value="%s"/><m name="@own" value="#a + 2"/>
<m name="leg_crotch_to_floor" value="%s"/></body-measurements></vit>"""


@pytest.mark.parametrize(("unit", "factor"), [(b"cm", 1.0), (b"mm", 10.0), (b"inch", 1 / 2.54)])
def test_valentina_measurements_in_every_unit(unit, factor):
    file = VIT % (unit, *(f"{value * factor:.6f}".encode() for value in (93.5, 101.0, 77.0)))
    read = read_measurements("anna.vit", file)
    assert read.system == "Valentina"
    assert read.changes == pytest.approx({"bust": 93.5, "hip": 101.0}, abs=1e-3)
    assert read.lengths == pytest.approx({"inseam": 77.0}, abs=1e-3)
    assert read.ignored == ("@own",)
    starting_design("dress").changed(read.changes)
    smis = file.replace(b"vit>", b"smis>")
    assert read_measurements("ANNA.SMIS", smis).changes == read.changes


SETS = {
    "millimetres.yaml": b"measurements:\n  chest: 941\n  seat: 1012\n  shoulderToShoulder: 402\n  hpsToBust: 260\n",
    "centimetres.json": b'{"settings": {"measurements": {"chest": 94.1, "seat": 101.2, "shoulderToShoulder": 40.2,'
    b' "hpsToBust": 26}}}',
    "inches.yml": b"imperial: true\nchest: 37.0472\nseat: 39.8425\nshoulderToShoulder: 15.8268\nhpsToBust: 10.2\n",
    "said.json": b'{"units": "mm", "measies": {"chest": 941, "seat": 1012, "shoulderToShoulder": 402, "hpsToBust": 260}}',
}


@pytest.mark.parametrize("name", SETS)
def test_freesewing_measurements_in_every_unit(name):
    read = read_measurements(name, SETS[name])
    assert read.system == "FreeSewing"
    assert read.changes == pytest.approx({"bust": 94.1, "hip": 101.2, "shoulder_width": 40.2}, abs=1e-3)
    assert "hpsToBust" in read.ignored


def test_a_garmentcode_body():
    read = read_measurements(
        "body.yaml", b"body:\n  height: 171.5\n  bust: 95\n  hips: 103\n  arm_pose_angle: 45\n  arm_length: 54\n"
    )
    assert read.system == "GarmentCode"
    assert read.changes == {"height": 171.5, "bust": 95.0, "hip": 103.0}
    assert (read.lengths, read.ignored) == ({"sleeve_length": 54.0}, ("arm_pose_angle",))


BROKEN_SETS = {
    ("a.vit", b"<vit><unit>cm</unit><m name='bust_circ' value='@x*2'/></vit>"): "formulas are not read",
    ("a.vit", b"<vit><unit>cm</unit>"): "not whole XML",
    ("a.vit", b'<!DOCTYPE v [<!ENTITY a "b">]><vit/>'): "declares its own entities",
    ("a.vit", b"<vst/>"): "not the measurements of one person",
    ("a.vit", b"<vit><unit>ell</unit></vit>"): "unit 'ell'",
    ("a.vit", b"<vit><unit>cm</unit><m name='bust_circ' value='9'/></vit>"): "bust .* is 9.0 cm; it lies between",
    ("a.yaml", b"a: &b [1]\nc: *b\n"): "anchors",
    ("a.yaml", b"a: [1\n"): "not whole YAML",
    ("a.yaml", b"- 1\n"): "names and lengths",
    ("a.yaml", b"chest: .nan\n"): "chest is not a length",
    ("a.yaml", b"shoe: 42\n"): "no measurement that is known",
    ("a.json", b'{"measurements": [1]}'): "not names with lengths",
    ("a.json", b"\xff\xfe"): "not UTF-8",
    ("a.xls", b""): "known are .vit, .smis",
}


@pytest.mark.parametrize(("file", "words"), BROKEN_SETS.items())
def test_a_broken_measurement_file_is_explained(file, words):
    with pytest.raises(DesignError, match=words):
        read_measurements(*file)
