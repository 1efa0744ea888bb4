"""A sheet cut into printer pages that are glued together: which pages there are, and what is drawn on each to join them.

Pages are named as on a map: rows A, B, C from the top, columns 1, 2, 3 from the left. Every page repeats `OVERLAP` cm of the
next one; neighbours carry the same crosses there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from reportlab.lib.units import cm, mm
from reportlab.pdfgen.canvas import Canvas

from studio.arrays import Point2, point
from studio.export.packing import LaidSheet, packed, upright_width
from studio.paper import PaperPiece

MARGIN = 1.0
"""What no printer reaches, cm."""
OVERLAP = 1.0
_WIDEST_GRID = 8


@dataclass(frozen=True)
class Paper:
    """A printer's paper, cm, upright."""

    width: float
    height: float

    @property
    def printed(self) -> tuple[float, float]:
        """Width and height inside the margins."""
        return self.width - 2 * MARGIN, self.height - 2 * MARGIN

    @property
    def step(self) -> tuple[float, float]:
        """From one page to the next."""
        return self.printed[0] - OVERLAP, self.printed[1] - OVERLAP


@dataclass(frozen=True)
class Tile:
    """One page of the grid; row and column from 0, from the top left."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """'A1', 'B2'; the rows after Z are AA, AB ..."""
        letters, row = "", self.row
        while row >= 0:
            letters, row = chr(ord("A") + row % 26) + letters, row // 26 - 1
        return f"{letters}{self.column + 1}"


@dataclass(frozen=True, eq=False)
class TiledSheet:
    """A laid sheet and the pages that are printed of it; blank ones are left out."""

    sheet: LaidSheet
    paper: Paper
    rows: int
    columns: int
    tiles: tuple[Tile, ...]

    def origin(self, tile: Tile) -> Point2:
        """Where the lower left corner of the tile's printed area lies on the sheet, cm."""
        step, printed = self.paper.step, self.paper.printed
        return point(tile.column * step[0], self.sheet.height - tile.row * step[1] - printed[1])

    def pieces_on(self, tile: Tile) -> tuple[int, ...]:
        """Numbers of the laid pieces that reach into the tile's printed area."""
        x, y = self.origin(tile)
        wide, high = self.paper.printed
        found = []
        for number, item in enumerate(self.sheet.laid):
            ring = item.placed(item.paper.cut_line)
            (x0, y0), (x1, y1) = ring.min(axis=0), ring.max(axis=0)
            if x0 <= x + wide and x1 >= x and y0 <= y + high and y1 >= y:
                found.append(number)
        return tuple(found)


def tiled(papers: Sequence[PaperPiece], paper: Paper) -> TiledSheet:
    """The pieces laid for that paper: of several sheet widths the one that takes the fewest pages."""
    step = paper.step[0]
    fewest = max(1, math.ceil((upright_width(papers) - OVERLAP) / step))
    widths = [OVERLAP + columns * step for columns in range(fewest, max(fewest, _WIDEST_GRID) + 1)]
    sheets = [_cut(packed(papers, width=width), paper) for width in widths]
    return min(sheets, key=lambda tiles: (len(tiles.tiles), tiles.columns))


def _cut(sheet: LaidSheet, paper: Paper) -> TiledSheet:
    step = paper.step
    columns = max(1, math.ceil((sheet.width - OVERLAP) / step[0] - 1e-9))
    rows = max(1, math.ceil((sheet.height - OVERLAP) / step[1] - 1e-9))
    shapes = shapely.polygons([shapely.linearrings(item.placed(item.paper.cut_line)) for item in sheet.laid])
    tiles = [Tile(row, column) for row in range(rows) for column in range(columns)]
    tops = [sheet.height - tile.row * step[1] for tile in tiles]
    cells = shapely.box(
        [tile.column * step[0] for tile in tiles],
        [top - step[1] - (OVERLAP if tile.row == rows - 1 else 0) for tile, top in zip(tiles, tops, strict=True)],
        [(tile.column + 1) * step[0] + (OVERLAP if tile.column == columns - 1 else 0) for tile in tiles],
        tops,
    )
    used = {int(number) for number in shapely.STRtree(cells).query(shapes, predicate="intersects")[1]}
    return TiledSheet(sheet, paper, rows, columns, tuple(tile for number, tile in enumerate(tiles) if number in used))


def draw_page_marks(canvas: Canvas, tiles: TiledSheet, tile: Tile) -> None:
    """Frame, trimming lines, crosses and names on one page; the canvas's origin is the printed area's lower left corner."""
    wide, high = tiles.paper.printed
    canvas.setDash()
    canvas.setStrokeGray(0.72)
    canvas.setLineWidth(0.15 * mm)
    canvas.rect(0, 0, wide * cm, high * cm)
    names = {other.name for other in tiles.tiles}
    canvas.setDash(4, 3)
    canvas.setStrokeGray(0.45)
    if tile.column > 0:
        canvas.line(0, 0, 0, high * cm)
    if tile.row > 0:
        canvas.line(0, high * cm, wide * cm, high * cm)
    canvas.setDash()
    canvas.setLineWidth(0.2 * mm)
    for at, towards in _crosses(tiles, tile):
        if towards.name in names:
            _draw_cross(canvas, at)
    canvas.setFillGray(0.87)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawCentredString(wide / 2 * cm, high / 2 * cm - 20, tile.name)
    canvas.setFillGray(0.45)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(1.3 * cm, (high - 0.35) * cm, f"{tile.name} · page {tiles.tiles.index(tile) + 2} of {len(tiles.tiles) + 1}")
    if tile.column > 0 or tile.row > 0:
        canvas.drawString(5.2 * cm, (high - 0.35) * cm, "cut along the dashed edge and lay onto its neighbour, cross on cross")


def _crosses(tiles: TiledSheet, tile: Tile) -> Iterator[tuple[Point2, Tile]]:
    """Places of crosses on a page, at the thirds of each shared strip, and the neighbour that shares it."""
    wide, high = tiles.paper.printed
    half = OVERLAP / 2
    for share in (0.25, 0.75):
        yield point(half, share * high), Tile(tile.row, tile.column - 1)
        yield point(wide - half, share * high), Tile(tile.row, tile.column + 1)
        yield point(share * wide, high - half), Tile(tile.row - 1, tile.column)
        yield point(share * wide, half), Tile(tile.row + 1, tile.column)


def _draw_cross(canvas: Canvas, at: Point2) -> None:
    x, y = at * cm
    reach = 0.4 * cm
    canvas.setStrokeGray(0.25)
    canvas.line(x - reach, y, x + reach, y)
    canvas.line(x, y - reach, x, y + reach)
    canvas.circle(x, y, 0.18 * cm)
