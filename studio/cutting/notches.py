"""Notches: made from the seam list alone, so that every one has its partner where the seam is sewn."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from studio.arrays import Point2
from studio.cutting.matching import Spot, matches
from studio.paper import Notch
from studio.pattern import Edge, Finish, Pattern, Piece, Role, SeamKind

CORNER_CLEARANCE = 1.0
"""No notch lies nearer to a corner of its seam line, cm; only a dart's mouth is a corner that is notched itself."""
_CORNER = math.radians(15)
_TOGETHER = 0.6
"""Two notches nearer to one another than this, cm, would be read as one double notch: the later one is left out."""
_FRONTS = frozenset({Role.FRONT, Role.SKIRT_FRONT, Role.TROUSER_FRONT, Role.YOKE_FRONT})
_BACKS = frozenset({Role.BACK, Role.SKIRT_BACK, Role.TROUSER_BACK, Role.YOKE_BACK})


def notches_of(pattern: Pattern, allowances: Mapping[str, Mapping[str, float]]) -> Mapping[str, tuple[Notch, ...]]:
    """Every notch of a pattern by piece name; `allowances` are those of `edge_allowances`, by piece and edge.

    A place whose one side falls on a corner (where a side seam meets a waistband) is notched on the other side alone.
    """
    placed: dict[str, list[Notch]] = defaultdict(list)
    corners = {piece.name: _corners(piece) for piece in pattern.parts}
    for seam in pattern.seams:
        count = _strokes(pattern, {ref.piece for ref in (*seam.a, *seam.b)})
        for match in matches(pattern, seam):
            notches = [_notch(pattern, allowances, spot, count, f"{seam.name}: {match.word}") for spot in (match.a, match.b)]
            fresh = [
                (spot, notch)
                for spot, notch in zip((match.a, match.b), notches, strict=True)
                if all(math.dist(notch.at, corner) >= CORNER_CLEARANCE for corner in corners[spot.ref.piece])
            ]
            if not any(_crowds(placed[spot.ref.piece], notch) for spot, notch in fresh):
                for spot, notch in fresh:
                    placed[spot.ref.piece].append(notch)
        if seam.kind == SeamKind.DART:
            piece = pattern[seam.a[0].piece]
            placed[piece.name] += _dart_notches(piece, seam.name, allowances[piece.name])
    return {name: tuple(found) for name, found in placed.items()}


def _strokes(pattern: Pattern, names: set[str]) -> int:
    """One stroke wherever a front takes part, two where only backs do; the trade's way to tell a sleeve's front from its back."""
    roles = {pattern[name].role for name in names}
    return 2 if roles & _BACKS and not roles & _FRONTS else 1


def _crowds(others: list[Notch], notch: Notch) -> bool:
    return any(math.dist(notch.at, other.at) < _TOGETHER for other in others)


def _corners(piece: Piece) -> list[Point2]:
    found = []
    for edge, following in zip(piece.edges, (*piece.edges[1:], piece.edges[0]), strict=True):
        joins = [*zip(edge.curves, edge.curves[1:], strict=False), (edge.curves[-1], following.curves[0])]
        found += [
            second.start
            for first, second in joins
            if math.acos(float(np.clip(first.tangent(1) @ second.tangent(0), -1, 1))) > _CORNER
        ]
    return found


def _on_edge(edge: Edge, along: float) -> tuple[Point2, Point2]:
    """Point and unit direction of the outline `along` cm from an edge's start, exact to some thousandths of a cm."""
    for curve in edge.curves:
        if along <= curve.length or curve is edge.curves[-1]:
            break
        along -= curve.length
    if curve.is_line:
        way = curve.tangent(0.0)
        return curve.start + min(along, curve.length) * way, way
    steps = np.diff(curve.stepped(129), axis=0)
    travelled = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
    parameter = float(np.interp(along * travelled[-1] / curve.length, travelled, np.arange(129) / 128))
    return curve.at(np.array([parameter]))[0], curve.tangent(parameter)


def _notch(pattern: Pattern, allowances: Mapping[str, Mapping[str, float]], spot: Spot, count: int, pair: str) -> Notch:
    at, way = _on_edge(pattern.edge(spot.ref), spot.along)
    return Notch(at, np.array((way[1], -way[0])), way, count, allowances[spot.ref.piece][spot.ref.edge], spot.ref.edge, pair)


def _dart_notches(piece: Piece, name: str, allowances: Mapping[str, float]) -> list[Notch]:
    """One at each end of every dart's mouth, in line with its leg."""
    found = []
    ring = (piece.edges[-1], *piece.edges, piece.edges[0])
    for before, leg, after in zip(ring, ring[1:], ring[2:], strict=False):
        if leg.finish != Finish.DART or not name.endswith(leg.name[:-2].replace("_", " ")):
            continue
        opens = before.finish != Finish.DART
        mouth, beside = (leg.start, before) if opens else (leg.end, after)
        out = -leg.curves[0].tangent(0) if opens else leg.curves[-1].tangent(1)
        way = beside.curves[-1].tangent(1) if opens else beside.curves[0].tangent(0)
        square = max(float(out @ np.array((way[1], -way[0]))), 0.3)
        found.append(Notch(mouth, out, way, 1, allowances[beside.name] / square, leg.name, name))
    return found
