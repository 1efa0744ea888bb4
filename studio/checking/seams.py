"""C2 and C10: every seam closes at its declared length, and every edge is finished exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studio.checking.words import fault, spoken
from studio.pattern import Finding, Finish, Pattern, SeamCheck, SeamKind

_MUST_BE_SEWN = (Finish.SEAM, Finish.DART)


def length_findings(pattern: Pattern) -> Iterator[Finding]:
    """C2: the two sides of every seam differ by its declared ease or ratio, and by nothing else."""
    for check in pattern.seam_checks:
        if not check.is_sewable:
            first = check.seam.a[0]
            words = (
                f"the seam {spoken(check.seam.name)} does not close: {check.length_a:.1f} cm against "
                f"{check.length_b:.1f} cm{_declared(check)}, off by {check.mismatch_mm:+.1f} mm"
            )
            yield fault("C2", words, first.piece, first.edge, check.mismatch_mm)


def _declared(check: SeamCheck) -> str:
    seam = check.seam
    words = []
    if seam.ratio != 1:
        words.append(f"to be {seam.ratio:.2f} times as long")
    if abs(seam.ease) >= 0.005:
        words.append(f"{seam.ease:+.1f} cm of ease")
    return f" ({' and '.join(words)})" if words else ""


def finish_findings(pattern: Pattern) -> Iterator[Finding]:
    """C10: an edge meant to be sewn is in a seam, and no edge is in two (layers caught in a seam do not count)."""
    sewn: Counter[tuple[str, str]] = Counter()
    layered: set[tuple[str, str]] = set()
    for seam in pattern.seams:
        places = [(ref.piece, ref.edge) for ref in (*seam.a, *seam.b)]
        if seam.kind == SeamKind.LAYERED:
            layered.update(places)
        else:
            sewn.update(places)
    for piece in pattern.parts:
        for edge in piece.edges:
            place = (piece.name, edge.name)
            called = f"{spoken(piece.name)}: {spoken(edge.name)}"
            if edge.finish in _MUST_BE_SEWN and not sewn[place] and place not in layered:
                words = f"{called} is sewn to nothing and has no hem, fold or binding"
                yield fault("C10", words, *place, 10 * edge.length)
            elif sewn[place] > 1:
                yield fault("C10", f"{called} is in {sewn[place]} seams at once", *place, 10 * edge.length)
