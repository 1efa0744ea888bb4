"""A skirt laid flat, alone or below a bodice: fronts and backs with darts and pleats closed, hems at their full width."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2
from studio.laying.cloth import Dart, darts, halves, joined, right_half, side_seam, taken_in
from studio.laying.drawing import FlatLine, Stroke, arc_lengths, resampled, smoothed
from studio.laying.parts import HEM_STITCHED, dart_lines, gather_lines, pleat_lines, pocket_lines
from studio.laying.trunk import SHARES
from studio.pattern import Pattern, Piece, Role, Side


@dataclass(frozen=True, eq=False)
class SkirtPanel:
    """The half at +x of a front or back, in the coordinates of its pieces."""

    pieces: tuple[Piece, ...]
    waist: Points2  # centre -> side, darts closed
    side: Points2  # (len(SHARES), 2) waist -> hem
    side_length: float
    hem: Points2  # centre -> side
    darts: tuple[Dart, ...]

    @property
    def widths(self) -> Floats:
        """(len(SHARES),) from the centre to the side seam, darts closed, cm."""
        widths: Floats = self.side[:, 0] - taken_in(self.darts, self.side[:, 1])
        off_top = _reach(self.waist) - float(widths[0])
        return widths + off_top * (1 - SHARES) ** 3 + (_reach(self.hem) - float(widths[-1])) * SHARES**3


def _reach(run: Points2) -> float:
    return float(run[-1, 0] - run[0, 0])


def skirt_panel(pattern: Pattern, role: Role, plus: Side) -> SkirtPanel | None:
    """A front or back of a skirt; None where there is none."""
    pieces = right_half(pattern, (role,), plus=plus)
    waists = halves(pieces, "waist", downwards=False)
    sides, hems = halves(pieces, "side", downwards=True), halves(pieces, "hem", downwards=False)
    if not (waists and sides and hems):
        return None
    seam = side_seam(sides, SHARES)
    return SkirtPanel(pieces, joined(waists), seam.places, seam.length, joined(hems), darts(pieces))


@dataclass(frozen=True, eq=False)
class LaidSkirt:
    """Front and back brought together; the waist seam's centre at the height given. Runs are on the half at +x.

    Cloth gathered or pleated into the waist spreads evenly down to the hem; a circle skirt lies as its sector.
    """

    front: SkirtPanel
    back: SkirtPanel
    waist: Points2  # centre -> side
    side: Points2  # (len(SHARES), 2) waist -> hem
    hem: Points2  # centre -> side
    length: float  # waist centre to hem centre
    hem_length: float  # quarter of the finished hem
    gathered: float  # length of the cloth's waist over that of the finished one

    def laid(self, panel: SkirtPanel, places: Points2) -> Points2:
        """Where points of a panel's pieces come to lie, (n, 2): at most on the waist seam or the hem."""
        levels = np.maximum.accumulate(panel.side[::-1, 1])
        ratio = self.side[::-1, 0] / np.maximum(panel.side[::-1, 0], 1e-6)
        fall = float(self.waist[0, 1]) - _centre(panel)
        x = places[:, 0] * np.interp(places[:, 1], levels, ratio)
        low, high = (np.interp(np.abs(x), run[:, 0], run[:, 1]) for run in (self.hem, self.waist))
        return np.stack((x, np.clip(places[:, 1] + fall, low, np.maximum(high, low))), axis=1)


def _centre(panel: SkirtPanel) -> float:
    return float(panel.waist[0, 1])


def laid_skirt(pattern: Pattern, *, below: Points2 | None = None) -> LaidSkirt | None:
    """The skirt of this pattern; `below` is the waist seam it hangs from (centre -> side), None for its own waist."""
    front = skirt_panel(pattern, Role.SKIRT_FRONT, Side.LEFT)
    back = skirt_panel(pattern, Role.SKIRT_BACK, Side.RIGHT)
    front, back = front or back, back or front
    if front is None or back is None:
        return None
    waist = _mean(front.waist, back.waist)
    cloth = _length(front.waist, back.waist)
    finished = _length(below, below) if below is not None else _band_quarter(pattern, cloth)
    gathered = cloth / max(finished, 1e-6)
    waist = below if below is not None else waist * min(1 / gathered, 1.0)
    waist = smoothed(waist) if front.darts or back.darts else waist
    x = (front.widths + back.widths) / 2
    drop = (front.side[:, 1] - front.side[0, 1] + back.side[:, 1] - back.side[0, 1]) / 2
    length = (front.side_length + back.side_length) / 2
    spread = float(x[0] - waist[-1, 0])
    x = x - spread * (1 - SHARES)
    steep = math.sqrt(1 - min(abs(spread) / length, 0.95) ** 2) if gathered > 1.02 else 1.0
    y = float(waist[-1, 1]) + drop * steep
    tall = (_centre(front) - float(front.hem[0, 1]) + _centre(back) - float(back.hem[0, 1])) / 2
    hem, shape = _mean(front.hem, back.hem), _length(front.hem, back.hem)
    laid = _laid_hem(hem, shape, np.array((0.0, float(waist[0, 1]) - tall)), float(y[-1]))
    x = x + (float(laid[-1, 0]) - float(x[-1])) * SHARES**2
    return LaidSkirt(front, back, waist, np.stack((x, y), axis=1), laid, tall, shape, gathered)


def _laid_hem(run: Points2, length: float, centre: Point2, side_level: float) -> Points2:
    """A hem from the centre to the height of the side seam's end, as long as it is sewn."""
    share = (run[:, 0] / max(float(run[-1, 0]), 1e-6)) ** 2
    y = run[:, 1] + centre[1] + share * (side_level - centre[1] - run[-1, 1])
    x = run[:, 0].copy()
    for _ in range(12):
        x *= length / float(arc_lengths(np.stack((x, y), axis=1))[-1])
    return np.stack((x, y), axis=1)


def _mean(front: Points2, back: Points2) -> Points2:
    """The run half way between two, from (0, 0)."""
    first, second = (resampled(run - run[0], 61) for run in (front, back))
    middle: Points2 = (first + second) / 2
    return middle


def _length(front: Points2, back: Points2) -> float:
    return float(arc_lengths(front)[-1] + arc_lengths(back)[-1]) / 2


def _band_quarter(pattern: Pattern, otherwise: float) -> float:
    """A quarter of the finished waist: of the waistband without its overlap."""
    from_band = sum(
        edge.length for p in pattern.parts if p.role == Role.WAISTBAND for edge in p.edges if edge.name.endswith("waist")
    )
    return from_band / 4 or otherwise


def skirt_lines(skirt: LaidSkirt, panel: SkirtPanel) -> tuple[FlatLine, ...]:
    """Hem stitching, darts, pleats or gathers of one view of a skirt, on the half at +x."""

    def laid(places: Points2) -> Points2:
        return skirt.laid(panel, places)

    pleats = pleat_lines(panel.pieces, laid)
    lines = [FlatLine("hem", skirt.hem * 0.995 + (0.0, HEM_STITCHED), Stroke.STITCH), *dart_lines(panel.darts, laid), *pleats]
    if skirt.gathered > 1.02 and not pleats:
        lines += gather_lines(skirt.waist, skirt.side)
    return tuple(lines)


def skirt_pockets(pattern: Pattern, skirt: LaidSkirt, panel: SkirtPanel) -> tuple[FlatLine, ...]:
    """The pockets of one view of a skirt, on both sides."""
    return pocket_lines(pattern, panel.pieces, lambda places: skirt.laid(panel, places))
