"""The first page: what the pattern is, the test square, the finished measures, what the lines mean and how the pages join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from reportlab.lib.units import cm, mm
from reportlab.pdfgen.canvas import Canvas

from studio.arrays import Point2, Points2, point
from studio.export.drawing import STYLES, Dash, Layer, Stroke, arrow
from studio.export.labels import made_for
from studio.export.packing import LaidSheet
from studio.export.pdf_page import draw_line, draw_outline, draw_test_square
from studio.export.tiles import TiledSheet
from studio.finished import finished_measures
from studio.pattern import Pattern

FOOT = 8.0
"""Height of the strip below the pieces on a one-page sheet, cm."""
_LEGEND: Sequence[tuple[Layer, str, Dash]] = (
    (Layer.CUT, "cut here", Dash.SOLID),
    (Layer.SEAM, "seam line: sew here", Dash.DASHED),
    (Layer.NOTCH, "notch: one stroke in front, two behind", Dash.SOLID),
    (Layer.GRAIN, "grainline: along the selvedge", Dash.SOLID),
    (Layer.FOLD, "place on the fold of the cloth", Dash.SOLID),
    (Layer.MARK, "marks: buttons, pleats, folds, placement", Dash.DASHED),
)


def title_of_pattern(pattern: Pattern) -> str:
    """'Shirt pattern'."""
    return f"{pattern.design.garment_type.capitalize()} pattern"


def draw_foot(canvas: Canvas, pattern: Pattern, width: float) -> None:
    """Test square, title, legend and finished measures along the foot of a sheet `width` cm wide."""
    draw_test_square(canvas, point(2, 1.5))
    _draw_title(canvas, pattern, point(8, 6.0))
    if width > 30:
        _draw_legend(canvas, point(8, 4.4))
    if width > 40:
        _draw_measures(canvas, pattern, point(20, 6.2), rows=8)


def draw_cover(canvas: Canvas, pattern: Pattern, tiles: TiledSheet, size: tuple[float, float]) -> None:
    """The first page of a tiled pattern; `size` is that page's width and height in cm."""
    wide, high = size
    _draw_title(canvas, pattern, point(2, high - 2.6))
    draw_test_square(canvas, point(2, high - 10.0))
    _draw_legend(canvas, point(2, high - 11.2))
    _draw_measures(canvas, pattern, point(8.5, high - 5.2), rows=18)
    top = high - 16.2
    _draw_heading(canvas, f"How the pages join: {tiles.rows} × {tiles.columns}, {len(tiles.tiles)} printed", point(2, top))
    _draw_map(canvas, tiles, point(2, 1.5), point(wide - 4, top - 2.1))


def _draw_heading(canvas: Canvas, text: str, at: Point2) -> None:
    canvas.setFillGray(0.1)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(*(at * cm), text)


def _draw_title(canvas: Canvas, pattern: Pattern, at: Point2) -> None:
    x, y = at * cm
    making = pattern.design.making
    canvas.setFillGray(0.1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(x, y, title_of_pattern(pattern))
    canvas.setFont("Helvetica", 9)
    style = pattern.design.style
    canvas.drawString(x, y - 15, f"{pattern.design.fit.replace('_', '-')} fit, {style.fabric} · {made_for(pattern)}")
    allowances = f"{making.seam_allowance:g} cm seam and {making.hem_allowance:g} cm hem allowance included"
    canvas.drawString(x, y - 27, f"{allowances if making.seam_allowance else 'no seam allowance'} · print at 100 %, no scaling")


def _draw_legend(canvas: Canvas, at: Point2) -> None:
    for number, (layer, words, dash) in enumerate(_LEGEND):
        low = at - point(0, 0.55 * number)
        canvas.setStrokeColor(STYLES[layer].colour)
        canvas.setLineWidth(STYLES[layer].width * mm)
        canvas.setDash([4, 3] if dash == Dash.DASHED else [])
        for line in _sample(layer, low):
            draw_line(canvas, Stroke(layer, line))
        canvas.setDash()
        canvas.setFillGray(0.15)
        canvas.setFont("Helvetica", 8)
        canvas.drawString((low[0] + 1.8) * cm, low[1] * cm - 3, words)


def _sample(layer: Layer, at: Point2) -> Iterator[Points2]:
    start, end = at, at + point(1.4, 0)
    if layer == Layer.NOTCH:
        for x in (0.3, 0.9, 1.15):
            yield np.stack((at + point(x, -0.17), at + point(x, 0.17)))
    elif layer in (Layer.GRAIN, Layer.FOLD):
        yield from arrow(start, end, both=layer == Layer.GRAIN, head=0.25)
    else:
        yield np.stack((start, end))


def _draw_measures(canvas: Canvas, pattern: Pattern, at: Point2, *, rows: int) -> None:
    """The finished measures as a table: finished, body, ease."""
    measures = finished_measures(pattern)[:rows]
    _draw_heading(canvas, "Finished measures, cm", at)
    columns = (0.0, 6.3, 8.0, 9.7)
    canvas.setFont("Helvetica-Bold", 7.5)
    for x, words in zip(columns[1:], ("finished", "body", "ease"), strict=True):
        canvas.drawRightString((at[0] + x) * cm, (at[1] - 0.5) * cm, words)
    canvas.setFont("Helvetica", 7.5)
    for number, measure in enumerate(measures):
        y = (at[1] - 0.95 - 0.44 * number) * cm
        canvas.drawString(at[0] * cm, y, measure.title)
        canvas.drawRightString((at[0] + columns[1]) * cm, y, f"{measure.value:.1f}")
        if measure.body is not None and measure.ease is not None:
            canvas.drawRightString((at[0] + columns[2]) * cm, y, f"{measure.body:.1f}")
            canvas.drawRightString((at[0] + columns[3]) * cm, y, f"{measure.ease:+.1f}")


def _draw_map(canvas: Canvas, tiles: TiledSheet, corner: Point2, room: Point2) -> None:
    """The whole sheet small, with the page grid and the pages' names; pages left out are grey."""
    sheet: LaidSheet = tiles.sheet
    step, printed = tiles.paper.step, tiles.paper.printed
    wide = (tiles.columns - 1) * step[0] + printed[0]
    high = (tiles.rows - 1) * step[1] + printed[1]
    scale = float(min(room[0] / wide, room[1] / high))
    foot = corner + point(0.0, room[1] - scale * high)
    lift = high - sheet.height
    canvas.setLineWidth(0.15 * mm)
    canvas.setDash()
    named = {(tile.row, tile.column): tile.name for tile in tiles.tiles}
    cell = scale * np.array(step) * cm
    for row in range(tiles.rows):
        for column in range(tiles.columns):
            x = foot[0] * cm + column * cell[0]
            y = (foot[1] + scale * high) * cm - (row + 1) * cell[1]
            canvas.setStrokeGray(0.55)
            canvas.setFillGray(1.0 if (row, column) in named else 0.9)
            canvas.rect(x, y, cell[0], cell[1], fill=1)
            canvas.setFillGray(0.6)
            canvas.setFont("Helvetica-Bold", max(6, min(0.35 * cell[1], 0.3 * cell[0])))
            canvas.drawCentredString(x + cell[0] / 2, y + 0.4 * cell[1], named.get((row, column), ""))
    canvas.setStrokeGray(0.1)
    canvas.setLineWidth(0.25 * mm)
    for item in sheet.laid:
        coarse = shapely.linearrings(item.placed(item.paper.cut_line)).simplify(0.3)
        draw_outline(canvas, shapely.get_coordinates(coarse)[:-1], scale=scale, corner=foot + point(0.0, scale * lift))
