"""A piece read row by row: how wide its cloth is at a level, darts left out, and the rings that such rows make."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2
from studio.body import perimeter
from studio.pattern import Finish, MarkKind, Piece

_LEVELS = 48


@dataclass(frozen=True, eq=False)
class Rows:
    """Half widths of a piece from its centre line x = 0 to its side, by level y (rising)."""

    levels: Floats
    cloth: Floats  # cloth only: open darts left out

    def cloth_at(self, y: Floats) -> Floats:
        """Half width of the cloth at levels y; below the side's end the side goes on as it was."""
        slope = (self.cloth[3] - self.cloth[0]) / (self.levels[3] - self.levels[0])
        width: Floats = np.interp(y, self.levels, self.cloth) + slope * np.minimum(y - self.levels[0], 0.0)
        return width


@dataclass(frozen=True, eq=False)
class OpenDart:
    """A dart as drawn, open: where its mouth is, where it ends, and how wide it opens."""

    apex: Point2
    mouth: Point2  # middle of the mouth
    width: float

    @property
    def is_upright(self) -> bool:
        way = self.mouth - self.apex
        return bool(abs(way[1]) > abs(way[0]))


def open_darts(piece: Piece) -> list[OpenDart]:
    """The darts of a piece, found as neighbouring pairs of dart edges."""
    darts = []
    legs = [edge for edge in piece.edges if edge.finish == Finish.DART]
    for first in legs:
        for second in legs:
            if first is not second and math.dist(first.end, second.start) < 1e-6:
                mouth = (first.start + second.end) / 2
                darts.append(OpenDart(first.end, mouth, math.dist(first.start, second.end)))
    return darts


def fish_eyes(piece: Piece) -> list[Points2]:
    """(n, 2) outlines of the darts inside a piece."""
    found = []
    for mark in piece.marks:
        if mark.kind == MarkKind.DART:
            steps = np.linspace(0, 1, 9)[:-1]
            found.append(np.concatenate([curve.at(steps) for curve in mark.curves]))
    return found


def taken_in(piece: Piece, points: Points2) -> Points2 | None:
    """The points with every fish-eye dart closed level by level, beyond it drawn towards x = 0; None without such darts."""
    darts = fish_eyes(piece)
    if not darts:
        return None
    x = points[:, 0].copy()
    for dart in darts:
        side = math.copysign(1.0, float(dart[:, 0].mean()))
        inner, outer = _sides_at(dart * (side, 1.0), points[:, 1])
        x -= side * np.clip(points[:, 0] * side - inner, 0.0, outer - inner)
    return np.stack((x, points[:, 1]), axis=1)


def _sides_at(dart: Points2, y: Floats) -> tuple[Floats, Floats]:
    """(inner x, outer x) of a dart's outline at levels y; equal above and below it."""
    ends = np.roll(dart, -1, axis=0)
    rise = ends[:, 1] - dart[:, 1]
    share = (y[:, None] - dart[:, 1]) / np.where(np.abs(rise) < 1e-9, np.inf, rise)
    crosses = (share >= 0) & (share <= 1) & (np.abs(rise) >= 1e-9)
    x = dart[:, 0] + share * (ends[:, 0] - dart[:, 0])
    inner = np.where(crosses, x, np.inf).min(axis=1)
    outer = np.where(crosses, x, -np.inf).max(axis=1)
    there = crosses.any(axis=1)
    return np.where(there, inner, 0.0), np.where(there, outer, 0.0)


def closed_darts(piece: Piece, points: Points2) -> Points2:
    """The piece's points with its darts closed row by row: beyond an upright dart inwards, below a level one upwards."""
    inside = taken_in(piece, points)
    x, y = (points if inside is None else inside).T.copy()
    for dart in open_darts(piece):
        fall, reach = dart.mouth - dart.apex
        way = (points - dart.apex) / np.where(dart.mouth == dart.apex, 1.0, dart.mouth - dart.apex)
        if dart.is_upright:
            middle = dart.apex[0] + fall * np.clip(way[:, 1], 0, 1)
            side = math.copysign(1.0, dart.mouth[0])
            beyond = (points[:, 0] - middle) * side > 0
            x -= side * beyond * dart.width * np.clip(way[:, 1], 0, 1)
        else:
            middle = dart.apex[1] + reach * np.clip(way[:, 0], 0, 1)
            y += (points[:, 1] < middle) * dart.width * np.clip(way[:, 0], 0, 1)
    return np.stack((x, y), axis=1)


