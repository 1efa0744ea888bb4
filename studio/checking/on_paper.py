"""C3 and C6: notches meet, and the cutting line leaves the whole allowance outside every seam."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from studio.checking.words import fault, spoken, warning
from studio.cutting import edge_allowances, paper_pieces
from studio.cutting.matching import matches, partner
from studio.cutting.notches import notches_of
from studio.errors import DraftError
from studio.fields import Making
from studio.paper import Notch, PaperPiece
from studio.pattern import SEWING_TOLERANCE_MM, Edge, EdgeRef, Finding, Pattern, Seam, SeamKind

ALLOWANCE_WITHIN = 0.05
"""The cutting line comes no nearer to a seam than its allowance less this, cm."""
CORNER_REACH = 2.0
"""Nearer to a corner than this many allowances the neighbouring edge rules the cutting line, and it is not measured."""


def checked_on_paper(pattern: Pattern) -> tuple[Finding, ...]:
    """C3 and C6 of a pattern as it lies on the cutting table."""
    try:
        papers = paper_pieces(pattern, on_fold=False)
    except DraftError as error:
        return (fault("C6", str(error)),)
    found = [finding for paper in papers for finding in cut_line_findings(paper, pattern.design.making)]
    return (*notch_findings(pattern), *found)


def notch_findings(pattern: Pattern) -> Iterator[Finding]:
    """C3: both notches of a pair lie equally far along their seam, its declared ease allowed for."""
    allowances = {piece.name: edge_allowances(piece, pattern.design.making) for piece in pattern.parts}
    placed: dict[tuple[str, str, str], Notch] = {
        (notch.pair, name, notch.edge): notch for name, notches in notches_of(pattern, allowances).items() for notch in notches
    }
    for seam in pattern.seams:
        for match in matches(pattern, seam) if seam.kind != SeamKind.DART else ():
            pair = f"{seam.name}: {match.word}"
            one = placed.get((pair, match.a.ref.piece, match.a.ref.edge))
            other = placed.get((pair, match.b.ref.piece, match.b.ref.edge))
            if one is not None and other is not None:
                yield from notch_pair(pattern, seam, one, other, match.a.ref, match.b.ref)


def notch_pair(pattern: Pattern, seam: Seam, one: Notch, other: Notch, a: EdgeRef, b: EdgeRef) -> Iterator[Finding]:
    """C3 for one pair of notches, `one` on edge `a` and `other` on edge `b` of a seam."""
    position = _passed(pattern, seam.a, a) + _along(pattern.edge(a), one)
    behind = pattern.edge(b).length - _along(pattern.edge(b), other)
    off = 10 * (_passed(pattern, seam.b, b) + behind - partner(pattern, seam, position))
    if abs(off) > SEWING_TOLERANCE_MM:
        words = (
            f"seam {spoken(seam.name)}: the notches of {spoken(a.piece)} {spoken(a.edge)} and {spoken(b.piece)} "
            f"{spoken(b.edge)} miss one another by {abs(off):.1f} mm"
        )
        yield fault("C3", words, b.piece, b.edge, off)


def _passed(pattern: Pattern, run: tuple[EdgeRef, ...], ref: EdgeRef) -> float:
    """Length of the run before an edge, cm."""
    return sum(pattern.edge(before).length for before in run[: run.index(ref)])


def _along(edge: Edge, notch: Notch) -> float:
    """How far along an edge a notch lies, cm."""
    points = edge.sampled(257)
    nearest = int(np.argmin(np.hypot(points[:, 0] - notch.at[0], points[:, 1] - notch.at[1])))
    step = edge.length / 256
    beyond = float((notch.at - points[nearest]) @ notch.along)
    return nearest * step + min(max(beyond, -step), step)


def cut_line_findings(paper: PaperPiece, making: Making) -> Iterator[Finding]:
    """C6 for one piece: the cutting line is simple, and nowhere nearer to a seam than its allowance."""
    piece = paper.piece
    called = spoken(paper.name)
    if not shapely.Polygon(paper.cut_line).is_valid:
        yield fault("C6", f"{called}: the cutting line crosses itself", piece.name)
        return
    ring = shapely.LinearRing(paper.cut_line)
    corners = np.array([edge.start for edge in piece.edges])
    allowances = edge_allowances(piece, making)
    for edge in piece.edges:
        width = allowances[edge.name]
        if width <= 0:
            continue
        places = edge.sampled(17)
        to_corner = np.hypot(*(places[:, None] - corners[None]).transpose(2, 0, 1)).min(axis=1)
        places = places[to_corner > CORNER_REACH * width]
        if not len(places):
            continue
        nearest = float(shapely.distance(shapely.points(places), ring).min())
        if nearest < width - ALLOWANCE_WITHIN:
            words = (
                f"{called}: the cutting line comes within {10 * nearest:.0f} mm of {spoken(edge.name)}, "
                f"whose allowance is {10 * width:.0f} mm"
            )
            yield warning("C6", words, piece.name, edge.name, 10 * (nearest - width))
