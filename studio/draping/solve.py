"""Cloth hanging on a body, step by small step: XPBD with one pass a step (Macklin et al., Small Steps in Physics Simulation).

Constraints are passed over in the order given, one after the other: the caller shuffles them (in their natural order the
cloth never comes to rest; with the order turned at every step it shakes). Everything runs on one thread in a fixed order, so
the same input gives the same output.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from studio.arrays import AnyArray, Floats, Points3

TIME_STEP = 1 / 500
"""Seconds."""
CLEARANCE = 0.35
"""Cloth is kept this far from the skin, cm; the grid is true to about 0.25."""
FASTEST = 300.0
"""Speed limit, cm/s."""
_TIE_PASSES = 4


@njit(cache=True)
def _keep_lengths(x: Points3, ease: Floats, pairs: AnyArray, lengths: Floats, give: Floats) -> None:
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        dx, dy, dz = x[i, 0] - x[j, 0], x[i, 1] - x[j, 1], x[i, 2] - x[j, 2]
        long = np.sqrt(dx * dx + dy * dy + dz * dz)
        share = ease[i] + ease[j] + give[k]
        if long < 1e-9 or share <= 0.0:
            continue
        s = (long - lengths[k]) / (share * long)
        a, b = ease[i] * s, ease[j] * s
        x[i, 0] -= a * dx
        x[i, 1] -= a * dy
        x[i, 2] -= a * dz
        x[j, 0] += b * dx
        x[j, 1] += b * dy
        x[j, 2] += b * dz


@njit(cache=True)
def _keep_ties(x: Points3, ease: Floats, corners: AnyArray, weights: Floats, lengths: Floats) -> None:
    """Places that are fastened: the weighted sum of six points is a way no longer than the tie."""
    for k in range(len(corners)):
        dx, dy, dz, share = 0.0, 0.0, 0.0, 0.0
        for c in range(6):
            i, w = corners[k, c], weights[k, c]
            dx += w * x[i, 0]
            dy += w * x[i, 1]
            dz += w * x[i, 2]
            share += w * w * ease[i]
        long = np.sqrt(dx * dx + dy * dy + dz * dz)
        if long <= lengths[k] or long < 1e-9 or share <= 0.0:
            continue
        s = (long - lengths[k]) / (share * long)
        for c in range(6):
            i = corners[k, c]
            f = s * weights[k, c] * ease[i]
            x[i, 0] -= f * dx
            x[i, 1] -= f * dy
            x[i, 2] -= f * dz


@njit(cache=True)
def _keep_out(x: Points3, before: Points3, field: Floats, low: Floats, step: float, off: Floats, grip: Floats) -> None:
    nx, ny, nz = field.shape
    for i in range(len(x)):
        px, py, pz = (x[i, 0] - low[0]) / step, (x[i, 1] - low[1]) / step, (x[i, 2] - low[2]) / step
        if not (px >= 0 and py >= 0 and pz >= 0 and px < nx - 1 and py < ny - 1 and pz < nz - 1):
            continue
        a, b, c = int(px), int(py), int(pz)
        if field[a, b, c] > 3.5:
            continue
        u, v, t = px - a, py - b, pz - c
        x00 = field[a, b, c] * (1 - u) + field[a + 1, b, c] * u
        x10 = field[a, b + 1, c] * (1 - u) + field[a + 1, b + 1, c] * u
        x01 = field[a, b, c + 1] * (1 - u) + field[a + 1, b, c + 1] * u
        x11 = field[a, b + 1, c + 1] * (1 - u) + field[a + 1, b + 1, c + 1] * u
        near, far = x00 * (1 - v) + x10 * v, x01 * (1 - v) + x11 * v
        depth = off[i] - (near * (1 - t) + far * t)
        if depth <= 0.0:
            continue
        gx = ((field[a + 1, b, c] - field[a, b, c]) * (1 - v) + (field[a + 1, b + 1, c] - field[a, b + 1, c]) * v) * (1 - t) + (
            (field[a + 1, b, c + 1] - field[a, b, c + 1]) * (1 - v) + (field[a + 1, b + 1, c + 1] - field[a, b + 1, c + 1]) * v
        ) * t
        gy, gz = (x10 - x00) * (1 - t) + (x11 - x01) * t, far - near
        size = np.sqrt(gx * gx + gy * gy + gz * gz)
        if size < 1e-6:
            continue
        gx, gy, gz = gx / size, gy / size, gz / size
        x[i, 0] += depth * gx
        x[i, 1] += depth * gy
        x[i, 2] += depth * gz
        tx, ty, tz = x[i, 0] - before[i, 0], x[i, 1] - before[i, 1], x[i, 2] - before[i, 2]
        along = tx * gx + ty * gy + tz * gz
        tx, ty, tz = tx - along * gx, ty - along * gy, tz - along * gz
        slid = np.sqrt(tx * tx + ty * ty + tz * tz)
        if slid > 1e-9:
            held = min(1.0, depth * grip[i] / slid)
            x[i, 0] -= held * tx
            x[i, 1] -= held * ty
            x[i, 2] -= held * tz


@njit(cache=True)
def _take_speed(x: Points3, before: Points3, speed: Points3, damping: float) -> None:
    for i in range(len(x)):
        total = 0.0
        for c in range(3):
            speed[i, c] = (x[i, c] - before[i, c]) / TIME_STEP * damping
            total += speed[i, c] * speed[i, c]
        if total > FASTEST * FASTEST:
            for c in range(3):
                speed[i, c] *= FASTEST / np.sqrt(total)


@njit(cache=True)
def hang(
    x: Points3,
    speed: Points3,
    ease: Floats,
    edges: tuple[AnyArray, Floats, Floats],
    bends: tuple[AnyArray, Floats, Floats],
    ties: tuple[AnyArray, Floats, Floats],
    body: tuple[Floats, Floats, float],
    touch: tuple[Floats, Floats],
    held: tuple[Floats, Floats],
    steps: int,
    gravity: float,
    damping: float,
) -> None:
    """Moves `x` (n, 3) and `speed` by `steps` small steps, in place.

    `ease` (n,) is how easily a point moves (one over its mass). `edges` and `bends` are pairs, rest lengths and compliances
    over the squared time step; `ties` (t, 6) points, weights and lengths; `body` the distances, their corner and step; `touch`
    each point's distance from the skin and grip; `held` a height below which it does not sink and how firmly (0 to 1 a step).
    """
    before = np.empty_like(x)
    height, firm = held
    for _ in range(steps):
        for i in range(len(x)):
            speed[i, 2] -= gravity * TIME_STEP
            for c in range(3):
                before[i, c] = x[i, c]
                x[i, c] += speed[i, c] * TIME_STEP
        _keep_lengths(x, ease, edges[0], edges[1], edges[2])
        _keep_lengths(x, ease, bends[0], bends[1], bends[2])
        for _ in range(_TIE_PASSES):
            _keep_ties(x, ease, ties[0], ties[1], ties[2])
        for i in range(len(x)):
            if firm[i] > 0.0 and x[i, 2] < height[i]:
                x[i, 2] += firm[i] * (height[i] - x[i, 2])
        _keep_out(x, before, body[0], body[1], body[2], touch[0], touch[1])
        _take_speed(x, before, speed, damping)
