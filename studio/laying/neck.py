"""What is sewn to the neckline, laid flat: collars as they lie, lapels turned over, stands, bands and hoods."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.laying.cloth import band_height, landmark, sewn_length, stem, traced
from studio.laying.drawing import FlatLine, Stroke, curve_between, moved_ends, resampled
from studio.laying.trunk import Trunk
from studio.pattern import MarkKind, Pattern, Piece, Role, Side
from studio.vocabulary import Neckline

STAND_SHARE = 0.42
"""Of a collar without a stand of its own: what stands up behind before it falls over."""
BEYOND_SEAM = 1.3
"""How far a collar's outer edge lies below the neck seam on the shoulder, cm."""


@dataclass(frozen=True, eq=False)
class NeckFinish:
    """What a neck finish adds: the silhouette from the centre to the shoulder line, and lines of both views (+x half).

    `front` and `back` are drawn on both sides; `over` before them, as it is: the lapels, the wearer's left over the right.
    """

    silhouette: Points2
    front: tuple[FlatLine, ...]
    back: tuple[FlatLine, ...]
    over: tuple[FlatLine, ...] = ()


def laid_neck(pattern: Pattern, trunk: Trunk) -> NeckFinish:
    """The finish of this garment's neckline; a bound one shows the back neckline behind the front one."""
    front, back = trunk.neck(trunk.front), trunk.neck(trunk.back)
    by_role = {piece.role: piece for piece in reversed(pattern.parts) if piece.side != Side.RIGHT}
    collar, stand, hood = by_role.get(Role.COLLAR), by_role.get(Role.STAND), by_role.get(Role.HOOD)
    if hood is not None:
        return _hood(hood, trunk, front, back)
    if collar is not None and _is_band(pattern, collar):
        length = sewn_length(collar, "neck")
        return _band(band_height(collar), front, back, top=length / 4)
    if collar is not None:
        lapel = _lapel(trunk)
        rise = _height(stand) if stand is not None else STAND_SHARE * _height(collar)
        if lapel is not None:
            return _tailored(lapel, trunk, back, rise)
        return _fall(collar, trunk, front, back, rise, has_stand=stand is not None)
    if stand is not None and stand.layers == 1:
        return _neckband(band_height(stand), front, back)
    if stand is not None:
        return _band(_height(stand), front, back, top=None)
    top = back[::-1] if back[-1, 1] >= front[-1, 1] else front[::-1]
    return NeckFinish(top, (FlatLine("neckline", front, Stroke.EDGE),), (FlatLine("neckline", back, Stroke.EDGE),))


def _is_band(pattern: Pattern, collar: Piece) -> bool:
    """Whether the collar is a folded band (turtleneck, rib) and not one that falls over."""
    return pattern.design.style.neckline != Neckline.COLLAR and collar.layers == 1


def _height(piece: Piece) -> float:
    """Height at the centre back, cm."""
    low = min((p[1] for n, p in piece.landmarks.items() if n == "neck_center"), default=piece.bounds[1])
    points = traced(curve for edge in piece.edges for curve in edge.curves)
    x0, _, x1, _ = piece.bounds
    near = points[np.abs(points[:, 0] - (x0 + x1) / 2) < 0.15 * (x1 - x0)]
    return float((near if len(near) else points)[:, 1].max() - low)


