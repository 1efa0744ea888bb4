"""Camera, depth buffer, projection and shading: exact where they can be, bounded elsewhere, the same every time."""

from __future__ import annotations

import functools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garment_3d import assemble
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.flat import laid_flat
from studio.judging.backdrop import Backdrop, surround_of
from studio.judging.camera import AZIMUTHS, Camera, Projected, View, bounding_box
from studio.judging.corners import LEAST_LIGHT, occlusion
from studio.judging.flat_lay import laid_picture
from studio.judging.landmarks import landmark_places
from studio.judging.projection import render_3d_to_image, whole_figure
from studio.judging.raster import rasterised
from studio.judging.scene import MANNEQUIN, NOTHING, Scene
from studio.judging.shading import Light, photographed, shadow_map
from studio.textures import ClothTexture, cloth_texture, striped_texture
from studio.vocabulary import Colour, Fabric, GarmentType, Print
from training import make_pictures

BOX = (np.array((-30.0, -15.0, 0.0)), np.array((30.0, 20.0, 170.0)))


@functools.cache
def worn(kind):
    pattern = draft_pattern(starting_design(kind))
    assembly = assemble(pattern)
    return pattern, assembly, Scene.of(assembly)


def framed(scene, *, size=(192, 144), azimuth=-20.0, fov=25.0):
    box = bounding_box(scene.points[scene.body_points :])
    return Camera.framing(box, size=size, azimuth_deg=azimuth, elevation_deg=5, fov_deg=fov, margin=0.08)


def cameras():
    return st.builds(
        lambda a, e, f: Camera.framing(BOX, size=(120, 90), azimuth_deg=a, elevation_deg=e, fov_deg=f),
        st.floats(-180, 180),
        st.floats(-60, 60),
        st.sampled_from((0.0, 15.0, 40.0)),
    )


@settings(max_examples=40, deadline=None)
@given(cameras(), st.integers(0, 99))
def test_camera_round_trip_and_framing(camera, seed):
    points = BOX[0] + np.random.default_rng(seed).random((50, 3)) * (BOX[1] - BOX[0])
    found = camera.projected(points)
    assert np.allclose(camera.places(found.pixels, found.depth), points, atol=1e-8)
    assert np.all(found.pixels >= 0)
    assert np.all(found.pixels <= (90, 120))
    assert np.allclose(camera.axes @ camera.axes.T, np.eye(3), atol=1e-12)


@pytest.mark.parametrize("view", View)
def test_usual_views_show_the_right_side(view):
    camera = Camera.of_view(BOX, view, size=(100, 100))
    left_hand, nose = camera.projected(np.array(((25.0, 0, 80), (0.0, -14, 160)))).pixels
    assert camera.shows_front == (AZIMUTHS[view] != 180)
    if view == View.FRONT:
        assert left_hand[0] > 50
    if view == View.BACK:
        assert left_hand[0] < 50
    if view == View.LEFT:
        assert nose[0] < left_hand[0]


def test_camera_refuses_what_cannot_be_seen():
    with pytest.raises(ValueError, match="nothing to frame"):
        Camera.framing((BOX[1], BOX[0]), size=(10, 10))
    with pytest.raises(ValueError, match="elevation"):
        Camera.framing(BOX, size=(10, 10), elevation_deg=90)
    with pytest.raises(ValueError, match="behind"):
        Camera.framing(BOX, size=(10, 10), fov_deg=20).projected(np.array(((0.0, -5000.0, 0.0),)))


def slow_raster(projected, triangles, size):
    """Every pixel against every triangle in plain numpy."""
    columns, rows = np.meshgrid(np.arange(size[1]) + 0.5, np.arange(size[0]) + 0.5)
    best = np.full(size, -np.inf)
    number = np.full(size, -1)
    for k, (a, b, c) in enumerate(triangles):
        p, q, r = projected.pixels[[a, b, c]]
        area = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        second = ((columns - p[0]) * (r[1] - p[1]) - (rows - p[1]) * (r[0] - p[0])) / area
        third = ((q[0] - p[0]) * (rows - p[1]) - (q[1] - p[1]) * (columns - p[0])) / area
        near = projected.nearness[[a, b, c]]
        height = near[0] + second * (near[1] - near[0]) + third * (near[2] - near[0])
        inside = (second >= 0) & (third >= 0) & (second + third <= 1) & (height > best)
        best[inside], number[inside] = height[inside], k
    return number, best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((0.0, 35.0)))
