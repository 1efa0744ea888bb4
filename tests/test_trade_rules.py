"""Rules of the trade that a pattern maker checks by eye before anything is cut."""

import math

import numpy as np
import pytest

from pattern_generator import draft_pattern
from studio.cutting import edge_allowances, paper_pieces
from studio.design import starting_design
from studio.pattern import FindingKind, Finish, MarkKind, Material, Pattern, Role
from studio.sizes import TABLES, Table, sized
from studio.vocabulary import Fit

EVERY_SIZE = [(table, size) for table, sizes in TABLES.items() for size in sizes]


def cut(kind: str, table: str = "women", size: str = "M", **changes: object) -> Pattern:
    return draft_pattern(sized(starting_design(kind).changed(changes), Table(table), size))


@pytest.mark.parametrize(("table", "size"), EVERY_SIZE)
@pytest.mark.parametrize("kind", ["shirt", "jacket", "hoodie"])
def test_the_armhole_never_cuts_far_inside_the_shoulder_and_the_front_cuts_deeper(kind, table, size):
    pattern = cut(kind, table, size, has_yoke=False)
    inside = {}
    for role in (Role.FRONT, Role.BACK):
        piece = next(p for p in pattern.parts if p.role == role)
        edge = next(e for e in piece.edges if e.name.endswith("armhole"))
        across = np.abs(edge.sampled(200)[:, 0])
        tip = min(np.abs(edge.start[0]), np.abs(edge.end[0]))
        inside[role] = float(tip - across.min())
    assert 0.9 <= inside[Role.BACK] <= 2.1
    assert inside[Role.BACK] <= inside[Role.FRONT] <= 3.3


@pytest.mark.parametrize(("table", "size"), EVERY_SIZE)
def test_a_v_neck_runs_straight_on_over_the_button_overlap(table, size):
    front = cut("vest", table, size)["front_left"]
    neck, step = front.edge("neck"), front.edge("neck_step")
    one, two = (neck.curves[-1].tangent(1), step.curves[0].tangent(0))
    assert math.degrees(math.acos(min(float(one @ two), 1.0))) < 1
    first = max(mark.curves[0].start[1] for mark in front.marks if mark.kind == MarkKind.BUTTONHOLE)
    assert first < step.end[1]


@pytest.mark.parametrize("size", list(TABLES[Table.WOMEN]))
def test_a_fitted_one_piece_dress_has_waist_darts_on_front_and_back(size):
    pattern = cut("dress", size=size, has_waist_seam=False, fit=Fit.FITTED)
    for name in ("front_bodice", "back_bodice"):
        assert any(mark.kind == MarkKind.DART for mark in pattern[name].marks), name


@pytest.mark.parametrize("size", list(TABLES[Table.WOMEN])[:4])
def test_the_side_of_an_a_line_skirt_bows_outwards_and_its_waist_is_one_arc(size):
    front = cut("skirt", size=size)["front"]
    side = front.edge("left_side").sampled(60)
    turns = np.diff(np.unwrap(np.arctan2(*np.diff(side, axis=0).T[::-1])))
    assert turns.min() > -0.004
    (waist,) = [edge for edge in front.edges if edge.name == "waist"]
    half = waist.sampled(81)
    half = half[np.argsort(half[:, 0])]
    half = half[half[:, 0] >= 0]
    assert (np.diff(half[:, 1]) >= -1e-3).all()


def test_the_darts_of_a_skirt_meet_those_of_the_bodice():
    pattern = cut("dress", silhouette="fitted")
    for word in ("front", "back"):
        reach = [
            piece.edge("waist_1" if "waist_1" in {e.name for e in piece.edges} else "waist").length / 2
            for piece in (pattern[f"{word}_bodice"], pattern[f"{word}_skirt"])
        ]
        assert reach[0] == pytest.approx(reach[1], abs=0.3), word


