"""The dress form has the wearer's girths by another ruler, is closed, symmetric and plain about what it cannot be."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from shapely.ops import polygonize

from studio.body import LANDMARKS, Mannequin
from studio.bodyform import template as templates
from studio.bodyform.form import DressForm, Pose, dress_form, nearest_build
from studio.bodyform.rings import mannequin_of
from studio.bodyform.tape import edges_of, girth, slope
from studio.bodyform.template import Build
from studio.design import starting_design
from studio.sizes import TABLES, Table
from studio.sizing import Measures, completed


def _measures(body: dict[str, float]) -> Measures:
    return completed(starting_design("dress").changed(body))


def _size(table: Table, name: str) -> Measures:
    return _measures(dict(TABLES[table][name]))


@st.composite
def adults(draw: st.DrawFn) -> tuple[Measures, Build]:
    """A standard size of women or men, its height, waist and hip moved as real wearers' are."""
    table = draw(st.sampled_from((Table.WOMEN, Table.MEN)))
    body = dict(TABLES[table][draw(st.sampled_from(tuple(TABLES[table])))])
    body["height"] += draw(st.floats(-10, 10))
    for name in ("bust", "waist", "hip"):
        body[name] += draw(st.floats(-3.5, 3.5))
    return _measures(body), Build(table.value)


def tape(form: DressForm, z: float) -> float:
    """Our own ruler: the closed outlines of the cut by shapely, the hull of the one that the middle of the body lies in."""
    corners = form.points[np.sort(form.triangles, axis=1)]
    below = corners[..., 2] < z
    cut = corners[below.any(axis=1) & ~below.all(axis=1)]
    ends = []
    for first, second in ((0, 1), (0, 2), (1, 2)):
        a, b = cut[:, first], cut[:, second]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (z - a[:, 2]) / (b[:, 2] - a[:, 2])
        ends.append(
            np.where(((a[:, 2] < z) != (b[:, 2] < z))[:, None], a[:, :2] + share[:, None] * (b[:, :2] - a[:, :2]), np.nan)
        )
    pairs = np.stack(ends, axis=1)
    pairs = pairs[~np.isnan(pairs)].reshape(-1, 2, 2).round(7)
    outlines = polygonize([tuple(map(tuple, pair)) for pair in pairs if (pair[0] != pair[1]).any()])
    return max(
        (outline for outline in outlines if abs(outline.centroid.x) < 1), key=lambda outline: outline.area
    ).convex_hull.length


@given(wearer=adults())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_another_ruler_reads_the_wearers_girths(wearer):
    measures, build = wearer
    form = dress_form(measures, build=build)
    assert tape(form, form.landmarks["waist"][2]) == pytest.approx(measures.waist, abs=0.5)
    assert tape(form, form.landmarks["bust_left"][2]) == pytest.approx(measures.bust, abs=0.5)
    crotch = form.landmarks["crotch"][2]
    fullest = max(tape(form, z) for z in np.linspace(crotch + 1, form.heights["waist"] - 8, 25))
    assert fullest == pytest.approx(measures.hip, abs=0.5)
    assert np.ptp(form.points[:, 2]) == pytest.approx(measures.height, abs=1e-6)
    assert form.points[:, 2].min() == pytest.approx(0, abs=1e-9)
    assert np.isfinite(form.points).all()
    heights = list(form.heights.values())
    assert list(form.heights) == list(LANDMARKS)
    assert heights == sorted(heights)


