"""Where the grainline of a narrow, curved piece is drawn: upright, where the piece is tallest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.arrays import Floats, Points2
from studio.pattern import Piece

PLACES = 24
SHARE = 0.9
BESIDE = 0.15
"""The cloth reaches at least this far to both sides of a grainline, cm."""


def with_upright_grain(piece: Piece) -> Piece:
    """The piece with its grainline upright where it is tallest, of 24 places across it; on a symmetric piece at +x."""
    outline = piece.traced
    x0, x1 = (0.0 if piece.symmetric else float(outline[:, 0].min())), float(outline[:, 0].max())
    across = np.linspace(x0, x1, PLACES + 2)[1:-1]
    before, behind = _levels(outline, across - BESIDE), _levels(outline, across + BESIDE)
    low, high = np.maximum(before[:, ::2], behind[:, ::2]), np.minimum(before[:, 1::2], behind[:, 1::2])
    low, high = (np.where(np.isfinite(high) & np.isfinite(low), levels, 0.0) for levels in (low, high))
    tall = high - low
    off_middle = np.abs(across - (x0 + x1) / 2)[:, None]
    place, span = np.unravel_index(np.argmin(np.where(tall > 0.95 * tall.max(), off_middle, np.inf)), tall.shape)
    middle, reach = (low[place, span] + high[place, span]) / 2, SHARE * tall[place, span] / 2
    return replace(piece, grainline=np.array(((across[place], middle + reach), (across[place], middle - reach))))


def _levels(outline: Points2, across: Floats) -> Points2:
    """(n, 4) levels at which the upright lines at these n places cross a closed outline, from below; infinite beyond the last."""
    (x, y), (next_x, next_y) = outline.T, np.concatenate((outline[1:], outline[:1])).T
    at = across[:, None]
    crossing = (x < at) != (next_x < at)
    with np.errstate(divide="ignore", invalid="ignore"):
        levels = y + (at - x) / (next_x - x) * (next_y - y)
    return np.sort(np.where(crossing, levels, np.inf), axis=1)[:, :4]
