"""What is drawn for a paper piece, before any file format: strokes and words on named layers, in cm on the sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.arrays import Point2, Points2
from studio.cutting.flatten import polyline
from studio.export.labels import Label, placed_label
from studio.export.packing import Laid
from studio.paper import Notch
from studio.pattern import Mark, MarkKind, Pattern


class Layer(StrEnum):
    """The layers of a drawing; a projector or a laser switches them by name."""

    CUT = "cut-lines"
    SEAM = "seam-lines"
    NOTCH = "notches"
    GRAIN = "grainlines"
    FOLD = "folds"
    MARK = "marks"
    LABEL = "labels"
    SQUARE = "test-square"


class Dash(StrEnum):
    SOLID = "solid"
    DASHED = "dashed"
    DASH_DOT = "dash-dot"
    DOTTED = "dotted"


@dataclass(frozen=True)
class Style:
    """Line width in mm and colour of a layer."""

    width: float
    colour: str


STYLES = {
    Layer.CUT: Style(0.5, "#111111"),
    Layer.SEAM: Style(0.2, "#5b6673"),
    Layer.NOTCH: Style(0.45, "#c0392b"),
    Layer.GRAIN: Style(0.3, "#2a6f3c"),
    Layer.FOLD: Style(0.4, "#7d3c98"),
    Layer.MARK: Style(0.3, "#1f4e9c"),
    Layer.LABEL: Style(0.2, "#222222"),
    Layer.SQUARE: Style(0.3, "#111111"),
}


@dataclass(frozen=True, eq=False)
class Stroke:
    """A polyline, (n, 2) cm."""

    layer: Layer
    points: Points2
    closed: bool = False
    dash: Dash = Dash.SOLID


@dataclass(frozen=True, eq=False)
class Words:
    """One line of text centred on `at`, cm; `size` is the height of the type, `turned` degrees counter-clockwise."""

    layer: Layer
    text: str
    at: Point2
    size: float
    turned: float = 0.0
    bold: bool = False


@dataclass(frozen=True, eq=False)
class Drawing:
    """All that belongs to one piece."""

    name: str
    strokes: tuple[Stroke, ...]
    words: tuple[Words, ...]


NOTCH_GAP = 0.5
"""Between the two strokes of a back notch, cm."""
_SHORTEST_NOTCH = 0.3
_DASHES = {
    MarkKind.FOLD: Dash.DASHED,
    MarkKind.ROLL: Dash.DASH_DOT,
    MarkKind.CENTRE: Dash.DASH_DOT,
    MarkKind.PLEAT: Dash.DASHED,
    MarkKind.DART: Dash.DASHED,
    MarkKind.PLACEMENT: Dash.DOTTED,
}
_NAMED = frozenset({MarkKind.FOLD, MarkKind.ROLL, MarkKind.CENTRE})


def piece_drawing(item: Laid, pattern: Pattern) -> Drawing:
    """Lines and words of one laid piece, on the sheet."""
    paper = item.paper
    strokes = [Stroke(Layer.CUT, item.placed(paper.cut_line), closed=True)]
    if not _same(paper.cut_line, paper.seam_line):
        strokes.append(Stroke(Layer.SEAM, item.placed(paper.seam_line), closed=True, dash=Dash.DASHED))
    strokes += [Stroke(Layer.NOTCH, item.placed(line)) for notch in paper.notches for line in notch_strokes(notch)]
    grain = item.placed(paper.grainline)
    strokes += [Stroke(Layer.GRAIN, line) for line in arrow(grain[0], grain[1], both=True)]
    words = []
    if paper.fold is not None:
        fold = item.placed(paper.fold)
        inside = item.turn @ np.array((1.0, 0.0))
        strokes += [Stroke(Layer.FOLD, line) for line in _fold_bracket(fold, inside)]
        words.append(_beside(Layer.FOLD, "place on fold", fold, 1.35 * inside, size=0.4))
    for mark in paper.marks:
        strokes += [Stroke(Layer.MARK, item.placed(line), dash=dash) for line, dash in _mark_lines(mark)]
        ends = item.placed(np.stack((mark.curves[0].start, mark.curves[-1].end)))
        if mark.kind in _NAMED and math.dist(*ends) > 8:
            words.append(_beside(Layer.MARK, mark.kind.value, ends, np.zeros(2), size=0.32))
    strokes += [Stroke(Layer.MARK, item.placed(line)) for line in _pleat_arrows(paper.marks)]
    label = placed_label(item, pattern)
    return Drawing(paper.name, tuple(strokes), (*words, *_label_words(label)))


def _label_words(label: Label) -> Iterator[Words]:
    for line in label.lines:
        yield Words(Layer.LABEL, line.text, line.at, line.size, label.turned, line.bold)


def _same(one: Points2, other: Points2) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-6))


def notch_strokes(notch: Notch) -> Iterator[Points2]:
    """(2, 2) each: one or two strokes across the allowance; inwards where nothing is left beyond the seam line."""
    across = notch.out * notch.length if notch.length > _SHORTEST_NOTCH else -0.5 * notch.out
    for number in range(notch.count):
        foot = notch.at + (number - (notch.count - 1) / 2) * NOTCH_GAP * notch.along
        yield np.stack((foot, foot + across))


def arrow(start: Point2, end: Point2, *, both: bool = False, head: float = 0.5) -> Iterator[Points2]:
    """The lines of an arrow, cm."""
    length = math.dist(start, end)
    if length < 1e-6:
        return
    yield np.stack((start, end))
    along = (end - start) / length
    across = np.array((-along[1], along[0]))
    head = min(head, 0.3 * length)
    for tip, back in ((end, -along), (start, along))[: 2 if both else 1]:
        yield np.stack((tip + head * (back + 0.4 * across), tip, tip + head * (back - 0.4 * across)))


def _fold_bracket(fold: Points2, inside: Point2) -> Iterator[Points2]:
    """A bracket along the fold whose ends point to it with arrows."""
    along = (fold[1] - fold[0]) / max(math.dist(*fold), 1e-9)
    reach = min(0.12 * math.dist(*fold), 4.0)
    low, high = fold[0] + reach * along, fold[1] - reach * along
    yield np.stack((low + inside, high + inside))
    for foot in (low, high):
        yield from arrow(foot + inside, foot + 0.08 * inside, head=0.35)


def _beside(layer: Layer, text: str, ends: Points2, aside: Point2, *, size: float) -> Words:
    """Words along a line, read from below or from the right."""
    along = ends[1] - ends[0]
    turned = math.degrees(math.atan2(along[1], along[0]))
    turned = turned - 180 if turned > 90.5 else turned + 180 if turned <= -89.5 else turned
    up = np.array((-math.sin(math.radians(turned)), math.cos(math.radians(turned))))
    lift = 0.35 * size * up if aside.any() else 0.6 * size * up
    return Words(layer, text, ends.mean(axis=0) + aside + lift, size, turned)


def _mark_lines(mark: Mark) -> Iterator[tuple[Points2, Dash]]:
    line = polyline(mark.curves)
    if mark.kind == MarkKind.BUTTON:
        middle, radius = (line[0] + line[-1]) / 2, max(math.dist(line[0], line[-1]) / 2, 0.25)
        angle = np.linspace(0, 2 * math.pi, 33)
        yield middle + radius * np.stack((np.cos(angle), np.sin(angle)), axis=1), Dash.SOLID
        for way in (np.array((1.0, 0.0)), np.array((0.0, 1.0))):
            yield np.stack((middle - radius * way, middle + radius * way)), Dash.SOLID
        return
    yield line, _DASHES.get(mark.kind, Dash.SOLID)
    if mark.kind == MarkKind.BUTTONHOLE:
        along = (line[-1] - line[0]) / max(math.dist(line[0], line[-1]), 1e-9)
        across = 0.2 * np.array((-along[1], along[0]))
        for end in (line[0], line[-1]):
            yield np.stack((end - across, end + across)), Dash.SOLID


def _pleat_arrows(marks: Iterable[Mark]) -> Iterator[Points2]:
    """An arrow from the first line of every pleat to the second, onto which it is folded."""
    pleats = [mark for mark in marks if mark.kind == MarkKind.PLEAT]
    for first, second in zip(pleats[::2], pleats[1::2], strict=False):
        ends = [curve.curves[0].start + 0.3 * (curve.curves[-1].end - curve.curves[0].start) for curve in (first, second)]
        yield from arrow(ends[0], ends[1], head=0.4)
