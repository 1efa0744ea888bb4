"""The tailored front: lapel, gorge and roll line, and the collar drafted onto them (patterns.md 5.7, "collar on break line").

The lapel is laid out along the roll line as if it were unfolded. The collar is drafted over the front so that it abuts the
front along neck and gorge: their lengths agree by construction, and the back neck is laid on beyond the shoulder.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.curves import Curve
from studio.design import GarmentDesign
from studio.drafting.choices import drawn_collar
from studio.drafting.geometry import DOWN, cubic, joined, line, solved, turned, unit
from studio.drafting.neck.collar import collar_height
from studio.drafting.pieces import Run
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.front_opening import JACKET_BUTTON_SIZE, button_overlap
from studio.pattern import Finish, Mark, MarkKind, Side
from studio.vocabulary import Collar

BEYOND_CENTRE = 0.3
"""A buttonhole begins this far beyond the centre front, towards the edge, for the shank of the button."""
BREAK_ABOVE_WAIST = 2.0
SHORTEST_BELOW_BREAK = 14.0
"""Least length of front edge under the lapel, for two buttons: on a cropped jacket the lapel breaks higher up."""
ROLL_BEYOND_NECK = 2.0
"""How far the roll line passes the shoulder neck point: the height of the collar's stand there."""
LONGEST_NOTCH = 3.8
BUTTON_BELOW_BREAK = 1.2
LAPEL_SHARE = 0.195
"""Width of the lapel, square to the roll line, as a share of the shoulder width: 8 cm on 41 cm."""
GORGE_ANGLE = math.radians(70)
"""Between roll line and gorge on the unfolded lapel; worn, the gorge falls some 25 degrees outwards."""
NOTCH_ANGLE = math.radians(68)
"""How wide the notch between lapel and collar opens."""
STAND_SHARE = 0.4
"""Of the collar's whole height at the centre back; the fall takes the rest and covers the seam."""
COLLAR_SPRING = (1 - 2 * STAND_SHARE) * math.radians(72)
"""How far the collar bends from the shoulder to the centre back: the back neck turns through 72 degrees there, and the outer
edge lies further out by as much as the fall is higher than the stand."""
_SQUARE = math.pi / 2


@dataclass(frozen=True, eq=False)
class Lapel:
    """The front edges of a tailored left front, from the shoulder to the hem, x from the centre front, y down."""

    neck: tuple[Curve, ...]  # shoulder neck point -> notch: what the collar is sewn to
    top: Curve  # notch -> lapel point
    edge: Curve  # lapel point -> break point
    front_edge: Curve  # break point -> hem
    roll: Curve  # where it crosses the neck -> break point
    roll_way: Point2  # unit direction of the roll line, downwards
    gorge_way: Point2  # unit direction of the gorge, outwards
    overlap: float  # of the front edge beyond the centre front, cm
    buttons: tuple[float, ...]  # levels of the buttons

    @property
    def notch(self) -> Point2:
        return self.top.start

    @property
    def lapel_point(self) -> Point2:
        return self.top.end

    @property
    def break_point(self) -> Point2:
        return self.front_edge.start

    @property
    def neck_center(self) -> Point2:
        """Where the line of the gorge meets the centre front."""
        rise = self.gorge_way[1] / self.gorge_way[0]
        return point(0.0, self.notch[1] - rise * self.notch[0])

    @property
    def landmarks(self) -> dict[str, Point2]:
        """What the lapel adds to the landmarks of a front, and the centre of its neck."""
        names = ("neck_center", "break_point", "lapel_point", "notch")
        return dict(zip(names, (self.neck_center, self.break_point, self.lapel_point, self.notch), strict=True))


def has_lapel(design: GarmentDesign) -> bool:
    """Whether the fronts turn over into lapels."""
    return drawn_collar(design) == Collar.NOTCHED


def drafted_lapel(design: GarmentDesign, plan: BodicePlan, half: HalfBodice) -> Lapel:
    """The lapel of a jacket front: it breaks just above the waist and rolls past the shoulder neck point by a collar stand."""
    overlap = button_overlap(design, plan.measures)
    scale, corner = plan.scale, half.shoulder.start
    along = half.shoulder.tangent(0)
    low = float(half.bottom.segments[0].start[1])
    level = max(min(half.waist_level - BREAK_ABOVE_WAIST, low - SHORTEST_BELOW_BREAK * scale), 0.55 * low)
    break_point = point(-overlap, level)
    top = corner - min(ROLL_BEYOND_NECK * scale, 0.35 * corner[0]) * along
    way = unit(break_point - top)
    rolled = math.dist(top, break_point)
    width = min(LAPEL_SHARE * plan.measures.shoulder_width, 0.3 * rolled)
    start = top + min(max(0.7 * plan.measures.neckline_depth, 4.0 * scale), 0.3 * rolled) * way
    gorge, reach = turned(way, GORGE_ANGLE), width / math.sin(GORGE_ANGLE)
    step = min(LONGEST_NOTCH * math.sqrt(scale), 0.46 * reach)
    notch, tip = start + (reach - step) * gorge, start + reach * gorge
    bend = start + 0.3 * (reach - step) * gorge
    hollow = joined(corner, bend, leaving=turned(along, _SQUARE), arriving=gorge, fullness=0.42)
    fall = math.dist(tip, break_point)
    belly = tip + 0.36 * fall * turned(unit(break_point - tip), math.radians(6))
    return Lapel(
        neck=(hollow, line(bend, notch)),
        top=line(notch, tip),
        edge=cubic(tip, belly, break_point - 0.2 * fall * DOWN, break_point),
        front_edge=line(break_point, point(-overlap, low)),
        roll=line(_crossing(hollow, break_point, way), break_point),
        roll_way=way,
        gorge_way=gorge,
        overlap=overlap,
        buttons=_button_levels(level, low, scale),
    )


