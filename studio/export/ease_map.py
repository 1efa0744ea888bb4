"""Ease and strain as colours: what every point of the garment's cloth does, in %, and the scales to read it by."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.arrays import Floats, Picture, Points3
from studio.assembly import Assembly, PieceSurface
from studio.body import Mannequin
from studio.pattern import Role, Side

UNKNOWN = "#b9b4ad"
"""Where nothing can be said."""


@dataclass(frozen=True)
class ColourScale:
    """Colours at equal steps from `low` to `high` %, the values named on the legend, and what the scale is called."""

    title: str
    low: float
    high: float
    colours: tuple[str, ...]
    ticks: tuple[float, ...]

    @functools.cached_property
    def stops(self) -> Floats:
        """(n, 3) the colours, 0 to 255."""
        return np.array([[int(text[k : k + 2], 16) for k in (1, 3, 5)] for text in self.colours], dtype=np.float64)

    @property
    def labels(self) -> tuple[str, ...]:
        """The ticks in words; the ends hold all beyond them."""
        sign = "+" if self.low < 0 else ""
        texts = [f"{tick:{sign if tick else ''}g} %" for tick in self.ticks]
        first = f"≤ {texts[0]}" if self.ticks[0] == self.low and self.low < 0 else texts[0]
        return (first, *texts[1:-1], f"≥ {texts[-1]}")

    @property
    def plotly(self) -> dict[str, Any]:
        """What a Plotly mesh with `intensity` takes: colorscale, cmin, cmax and the colour bar."""
        shares = np.linspace(0, 1, len(self.colours)).tolist()
        bar = {"title": {"text": self.title}, "tickvals": list(self.ticks), "ticktext": list(self.labels), "thickness": 14}
        steps = [list(pair) for pair in zip(shares, self.colours, strict=True)]
        return {"colorscale": steps, "cmin": self.low, "cmax": self.high, "colorbar": bar}

    @property
    def svg(self) -> str:
        """A legend 320 px wide, for a page that shows the coloured mesh."""
        width, left = 240, 40

        def x(value: float) -> float:
            return left + width * (value - self.low) / (self.high - self.low)

        shares = np.linspace(0, 100, len(self.colours))
        stops = "".join(f'<stop offset="{s:g}%" stop-color="{c}"/>' for s, c in zip(shares, self.colours, strict=True))
        texts = "".join(
            f'<text x="{x(tick):g}" y="48" text-anchor="middle">{label}</text>'
            for tick, label in zip(self.ticks, self.labels, strict=True)
        )
        name = "scale-" + "-".join(self.title.lower().split())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 54" width="320" height="54" role="img" '
            f'aria-label="{self.title}" font-family="sans-serif" font-size="11" fill="currentColor">'
            f'<defs><linearGradient id="{name}">{stops}</linearGradient></defs>'
            f'<text x="{left}" y="12">{self.title}</text>'
            f'<rect x="{left}" y="18" width="{width}" height="16" fill="url(#{name})" stroke="currentColor" '
            f'stroke-width="0.5"/>{texts}</svg>'
        )


STRAIN = ColourScale(
    "Cloth: slack to stretched",
    -8.0,
    8.0,
    ("#1f4e9c", "#4b8ccc", "#a9cfe6", "#f3f1ea", "#f6c08a", "#e06a3b", "#a01c2c"),
    (-8.0, -4.0, 0.0, 4.0, 8.0),
)
"""How much longer (+) or shorter (-) the cloth lies than it was cut."""

BODY_ROOM = ColourScale(
    "Room between body and cloth",
    0.0,
    40.0,
    ("#a01c2c", "#e06a3b", "#f6c08a", "#f3f1ea", "#a9cfe6", "#4b8ccc", "#1f4e9c"),
    (0.0, 10.0, 20.0, 30.0, 40.0),
)
"""How far the cloth stands off the body, as a share of the body's own breadth there; red is close."""


def ease_colours(strain: Floats, *, scale: ColourScale = STRAIN) -> Picture:
    """(n, 3) screen colours of (n,) values in %; beyond the scale its end colours, where a value is NaN the grey UNKNOWN."""
    share = (np.clip(strain, scale.low, scale.high) - scale.low) / (scale.high - scale.low)
    at = np.where(np.isfinite(share), share, 0.0) * (len(scale.colours) - 1)
    steps = np.arange(len(scale.colours))
    mixed = np.stack([np.interp(at, steps, scale.stops[:, k]) for k in range(3)], axis=-1)
    grey = [int(UNKNOWN[k : k + 2], 16) for k in (1, 3, 5)]
    shown: Picture = np.rint(np.where(np.isfinite(share)[..., None], mixed, grey)).astype(np.uint8)
    return shown


