"""Tubes: sleeves round the arms, cuffs at their ends, trouser legs, and the band at the waist."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Points2, Points3
from studio.body import Arm, Mannequin
from studio.pattern import Piece, Role, Side
from studio.wrapping.torso import RIDGE_SLOPE


@dataclass(frozen=True, eq=False)
class SleeveWrap:
    """The tube of one sleeve: radius by level down the sleeve, round the arm's axis."""

    arm: Arm
    start: Floats  # (3,) on the axis, at the level of the cap's top
    levels: Floats  # y of the sleeve, rising
    radii: Floats
    front_sign: float  # +1 where the front of this sleeve lies at +x

    @classmethod
    def of(cls, mannequin: Mannequin, piece: Piece, under: Sequence[Piece] = ()) -> SleeveWrap:
        """The wrap of a sleeve piece (cap's top at (0, 0), hem down), with the under sleeve of a two-piece one."""
        left = piece.side == Side.LEFT
        arm = mannequin.arms[0 if left else 1]
        front, back = piece.landmarks["underarm_front"], piece.landmarks["underarm_back"]
        hem_front, hem_back = piece.landmarks["hem_front"], piece.landmarks["hem_back"]
        widths = [
            sum(abs(p.landmarks[a][0] - p.landmarks[b][0]) for p in (piece, *under))
            for a, b in (("hem_front", "hem_back"), ("underarm_front", "underarm_back"))
        ]
        levels = np.array([min(hem_front[1], hem_back[1]), min(front[1], back[1])])
        radii = np.array(widths) / (2 * math.pi)
        side = 1.0 if left else -1.0
        half = abs(mannequin.arms[0].joint[0]) + 0.75 * arm.radii[1]
        base = 1.05 * mannequin.torso.at(np.array([mannequin.neck_point]))[0, 2]
        tip = np.array((side * half, arm.joint[1], mannequin.neck_point + 0.4 - RIDGE_SLOPE * (half - base)))
        along = float((tip - radii[1] * arm.outward - arm.joint) @ arm.axis)
        return cls(arm, arm.joint + along * arm.axis, levels, radii, -1.0 if left else 1.0)

    def placed(self, points: Points2, *, under: bool = False) -> Points3:
        """(n, 3) where flat points of the sleeve go; those of an under sleeve have x = 0 at the underarm."""
        x, y = points.T
        radius = np.interp(y, self.levels, self.radii)
        turn = np.clip(x / radius, -1.02 * math.pi, 1.02 * math.pi) + (math.pi if under else 0.0)
        return self._on_tube(radius, turn, -y)

    def cuff(self, piece: Piece, points: Points2) -> Points3:
        """(n, 3) where flat points of this sleeve's cuff go: from the sleeve's end on, folded back inside."""
        length, down, turn, inner = _folded_strip(piece, points, "sleeve")
        radius = length / (2 * math.pi) - 0.15 * inner
        return self._on_tube(radius, turn, down - self.levels[0])

    def _on_tube(self, radius: Floats, turn: Floats, along: Floats) -> Points3:
        centre = self.start + along[:, None] * self.arm.axis
        slack = np.maximum(radius - self.arm.radius(along + (self.start - self.arm.joint) @ self.arm.axis) - 0.5, 0.0)
        centre -= 0.6 * slack[:, None] * self.arm.outward
        across = np.cos(turn)[:, None] * self.arm.outward + self.front_sign * np.sin(turn)[:, None] * self.arm.front
        return centre + radius[:, None] * across


