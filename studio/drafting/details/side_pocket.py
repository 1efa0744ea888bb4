"""Pockets in the side seams: bags of pocketing, and where they sit marked on front and back.

A bag is cut twice. Its straight edge, the mouth, is laid on the allowance of the side seam between the two marks and
topstitched there, one layer to the front and one to the back; the side seam itself is sewn through and stays one seam, left
open between the marks. The rest of the bag is sewn to its second layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import point
from studio.curves import Curve
from studio.design import GarmentDesign
from studio.drafting.draft import PAIR, Draft, backwards, changed, not_drawn
from studio.drafting.geometry import cubic, cut_at_length, line, total_length
from studio.drafting.pieces import Run, single_piece
from studio.pattern import Edge, Finish, Mark, MarkKind, Material, Piece, Role, Seam, Side
from studio.sizing import Measures
from studio.vocabulary import Closure, GarmentType

MOUTH = 16.0
SMALLEST_MOUTH = 9.0
BELOW_WAIST = 4.0
ABOVE_HEM = 4.0
TICK = 1.5
ZIP_BELOW_WAIST = 19.0
ZIP_BELOW_ARMHOLE = 2.0


def with_side_pockets(draft: Draft, design: GarmentDesign, m: Measures, *, seam: str = "side", waist: float = 0.0) -> Draft:
    """The draft with a pocket in each side seam that is called '<side> <seam>', or said why not.

    `waist` is the y of the waist on the pieces, cm. A skirt or dress with a zip has it in the left side: its only pocket is
    then in the right one.
    """
    scale = min(m.height / 165.0, 1.05)
    seams = {side: _side_seam(draft.seams, side, seam) for side in PAIR}
    zipped = design.garment_type in (GarmentType.SKIRT, GarmentType.DRESS) and design.style.closure == Closure.ZIP
    sides = [side for side in PAIR if seams[side] is not None and not (zipped and side == Side.LEFT)]
    runs = {side: _downwards(draft.parts, seams[side]) for side in sides}
    top = {side: _below(runs[side], waist) + BELOW_WAIST * scale for side in sides}
    room = min((total_length(run) - top[side] - ABOVE_HEM for side in sides for _, run in runs[side]), default=0.0)
    mouth = min(MOUTH * scale, room)
    if mouth < SMALLEST_MOUTH * scale:
        return draft.plus(Draft((), (), (not_drawn("the side seams are too short for pockets: they are left off"),)))
    marks: dict[str, list[Mark]] = {}
    for side in sides:
        for piece, run in runs[side]:
            found = [
                _tick(piece, run, top[side], f"pocket top {side}"),
                _tick(piece, run, top[side] + mouth, f"pocket end {side}"),
            ]
            marks.setdefault(piece.name, []).extend(found)
    parts = tuple(replace(p, marks=(*p.marks, *marks[p.name])) if p.name in marks else p for p in draft.parts)
    width = min(0.95 * mouth, 0.15 * m.hip)
    bags = tuple(_bag(side, mouth, width) for side in sides)
    notes = (changed("the zip takes the left side seam: the pocket is in the right one only"),) if zipped else ()
    return Draft(parts, draft.seams, draft.findings).plus(Draft(bags, (), notes))


def zip_end_marks(draft: Draft, m: Measures, *, seam: str = "left side", waist: float = 0.0) -> Draft:
    """The draft with the end of a zip marked on both pieces of a side seam, 18 to 20 cm below the waist on adults.

    `waist` is the y of the waist on the pieces, cm.
    """
    runs = _downwards(draft.parts, next(s for s in draft.seams if s.name == seam))
    below = _below(runs, waist) + ZIP_BELOW_WAIST * min(m.height / 165.0, 1.05)
    return _ticked(draft, runs, "zip end", below)


def zip_top_marks(draft: Draft, *, seam: str = "left side") -> Draft:
    """The draft with the top of a zip marked on both pieces of a bodice's side seam, a little below the armhole."""
    return _ticked(draft, _downwards(draft.parts, next(s for s in draft.seams if s.name == seam)), "zip top", ZIP_BELOW_ARMHOLE)


