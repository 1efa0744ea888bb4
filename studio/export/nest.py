"""A graded pattern in one drawing: of every paper piece the cutting lines of all sizes, one inside the other, at true scale.

The sizes lie on one another at the origin of the drafting table: the centre line and the level of the shoulder neck point or
the waist. Grainline and notches are those of the base size. Every size has its own colour and its own dashes, so that a
black-and-white print can be read too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import numpy as np
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from studio.arrays import Point2, Points2, point
from studio.cutting import paper_pieces
from studio.cutting.flatten import polyline
from studio.errors import DesignError
from studio.paper import PaperPiece
from studio.pattern import Finish
from studio.sizes import GradedSize

SHEET_WIDTH = 118.0
GAP = 3.0
FOOT = 8.0
_INK = "#1d2733"
_COLOURS = ("#1f77b4", "#d1495b", "#2e8540", "#8e44ad", "#c77700", "#008b8b", "#555555", "#a8326b", "#5b7a00", "#3b4cc0")
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2), (2, 1.5), (8, 2, 1.5, 2), (4, 1.5), (8, 2, 1.5, 2, 1.5, 2), (1, 1.5))
"""Lengths in mm of line, gap, line, gap ...; the first is a full line."""


@dataclass(frozen=True, eq=False)
class _Line:
    """(n, 2) points in cm on the sheet, y up."""

    points: Points2
    colour: str
    dash: tuple[float, ...] = ()
    width: float = 0.35
    closed: bool = False


@dataclass(frozen=True, eq=False)
class _Words:
    text: str
    at: Point2
    size: float  # mm
    colour: str = _INK
    is_centred: bool = True


@dataclass(eq=False)
class _Sheet:
    """What is drawn; `width` and `height` in cm, the foot with legend and test square included."""

    width: float = SHEET_WIDTH
    height: float = 0.0
    lines: list[_Line] = field(default_factory=list)
    words: list[_Words] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class _Bundle:
    """One paper piece in all the sizes that have it, by the size's number; `base` is the one that is drawn in full."""

    base: PaperPiece
    sizes: tuple[tuple[int, PaperPiece], ...]

    @property
    def bounds(self) -> tuple[Point2, Point2]:
        every = np.concatenate([paper.cut_line for _, paper in self.sizes])
        return every.min(axis=0), every.max(axis=0)


def nested_svg(graded: Sequence[GradedSize]) -> bytes:
    """The nested sizes as SVG, user units millimetres. Raises DesignError without sizes, DraftError without a cutting line."""
    sheet = _drawn(graded)
    width, height = 10 * sheet.width, 10 * sheet.height
    body = [_svg_line(line, height) for line in sheet.lines]
    for words in sheet.words:
        x, y = 10 * words.at[0], height - 10 * words.at[1]
        anchor = "middle" if words.is_centred else "start"
        body.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{words.size:g}" fill="{words.colour}" text-anchor="{anchor}" '
            f'font-family="Helvetica,Arial,sans-serif">{escape(words.text)}</text>'
        )
    size = f'width="{width:.2f}mm" height="{height:.2f}mm" viewBox="0 0 {width:.2f} {height:.2f}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return (head + "\n".join(body) + "</svg>\n").encode()


