"""A skirt that buttons down its centre front: facings of the two fronts, centre line, buttons and buttonholes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.draft import PAIR, Draft, backwards, refs
from studio.drafting.geometry import cut_at_length, line
from studio.drafting.lower.skirt import HalfSkirt
from studio.drafting.pieces import Run, single_piece
from studio.drafting.trunk.front_opening import BUTTON_STEP, button_levels, button_marks, button_size
from studio.pattern import Finish, Mark, MarkKind, Piece, Role, Seam, SeamKind, Side

FACING_WIDTH = 5.0
BELOW_WAIST = 5.5
CLEAR_OF_WAIST_SEAM = 2.5
OPEN_BELOW = 0.2
"""Share of the skirt's length below the last button."""


@dataclass(frozen=True)
class ButtonRow:
    """How the buttons of a skirt follow one another, cm: the first one's distance from the waist, and the step."""

    first: float = BELOW_WAIST
    step: float = BUTTON_STEP


def row_below(fronts: Sequence[Piece]) -> ButtonRow:
    """The row that carries on the buttons of a bodice's fronts below its waist seam, at the same step and clear of the seam."""
    levels = sorted(float(mark.curves[0].start[1]) for f in fronts for mark in f.marks if mark.kind == MarkKind.BUTTON)
    if len(levels) < 2:
        return ButtonRow()
    step = (levels[-1] - levels[0]) / (len(levels) - 1)
    first = step - (levels[0] - float(fronts[0].landmarks["hem_center"][1]))
    return ButtonRow(first if first >= CLEAR_OF_WAIST_SEAM else first + step, step)


def with_buttons(design: GarmentDesign, fronts: Sequence[Piece], length: float, row: ButtonRow) -> tuple[Piece, ...]:
    """The two fronts with the centre front and their buttons or buttonholes marked, the left one lapping over."""
    last = length - max(OPEN_BELOW * length, 8.0)
    levels = button_levels(row.first, row.first, last, step=row.step)
    centre = Mark(MarkKind.CENTRE, "centre front", (line(point(0, 0), point(0, -length)),))
    return tuple(
        replace(piece, marks=(*piece.marks, centre, *button_marks(levels, piece.side, size=button_size(design))))
        for piece in fronts
    )


def front_facings(fronts: Sequence[Piece], half: HalfSkirt, overlap: float) -> Draft:
    """A facing behind each front edge, with the very edge, waist and hem of its front; its waist is caught in the waist seam."""
    low = half.hem[-1].end
    width = min(FACING_WIDTH, 0.7 * half.waist.segments[0].length)
    top, _ = cut_at_length(half.waist.segments, width)
    bottom, _ = cut_at_length(backwards(half.hem), width)
    over, over_low = point(-overlap, 0), low - (overlap, 0)
    runs: list[Run] = [
        ("hem", [line(over_low, low), *bottom], Finish.HEM),
        ("inner", [line(bottom[-1].end, top[-1].end)], Finish.NEATENED),
        ("waist", [*backwards(top), line(point(0, 0), over)], Finish.NEATENED),
        ("front_edge", [line(over, over_low)], Finish.OPENING),
    ]
    x = 0.5 * width
    grain = np.array(((x, 0.2 * low[1]), (x, 0.8 * low[1])))
    by_side = {piece.side: piece for piece in fronts}
    pieces, seams = [], []
    for side in PAIR:
        host = by_side[side].name
        name = f"facing_{host}"
        piece = single_piece(name, Role.FACING, side, runs, landmarks={}, grain=grain, turned_over=side == Side.LEFT)
        pieces.append(replace(piece, interfaced=True))
        seams.append(Seam(f"{side} skirt facing", refs(name, "front_edge"), refs(host, "front_edge"), SeamKind.LAYERED))
    return Draft(tuple(pieces), tuple(seams))
