"""Straight pieces: waistband, cuff and pockets (patterns.md 5.3)."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from shapely.affinity import translate
from shapely.geometry import Polygon

from studio.arrays import Point2, Points2, point
from studio.drafting.geometry import line
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Finish, LaidOn, Piece, Role, Side

WAISTBAND_OVERLAP = 3.5
CUFF_OVERLAP = 2.5
CLEAR_OF_EDGES = 1.0


def _strip_grain(height: float) -> Points2:
    return np.array(((-6.0, -height / 4), (6.0, -height / 4)))


def waistband(length: float, *, height: float, to_centre_back: float) -> Piece:
    """A waistband of finished `length` with an overlap at its end, folded along the middle: twice `height` high.

    It starts at the opening; the centre back, at x = 0, lies `to_centre_back` cm from there.
    """
    low_left, low_right = point(-to_centre_back, 0), point(length - to_centre_back, 0)
    end = low_right + point(WAISTBAND_OVERLAP, 0)
    top_right, top_left = end - point(0, 2 * height), low_left - point(0, 2 * height)
    runs: list[Run] = [
        ("waist", [line(low_left, low_right)], Finish.SEAM),
        ("overlap", [line(low_right, end)], Finish.BOUND),
        ("front_end", [line(end, top_right)], Finish.BOUND),
        ("inner", [line(top_right, top_left)], Finish.TOPSTITCHED),
        ("back_end", [line(top_left, low_left)], Finish.BOUND),
    ]
    return single_piece(
        "waistband", Role.WAISTBAND, Side.CENTRE, runs, landmarks={"center_back": point(0, 0)}, grain=_strip_grain(2 * height)
    )


def cuff(side: Side, length: float, *, height: float, overlap: float) -> Piece:
    """A cuff sewn to the sleeve along `length`, with an overlap for the button; folded: twice `height` high."""
    half = length / 2
    left, right, end = point(-half, 0), point(half, 0), point(half + overlap, 0)
    runs: list[Run] = [("sleeve", [line(left, right)], Finish.SEAM)]
    if overlap:
        runs.append(("overlap", [line(right, end)], Finish.BOUND))
    top_right, top_left = end + point(0, 2 * height), left + point(0, 2 * height)
    runs += [
        ("front_end", [line(end, top_right)], Finish.BOUND if overlap else Finish.SEAM),
        ("inner", [line(top_right, top_left)], Finish.TOPSTITCHED),
        ("back_end", [line(top_left, left)], Finish.BOUND if overlap else Finish.SEAM),
    ]
    grain = np.array(((-min(half, 5.0), 1.6 * height), (min(half, 5.0), 1.6 * height)))
    return single_piece(f"cuff_{side}", Role.CUFF, side, runs, landmarks={}, grain=grain, turned_over=side == Side.LEFT)


def with_room(pocket: Piece, host: Piece) -> Piece | None:
    """The pocket where it was meant to lie, or as near as there is room at least 1 cm from every edge and dart; else None."""
    if pocket.laid_on is None:
        return pocket
    room = Polygon(host.outline(0.7)).buffer(-CLEAR_OF_EDGES)
    shape = Polygon(pocket.outline(2.0))
    meant = pocket.laid_on.at
    inwards = -1.0 if meant[0] > 0 else 1.0
    moves = sorted(
        ((dx, dy) for dx in (0, 1, 2, 3, 4, 5) for dy in (0, 2, 4, 6, 8, -2, -4, -6)),
        key=lambda move: move[0] ** 2 + move[1] ** 2,
    )
    for dx, dy in moves:
        at = meant + point(inwards * dx if meant[0] else 0.0, dy)
        if room.contains(translate(shape, *at)):
            return replace(pocket, laid_on=LaidOn(host.name, at))
    return None


def patch_pocket(name: str, side: Side, width: float, *, on: str, at: Point2) -> Piece:
    """A patch pocket with a pointed bottom; (0, 0) is the middle of its top edge, lying at `at` (y up) on piece `on`."""
    w, h = width / 2, 1.12 * width
    corners = [point(-w, 0), point(-w, 0.86 * h), point(0, h), point(w, 0.86 * h), point(w, 0)]
    sewn = [line(a, b) for a, b in itertools.pairwise(corners)]
    runs: list[Run] = [("sewn", sewn, Finish.TOPSTITCHED), ("opening", [line(corners[-1], corners[0])], Finish.HEM)]
    return single_piece(
        name, Role.POCKET, side, runs, landmarks={}, grain=np.array(((0.0, 0.15 * h), (0.0, 0.8 * h))), laid_on=LaidOn(on, at)
    )


def kangaroo_pocket(width: float, *, on: str, at: Point2) -> Piece:
    """A hoodie's front pocket, open on its slanted sides; (0, 0) is the middle of its top edge."""
    h = 0.62 * width
    top, w = 0.3 * width, width / 2
    a, b, c, d = point(-top, 0), point(-w, 0.6 * h), point(-w, h), point(w, h)
    e, f = point(w, 0.6 * h), point(top, 0)
    runs: list[Run] = [
        ("right_opening", [line(a, b)], Finish.HEM),
        ("right_sewn", [line(b, c)], Finish.TOPSTITCHED),
        ("bottom", [line(c, d)], Finish.TOPSTITCHED),
        ("left_sewn", [line(d, e)], Finish.TOPSTITCHED),
        ("left_opening", [line(e, f)], Finish.HEM),
        ("top", [line(f, a)], Finish.TOPSTITCHED),
    ]
    return single_piece(
        "pocket",
        Role.POCKET,
        Side.CENTRE,
        runs,
        landmarks={},
        grain=np.array(((0.0, 0.1 * h), (0.0, 0.9 * h))),
        laid_on=LaidOn(on, at),
    )
