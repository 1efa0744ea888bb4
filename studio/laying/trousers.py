"""Trousers laid flat, front up: the legs folded on their seams and spread a little, so that the inside legs lie apart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from studio.arrays import Floats, Point2, Points2, point
from studio.laying.cloth import (
    band_height,
    darts,
    halves,
    inside_lengths,
    joined,
    landmark,
    right_half,
    sewn_length,
    side_seam,
    taken_in,
    traced,
)
from studio.laying.drawing import FlatLine, HalfView, Stroke, curve_between, smoothed
from studio.laying.parts import band_above, pocket_lines
from studio.pattern import Pattern, Piece, Role, Side

SPREAD = math.radians(3.0)
"""How far each leg is turned outwards."""
_SHARES = np.linspace(0, 1, 31)


class _Leg:
    """The half at +x of the front or back of trousers, in the coordinates of its piece."""

    def __init__(self, pattern: Pattern, role: Role, plus: Side) -> None:
        pieces = right_half(pattern, (role,), plus=plus)
        self.pieces: tuple[Piece, ...] = pieces[:1]
        self.plus = plus
        self.outline = traced(curve for edge in pieces[0].edges for curve in edge.curves)
        self.centre = self._mark("waist_center", self.outline[self.outline[:, 1].argmax()])
        self.fork = self._mark("crotch", self.outline[self.outline[:, 0].argmin()])
        self.hip = self._mark("hip_side", self.outline[self.outline[:, 0].argmax()])
        shift = np.array((1000.0, 0.0))  # a leg is drawn about its crease: all of it is on the right half here
        moved = [_moved(piece, shift) for piece in self.pieces]
        runs = halves(moved, "side", downwards=True)
        self.side = joined(runs) - shift
        self.side_seam = side_seam([run - shift for run in runs], _SHARES)
        self.waist = joined(halves(moved, "waist", downwards=False))
        self.waist = self.waist - self.waist[0]
        self.inseam = sewn_length(self.pieces[0], "inseam")
        self.hem = sewn_length(self.pieces[0], "hem")
        self.darts = darts(moved)

    def _mark(self, name: str, otherwise: Point2) -> Point2:
        place = landmark(self.pieces, name, plus=self.plus)
        return otherwise if place is None else place

    @property
    def knee(self) -> float:
        """Height of the knee; of the hem on short legs."""
        return float(self._mark("knee_in", self._mark("hem_in", np.array((0.0, self.low))))[1])

    @property
    def low(self) -> float:
        return float(self.outline[:, 1].min())

    def seat(self, levels: Floats) -> Floats:
        """(m,) from the straight part of the centre seam to the side, darts closed, at heights above the fork, cm."""
        crotch = next(edge for edge in self.pieces[0].edges if "crotch" in edge.name)
        straight = max((c for c in crotch.curves if c.is_line), key=lambda c: c.length, default=None)
        if straight is None:
            inner = np.full(len(levels), self.centre[0])
        else:
            top, low = sorted((straight.start, straight.end), key=lambda end: -float(end[1]))
            inner = np.interp(levels, (low[1], top[1]), (low[0], top[0]))
        outer = np.interp(levels, self.side[::-1, 1], self.side[::-1, 0])
        gaps: Floats = outer - inner - taken_in(self.darts, levels)
        return gaps

    def girths(self, levels: Floats) -> Floats:
        """(m,) width of the leg at heights below the fork, cm."""
        return inside_lengths(self.outline, levels)


def _moved(piece: Piece, shift: Point2) -> Piece:
    return replace(
        piece,
        edges=tuple(edge.mapped(np.eye(2), shift) for edge in piece.edges),
        marks=tuple(mark.mapped(np.eye(2), shift) for mark in piece.marks),
        side=Side.CENTRE,
    )


@dataclass(frozen=True, eq=False)
class _LaidLegs:
    """Both legs brought together, runs on the half at +x; heights from the waist seam's centre."""

    front: _Leg
    back: _Leg
    waists: tuple[Points2, Points2]  # centre -> side
    waist_side: Point2
    hip: Point2
    side: Points2  # waist -> hem
    inner: Points2  # fork -> hem
    girths: Floats  # half girths of the leg, fork -> hem

    @property
    def top(self) -> float:
        return float(self.front.centre[1])


