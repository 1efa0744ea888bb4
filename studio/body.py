"""The mannequin: elliptic rings from the landmark table, scaled so that a tape reads the wearer's own girths.

The table (z, rx, ry in cm, a woman of 170 cm) gives the shape; its girths are far below those of a body (its waist
ring is 42 cm round), so every ring is scaled: at bust, waist and hip its perimeter equals the wearer's measurement
exactly, between them the factor runs smoothly (monotone PCHIP over z). Its sections are rounder than a body's: the depth
of the torso is taken at 0.88, or no bodice of the wearer's back length would reach over the shoulders.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.special import ellipe

from studio.arrays import Floats, Points3, Triangles
from studio.design import ARM_SHARE_OF_HEIGHT
from studio.sizing import REFERENCE_HEIGHT, Measures

LANDMARKS: Mapping[str, tuple[float, float, float]] = {
    "feet": (0, 4, 3),
    "ankle": (7, 3, 2.5),
    "calf": (30, 4.5, 4),
    "knee": (45, 4, 4),
    "thigh": (65, 6.5, 6),
    "crotch": (82, 8, 7.5),
    "hip": (88, 9.5, 8.5),
    "abdomen": (100, 8, 7.5),
    "waist": (104, 7, 6.5),
    "ribs": (112, 8.5, 8),
    "bust": (120, 10, 9),
    "chest": (132, 9, 8),
    "upper_chest": (140, 8.5, 7.5),
    "shoulder": (145, 11.5, 8),
    "neck_base": (150, 3.5, 3.5),
    "neck": (158, 3, 3),
    "head": (162, 5.5, 5),
    "head_top": (170, 4.5, 4.5),
}
"""Height, half breadth and half depth of every ring of the table, cm."""

ARM_TILT = math.radians(26)
WIDEST_TILT = math.radians(60)
ARM_FORWARD = math.radians(4)
_ROW_STEP = 0.5
_FLATTER = 0.88
PAD = 0.7
"""Cloth is kept this much above the shoulders, cm: their ridge is sharper than a mesh of cloth."""


def perimeter(rx: Floats | float, ry: Floats | float) -> Floats:
    """Girth of ellipses, cm (complete elliptic integral of the second kind, exact)."""
    a, b = np.maximum(rx, ry), np.minimum(rx, ry)
    girth: Floats = 4 * a * ellipe(1 - (b / a) ** 2)
    return girth


@dataclass(frozen=True, eq=False)
class Rings:
    """A body part as a stack of ellipses: rows of (z, cx, cy, rx, ry), z rising, `_ROW_STEP` cm apart or less."""

    rows: Floats

    @classmethod
    def through(cls, knots: Floats) -> Rings:
        """Smooth rings through (n, 5) knots (monotone PCHIP over z)."""
        knots = knots[np.argsort(knots[:, 0], kind="stable")]
        bottom, top = knots[0, 0], knots[-1, 0]
        z = np.union1d(np.linspace(bottom, top, max(8, math.ceil((top - bottom) / _ROW_STEP))), knots[:, 0])
        return cls(np.column_stack((z, PchipInterpolator(knots[:, 0], knots[:, 1:])(z))))

    def at(self, z: Floats) -> Floats:
        """(n, 4) cx, cy, rx, ry at heights z; beyond the ends the end ring goes on."""
        z = np.asarray(z, dtype=np.float64)
        return np.stack([np.interp(z, self.rows[:, 0], self.rows[:, k]) for k in range(1, 5)], axis=-1)

    @functools.cached_property
    def _table(self) -> Floats:
        """(rows, 8): cx, cy, rx, ry and the change of each for a cm of z."""
        slopes = np.gradient(self.rows[:, 1:], self.rows[:, 0], axis=0)
        return np.concatenate((self.rows[:, 1:], slopes), axis=1)

    def pushed_out(self, points: Points3, clearance: Floats | float) -> Points3:
        """`points` with those nearer than about `clearance` cm moved out along the surface's normal."""
        levels = self.rows[:, 0]
        z = points[:, 2]
        after = np.clip(np.searchsorted(levels, z), 1, len(levels) - 1)
        share = np.clip((z - levels[after - 1]) / (levels[after] - levels[after - 1]), 0, 1)[:, None]
        table = self._table
        read = table[after - 1] + share * (table[after] - table[after - 1])
        rx, ry = read[:, 2] + clearance, read[:, 3] + clearance
        u, v = (points[:, 0] - read[:, 0]) / rx, (points[:, 1] - read[:, 1]) / ry
        reach = np.hypot(u, v)
        inside = np.flatnonzero((reach < 1) & (z >= levels[0]) & (z <= levels[-1]))
        if len(inside) == 0:
            return points
        slope, far = read[inside, 4:], np.maximum(reach[inside], 1e-3)
        us, vs = u[inside], v[inside]
        east, north = us / far / rx[inside], vs / far / ry[inside]
        rise = -east * (slope[:, 0] + us * slope[:, 2]) - north * (slope[:, 1] + vs * slope[:, 3])
        step = np.clip((1 - far) / np.maximum(east**2 + north**2 + rise**2, 1e-9), 0, 30)
        moved = points.copy()
        moved[inside] += step[:, None] * np.stack((east, north, rise), axis=1)
        return moved

    def mesh(self, *, rows: int, columns: int) -> tuple[Points3, Triangles]:
        """Closed mesh of the rings, the ends rounded off to a point."""
        z = np.linspace(self.rows[0, 0], self.rows[-1, 0], rows)
        cx, cy, rx, ry = (column[:, None] for column in self.at(z).T)
        angle = np.linspace(0, 2 * math.pi, columns, endpoint=False)[None]
        height = np.broadcast_to(z[:, None], (rows, columns))
        rings = np.stack((cx + rx * np.sin(angle), cy - ry * np.cos(angle), height), axis=-1)
        return capped(rings)