def _band(height: float, front: Points2, back: Points2, *, top: float | None) -> NeckFinish:
    """A band standing up from the neckline; `top` is half the width of a tube's upper edge, None where it follows the neck."""
    hps = front[0]
    lean = 0.18 * height if top is None else 0.0
    wide = hps[0] - lean if top is None else min(max(top, 0.6 * hps[0]), hps[0] + 0.4 * height)
    corner = point(float(wide), float(hps[1]) + 0.96 * height)
    drop = float(hps[1] - front[-1, 1])
    low = max(float(front[-1, 1]) + height, float(corner[1]) - 0.4 * drop) if top is not None else float(front[-1, 1]) + height
    low = min(low, float(corner[1]))
    upper_front = moved_ends(front, corner, point(0.0, low))
    upper_front = (
        upper_front if height < drop else curve_between(corner, point(0.0, low), leaving=point(-1, -0.2), arriving=point(-1, 0))
    )
    high = max(float(back[-1, 1]) + height, float(corner[1]) - 0.3)
    upper_back = curve_between(point(0.0, high), corner, leaving=point(1, 0), arriving=point(1, 0.1 * (corner[1] - high)))
    side = curve_between(corner, hps, leaving=point(0.1, -1), arriving=point(0.25, -1))[1:]
    silhouette = np.concatenate((upper_back, side))
    seam = FlatLine("neck seam", front)
    return NeckFinish(
        silhouette,
        (seam, FlatLine("band edge", upper_front, Stroke.EDGE)),
        (FlatLine("neck seam", back),),
    )


def _neckband(height: float, front: Points2, back: Points2) -> NeckFinish:
    """A rib band inside the neckline, as wide all round."""
    height = min(height, 0.35 * float(front[0, 0]))
    corner = front[0] + height * np.array((-0.8, 0.45))
    high = float(back[-1, 1]) + height
    upper = curve_between(point(0.0, min(high, float(corner[1]))), corner, leaving=point(1, 0), arriving=point(1, 0.5))
    shallow = 1 - height / max(float(front[0, 0]), 1e-6)
    inner = moved_ends(front * (shallow, 1.0), corner, point(0.0, float(front[-1, 1]) + height * _lift(front)))
    return NeckFinish(
        np.concatenate((upper, front[:1])),
        (FlatLine("neck seam", front), FlatLine("band edge", inner, Stroke.EDGE)),
        (FlatLine("neck seam", back),),
    )


def _lift(front: Points2) -> float:
    """How much further a band reaches up at the centre than across: more in a V."""
    way = front[-1] - front[-2]
    return float(np.hypot(*way)) / max(abs(float(way[0])), 0.5 * float(np.hypot(*way)))


def _on_shoulder(trunk: Trunk, beyond: float) -> Point2:
    """The point of the shoulder seam `beyond` cm from the shoulder neck point, at most half way along it."""
    way = trunk.tip - trunk.hps
    place: Point2 = trunk.hps + min(beyond / max(float(np.hypot(*way)), 1e-6), 0.5) * way
    return place


def _collar_top(trunk: Trunk, back: Points2, rise: float, foot: Point2) -> tuple[Points2, Point2]:
    """Silhouette of a collar that falls over: centre back -> side of the neck -> `foot` on the shoulder; and its corner."""
    corner = point(0.9 * float(trunk.hps[0]), float(trunk.hps[1]) + 0.86 * rise)
    crown = point(0.0, max(float(back[-1, 1]) + rise, float(corner[1]) - 0.1 * rise) + 0.25)
    over = curve_between(crown, corner, leaving=point(1, 0), arriving=point(1, -0.35))
    down = curve_between(corner, foot, leaving=point(1, -0.9), arriving=point(0.45, -1))
    return np.concatenate((over, down[1:])), corner


