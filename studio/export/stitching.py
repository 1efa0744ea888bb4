"""From seams to stitches between single curves: what formats need that sew one whole edge to one whole edge.

A seam joins runs of edges, and an edge may be several curves. Here both sides are cut where either side has a joint, at the
place that meets it when sewn, and paired in order.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.curves import Curve
from studio.cutting.matching import partner
from studio.pattern import EdgeRef, Pattern, Piece, Seam, SeamKind

_SAME_PLACE = 0.1
"""Joints of both sides closer to one another than this, cm, are one place."""
_ON_JOINT = 1e-6

Place = tuple[str, int]
"""A piece and the number of one of its parts."""


@dataclass(frozen=True, eq=False)
class Part:
    """A stretch of one curve of an edge: the curve number `curve` of edge `edge` from Bezier parameter `start` to `end`."""

    edge: str
    curve: int
    start: float
    end: float
    shape: Curve


@dataclass(frozen=True, eq=False)
class Stitching:
    """The parts of every piece round its outline, the pairs to be sewn, and for every seam whether it is among them.

    A pair's first part is walked with its outline, the second against.
    """

    parts: Mapping[str, tuple[Part, ...]]
    stitches: tuple[tuple[Place, Place], ...]
    stitched: tuple[bool, ...]


def stitching(pattern: Pattern) -> Stitching:
    """Every seam as stitches between single curves.

    Layered seams are left out, and seams with an edge that an earlier seam holds: a part is sewn once.
    """
    taken: set[EdgeRef] = set()
    cuts: dict[EdgeRef, list[float]] = {}
    stitched: list[bool] = []
    for seam in pattern.seams:
        both = (*seam.a, *seam.b)
        free = seam.kind != SeamKind.LAYERED and len(set(both)) == len(both) and not taken & set(both)
        stitched.append(free)
        if free:
            taken |= set(both)
            _cut_both(pattern, seam, cuts)
    parts = {piece.name: tuple(_parts(piece, cuts)) for piece in pattern.parts}
    numbers = _numbers(parts)
    pairs: list[tuple[Place, Place]] = []
    for seam, free in zip(pattern.seams, stitched, strict=True):
        if free:
            ahead = [place for ref in seam.a for place in numbers[ref]]
            against = [place for ref in seam.b for place in reversed(numbers[ref])]
            pairs += zip(ahead, against, strict=True)
    return Stitching(parts, tuple(pairs), tuple(stitched))


def _cut_both(pattern: Pattern, seam: Seam, cuts: dict[EdgeRef, list[float]]) -> None:
    """Note where the edges of both sides are cut, cm from each edge's start."""
    own_a, own_b = _joints(pattern, seam.a), _joints(pattern, seam.b, backwards=True)
    wanted_a, wanted_b = list(own_a), []
    open_a = [(position, partner(pattern, seam, position)) for position in own_a]
    for position in own_b:
        near = min(open_a, key=lambda pair: abs(pair[1] - position), default=None)
        if near is not None and abs(near[1] - position) < _SAME_PLACE:
            open_a.remove(near)
        else:
            wanted_a.append(_partner_on_a(pattern, seam, position))
        wanted_b.append(position)
    wanted_b += [position for _, position in open_a]
    _note(pattern, seam.a, wanted_a, cuts)
    _note(pattern, seam.b, wanted_b, cuts, backwards=True)


def _joints(pattern: Pattern, run: Sequence[EdgeRef], *, backwards: bool = False) -> list[float]:
    """Positions between the curves of a run, cm from its start, its ends left out."""
    lengths: list[float] = []
    for ref in run:
        curves = pattern.edge(ref).curves
        lengths += [curve.length for curve in (reversed(curves) if backwards else curves)]
    return [float(position) for position in np.cumsum(lengths)[:-1]]


def _partner_on_a(pattern: Pattern, seam: Seam, position: float) -> float:
    """The place on side a that meets `position` on side b, by bisection."""
    low, high = 0.0, pattern.run_length(seam.a)
    for _ in range(48):
        middle = (low + high) / 2
        if partner(pattern, seam, middle) < position:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _note(
    pattern: Pattern,
    run: Sequence[EdgeRef],
    wanted: Sequence[float],
    cuts: dict[EdgeRef, list[float]],
    *,
    backwards: bool = False,
) -> None:
    passed = 0.0
    for ref in run:
        length = pattern.edge(ref).length
        inside = [position - passed for position in wanted if passed < position < passed + length]
        cuts.setdefault(ref, []).extend(sorted(length - place if backwards else place for place in inside))
        passed += length


def _parts(piece: Piece, cuts: Mapping[EdgeRef, Sequence[float]]) -> list[Part]:
    parts: list[Part] = []
    for edge in piece.edges:
        places = cuts.get(EdgeRef(piece.name, edge.name), ())
        passed = 0.0
        for number, curve in enumerate(edge.curves):
            ends = (passed + _ON_JOINT, passed + curve.length - _ON_JOINT)
            inside = [parameter_at(curve, place - passed) for place in sorted(places) if ends[0] < place < ends[1]]
            stops = [0.0, *inside, 1.0]
            for start, end in itertools.pairwise(stops):
                parts.append(Part(edge.name, number, start, end, stretch(curve, start, end)))
            passed += curve.length
    return parts


def _numbers(parts: Mapping[str, Sequence[Part]]) -> dict[EdgeRef, list[Place]]:
    numbers: dict[EdgeRef, list[Place]] = {}
    for piece, own in parts.items():
        for number, part in enumerate(own):
            numbers.setdefault(EdgeRef(piece, part.edge), []).append((piece, number))
    return numbers


def parameter_at(curve: Curve, length: float) -> float:
    """The Bezier parameter `length` cm along the curve, by Newton's steps kept between bounds."""
    if curve.is_line:
        return length / curve.length
    low, high, guess = 0.0, 1.0, length / curve.length
    for _ in range(40):
        error = curve.split(guess)[0].length - length
        if abs(error) < 1e-9:
            break
        low, high = (low, guess) if error > 0 else (guess, high)
        speed = float(np.hypot(*curve.derivative(np.array([guess]))[0]))
        step = guess - error / max(speed, 1e-9)
        guess = step if low < step < high else (low + high) / 2
    return guess


def stretch(curve: Curve, start: float, end: float) -> Curve:
    """The part of a curve between two Bezier parameters."""
    if (start, end) == (0.0, 1.0):
        return curve
    kept = curve if start == 0.0 else curve.split(start)[1]
    return kept if end == 1.0 else kept.split((end - start) / (1 - start))[0]
