"""Pieces laid side by side on a sheet: rows from the top, grainline upright, nothing overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.pattern import Pattern, Piece, Role

ROLL_WIDTH = 90.0
"""Paper width of a copyshop roll, cm."""
GAP = 3.0
MARGIN = 2.0

ROLE_COLOURS = {
    Role.FRONT: "#dfe9f5", Role.BACK: "#e6e1f3", Role.SLEEVE: "#e0f0e6", Role.COLLAR: "#fbe9d7", Role.HOOD: "#fbe9d7",
    Role.CUFF: "#f6e0e4", Role.WAISTBAND: "#f6e0e4", Role.SKIRT_FRONT: "#e3f1f4", Role.SKIRT_BACK: "#efeadd",
    Role.TROUSER_FRONT: "#dfe9f5", Role.TROUSER_BACK: "#e6e1f3", Role.POCKET: "#f4f4da",
    Role.YOKE_FRONT: "#d3e4f2", Role.YOKE_BACK: "#dcd5ee", Role.STAND: "#f7ddc2", Role.UNDER_SLEEVE: "#d3e8db",
    Role.HEM_RIB: "#f3d8de", Role.HOOD_STRIP: "#f7ddc2", Role.FACING: "#ededed", Role.PLACKET: "#ededed",
    Role.FLY: "#ededed", Role.POCKET_BAG: "#ededed",
}  # fmt: skip
"""Fill of a piece on the screen and in the figure."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A piece and where its drafting-table origin lies on the sheet, cm, y up."""

    piece: Piece
    shift: Point2


@dataclass(frozen=True, eq=False)
class Sheet:
    """Pieces on a sheet of `width` x `height` cm, the origin at its lower left."""

    placed: tuple[Placed, ...]
    width: float
    height: float


def laid_out(pattern: Pattern, *, widest: float) -> Sheet:
    """The pattern's pieces in rows no wider than `widest` cm (or the widest piece): tall ones first, pairs side by side.

    Each piece goes into the first row that has room for it (first fit, decreasing height).
    """
    pieces = _tall_first(pattern.parts)
    widest = max(widest, *(_width(piece) + 2 * MARGIN for piece in pieces))
    rows: list[list[Piece]] = []
    filled: list[float] = []
    for piece in pieces:
        wide = _width(piece) + GAP
        number = next((k for k, used in enumerate(filled) if used + wide - GAP + MARGIN <= widest), len(rows))
        if number == len(rows):
            rows.append([])
            filled.append(MARGIN)
        rows[number].append(piece)
        filled[number] += wide
    return _sheet(rows)


def _width(piece: Piece) -> float:
    x0, _, x1, _ = piece.bounds
    return x1 - x0


def _tall_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces by falling height, what is left and right of a pair together; equal ones as they were drafted."""
    heights: dict[str, float] = {}
    for piece in pieces:
        stem = piece.name.removesuffix("_left").removesuffix("_right")
        heights[stem] = max(heights.get(stem, 0.0), piece.bounds[3] - piece.bounds[1])

    def place(piece: Piece) -> tuple[float, str]:
        stem = piece.name.removesuffix("_left").removesuffix("_right")
        return -round(heights[stem]), stem

    return sorted(pieces, key=place)


def fitted_to_screen(pattern: Pattern, *, aspect: float = 1.15) -> Sheet:
    """The layout, of several widths, that shows the pieces largest in a window `aspect` times as wide as high."""
    sheets = [laid_out(pattern, widest=widest) for widest in (70.0, 95.0, 120.0, 145.0, 170.0, 200.0, 240.0)]
    return min(sheets, key=lambda sheet: max(sheet.width, aspect * sheet.height))


def _sheet(rows: list[list[Piece]]) -> Sheet:
    placed: list[Placed] = []
    top, width = 0.0, 0.0
    for row in rows:
        left, tallest = MARGIN, max(p.bounds[3] - p.bounds[1] for p in row)
        top += MARGIN if top == 0 else GAP
        for piece in row:
            x0, _, x1, y1 = piece.bounds
            placed.append(Placed(piece, point(left - x0, -top - y1)))
            left += x1 - x0 + GAP
        top += tallest
        width = max(width, left - GAP + MARGIN)
    height = top + MARGIN
    lifted = tuple(Placed(item.piece, item.shift + point(0, height)) for item in placed)
    return Sheet(lifted, width, height)