def _ticked(draft: Draft, runs: Sequence[tuple[Piece, list[Curve]]], name: str, below: float) -> Draft:
    """The draft with a tick on each piece of a side seam, `below` cm from its top, clear of its end."""
    marks = {piece.name: _tick(piece, run, min(below, total_length(run) - ABOVE_HEM), name) for piece, run in runs}
    parts = tuple(replace(p, marks=(*p.marks, marks[p.name])) if p.name in marks else p for p in draft.parts)
    return Draft(parts, draft.seams, draft.findings)


def _side_seam(seams: Sequence[Seam], side: Side, name: str) -> Seam | None:
    return next((seam for seam in seams if seam.name in (f"{side} {name}", f"skirt {side} {name}")), None)


def _downwards(parts: Sequence[Piece], seam: Seam | None) -> list[tuple[Piece, list[Curve]]]:
    """Both pieces of a side seam, each with its curves there from the top down."""
    if seam is None:
        return []
    by_name = {piece.name: piece for piece in parts}
    found = []
    for run in (seam.a, seam.b):
        piece = by_name[run[0].piece]
        edges = sorted((piece.edge(ref.edge) for ref in run), key=lambda edge: -float(edge.start[1] + edge.end[1]))
        found.append((piece, [curve for edge in edges for curve in _from_the_top(edge)]))
    return found


def _from_the_top(edge: Edge) -> list[Curve]:
    return list(edge.curves) if edge.start[1] > edge.end[1] else backwards(edge.curves)


def _below(runs: Sequence[tuple[Piece, list[Curve]]], waist: float) -> float:
    """How far down a side seam the waist is, cm; 0 when the seam starts at or below it."""
    _, run = runs[0]
    return max(float(run[0].start[1]) - waist, 0.0) if run[0].start[1] > waist + 3.0 else 0.0


def _tick(piece: Piece, run: Sequence[Curve], distance: float, name: str) -> Mark:
    """A short line into the piece, square to its side seam, `distance` cm down from the seam's top."""
    above, _ = cut_at_length(run, distance)
    at, along = above[-1].end, above[-1].tangent(1)
    inwards = point(-along[1], along[0])
    x0, _, x1, _ = piece.bounds
    inwards = inwards if inwards[0] * ((x0 + x1) / 2 - at[0]) > 0 else -inwards
    return Mark(MarkKind.PLACEMENT, name, (line(at, at + TICK * inwards),))


def _bag(side: Side, mouth: float, width: float) -> Piece:
    """A pocket bag: mouth at x = 0 from y = 0 downwards, the bag towards the front and hanging 0.45 mouths lower."""
    low = 1.45 * mouth
    top, end, corner = point(0, 0), point(0, mouth), point(0.75 * width, -0.02 * mouth)
    out, bottom = point(width, 0.75 * low), point(0.5 * width, low)
    bag = [
        cubic(end, end + point(0.04 * width, 0.2 * mouth), bottom - point(0.35 * width, 0), bottom),
        cubic(bottom, bottom + point(0.3 * width, 0), out + point(0, 0.14 * low), out),
        cubic(out, out - point(0, 0.35 * low), corner + point(0.12 * width, 0.25 * low), corner),
        line(corner, top),
    ]
    runs: list[Run] = [("mouth", [line(top, end)], Finish.TOPSTITCHED), ("bag", bag, Finish.DOUBLED)]
    grain = np.array(((0.35 * width, 0.15 * low), (0.35 * width, 0.75 * low)))
    piece = single_piece(
        f"pocket_bag_{side}", Role.POCKET_BAG, side, runs, landmarks={}, grain=grain, turned_over=side == Side.LEFT
    )
    return replace(piece, material=Material.POCKETING, layers=2)