@given(wearer=adults(), pose=st.sampled_from(Pose))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_the_form_is_one_closed_symmetric_shell(wearer, pose):
    measures, build = wearer
    form = dress_form(measures, build=build, pose=pose)
    steps = np.sort(form.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    edges, shared = np.unique(steps, axis=0, return_counts=True)
    assert (shared == 2).all()
    assert len(form.points) - len(edges) + len(form.triangles) == 2, "one shell without handles"
    a, b, c = (form.points[form.triangles[:, k]] for k in range(3))
    assert np.sum(np.einsum("ij,ij->i", a, np.cross(b, c))) > 0, "turned outwards"
    body = templates.template(build)
    assert body is not None
    assert_allclose(form.points[body.partner] * (-1, 1, 1), form.points, atol=0.2)
    assert 4000 < len(form.points) < 8000


@pytest.mark.parametrize("build", Build)
def test_a_girths_slope_is_what_a_small_bend_does(build):
    body = templates.template(build)
    assert body is not None
    spot = body.spots["bust"]
    _, change = slope(body.points, body.bends, body.trunk_edges, spot.at(body.points)[2], spot.bends(body.bends)[:, 2])
    for k in range(0, len(body.names), 5):
        ends = [body.points + h * body.bends[k] for h in (-1e-4, 1e-4)]
        low, high = (girth(points, body.trunk_edges, spot.at(points)[2]) for points in ends)
        assert change[k] == pytest.approx((high - low) / 2e-4, abs=0.02), body.names[k]


def test_what_was_decided_is_taken_and_the_rest_suits():
    measures = _measures({**TABLES[Table.WOMEN]["M"], "neck": 38.0, "bicep": 33.0, "thigh": 61.0, "shoulder_width": 42.0})
    form = dress_form(measures, decided=frozenset({"neck", "bicep", "thigh", "shoulder_width"}))
    for name in ("neck", "bicep", "thigh", "shoulder_width"):
        assert abs(form.residuals[name]) < 0.6, name
    assert form.remarks == ()


@pytest.mark.parametrize(
    "body",
    [
        {"height": 150, "bust": 180, "waist": 60, "hip": 180},
        {"height": 205, "bust": 80, "waist": 140, "hip": 78},
        {"height": 170, "bust": 92, "waist": 150, "hip": 90},
    ],
)
def test_contradictions_are_told(body):
    form = dress_form(_measures(body))
    assert np.isfinite(form.points).all()
    off = {name: value for name, value in form.residuals.items() if name in ("bust", "waist", "hip") and abs(value) > 0.5}
    assert off
    for name in off:
        assert any(f"The {name} " in remark for remark in form.remarks)


def test_sizes_choose_their_build_and_children_get_rings():
    for build in (Build.WOMEN, Build.MEN):
        for name in TABLES[Table(build.value)]:
            assert nearest_build(_size(Table(build.value), name)) == build
    for name in TABLES[Table.CHILDREN]:
        measures = _size(Table.CHILDREN, name)
        form = dress_form(measures)
        assert form.build is None
        assert "child" in form.note
        assert_allclose(form.girths["bust"], measures.bust, atol=0.01)
        assert_allclose(mannequin_of(form).mesh[0], form.points)


def test_without_the_data_rings_stand_in_and_say_so(monkeypatch):
    monkeypatch.setattr("studio.bodyform.form.template", lambda build: None)
    measures = _measures({"height": 171.3, "bust": 93.1})
    form = dress_form(measures)
    assert form.build is None
    assert "missing" in form.note
    assert_allclose(form.points, Mannequin.of(measures).mesh[0])


def test_arms_down_hang_beside_the_body():
    measures = _size(Table.WOMEN, "M")
    out, down = dress_form(measures), dress_form(measures, pose=Pose.ARMS_DOWN)
    assert down.landmarks["wrist_left"][0] < out.landmarks["wrist_left"][0] - 10
    assert down.points[:, 2].max() == pytest.approx(out.points[:, 2].max())
    assert down.girths == out.girths


@pytest.mark.parametrize(("table", "size"), [(Table.WOMEN, "XS"), (Table.WOMEN, "3XL"), (Table.MEN, "M")])
def test_the_mannequin_of_a_form_is_as_round_as_the_form(table, size):
    measures = _size(table, size)
    form = dress_form(measures)
    rings = mannequin_of(form)
    assert rings.mesh[0] is form.points
    for name in ("waist", "bust"):
        assert rings.girth(form.heights[name]) == pytest.approx(getattr(measures, name), rel=0.02)
    assert set(rings.heights) == set(LANDMARKS)
    for arm, side in zip(rings.arms, (1, -1), strict=True):
        assert arm.joint[0] * side > 0 < arm.axis[0] * side
        assert arm.outward[0] * side > 0 > arm.front[1]
        assert (arm.radii > 0).all()
    left = rings.legs[0].at(np.linspace(5, form.heights["crotch"] - 2, 30))
    assert (left[:, 0] - left[:, 2] > 0).all()


def test_a_form_takes_less_than_a_second_and_is_remembered():
    measures = _measures({**TABLES[Table.MEN]["L"], "waist": 91.7})
    start = time.process_time()
    form = dress_form(measures)
    assert time.process_time() - start < 1.0
    assert dress_form(measures) is form


def test_edges_are_counted_once():
    assert len(edges_of(np.array([[0, 1, 2], [2, 1, 3]]))) == 5
