"""The mannequin has the wearer's girths, is a closed outward mesh and keeps cloth out."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from studio.body import Arm, Mannequin, Rings, perimeter
from studio.design import starting_design
from studio.sizing import completed
from tests.bodies import bodies

SOME = ({}, {"height": 98, "bust": 54}, {"height": 210, "bust": 140}, {"height": 160, "bust": 130, "waist": 125, "hip": 135})


def _of(**changes):
    measures = completed(starting_design("dress").changed(changes))
    return measures, Mannequin.of(measures)


def _volume(points, triangles):
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return np.sum(np.einsum("ij,ij->i", a, np.cross(b, c))) / 6


@given(body=bodies())
@settings(max_examples=40)
def test_a_tape_reads_the_wearers_girths(body):
    measures, form = _of(**body)
    for name in ("bust", "waist", "hip"):
        assert_allclose(form.girth(form.heights[name]), getattr(measures, name), rtol=1e-6)
    assert form.heights["waist"] == pytest.approx(measures.waist_height)
    assert list(form.heights.values()) == sorted(form.heights.values()), "landmarks rise from the feet to the crown"


@given(body=bodies())
@settings(max_examples=25)
def test_form_is_closed_and_turned_outwards(body):
    _, form = _of(**body)
    points, triangles = form.mesh
    assert np.isfinite(points).all()
    assert len(triangles) < 3200
    assert _volume(points, triangles) > 0
    steps = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, shared = np.unique(steps, axis=0, return_counts=True)
    assert (shared == 2).all(), "every edge has two triangles"


@pytest.mark.parametrize("change", SOME)
def test_arms_hang_clear_of_the_chest_and_legs_stand_apart(change):
    _, form = _of(**change)
    for arm in form.arms:
        along = np.linspace(4 * arm.radii[2], arm.along[-1] * 0.7, 30)
        centre = arm.joint + along[:, None] * arm.axis
        inner = np.abs(centre[:, 0]) - arm.radius(along) / np.abs(arm.axis[2])
        assert (inner > form.torso.at(centre[:, 2])[:, 2]).all()
    z = np.linspace(0, form.heights["crotch"] - 2, 40)
    left = form.legs[0].at(z)
    assert (left[:, 0] - left[:, 2] > 0.2).all()
    assert form.arms[0].joint[0] > 0 > form.arms[1].joint[0]


@pytest.mark.parametrize("change", SOME)
def test_nothing_stays_inside(change):
    _, form = _of(**change)
    rng = np.random.default_rng(5)
    for part in (form.torso, form.hull, form.legs[0]):
        z = rng.uniform(part.rows[8, 0], part.rows[-12, 0], 3000)
        cx, cy, rx, ry = part.at(z).T
        turn, share = rng.uniform(0, 2 * np.pi, 3000), rng.uniform(0.93, 1.1, 3000)
        cloud = np.stack((cx + share * rx * np.sin(turn), cy - share * ry * np.cos(turn), z), axis=1)
        moved = cloud
        for _ in range(6):
            moved = part.pushed_out(moved, 0.4)
        cx, cy, rx, ry = part.at(moved[:, 2]).T
        assert np.hypot((moved[:, 0] - cx) / rx, (moved[:, 1] - cy) / ry).min() > 0.985
        assert np.linalg.norm(moved - cloud, axis=1).max() < 6
        away = cloud + np.array((200.0, 0, 0))
        assert np.array_equal(part.pushed_out(away, 0.4), away)


def test_arm_pushes_straight_out():
    east, front, up = np.eye(3) * (1, -1, 1)
    arm = Arm(np.zeros(3), -up, east, front, np.linspace(0, 50, 12), np.full(12, 4.0))
    moved = arm.pushed_out(np.array([[1.0, 0, -20], [9.0, 0, -20]]), 0.5)
    assert_allclose(moved, [[4.5, 0, -20], [9, 0, -20]])


def test_changed_measurements_change_the_form():
    _, plain = _of()
    _, wide = _of(bust=104)
    _, tall = _of(height=182, bust=92)
    assert wide.girth(wide.heights["bust"]) > plain.girth(plain.heights["bust"]) + 11
    assert tall.mesh[0][:, 2].max() > plain.mesh[0][:, 2].max() + 8


def test_perimeter_of_a_circle_and_of_a_needle():
    assert_allclose(perimeter(3.0, 3.0), 6 * np.pi)
    assert_allclose(perimeter(1e-9, 5.0), 20.0, rtol=1e-6)


def test_rings_go_through_their_knots():
    knots = np.array([(0, 0, 0, 3, 2), (7.3, 1, 0, 5, 4), (20, 0, 1, 4, 4.0)])
    assert_allclose(Rings.through(knots).at(knots[:, 0]), knots[:, 1:])
