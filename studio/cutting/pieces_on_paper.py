"""From a drafted pattern to the pieces that are printed: pairs once, wide symmetric pieces as halves on the fold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.cutting.allowance import edge_allowances
from studio.cutting.cut_line import cut_line
from studio.cutting.flatten import polyline, without_repeats
from studio.cutting.notches import notches_of
from studio.paper import Notch, PaperPiece
from studio.pattern import Mark, MarkKind, Pattern, Piece, Side

FOLD_WIDTH = 12.0
"""A symmetric piece wider than this, cm, is printed as a half on the fold; a narrower one whole."""
_LOW_PIECE = 12.0
"""On a piece lower than this, cm, the grainline stands near its end, so that the words have room."""
_CORNER = math.radians(12)
_MIRROR = np.diag((-1.0, 1.0))


def paper_pieces(pattern: Pattern, *, on_fold: bool = True) -> tuple[PaperPiece, ...]:
    """The pieces of a pattern as they are printed and cut, in its order; cutting lines with the design's allowances.

    Left and right pieces that are mirror images make one paper piece; symmetric pieces wider than `FOLD_WIDTH` are halves
    at x >= 0 unless `on_fold` is False. Raises DraftError where no cutting line can be drawn.
    """
    allowances = {piece.name: edge_allowances(piece, pattern.design.making) for piece in pattern.parts}
    notches = notches_of(pattern, allowances)
    made, done = [], set()
    for piece in pattern.parts:
        if piece.name in done:
            continue
        other = _other_of_pair(pattern, piece)
        left = other if other is not None and other.side == Side.LEFT else piece
        done |= {piece.name} if other is None else {piece.name, other.name}
        marks = (*left.marks, *_laid_on(pattern, left))
        if other is not None:
            marks += _marks_of_other(left, other if left is piece else piece)
        made.append(_on_paper(left, allowances, notches, marks, is_pair=other is not None, on_fold=on_fold))
    return tuple(made)


def _other_of_pair(pattern: Pattern, piece: Piece) -> Piece | None:
    """The piece of the other side, if it is this one's mirror image."""
    for word, opposite in (("_left", "_right"), ("_right", "_left")):
        if piece.name.endswith(word):
            other = pattern.get(piece.name.removesuffix(word) + opposite)
            return other if other is not None and _mirrors(piece, other) else None
    return None


def _mirrors(piece: Piece, other: Piece) -> bool:
    if len(piece.edges) != len(other.edges) or (piece.layers, piece.material) != (other.layers, other.material):
        return False
    ours = np.concatenate([edge.sampled(3)[:-1] for edge in piece.edges])
    theirs = np.concatenate([edge.reversed().sampled(3)[:-1] for edge in other.edges[::-1]]) @ _MIRROR
    ours, theirs = ours - ours.mean(axis=0), theirs - theirs.mean(axis=0)
    return any(bool(np.abs(np.roll(theirs, 2 * turn, axis=0) - ours).max() < 0.01) for turn in range(len(piece.edges)))


def _laid_on(pattern: Pattern, host: Piece) -> tuple[Mark, ...]:
    """The outlines of the pieces that are stitched onto this one."""
    return tuple(
        Mark(MarkKind.PLACEMENT, other.name, tuple(c.mapped(np.eye(2), other.laid_on.at) for e in other.edges for c in e.curves))
        for other in pattern.parts
        if other.laid_on is not None and other.laid_on.piece == host.name
    )


def _marks_of_other(left: Piece, right: Piece) -> tuple[Mark, ...]:
    """What is marked on the right piece alone (buttons here, buttonholes there), turned over onto the left one."""
    known = {(mark.kind, mark.name) for mark in left.marks}
    centre_left, centre_right = ((p.bounds[0] + p.bounds[2]) / 2 for p in (left, right))
    shift = point(centre_left + centre_right, 0.0)
    return tuple(mark.mapped(_MIRROR, shift) for mark in right.marks if (mark.kind, mark.name) not in known)


def _on_paper(
    piece: Piece,
    allowances: Mapping[str, Mapping[str, float]],
    notches: Mapping[str, tuple[Notch, ...]],
    marks: tuple[Mark, ...],
    *,
    is_pair: bool,
    on_fold: bool,
) -> PaperPiece:
    seam = without_repeats(polyline([curve for edge in piece.edges for curve in edge.curves])[:-1])
    cut = cut_line(piece, allowances[piece.name])
    own = notches.get(piece.name, ())
    fold = None
    if on_fold and piece.symmetric and np.ptp(cut[:, 0]) > FOLD_WIDTH:
        seam, cut = half(seam), half(cut)
        middle = cut[np.abs(cut[:, 0]) < 1e-6, 1]
        fold = np.array(((0.0, middle.min()), (0.0, middle.max())))
        own = tuple(replace(notch, count=1) if notch.at[0] < 0.5 else notch for notch in own if notch.at[0] > -1e-6)
        marks = tuple(kept for mark in marks if (kept := _half_mark(mark)) is not None)
    count = 2 if is_pair else 1
    name = piece.name.removesuffix("_left").removesuffix("_right") if is_pair else piece.name
    return PaperPiece(
        name=name,
        piece=piece,
        seam_line=seam,
        cut_line=cut,
        corners=_corners(cut),
        fold=fold,
        notches=own,
        marks=marks,
        grainline=_grainline(piece, seam, on_fold=fold is not None),
        is_pair=is_pair,
        quantity=count * piece.layers,
        material=piece.material,
        interfaced=count if piece.interfaced else 0,
    )


