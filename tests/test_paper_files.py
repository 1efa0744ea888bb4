"""Printed patterns, opened again: true scale, every page there, every line within 0.2 mm of the model."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pypdfium2
import pytest
import shapely
from pypdf import PdfReader

from pattern_generator import draft_pattern
from studio.cutting import paper_pieces
from studio.design import starting_design
from studio.export import WRITERS
from studio.export.cover import FOOT
from studio.export.drawing import Layer, piece_drawing
from studio.export.layout import ROLL_WIDTH
from studio.export.packing import packed
from studio.export.pdf import PAPERS, Sheet, roll_sheet, tiled_sheet
from studio.export.tiles import MARGIN
from studio.vocabulary import GarmentType

POINTS_PER_CM = 72 / 2.54
TILED = [sheet for sheet in Sheet if sheet != Sheet.COPYSHOP]
NAMES = {"svg": "http://www.w3.org/2000/svg", "inkscape": "http://www.inkscape.org/namespaces/inkscape"}
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"


@pytest.fixture(scope="module")
def dress():
    return draft_pattern(starting_design("dress").changed({"has_pockets": True}))


@pytest.fixture(scope="module")
def tiles(dress):
    return {sheet: PdfReader(io.BytesIO(WRITERS[f".{sheet}.pdf"](dress))) for sheet in TILED}


def drawn_lines(stream: bytes) -> list[np.ndarray]:
    """Every path of straight lines in a content stream, in cm of its own coordinates."""
    paths, points = [], []
    for x, y, operator in re.findall(rb"([-\d.]+) ([-\d.]+) ([ml])\b", stream):
        if operator == b"m" and points:
            paths.append(np.array(points))
            points = []
        points.append((float(x) / POINTS_PER_CM, float(y) / POINTS_PER_CM))
    return [*paths, np.array(points)] if points else paths


def forms(page):
    return {name: form.get_object() for name, form in page["/Resources"]["/XObject"].items()}


def rectangles(page) -> list[tuple[float, ...]]:
    found = re.findall(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re", page.get_contents().get_data())
    return [tuple(float(number) / POINTS_PER_CM for number in numbers) for numbers in found]


@pytest.mark.parametrize("kind", GarmentType)
@pytest.mark.parametrize("width", [60.0, ROLL_WIDTH, 150.0])
def test_pieces_keep_clear_of_one_another_and_of_the_sheet(kind, width):
    sheet = packed(paper_pieces(draft_pattern(starting_design(kind).changed({"has_pockets": True}))), width=width)
    cloth = [shapely.Polygon(item.placed(item.paper.cut_line)) for item in sheet.laid]
    paper = shapely.box(0, 0, sheet.width, sheet.height)
    for number, shape in enumerate(cloth):
        assert paper.contains(shape)
        assert all(shape.distance(other) > 0.3 for other in cloth[:number])
    for item in sheet.laid:
        (x0, y0), (x1, y1) = item.placed(item.paper.grainline)
        sideways = item.paper.cut_line @ item.turn.T
        assert abs(x0 - x1) <= 0.3 * abs(y0 - y1) or np.ptp(sideways[:, 1]) > width - 2
    assert sheet.width == width or max(np.ptp(item.paper.cut_line, axis=0).min() for item in sheet.laid) > width - 2


def test_labels_lie_within_their_pieces(dress):
    for item in roll_sheet(dress).laid:
        inside = shapely.Polygon(item.placed(item.paper.seam_line))
        words = [words for words in piece_drawing(item, dress).words if words.layer == Layer.LABEL]
        assert words[0].text == item.paper.title
        assert all(inside.contains(shapely.Point(line.at)) for line in words)


def test_the_copyshop_page_is_the_sheet_and_its_lines_are_the_models(dress):
    page = PdfReader(io.BytesIO(WRITERS[".pdf"](dress))).pages[0]
    sheet = roll_sheet(dress)
    assert float(page.mediabox.width) / POINTS_PER_CM == pytest.approx(sheet.width, abs=0.01)
    assert float(page.mediabox.height) / POINTS_PER_CM == pytest.approx(sheet.height + FOOT, abs=0.01)
    assert any(w == pytest.approx(5, abs=0.01) and h == pytest.approx(5, abs=0.01) for _, _, w, h in rectangles(page))
    lines = [shapely.LineString(line) for line in drawn_lines(page.get_contents().get_data()) if len(line) > 3]
    for item in sheet.laid:
        for wanted in (item.paper.cut_line, item.paper.seam_line):
            ring = shapely.LinearRing(item.placed(wanted))
            assert min(shapely.hausdorff_distance(ring, line) for line in closed(lines)) < 0.02


def closed(lines):
    return [shapely.LinearRing(line.coords) for line in lines]


@pytest.mark.parametrize("sheet", TILED)
def test_tiled_pages_have_their_size_and_the_first_one_square_measures_and_map(dress, tiles, sheet):
    reader, laid = tiles[sheet], tiled_sheet(dress, sheet)
    assert len(reader.pages) == len(laid.tiles) + 1
    for page in reader.pages[1:]:
        assert float(page.mediabox.width) / POINTS_PER_CM == pytest.approx(PAPERS[sheet].width, abs=0.01)
        assert float(page.mediabox.height) / POINTS_PER_CM == pytest.approx(PAPERS[sheet].height, abs=0.01)
    first = reader.pages[0]
    assert [r for r in rectangles(first) if abs(r[2] - 5) < 0.01 and abs(r[3] - 5) < 0.01]
    words = first.extract_text()
    assert all(tile.name in words for tile in laid.tiles)
    assert "Finished measures" in words
    assert "5 cm" in words


@pytest.mark.parametrize("sheet", TILED)
def test_tiled_lines_are_the_models_and_every_page_shows_its_window(dress, tiles, sheet):
    reader, laid = tiles[sheet], tiled_sheet(dress, sheet)
    for tile, page in zip(laid.tiles, reader.pages[1:], strict=True):
        stream = page.get_contents().get_data()
        shifts = [tuple(map(float, m)) for m in re.findall(rb"1 0 0 1 ([-\d.]+) ([-\d.]+) cm", stream)]
        moved = np.sum([s for s in shifts if s != (0, 0)][:2], axis=0) / POINTS_PER_CM
        assert moved == pytest.approx(np.array((MARGIN, MARGIN)) - laid.origin(tile), abs=0.005)
        assert len(re.findall(rb"/\S+ Do", stream)) == len(laid.pieces_on(tile)) > 0
    drawn = [shapely.LinearRing(line) for page in reader.pages[1:] for form in forms(page).values()
             for line in drawn_lines(form.get_data()) if len(line) > 3]  # fmt: skip
    for item in laid.sheet.laid:
        ring = shapely.LinearRing(item.placed(item.paper.cut_line))
        near = [line for line in drawn if np.allclose(line.bounds, ring.bounds, atol=0.05)]
        assert min(shapely.hausdorff_distance(ring, line) for line in near) < 0.02


@pytest.mark.parametrize("sheet", TILED)
@pytest.mark.parametrize("kind", GarmentType)
def test_pages_cover_every_piece_and_none_is_blank(kind, sheet):
    laid = tiled_sheet(draft_pattern(starting_design(kind)), sheet)
    wide, high = laid.paper.printed
    windows = [shapely.box(x, y, x + wide, y + high) for x, y in map(laid.origin, laid.tiles)]
    cloth = [shapely.Polygon(item.placed(item.paper.cut_line)) for item in laid.sheet.laid]
    assert shapely.union_all(windows).buffer(1e-6).contains(shapely.union_all(cloth))
    assert all(any(window.intersects(piece) for piece in cloth) for window in windows)
    assert len({tile.name for tile in laid.tiles}) == len(laid.tiles)


def test_printed_pages_laid_cross_on_cross_give_the_whole(dress):
    """Rendered tiles, trimmed and overlapped, carry a piece's ink where the model has its cutting line."""
    laid, dots = tiled_sheet(dress, Sheet.A4), 20.0
    document = pypdfium2.PdfDocument(WRITERS[".a4.pdf"](dress))
    size = [int(dots * (length + 30)) for length in (laid.sheet.height, laid.sheet.width)]
    whole = np.full(size, 255, dtype=np.uint8)
    margin = int(dots * MARGIN)
    for number, tile in enumerate(laid.tiles, start=1):
        page = document[number].render(scale=dots / POINTS_PER_CM, grayscale=True).to_numpy().squeeze()
        page = page[margin:-margin, margin:-margin]
        top, left = round(dots * tile.row * laid.paper.step[1]), round(dots * tile.column * laid.paper.step[0])
        window = whole[top : top + page.shape[0], left : left + page.shape[1]]
        np.minimum(window, page, out=window)
    for item in laid.sheet.laid:
        cut = item.placed(item.paper.cut_line)
        rows = np.rint(dots * (laid.sheet.height - cut[:, 1])).astype(int)
        columns = np.rint(dots * cut[:, 0]).astype(int)
        near = np.min([whole[rows + i, columns + j] for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2)], axis=0)
        assert (near < 170).mean() > 0.99


