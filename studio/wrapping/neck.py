"""What sits on the neckline: a collar that stands and falls, a turtleneck, a hood; each from its own outline."""

from __future__ import annotations

import math

import numpy as np

from studio.arrays import Floats, Points2, Points3
from studio.pattern import MarkKind, Piece, Role

STAND_SHARE = 0.42
_TAPER = 0.5  # where along the half the roll starts to run down
_FOLD = 0.55  # radius of the roll, cm
_LAYER = 0.25  # from the outer layer of a folded strip to the inner one, cm


def is_folded_collar(piece: Piece) -> bool:
    """Whether a neck piece is a strip worn folded in half (turtleneck, neckband): so marked, or a ring of one layer."""
    if piece.role not in (Role.COLLAR, Role.STAND):
        return False
    marked = any(mark.kind == MarkKind.FOLD for mark in piece.marks)
    return marked or (piece.layers == 1 and {"left_end", "right_end"} <= {edge.name for edge in piece.edges})


def _feet(piece: Piece, points: Points2) -> tuple[Floats, Floats, Floats]:
    """For each flat point: share of the neck edge at its foot, distance along beyond the edge's ends, height above it."""
    neck = piece.edge("neck").sampled(81)
    away = points[:, None, :] - neck[None]
    nearest = np.argmin(np.sum(away**2, axis=2), axis=1)
    tangents = np.gradient(neck, axis=0)
    tangents /= np.hypot(tangents[:, 0], tangents[:, 1])[:, None]
    foot, tangent = neck[nearest], tangents[nearest]
    way = points - foot
    beyond = np.sum(way * tangent, axis=1)
    height = way[:, 1] * tangent[:, 0] - way[:, 0] * tangent[:, 1]
    return nearest / (len(neck) - 1), beyond, height


def _frames(neckline: Points3, share: Floats) -> tuple[Points3, Points3, Points3]:
    """(place, direction along, horizontal direction outwards) on the neckline at shares of its length."""
    reached = np.linspace(0, 1, len(neckline))
    tangents = np.gradient(neckline, axis=0)
    middle = neckline.mean(axis=0)
    outwards = (neckline - middle) * (1.0, 1.0, 0.0)
    outwards /= np.maximum(np.linalg.norm(outwards, axis=1), 1e-6)[:, None]
    tangents /= np.maximum(np.linalg.norm(tangents, axis=1), 1e-6)[:, None]

    def read(values: Points3) -> Points3:
        return np.stack([np.interp(share, reached, values[:, k]) for k in range(3)], axis=1)

    return read(neckline), read(tangents), read(outwards)


def placed_collar(piece: Piece, points: Points2, neckline: Points3, *, stand: float, spread: float, tapered: bool) -> Points3:
    """(n, 3) where flat points of a collar go on the `neckline` (from the collar's -x end to its +x end).

    It stands for the share `stand` of its height, rolls over, and falls with `spread` cm out for each cm of fall. In a
    `tapered` one the roll runs down to the ends of the neck edge, which swings the points apart.
    """
    share, beyond, height = _feet(piece, points)
    place, tangent, out = _frames(neckline, share)
    tall = float(np.median(height[share == 0.5])) if np.any(share == 0.5) else float(height.max())
    tall = max(tall, 0.7 * float(height.max()))
    length = piece.edge("neck").length
    towards_end = np.clip((np.abs(2 * share - 1) - _TAPER) / (1 - _TAPER), 0, 1) if tapered else np.zeros_like(share)
    rise = stand * tall * (1 - towards_end**2)
    swing = 2 * np.arctan(stand * tall * 2 * towards_end / (0.5 * length * (1 - _TAPER)))
    up = np.minimum(height, rise)
    turn = np.clip((height - rise) / _FOLD, 0, math.pi)
    fall = np.clip(height - rise - math.pi * _FOLD, 0, None)
    slant = 1 / math.hypot(1, spread)
    lean = 0.28
    upright = math.sqrt(1 - lean * lean)
    down = fall * np.cos(swing)
    out_by = -lean * up + _FOLD * (1 - np.cos(turn)) + spread * slant * down
    up_by = upright * up + _FOLD * np.sin(turn) - slant * down
    along = beyond - np.sign(share - 0.5) * fall * np.sin(swing)
    raised: Points3 = place + along[:, None] * tangent + out_by[:, None] * out
    raised[:, 2] += up_by
    return raised


def folded_strip(piece: Piece, points: Points2, neckline: Points3) -> Points3:
    """(n, 3) where flat points of a turtleneck or neckband go: up from the `neckline`, over at half its height, down inside."""
    share, beyond, height = _feet(piece, points)
    place, tangent, out = _frames(neckline, share)
    half = float(height.max()) / 2
    inner = np.clip((height - half) / 0.5, 0, 1)
    up = half - np.abs(half - height)
    lean = 0.2
    standing: Points3 = place + beyond[:, None] * tangent - (lean * up + _LAYER * inner)[:, None] * out
    standing[:, 2] += math.sqrt(1 - lean * lean) * up
    return standing


def placed_hood(piece: Piece, points: Points2, neckline: Points3, *, side: float, half_head: float, crown: float) -> Points3:
    """(n, 3) where flat points of a hood panel go: its profile stands on the neckline, its centre seam over the head.

    `neckline` runs from the centre front to the centre back; `side` is +1 on the wearer's left. A hood
    taller than the head (z of its top: `crown`) lies back.
    """
    forward = math.copysign(1.0, float(piece.landmarks["neck_front"][0]))
    back, front = neckline[-1], neckline[0]
    flat_front = piece.landmarks["neck_front"] * (forward, 1.0)
    flat_back = piece.landmarks["neck_back"] * (forward, 1.0)
    chord, wanted = flat_front - flat_back, np.array((back[1] - front[1], front[2] - back[2]))
    turn = 0.5 * (math.atan2(wanted[1], wanted[0]) - math.atan2(chord[1], chord[0]))
    x, y = ((points * (forward, 1.0)) - (flat_front + flat_back) / 2).T
    ahead = x * math.cos(turn) - y * math.sin(turn)
    up = x * math.sin(turn) + y * math.cos(turn)
    middle = (back + front) / 2
    fallen = math.acos(min(max((crown + 2.0 - middle[2]) / float(up.max()), math.cos(math.radians(62))), 1.0))
    ahead, up = ahead * math.cos(fallen) - up * math.sin(fallen), ahead * math.sin(fallen) + up * math.cos(fallen)
    seam = piece.edge("centre").sampled(60)
    away = np.sqrt(np.min(np.sum((points[:, None] - seam[None]) ** 2, axis=2), axis=1))
    neck_width = float(np.abs(neckline[:, 0]).max())
    height = np.clip((up - up.min()) / 12.0, 0, 1)
    width = neck_width + (half_head - neck_width) * height
    inwards = np.clip(away / (1.15 * half_head), 0, 1)
    bulge = width * np.sqrt(1 - (1 - inwards) ** 2)
    drawn_in = 0.45 * half_head * height  # rounding the back of the head takes cloth from the front
    return np.stack((side * bulge, middle[1] - ahead + drawn_in, middle[2] + up + 0.5 * drawn_in), axis=1)
