"""Every garment on every body: sewn shut, outside the body, true to its lengths, one named mesh a piece."""

import io
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings

import garment_3d
from garment_3d import SHOWN_HEIGHT, assemble, create_3d_figure, figure_of, main
from pattern_generator import draft_pattern, get_pattern_pieces
from studio.design import starting_design
from studio.errors import DesignError, StudioError
from studio.pattern import INSIDE, Role, SeamKind, Side
from studio.vocabulary import GarmentType
from studio.wrapping.triangulate import FlatMesh
from tests.bodies import designs

FLAGS = {"has_collar": True, "has_cuffs": True, "has_pockets": True}
BODIES = (FLAGS, {"height": 98, "bust": 54}, {"height": 210, "bust": 140} | FLAGS)
LARGE = {"height": 170, "bust": 128, "waist": 112, "hip": 132}
VARIANTS = [
    ("shirt", {"has_yoke": True} | FLAGS), ("shirt", {"neckline": "turtleneck"} | LARGE),
    ("shirt", {"fabric": "jersey", "closure": "none", "has_collar": False, "neckline": "v"}),
    ("shirt", {"neckline": "collar", "collar": "convertible"} | BODIES[1]),
    ("jacket", {"closure": "zip", "collar": "stand", "has_ribs": True} | LARGE),
    ("hoodie", {"hood": "three_panel", "pocket": "kangaroo"} | FLAGS), ("hoodie", {"closure": "zip"} | BODIES[1]),
    ("dress", {"has_waist_seam": False}), ("dress", {"silhouette": "circle", "fullness": "full"} | LARGE),
    ("dress", {"silhouette": "pleated"} | BODIES[1]), ("skirt", {"silhouette": "circle", "fullness": "full"}),
    ("skirt", {"silhouette": "gathered", "fullness": "full"} | LARGE), ("pants", {"length": "short"} | LARGE),
    ("pants", {"fabric": "jersey", "closure": "none"}), ("pants", FLAGS | BODIES[1]),
]  # fmt: skip
ANALYSIS = {
    "garment_type": "dress",
    "measurements": {
        "bust": 90, "waist": 72, "hip": 96, "shoulder_width": 40, "bodice_length": 42, "sleeve_length": 25, "skirt_length": 55,
        "neckline_depth": 12, "neckline_width": 8, "bicep": 28, "wrist": 17, "cap_height": 12, "flare": 8,
    },
    "features": {"has_collar": False, "has_cuffs": False, "has_pockets": False, "has_hood": False, "fit": "fitted"},
}  # fmt: skip


def _dressed(kind, **changes):
    pattern = draft_pattern(starting_design(kind).changed(changes))
    return pattern, assemble(pattern)


def _length_errors(assembly):
    """How far each mesh edge is off its sewn length; what lies inside a closed fish-eye dart is nowhere seen."""
    errors = []
    for part in assembly.surfaces:
        worn, flat = (np.linalg.norm(p[part.edges[:, 0]] - p[part.edges[:, 1]], axis=1) for p in (part.points, part.flat))
        seen = part.lengths > 0.3 * flat
        errors.append(np.abs(worn[seen] / part.lengths[seen] - 1))
    return np.concatenate(errors)


def _seam_gaps(pattern, assembly):
    """Largest distance, cm, between sewn places, by seam."""
    parts = {part.name: part for part in assembly.surfaces}

    def worn(run, backwards):
        places, lengths = [], []
        for ref in run:
            edge, part = pattern.edge(ref), parts[ref.piece]
            flat = edge.sampled(25)[::-1] if backwards else edge.sampled(25)
            corners, weights = FlatMesh(part.flat, part.triangles, {}).located(flat)
            places.append(np.einsum("nk,nkd->nd", weights, part.points[corners]))
            lengths.append(edge.length)
        ends = np.cumsum([0, *lengths])
        reached = np.concatenate([np.linspace(a, b, 25) for a, b in itertools.pairwise(ends)]) / ends[-1]
        points = np.concatenate(places)
        return np.stack([np.interp(np.linspace(0, 1, 60), reached, points[:, k]) for k in range(3)], axis=1)

    return {
        seam.name: float(np.linalg.norm(worn(seam.a, False) - worn(seam.b, True), axis=1).max()) for seam in _worn_seams(pattern)
    }


def _worn_seams(pattern):
    """The seams between pieces that are seen."""
    inside = {piece.name for piece in pattern.parts if piece.role in INSIDE}
    return [
        seam
        for seam in pattern.seams
        if seam.kind != SeamKind.LAYERED and not any(ref.piece in inside for ref in (*seam.a, *seam.b))
    ]


