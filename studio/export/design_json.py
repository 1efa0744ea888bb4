"""The design document as a file; the pattern is drafted again from it."""

from __future__ import annotations

from studio.pattern import Pattern


def design_json(pattern: Pattern) -> bytes:
    """The pattern's design as UTF-8 JSON."""
    return (pattern.design.to_json() + "\n").encode()