def nested_pdf(graded: Sequence[GradedSize]) -> bytes:
    """The nested sizes on one PDF page of the drawing's size. Raises DesignError without sizes, DraftError as `nested_svg`."""
    sheet = _drawn(graded)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(10 * sheet.width * mm, 10 * sheet.height * mm), invariant=1)
    canvas.setTitle("Nested sizes")
    canvas.setCreator("Garment Pattern Studio")
    for line in sheet.lines:
        canvas.setStrokeColor(HexColor(line.colour))
        canvas.setLineWidth(line.width * mm)
        canvas.setDash([length * mm for length in line.dash])
        path = canvas.beginPath()
        (x, y), *others = (10 * mm * line.points).tolist()
        path.moveTo(x, y)
        for x, y in others:
            path.lineTo(x, y)
        if line.closed:
            path.close()
        canvas.drawPath(path)
    for words in sheet.words:
        canvas.setFillColor(HexColor(words.colour))
        canvas.setFont("Helvetica", words.size * mm)
        draw = canvas.drawCentredString if words.is_centred else canvas.drawString
        draw(*(10 * mm * words.at).tolist(), words.text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _svg_line(line: _Line, height: float) -> str:
    points = " ".join(f"{10 * x:.2f},{height - 10 * y:.2f}" for x, y in line.points.tolist())
    dash = f' stroke-dasharray="{" ".join(f"{length:g}" for length in line.dash)}"' if line.dash else ""
    tag = "polygon" if line.closed else "polyline"
    return f'<{tag} points="{points}" fill="none" stroke="{line.colour}" stroke-width="{line.width:g}"{dash}/>'


def _drawn(graded: Sequence[GradedSize]) -> _Sheet:
    if not graded:
        raise DesignError("there is no size to draw", field="size")
    sheet = _Sheet()
    bundles = _bundles(graded)
    spans = [high - low for low, high in (bundle.bounds for bundle in bundles)]
    sheet.width = max(SHEET_WIDTH, *(float(span[0]) + 2 * GAP for span in spans))
    left, top, tallest = GAP, -GAP, 0.0
    for bundle, span in zip(bundles, spans, strict=True):
        if left > GAP and left + span[0] + GAP > sheet.width:
            left, top, tallest = GAP, top - tallest - GAP, 0.0
        low, high = bundle.bounds
        _draw_bundle(sheet, bundle, graded, point(left - low[0], top - high[1]))
        left += float(span[0]) + GAP
        tallest = max(tallest, float(span[1]))
    sheet.height = tallest - top + GAP + FOOT
    up = point(0, sheet.height)
    sheet.lines = [_Line(line.points + up, line.colour, line.dash, line.width, line.closed) for line in sheet.lines]
    sheet.words = [_Words(words.text, words.at + up, words.size, words.colour, words.is_centred) for words in sheet.words]
    _draw_foot(sheet, graded)
    return sheet


def _bundles(graded: Sequence[GradedSize]) -> list[_Bundle]:
    """The paper pieces by name, largest first; a piece that is on the fold in some sizes only is drawn whole in all."""
    halves = [{paper.name: paper for paper in paper_pieces(size.pattern)} for size in graded]
    wholes = [{paper.name: paper for paper in paper_pieces(size.pattern, on_fold=False)} for size in graded]
    shown = next((number for number, size in enumerate(graded) if size.is_base), len(graded) // 2)
    bundles = []
    for name in dict.fromkeys(name for papers in (halves[shown], *halves) for name in papers):
        own = [(number, papers[name]) for number, papers in enumerate(halves) if name in papers]
        if len({paper.fold is None for _, paper in own}) > 1:
            own = [(number, wholes[number][name]) for number, _ in own]
        base = next((paper for number, paper in own if number == shown), own[0][1])
        bundles.append(_Bundle(base, tuple(own)))
    return sorted(bundles, key=lambda bundle: -float(bundle.bounds[1][1] - bundle.bounds[0][1]))


def _draw_bundle(sheet: _Sheet, bundle: _Bundle, graded: Sequence[GradedSize], shift: Point2) -> None:
    base = bundle.base
    for number, paper in bundle.sizes:
        width = 0.6 if paper is base else 0.35
        sheet.lines.append(_Line(paper.cut_line + shift, _colour(number), _dash(number), width, closed=True))
        darts = [polyline(edge.curves) for edge in paper.piece.edges if edge.finish == Finish.DART]
        on_paper = [leg for leg in darts if paper.fold is None or leg[:, 0].min() >= -1e-6]
        sheet.lines += [_Line(leg + shift, _colour(number), _dash(number), 0.25) for leg in on_paper]
    for notch in base.notches:
        for stroke in range(notch.count):
            start = notch.at + (stroke - (notch.count - 1) / 2) * 0.5 * notch.along + shift
            sheet.lines.append(_Line(np.stack((start, start + max(notch.length, 0.4) * notch.out)), _INK))
    _draw_grain(sheet, base.grainline + shift)
    _draw_title(sheet, base, shift)
    for (number, _), place in zip(bundle.sizes, _label_places(bundle), strict=True):
        sheet.words.append(_Words(graded[number].name, place + shift, 4.5, _colour(number)))


def _draw_title(sheet: _Sheet, base: PaperPiece, shift: Point2) -> None:
    """The piece's name and how many are cut, beside the grainline."""
    low, high = base.cut_line.min(axis=0), base.cut_line.max(axis=0)
    size = float(np.clip(0.6 * (high - low).min(), 3.0, 8.0))
    half_width = 0.028 * size * max(len(base.title), len(base.cutting_words))
    place, grain = (low + high) / 2, base.grainline.mean(axis=0)
    is_upright = abs(base.grainline[0, 0] - base.grainline[1, 0]) < abs(base.grainline[0, 1] - base.grainline[1, 1])
    if is_upright and abs(place[0] - grain[0]) < half_width + 0.5:
        place[0] = grain[0] + (half_width + 0.5) * (1 if high[0] - grain[0] > grain[0] - low[0] else -1)
    elif not is_upright and abs(place[1] - grain[1]) < 0.2 * size:
        place[1] = grain[1] + 0.25 * size
    sheet.words.append(_Words(base.title, place + shift, size))
    sheet.words.append(_Words(base.cutting_words, place + shift - point(0, 0.14 * size), 0.7 * size))


def _draw_grain(sheet: _Sheet, ends: Points2) -> None:
    sheet.lines.append(_Line(ends, _INK, width=0.25))
    way = (ends[1] - ends[0]) / max(float(np.hypot(*(ends[1] - ends[0]))), 1e-9)
    across = np.array((-way[1], way[0]))
    for tip, inwards in ((ends[0], way), (ends[1], -way)):
        barbs = [tip + 0.7 * inwards + 0.25 * across, tip, tip + 0.7 * inwards - 0.25 * across]
        sheet.lines.append(_Line(np.stack(barbs), _INK, width=0.25))


def _label_places(bundle: _Bundle) -> list[Point2]:
    """Beside each size's own line where the sizes lie furthest apart, one after the other along the line."""
    centre = bundle.base.cut_line.mean(axis=0)
    lines = [paper.cut_line for _, paper in bundle.sizes]
    angles = np.linspace(-np.pi, np.pi, 73)[:-1]
    radii = np.array([_radii(line, centre, angles) for line in lines])
    spread = np.abs(np.diff(radii, axis=0)).min(axis=0) if len(lines) > 1 else radii[0]
    best = int(np.argmax(spread))
    step = min(1.1 / max(float(radii[:, best].mean()), 1.0), 0.12)
    turns = angles[best] + step * (np.arange(len(lines)) - (len(lines) - 1) / 2)
    return [
        centre + (_radii(line, centre, np.array([turn]))[0] + 0.15) * np.array((np.cos(turn), np.sin(turn)))
        for line, turn in zip(lines, turns, strict=True)
    ]


def _radii(line: Points2, centre: Point2, angles: Points2) -> Points2:
    """How far a closed line runs from a centre in each direction: the farthest crossing, cm."""
    ahead = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    first, second = line - centre, np.roll(line, -1, axis=0) - centre
    side_1 = ahead[:, :1] * first[:, 1] - ahead[:, 1:] * first[:, 0]
    side_2 = ahead[:, :1] * second[:, 1] - ahead[:, 1:] * second[:, 0]
    crosses = (side_1 <= 0) != (side_2 <= 0)
    share = side_1 / np.where(crosses, side_1 - side_2, 1.0)
    reach_1, reach_2 = ahead @ first.T, ahead @ second.T
    radii: Points2 = np.where(crosses, reach_1 + share * (reach_2 - reach_1), 0.0).max(axis=1)
    return radii


def _draw_foot(sheet: _Sheet, graded: Sequence[GradedSize]) -> None:
    """Test square and legend along the lower border."""
    square = point(GAP, 1.5) + 5 * np.array(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    sheet.lines.append(_Line(square, _INK, width=0.3, closed=True))
    sheet.words.append(_Words("5 cm", point(GAP + 2.5, 3.8), 5.0))
    kind = graded[0].pattern.design.garment_type
    words = f"{kind}: cutting lines of all sizes, allowances included; grainline and notches of the base size; print at 100 %"
    sheet.words.append(_Words(words, point(GAP + 7, 5.8), 5.0, is_centred=False))
    for number, size in enumerate(graded):
        x = GAP + 7 + 8.0 * number
        sheet.lines.append(_Line(np.array(((x, 3.8), (x + 3.5, 3.8))), _colour(number), _dash(number), 0.6))
        name = f"{size.name} (base)" if size.is_base else size.name
        sheet.words.append(_Words(name, point(x + 3.8, 3.65), 4.5, _colour(number), is_centred=False))


def _colour(number: int) -> str:
    return _COLOURS[number % len(_COLOURS)]


def _dash(number: int) -> tuple[float, ...]:
    return _DASHES[number % len(_DASHES)]
