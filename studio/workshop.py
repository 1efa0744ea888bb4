"""What the workshop is told: what to cut, what to buy, in which order to sew, how the pieces lie on the cloth."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry import Polygon

from studio.arrays import Points2
from studio.finished import FinishedMeasure
from studio.paper import PaperPiece
from studio.pattern import Material


@dataclass(frozen=True)
class CutRow:
    """One line of the cut list: `pieces` of cloth in all, `words` as written on the paper piece, area of one in cm2."""

    piece: str
    title: str
    material: Material
    pieces: int
    words: str
    interfacing: int
    area: float


@dataclass(frozen=True)
class Supply:
    """Something to buy: cloth by the cm of its width, everything else by the piece."""

    name: str
    amount: str
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One step of sewing: what is done, in words, and the seams and pieces it concerns; numbered from 1."""

    number: int
    title: str
    text: str
    seams: tuple[str, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Workshop:
    """Everything written that goes with a pattern."""

    finished: tuple[FinishedMeasure, ...]
    cut: tuple[CutRow, ...]
    supplies: tuple[Supply, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Lying:
    """One piece of cloth where it lies: (n, 2) cutting line, x along the length of the cloth, y across it, cm."""

    paper: PaperPiece
    outline: Points2
    is_mirrored: bool
    is_turned: bool  # upside down along the grain


@dataclass(frozen=True, eq=False)
class Marker:
    """A lay of one cloth: `length` and `width` in cm."""

    material: Material
    width: float
    length: float
    lying: tuple[Lying, ...]

    @property
    def efficiency(self) -> float:
        """Share of the cloth that pieces cover, allowances included."""
        area = sum(Polygon(piece.outline).area for piece in self.lying)
        return float(area / (self.length * self.width)) if self.length else 0.0
