"""Pieces laid side by side on a sheet: rows from the top, grainline upright, nothing overlapping."""

from __future__ import annotations

from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.pattern import Pattern, Piece, Role

ROLL_WIDTH = 90.0
"""Paper width of a copyshop roll, cm."""
GAP = 3.0
MARGIN = 2.0

_ROW_OF = {
    Role.FRONT: 0, Role.BACK: 0, Role.SKIRT_FRONT: 1, Role.SKIRT_BACK: 1, Role.TROUSER_FRONT: 0, Role.TROUSER_BACK: 0,
    Role.SLEEVE: 2, Role.HOOD: 2, Role.COLLAR: 3, Role.CUFF: 3, Role.WAISTBAND: 3, Role.POCKET: 3,
    Role.YOKE_FRONT: 1, Role.YOKE_BACK: 1, Role.STAND: 3, Role.UNDER_SLEEVE: 2, Role.HEM_RIB: 3, Role.HOOD_STRIP: 2,
    Role.FACING: 4, Role.PLACKET: 4, Role.FLY: 4, Role.POCKET_BAG: 4,
}  # fmt: skip


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
    """The pattern's pieces in rows no wider than `widest` cm (or the widest piece)."""
    pieces = sorted(pattern.parts, key=lambda piece: _ROW_OF[piece.role])
    widest = max(widest, *(p.bounds[2] - p.bounds[0] + 2 * MARGIN for p in pieces))
    rows: list[list[Piece]] = [[]]
    filled = MARGIN
    for piece in pieces:
        x0, _, x1, _ = piece.bounds
        if rows[-1] and filled + x1 - x0 + MARGIN > widest:
            rows.append([])
            filled = MARGIN
        rows[-1].append(piece)
        filled += x1 - x0 + GAP
    return _sheet(rows)


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
