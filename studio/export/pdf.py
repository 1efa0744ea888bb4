"""True-scale PDF on one sheet of its own size (copyshop roll), vector outlines, with a 5 cm test square."""

from __future__ import annotations

import io

import numpy as np
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from studio.arrays import Point2, Points2
from studio.curves import Curve
from studio.export.layout import ROLL_WIDTH, Placed, laid_out
from studio.pattern import Pattern

FOOT = 8.0
"""Height below the pieces for the test square and the title, cm."""


def pattern_pdf(pattern: Pattern) -> bytes:
    """The pattern at true scale: page size = sheet, 1 cm on the page is 1 cm of cloth; seam lines, no seam allowance."""
    sheet = laid_out(pattern, widest=ROLL_WIDTH)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(sheet.width * cm, (sheet.height + FOOT) * cm), invariant=1)
    canvas.setTitle(f"{pattern.design.garment_type} pattern")
    canvas.setCreator("Garment Pattern Studio")
    for item in sheet.placed:
        _draw_piece(canvas, item, pattern)
    canvas.setLineWidth(0.6)
    canvas.setStrokeGray(0.1)
    canvas.rect(2 * cm, 2 * cm, 5 * cm, 5 * cm)
    canvas.setFont("Helvetica", 11)
    canvas.drawCentredString(4.5 * cm, 4.4 * cm, "5 cm")
    canvas.drawString(8 * cm, 5.6 * cm, f"{pattern.design.garment_type} · seam lines, no seam allowance · print at 100 %")
    for number, finding in enumerate(pattern.findings[:6]):
        canvas.drawString(8 * cm, (5.0 - 0.6 * number) * cm, f"{finding.kind}: {finding.message}"[: int(sheet.width * 4)])
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _path(canvas: Canvas, curves: list[Curve], shift: Point2, *, fill: bool) -> None:
    path = canvas.beginPath()
    path.moveTo(*((curves[0].start + shift) * cm))
    for curve in curves:
        points = (curve.control[1:] + shift) * cm
        if curve.is_line:
            path.lineTo(*points[0])
        else:
            path.curveTo(*points[0], *points[1], *points[2])
    path.close()
    canvas.drawPath(path, stroke=1, fill=int(fill))


def _draw_piece(canvas: Canvas, item: Placed, pattern: Pattern) -> None:
    piece, shift = item.piece, item.shift + np.array((0.0, FOOT))
    canvas.setStrokeGray(0.1)
    canvas.setFillGray(1.0)
    canvas.setLineWidth(1.1)
    _path(canvas, [curve for edge in piece.edges for curve in edge.curves], shift, fill=True)
    canvas.setDash(6, 4)
    canvas.setLineWidth(0.6)
    for other in pattern.parts:
        if other.laid_on and other.laid_on.piece == piece.name:
            _path(canvas, [c for edge in other.edges for c in edge.curves], shift + other.laid_on.at, fill=False)
    canvas.setDash()
    _draw_grainline(canvas, piece.grainline + shift)
    x0, y0, x1, y1 = piece.bounds
    centre = (np.array(((x0 + x1) / 2, (y0 + y1) / 2)) + shift) * cm
    size = float(min(24.0, max(8.0, 1.1 * (x1 - x0))))
    wide = canvas.stringWidth(piece.title, "Helvetica-Bold", size)
    canvas.setFillGray(1.0)
    canvas.rect(centre[0] - wide / 2 - 3, centre[1] - 1.1 * size, wide + 6, 2.0 * size, stroke=0, fill=1)
    canvas.setFillGray(0.1)
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawCentredString(*centre, piece.title)
    canvas.setFont("Helvetica", 0.6 * size)
    canvas.drawCentredString(centre[0], centre[1] - 0.9 * size, "cut 1")


def _draw_grainline(canvas: Canvas, ends: Points2) -> None:
    start, end = ends * cm
    canvas.setStrokeColorRGB(0.23, 0.43, 0.65)
    canvas.line(*start, *end)
    along = (end - start) / np.hypot(*(end - start))
    across = np.array((-along[1], along[0]))
    for tip, way in ((start, along), (end, -along)):
        for side in (1, -1):
            canvas.line(*tip, *(tip + 9 * way + 4 * side * across))
