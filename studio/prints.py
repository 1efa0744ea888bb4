"""Surface patterns of cloth as tiles: stripes, checks, allover prints and chest graphics, in sizes a shop sells.

A print is a map of shares: (n, n, k) how much of each of k extra colours covers the ground, with the side of its tile in cm.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[Any]  # float32 or float64

RESOLUTION = 512
_PLAIN_TILE = 16.0


@dataclass(frozen=True, eq=False)
class PrintTile:
    """(n, n, 2) shares of the second and third colour over the ground, repeating every `tile` cm."""

    shares: Shares
    tile: float


def _whole(period: float) -> tuple[float, int]:
    """The tile nearest to the plain one that holds whole repeats of `period` cm, and how many."""
    count = max(1, round(_PLAIN_TILE / period))
    return count * period, count


def _steps() -> NDArray[np.float64]:
    return (np.arange(RESOLUTION) + 0.5) / RESOLUTION


def _bars(count: int, begin: float, end: float) -> Shares:
    """(n,) share covered by a bar from `begin` to `end` of each of `count` repeats; edges are shared out exactly."""
    borders = np.arange(RESOLUTION + 1) * (count / RESOLUTION)
    inked: Shares = np.floor(borders) * (end - begin) + np.clip(borders % 1.0, begin, end) - begin
    bar: Shares = (np.diff(inked) * (RESOLUTION / count)).astype(np.float32)
    return bar


def stripes(width: float, gap: float, *, upright: bool = False) -> PrintTile:
    """Stripes of the second colour `width` cm wide, `gap` cm of ground between them; lying unless `upright`."""
    tile, count = _whole(width + gap)
    bar = _bars(count, 0.0, width / (width + gap))
    second = np.broadcast_to(bar if upright else bar[:, None], (RESOLUTION, RESOLUTION))
    return PrintTile(np.stack((second, np.zeros_like(second)), axis=-1), tile)


def gingham(width: float) -> PrintTile:
    """Even checks `width` cm wide, woven: half covered where one of the threads is dyed, wholly where both are."""
    tile, count = _whole(2 * width)
    bar = _bars(count, 0.0, 0.5)
    second = 0.5 * (bar[None] + bar[:, None])
    return PrintTile(np.stack((second, np.zeros_like(second)), axis=-1), tile)


def tartan(sett: float, rng: np.random.Generator) -> PrintTile:
    """A sett of `sett` cm: broad bands of the second colour, narrow lines of the third, woven both ways."""
    tile, count = _whole(sett)
    broad, line = rng.uniform(0.28, 0.45), rng.uniform(0.03, 0.06)
    band = np.clip(_bars(count, 0.05, 0.05 + broad) + 0.8 * _bars(count, 0.6, 0.6 + 0.12), 0, 1)
    thin = _bars(count, 0.48, 0.48 + line)
    second, third = 0.5 * (band[None] + band[:, None]), 0.5 * (thin[None] + thin[:, None])
    return PrintTile(np.stack((second, third), axis=-1).astype(np.float32), tile)


def windowpane(pitch: float) -> PrintTile:
    """Thin lines of the second colour both ways, `pitch` cm apart."""
    tile, count = _whole(pitch)
    line = _bars(count, 0.4, 0.4 + min(0.25 / pitch, 0.2))
    second = np.maximum(line[None], line[:, None])
    return PrintTile(np.stack((second, np.zeros_like(second)), axis=-1), tile)


def _stamp(shares: Shares, at: tuple[float, float], radius: float, shape: Callable[..., Shares], ink: int) -> None:
    """Prints one motif of `radius` pixels round `at` (column, row), wrapping over the edges of the tile."""
    reach = math.ceil(radius * 1.5) + 1
    span = np.arange(-reach, reach + 1)
    columns, rows = span + round(at[0]), span + round(at[1])
    u, v = np.meshgrid((columns + 0.5 - at[0]) / radius, (rows + 0.5 - at[1]) / radius)
    cover = np.clip(shape(u, v) * radius + 0.5, 0, 1).astype(np.float32)
    where = np.ix_(rows % RESOLUTION, columns % RESOLUTION)
    held = shares[where]
    held *= 1 - cover[..., None]
    held[..., ink] += cover
    shares[where] = held


def _disc(u: Shares, v: Shares) -> Shares:
    return 1 - np.hypot(u, v)


def _petals(count: int, turn: float) -> Callable[[Shares, Shares], Shares]:
    def flower(u: Shares, v: Shares) -> Shares:
        return 0.72 + 0.28 * np.cos(count * (np.arctan2(v, u) + turn)) - np.hypot(u, v)

    return flower


def _leaf(turn: float) -> Callable[[Shares, Shares], Shares]:
    def leaf(u: Shares, v: Shares) -> Shares:
        along, across = u * math.cos(turn) + v * math.sin(turn), v * math.cos(turn) - u * math.sin(turn)
        return 0.34 * (1 - along**2) - np.abs(across)

    return leaf


def _polygon(sides: int, turn: float) -> Callable[[Shares, Shares], Shares]:
    def corner(u: Shares, v: Shares) -> Shares:
        step = 2 * math.pi / sides
        angle = (np.arctan2(v, u) + turn) % step - step / 2
        return math.cos(step / 2) - np.hypot(u, v) * np.cos(angle)

    return corner


def dots(radius: float, pitch: float) -> PrintTile:
    """Spots of `radius` cm set brickwise, `pitch` cm apart."""
    tile, count = _whole(pitch)
    scale = RESOLUTION / tile
    shares = np.zeros((RESOLUTION, RESOLUTION, 2), dtype=np.float32)
    for row in range(2 * count):
        for column in range(count):
            at = ((column + 0.5 * (row % 2)) * pitch * scale, 0.5 * row * pitch * scale)
            _stamp(shares, at, radius * scale, _disc, 0)
    return PrintTile(shares, tile)


def scattered(rng: np.random.Generator, *, kind: str, size: float) -> PrintTile:
    """Flowers, leaves or angular shapes about `size` cm across, strewn without touching much."""
    scale = RESOLUTION / _PLAIN_TILE
    shares = np.zeros((RESOLUTION, RESOLUTION, 2), dtype=np.float32)
    cells = max(3, round(_PLAIN_TILE / (1.55 * size)))
    cell = RESOLUTION / cells
    for row in range(cells):
        for column in range(cells):
            x = (column + 0.5 + 0.5 * (row % 2) + rng.uniform(-0.16, 0.16)) * cell
            y = (row + 0.5 + rng.uniform(-0.16, 0.16)) * cell
            radius, turn = 0.5 * size * scale * rng.uniform(0.75, 1.1), rng.uniform(0, 2 * math.pi)
            if kind == "flowers":
                _stamp(shares, (x + 0.85 * radius, y + 0.6 * radius), 0.6 * radius, _leaf(turn), 1)
                _stamp(shares, (x, y), radius, _petals(5, turn), 0)
                _stamp(shares, (x, y), 0.26 * radius, _disc, 1)
            elif kind == "leaves":
                _stamp(shares, (x, y), 1.2 * radius, _leaf(turn), int(rng.integers(2)))
            else:
                _stamp(shares, (x, y), 0.9 * radius, _polygon(int(rng.integers(3, 7)), turn), int(rng.integers(2)))
    return PrintTile(shares, _PLAIN_TILE)


def blotched(first: Shares, second: Shares) -> PrintTile:
    """Soft-edged blotches where two repeating noises of deviation 1 are high: camouflage, batik."""
    a = np.clip((first - 0.35) * 6, 0, 1)
    b = np.clip((second - 0.7) * 6, 0, 1) * (1 - a)
    return PrintTile(np.stack((a, b), axis=-1).astype(np.float32), _PLAIN_TILE * 1.5)


def chest_graphic(rng: np.random.Generator, *, side: int = 192) -> Shares:
    """(side, side, 3) a drawing for the chest: shares of two inks, then how far it covers the cloth at all."""
    v, u = np.mgrid[0:side, 0:side].astype(np.float32) * (2 / side) - 1 + 1 / side
    sharp = side / 2
    round_form = rng.random() < 0.5
    body = _disc(u / 0.92, v / 0.92) if round_form else 0.86 - np.maximum(np.abs(u), np.abs(v) * rng.uniform(1.1, 1.5))
    forms = (
        np.minimum(0.52 - np.hypot(u, v + 0.1), 0.34 - np.abs((v * 9) % 1 - 0.5)),
        _polygon(5, 0.3)(u / 0.6, v / 0.6),
        np.minimum(0.72 - np.hypot(u, v), 0.16 - np.abs(v - 0.3 * np.sin(5 * u))),
        np.maximum(0.34 - np.hypot(u - 0.2, v + 0.2), np.minimum(0.5 - np.abs(u) - 0.3 * v, 0.45 - np.abs(v - 0.2))),
    )
    inner = forms[int(rng.integers(len(forms)))]
    first = np.clip(body * sharp + 0.5, 0, 1)
    second = np.clip(inner * sharp + 0.5, 0, 1) * first
    drawing: Shares = np.stack((first - second, second, first), axis=-1).astype(np.float32)
    return drawing