def capped(rings: Floats) -> tuple[Points3, Triangles]:
    """Points and outward triangles of a (rows, columns, 3) stack of rings, both ends closed by a fan."""
    rows, columns, _ = rings.shape
    points = np.concatenate((rings.reshape(-1, 3), rings[0].mean(axis=0)[None], rings[-1].mean(axis=0)[None]))
    grid = np.arange(rows * columns).reshape(rows, columns)
    right = np.roll(grid, -1, axis=1)
    a, b, c, d = grid[:-1], right[:-1], right[1:], grid[1:]
    bottom, top = rows * columns, rows * columns + 1
    faces = [np.stack((a, b, c), -1), np.stack((a, c, d), -1)]
    faces.append(np.stack((right[:1], grid[:1], np.full_like(grid[:1], bottom)), -1))
    faces.append(np.stack((grid[-1:], right[-1:], np.full_like(grid[-1:], top)), -1))
    return points, np.concatenate([face.reshape(-1, 3) for face in faces])


@dataclass(frozen=True, eq=False)
class Arm:
    """A straight arm: where the shoulder joint is, which way it hangs, and its radius along it."""

    joint: Floats  # (3,)
    axis: Floats  # (3,) unit, from the joint to the wrist
    outward: Floats  # (3,) unit, across the axis, away from the body
    front: Floats  # (3,) unit, across the axis, to the front
    along: Floats  # (n,) cm from the joint
    radii: Floats  # (n,)

    def radius(self, along: Floats) -> Floats:
        return np.interp(along, self.along, self.radii)

    def pushed_out(self, points: Points3, clearance: Floats | float) -> Points3:
        """`points` with those nearer than `clearance` cm to the arm moved out across it."""
        away = points - self.joint
        along = away @ self.axis
        across = away - along[:, None] * self.axis
        distance = np.maximum(np.sqrt(np.sum(across**2, axis=1)), 1e-6)
        wanted = self.radius(along) + clearance + np.interp(along, self.along[[2, 4]], (0.5 * PAD, 0.0))
        inside = (distance < wanted) & (along > 0) & (along < self.along[-1])
        if not inside.any():
            return points
        moved = points.copy()
        moved[inside] += across[inside] * (wanted / distance - 1)[inside, None]
        return moved

    def mesh(self, *, columns: int) -> tuple[Points3, Triangles]:
        angle = np.linspace(0, 2 * math.pi, columns, endpoint=False)[None, :, None]
        turn = 1.0 if float(np.cross(self.outward, self.front) @ self.axis) < 0 else -1.0
        spoke = np.cos(angle) * self.outward + turn * np.sin(angle) * self.front
        rings = self.joint + self.along[:, None, None] * self.axis + self.radii[:, None, None] * spoke
        return capped(rings[::-1])