def rows_of(piece: Piece, *, low: float, high: float, level: Callable[[Points2], Points2] | None = None) -> Rows:
    """The rows of `piece` between two levels, on the side that reaches furthest from x = 0; not below that side's end.

    `level` maps the outline first, where rows are not level on the table.
    """
    outline = piece.outline(2.0) if level is None else level(piece.outline(2.0))
    sign = 1.0 if outline[:, 0].max() >= -outline[:, 0].min() else -1.0
    points = outline * (sign, 1.0)
    marks = [mark for name, mark in piece.landmarks.items() if name in ("hem_left", "hem_right")]
    ends_at = [float(mark[1]) if level is None else float(level(mark[None])[0, 1]) for mark in marks]
    low = min(max([low, *ends_at]) + 0.4, high - 1.0)
    levels = np.linspace(low, high - 0.05, _LEVELS)
    ends = np.roll(points, -1, axis=0)
    below, above = points[:, 1][:, None] <= levels, ends[:, 1][:, None] <= levels
    crosses = below != above
    rise = ends[:, 1] - points[:, 1]
    share = (levels - points[:, 1][:, None]) / np.where(np.abs(rise) < 1e-12, 1.0, rise)[:, None]
    x = np.where(crosses, points[:, 0][:, None] + share * (ends[:, 0] - points[:, 0])[:, None], np.nan)
    cloth = np.full(_LEVELS, np.nan)
    for k in range(_LEVELS):
        found = np.sort(x[crosses[:, k], k])
        if len(found) >= 2:
            inside = np.clip(found, 0.0, None)
            cloth[k] = float(np.sum(inside[1::2] - inside[: len(inside) // 2 * 2 : 2]))
    for dart in fish_eyes(piece):
        if (dart[:, 0].mean() > 0) == (sign > 0):
            inner, outer = _sides_at(dart * (sign, 1.0), levels)
            cloth -= outer - inner
    for open_dart in open_darts(piece):
        if not open_dart.is_upright and open_dart.mouth[0] * sign > 0:  # closed, its row is as wide as those beside it
            near, far = sorted((float(open_dart.apex[1]), float(open_dart.mouth[1])))
            reach = open_dart.width / 2 + 0.3
            cloth[(levels > near - reach) & (levels < far + reach)] = np.nan
    known = ~np.isnan(cloth)
    if not known.any():
        return Rows(levels, np.full(_LEVELS, float(points[:, 0].max())))
    return Rows(levels, np.maximum(np.interp(levels, levels[known], cloth[known]), 0.1))


@dataclass(frozen=True, eq=False)
class Stack:
    """Garment rings from the top level down: y on the table -> z, half axes and depth centre on the body."""

    levels: Floats  # y, rising
    z: Floats
    rx: Floats
    ry: Floats
    cy: Floats

    def at(self, y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """z, rx, ry, cy at levels y; the ends go on as they are."""
        over = y - np.clip(y, self.levels[0], self.levels[-1])
        z = np.interp(y, self.levels, self.z) + over
        return z, np.interp(y, self.levels, self.rx), np.interp(y, self.levels, self.ry), np.interp(y, self.levels, self.cy)


def stacked(levels: Floats, girths: Floats, rings: Floats, *, anchor: tuple[float, float]) -> Stack:
    """Rings of these girths round the body `rings` ((n, 4) cx, cy, rx, ry), as long down the body as the cloth is.

    Ease stands off the body evenly. `anchor` is (y, z) of a level whose height is known.
    """
    bodies = perimeter(rings[:, 2], rings[:, 3])
    ease = (girths - bodies) / (2 * math.pi)
    rx, ry = np.maximum(rings[:, 2] + ease, 0.5), np.maximum(rings[:, 3] + ease, 0.5)
    radius = girths / (2 * math.pi)
    lean = np.clip(np.diff(radius) / np.maximum(np.diff(levels), 1e-9), -0.9, 0.9)
    z = np.concatenate(([0.0], np.cumsum(np.diff(levels) * np.sqrt(1 - lean**2))))
    z += anchor[1] - float(np.interp(anchor[0], levels, z))
    return Stack(levels, z, rx, ry, rings[:, 1])


def girths_of(fronts: Sequence[Rows], backs: Sequence[Rows], levels: Floats) -> tuple[Floats, Floats]:
    """(girth, share of it that is front) at each level, from half fronts and half backs."""
    front = np.mean([rows.cloth_at(levels) for rows in fronts], axis=0)
    back = np.mean([rows.cloth_at(levels) for rows in backs], axis=0)
    return 2 * (front + back), front / (front + back)


def polar(points: Points2, apex: Points2) -> tuple[Floats, Floats]:
    """(distance from the apex, angle from straight down, positive to +x) of points of a circle skirt."""
    way = points - apex
    return np.hypot(way[:, 0], way[:, 1]), np.arctan2(way[:, 0], -way[:, 1])
