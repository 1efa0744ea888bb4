"""True-scale SVG: one group per piece, one path per outline, user units are millimetres."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import numpy as np

from studio.arrays import Point2
from studio.curves import Curve
from studio.export.layout import ROLL_WIDTH, Placed, laid_out
from studio.pattern import Pattern

_STYLE = """
.outline{fill:#fbfaf6;stroke:#1d2733;stroke-width:.6;stroke-linejoin:round}
.dart{fill:none;stroke:#b4413c;stroke-width:.45}
.grain{fill:none;stroke:#3a6ea5;stroke-width:.45}
.place{fill:none;stroke:#7a8794;stroke-width:.4;stroke-dasharray:3 2}
.square{fill:none;stroke:#1d2733;stroke-width:.4}
text{font-family:Helvetica,Arial,sans-serif;fill:#1d2733;text-anchor:middle}
"""

_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto-start-reverse">'
    '<path d="M0,0 L6,3 L0,6 Z" fill="#3a6ea5"/></marker></defs>'
)


def _to_mm(place: Point2, height: float) -> tuple[float, float]:
    return 10 * float(place[0]), 10 * (height - float(place[1]))


def _point(place: Point2, height: float) -> str:
    x, y = _to_mm(place, height)
    return f"{x:.2f},{y:.2f}"


def path_data(curves: list[Curve], shift: Point2, height: float, *, closed: bool) -> str:
    """SVG path commands of end-to-end curves moved by `shift`, y flipped on a sheet of this height; mm."""
    commands = [f"M{_point(curves[0].start + shift, height)}"]
    for curve in curves:
        rest = " ".join(_point(c + shift, height) for c in curve.control[1:])
        commands.append(f"{'L' if curve.is_line else 'C'}{rest}")
    return " ".join(commands) + (" Z" if closed else "")


def _piece_group(item: Placed, pattern: Pattern, height: float) -> str:
    piece, shift = item.piece, item.shift
    outline = [curve for edge in piece.edges for curve in edge.curves]
    x0, y0, x1, y1 = piece.bounds
    cx, cy = _to_mm(np.array(((x0 + x1) / 2, (y0 + y1) / 2)) + shift, height)
    top, bottom = (_to_mm(end + shift, height) for end in piece.grainline)
    body = [
        f'<path class="outline" d="{path_data(outline, shift, height, closed=True)}"/>',
        f'<path class="grain" marker-start="url(#arrow)" marker-end="url(#arrow)" '
        f'd="M{top[0]:.2f},{top[1]:.2f} L{bottom[0]:.2f},{bottom[1]:.2f}"/>',
    ]
    for other in pattern.parts:
        if other.laid_on and other.laid_on.piece == piece.name:
            curves = [curve for edge in other.edges for curve in edge.curves]
            body.append(f'<path class="place" d="{path_data(curves, shift + other.laid_on.at, height, closed=True)}"/>')
    size = min(9.0, max(3.0, 0.1 * 10 * (x1 - x0)))
    body.append(f'<text x="{cx:.1f}" y="{cy:.1f}" font-size="{size:.1f}">{escape(piece.title)}</text>')
    body.append(f'<text x="{cx:.1f}" y="{cy + 1.2 * size:.1f}" font-size="{0.6 * size:.1f}">cut 1</text>')
    return f"<g id={quoteattr(piece.name)}><title>{escape(piece.title)}</title>{''.join(body)}</g>"


def pattern_svg(pattern: Pattern) -> bytes:
    """The pattern at true scale as SVG, with a 5 cm test square; seam lines, no seam allowance."""
    sheet = laid_out(pattern, widest=ROLL_WIDTH)
    width, height = sheet.width, sheet.height + 8
    groups = "".join(_piece_group(item, pattern, sheet.height) for item in sheet.placed)
    page = f"{10 * width:.1f}", f"{10 * height:.1f}"
    size = f'width="{page[0]}mm" height="{page[1]}mm" viewBox="0 0 {page[0]} {page[1]}"'
    square = _test_square(pattern, 10 * sheet.height + 10)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return f"{head}<style>{_STYLE}</style>{_ARROW}{groups}{square}</svg>\n".encode()


def _test_square(pattern: Pattern, y: float) -> str:
    x, kind = 20.0, escape(str(pattern.design.garment_type))
    return (
        f'<g id="test_square"><rect class="square" x="{x}" y="{y}" width="50" height="50"/>'
        f'<text x="{x + 25}" y="{y + 27}" font-size="5">5 cm</text>'
        f'<text x="{x + 60}" y="{y + 27}" font-size="5" style="text-anchor:start">'
        f"{kind} · seam lines, no seam allowance · print at 100 %</text></g>"
    )
