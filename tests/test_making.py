"""What the workshop is told: every seam sewn once, every piece cut, and a marker in which nothing overlaps."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from shapely.geometry import Polygon, box

from pattern_generator import draft_pattern
from studio.cutting import paper_pieces
from studio.design import starting_design
from studio.errors import DraftError
from studio.export.making_text import making_text
from studio.export.marker_svg import marker_svg
from studio.making import cut_list, markers, sewing_order, supplies, workshop
from studio.making.marker import GAP, SELVEDGE, marked_out
from studio.pattern import Material, Role
from studio.vocabulary import GarmentType
from tests.bodies import designs


def _made(kind, **changes):
    pattern = draft_pattern(starting_design(kind).changed(changes))
    return pattern, paper_pieces(pattern)


@given(design=designs())
@settings(max_examples=60)
def test_every_seam_is_sewn_in_exactly_one_step(design):
    try:
        pattern = draft_pattern(design)
    except DraftError:
        return
    steps = sewing_order(pattern)
    sewn = sorted(name for step in steps for name in step.seams)
    assert sewn == sorted(seam.name for seam in pattern.seams)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.text.endswith(".") and "  " not in step.text for step in steps)


@pytest.mark.parametrize("kind", GarmentType)
def test_no_piece_is_forgotten(kind):
    pattern, papers = _made(kind, has_pockets=True)
    assert {name for step in sewing_order(pattern) for name in step.pieces} == set(pattern)
    cloth = sum(piece.layers for piece in pattern.parts)
    assert sum(row.pieces for row in cut_list(papers)) == cloth


def test_darts_come_before_sides_and_tailored_sleeves_after_them():
    def order(kind, **changes):
        return [step.title for step in sewing_order(_made(kind, **changes)[0])]

    dress, jacket, shirt = order("dress"), order("jacket"), order("shirt")
    assert dress.index("Darts") < dress.index("Side seams") < dress.index("Waist seam")
    assert jacket.index("Side seams") < jacket.index("Set in the sleeves")
    assert shirt.index("Sleeves") < shirt.index("Side seams") < shirt.index("Cuffs")


def test_supplies_name_what_the_design_needs():
    pattern, papers = _made("shirt")
    said = {supply.name: supply for supply in supplies(pattern, papers)}
    assert "buttons" in said
    assert "fusible interfacing" in said
    cloth = next(supply for name, supply in said.items() if name.startswith("main fabric"))
    area = sum(row.area * row.pieces for row in cut_list(papers) if row.material == Material.SHELL)
    assert float(cloth.amount.removesuffix(" cm")) * 150 > area


def test_a_zip_is_as_long_as_its_opening():
    pattern, papers = _made("hoodie", closure="zip")
    zip_row = next(supply for supply in supplies(pattern, papers) if supply.name == "zip")
    front = next(piece for piece in pattern.parts if piece.role == Role.FRONT)
    opening = max(edge.length for edge in front.edges if edge.finish == "opening")
    assert zip_row.note.startswith(f"{opening:.0f} cm")


@pytest.fixture(scope="module")
def dress_marker():
    pattern, papers = _made("dress")
    return pattern, papers, markers(pattern, papers, seconds=2)


def test_the_marker_holds_every_piece_without_overlap(dress_marker):
    _, papers, laid = dress_marker
    shell = laid[0]
    assert shell.material == Material.SHELL
    assert len(shell.lying) == sum(paper.quantity for paper in papers if paper.material == Material.SHELL)
    cloth = box(0, SELVEDGE - 1e-6, shell.length + 1e-6, shell.width - SELVEDGE + 1e-6)
    shapes = [Polygon(piece.outline) for piece in shell.lying]
    assert all(cloth.contains(shape) for shape in shapes)
    assert all(a.distance(b) > GAP - 0.05 for a, b in itertools.combinations(shapes, 2))
    assert 0.5 < shell.efficiency < 1


def test_pieces_lie_on_the_grain_and_pairs_are_mirrored(dress_marker):
    _, papers, laid = dress_marker
    by_name = {paper.name: paper for paper in papers}
    for piece in laid[0].lying:
        paper = by_name[piece.paper.name]
        assert abs(Polygon(piece.outline).area / Polygon(paper.whole_cut_line).area - 1) < 0.02
        along = np.ptp(piece.outline[:, 0])
        assert along == pytest.approx(np.ptp(_along_grain(paper)), abs=0.3)
    sleeves = [piece.is_mirrored for piece in laid[0].lying if piece.paper.name == "sleeve"]
    assert sorted(sleeves) == [False, True]


def _along_grain(paper):
    way = paper.grainline[1] - paper.grainline[0]
    return paper.whole_cut_line @ (way / np.hypot(*way))


def test_a_directional_print_is_never_turned():
    pattern, papers = _made("skirt", pattern="print")
    assert not any(piece.is_turned for marker in markers(pattern, papers, seconds=1) for piece in marker.lying)


def test_a_piece_wider_than_the_cloth_is_named():
    _, papers = _made("dress", silhouette="a_line", flare=40)
    with pytest.raises(DraftError, match=r"skirt is \d+ cm wide .* the cloth 90 cm"):
        marked_out(papers, width=90.0, seconds=1)


def test_workshop_papers_as_text_and_drawing(dress_marker):
    pattern, papers, laid = dress_marker
    text = making_text(pattern, workshop(pattern, papers)).decode()
    for word in ("FINISHED MEASURES", "CUT LIST", "TO BUY", "ORDER OF SEWING", "Front bodice", "cut 1 on fold"):
        assert word in text
    drawing = marker_svg(laid).decode()
    assert drawing.count("<polygon") == sum(len(marker.lying) for marker in laid)
