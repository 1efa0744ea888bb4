"""The marker: how the pieces lie on the cloth, true to shape and grain, and how much cloth that takes.

Nesting is strip packing by spyrrow (the sparrow algorithm, Gardeyn and Vanden Berghe 2025); what may turn which way is ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import spyrrow
from shapely.geometry import Polygon

from studio.arrays import Points2
from studio.errors import DraftError
from studio.paper import PaperPiece
from studio.pattern import Material, Pattern
from studio.vocabulary import Print
from studio.workshop import Lying, Marker

GAP = 0.2
"""Room between two pieces for the shears, cm."""
SELVEDGE = 1.0
"""Kept free at each selvedge, cm."""
_CHORD = 0.05
_SEED = 7
_DIRECTIONAL = frozenset({Print.PRINT, Print.GRAPHIC, Print.OTHER})


def markers(pattern: Pattern, papers: Sequence[PaperPiece], *, seconds: int = 4) -> tuple[Marker, ...]:
    """A marker for each cloth of a pattern, the main one with most of `seconds`. Raises DraftError if a piece is too wide."""
    may_turn = pattern.design.style.pattern not in _DIRECTIONAL
    width = pattern.design.making.fabric_width
    found = []
    for material in Material:
        mine = [paper for paper in papers if paper.material == material]
        if mine:
            time = seconds if material == Material.SHELL else 1
            found.append(marked_out(mine, width=width, may_turn=may_turn, seconds=time))
    return tuple(found)


def marked_out(papers: Sequence[PaperPiece], *, width: float, may_turn: bool = True, seconds: int = 4) -> Marker:
    """All copies of `papers` on cloth `width` cm wide; turned by 180 degrees where the print allows it, never off the grain.

    The search is seeded and ends after about `seconds`; a slower machine may find a slightly longer lay.
    Raises DraftError naming the piece that is wider than the cloth.
    """
    copies = [(paper, mirror) for paper in papers for mirror in _copies(paper)]
    usable = width - 2 * SELVEDGE
    shapes = {_key(paper, mirror): _along_the_cloth(paper, is_mirrored=mirror) for paper, mirror in copies}
    for (name, _), shape in shapes.items():
        across = float(np.ptp(shape[:, 1]))
        if across > usable:
            raise DraftError(
                f"{name.replace('_', ' ')} is {across:.0f} cm wide with its allowances, the cloth {width:.0f} cm: "
                "choose wider cloth or less fullness"
            )
    items = [
        spyrrow.Item(
            f"{name}|{int(mirror)}",
            [(float(x), float(y)) for x, y in shape],
            demand=sum(_key(paper, turn) == (name, mirror) for paper, turn in copies),
            allowed_orientations=[0.0, 180.0] if may_turn else [0.0],
        )
        for (name, mirror), shape in shapes.items()
    ]
    instance = spyrrow.StripPackingInstance("marker", strip_height=usable, items=items)
    settings = spyrrow.StripPackingConfig(
        early_termination=True,
        min_items_separation=GAP,
        exploration_time=max(1, seconds - 1),
        compression_time=1 if seconds > 1 else 0,
        total_computation_time=None,
        num_workers=2,
        seed=_SEED,
    )
    solution = instance.solve(settings)
    by_key = {_key(paper, mirror): paper for paper, mirror in copies}
    lying = []
    for placed in solution.placed_items:
        name, _, flag = placed.id.rpartition("|")
        key = (name, flag == "1")
        turned = _turned(shapes[key], math.radians(placed.rotation)) + np.asarray(placed.translation) + (0.0, SELVEDGE)
        lying.append(Lying(by_key[key], turned, key[1], abs(placed.rotation) > 1))
    return Marker(papers[0].material, width, float(solution.width), tuple(lying))


def _copies(paper: PaperPiece) -> list[bool]:
    """For each piece of cloth of a paper piece, whether it is its mirror image."""
    return [paper.is_pair and number % 2 == 1 for number in range(paper.quantity)]


def _key(paper: PaperPiece, mirror: bool) -> tuple[str, bool]:
    return paper.name, mirror


def _along_the_cloth(paper: PaperPiece, *, is_mirrored: bool) -> Points2:
    """The cutting line with its grain along +x, simplified outwards by at most half a millimetre."""
    line = paper.whole_cut_line
    if is_mirrored:
        line = (line * (-1.0, 1.0))[::-1]
    way = paper.grainline[1] - paper.grainline[0]
    if is_mirrored:
        way = way * (-1.0, 1.0)
    turned = _turned(line, -math.atan2(float(way[1]), float(way[0])))
    simple = Polygon(turned).buffer(_CHORD / 2, join_style="mitre").simplify(_CHORD)
    return np.asarray(simple.exterior.coords)[:-1]


def _turned(points: Points2, angle_rad: float) -> Points2:
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    turned: Points2 = points @ np.array(((c, s), (-s, c)))
    return turned
