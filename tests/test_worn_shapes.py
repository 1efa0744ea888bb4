"""What is folded, stands, falls, hangs in waves or is drawn in: collars, lapels, hoods, ribs, skirts, turn-ups."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from garment_3d import assemble
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.wrapping.lapel import folded_flat
from studio.wrapping.rows import polar
from studio.wrapping.triangulate import FlatMesh
from studio.wrapping.turned import fold_levels
from studio.wrapping.waves import Hanging, hanging_slope
from studio.wrapping.worn import is_folded


def _worn(kind, **changes):
    """The pattern, its pieces on the body by name, and the assembly."""
    pattern = draft_pattern(starting_design(kind).changed(changes))
    assembly = assemble(pattern)
    return pattern, {part.name: part for part in assembly.surfaces}, assembly


def _at(part, flat, triangles=None):
    """(n, 3) places on a worn piece of (n, 2) points on the table."""
    corners, weights = FlatMesh(part.flat, part.triangles if triangles is None else triangles, {}).located(flat)
    return np.einsum("nk,nkd->nd", weights, part.points[corners])


def _edge(pattern, parts, piece, edge, count=25):
    return _at(parts[piece], pattern[piece].edge(edge).sampled(count))


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_lapel_lies_outside_its_front(side):
    pattern, parts, _ = _worn("jacket")
    part = parts[f"front_{side}"]
    own = np.setdiff1d(np.arange(len(part.triangles)), part.turned)
    lapel = part.flat[part.triangles[part.turned]].mean(axis=1)
    above = part.points[part.triangles[part.turned]].mean(axis=1)
    below = _at(part, folded_flat(pattern[f"front_{side}"], lapel), part.triangles[own])
    outwards = below[:, :2] / np.linalg.norm(below[:, :2], axis=1)[:, None]
    lift = np.sum((above - below)[:, :2] * outwards, axis=1)
    assert len(lift) > 20
    assert lift.min() > 0
    assert np.median(lift) > 0.4


def test_a_collar_meets_its_lapel_at_the_notch():
    pattern, parts, _ = _worn("jacket")
    collar = _edge(pattern, parts, "collar", "neck")
    for side, sign in (("right", -1), ("left", 1)):
        end = max(collar[0], collar[-1], key=lambda place: sign * place[0])
        notch = _at(parts[f"front_{side}"], pattern[f"front_{side}"].landmarks["notch"][None])[0]
        assert np.linalg.norm(notch - end) < 0.6


def test_a_stand_stands_and_the_fall_falls_outside_it():
    pattern, parts, _ = _worn("shirt", neckline="collar", collar="shirt", closure="buttons")
    low, high = (_edge(pattern, parts, "collar_stand", edge) for edge in ("neck", "top"))
    tall = np.ptp(pattern["collar_stand"].outline()[:, 1])
    assert high[12, 2] - low[12, 2] > 0.6 * tall, "at the centre back"
    assert (high[:, 2] - low[::1, 2]).min() > 0.5
    outer = _edge(pattern, parts, "collar", "outer")[::-1]
    top = _edge(pattern, parts, "collar", "neck")
    assert np.median(top[:, 2] - outer[:, 2]) > 2.0
    assert outer[12, 1] > high[12, 1], "behind the stand at the centre back"


@pytest.mark.parametrize("fabric", ["jersey", "cotton"])
def test_a_turtleneck_is_folded_at_its_mark_and_rings_the_neck(fabric):
    pattern, parts, assembly = _worn("shirt", neckline="turtleneck", fabric=fabric)
    assert is_folded(pattern["collar"])
    half = np.ptp(parts["collar"].flat[:, 1]) / 2
    sewn, outer = (_edge(pattern, parts, "collar", edge) for edge in ("neck", "outer"))
    fold = _at(parts["collar"], np.stack((np.linspace(-10, 10, 15), np.full(15, half)), axis=1))
    assert fold[7, 2] - sewn[12, 2] > 0.7 * half
    assert fold[7, 2] - outer[12, 2] > 0.7 * half, "the free edge comes back down"
    assert np.median(np.linalg.norm(outer[::-1] - sewn, axis=1)) < 2.5
    assert fold[:, 2].max() < assembly.mannequin.heights["head_top"] - 8


def test_a_hood_strip_lies_between_the_panels():
    pattern, parts, _ = _worn("hoodie", hood="three_panel")
    strip, left, right = (parts[name].points for name in ("hood_strip", "hood_left", "hood_right"))
    assert abs(strip[:, 0].mean()) < 0.3
    assert np.abs(strip[:, 0]).max() < 5.5
    assert left[:, 0].mean() > 3 > -3 > right[:, 0].mean()
    for side in ("left", "right"):
        a, b = _edge(pattern, parts, f"hood_{side}", "centre"), _edge(pattern, parts, "hood_strip", f"{side}_edge")
        assert np.linalg.norm(a - b[::-1], axis=1).max() < 1.0


@pytest.mark.parametrize(
    ("kind", "changes"), [("hoodie", {}), ("jacket", {"closure": "zip", "collar": "stand", "has_ribs": True})]
)
def test_a_hem_rib_closes_the_hem(kind, changes):
    pattern, parts, _ = _worn(kind, **changes)
    rib = parts["hem_rib"]
    ends = [_edge(pattern, parts, "hem_rib", edge) for edge in ("left_end", "right_end")]
    assert np.linalg.norm(ends[0] - ends[1][::-1], axis=1).max() < 0.6
    body = [part.points[:, 2].min() for name, part in parts.items() if name.startswith(("front", "back"))]
    assert rib.points[:, 2].min() < min(body) - 2
    assert rib.points[:, 0].max() == pytest.approx(-rib.points[:, 0].min(), abs=0.5)
    assert abs(rib.points[:, 2].max() - min(body)) < 2.0


@pytest.mark.parametrize(("fullness", "steepest"), [("quarter", 16), ("half", 24), ("three_quarter", 31), ("full", 38)])
def test_a_circle_skirt_hangs_and_its_rays_keep_their_lengths(fullness, steepest):
    pattern, parts, _ = _worn("skirt", silhouette="circle", fullness=fullness)
    waist, hem = [], []
    for piece in (piece for piece in pattern.parts if "apex" in piece.landmarks):
        apex = piece.landmarks["apex"]
        radius, angle = polar(parts[piece.name].flat, apex)
        for turn in np.linspace(0.9 * angle.min(), 0.9 * angle.max(), 9):
            far = np.linspace(radius.min() + 0.3, radius.max() - 0.3, 60)
            ray = _at(parts[piece.name], apex + far[:, None] * (math.sin(turn), -math.cos(turn)))
            assert np.linalg.norm(np.diff(ray, axis=0), axis=1).sum() == pytest.approx(np.ptp(far), rel=0.015)
            waist.append(ray[0])
            hem.append(ray[-1])
        edge = piece.edge("hem")
        worn = _edge(pattern, parts, piece.name, "hem", 400)
        assert np.linalg.norm(np.diff(worn, axis=0), axis=1).sum() == pytest.approx(edge.length, rel=0.02)
    out = np.hypot(*np.array(hem)[:, :2].T).mean() - np.hypot(*np.array(waist)[:, :2].T).mean()
    down = np.array(waist)[:, 2].mean() - np.array(hem)[:, 2].mean()
    assert math.degrees(math.atan2(out, down)) < steepest


def test_gathers_and_elastic_are_drawn_in_to_the_waist():
    for kind, changes in (("skirt", {"silhouette": "gathered"}), ("pants", {"fabric": "jersey", "closure": "none"})):
        pattern, parts, assembly = _worn(kind, **changes)
        ring = _edge(pattern, parts, "waistband", "waist", 120)
        girth = np.linalg.norm(np.diff(ring, axis=0), axis=1).sum()
        body = assembly.mannequin.girth(assembly.mannequin.heights["waist"])
        assert body < girth < 1.12 * body, kind


def test_turn_ups_lie_outside_the_leg_and_end_at_the_floor():
    pattern, parts, _ = _worn("pants", has_cuffs=True)
    plain = _worn("pants")[1]
    for name in ("front_left", "front_right", "back_left", "back_right"):
        part, (bottom, top) = parts[name], fold_levels(pattern[name])
        assert part.points[:, 2].min() == pytest.approx(plain[name].points[:, 2].min(), abs=0.8)
        flat = part.flat[part.triangles[part.turned]].mean(axis=1)
        assert ((flat[:, 1] < bottom) & (flat[:, 1] > top)).all()
        worn = part.points[part.triangles[part.turned]].mean(axis=1)
        leg = np.flatnonzero(part.flat[part.triangles].mean(axis=1)[:, 1] > bottom)
        under = _at(part, np.column_stack((flat[:, 0], 2 * bottom - flat[:, 1])), part.triangles[leg])
        middle = np.array((under[:, 0].mean(), 0.0))
        away = [np.linalg.norm(places[:, :2] - middle, axis=1) for places in (worn, under)]
        assert np.median(away[0] - away[1]) > 0.15


def test_a_pocket_is_as_tall_as_it_is_sewn():
    pattern, parts, _ = _worn("shirt", has_pockets=True)
    (fold,) = fold_levels(pattern["pocket"])
    low = parts["pocket"].flat[:, 1].min()
    assert np.ptp(parts["pocket"].points[:, 2]) < fold - low + 0.4


@given(ratio=st.floats(1.05, 2.2), waist=st.floats(50, 120), length=st.floats(25, 100))
@settings(max_examples=25)
def test_waves_take_up_the_cloth_and_rays_keep_their_lengths(ratio, waist, length):
    levels = np.linspace(-length, 0, 40)
    girths = waist + (ratio - 1) * waist * -levels / length * 2
    hanging = Hanging.of(levels, girths, np.full(40, 0.8 * waist), waist=waist)
    for y in (levels[0], levels[20]):
        turn = np.linspace(-math.pi, math.pi, 2000)
        angle, wide, _ = hanging.at(turn, np.full(2000, y))
        radius = wide * np.interp(y, levels, hanging.radii)
        ring = np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)
        steps = np.linalg.norm(np.diff(ring, axis=0), axis=1)
        assert steps.sum() == pytest.approx(np.interp(y, levels, girths), rel=0.02)
        assert steps.max() < 1.15 * steps.mean(), "evenly spread along the wave"
    assert (np.diff(hanging.falls, axis=0) > 0).all()
    assert_allclose(hanging.falls[-1], 0)


def test_a_fuller_circle_hangs_flatter_but_never_flat():
    angles = [math.degrees(math.asin(hanging_slope(share))) for share in (0.1, 0.25, 0.5, 0.75, 1.0)]
    assert angles == sorted(angles)
    assert angles[-1] == pytest.approx(35)
    assert hanging_slope(0.2) == 0.2