@dataclass(frozen=True, eq=False)
class Mannequin:
    """A dress form of the wearer's measurements, feet at z = 0, front towards -y."""

    torso: Rings  # crotch to the top of the head
    legs: tuple[Rings, Rings]  # the wearer's left, right
    hull: Rings  # torso, and below the crotch one ring round both legs: what a skirt hangs over
    arms: tuple[Arm, Arm]  # left, right
    heights: Mapping[str, float]  # z of every landmark, cm

    @classmethod
    def of(cls, measures: Measures) -> Mannequin:
        """The mannequin of these measurements."""
        heights = _heights(measures)
        torso = Rings.through(_torso_knots(measures, heights))
        left = Rings.through(_leg_knots(measures, heights, torso))
        mirrored = left.rows.copy()
        mirrored[:, 1] *= -1
        arms = (_arm(measures, heights, torso, 1.0), _arm(measures, heights, torso, -1.0))
        return cls(torso, (left, Rings(mirrored)), _hull(torso, left, heights), arms, heights)

    @property
    def neck_point(self) -> float:
        """z of the high point of the shoulder: y = 0 of every bodice piece."""
        return self.heights["neck_base"]

    def ring(self, z: float) -> tuple[float, float, float, float]:
        """cx, cy, rx, ry at height z: the torso, below the crotch the left leg."""
        rings = self.torso if z >= self.heights["crotch"] else self.legs[0]
        cx, cy, rx, ry = rings.at(np.array([z]))[0]
        return float(cx), float(cy), float(rx), float(ry)

    @property
    def waist_ring(self) -> tuple[float, float, float, float]:
        """z, cy, rx, ry of the waist."""
        z = self.heights["waist"]
        _, cy, rx, ry = self.ring(z)
        return z, cy, rx, ry

    @property
    def half_head(self) -> float:
        """Half the breadth of the head, cm."""
        crown, base = self.heights["head_top"], self.neck_point
        return self.ring(base + 0.7 * (crown - base))[2]

    def girth(self, z: float) -> float:
        """What a tape round the body reads at height z, cm (below the crotch: one leg)."""
        _, _, rx, ry = self.ring(z)
        return float(perimeter(rx, ry))

    @functools.cached_property
    def mesh(self) -> tuple[Points3, Triangles]:
        """The whole form as one mesh, about 2000 triangles."""
        parts = [self.torso.mesh(rows=40, columns=22)]
        parts += [leg.mesh(rows=15, columns=12) for leg in self.legs]
        parts += [arm.mesh(columns=10) for arm in self.arms]
        offsets = np.cumsum([0] + [len(points) for points, _ in parts[:-1]])
        faces = [triangles + offset for (_, triangles), offset in zip(parts, offsets, strict=True)]
        return np.concatenate([points for points, _ in parts]), np.concatenate(faces)


def _heights(measures: Measures) -> dict[str, float]:
    """z of every landmark: the table's, stretched so that waist, hip, crotch and neck are the wearer's."""
    scale = measures.height / REFERENCE_HEIGHT
    waist = measures.waist_height
    crotch = min(max(waist - measures.rise + 4.4, 0.3 * waist), waist - 8)
    hip = min(max(waist - measures.hip_depth, crotch + 0.35 * (waist - crotch) * 0.6), waist - 4)
    neck = waist + 0.905 * measures.bodice_length + 2  # the tape follows the curve of the back
    drop = 0.23 * (measures.shoulder_width / 2 - measures.neck / 6.28) + 1.4 * scale
    table = [LANDMARKS[name][0] for name in ("feet", "crotch", "hip", "waist", "shoulder", "neck_base", "head_top")]
    ours = [0.0, crotch, hip, waist, neck - drop, neck, max(measures.height - 1.5, neck + 19 * scale)]
    return {name: float(np.interp(row[0], table, ours)) for name, row in LANDMARKS.items()}


def _factor(name: str, girth: float) -> float:
    """How much wider than the table's ring a ring of this girth is."""
    _, rx, ry = LANDMARKS[name]
    return girth / float(perimeter(rx, _FLATTER * ry))


