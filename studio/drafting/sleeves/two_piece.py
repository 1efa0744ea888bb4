"""The tailored sleeve of two pieces, made from a one-piece sleeve whose cap is solved already (patterns.md 5.7).

Two seams are laid through the cap, beyond the folds of the sleeve laid flat, so that they hide under the arm. What lies
between them over the shoulder is the upper piece; the rest, closed along the old underarm seam, the lower one. Both bend
forward at the elbow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.curves import Curve
from studio.drafting.draft import PAIR, BodiceRuns, Draft, refs
from studio.drafting.geometry import (
    DOWN,
    RIGHT,
    cubic,
    cut_at_length,
    joined,
    quarter_turn,
    shifted,
    solved,
    total_length,
    turned,
    unit,
)
from studio.drafting.pieces import Run, single_piece
from studio.drafting.sleeves.sleeve import WRIST_EASE, SleeveDraft
from studio.pattern import Finish, Piece, Role, Seam, SeamKind, Side
from studio.sizing import Measures

FRONT_SHIFT, BACK_SHIFT = 0.07, 0.055
"""How far the seams lie beyond the folds at the cap, as a share of the sleeve's width: 2.5 and 2 cm on 36 cm."""
WRIST_SHIFT = 1.0
"""The same for the front seam at the hem; the back seam runs out to the fold there."""
FORWARD = 1.8
"""How far the wrist hangs in front of the upper arm."""
ELBOW = 0.57
"""Of the arm, from the shoulder tip."""
JACKET_WRIST = 2.5
"""A jacket's sleeve end is wider than a shirt's by this much, cm."""
ELBOW_EASE = 0.3
"""The upper back seam is longer than the lower one and eased in over the elbow, cm."""


SHORTEST_DROP = 0.3
"""Least length below the underarm, as a share of the sleeve's width: a shorter sleeve has no elbow to shape."""


@dataclass(frozen=True, eq=False)
class SleevePart:
    """The upper or lower piece of a right sleeve, y down, underarm level as on the one-piece sleeve."""

    cap: tuple[tuple[str, tuple[Curve, ...]], ...]  # its named edges over the top, left to right
    front_seam: tuple[Curve, ...]  # cap -> hem
    back_seam: tuple[Curve, ...]  # cap -> hem
    hem: Curve  # right end -> left end
    underarm_level: float
    front_is_right: bool


def untapered(measures: Measures) -> Measures:
    """Measures for the one-piece sleeve that a tailored one is made from: it hangs straight, so that its cap lies level where
    the two pieces part from it. Their seams do the tapering."""
    return replace(measures, wrist=math.inf)


def two_piece_sleeves(draft: SleeveDraft, runs: BodiceRuns, *, wrist: float, arm: float, scale: float) -> Draft:
    """Both tailored sleeves and their seams, from an untapered sleeve.

    `wrist` is the body's girth, `arm` the length from shoulder tip to wrist, `scale` the body's of lengths. Raises DraftError
    where the seams of the two pieces cannot be made equal.
    """
    upper, lower = tailored_sleeve(draft, wrist=wrist, arm=arm, scale=scale)
    parts = [piece for side in PAIR for piece in _pieces(side, draft, upper, lower)]
    seams = [seam for side in PAIR for seam in _seams(side, draft, runs, _back_ease(scale))]
    return Draft(tuple(parts), tuple(seams))


def is_long_enough(draft: SleeveDraft) -> bool:
    """Whether a sleeve reaches far enough below the underarm to be cut in two pieces."""
    return float(draft.underarm_front.end[1]) - draft.cap_height >= SHORTEST_DROP * draft.width


def _back_ease(scale: float) -> float:
    return ELBOW_EASE * min(scale, 1.0)


