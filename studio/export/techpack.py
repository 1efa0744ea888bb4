"""The tech pack that a designer hands to a maker, on A4: technical flat, points of measure, pieces, materials, sewing, sizes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle

from studio.arrays import Points2
from studio.export.flat_flowable import FlatDrawing
from studio.finished import FinishedMeasure, finished_measures
from studio.flat import laid_flat
from studio.paper import PaperPiece
from studio.pattern import Finding, FindingKind, Pattern
from studio.sizes import GradedSize
from studio.workshop import Workshop

_INK = colors.HexColor("#1d2733")
_SOFT = colors.HexColor("#5b6877")
_LINE = colors.HexColor("#c9d1da")
_BAND = colors.HexColor("#eef2f6")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=8.5, leading=11, textColor=_INK)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=7.5, leading=9.5, textColor=_SOFT)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Helvetica-Bold", fontSize=18, leading=22)
_HEAD = ParagraphStyle("head", parent=_BODY, fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=8, spaceAfter=4)
_GRID = TableStyle([
    ("FONTSIZE", (0, 0), (-1, -1), 8),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
    ("BACKGROUND", (0, 0), (-1, 0), _BAND),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
])  # fmt: skip
_CAPTION = 26.0
"""Room under a row of pieces for their words, points."""
_WIDTH = A4[0] - 3.6 * cm


def techpack_pdf(pattern: Pattern, papers: Sequence[PaperPiece], made: Workshop, sizes: Sequence[GradedSize]) -> bytes:
    """The tech pack of a pattern as PDF; `sizes` is the graded range that its grading table shows."""
    buffer = io.BytesIO()
    kind = str(pattern.design.garment_type)
    document = BaseDocTemplate(
        buffer, pagesize=A4, title=f"{kind} tech pack", author="Garment Pattern Studio", invariant=1,
        leftMargin=1.8 * cm, rightMargin=1.8 * cm, topMargin=1.6 * cm, bottomMargin=1.6 * cm,
    )  # fmt: skip
    frame = Frame(1.8 * cm, 1.6 * cm, _WIDTH, A4[1] - 3.2 * cm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=lambda canvas, doc: _footer(canvas, doc.page, kind)))
    story: list[Flowable] = [
        *_cover(pattern),
        *_points_of_measure(made.finished),
        PageBreak(),
        *_pieces(papers, made),
        PageBreak(),
        *_materials_and_sewing(made),
        *(_grading(sizes) if len(sizes) > 1 else []),
        *_remarks(pattern.findings),
    ]
    document.build(story)
    return buffer.getvalue()


def _footer(canvas: Canvas, page: int, kind: str) -> None:
    canvas.setFont("Helvetica", 7)
    canvas.setFillColor(_SOFT)
    canvas.drawString(1.8 * cm, 0.9 * cm, f"{kind} · tech pack · measures in centimetres")
    canvas.drawRightString(A4[0] - 1.8 * cm, 0.9 * cm, str(page))


def _cover(pattern: Pattern) -> list[Flowable]:
    design = pattern.design
    words = _described(pattern)
    flat = FlatDrawing(laid_flat(pattern), width=_WIDTH, height=11 * cm)
    return [
        Paragraph(f"{str(design.garment_type).capitalize()} · tech pack", _TITLE),
        Paragraph(" · ".join(f"<b>{name}</b> {value}" for name, value in words.items()), _BODY),
        Spacer(1, 0.4 * cm),
        flat,
    ]


def _described(pattern: Pattern) -> Mapping[str, str]:
    """The design's words that a maker reads first."""
    design, measures = pattern.design, pattern.measures
    style = design.style
    said = {
        "fit": str(design.fit),
        "fabric": f"{style.colour} {style.fabric}, {style.pattern}",
        "silhouette": str(style.silhouette),
        "closure": str(style.closure),
        "body": f"height {measures.height:.0f}, bust {measures.bust:.0f}, waist {measures.waist:.0f}, hip {measures.hip:.0f} cm",
    }
    return {name: value.replace("_", " ") for name, value in said.items()}


def _points_of_measure(finished: Sequence[FinishedMeasure]) -> list[Flowable]:
    rows = [["Point of measure", "garment", "± tolerance", "body", "ease"]]
    for measure in finished:
        body = "" if measure.body is None else f"{measure.body:.1f}"
        ease = "" if measure.ease is None else f"{measure.ease:+.1f}"
        rows.append([measure.title, f"{measure.value:.1f}", f"{measure.tolerance:.1f}", body, ease])
    return [Paragraph("Points of measure", _HEAD), _table(rows, (7.4, 2.5, 2.5, 2.5, 2.5))]