def test_depth_buffer_equals_slow_reference(seed, fov):
    rng = np.random.default_rng(seed)
    points = BOX[0] + rng.random((36, 3)) * (BOX[1] - BOX[0])
    triangles = rng.permuted(np.tile(np.arange(36), (20, 1)), axis=1)[:, :3]
    camera = Camera.framing(BOX, size=(40, 30), fov_deg=fov)
    projected = camera.projected(points)
    raster = rasterised(projected, triangles, camera.size)
    number, near = slow_raster(projected, triangles, camera.size)
    assert np.mean(raster.triangle != number) <= 1 / number.size  # one pixel may lie on an edge
    same = (raster.triangle == number) & (number >= 0)
    assert np.allclose(raster.nearness[same], near[same], rtol=1e-5)
    places = raster.interpolated(points, triangles)[same]
    rows, columns = np.nonzero(same)
    assert np.allclose(camera.projected(places).pixels, np.stack((columns, rows), axis=1) + 0.5, atol=1e-3)


def test_places_on_the_table_are_perspective_correct():
    """A steep plane with (u, v) = its own coordinates: every pixel must read the place where its line of sight meets it."""
    corners = np.array(((-30.0, -15, 0), (30, -15, 0), (30, 200, 0), (-30, 200, 0)))
    camera = Camera.framing(BOX, size=(200, 150), azimuth_deg=10, elevation_deg=35, fov_deg=60)
    raster = rasterised(camera.projected(corners), np.array(((0, 1, 2), (0, 2, 3))), camera.size)
    rows, columns = np.nonzero(raster.triangle >= 0)
    assert len(rows) > 500
    read = raster.interpolated(corners[:, :2], np.array(((0, 1, 2), (0, 2, 3))))[rows, columns]
    far = raster.depth(camera)[rows, columns].astype(float)
    true = camera.places(np.stack((columns, rows), axis=1) + 0.5, far)
    assert np.abs(read - true[:, :2]).max() < 0.02
    assert np.abs(true[:, 2]).max() < 0.02


def test_hidden_triangles_do_not_matter():
    flat = Projected(
        np.array(((0.0, 0), (9, 0), (0, 9), (0, 0), (9, 0), (0, 9))), np.zeros(6), np.ones(6), np.repeat((2.0, 1.0), 3)
    )
    both = rasterised(flat, np.array(((0, 1, 2), (3, 4, 5))), (9, 9)).triangle
    turned = rasterised(flat, np.array(((3, 4, 5), (0, 1, 2))), (9, 9)).triangle
    assert np.array_equal(both == 0, turned == 1)
    assert not np.any(both == 1)


@pytest.mark.parametrize("kind", GarmentType)
def test_mask_is_the_union_of_the_pieces(kind):
    pattern, assembly, scene = worn(kind)
    camera = whole_figure(assembly, size=(256, 256))
    shown = render_3d_to_image(scene, camera=camera, landmarks=landmark_places(pattern, assembly))
    union = np.zeros_like(shown.mask)
    for number in range(1, len(shown.names)):
        union |= shown.pieces == number
    assert np.array_equal(union, shown.mask)
    assert shown.names[1:] == tuple(part.name for part in assembly.surfaces)
    assert np.array_equal(np.isinf(shown.depth), shown.pieces == NOTHING)
    assert 0.02 < shown.mask.mean() < 0.6
    assert np.all(shown.colour[shown.pieces == NOTHING] == 1)
    again = render_3d_to_image(Scene.of(assembly), camera=camera)
    assert np.array_equal(again.colour, shown.colour)
    assert np.array_equal(again.pieces, shown.pieces)


@pytest.mark.parametrize("kind", GarmentType)
@pytest.mark.parametrize("front", [True, False])
def test_landmarks_are_the_flats_and_lie_where_their_cloth_is_drawn(kind, front):
    pattern, assembly, scene = worn(kind)
    camera = framed(scene, size=(256, 192), azimuth=0 if front else 180, fov=0)
    places = landmark_places(pattern, assembly, front=front)
    flat = laid_flat(pattern)
    assert set(places) == set((flat.front if front else flat.back).landmarks)
    shown = render_3d_to_image(scene, camera=camera, landmarks=places)
    projected = scene.projected(camera)
    for name, spot in shown.landmarks.items():
        around = np.linalg.norm(scene.points - places[name], axis=1) < 2.5
        near = scene.triangles[around[scene.triangles].any(axis=1) & (scene.piece != MANNEQUIN)]
        rows, columns = np.nonzero(rasterised(projected, near, camera.size).triangle >= 0)
        assert np.hypot(columns + 0.5 - spot[0], rows + 0.5 - spot[1]).min() <= 1.5, name
        assert name in shown.hidden or shown.mask[max(int(spot[1]) - 2, 0) : int(spot[1]) + 3].any()
    for stem in ("hem", "waist", "neck", "shoulder", "armpit"):
        if f"{stem}_left" in places:
            assert shown.landmarks[f"{stem}_left"][0] < shown.landmarks[f"{stem}_right"][0]


