"""How the threads of a fabric catch the light: brightness and flecks of one tile, the same for every colour.

Thread counts are those of ordinary qualities: poplin 16 to the cm, linen 12, denim 16 with a twill of 1 mm, jersey 11 wales
and 14 courses. All of it repeats over the tile.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from studio.vocabulary import Fabric

Tile = NDArray[np.float32]

TILE = 16.0
"""Side of a tile, cm."""
RESOLUTION = 512
"""Pixels along a side of a tile: a power of two."""


@dataclass(frozen=True, eq=False)
class Weave:
    """(n, n) brightness about 1, and (n, n) share of undyed thread that shows, 0 to 1."""

    brightness: Tile
    fleck: Tile


def mottled(rng: np.random.Generator, across: float, along: float, *, side: int = RESOLUTION) -> Tile:
    """(side, side) repeating noise of mean 0 and deviation 1, smooth over `across` x `along` pixels."""
    white = rng.standard_normal((side, side), dtype=np.float32)
    y = np.fft.fftfreq(side)[:, None] * along
    x = np.fft.rfftfreq(side)[None] * across
    soft = np.exp(-2 * np.pi**2 * (x**2 + y**2)).astype(np.float32)
    noise = fft.irfft2(fft.rfft2(white) * soft, s=white.shape)
    result: Tile = ((noise - noise.mean()) / max(float(noise.std()), 1e-9)).astype(np.float32)
    return result


@functools.lru_cache(maxsize=len(Fabric))
def weave_of(fabric: Fabric) -> Weave:
    """The threads of a fabric on a tile of TILE cm with RESOLUTION pixels a side."""
    rng = np.random.default_rng(20 + list(Fabric).index(fabric))
    match fabric:
        case Fabric.COTTON:
            return _plain(rng, threads=256, contrast=0.05, slub=0.02, fleck=0.0)
        case Fabric.LINEN:
            return _plain(rng, threads=160, contrast=0.09, slub=0.07, fleck=0.16)
        case Fabric.SILK:
            return _plain(rng, threads=256, contrast=0.015, slub=0.012, fleck=0.0)
        case Fabric.DENIM:
            return _denim(rng)
        case Fabric.WOOL:
            return _wool(rng)
        case Fabric.JERSEY:
            return _jersey(rng)
        case Fabric.FLEECE:
            return _fleece(rng)
        case Fabric.LEATHER:
            return _leather(rng)


def _grid() -> tuple[Tile, Tile]:
    """Columns and rows as shares of the tile."""
    steps = (np.arange(RESOLUTION, dtype=np.float32) + 0.5) / RESOLUTION
    return np.broadcast_to(steps, (RESOLUTION, RESOLUTION)), np.broadcast_to(steps[:, None], (RESOLUTION, RESOLUTION))


def _ready(brightness: Tile, fleck: Tile | float = 0.0) -> Weave:
    level = brightness / brightness.mean()
    shares = np.clip(np.broadcast_to(np.asarray(fleck, dtype=np.float32), level.shape), 0, 1)
    return Weave(level.astype(np.float32), shares.astype(np.float32))


def _plain(rng: np.random.Generator, *, threads: int, contrast: float, slub: float, fleck: float) -> Weave:
    """Plain weave: warp and weft take turns on top; slubs are thick places that run along a thread."""
    x, y = _grid()
    over = np.sin(np.pi * threads * x) * np.sin(np.pi * threads * y)
    warp, weft = mottled(rng, 1.0, 60), mottled(rng, 60, 1.0)
    brightness = 1 + contrast * over + slub * (warp + weft) + 0.012 * mottled(rng, 40, 40)
    return _ready(brightness, fleck * np.clip(0.35 + 0.4 * (warp + weft) / 1.4, 0, 1) if fleck else 0.0)


def _denim(rng: np.random.Generator) -> Weave:
    """Twill rising to the right, 1 mm from line to line; the white weft shows between the dyed warps."""
    x, y = _grid()
    line = np.sin(2 * np.pi * (144 * x + 96 * y))
    warp = mottled(rng, 1.2, 50)
    brightness = 1 + 0.13 * line + 0.07 * warp + 0.025 * mottled(rng, 45, 60)
    return _ready(brightness, 0.13 + 0.17 * np.clip(-line, 0, 1) + 0.04 * warp)


def _wool(rng: np.random.Generator) -> Weave:
    """Milled wool: a faint twill under short hairs, with a melange of lighter and darker ones."""
    x, y = _grid()
    line = np.sin(2 * np.pi * (64 * x + 64 * y))
    hairs = mottled(rng, 1.2, 4.5) + mottled(rng, 4.5, 1.2)
    brightness = 1 + 0.035 * line + 0.055 * hairs + 0.02 * mottled(rng, 14, 14)
    return _ready(brightness, 0.1 + 0.07 * mottled(rng, 1.5, 3.0))


def _jersey(rng: np.random.Generator) -> Weave:
    """Plain knit seen from its face: columns of V-shaped stitches."""
    x, y = _grid()
    wale = 176 * x
    lean = np.abs((wale % 1.0) - 0.5) * 2
    stitch = np.sin(2 * np.pi * (224 * y + 0.5 * lean))
    column = np.cos(2 * np.pi * wale)
    brightness = 1 + 0.05 * column + 0.04 * stitch + 0.012 * mottled(rng, 1.5, 30) + 0.01 * mottled(rng, 30, 30)
    return _ready(brightness, np.clip(0.02 + 0.02 * mottled(rng, 1.2, 12), 0, 1))


def _fleece(rng: np.random.Generator) -> Weave:
    """Brushed pile: soft tufts of a few millimetres, without threads."""
    tufts = mottled(rng, 3.0, 3.0) + 0.7 * mottled(rng, 7.0, 7.0)
    return _ready(1 + 0.055 * tufts + 0.02 * mottled(rng, 40, 40), np.clip(0.05 + 0.03 * tufts, 0, 1))


def _leather(rng: np.random.Generator) -> Weave:
    """Grain: small pebbles between fine creases."""
    creases = np.minimum(np.abs(mottled(rng, 4.0, 4.0)), np.abs(mottled(rng, 5.0, 5.0)))
    return _ready(1 + 0.16 * np.clip(creases / 0.4, 0, 1) + 0.03 * mottled(rng, 30, 30))


RUMPLE_TILE = 56.0
"""Side of the tile of creases, cm."""


@functools.lru_cache(maxsize=1)
def rumpled() -> NDArray[np.float32]:
    """(256, 256, 2) slopes along x and y of soft creases, mean square 1, repeating over RUMPLE_TILE cm."""
    rng = np.random.default_rng(3)
    height = 3.4 * mottled(rng, 9, 14, side=256) + 1.5 * mottled(rng, 11, 4, side=256) + 0.5 * mottled(rng, 3, 5, side=256)
    slopes = np.stack([(np.roll(height, -1, axis) - np.roll(height, 1, axis)) / 2 for axis in (1, 0)], axis=-1)
    level: NDArray[np.float32] = (slopes / np.sqrt(np.mean(slopes**2))).astype(np.float32)
    return level
