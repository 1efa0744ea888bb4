"""C9: left and right are mirror images, and what is cut on the fold is symmetric."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from studio.arrays import Points2
from studio.checking.words import spoken, warning
from studio.pattern import Finding, Pattern, Piece

MIRRORED_WITHIN = 0.05
"""Places of a piece and of its mirror image agree within this, cm."""
EXACTLY = 1e-6
_MIDDLE = np.array((0.125, 0.375, 0.375, 0.125))


def mirror_findings(pattern: Pattern, offs: Mapping[str, float]) -> Iterator[Finding]:
    """C9 for every pair and every symmetric piece; `offs` as `mirror_offs` gives them."""
    for name, off in offs.items():
        if off <= MIRRORED_WITHIN:
            continue
        if pattern[name].symmetric:
            words = f"{spoken(name)} is to be cut on the fold, but its halves differ by {10 * off:.1f} mm"
        else:
            words = f"{spoken(twin_name(name))} and {spoken(name)} are not mirror images: they differ by {10 * off:.1f} mm"
        yield warning("C9", words, name, mm=10 * off)


def mirror_offs(pattern: Pattern) -> dict[str, float]:
    """How far every symmetric piece is from its own mirror image, and every right piece of a pair from the left one's, cm."""
    places = {piece.name: _places(piece) for piece in pattern.parts}
    found = {}
    for piece in pattern.parts:
        other = piece.name if piece.symmetric else twin_name(piece.name)
        if other in places and (piece.symmetric or other != piece.name):
            found[piece.name] = _apart(places[piece.name], places[other] * (-1.0, 1.0))
    return found


def twin_name(right: str) -> str:
    """The name of the left piece of a right one's pair; the same name for any other piece."""
    return right.replace("_right", "_left")


def _places(piece: Piece) -> Points2:
    """(n, 2) the start and the middle of every curve: the same places whichever way the outline is walked."""
    curves = [curve for edge in piece.edges for curve in edge.curves]
    lines = np.array([curve.control for curve in curves if curve.is_line]).reshape(-1, 2, 2)
    cubics = np.array([curve.control for curve in curves if not curve.is_line]).reshape(-1, 4, 2)
    return np.concatenate((lines[:, 0], lines.mean(axis=1), cubics[:, 0], _MIDDLE @ cubics))


def _apart(points: Points2, others: Points2) -> float:
    """The farthest that any point of one set lies from its nearest in the other, cm."""
    x, y = (points[:, None, axis] - others[None, :, axis] for axis in (0, 1))
    squares = x * x + y * y
    return math.sqrt(float(max(squares.min(axis=1).max(), squares.min(axis=0).max())))
