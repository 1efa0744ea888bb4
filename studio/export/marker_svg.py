"""The marker as a drawing: each cloth with its pieces as they lie, selvedges, length to buy and efficiency."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from studio.export.layout import ROLE_COLOURS
from studio.pattern import Material
from studio.workshop import Lying, Marker

_STYLE = """
.cloth{fill:#f4efe4;stroke:#b9ad94;stroke-width:1.5}
.selvedge{stroke:#b9ad94;stroke-width:1;stroke-dasharray:8 6}
.lying{stroke:#1d2733;stroke-width:1.6;stroke-linejoin:round}
.grain{stroke:#3a6ea5;stroke-width:1.4}
text{font-family:Helvetica,Arial,sans-serif;fill:#1d2733}
.name{text-anchor:middle;font-weight:600}
"""
_HEAD = 60.0
_MARGIN = 30.0
_NAMES = {
    Material.SHELL: "Main fabric",
    Material.RIB: "Rib knit",
    Material.LINING: "Lining",
    Material.POCKETING: "Pocketing",
}


def marker_svg(markers: Sequence[Marker]) -> bytes:
    """All markers below one another, user units are millimetres of cloth; the length runs to the right."""
    wide = max((10 * marker.length for marker in markers), default=100.0) + 2 * _MARGIN
    wide = max(wide, 900.0)
    parts, top = [], _MARGIN
    for marker in markers:
        parts.append(_one(marker, top))
        top += _HEAD + 10 * marker.width + _MARGIN
    size = f'width="{wide / 5:.0f}mm" height="{top / 5:.0f}mm" viewBox="0 0 {wide:.0f} {top:.0f}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return f"{head}<style>{_STYLE}</style>{''.join(parts)}</svg>\n".encode()


def _one(marker: Marker, top: float) -> str:
    words = (
        f"{_NAMES[marker.material]}: {marker.length:.0f} cm of {marker.width:.0f} cm wide cloth, "
        f"{marker.efficiency:.1%} of it used, {len(marker.lying)} pieces"
    )
    cloth_top = top + _HEAD
    wide, tall = 10 * marker.length, 10 * marker.width
    pieces = "".join(_piece(lying, cloth_top, tall) for lying in marker.lying)
    edges = "".join(
        f'<line class="selvedge" x1="{_MARGIN}" x2="{_MARGIN + wide:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        for y in (cloth_top + 10, cloth_top + tall - 10)
    )
    return (
        f'<g><text x="{_MARGIN}" y="{top + 38}" font-size="30">{escape(words)}</text>'
        f'<rect class="cloth" x="{_MARGIN}" y="{cloth_top:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>{edges}{pieces}</g>'
    )


def _piece(lying: Lying, top: float, tall: float) -> str:
    points = np.stack((_MARGIN + 10 * lying.outline[:, 0], top + tall - 10 * lying.outline[:, 1]), axis=1)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    name = lying.paper.title
    size = float(np.clip(0.9 * (x1 - x0) / max(0.58 * len(name), 1), 9, min(26, max(0.5 * (y1 - y0), 9))))
    state = ", ".join(word for word, on in (("mirrored", lying.is_mirrored), ("turned", lying.is_turned)) if on)
    return (
        f"<g><title>{escape(name)}{f' ({state})' if state else ''}</title>"
        f'<polygon class="lying" fill="{ROLE_COLOURS[lying.paper.piece.role]}" points="{path}"/>'
        f'<text class="name" x="{(x0 + x1) / 2:.1f}" y="{(y0 + y1) / 2 + 0.35 * size:.1f}" font-size="{size:.1f}">'
        f"{escape(name)}</text></g>"
    )
