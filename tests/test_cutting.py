"""Cutting lines, notches and paper pieces: every garment on every body."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern
from studio.cutting import edge_allowances, paper_pieces
from studio.cutting.flatten import polyline
from studio.design import starting_design
from studio.errors import DraftError
from studio.pattern import Finish, MarkKind, Pattern, SeamKind
from studio.vocabulary import GarmentType
from tests.bodies import designs


def drafted(design) -> Pattern | None:
    """The pattern, or None for a body that cannot be sewn or whose outline crosses itself (said as a fault)."""
    try:
        pattern = draft_pattern(design)
    except DraftError:
        return None
    return pattern if all(outline(piece).is_valid for piece in pattern.parts) else None


def outline(piece) -> shapely.Polygon:
    return shapely.Polygon(polyline([curve for edge in piece.edges for curve in edge.curves]))


def usual(kind, **changes) -> Pattern:
    return draft_pattern(starting_design(kind).changed({"has_pockets": True, **changes}))


def named(papers, name):
    return next(paper for paper in papers if paper.name == name)


@settings(max_examples=40, deadline=None)
@given(designs(), st.sampled_from([1.0, 0.0, 0.6, 1.5, 3.0]))
def test_the_cutting_line_keeps_its_distance_from_every_edge(design, allowance):
    design = design.changed({"seam_allowance": allowance})
    pattern = drafted(design)
    if pattern is None:
        return
    for paper in paper_pieces(pattern, on_fold=False):
        piece = paper.piece
        cut, seam = shapely.Polygon(paper.cut_line), outline(piece)
        assert cut.is_valid
        assert cut.exterior.is_ccw
        assert cut.buffer(1e-4).contains(seam)
        allowances = edge_allowances(piece, design.making)
        edges = {edge.name: edge for edge in piece.edges if edge.finish != Finish.DART}
        lines = {name: shapely.LineString(polyline(edge.curves)) for name, edge in edges.items()}
        for name, edge in edges.items():
            points = shapely.points(edge.sampled(25))
            due = np.full(len(points), allowances[name])
            for other, line in lines.items():
                if allowances[other] < allowances[name]:
                    due = np.minimum(due, 0.6 * shapely.distance(line, points) + allowances[other])
            assert (shapely.distance(cut.exterior, points) >= due - 0.05).all(), (piece.name, name)
        widest = max(allowances.values())
        assert shapely.distance(seam, shapely.points(paper.cut_line)).max() <= 4.3 * widest + 1e-6


@settings(max_examples=40, deadline=None)
@given(designs())
def test_notches_meet_when_sewn_and_keep_clear_of_corners(design):
    pattern = drafted(design)
    if pattern is None:
        return
    papers = paper_pieces(pattern, on_fold=False)
    by_piece = {paper.piece.name: paper for paper in papers}
    for seam in pattern.seams:
        pairs = {n.pair for ref in (*seam.a, *seam.b) if ref.piece in by_piece for n in by_piece[ref.piece].notches}
        for pair in sorted(name for name in pairs if name.startswith(f"{seam.name}: ")):
            on_a, on_b = arc_positions(pattern, by_piece, seam.a, pair), arc_positions(pattern, by_piece, seam.b, pair)
            if not on_a or not on_b:
                continue
            length = pattern.run_length(seam.a)
            from_b = pattern.run_length(seam.b) - on_b[0]
            declared = on_a[0] * seam.ratio + seam.ease * on_a[0] / length
            flat = [abs(from_b - declared), abs(from_b - on_a[0]), abs(from_b - on_a[0] - seam.ease)]
            mismatch = flat[0] if pair.split(": ")[-1] != "pitch" else min(flat[1:])
            spare = abs(pattern.run_length(seam.b) - length * seam.ratio - seam.ease)
            assert mismatch <= 0.2 + spare, pair
    for paper in papers:
        ring = shapely.LinearRing(paper.cut_line)
        for notch in paper.notches:
            on_dart = paper.piece.edge(notch.edge).finish == Finish.DART
            assert shapely.distance(ring, shapely.Point(notch.at + notch.length * notch.out)) < (0.15 if on_dart else 0.05)
            assert math.hypot(*notch.out) == pytest.approx(1)
            if not on_dart:
                assert min((math.dist(notch.at, corner) for corner in corners(paper.piece)), default=9) >= 1.0 - 1e-6


def arc_positions(pattern, by_piece, run, pair) -> list[float]:
    """Where the notches of that name lie along the outline's edges of a run, cm from the outline's start of the run."""
    found, passed = [], 0.0
    for ref in run:
        line = shapely.LineString(polyline(pattern.edge(ref).curves))
        paper = by_piece.get(ref.piece)
        for notch in paper.notches if paper else ():
            if notch.pair == pair and notch.edge == ref.edge:
                found.append(passed + line.project(shapely.Point(notch.at)))
        passed += line.length
    backwards = pattern.seams and any(run is seam.b for seam in pattern.seams)
    if not backwards or len(run) == 1:
        return found
    turned, passed = [], 0.0
    for ref in run[::-1]:
        line = shapely.LineString(polyline(pattern.edge(ref).curves))
        paper = by_piece.get(ref.piece)
        turned += [
            passed + line.project(shapely.Point(n.at))
            for n in (paper.notches if paper else ())
            if n.pair == pair and n.edge == ref.edge
        ]
        passed += line.length
    return turned


def corners(piece):
    found = []
    for edge, following in zip(piece.edges, (*piece.edges[1:], piece.edges[0]), strict=True):
        before, after = edge.curves[-1].tangent(1), following.curves[0].tangent(0)
        if float(before @ after) < math.cos(math.radians(16)):
            found.append(edge.end)
    return found


@settings(max_examples=15, deadline=None)
@given(designs())
def test_every_piece_of_cloth_is_on_paper_once_and_halves_open_to_the_whole(design):
    pattern = drafted(design)
    if pattern is None:
        return
    halves, wholes = paper_pieces(pattern), paper_pieces(pattern, on_fold=False)
    assert sum(paper.quantity for paper in halves) == sum(piece.layers for piece in pattern.parts)
    assert len({paper.name for paper in halves}) == len(halves)
    for paper, whole in zip(halves, wholes, strict=True):
        area = shapely.Polygon(whole.cut_line).area
        if paper.fold is None:
            assert np.array_equal(paper.cut_line, whole.cut_line)
            continue
        assert paper.cut_line[:, 0].min() == pytest.approx(0, abs=1e-9)
        assert 2 * shapely.Polygon(paper.cut_line).area == pytest.approx(area, rel=1e-3)
        assert shapely.Polygon(paper.whole_cut_line).area == pytest.approx(area, rel=1e-3)
        assert paper.grainline[:, 0].min() > 0
        assert shapely.Polygon(paper.seam_line).buffer(1e-6).contains(shapely.LineString(paper.grainline))
        assert all(notch.at[0] > -1e-6 for notch in paper.notches)


@pytest.mark.parametrize("kind", GarmentType)
def test_no_allowance_cuts_on_the_seam_line_across_the_darts(kind):
    pattern = usual(kind, seam_allowance=0.0, hem_allowance=0.0)
    for paper in paper_pieces(pattern, on_fold=False):
        if paper.piece.role == "pocket":
            continue
        seam, cut = shapely.Polygon(paper.seam_line), shapely.Polygon(paper.cut_line)
        mouths = cut.difference(seam.buffer(1e-4))
        darts = sum(edge.finish == Finish.DART for edge in paper.piece.edges) // 2
        assert len([part for part in shapely.get_parts(mouths) if part.area > 0.01]) == darts


@pytest.mark.parametrize(("kind", "name"), [("skirt", "front"), ("pants", "front"), ("jacket", "sleeve")])
def test_the_hem_turned_up_lies_on_the_side_seams(kind, name):
    pattern = usual(kind)
    paper = named(paper_pieces(pattern, on_fold=False), name)
    hem = paper.piece.edge("hem")
    ring = shapely.LinearRing(paper.cut_line)
    for corner, way in ((hem.end, hem.curves[-1].tangent(1)), (hem.start, hem.curves[0].tangent(0))):
        out = np.array((way[1], -way[0]))
        below = [p for p in paper.corners if abs((p - corner) @ out - pattern.design.making.hem_allowance) < 0.3]
        low = min(below, key=lambda p: math.dist(p, corner))
        turned_up = low - 2 * float((low - corner) @ out) * out
        assert shapely.distance(ring, shapely.Point(turned_up)) < 0.06


def test_a_folded_dart_reaches_the_cutting_line_on_both_sides():
    pattern = usual("dress")
    paper = named(paper_pieces(pattern, on_fold=False), "front_bodice")
    piece, ring = paper.piece, shapely.LinearRing(paper.cut_line)
    for leg in ("left_bust_dart_a", "left_bust_dart_b", "left_waist_dart_1_a"):
        line = piece.edge(leg).curves[0]
        tip, mouth = (line.end, line.start) if leg.endswith("a") else (line.start, line.end)
        out = (mouth - tip) / math.dist(mouth, tip)
        ray = shapely.LineString((mouth, mouth + 5 * out))
        assert 1.0 - 1e-6 <= math.dist(mouth, shapely.get_coordinates(ray.intersection(ring))[0]) <= 1.25


def test_pairs_halves_and_their_words():
    papers = paper_pieces(usual("jacket"))
    assert named(papers, "sleeve").cutting_words == "cut 1 pair"
    assert named(papers, "sleeve").piece.name == "sleeve_left"
    assert named(papers, "back").cutting_words.endswith("on fold")
    assert all(paper.quantity >= 1 for paper in papers)


def test_a_lone_left_piece_is_no_pair():
    pattern = usual("pants")
    kept = tuple(piece for piece in pattern.parts if piece.name != "pocket_right")
    papers = paper_pieces(replace(pattern, parts=kept))
    assert named(papers, "pocket_left").cutting_words == "cut 1"


def test_a_pocket_is_marked_where_it_is_stitched():
    paper = named(paper_pieces(usual("skirt")), "front")
    places = [mark for mark in paper.marks if mark.kind == MarkKind.PLACEMENT and "pocket" in mark.name]
    assert len(places) == 1
    assert shapely.Polygon(paper.seam_line).contains(shapely.LineString(polyline(places[0].curves)))


def test_armholes_carry_one_notch_in_front_two_behind_and_one_on_top():
    papers = paper_pieces(usual("vest", garment_type="hoodie"))
    cap = {notch.pair: notch.count for notch in named(papers, "sleeve").notches if notch.edge.startswith("cap")}
    assert cap["left front armhole: pitch"] == 1
    assert cap["left back armhole: pitch"] == 2
    assert len(cap) == 3
    assert [n.count for n in named(papers, "back").notches if n.pair.endswith("armhole: pitch")] == [2]


def test_a_curved_hem_takes_less():
    circle = usual("skirt", silhouette="circle", fullness="full")
    assert edge_allowances(circle["front"], circle.design.making)["hem"] == 1.5
    straight = usual("skirt", silhouette="straight")
    assert edge_allowances(straight["front"], straight.design.making)["hem"] == 3.0


@pytest.mark.parametrize("kind", GarmentType)
def test_notch_names_are_shared_by_at_most_two_places_on_a_seam(kind):
    pattern = usual(kind)
    darts = {seam.name for seam in pattern.seams if seam.kind == SeamKind.DART}
    for paper in paper_pieces(pattern):
        for notch in paper.notches:
            if notch.pair in darts:
                assert sum(other.pair == notch.pair for other in paper.notches) == 2
