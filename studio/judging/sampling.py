"""Reading a tile of cloth at a place of the pattern, at the sharpness that a pixel can show."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from studio.arrays import AnyArray, Floats
from studio.judging.camera import Projected
from studio.judging.scene import Scene
from studio.textures import ClothTexture


def sharpness(scene: Scene, projected: Projected, texture: ClothTexture) -> Floats:
    """(m,) which halving of the tile shows one of its pixels a pixel of the picture, for every triangle; 0 is the tile itself."""
    a, b, c = (scene.flat[scene.triangles[:, k]] for k in range(3))
    on_table = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    a, b, c = (projected.pixels[scene.triangles[:, k]] for k in range(3))
    in_picture = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    texels = on_table * (len(texture.pixels) / texture.tile) ** 2
    levels: Floats = 0.5 * np.log2(np.maximum(texels, 1e-9) / np.maximum(in_picture, 1e-6))
    return np.clip(levels, 0.0, math.log2(len(texture.pixels)))


@njit(cache=True, inline="always")
def read_level(pyramid: AnyArray, begin: int, side: int, x: float, y: float, channel: int) -> float:
    """One channel of one halving at shares (x, y) of the tile, between its pixels."""
    u, v = x * side - 0.5, y * side - 0.5
    column, row = math.floor(u), math.floor(v)
    fu, fv = u - column, v - row
    left, top = int(column) & (side - 1), int(row) & (side - 1)
    right, below = (left + 1) & (side - 1), (top + 1) & (side - 1)
    upper = pyramid[begin + top * side + left, channel] * (1 - fu) + pyramid[begin + top * side + right, channel] * fu
    lower = pyramid[begin + below * side + left, channel] * (1 - fu) + pyramid[begin + below * side + right, channel] * fu
    return float(upper * (1 - fv) + lower * fv)


@njit(cache=True)
def read_cloth(pyramid: AnyArray, starts: AnyArray, tile: float, x: float, y: float, level: float, out: AnyArray) -> None:
    """Writes the reflectance at (x, y) cm of the pattern, y up, into `out` (3,): two halvings mixed."""
    last = len(starts) - 2
    first = min(int(level), last)
    second = min(first + 1, last)
    mix = min(max(level - first, 0.0), 1.0)
    u, v = x / tile, -y / tile
    u -= math.floor(u)
    v -= math.floor(v)
    for channel in range(3):
        near = read_level(pyramid, starts[first], 1 << (last - first), u, v, channel)
        far = read_level(pyramid, starts[second], 1 << (last - second), u, v, channel) if mix > 0 else near
        out[channel] = near + (far - near) * mix


@njit(cache=True)
def lay_decal(decal: AnyArray, drop: float, width: float, x: float, y: float, out: AnyArray) -> None:
    """Writes what a picture printed on the front (h, w, 4) puts over the cloth at (x, y) cm of a front piece."""
    high, wide = decal.shape[0], decal.shape[1]
    column = (x / width + 0.5) * wide
    row = high / 2 - (y + drop) * wide / width
    if 0 <= column < wide and 0 <= row < high:
        cover = decal[int(row), int(column), 3]
        for channel in range(3):
            out[channel] += (0.94 * decal[int(row), int(column), channel] + 0.06 * out[channel] - out[channel]) * cover
