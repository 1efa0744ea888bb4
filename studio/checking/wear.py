"""C8: the finished garment is larger than the body in it."""

from __future__ import annotations

from collections.abc import Iterator

from studio.checking.words import fault, warning
from studio.finished import FinishedMeasure, finished_measures, neck_opening
from studio.pattern import Finding, FindingKind, Finish, MarkKind, Pattern, Piece, Role
from studio.vocabulary import KNIT_FABRICS, Closure, Construction, Neckline

SMALLEST_EASE = {"bust": 3.0, "waist": 1.0, "hip": 2.0, "biceps": 2.5, "thigh": 3.0}
"""Least ease to breathe, sit and bend in woven cloth, cm (patterns.md 5.0 and 5.6, a little below its fitted row)."""
KNIT_SHARE = 0.9
"""A knit may be this share of the body and stretch to it; the same for a head through a knitted neckline."""
KNIT_NECK_SHARE = 0.75
"""A knitted neckline that is finished with its own band stretches by a third."""

_WHERE = {
    "bust": ((Role.FRONT,), "side"),
    "waist": ((Role.WAISTBAND, Role.FRONT, Role.SKIRT_FRONT), "waist"),
    "hip": ((Role.SKIRT_FRONT, Role.TROUSER_FRONT, Role.FRONT), "side"),
    "biceps": ((Role.SLEEVE,), "underarm"),
    "thigh": ((Role.TROUSER_FRONT,), "inseam"),
    "neck": ((Role.FRONT,), "neck"),
}
"""Where on the pattern a measure is marked: the first piece of these roles, and an edge with this word in its name."""


def wear_findings(pattern: Pattern) -> Iterator[Finding]:
    """C8 for the wearer's girths and for the head through the neckline; a warning of the recipe at that edge stands for ours."""
    said = {(finding.piece, finding.edge) for finding in pattern.findings if finding.kind == FindingKind.WARNING}
    for finding in _found(pattern):
        if finding.kind == FindingKind.FAULT or (finding.piece, finding.edge) not in said:
            yield finding


def _found(pattern: Pattern) -> Iterator[Finding]:
    knit = pattern.design.style.fabric in KNIT_FABRICS
    for measure in finished_measures(pattern):
        if measure.name in SMALLEST_EASE and measure.body is not None:
            yield from _girth(pattern, measure, measure.body, knit=knit)
    yield from _head(pattern, knit=knit)


def _girth(pattern: Pattern, measure: FinishedMeasure, body: float, *, knit: bool) -> Iterator[Finding]:
    least = KNIT_SHARE * body if knit else body + SMALLEST_EASE[measure.name]
    if measure.value >= least - 0.05:
        return
    words = f"{measure.title.lower()}: the garment measures {measure.value:.1f} cm, the body {body:.1f}"
    place = _place(pattern, measure.name)
    if not knit and measure.value < body:
        yield fault("C8", f"{words}: it cannot be worn; choose a looser fit", *place, 10 * (measure.value - body))
    else:
        yield warning(
            "C8", f"{words}, {measure.value - body:+.1f} cm of ease: choose a looser fit", *place, 10 * (measure.value - least)
        )


def _head(pattern: Pattern, *, knit: bool) -> Iterator[Finding]:
    opening = neck_opening(pattern)
    if not opening or pattern.design.style.closure != Closure.NONE or _opens(pattern):
        return
    head = pattern.measures.head
    stretches = knit or pattern.design.style.neckline == Neckline.TURTLENECK
    share = KNIT_NECK_SHARE if pattern.design.style.construction == Construction.FULL else KNIT_SHARE
    least = share * head if stretches else head
    if opening < least:
        words = f"the neckline of {opening:.1f} cm does not pass a head of {head:.1f} cm: add an opening or widen it"
        yield warning("C8", words, *_place(pattern, "neck"), 10 * (opening - least))


def _opens(pattern: Pattern) -> bool:
    """Whether a front or back is open at its edge, or slit."""
    trunk = (Role.FRONT, Role.BACK, Role.YOKE_FRONT, Role.YOKE_BACK)
    return any(
        any(edge.finish == Finish.OPENING for edge in piece.edges) or any(mark.kind == MarkKind.SLIT for mark in piece.marks)
        for piece in pattern.parts
        if piece.role in trunk
    )


def _place(pattern: Pattern, measure: str) -> tuple[str, str]:
    """(piece, edge) at which a measure is marked in the drawing."""
    roles, word = _WHERE[measure]
    pieces: list[Piece] = [piece for role in roles for piece in pattern.parts if piece.role == role]
    for piece in pieces:
        for edge in piece.edges:
            if word in edge.name and edge.finish != Finish.DART:
                return piece.name, edge.name
    return (pieces[0].name, "") if pieces else ("", "")
