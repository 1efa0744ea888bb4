"""The centre front that opens: how far the fronts lap, and where buttons and buttonholes sit (patterns.md 5.7)."""

from __future__ import annotations

import math

from studio.arrays import Point2, point
from studio.design import GarmentDesign
from studio.drafting.choices import FrontOpening, drawn_collar, front_opening, has_collar_stand, is_full
from studio.drafting.geometry import line
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.pattern import Mark, MarkKind, Side
from studio.sizing import Measures
from studio.vocabulary import GarmentType, Neckline

JACKET_OVERLAP = 2.2
BUTTON_OVERLAP = 1.8
SMALLEST_OVERLAP = 1.2
BUTTON_SIZE = 1.2
JACKET_BUTTON_SIZE = 2.0
BUTTONHOLE_EASE = 0.3
"""A buttonhole is longer than its button is wide, for the thickness of the button, cm."""
BELOW_NECK = 1.0
BUTTON_STEP = 8.5
JACKET_BUTTON_STEP = 10.0
ABOVE_WAIST_SEAM = 3.0
WIDEST_GAP = 1.25
"""Buttons further apart than this many steps let the front gape over the bust."""


def button_overlap(design: GarmentDesign, measures: Measures) -> float:
    """How far a buttoned front reaches beyond the centre front, cm; 0 for a front that is whole or meets at a zip.

    A button and a half: 1.8 cm on shirts, dresses and vests, 2.2 on jackets, narrower on children in proportion to height.
    The main pieces alone keep one width for every jacket.
    """
    if front_opening(design) != FrontOpening.BUTTONS:
        return 0.0
    if not is_full(design):
        return JACKET_OVERLAP
    widest = JACKET_OVERLAP if design.garment_type == GarmentType.JACKET else BUTTON_OVERLAP
    return round(max(widest * min(measures.height / 160.0, 1.0), SMALLEST_OVERLAP), 1)


def edge_top(design: GarmentDesign, plan: BodicePlan, half: HalfBodice, overlap: float) -> Point2:
    """Top of the front edge of a front that laps `overlap` cm beyond the centre, y down.

    A V neck runs straight on over the overlap, so that the crossed fronts show one clean V; any other neckline, and one that
    carries a collar or hood, goes level.
    """
    centre, low = half.neck[0].start, half.bottom.segments[0].start
    carries = design.features.has_hood or drawn_collar(design) is not None
    if plan.neckline != Neckline.V or carries or not is_full(design):
        return centre - (overlap, 0)
    way = half.neck[0].tangent(0)
    return centre + point(-overlap, min(overlap * abs(way[1] / way[0]), 0.25 * (low[1] - centre[1])))


def button_levels(first: float, bust: float, last: float, *, step: float) -> tuple[float, ...]:
    """Levels of the buttons, y down, cm: from `first` down to `last` at most, evenly, one of them at the bust level.

    Where the first one already lies at the bust (a deep neckline) they follow one another by `step`.
    """
    if last <= first:
        return (first,)
    above = bust - first
    gap = min(step, last - first)
    if above > step / 2 and bust < last:
        gap = above / max(round(above / step), math.ceil(above / (WIDEST_GAP * step)), 1)
    count = int((last - first) / gap + 1e-6) + 1
    return tuple(first + number * gap for number in range(count))


def button_marks(levels: tuple[float, ...], side: Side, *, size: float) -> tuple[Mark, ...]:
    """Marks at x = 0, y up: upright buttonholes on the left front, which laps over, buttons on the right one."""
    marks = []
    for number, level in enumerate(levels, start=1):
        if side == Side.LEFT:
            half = (size + BUTTONHOLE_EASE) / 2
            marks.append(
                Mark(MarkKind.BUTTONHOLE, f"buttonhole {number}", (line(point(0, half - level), point(0, -half - level)),))
            )
        else:
            marks.append(Mark(MarkKind.BUTTON, f"button {number}", (line(point(-size / 2, -level), point(size / 2, -level)),)))
    return tuple(marks)


def front_marks(design: GarmentDesign, plan: BodicePlan, half: HalfBodice, side: Side) -> tuple[Mark, ...]:
    """The centre line and the buttons or buttonholes of one of two fronts, y up; for a zip nothing."""
    if front_opening(design) != FrontOpening.BUTTONS:
        return ()
    neck, hem = half.neck[0].start, half.bottom.segments[0].start
    centre = Mark(MarkKind.CENTRE, "centre front", (line(point(0, -neck[1]), point(0, -hem[1])),))
    return (centre, *button_marks(front_button_levels(design, plan, half), side, size=button_size(design)))


def button_size(design: GarmentDesign) -> float:
    return JACKET_BUTTON_SIZE if design.garment_type == GarmentType.JACKET else BUTTON_SIZE


def front_button_levels(design: GarmentDesign, plan: BodicePlan, half: HalfBodice) -> tuple[float, ...]:
    """Where the buttons of this front sit, y down. With a collar stand the topmost button sits in the stand."""
    top = edge_top(design, plan, half, button_overlap(design, plan.measures))
    neck, hem = float(top[1]), float(half.bottom.segments[0].start[1])
    jacket = design.garment_type == GarmentType.JACKET
    step = (JACKET_BUTTON_STEP if jacket else BUTTON_STEP) * min(max(plan.scale, 0.7), 1.0)
    first = neck + (0.75 * step if has_collar_stand(design) else button_size(design) / 2 + BELOW_NECK)
    if plan.joins_skirt:
        last = hem - ABOVE_WAIST_SEAM
    else:
        last = hem - (0.2 if design.garment_type == GarmentType.DRESS else 0.14) * (hem - neck)
    return button_levels(first, float(plan.bust_point[1]), last, step=step)
