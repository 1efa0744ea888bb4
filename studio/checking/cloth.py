"""C7 and C11: every piece has its grainline, and fits across the cloth."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from studio.arrays import Point2
from studio.checking.words import fault, spoken, warning
from studio.cutting.allowance import edge_allowances
from studio.fields import Making
from studio.finished import inside_length
from studio.pattern import Finding, Piece

SHORTEST_GRAIN = 5.0
SHORTEST_GRAIN_SHARE = 0.2
"""A grainline is at least 5 cm long, or on a small piece 0.2 of the piece along it, so that it can be measured from."""
OUTSIDE_WITHIN = 0.1
"""What may stick out of a piece at the ends of its grainline, cm: less than a pencil line."""


def grain_findings(piece: Piece) -> Iterator[Finding]:
    """C7: a grainline is there, long enough, and inside the piece."""
    called = spoken(piece.name)
    if piece.grainline.shape != (2, 2) or not np.isfinite(piece.grainline).all():
        yield fault("C7", f"{called} has no grainline", piece.name)
        return
    start, end = piece.grainline
    length = math.dist(start, end)
    along = piece.traced @ (end - start) / max(length, 1e-9)
    if length < min(SHORTEST_GRAIN, SHORTEST_GRAIN_SHARE * float(np.ptp(along))) or length < 1e-6:
        yield warning("C7", f"{called}: the grainline is only {length:.1f} cm long", piece.name, mm=10 * length)
        return
    inside = inside_length(piece.traced, start, end - start, low=0.0, high=length)
    if inside < length - OUTSIDE_WITHIN:
        words = f"{called}: {length - inside:.1f} cm of the grainline lie outside the piece"
        yield warning("C7", words, piece.name, mm=10 * (length - inside))


def cloth_width_findings(piece: Piece, making: Making) -> Iterator[Finding]:
    """C11: the whole piece with its allowances fits across the cloth, its grainline along the selvedge."""
    start, end = piece.grainline
    x0, y0, x1, y1 = piece.bounds
    if math.hypot(x1 - x0, y1 - y0) + 2 * max(making.seam_allowance, making.hem_allowance) <= making.fabric_width:
        return
    way = (end - start) / max(math.dist(start, end), 1e-9)
    across = np.array((-way[1], way[0]))
    width = _reach(piece, across, making) + _reach(piece, -across, making)
    if width > making.fabric_width + 1e-6:
        over = width - making.fabric_width
        words = (
            f"{spoken(piece.name)} is {width:.0f} cm wide with its allowances, {over:.0f} cm more than the cloth of "
            f"{making.fabric_width:.0f} cm: take wider cloth or join it at the centre"
        )
        yield warning("C11", words, piece.name, mm=10 * over)


def _reach(piece: Piece, way: Point2, making: Making) -> float:
    """How far a piece with its allowances reaches along a unit direction, from the origin, cm."""
    allowances = edge_allowances(piece, making)
    reach = -math.inf
    for edge in piece.edges:
        points = edge.sampled(17)
        steps = points[1:] - points[:-1]
        out = (steps[:, 1] * way[0] - steps[:, 0] * way[1]) / np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-12)
        here = points @ way
        reach = max(reach, float((np.maximum(here[1:], here[:-1]) + allowances[edge.name] * out).max()))
    return reach
