"""One looked-at pattern of every garment, kept as the SVG that is exported.

After a change that is meant to move lines: `python -m tests.golden`, then open every changed SVG and look at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from pattern_generator import draft_pattern
from studio.arrays import Points2
from studio.design import GarmentDesign, starting_design
from studio.export.svg import pattern_svg
from studio.sizes import Table, sized

FOLDER = Path(__file__).parent
_SVG = "{http://www.w3.org/2000/svg}"

GOLDEN: Mapping[str, tuple[str, Table, str, Mapping[str, object]]] = {
    "shirt": ("shirt", Table.MEN, "M", {}),
    "t-shirt": (
        "shirt",
        Table.WOMEN,
        "M",
        {"fabric": "jersey", "neckline": "crew", "sleeve": "short", "closure": "none", "has_cuffs": False, "has_yoke": False},
    ),
    "dress": ("dress", Table.WOMEN, "M", {"closure": "buttons", "neckline": "collar", "sleeve": "elbow", "fit": "semi_fitted"}),
    "one-piece-dress": ("dress", Table.WOMEN, "M", {"has_waist_seam": False, "neckline": "v", "sleeve": "none"}),
    "pencil-skirt": ("skirt", Table.WOMEN, "M", {"silhouette": "fitted"}),
    "trousers": ("pants", Table.WOMEN, "M", {"has_pockets": True}),
    "blazer": ("blazer", Table.MEN, "M", {"has_pockets": True}),
    "zip-jacket": ("jacket", Table.WOMEN, "L", {"collar": "stand", "closure": "zip", "fit": "semi_fitted"}),
    "zip-hoodie": ("hoodie", Table.WOMEN, "M", {"closure": "zip", "hood": "three_panel", "has_pockets": True, "has_cuffs": True}),
    "vest": ("vest", Table.MEN, "M", {}),
    "child-shirt": ("shirt", Table.CHILDREN, "104", {}),
}
"""Garment type, size table, size and what differs from the usual design, by the name of the file."""


@dataclass(frozen=True)
class PieceDrawing:
    """What a layer shows of one piece: its paths in mm from the lower left of the piece's cutting line, and its words."""

    paths: tuple[Points2, ...]
    words: tuple[str, ...]


def golden_design(name: str) -> GarmentDesign:
    """The design of a golden pattern."""
    kind, table, size, changes = GOLDEN[name]
    return sized(starting_design(kind).changed(changes), table, size)


def drawn(name: str) -> bytes:
    """The SVG of a golden pattern as it is drafted today."""
    return pattern_svg(draft_pattern(golden_design(name)))


def kept(name: str) -> bytes:
    """The SVG of a golden pattern as it was looked at."""
    return _file(name).read_bytes()


def _file(name: str) -> Path:
    return FOLDER / f"{name}.svg"


def regenerate() -> list[str]:
    """Write every golden SVG anew; the names of those that are not what they were."""
    changed = []
    for name in GOLDEN:
        fresh = drawn(name)
        if not _file(name).exists() or kept(name) != fresh:
            _file(name).write_bytes(fresh)
            changed.append(name)
    return changed


def read_drawing(svg: bytes) -> dict[tuple[str, str], PieceDrawing]:
    """The drawing by (layer, piece); where a piece lies on the sheet does not matter."""
    layers = {layer.get("id", ""): layer for layer in ElementTree.fromstring(svg).findall(f"{_SVG}g")}
    groups = {
        (word, g.get("data-piece", "")): g for word, layer in layers.items() for g in layer.findall(f"{_SVG}g[@data-piece]")
    }
    corners = {piece: np.min(np.concatenate(_paths(g)), axis=0) for (word, piece), g in groups.items() if word == "cut-lines"}
    return {
        place: PieceDrawing(
            tuple(path - corners[place[1]] for path in _paths(group)),
            tuple(text.text or "" for text in group.iter(f"{_SVG}text")),
        )
        for place, group in groups.items()
    }


def _paths(group: ElementTree.Element) -> list[Points2]:
    """(n, 2) points of every path of a group, mm."""
    found = []
    for path in group.iter(f"{_SVG}path"):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path.get("d", ""))]
        found.append(np.array(numbers).reshape(-1, 2))
    return found
