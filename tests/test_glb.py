"""The files of the worn garment: well-formed glTF and OBJ, cloth at its true scale, seams that shade smoothly, honest colours."""

import dataclasses
import io
import re
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from garment_3d import assemble
from pattern_generator import draft_pattern
from studio.arrays import Triangles
from studio.assembly import Assembly, PieceSurface
from studio.body import Mannequin
from studio.design import starting_design
from studio.export.ease_map import BODY_ROOM, STRAIN, UNKNOWN, body_room, cloth_strain, ease_colours
from studio.export.glb import MANNEQUIN, design_cloth, ease_glb, garment_glb
from studio.export.obj import NAMES, garment_obj
from studio.export.worn_mesh import vertex_normals, worn_meshes
from studio.pattern import Role, Side
from studio.vocabulary import Fabric, GarmentType, Print
from tests.gltf_file import Gltf

LOOKS = {
    GarmentType.SHIRT: {"pattern": "check", "has_collar": True, "has_cuffs": True, "has_pockets": True},
    GarmentType.HOODIE: {"pattern": "graphic", "closure": "none"},
    GarmentType.DRESS: {"pattern": "stripe"},
    GarmentType.PANTS: {"fabric": "denim"},
}


def _dressed(kind, **changes):
    pattern = draft_pattern(starting_design(kind).changed(changes))
    return assemble(pattern), pattern.design


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def worn(request):
    return _dressed(request.param, **LOOKS[request.param])


@pytest.fixture(scope="module")
def shirt():
    return _dressed(GarmentType.SHIRT, **LOOKS[GarmentType.SHIRT])


def test_file_is_well_formed(worn):
    gltf = Gltf(garment_glb(*worn))
    names = [surface.name for surface in worn[0].surfaces]
    found = [node["name"] for node in gltf.tree["nodes"]]
    assert found[: len(names)] == names
    assert found[-1] == MANNEQUIN
    assert len(set(found)) == len(found)
    assert gltf.tree["scenes"][0]["nodes"] == list(range(len(found)))
    for node, attributes, triangles in gltf.meshes():
        count = len(attributes["POSITION"])
        assert all(len(values) == count for values in attributes.values())
        assert triangles.max() == count - 1
        assert len(np.unique(triangles)) == count
        assert np.linalg.norm(attributes["NORMAL"], axis=1) == pytest.approx(1, abs=1e-5)
        assert node["extras"]["title"]
    for picture in gltf.pictures():
        assert max(picture.size) <= 512
        assert all(side & (side - 1) == 0 for side in picture.size)


def test_everything_written_is_used(worn):
    tree = Gltf(garment_glb(*worn)).tree
    primitives = [mesh["primitives"][0] for mesh in tree["meshes"]]
    used = [number for primitive in primitives for number in (*primitive["attributes"].values(), primitive["indices"])]
    assert sorted(used) == list(range(len(tree["accessors"])))
    assert {primitive["material"] for primitive in primitives} == set(range(len(tree["materials"])))
    views = [accessor["bufferView"] for accessor in tree["accessors"]] + [image["bufferView"] for image in tree["images"]]
    assert sorted(views) == list(range(len(tree["bufferViews"])))


def test_garment_stands_on_the_ground_in_metres_and_looks_along_z(shirt):
    assembly, design = shirt
    parts = {node["name"]: attributes["POSITION"] for node, attributes, _ in Gltf(garment_glb(assembly, design)).meshes()}
    assert parts[MANNEQUIN][:, 1].min() == pytest.approx(0, abs=0.02)
    assert parts[MANNEQUIN][:, 1].max() == pytest.approx(assembly.mannequin.heights["head_top"] / 100, abs=0.02)
    assert parts["front_bodice_left"][:, 2].mean() > 0.03 > -0.03 > parts["back_bodice"][:, 2].mean()
    assert parts["sleeve_left"][:, 0].min() > 0 > parts["sleeve_right"][:, 0].max()