@dataclass(frozen=True, eq=False)
class TrouserWrap:
    """Half-tubes round each leg below the fork, a quarter of the torso each above it."""

    mannequin: Mannequin

    def placed(self, piece: Piece, points: Points2) -> Points3:
        """(n, 3) where flat points of a front or back trouser piece go."""
        behind = piece.role == Role.TROUSER_BACK
        side = 1.0 if piece.side == Side.LEFT else -1.0
        outer = math.copysign(1.0, float(piece.landmarks["hip_side"][0] - piece.landmarks["crotch"][0]))
        fork = float(piece.landmarks["crotch"][1])
        levels, inner, reach = _spans(piece, outer)
        x, y = points[:, 0] * outer, points[:, 1]
        low, width = np.interp(y, levels, inner), np.interp(y, levels, reach)
        across = np.clip((x - low) / np.maximum(width, 0.5), 0, 1)
        z = self.mannequin.heights["waist"] + y
        depth = -1.0 if not behind else 1.0
        leg = self._leg(across, width, z, fork_z=self.mannequin.heights["waist"] + fork)
        torso = self._torso(across, width, z)
        blend = np.clip((fork + 0.55 * abs(fork) - y) / (0.55 * abs(fork)), 0, 1)
        blend = (blend * blend * (3 - 2 * blend))[:, None]
        flat = torso * (1 - blend) + leg * blend
        return np.stack((side * flat[:, 0], flat[:, 2] + depth * flat[:, 1], z), axis=1)

    def _leg(self, across: Floats, width: Floats, z: Floats, *, fork_z: float) -> Floats:
        """(n, 3) x, depth, depth centre of the half-tube round the left leg."""
        cx, cy, rx, ry = self.mannequin.legs[0].at(np.minimum(z, fork_z)).T
        radius = np.maximum(width / math.pi, 1.0)
        ease = radius - (rx + ry) / 2
        turn = math.pi * (across - 0.5)
        wide = np.maximum(np.minimum(rx + ease, cx), 0.3 * radius)
        deep = np.maximum(2 * radius - wide, 0.6 * radius)
        return np.stack((np.maximum(cx, wide + 0.1) + wide * np.sin(turn), deep * np.cos(turn), np.clip(cy, -0.5, 0.5)), axis=1)

    def _torso(self, across: Floats, width: Floats, z: Floats) -> Floats:
        """(n, 3) x, depth, depth centre of the quarter round the torso."""
        _, cy, rx, ry = self.mannequin.hull.at(z).T
        ease = width / (math.pi / 2) - (rx + ry) / 2
        ease = np.clip(ease, -1.0, 6.0)
        turn = across * math.pi / 2
        return np.stack(((rx + ease) * np.sin(turn), (ry + ease) * np.cos(turn), cy), axis=1)


def _spans(piece: Piece, outer: float) -> tuple[Floats, Floats, Floats]:
    """(levels y, inner x, width) of a trouser piece, x towards the side seam."""
    outline = piece.outline(1.5) * (outer, 1.0)
    low = outline[:, 1].min() + 0.3
    high = min(piece.landmarks["waist_center"][1], piece.landmarks["waist_side"][1]) - 0.1
    levels = np.linspace(low, high, 60)
    ends = np.roll(outline, -1, axis=0)
    crosses = (outline[:, 1][:, None] <= levels) != (ends[:, 1][:, None] <= levels)
    rise = ends[:, 1] - outline[:, 1]
    share = (levels - outline[:, 1][:, None]) / np.where(np.abs(rise) < 1e-12, 1, rise)[:, None]
    x = outline[:, 0][:, None] + share * (ends[:, 0] - outline[:, 0])[:, None]
    inner = np.where(crosses, x, np.inf).min(axis=0)
    reach = np.where(crosses, x, -np.inf).max(axis=0)
    return levels, inner, reach - inner


def wrapped_band(
    piece: Piece,
    points: Points2,
    *,
    ring: tuple[float, float, float, float],
    seam: str,
    upwards: bool,
    drawn_in: float = 1.0,
) -> Points3:
    """A straight band round `ring` (z, cy, rx, ry), its edge `seam` there, folded along its middle, x = 0 at the back.

    `drawn_in` is the share of its length that elastic in it leaves.
    """
    length, up, turn, inner = _folded_strip(piece, points, seam)
    z, cy, rx, ry = ring
    way = 1.0 if upwards else -1.0
    scale = drawn_in * length / math.pi / (rx + ry) - 0.15 * inner / rx
    return np.stack((way * scale * rx * np.sin(turn), cy + scale * ry * np.cos(turn), z + way * up), axis=1)


def _folded_strip(piece: Piece, points: Points2, seam: str) -> tuple[float, Floats, Floats, Floats]:
    """(length of the seam, distance from it with the strip folded in half, angle along it, 1 on the inner half).

    The angle grows with x where the strip hangs from its seam, and against it where the strip stands on it.
    """
    edge = piece.edge(seam)
    low, high = piece.bounds[1], piece.bounds[3]
    hangs = edge.start[1] > (low + high) / 2
    away = high - points[:, 1] if hangs else points[:, 1] - low
    turn = 2 * math.pi * points[:, 0] / edge.length * (1.0 if hangs else -1.0)
    tall = high - low
    return edge.length, np.minimum(away, tall - away), turn, (away > tall / 2 + 1e-9).astype(np.float64)
