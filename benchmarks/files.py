"""Files written, opened again and measured: python benchmarks/files.py

PDF within a second, its test square 50.0 +- 0.1 mm as rendered, outlines within 0.2 mm; DXF without audit errors and with equal
areas; GarmentCode read back within 0.1 mm; SVG at true scale in Chromium; the shirt's marker within five seconds at 80 %.
"""

from __future__ import annotations

import io
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import ezdxf
import numpy as np
import pypdfium2
import shapely
from ezdxf.recover import read as recovered
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pattern_generator import EXPORTS, draft_pattern, markers_of
from studio.cutting import paper_pieces
from studio.design import starting_design
from studio.export.pdf import roll_sheet
from studio.importing.garmentcode import read_garmentcode
from studio.pattern import Pattern
from studio.vocabulary import GarmentType

POINTS_PER_CM = 72 / 2.54
DOTS = 20.0
"""Pixels a millimetre when the test square is measured on the rendered page."""


def say(passed: bool, text: str) -> None:
    print(f"{'ok  ' if passed else 'MISS'} {text}")


def seconds(suffix: str, pattern: Pattern, repeats: int = 3) -> tuple[float, bytes]:
    """Median time to write a file, s, and its content."""
    times, content = [], b""
    for _ in range(repeats):
        begun = time.perf_counter()
        content = EXPORTS[suffix](pattern)
        times.append(time.perf_counter() - begun)
    return statistics.median(times), content


