"""The pattern for the screen: SVG on centimetre paper, pieces as large as the window lets them be, faulty seams in red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from studio.export.layout import ROLE_COLOURS, Placed, Sheet, fitted_to_screen
from studio.export.svg import path_data
from studio.pattern import FindingKind, Pattern

_TIPS = (
    '<defs><marker id="grain-tip" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="5" markerHeight="5" '
    'orient="auto-start-reverse">'
    '<path d="M0,0.5 L6,3 L0,5.5 Z" class="tip"/></marker></defs>'
)


def screen_svg(pattern: Pattern, *, aspect: float = 0.85) -> str:
    """All pieces of `pattern` in a window `aspect` times as wide as high; user units are millimetres of cloth.

    Every edge is a path of its own with `data-edge` ("piece.edge") and `data-seam` (the seam's number in the pattern), so
    that the page can light up what is sewn to what; edges that a check found fault with carry the class "bad".
    """
    sheet = fitted_to_screen(pattern, aspect=aspect)
    unit = max(sheet.width, aspect * sheet.height) * 10 / 1000
    edges = _EdgeFacts.of(pattern)
    groups = "".join(_group(item, pattern, sheet, edges, unit) for item in sheet.placed)
    label = f"{pattern.design.garment_type} pattern, {len(pattern)} pieces"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {10 * sheet.width:.0f} {10 * sheet.height:.0f}" role="img" '
        f"aria-label={quoteattr(label)}>{_TIPS}{_grid(sheet)}{groups}</svg>"
    )


@dataclass(frozen=True)
class _EdgeFacts:
    """What is known of each edge, by (piece, edge): the numbers of its seams, and whether something is wrong with it."""

    seams: Mapping[tuple[str, str], str]
    bad: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, pattern: Pattern) -> _EdgeFacts:
        numbers: dict[tuple[str, str], list[str]] = {}
        for number, seam in enumerate(pattern.seams):
            for ref in (*seam.a, *seam.b):
                numbers.setdefault((ref.piece, ref.edge), []).append(str(number))
        faults = {(f.piece, f.edge) for f in pattern.findings if f.kind == FindingKind.FAULT and f.edge}
        wrong = [check.seam for check in pattern.seam_checks if not check.is_sewable]
        faults |= {(ref.piece, ref.edge) for seam in wrong for ref in (*seam.a, *seam.b)}
        return cls({key: " ".join(found) for key, found in numbers.items()}, frozenset(faults))


def _grid(sheet: Sheet) -> str:
    """Centimetre lines, bold every ten, reaching well past the sheet so that the window is covered."""
    reach = 10 * round(max(sheet.width, sheet.height) / 10)
    spans = [(-reach, round(size) + reach) for size in (sheet.width, sheet.height)]
    (x0, x1), (y0, y1) = spans
    parts = []
    for cls, step in (("cm", 1), ("dm", 10)):
        across = "".join(f"M{10 * x},{10 * y0}V{10 * y1}" for x in range(x0, x1 + 1, step))
        along = "".join(f"M{10 * x0},{10 * y}H{10 * x1}" for y in range(y0, y1 + 1, step))
        parts.append(f'<path class="{cls}" d="{across}{along}"/>')
    return "".join(parts)


def _group(item: Placed, pattern: Pattern, sheet: Sheet, edges: _EdgeFacts, unit: float) -> str:
    piece, shift = item.piece, item.shift
    outline = [curve for edge in piece.edges for curve in edge.curves]
    whole = path_data(outline, shift, sheet.height, closed=True)
    body = [f'<path class="piece" fill="{ROLE_COLOURS[piece.role]}" d="{whole}"/>']
    for other in pattern.parts:
        if other.laid_on and other.laid_on.piece == piece.name:
            curves = [curve for edge in other.edges for curve in edge.curves]
            place = path_data(curves, shift + other.laid_on.at, sheet.height, closed=True)
            body.append(f'<path class="place" d="{place}"/>')
    for mark in piece.marks:
        line = path_data(list(mark.curves), shift, sheet.height, closed=False)
        body.append(f'<path class="mark {mark.kind.name.lower()}" d="{line}"/>')
    for edge in piece.edges:
        key = (piece.name, edge.name)
        line = path_data(list(edge.curves), shift, sheet.height, closed=False)
        state = " bad" if key in edges.bad else ""
        body.append(
            f'<path class="edge{state}" data-edge={quoteattr(".".join(key))} data-seam="{edges.seams.get(key, "")}" d="{line}"/>'
        )
    body += [_grain_and_name(item, sheet, unit), f"<title>{_facts(item)}</title>"]
    return f"<g data-piece={quoteattr(piece.name)}>{''.join(body)}</g>"


def _grain_and_name(item: Placed, sheet: Sheet, unit: float) -> str:
    """Grainline with tips, and the name on it; `unit` is about a thousandth of the window, in mm. On a narrow piece the name
    runs along it."""
    piece, shift = item.piece, item.shift
    (x1, y1), (x2, y2) = ((10 * float(p[0]), 10 * (sheet.height - float(p[1]))) for p in piece.grainline + shift)
    x0, y0, x9, y9 = piece.bounds
    cx, cy = np.array(((x0 + x9) / 2, (y0 + y9) / 2)) + shift
    letters = 0.56 * max(len(piece.title), 4)
    along = 10 * (x9 - x0) * 0.86 / letters < 9 * unit and y9 - y0 > x9 - x0
    wide, tall = (y9 - y0, x9 - x0) if along else (x9 - x0, y9 - y0)
    size = min(19 * unit, max(10 * wide * 0.86 / letters, 9 * unit), 4.4 * tall)
    broad, middle = 0.58 * size * len(piece.title), 10 * (sheet.height - cy)
    turn = f' transform="rotate(-90 {10 * cx:.1f} {middle:.1f})"' if along else ""
    return (
        f'<path class="grain" marker-start="url(#grain-tip)" marker-end="url(#grain-tip)" '
        f'd="M{x1:.1f},{y1:.1f} L{x2:.1f},{y2:.1f}"/>'
        f'<g{turn}><rect x="{10 * cx - broad / 2:.1f}" y="{middle - 0.75 * size:.1f}" '
        f'width="{broad:.1f}" height="{1.5 * size:.1f}" fill="{ROLE_COLOURS[piece.role]}"/>'
        f'<text x="{10 * cx:.1f}" y="{middle + 0.34 * size:.1f}" font-size="{size:.1f}">'
        f"{escape(piece.title)}</text></g>"
    )


def _facts(item: Placed) -> str:
    x0, y0, x1, y1 = item.piece.bounds
    return escape(f"{item.piece.title}: {x1 - x0:.1f} × {y1 - y0:.1f} cm")
