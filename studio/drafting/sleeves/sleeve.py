"""The set-in sleeve: its cap is solved against the armhole it is sewn into (patterns.md 5.2).

Armhole, cap ease, upper arm and cap height over-determine a sleeve. The armhole and its ease always hold; a wanted cap
height holds while the sleeve stays wide enough for the arm; what gave way is reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.ease import Ease
from studio.drafting.geometry import (
    RIGHT,
    cubic,
    cut_at_length,
    joined,
    line,
    quarter_turn,
    solved,
    total_length,
    unit,
)
from studio.sizing import Measures

WRIST_EASE = 5.0
SHORTEST_UNDERARM = 2.0
HIGHEST_CAP = 0.38
LOWEST_CAP = 0.22
"""Bounds of the cap height as a share of the armhole; the lower one is that of a cap sleeve (patterns.md 5.2)."""
STEEPEST = 1.1
"""How far the underarm seams may lean inwards at the cap, times its height over its width: more would flatten the cap."""


@dataclass(frozen=True, eq=False)
class SleeveDraft:
    """A right sleeve on the table: front at +x, the cap's top at (0, 0), y down. `given_way` says what was changed and why."""

    cap_front: tuple[Curve, ...]  # shoulder notch -> front underarm
    cap_back: tuple[Curve, ...]  # back underarm -> shoulder notch
    underarm_front: Curve  # underarm -> hem
    underarm_back: Curve  # underarm -> hem
    hem: tuple[Curve, ...]  # back -> front
    cap_height: float
    width: float
    front_ease: float
    back_ease: float
    notch_front: Point2  # as far from the underarm on the cap as on the armhole: all ease lies above it
    notch_back: Point2
    given_way: tuple[str, ...]

    @property
    def hem_length(self) -> float:
        return total_length(self.hem)


def cap_curves(height: float, width: float, lean: float = 0.0) -> list[Curve]:
    """Four cubics from the back underarm over the top to the front underarm: level on top, the front more hollow.

    `lean` is the tangent of the angle by which each underarm seam leans inwards: the cap meets it square. The curves turn
    from hollow to round at the pitch points, where both neighbours are straight.
    """
    f, b = 0.48 * width, 0.52 * width
    top, front, back = point(0, 0), point(f, height), point(-b, height)
    front_pitch, back_pitch = point(0.56 * f, 0.56 * height), point(-0.58 * b, 0.50 * height)
    front_way, back_way = unit(point(0.30 * f, 0.52 * height)), unit(point(0.29 * b, -0.50 * height))
    return [
        _bent(back, back_pitch, unit(point(1, -lean)), back_way, 0.55),
        _bent(top, back_pitch, -RIGHT, -back_way, 0.55).reversed(),
        _bent(top, front_pitch, RIGHT, front_way, 0.55),
        _bent(front, front_pitch, unit(point(-1, -lean)), -front_way, 0.55).reversed(),
    ]


def _bent(start: Point2, pitch: Point2, leaving: Point2, arriving: Point2, share: float) -> Curve:
    """A cubic that ends at `pitch` without curvature: its handles meet where the two directions cross."""
    over = leaving[0] * arriving[1] - leaving[1] * arriving[0]
    way = pitch - start
    along = (way[0] * arriving[1] - way[1] * arriving[0]) / over
    crossing = start + along * leaving
    return cubic(start, crossing, pitch + share * (crossing - pitch), pitch)


@dataclass(frozen=True)
class _Underarm:
    """What is known of the sleeve below its cap, cm."""

    length: float
    arm: float
    wrist: float
    hem: float | None

    def at(self, height: float, width: float) -> tuple[float, float, float]:
        """(taper of each side, drop of the underarm seam, y of the hem's middle) below a cap.

        The hem is the arc that is square to both underarm seams, so its ends lie below its middle.
        """
        fall = self.length - height
        if self.hem is None:
            steep = (width - min(self.wrist, width)) / 2 / max(self.arm - height, fall, SHORTEST_UNDERARM)
            steep = min(steep, STEEPEST * height / width)
            bow = math.tan(math.atan(steep) / 2)
            drop = max((fall + bow * width / 2) / (1 + bow * steep), SHORTEST_UNDERARM)
            taper = drop * steep
        else:
            taper, drop = (width - self.hem) / 2, max(fall, SHORTEST_UNDERARM)
            for _ in range(3):
                drop = max(fall + self.hem / 2 * math.tan(math.atan2(taper, drop) / 2), SHORTEST_UNDERARM)
        rise = (width / 2 - taper) * math.tan(math.atan2(taper, drop) / 2)
        return taper, drop, min(max(self.length, 0.45 * height), height + drop - rise)

    def lean(self, height: float, width: float) -> float:
        """Tangent of the angle between the grain and the underarm seams where they leave the cap."""
        taper, drop, _ = self.at(height, width)
        return max(min(taper / drop, STEEPEST * height / width), -STEEPEST * height / width)


def _cap_length(height: float, width: float, below: _Underarm) -> float:
    return total_length(cap_curves(height, width, below.lean(height, width)))