def square_mm(pdf: bytes) -> float:
    """Side of the test square as rendered: distance between its two upright lines, mm."""
    reader = PdfReader(io.BytesIO(pdf))
    stream = reader.pages[0].get_contents().get_data()
    found = re.findall(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re", stream)
    x, y = next((float(x), float(y)) for x, y, w, h in found if abs(float(w) / POINTS_PER_CM - 5) < 0.05)
    scale = 10 * DOTS / POINTS_PER_CM
    page = pypdfium2.PdfDocument(pdf)[0]
    low, high = x - 10, x + 5 * POINTS_PER_CM + 10
    crop = (low, y + 20, page.get_width() - high, page.get_height() - y - 60)
    image = page.render(scale=scale, crop=crop, grayscale=True).to_numpy().squeeze()
    dark = np.flatnonzero((image < 160).mean(axis=0) > 0.8)
    groups = np.split(dark, np.flatnonzero(np.diff(dark) > 40) + 1)
    return float((groups[-1].mean() - groups[0].mean()) / DOTS)


def outline_error_mm(pdf: bytes, pattern: Pattern) -> float:
    """Largest distance between the model's curves and the seam lines drawn on the copyshop sheet, mm."""
    stream = PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data()
    points: list[tuple[float, float]] = []
    lines = []
    for x, y, operator in re.findall(rb"([-\d.]+) ([-\d.]+) ([ml])\b", stream):
        if operator == b"m":
            lines.append(points)
            points = []
        points.append((float(x) / POINTS_PER_CM, float(y) / POINTS_PER_CM))
    closed = [[*line, line[0]] for line in [*lines, points] if len(line) > 3]
    drawn = shapely.MultiLineString(closed)
    worst = 0.0
    for item in roll_sheet(pattern).laid:
        piece = item.paper.piece
        model = np.concatenate([curve.at(np.linspace(0, 1, 24)) for edge in piece.edges for curve in edge.curves])
        if item.paper.fold is not None:
            model = model[model[:, 0] >= 0]
        shifted = item.placed(model)
        worst = max(worst, float(shapely.distance(shapely.points(shifted), drawn).max()))
    return 10 * worst


def print_pdf(patterns: dict[str, Pattern]) -> None:
    for suffix in (".pdf", ".a4.pdf", ".a0.pdf", ".techpack.pdf"):
        times = {kind: seconds(suffix, pattern)[0] for kind, pattern in patterns.items()}
        slowest = max(times, key=lambda kind: times[kind])
        say(times[slowest] <= 1.0, f"{suffix}: slowest {times[slowest]:.2f} s ({slowest}), bar 1 s: {times[slowest]:.0%}")
    sides = {kind: square_mm(EXPORTS[".a4.pdf"](pattern)) for kind, pattern in patterns.items()}
    worst = max(sides.values(), key=lambda side: abs(side - 50))
    say(abs(worst - 50) <= 0.1, f"test square as rendered: {worst:.2f} mm at worst, bar 50.0 +- 0.1")
    errors = {kind: outline_error_mm(EXPORTS[".pdf"](pattern), pattern) for kind, pattern in patterns.items()}
    say(max(errors.values()) <= 0.2, f"outlines in the PDF: {max(errors.values()):.3f} mm off the model at worst, bar 0.2")


def print_dxf(patterns: dict[str, Pattern]) -> None:
    faults, worst = 0, 0.0
    for pattern in patterns.values():
        wanted = sorted(shapely.Polygon(paper.whole_cut_line).area * 100 for paper in paper_pieces(pattern))
        for suffix in (".aama.dxf", ".astm.dxf"):
            document, auditor = recovered(io.BytesIO(EXPORTS[suffix](pattern)))
            faults += len(auditor.errors)
            areas = [
                shapely.Polygon([point[:2] for point in _points(line)]).area
                for block in document.blocks
                if not block.name.startswith("*")
                for line in block.query('*[layer=="1"]')
                if line.dxftype() in ("POLYLINE", "LWPOLYLINE")
            ]
            worst = max(worst, *(abs(a / b - 1) for a, b in zip(sorted(areas), wanted, strict=True)))
        faults += len(ezdxf.read(io.StringIO(EXPORTS[".dxf"](pattern).decode())).audit().errors)
    say(faults == 0, f"DXF flat, AAMA, ASTM of {len(patterns)} garments: {faults} audit errors")
    say(worst <= 0.001, f"piece areas in AAMA and ASTM: {worst:.4%} off at worst, bar 0.1 %")


def _points(line: ezdxf.entities.DXFEntity) -> list[tuple[float, float]]:
    if line.dxftype() == "LWPOLYLINE":
        return [(x, y) for x, y, *_ in line.get_points()]
    return [(vertex.dxf.location.x, vertex.dxf.location.y) for vertex in line.vertices]


def print_garmentcode(patterns: dict[str, Pattern]) -> None:
    worst = 0.0
    for pattern in patterns.values():
        read = read_garmentcode(EXPORTS[".garmentcode.json"](pattern))
        for ours, theirs in zip(pattern.parts, read.pieces, strict=True):
            for a, b in zip(ours.edges, theirs.edges, strict=True):
                worst = max(worst, float(np.abs(a.sampled(60) - b.sampled(60)).max()))
    say(10 * worst <= 0.1, f"GarmentCode written and read back: pieces {10 * worst:.5f} mm off at worst, bar 0.1")


def print_marker() -> None:
    begun = time.perf_counter()
    laid = markers_of(draft_pattern(starting_design("shirt")))[0]
    took = time.perf_counter() - begun
    words = f"marker of the shirt: {took:.1f} s (bar 5), {laid.efficiency:.1%} on {laid.width:.0f} cm (bar 80 %)"
    say(took <= 5 and laid.efficiency >= 0.8, f"{words}, {laid.length:.0f} cm long, {len(laid.lying)} pieces")


def print_svg(pattern: Pattern) -> None:
    """The test square's side as Chromium lays it out, against 50 mm at 96 pixels an inch."""
    browser_path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if browser_path is None:
        print("     SVG in Chromium: no browser on this machine")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "pattern.svg"
        file.write_bytes(EXPORTS[".svg"](pattern))
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(file.as_uri())
        side = page.evaluate("document.querySelector('#test-square rect').getBoundingClientRect().width") * 25.4 / 96
        browser.close()
    say(abs(side - 50) <= 0.2, f"SVG in Chromium: the test square is {side:.2f} mm")


def print_files() -> None:
    """Every bar on files, one line each."""
    patterns = {str(kind): draft_pattern(starting_design(kind).changed({"has_pockets": True})) for kind in GarmentType}
    print_pdf(patterns)
    print_dxf(patterns)
    print_garmentcode(patterns)
    print_svg(patterns["dress"])
    print_marker()


if __name__ == "__main__":
    print_files()
