"""Bodices and skirts round the torso: rows keep their length on an ellipse of the garment's own girth."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2, Points3
from studio.body import PAD, Mannequin, perimeter
from studio.pattern import Piece, Role
from studio.wrapping.rows import Rows, Stack, closed_darts, girths_of, polar, rows_of, stacked
from studio.wrapping.waves import Hanging

RIDGE_SLOPE = math.tan(math.radians(20))
_STEEPEST_SIDE = 0.5  # cm out for each cm down of a side seam


def _landmark(piece: Piece, *names: str) -> Point2 | None:
    for name in names:
        for full in (name, f"{name}_left", f"{name}_right"):
            if full in piece.landmarks:
                return piece.landmarks[full]
    return None


def _is_behind(piece: Piece) -> bool:
    return piece.role in (Role.BACK, Role.YOKE_BACK)


def _shoulder(pieces: Sequence[Piece]) -> tuple[Point2, Point2]:
    """Neck point and tip of the shoulder on the first piece that has them."""
    for piece in pieces:
        inner, outer = _landmark(piece, "shoulder_neck"), _landmark(piece, "shoulder_tip")
        if inner is not None and outer is not None:
            return inner, outer
    return np.array((5.0, 0.0)), np.array((15.0, -4.0))


def _around(turn: Floats, stack: Stack, y: Floats, *, behind: bool) -> Points3:
    """Points at angles `turn` from the centre line of the front, or of the back."""
    z, rx, ry, cy = stack.at(y)
    way = -1.0 if behind else 1.0
    return np.stack((way * rx * np.sin(turn), cy - way * ry * np.cos(turn), z), axis=1)


@dataclass(frozen=True, eq=False)
class BodiceWrap:
    """How the bodice of one garment goes round the mannequin."""

    mannequin: Mannequin
    stack: Stack
    front_share: Floats  # by stack.levels
    underarm: float  # y
    mains: tuple[Piece, ...]  # the pieces that reach the underarm
    shoulders: Mapping[bool, tuple[Point2, Point2]]  # behind or not -> neck point and tip

    @classmethod
    def of(cls, mannequin: Mannequin, fronts: Sequence[Piece], backs: Sequence[Piece], yokes: Sequence[Piece] = ()) -> BodiceWrap:
        """The wrap of a garment with these front and back pieces (front x = 0 is the centre front); yokes lie above them."""
        pieces = [*fronts, *backs]
        marks = [mark[1] for mark in (_landmark(piece, "underarm") for piece in pieces) if mark is not None]
        underarm = float(np.mean(marks)) if marks else min(piece.bounds[3] for piece in pieces)
        low = min(piece.bounds[1] for piece in pieces)
        levels = np.linspace(low, underarm, 40)
        front = [rows_of(piece, low=max(low, piece.bounds[1]), high=underarm) for piece in fronts]
        back = [rows_of(piece, low=max(low, piece.bounds[1]), high=underarm) for piece in backs]
        girths, share = girths_of(front, back, levels)
        waist = [mark[1] for mark in (_landmark(piece, "waist_center", "waist") for piece in backs) if mark is not None]
        top = mannequin.neck_point
        anchor = (float(waist[0]), mannequin.heights["waist"]) if waist else (underarm, top + underarm)
        rings = mannequin.hull.at(np.maximum(anchor[1] + levels - anchor[0], mannequin.heights["hip"]))
        shoulders = {behind: _shoulder([p for p in (*pieces, *yokes) if _is_behind(p) == behind]) for behind in (False, True)}
        return cls(mannequin, stacked(levels, girths, rings, anchor=anchor), share, underarm, tuple(pieces), shoulders)

    @property
    def hem_ring(self) -> tuple[float, float, float, float]:
        """(z, depth centre, half axes) of the ring at the lowest level."""
        z, rx, ry, cy = (float(part[0]) for part in self.stack.at(self.stack.levels[:1]))
        return z, cy, rx, ry

    def _rows(self, piece: Piece) -> Rows:
        """Half widths of the face that a piece belongs to."""
        same = [main for main in self.mains if _is_behind(main) == _is_behind(piece)]
        main = next((p for p in same if p.name == piece.name or p.side == piece.side), same[0])
        return rows_of(main, low=main.bounds[1], high=self.underarm)

    def placed(self, piece: Piece, points: Points2) -> Points3:
        """(n, 3) where flat points of a front or back piece go."""
        behind = _is_behind(piece)
        rows = self._rows(piece)
        x, y = closed_darts(piece, points).T
        low = np.minimum(y, self.underarm)
        share = np.interp(low, self.stack.levels, self.front_share)
        quarter = math.pi * np.where(behind, 1 - share, share)
        turn = np.clip(x / rows.cloth_at(low), -1.2, 1.2) * quarter
        body = _around(turn, self.stack, low, behind=behind)
        above = y > self.underarm
        body[above] = self._yoke(points[above], body[above], behind=behind)
        return body

    def _yoke(self, points: Points2, start: Points3, *, behind: bool) -> Points3:
        """Above the underarm: from the chest's ellipse (`start`, the same x at underarm level) up to the shoulder ridge."""
        inner, outer = self.shoulders[behind]
        x, y = points.T
        shoulder = np.interp(np.abs(x), np.abs((inner[0], outer[0])), (inner[1], outer[1]))
        rise = np.clip((y - self.underarm) / np.maximum(shoulder - self.underarm, 1.0), 0, 1.1)
        ring = self.mannequin.torso.at(np.array([self.mannequin.heights["shoulder"]]))[0]
        base = 1.05 * self.mannequin.torso.at(np.array([self.mannequin.neck_point]))[0, 2]
        ridge = self.mannequin.neck_point + 0.5 + PAD - RIDGE_SLOPE * (np.abs(x) - base)
        way = -1.0 if behind else 1.0
        deep = np.cos(np.clip(rise, 0, 1) * math.pi / 2) ** 0.75
        flat = rise**0.7
        return np.stack(
            (
                start[:, 0] * (1 - flat) + way * x * flat,
                ring[1] + (start[:, 1] - ring[1]) * deep,
                start[:, 2] + (ridge - start[:, 2]) * rise,
            ),
            axis=1,
        )


