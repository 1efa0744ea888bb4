"""The shoulder yoke of a woven shirt: halves cut across, and what is added for the back pleat (patterns.md 5.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.design import GarmentDesign
from studio.drafting.choices import is_full, is_knit
from studio.drafting.geometry import line, solved, unit
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.side_seam import waist_share
from studio.pattern import Mark, MarkKind
from studio.vocabulary import GarmentType

BACK_SHARE = 0.25
"""The back yoke ends this far down the back armhole."""
FRONT_DEPTH = 3.5
PLEAT_FOLD = 1.5
"""Half the width of the box pleat at the centre back; each side takes twice as much cloth."""


def has_cut_yoke(design: GarmentDesign) -> bool:
    """Whether a yoke is cut: woven shirts that ask for one, when everything is drawn."""
    woven_shirt = design.garment_type == GarmentType.SHIRT and not is_knit(design)
    return is_full(design) and design.features.has_yoke and woven_shirt


def pleat_fold(plan: BodicePlan) -> float:
    """Width of one fold of the back's box pleat, cm; 0 where the back is shaped by darts or the shirt is cut close."""
    if waist_share(plan)[1] or plan.side_shaping > 3.0:
        return 0.0
    return PLEAT_FOLD * min(plan.scale, 1.0)


@dataclass(frozen=True, eq=False)
class CutHalf:
    """A half cut across into a yoke and the body below it; runs as in `HalfBodice`, y down."""

    yoke_neck: tuple[Curve, ...]  # centre (or the cut) -> shoulder neck point
    yoke_armhole: tuple[Curve, ...]  # tip -> cut
    cut: Curve  # centre or neck -> armhole
    neck: tuple[Curve, ...]  # of the body: centre -> cut; none on a back
    armhole: tuple[Curve, ...]  # of the body: cut -> underarm


def cut_back(half: HalfBodice) -> CutHalf:
    """A back cut level, a quarter of the way down its armhole."""
    tip, underarm, centre = half.shoulder.end, half.underarm, half.neck[0].start
    level = max(tip[1] + BACK_SHARE * (underarm[1] - tip[1]), centre[1] + 3.0)
    level = min(level, tip[1] + 0.45 * (underarm[1] - tip[1]))
    above, below = divided(half.armhole, lambda place: float(place[1]) - level)
    cut = line(point(0, above[-1].end[1]), above[-1].end)
    return CutHalf(half.neck, above, cut, (), below)


def cut_front(plan: BodicePlan, half: HalfBodice) -> CutHalf:
    """A front cut parallel to its shoulder, 3.5 cm below it."""
    start, way = half.shoulder.start, unit(half.shoulder.end - half.shoulder.start)
    down = point(-way[1], way[0])

    def below_shoulder(place: Point2) -> float:
        return float((place - start) @ down)

    deepest = 0.6 * min(below_shoulder(half.neck[0].start), below_shoulder(half.armhole[0].end))
    depth = min(FRONT_DEPTH * min(plan.scale, 1.0), deepest)
    yoke_armhole, armhole = divided(half.armhole, lambda place: below_shoulder(place) - depth)
    neck, yoke_neck = divided(half.neck, lambda place: depth - below_shoulder(place))
    return CutHalf(yoke_neck, yoke_armhole, line(neck[-1].end, yoke_armhole[-1].end), neck, armhole)


def divided(run: Sequence[Curve], side: Callable[[Point2], float]) -> tuple[tuple[Curve, ...], tuple[Curve, ...]]:
    """A run of curves cut where `side` first turns from negative to positive: what lies before, what lies after."""
    for number, curve in enumerate(run):
        if side(curve.end) > 1e-6:

            def beyond(share: float, curve: Curve = curve) -> float:
                return side(curve.split(share)[0].end)

            first, second = curve.split(solved(beyond, 0.0, 1.0, what="the yoke"))
            return (*run[:number], first), (second, *run[number + 1 :])
    return tuple(run), ()


def pleat_marks(fold: float, top: float, length: float) -> tuple[Mark, ...]:
    """The fold and placement lines of a box pleat at the centre back, y up, hanging from `top`; fold is laid onto placement."""
    marks = []
    for side, way in (("right", 1.0), ("left", -1.0)):
        for word, x in (("fold", fold), ("placement", 3 * fold)):
            ends = point(way * x, top), point(way * x, top - length)
            marks.append(Mark(MarkKind.PLEAT, f"pleat {word} {side}", (line(*ends),)))
    return tuple(marks)
