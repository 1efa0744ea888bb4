"""Each check finds its fault where it was put, names the place and the size, and leaves good patterns alone."""

import functools
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern
from studio.checking import body_findings, checked, checked_on_paper
from studio.checking.cloth import cloth_width_findings, grain_findings
from studio.checking.darts import dart_findings
from studio.checking.joins import fold_findings, inner_angle, join_findings
from studio.checking.mirror import mirror_offs
from studio.checking.on_paper import cut_line_findings, notch_pair
from studio.checking.outline import outline_findings
from studio.curves import Curve
from studio.cutting import edge_allowances, paper_pieces
from studio.cutting.matching import matches
from studio.cutting.notches import notches_of
from studio.design import starting_design
from studio.fields import Making
from studio.finished import finished_measures, width_at
from studio.pattern import Edge, FindingKind, Finish, Mark, MarkKind, Pattern, Piece, SeamKind
from studio.sizing import completed
from studio.vocabulary import GarmentType
from tests.bodies import designs

FAULT, WARNING = FindingKind.FAULT, FindingKind.WARNING


@functools.cache
def good(kind: str, **changes: object) -> Pattern:
    """The usual garment of a type; dresses, skirts and trousers have darts and no closing front."""
    return draft_pattern(starting_design(kind).changed({"construction": "block", **changes}))


def with_piece(pattern: Pattern, piece: Piece) -> Pattern:
    return replace(pattern, parts=tuple(piece if part.name == piece.name else part for part in pattern.parts))


def with_edge(piece: Piece, name: str, *curves: Curve, finish: Finish | None = None) -> Piece:
    """The piece with other curves (or another finish) on one edge."""
    old = piece.edge(name)
    edge = Edge(name, curves or old.curves, finish or old.finish)
    return replace(piece, edges=tuple(edge if one.name == name else one for one in piece.edges))


def moved(curve: Curve, number: int, dx: float, dy: float) -> Curve:
    """The curve with one control point moved."""
    control = curve.control.copy()
    control[number] += (dx, dy)
    return Curve(control)


def new_findings(before: Pattern, after: Pattern, check: str) -> list:
    """What one check says after a change and did not say before it."""
    known = {finding.message for finding in checked(before)}
    return [finding for finding in checked(after) if finding.check == check and finding.message not in known]


@pytest.mark.parametrize("construction", ["block", "full"])
@pytest.mark.parametrize("kind", GarmentType)
def test_usual_garments_have_no_faults(kind, construction):
    pattern = draft_pattern(starting_design(kind).changed({"construction": construction, "has_pockets": True}))
    found = [*checked(pattern), *checked_on_paper(pattern)]
    assert [f.message for f in found if f.kind == FAULT or f.check in ("C3", "C4", "C5", "C6", "C9", "C10")] == []


@given(design=designs())
@settings(max_examples=60)
def test_every_garment_on_every_body_passes_the_sewing_checks(design):
    pattern = draft_pattern(design)
    assert [f.message for f in pattern.findings if f.check in ("C1", "C2", "C5", "C9", "C10")] == []


def test_a_gap_in_the_outline_is_found():
    piece = good("skirt")["front"]
    name, after = piece.edges[0].name, piece.edges[1].name
    curves = piece.edge(name).curves
    broken = with_edge(piece, name, *curves[:-1], moved(curves[-1], -1, 0.0, 0.8))
    (found,) = [f for f in outline_findings(broken) if f.kind == FAULT]
    assert (found.check, found.piece, found.edge) == ("C1", "front", name)
    assert found.mm == pytest.approx(8.0)
    assert after.replace("_", " ") in found.message


