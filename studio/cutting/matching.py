"""Where the two sides of a seam meet: pairs of places at equal declared arc position."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from studio.pattern import EdgeRef, Pattern, Role, Seam, SeamKind

LONG_SEAM = 25.0
"""A plain seam longer than this, cm, gets a notch in the middle; one over 70 cm gets two, at its thirds."""
VERY_LONG_SEAM = 70.0
PITCH = 0.42
"""Share of the armhole from the underarm to the pitch notch; below it the sleeve lies in without ease."""
_SLEEVES = frozenset({Role.SLEEVE, Role.UNDER_SLEEVE})
_UNEVEN = frozenset({SeamKind.GATHERED, SeamKind.STRETCHED})


@dataclass(frozen=True)
class Spot:
    """A place on a run of edges: `along` cm from the start of the outline's edge `ref`."""

    ref: EdgeRef
    along: float


@dataclass(frozen=True)
class Match:
    """A place of a seam that both sides share, `share` of the way along side a; `word` names it within its seam."""

    word: str
    a: Spot
    b: Spot


def matches(pattern: Pattern, seam: Seam) -> Iterator[Match]:
    """The places of a seam that are worth a notch, in the order of side a; none for a dart."""
    if seam.kind == SeamKind.DART:
        return
    length_a, length_b = pattern.run_length(seam.a), pattern.run_length(seam.b)
    found: list[float] = []
    for word, position in _wanted(pattern, seam, length_a, length_b):
        if all(abs(position - other) > 1.0 for other in found):
            found.append(position)
            opposite = partner(pattern, seam, position)
            yield Match(word, _spot(pattern, seam.a, position), _spot(pattern, seam.b, opposite, backwards=True))


def partner(pattern: Pattern, seam: Seam, position: float) -> float:
    """Arc position on side b, cm, of the place `position` cm along side a, both from their common end.

    Ease is spread evenly, but in an armhole it lies between the pitch notch and the shoulder alone.
    """
    length_a, length_b = pattern.run_length(seam.a), pattern.run_length(seam.b)
    if not _is_armhole(pattern, seam):
        return position * length_b / length_a
    from_underarm = position if _starts_below(pattern, seam) else length_a - position
    plain = PITCH * length_a
    eased = (length_b - plain) / (length_a - plain)
    on_b = from_underarm if from_underarm <= plain else plain + (from_underarm - plain) * eased
    return on_b if _starts_below(pattern, seam) else length_b - on_b


def _wanted(pattern: Pattern, seam: Seam, length_a: float, length_b: float) -> Iterator[tuple[str, float]]:
    """Names and positions along side a, the most important first.

    The ends of a seam count where a side runs on smoothly there: the top of a sleeve cap, between its two armholes.
    """
    yield from _centres(pattern, seam, length_a, length_b)
    yield from (("start", 0.0), ("end", length_a))
    for number, position in enumerate(_joints(pattern, seam.a), start=1):
        yield f"joint {number}", position
    for number, position in enumerate(_joints(pattern, seam.b), start=1):
        yield f"meeting {number}", position * length_a / length_b
    if seam.kind == SeamKind.LAYERED:
        return
    if _is_armhole(pattern, seam):
        yield "pitch", PITCH * length_a if _starts_below(pattern, seam) else (1 - PITCH) * length_a
    elif seam.kind in _UNEVEN:
        yield from ((f"quarter {number}", number * length_a / 4) for number in (1, 2, 3))
    elif seam.kind == SeamKind.EASED and length_a > 8:
        yield from ((f"ease {number}", number * length_a / 4) for number in (1, 3))
    elif length_a > VERY_LONG_SEAM and len({*seam.a, *seam.b}) == 2:
        yield from ((f"third {number}", number * length_a / 3) for number in (1, 2))
    elif length_a > LONG_SEAM:
        yield "middle", length_a / 2


def _is_armhole(pattern: Pattern, seam: Seam) -> bool:
    body = {pattern[ref.piece].role for ref in seam.a}
    return {pattern[ref.piece].role for ref in seam.b} <= _SLEEVES and not body & (_SLEEVES | {Role.CUFF})


def _starts_below(pattern: Pattern, seam: Seam) -> bool:
    """Whether side a of an armhole starts at the underarm."""
    return bool(pattern.edge(seam.a[0]).start[1] < pattern.edge(seam.a[-1]).end[1])


def _joints(pattern: Pattern, run: Sequence[EdgeRef]) -> Iterator[float]:
    """Arc positions at which a run passes from one piece to the next."""
    passed = 0.0
    for ref, following in itertools.pairwise(run):
        passed += pattern.edge(ref).length
        if ref.piece != following.piece:
            yield passed


def _centres(pattern: Pattern, seam: Seam, length_a: float, length_b: float) -> Iterator[tuple[str, float]]:
    """Positions along side a where a symmetric piece of either side has its centre line."""
    for run, scale in ((seam.a, 1.0), (seam.b, length_a / length_b)):
        passed = 0.0
        for ref in run:
            edge = pattern.edge(ref)
            if pattern[ref.piece].symmetric and edge.length > 1:
                backwards = run is seam.b
                ends = (edge.end, edge.start) if backwards else (edge.start, edge.end)
                if edge.start[0] * edge.end[0] < 0 and abs(edge.start[0] + edge.end[0]) < 0.1:
                    yield f"{ref.piece} centre", (passed + edge.length / 2) * scale
                elif abs(ends[1][0]) < 1e-6 and ref is not run[-1]:
                    yield f"{ref.piece} centre", (passed + edge.length) * scale
            passed += edge.length


def _spot(pattern: Pattern, run: Sequence[EdgeRef], position: float, *, backwards: bool = False) -> Spot:
    """The place `position` cm along a run; side b is walked against its edges."""
    passed = 0.0
    for ref in run:
        length = pattern.edge(ref).length
        if position <= passed + length + 1e-9 or ref is run[-1]:
            inside = float(np.clip(position - passed, 0.0, length))
            return Spot(ref, length - inside if backwards else inside)
        passed += length
    raise AssertionError("a seam has at least one edge on each side")