def laid_trousers(pattern: Pattern) -> tuple[HalfView, HalfView, Mapping[str, float]]:
    """Halves of front and back, and the points of measure.

    Half widths are exact from the waist to the hip, and from the knee to the hem (of shorts at the hem); between them the
    cloth of the fork, which no table makes flat, is folded away. The inside leg is laid at its full length.
    """
    legs = _laid_legs(pattern)
    band = next((p for p in pattern.parts if p.role == Role.WAISTBAND), None)
    height = band_height(band) if band is not None else 0.0
    front, back = (
        _view(pattern, legs, leg, waist, height) for leg, waist in zip((legs.front, legs.back), legs.waists, strict=True)
    )
    return front, back, _measures(legs, height)


def _laid_legs(pattern: Pattern) -> _LaidLegs:
    front, back = _Leg(pattern, Role.TROUSER_FRONT, Side.LEFT), _Leg(pattern, Role.TROUSER_BACK, Side.RIGHT)
    top = float(front.centre[1])
    waists = (smoothed(front.waist), smoothed(back.waist))
    corner = point(float(waists[0][-1, 0] + waists[1][-1, 0]) / 2, float(front.side[0, 1] + back.side[0, 1]) / 2 - top)
    hip = float(front.hip[1] + back.hip[1]) / 2 - top
    levels = np.linspace(corner[1], min(hip, float(corner[1]) - 1.0), 9)
    seat = (front.seat(levels + top) + back.seat(levels + top)) / 2
    seat = seat + (corner[0] - float(seat[0])) * np.linspace(1, 0, 9) ** 2
    upper = np.stack((seat, levels), axis=1)

    inseam, fork = (front.inseam + back.inseam) / 2, float(front.fork[1] + back.fork[1]) / 2 - top
    falls = np.linspace(0, 1, 17)
    heights = [leg.fork[1] - 0.05 + falls[:-1] * (leg.low - leg.fork[1]) for leg in (front, back)]
    girths = np.append((front.girths(heights[0]) + back.girths(heights[1])) / 2, (front.hem + back.hem) / 2)
    inner = point(0.0, fork) + (inseam * falls)[:, None] * point(math.sin(SPREAD), -math.cos(SPREAD))
    widths = _laid_widths(girths, inseam * falls, knee=float(front.fork[1] - front.knee), seat=float(seat[-1]))
    outer = inner + widths[:, None] * point(math.cos(SPREAD), math.sin(SPREAD))
    clear = outer[outer[:, 1] < hip - 0.25 * (hip - fork) - 2.0]
    side = np.concatenate((upper, _bridge(upper, clear if len(clear) else outer[-1:])))
    return _LaidLegs(front, back, waists, corner, upper[-1], side, inner, girths)


def _laid_widths(girths: Floats, depths: Floats, *, knee: float, seat: float) -> Floats:
    """Widths of a laid leg down from the fork: cloth beyond a straight line from the seat to the knee is folded away."""
    reach = min(float(depths[-1]), max(knee, 1e-6))
    share = np.clip(depths / reach, 0, 1)
    straight = seat * (1 - share) + float(np.interp(reach, depths, girths)) * share
    widths: Floats = straight + (girths - straight) * share**5
    return widths


def _bridge(upper: Points2, lower: Points2) -> Points2:
    """From the hip, smoothly, on down the leg."""
    if len(lower) < 2:
        return lower
    way, after = upper[-1] - upper[-2], lower[1] - lower[0]
    return np.concatenate((curve_between(upper[-1], lower[0], leaving=way, arriving=after, fullness=0.34)[1:-1], lower))


