"""Reads the pieces for the flat: the half of a garment part at +x as runs of points, darts closed, overlaps cut off."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2
from studio.curves import Curve
from studio.laying.drawing import arc_lengths
from studio.pattern import Edge, Finish, MarkKind, Pattern, Piece, Role, Side

_STEPS = np.linspace(0, 1, 25)
_STEM = re.compile(r"^(?:left_|right_)?(.*?)(?:_\d+)?$")


def traced(curves: Iterable[Curve]) -> Points2:
    """(n, 2) points along end-to-end curves, corners kept."""
    runs = [curve.control if curve.is_line else curve.at(_STEPS) for curve in curves]
    return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])


def stem(edge: Edge) -> str:
    """The name of an edge without its side and number: side, armhole, neck, hem ..."""
    match = _STEM.match(edge.name)
    return match.group(1) if match else edge.name


def right_half(pattern: Pattern, roles: Sequence[Role], *, plus: Side) -> tuple[Piece, ...]:
    """The pieces of these roles that cover the half at +x, where the wearer's side is `plus`."""
    return tuple(p for p in pattern.parts if p.role in roles and p.side in (plus, Side.CENTRE) and p.laid_on is None)


def halves(pieces: Iterable[Piece], name: str, *, downwards: bool) -> list[Points2]:
    """The parts at x >= 0 of all edges of that stem, dart legs left out: from the top down, or from the centre outwards."""
    found = []
    for piece in pieces:
        for edge in piece.edges:
            if stem(edge) == name and edge.finish != Finish.DART:
                points = _beyond_centre(traced(edge.curves))
                if len(points) > 1:
                    found.append(_turned(points, downwards))
    key = 1 if downwards else 0
    return sorted(found, key=lambda run: -run[0, key] if downwards else run[0, key])


def _turned(points: Points2, downwards: bool) -> Points2:
    backwards = points[0, 1] < points[-1, 1] if downwards else points[0, 0] > points[-1, 0]
    return points[::-1] if backwards else points


def _beyond_centre(points: Points2) -> Points2:
    """The part of a run at x >= 0, its crossing of the centre line included."""
    x = points[:, 0]
    if x.min() >= -1e-6:
        return points
    if x.max() <= 1e-6:
        return points[:0]
    out = []
    for a, b in itertools.pairwise(points):
        if a[0] >= 0:
            out.append(a)
        if (a[0] < 0) != (b[0] < 0):
            out.append(a + (b - a) * (a[0] / (a[0] - b[0])))
    if x[-1] >= 0:
        out.append(points[-1])
    return np.array(out)


def joined(runs: Sequence[Points2]) -> Points2:
    """Runs sewn end to end: each is moved to where the one before it ends (darts and pleats closed)."""
    out = runs[0]
    for run in runs[1:]:
        out = np.concatenate((out, (run + (out[-1] - run[0]))[1:]))
    return out


@dataclass(frozen=True, eq=False)
class SideSeam:
    """A side seam from its top to the hem: places (n, 2) at shares of its sewn length, and that length, cm."""

    places: Points2
    length: float


def side_seam(runs: Sequence[Points2], shares: Floats) -> SideSeam:
    """A seam of several runs (parted by a dart), sampled at shares of its whole sewn length."""
    points = np.concatenate(list(runs))
    along, start = [], 0.0
    for run in runs:
        steps = arc_lengths(run)
        along.append(start + steps)
        start += float(steps[-1])
    ticks = np.concatenate(along)
    wanted = shares * start
    return SideSeam(np.stack([np.interp(wanted, ticks, points[:, axis]) for axis in (0, 1)], axis=1), start)


def inside_lengths(outline: Points2, levels: Floats) -> Floats:
    """(m,) length of level lines at heights y inside a closed simple outline (n, 2)."""
    x0, y0 = outline.T
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    over, over_next = y0 >= levels[:, None], y1 >= levels[:, None]
    run = np.where(y1 == y0, 1.0, y1 - y0)
    x = x0 + (x1 - x0) * (levels[:, None] - y0) / run
    sign = over_next.astype(float) - over.astype(float)
    lengths: Floats = np.abs(np.sum(sign * x, axis=1))
    return lengths


@dataclass(frozen=True, eq=False)
class Dart:
    """A dart on the half at +x: the middle of its mouth, its point and its width at the mouth; or a closed fish-eye."""

    mouth: Point2
    apex: Point2
    width: float
    outline: Points2 | None = None

    @property
    def is_upright(self) -> bool:
        """Whether it narrows the part at the waist; a bust dart from the side does not."""
        way = np.abs(self.apex - self.mouth)
        return self.outline is not None or bool(way[1] > way[0])

    def gap(self, levels: Floats) -> Floats:
        """(m,) what it takes in at these heights, cm; beyond its mouth as much as there."""
        if self.outline is not None:
            return inside_lengths(self.outline, levels)
        deep = float(self.mouth[1] - self.apex[1])
        if not self.is_upright or abs(deep) < 1e-6:
            return np.zeros(len(levels))
        taken: Floats = self.width * np.clip((levels - self.apex[1]) / deep, 0.0, 1.0)
        return taken


def darts(pieces: Iterable[Piece]) -> tuple[Dart, ...]:
    """All darts of these pieces on the half at +x: cut into the outline, and fish-eye darts marked inside."""
    found = []
    for piece in pieces:
        for a in piece.edges:
            if a.finish == Finish.DART and a.name.endswith("_a"):
                b = next((e for e in piece.edges if e.name == f"{a.name.removesuffix('_a')}_b"), None)
                if b is None:
                    continue
                ends = (a.start, a.end, b.start, b.end)
                gaps = [(math.dist(p, q), i, j) for i, p in enumerate(ends[:2]) for j, q in enumerate(ends[2:])]
                _, i, j = min(gaps)
                apex, mouth_a, mouth_b = ends[i], ends[1 - i], ends[3 - j]
                mouth = (mouth_a + mouth_b) / 2
                if mouth[0] > 0:
                    found.append(Dart(mouth, apex, abs(float(mouth_a[0] - mouth_b[0]))))
        for mark in piece.marks:
            if mark.kind == MarkKind.DART:
                outline = traced(mark.curves)
                if outline[:, 0].mean() > 0:
                    low, high = outline[outline[:, 1].argmin()], outline[outline[:, 1].argmax()]
                    found.append(Dart(high, low, 0.0, outline))
    return tuple(found)


def taken_in(found: Iterable[Dart], levels: Floats) -> Floats:
    """(m,) what upright darts take in at these heights, cm."""
    return sum((dart.gap(levels) for dart in found), np.zeros(len(levels)))


def landmark(pieces: Iterable[Piece], name: str, *, plus: Side) -> Point2 | None:
    """The first landmark of that name, on the side at +x or on neither."""
    for piece in pieces:
        for key in (f"{name}_{plus}", name):
            if key in piece.landmarks:
                return piece.landmarks[key]
    return None


def band_height(piece: Piece) -> float:
    """Finished height of a band: to its fold, or all of it when it is cut in two layers, cm."""
    height = piece.bounds[3] - piece.bounds[1]
    return height if piece.layers > 1 else height / 2


def sewn_length(piece: Piece, *names: str) -> float:
    """Length of the edges of these stems; of the longest edge if there are none, cm."""
    total = sum(edge.length for edge in piece.edges if stem(edge) in names)
    return total or max(edge.length for edge in piece.edges)
