"""Cuffs and what the sleeve needs for them: slit, pleats and the strip that binds the slit (patterns.md 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.marks import button, buttonhole, marked, straight_mark
from studio.drafting.geometry import RIGHT, cut_at_length, line, quarter_turn, total_length, unit
from studio.drafting.pieces import Run, single_piece
from studio.drafting.trunk.front_opening import BUTTON_SIZE
from studio.pattern import Finish, Mark, MarkKind, Material, Piece, Role, Side

CUFF_OVERLAP = 2.5
SLIT_AT = 0.25
"""Where the slit lies along the sleeve end, as a share of it from the back underarm seam."""
SLIT_LENGTH = 10.5
FIRST_PLEAT = 2.0
"""Of the pleats from the slit, cm; between the two lies as much cloth as each takes up."""
PLEAT_LINES = 3.0
PLACKET_WIDTH = 2.8
"""A binding of 0.7 cm, folded twice."""


def cuff(side: Side, length: float, *, height: float, overlap: float) -> Piece:
    """A cuff sewn to the sleeve along `length`, with an overlap for the button; folded: twice `height` high."""
    return _strip(side, -length / 2, length, height=height, overlap=overlap, bare=Finish.BOUND if overlap else Finish.SEAM)


def banded_cuff(side: Side, length: float, *, height: float, rib: bool) -> Piece:
    """A folded band whose ends are sewn together, with its fold marked; x = 0 opposite to the sleeve's underarm seam.

    A `rib` has its ribs along the arm, across the fold, so that it stretches round the wrist.
    """
    piece = _strip(side, -length / 2, length, height=height, overlap=0.0, bare=Finish.SEAM)
    piece = _folded(piece, -length / 2, length / 2, height=height, side=side)
    if not rib:
        return replace(piece, interfaced=True)
    ribs = np.array(((0.0, -0.3 * height), (0.0, -1.7 * height)))
    return replace(piece, grainline=ribs, material=Material.RIB)


def buttoned_cuff(side: Side, length: float, *, height: float) -> Piece:
    """A folded, interfaced cuff that opens at the slit of the sleeve; x = 0 at the middle of the sleeve end.

    `length` is sewn to the sleeve. The end towards the front has the buttonhole and laps over the other one, which is
    longer by CUFF_OVERLAP and has the button. All in cm.
    """
    start = -SLIT_AT * length
    end = start + length
    piece = _strip(side, start, length, height=height, overlap=CUFF_OVERLAP, bare=Finish.DOUBLED)
    piece = _folded(piece, start, end + CUFF_OVERLAP, height=height, side=side)
    inwards, middle = 0.5 * CUFF_OVERLAP, 0.5 * height
    marks = (
        buttonhole(point(start + inwards, middle), RIGHT, BUTTON_SIZE),
        button(point(end + inwards, middle), RIGHT, BUTTON_SIZE),
    )
    return replace(marked(piece, marks, turned_over=side == Side.LEFT), interfaced=True)


def _strip(side: Side, start: float, length: float, *, height: float, overlap: float, bare: Finish) -> Piece:
    """The folded strip from x = `start`; `bare` is what becomes of its ends and of the edge of the overlap."""
    left, right, end = point(start, 0), point(start + length, 0), point(start + length + overlap, 0)
    runs: list[Run] = [("sleeve", [line(left, right)], Finish.SEAM)]
    if overlap:
        runs.append(("overlap", [line(right, end)], bare))
    top_right, top_left = end + point(0, 2 * height), left + point(0, 2 * height)
    runs += [
        ("front_end", [line(end, top_right)], bare),
        ("inner", [line(top_right, top_left)], Finish.TOPSTITCHED),
        ("back_end", [line(top_left, left)], bare),
    ]
    middle, reach = start + length / 2, min(length / 2, 5.0)
    grain = np.array(((middle - reach, 1.6 * height), (middle + reach, 1.6 * height)))
    return single_piece(f"cuff_{side}", Role.CUFF, side, runs, landmarks={}, grain=grain, turned_over=side == Side.LEFT)


def _folded(piece: Piece, start: float, end: float, *, height: float, side: Side) -> Piece:
    fold = straight_mark(MarkKind.FOLD, "fold", point(start, height), point(end, height))
    return marked(piece, (fold,), turned_over=side == Side.LEFT)


def placket(side: Side, slit: float) -> Piece:
    """The straight strip that binds both edges of a slit of `slit` cm: twice as long, folded along its middle."""
    corners = [point(-slit, 0), point(slit, 0), point(slit, PLACKET_WIDTH), point(-slit, PLACKET_WIDTH)]
    names = (
        ("slit", Finish.TOPSTITCHED),
        ("front_end", Finish.NEATENED),
        ("inner", Finish.TOPSTITCHED),
        ("back_end", Finish.NEATENED),
    )
    runs: list[Run] = [
        (name, [line(corners[number], corners[(number + 1) % 4])], finish) for number, (name, finish) in enumerate(names)
    ]
    middle = PLACKET_WIDTH / 2
    grain = np.array(((-0.7 * slit, 0.75 * middle), (0.7 * slit, 0.75 * middle)))
    piece = single_piece(f"placket_{side}", Role.PLACKET, side, runs, landmarks={}, grain=grain, turned_over=side == Side.LEFT)
    fold = straight_mark(MarkKind.FOLD, "fold", point(-slit, middle), point(slit, middle))
    return marked(piece, (fold,), turned_over=side == Side.LEFT)


def slit_length(scale: float, underarm: float) -> float:
    """Usual length of the slit, cm: 10.5 on adults, shorter on children and never over half the underarm seam."""
    return max(min(SLIT_LENGTH * min(scale, 1.0), 0.5 * underarm), 3.0)


def split_hem(hem: Sequence[Curve]) -> tuple[list[Curve], list[Curve]]:
    """The sleeve end, back -> front, cut at the slit."""
    return cut_at_length(hem, SLIT_AT * total_length(hem))


def sleeve_end_marks(place: Point2, hem: Sequence[Curve], *, slit: float, pleats: float) -> tuple[Mark, ...]:
    """The slit at `place`, the back of a sleeve end, and in front of it two pleats that together take up `pleats` cm."""
    behind, depth = SLIT_AT * total_length(hem), pleats / 2
    lines = [behind + FIRST_PLEAT + number * depth for number in range(4)]
    marks = [straight_mark(MarkKind.SLIT, "slit", place, place - point(0, slit))]
    for number, (at, up) in enumerate(_on_hem(hem, lines)):
        marks.append(straight_mark(MarkKind.PLEAT, f"pleat {number // 2 + 1}", at, at + PLEAT_LINES * up))
    return tuple(marks)


def _on_hem(hem: Sequence[Curve], lengths: Sequence[float]) -> list[tuple[Point2, Point2]]:
    """(place, unit direction into the sleeve) at arc lengths from the back end of the hem."""
    dense = np.concatenate([curve.stepped(65) for curve in hem])
    steps = np.diff(dense, axis=0)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*steps.T))))
    places = [point(np.interp(length, along, dense[:, 0]), np.interp(length, along, dense[:, 1])) for length in lengths]
    ways = [steps[min(int(np.searchsorted(along, length)), len(steps)) - 1] for length in lengths]
    return [(place, quarter_turn(unit(way))) for place, way in zip(places, ways, strict=True)]