def test_a_crossed_a_turned_and_a_tiny_edge_are_found():
    piece = good("skirt")["front"]
    side = piece.edge("left_side")
    start, end = side.start, side.end
    across = np.array((1.3 * piece.bounds[0], (start[1] + end[1]) / 2))
    detour = Curve(np.stack((start, across))), Curve(np.stack((across, end)))
    assert "crosses itself" in next(outline_findings(with_edge(piece, "left_side", *detour))).message
    turned = replace(piece, edges=tuple(edge.reversed() for edge in reversed(piece.edges)))
    assert "inside out" in next(outline_findings(turned)).message
    first, second = side.curves[-1].split(1 - 0.1 / side.curves[-1].length)
    tiny = replace(
        piece,
        edges=tuple(
            part
            for edge in piece.edges
            for part in (
                (Edge("left_side", (*side.curves[:-1], first)), Edge("scrap", (second,))) if edge.name == "left_side" else (edge,)
            )
        ),
    )
    (found,) = outline_findings(tiny)
    assert (found.kind, found.check, found.edge) == (WARNING, "C1", "scrap")
    assert 0.5 < found.mm < 1.9


@given(off=st.floats(0.25, 3.0), number=st.integers(0, 40))
@settings(max_examples=30)
def test_a_seam_off_its_declared_length_is_found_by_its_millimetres(off, number):
    pattern = good("dress")
    seam = pattern.seams[number % len(pattern.seams)]
    broken = replace(pattern, seams=tuple(replace(s, ease=s.ease - off) if s is seam else s for s in pattern.seams))
    (found,) = new_findings(pattern, broken, "C2")
    assert (found.kind, found.piece, found.edge) == (FAULT, seam.a[0].piece, seam.a[0].edge)
    assert found.mm == pytest.approx(10 * off, abs=0.1)
    assert seam.name.replace("_", " ") in found.message


def test_less_than_the_tolerance_is_no_finding():
    pattern = good("dress")
    broken = replace(pattern, seams=tuple(replace(seam, ease=seam.ease + 0.19) for seam in pattern.seams))
    assert not new_findings(pattern, broken, "C2")


def test_notches_that_miss_one_another_are_found():
    pattern = good("skirt")
    allowances = {piece.name: edge_allowances(piece, pattern.design.making) for piece in pattern.parts}
    placed = {}
    for name, notches in notches_of(pattern, allowances).items():
        placed |= {(notch.pair, name): notch for notch in notches}
    seam, match, one, other = next(
        (seam, match, placed[pair, match.a.ref.piece], placed[pair, match.b.ref.piece])
        for seam in pattern.seams
        if seam.kind != SeamKind.DART
        for match in matches(pattern, seam)
        if {((pair := f"{seam.name}: {match.word}"), spot.ref.piece) for spot in (match.a, match.b)} <= set(placed)
    )
    assert not list(notch_pair(pattern, seam, one, other, match.a.ref, match.b.ref))
    (found,) = notch_pair(pattern, seam, one, replace(other, at=other.at + 0.7 * other.along), match.a.ref, match.b.ref)
    assert (found.kind, found.check, found.piece, found.edge) == (FAULT, "C3", match.b.ref.piece, match.b.ref.edge)
    assert abs(found.mm) == pytest.approx(7.0, abs=0.5)


@pytest.mark.parametrize("degrees", [-12, -5, 5, 12])
def test_a_corner_over_a_closed_seam_is_found_by_its_angle(degrees):
    pattern = good("skirt")
    seam = next(s for s in pattern.seams if s.name == "left side")
    front = pattern["front"]
    number = [edge.name for edge in front.edges].index("left_side")
    hem = front.edges[number - 1]
    end = hem.curves[-1]
    angle = np.radians(degrees)
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
    control = end.control.copy()
    control[-2] = control[-1] + turn @ (control[-2] - control[-1])
    broken = with_piece(pattern, with_edge(front, hem.name, *hem.curves[:-1], Curve(control)))
    found = [f for f in join_findings(broken) if f not in list(join_findings(pattern))]
    (one,) = found
    assert (one.kind, one.check) == (WARNING, "C4")
    assert seam.name in one.message
    assert f"{180 - degrees} degrees" in one.message or f"{180 + degrees} degrees" in one.message


