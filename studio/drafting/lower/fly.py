"""The fly of trousers: a facing behind the left front, a shield under the right one, and what is marked on the front.

The zip is as long as the straight part of the front crotch allows. The facing and the shield are sewn to the fly edges of
the fronts along their whole length; their tops are caught in the waistband, which laps by the width of the shield.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.arrays import Points2, point
from studio.drafting.details.bands import WAISTBAND_OVERLAP
from studio.drafting.draft import Draft, refs
from studio.drafting.geometry import cubic, cut_at_length, line, unit
from studio.drafting.lower.trousers import TrouserHalf
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Finish, Mark, MarkKind, Piece, Role, Seam, Side
from studio.sizing import Measures

FLY_SHARE = 0.62
"""Length of the fly as a share of the rise: 16 to 18 cm on adults."""
TOPSTITCH_IN = 3.2
FACING_BEYOND = 1.0


def fly_length(m: Measures, front: TrouserHalf) -> float:
    """Length of the opening down from the waist, cm; it ends on the straight part of the front crotch."""
    return min(FLY_SHARE * m.rise, front.crotch[-1].length - 0.5)


def split_crotch(half: TrouserHalf, fly: float) -> list[Run]:
    """The runs of a front crotch from fork to waist: the seam below, the fly above."""
    straight = half.crotch[-1]
    below, above = cut_at_length([straight], straight.length - fly)
    return [("crotch", [*half.crotch[:-1], *below], Finish.SEAM), ("fly", above, Finish.SEAM)]


def with_fly(draft: Draft, fly: float) -> Draft:
    """The draft with a fly `fly` cm long: facing, shield, their seams, and topstitching and zip end marked on the left front.

    The fronts must have an edge `fly` each.
    """
    parts = tuple(replace(p, marks=(*p.marks, *_marks(p, fly))) if p.name == "front_left" else p for p in draft.parts)
    seams = [
        Seam("left fly", refs("front_left", "fly"), refs("fly_facing", "fly")),
        Seam("right fly", refs("front_right", "fly"), refs("fly_shield", "fly")),
    ]
    return Draft(parts, draft.seams, draft.findings).plus(Draft((_facing(fly), _shield(fly)), tuple(seams)))


def _facing(fly: float) -> Piece:
    """Behind the left front: +x towards the wearer's left, its fly edge at x = 0.

    The outer edge lies a little beyond the topstitching.
    """
    width = TOPSTITCH_IN + FACING_BEYOND
    round_from = max(fly - 1.2 * width, 0.3 * fly)
    top, corner = point(0, 0), point(width, 0)
    low, turn = point(0, fly), point(width, round_from)
    sweep = cubic(low, low + point(0.55 * width, -0.12 * width), turn + point(0, 0.6 * (fly - round_from)), turn)
    runs: list[Run] = [
        ("fly", [line(top, low)], Finish.SEAM),
        ("outer", [sweep, line(turn, corner)], Finish.NEATENED),
        ("waist", [line(corner, top)], Finish.TOPSTITCHED),
    ]
    piece = single_piece("fly_facing", Role.FLY, Side.LEFT, runs, landmarks={}, grain=_grain(width, fly))
    return replace(piece, interfaced=True)


def _shield(fly: float) -> Piece:
    """Under the right front: cut double wide and folded, wrong sides together; as wide as the waistband laps."""
    width = 2 * WAISTBAND_OVERLAP
    runs: list[Run] = [
        ("fly", [line(point(0, 0), point(0, fly))], Finish.SEAM),
        ("bottom", [line(point(0, fly), point(width, fly))], Finish.NEATENED),
        ("inner", [line(point(width, fly), point(width, 0))], Finish.TOPSTITCHED),
        ("waist", [line(point(width, 0), point(0, 0))], Finish.TOPSTITCHED),
    ]
    piece = single_piece("fly_shield", Role.FLY, Side.RIGHT, runs, landmarks={}, grain=_grain(width, fly))
    middle = width / 2
    return replace(piece, marks=(Mark(MarkKind.FOLD, "fold", (line(point(middle, 0), point(middle, -fly)),)),))


def _grain(width: float, length: float) -> Points2:
    x = 0.3 * width
    return np.array(((x, 0.15 * length), (x, 0.75 * length)))


def _marks(front: Piece, fly: float) -> list[Mark]:
    """On the left front: the topstitching, a J from the waist into the crotch seam, and where the zip ends."""
    edge = front.edge("fly")
    top, low = (edge.start, edge.end) if edge.start[1] > edge.end[1] else (edge.end, edge.start)
    down = unit(low - top)
    across = point(-down[1], down[0])  # square to the centre front, into the piece
    across = across if across[0] > 0 else -across
    turn = top + TOPSTITCH_IN * across + max(fly - 1.2 * TOPSTITCH_IN, 0.3 * fly) * down
    left = (low - turn) @ down
    sweep = cubic(turn, turn + 0.6 * left * down, low + 0.55 * TOPSTITCH_IN * across - 0.12 * TOPSTITCH_IN * down, low)
    stitched = Mark(MarkKind.PLACEMENT, "fly topstitching", (line(top + TOPSTITCH_IN * across, turn), sweep))
    end = top + (fly - 1.0) * down
    return [stitched, Mark(MarkKind.PLACEMENT, "zip end", (line(end, end + 1.2 * across),))]
