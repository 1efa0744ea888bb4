"""Cloth as a picture: the weave or knit of a fabric in a colour with a print, as a tile in pattern space.

Tiles repeat without a seam and know their size in cm, so a stripe of 5 mm is 5 mm on the garment. Values are reflectances in
linear light, not screen colours. Everything follows from the arguments; chance comes in through `seed` alone.
"""

from __future__ import annotations

import colorsys
import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.arrays import Floats
from studio.prints import PrintTile, blotched, chest_graphic, dots, gingham, scattered, stripes, tartan, windowpane
from studio.vocabulary import Colour, Fabric, Print
from studio.weaves import TILE, mottled, weave_of

Pixels = NDArray[np.float32]

CLOTH_COLOURS: Mapping[Colour, str] = {
    Colour.BLACK: "#26262a",
    Colour.WHITE: "#f1efe9",
    Colour.GREY: "#8e9096",
    Colour.RED: "#b4262c",
    Colour.ORANGE: "#df7426",
    Colour.YELLOW: "#e3bd38",
    Colour.GREEN: "#3b7f4f",
    Colour.BLUE: "#2f5da8",
    Colour.PURPLE: "#694a9a",
    Colour.PINK: "#dd86a8",
    Colour.BROWN: "#77523a",
}
"""The screen colour in the middle of each colour name."""

SHEEN: Mapping[Fabric, float] = {
    Fabric.COTTON: 0.03,
    Fabric.LINEN: 0.03,
    Fabric.DENIM: 0.025,
    Fabric.WOOL: 0.01,
    Fabric.SILK: 0.22,
    Fabric.JERSEY: 0.02,
    Fabric.FLEECE: 0.0,
    Fabric.LEATHER: 0.18,
}
"""How much of the light a fabric mirrors, of 1."""

FUZZ: Mapping[Fabric, float] = {
    Fabric.COTTON: 0.05,
    Fabric.LINEN: 0.05,
    Fabric.DENIM: 0.05,
    Fabric.WOOL: 0.12,
    Fabric.SILK: 0.03,
    Fabric.JERSEY: 0.08,
    Fabric.FLEECE: 0.18,
    Fabric.LEATHER: 0.0,
}
"""How much brighter a fabric is where one looks along its surface: the light that stands in its hairs."""

RUMPLE: Mapping[Fabric, float] = {
    Fabric.COTTON: 0.09,
    Fabric.LINEN: 0.13,
    Fabric.DENIM: 0.06,
    Fabric.WOOL: 0.04,
    Fabric.SILK: 0.1,
    Fabric.JERSEY: 0.07,
    Fabric.FLEECE: 0.05,
    Fabric.LEATHER: 0.08,
}
"""Mean slope of the creases of cloth in wear."""

_QUIET = (Colour.WHITE, Colour.BLACK, Colour.GREY)
DARKEST, LIGHTEST = 0.006, 0.92
"""Reflectance of the darkest and the lightest cloth."""


@dataclass(frozen=True, eq=False)
class Decal:
    """A picture printed once on the front: (h, w, 4) linear colour and cover, `width` cm wide, `drop` cm below the neck."""

    pixels: Pixels
    drop: float
    width: float


@dataclass(frozen=True, eq=False)
class ClothTexture:
    """A repeating tile of cloth: (n, n, 3) reflectances in linear light, first row at the top; n a power of two.

    `tile` is the side of the tile in cm of the pattern. How the surface takes the light: `sheen`, `fuzz`, `rumple`
    (see SHEEN, FUZZ, RUMPLE).
    """

    pixels: Pixels
    tile: float
    sheen: float = 0.03
    fuzz: float = 0.08
    rumple: float = 0.07
    decal: Decal | None = None

    @functools.cached_property
    def pyramid(self) -> tuple[Pixels, NDArray[np.int64]]:
        """All halvings of the tile in one (k, 3) array, and where each begins, last the end: for sampling without moiré."""
        levels, current = [], self.pixels
        while True:
            levels.append(current.reshape(-1, 3))
            if current.shape[0] == 1:
                break
            current = 0.25 * (current[::2, ::2] + current[1::2, ::2] + current[::2, 1::2] + current[1::2, 1::2])
        starts = np.cumsum([0, *(len(level) for level in levels)])
        return np.ascontiguousarray(np.concatenate(levels), dtype=np.float32), starts.astype(np.int64)


def linear(screen: Floats) -> Floats:
    """Screen colours (sRGB, 0 to 1) as linear light (IEC 61966-2-1)."""
    light: Floats = np.where(screen <= 0.04045, screen / 12.92, ((np.maximum(screen, 0.0) + 0.055) / 1.055) ** 2.4)
    return light


def hex_colour(text: str) -> Floats:
    """(3,) linear light of a screen colour "#rrggbb"."""
    return linear(np.array([int(text[k : k + 2], 16) / 255 for k in (1, 3, 5)]))