def _solved_cap(measures: Measures, ease: Ease, armhole: float, below: _Underarm) -> tuple[float, float, list[str]]:
    """(cap height, width at the underarm, what gave way)."""
    target = armhole * (1 + ease.cap)
    wished = measures.bicep + ease.bicep
    narrowest = min(wished, 0.9 * target)
    messages: list[str] = []
    if narrowest < wished - 1e-9:
        messages.append(
            f"the armhole of {armhole:.1f} cm is small for an upper arm of {measures.bicep:.1f} cm: the sleeve has "
            f"{narrowest - measures.bicep:+.1f} cm ease there instead of {ease.bicep:.1f}"
        )
    highest = solved(lambda h: _cap_length(h, narrowest, below) - target, 0.05 * target, target, what="the sleeve cap")
    highest = min(highest, HIGHEST_CAP * armhole)
    wanted = measures.cap_height
    usual = max(min(ease.cap_height * armhole, below.length), LOWEST_CAP * armhole)
    height = min(wanted if wanted is not None else usual, highest)
    width = narrowest
    if _cap_length(height, narrowest, below) < target - 1e-6:
        width = solved(lambda w: _cap_length(height, w, below) - target, narrowest, target, what="the sleeve width")
    if wanted is not None:
        messages += _cap_given_way(wanted, highest, narrowest, width, armhole, target, _cap_length(wanted, narrowest, below))
    return height, width, messages


def _cap_given_way(
    wanted: float, highest: float, narrowest: float, width: float, armhole: float, target: float, plain: float
) -> list[str]:
    """What a wanted cap height costs: its own height on a fitted sleeve, or the sleeve's width."""
    ease = target - armhole
    if wanted > highest + 0.05:
        return [
            f"a cap {wanted:.1f} cm high would make the sleeve narrower than {narrowest:.1f} cm (upper arm and ease): "
            f"it is {highest:.1f} cm high, so that it meets the armhole of {armhole:.1f} cm"
        ]
    if width <= narrowest + 1.0:
        return []
    return [
        f"a cap {wanted:.1f} cm high on a sleeve {narrowest:.1f} cm wide (upper arm and ease) measures {plain:.1f} cm, "
        f"{target - plain:.1f} cm short of the armhole ({armhole:.1f} + {ease:.1f} ease): the cap height is kept and the "
        f"sleeve is {width:.1f} cm wide; for the narrow sleeve set the cap height to {highest:.1f} cm"
    ]


def drafted_sleeve(
    measures: Measures,
    ease: Ease,
    *,
    front_armhole: float,
    back_armhole: float,
    notches: tuple[float, float],
    length: float,
    arm: float,
    hem: float | None,
) -> SleeveDraft:
    """A sleeve for these armholes, `length` cm from the shoulder tip; `hem` fixes its width there, else it tapers to the
    wrist at `arm` cm. `notches` is how far the front and the back notch lie from the underarm along the armhole.
    Raises DraftError when no cap meets the armhole."""
    armhole = front_armhole + back_armhole
    below = _Underarm(length, arm, measures.wrist + WRIST_EASE, hem)
    height, width, messages = _solved_cap(measures, ease, armhole, below)
    taper, drop, middle = below.at(height, width)
    lean = below.lean(height, width)
    curves = cap_curves(height, width, lean)
    back_ease = (total_length(curves) - armhole) * back_armhole / armhole
    cap_back, cap_front = cut_at_length(curves, back_armhole + back_ease)
    if length < 0.45 * height:
        messages.append(f"a sleeve {length:.1f} cm long would end inside its {height:.1f} cm cap: it is {middle:.1f} cm long")
    front, back = point(0.48 * width, height), point(-0.52 * width, height)
    underarm_front = _underarm(front, front + point(-taper, drop), unit(point(-lean, 1)))
    underarm_back = _underarm(back, back + point(taper, drop), unit(point(lean, 1)))
    return SleeveDraft(
        cap_front=tuple(cap_front),
        cap_back=tuple(cap_back),
        underarm_front=underarm_front,
        underarm_back=underarm_back,
        hem=_hem(underarm_back, underarm_front, middle),
        cap_height=height,
        width=width,
        front_ease=total_length(cap_front) - front_armhole,
        back_ease=back_ease,
        notch_front=cut_at_length([curve.reversed() for curve in reversed(curves)], notches[0])[1][0].start,
        notch_back=cut_at_length(curves, notches[1])[1][0].start,
        given_way=tuple(messages),
    )


def _underarm(start: Point2, end: Point2, leaving: Point2) -> Curve:
    """The underarm seam: straight, or curved where it leans too much to leave the cap in that direction."""
    chord = unit(end - start)
    return line(start, end) if math.dist(chord, leaving) < 1e-9 else joined(start, end, leaving=leaving, arriving=chord)


def _hem(back: Curve, front: Curve, level: float) -> tuple[Curve, ...]:
    """Back -> front, square to both underarm seams and level at the middle."""
    start, end = back.end, front.end
    middle = point((start[0] + end[0]) / 2, level)
    return (
        joined(start, middle, leaving=quarter_turn(back.tangent(1)), arriving=RIGHT, fullness=0.34),
        joined(middle, end, leaving=RIGHT, arriving=quarter_turn(front.tangent(1)), fullness=0.34),
    )
