"""The waist and the side seams of a bodice: who takes in how much, and the front's side round its bust dart (patterns.md 5.1)."""

from __future__ import annotations

import math

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.details.darts import SMALLEST_DART
from studio.drafting.geometry import (
    DOWN,
    cubic,
    cut_at_length,
    cut_at_level,
    joined,
    line,
    shifted,
    solved,
    total_length,
    turned,
    unit,
)
from studio.drafting.trunk.bodice_plan import BodicePlan, WaistWish

CHILDREN_BELOW_BUST = 72.0
MOST_BY_SIDE = 5.5
"""Most that a side seam alone takes in at the waist of a knit or a child's bodice, cm a quarter."""
SIDE_BESIDE_DARTS = 0.45
"""The side seam's share of the waist suppression where fish-eye darts take the rest."""
FLARE_FROM_HIP = 15.0
"""A garment that ends at least this far below the hip, cm, flares from there; a shorter one from the waist."""


def quarter(girth: float, *, front: bool) -> float:
    return girth / 4 + (0.5 if front else -0.5)


def quarter_waist(plan: BodicePlan, *, front: bool) -> float:
    """A quarter of the finished waist, body and ease, cm."""
    return quarter(plan.measures.waist + plan.ease.waist, front=front)


def waist_share(plan: BodicePlan) -> tuple[float, float]:
    """(taken by the side seam, taken by darts) of the waist suppression of one quarter, cm; negative flares the side."""
    m = plan.measures
    waist = quarter(m.waist + plan.ease.waist, front=False)
    excess = quarter(m.bust + plan.ease.bust, front=False) - waist
    if not plan.joins_skirt:
        return _share_without_seam(plan, excess)
    if m.bust < CHILDREN_BELOW_BUST and excess < 4:
        return excess, 0.0
    side = min(max(0.3 * excess, 0.0), 2.5 + 0.4 * max(excess - 8, 0))
    return (side, excess - side) if excess - side >= SMALLEST_DART else (excess, 0.0)


def _share_without_seam(plan: BodicePlan, excess: float) -> tuple[float, float]:
    """The share of side and fish-eye darts where no waist seam holds darts; what neither takes stands away."""
    if plan.waist == WaistWish.BY_SIDE:
        return min(excess, MOST_BY_SIDE), 0.0
    if plan.waist != WaistWish.BY_DARTS:
        return min(excess, plan.side_shaping), 0.0
    side = SIDE_BESIDE_DARTS * max(excess, 0.0)
    return (side, excess - side) if excess - side >= SMALLEST_DART else (excess, 0.0)


def waist_standing_away(plan: BodicePlan) -> float:
    """How much larger than body and ease the whole finished waist is, cm."""
    m = plan.measures
    return m.bust + plan.ease.bust - m.waist - plan.ease.waist - 4 * sum(waist_share(plan))


def side_curves(plan: BodicePlan, underarm: Point2) -> list[Curve]:
    """Side seam of a back from the underarm to below any hem."""
    return _simple_side(plan, underarm) if plan.joins_skirt or plan.waist == WaistWish.BLOCK else _full_side(plan, underarm)


def _full_side(plan: BodicePlan, underarm: Point2) -> list[Curve]:
    """Side seam through the exact waist and hip; a flare spreads from the waist to the hem, in long garments from the hip."""
    m = plan.measures
    waist_y, hip_y = plan.waist_level, plan.waist_level + m.hip_depth
    by_side, _ = waist_share(plan)
    waist = underarm[0] - by_side
    hip = quarter(m.hip + plan.ease.hip, front=False)
    if plan.waist == WaistWish.AWAY:
        hip = max(hip, waist)
    below = plan.flare / max(plan.hem_level - hip_y, 1.0)
    if plan.flare and plan.hem_level - hip_y < FLARE_FROM_HIP:
        below = plan.flare / max(plan.hem_level - waist_y, 6.0)
        hip += below * m.hip_depth
    falls = ((waist - underarm[0]) / (waist_y - underarm[1]), (hip - waist) / m.hip_depth)
    through = 0.0 if falls[0] * falls[1] <= 0 else 2 * falls[0] * falls[1] / (falls[0] + falls[1])
    at_waist, at_hip = point(waist, waist_y), point(hip, hip_y)
    down = unit(point(below, 1.0))
    return [
        joined(underarm, at_waist, leaving=unit(at_waist - underarm), arriving=unit(point(through, 1.0))),
        joined(at_waist, at_hip, leaving=unit(point(through, 1.0)), arriving=down),
        line(at_hip, at_hip + 200.0 * down),
    ]


