"""The sewing pattern as data: curves make edges, edges make pieces, seams say which edges are sewn together.

The drafting table has y up, in cm. Every piece is drawn right side of the cloth up, as seen from outside the body,
its outline counter-clockwise; so two sewn edges always run in opposite directions. Left and right are the wearer's.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from studio.arrays import Floats, Point2, Points2
from studio.curves import Curve
from studio.design import GarmentDesign
from studio.errors import DraftError
from studio.sizing import Measures

SEWING_TOLERANCE_MM = 2.0
"""Home practice accepts 1/16 to 1/8 inch; a pair further off than this is a fault (patterns.md 5.8)."""


class Finish(StrEnum):
    """What becomes of an edge; every edge of a draft has exactly one finish."""

    SEAM = "seam"
    DART = "dart"
    HEM = "hem"
    BOUND = "bound"  # neckline or armhole finished with binding or facing
    OPENING = "opening"  # front edge with buttons or zip
    FOLD = "fold"
    TOPSTITCHED = "topstitched"  # laid on another piece or on its own seam and stitched down
    DOUBLED = "doubled"  # sewn to the same edge of this piece's second layer (collar, cuff, pocket bag)
    NEATENED = "neatened"  # an inner raw edge, overlocked or bound (facings)


@dataclass(frozen=True, eq=False)
class Edge:
    """A named border of a piece: one or more curves, end to end."""

    name: str
    curves: tuple[Curve, ...]
    finish: Finish = Finish.SEAM

    @property
    def start(self) -> Point2:
        return self.curves[0].start

    @property
    def end(self) -> Point2:
        return self.curves[-1].end

    @functools.cached_property
    def length(self) -> float:
        return sum(curve.length for curve in self.curves)

    @functools.cached_property
    def traced(self) -> Points2:
        """(n, 2) the start of every line and 16 points a curve; the edge's end is left to the next one."""
        return np.concatenate([c.control[:1] if c.is_line else c.stepped(17)[:-1] for c in self.curves])

    def sampled(self, count: int) -> Points2:
        """(count, 2) points at equal steps of arc length, both ends included."""
        dense, along = self._walked
        wanted = np.linspace(0, along[-1], count)
        return np.array([np.interp(wanted, along, dense[:, axis]) for axis in (0, 1)]).T

    @functools.cached_property
    def _walked(self) -> tuple[Points2, Floats]:
        """(n, 2) points close together on the curves, and how far along the edge each one lies, cm."""
        dense = np.concatenate([c.control[:1] if c.is_line else c.stepped(33)[:-1] for c in self.curves] + [self.end[None]])
        steps = dense[1:] - dense[:-1]
        return dense, np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))

    def reversed(self) -> Edge:
        return Edge(self.name, tuple(curve.reversed() for curve in self.curves[::-1]), self.finish)

    def mapped(self, matrix: Points2, shift: Point2, *, name: str = "") -> Edge:
        return Edge(name or self.name, tuple(curve.mapped(matrix, shift) for curve in self.curves), self.finish)


class MarkKind(StrEnum):
    """What is drawn inside a piece for the maker: never cut, except SLIT."""

    FOLD = "fold"  # where the piece itself is folded (band, button stand, pocket top)
    ROLL = "roll line"  # where a lapel or collar turns over
    CENTRE = "centre line"  # centre front or back on a piece that reaches beyond it
    PLEAT = "pleat"  # one line of a pleat; pleat lines come in pairs, folded onto one another
    DART = "dart"  # a dart inside the piece (fish-eye), as a closed run
    SLIT = "slit"  # cut open: placket, welt
    BUTTON = "button"  # a short line as long as the button is wide, its middle at the button's centre
    BUTTONHOLE = "buttonhole"
    PLACEMENT = "placement"  # where another part is laid


@dataclass(frozen=True, eq=False)
class Mark:
    """A line inside a piece, in the piece's own coordinates, cm."""

    kind: MarkKind
    name: str
    curves: tuple[Curve, ...]

    def mapped(self, matrix: Points2, shift: Point2) -> Mark:
        return Mark(self.kind, self.name, tuple(curve.mapped(matrix, shift) for curve in self.curves))


