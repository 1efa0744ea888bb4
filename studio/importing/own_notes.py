"""What our own GarmentCode files say beyond the format: names of edges, seams with their ease, marks, the design."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from studio.arrays import Points2
from studio.curves import Curve
from studio.errors import DesignError
from studio.importing.panels import Panel
from studio.pattern import Edge, EdgeRef, Finish, LaidOn, Mark, MarkKind, Material, Piece, Role, Seam, SeamKind, Side

OWN_KEY = "garment_pattern_studio"
_SAME_CURVE = 0.01
"""A rejoined curve passes within this of the joints it replaces, cm."""

_Name = Annotated[str, Field(min_length=1, max_length=120)]
_Cm = Annotated[FiniteFloat, Field(ge=-2000, le=2000)]
_Xy = tuple[_Cm, _Cm]
_Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
_Control = Annotated[list[_Xy], Field(min_length=2, max_length=4)]


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _EdgeNote(_Note):
    name: _Name
    finish: Finish
    curve: Annotated[int, Field(ge=0, le=500)]
    start: _Share
    end: _Share


class _MarkNote(_Note):
    kind: MarkKind
    name: Annotated[str, Field(max_length=120)]
    curves: Annotated[list[_Control], Field(min_length=1, max_length=200)]


class _LaidOnNote(_Note):
    piece: _Name
    at: _Xy


class _PieceNote(_Note):
    role: Role
    side: Side
    material: Material
    layers: Annotated[int, Field(ge=1, le=20)]
    interfaced: bool
    symmetric: bool
    grainline: tuple[_Xy, _Xy]
    landmarks: Annotated[dict[_Name, _Xy], Field(max_length=200)]
    marks: Annotated[list[_MarkNote], Field(max_length=300)]
    laid_on: _LaidOnNote | None
    edges: list[_EdgeNote]


class _SeamNote(_Note):
    name: Annotated[str, Field(max_length=200)]
    a: Annotated[list[tuple[_Name, _Name]], Field(min_length=1, max_length=100)]
    b: Annotated[list[tuple[_Name, _Name]], Field(min_length=1, max_length=100)]
    kind: SeamKind
    ease: _Cm
    ratio: Annotated[FiniteFloat, Field(gt=0, le=50)]
    smooth: tuple[bool, bool]


class OwnNotes(_Note):
    """Our key in a file's `properties`; `design` is the plain design document."""

    version: Literal[1]
    design: dict[str, Any]
    pieces: dict[_Name, _PieceNote]
    seams: Annotated[list[_SeamNote], Field(max_length=2000)]


def own_notes(properties: Mapping[str, Any]) -> OwnNotes | None:
    """Our notes of a file, None if it has none. Raises DesignError if they are not whole."""
    if OWN_KEY not in properties:
        return None
    try:
        return OwnNotes.model_validate(properties[OWN_KEY])
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part)[:40] for part in fault["loc"])
        raise DesignError(f"this file's own notes are damaged at {place or 'their start'}: {fault['msg'].lower()}") from None


def fits(notes: OwnNotes, panels: Mapping[str, Panel]) -> bool:
    """Whether the notes still speak of these panels: the same names, edges of the same number, none turned over."""
    return notes.pieces.keys() == panels.keys() and all(
        len(note.edges) == len(panels[name].edges) and not panels[name].was_turned for name, note in notes.pieces.items()
    )


def own_piece(panel: Panel, note: Any) -> Piece:
    """The piece as it was written. Raises DesignError if two of its edges have one name."""
    edges: list[Edge] = []
    start = 0
    for number in range(1, len(note.edges) + 1):
        if number == len(note.edges) or note.edges[number].name != note.edges[start].name:
            curves = _joined(panel, note.edges, start, number)
            edges.append(Edge(note.edges[start].name, tuple(curves), note.edges[start].finish))
            start = number
    if len({edge.name for edge in edges}) != len(edges):
        raise DesignError(f"panel {panel.name}: two of its edges have the same name")
    laid_on = note.laid_on and LaidOn(note.laid_on.piece, np.array(note.laid_on.at))
    return Piece(
        panel.name,
        note.role,
        note.side,
        tuple(edges),
        np.array(note.grainline),
        {name: np.array(place) for name, place in note.landmarks.items()},
        laid_on,
        tuple(Mark(mark.kind, mark.name, tuple(_curve(c, panel.name) for c in mark.curves)) for mark in note.marks),
        note.material,
        note.layers,
        note.interfaced,
        note.symmetric,
    )


