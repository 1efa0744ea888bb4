"""Parts that several flats share: waistbands, pockets laid on, darts, pleats and gathers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from studio.arrays import Points2
from studio.laying.cloth import Dart, traced
from studio.laying.drawing import FlatLine, Stroke, resampled
from studio.pattern import Finish, MarkKind, Pattern, Piece, Role

HEM_STITCHED = 2.0
"""Distance of the hem's stitching from the hem, cm."""

Laid = Callable[[Points2], Points2]
"""From places on a piece to places on the flat, (n, 2) each."""


def band_above(seam: Points2, height: float) -> tuple[Points2, tuple[FlatLine, ...]]:
    """The upper edge of a band on a waist seam (centre -> side), of the same width, and the seam as a line if it has one."""
    if not height:
        return seam, ()
    return seam + np.array((0.0, height)), (FlatLine("waistband", seam),)


def pocket_lines(pattern: Pattern, hosts: Iterable[Piece], laid: Laid) -> tuple[FlatLine, ...]:
    """Pockets stitched onto these pieces, where their middle comes to lie, their opening edges hemmed; on both sides."""
    names = {host.name for host in hosts}
    lines = []
    for piece in pattern.parts:
        if piece.laid_on is None or piece.laid_on.piece not in names or piece.role != Role.POCKET:
            continue
        outline = traced(curve for edge in piece.edges for curve in edge.curves)
        middle = outline.mean(axis=0) + piece.laid_on.at
        shift = laid(middle[None])[0] - middle + piece.laid_on.at
        lines.append(FlatLine("pocket", outline + shift, Stroke.EDGE, filled=True))
        for edge in piece.edges:
            if edge.finish == Finish.HEM:
                run = traced(edge.curves)
                away = run.mean(axis=0) - outline.mean(axis=0)
                inset = run - 1.5 * away / max(float(np.hypot(*away)), 1e-9)
                lines.append(FlatLine("pocket opening", inset + shift, Stroke.STITCH))
    return tuple(lines)


def dart_lines(found: Iterable[Dart], laid: Laid) -> tuple[FlatLine, ...]:
    """Closed darts as single lines, from mouth to point."""
    return tuple(FlatLine("dart", laid(np.stack((dart.mouth, dart.apex)))) for dart in found)


def pleat_lines(pieces: Iterable[Piece], laid: Laid) -> tuple[FlatLine, ...]:
    """The lines of pleats that are marked on the half at +x."""
    lines = []
    for piece in pieces:
        for mark in piece.marks:
            if mark.kind == MarkKind.PLEAT:
                run = traced(mark.curves)
                if run[:, 0].mean() > 0:
                    lines.append(FlatLine("pleat", laid(run)))
    return tuple(lines)


def gather_lines(waist: Points2, side: Points2, *, count: int = 7) -> tuple[FlatLine, ...]:
    """Short strokes below a gathered seam (centre -> side), fanning out with the cloth."""
    lines = []
    slope = (side[-1] - side[0]) / max(float(np.hypot(*(side[-1] - side[0]))), 1e-9)
    tops = resampled(waist, 2 * count + 1)[1::2]
    for number, top in enumerate(tops):
        share = (number + 0.5) / count
        way = np.array((slope[0] * share, -1.0))
        length = (5.0, 3.2, 6.4)[number % 3]
        lines.append(FlatLine("gathers", np.stack((top, top + length * way))))
    return tuple(lines)
