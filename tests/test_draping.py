"""Sewn cloth on a body: seams, lengths, the body's skin, symmetry, and what happens when a drape fails."""

import functools
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from garment_3d import assemble
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.draping.drape import PHASES, drape
from studio.draping.fabrics import CLOTH_OF, HANGING, Cloth, hanging_of
from studio.draping.mesh import bends, doubled_area, refined, sewn_garment
from studio.draping.sdf import distance_field
from studio.pattern import INSIDE, Material, Role, SeamKind
from studio.vocabulary import Fabric, GarmentType


@functools.cache
def _worn(kind, **changes):
    pattern = draft_pattern(starting_design(kind).changed(changes))
    return pattern, assemble(pattern)


def _draped(pattern, assembly, **options):
    points, triangles = assembly.mannequin.mesh
    given = {"fabric": Fabric.COTTON, "body_points": points, "body_triangles": triangles, **options}
    return drape(pattern, assembly, **given)


@functools.cache
def _hung(kind, **changes):
    return _draped(*_worn(kind, **changes))


def _sphere(rows=24, columns=40, radius=10.0, middle=(0.0, 0.0, 0.0)):
    turn, tilt = np.linspace(0, 2 * np.pi, columns, endpoint=False), np.linspace(0, np.pi, rows)[1:-1]
    ring = [np.stack((np.sin(t) * np.cos(turn), np.sin(t) * np.sin(turn), np.full(columns, np.cos(t))), axis=1) for t in tilt]
    points = np.concatenate([*ring, [(0, 0, 1), (0, 0, -1)]]) * radius + middle
    grid = np.arange((rows - 2) * columns).reshape(rows - 2, columns)
    right = np.roll(grid, -1, axis=1)
    faces = [np.stack((grid[:-1], grid[1:], right[:-1]), -1), np.stack((right[:-1], grid[1:], right[1:]), -1)]
    top, low = (rows - 2) * columns, (rows - 2) * columns + 1
    faces += [
        np.stack((np.full_like(grid[0], top), grid[0], right[0]), -1),
        np.stack((grid[-1], np.full_like(grid[0], low), right[-1]), -1),
    ]
    return points, np.concatenate([face.reshape(-1, 3) for face in faces])


def test_distance_field_is_that_of_a_ball():
    field = distance_field(*_sphere())
    places = np.random.default_rng(1).uniform(-12, 12, (2000, 3))
    known = np.linalg.norm(places, axis=1) - 10
    near = np.abs(known) < 2
    assert np.abs(field.at(places) - known)[near].max() < 0.15
    assert (np.sign(field.at(places)) == np.sign(known))[np.abs(known) > 0.3].all()


def test_shells_that_cross_are_one_body():
    (a, faces), (b, _) = _sphere(), _sphere(middle=(12.0, 0.0, 0.0))
    field = distance_field(np.concatenate((a, b)), np.concatenate((faces, faces + len(a))))
    inside = np.array(((2.5, 0.0, 0.0), (9.5, 0.0, 0.0), (6.0, 0.0, 0.0)))  # on the skin of the one, deep in the other
    assert (field.at(inside) < -1.5).all()
    pushed = field.pushed_out(np.array(((-9.5, 0.0, 0.0), (20.0, 3.0, 1.0))), 0.3)
    assert (field.at(pushed) > 0.2).all()


@pytest.mark.parametrize("kind", GarmentType)
def test_seams_become_one_to_one(kind):
    pattern, assembly = _worn(kind)
    garment = sewn_garment(pattern, assembly, [200.0] * len(assembly.surfaces))
    assert sum(abs(p.piece.area) for p in garment.parts) == pytest.approx(
        sum(doubled_area(p.surface.flat, p.surface.triangles).sum() / 2 for p in garment.parts), rel=5e-3
    )
    assert all(doubled_area(p.surface.flat, p.surface.triangles).min() > 0 for p in garment.parts), "no triangle is turned"
    worn = garment.worn
    whole = np.concatenate([part.surface.points for part in garment.parts])
    assert np.linalg.norm(whole - worn[garment.place], axis=1).max() < 0.8, "welding moves nothing further than the wrap's gaps"
    triangles = garment.triangles
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, times = np.unique(sides, axis=0, return_counts=True)
    finer = refined(garment, [200.0] * len(assembly.surfaces))
    assert len(finer.triangles) == 4 * len(triangles)
    assert finer.mass.sum() == pytest.approx(garment.mass.sum(), rel=1e-6)
    assert finer.count - garment.count == len(garment.edges), "every seam edge is halved once for both sides"
    rims = sum(edge.length for part in garment.parts for edge in part.piece.edges) - _sewn_length(pattern)
    i, j = np.unique(sides, axis=0)[times == 1].T
    length = {tuple(pair): s for pair, s in zip(garment.edges.tolist(), garment.lengths, strict=True)}
    assert sum(length[a, b] for a, b in zip(i.tolist(), j.tolist(), strict=True)) <= rims * 1.03 + 1


def _sewn_length(pattern):
    """Length of all edges in seams between seen pieces, cm."""
    inside = {piece.name for piece in pattern.parts if piece.role in INSIDE}
    runs = [
        run
        for seam in pattern.seams
        if seam.kind != SeamKind.LAYERED and not any(ref.piece in inside for ref in (*seam.a, *seam.b))
        for run in (seam.a, seam.b)
    ]
    return sum(pattern.run_length(run) for run in runs)