def test_normals_point_out_of_the_garment(worn):
    """Seen from the side that the triangles wind round."""
    for _, attributes, triangles in Gltf(garment_glb(*worn)).meshes():
        corners = attributes["POSITION"][triangles].astype(float)
        facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        agree = np.einsum("ij,ikj->ik", facing, attributes["NORMAL"][triangles].astype(float)) > 0
        assert agree.mean() > 0.985


def test_cloth_has_its_true_scale(shirt):
    assembly, design = shirt
    tile = design_cloth(design).tile
    surfaces = {surface.name: surface for surface in assembly.surfaces}
    for node, attributes, triangles in Gltf(garment_glb(assembly, design, with_body=False)).meshes():
        sides = triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
        cm = np.linalg.norm(np.diff(tile * attributes["TEXCOORD_0"][sides], axis=1)[:, 0], axis=1)
        metres = np.linalg.norm(np.diff(attributes["POSITION"][sides], axis=1)[:, 0], axis=1)
        assert np.median(cm / (100 * metres)) == pytest.approx(1, abs=0.03)
        flat = surfaces[node["name"]].flat
        assert np.ptp(tile * attributes["TEXCOORD_0"], axis=0) == pytest.approx(np.ptp(flat, axis=0), abs=1e-3)


def test_up_on_the_table_is_up_in_the_picture(shirt):
    assembly, design = shirt
    for node, attributes, _ in Gltf(garment_glb(assembly, design, with_body=False)).meshes():
        if node["name"].startswith(("front", "back")):
            slope = np.polyfit(attributes["POSITION"][:, 1], attributes["TEXCOORD_0"][:, 1], 1)[0]
            assert slope < 0


def test_picture_on_the_chest_is_shown_once_and_whole():
    gltf = Gltf(garment_glb(*_dressed(GarmentType.HOODIE, pattern="graphic")))
    printed = [(node, a) for node, a, _ in gltf.meshes() if node["name"].endswith("_picture")]
    assert printed
    places = np.concatenate([attributes["TEXCOORD_0"] for _, attributes in printed])
    assert (places.min(axis=0) <= 0.02).all()
    assert (places.max(axis=0) >= 0.98).all()
    cover = next(picture for picture in gltf.pictures() if picture.format == "PNG").getchannel("A")
    pixels = np.asarray(cover)
    assert pixels.max() > 200
    assert not pixels[[0, -1]].any()
    assert not pixels[:, [0, -1]].any()
    assert any(material.get("alphaMode") == "BLEND" for material in gltf.tree["materials"])


@pytest.mark.parametrize("fabric", [Fabric.COTTON, Fabric.SILK])
def test_cloth_is_matt_and_silk_shines(shirt, fabric):
    assembly, design = shirt
    tree = Gltf(garment_glb(assembly, design.changed({"fabric": fabric}))).tree
    shine = tree["materials"][0]["pbrMetallicRoughness"]
    assert shine["metallicFactor"] == 0
    assert shine["roughnessFactor"] == pytest.approx(0.85 if fabric == Fabric.COTTON else 0.5, abs=0.02)
    assert all(material["doubleSided"] for material in tree["materials"])


def test_colour_of_the_picture_is_that_of_the_cloth(shirt):
    assembly, design = shirt
    plain = design.changed({"pattern": Print.PLAIN})
    cloth = design_cloth(plain)
    (picture,) = Gltf(garment_glb(assembly, plain)).pictures()
    screen = np.asarray(picture).reshape(-1, 3).mean(axis=0) / 255
    light = ((screen + 0.055) / 1.055) ** 2.4
    assert light == pytest.approx(cloth.pixels.reshape(-1, 3).mean(axis=0), rel=0.12, abs=0.01)


def test_a_cloth_of_ones_own_is_used(shirt):
    assembly, design = shirt
    red = dataclasses.replace(design_cloth(design), pixels=np.tile(np.float32((0.8, 0.0, 0.0)), (64, 64, 1)), tile=8.0)
    (picture,) = Gltf(garment_glb(assembly, design, cloth=red)).pictures()
    assert picture.size == (64, 64)
    assert np.asarray(picture).reshape(-1, 3).mean(axis=0) == pytest.approx((231, 0, 0), abs=4)