def _depth(assembly):
    """How far the deepest point lies in the body, cm."""
    form, deepest = assembly.mannequin, 0.0
    for part in assembly.surfaces:
        side = 0 if part.side == Side.LEFT else 1
        bodies = [form.torso]
        bodies += [form.arms[side]] if part.role in (Role.SLEEVE, Role.CUFF) else []
        bodies += [form.legs[side]] if part.role in (Role.TROUSER_FRONT, Role.TROUSER_BACK) else []
        for body in bodies:
            deepest = max(deepest, float(np.linalg.norm(body.pushed_out(part.points, -0.3) - part.points, axis=1).max()))
    return deepest


@pytest.mark.parametrize("kind", GarmentType)
@pytest.mark.parametrize("changes", BODIES, ids=("adult", "child", "giant"))
def test_garment_is_sewn_outside_the_body_at_its_own_size(kind, changes):
    _is_well_worn(*_dressed(kind, **changes))


@pytest.mark.parametrize(("kind", "changes"), VARIANTS)
def test_every_variant_is_sewn_outside_the_body_at_its_own_size(kind, changes):
    _is_well_worn(*_dressed(kind, **changes))


def _is_well_worn(pattern, assembly):
    assert [part.name for part in assembly.surfaces] == [piece.name for piece in pattern.parts if piece.role not in INSIDE]
    assert all(np.isfinite(part.points).all() for part in assembly.surfaces)
    assert min(len(part.triangles) for part in assembly.surfaces) >= 150
    assert sum(len(part.triangles) for part in assembly.surfaces) + len(assembly.mannequin.mesh[1]) <= 9000
    gaps = _seam_gaps(pattern, assembly)
    assert max(gaps.values()) < 0.8, max(gaps, key=gaps.get)
    assert _depth(assembly) < 0.6
    errors = _length_errors(assembly)
    assert np.median(errors) < 0.03
    assert np.percentile(errors, 95) < 0.13
    assert len(figure_of(assembly, pattern.design).to_json()) < 450_000


def test_lengths_are_kept_over_all_types():
    """The bound that assemble() states."""
    errors = np.concatenate([_length_errors(_dressed(kind)[1]) for kind in GarmentType])
    assert np.median(errors) < 0.007
    assert np.percentile(errors, 95) < 0.05
    for kind in GarmentType:
        errors = _length_errors(_dressed(kind)[1])
        assert np.median(errors) < 0.012, kind
        assert np.percentile(errors, 95) < 0.08, kind


@given(design=designs())
@settings(max_examples=20)
def test_any_design_gives_a_finite_garment(design):
    try:
        pattern = draft_pattern(design)
        assembly = assemble(pattern)
    except StudioError:
        return
    assert all(np.isfinite(part.points).all() for part in assembly.surfaces)
    assert np.percentile(_length_errors(assembly), 95) < 0.3
    tallest = max(part.points[:, 2].max() for part in assembly.surfaces)
    above = (
        14 if pattern.measures.height > 140 else 24
    )  # the mannequin's head is an adult's in small: a child's hood stands on it
    assert tallest < assembly.mannequin.heights["head_top"] + above


def test_sleeves_hang_on_the_arms_and_the_front_is_in_front():
    _, assembly = _dressed("shirt")
    parts = {part.name: part.points for part in assembly.surfaces}
    assert parts["front_bodice_left"][:, 1].mean() < -3 < 3 < parts["back_bodice"][:, 1].mean()
    assert parts["sleeve_left"][:, 0].mean() > 20
    assert parts["sleeve_right"][:, 0].mean() < -20
    assert parts["cuff_left"][:, 2].mean() < parts["sleeve_left"][:, 2].min() + 3
    neck = assembly.mannequin.neck_point
    assert abs(parts["collar"][:, 2].mean() - neck) < 5


def test_symmetric_garment_hangs_symmetrically():
    _, assembly = _dressed("hoodie")
    parts = {part.name: part.points for part in assembly.surfaces}
    assert parts["sleeve_left"].mean(axis=0) == pytest.approx(parts["sleeve_right"].mean(axis=0) * (-1, 1, 1), abs=0.05)


