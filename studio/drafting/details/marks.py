"""What is drawn inside a piece: fold lines, buttons and buttonholes, on the y-down table of the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from studio.arrays import Point2, point
from studio.drafting.geometry import line, unit
from studio.drafting.trunk.front_opening import BUTTONHOLE_EASE
from studio.pattern import Mark, MarkKind, Piece


def straight_mark(kind: MarkKind, name: str, start: Point2, end: Point2) -> Mark:
    """A straight line from `start` to `end`."""
    return Mark(kind, name, (line(start, end),))


def button(at: Point2, along: Point2, width: float) -> Mark:
    """A button `width` cm wide whose centre is `at`, drawn as a line as long as that."""
    half = width / 2 * unit(along)
    return straight_mark(MarkKind.BUTTON, "button", at - half, at + half)


def buttonhole(at: Point2, along: Point2, width: float) -> Mark:
    """A buttonhole along a direction for a button `width` cm wide that sits `at`: an eighth of it lies beyond."""
    way = (width + BUTTONHOLE_EASE) * unit(along)
    return straight_mark(MarkKind.BUTTONHOLE, "buttonhole", at - 0.125 * way, at + 0.875 * way)


def marked(piece: Piece, marks: Iterable[Mark], *, turned_over: bool = False) -> Piece:
    """The piece with marks drawn on the y-down table; `turned_over` as for `single_piece`."""
    matrix = np.diag((-1.0 if turned_over else 1.0, -1.0))
    return replace(piece, marks=(*piece.marks, *(mark.mapped(matrix, point(0, 0)) for mark in marks)))
