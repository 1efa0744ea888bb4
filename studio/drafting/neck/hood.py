"""Hoods of two or three panels: the neck edges together measure the neckline they are sewn to (patterns.md 5.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.marks import marked, straight_mark
from studio.drafting.draft import PAIR, BodiceRuns, Draft, refs
from studio.drafting.geometry import DOWN, RIGHT, cubic, joined, line, quarter_turn, solved, total_length
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.pattern import Finish, MarkKind, Piece, Role, Seam, Side

STRIP_SHARE = 0.1
"""Width of the centre strip over the crown as a share of the head girth."""
STRIP_TAPER = 0.7
"""Width of the strip at the neck as a share of its width at the front."""
SMOOTHED = (True, True)
EYELET_IN = 2.0
EYELET_UP = 2.5


@dataclass(frozen=True, eq=False)
class HoodDraft:
    """One side panel of a hood, front at +x, y down, the centre back of the neck at (0, 0)."""

    neck: tuple[Curve, ...]  # centre back -> centre front
    front: Curve  # neck -> crown
    centre: tuple[Curve, ...]  # front top -> over the crown -> centre back of the neck
    crown: Point2


def hood(neck_half: float, *, head: float, height: float, strip: float = 0.0) -> HoodDraft:
    """A hood panel whose neck edge measures `neck_half`; `height` from neck to crown; depth head/4 + 9.5 (patterns.md 5.4).

    Where a `strip` that wide lies between the panels, each is narrower and lower by half of it. All in cm.
    """
    height -= strip / 2
    rise = 0.085 * height
    depth = max(head / 4 + 9.5 - strip / 2, 0.62 * neck_half + 4)

    def neck(reach: float) -> Curve:
        return cubic(point(0, 0), point(0.30 * reach, 0), point(0.66 * reach, rise), point(reach, rise))

    reach = solved(lambda x: neck(x).length - neck_half, 0.5 * neck_half, 1.05 * neck_half, what="the hood")
    edge = neck(reach)
    top = point(max(depth - 2.0, 0.82 * reach), -height)
    bend = point(-0.06 * depth, -0.55 * height)
    front = line(edge.end, top)
    crown = joined(top, bend, leaving=quarter_turn(front.tangent(1)), arriving=DOWN, fullness=0.42)
    back = cubic(bend, bend + 0.24 * height * DOWN, point(0, -0.20 * height), point(0, 0))
    return HoodDraft((edge,), front, (crown, back), crown.at(np.array([0.35]))[0])


def hood_height(head: float) -> float:
    """Height of the hood panel, cm: 33 to 36 on adults, in proportion to the head on children."""
    return max(0.61 * head, 24.0)


def hood_draft(neck_half: float, *, head: float, runs: BodiceRuns, three_panels: bool, eyelets: bool) -> Draft:
    """The panels of a hood on a half neckline of `neck_half` cm, their seams to one another and to the neckline."""
    height = hood_height(head)
    if not three_panels:
        panel = hood(neck_half, head=head, height=height)
        seams = (
            Seam("left hood", refs("hood_left", "neck"), runs.neck[Side.LEFT]),
            Seam("right hood", refs("hood_right", "neck"), runs.neck[Side.RIGHT][::-1]),
            Seam("hood centre", refs("hood_left", "centre"), refs("hood_right", "centre"), smooth=SMOOTHED),
        )
        return Draft(tuple(_panel(side, panel, eyelets=eyelets) for side in PAIR), seams)
    wide = STRIP_SHARE * head
    narrow = min(STRIP_TAPER * wide, 0.5 * neck_half)
    panel = hood(neck_half - narrow / 2, head=head, height=height, strip=wide)
    strip = _strip(total_length(panel.centre), wide=wide, narrow=narrow)
    edges = (*refs("hood_left", "neck"), *refs("hood_strip", "neck"), *refs("hood_right", "neck"))
    seams = (
        Seam("hood", edges, (*runs.neck[Side.LEFT], *runs.neck[Side.RIGHT][::-1])),
        Seam("left hood centre", refs("hood_left", "centre"), refs("hood_strip", "left_edge"), smooth=SMOOTHED),
        Seam("right hood centre", refs("hood_right", "centre"), refs("hood_strip", "right_edge"), smooth=SMOOTHED),
    )
    return Draft((*(_panel(side, panel, eyelets=eyelets) for side in PAIR), strip), seams)


def _panel(side: Side, draft: HoodDraft, *, eyelets: bool) -> Piece:
    runs: list[Run] = [
        ("neck", draft.neck, Finish.SEAM),
        ("front", [draft.front], Finish.HEM),
        ("centre", draft.centre, Finish.SEAM),
    ]
    marks = {
        "neck_back": draft.neck[0].start,
        "neck_front": draft.neck[-1].end,
        "front_top": draft.front.end,
        "crown": draft.crown,
    }
    x, top = 0.5 * draft.front.end[0], draft.front.end[1]
    grain = np.array(((x, 0.8 * top), (x, 0.2 * top)))
    turned_over = side == Side.LEFT
    piece = single_piece(f"hood_{side}", Role.HOOD, side, runs, landmarks=marks, grain=grain, turned_over=turned_over)
    if not eyelets:
        return piece
    at = draft.front.start + EYELET_UP * draft.front.tangent(0) - EYELET_IN * RIGHT
    eyelet = straight_mark(MarkKind.PLACEMENT, "eyelet", at - 0.4 * RIGHT, at + 0.4 * RIGHT)
    return marked(piece, (eyelet,), turned_over=turned_over)


def _strip(length: float, *, wide: float, narrow: float) -> Piece:
    """The centre strip: each long edge measures `length`; `wide` at the front, `narrow` at the neck."""
    tall = math.sqrt(length**2 - ((wide - narrow) / 2) ** 2)
    neck, front = point(narrow / 2, 0), point(wide / 2, -tall)
    runs: list[Run] = [
        ("neck_centre", [line(point(0, 0), neck)], Finish.SEAM),
        ("edge", [line(neck, front)], Finish.SEAM),
        ("front_centre", [line(front, point(0, -tall))], Finish.HEM),
    ]
    marks = {"neck_back": point(0, 0), "front_top": point(0, -tall)}
    return whole_piece("hood_strip", Role.HOOD_STRIP, runs, landmarks=marks, grain=(-0.85 * tall, -0.15 * tall), plus=Side.RIGHT)