def check_laid_on(pieces: Mapping[str, Piece]) -> None:
    """Raises DesignError where a piece is laid on one that is not there, or on itself by way of others."""
    for piece in pieces.values():
        seen, here = {piece.name}, piece
        while here.laid_on is not None:
            host = here.laid_on.piece
            if host not in pieces or host in seen:
                raise DesignError(f"{here.name} cannot be laid on {host}")
            seen.add(host)
            here = pieces[host]


def own_seams(notes: OwnNotes, pieces: Mapping[str, Piece]) -> tuple[Seam, ...]:
    """The seams as they were written. Raises DesignError for an edge that is not there."""
    known = {EdgeRef(piece.name, edge.name) for piece in pieces.values() for edge in piece.edges}
    seams = []
    for note in notes.seams:
        a, b = (tuple(EdgeRef(piece, edge) for piece, edge in run) for run in (note.a, note.b))
        for ref in (*a, *b):
            if ref not in known:
                raise DesignError(f"the seam {note.name} names an edge that is not there: {ref.edge} of {ref.piece}")
        seams.append(Seam(note.name, a, b, note.kind, note.ease, note.ratio, note.smooth))
    return tuple(seams)


def _curve(control: Sequence[Sequence[float]], piece: str) -> Curve:
    if len(control) == 3:
        raise DesignError(f"panel {piece}: a marked curve has two or four control points")
    return Curve(np.array(control, dtype=np.float64))


def _joined(panel: Panel, notes: Sequence[_EdgeNote], start: int, stop: int) -> list[Curve]:
    """The curves of one edge: stretches that were one curve before stitching made them several are one again."""
    curves: list[Curve] = []
    at = start
    for number in range(start + 1, stop + 1):
        if number == stop or notes[number].curve != notes[at].curve:
            parts = [curve for run in panel.edges[at:number] for curve in run]
            whole = _rejoined(parts, notes[at:number]) if number - at > 1 else None
            curves += parts if whole is None else [whole]
            at = number
    return curves


def _rejoined(parts: Sequence[Curve], notes: Sequence[_EdgeNote]) -> Curve | None:
    """The whole curve whose stretches these are; None if they have been changed since."""
    if len(parts) != len(notes) or (notes[0].start, notes[-1].end) != (0.0, 1.0):
        return None
    if all(part.is_line for part in parts):
        whole = Curve(np.stack((parts[0].start, parts[-1].end)))
    elif any(part.is_line for part in parts):
        return None
    else:
        longest = max(range(len(parts)), key=lambda n: notes[n].end - notes[n].start)
        span = notes[longest].end - notes[longest].start
        if span <= 0:
            return None
        low, high = (0.0 - notes[longest].start) / span, (1.0 - notes[longest].start) / span
        control = _reaching(parts[longest].control, low, high)
        control[0], control[-1] = parts[0].start, parts[-1].end
        whole = Curve(control)
    joints = whole.at(np.array([note.end for note in notes]))
    off = max(math.dist(joint, part.end) for joint, part in zip(joints, parts, strict=True))
    return whole if off < _SAME_CURVE else None


def _reaching(control: Points2, low: float, high: float) -> Points2:
    """The control points of the same cubic between two parameters, also outside 0 and 1 (blossom)."""

    def blossom(*parameters: float) -> Points2:
        points: Points2 = control
        for t in parameters:
            points = (1 - t) * points[:-1] + t * points[1:]
        reached: Points2 = points[0]
        return reached

    return np.stack((
        blossom(low, low, low), blossom(low, low, high), blossom(low, high, high), blossom(high, high, high)
    ))  # fmt: skip