def test_trousers_have_two_legs():
    _, assembly = _dressed("pants")
    for part in assembly.surfaces:
        low = part.points[part.points[:, 2] < 60]
        if len(low):
            sign = 1 if part.side == Side.LEFT else -1
            assert (sign * low[:, 0] > -0.5).all()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("dress", {"bust": 104}), ("dress", {"skirt_length": 90}), ("dress", {"flare": 20}), ("shirt", {"sleeve_length": 30}),
        ("shirt", {"back_length": 75}), ("pants", {"inseam": 40}), ("pants", {"hem": 70}), ("hoodie", {"shoulder_width": 46}),
        ("jacket", {"neckline_depth": 18}), ("vest", {"waist": 90}), ("skirt", {"hip": 110}),
    ],
)  # fmt: skip
def test_a_changed_measurement_changes_the_garment(kind, change):
    plain, changed = (np.concatenate([p.points for p in _dressed(kind, **c)[1].surfaces]) for c in ({}, change))
    moved = np.abs(np.concatenate((plain.min(axis=0) - changed.min(axis=0), plain.mean(axis=0) - changed.mean(axis=0))))
    assert moved.max() > 0.25


def test_longer_sleeve_reaches_further():
    short, long = (_dressed("shirt", sleeve_length=length)[1] for length in (30, 58))
    reach = [next(p for p in a.surfaces if p.name == "sleeve_left").points[:, 0].max() for a in (short, long)]
    assert reach[1] > reach[0] + 5


def test_same_design_same_garment():
    first, second = (_dressed("jacket")[1] for _ in range(2))
    for a, b in zip(first.surfaces, second.surfaces, strict=True):
        assert np.array_equal(a.points, b.points)


def test_worked_example(tmp_path):
    pieces = get_pattern_pieces("dress", {**ANALYSIS["measurements"], **ANALYSIS["features"]})
    figure = create_3d_figure(ANALYSIS, pattern_pieces=pieces)
    figure.write_html(tmp_path / "test_dress.html")
    assert len(figure.data) == len(pieces) + 1
    assert (tmp_path / "test_dress.html").stat().st_size > 10_000


@pytest.mark.parametrize("kind", GarmentType)
def test_figure_has_a_named_mesh_for_each_piece(kind):
    pattern, assembly = _dressed(kind)
    figure = figure_of(assembly, pattern.design)
    assert [trace.name for trace in figure.data] == [*(part.title for part in assembly.surfaces), "Mannequin"]
    assert all(trace.type == "mesh3d" and trace.showlegend for trace in figure.data)
    assert all(trace.x.dtype == np.float32 and trace.i.dtype == np.int32 for trace in figure.data)
    assert len({trace.color for trace in figure.data}) == len(figure.data), "pieces can be told apart"
    assert figure.layout.scene.aspectratio.z == pytest.approx(SHOWN_HEIGHT)
    assert figure.layout.uirevision == "garment"
    assert len(figure.to_json()) < 450_000


def test_figure_needs_the_pieces_of_this_garment():
    with pytest.raises(DesignError, match="draft the pieces"):
        create_3d_figure(ANALYSIS)
    with pytest.raises(DesignError, match="analysis is of a dress"):
        create_3d_figure(ANALYSIS, pattern_pieces=draft_pattern(starting_design("skirt")))
    with pytest.raises(DesignError, match="unknown garment type"):
        create_3d_figure({"garment_type": "cape"}, pattern_pieces=draft_pattern(starting_design("skirt")))
    with pytest.raises(DesignError, match="dict or a GarmentDesign"):
        create_3d_figure(3, pattern_pieces=draft_pattern(starting_design("skirt")))
    design = starting_design("blouse")
    assert len(create_3d_figure(design, pattern_pieces=draft_pattern(design)).data) > 5


def test_command_writes_a_page_or_json(tmp_path, capsys):
    page, plain = tmp_path / "dress.html", tmp_path / "skirt.json"
    assert main(["--garment", "dress", "--set", "bust=96", "--set", "sleeve_length=30", "--out", str(page)]) == 0
    assert "<html>" in page.read_text(encoding="utf-8")
    saved = tmp_path / "design.json"
    saved.write_text(starting_design("skirt").to_json(), encoding="utf-8")
    assert main(["--design", str(saved), "--out", str(plain)]) == 0
    assert len(json.loads(plain.read_text(encoding="utf-8"))["data"]) == 4
    assert "wrote" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--garment", "cape", "--out", "x.html"],
        ["--garment", "dress", "--out", "x.obj"],
        ["--garment", "dress", "--set", "bust=9", "--out", "x.html"],
    ],
)
def test_command_says_what_is_wrong(arguments, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr(garment_3d.sys, "stderr", said)
    assert main(arguments) == 2
    assert said.getvalue().startswith("error:")