def tailored_sleeve(draft: SleeveDraft, *, wrist: float, arm: float, scale: float) -> tuple[SleevePart, SleevePart]:
    """(upper, lower) piece of a right sleeve; the upper one in the coordinates of the one-piece sleeve, in the lower one
    x = 0 is where the underarm seam was. Their caps together are the one-piece cap, cut."""
    frame = _frame(draft, wrist=wrist, arm=arm, scale=scale)
    f, b = float(draft.underarm_front.start[0]), -float(draft.underarm_back.start[0])
    at_front, under_front = _cut_at_x(draft.cap_front, 0.5 * f + FRONT_SHIFT * draft.width)
    under_back, at_back = _cut_at_x(draft.cap_back, -0.5 * b - BACK_SHIFT * draft.width)
    fronts, backs = [shifted(curve, -f, 0) for curve in under_front], [shifted(curve, b, 0) for curve in under_back]
    low = draft.cap_height + draft.underarm_front.length

    across = turned(RIGHT, -frame.tilt)
    middle = point((f - b) / 4 + frame.forward, low)
    front_seam = _seam(at_front[-1].end, middle + (frame.half / 2 + frame.shift) * across, frame.elbow, -frame.hollow)
    back_seam = _seam(at_back[0].start, middle - frame.half / 2 * across, frame.elbow, -frame.bulge)
    caps = (("cap_back", tuple(at_back)), ("cap_front", tuple(at_front)))
    upper = SleevePart(caps, front_seam, back_seam, _hem(front_seam[-1], back_seam[-1]), draft.cap_height, True)

    across, way = turned(RIGHT, frame.tilt), turned(DOWN, frame.tilt)
    middle = point((b - f) / 4 - frame.forward, low)
    start, end = fronts[0].start, middle - (frame.half / 2 - frame.shift) * across
    front_seam = _of_length(total_length(upper.front_seam), start, end, frame.elbow, frame.hollow, way)
    start, end = backs[-1].end, middle + frame.half / 2 * across
    shorter = total_length(upper.back_seam) - _back_ease(scale)
    back_seam = _of_length(shorter, start, end, frame.elbow, 0.5 * frame.bulge, way)
    caps = (("cap_front", tuple(fronts)), ("cap_back", tuple(backs)))
    return upper, SleevePart(caps, front_seam, back_seam, _hem(back_seam[-1], front_seam[-1]), draft.cap_height, False)


@dataclass(frozen=True)
class _Frame:
    """How the sleeve bends and tapers, cm; a sleeve that ends above the wrist does so in proportion."""

    elbow: float  # its level
    forward: float  # of the hem's middle
    tilt: float  # of the hem, radians
    half: float  # width of the hem
    shift: float  # of the front seam at the hem
    hollow: float  # of the front seams at the elbow
    bulge: float  # of the upper back seam there


def _frame(draft: SleeveDraft, *, wrist: float, arm: float, scale: float) -> _Frame:
    level, drop = draft.cap_height, draft.underarm_front.length
    elbow = min(max(ELBOW * arm, level + 0.25 * drop), level + 0.6 * drop)
    bend = min((level + drop - elbow) / max(arm - ELBOW * arm, 1.0), 1.0)
    narrowest = min(wrist + WRIST_EASE + JACKET_WRIST * scale, draft.width)
    around = draft.width - (draft.width - narrowest) * min(drop / max(arm - level, 1.0), 1.0)
    forward = FORWARD * scale * bend
    return _Frame(
        elbow=elbow,
        forward=forward,
        tilt=1.5 * math.atan2(forward, level + drop - elbow),
        half=around / 2,
        shift=min(WRIST_SHIFT * scale, 0.1 * around),
        hollow=0.7 * scale * bend,
        bulge=1.1 * scale * bend,
    )


def _cut_at_x(curves: Sequence[Curve], x: float) -> tuple[list[Curve], list[Curve]]:
    """A run of curves that goes from left to right, cut where it passes `x`."""
    before = 0.0
    for curve in curves:
        if curve.end[0] >= x:

            def beyond(parameter: float, curve: Curve = curve) -> float:
                return float(curve.at(np.array([parameter]))[0, 0]) - x

            return cut_at_length(curves, before + curve.split(solved(beyond, 0.0, 1.0, what="the sleeve seam"))[0].length)
        before += curve.length
    return list(curves), []


def _seam(cap: Point2, hem: Point2, elbow: float, outwards: float) -> tuple[Curve, ...]:
    """A sleeve seam from cap to hem, upright at the cap, `outwards` cm to the right of the straight line at the elbow's level."""
    share = (elbow - cap[1]) / (hem[1] - cap[1])
    at_elbow = cap + share * (hem - cap) + point(outwards, 0)
    way = unit(hem - cap)
    return (
        joined(cap, at_elbow, leaving=DOWN, arriving=way, fullness=0.33),
        joined(at_elbow, hem, leaving=way, arriving=unit(hem - at_elbow), fullness=0.33),
    )


