"""Box-limited least squares: how far each bend goes so that the tape reads what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import lsq_linear

from studio.arrays import Floats, Points3
from studio.bodyform.tape import Turned, girth, slope
from studio.bodyform.template import Template

FIRM = ("bust", "waist", "hip")
_STEPS = 9
_PULL: Mapping[str, float] = {"weight": 0.12, "muscle": 0.8, "shoulder": 0.3, "neck": 0.3, "cup": 0.3}
"""How dear a bend is; one that is not named costs `_DEAR`, a girdle of our own `_GIRDLE` over its box."""
_DEAR, _GIRDLE = 0.5, 3.0
_RESTS: Mapping[str, float] = {"cup+": 0.4, "waist-": 0.2}
"""How far a bend goes when no measurement asks for anything."""
HIP_LEVELS = 13


@dataclass(frozen=True, eq=False)
class Reading:
    """One measurement of a bent template and its (k,) change with each bend."""

    value: float
    change: Floats


def bent(body: Template, amounts: Floats) -> Points3:
    """The mesh with every bend taken `amounts` far."""
    moving = np.flatnonzero(amounts)
    points: Points3 = body.points + np.tensordot(amounts[moving], body.bends[moving], axes=1)
    return points


def hip_levels(crotch: float, seat: float) -> Floats:
    """Heights at which a tape looks for the fullest hip."""
    return np.linspace(crotch + 1, max(seat, crotch + 3), HIP_LEVELS)


def thigh_level(crotch: float, height: float) -> float:
    """Height of the tape round one thigh."""
    return crotch - 0.02 * height


def arm_frame(shoulder: Floats, wrist: Floats) -> Turned:
    """The frame of the left arm."""
    return Turned.along(shoulder, wrist - shoulder)


BICEP_AT = 0.33
"""Where the upper arm is measured, as a share of the way from the shoulder joint to the wrist."""


def readings(body: Template, points: Points3) -> dict[str, Reading]:
    """Every measurement of a bent template, in its own cm."""
    spots, tall = body.spots, body.height
    found = {}
    for name in ("bust", "waist"):
        spot = spots[name]
        level, moved = float(spot.at(points)[2]), spot.bends(body.bends)[:, 2]
        found[name] = Reading(*slope(points, body.bends, body.trunk_edges, level, moved))
    throat, base = (spots[name] for name in ("throat", "neck_base"))
    level = 0.5 * float(throat.at(points)[2] + base.at(points)[2])
    moved = 0.5 * (throat.bends(body.bends) + base.bends(body.bends))[:, 2]
    found["neck"] = Reading(*slope(points, body.bends, body.trunk_edges, level, moved))
    crotch, seat = float(spots["crotch"].at(points)[2]), float(spots["seat"].at(points)[2])
    low, high = spots["crotch"].bends(body.bends)[:, 2], spots["seat"].bends(body.bends)[:, 2]
    levels = hip_levels(crotch, seat)
    fullest = int(np.argmax([girth(points, body.trunk_edges, z) for z in levels]))
    share = fullest / (HIP_LEVELS - 1)
    found["hip"] = Reading(*slope(points, body.bends, body.trunk_edges, levels[fullest], low + share * (high - low)))
    found["thigh"] = Reading(*slope(points, body.bends, body.leg_edges, thigh_level(crotch, tall), low))
    tip = spots["tip"]
    found["shoulder_width"] = Reading(2 * float(tip.at(points)[0]), 2 * tip.bends(body.bends)[:, 0])
    shoulder, wrist = spots["shoulder"].at(points), spots["wrist"].at(points)
    frame = arm_frame(shoulder, wrist)
    long = float(np.sqrt(np.sum((wrist - shoulder) ** 2)))
    turned = body.bends @ frame.axes.T
    along = BICEP_AT * spots["wrist"].bends(turned)[:, 2] + (1 - BICEP_AT) * spots["shoulder"].bends(turned)[:, 2]
    found["bicep"] = Reading(*slope(frame.seen(points), turned, body.arm_edges, BICEP_AT * long, along))
    return found


def fitted(body: Template, wanted: Mapping[str, float], firm: frozenset[str]) -> tuple[Floats, Floats]:
    """(k,) amounts of the bends, and the mesh, for `wanted` (cm at the template's own height).

    Gauss-Newton with the bends kept in their boxes; measurements in `firm` count fully, the others a little.
    """
    weights = np.array([10.0 if name in FIRM else 5.0 if name in firm else 0.5 for name in wanted])
    dear = np.array([_price(name, low, high) for name, low, high in zip(body.names, body.low, body.high, strict=True)])
    rest = np.array([_RESTS.get(name, 0.0) for name in body.names])
    amounts = rest
    points = bent(body, amounts)
    for step in range(_STEPS):
        read = readings(body, points)
        missing = np.array([goal - read[name].value for name, goal in wanted.items()])
        change = np.stack([read[name].change for name in wanted])
        goal = missing + change @ amounts
        matrix = np.concatenate((weights[:, None] * change, np.diag(dear)))
        right = np.concatenate((weights * goal, dear * rest))
        solved = lsq_linear(matrix, right, (body.low, body.high), method="bvls", tol=1e-6).x
        stride = np.clip(solved - amounts, -0.6 * (1 + body.high), 0.6 * (1 + body.high))
        amounts = amounts + stride
        points = bent(body, amounts)
        if step and np.abs(stride).max() < 2e-3:
            break
    return amounts, points


def _price(name: str, low: float, high: float) -> float:
    if low < 0:
        return _GIRDLE * 0.2 / max(high, -low)
    return _PULL.get(name.rstrip("+-"), _DEAR)