def cloth_strain(assembly: Assembly) -> dict[str, Floats]:
    """(n,) % by piece: how much longer the cloth round a point lies than it is when sewn, + stretched, - slack.

    On a draped garment this is the strain of the cloth. On one that is only wrapped it is how far the wrap misses the
    cloth's lengths, and says nothing of fit. Edges inside a closed dart or drawn in to less than 0.3 of their length
    are left out; a point with no other edge is NaN.
    """
    return {part.name: _strain(part) for part in assembly.surfaces}


def _strain(part: PieceSurface) -> Floats:
    i, j = part.edges.T
    flat = np.linalg.norm(part.flat[i] - part.flat[j], axis=1)
    seen = part.lengths > 0.3 * flat
    i, j, rest = i[seen], j[seen], part.lengths[seen]
    more = np.linalg.norm(part.points[i] - part.points[j], axis=1) - rest
    ends, count = np.concatenate((i, j)), len(part.points)
    surplus = np.bincount(ends, weights=np.tile(more, 2), minlength=count)
    length = np.bincount(ends, weights=np.tile(rest, 2), minlength=count)
    strain: Floats = 100 * np.where(length > 0, surplus / np.maximum(length, 1e-9), np.nan)
    return strain


_TRUNK = (Role.FRONT, Role.BACK, Role.YOKE_FRONT, Role.YOKE_BACK, Role.HEM_RIB, Role.POCKET, Role.WAISTBAND)
_SKIRTS = (Role.SKIRT_FRONT, Role.SKIRT_BACK)
_LEGS = (Role.TROUSER_FRONT, Role.TROUSER_BACK)
_SLEEVES = (Role.SLEEVE, Role.UNDER_SLEEVE, Role.CUFF)
_ABOVE_CHEST = "upper_chest"
_CAP_SHARE = 0.25
"""Down to here along the arm, as a share of it, a sleeve lies round the shoulder and not round the arm."""


def body_room(assembly: Assembly) -> dict[str, Floats]:
    """(n,) % by piece: how far each point stands off the body, as a share of the body's own breadth in that direction.

    If the cloth stood off by x % all round, its girth would be x % more than the body's; at one point alone it is the
    room there, and not the garment's ease at that level.
    Told where the body is a ring of the mannequin: trunk below the upper chest, skirts, legs below the crotch, sleeves
    below the cap. NaN elsewhere (collars, hoods, shoulders, sleeve caps, the fork): no ring of the body is round the cloth there.
    """
    return {part.name: 100 * (_reach(part, assembly.mannequin) - 1) for part in assembly.surfaces}


def _reach(part: PieceSurface, body: Mannequin) -> Floats:
    """(n,) how far out each point is, 1 being the body's surface; NaN where no ring is round it."""
    z, nowhere = part.points[:, 2], np.full(len(part.points), np.nan)
    if part.role in _SLEEVES:
        arm = body.arms[0 if part.side == Side.LEFT else 1]
        away = part.points - arm.joint
        along = away @ arm.axis
        across = np.linalg.norm(away - along[:, None] * arm.axis, axis=1)
        inside = (along > _CAP_SHARE * arm.along[-1]) & (along < arm.along[-1])
        return np.where(inside, across / arm.radius(along), nowhere)
    if part.role in _LEGS:
        leg = body.legs[0 if part.side == Side.LEFT else 1]
        low, hip = body.heights["thigh"], body.heights["hip"]
        below = np.where(z < low, _ring_reach(leg.at(z), part.points), nowhere)
        return np.where(z > hip, _ring_reach(body.torso.at(z), part.points), below)
    if part.role in (*_TRUNK, *_SKIRTS):
        reach = _ring_reach(body.hull.at(z), part.points)
        return np.where(z < body.heights[_ABOVE_CHEST], reach, nowhere)
    return nowhere


def _ring_reach(rings: Floats, points: Points3) -> Floats:
    cx, cy, rx, ry = rings.T
    reach: Floats = np.hypot((points[:, 0] - cx) / rx, (points[:, 1] - cy) / ry)
    return reach
