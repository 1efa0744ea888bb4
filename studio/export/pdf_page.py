"""Strokes and words on a PDF canvas, at true scale."""

from __future__ import annotations

from reportlab.lib.units import cm, mm
from reportlab.pdfgen.canvas import Canvas

from studio.arrays import Point2, Points2
from studio.export.drawing import STYLES, Dash, Drawing, Layer, Stroke, Words

TEST_SQUARE = 5.0
"""Side of the test square, cm."""
_DASHES = {Dash.SOLID: (), Dash.DASHED: (6, 4), Dash.DASH_DOT: (10, 3, 1.5, 3), Dash.DOTTED: (1, 3)}
_DOWN_TO_MIDDLE = 0.35
"""From the middle of a line of type to its baseline, as a share of its size."""


def draw_strokes(canvas: Canvas, drawing: Drawing) -> None:
    """Every stroke and word of a drawing; 1 cm of the drawing is 1 cm on the page."""
    for stroke in drawing.strokes:
        style = STYLES[stroke.layer]
        canvas.setStrokeColor(style.colour)
        canvas.setLineWidth(style.width * mm)
        canvas.setDash(list(_DASHES[stroke.dash]))
        draw_line(canvas, stroke)
    canvas.setDash()
    for words in drawing.words:
        draw_words(canvas, words)


def draw_line(canvas: Canvas, stroke: Stroke) -> None:
    """One polyline in the canvas's present pen."""
    path = canvas.beginPath()
    points = (stroke.points * cm).tolist()
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
    if stroke.closed:
        path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def draw_words(canvas: Canvas, words: Words) -> None:
    """One line of text, centred on its place."""
    canvas.saveState()
    canvas.setFillColor(STYLES[words.layer].colour)
    canvas.setFont("Helvetica-Bold" if words.bold else "Helvetica", words.size * cm)
    canvas.translate(*(words.at * cm))
    canvas.rotate(words.turned)
    canvas.drawCentredString(0, -_DOWN_TO_MIDDLE * words.size * cm, words.text)
    canvas.restoreState()


def draw_test_square(canvas: Canvas, corner: Point2) -> None:
    """The square that tells whether the print is to scale; `corner` is its lower left one, cm."""
    side = TEST_SQUARE * cm
    canvas.setStrokeColor(STYLES[Layer.SQUARE].colour)
    canvas.setLineWidth(0.3 * mm)
    canvas.setDash()
    x, y = corner * cm
    canvas.rect(x, y, side, side)
    canvas.setFillGray(0.1)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawCentredString(x + side / 2, y + side / 2 + 4, "5 cm × 5 cm")
    canvas.setFont("Helvetica", 7.5)
    canvas.drawCentredString(x + side / 2, y + side / 2 - 8, "measure me: print at 100 %")


def draw_outline(canvas: Canvas, ring: Points2, *, scale: float, corner: Point2) -> None:
    """A closed line drawn small: `scale` of its size, (0, 0) of the sheet at `corner` cm."""
    draw_line(canvas, Stroke(Layer.CUT, ring * scale + corner, closed=True))
