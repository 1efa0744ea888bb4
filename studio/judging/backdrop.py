"""What stands behind the figure: seamless paper, a room with a wall and a floor, or plain light; all of it computed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from studio.arrays import Floats
from studio.weaves import mottled

SIDE = 256


class Backdrop(StrEnum):
    """Kinds of background."""

    SEAMLESS = "seamless paper"
    ROOM = "room with a wooden floor"
    PLASTER = "plaster wall"
    GRADIENT = "gradient"
    WHITE = "white"


@dataclass(frozen=True, eq=False)
class Surround:
    """Wall and floor as (SIDE, SIDE, 3) linear tiles of `tile` cm, `away` cm behind the figure.

    `cove` is the radius over which floor turns into wall, cm. With `is_lit` False the wall tile is drawn as it is across the
    picture, without floor, light or shadow.
    """

    wall: NDArray[np.float32]
    floor: NDArray[np.float32]
    tile: float
    away: float
    cove: float
    is_lit: bool = True


def surround_of(kind: Backdrop, *, seed: int) -> Surround:
    """A background of that kind; the seed picks its colours and grain."""
    rng = np.random.default_rng((seed, 5))
    tint = _tint(rng)
    match kind:
        case Backdrop.WHITE:
            wall = np.full((SIDE, SIDE, 3), rng.uniform(0.9, 1.0))
            return Surround(_single(wall), _single(wall), 200.0, 100.0, 1.0, is_lit=False)
        case Backdrop.GRADIENT:
            low, high = tint * rng.uniform(0.45, 0.7), tint
            down = np.linspace(0, 1, SIDE)[:, None, None]
            wall = np.broadcast_to(high + (low - high) * down**1.4, (SIDE, SIDE, 3))
            return Surround(_single(wall), _single(wall), 200.0, 100.0, 1.0, is_lit=False)
        case Backdrop.SEAMLESS:
            paper = tint * (1 + 0.006 * mottled(rng, 2, 2, side=SIDE))[..., None]
            return Surround(_single(paper), _single(paper), 120.0, float(rng.uniform(70, 120)), 60.0)
        case Backdrop.PLASTER:
            rough = 1 + 0.02 * mottled(rng, 1.5, 1.5, side=SIDE) + 0.03 * mottled(rng, 18, 18, side=SIDE)
            stone = np.broadcast_to(rng.uniform(0.25, 0.5), (SIDE, SIDE))
            floor = (stone * (1 + 0.06 * mottled(rng, 5, 5, side=SIDE)))[..., None] * np.ones(3)
            return Surround(_single(tint * rough[..., None]), _single(floor), 180.0, float(rng.uniform(40, 90)), 1.5)
    wall = tint * (1 + 0.008 * mottled(rng, 1.2, 1.2, side=SIDE))[..., None]
    return Surround(_single(wall), _single(_boards(rng)), 160.0, float(rng.uniform(45, 110)), 1.5)


def _single(colours: Floats) -> NDArray[np.float32]:
    return np.ascontiguousarray(np.clip(colours, 0.01, 1.0), dtype=np.float32)


def _tint(rng: np.random.Generator) -> Floats:
    """A muted linear wall colour, mostly light."""
    level = rng.uniform(0.42, 0.82) if rng.random() < 0.8 else rng.uniform(0.12, 0.35)
    tint: Floats = level * (1 + rng.uniform(-0.11, 0.11, 3))
    return tint


def _boards(rng: np.random.Generator) -> Floats:
    """Wooden boards, ten to the tile, with grain along them and dark joints."""
    rows = np.arange(SIDE)
    board = rows * 10 // SIDE
    tone = rng.uniform(0.82, 1.12, 10)[board][:, None]
    grain = 1 + 0.09 * mottled(rng, 40, 0.9, side=SIDE) + 0.05 * mottled(rng, 60, 4, side=SIDE)
    joint = np.where((rows * 10 % SIDE) < 10, 0.6, 1.0)[:, None]
    wood = np.array((0.42, 0.27, 0.16)) * rng.uniform(0.6, 1.4)
    boards: Floats = (tone * grain * joint)[..., None] * wood
    return boards
