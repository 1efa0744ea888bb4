"""Straight pieces: waistband and pockets (patterns.md 5.3)."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from shapely.affinity import translate
from shapely.geometry import Polygon

from studio.arrays import Point2, Points2, point
from studio.drafting.geometry import line
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Finish, LaidOn, Mark, MarkKind, Piece, Role, Side

WAISTBAND_OVERLAP = 3.5
CLEAR_OF_EDGES = 1.0
BESIDE_OPENING = 1.5
POCKET_HEM = 3.0
"""Turned to the inside at the top of a patch pocket, cm."""


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
        ("overlap", [line(low_right, end)], Finish.DOUBLED),
        ("front_end", [line(end, top_right)], Finish.DOUBLED),
        ("inner", [line(top_right, top_left)], Finish.TOPSTITCHED),
        ("back_end", [line(top_left, low_left)], Finish.DOUBLED),
    ]
    return single_piece(
        "waistband", Role.WAISTBAND, Side.CENTRE, runs, landmarks={"center_back": point(0, 0)}, grain=_strip_grain(2 * height)
    )


def with_room(pocket: Piece, host: Piece) -> Piece | None:
    """The pocket where it was meant to lie, or as near as there is room at least 1 cm from every edge and dart; else None."""
    if pocket.laid_on is None:
        return pocket
    cloth = Polygon(host.outline(1.0))
    border = cloth.exterior
    shape = Polygon(pocket.outline(2.0))
    meant = pocket.laid_on.at
    inwards = -1.0 if meant[0] > 0 else 1.0
    moves = sorted(
        ((dx, dy) for dx in (0, 1, 2, 3, 4, 5) for dy in (0, 2, 4, 6, 8, -2, -4, -6)),
        key=lambda move: move[0] ** 2 + move[1] ** 2,
    )
    for dx, dy in moves:
        at = meant + point(inwards * dx if meant[0] else 0.0, dy)
        moved = translate(shape, *at)
        if border.distance(moved) >= CLEAR_OF_EDGES and cloth.contains(moved):
            return replace(pocket, laid_on=LaidOn(host.name, at))
    return None


def patch_pocket(name: str, side: Side, width: float, *, on: str, at: Point2, top_hem: float = 0.0) -> Piece:
    """A patch pocket with a pointed bottom; (0, 0) is the middle of its finished top, lying at `at` (y up) on piece `on`.

    With a `top_hem` the piece goes on that far above its finished top, where it is folded to the inside.
    """
    w, h = width / 2, 1.12 * width
    corners = [point(-w, -top_hem), point(-w, 0.86 * h), point(0, h), point(w, 0.86 * h), point(w, -top_hem)]
    sewn = [line(a, b) for a, b in itertools.pairwise(corners)]
    finish = Finish.NEATENED if top_hem else Finish.HEM
    runs: list[Run] = [("sewn", sewn, Finish.TOPSTITCHED), ("opening", [line(corners[-1], corners[0])], finish)]
    grain = np.array(((0.0, 0.15 * h), (0.0, 0.8 * h)))
    piece = single_piece(name, Role.POCKET, side, runs, landmarks={}, grain=grain, laid_on=LaidOn(on, at))
    fold = Mark(MarkKind.FOLD, "top", (line(point(-w, 0), point(w, 0)),))
    return replace(piece, marks=(fold,)) if top_hem else piece


def half_kangaroo_pocket(width: float, side: Side, *, on: str, top: float) -> Piece:
    """One half of a kangaroo pocket, for a front that opens: its straight edge lies beside the opening."""
    h, w = 0.62 * width, width / 2 - BESIDE_OPENING
    a, b, c, d, e = point(0, 0), point(0, h), point(w, h), point(w, 0.6 * h), point(0.3 * width - BESIDE_OPENING, 0)
    runs: list[Run] = [
        ("centre", [line(a, b)], Finish.TOPSTITCHED),
        ("bottom", [line(b, c)], Finish.TOPSTITCHED),
        ("sewn", [line(c, d)], Finish.TOPSTITCHED),
        ("opening", [line(d, e)], Finish.HEM),
        ("top", [line(e, a)], Finish.TOPSTITCHED),
    ]
    turned = side == Side.RIGHT
    at = point(-BESIDE_OPENING if turned else BESIDE_OPENING, top)
    grain = np.array(((0.15 * width, 0.1 * h), (0.15 * width, 0.9 * h)))
    return single_piece(
        f"pocket_{side}",
        Role.POCKET,
        side,
        runs,
        landmarks={},
        grain=grain,
        laid_on=LaidOn(on, at),
        turned_over=turned,
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
