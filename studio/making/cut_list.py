"""What is cut from which cloth, and what else has to be bought."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from studio.arrays import Points2
from studio.paper import PaperPiece
from studio.pattern import Finish, Mark, MarkKind, Material, Pattern, Piece, Role
from studio.vocabulary import Closure, GarmentType
from studio.workshop import CutRow, Supply

LAY_EFFICIENCY = 0.78
"""Share of the cloth that pieces fill in a lay made by hand; turns areas into a length to buy before a marker was made."""
BUY_STEP = 5.0
"""Cloth is bought in steps of this many cm."""


def cut_list(papers: Sequence[PaperPiece]) -> tuple[CutRow, ...]:
    """One row for each paper piece, largest cloth first, in the pattern's order."""
    rows = [
        CutRow(p.name, p.title, p.material, p.quantity, p.cutting_words, p.interfaced, polygon_area(p.whole_cut_line))
        for p in papers
    ]
    return tuple(sorted(rows, key=lambda row: list(Material).index(row.material)))


def polygon_area(points: Points2) -> float:
    """Area in cm2 of a closed outline ((n, 2) cm), whichever way round."""
    x, y = points.T
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2


def cloth_length(area: float, width: float) -> float:
    """Length in cm to buy for pieces of this total area (cm2) on cloth of this width, laid by hand."""
    return math.ceil(area / LAY_EFFICIENCY / width / BUY_STEP) * BUY_STEP


_CLOTH_NAMES = {
    Material.SHELL: "main fabric",
    Material.RIB: "rib knit",
    Material.LINING: "lining",
    Material.POCKETING: "pocketing",
}
_INTERFACING_WIDTH = 90.0


def supplies(pattern: Pattern, papers: Sequence[PaperPiece]) -> tuple[Supply, ...]:
    """The bill of materials: cloth of each kind, interfacing, buttons, zip, thread."""
    rows = cut_list(papers)
    width = pattern.design.making.fabric_width
    bought: list[Supply] = []
    for material in Material:
        area = sum(row.area * row.pieces for row in rows if row.material == material)
        if area:
            name = f"{_CLOTH_NAMES[material]}"
            if material == Material.SHELL:
                name += f", {pattern.design.style.colour} {pattern.design.style.fabric}"
            note = f"{width:.0f} cm wide; estimated at {LAY_EFFICIENCY:.0%} of the lay, make a marker for the exact length"
            bought.append(Supply(name, f"{cloth_length(area, width):.0f} cm", note))
    area = sum(row.area * row.interfacing for row in rows)
    if area:
        length = cloth_length(area, _INTERFACING_WIDTH)
        bought.append(Supply("fusible interfacing", f"{length:.0f} cm", f"{_INTERFACING_WIDTH:.0f} cm wide"))
    return (*bought, *_fastenings(pattern), Supply("sewing thread", "1 spool", "matched to the main fabric"))


def _fastenings(pattern: Pattern) -> list[Supply]:
    found: list[Supply] = []
    widths = [button_width(mark) for piece in pattern.parts for mark in piece.marks if mark.kind == MarkKind.BUTTON]
    for width in sorted({round(width, 1) for width in widths}):
        count = sum(abs(width - other) < 0.05 for other in widths)
        found.append(Supply("buttons", str(count), f"{10 * width:.0f} mm across"))
    length = zip_length(pattern)
    if length:
        found.append(Supply("zip", "1", f"{length:.0f} cm, {'separating' if opening_front(pattern) else 'closed end'}"))
    return found


def button_width(mark: Mark) -> float:
    """How wide a marked button is, cm."""
    return sum(curve.length for curve in mark.curves)


def zip_length(pattern: Pattern) -> float:
    """Length of the zip a design closes with, cm; 0 for none. At a front it is as long as the opening edge."""
    if pattern.design.style.closure != Closure.ZIP:
        return 0.0
    front = opening_front(pattern)
    if front is not None:
        return max(edge.length for edge in front.edges if edge.finish == Finish.OPENING)
    if pattern.design.garment_type == GarmentType.PANTS:
        return 16.0
    return 20.0 if pattern.design.garment_type == GarmentType.SKIRT else 40.0


def opening_front(pattern: Pattern) -> Piece | None:
    """One of two fronts that open at the centre; None for a whole front."""
    for piece in pattern.parts:
        if piece.role == Role.FRONT and any(edge.finish == Finish.OPENING for edge in piece.edges):
            return piece
    return None