def _of_length(length: float, cap: Point2, hem: Point2, elbow: float, outwards: float, way: Point2) -> tuple[Curve, ...]:
    """A sleeve seam of exactly `length`: its end at the hem moves along `way`."""

    def ending(by: float) -> tuple[Curve, ...]:
        return _seam(cap, hem + by * way, elbow, outwards)

    span = 0.8 * (hem[1] - elbow)
    return ending(solved(lambda by: total_length(ending(by)) - length, -span, span, what="the sleeve seam"))


def _hem(right: Curve, left: Curve) -> Curve:
    """From the right seam's end to the left one's, square to both."""
    leaving, arriving = -quarter_turn(right.tangent(1)), -quarter_turn(left.tangent(1))
    handle = 0.33 * math.dist(right.end, left.end)
    return cubic(right.end, right.end + handle * leaving, left.end - handle * arriving, left.end)


def _pieces(side: Side, draft: SleeveDraft, upper: SleevePart, lower: SleevePart) -> tuple[Piece, Piece]:
    low = float(draft.hem[0].end[1])
    level = draft.cap_height
    tops = {"cap_top": draft.cap_front[0].start}
    upper_grain = np.array(((0.0, 0.25 * low), (0.0, 0.85 * low)))
    lower_grain = np.array(((0.0, level + 0.1 * (low - level)), (0.0, level + 0.85 * (low - level))))
    return (
        _piece(f"sleeve_{side}", Role.SLEEVE, side, upper, tops, upper_grain),
        _piece(f"under_sleeve_{side}", Role.UNDER_SLEEVE, side, lower, {"underarm": point(0, level)}, lower_grain),
    )


def _piece(name: str, role: Role, side: Side, part: SleevePart, marks: dict[str, Point2], grain: Points2) -> Piece:
    front: Run = ("front_seam", part.front_seam, Finish.SEAM)
    back: Run = ("back_seam", part.back_seam, Finish.SEAM)
    right, left = (front, back) if part.front_is_right else (back, front)
    runs: list[Run] = [
        *((edge, curves, Finish.SEAM) for edge, curves in part.cap),
        right,
        ("hem", [part.hem], Finish.HEM),
        (left[0], [curve.reversed() for curve in reversed(left[1])], Finish.SEAM),
    ]
    landmarks = {
        **marks,
        "underarm_front": _at_level(part.front_seam, part.underarm_level),
        "underarm_back": _at_level(part.back_seam, part.underarm_level),
        "hem_front": part.front_seam[-1].end,
        "hem_back": part.back_seam[-1].end,
        "hem_center": part.hem.split(0.5)[0].end,
    }
    return single_piece(name, role, side, runs, landmarks=landmarks, grain=grain, turned_over=side == Side.LEFT)


def _at_level(seam: Sequence[Curve], level: float) -> Point2:
    """Where a downward seam passes a level; its upper end if it starts below."""
    for curve in seam:
        if curve.start[1] <= level <= curve.end[1]:

            def below(parameter: float, curve: Curve = curve) -> float:
                return float(curve.at(np.array([parameter]))[0, 1]) - level

            return curve.split(solved(below, 0.0, 1.0, what="the underarm level"))[0].end
    return seam[0].start


def _seams(side: Side, draft: SleeveDraft, runs: BodiceRuns, ease: float) -> list[Seam]:
    """Both caps to the armholes with their declared ease, and the two long seams.

    A front armhole at +x (the left one) runs upwards, so the lower piece comes first there; at -x it comes last.
    """
    upper, lower = f"sleeve_{side}", f"under_sleeve_{side}"
    kind = SeamKind.EASED if draft.front_ease > 0.05 else SeamKind.PLAIN
    fronts, backs = (*refs(lower, "cap_front"), *refs(upper, "cap_front")), (*refs(upper, "cap_back"), *refs(lower, "cap_back"))
    if side == Side.RIGHT:
        fronts, backs = fronts[::-1], backs[::-1]
    front_seam, back_seam = refs(lower, "front_seam"), refs(lower, "back_seam")
    return [
        Seam(f"{side} front armhole", runs.front_armhole[side], fronts, kind, draft.front_ease),
        Seam(f"{side} back armhole", runs.back_armhole[side], backs, kind, draft.back_ease),
        Seam(f"{side} front sleeve seam", front_seam, refs(upper, "front_seam"), smooth=(True, True)),
        Seam(f"{side} back sleeve seam", back_seam, refs(upper, "back_seam"), SeamKind.EASED, ease, smooth=(True, True)),
    ]
