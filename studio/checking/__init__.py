"""The checks C1 to C12 on every draft (docs/checks.md): can it be sewn, does it fit, does it lie on the cloth?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from studio.checking.body import body_findings
from studio.checking.cloth import cloth_width_findings, grain_findings
from studio.checking.darts import dart_findings
from studio.checking.joins import fold_findings, join_findings
from studio.checking.mirror import EXACTLY, mirror_findings, mirror_offs
from studio.checking.on_paper import checked_on_paper
from studio.checking.outline import outline_findings
from studio.checking.seams import finish_findings, length_findings
from studio.checking.wear import wear_findings
from studio.pattern import Finding, FindingKind, Pattern

__all__ = ["body_findings", "checked", "checked_on_paper"]


def checked(pattern: Pattern) -> tuple[Finding, ...]:
    """Everything that the checks find in a draft, faults first; () for a pattern that is ready to cut.

    C3 and C6 need the cutting lines, which most drafts never want: `checked_on_paper` makes them when they are asked for.
    Of a pair of exact mirror images only the left piece is looked at.
    """
    return tuple(sorted(_found(pattern), key=lambda finding: finding.kind != FindingKind.FAULT))


def _found(pattern: Pattern) -> Iterator[Finding]:
    mirrored = mirror_offs(pattern)
    for piece in pattern.parts:
        if piece.symmetric or mirrored.get(piece.name, math.inf) > EXACTLY:
            yield from outline_findings(piece)
            yield from dart_findings(piece)
            yield from grain_findings(piece)
            yield from cloth_width_findings(piece, pattern.design.making)
    yield from length_findings(pattern)
    yield from finish_findings(pattern)
    yield from join_findings(pattern)
    yield from fold_findings(pattern)
    yield from mirror_findings(pattern, mirrored)
    yield from wear_findings(pattern)
    yield from body_findings(pattern.design, pattern.measures)
