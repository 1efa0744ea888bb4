"""C4: the outline runs on smoothly over a closed seam or dart, and squarely over a fold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from studio.checking.words import spoken, warning
from studio.pattern import Edge, EdgeRef, Finding, Finish, Pattern, Piece, Role, Seam, SeamKind
from studio.vocabulary import Neckline

JOIN_TOLERANCE_DEGREES = 3.0
"""The angles on both sides of a closed seam make 180 degrees within this (patterns.md 5.8)."""
FOLD_TOLERANCE_DEGREES = 1.0
"""The outline meets a centre fold at 90 degrees within this."""
_POINTED = frozenset({Role.POCKET, Role.POCKET_BAG, Role.FLY, Role.PLACKET})
"""Pieces that may come to a point on their centre line."""

Places = Mapping[tuple[str, str], tuple[Piece, int]]


def join_findings(pattern: Pattern) -> Iterator[Finding]:
    """C4 at every end of a seam that is said to be smooth."""
    places: Places = {(p.name, edge.name): (p, number) for p in pattern.parts for number, edge in enumerate(p.edges)}
    for seam in pattern.seams:
        if seam.kind == SeamKind.LAYERED:
            continue
        for at_start in smooth_ends(seam, places):
            yield from _join(seam, places, at_start=at_start)


def smooth_ends(seam: Seam, places: Places) -> list[bool]:
    """The ends of a seam at which its outline runs on, True for the start of side a; of a dart it is its mouth."""
    if seam.kind != SeamKind.DART:
        return [at_start for at_start, smooth in zip((True, False), seam.smooth, strict=True) if smooth]
    _, after = _corner(places, seam.a[-1], leaving=True)
    return [after.name == seam.b[-1].edge] if any(seam.smooth) else []


def join_angle(seam: Seam, places: Places, *, at_start: bool) -> tuple[float, str]:
    """(degrees of cloth at that end of a seam once it is closed, name of the outline edge that runs over it)."""
    one, _ = _corner(places, seam.a[0] if at_start else seam.a[-1], leaving=not at_start)
    other, beside = _corner(places, seam.b[0] if at_start else seam.b[-1], leaving=at_start)
    return one + other, beside.name


def _join(seam: Seam, places: Places, *, at_start: bool) -> Iterator[Finding]:
    angle, beside = join_angle(seam, places, at_start=at_start)
    if abs(angle - 180) <= JOIN_TOLERANCE_DEGREES:
        return
    ref = seam.b[0] if at_start else seam.b[-1]
    shape = "a point" if angle < 180 else "a hollow"
    words = (
        f"over the seam {spoken(seam.name)} the {spoken(beside)} of the {spoken(ref.piece)} makes {shape}: "
        f"{angle:.0f} degrees where 180 is smooth"
    )
    yield warning("C4", words, ref.piece, beside)


def _corner(places: Places, ref: EdgeRef, *, leaving: bool) -> tuple[float, Edge]:
    """(inner angle in degrees where an edge meets its neighbour in the outline, that neighbour): the next or the one before."""
    piece, number = places[(ref.piece, ref.edge)]
    edge = piece.edges[number]
    if leaving:
        beside = piece.edges[(number + 1) % len(piece.edges)]
        return inner_angle(edge, beside), beside
    beside = piece.edges[number - 1]
    return inner_angle(beside, edge), beside


def inner_angle(before: Edge, after: Edge) -> float:
    """Degrees of cloth in the corner between two edges that follow one another counter-clockwise, 0 to 360."""
    bx, by = before.curves[-1].tangent(1).tolist()
    ax, ay = after.curves[0].tangent(0).tolist()
    return 180 - math.degrees(math.atan2(bx * ay - by * ax, bx * ax + by * ay))


def fold_findings(pattern: Pattern) -> Iterator[Finding]:
    """C4 on the centre line of every symmetric piece: no point and no dip where it is cut on the fold."""
    v_neck = pattern.design.style.neckline == Neckline.V
    for piece in pattern.parts:
        if not piece.symmetric or piece.role in _POINTED:
            continue
        for edge, off in _over_the_centre(piece):
            if off <= FOLD_TOLERANCE_DEGREES or (v_neck and "neck" in edge.name) or edge.finish == Finish.DART:
                continue
            words = f"{spoken(piece.name)}: {spoken(edge.name)} meets the centre line at {90 - off:.0f} degrees instead of 90"
            yield warning("C4", words, piece.name, edge.name)


def _over_the_centre(piece: Piece) -> Iterator[tuple[Edge, float]]:
    """Every edge that leaves x = 0, with its degrees off the square there on the worse side."""
    run = [(edge, curve) for edge in piece.edges for curve in edge.curves]
    for (_, before), (edge, after) in zip((run[-1], *run), run, strict=False):
        if abs(after.control[0, 0]) < 1e-6:
            ways = before.tangent(1).tolist(), after.tangent(0).tolist()
            yield edge, max(math.degrees(math.atan2(abs(y), abs(x))) for x, y in ways)
