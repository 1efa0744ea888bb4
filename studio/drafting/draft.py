"""A draft in the making: what a recipe gives back, and short ways to write down seams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.curves import Curve
from studio.drafting.details.bands import with_room
from studio.drafting.details.darts import DartedEdge
from studio.drafting.pieces import Run
from studio.pattern import EdgeRef, Finding, FindingKind, Finish, Piece, Seam, SeamKind, Side


@dataclass(frozen=True, eq=False)
class Draft:
    """Pieces, seams and findings of a recipe."""

    parts: tuple[Piece, ...]
    seams: tuple[Seam, ...]
    findings: tuple[Finding, ...] = ()

    def plus(self, other: Draft) -> Draft:
        return Draft(self.parts + other.parts, self.seams + other.seams, self.findings + other.findings)


EMPTY = Draft((), ())


@dataclass(frozen=True)
class BodiceRuns:
    """Where sleeves, collars and skirts are sewn to a bodice, by the wearer's side: runs of edges over all its pieces.

    Armholes are listed in the order in which the outlines run (counter-clockwise: upwards at +x, downwards at -x), half
    necklines from the centre front to the centre back.
    """

    neck: Mapping[Side, tuple[EdgeRef, ...]]
    front_armhole: Mapping[Side, tuple[EdgeRef, ...]]
    back_armhole: Mapping[Side, tuple[EdgeRef, ...]]


PAIR = (Side.LEFT, Side.RIGHT)


def refs(piece: str, *edges: str) -> tuple[EdgeRef, ...]:
    return tuple(EdgeRef(piece, edge) for edge in edges)


def changed(message: str, piece: str = "", edge: str = "") -> Finding:
    return Finding(FindingKind.CHANGED, message, piece, edge)


def not_drawn(message: str) -> Finding:
    return Finding(FindingKind.NOT_DRAWN, message)


def backwards(curves: Iterable[Curve]) -> list[Curve]:
    """The run walked the other way."""
    return [curve.reversed() for curve in reversed(list(curves))]


def darted_runs(edge: DartedEdge, name: str, *, finish: Finish) -> list[Run]:
    """The runs of a darted edge walked from its start: name_1, dart legs, name_2 ... or just `name` without darts."""
    if not edge.legs:
        return [(name, list(edge.segments), finish)]
    runs: list[Run] = []
    for number, segment in enumerate(edge.segments, start=1):
        runs.append((f"{name}_{number}", [segment], finish))
        if number <= len(edge.legs):
            first, second = edge.legs[number - 1]
            runs.append((f"{name}_dart_{number}_a", [first], Finish.DART))
            runs.append((f"{name}_dart_{number}_b", [second], Finish.DART))
    return runs


def centred(runs: Sequence[Run]) -> list[Run]:
    """Runs of a half whose first one spans the centre line of the whole piece."""
    (name, curves, finish), *rest = runs
    return [(f"{name}_centre", curves, finish), *rest]


def dart_seams(pieces: Iterable[Piece]) -> list[Seam]:
    """One seam for every dart of these pieces: its two legs are equally long."""
    seams = []
    for piece in pieces:
        for edge in piece.edges:
            if edge.finish == Finish.DART and edge.name.endswith("_a"):
                stem = edge.name.removesuffix("_a")
                seams.append(
                    Seam(
                        f"{piece.name} {stem.replace('_', ' ')}",
                        refs(piece.name, edge.name),
                        refs(piece.name, f"{stem}_b"),
                        SeamKind.DART,
                        smooth=(True, False),
                    )
                )
    return seams


def with_pockets(pockets: Iterable[Piece], hosts: Iterable[Piece]) -> Draft:
    """The pockets where there is room on their hosts; if one has no room none is drawn, and it is said."""
    by_name = {host.name: host for host in hosts}
    placed = [with_room(pocket, by_name[pocket.laid_on.piece]) for pocket in pockets if pocket.laid_on]
    found = tuple(pocket for pocket in placed if pocket is not None)
    if len(found) < len(placed):
        return Draft((), (), (not_drawn("there is no room for the pockets between the edges and darts: they are left off"),))
    return Draft(found, ())