def _table(rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Table:
    """A table with a heading row; numbers stand at the right."""
    scale = _WIDTH / (sum(widths) * cm)
    table = Table([list(row) for row in rows], colWidths=[scale * width * cm for width in widths], repeatRows=1, hAlign="LEFT")
    table.setStyle(_GRID)
    for column in range(1, len(rows[0])):
        if all(_is_number(row[column]) for row in rows[1:]):
            table.setStyle(TableStyle([("ALIGN", (column, 0), (column, -1), "RIGHT")]))
    return table


def _is_number(cell: object) -> bool:
    return isinstance(cell, str) and all(mark in "+-.0123456789" for mark in cell)


def _pieces(papers: Sequence[PaperPiece], made: Workshop) -> list[Flowable]:
    rows: list[list[object]] = [["Piece", "Cut", "Cloth", "Interface"]]
    rows += [[row.title, row.words, str(row.material), str(row.interfacing or "")] for row in made.cut]
    return [
        Paragraph("Pieces", _HEAD),
        _PieceSheet(papers, _WIDTH, 14.5 * cm),
        Paragraph("Cut list", _HEAD),
        _table(rows, (6.4, 4.4, 3.3, 3.3)),
    ]


class _PieceSheet(Flowable):  # type: ignore[misc]
    """All paper pieces in rows, to one scale: cutting line and seam line, grain and name."""

    def __init__(self, papers: Sequence[PaperPiece], width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._papers = papers
        self._scale, self._rows = self._fitted()

    def _fitted(self) -> tuple[float, list[list[PaperPiece]]]:
        """The largest scale, points a cm, at which all rows fit, and the rows."""
        scale = 12.0
        while True:
            rows: list[list[PaperPiece]] = [[]]
            across = 0.0
            for paper in self._papers:
                wide = _room(paper, scale)
                if rows[-1] and across + wide > self.width:
                    rows.append([])
                    across = 0.0
                rows[-1].append(paper)
                across += wide
            tall = sum(max(scale * _height(paper) for paper in row) + _CAPTION for row in rows)
            if tall <= self.height or scale < 0.8:
                return scale, rows
            scale *= 0.93

    def draw(self) -> None:
        top = self.height
        for row in self._rows:
            tallest = max(self._scale * _height(paper) for paper in row)
            left = 0.0
            for paper in row:
                self._draw_piece(paper, left, top - tallest)
                left += _room(paper, self._scale)
            top -= tallest + _CAPTION

    def _draw_piece(self, paper: PaperPiece, left: float, bottom: float) -> None:
        canvas: Canvas = self.canv
        low = paper.cut_line.min(axis=0)
        for line, width, shade in ((paper.cut_line, 0.7, _INK), (paper.seam_line, 0.35, _SOFT), (paper.grainline, 0.4, _SOFT)):
            points = (line - low) * self._scale + (left, bottom)
            canvas.setLineWidth(width)
            canvas.setStrokeColor(shade)
            _polyline(canvas, points, closed=len(line) > 2)
        canvas.setFont("Helvetica", 6)
        canvas.setFillColor(_INK)
        canvas.drawString(left, bottom - 8, paper.title)
        canvas.setFillColor(_SOFT)
        canvas.drawString(left, bottom - 15, paper.cutting_words)


def _height(paper: PaperPiece) -> float:
    """Height on the table, cm."""
    return float(np.ptp(paper.cut_line[:, 1]))


def _room(paper: PaperPiece, scale: float) -> float:
    """Width that a piece takes in its row, points: its own, or that of its words."""
    words = max(stringWidth(text, "Helvetica", 6) for text in (paper.title, paper.cutting_words))
    return float(max(scale * np.ptp(paper.cut_line[:, 0]), words)) + 12


def _polyline(canvas: Canvas, points: Points2, *, closed: bool) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for place in points[1:]:
        path.lineTo(*place)
    if closed:
        path.close()
    canvas.drawPath(path)


def _materials_and_sewing(made: Workshop) -> list[Flowable]:
    rows: list[list[object]] = [["Material", "Amount", "Note"]]
    rows += [[supply.name, supply.amount, Paragraph(supply.note, _SMALL)] for supply in made.supplies]
    steps = [Paragraph(f"<b>{step.number}. {step.title}.</b> {step.text}", _BODY) for step in made.steps]
    spaced = [part for step in steps for part in (step, Spacer(1, 0.12 * cm))]
    return [
        Paragraph("Bill of materials", _HEAD),
        _table(rows, (5.4, 3.0, 9.0)),
        Paragraph("Order of sewing", _HEAD),
        *spaced,
    ]


def _grading(sizes: Sequence[GradedSize]) -> list[Flowable]:
    """Finished measures of every size, the base size in bold."""
    measured = [{measure.name: measure for measure in finished_measures(size.pattern)} for size in sizes]
    names = [measure for measure in finished_measures(sizes[0].pattern) if all(measure.name in row for row in measured)]
    head: list[object] = ["Finished, cm", *(f"{size.name}{' *' if size.is_base else ''}" for size in sizes)]
    rows: list[list[object]] = [head]
    rows += [[measure.title, *(f"{row[measure.name].value:.1f}" for row in measured)] for measure in names]
    widths = (5.4, *([12.0 / len(sizes)] * len(sizes)))
    return [PageBreak(), Paragraph("Grading", _HEAD), Paragraph("* base size", _SMALL), _table(rows, widths)]


def _remarks(findings: Sequence[Finding]) -> list[Flowable]:
    said = [finding for finding in findings if finding.kind != FindingKind.NOT_DRAWN]
    if not said:
        return []
    return [
        Paragraph("Remarks of the draft", _HEAD),
        *(Paragraph(f"<b>{finding.kind}</b>: {_escaped(finding.message)}", _BODY) for finding in said),
    ]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
