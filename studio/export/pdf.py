"""The pattern as PDF, 1 cm on the page being 1 cm of cloth: one copyshop sheet, or printer pages that are glued together."""

from __future__ import annotations

import io
from collections.abc import Mapping
from enum import StrEnum

from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from studio.cutting import paper_pieces
from studio.export.cover import FOOT, draw_cover, draw_foot, title_of_pattern
from studio.export.drawing import piece_drawing
from studio.export.layout import ROLL_WIDTH
from studio.export.packing import LaidSheet, packed
from studio.export.pdf_page import draw_strokes
from studio.export.tiles import MARGIN, Paper, Tile, TiledSheet, draw_page_marks, tiled
from studio.pattern import Pattern


class Sheet(StrEnum):
    """What the pattern is printed on."""

    COPYSHOP = "copyshop"  # one page off a roll
    A4 = "a4"
    LETTER = "letter"
    A3 = "a3"
    A0 = "a0"


PAPERS: Mapping[Sheet, Paper] = {
    Sheet.A4: Paper(21.0, 29.7),
    Sheet.LETTER: Paper(21.59, 27.94),
    Sheet.A3: Paper(29.7, 42.0),
    Sheet.A0: Paper(84.1, 118.9),
}
_COVER_ON_A4 = frozenset({Sheet.A0, Sheet.A3})
"""Their first page, with test square, measures and map, is an A4 page: large sheets are for the pieces."""


def pattern_pdf(pattern: Pattern, *, sheet: Sheet = Sheet.COPYSHOP) -> bytes:
    """The pattern for that paper: cutting and seam lines, notches, marks, labels, a 5 cm test square.

    COPYSHOP is one page as large as the pieces need, at most as wide as the roll where no piece is wider. The others are a
    first page with the finished measures and the map of the pages, then the pages, blank ones left out.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    canvas.setTitle(title_of_pattern(pattern))
    canvas.setCreator("Garment Pattern Studio")
    if sheet == Sheet.COPYSHOP:
        _draw_roll(canvas, pattern)
    else:
        _draw_tiled(canvas, pattern, sheet)
    canvas.save()
    return buffer.getvalue()


def roll_sheet(pattern: Pattern) -> LaidSheet:
    """The pieces as laid on the one-page sheet."""
    return packed(paper_pieces(pattern), width=ROLL_WIDTH)


def tiled_sheet(pattern: Pattern, sheet: Sheet) -> TiledSheet:
    """The pieces as laid on a grid of printer pages."""
    return tiled(paper_pieces(pattern), PAPERS[sheet])


def _draw_roll(canvas: Canvas, pattern: Pattern) -> None:
    laid = roll_sheet(pattern)
    canvas.setPageSize((laid.width * cm, (laid.height + FOOT) * cm))
    draw_foot(canvas, pattern, laid.width)
    canvas.translate(0, FOOT * cm)
    for item in laid.laid:
        draw_strokes(canvas, piece_drawing(item, pattern))
    canvas.showPage()


def _draw_tiled(canvas: Canvas, pattern: Pattern, sheet: Sheet) -> None:
    tiles = tiled_sheet(pattern, sheet)
    for number, item in enumerate(tiles.sheet.laid):
        canvas.beginForm(f"piece{number}", 0, 0, tiles.sheet.width * cm, tiles.sheet.height * cm)
        draw_strokes(canvas, piece_drawing(item, pattern))
        canvas.endForm()
    first = PAPERS[Sheet.A4 if sheet in _COVER_ON_A4 else sheet]
    canvas.setPageSize((first.width * cm, first.height * cm))
    draw_cover(canvas, pattern, tiles, (first.width, first.height))
    canvas.showPage()
    for tile in tiles.tiles:
        _draw_tile(canvas, tiles, tile)


def _draw_tile(canvas: Canvas, tiles: TiledSheet, tile: Tile) -> None:
    paper = tiles.paper
    wide, high = paper.printed
    canvas.setPageSize((paper.width * cm, paper.height * cm))
    canvas.translate(MARGIN * cm, MARGIN * cm)
    draw_page_marks(canvas, tiles, tile)
    window = canvas.beginPath()
    window.rect(0, 0, wide * cm, high * cm)
    canvas.clipPath(window, stroke=0, fill=0)
    canvas.translate(*(-tiles.origin(tile) * cm))
    for number in tiles.pieces_on(tile):
        canvas.doForm(f"piece{number}")
    canvas.showPage()
