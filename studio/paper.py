"""What lies on the cutting table: a piece as it is printed and cut, with cutting line, notches and words.

Made from a Pattern by `studio.cutting`; read by every file format, by the marker and by the cut list.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, Points2
from studio.pattern import Mark, Material, Piece


@dataclass(frozen=True, eq=False)
class Notch:
    """A mark across the seam allowance where two edges meet when sewn: `count` 1 in front, 2 behind (two strokes).

    `at` lies on the seam line, `out` is the unit direction to the cutting line, `along` the unit direction of the edge;
    `length` is what is drawn, cm. `pair` names the place: both sides of a seam carry the same one.
    """

    at: Point2
    out: Point2
    along: Point2
    count: int
    length: float
    edge: str
    pair: str


@dataclass(frozen=True, eq=False)
class PaperPiece:
    """One piece on paper, cm, y up, in the coordinates of `piece`.

    A pair (left and right) is one paper piece, cut with its mirror image: `is_pair`. Of a symmetric piece cut on the fold
    only the half at x >= 0 is printed; then `fold` is (2, 2), the fold edge on x = 0, and both lines run along it.
    """

    name: str  # "sleeve", "front_bodice": the piece's name without its side when it is a pair
    piece: Piece  # of a pair, the left one
    seam_line: Points2  # (n, 2) closed counter-clockwise, first point not repeated
    cut_line: Points2  # (n, 2) likewise
    corners: Points2  # (m, 2) the turn points of the cutting line; everything else on it is curve
    fold: Points2 | None
    notches: tuple[Notch, ...]
    marks: tuple[Mark, ...]  # on a fold, those of the half
    grainline: Points2  # (2, 2)
    is_pair: bool
    quantity: int  # pieces of cloth, mirrored ones included
    material: Material
    interfaced: int  # pieces of interfacing

    @functools.cached_property
    def whole_cut_line(self) -> Points2:
        """(n, 2) the cutting line of the whole piece of cloth: a half cut on the fold is opened out."""
        return self.cut_line if self.fold is None else unfolded(self.cut_line)

    @functools.cached_property
    def whole_seam_line(self) -> Points2:
        """(n, 2) the seam line of the whole piece of cloth."""
        return self.seam_line if self.fold is None else unfolded(self.seam_line)

    @property
    def title(self) -> str:
        """The name as written on the paper."""
        return self.name.replace("_", " ").capitalize()

    @property
    def cutting_words(self) -> str:
        """'cut 1 on fold', 'cut 1 pair', 'cut 2': how many, in the trade's words."""
        if self.fold is not None:
            return f"cut {self.quantity} on fold"
        if self.is_pair:
            pairs = self.quantity // 2
            return f"cut {pairs} pair" + ("s" if pairs > 1 else "")
        return f"cut {self.quantity}"


def unfolded(half: Points2) -> Points2:
    """The closed outline of a half at x >= 0 with its mirror image, the run along x = 0 left out; counter-clockwise."""
    on_fold = np.abs(half[:, 0]) < 1e-6
    leaves = np.flatnonzero(on_fold & ~np.roll(on_fold, -1))
    if len(leaves) != 1:
        return half
    rolled = np.roll(half, -int(leaves[0]), axis=0)
    away = np.flatnonzero(np.abs(rolled[:, 0]) >= 1e-6)
    right = rolled[: away[-1] + 2] if away[-1] + 2 <= len(rolled) else np.vstack((rolled, rolled[:1]))
    left = right[1:-1][::-1] * (-1.0, 1.0)
    return np.concatenate((right, left))