@pytest.mark.parametrize("kind", GarmentType)
def test_svg_has_its_layers_in_millimetres(kind):
    pattern = draft_pattern(starting_design(kind))
    root = ET.fromstring(WRITERS[".svg"](pattern))
    sheet = roll_sheet(pattern)
    assert root.attrib["width"] == f"{10 * sheet.width:.2f}mm"
    assert root.attrib["viewBox"].split()[2:] == [f"{10 * sheet.width:.2f}", f"{10 * (sheet.height + FOOT):.2f}"]
    layers = {group.attrib["id"]: group for group in root.findall("svg:g", NAMES)}
    assert set(layers) == set(Layer)
    assert all(group.attrib[LABEL] == name for name, group in layers.items())
    square = layers[Layer.SQUARE].find("svg:rect", NAMES)
    assert (square.attrib["width"], square.attrib["height"]) == ("50", "50")
    cut = {group.attrib["data-piece"]: group for group in layers[Layer.CUT].findall("svg:g", NAMES)}
    assert set(cut) == {item.paper.name for item in sheet.laid}
    for item in sheet.laid:
        data = cut[item.paper.name].find("svg:path", NAMES).attrib["d"]
        points = np.array([pair.split(",") for pair in data.strip("MZ").split()], dtype=float) / 10
        points[:, 1] = sheet.height - points[:, 1]
        assert np.abs(points - item.placed(item.paper.cut_line)).max() < 0.01


def test_the_same_pattern_gives_the_same_file(dress):
    for suffix in (".pdf", ".a4.pdf", ".svg"):
        assert WRITERS[suffix](dress) == WRITERS[suffix](dress)
