"""Written files, opened again: right size, right scale, right names."""

import io
import json
import re
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pypdf import PdfReader

from pattern_generator import draft_pattern, main
from studio.cutting import paper_pieces
from studio.design import GarmentDesign, starting_design
from studio.export import WRITERS
from studio.export.cover import FOOT
from studio.export.figure import draw_pattern
from studio.export.layout import ROLL_WIDTH, fitted_to_screen, laid_out
from studio.export.pdf import roll_sheet
from studio.export.screen_svg import screen_svg
from studio.ui.report import report_view
from studio.vocabulary import GarmentType

POINTS_PER_CM = 72 / 2.54


@pytest.fixture(scope="module")
def dress():
    return draft_pattern(starting_design("dress").changed({"has_pockets": True}))


@pytest.mark.parametrize("kind", GarmentType)
@pytest.mark.parametrize("sheet_of", [fitted_to_screen, lambda pattern: laid_out(pattern, widest=ROLL_WIDTH)])
def test_pieces_do_not_overlap_and_lie_on_the_sheet(kind, sheet_of):
    sheet = sheet_of(draft_pattern(starting_design(kind).changed({"has_pockets": True})))
    boxes = []
    for item in sheet.placed:
        x0, y0, x1, y1 = np.array(item.piece.bounds) + np.tile(item.shift, 2)
        assert x0 >= 1.9
        assert y0 >= 1.9
        assert x1 <= sheet.width - 1.9
        assert y1 <= sheet.height - 1.9
        assert not any(x0 < b[2] and b[0] < x1 and y0 < b[3] and b[1] < y1 for b in boxes)
        boxes.append((x0, y0, x1, y1))


def test_pdf_page_is_the_sheet_and_the_pieces_are_true_scale(dress):
    data = WRITERS[".pdf"](dress)
    page = PdfReader(io.BytesIO(data)).pages[0]
    sheet = roll_sheet(dress)
    assert float(page.mediabox.width) / POINTS_PER_CM == pytest.approx(sheet.width, abs=0.01)
    text = page.extract_text()
    assert "Front bodice" in text
    assert "5 cm" in text
    dots = 40.0  # per cm
    picture = pypdfium2.PdfDocument(data)[0].render(scale=dots / POINTS_PER_CM).to_numpy()
    item = next(item for item in sheet.laid if item.paper.name == "back_skirt")
    cut = item.placed(item.paper.cut_line)
    (x0, y0), (x1, y1) = cut.min(axis=0), cut.max(axis=0)
    rows = slice(*(int(picture.shape[0] - (y + FOOT) * dots) for y in (y1 - 1, y0 + 1)))
    dark = np.nonzero((picture[rows, int((x0 - 0.1) * dots) : int((x1 + 0.1) * dots)].min(axis=2) < 128).any(axis=0))[0]
    assert (dark[-1] - dark[0]) / dots == pytest.approx(x1 - x0, abs=0.1)


def test_test_square_is_5_cm(dress):
    data = WRITERS[".pdf"](dress)
    dots = 40.0
    page = pypdfium2.PdfDocument(data)[0].render(scale=dots / POINTS_PER_CM).to_numpy()
    row = page[int(page.shape[0] - 2.5 * dots), : int(7.9 * dots)].min(axis=1) < 220
    dark = np.nonzero(row)[0]
    assert (dark[-1] - dark[0]) / dots == pytest.approx(5.0, abs=0.06)


def test_png_and_figure_show_every_piece(dress):
    figure = draw_pattern(dress)
    assert isinstance(figure, Figure)
    assert {text.get_text() for text in figure.axes[0].texts} >= {paper.title for paper in paper_pieces(dress)}
    picture = np.asarray(Image.open(io.BytesIO(WRITERS[".png"](dress))).convert("RGB"))
    assert picture.std() > 10


def test_json_is_the_design(dress):
    assert GarmentDesign.from_json(WRITERS[".json"](dress).decode()) == dress.design


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_command_line_writes_each_format(tmp_path, suffix, capsys):
    out = tmp_path / f"dress{suffix}"
    assert main(["--garment", "dress", "--set", "bust=92", "--set", "has_pockets=true", "--out", str(out)]) == 0
    assert out.stat().st_size > 400
    assert "front_bodice" in capsys.readouterr().out


def test_command_line_reads_a_saved_design(tmp_path):
    saved, out = tmp_path / "a.json", tmp_path / "b.json"
    assert main(["--garment", "jeans", "--set", "inseam=70", "--out", str(saved)]) == 0
    assert main(["--design", str(saved), "--set", "fit=loose", "--out", str(out)]) == 0
    design = json.loads(out.read_text())
    assert (design["measurements"]["inseam"], design["fit"]) == (70, "loose")


@pytest.mark.parametrize("arguments", [
    ["--garment", "dress", "--set", "bust=nan", "--out", "x.pdf"],
    ["--garment", "dress", "--set", "bust", "--out", "x.pdf"],
    ["--garment", "dress", "--set", "bst=3", "--out", "x.pdf"],
    ["--garment", "tent", "--out", "x.pdf"],
    ["--garment", "dress", "--out", "x.docx"],
    ["--garment", "dress", "--out", "/nonexistent/folder/x.pdf"],
    ["--design", "missing.json", "--out", "x.pdf"],
    ["--out", "x.pdf"],
])  # fmt: skip
def test_command_line_errors_go_to_stderr_with_exit_code_2(arguments, capsys):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    assert not captured.out


def test_a_seam_that_does_not_close_is_red_in_drawing_and_report():
    good = draft_pattern(starting_design("skirt"))
    wrong = next(seam for seam in good.seams if seam.name == "left side")
    bad = replace(good, seams=tuple(replace(seam, ease=1.0) if seam is wrong else seam for seam in good.seams))
    assert 'class="edge bad"' not in screen_svg(good)
    edges = re.findall(r'class="edge bad" data-edge="([^"]+)"', screen_svg(bad))
    assert sorted(edges) == ["back.left_side", "front.left_side"]
    view = report_view(bad)
    assert [row["name"] for row in view["seams"] if not row["closes"]] == ["left side"]
    assert not view["all_close"]
    assert report_view(good)["all_close"]
    assert {row["code"] for row in view["checks"] if row["state"] == "waits"} == {"C3", "C6"}