def _fall(collar: Piece, trunk: Trunk, front: Points2, back: Points2, rise: float, *, has_stand: bool) -> NeckFinish:
    """A shirt collar lying over: its points come from the length of its front edge."""
    foot = _on_shoulder(trunk, BEYOND_SEAM)
    silhouette, corner = _collar_top(trunk, back, rise, foot)
    centre: Point2 = front[-1] + (0.0, 0.85 * rise if has_stand else 0.0)
    edge = sewn_length(collar, "front") / _count(collar, "front")
    reach = min(edge, 0.95 * float(trunk.hps[0]) / math.sin(math.radians(42)))
    tip = centre + reach * point(math.sin(math.radians(42)), -math.cos(math.radians(42)))
    roll = curve_between(corner, centre, leaving=point(-0.12, -1), arriving=point(-1, -0.55))
    outer = curve_between(tip, foot, leaving=point(0.3, 1), arriving=foot - tip + (1.0, -1.0))
    leaf = np.concatenate((roll, tip[None], outer[1:], silhouette[::-1][1:13][: len(silhouette) - 13]))
    inside = curve_between(
        point(0.0, float(back[-1, 1]) + 0.15), point(0.93 * trunk.hps[0], 0.25), leaving=point(1, 0), arriving=point(1, 0.3)
    )
    lines = [FlatLine("back neck", inside), FlatLine("collar", leaf, Stroke.EDGE, filled=True)]
    if has_stand:
        stand = np.concatenate((front[::-1][:1], centre[None]))
        lines.insert(1, FlatLine("collar stand", stand, Stroke.EDGE))
        lines.insert(1, FlatLine("neck seam", front))
    low = min(float(back[-1, 1]) - 0.6 * BEYOND_SEAM, float(foot[1]) - 0.2)
    behind = curve_between(point(0.0, low), foot, leaving=point(1, 0), arriving=point(1, 0.2))
    return NeckFinish(silhouette, tuple(lines), (FlatLine("collar", behind, Stroke.EDGE),))


def _count(piece: Piece, name: str) -> int:
    return max(sum(stem(edge) == name for edge in piece.edges), 1)


@dataclass(frozen=True, eq=False)
class _Lapel:
    """A lapel turned over on its roll line, as laid: `leaf` from the break point over its point to the notch and gorge."""

    break_point: Point2
    roll_top: Point2
    leaf: Points2
    notch: Point2
    point: Point2


def _lapel(trunk: Trunk) -> _Lapel | None:
    front = trunk.front
    roll = next((mark for piece in front.pieces for mark in piece.marks if mark.kind == MarkKind.ROLL), None)
    places = [landmark(front.pieces, name, plus=front.plus) for name in ("break_point", "lapel_point", "notch")]
    if roll is None or any(place is None for place in places):
        return None
    run = traced(roll.curves)
    top, low = (run[0], run[-1]) if run[0, 1] > run[-1, 1] else (run[-1], run[0])
    edges = {stem(edge): traced(edge.curves) for piece in front.pieces for edge in piece.edges}
    if "lapel" not in edges or "neck" not in edges:
        return None
    edge = edges["lapel"] if edges["lapel"][0, 1] < edges["lapel"][-1, 1] else edges["lapel"][::-1]
    gorge = edges["neck"] if edges["neck"][0, 1] < edges["neck"][-1, 1] else edges["neck"][::-1]
    way = (top - low) / max(float(np.hypot(*(top - low))), 1e-9)
    across = np.array((-way[1], way[0]))
    side = np.sign(float((edge.mean(axis=0) - low) @ across)) or 1.0
    beyond = gorge[side * ((gorge - low) @ across) > 0.0]
    flat = np.concatenate((low[None], edge[1:], beyond, top[None]))
    turned = flat - 2 * ((flat - low) @ across)[:, None] * across
    shift = trunk.hps - front.hps
    ends = [place for place in places if place is not None]
    tip, notch = (place - 2 * ((place - low) @ across) * across + shift for place in ends[1:])
    return _Lapel(low + shift, top + shift, turned + shift, notch, tip)