def _view(pattern: Pattern, legs: _LaidLegs, leg: _Leg, waist: Points2, height: float) -> HalfView:
    rise = float(leg.centre[1]) - legs.top
    corner = legs.waist_side
    seam = waist * (corner[0] / float(waist[-1, 0]), 1.0) + (0.0, rise)
    seam = seam + np.linspace(0, 1, len(seam))[:, None] ** 2 * (0.0, float(corner[1] - seam[-1, 1]))
    edge, lines = band_above(seam, height)
    inner, outer = legs.inner, legs.side[-1]
    hem = np.stack((outer, inner[-1])) - 2.0 * point(math.sin(SPREAD), -math.cos(SPREAD))
    lines += (FlatLine("centre seam", np.stack((seam[0], inner[0]))), FlatLine("hem", hem, Stroke.STITCH))
    lines += _dart_lines(leg, seam, legs.top)
    lines += pocket_lines(pattern, leg.pieces, lambda places: _laid(leg, places, legs.top))
    marks = {"waist": edge[-1], "crotch": inner[0], "hem_outer": outer, "hem_inner": inner[-1]}
    plain = _fly(seam[0], float(inner[0, 1])) if leg is legs.front else ()
    return HalfView(np.concatenate((edge, legs.side, inner[::-1])), lines, marks, plain)


def _measures(legs: _LaidLegs, height: float) -> dict[str, float]:
    front, back = legs.front, legs.back
    measures = {
        "waist_width": _len(legs.waists[0]) + _len(legs.waists[1]),
        "hip_width": 2 * float(legs.hip[0]),
        "thigh_width": float(legs.girths[0]),
        "leg_hem_width": float(legs.girths[-1]),
        "rise_front": float(front.centre[1] - front.fork[1]),
        "rise_back": float(back.centre[1] - back.fork[1]),
        "inseam": (front.inseam + back.inseam) / 2,
        "outseam": (front.side_seam.length + back.side_seam.length) / 2 + height,
    }
    marks = [leg.pieces[0].landmarks for leg in (front, back)]
    if all("knee_in" in places and "knee_out" in places for places in marks):
        measures["knee_width"] = sum(math.dist(places["knee_in"], places["knee_out"]) for places in marks) / 2
    return measures


def _len(run: Points2) -> float:
    return float(np.sum(np.hypot(*np.diff(run, axis=0).T)))


def _laid(leg: _Leg, places: Points2, top: float) -> Points2:
    """Where points above the fork come to lie: measured from the centre seam, as on the piece."""
    levels = places[:, 1]
    inner = np.interp(levels, leg.side[::-1, 1], leg.side[::-1, 0]) - leg.seat(levels) - taken_in(leg.darts, levels)
    return np.stack((places[:, 0] - inner, levels - top), axis=1)


def _dart_lines(leg: _Leg, seam: Points2, top: float) -> tuple[FlatLine, ...]:
    lines = []
    for dart in leg.darts:
        ends = np.stack((dart.mouth, dart.apex)) - (1000.0, 0.0)
        laid = _laid(leg, ends, top)
        laid[:, 0] -= dart.width / 2
        laid[0, 1] = float(np.interp(laid[0, 0], seam[:, 0], seam[:, 1]))
        lines.append(FlatLine("dart", laid))
    return tuple(lines)


def _fly(waist: Point2, fork: float) -> tuple[FlatLine, ...]:
    """The stitching of the fly on the wearer's left."""
    low = max(0.72 * fork, fork + 2.0)
    wide = 3.2
    line = np.concatenate(
        (
            np.array(((wide, float(waist[1])), (wide, low + 3.0))),
            curve_between(point(wide, low + 3.0), point(0.0, low), leaving=point(0, -1), arriving=point(-1, -0.6))[1:],
        )
    )
    return (FlatLine("fly", line, Stroke.STITCH),)