def cloth_colour(colour: Colour, *, seed: int = 0) -> Floats:
    """(3,) linear reflectance of a cloth of that colour name; every seed but 0 gives a dye of its own within the name."""
    text = CLOTH_COLOURS[colour]
    if not seed:
        return hex_colour(text)
    rng = np.random.default_rng((seed, 11))
    hue, saturation, value = colorsys.rgb_to_hsv(*(int(text[k : k + 2], 16) / 255 for k in (1, 3, 5)))
    hue += rng.uniform(-0.012, 0.012)
    saturation *= rng.uniform(0.82, 1.12)
    span = 0.04 if colour in (Colour.WHITE, Colour.BLACK) else 0.14
    value *= 1 + rng.uniform(-span, 0.7 * span)
    return linear(np.array(colorsys.hsv_to_rgb(hue % 1, min(saturation, 1.0), min(value, 0.96))))


def cloth_texture(fabric: Fabric, colour: Colour, pattern: Print = Print.PLAIN, *, seed: int = 0) -> ClothTexture:
    """The tile of a fabric in a colour with a print; `seed` picks the dye, the second colour and the print's own sizes."""
    rng = np.random.default_rng((seed, 7))
    ground = cloth_colour(colour, seed=seed)
    others = [cloth_colour(name, seed=seed + 1) for name in _other_colours(colour, rng)]
    decal = _decal(rng, others) if pattern == Print.GRAPHIC else None
    printed = _print_tile(pattern, rng)
    if printed is None:
        return woven(fabric, np.broadcast_to(ground, (1, 1, 3)), TILE, decal=decal)
    rest = 1 - printed.shares.sum(axis=-1, keepdims=True)
    inks = printed.shares[..., :1] * others[0] + printed.shares[..., 1:] * others[1]
    return woven(fabric, rest * ground + inks, printed.tile, decal=decal)


def woven(fabric: Fabric, dyed: Floats, tile: float, *, decal: Decal | None = None) -> ClothTexture:
    """(n, n, 3) linear colours, or one (1, 1, 3), in the weave of a fabric; `tile` is their side in cm."""
    weave = weave_of(fabric)
    undyed = (0.55 * dyed + 0.25).astype(np.float32)
    base = dyed.astype(np.float32)
    pixels = (base + weave.fleck[..., None] * (undyed - base)) * weave.brightness[..., None]
    return ClothTexture(np.clip(pixels, DARKEST, LIGHTEST), tile, SHEEN[fabric], FUZZ[fabric], RUMPLE[fabric], decal)


def striped_texture(fabric: Fabric, colour: Colour, second: Colour, *, width: float, gap: float) -> ClothTexture:
    """Lying stripes of the second colour, `width` cm wide with `gap` cm of ground between them."""
    printed = stripes(width, gap)
    share = printed.shares[..., :1]
    return woven(fabric, (1 - share) * cloth_colour(colour) + share * cloth_colour(second), printed.tile)


def _other_colours(colour: Colour, rng: np.random.Generator) -> tuple[Colour, Colour]:
    """Two colours that stand out from the ground; the first is often white, black or grey."""
    quiet = [name for name in _QUIET if name != colour]
    loud = [name for name in Colour if name not in (*_QUIET, colour)]
    picked = [loud[int(k)] for k in rng.permutation(len(loud))[:2]]
    if colour not in _QUIET or rng.random() < 0.4:
        picked[0] = quiet[int(rng.integers(len(quiet)))]
    return picked[0], picked[1]


def _print_tile(pattern: Print, rng: np.random.Generator) -> PrintTile | None:
    """The shares of a print; None where the whole tile is ground."""
    match pattern:
        case Print.STRIPE:
            width, gap = ((0.5, 0.5), (1.0, 1.0), (0.4, 1.2), (2.0, 2.0), (0.25, 0.75), (3.0, 3.0))[int(rng.integers(6))]
            return stripes(width, gap, upright=bool(rng.random() < 0.3))
        case Print.CHECK:
            kind = int(rng.integers(3))
            if kind == 0:
                return gingham((0.5, 1.0, 1.6)[int(rng.integers(3))])
            return windowpane(float(rng.integers(3, 7))) if kind == 1 else tartan(float(rng.integers(5, 11)), rng)
        case Print.PRINT:
            kind = int(rng.integers(4))
            if kind == 0:
                return dots((0.25, 0.4, 0.7)[size := int(rng.integers(3))], (1.2, 2.0, 3.2)[size])
            return scattered(rng, kind=("flowers", "leaves", "shapes")[kind - 1], size=float(rng.uniform(1.4, 3.6)))
        case Print.OTHER:
            return blotched(mottled(rng, 26, 22), mottled(rng, 22, 26))
    return None


def _decal(rng: np.random.Generator, inks: list[Floats]) -> Decal:
    drawing = chest_graphic(rng)
    cover = drawing[..., 2:]
    colour = (drawing[..., :1] * inks[0] + drawing[..., 1:2] * inks[1]) / np.maximum(cover, 1e-6)
    return Decal(
        np.concatenate((colour, cover), axis=-1).astype(np.float32), float(rng.uniform(17, 21)), float(rng.uniform(13, 19))
    )
