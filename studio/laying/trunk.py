"""The trunk of a garment laid flat: fronts and backs with their yokes, from the shoulders to the hem or the waist seam."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2, point
from studio.laying.cloth import Dart, darts, halves, joined, landmark, right_half, side_seam, taken_in
from studio.laying.drawing import moved_ends, resampled
from studio.pattern import MarkKind, Pattern, Piece, Role, Side

SHARES = np.linspace(0, 1, 25)


@dataclass(frozen=True, eq=False)
class Panel:
    """The half at +x of one side of the garment, in the coordinates of its pieces; darts still open, seams still apart."""

    pieces: tuple[Piece, ...]
    plus: Side
    neck: Points2  # shoulder neck point -> centre
    tip: Point2
    shoulder: float  # length of the shoulder seam
    armhole: Points2  # tip -> underarm
    side: Points2  # (len(SHARES), 2) underarm -> bottom
    side_length: float
    bottom: Points2  # centre -> side, darts closed
    darts: tuple[Dart, ...]

    @property
    def hps(self) -> Point2:
        corner: Point2 = self.neck[0]
        return corner

    @property
    def _pleated(self) -> float:
        """What pleats hanging from a yoke take up on this half, cm: between their outermost and innermost lines."""
        marks = [mark for piece in self.pieces for mark in piece.marks if mark.kind == MarkKind.PLEAT]
        places = [float(mark.curves[0].start[0]) for mark in marks if mark.curves[0].start[0] > 0]
        return max(places) - min(places) if len(places) > 1 else 0.0

    @functools.cached_property
    def widths(self) -> Floats:
        """(len(SHARES),) from the centre to the side seam, darts closed, cm; a pleat is folded to below the waist and opens to
        the hem."""
        widths: Floats = self.side[:, 0] - taken_in(self.darts, self.side[:, 1])
        opening = np.clip((SHARES - 0.55) / 0.45, 0, 1)
        widths = widths - self._pleated * (1 - opening**2 * (3 - 2 * opening))
        off = float(self.bottom[-1, 0] - self.bottom[0, 0] - widths[-1])
        return widths + off * SHARES**3


def panel(pattern: Pattern, roles: Sequence[Role], plus: Side) -> Panel | None:
    """A front or back as its pieces have it; None where no such piece hangs from the shoulder."""
    pieces = right_half(pattern, roles, plus=plus)
    sides = halves(pieces, "side", downwards=True)
    shoulders = halves(pieces, "shoulder", downwards=True)
    armholes = halves(pieces, "armhole", downwards=True)
    bottoms = halves(pieces, "hem", downwards=False) or halves(pieces, "waist", downwards=False)
    if not (sides and shoulders and armholes and bottoms):
        return None
    seam = side_seam(sides, SHARES)
    shoulder = shoulders[0]
    return Panel(
        pieces,
        plus,
        _neck(pieces, shoulder[0], plus),
        shoulder[-1],
        float(np.hypot(*(shoulder[-1] - shoulder[0]))),
        joined(armholes),
        seam.places,
        seam.length,
        joined(bottoms),
        darts(pieces),
    )


def _neck(pieces: Sequence[Piece], hps: Point2, plus: Side) -> Points2:
    """Neckline from the shoulder neck point to the centre; of a lapelled front the roll line, which is where it opens."""
    break_point = landmark(pieces, "break_point", plus=plus)
    if break_point is not None:
        return np.stack((hps, point(0.0, float(break_point[1]))))
    runs = halves(pieces, "neck", downwards=True)
    if not runs:
        return np.stack((hps, point(0.0, float(hps[1]))))
    neck = joined(runs)
    centre = landmark(pieces, "neck_center", plus=plus)
    end = neck[-1] if centre is None else centre
    return moved_ends(neck, hps, point(0.0, float(end[1])))


@dataclass(frozen=True, eq=False)
class Trunk:
    """Front and back brought together, origin at the shoulder neck point level; every run is on the half at +x.

    Where front and back differ each gives half: the laid side seam lies in the middle between theirs, so that its width is
    half the finished girth on either side of the centre, halved.
    """

    front: Panel
    back: Panel
    hps: Point2
    tip: Point2
    side: Points2  # (len(SHARES), 2) armpit -> bottom

    @property
    def armpit(self) -> Point2:
        place: Point2 = self.side[0]
        return place

    def neck(self, panel: Panel) -> Points2:
        """Neckline of a panel as laid, from the shoulder neck point to the centre: its depth and half width are kept."""
        drop = float(panel.neck[0, 1] - panel.neck[-1, 1])
        return moved_ends(panel.neck, self.hps, point(0.0, float(self.hps[1]) - drop))

    def armhole(self, panel: Panel) -> Points2:
        """Armhole of a panel as laid, tip -> armpit."""
        return moved_ends(resampled(panel.armhole, 21), self.tip, self.armpit)

    def bottom(self, panel: Panel, *, width: float) -> Points2:
        """Hem or waist seam of a panel as laid, centre -> side, `width` cm wide."""
        run = panel.bottom - (panel.bottom[0, 0], panel.bottom[-1, 1])
        scale = width / max(float(run[-1, 0]), 1e-6)
        return resampled(run, 21) * (scale, 1.0) + (0.0, float(self.side[-1, 1]))

    def laid(self, panel: Panel, places: Points2) -> Points2:
        """Where points of a panel's pieces come to lie, (n, 2)."""
        levels, ratio, fall = self._map_front if panel is self.front else self._map_back
        x = places[:, 0] * np.interp(places[:, 1], levels, ratio)
        y = places[:, 1] + np.interp(places[:, 1], levels, fall)
        return np.stack((x, y), axis=1)

    @functools.cached_property
    def _map_front(self) -> tuple[Floats, Floats, Floats]:
        return self._mapping(self.front)

    @functools.cached_property
    def _map_back(self) -> tuple[Floats, Floats, Floats]:
        return self._mapping(self.back)

    def _mapping(self, panel: Panel) -> tuple[Floats, Floats, Floats]:
        """Heights on the pieces from the bottom up, and there the ratio in x and the shift in y."""
        pieces = np.concatenate((panel.side[::-1], panel.tip[None], panel.hps[None]))
        laid = np.concatenate((self.side[::-1], self.tip[None], self.hps[None]))
        ratio, fall = laid[:, 0] / np.maximum(pieces[:, 0], 1e-6), laid[:, 1] - pieces[:, 1]
        levels: Floats = np.maximum.accumulate(pieces[:, 1])
        return levels, ratio, fall

    def width_at(self, level: float) -> float:
        """Width of the laid trunk, side to side, at a height, cm."""
        return 2 * float(np.interp(level, self.side[::-1, 1], self.side[::-1, 0]))


