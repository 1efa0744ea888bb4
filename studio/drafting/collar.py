"""Collars and hoods: their neck edge is solved to the neckline they are sewn to (patterns.md 5.3, 5.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.geometry import DOWN, RIGHT, cubic, joined, line, solved

TURTLENECK_STRETCH = 0.88
"""Length of a knitted turtleneck as a share of the neckline it is stretched onto."""


@dataclass(frozen=True, eq=False)
class HalfCollar:
    """Half a collar, centre back at x = 0, neck edge at the bottom, y down."""

    neck: Curve  # centre back -> front
    front: tuple[Curve, ...]  # neck edge -> outer edge
    outer: Curve  # front -> centre back


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


def turtleneck(neck_half: float, *, height: float) -> HalfCollar:
    """A straight tube, folded in half when worn: twice `height` high, shorter than the neckline it is stretched onto."""
    length = TURTLENECK_STRETCH * neck_half
    corner, top = point(length, 0), point(length, -2 * height)
    return HalfCollar(line(point(0, 0), corner), (line(corner, top),), line(top, point(0, -2 * height)))


@dataclass(frozen=True, eq=False)
class HoodDraft:
    """One panel of a two-panel hood, front at +x, y down, the centre back of the neck at (0, 0)."""

    neck: tuple[Curve, ...]  # centre back -> centre front
    front: Curve  # neck -> crown
    centre: tuple[Curve, ...]  # front top -> over the crown -> centre back of the neck
    crown: Point2


def hood(neck_half: float, *, head: float, height: float) -> HoodDraft:
    """A hood panel whose neck edge measures `neck_half`; `height` from neck to crown; depth head/4 + 9.5 (patterns.md 5.4)."""
    rise = 0.085 * height
    depth = max(head / 4 + 9.5, 0.62 * neck_half + 4)

    def neck(reach: float) -> Curve:
        return cubic(point(0, 0), point(0.30 * reach, 0), point(0.62 * reach, rise + 1.0), point(reach, rise))

    reach = solved(lambda x: neck(x).length - neck_half, 0.5 * neck_half, 1.05 * neck_half, what="the hood")
    edge = neck(reach)
    top = point(max(depth - 2.0, 0.82 * reach), -height)
    far, bend = -0.06 * depth, point(-0.06 * depth, -0.52 * height)
    crown = cubic(top, point(0.42 * top[0], -height), point(far, -0.95 * height), bend)
    back = cubic(bend, bend + 0.25 * height * DOWN, point(0, -0.16 * height), point(0, 0))
    return HoodDraft((edge,), line(edge.end, top), (crown, back), crown.at(np.array([0.35]))[0])


def hood_height(head: float) -> float:
    """Height of the hood panel, cm: 33 to 36 on adults, in proportion to the head on children."""
    return max(0.61 * head, 24.0)


def collar_height(height: float) -> float:
    """Usual collar height, cm, for a body height."""
    return 7.0 * math.sqrt(min(height / 170.0, 1.2))
