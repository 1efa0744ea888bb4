"""Half front and half back of a bodice, from the neck to the waist or the hem (patterns.md 5.1).

The front is drafted against the back: the shoulders are equally long by construction, the side seams by solving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.darts import Dart, DartedEdge, darted_edge
from studio.drafting.geometry import DOWN, RIGHT, cubic, line, quarter_turn, shifted, solved, total_length, unit
from studio.drafting.trunk.bodice_plan import BACK_NECK_DEPTH, BodicePlan, WaistWish
from studio.drafting.trunk.side_seam import cut_side, leaned, quarter, quarter_waist, side_curves, waist_share, with_bust_dart
from studio.vocabulary import Neckline

BACK_SLOPE = math.radians(18)
FRONT_SLOPE = math.radians(22)
SMALLEST_SHOULDER = 2.5
INSIDE_TIP = 1.0
"""The armhole runs upright at least this far inside the shoulder tip, cm: it leaves the shoulder inwards."""
DEEPEST_BACK = 1.8
DEEPEST_FRONT = 2.8
DEEPER_FRONT = 0.3
"""And at most so far, cm at a height of 170: the across-back of a broad-shouldered body grows with its shoulders.
The front is hollowed out more than the back by at least the third."""


@dataclass(frozen=True, eq=False)
class HalfBodice:
    """A finished half, runs listed downwards or outwards from the centre line; y down."""

    neck: tuple[Curve, ...]  # centre -> shoulder neck point
    shoulder: Curve  # neck point -> tip
    armhole: tuple[Curve, ...]  # tip -> underarm
    side: tuple[Curve, ...]  # underarm -> waist or hem, the bust dart's mouth left out
    bust_dart: tuple[Curve, Curve] | None  # mouth -> apex -> mouth
    side_above_dart: tuple[Curve, ...]  # the part of `side` above the bust dart
    bottom: DartedEdge  # centre -> side
    waist_level: float

    @property
    def neck_length(self) -> float:
        return total_length(self.neck)

    @property
    def armhole_length(self) -> float:
        return total_length(self.armhole)

    @property
    def side_length(self) -> float:
        return total_length(self.side) + total_length(self.side_above_dart)

    @property
    def underarm(self) -> Point2:
        return self.armhole[-1].end

    @property
    def hem_end(self) -> Point2:
        return self.side[-1].end


def drafted_bodice(plan: BodicePlan) -> tuple[HalfBodice, HalfBodice]:
    """(front, back) halves of a bodice. Raises DraftError when the measurements cannot be drafted."""
    back = _back(plan)
    front = _front(plan, back)
    return front, back


def _neck_points(plan: BodicePlan, slope: float) -> tuple[Point2, Point2]:
    """Shoulder neck point and shoulder tip on a shoulder line through the base of the neck at (neck/5 - 0.2, 0)."""
    base = plan.measures.neck / 5 - 0.2
    width, tip = plan.measures.neckline_width, plan.measures.shoulder_width / 2
    return point(width, (width - base) * math.tan(slope)), point(tip, (tip - base) * math.tan(slope))


def _neck_curve(plan: BodicePlan, depth: float, corner: Point2, slope: float, *, front: bool) -> tuple[Curve, ...]:
    """Neckline from the centre to the shoulder neck point; square to both unless it is a V or a square neck."""
    centre = point(0, depth)
    if front and plan.neckline == Neckline.V:
        sag = quarter_turn(unit(corner - centre)) * -0.03 * math.dist(corner, centre)
        third = (corner - centre) / 3
        return (cubic(centre, centre + third + sag, centre + 2 * third + sag, corner),)
    if front and plan.neckline == Neckline.SQUARE:
        inner = point(corner[0] * 0.92, depth)
        return (line(centre, inner), line(inner, corner))
    fullness = 0.62 if front and plan.neckline == Neckline.SCOOP else 0.52
    into_shoulder = point(math.sin(slope), -math.cos(slope))
    rise = depth - corner[1]
    return (cubic(centre, centre + fullness * corner[0] * RIGHT, corner - fullness * rise * into_shoulder, corner),)


def _armhole(tip: Point2, pitch: Point2, underarm: Point2, slope: float, side_way: Point2, hollow: float) -> tuple[Curve, ...]:
    """Tip -> pitch -> underarm: square to the shoulder, upright at the pitch, square to the side seam."""
    leave = point(-math.sin(slope), math.cos(slope))
    first_handle = 0.33 * math.dist(tip, pitch)
    upper = cubic(tip, tip + first_handle * leave, pitch - first_handle * DOWN, pitch)
    arrive = quarter_turn(side_way)
    arrive = arrive if arrive[0] > 0 else -arrive
    reach, fall = underarm[0] - pitch[0], underarm[1] - pitch[1]
    lower = cubic(pitch, pitch + hollow * fall * DOWN, underarm - hollow * max(reach, 0.5) * arrive, underarm)
    return upper, lower


def _across(plan: BodicePlan, usual: float, tip: Point2, deepest: float, block: float) -> float:
    """Half the width across back or chest: as usual for the bust, but never far inside the shoulder tip nor close to it.

    The main pieces alone keep only a distance of `block` cm from the tip.
    """
    if plan.waist == WaistWish.BLOCK:
        return min(usual, float(tip[0]) - block)
    return min(max(usual, float(tip[0]) - deepest * plan.scale), float(tip[0]) - INSIDE_TIP)


def _bottom(plan: BodicePlan, end: Point2, side_way: Point2, level: float, apexes: Sequence[Point2], length: float) -> DartedEdge:
    """The waist (darted, of a given length) or the hem, square to the centre line and to the side seam."""
    start = point(0, level)
    square = quarter_turn(side_way)
    square = square if square[0] > 0 else -square
    if not apexes and plan.waist != WaistWish.BLOCK:
        return DartedEdge((_hem_curve(start, end, square),), (), 0.0)
    darts = [Dart(apex, point(apex[0], level + (end[1] - level) * apex[0] / end[0]), 1 / len(apexes)) for apex in apexes]
    return darted_edge(start, end, leaving=RIGHT, arriving=square, darts=darts, length=length)


def _hem_curve(start: Point2, end: Point2, arriving: Point2) -> Curve:
    """A hem that is level at the centre and square to the side seam, and rises without dipping first."""
    reach = 0.38 * math.dist(start, end)
    rise, slope = start[1] - end[1], -arriving[1]
    steep = min(reach, max(rise / slope, 0.06 * reach)) if slope > 1e-3 else reach
    return cubic(start, start + reach * RIGHT, end - steep * arriving, end)


def _back(plan: BodicePlan) -> HalfBodice:
    m = plan.measures
    corner, tip = _neck_points(plan, BACK_SLOPE)
    depth = BACK_NECK_DEPTH + max(corner[1], 0.0)
    underarm = point(quarter(m.bust + plan.ease.bust, front=False), plan.underarm_level)
    across = (m.bust / 4 + 12.4 * plan.scale) / 2 + (plan.ease.bust - 6) / 16
    pitch = point(
        min(_across(plan, across, tip, DEEPEST_BACK, 0.3), underarm[0] - 1.2),
        tip[1] + 0.52 * (underarm[1] - tip[1]),
    )
    _, by_dart = waist_share(plan)

    def drafted(correction: float) -> HalfBodice:
        side = side_curves(plan, underarm)
        if correction:
            side = [leaned(curve, underarm[1], side[0].end[1], correction) for curve in side]
        side = cut_side(plan, side)
        bottom = _bottom(
            plan,
            side[-1].end,
            side[-1].tangent(1),
            plan.waist_level if plan.joins_skirt else plan.hem_level,
            _back_apexes(plan, underarm, by_dart),
            quarter_waist(plan, front=False),
        )
        return HalfBodice(
            neck=_neck_curve(plan, depth, corner, BACK_SLOPE, front=False),
            shoulder=line(corner, tip),
            armhole=_armhole(tip, pitch, underarm, BACK_SLOPE, side[0].tangent(0), 0.6),
            side=tuple(side),
            bust_dart=None,
            side_above_dart=(),
            bottom=bottom,
            waist_level=plan.waist_level,
        )

    return _at_waist_length(plan, drafted, front=False)


def _at_waist_length(plan: BodicePlan, drafted: Callable[[float], HalfBodice], *, front: bool) -> HalfBodice:
    """A half whose waist has its exact length: by its darts, or without darts by leaning the side seam."""
    _, by_dart = waist_share(plan)
    if by_dart or not plan.joins_skirt:
        return drafted(0.0)
    target = quarter_waist(plan, front=front)
    lean = solved(lambda q: drafted(q).bottom.length - target, -3.0, 3.0, what="the waist seam")
    return drafted(lean)


def _back_apexes(plan: BodicePlan, underarm: Point2, by_dart: float) -> list[Point2]:
    if not by_dart or not plan.joins_skirt:
        return []
    level = min(underarm[1] + 1, plan.waist_level - 4)
    if by_dart <= 4.5:
        return [point(0.47 * underarm[0], level)]
    return [point(0.34 * underarm[0], level), point(0.64 * underarm[0], level + 1)]


def _front_apexes(plan: BodicePlan, underarm: Point2, by_dart: float) -> list[Point2]:
    if not by_dart or not plan.joins_skirt:
        return []
    apex = point(plan.bust_point[0], min(plan.bust_point[1] + 2.0, plan.waist_level - 4))
    if by_dart <= 5.5:
        return [apex]
    return [apex - point(0.14 * underarm[0], 0), apex + point(0.14 * underarm[0], 4)]


def _front(plan: BodicePlan, back: HalfBodice) -> HalfBodice:
    m = plan.measures
    corner, _ = _neck_points(plan, FRONT_SLOPE)
    tip = corner + back.shoulder.length * point(math.cos(FRONT_SLOPE), math.sin(FRONT_SLOPE))
    underarm = back.underarm + point(1.0, 0.0)
    across = (0.3 * m.bust + 6 * plan.scale) / 2 + (plan.ease.bust - 6) / 20
    hollow = 0.0 if plan.waist == WaistWish.BLOCK else back.shoulder.end[0] - back.armhole[0].end[0] + DEEPER_FRONT
    pitch = point(
        min(_across(plan, across, tip, DEEPEST_FRONT, 0.4), underarm[0] - 1.6, tip[0] - hollow),
        tip[1] + 0.58 * (underarm[1] - tip[1]),
    )
    base_side = [shifted(curve, 1.0, 0.0) for curve in back.side]
    _, by_dart = waist_share(plan)
    side_rise = back.bottom.segments[0].start[1] - back.hem_end[1]

    def drafted(correction: float) -> HalfBodice:
        side = [leaned(c, underarm[1], plan.waist_level, correction) for c in base_side] if correction else base_side
        above, dart, below = with_bust_dart(plan, side, back.side_length)
        end = below[-1].end
        apexes = _front_apexes(plan, underarm, by_dart)
        bottom = _bottom(plan, end, below[-1].tangent(1), end[1] + side_rise, apexes, quarter_waist(plan, front=True))
        return HalfBodice(
            neck=_neck_curve(plan, m.neckline_depth, corner, FRONT_SLOPE, front=True),
            shoulder=line(corner, tip),
            armhole=_armhole(tip, pitch, underarm, FRONT_SLOPE, base_side[0].tangent(0), 0.66),
            side=tuple(below),
            bust_dart=dart,
            side_above_dart=tuple(above),
            bottom=bottom,
            waist_level=plan.waist_level + end[1] - back.hem_end[1],
        )

    return _at_waist_length(plan, drafted, front=True)
