"""Fish-eye darts: what shapes the waist of a bodice that has no seam there (patterns.md 5.1)."""

from __future__ import annotations

from dataclasses import dataclass

from studio.arrays import point
from studio.curves import Curve
from studio.drafting.geometry import line
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.side_seam import quarter_waist, waist_share

MOST_IN_ONE = 4.2
"""A wider fish-eye dart than this, cm, does not press flat at the waist: the intake is shared by two."""
SHORTEST_TIP = 4.0
CLEAR_OF_HEM = 2.0
CLEAR_OF_NECK = 2.0
CLEAR_OF_DART = 1.5


@dataclass(frozen=True)
class FishEye:
    """A closed diamond on a half bodice, y down: its upright axis, widest at the waist, pointed at both ends."""

    x: float
    top: float
    waist: float
    low: float
    intake: float

    @property
    def outline(self) -> tuple[Curve, ...]:
        """Upper tip, inner point, lower tip, outer point and back, as lines."""
        upper, lower = point(self.x, self.top), point(self.x, self.low)
        inner, outer = point(self.x - self.intake / 2, self.waist), point(self.x + self.intake / 2, self.waist)
        return line(upper, inner), line(inner, lower), line(lower, outer), line(outer, upper)


def fish_eyes_back(plan: BodicePlan, half: HalfBodice) -> tuple[FishEye, ...]:
    """The waist darts of a back: from the underarm level to three fifths of the hip depth, one or two a half."""
    _, intake = waist_share(plan)
    if plan.joins_skirt or not intake:
        return ()
    side, top = half.side[0].end[0], half.underarm[1] + 1.5
    low = _low(plan, half, 0.62)
    if intake <= MOST_IN_ONE:
        return (FishEye(0.5 * side, top, half.waist_level, low, intake),)
    return (
        FishEye(0.36 * side, top, half.waist_level, low, intake / 2),
        FishEye(0.70 * side, top + 2.0, half.waist_level, low - 1.5, intake / 2),
    )


def fish_eyes_front(plan: BodicePlan, half: HalfBodice) -> tuple[FishEye, ...]:
    """The waist darts of a front: below the bust point, a second one half way to the side, both clear of the bust dart."""
    if plan.joins_skirt or not waist_share(plan)[1]:
        return ()
    side, x = half.side[0].end[0], float(plan.bust_point[0])
    intake = float(side - quarter_waist(plan, front=True))
    below_neck = float(half.neck[0].start[1]) + CLEAR_OF_NECK
    top = min(max(float(plan.bust_point[1]) + 3.0, below_neck), half.waist_level - SHORTEST_TIP)
    low = _low(plan, half, 0.5)
    if intake <= MOST_IN_ONE:
        return (FishEye(x, max(top, _below_bust_dart(half, x)), half.waist_level, low, intake),)
    second = (x + side) / 2
    return (
        FishEye(x, max(top, _below_bust_dart(half, x)), half.waist_level, low, intake / 2),
        FishEye(second, max(top + 1.0, _below_bust_dart(half, second)), half.waist_level, low - 1.5, intake / 2),
    )


def _low(plan: BodicePlan, half: HalfBodice, share: float) -> float:
    """Level of the lower tip: a share of the hip depth below the waist, and clear of the hem."""
    hem = min(half.bottom.segments[0].start[1], half.hem_end[1])
    return float(min(half.waist_level + share * plan.measures.hip_depth, hem - CLEAR_OF_HEM))


def _below_bust_dart(half: HalfBodice, x: float) -> float:
    """The highest level at x that is clear of the side bust dart."""
    if half.bust_dart is None:
        return -1e9
    apex, low = half.bust_dart[1].start, half.bust_dart[1].end
    share = min(max((x + 1.0 - apex[0]) / (low[0] - apex[0]), 0.0), 1.0)
    return float(apex[1] + share * (low[1] - apex[1]) + CLEAR_OF_DART)