def cut_side(plan: BodicePlan, side: list[Curve]) -> list[Curve]:
    """The side seam down to the waist seam or hem; a flared hem is as far from the waist at the side as at the centre."""
    if plan.joins_skirt:
        return cut_at_level(side, plan.waist_level)
    if plan.waist == WaistWish.BLOCK or not plan.flare or plan.hem_level <= plan.waist_level:
        return cut_at_level(side, plan.hem_level)
    return cut_at_length(side, side[0].length + plan.hem_level - plan.waist_level)[0]


def _simple_side(plan: BodicePlan, underarm: Point2) -> list[Curve]:
    """Side seam of a back from the underarm over the waist and hip to below any hem, upright at waist and hip."""
    m = plan.measures
    waist_y, hip_y = plan.waist_level, plan.waist_level + m.hip_depth
    by_side, _ = waist_share(plan)
    hip = max(quarter(m.hip + plan.ease.hip, front=False), underarm[0] - by_side)
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


def leaned(curve: Curve, top: float, bottom: float, by: float) -> Curve:
    """The curve sheared sideways: nothing at `top`, `by` cm at `bottom`."""
    control = curve.control.copy()
    control[:, 0] += by * (control[:, 1] - top) / (bottom - top)
    return Curve(control)


def with_bust_dart(
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
    low, leaving = apex + turned(mouth - apex, angle), turned(way, angle)
    by = 0.0 if plan.waist == WaistWish.BLOCK else _drawn_in(plan, low, leaving, rest.end)
    lower = [*(_start_moved(curve, by) for curve in side[1:2]), *side[2:]] if by else side[1:]

    def below(drop: float) -> list[Curve]:
        end = rest.end + point(-by, drop)
        first = joined(low, end, leaving=leaving, arriving=rest.tangent(1))
        if plan.waist != WaistWish.BLOCK:
            first = _without_wobble(first, leaving, rest.tangent(1))
        return [first, *(shifted(curve, 0, drop) for curve in lower)]

    drop = solved(
        lambda q: total_length(below(q)) + above.length - length,
        0.3 * plan.bust_dart,
        2.5 * plan.bust_dart + 1,
        what="the bust dart",
    )
    return [above], (line(mouth, apex), line(apex, low)), below(drop)


def _drawn_in(plan: BodicePlan, low: Point2, leaving: Point2, waist: Point2) -> float:
    """How far the waist of the front moves in, so that the side runs on without a wobble below the bust dart.

    The waist darts take that much less: at most what they have to give.
    """
    _, by_dart = waist_share(plan)
    wanted = waist[0] - (low[0] + 0.3 * (waist[1] - low[1]) * leaving[0] / leaving[1])
    return float(min(max(wanted, 0.0), max(by_dart - SMALLEST_DART, 0.0)))


def _start_moved(curve: Curve, by: float) -> Curve:
    """The curve with its upper end moved `by` cm towards the centre, its handle with it."""
    control = curve.control.copy()
    control[: max(len(control) // 2, 1), 0] -= by
    return Curve(control)


def _without_wobble(curve: Curve, leaving: Point2, arriving: Point2) -> Curve:
    """The side below the bust dart with its first handle so short that the curve does not pass the waist and come back."""
    start, _, _, end = curve.control
    inwards = start[0] - end[0]
    whole = math.dist(start, end)
    reach = 0.38 * whole
    if leaving[0] < -1e-3:
        reach = min(reach, max(0.9 * inwards / -leaving[0], 0.08 * whole))
    return cubic(start, start + reach * leaving, end - 0.38 * whole * arriving, end)


def _dropped(curve: Curve, drop: float) -> Curve:
    """The curve with its lower end moved down, its handles moved in proportion."""
    control = curve.control.copy()
    top, bottom = control[0, 1], control[-1, 1]
    control[:, 1] += drop * (control[:, 1] - top) / (bottom - top)
    return Curve(control)
