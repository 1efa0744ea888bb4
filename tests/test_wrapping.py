"""Flat meshes keep the outline and the open darts; sewing closes seams and keeps lengths."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from studio.body import Arm, Mannequin
from studio.curves import Curve
from studio.design import starting_design
from studio.errors import DraftError
from studio.pattern import Edge, EdgeRef, Finish, Piece, Role, Seam, Side
from studio.sizing import completed
from studio.wrapping.laid import laid_on, lapped_over, strip_layers
from studio.wrapping.rows import closed_darts, open_darts, rows_of, stacked
from studio.wrapping.sew import Cloth, Pins, Placed, sewn
from studio.wrapping.triangulate import FlatMesh, triangulated
from studio.wrapping.tube import SleeveWrap, wrapped_band

GRAIN = np.array(((0.0, 1.0), (0.0, 0.0)))


def _piece(corners, *, name="piece", role=Role.FRONT, darts=(), names=None):
    """A polygon, one edge a side; sides numbered in `darts` are dart legs."""
    corners = [np.array(corner, dtype=float) for corner in corners]
    edges = []
    for number, start in enumerate(corners):
        line = Curve(np.stack((start, corners[(number + 1) % len(corners)])))
        label = names[number] if names else f"e{number}"
        edges.append(Edge(label, (line,), Finish.DART if number in darts else Finish.SEAM))
    return Piece(name, role, Side.CENTRE, tuple(edges), GRAIN)


def _darted(width=3.0, depth=12.0):
    return _piece([(-20, 0), (8 - width / 2, 0), (8, depth), (8 + width / 2, 0), (22, 0), (18, 40), (-18, 40)], darts=(1, 2))


def _areas(mesh: FlatMesh):
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))
    u, v = b - a, c - a
    return (u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) / 2


@given(width=st.floats(0.3, 5), depth=st.floats(4, 30), step=st.floats(1.0, 4.0))
@settings(max_examples=40)
def test_mesh_is_the_piece_and_bridges_no_dart(width, depth, step):
    piece = _darted(width, depth)
    mesh = triangulated(piece, step=step)
    assert len(mesh.triangles) >= 150
    assert (_areas(mesh) > 0).all()
    assert_allclose(_areas(mesh).sum(), piece.area, rtol=1e-9)
    assert set(mesh.triangles.ravel()) == set(range(len(mesh.points)))
    steps = np.sort(mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    pairs, shared = np.unique(steps, axis=0, return_counts=True)
    outline = pairs[shared == 1]
    boundary = sum(len(chain) - 1 for chain in mesh.chains.values())
    assert len(outline) == boundary
    assert (shared <= 2).all()
    for edge in piece.edges:
        chain = mesh.points[mesh.chains[edge.name]]
        assert_allclose(chain[[0, -1]], [edge.start, edge.end], atol=1e-9)
        assert_allclose(np.hypot(*np.diff(chain, axis=0).T).sum(), edge.length)


def test_same_piece_same_mesh():
    first, second = (triangulated(_darted(), step=2.0) for _ in range(2))
    assert np.array_equal(first.points, second.points)
    assert np.array_equal(first.triangles, second.triangles)


def test_triangles_are_shapely():
    mesh = triangulated(_darted(), step=1.6)
    u = mesh.points[mesh.triangles]
    sides = np.linalg.norm(u - np.roll(u, 1, axis=1), axis=2)
    quality = 4 * math.sqrt(3) * _areas(mesh) / (sides**2).sum(axis=1)
    assert np.median(quality) > 0.9
    assert np.percentile(quality, 2) > 0.5


def test_a_crease_is_not_crossed():
    mesh = triangulated(_piece([(-30, 0), (30, 0), (30, 7), (-30, 7)]), step=1.7, creases=[(-31.0, 3.5, 31.0, 3.5)])
    side = np.sign(np.round(mesh.points[:, 1] - 3.5, 9))[mesh.triangles]
    assert not ((side == 1).any(axis=1) & (side == -1).any(axis=1)).any()


def test_a_crossed_outline_is_refused():
    with pytest.raises(DraftError, match="crosses itself"):
        triangulated(_piece([(0, 0), (20, 20), (30, 0), (0, 15)]), step=1.0)


def test_located_finds_the_place_under_a_point():
    mesh = triangulated(_darted(), step=2.0)
    flat = np.array([(0.0, 5.0), (-10.0, 30.0), (15.0, 2.0)])
    corners, weights = mesh.located(flat)
    assert_allclose(np.einsum("nk,nkd->nd", weights, mesh.points[corners]), flat, atol=1e-9)
    assert (weights > -1e-9).all()


def test_darts_close_row_by_row():
    piece = _darted(3.0, 12.0)
    (dart,) = open_darts(piece)
    assert dart.width == pytest.approx(3.0)
    assert dart.is_upright
    closed = closed_darts(piece, np.array([(20.0, 0.0), (20.0, 6.0), (20.0, 20.0), (5.0, 0.0), (-20.0, 0.0)]))
    assert_allclose(closed[:, 0], [17, 18.5, 20, 5, -20])
    assert_allclose(rows_of(piece, low=0, high=40).cloth_at(np.array([0.5])), 21.95 - 2.875, atol=0.05)


def test_rings_keep_the_length_down_a_cone():
    levels = np.linspace(-30, 0, 31)
    body = np.tile((0.0, 0.0, 10.0, 8.0), (31, 1))
    girths = 70 - 1.5 * levels
    stack = stacked(levels, girths, body, anchor=(0.0, 100.0))
    slope = np.hypot(np.diff(stack.z), np.diff(girths / (2 * math.pi)))
    assert_allclose(slope, 1.0, rtol=1e-9)
    assert stack.z[-1] == 100.0


def _tube(rounds, push=lambda points: points):
    """Two 30 x 20 cm rectangles, placed 2 cm apart as half cylinders, sewn along both sides."""
    corners = [(-15, 0), (15, 0), (15, 20), (-15, 20)]
    names = ("hem", "right", "top", "left")
    pieces = [_piece(corners, name=name, names=names) for name in ("front", "back")]
    placed = []
    for piece, way in zip(pieces, (1.0, -1.0), strict=True):
        mesh = triangulated(piece, step=2.0)
        turn = mesh.points[:, 0] / (30 / math.pi)
        spread = 30 / math.pi * np.stack((way * np.sin(turn), -way * np.cos(turn)), axis=1) - (0, way)
        placed.append(Placed(piece, mesh, np.column_stack((spread, mesh.points[:, 1]))))
    seams = [
        Seam("left", (EdgeRef("front", "left"),), (EdgeRef("back", "right"),)),
        Seam("right", (EdgeRef("front", "right"),), (EdgeRef("back", "left"),)),
    ]
    cloth = Cloth(placed)
    stitches = cloth.stitches(seams)
    return cloth, stitches, sewn(cloth, stitches, push, rounds=rounds, bend=0.003, hold=0.04)


def test_sewing_closes_seams_and_keeps_lengths():
    cloth, stitches, points = _tube(40)
    assert max(pair.gaps(cloth.points).max() for pair in stitches) > 1.9
    assert max(pair.gaps(points).max() for pair in stitches) < 0.05
    i, j = cloth.edges.T
    error = np.abs(np.linalg.norm(points[i] - points[j], axis=1) / cloth.lengths - 1)
    assert np.median(error) < 0.004
    assert np.percentile(error, 95) < 0.02
    assert np.array_equal(points, _tube(40)[2])


def test_sewing_never_ends_inside_the_body():
    east, front, up = np.eye(3) * (1, -1, 1)
    pole = Arm(30 * up, -up, east, front, np.linspace(0, 40, 12), np.full(12, 9.3))
    _, _, points = _tube(40, lambda p: pole.pushed_out(p, 0.0))
    assert np.hypot(points[:, 0], points[:, 1]).min() > 9.29


def test_pins_hold_a_piece_in_place():
    piece = _piece([(-10, 0), (10, 0), (10, 10), (-10, 10)], names=("low", "r", "top", "l"))
    mesh = triangulated(piece, step=1.5)
    cloth = Cloth([Placed(piece, mesh, np.column_stack((mesh.points[:, 0], np.zeros(len(mesh.points)), mesh.points[:, 1])))])
    places = cloth.run((EdgeRef("piece", "low"),), backwards=False, count=20)
    target = places @ cloth.points + (0, 3.0, 5.0)
    points = sewn(cloth, [], lambda p: p, rounds=60, pins=[Pins(places, target)])
    assert np.abs(places @ points - target).max() < 0.1
    flat = cloth.places("piece", np.array([(0.0, 5.0)]))
    assert_allclose(flat @ mesh.points, [(0, 5)], atol=1e-9)


def test_what_is_laid_on_follows_the_face():
    host = triangulated(_piece([(-20, -20), (20, -20), (20, 20), (-20, 20)]), step=2.0)
    surface = np.column_stack((host.points[:, 0], -np.sqrt(900 - host.points[:, 0] ** 2), host.points[:, 1]))
    laid = laid_on(np.array([(0.0, 0.0), (5.0, 3.0)]), host, surface, offset=0.35)
    assert_allclose(np.hypot(laid[:, 0], laid[:, 1]), 30.35, atol=0.03)
    assert_allclose(laid[:, 2], [0, 3], atol=1e-6)


def test_upper_front_lies_over_the_lower():
    piece = _piece([(-2, -20), (20, -20), (20, 20), (-2, 20)])
    mesh = triangulated(piece, step=1.5)
    flat = Placed(piece, mesh, np.column_stack((mesh.points[:, 0], np.zeros(len(mesh.points)), mesh.points[:, 1])))
    raised = lapped_over(flat, beyond=2.0, below=1e9).points
    assert_allclose(raised[mesh.points[:, 0] < 1, 1], -0.45)
    assert_allclose(raised[mesh.points[:, 0] > 6, 1], 0.0)


def test_a_band_goes_once_round_and_is_folded():
    names = ("waist", "end", "inner", "start")
    piece = _piece([(-36, 0), (36, 0), (36, 7), (-36, 7)], role=Role.WAISTBAND, names=names)
    mesh = triangulated(piece, step=1.5, creases=[(-37.0, 3.5, 37.0, 3.5)])
    points = wrapped_band(piece, mesh.points, ring=(104.0, 0.0, 12.0, 10.0), seam="waist", upwards=True)
    assert points[:, 2].min() == pytest.approx(104)
    assert points[:, 2].max() == pytest.approx(107.5)
    back = points[np.argmin(np.hypot(*mesh.points.T))]
    assert back[1] > 9
    layers = strip_layers(Placed(piece, mesh, points), seam="waist").points
    inner, outer = (np.hypot(*layers[mesh.points[:, 1] == y][:, :2].T).mean() for y in (7.0, 0.0))
    assert inner < outer - 0.1


def test_a_sleeve_goes_round_its_arm_with_its_front_in_front():
    corners = {"underarm_front": (-16, -13), "underarm_back": (16, -13), "hem_front": (-12, -50), "hem_back": (12, -50)}
    marks = {name: np.array(at, dtype=float) for name, at in corners.items()}
    piece = Piece("sleeve_left", Role.SLEEVE, Side.LEFT, (), GRAIN, marks)
    form = Mannequin.of(completed(starting_design("shirt")))
    wrap = SleeveWrap.of(form, piece)
    top, front, back, hem = wrap.placed(np.array([(0.0, 0.0), (-8.0, -13.0), (8.0, -13.0), (0.0, -50.0)]))
    assert front[1] < back[1] - 6
    assert hem[0] > top[0] > 10
    assert hem[2] < top[2] - 35
