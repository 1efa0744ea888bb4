"""Half front and half back of a bodice, from the neck to the waist or the hem (patterns.md 5.1).

The front is drafted against the back: the shoulders are equally long by construction, the side seams by solving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.darts import SMALLEST_DART, Dart, DartedEdge, darted_edge
from studio.drafting.ease import Ease
from studio.drafting.geometry import (
    DOWN,
    RIGHT,
    cubic,
    cut_at_level,
    joined,
    line,
    quarter_turn,
    shifted,
    solved,
    total_length,
    turned,
    unit,
)
from studio.sizing import Measures
from studio.vocabulary import Neckline

BACK_NECK_DEPTH = 2.0
BACK_SLOPE = math.radians(18)
FRONT_SLOPE = math.radians(22)
SMALLEST_SHOULDER = 2.5
CHILDREN_BELOW_BUST = 72.0


@dataclass(frozen=True)
class BodicePlan:
    """What the recipe wants: the measures (already reconciled), ease, and where the half bodice ends."""

    measures: Measures
    ease: Ease
    neckline: Neckline
    hem_level: float  # y of the back hem at the centre, cm down from the shoulder neck point
    joins_skirt: bool  # ends at the waist with darts and is sewn to a skirt
    bust_dart: float  # intake of the side bust dart, cm; 0 for none
    side_shaping: float  # most that the side seam takes in at the waist of a bodice without waist darts, cm a quarter
    flare: float = 0.0

    @property
    def waist_level(self) -> float:
        return BACK_NECK_DEPTH + self.measures.bodice_length

    @property
    def scale(self) -> float:
        return min(self.measures.height / 170.0, 1.15)

    @property
    def underarm_level(self) -> float:
        level = BACK_NECK_DEPTH + self.measures.bust / 8 + 10 * self.scale + self.ease.drop
        return min(level, self.waist_level - 0.22 * self.measures.bodice_length, self.hem_level - 3.0)

    @property
    def bust_point(self) -> Point2:
        level = self.measures.bust / 4 + 3 * self.scale
        return point(0.1 * self.measures.bust, min(level, self.underarm_level + 0.4 * (self.waist_level - self.underarm_level)))


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


def _quarter(girth: float, *, front: bool) -> float:
    return girth / 4 + (0.5 if front else -0.5)


def _waist_share(plan: BodicePlan) -> tuple[float, float]:
    """(taken by the side seam, taken by darts) of the waist suppression of one quarter, cm; negative flares the side."""
    m = plan.measures
    waist = _quarter(m.waist + plan.ease.waist, front=False)
    excess = _quarter(m.bust + plan.ease.bust, front=False) - waist
    if not plan.joins_skirt:
        return min(excess, plan.side_shaping), 0.0
    if m.bust < CHILDREN_BELOW_BUST and excess < 4:
        return excess, 0.0
    side = min(max(0.3 * excess, 0.0), 2.5 + 0.4 * max(excess - 8, 0))
    return (side, excess - side) if excess - side >= SMALLEST_DART else (excess, 0.0)


def _side_curves(plan: BodicePlan, underarm: Point2) -> list[Curve]:
    """Side seam of a back from the underarm over the waist and hip to below any hem, upright at waist and hip."""
    m = plan.measures
    waist_y, hip_y = plan.waist_level, plan.waist_level + m.hip_depth
    by_side, _ = _waist_share(plan)
    hip = max(_quarter(m.hip + plan.ease.hip, front=False), underarm[0] - by_side)
    waist = point(underarm[0] - by_side + 0.35 * plan.flare, waist_y)
    at_hip = point(hip + plan.flare, hip_y)
    if not plan.joins_skirt and hip - waist[0] < 1.5:
        waist = point(min(waist[0], hip), waist_y)
    lean = unit(point(0.5 * (at_hip[0] - underarm[0]) / (at_hip[1] - underarm[1]), 1.0)) if plan.flare else DOWN
    chord = unit(waist - underarm)
    upper = joined(underarm, waist, leaving=chord, arriving=lean)
    below = unit(point(plan.flare / max(hip_y - underarm[1], 1.0), 1.0))
    lower = joined(waist, at_hip, leaving=lean, arriving=below)
    return [upper, lower, line(at_hip, at_hip + 200.0 * below)]


def _bottom(plan: BodicePlan, end: Point2, side_way: Point2, level: float, apexes: Sequence[Point2], length: float) -> DartedEdge:
    """The waist (darted, of a given length) or the hem, square to the centre line and to the side seam."""
    start = point(0, level)
    square = quarter_turn(side_way)
    square = square if square[0] > 0 else -square
    darts = [Dart(apex, point(apex[0], level + (end[1] - level) * apex[0] / end[0]), 1 / len(apexes)) for apex in apexes]
    return darted_edge(start, end, leaving=RIGHT, arriving=square, darts=darts, length=length)


def _back(plan: BodicePlan) -> HalfBodice:
    m = plan.measures
    corner, tip = _neck_points(plan, BACK_SLOPE)
    depth = BACK_NECK_DEPTH + max(corner[1], 0.0)
    underarm = point(_quarter(m.bust + plan.ease.bust, front=False), plan.underarm_level)
    across = (m.bust / 4 + 12.4 * plan.scale) / 2 + (plan.ease.bust - 6) / 16
    pitch = point(min(across, tip[0] - 0.3, underarm[0] - 1.2), tip[1] + 0.52 * (underarm[1] - tip[1]))
    _, by_dart = _waist_share(plan)

    def drafted(correction: float) -> HalfBodice:
        side = _side_curves(plan, underarm)
        if correction:
            side = [_leaned(curve, underarm[1], side[0].end[1], correction) for curve in side]
        side = cut_at_level(side, plan.waist_level if plan.joins_skirt else plan.hem_level)
        bottom = _bottom(
            plan,
            side[-1].end,
            side[-1].tangent(1),
            side[-1].end[1],
            _back_apexes(plan, underarm, by_dart),
            _waist_target(plan, front=False),
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
    _, by_dart = _waist_share(plan)
    if by_dart or not plan.joins_skirt:
        return drafted(0.0)
    target = _waist_target(plan, front=front)
    lean = solved(lambda q: drafted(q).bottom.length - target, -3.0, 3.0, what="the waist seam")
    return drafted(lean)


def _leaned(curve: Curve, top: float, bottom: float, by: float) -> Curve:
    """The curve sheared sideways: nothing at `top`, `by` cm at `bottom`."""
    control = curve.control.copy()
    control[:, 0] += by * (control[:, 1] - top) / (bottom - top)
    return Curve(control)


def _waist_target(plan: BodicePlan, *, front: bool) -> float:
    return _quarter(plan.measures.waist + plan.ease.waist, front=front)


def _back_apexes(plan: BodicePlan, underarm: Point2, by_dart: float) -> list[Point2]:
    if not by_dart:
        return []
    level = min(underarm[1] + 1, plan.waist_level - 4)
    if by_dart <= 4.5:
        return [point(0.47 * underarm[0], level)]
    return [point(0.34 * underarm[0], level), point(0.64 * underarm[0], level + 1)]


def _front_apexes(plan: BodicePlan, underarm: Point2, by_dart: float) -> list[Point2]:
    if not by_dart:
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
    pitch = point(min(across, tip[0] - 0.4, underarm[0] - 1.6), tip[1] + 0.58 * (underarm[1] - tip[1]))
    base_side = [shifted(curve, 1.0, 0.0) for curve in back.side]
    _, by_dart = _waist_share(plan)

    def drafted(correction: float) -> HalfBodice:
        side = [_leaned(c, underarm[1], plan.waist_level, correction) for c in base_side] if correction else base_side
        above, dart, below = _with_bust_dart(plan, side, back.side_length)
        end = below[-1].end
        bottom = _bottom(
            plan, end, below[-1].tangent(1), end[1], _front_apexes(plan, underarm, by_dart), _waist_target(plan, front=True)
        )
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


def _with_bust_dart(
    plan: BodicePlan, side: list[Curve], length: float
) -> tuple[list[Curve], tuple[Curve, Curve] | None, list[Curve]]:
    """The side seam opened for the bust dart: (above, legs, below). With the dart closed it measures `length`.

    The mouth opens 35 % below the underarm and the dart points to the bust point; the part below is turned about its
    apex by the dart angle, so legs are equal and the closed seam is smooth.
    """
    if not plan.bust_dart:
        drop = solved(lambda q: total_length([_dropped(side[0], q), *side[1:]]) - length, -8.0, 8.0, what="the side seam")
        return [], None, [_dropped(side[0], drop), *(shifted(curve, 0, drop) for curve in side[1:])] if abs(drop) > 1e-7 else side
    above, rest = side[0].split(0.35)
    mouth, way = above.end, above.tangent(1)
    apex = mouth + 0.82 * (plan.bust_point - mouth)
    angle = 2 * math.asin(plan.bust_dart / 2 / math.dist(apex, mouth))
    low = apex + turned(mouth - apex, angle)

    def below(drop: float) -> list[Curve]:
        end = rest.end + point(0, drop)
        first = joined(low, end, leaving=turned(way, angle), arriving=rest.tangent(1))
        return [first, *(shifted(curve, 0, drop) for curve in side[1:])]

    drop = solved(
        lambda q: total_length(below(q)) + above.length - length,
        0.3 * plan.bust_dart,
        2.5 * plan.bust_dart + 1,
        what="the bust dart",
    )
    return [above], (line(mouth, apex), line(apex, low)), below(drop)


def _dropped(curve: Curve, drop: float) -> Curve:
    """The curve with its lower end moved down, its handles moved in proportion."""
    control = curve.control.copy()
    top, bottom = control[0, 1], control[-1, 1]
    control[:, 1] += drop * (control[:, 1] - top) / (bottom - top)
    return Curve(control)
