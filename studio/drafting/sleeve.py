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
from studio.drafting.geometry import RIGHT, cut_at_length, joined, line, quarter_turn, solved, total_length, unit
from studio.sizing import Measures

WRIST_EASE = 5.0
SHORTEST_UNDERARM = 2.0


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
    given_way: tuple[str, ...]

    @property
    def hem_length(self) -> float:
        return total_length(self.hem)


def cap_curves(height: float, width: float) -> list[Curve]:
    """Four cubics from the back underarm over the top to the front underarm: level on top, the front more hollow."""
    f, b = 0.48 * width, 0.52 * width
    top, front, back = point(0, 0), point(f, height), point(-b, height)
    front_pitch, back_pitch = point(0.56 * f, 0.56 * height), point(-0.58 * b, 0.50 * height)
    front_way, back_way = unit(point(0.30 * f, 0.52 * height)), unit(point(0.34 * b, -0.46 * height))
    return [
        joined(back, back_pitch, leaving=RIGHT, arriving=back_way, fullness=0.36),
        joined(back_pitch, top, leaving=back_way, arriving=RIGHT, fullness=0.40),
        joined(top, front_pitch, leaving=RIGHT, arriving=front_way, fullness=0.40),
        joined(front_pitch, front, leaving=front_way, arriving=RIGHT, fullness=0.36),
    ]


def _cap_length(height: float, width: float) -> float:
    return total_length(cap_curves(height, width))


def _solved_cap(measures: Measures, ease: Ease, armhole: float) -> tuple[float, float, list[str]]:
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
    highest = solved(lambda h: _cap_length(h, narrowest) - target, 0.0, target, what="the sleeve cap")
    wanted = measures.cap_height
    height = min(wanted if wanted is not None else ease.cap_height * armhole, highest)
    width = narrowest
    if height < highest:
        width = solved(lambda w: _cap_length(height, w) - target, narrowest, target, what="the sleeve width")
    if wanted is not None:
        messages += _cap_given_way(wanted, highest, narrowest, width, armhole, target)
    return height, width, messages


def _cap_given_way(wanted: float, highest: float, narrowest: float, width: float, armhole: float, target: float) -> list[str]:
    """What a wanted cap height costs: its own height on a fitted sleeve, or the sleeve's width."""
    ease = target - armhole
    if wanted > highest + 0.05:
        return [
            f"a cap {wanted:.1f} cm high would make the sleeve narrower than {narrowest:.1f} cm (upper arm and ease): "
            f"it is {highest:.1f} cm high, so that it meets the armhole of {armhole:.1f} cm"
        ]
    if width <= narrowest + 0.5:
        return []
    plain = _cap_length(wanted, narrowest)
    return [
        f"a cap {wanted:.1f} cm high on a sleeve {narrowest:.1f} cm wide (upper arm and ease) measures {plain:.1f} cm, "
        f"{target - plain:.1f} cm short of the armhole ({armhole:.1f} + {ease:.1f} ease): the cap height is kept and the "
        f"sleeve is {width:.1f} cm wide; for the narrow sleeve set the cap height to {highest:.1f} cm"
    ]


def drafted_sleeve(
    measures: Measures, ease: Ease, *, front_armhole: float, back_armhole: float, length: float, arm: float, hem: float | None
) -> SleeveDraft:
    """A sleeve for these armholes, `length` cm from the shoulder tip; `hem` fixes its width there, else it tapers to the
    wrist at `arm` cm. Raises DraftError when no cap meets the armhole."""
    armhole = front_armhole + back_armhole
    height, width, messages = _solved_cap(measures, ease, armhole)
    curves = cap_curves(height, width)
    full = total_length(curves)
    cap_ease = full - armhole
    back_ease = cap_ease * back_armhole / armhole
    cap_back, cap_front = cut_at_length(curves, back_armhole + back_ease)
    drop = length - height
    if drop < SHORTEST_UNDERARM:
        drop = SHORTEST_UNDERARM
        shortest = 0.45 * height
        if length < shortest:
            messages.append(
                f"a sleeve {length:.1f} cm long would end inside its {height:.1f} cm cap: it is {shortest:.1f} cm long"
            )
            length = shortest
    if hem is None:
        wrist = measures.wrist + WRIST_EASE
        hem = width + (min(wrist, width) - width) * min(drop / max(arm - height, drop), 1.0)
    taper = (width - hem) / 2
    front, back = point(0.48 * width, height), point(-0.52 * width, height)
    front_end, back_end = front + point(-taper, drop), back + point(taper, drop)
    return SleeveDraft(
        cap_front=tuple(cap_front),
        cap_back=tuple(cap_back),
        underarm_front=line(front, front_end),
        underarm_back=line(back, back_end),
        hem=_hem(back_end, front_end, max(length, 0.0), unit(back_end - back), unit(front_end - front)),
        cap_height=height,
        width=width,
        front_ease=total_length(cap_front) - front_armhole,
        back_ease=back_ease,
        given_way=tuple(messages),
    )


def _hem(back: Point2, front: Point2, level: float, back_way: Point2, front_way: Point2) -> tuple[Curve, ...]:
    """Back -> front, square to both underarm seams and level at the middle."""
    middle = point((back[0] + front[0]) / 2, max(level, back[1] - 0.25 * math.dist(back, front)))
    leave, arrive = quarter_turn(back_way), quarter_turn(front_way)
    leave = leave if leave[0] > 0 else -leave
    arrive = arrive if arrive[0] > 0 else -arrive
    return (
        joined(back, middle, leaving=leave, arriving=RIGHT, fullness=0.3),
        joined(middle, front, leaving=RIGHT, arriving=arrive, fullness=0.3),
    )
