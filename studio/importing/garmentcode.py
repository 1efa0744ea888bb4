"""GarmentCode JSON -> pieces and seams: our own files exactly as they were, those of others as far as they tell.

A stitch of the format sews right side to right side, the end of one edge to the start of the other; that is what our seams
do, as long as every panel is drawn counter-clockwise. Panels drawn clockwise show their inside and are turned over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError
from studio.importing.own_notes import check_laid_on, fits, own_notes, own_piece, own_seams
from studio.importing.panels import MAX_EDGES, MAX_PANELS, Panel, finite, read_panel
from studio.importing.plain_json import json_object
from studio.pattern import Edge, EdgeRef, Finding, FindingKind, Finish, Pattern, Piece, Role, Seam, SeamKind, Side
from studio.sizing import completed
from studio.vocabulary import GarmentType

WHAT = "GarmentCode pattern"
_ALLOWED_MM = 2.0


@dataclass(frozen=True)
class Stitch:
    """Two edges as the file sews them, by panel and edge number; `is_turned`: right side to wrong side ('right_wrong')."""

    first: tuple[str, int]
    second: tuple[str, int]
    is_turned: bool


@dataclass(frozen=True, eq=False)
class GarmentCodePattern:
    """What a file holds. `design` is there if our studio wrote it; then pieces and seams are as they were drafted.

    Of a foreign file the edges are named edge_0, edge_1 ... round each panel and every stitch is a seam, its ratio measured.
    """

    pieces: tuple[Piece, ...]
    seams: tuple[Seam, ...]
    stitches: tuple[Stitch, ...]
    panels: Mapping[str, Panel]
    design: GarmentDesign | None
    findings: tuple[Finding, ...]


def read_garmentcode(data: bytes | str) -> GarmentCodePattern:
    """The pattern of a GarmentCode JSON file. Raises DesignError in plain words for whatever is wrong with it."""
    document = json_object(data, what=WHAT)
    inner = document.get("pattern", document)
    properties = document.get("properties") or {}
    if not isinstance(inner, dict) or not isinstance(properties, dict):
        raise DesignError(f"this {WHAT} has no pattern with panels")
    panels = _panels(inner.get("panels"), _scale(properties))
    stitches = _stitches(inner.get("stitches", []), panels)
    notes = own_notes(properties)
    if notes is not None and fits(notes, panels):
        own = {name: own_piece(panel, notes.pieces[name]) for name, panel in panels.items()}
        check_laid_on(own)
        design = GarmentDesign.checked(notes.design)
        return GarmentCodePattern(tuple(own.values()), own_seams(notes, own), stitches, panels, design, ())
    findings = [_warning("the panels were changed by another program: names, ease and design are lost")] if notes else []
    sewn = {place for stitch in stitches for place in (stitch.first, stitch.second)}
    pieces = {name: _piece(panel, sewn) for name, panel in panels.items()}
    seams, off = _seams(stitches, panels, pieces)
    return GarmentCodePattern(tuple(pieces.values()), seams, stitches, panels, None, (*findings, *off))


def as_pattern(read: GarmentCodePattern) -> Pattern:
    """The read pieces as a pattern that can be drawn, printed and exported.

    With a design in the file it is the drafted pattern again; otherwise the design is the usual one of the garment type that
    the panels look like, and a finding says so.
    """
    findings = read.findings
    design = read.design
    if design is None:
        design = starting_design(garment_type_of_pieces(read.pieces))
        findings = (_warning(f"the file names no garment; its panels look like a {design.garment_type}"), *findings)
    return Pattern(design, completed(design), read.pieces, read.seams, tuple(findings))


def garment_type_of_pieces(pieces: Sequence[Piece]) -> GarmentType:
    """The garment type that has pieces of these roles."""
    roles = {piece.role for piece in pieces}
    if roles & {Role.TROUSER_FRONT, Role.TROUSER_BACK}:
        return GarmentType.PANTS
    has_bodice = bool(roles & {Role.FRONT, Role.BACK})
    if roles & {Role.SKIRT_FRONT, Role.SKIRT_BACK}:
        return GarmentType.DRESS if has_bodice else GarmentType.SKIRT
    if Role.HOOD in roles:
        return GarmentType.HOODIE
    return GarmentType.SHIRT if Role.SLEEVE in roles or not has_bodice else GarmentType.VEST


def _warning(message: str, piece: str = "", edge: str = "", mm: float | None = None) -> Finding:
    return Finding(FindingKind.WARNING, message, piece, edge, mm)


def _scale(properties: Mapping[str, Any]) -> float:
    """Centimetres per unit of the file. Raises DesignError for coordinates that are not relative."""
    units = finite("units_in_meter", properties.get("units_in_meter", 100), 1e5)
    if units < 0.1:
        raise DesignError("units_in_meter is not a length unit")
    if properties.get("curvature_coords", "relative") != "relative":
        raise DesignError("this file gives its curves in absolute coordinates; only relative ones are known")
    return 100.0 / units


def _panels(values: object, scale: float) -> dict[str, Panel]:
    if not isinstance(values, dict) or not 1 <= len(values) <= MAX_PANELS:
        raise DesignError(f"a {WHAT} has 1 to {MAX_PANELS} panels by name")
    for name in values:
        if not 1 <= len(name) <= 120 or not name.isprintable():
            raise DesignError(f"a panel's name has 1 to 120 printable characters, not {name[:40]!r}")
    return {name: read_panel(name, value, scale=scale) for name, value in values.items()}


def _stitches(values: object, panels: Mapping[str, Panel]) -> tuple[Stitch, ...]:
    if not isinstance(values, list) or len(values) > MAX_PANELS * MAX_EDGES:
        raise DesignError(f"the stitches of a {WHAT} are a list")
    stitches = []
    used: set[tuple[str, int]] = set()
    for number, value in enumerate(values):
        if not isinstance(value, list) or len(value) not in (2, 3) or (len(value) == 3 and not isinstance(value[2], str)):
            raise DesignError(f"stitch {number}: a stitch names two edges")
        ends = [_end(number, side, panels) for side in value[:2]]
        for end in ends:
            if end in used:
                raise DesignError(f"stitch {number}: edge {end[1]} of {end[0]} is sewn twice")
            used.add(end)
        stitches.append(Stitch(ends[0], ends[1], value[2:] == ["right_wrong"]))
    return tuple(stitches)


def _end(number: int, side: object, panels: Mapping[str, Panel]) -> tuple[str, int]:
    panel, edge = (side.get("panel"), side.get("edge")) if isinstance(side, dict) else (None, None)
    if not isinstance(panel, str) or panel not in panels:
        raise DesignError(f"stitch {number}: there is no panel {str(panel)[:40]!r}")
    if type(edge) is not int or edge not in panels[panel].position:
        raise DesignError(f"stitch {number}: panel {panel} has no edge {str(edge)[:20]}")
    return panel, edge


_ROLES: tuple[tuple[str, Role], ...] = (
    ("hood", Role.HOOD), ("collar|lapel|turtle", Role.COLLAR), ("cuff", Role.CUFF), ("sleeve|slv", Role.SLEEVE),
    ("^wb|waist ?band|belt", Role.WAISTBAND), ("pocket", Role.POCKET), ("pant.*f$|pant.*front", Role.TROUSER_FRONT),
    ("pant|leg|trouser", Role.TROUSER_BACK), ("skirt.*(back|b$)", Role.SKIRT_BACK), ("skirt|ins|godet", Role.SKIRT_FRONT),
    ("back|btorso", Role.BACK), ("front|ftorso|torso|bodice", Role.FRONT),
)  # fmt: skip
"""What the names of panels say, first match first."""


def _role(panel: Panel, side: Side) -> Role:
    """The role that the panel's name says; the label 'leg' makes a front or back one of a skirt, or of trousers if in pairs."""
    words = panel.name.lower().replace("_", " ").strip()
    role = next((role for pattern, role in _ROLES if re.search(pattern, words)), Role.FRONT)
    if panel.label != "leg" or role not in (Role.FRONT, Role.BACK):
        return role
    if side == Side.CENTRE:
        return Role.SKIRT_FRONT if role == Role.FRONT else Role.SKIRT_BACK
    return Role.TROUSER_FRONT if role == Role.FRONT else Role.TROUSER_BACK