def _crossing(curve: Curve, place: Point2, way: Point2) -> Point2:
    """Where a curve crosses the straight line through `place` along `way`."""
    across = turned(way, _SQUARE)
    at = solved(lambda t: float((curve.at(np.array([t]))[0] - place) @ across), 0.0, 1.0, what="the roll line")
    return curve.split(at)[0].end


def _button_levels(break_level: float, low: float, scale: float) -> tuple[float, ...]:
    """Three buttons on a long jacket, two on a usual one, one where there is no room for more."""
    first = break_level + BUTTON_BELOW_BREAK
    room = low - first - 4.0 * scale
    count = 3 if room > 28.0 * scale else 2 if room > 4.5 * scale else 1
    apart = min(10.0 * scale, room / max(count - 1, 1))
    return tuple(first + number * apart for number in range(count))


def lapel_runs(lapel: Lapel, half_runs: Sequence[Run]) -> list[Run]:
    """A front's runs (hem first, neck last) with the lapel in place of its neck and centre edge."""
    (name, hem, finish), *rest = half_runs
    low = lapel.front_edge.end
    kept = [run for run in rest if run[0] != "neck"]
    to_centre = [line(low, hem[0].start)] if lapel.overlap else []
    return [
        (name, [*to_centre, *hem], finish),
        *kept,
        ("neck", lapel.neck, Finish.SEAM),
        ("lapel_top", [lapel.top], Finish.SEAM),
        ("lapel", [lapel.edge], Finish.SEAM),
        ("front_edge", [lapel.front_edge], Finish.OPENING),
    ]


def lapel_marks(lapel: Lapel, side: Side) -> tuple[Mark, ...]:
    """Roll line, centre front, and buttonholes (left) or buttons (right) for one front, on the y-down table of a left one."""
    low = float(lapel.front_edge.end[1])
    marks = [Mark(MarkKind.ROLL, "roll line", (lapel.roll,))]
    if lapel.overlap:
        marks.append(Mark(MarkKind.CENTRE, "centre front", (line(lapel.neck_center, point(0, low)),)))
        kind = MarkKind.BUTTONHOLE if side == Side.LEFT else MarkKind.BUTTON
        size = min(JACKET_BUTTON_SIZE, 0.9 * lapel.overlap)
        ends = (-BEYOND_CENTRE, size) if side == Side.LEFT else (-size / 2, size / 2)
        for number, level in enumerate(lapel.buttons, start=1):
            marks.append(Mark(kind, f"{kind} {number}", (line(*(point(x, level) for x in ends)),)))
    return tuple(marks)


@dataclass(frozen=True, eq=False)
class NotchedCollar:
    """Half a tailored collar, centre back at x = 0, neck edge below, y down."""

    neck: tuple[Curve, ...]  # centre back -> notch
    front: Curve  # notch -> collar point
    outer: Curve  # collar point -> centre back
    roll: Curve  # centre back -> neck edge


def notched_collar(lapel: Lapel, back_neck: float, *, height: float) -> NotchedCollar:
    """The collar for a lapel: stand and fall in one piece, for a body of that height.

    Its neck edge is the front's own neck edge and `back_neck` cm beyond the shoulder. Raises DraftError if that cannot be laid.
    """
    corner, whole = lapel.neck[0].start, collar_height(height)
    leaving = -lapel.neck[0].tangent(0)
    upwards = turned(leaving, COLLAR_SPRING)
    chord = unit(leaving + upwards)

    def behind(reach: float) -> Curve:
        return joined(corner, corner + reach * chord, leaving=leaving, arriving=upwards)

    nape = behind(solved(lambda r: behind(r).length - back_neck, 0.5 * back_neck, back_neck, what="the collar"))
    centre, out = nape.end, turned(upwards, -_SQUARE)
    edge, turn = centre + whole * out, centre + STAND_SHARE * whole * out
    tip = lapel.notch + 0.9 * lapel.top.length * turned(lapel.gorge_way, NOTCH_ANGLE)
    spread = turned(unit(tip - edge), math.radians(4))
    laid: list[Curve] = [
        nape,
        line(tip, lapel.notch),
        joined(edge, tip, leaving=-upwards, arriving=spread, fullness=0.33),
        joined(turn, lapel.roll.start, leaving=-upwards, arriving=lapel.roll_way, fullness=0.36),
        *lapel.neck,
    ]
    flat: Points2 = np.stack((-upwards, -out))
    placed = [curve.mapped(flat, -flat @ centre) for curve in laid]
    return NotchedCollar((placed[0].reversed(), *placed[4:]), placed[1].reversed(), placed[2].reversed(), placed[3])