def laid_trunk(pattern: Pattern) -> Trunk | None:
    """The trunk of a garment; None if nothing hangs from the shoulders."""
    front = panel(pattern, (Role.FRONT, Role.YOKE_FRONT), Side.LEFT)
    back = panel(pattern, (Role.BACK, Role.YOKE_BACK), Side.RIGHT)
    front, back = front or back, back or front
    if front is None or back is None:
        return None
    neck = (front.hps + back.hps) / 2
    down = float(neck[1])
    hps = point(float(neck[0]), 0.0)
    way = (front.tip - front.hps + back.tip - back.hps) / 2
    way /= max(math.hypot(way[0], way[1]), 1e-9)
    tip = hps + (front.shoulder + back.shoulder) / 2 * way
    more = front.widths - back.widths
    if any(not dart.is_upright for dart in (*front.darts, *back.darts)):
        more = _evened(more)
    x = back.widths + more / 2
    y = back.side[:, 1] + (front.side[0, 1] - back.side[0, 1]) / 2 - down
    return Trunk(front, back, hps, tip, np.stack((x, y), axis=1))


def _evened(values: Floats) -> Floats:
    """A run of values with the step at a bust dart spread over its neighbours; both ends are kept."""
    padded = np.concatenate((2 * values[0] - values[3:0:-1], values, 2 * values[-1] - values[-2:-5:-1]))
    kernel = np.array((1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0)) / 16.0
    evened: Floats = np.convolve(padded, kernel, mode="valid")
    return evened