def _side(name: str) -> Side:
    words = set(re.split(r"[^a-z]+", name.lower()))
    return Side.LEFT if words & {"left", "l"} else Side.RIGHT if words & {"right", "r"} else Side.CENTRE


def _piece(panel: Panel, sewn: set[tuple[str, int]]) -> Piece:
    """A piece of a foreign panel, its grainline upright through the middle; edges without a stitch are raw."""
    numbers = {place: number for number, place in panel.position.items()}
    edges = [
        Edge(f"edge_{numbers[place]}", run, Finish.SEAM if (panel.name, numbers[place]) in sewn else Finish.NEATENED)
        for place, run in enumerate(panel.edges)
    ]
    side = _side(panel.name)
    piece = Piece(panel.name, _role(panel, side), side, tuple(edges), np.zeros((2, 2)))
    x0, y0, x1, y1 = piece.bounds
    middle, quarter = (x0 + x1) / 2, (y1 - y0) / 4
    grain = np.array(((middle, y1 - quarter), (middle, y0 + quarter)))
    return Piece(piece.name, piece.role, piece.side, piece.edges, grain)


def _seams(
    stitches: Sequence[Stitch], panels: Mapping[str, Panel], pieces: Mapping[str, Piece]
) -> tuple[tuple[Seam, ...], list[Finding]]:
    """Every stitch as a seam, with a finding where its edges differ in length or it cannot be said with our seams."""
    seams, findings = [], []
    for stitch in stitches:
        (piece, first), (other, second) = stitch.first, stitch.second
        a, b = EdgeRef(piece, f"edge_{first}"), EdgeRef(other, f"edge_{second}")
        length_a, length_b = (pieces[ref.piece].edge(ref.edge).length for ref in (a, b))
        off = 10 * (length_b - length_a)
        ratio, kind = 1.0, _kind(stitch, panels)
        if abs(off) > _ALLOWED_MM:
            ratio, kind = length_b / length_a, SeamKind.GATHERED if kind == SeamKind.PLAIN else kind
            words = f"{a.edge} of {piece} is sewn to {b.edge} of {other}, which differs from it by {off:+.1f} mm"
            findings.append(_warning(f"{words}: taken as gathers", piece, a.edge, off))
        if stitch.is_turned:
            words = f"{a.edge} of {piece} is sewn with its right side to the wrong side of {other}: drawn as a plain seam"
            findings.append(_warning(words, piece, a.edge))
        seams.append(Seam(f"{piece} {first} to {other} {second}", (a,), (b,), kind, 0.0, ratio))
    return tuple(seams), findings


def _kind(stitch: Stitch, panels: Mapping[str, Panel]) -> SeamKind:
    """A dart is sewn between neighbouring edges of one panel."""
    panel = panels[stitch.first[0]]
    apart = abs(panel.position[stitch.first[1]] - panels[stitch.second[0]].position[stitch.second[1]])
    is_dart = stitch.first[0] == stitch.second[0] and apart in (1, len(panel.edges) - 1)
    return SeamKind.DART if is_dart else SeamKind.PLAIN