class Material(StrEnum):
    """The cloth a piece is cut from."""

    SHELL = "shell"
    RIB = "rib"
    LINING = "lining"
    POCKETING = "pocketing"


class Role(StrEnum):
    """Where a piece belongs on the body; tells the wrap which surface it takes."""

    FRONT = "front"
    BACK = "back"
    SLEEVE = "sleeve"
    COLLAR = "collar"
    HOOD = "hood"
    CUFF = "cuff"
    WAISTBAND = "waistband"
    SKIRT_FRONT = "skirt_front"
    SKIRT_BACK = "skirt_back"
    TROUSER_FRONT = "trouser_front"
    TROUSER_BACK = "trouser_back"
    POCKET = "pocket"
    YOKE_FRONT = "yoke_front"
    YOKE_BACK = "yoke_back"
    STAND = "stand"  # collar stand: sewn to the neckline, the collar to its top
    UNDER_SLEEVE = "under_sleeve"  # of a two-piece sleeve; the upper one is SLEEVE
    HEM_RIB = "hem_rib"
    HOOD_STRIP = "hood_strip"  # centre panel of a three-panel hood
    FACING = "facing"
    PLACKET = "placket"
    FLY = "fly"
    POCKET_BAG = "pocket_bag"


INSIDE = frozenset({Role.FACING, Role.PLACKET, Role.FLY, Role.POCKET_BAG})
"""Pieces that nobody sees from outside: cut and sewn, but not drawn on the body."""


class Side(StrEnum):
    """The wearer's side; CENTRE for a piece that spans both."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, eq=False)
class LaidOn:
    """A piece that is stitched onto the face of another: its (0, 0) lies at `at` on that piece, in cm."""

    piece: str
    at: Point2


@dataclass(frozen=True, eq=False)
class Piece:
    """One flat piece: a closed counter-clockwise loop of named edges, in cm.

    `landmarks` are named points on the piece (see docs/glossary.md); `grainline` is (2, 2), start and end. `layers` of it are
    cut (a collar has two: upper and under); `interfaced` wants one of interfacing too; a `symmetric` piece is its own mirror
    image in x = 0 and may be cut on the fold. The left and right pieces of a pair are separate pieces, `_left` and `_right`.
    """

    name: str
    role: Role
    side: Side
    edges: tuple[Edge, ...]
    grainline: Points2
    landmarks: Mapping[str, Point2] = field(default_factory=dict)
    laid_on: LaidOn | None = None
    marks: tuple[Mark, ...] = ()
    material: Material = Material.SHELL
    layers: int = 1
    interfaced: bool = False
    symmetric: bool = False

    def edge(self, name: str) -> Edge:
        """The edge of that name. Raises DraftError if there is none."""
        for edge in self.edges:
            if edge.name == name:
                return edge
        raise DraftError(f"{self.name} has no edge {name!r}")

    @property
    def title(self) -> str:
        """The name as written on the pattern."""
        return self.name.replace("_", " ").capitalize()

    def outline(self, step: float = 1.0) -> Points2:
        """(n, 2) counter-clockwise outline, about `step` cm apart, corners kept, first point not repeated."""
        runs = [edge.sampled(max(2, math.ceil(edge.length / step) + 1))[:-1] for edge in self.edges]
        return np.concatenate(runs)

    @functools.cached_property
    def area(self) -> float:
        """Signed area in cm2; positive when counter-clockwise."""
        return sum(curve.swept for edge in self.edges for curve in edge.curves) / 2

    @functools.cached_property
    def traced(self) -> Points2:
        """(n, 2) counter-clockwise outline with every corner and 16 points a curve: closer where it bends, none on lines."""
        return np.concatenate([edge.traced for edge in self.edges])

    @functools.cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax in cm."""
        points = self.traced
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)