def test_the_mouth_of_every_dart_is_checked_on_both_halves():
    pattern = good("skirt", silhouette="fitted")
    for side in ("left", "right"):
        front = pattern["front"]
        leg = front.edge(f"{side}_waist_dart_1_a")
        number = front.edges.index(leg)
        mouth_first = front.edges[number + 1].finish == Finish.DART
        beside = front.edges[number - 1 if mouth_first else number + 1]
        curve = beside.curves[-1 if mouth_first else 0]
        bent = moved(curve, -2 if mouth_first else 1, 0.0, 1.0)
        curves = (*beside.curves[:-1], bent) if mouth_first else (bent, *beside.curves[1:])
        broken = with_piece(pattern, with_edge(front, beside.name, *curves))
        assert [f.edge for f in join_findings(broken)], f"{side}: {beside.name}"
    assert not list(join_findings(pattern))


def test_a_dip_on_the_fold_is_found():
    pattern = good("skirt")
    piece = pattern["front"]
    hem = piece.edge("hem")
    middle = next(n for n, curve in enumerate(hem.curves) if abs(curve.start[0]) < 1e-6)
    before, after = hem.curves[middle - 1], hem.curves[middle]
    curves = [*hem.curves]
    curves[middle - 1], curves[middle] = moved(before, -2, 0, 0.5), moved(after, 1, 0, 0.5)
    (found,) = fold_findings(with_piece(pattern, with_edge(piece, "hem", *curves)))
    assert (found.check, found.piece, found.edge) == ("C4", "front", "hem")
    assert not list(fold_findings(pattern))


@pytest.mark.parametrize(("neckline", "found"), [("scoop", True), ("v", False)])
def test_a_pointed_centre_front_neckline_is_found_unless_it_is_a_v(neckline, found):
    pattern = good("dress", neckline=neckline)
    piece = pattern["front_bodice"]
    for edge in (piece.edge("left_neck"), piece.edge("right_neck")):
        at_end = abs(edge.end[0]) < 1e-6
        curve = edge.curves[-1 if at_end else 0]
        bent = moved(curve, -2 if at_end else 1, 0.0, 0.6)
        piece = with_edge(piece, edge.name, *((*edge.curves[:-1], bent) if at_end else (bent, *edge.curves[1:])))
    pointed = list(fold_findings(with_piece(pattern, piece)))
    assert not list(fold_findings(pattern))
    assert [(f.check, f.piece) for f in pointed] == ([("C4", "front_bodice")] if found else [])


def dart_legs(piece: Piece) -> tuple[Edge, Edge]:
    for one, two in zip(piece.edges, piece.edges[1:], strict=False):
        if one.finish == Finish.DART == two.finish:
            return one, two
    raise AssertionError


def with_apex(piece: Piece, dx: float, dy: float) -> Piece:
    """The piece with the first dart's point moved."""
    one, two = dart_legs(piece)
    piece = with_edge(piece, one.name, moved(one.curves[0], 1, dx, dy))
    return with_edge(piece, two.name, moved(two.curves[0], 0, dx, dy))


def test_unequal_dart_legs_and_a_point_outside_are_found():
    piece = good("dress")["back_bodice"]
    one, _ = dart_legs(piece)
    assert not list(dart_findings(piece))
    uneven = list(dart_findings(with_apex(piece, 1.0, 0.0)))
    assert (uneven[0].kind, uneven[0].check, uneven[0].piece, uneven[0].edge) == (FAULT, "C5", "back_bodice", one.name)
    assert 0.5 < abs(uneven[0].mm) < 10
    outside = [f.message for f in dart_findings(with_apex(piece, 0.0, 200.0))]
    assert any("outside the piece" in message for message in outside)


def test_darts_that_overlap_are_found():
    piece = good("skirt", silhouette="fitted")["back"]
    one, _ = dart_legs(piece)
    shift = next(
        edge.end[0] - one.end[0]
        for edge in piece.edges
        if edge.finish == Finish.DART and edge.name not in (one.name, dart_legs(piece)[1].name) and edge.end[0] != one.end[0]
    )
    crossed = with_apex(piece, 1.6 * shift, 0.0)
    assert any("overlap" in f.message and f.edge == one.name for f in dart_findings(crossed))