@pytest.mark.parametrize(("table", "size"), EVERY_SIZE)
def test_the_buttons_of_a_dress_keep_their_step_over_the_waist_seam(table, size):
    pattern = cut("dress", table, size, closure="buttons")
    bodice, skirt = (
        sorted(
            float(mark.curves[0].start[1] - pattern[name].landmarks[waist][1])
            for mark in pattern[name].marks
            if mark.kind == MarkKind.BUTTON
        )
        for name, waist in (("front_bodice_right", "hem_center"), ("front_skirt_right", "waist_center"))
    )
    steps = np.diff([*skirt, *bodice])
    over_seam, step = steps[len(skirt) - 1], np.delete(steps, len(skirt) - 1)
    if len(bodice) > 1:
        assert np.ptp(step) < 0.01
        assert over_seam / step[0] == pytest.approx(round(over_seam / step[0]), abs=0.01)


def test_a_dress_with_a_zip_says_where_it_starts_and_ends():
    for changes in ({}, {"has_waist_seam": False}):
        pattern = cut("dress", **changes)
        marks = [(piece.role, mark.name) for piece in pattern.parts for mark in piece.marks if mark.name.startswith("zip")]
        assert sorted(name for _, name in marks) == ["zip end"] * 2 + ["zip top"] * 2
        assert not any(f.kind == FindingKind.NOT_DRAWN for f in pattern.findings)


def test_a_rib_stretches_round_the_arm_and_a_cuff_lies_along_it():
    rib, woven = cut("hoodie", has_cuffs=True)["cuff_left"], cut("shirt", has_cuffs=True)["cuff_left"]
    assert rib.material == Material.RIB
    for cuff, axis in ((rib, 0), (woven, 1)):
        fold = next(mark for mark in cuff.marks if mark.kind == MarkKind.FOLD).curves[0]
        assert abs(fold.tangent(0)[1]) < 1e-9
        assert abs(cuff.grainline[0] - cuff.grainline[1])[axis] < 1e-9


@pytest.mark.parametrize("kind", ["skirt", "pants"])
def test_the_ends_of_a_waistband_can_be_closed(kind):
    pattern = cut(kind)
    band = pattern["waistband"]
    left = edge_allowances(band, pattern.design.making)
    for edge in band.edges:
        assert left[edge.name] > 0, edge.name
        assert edge.finish in (Finish.SEAM, Finish.DOUBLED, Finish.TOPSTITCHED)


@pytest.mark.parametrize(("table", "size"), EVERY_SIZE)
def test_the_side_of_trousers_has_no_wobble_over_the_hip(table, size):
    pattern = cut("pants", table, size)
    for name in ("front_left", "back_left"):
        piece = pattern[name]
        curves = piece.edge("side").curves
        upper = max(curves[0], curves[-1], key=lambda curve: curve.start[1] + curve.end[1])
        ends = sorted((upper.control[0, 0], upper.control[-1, 0]))
        reached = upper.stepped(40)[:, 0]
        assert reached.min() > ends[0] - 0.3
        assert reached.max() < ends[1] + 0.3


def test_the_grainline_stays_off_the_fish_eye_darts():
    pattern = cut("dress", has_waist_seam=False, fit=Fit.FITTED)
    for paper in paper_pieces(pattern):
        eyes = [mark for mark in paper.piece.marks if mark.kind == MarkKind.DART]
        spans = [(np.abs(c.control[:, 0]).min(), np.abs(c.control[:, 0]).max()) for mark in eyes for c in mark.curves]
        x = abs(float(paper.grainline[0, 0]))
        assert not any(low < x < high for low, high in spans), paper.piece.name


def test_pleats_are_as_many_and_as_deep_on_a_whole_back_as_on_two_buttoned_fronts():
    pattern = cut("skirt", "children", "104", silhouette="pleated", closure="buttons", fullness="quarter")
    counts = {name: sum(mark.kind == MarkKind.PLEAT for mark in pattern[name].marks) // 2 for name in ("front_left", "back")}
    assert counts["back"] == 2 * counts["front_left"]
