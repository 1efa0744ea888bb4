"""DXF read again by another program's reader: sound, in millimetres, every piece with its area."""

import io
from collections import Counter

import ezdxf
import numpy as np
import pytest

from pattern_generator import draft_pattern
from studio.cutting import paper_pieces
from studio.design import starting_design
from studio.export import WRITERS
from studio.export.dxf_pieces import Flavour, block_names, pieces_dxf
from studio.pattern import MarkKind
from studio.sizes import Table, sized
from studio.vocabulary import GarmentType


def area(points):
    x, y = np.asarray(points, dtype=float).T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def opened(data):
    drawing = ezdxf.read(io.StringIO(data.decode()))
    audit = drawing.audit()
    assert not audit.errors
    assert not audit.fixes
    return drawing


def corners(line):
    return [vertex.dxf.location.vec2 for vertex in line.vertices]


@pytest.fixture(params=GarmentType, scope="module")
def pattern(request):
    return draft_pattern(sized(starting_design(request.param), Table.WOMEN, "L"))


def wanted_areas(pattern):
    return [100 * area(paper.whole_cut_line) for paper in paper_pieces(pattern)]


def test_flat_dxf_holds_every_piece_in_millimetres(pattern):
    data = WRITERS[".dxf"](pattern)
    drawing = opened(data)
    assert (drawing.header["$INSUNITS"], drawing.header["$MEASUREMENT"]) == (4, 1)
    cuts = [line.get_points("xy") for line in drawing.modelspace().query('LWPOLYLINE[layer=="CUT"]')]
    assert sorted(map(area, cuts)) == pytest.approx(sorted(wanted_areas(pattern)), rel=1e-3)
    boxes = [(np.min(cut, axis=0), np.max(cut, axis=0)) for cut in cuts]
    for number, (low, high) in enumerate(boxes):
        assert all((low >= other_high).any() or (high <= other_low).any() for other_low, other_high in boxes[:number])
    (square,) = drawing.modelspace().query('LWPOLYLINE[layer=="TEST"]')
    assert area(square.get_points("xy")) == pytest.approx(2500)
    assert WRITERS[".dxf"](pattern) == data


@pytest.mark.parametrize("flavour", Flavour)
def test_every_piece_is_one_block_on_numbered_layers(pattern, flavour):
    data = WRITERS[f".{flavour}.dxf"](pattern)
    assert b"Model_Space" not in data
    drawing = opened(data)
    papers = paper_pieces(pattern, on_fold=False)
    inserts = drawing.modelspace().query("INSERT")
    names = [insert.dxf.name for insert in inserts]
    assert data.count(b"\nBLOCK\n") == len(papers) == len(set(names))
    assert all(insert.dxf.insert.vec2 == (0, 0) for insert in inserts)
    for name, paper, whole in zip(names, papers, wanted_areas(pattern), strict=True):
        block = drawing.blocks[name]
        assert {entity.dxftype() for entity in block} <= {"POLYLINE", "LINE", "POINT", "TEXT"}
        assert all(entity.dxf.layer.isdigit() and entity.dxf.layer != "0" for entity in block)
        (cut,) = block.query('POLYLINE[layer=="1"]')
        assert cut.is_closed
        assert area(corners(cut)) == pytest.approx(whole, rel=1e-3)
        sew = block.query('POLYLINE[layer=="14"]' if flavour == Flavour.ASTM else 'POLYLINE[layer=="8"]')
        assert any(
            area(corners(line)) == pytest.approx(100 * area(paper.whole_seam_line), rel=1e-3) for line in sew if line.is_closed
        )
        assert len(block.query('LINE[layer=="7"]')) == 1
        count = Counter(entity.dxf.layer for entity in block.query("POINT"))
        assert count["4"] == sum(notch.count for notch in paper.notches)
        assert count["13"] == sum(mark.kind == MarkKind.BUTTON for mark in paper.marks)
        vertices = {(round(x, 2), round(y, 2)) for x, y in corners(cut)}
        marked = {(round(p.dxf.location.x, 2), round(p.dxf.location.y, 2)) for p in block.query("POINT") if p.dxf.layer in "23"}
        assert vertices <= marked
        if flavour == Flavour.ASTM:
            copies = Counter(line.dxf.layer for line in block.query("POLYLINE"))
            for own, copy in (("1", "84"), ("8", "85"), ("11", "86"), ("14", "87")):
                assert copies[own] == copies[copy]
        texts = dict(text.dxf.text.split(": ", 1) for text in block.query('TEXT[layer=="1"]'))
        assert texts["Size"] == "L"
        each, mirrored = map(int, texts["Quantity"].split(","))
        assert each + mirrored == paper.quantity
    style = dict(text.dxf.text.split(": ", 1) for text in drawing.modelspace().query("TEXT"))
    assert style["Units"] == "METRIC"
    assert style["Sample Size"] == "L"
    assert pieces_dxf(pattern, flavour) == data


def test_block_names_are_plain_short_and_unique():
    names = block_names(["Ärmel links", "x" * 60, "x" * 60, "领", "front bodice"])
    assert names == ["ARMEL_LINKS", "X" * 31, "X" * 29 + "_3", "PIECE_4", "FRONT_BODICE"]
