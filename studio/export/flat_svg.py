"""The technical flat as SVG: front and back side by side at true proportions, 1 unit = 1 mm at a fifth of life size."""

from __future__ import annotations

import numpy as np

from studio.arrays import Points2
from studio.flat import Flat, FlatLine, FlatView, Stroke, laid_flat
from studio.pattern import Pattern

SCALE = 2.0
"""Millimetres on paper for a centimetre of cloth."""
_MARGIN = 8.0
_APART = 14.0
_WORDS = 9.0
_STYLE = (
    "path{fill:none;stroke:#111;stroke-linecap:round;stroke-linejoin:round}"
    ".outline{fill:#fff;stroke-width:.42}.seam{stroke-width:.18}.edge{stroke-width:.28}"
    ".stitch{stroke-width:.16;stroke-dasharray:1.1 .8}.filled{fill:#fff}"
    ".button{fill:#fff;stroke:#111;stroke-width:.18}"
    "text{font:3.6px Helvetica,Arial,sans-serif;fill:#111;text-anchor:middle}"
)


def pattern_flat_svg(pattern: Pattern) -> bytes:
    """The technical flat of a pattern as SVG. Raises DraftError for pieces that make no garment."""
    return flat_svg(laid_flat(pattern))


def screen_flat_svg(pattern: Pattern, *, aspect: float = 0.85) -> str:
    """The technical flat for a window `aspect` times as wide as high: front and back beside or below one another."""
    flat = laid_flat(pattern)
    boxes = [_box(view) for view in (flat.front, flat.back)]
    wide, tall = max(box[2] - box[0] for box in boxes), max(box[3] - box[1] for box in boxes)
    beside = max(2 * wide, aspect * tall) <= max(wide, aspect * 2 * tall)
    return flat_svg(flat, columns=2 if beside else 1).decode()


def flat_svg(flat: Flat, *, columns: int = 2) -> bytes:
    """Front and back of a flat as a clean line drawing: white cloth, thinner seams, dashed stitching, no measures.

    `columns` is 2 for the back beside the front, 1 for below it.
    """
    boxes = [_box(view) for view in (flat.front, flat.back)]
    tall = SCALE * max(box[3] - box[1] for box in boxes) + _WORDS
    wide = SCALE * max(box[2] - box[0] for box in boxes)
    rows = 3 - columns
    width, height = 2 * _MARGIN + columns * wide + (columns - 1) * _APART, 2 * _MARGIN + rows * tall + (rows - 1) * _APART
    groups = []
    for number, (name, view, box) in enumerate(zip(("front", "back"), (flat.front, flat.back), boxes, strict=True)):
        left = _MARGIN + (wide + _APART) * (number if columns == 2 else 0)
        top = _MARGIN + (tall + _APART) * (number if columns == 1 else 0)
        middle = left + wide / 2
        origin = np.array((middle - SCALE * (box[0] + box[2]) / 2, top + SCALE * box[3]))
        groups.append(_view(name, view, origin, (middle, top + tall - 2)))
    head = f'width="{width:.1f}mm" height="{height:.1f}mm" viewBox="0 0 {width:.1f} {height:.1f}"'
    body = "".join(groups)
    opening = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {head}>'
    return f"{opening}<style>{_STYLE}</style>{body}</svg>\n".encode()


def _box(view: FlatView) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = view.outline.min(axis=0), view.outline.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _view(name: str, view: FlatView, origin: Points2, words: tuple[float, float]) -> str:
    parts = [f'<path class="outline" d="{_path(view.outline, origin, closed=True)}"/>']
    parts += [_line(line, origin) for line in view.lines]
    for x, y in view.buttons * (SCALE, -SCALE) + origin:
        parts.append(f'<circle class="button" cx="{x:.2f}" cy="{y:.2f}" r="1.1"/>')
    parts.append(f'<text x="{words[0]:.1f}" y="{words[1]:.1f}">{name}</text>')
    return f'<g id="{name}">{"".join(parts)}</g>'


def _line(line: FlatLine, origin: Points2) -> str:
    kind = {Stroke.SEAM: "seam", Stroke.STITCH: "stitch", Stroke.EDGE: "edge"}[line.stroke]
    filled = " filled" if line.filled else ""
    return f'<path class="{kind}{filled}" d="{_path(line.points, origin, closed=line.filled)}"/>'


def _path(points: Points2, origin: Points2, *, closed: bool) -> str:
    places = points * (SCALE, -SCALE) + origin
    run = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    return f"M{run}{' Z' if closed else ''}"