def test_shadow_and_corner_shading_stay_within_bounds():
    _, _, scene = worn(GarmentType.DRESS)
    camera = framed(scene).times(2)
    raster = rasterised(scene.projected(camera), scene.triangles, camera.size)
    shade = occlusion(raster, camera)
    assert np.all((shade >= LEAST_LIGHT) & (shade <= 1))
    assert np.all(shade[raster.triangle < 0] == 1)
    assert shade[raster.triangle >= 0].min() < 0.85 < np.median(shade[raster.triangle >= 0])
    depth, view = shadow_map(scene, camera, Light())
    far = view.projected(scene.points).depth
    assert np.isfinite(depth).mean() > 0.05
    assert far.min() - 0.1 <= depth[np.isfinite(depth)].min()
    assert depth[np.isfinite(depth)].max() <= far.max() + 1.0


def test_a_grey_cloth_in_white_light_stays_between_shade_and_light():
    _, _, scene = worn(GarmentType.SKIRT)
    grey = ClothTexture(np.full((2, 2, 3), 0.2, np.float32), 4.0, sheen=0.0, fuzz=0.0, rumple=0.0)
    camera = framed(scene)
    shot = photographed(scene, camera, grey, surround=surround_of(Backdrop.WHITE, seed=1))
    worn_pixels = shot.picture[shot.coverage == 1].astype(float) / 255
    assert worn_pixels.max() < 0.62
    assert worn_pixels.min() > 0.1
    assert np.all(np.ptp(worn_pixels, axis=1) < 0.05)
    assert np.mean((shot.coverage > 0.5) != ((shot.pieces != MANNEQUIN) & (shot.pieces != NOTHING))) < 0.02


def test_a_stripe_of_five_millimetres_is_five_millimetres():
    tile = striped_texture(Fabric.SILK, Colour.WHITE, Colour.BLACK, width=0.5, gap=0.5)
    dark = tile.pixels.mean(axis=(1, 2)) < 0.4
    edges = np.flatnonzero(np.diff(dark.astype(int)))
    assert len(edges) + 1 == 2 * round(tile.tile)
    assert np.abs(np.diff(edges) * tile.tile / len(dark) - 0.5).max() < tile.tile / len(dark) + 1e-9


@pytest.mark.parametrize("pattern", Print)
def test_tiles_repeat_follow_their_seed_and_reflect_less_than_all(pattern):
    for fabric in (Fabric.DENIM, Fabric.JERSEY):
        texture = cloth_texture(fabric, Colour.BLUE, pattern, seed=5)
        pixels = texture.pixels
        assert np.array_equal(pixels, cloth_texture(fabric, Colour.BLUE, pattern, seed=5).pixels)
        assert pixels.min() > 0
        assert pixels.max() < 0.95
        across = np.abs(pixels[0] - pixels[-1]).mean()
        assert across <= 1.5 * np.abs(np.diff(pixels, axis=0)).mean(axis=(1, 2)).max() + 1e-3
        levels, starts = texture.pyramid
        assert np.allclose(levels[-1], pixels.mean(axis=(0, 1)), atol=2e-3)
        assert starts[-1] == len(levels)


def test_laid_garment_is_full_of_cloth_inside_its_outline():
    pattern, _, _ = worn(GarmentType.JACKET)
    view = laid_flat(pattern).front
    red = ClothTexture(np.full((1, 1, 3), (0.5, 0.02, 0.02), np.float32), 4.0)
    laid = laid_picture(view, red, size=(256, 192), ground=np.full(3, 0.8), turn_deg=2)
    reddish = laid.picture[..., 0].astype(int) - laid.picture[..., 1]
    assert np.mean((reddish > 40) == laid.mask) > 0.985
    for name, spot in laid.landmarks.items():
        if not name.startswith("neck"):
            around = laid.mask[int(spot[1]) - 2 : int(spot[1]) + 3, int(spot[0]) - 2 : int(spot[0]) + 3]
            assert around.any(), name


def test_pairs_are_the_same_bit_for_bit_resume_and_make_a_sheet(tmp_path, capsys):
    folder, sheet = tmp_path / "pictures", tmp_path / "sheet.png"
    arguments = ["--out", str(folder), "--count", "12", "--seed", "3", "--contact-sheet", str(sheet)]
    assert make_pictures.main(arguments) == 0
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert len(before) == 12 * 6
    (folder / "000004.json").unlink()
    (folder / "000004_worn.png").write_bytes(b"broken off")
    assert make_pictures.main(arguments) == 0
    assert "1 pairs made, 11 were there" in capsys.readouterr().out
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    notes = json.loads(before["000004.json"])
    assert notes["caption"].startswith("a ")
    assert set(notes["hidden"]) <= set(notes["landmarks"]) == set(notes["flat_landmarks"])
    assert sheet.stat().st_size > 100_000