@pytest.mark.parametrize("kind", GarmentType)
def test_files_are_small_and_the_same_each_time(kind):
    assembly, design = _dressed(kind)
    content = garment_glb(assembly, design)
    assert len(content) < 600_000
    assert content == garment_glb(assembly, design)
    bare = garment_glb(assembly, design, with_body=False)
    assert len(bare) < len(content)
    assert MANNEQUIN not in [node["name"] for node in Gltf(bare).tree["nodes"]]


def test_a_dress_of_twenty_thousand_points_fits_the_file():
    """With room left, within 1.5 MB, for a body of 14,000 points."""
    assembly, design = _dressed(GarmentType.DRESS)
    parts = [_finer(part) for part in assembly.surfaces]
    parts = [_finer(part) if part.role in (Role.FRONT, Role.SKIRT_BACK) else part for part in parts]
    assert sum(len(part.points) for part in parts) > 20_000
    assert len(garment_glb(Assembly(assembly.mannequin, tuple(parts)), design)) < 1_100_000


def _finer(part: PieceSurface) -> PieceSurface:
    """Each triangle as four."""
    i, j = part.edges.T
    number = {(int(a), int(b)): len(part.points) + k for k, (a, b) in enumerate(np.sort(part.edges, axis=1))}
    triangles: list[tuple[int, ...]] = []
    for a, b, c in part.triangles.tolist():
        ab, bc, ca = (number[min(pair), max(pair)] for pair in ((a, b), (b, c), (c, a)))
        triangles += [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    faces: Triangles = np.array(triangles)
    edges = np.unique(np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1), axis=0)
    points, flat = (np.concatenate((p, (p[i] + p[j]) / 2)) for p in (part.points, part.flat))
    lengths = np.linalg.norm(flat[edges[:, 0]] - flat[edges[:, 1]], axis=1)
    turned = np.zeros(0, dtype=int)
    return dataclasses.replace(part, points=points, flat=flat, triangles=faces, edges=edges, lengths=lengths, turned=turned)


def _sheet(name, *, role=Role.BACK, at=0.0, bend=lambda x: 0 * x, count=9):
    """A grid of cloth `count` points wide whose height is a function of x; x begins at `at`."""
    x, y = np.meshgrid(at + np.arange(count, dtype=float), np.arange(5.0))
    flat = np.stack((x.ravel(), y.ravel()), axis=1)
    points = np.stack((x.ravel(), y.ravel(), bend(x.ravel())), axis=1)
    grid = np.arange(len(flat)).reshape(5, count)
    a, b, c, d = (part.ravel() for part in (grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]))
    faces = np.concatenate((np.stack((a, b, c), axis=1), np.stack((a, c, d), axis=1)))
    edges = np.unique(np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1), axis=0)
    lengths = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
    return PieceSurface(name, name, role, Side.CENTRE, flat, points, faces, np.zeros(0, dtype=int), edges, lengths)


@pytest.fixture(scope="module")
def mannequin():
    return Mannequin.of(draft_pattern(starting_design(GarmentType.VEST)).measures)


@given(shift=st.sampled_from((0.0, 0.1)), steep=st.floats(0, 0.06))
@settings(max_examples=20)
def test_a_seam_shades_as_one_surface(mannequin, shift, steep):
    """Two pieces that meet at x = 8 on a smooth hill have the hill's normals there, both the same."""

    def hill(x):
        return -steep * (x - 8) ** 2 + steep * 3 * x

    pair = worn_meshes(Assembly(mannequin, (_sheet("a", bend=hill), _sheet("b", at=8 + shift, bend=hill))))
    a, b = (mesh.normals[np.abs(mesh.points[:, 0] - 8) < 0.5] for mesh in pair)
    slope = 3 * steep
    assert a == pytest.approx(b, abs=1e-9 if shift == 0 else 0.03)
    assert a[1:-1] == pytest.approx(np.tile((-slope, 0, 1) / np.hypot(slope, 1), (3, 1)), abs=0.05)