def half(ring: Points2) -> Points2:
    """The part of a closed line at x >= 0, closed along x = 0 (Sutherland and Hodgman's clip at one line)."""
    following = np.roll(ring, -1, axis=0)
    x, x2 = ring[:, 0], following[:, 0]
    crosses = (x > 0) != (x2 > 0)
    share = np.where(crosses, x / np.where(crosses, x - x2, 1.0), 0.0)[:, None]
    points = np.stack((ring, ring + share * (following - ring)), axis=1)
    points[:, 1, 0] = 0.0
    kept: Points2 = points[np.stack((x > 0, crosses), axis=1)]
    return without_repeats(kept)


def _half_mark(mark: Mark) -> Mark | None:
    """A mark as far as the half shows it: whole if it lies there, a level one across the centre cut at x = 0."""
    ends = np.concatenate([curve.control for curve in mark.curves])
    if ends[:, 0].min() > -1e-6:
        return mark
    curves = []
    for curve in mark.curves:
        x0, x1 = curve.start[0], curve.end[0]
        if x0 * x1 < -1e-9:
            parameter = _crossing(curve.at(np.linspace(0, 1, 257))[:, 0])
            curves.append(curve.split(parameter)[0 if x0 > 0 else 1])
        elif max(x0, x1) > 1e-6:
            curves.append(curve)
    return replace(mark, curves=tuple(curves)) if curves else None


def _crossing(x: Points2) -> float:
    """Parameter at which evenly sampled x values change their sign."""
    first = int(np.argmax((x[:-1] > 0) != (x[1:] > 0)))
    return (first + float(x[first] / (x[first] - x[first + 1]))) / (len(x) - 1)


def _corners(ring: Points2) -> Points2:
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    turn = np.arctan2(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(axis=1))
    corners: Points2 = ring[np.abs(turn) > _CORNER]
    return corners


def _grainline(piece: Piece, seam: Points2, *, on_fold: bool) -> Points2:
    """The grainline where it is printed: off the fold, where there is most room for it; beside the words on a low piece."""
    start, end = piece.grainline
    length = math.dist(start, end)
    way = (end - start) / length
    level = abs(way[0]) > 0.3
    is_low = not level and float(np.ptp(seam[:, 1])) < _LOW_PIECE
    if not on_fold and not is_low:
        return piece.grainline
    left, width = float(seam[:, 0].min()), float(np.ptp(seam[:, 0]))
    shares = (0.3, 0.4, 0.2, 0.5, 0.6)
    middle = (start + end) / 2
    places = [middle] if level else [point(left + share * width, middle[1]) for share in shares]
    places = [place for place in places if level or not _in_a_dart(piece, float(place[0]))] or places
    low, high = max((_longest_inside(seam, place, way) for place in places), key=lambda run: min(math.dist(*run), length))
    if is_low:
        beside = [_longest_inside(seam, point(left + share * width, middle[1]), way) for share in (0.88, 0.8)]
        low, high = next((run for run in beside if math.dist(*run) > 0.6 * math.dist(low, high)), (low, high))
    middle, reach = (low + high) / 2, min(0.85 * math.dist(low, high), length) / 2
    return np.stack((middle - reach * way, middle + reach * way))


def _in_a_dart(piece: Piece, x: float) -> bool:
    """Whether an upright line at `x` runs through or close beside a dart inside the piece, or its mirror image."""
    darts = [np.abs(curve.control[:, 0]) for mark in piece.marks if mark.kind == MarkKind.DART for curve in mark.curves]
    return any(run.min() - 0.5 < abs(x) < run.max() + 0.5 for run in darts)


def _longest_inside(ring: Points2, through: Point2, way: Point2) -> tuple[Point2, Point2]:
    """The longest stretch of a straight line that lies within a closed line."""
    across = np.array((-way[1], way[0]))
    side = (ring - through) @ across
    following = np.roll(side, -1)
    crosses = (side > 0) != (following > 0)
    share = (side / np.where(crosses, side - following, 1.0))[crosses][:, None]
    hits = ring[crosses] + share * (np.roll(ring, -1, axis=0) - ring)[crosses]
    along = np.sort((hits - through) @ way)
    if len(along) < 2:
        return through, through
    best = int(np.argmax(along[1::2] - along[::2]))
    return through + along[2 * best] * way, through + along[2 * best + 1] * way
