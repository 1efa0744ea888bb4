"""What finishes a waist: a folded band with its button and buttonhole, or a casing for elastic (patterns.md 5.3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.arrays import Point2, point
from studio.drafting.details.bands import WAISTBAND_OVERLAP, waistband
from studio.drafting.geometry import line
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Finish, Mark, MarkKind, Piece, Role, Side

WAISTBAND_HEIGHT = 3.5
BUTTON = 1.8
"""Diameter of a waistband button, cm; its hole is 0.2 longer."""


def finished_waistband(length: float, *, to_centre_back: float, full: bool) -> Piece:
    """A waistband of finished `length` cm; when `full` it is interfaced and marked: fold, button, buttonhole.

    The button sits on the overlap, the hole at the other end, as far from where the ends meet as the button: with the
    ends lapped they lie on one another, and the waist measures `length`.
    """
    band = waistband(length, height=WAISTBAND_HEIGHT, to_centre_back=to_centre_back)
    if not full:
        return band
    start, end = -to_centre_back, length - to_centre_back
    middle = WAISTBAND_HEIGHT / 2
    from_end = WAISTBAND_OVERLAP / 2
    marks = (
        _fold(start, end + WAISTBAND_OVERLAP),
        _across(MarkKind.BUTTON, "button", point(end + from_end, middle), BUTTON),
        _across(MarkKind.BUTTONHOLE, "buttonhole", point(start + from_end, middle), BUTTON + 0.2),
    )
    return replace(band, marks=marks, interfaced=True)


def lapped_waistband(length: float, *, to_centre_back: float, lap: float) -> Piece:
    """A waistband for fronts that lap one another by `lap` cm: as long as the waist edges, square ends, no overlap of its own."""
    low_left, low_right = point(-to_centre_back, 0), point(length - to_centre_back, 0)
    up = point(0, -2 * WAISTBAND_HEIGHT)
    runs: list[Run] = [
        ("waist", [line(low_left, low_right)], Finish.SEAM),
        ("front_end", [line(low_right, low_right + up)], Finish.DOUBLED),
        ("inner", [line(low_right + up, low_left + up)], Finish.TOPSTITCHED),
        ("back_end", [line(low_left + up, low_left)], Finish.DOUBLED),
    ]
    middle = WAISTBAND_HEIGHT / 2
    marks = (
        _fold(float(low_left[0]), float(low_right[0])),
        _across(MarkKind.BUTTONHOLE, "buttonhole", point(low_left[0] + lap, middle), BUTTON + 0.2),
        _across(MarkKind.BUTTON, "button", point(low_right[0] - lap, middle), BUTTON),
    )
    return replace(_band(runs), marks=marks, interfaced=True)


def casing(length: float) -> Piece:
    """A ring of `length` cm, folded in half over the elastic; its ends are sewn together at the centre back (x = 0)."""
    low_left, low_right = point(0, 0), point(length, 0)
    up = point(0, -2 * WAISTBAND_HEIGHT)
    runs: list[Run] = [
        ("waist", [line(low_left, low_right)], Finish.SEAM),
        ("front_end", [line(low_right, low_right + up)], Finish.SEAM),
        ("inner", [line(low_right + up, low_left + up)], Finish.TOPSTITCHED),
        ("back_end", [line(low_left + up, low_left)], Finish.SEAM),
    ]
    return replace(_band(runs), marks=(_fold(0.0, length),))


def _band(runs: list[Run]) -> Piece:
    grain = np.array(((-6.0, -WAISTBAND_HEIGHT / 2), (6.0, -WAISTBAND_HEIGHT / 2))) + runs[0][1][0].start + (8.0, 0.0)
    marks = {"center_back": point(0, 0)}
    return single_piece("waistband", Role.WAISTBAND, Side.CENTRE, runs, landmarks=marks, grain=grain)


def _fold(start: float, end: float) -> Mark:
    return Mark(MarkKind.FOLD, "fold", (line(point(start, WAISTBAND_HEIGHT), point(end, WAISTBAND_HEIGHT)),))


def _across(kind: MarkKind, name: str, middle: Point2, width: float) -> Mark:
    half = point(width / 2, 0)
    return Mark(kind, name, (line(middle - half, middle + half),))