def test_a_fold_stays_sharp(mannequin):
    """A sheet folded back on itself at x = 4: the points of the fold are there for both sides."""
    sheet = _sheet("a")
    over = sheet.points[:, 0] > 4
    points = np.where(over[:, None], sheet.points * (-1, 1, 0) + (8, 0, 0.4), sheet.points)
    (mesh,) = worn_meshes(Assembly(mannequin, (dataclasses.replace(sheet, points=points),)))
    assert len(mesh.points) == len(sheet.points) + 5
    assert (np.abs(mesh.normals[:, 2]) > 0.9).all()
    assert mesh.flat == pytest.approx(sheet.flat[mesh.source])
    assert mesh.source[mesh.triangles].tolist() == sheet.triangles.tolist()


def test_folded_cloth_does_not_shade_its_own_back(mannequin):
    front, back = _sheet("a"), _sheet("b")
    turned = dataclasses.replace(back, triangles=back.triangles[:, ::-1])
    pair = worn_meshes(Assembly(mannequin, (front, turned)))
    assert pair[0].normals == pytest.approx(np.tile((0, 0, 1), (45, 1)), abs=1e-9)
    assert pair[1].normals == pytest.approx(np.tile((0, 0, -1), (45, 1)), abs=1e-9)


def test_closed_form_has_outward_normals(mannequin):
    points, triangles = mannequin.mesh
    normals = vertex_normals(points, triangles)
    crown = int(np.argmax(points[:, 2]))
    assert normals[crown, 2] > 0.9


def test_obj_says_the_same_as_the_surfaces(shirt):
    assembly, design = shirt
    content = garment_obj(assembly, design)
    assert content == garment_obj(assembly, design)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert tuple(archive.namelist()) == NAMES
        text, material = archive.read(NAMES[0]).decode(), archive.read(NAMES[1]).decode()
        Image.open(io.BytesIO(archive.read(NAMES[2]))).load()
    assert "1 = 1 cm" in text
    assert re.findall(r"^g (\S+)", text, re.M) == [*(part.name for part in assembly.surfaces), MANNEQUIN]
    assert set(re.findall(r"^usemtl (\S+)", text, re.M)) == set(re.findall(r"^newmtl (\S+)", material, re.M))
    columns = {kind: np.array(re.findall(rf"^{kind} (.+)$", text, re.M)) for kind in ("v", "vt", "vn")}
    counts = {kind: len(rows) for kind, rows in columns.items()}
    assert counts["v"] == counts["vt"] == counts["vn"]
    corners = np.array([corner.split("/") for row in re.findall(r"^f (.+)$", text, re.M) for corner in row.split()], dtype=int)
    assert corners.min() == 1
    assert corners.max() == counts["v"]
    assert (corners == corners[:, :1]).all()
    heights = np.array([row.split()[1] for row in columns["v"]], dtype=float)
    assert heights.max() == pytest.approx(assembly.mannequin.heights["head_top"], abs=1.5)
    tile = design_cloth(design).tile
    first = assembly.surfaces[0]
    texture = np.array([row.split() for row in columns["vt"]], dtype=float)[: len(worn_meshes(assembly)[0].points)]
    assert np.ptp(texture, axis=0) * tile == pytest.approx(np.ptp(first.flat, axis=0), abs=0.01)


@given(st.lists(st.floats(-60, 60), min_size=2, max_size=30).map(sorted))
def test_scale_runs_from_blue_over_light_to_red(values):
    colours = ease_colours(np.array(values)).astype(int)
    warmth = colours[:, 0] - colours[:, 2]
    inside = np.abs(values) <= STRAIN.high
    assert (warmth[np.array(values) > 1] > 0).all()
    assert (warmth[np.array(values) < -1] < 0).all()
    assert (colours[~inside & (np.array(values) > 0)] == (0xA0, 0x1C, 0x2C)).all()


