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
from studio.design import GarmentDesign
from studio.errors import DraftError
from studio.sizing import Measures

SEWING_TOLERANCE_MM = 2.0
"""Home practice accepts 1/16 to 1/8 inch; a pair further off than this is a fault (patterns.md 5.8)."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2


@dataclass(frozen=True, eq=False)
class Curve:
    """A straight line (2 control points) or a cubic Bezier curve (4), in cm."""

    control: Points2

    @property
    def start(self) -> Point2:
        start: Point2 = self.control[0]
        return start

    @property
    def end(self) -> Point2:
        end: Point2 = self.control[-1]
        return end

    @property
    def is_line(self) -> bool:
        return len(self.control) == 2

    def at(self, parameter: Floats) -> Points2:
        """(n, 2) points at Bezier parameters in [0, 1]."""
        t = np.atleast_1d(np.asarray(parameter, dtype=np.float64))[:, None]
        c = self.control
        if self.is_line:
            chord: Points2 = (1 - t) * c[0] + t * c[1]
            return chord
        u = 1 - t
        points: Points2 = u**3 * c[0] + 3 * u * u * t * c[1] + 3 * u * t * t * c[2] + t**3 * c[3]
        return points

    def derivative(self, parameter: Floats) -> Points2:
        """(n, 2) derivative by the Bezier parameter."""
        t = np.atleast_1d(np.asarray(parameter, dtype=np.float64))[:, None]
        c = self.control
        if self.is_line:
            return np.repeat((c[1] - c[0])[None], len(t), axis=0)
        u = 1 - t
        speed: Points2 = 3 * u * u * (c[1] - c[0]) + 6 * u * t * (c[2] - c[1]) + 3 * t * t * (c[3] - c[2])
        return speed

    @functools.cached_property
    def length(self) -> float:
        """Arc length in cm (Gauss-Legendre, 24 nodes)."""
        if self.is_line:
            return math.dist(self.start, self.end)
        speed = self.derivative(_NODES)
        return float(_WEIGHTS @ np.hypot(speed[:, 0], speed[:, 1]))

    def tangent(self, parameter: float) -> Point2:
        """Unit direction of travel at 0 (leaving the start) or 1 (arriving at the end) or between."""
        if self.is_line or 0 < parameter < 1:
            way = self.derivative(np.array([parameter]))[0]
        elif parameter == 0:
            way = next((q - self.start for q in self.control[1:] if math.dist(q, self.start) > 1e-9), self.end - self.start)
        else:
            way = next((self.end - q for q in self.control[-2::-1] if math.dist(q, self.end) > 1e-9), self.end - self.start)
        direction: Point2 = way / max(float(np.hypot(*way)), 1e-12)
        return direction

    def reversed(self) -> Curve:
        return Curve(self.control[::-1])

    def mapped(self, matrix: Points2, shift: Point2) -> Curve:
        """This curve under the affine map p -> matrix p + shift."""
        return Curve(self.control @ matrix.T + shift)

    def split(self, parameter: float) -> tuple[Curve, Curve]:
        """The two halves at a Bezier parameter (de Casteljau)."""
        t, c = parameter, self.control
        if self.is_line:
            middle = (1 - t) * c[0] + t * c[1]
            return Curve(np.stack((c[0], middle))), Curve(np.stack((middle, c[1])))
        a, b, d = ((1 - t) * c[i] + t * c[i + 1] for i in range(3))
        e, f = (1 - t) * a + t * b, (1 - t) * b + t * d
        middle = (1 - t) * e + t * f
        return Curve(np.stack((c[0], a, e, middle))), Curve(np.stack((middle, f, d, c[3])))


class Finish(StrEnum):
    """What becomes of an edge; every edge of a draft has exactly one finish."""

    SEAM = "seam"
    DART = "dart"
    HEM = "hem"
    BOUND = "bound"  # neckline or armhole finished with binding or facing
    OPENING = "opening"  # front edge with buttons or zip
    FOLD = "fold"
    TOPSTITCHED = "topstitched"  # pocket edge laid on another piece


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

    def sampled(self, count: int) -> Points2:
        """(count, 2) points at equal steps of arc length, both ends included."""
        parameters = np.linspace(0, 1, 33)
        dense = np.concatenate([curve.at(parameters)[:-1] for curve in self.curves] + [self.end[None]])
        steps = np.hypot(*np.diff(dense, axis=0).T)
        along = np.concatenate(([0.0], np.cumsum(steps)))
        wanted = np.linspace(0, along[-1], count)
        return np.stack([np.interp(wanted, along, dense[:, axis]) for axis in (0, 1)], axis=1)

    def reversed(self) -> Edge:
        return Edge(self.name, tuple(curve.reversed() for curve in self.curves[::-1]), self.finish)

    def mapped(self, matrix: Points2, shift: Point2, *, name: str = "") -> Edge:
        return Edge(name or self.name, tuple(curve.mapped(matrix, shift) for curve in self.curves), self.finish)


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

    `landmarks` are named points on the piece (see docs/glossary.md); `grainline` is (2, 2), start and end.
    """

    name: str
    role: Role
    side: Side
    edges: tuple[Edge, ...]
    grainline: Points2
    landmarks: Mapping[str, Point2] = field(default_factory=dict)
    laid_on: LaidOn | None = None

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
        x, y = self.outline(0.5).T
        return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)

    @functools.cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax in cm."""
        points = self.outline(0.5)
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)


class SeamKind(StrEnum):
    PLAIN = "plain"
    DART = "dart"
    EASED = "eased"
    GATHERED = "gathered"
    STRETCHED = "stretched"


@dataclass(frozen=True)
class EdgeRef:
    """An edge of a piece, by name."""

    piece: str
    edge: str


@dataclass(frozen=True)
class Seam:
    """Two runs of edges sewn together: `a` walked along its edges, `b` against them.

    Declared lengths: length(b) = length(a) * ratio + ease, cm. So ease and gathers are part of the design, never errors.
    """

    name: str
    a: tuple[EdgeRef, ...]
    b: tuple[EdgeRef, ...]
    kind: SeamKind = SeamKind.PLAIN
    ease: float = 0.0
    ratio: float = 1.0


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
    """Something the maker should know about a draft, in tailor's words; `mm` is its size where it has one."""

    kind: FindingKind
    message: str
    piece: str = ""
    edge: str = ""
    mm: float | None = None


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