def _tailored(lapel: _Lapel, trunk: Trunk, back: Points2, rise: float) -> NeckFinish:
    """A notched collar: the lapel lies on the front, the collar on the shoulder, meeting it along the gorge."""
    foot = _on_shoulder(trunk, 2.2 * BEYOND_SEAM)
    silhouette, corner = _collar_top(trunk, back, rise, foot)
    out = lapel.point - lapel.notch
    length = float(np.hypot(*out))
    turn = math.radians(62)
    rotated = point(out[0] * math.cos(turn) - out[1] * math.sin(turn), out[0] * math.sin(turn) + out[1] * math.cos(turn))
    tip = lapel.notch + 0.9 * rotated * min(1.0, 4.0 / max(length, 1e-6))
    roll = curve_between(corner, lapel.roll_top, leaving=point(-0.2, -1), arriving=lapel.break_point - lapel.roll_top)
    outer = curve_between(tip, foot, leaving=point(0.25, 1), arriving=foot - tip)
    leaf = np.concatenate((roll, lapel.notch[None], tip[None], outer[1:], silhouette[::-1][1:13]))
    low = min(float(back[-1, 1]) - BEYOND_SEAM, float(foot[1]) - 0.2)
    behind = curve_between(point(0.0, low), foot, leaving=point(1, 0), arriving=point(1, 0.2))
    inside = curve_between(
        point(0.0, float(back[-1, 1]) + 0.15), point(0.93 * trunk.hps[0], 0.25), leaving=point(1, 0), arriving=point(1, 0.3)
    )
    lines = (
        FlatLine("back neck", inside),
        FlatLine("collar", leaf, Stroke.EDGE, filled=True),
    )
    under = lapel.leaf * (-1.0, 1.0)
    low_x, low_y = lapel.break_point
    slope = (lapel.roll_top[0] - low_x) / max(float(lapel.roll_top[1] - low_y), 1e-6)
    under[:, 0] = np.minimum(under[:, 0], low_x + slope * (under[:, 1] - low_y))
    over = tuple(FlatLine("lapel", leaf, Stroke.EDGE, filled=True) for leaf in (under, lapel.leaf))
    return NeckFinish(silhouette, lines, (FlatLine("collar", behind, Stroke.EDGE),), over)


def _hood(piece: Piece, trunk: Trunk, front: Points2, back: Points2) -> NeckFinish:
    """A hood lying up behind the neck, its face opening in front: as high as its panel is from the neck to the crown."""
    x0, _, x1, y1 = piece.bounds
    low = min((float(p[1]) for n, p in piece.landmarks.items() if n == "neck_back"), default=piece.bounds[1])
    height = 0.86 * (y1 - low)
    wide = max(0.52 * (x1 - x0), 1.08 * float(trunk.hps[0]))
    hps = trunk.hps
    widest = point(wide, float(hps[1]) + 0.42 * height)
    crown = point(0.0, float(hps[1]) + height)
    over = curve_between(crown, widest, leaving=point(1, 0), arriving=point(0, -1), fullness=0.42)
    down = curve_between(widest, hps, leaving=point(0, -1), arriving=point(-0.5, -1), fullness=0.36)
    face = curve_between(
        point(0.0, float(hps[1]) + 0.82 * height),
        point(0.66 * wide, float(widest[1])),
        leaving=point(1, 0),
        arriving=point(0, -1),
        fullness=0.42,
    )
    chin = curve_between(face[-1], front[-1], leaving=point(0, -1), arriving=point(-1, -0.7), fullness=0.38)
    opening = FlatLine("hood opening", np.concatenate((face, chin[1:])), Stroke.EDGE)
    inset = resampled(opening.points, 25)
    stitched = FlatLine("hood stitching", inset + 1.2 * _outwards(inset), Stroke.STITCH)
    middle = FlatLine("hood seam", np.stack((back[-1], crown)))
    return NeckFinish(
        np.concatenate((over, down[1:])),
        (FlatLine("neck seam", front), opening, stitched),
        (FlatLine("neck seam", back), middle),
    )


def _outwards(run: Points2) -> Points2:
    """(n, 2) unit normals of a run, to the left of its way; level at its first point, none at its last."""
    way = np.gradient(run, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    normals = np.stack((-way[:, 1], way[:, 0]), axis=1)
    normals[0] = (0.0, 1.0)
    normals[-1] = 0.0
    return normals