def test_middle_is_neutral_and_the_unknown_is_grey():
    assert np.ptp(ease_colours(np.array([0.0]))) < 12
    assert "#" + "".join(f"{c:02x}" for c in ease_colours(np.array([np.nan]))[0]) == UNKNOWN


@pytest.mark.parametrize("scale", [STRAIN, BODY_ROOM])
def test_legend_names_its_ticks_in_percent(scale):
    assert all(label.endswith("%") for label in scale.labels)
    assert len(scale.labels) == len(scale.ticks)
    assert (scale.ticks[0], scale.ticks[-1]) == (scale.low, scale.high)
    assert scale.plotly["colorbar"]["ticktext"] == list(scale.labels)
    assert all(f">{label}</text>" in scale.svg for label in scale.labels)
    assert scale.plotly["colorscale"][0] == [0.0, scale.colours[0]]


@given(more=st.floats(-0.3, 0.5))
def test_strain_of_evenly_stretched_cloth_is_its_stretch(mannequin, more):
    sheet = _sheet("a")
    stretched = dataclasses.replace(sheet, points=sheet.points * (1 + more))
    strain = cloth_strain(Assembly(mannequin, (stretched,)))["a"]
    assert strain == pytest.approx(100 * more, abs=1e-6)


@given(room=st.floats(0, 80), level=st.floats(0.15, 0.95))
def test_room_of_a_ring_about_the_waist_is_its_own(mannequin, room, level):
    z = level * mannequin.heights["bust"]
    _, cy, rx, ry = mannequin.hull.at(np.array([z]))[0]
    angle = np.linspace(0, 6, 45)
    out = 1 + room / 100
    points = np.stack((out * rx * np.cos(angle), cy + out * ry * np.sin(angle), np.full(45, z)), axis=1)
    skirt = dataclasses.replace(_sheet("a", role=Role.SKIRT_BACK), points=points)
    assert body_room(Assembly(mannequin, (skirt,)))["a"] == pytest.approx(room, abs=1e-6)


def test_room_is_told_only_where_a_ring_of_the_body_is(worn):
    rooms = body_room(worn[0])
    roles = {part.name: part.role for part in worn[0].surfaces}
    for name, room in rooms.items():
        known = np.isfinite(room)
        assert (room[known] > -6).all(), name
        if roles[name] in (Role.COLLAR, Role.STAND, Role.HOOD):
            assert not known.any()
        if roles[name] in (Role.SKIRT_FRONT, Role.TROUSER_BACK):
            assert known.mean() > 0.6


def test_map_of_values_is_a_well_formed_file_too(shirt):
    assembly, design = shirt
    gltf = Gltf(ease_glb(assembly, design, body_room(assembly), scale=BODY_ROOM))
    assert "images" not in gltf.tree
    shades = {node["name"]: attributes["COLOR_0"] for node, attributes, _ in gltf.meshes() if "COLOR_0" in attributes}
    assert set(shades) == {part.name for part in assembly.surfaces}
    assert all((rows[:, 3] == 65535).all() for rows in shades.values())
    assert np.ptp(shades["back_bodice"][:, :3], axis=0).max() > 20_000
    assert len(np.unique(shades["collar"][:, :3], axis=0)) == 1


def test_another_reader_finds_the_same_garment(shirt):
    trimesh = pytest.importorskip("trimesh")
    assembly, design = shirt
    scene = trimesh.load(io.BytesIO(garment_glb(assembly, design)), file_type="glb", process=False)
    assert set(scene.geometry) == {*(part.name for part in assembly.surfaces), MANNEQUIN}
    for part in assembly.surfaces:
        mesh = scene.geometry[part.name]
        assert len(mesh.faces) == len(part.triangles)
        assert mesh.visual.material.roughnessFactor == pytest.approx(0.846, abs=0.01)
        assert mesh.visual.material.baseColorTexture.size == (512, 512)