def test_flat_cloth_rests_flat():
    pattern, assembly = _worn("skirt")
    garment = sewn_garment(pattern, assembly, [200.0] * len(assembly.surfaces))
    pairs, rest = bends(garment, garment.worn, np.zeros(garment.count, dtype=bool))
    part = garment.part("front")
    flat = np.full((garment.count, 2), np.nan)
    flat[garment.place[part.numbers]] = part.surface.flat
    far = np.linalg.norm(flat[pairs[:, 0]] - flat[pairs[:, 1]], axis=1)
    inside = np.isfinite(far) & (flat[pairs].min(axis=(1, 2)) < -15) & (far < 8)
    assert inside.sum() > 100
    assert np.median(np.abs(rest[inside] - far[inside])) < 0.02


@pytest.mark.parametrize("kind", GarmentType)
def test_garment_hangs_outside_the_body_at_its_own_size(kind):
    pattern, assembly = _worn(kind)
    draped = _hung(kind)
    assert draped.ok, draped.reason
    assert draped.steps == sum(phase[0] for phase in PHASES)
    assert [surface.name for surface in draped.surfaces] == [surface.name for surface in assembly.surfaces]
    field = distance_field(*assembly.mannequin.mesh)
    for surface, strain in zip(draped.surfaces, draped.strain, strict=True):
        assert np.isfinite(surface.points).all()
        assert field.at(surface.points).min() > -0.1, surface.name
        assert strain.shape == (len(surface.flat),)
        assert np.median(np.abs(strain)) < 4
        assert np.abs(strain).max() < 60
    spread = _seam_gap(pattern, draped)
    assert spread < 1e-6


def _seam_gap(pattern, draped):
    """Largest distance between the ends of sewn edges, cm."""
    parts = {surface.name: surface for surface in draped.surfaces}

    def at(ref, end):
        surface = parts[ref.piece]
        return surface.points[np.argmin(np.sum((surface.flat - end) ** 2, axis=1))]

    widest = 0.0
    for seam in pattern.seams:
        if seam.kind == SeamKind.LAYERED or any(ref.piece not in parts for ref in (*seam.a, *seam.b)):
            continue
        pairs = ((seam.a[0], "start", seam.b[0], "end"), (seam.a[-1], "end", seam.b[-1], "start"))
        for one, first, other, second in pairs:
            a, b = (at(ref, getattr(pattern.edge(ref), end)) for ref, end in ((one, first), (other, second)))
            widest = max(widest, float(np.linalg.norm(a - b)))
    return widest


@pytest.mark.parametrize("kind", ["shirt", "dress", "jacket"])
def test_garment_hangs_straight(kind):
    points = np.concatenate([surface.points for surface in _hung(kind).surfaces])
    off = cKDTree(points).query(points * (-1, 1, 1))[0]
    assert off.mean() < 0.4
    assert abs(points[:, 0].mean()) < 0.3


def test_same_cloth_same_drape():
    again = _draped(*_worn("vest"))
    for one, other in zip(_hung("vest").surfaces, again.surfaces, strict=True):
        assert np.array_equal(one.points, other.points)


def test_a_finer_mesh_hangs_as_low():
    coarse, fine = _hung("skirt"), _draped(*_worn("skirt"), refinements=1)
    assert fine.ok, fine.reason
    low = [np.mean([s.points[s.flat[:, 1] < s.flat[:, 1].min() + 0.5, 2].mean() for s in d.surfaces[:2]]) for d in (coarse, fine)]
    assert abs(low[0] - low[1]) < 2
    assert sum(len(s.triangles) for s in fine.surfaces) == 4 * sum(len(s.triangles) for s in coarse.surfaces)


def test_a_circle_skirt_falls_in_folds():
    draped = _hung("skirt", silhouette="circle", fullness="full")
    assert draped.ok, draped.reason
    hem = np.concatenate(
        [s.points[np.hypot(*s.flat.T) > np.hypot(*s.flat.T).max() - 1] for s in draped.surfaces if s.role != Role.WAISTBAND]
    )
    hem = hem[np.argsort(np.arctan2(hem[:, 0], -hem[:, 1]))]
    radius = np.hypot(hem[:, 0], hem[:, 1])
    assert np.ptp(radius) > 4


def test_a_drape_that_fails_shows_the_wrap_and_says_why():
    pattern, assembly = _worn("skirt")
    torn = [replace(s, lengths=s.lengths * 0.5) if s.name == "front" else s for s in assembly.surfaces]
    draped = _draped(pattern, replace(assembly, surfaces=tuple(torn)))
    assert not draped.ok
    assert draped.reason.endswith("shown as wrapped")
    assert draped.surfaces[0] is torn[0]
    assert all((strain == 0).all() for strain in draped.strain)
    lost = [replace(s, points=np.full_like(s.points, np.nan)) if s.name == "back" else s for s in assembly.surfaces]
    with pytest.raises(ValueError, match="finite"):
        _draped(pattern, replace(assembly, surfaces=tuple(lost)))


def test_a_drape_tells_how_far_it_is_and_can_be_stopped():
    heard = []
    draped = _draped(*_worn("vest"), progress=heard.append, cancel=lambda: len(heard) >= 3)
    assert len(heard) == 3
    assert 0 < heard[0] < heard[1] < heard[2] < 0.2
    assert not draped.ok
    assert draped.reason.startswith("stopped")


def test_every_fabric_hangs():
    assert set(CLOTH_OF) == set(Fabric)
    assert set(HANGING) == set(Cloth)
    assert hanging_of(Fabric.DENIM, Material.RIB) is HANGING[Cloth.RIB]
    assert hanging_of(Fabric.DENIM).bend < hanging_of(Fabric.COTTON).bend < hanging_of(Fabric.SILK).bend
