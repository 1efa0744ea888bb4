"""Flat DXF (R2010, millimetres): the pieces side by side, layers by name, for laser cutters, projectors and CAD."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator, Sequence

import numpy as np
from ezdxf import units
from ezdxf._options import options
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.layouts.layout import Modelspace

from studio.arrays import Point2, Points2, point
from studio.cutting import paper_pieces
from studio.cutting.flatten import polyline
from studio.paper import PaperPiece
from studio.pattern import MarkKind, Pattern

LAYERS = {
    "CUT": 7, "SEW": 8, "GRAIN": 5, "NOTCH": 1, "FOLD": 6, "INTERNAL": 3, "CUT_INSIDE": 1, "BUTTON": 4, "TEXT": 8, "TEST": 9
}  # fmt: skip
"""Layer names and their colours (AutoCAD colour index); CUT and CUT_INSIDE alone are for the knife."""
ROW_WIDTH = 1600.0
GAP = 30.0
_one_at_a_time = threading.Lock()


def flat_dxf(pattern: Pattern) -> bytes:
    """The pattern's paper pieces in rows, 1 unit = 1 mm, with a 5 cm test square.

    Pieces cut on the fold are written whole. Raises DraftError where no cutting line can be drawn.
    """
    pieces = paper_pieces(pattern, on_fold=False)
    with _undated():
        drawing = _drawing()
        _lay_out(drawing.modelspace(), sorted(pieces, key=lambda piece: -float(np.ptp(piece.cut_line[:, 1]))))
        stream = io.StringIO()
        drawing.write(stream)
    return stream.getvalue().encode("utf-8")


def _drawing() -> Drawing:
    drawing = new("R2010", setup=False)
    drawing.units = units.MM
    drawing.header["$MEASUREMENT"] = 1
    for name, colour in LAYERS.items():
        drawing.layers.add(name, color=colour)
    return drawing


def _lay_out(space: Modelspace, pieces: Sequence[PaperPiece]) -> None:
    """The pieces in rows from the top, and the test square below."""
    left, top, tallest = 0.0, 0.0, 0.0
    for piece in pieces:
        low, high = 10 * piece.cut_line.min(axis=0), 10 * piece.cut_line.max(axis=0)
        if left > 0 and left + high[0] - low[0] > ROW_WIDTH:
            left, top, tallest = 0.0, top - tallest - GAP, 0.0
        _draw(space, piece, point(left - low[0], top - high[1]))
        left += float(high[0] - low[0]) + GAP
        tallest = max(tallest, float(high[1] - low[1]))
    _test_square(space, point(0, top - tallest - GAP - 50))


def _draw(space: Modelspace, piece: PaperPiece, shift: Point2) -> None:
    def on(points: Points2) -> Points2:
        return 10 * points + shift

    _line(space, on(piece.cut_line), "CUT", closed=True)
    _line(space, on(piece.seam_line), "SEW", closed=True)
    _line(space, on(piece.grainline), "GRAIN")
    for notch in piece.notches:
        for stroke in range(notch.count):
            aside = (stroke - (notch.count - 1) / 2) * 0.6 * notch.along
            start = notch.at + aside
            _line(space, on(np.stack((start, start + max(notch.length, 0.4) * notch.out))), "NOTCH")
    for mark in piece.marks:
        run = on(polyline(mark.curves))
        if mark.kind == MarkKind.BUTTON:
            radius = float(np.hypot(*(run[-1] - run[0]))) / 2
            space.add_circle(tuple((run[0] + run[-1]) / 2), max(radius, 1.0), dxfattribs={"layer": "BUTTON"})
        else:
            layers = {MarkKind.SLIT: "CUT_INSIDE", MarkKind.FOLD: "FOLD", MarkKind.ROLL: "FOLD"}
            _line(space, run, layers.get(mark.kind, "INTERNAL"))
    middle = on((piece.cut_line.min(axis=0) + piece.cut_line.max(axis=0)) / 2)
    for row, words in enumerate((piece.title, piece.cutting_words, f"{piece.material}")):
        _words(space, words, middle - point(0, 12 * row), 8.0 if row == 0 else 5.0)


def _line(space: Modelspace, points: Points2, layer: str, *, closed: bool = False) -> None:
    space.add_lwpolyline(points.round(4).tolist(), close=closed, dxfattribs={"layer": layer})


def _words(space: Modelspace, words: str, place: Point2, height: float) -> None:
    text = space.add_text(words, height=height, dxfattribs={"layer": "TEXT"})
    text.set_placement(tuple(place.tolist()), align=TextEntityAlignment.MIDDLE_CENTER)


def _test_square(space: Modelspace, corner: Point2) -> None:
    square = corner + 50 * np.array(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    _line(space, square, "TEST", closed=True)
    _words(space, "5 cm", corner + 25, 6.0)


@contextlib.contextmanager
def _undated() -> Iterator[None]:
    """Files made in here have a fixed date and identity, so that one pattern always gives one file."""
    with _one_at_a_time:
        before = options.write_fixed_meta_data_for_testing
        options.write_fixed_meta_data_for_testing = True
        try:
            yield
        finally:
            options.write_fixed_meta_data_for_testing = before
