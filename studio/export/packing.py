"""Paper pieces laid on a sheet: grainline upright, as close as their cutting lines allow, in a given width."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from studio.arrays import Floats, Point2, Points2, point
from studio.paper import PaperPiece

SPACING = 0.8
"""Between two cutting lines, and round the sheet, cm."""
_CELL = 0.4
_CLEAR = math.ceil(SPACING / _CELL) + 1
"""Columns kept clear to the right of a piece."""


@dataclass(frozen=True, eq=False)
class Laid:
    """A paper piece on a sheet: p on the piece lies at `turn` p + `shift`, cm, y up from the sheet's lower left corner."""

    paper: PaperPiece
    turn: Points2  # (2, 2) rotation, by quarter turns
    shift: Point2

    def placed(self, points: Points2) -> Points2:
        """(n, 2) points of the piece on the sheet."""
        moved: Points2 = points @ self.turn.T + self.shift
        return moved


@dataclass(frozen=True, eq=False)
class LaidSheet:
    """Paper pieces on a sheet of `width` x `height` cm."""

    laid: tuple[Laid, ...]
    width: float
    height: float


def packed(papers: Sequence[PaperPiece], *, width: float, orientations: int = 2) -> LaidSheet:
    """All pieces on a sheet `width` cm wide (wider, if a piece is), the large ones first, from the top down.

    Each goes to the place where it ends highest up; it may hang into the hollow of the pieces above it, and with two
    `orientations` be turned upside down for that. A piece wider than the sheet that fits sideways lies sideways.
    """
    shapes = [_fitting(paper, width)[:orientations] for paper in papers]
    width = max(width, *(both[0].width + 2 * SPACING for both in shapes))
    tries = [_filled(shapes, sorted(range(len(papers)), key=lambda n: -rank(shapes[n][0])), width) for rank in _RANKS]
    found = min(tries, key=_depth)
    height = _depth(found) + 2 * SPACING
    laid = []
    for number, paper in enumerate(papers):
        shape, column, top = found[number]
        shift = point(SPACING + column * _CELL - shape.corner[0], height - SPACING - top - shape.corner[1])
        laid.append(Laid(paper, shape.turn, shift))
    return LaidSheet(tuple(laid), width, height)


_Spot: TypeAlias = "tuple[_Shape, int, float]"
"""A shape, the column of its left side, and the depth of its top below the first row, cm."""


def _filled(shapes: Sequence[Sequence[_Shape]], order: Sequence[int], width: float) -> Mapping[int, _Spot]:
    """Every shape's place, by number, when they are laid in that order."""
    filled = np.zeros(int((width - 2 * SPACING) / _CELL) + 1 + _CLEAR)
    found: dict[int, _Spot] = {}
    for number in order:
        shape, column, top = min((_best(shape, filled) for shape in shapes[number]), key=lambda spot: spot[2] + spot[0].height)
        reach = slice(column, column + len(shape.lowest))
        filled[reach] = np.maximum(filled[reach], top + shape.lowest + SPACING)
        found[number] = (shape, column, top)
    return found


def _depth(found: Mapping[int, _Spot]) -> float:
    return max(top + shape.height for shape, _, top in found.values())


@dataclass(frozen=True, eq=False)
class _Shape:
    """A turned piece as columns of `_CELL` cm: depth below its own top at which each begins and ends."""

    turn: Points2
    corner: Point2  # its upper left corner
    width: float
    height: float
    highest: Floats
    lowest: Floats


_RANKS: Sequence[Callable[[_Shape], float]] = (
    lambda shape: shape.height * max(shape.width, 10.0),
    lambda shape: shape.height,
    lambda shape: shape.width,
    lambda shape: shape.height + shape.width,
)
"""What makes a piece large, that is laid before others; which serves best depends on the garment, so all are tried."""


def upright_width(papers: Sequence[PaperPiece]) -> float:
    """Width of the narrowest sheet on which every piece lies with its grainline upright, cm."""
    return max(_shapes(paper)[0].width for paper in papers) + 2 * SPACING


def _fitting(paper: PaperPiece, width: float) -> list[_Shape]:
    """The piece upright; sideways if only so it keeps within the sheet's width."""
    upright = _shapes(paper)
    room = width - 2 * SPACING
    if upright[0].width <= room or upright[0].height > room:
        return upright
    return [_shape(paper, np.array(((0.0, -1.0), (1.0, 0.0))) @ shape.turn) for shape in upright]


def _shapes(paper: PaperPiece) -> list[_Shape]:
    """The piece with its grainline upright, and that turned upside down."""
    start, end = paper.grainline
    turn = np.array(((0.0, -1.0), (1.0, 0.0))) if abs(end[0] - start[0]) > abs(end[1] - start[1]) else np.eye(2)
    return [_shape(paper, turn), _shape(paper, -turn)]


def _shape(paper: PaperPiece, turn: Points2) -> _Shape:
    ring = paper.cut_line @ turn.T
    left, top = ring[:, 0].min(), ring[:, 1].max()
    width, height = float(ring[:, 0].max() - left), float(top - ring[:, 1].min())
    following = np.roll(ring, -1, axis=0)
    steps = np.maximum(np.ceil(np.abs(following - ring).max(axis=1) / (_CELL / 2)).astype(int), 1)
    share = np.concatenate([np.arange(n) / n for n in steps])[:, None]
    dense = np.repeat(ring, steps, axis=0) + share * np.repeat(following - ring, steps, axis=0)
    column = ((dense[:, 0] - left) / _CELL).astype(int)
    depth = top - dense[:, 1]
    count = int(width / _CELL) + 1
    bare_high, bare_low = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(bare_high, column, depth)
    np.maximum.at(bare_low, column, depth)
    highest, lowest = np.full(count + _CLEAR, np.inf), np.full(count + _CLEAR, -np.inf)
    for beside in range(_CLEAR + 1):
        reach = slice(beside, beside + count)
        highest[reach] = np.minimum(highest[reach], bare_high)
        lowest[reach] = np.maximum(lowest[reach], bare_low)
    return _Shape(turn, point(left, top), width, height, highest, lowest)


def _best(shape: _Shape, filled: Floats) -> _Spot:
    """Column and depth at which the shape lies highest on what is filled."""
    windows = np.lib.stride_tricks.sliding_window_view(filled, len(shape.highest))
    tops = np.maximum((windows - shape.highest).max(axis=1), 0.0)
    column = int(np.argmin(tops))
    return shape, column, float(tops[column])