class SeamKind(StrEnum):
    PLAIN = "plain"
    DART = "dart"
    EASED = "eased"
    GATHERED = "gathered"
    STRETCHED = "stretched"
    PLEATED = "pleated"
    LAYERED = "layered"  # a facing, band or bag caught in a seam whose outer layers are listed already


@dataclass(frozen=True)
class EdgeRef:
    """An edge of a piece, by name."""

    piece: str
    edge: str


@dataclass(frozen=True)
class Seam:
    """Two runs of edges sewn together: `a` walked along its edges, `b` against them.

    Declared lengths: length(b) = length(a) * ratio + ease, cm. So ease and gathers are part of the design, never errors.
    `smooth` says for the start and the end of `a` whether the outline runs on there without a corner once the seam is
    closed (the neckline over a shoulder seam, the hem over a side seam); the check measures it.
    """

    name: str
    a: tuple[EdgeRef, ...]
    b: tuple[EdgeRef, ...]
    kind: SeamKind = SeamKind.PLAIN
    ease: float = 0.0
    ratio: float = 1.0
    smooth: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class SeamCheck:
    """One seam measured: lengths of both sides in cm, and how far b is off its declared length, in mm."""

    seam: Seam
    length_a: float
    length_b: float

    @property
    def mismatch_mm(self) -> float:
        return 10 * (self.length_b - self.length_a * self.seam.ratio - self.seam.ease)

    @property
    def is_sewable(self) -> bool:
        return abs(self.mismatch_mm) <= SEWING_TOLERANCE_MM


class FindingKind(StrEnum):
    CHANGED = "changed"  # a request gave way, and why
    NOT_DRAWN = "not drawn"  # kept in the document, no recipe draws it yet
    WARNING = "warning"  # drafted as asked, but look at it
    FAULT = "fault"  # cannot be sewn as drawn


@dataclass(frozen=True)
class Finding:
    """Something the maker should know about a draft, in tailor's words; `mm` is its size where it has one.

    `check` is the number of the check that found it ("C2"; docs/checks.md), '' for what a recipe says itself.
    """

    kind: FindingKind
    message: str
    piece: str = ""
    edge: str = ""
    mm: float | None = None
    check: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Pattern(Mapping[str, Piece]):
    """A drafted garment: pieces by name (this is a read-only mapping), seams, and what there is to know about them."""

    design: GarmentDesign
    measures: Measures
    parts: tuple[Piece, ...]
    seams: tuple[Seam, ...]
    findings: tuple[Finding, ...] = ()

    @functools.cached_property
    def _by_name(self) -> Mapping[str, Piece]:
        return MappingProxyType({piece.name: piece for piece in self.parts})

    def __getitem__(self, name: str) -> Piece:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self.parts)

    def edge(self, ref: EdgeRef) -> Edge:
        return self[ref.piece].edge(ref.edge)

    def run_length(self, run: Sequence[EdgeRef]) -> float:
        """Length of a run of edges, cm."""
        return sum(self.edge(ref).length for ref in run)

    @functools.cached_property
    def seam_checks(self) -> tuple[SeamCheck, ...]:
        """Every seam with the measured lengths of its two sides."""
        return tuple(SeamCheck(seam, self.run_length(seam.a), self.run_length(seam.b)) for seam in self.seams)

    def __repr__(self) -> str:
        kind = self.design.garment_type
        lines = [f"{kind} pattern, {len(self)} pieces, {len(self.seams)} seams (cm)"]
        for piece in self.parts:
            x0, y0, x1, y1 = piece.bounds
            lines.append(f"  {piece.name:<16} {x1 - x0:6.1f} x {y1 - y0:5.1f}   {', '.join(e.name for e in piece.edges)}")
        worst = max(self.seam_checks, key=lambda check: abs(check.mismatch_mm), default=None)
        if worst:
            lines.append(f"  largest seam mismatch {abs(worst.mismatch_mm):.2f} mm ({worst.seam.name})")
        lines += [f"  {finding.kind}: {finding.message}" for finding in self.findings]
        return "\n".join(lines)
