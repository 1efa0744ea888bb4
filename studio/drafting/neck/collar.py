"""Collars: their neck edge is solved to the neckline or the stand that they are sewn to (patterns.md 5.3).

Every half is drawn with the centre at x = 0 and the neck edge at the bottom, y down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.geometry import RIGHT, cubic, joined, line, quarter_turn, solved, unit

TURTLENECK_STRETCH = 0.88
"""Length of a knitted turtleneck as a share of the neckline it is stretched onto."""
STAND_HEIGHT = 3.1
BAND_COLLAR_HEIGHT = 3.6
FALL_BEYOND_STAND = 1.3
"""How much higher the fall is than the stand at the centre back, so that it covers the neck seam."""


@dataclass(frozen=True, eq=False)
class HalfCollar:
    """Half a collar, centre back at x = 0, neck edge at the bottom, y down."""

    neck: Curve  # centre back -> front
    front: tuple[Curve, ...]  # neck edge -> outer edge
    outer: Curve  # front -> centre back


@dataclass(frozen=True, eq=False)
class HalfStand:
    """Half a collar stand, centre back at x = 0: its neck edge curves up to the front, which ends beyond the centre front."""

    neck: tuple[Curve, ...]  # centre back -> centre front -> end of the button overlap
    front: tuple[Curve, ...]  # neck edge -> round to the top
    top: Curve  # front -> centre back
    centre_front: Curve  # neck edge -> top, at the centre front
    along: Point2  # unit direction of the neck edge at the centre front

    @property
    def button_place(self) -> Point2:
        """The middle of the centre front line."""
        return (self.centre_front.start + self.centre_front.end) / 2


def shirt_collar(neck_half: float, *, height: float) -> HalfCollar:
    """A one-piece convertible collar: the neck edge curves up towards the front, the point reaches beyond it."""
    lift = 0.09 * neck_half

    def neck(reach: float) -> Curve:
        return cubic(point(0, 0), point(0.40 * reach, 0), point(0.72 * reach, -0.3 * lift), point(reach, -lift))

    reach = solved(lambda x: neck(x).length - neck_half, 0.7 * neck_half, 1.02 * neck_half, what="the collar")
    edge = neck(reach)
    tip = edge.end + point(0.22 * height, -1.08 * height)
    outer = joined(tip, point(0, -height), leaving=point(-0.98, 0.2), arriving=-RIGHT, fullness=0.3)
    return HalfCollar(edge, (line(edge.end, tip),), outer)


def collar_stand(neck_half: float, *, overlap: float, height: float, rounded_top: bool) -> HalfStand:
    """A stand whose neck edge measures `neck_half` to the centre front and `overlap` cm beyond it, all in cm.

    It curves up 1 to 1.5 cm to the centre front, where it is a tenth lower than behind. With an overlap its end is
    rounded up to the centre front, where the fall begins; without one it ends there upright, or with a `rounded_top`
    where no fall is sewn on.
    """
    lift = min(max(0.07 * neck_half, 1.0), 1.5)

    def neck(reach: float) -> Curve:
        return cubic(point(0, 0), point(0.42 * reach, 0), point(0.74 * reach, -0.34 * lift), point(reach, -lift))

    reach = solved(lambda x: neck(x).length - neck_half, 0.7 * neck_half, 1.02 * neck_half, what="the collar stand")
    edge = neck(reach)
    way = edge.tangent(1)
    up, tall = quarter_turn(way), 0.9 * height
    end, top = edge.end + overlap * way, edge.end + tall * up
    start = top - (0.5 * tall if rounded_top and not overlap else 0.0) * way
    width = float((end - start) @ way)
    corner = end + (tall - min(1.15 * width, 0.75 * tall)) * up
    straight = line(end, corner)
    front = (straight, joined(corner, start, leaving=up, arriving=-way, fullness=0.4)) if width > 1e-6 else (straight,)
    return HalfStand(
        neck=(edge, line(edge.end, end)) if overlap else (edge,),
        front=front,
        top=joined(start, point(0, -height), leaving=-way, arriving=-RIGHT, fullness=0.36),
        centre_front=line(edge.end, top),
        along=way,
    )


def fall(top_half: float, *, height: float) -> HalfCollar:
    """The fall of a shirt collar: its neck edge measures `top_half`, the half top of its stand, and curves the other way.

    So its outer edge is long enough to lie over stand and shoulder; the point reaches out and down when worn.
    """
    drop = 0.075 * top_half

    def neck(reach: float) -> Curve:
        return cubic(point(0, 0), point(0.40 * reach, 0), point(0.72 * reach, 0.32 * drop), point(reach, drop))

    reach = solved(lambda x: neck(x).length - top_half, 0.7 * top_half, 1.02 * top_half, what="the collar")
    edge = neck(reach)
    way = edge.tangent(1)
    tip = edge.end + 1.5 * height * unit(quarter_turn(way) + 0.30 * way)
    outer = joined(tip, point(0, -height), leaving=unit(point(-1.0, 0.10)), arriving=-RIGHT, fullness=0.36)
    return HalfCollar(edge, (line(edge.end, tip),), outer)


def folded_band(half: float, *, height: float, mitre: float = 0.0) -> HalfCollar:
    """A straight strip of half length `half`, folded along its middle: twice `height` high.

    `mitre` is how much shorter it is along the fold than along its edges at each end, cm: the ends of a V neck.
    """
    corner, fold, top = point(half, 0), point(half - mitre, -height), point(half, -2 * height)
    ends = (line(corner, fold), line(fold, top)) if mitre else (line(corner, top),)
    return HalfCollar(line(point(0, 0), corner), ends, line(top, point(0, -2 * height)))


def collar_height(height: float) -> float:
    """Usual collar height, cm, for a body height."""
    return 7.0 * math.sqrt(min(height / 170.0, 1.2))


def stand_height(height: float, *, alone: bool) -> float:
    """Usual height of a collar stand at the centre back, cm, for a body height; `alone` it is a band collar."""
    return (BAND_COLLAR_HEIGHT if alone else STAND_HEIGHT) * math.sqrt(min(height / 170.0, 1.15))
