"""The pattern as SVG in millimetres at true scale, in layers that a projector, a plotter or a laser can switch.

Every layer is a top-level group (an Inkscape layer) with its own colour: cut-lines, seam-lines, notches, grainlines, folds,
marks, labels, test-square. Within a layer every piece is a group whose `data-piece` names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from studio.arrays import Point2, Points2
from studio.curves import Curve
from studio.export.cover import FOOT, title_of_pattern
from studio.export.drawing import STYLES, Dash, Drawing, Layer, Stroke, Words, piece_drawing
from studio.export.labels import made_for
from studio.export.pdf import roll_sheet
from studio.export.pdf_page import TEST_SQUARE
from studio.pattern import Pattern

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
_DASHES = {Dash.DASHED: "3 2", Dash.DASH_DOT: "5 1.5 0.8 1.5", Dash.DOTTED: "0.5 1.5"}


def path_data(curves: Sequence[Curve], shift: Point2, height: float, *, closed: bool) -> str:
    """SVG path data in millimetres with y down, from curves in cm with y up on a sheet `height` cm high."""
    parts: list[str] = []
    for number, curve in enumerate(curves):
        points = curve.control + shift
        millimetres = [f"{10 * x:.2f},{10 * (height - y):.2f}" for x, y in points]
        if number == 0:
            parts.append("M" + millimetres[0])
        parts.append(("L" if curve.is_line else "C") + " ".join(millimetres[1:]))
    return " ".join(parts) + (" Z" if closed else "")


def pattern_svg(pattern: Pattern) -> bytes:
    """The pattern as one SVG sheet: `viewBox` units are millimetres of cloth, in named layers."""
    sheet = roll_sheet(pattern)
    drawings = [piece_drawing(item, pattern) for item in sheet.laid]
    width, height = 10 * sheet.width, 10 * (sheet.height + FOOT)
    layers = "".join(_layer(layer, drawings, sheet.height) for layer in Layer if layer != Layer.SQUARE)
    size = f'width="{width:.2f}mm" height="{height:.2f}mm" viewBox="0 0 {width:.2f} {height:.2f}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {_NAMESPACES} {size}><title>{escape(title_of_pattern(pattern))}</title>'
    return f"{head}{layers}{_test_square(pattern, 10 * sheet.height + 15)}</svg>\n".encode()


def _layer_group(layer: Layer, content: str) -> str:
    style = STYLES[layer]
    return (
        f'<g id="{layer}" inkscape:groupmode="layer" inkscape:label="{layer}" fill="none" stroke="{style.colour}" '
        f'stroke-width="{style.width}" font-family="Helvetica, Arial, sans-serif">{content}</g>\n'
    )


def _layer(layer: Layer, drawings: Sequence[Drawing], height: float) -> str:
    groups = []
    for drawing in drawings:
        lines = [_path(stroke, height) for stroke in drawing.strokes if stroke.layer == layer]
        lines += [_text(words, height) for words in drawing.words if words.layer == layer]
        if lines:
            groups.append(f"<g data-piece={quoteattr(drawing.name)}>{''.join(lines)}</g>")
    return _layer_group(layer, "".join(groups))


def _path(stroke: Stroke, height: float) -> str:
    dash = f' stroke-dasharray="{_DASHES[stroke.dash]}"' if stroke.dash in _DASHES else ""
    return f'<path d="{_polyline(stroke.points, height)}{"Z" if stroke.closed else ""}"{dash}/>'


def _polyline(points: Points2, height: float) -> str:
    return "M" + " ".join(f"{10 * x:.2f},{10 * (height - y):.2f}" for x, y in points.tolist())


def _text(words: Words, height: float) -> str:
    x, y, size = 10 * words.at[0], 10 * (height - words.at[1]), 10 * words.size
    turned = f' transform="rotate({-words.turned:.2f} {x:.2f} {y:.2f})"' if words.turned else ""
    weight = ' font-weight="bold"' if words.bold else ""
    return (
        f'<text x="{x:.2f}" y="{y + 0.35 * size:.2f}" font-size="{size:.2f}" fill="{STYLES[words.layer].colour}" stroke="none" '
        f'text-anchor="middle"{weight}{turned}>{escape(words.text)}</text>'
    )


def _test_square(pattern: Pattern, y: float) -> str:
    side, ink = 10 * TEST_SQUARE, STYLES[Layer.SQUARE].colour
    words = f"{title_of_pattern(pattern)} · {made_for(pattern)} · print at 100 %"
    return _layer_group(
        Layer.SQUARE,
        f'<rect x="20" y="{y:.2f}" width="{side:g}" height="{side:g}"/>'
        f'<g fill="{ink}" stroke="none" font-size="5"><text x="45" y="{y + 27:.2f}" text-anchor="middle">5 cm</text>'
        f'<text x="80" y="{y + 27:.2f}">{escape(words)}</text></g>',
    )