def _torso_knots(measures: Measures, heights: Mapping[str, float]) -> Floats:
    """(n, 5) z, cx, cy, rx, ry from the crotch to the crown."""
    known = {name: _factor(name, getattr(measures, name)) for name in ("hip", "waist", "bust")}
    z_known = [heights[name] for name in known]
    deep = measures.bust / 92.0
    knots: list[tuple[float, ...]] = []
    for name in ("crotch", "hip", "abdomen", "waist", "ribs", "bust", "chest"):
        factor = float(np.interp(heights[name], z_known, list(known.values())))
        _, rx, ry = LANDMARKS[name]
        lean = {"hip": 0.5, "crotch": 0.4, "bust": -0.6, "ribs": -0.3}.get(name, 0.0) * deep
        knots.append((heights[name], 0, lean, factor * rx, factor * _FLATTER * ry))
    knots[:1] = _seat(knots[0], heights["hip"] - heights["crotch"])
    half = measures.shoulder_width / 2
    _, _, _, rx, ry = knots[-1]
    knots.append((heights["upper_chest"], 0, 0.9 * deep, max(0.5 * (rx + 0.9 * half), 0.86 * half), 0.84 * ry))
    knots.append((heights["shoulder"], 0, 1.6 * deep, half - 1.2, 0.58 * ry))
    neck = measures.neck / (2 * math.pi)
    middle = 0.5 * (heights["shoulder"] + heights["neck_base"])
    knots.append((middle, 0, 1.7 * deep, 0.55 * half + 0.5 * neck, 0.25 * ry + 0.62 * neck))
    knots.append((heights["neck_base"], 0, 1.6 * deep, 1.05 * neck, neck))
    return np.array(knots + _head_knots(measures, heights))


def _seat(crotch: tuple[float, ...], rise: float) -> list[tuple[float, ...]]:
    """The crotch ring rounded off below, so that nothing is pushed sideways out of the fork."""
    z, cx, cy, rx, ry = crotch
    shares = ((0.0, 0.1), (0.1, 0.38), (0.36, 0.74), (0.72, 0.95))
    return [(z + up * rise, cx, cy, wide * rx, wide * ry) for up, wide in shares]


def _head_knots(measures: Measures, heights: Mapping[str, float]) -> list[tuple[float, ...]]:
    """Neck and head above the neck base: an egg of the wearer's head girth, no wider than it is tall."""
    base, crown = heights["neck_base"], heights["head_top"]
    tall = crown - base
    neck = measures.neck / (2 * math.pi)
    radius = min(measures.head / (2 * math.pi), 0.43 * tall)
    shares = ((0.36, 0.7, 0.84), (0.52, 0.86, 1.02), (0.7, 0.91, 1.08), (0.85, 0.78, 0.93), (0.95, 0.48, 0.58), (1.0, 0.16, 0.2))
    throat = (base + 0.2 * tall, 0.0, 0.06 * radius, min(0.86 * neck, 0.8 * radius), min(0.9 * neck, 0.9 * radius))
    return [throat, *((base + share * tall, 0.0, -0.02 * radius, rx * radius, ry * radius) for share, rx, ry in shares)]


_LEG_RINGS = (
    ("thigh", 1.04, 6.1, 6.3, 0.0),
    ("knee", 0.98, 4.0, 4.1, 0.0),
    ("calf", 0.95, 4.1, 4.2, 0.6),
    ("ankle", 0.92, 2.6, 2.8, 0.6),
)
"""Name, distance from the middle as a share of half a leg, half axes at the table's size, how far back it lies."""


