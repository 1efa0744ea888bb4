"""How cloth hangs that is wider than the ring it hangs from: a cone no flatter than cloth falls, the rest of it in waves.

A ring of radius R with n waves is R (1 + e cos(n phi)); e is read from a table so that the wavy ring is as long as the
cloth, and the height falls so that every ray down the cloth keeps its length too.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats
from studio.wrapping.gathers import GATHERS_OPEN

GATHERED_FROM = 1.12
"""A skirt whose top is this much longer than the waist is gathered or pleated there."""
_FREE_SLOPE = 0.25  # sine: up to here a cone stands as it is cut (a quarter circle)
_WIDEST_SLOPE = math.sin(math.radians(35.0))  # how a full circle hangs
_PHASES = 97
_DEEPEST = 2.2  # largest n e: a wavy ring of about 1.75 times its plain length
_HEIGHTS = np.linspace(-1.0, 1.0, 9)


@functools.cache
def _table(count: int) -> tuple[Floats, Floats, Floats]:
    """For `count` waves: (k,) depths e, (k,) length ratios, (k, phases) share of a wave's length reached at each phase."""
    depths = np.linspace(0.0, _DEEPEST / count, 25)
    phase = np.linspace(0, 2 * math.pi, _PHASES)
    speed = np.hypot(1 + depths[:, None] * np.cos(phase), count * depths[:, None] * np.sin(phase))
    steps = (speed[:, 1:] + speed[:, :-1]) / 2
    reached = np.concatenate((np.zeros((len(depths), 1)), np.cumsum(steps, axis=1)), axis=1)
    return depths, steps.mean(axis=1), reached / reached[:, -1:]


@dataclass(frozen=True, eq=False)
class Hanging:
    """Radii and waves of a skirt by level: what is left of the cloth's girth beyond `radii` goes into the waves."""

    levels: Floats  # y, rising to 0 at the waist
    radii: Floats  # of the mean ring
    depths: Floats  # e: height of the waves as a share of the radius
    count: int  # waves round the body, even: they are the same on both sides
    is_gathered: bool  # at the waist, or pleated
    falls: Floats  # (levels, 9) height below the waist (negative), by level and by cosine of the phase

    @classmethod
    def of(cls, levels: Floats, girths: Floats, bodies: Floats, *, waist: float) -> Hanging:
        """The hang of rings of these girths (cm, by rising level) over body girths `bodies`, from a waist of `waist` cm."""
        natural = girths / (2 * math.pi)
        depth = -levels
        gathered = bool(girths[-1] > GATHERED_FROM * waist)
        top = 1.02 * waist / (2 * math.pi) if gathered else float(natural[-1])
        slopes = -np.diff(natural) / np.diff(levels)
        cut = float(np.median(slopes[: len(slopes) // 2]))  # below the hip
        slope = max(0.94 * natural[0] - top, 0.0) / max(float(depth[0]), 1.0) if gathered else hanging_slope(cut)
        radii = natural
        if gathered or slope < cut:
            hung = np.maximum(top + slope * depth, bodies / (2 * math.pi) + 0.6)
            softened = np.convolve(np.pad(hung, 2, mode="edge"), np.ones(5) / 5, mode="valid")
            radii = np.minimum(natural, softened)
        count = waves_for(float(girths[0]), float(girths[0] - 2 * math.pi * radii[0]), gathered=gathered)
        known, ratios, _ = _table(count)
        depths = np.interp(natural / radii, ratios, known)
        if gathered:
            share = np.clip(depth / GATHERS_OPEN, 0, 1)
            depths = depths * share * share * (3 - 2 * share)
        wavy = radii[:, None] * (1 + depths[:, None] * _HEIGHTS)
        lean = np.clip(np.diff(wavy, axis=0) / np.diff(levels)[:, None], -0.95, 0.95)
        steps = np.diff(levels)[:, None] * np.sqrt(1 - lean**2)
        falls = np.concatenate((-np.cumsum(steps[::-1], axis=0)[::-1], np.zeros((1, len(_HEIGHTS)))))
        return cls(levels, radii, depths, count, gathered, falls)

    @property
    def girths(self) -> Floats:
        """Girth of the mean ring by level, cm."""
        girths: Floats = 2 * math.pi * self.radii
        return girths

    def at(self, turn: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
        """(angle on the body, factor of the radius, height below the waist) of places `turn` round the cloth at levels y."""
        known, _, reached = _table(self.count)
        depth = np.interp(y, self.levels, self.depths)
        row = np.clip(depth / known[1], 0, len(known) - 1.001)
        low, part = row.astype(np.int64), row - np.floor(row)
        wave = turn * self.count / (2 * math.pi)
        phase = np.empty_like(wave)
        for number in np.unique(low):
            here = low == number
            inside = wave[here] - np.floor(wave[here])
            turns = np.linspace(0, 1, _PHASES)
            first, second = (np.interp(inside, reached[k], turns) for k in (number, number + 1))
            phase[here] = np.floor(wave[here]) + first + part[here] * (second - first)
        height = np.cos(2 * math.pi * phase)
        return phase * 2 * math.pi / self.count, 1 + depth * height, self._fallen(height, y)

    def _fallen(self, height: Floats, y: Floats) -> Floats:
        """Height below the waist, read between the rays; below the lowest level the cloth goes on."""
        column = np.clip((height + 1) / 2 * (len(_HEIGHTS) - 1), 0, len(_HEIGHTS) - 1.001)
        left, part = column.astype(np.int64), column - np.floor(column)
        step = float(self.levels[1] - self.levels[0])
        row = np.clip((y - self.levels[0]) / step, 0, len(self.levels) - 1.001)
        low, share = row.astype(np.int64), row - np.floor(row)
        first = self.falls[low, left] * (1 - part) + self.falls[low, left + 1] * part
        second = self.falls[low + 1, left] * (1 - part) + self.falls[low + 1, left + 1] * part
        fallen: Floats = first + share * (second - first) + np.minimum(y - self.levels[0], 0.0) + np.maximum(y, 0.0)
        return fallen


def hanging_slope(natural: float) -> float:
    """Sine of the angle from the vertical at which a cone hangs that is cut with this one (1 for a full circle)."""
    if natural <= _FREE_SLOPE:
        return natural
    return _FREE_SLOPE + (natural - _FREE_SLOPE) / (1 - _FREE_SLOPE) * (_WIDEST_SLOPE - _FREE_SLOPE)


def waves_for(girth: float, spare: float, *, gathered: bool) -> int:
    """How many waves (even) `spare` cm of a hem `girth` cm round fall into: gathers in more and smaller ones."""
    if spare < 0.02 * girth:
        return 8
    wide = 11.0 if gathered else 40.0
    return int(np.clip(2 * round(girth / wide / 2), 6, 14))