def fish_eye(x: float, y: float, width: float = 2.0, height: float = 20.0) -> Mark:
    corners = np.array(((x, y - height / 2), (x + width / 2, y), (x, y + height / 2), (x - width / 2, y)))
    curves = tuple(Curve(np.stack((a, b))) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True))
    return Mark(MarkKind.DART, "waist_dart", curves)


def test_a_dart_marked_inside_must_lie_inside_and_takes_in_the_width():
    piece = good("shirt")["back_bodice"]
    level = 0.5 * (piece.bounds[1] + piece.bounds[3])
    inside = replace(piece, marks=(fish_eye(10.0, level), fish_eye(-10.0, level)))
    assert not list(dart_findings(inside))
    assert width_at(piece, level) - width_at(inside, level) == pytest.approx(4.0, abs=0.01)
    assert "outside" in next(dart_findings(replace(piece, marks=(fish_eye(100.0, level),)))).message
    overlapping = replace(piece, marks=(fish_eye(5.0, level), fish_eye(5.5, level)))
    assert "overlap" in next(dart_findings(overlapping)).message


def test_a_cutting_line_without_allowance_or_crossed_is_found():
    pattern = good("skirt")
    paper = paper_pieces(pattern, on_fold=False)[0]
    making = pattern.design.making
    assert not list(cut_line_findings(paper, making))
    bare = list(cut_line_findings(replace(paper, cut_line=paper.seam_line), making))
    assert {f.check for f in bare} == {"C6"}
    side = next(f for f in bare if f.edge == "left_side")
    assert side.mm == pytest.approx(-10 * making.seam_allowance, abs=0.1)
    crossed = paper.cut_line.copy()
    crossed[[2, len(crossed) // 2]] = crossed[[len(crossed) // 2, 2]]
    (found,) = cut_line_findings(replace(paper, cut_line=crossed), making)
    assert (found.kind, found.piece) == (FAULT, paper.piece.name)


def test_a_missing_short_or_misplaced_grainline_is_found():
    piece = good("skirt")["front"]
    assert not list(grain_findings(piece))
    (none,) = grain_findings(replace(piece, grainline=np.full((2, 2), np.nan)))
    assert (none.kind, none.check, none.piece) == (FAULT, "C7", "front")
    middle = piece.grainline.mean(axis=0)
    (short,) = grain_findings(replace(piece, grainline=np.stack((middle, middle + np.array((0, 2))))))
    assert short.mm == pytest.approx(20)
    low = piece.edge("hem").curves[0].end[1]
    (outside,) = grain_findings(replace(piece, grainline=np.array(((0, low + 20), (0, low - 3)), dtype=float)))
    assert outside.mm == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(("kind", "measure", "piece"), [("dress", "bust", "front_bodice"), ("skirt", "hip", "front")])
def test_a_garment_smaller_than_the_body_is_a_fault_and_a_tight_one_a_warning(kind, measure, piece):
    pattern = good(kind)
    value = next(m.value for m in finished_measures(pattern) if m.name == measure)

    def on_a_body(girth: float) -> list:
        return new_findings(pattern, replace(pattern, measures=replace(pattern.measures, **{measure: girth})), "C8")

    (fault,) = on_a_body(value + 2)
    assert (fault.kind, fault.piece) == (FAULT, piece)
    assert fault.mm == pytest.approx(-20, abs=0.1)
    (tight,) = on_a_body(value - 1)
    assert tight.kind == WARNING
    assert not on_a_body(value - 4)


def test_a_head_must_pass_the_neckline():
    closed = replace(good("shirt", closure="none", neckline="crew", fabric="cotton"), findings=())
    (found,) = [f for f in checked(closed) if f.check == "C8"]
    assert (found.kind, found.piece, found.edge) == (WARNING, "front_bodice", "left_neck")
    assert "does not pass a head" in found.message
    opening = next(m.value for m in finished_measures(closed) if m.name == "neck_opening")
    assert found.mm == pytest.approx(10 * (opening - closed.measures.head), abs=0.1)
    said = replace(closed, findings=(replace(found, check=""),))
    assert not [f for f in checked(said) if f.check == "C8"], "what the recipe says is not said twice"
    wide = good("shirt", closure="none", neckline="scoop", neckline_width=14.0, neckline_depth=22.0, fabric="cotton")
    assert not [f for f in checked(replace(wide, findings=())) if f.check == "C8"]


def test_unlike_pairs_and_lopsided_halves_are_found():
    pattern = good("pants")
    right = pattern["back_right"]
    assert max(mirror_offs(pattern).values()) < 1e-6
    side = right.edge("side")
    longer = with_edge(right, "side", *side.curves[:-1], moved(side.curves[-1], 1, 0.9, 0.0))
    (found,) = new_findings(pattern, with_piece(pattern, longer), "C9")
    assert (found.check, found.piece) == ("C9", "back_right")
    assert 0.5 < found.mm < 9.5
    skirt = good("skirt")
    front = skirt["front"]
    curve = front.edge("left_side").curves[0]
    lopsided = with_edge(front, "left_side", moved(curve, 1, 1.0, 0.0), *front.edge("left_side").curves[1:])
    (half,) = new_findings(skirt, with_piece(skirt, lopsided), "C9")
    assert half.piece == "front"


def test_raw_edges_and_edges_sewn_twice_are_found():
    pattern = good("skirt")
    seam = next(s for s in pattern.seams if s.name == "left side")
    raw = new_findings(pattern, replace(pattern, seams=tuple(s for s in pattern.seams if s is not seam)), "C10")
    assert {(f.kind, f.piece, f.edge) for f in raw} == {(FAULT, r.piece, r.edge) for r in (*seam.a, *seam.b)}
    twice = new_findings(pattern, replace(pattern, seams=(*pattern.seams, seam)), "C10")
    assert {(f.piece, f.edge) for f in twice} == {(r.piece, r.edge) for r in (*seam.a, *seam.b)}
    layered = replace(seam, kind=SeamKind.LAYERED)
    assert not new_findings(pattern, replace(pattern, seams=(*pattern.seams, layered)), "C10")


def test_a_piece_wider_than_the_cloth_is_found_by_how_much():
    piece = good("skirt")["front"]
    x0, _, x1, _ = piece.bounds
    making = Making(seam_allowance=1.5, fabric_width=50.0)
    (found,) = cloth_width_findings(piece, making)
    assert (found.kind, found.check, found.piece) == (WARNING, "C11", "front")
    assert found.mm == pytest.approx(10 * (x1 - x0 + 3.0 - 50.0), abs=1.0)
    assert not list(cloth_width_findings(piece, Making(fabric_width=150.0)))


@pytest.mark.parametrize(("changes", "words"), [
    ({"waist": 130.0, "bust": 88.0}, "waist"),
    ({"hip": 60.0, "bust": 100.0}, "hip"),
    ({"bodice_length": 64.0, "height": 160.0}, "bodice length"),
    ({"neck": 60.0, "bust": 90.0}, "neck"),
    ({"hip_depth": 30.0, "rise": 24.0}, "deeper than the crotch"),
    ({"inseam": 110.0, "height": 160.0}, "waist 13"),
    ({"crotch_length": 140.0}, "crotch length"),
])  # fmt: skip
def test_measurements_of_no_one_body_are_found(changes, words):
    design = starting_design("pants").changed(changes)
    found = list(body_findings(design, completed(design)))
    assert any(words in f.message and (f.kind, f.check) == (WARNING, "C12") for f in found)
    assert not list(body_findings(starting_design("pants"), completed(starting_design("pants"))))


def test_inner_angles_are_those_of_the_cloth():
    square = [np.array(p, dtype=float) for p in ((0, 0), (1, 0), (1, 1), (0, 1))]
    edges = [Edge(str(n), (Curve(np.stack((a, b))),)) for n, (a, b) in enumerate(itertools.pairwise(square))]
    assert inner_angle(edges[0], edges[1]) == pytest.approx(90)
    assert inner_angle(edges[1].reversed(), edges[0].reversed()) == pytest.approx(270)
