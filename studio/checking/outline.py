"""C1: every piece is one closed outline that does not cross itself."""

from __future__ import annotations

import math
from collections.abc import Iterator

from shapely.geometry import Polygon

from studio.checking.words import fault, spoken, warning
from studio.pattern import Finding, Piece

CLOSED_WITHIN = 0.01
"""Two edges that should meet end to start do so within this, cm."""
SHORTEST_EDGE = 0.2
"""An edge shorter than this, cm, cannot be notched nor sewn as an edge of its own (patterns.md 5.8)."""


def outline_findings(piece: Piece) -> Iterator[Finding]:
    """C1 for one piece: closed, counter-clockwise, simple, no edge under 2 mm."""
    name = spoken(piece.name)
    open_after = [
        (before, after, gap)
        for before, after in zip(piece.edges, (*piece.edges[1:], piece.edges[0]), strict=True)
        if (gap := math.dist(before.end, after.start)) > CLOSED_WITHIN
    ]
    for before, after, gap in open_after:
        words = f"{name}: {spoken(before.name)} and {spoken(after.name)} do not meet, there is a gap of {10 * gap:.1f} mm"
        yield fault("C1", words, piece.name, before.name, 10 * gap)
    if piece.area <= 0:
        yield fault("C1", f"{name}: the outline is turned inside out with these measurements", piece.name)
    elif not open_after and not Polygon(piece.traced).is_valid:
        yield fault("C1", f"{name}: the outline crosses itself with these measurements", piece.name)
    for edge in piece.edges:
        if edge.length < SHORTEST_EDGE:
            words = f"{name}: {spoken(edge.name)} is only {10 * edge.length:.1f} mm long"
            yield warning("C1", words, piece.name, edge.name, 10 * edge.length)
