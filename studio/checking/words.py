"""How a check says what it found."""

from __future__ import annotations

from studio.pattern import Finding, FindingKind


def fault(check: str, message: str, piece: str = "", edge: str = "", mm: float | None = None) -> Finding:
    """Something that cannot be sewn as drawn."""
    return Finding(FindingKind.FAULT, message, piece, edge, mm, check)


def warning(check: str, message: str, piece: str = "", edge: str = "", mm: float | None = None) -> Finding:
    """Something that can be sewn, but should be looked at first."""
    return Finding(FindingKind.WARNING, message, piece, edge, mm, check)


def spoken(name: str) -> str:
    """A piece's or an edge's name as a tailor says it: front_bodice -> front bodice."""
    return name.replace("_", " ")