@dataclass(frozen=True, eq=False)
class SkirtWrap:
    """How a skirt hangs: rings of its own girth from the waist, over the hip, flaring below; spare girth lies in waves."""

    stack: Stack
    hanging: Hanging
    waist: float  # z
    front_share: Floats
    circle: bool

    @classmethod
    def of(cls, mannequin: Mannequin, fronts: Sequence[Piece], backs: Sequence[Piece]) -> SkirtWrap:
        circle = "apex" in fronts[0].landmarks
        low = -_circle_drop(fronts[0]) if circle else min(piece.bounds[1] for piece in (*fronts, *backs))
        levels = np.linspace(low, 0.0, 40)
        front, back = ([_skirt_rows(piece, low) for piece in pieces] for pieces in (fronts, backs))
        girths, share = girths_of(front, back, levels)
        waist = mannequin.heights["waist"]
        rings = mannequin.hull.at(np.maximum(waist + levels, mannequin.heights["hip"]))
        bodies = perimeter(rings[:, 2], rings[:, 3])
        hanging = Hanging.of(levels, girths, bodies, waist=float(bodies[-1]))
        return cls(stacked(levels, hanging.girths, rings, anchor=(0.0, waist)), hanging, waist, share, circle)

    def placed(self, piece: Piece, points: Points2) -> Points3:
        """(n, 3) where flat points of a skirt piece go."""
        behind = piece.role == Role.SKIRT_BACK
        share = self.front_share
        if self.circle:
            distance, angle = polar(points, piece.landmarks["apex"])
            y = _inner_radius(piece) - distance
            quarter = math.pi * np.interp(y, self.stack.levels, 1 - share if behind else share)
            turn = angle / _half_angle(piece) * quarter
        else:
            x = closed_darts(piece, points)[:, 0]
            y = _levelled(piece, points)[:, 1]
            rows = _skirt_rows(piece, piece.bounds[1])
            quarter = math.pi * np.interp(y, self.stack.levels, 1 - share if behind else share)
            turn = x / rows.cloth_at(y) * quarter
        turn, wide, fallen = self.hanging.at(turn, y)
        _, rx, ry, cy = self.stack.at(y)
        way = -1.0 if behind else 1.0
        return np.stack((way * wide * rx * np.sin(turn), cy - way * wide * ry * np.cos(turn), self.waist + fallen), axis=1)


def _inner_radius(piece: Piece) -> float:
    return float(math.dist(piece.landmarks["apex"], piece.landmarks["waist_center"]))


def _circle_drop(piece: Piece) -> float:
    return float(math.dist(piece.landmarks["waist_center"], piece.landmarks["hem_center"]))


def _half_angle(piece: Piece) -> float:
    _, angle = polar(piece.outline(3.0), piece.landmarks["apex"])
    return float(np.abs(angle).max())


def _levelled(piece: Piece, points: Points2) -> Points2:
    """The points with the waist edge level, and as far below it as the way to them is long.

    A skirt is drawn higher at its sides: at the waist, where the way over the hip is longer, and at the hem, where the
    side seam slants. Where that slants more than an A-line's the table's rows are kept: the flare falls at the sides.
    """
    waist, hip, hem = (_landmark(piece, name) for name in ("waist", "hip", "hem"))
    middle = piece.landmarks.get("hem_center")
    if waist is None or hip is None or hem is None or middle is None or not hem[1] < hip[1] < waist[1]:
        return points
    side = np.interp(points[:, 1], (hem[1], hip[1], waist[1]), np.abs((hem[0], hip[0], waist[0])))
    share = np.clip(np.abs(points[:, 0]) / np.maximum(side, 1.0), 0, 1) ** 2
    top = waist[1] * share
    low = middle[1] + (hem[1] - middle[1]) * share
    fallen = (top - points[:, 1]) / (top - low)
    ways = np.cumsum((0.0, math.dist(waist, hip), math.dist(hip, hem))) / -middle[1]
    at_side = np.interp(fallen, (0.0, (waist[1] - hip[1]) / (waist[1] - hem[1]), 1.0), ways)
    level = middle[1] * (fallen + share * (at_side - np.clip(fallen, 0, 1)))
    slant = abs(abs(hem[0]) - abs(hip[0])) / (hip[1] - hem[1])
    part = float(np.clip((_STEEPEST_SIDE - slant) / 0.2, 0, 1))
    return np.stack((points[:, 0], part * level + (1 - part) * points[:, 1]), axis=1)


def _skirt_rows(piece: Piece, low: float) -> Rows:
    if "apex" not in piece.landmarks:
        return rows_of(piece, low=piece.bounds[1], high=-0.05, level=functools.partial(_levelled, piece))
    levels = np.linspace(low, 0.0, 12)
    half = _half_angle(piece) * (_inner_radius(piece) - levels)
    return Rows(levels, half)