def _leg_knots(measures: Measures, heights: Mapping[str, float], torso: Rings) -> Floats:
    """(n, 5) of the left leg, from the sole to a little above the crotch."""
    _, _, hip_rx, hip_ry = torso.at(np.array([heights["hip"]]))[0]
    hip_rx, hip_ry = 0.98 * hip_rx, 0.96 * hip_ry
    scale = measures.thigh / 55.7
    factor = measures.thigh / 39.3
    half = 0.5 * hip_rx
    depth = max((measures.thigh / (2 * math.pi)) ** 2 * 2 - half**2, (0.75 * half) ** 2) ** 0.5
    long = measures.height / REFERENCE_HEIGHT
    rise = heights["hip"] - heights["crotch"]
    depth = min(depth, hip_ry)
    knots = [(heights["crotch"] + 0.7 * rise, half + 0.3, 0.4, 0.9 * half, 0.92 * depth)]
    knots.append((heights["crotch"] + 0.3 * rise, half + 0.4, 0.4, half - 0.6, 0.97 * depth))
    knots.append((heights["crotch"] - 2 * long, half + 0.4, 0.2, half - 0.7, depth))
    for name, apart, rx, ry, lean in _LEG_RINGS:
        x = half * apart
        wide = min(rx * factor, x - 0.9)
        knots.append((heights[name], x, lean * scale, wide, min(ry * factor * (rx * factor / wide) ** 0.6, hip_ry)))
    foot = 0.92 * half
    knots.append((2.6 * long, foot, -0.6 * long, min(3.4 * long, foot - 0.5), 4.4 * long))
    knots.append((0.0, foot, -0.9 * long, min(3.4 * long, foot - 0.5), 4.7 * long))
    return np.array(knots)


def _hull(torso: Rings, leg: Rings, heights: Mapping[str, float]) -> Rings:
    """The torso with its shoulders padded, and below it one ring round both legs."""
    z = np.arange(0.0, torso.rows[-1, 0] + _ROW_STEP, _ROW_STEP)
    cx, cy, rx, ry = leg.at(z).T
    both = np.stack((np.zeros_like(z), cy, cx + rx, ry), axis=1) * (z <= leg.rows[-1, 0])[:, None]
    body = torso.at(z) * (z >= torso.rows[0, 0])[:, None]
    rings = np.maximum(both, body)
    rings[:, 1] = np.where(z < heights["crotch"], both[:, 1], body[:, 1])
    padded = np.pad(rings, ((3, 3), (0, 0)), mode="edge")
    soft = np.mean([padded[k : k + len(z)] for k in range(7)], axis=0)
    rings = np.where((z < heights["hip"])[:, None], soft, rings)
    raised = z + np.interp(z, (heights["chest"], heights["shoulder"]), (0.0, PAD))
    return Rings(np.column_stack((raised, rings)))


def _arm(measures: Measures, heights: Mapping[str, float], torso: Rings, side: float) -> Arm:
    """The arm of one side (+1 the wearer's left), hanging a little away from the body."""
    length = ARM_SHARE_OF_HEIGHT * measures.height
    upper, wrist = measures.bicep / (2 * math.pi), measures.wrist / (2 * math.pi)
    lean = float(torso.at(np.array([heights["shoulder"]]))[0, 1])
    top = 1.02 * upper
    joint = np.array((side * (measures.shoulder_width / 2 - 0.75 * top), lean, heights["shoulder"] - 0.95 * top))
    tilt = _clear_tilt(torso, heights, joint, upper)
    axis = np.array((side * math.sin(tilt), -math.cos(tilt) * math.sin(ARM_FORWARD), -math.cos(tilt)))
    axis /= math.sqrt(float(axis @ axis))
    front = np.array((0.0, -1.0, 0.0)) + axis[1] * axis
    front /= math.sqrt(float(front @ front))
    outward = np.cross(axis, front) * side
    outward *= math.copysign(1.0, outward[0] * side)
    shares = np.array((-0.045, 0.0, 0.1, 0.25, 0.5, 0.6, 0.85, 1.0, 1.09, 1.2, 1.29, 1.33))
    radii = np.array((0.55, 1.02, 1.06, 1.0, 0.42, 0.4, 0.1, 0.0, 0.12, 0.14, -0.1, -0.55)) * (upper - wrist) + wrist
    radii[-2:] = (0.75 * wrist, 0.3 * wrist)
    radii[0] = 0.6 * top
    return Arm(joint, axis, outward, front, shares * length, radii)


def _clear_tilt(torso: Rings, heights: Mapping[str, float], joint: Floats, upper: float) -> float:
    """How far an arm of radius `upper` must be lifted to hang clear of the chest."""
    z = np.linspace(heights["waist"], joint[2] - 3.2 * upper, 16)
    _, _, rx, _ = torso.at(z).T
    for tilt in np.linspace(ARM_TILT, WIDEST_TILT, 18):
        inner = abs(joint[0]) + (joint[2] - z) * math.tan(tilt) - upper / math.cos(tilt)
        if np.all(inner > rx + 1.6):
            break
    return float(tilt)
