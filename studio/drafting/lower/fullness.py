"""Cloth beyond the waist: how wide a gathered or pleated skirt is cut, and where its pleats are folded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.draft import changed
from studio.drafting.ease import ease_for
from studio.drafting.geometry import line
from studio.pattern import Finding, Mark, MarkKind, Piece, SeamKind
from studio.sizing import Measures
from studio.vocabulary import FULLNESS_SHARES, Silhouette

USUAL_PLEAT = 4.0
"""Cloth that one pleat takes up, cm: twice its depth."""


@dataclass(frozen=True)
class WaistFullness:
    """How the waist of a skirt is taken in where it is sewn: the skirt is `ratio` times as wide as what it is sewn to."""

    kind: SeamKind
    ratio: float


NO_FULLNESS = WaistFullness(SeamKind.PLAIN, 1.0)


def waist_fullness(design: GarmentDesign, m: Measures, *, waist: float) -> tuple[WaistFullness, list[Finding]]:
    """The fullness of a gathered or pleated skirt on a finished `waist`, cm; at least what passes the hips with their ease."""
    style = design.style
    if style.silhouette not in (Silhouette.GATHERED, Silhouette.PLEATED):
        return NO_FULLNESS, []
    kind = SeamKind.GATHERED if style.silhouette == Silhouette.GATHERED else SeamKind.PLEATED
    ratio = 1 + FULLNESS_SHARES[style.fullness]
    least = m.hip + ease_for(design).hip
    if ratio * waist >= least:
        return WaistFullness(kind, ratio), []
    verb = "gathered into" if kind == SeamKind.GATHERED else "pleated into"
    note = changed(
        f"{ratio * waist:.0f} cm of cloth {verb} a waist of {waist:.0f} cm leaves too little ease over hips of "
        f"{m.hip:.0f} cm: the skirt is cut {least:.0f} cm wide"
    )
    return WaistFullness(kind, least / waist), [note]


def circle_share(design: GarmentDesign, m: Measures, *, waist: float) -> tuple[float, list[Finding]]:
    """Share of a full circle in a circle skirt; more than asked for where the hips would not pass."""
    share = FULLNESS_SHARES[design.style.fullness]
    depth = min(m.hip_depth, 0.9 * m.skirt_length)
    # a ring of the skirt `depth` below the waist measures waist + 2 pi share depth
    least = (m.hip + ease_for(design).hip - waist) / (6.2832 * depth)
    if share >= least:
        return share, []
    wider = min(least, 1.0)
    return wider, [
        changed(f"{100 * share:.0f} % of a circle would be tight over hips of {m.hip:.0f} cm: it is {100 * wider:.0f} % of one")
    ]


def pleated(piece: Piece, ratio: float, *, low: float = 0.0, high: float = 0.0) -> Piece:
    """The piece with its knife pleats marked: pairs of lines from waist to hem, all folded towards the wearer-independent -x.

    Between x = `low` and x = `high` lies the pleated width (both 0: the whole width). The pleats are whole in number and
    equal, as many on either half of a whole width, and together take up exactly what the piece is wider than its share of the
    waist. First and last lie half a space from the ends, so that the spaces run on evenly over a side seam.
    """
    x0, y0, x1, y1 = piece.bounds
    halves = 1
    if low == high:
        low, high, halves = x0, x1, 2
    finished = (high - low) / ratio
    extra = high - low - finished
    count = halves * max(1, round(extra / halves / USUAL_PLEAT))
    take, space = extra / count, finished / count
    marks = list(piece.marks)
    for number in range(count):
        start = low + space / 2 + number * (space + take)
        for word, x in (("placement line", start), ("fold line", start + take)):
            run = line(point(x, y1), point(x, y0))
            marks.append(Mark(MarkKind.PLEAT, f"pleat {number + 1} {word}", (run,)))
    return replace(piece, marks=tuple(marks), symmetric=False)
