"""DXF for cutting-room programs: ANSI/AAMA-292 and ASTM D6673, numbered layers, one block a piece, millimetres.

Layers: 1 cutting line and the texts that name the piece, 2 turn points, 3 curve points of it, 4 notches, 7 grainline, 8 internal
lines, 11 lines that are cut inside a piece, 13 drill holes (buttons), 14 sew line, 15 annotation. In the AAMA flavour, as
Seamly and Valentina write it, the sew line is on 8; in the ASTM flavour it is on 14 and the lines on 1, 8, 11 and 14 have their
validation copies on 84 to 87.

Every piece is written whole. So the mirror layer 6 stays empty: a line there tells the reader to unfold the piece; the fold
of a piece cut on the fold is an internal line. A notch is a POINT on the cutting line, its thickness (39) the depth and its
angle (50) the way into the piece; a double notch is two of them 6 mm apart. The date is left out, so that one pattern
always gives one file.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from studio.arrays import Points2, point
from studio.cutting import paper_pieces
from studio.cutting.flatten import polyline as run_of
from studio.export import dxf_r12 as r12
from studio.paper import Notch, PaperPiece
from studio.pattern import Mark, MarkKind, Pattern
from studio.sizes import nearest_size

CUT, TURN, CURVE, NOTCH, GRAIN, INTERNAL, CUT_INSIDE, DRILL, SEW, WORDS = "1", "2", "3", "4", "7", "8", "11", "13", "14", "15"
VALIDATION: Mapping[str, str] = {CUT: "84", INTERNAL: "85", CUT_INSIDE: "86", SEW: "87"}
_NOTCH_DEPTH = 5.0
_BETWEEN_STROKES = 6.0
_LONGEST_NAME = 31


class Flavour(StrEnum):
    """Which standard's layers."""

    AAMA = "aama"
    ASTM = "astm"


def aama_dxf(pattern: Pattern) -> bytes:
    """The pattern as DXF-AAMA. Raises DraftError where no cutting line can be drawn."""
    return pieces_dxf(pattern, Flavour.AAMA)


def astm_dxf(pattern: Pattern) -> bytes:
    """The pattern as DXF-ASTM D6673. Raises DraftError where no cutting line can be drawn."""
    return pieces_dxf(pattern, Flavour.ASTM)


def pieces_dxf(pattern: Pattern, flavour: Flavour) -> bytes:
    """One block a piece and size, each inserted once at the origin."""
    pieces = paper_pieces(pattern, on_fold=False)
    size = size_word(pattern)
    names = block_names([f"{piece.name}_{size}" for piece in pieces])
    blocks: r12.Tags = []
    entities: r12.Tags = []
    for piece, name in zip(pieces, names, strict=True):
        blocks += r12.block(name, _piece(piece, size, flavour))
        entities += r12.insert(name)
    style = [
        f"Style Name: {str(pattern.design.garment_type).upper()}",
        "Author: Garment Pattern Studio",
        f"Sample Size: {size}",
        "Units: METRIC",
    ]
    entities += _lines_of_text(style, point(0, 0), CUT)
    corners = np.concatenate([10 * piece.cut_line for piece in pieces])
    layers = [str(n) for n in (1, 2, 3, 4, 6, 7, 8, 11, 13, 14, 15)] + (
        ["84", "85", "86", "87"] if flavour == Flavour.ASTM else []
    )
    return r12.document(blocks, entities, layers=layers, size=(corners.min(axis=0), corners.max(axis=0)))


def size_word(pattern: Pattern) -> str:
    """The size as written on the pieces: the table's name for it, or MADE TO MEASURE."""
    near = nearest_size(pattern.design)
    return near[1] if near is not None else "MTM"


def block_names(wanted: Iterable[str]) -> list[str]:
    """Block names that every reader takes: capitals, digits, underscores and hyphens, 31 at most, each once."""
    names: list[str] = []
    for number, words in enumerate(wanted, start=1):
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().upper()
        name = re.sub(r"[^A-Z0-9-]+", "_", plain).strip("_")[:_LONGEST_NAME] or f"PIECE_{number}"
        if name in names:
            ending = f"_{number}"
            name = name[: _LONGEST_NAME - len(ending)] + ending
        names.append(name)
    return names


def _piece(piece: PaperPiece, size: str, flavour: Flavour) -> r12.Tags:
    cut, seam = 10 * piece.cut_line, 10 * piece.seam_line
    has_sew_line = cut.shape != seam.shape or float(np.abs(cut - seam).max()) > 0.01
    tags: r12.Tags = _line(cut, CUT, flavour, closed=True) + _points(cut, 10 * piece.corners)
    if has_sew_line:
        tags += _line(seam, SEW if flavour == Flavour.ASTM else INTERNAL, flavour, closed=True)
        tags += _points(seam, turn_points(seam))
    for notch in piece.notches:
        tags += _notch(notch)
    tags += r12.line(10 * piece.grainline[0], 10 * piece.grainline[1], GRAIN)
    if piece.piece.symmetric:
        on_centre = [y for x, y in _crossings(cut)]
        tags += _line(np.array(((0.0, min(on_centre)), (0.0, max(on_centre)))), INTERNAL, flavour, closed=False)
    for mark in piece.marks:
        tags += _mark(mark, flavour)
    middle = (cut.min(axis=0) + cut.max(axis=0)) / 2
    tags += r12.text(f"{piece.title} - {piece.cutting_words}", middle, WORDS, height=6.0)
    return tags + _lines_of_text(_facts(piece, size), middle - point(0, 12), CUT)


def _facts(piece: PaperPiece, size: str) -> list[str]:
    each = piece.quantity // 2
    return [
        f"Piece Name: {piece.title}",
        f"Size: {size}",
        f"Annotation: {piece.cutting_words}" + (f", interfacing {piece.interfaced}" if piece.interfaced else ""),
        f"Quantity: {each},{each}" if piece.is_pair else f"Quantity: {piece.quantity},0",
        f"Material: {str(piece.material).upper()}",
        f"Category: {str(piece.piece.role).upper()}",
    ]


def _lines_of_text(lines: Sequence[str], top: Points2, layer: str) -> r12.Tags:
    return [tag for row, words in enumerate(lines) for tag in r12.text(words, top - point(0, 8 * row), layer)]


def _line(points: Points2, layer: str, flavour: Flavour, *, closed: bool) -> r12.Tags:
    tags = r12.polyline(points, layer, closed=closed)
    return tags + r12.polyline(points, VALIDATION[layer], closed=closed) if flavour == Flavour.ASTM else tags


def _points(line: Points2, turns: Points2) -> r12.Tags:
    """Turn and curve points: every vertex of a line is one or the other."""
    tags: r12.Tags = []
    for vertex in line:
        turns_here = len(turns) > 0 and float(np.abs(turns - vertex).max(axis=1).min()) < 0.005
        tags += r12.mark(vertex, TURN if turns_here else CURVE)
    return tags


def turn_points(ring: Points2, *, least_degrees: float = 12.0) -> Points2:
    """(m, 2) the vertices of a closed line at which it turns by more than a curve's vertex would."""
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    across = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turns: Points2 = ring[np.abs(np.arctan2(across, (before * after).sum(axis=1))) > math.radians(least_degrees)]
    return turns


def _notch(notch: Notch) -> r12.Tags:
    inwards = math.degrees(math.atan2(-notch.out[1], -notch.out[0])) % 360
    middle = 10 * (notch.at + notch.length * notch.out)
    offsets = (np.arange(notch.count) - (notch.count - 1) / 2) * _BETWEEN_STROKES
    return [
        tag for offset in offsets for tag in r12.mark(middle + offset * notch.along, NOTCH, depth=_NOTCH_DEPTH, direction=inwards)
    ]


def _mark(mark: Mark, flavour: Flavour) -> r12.Tags:
    run = 10 * run_of(mark.curves)
    if mark.kind == MarkKind.BUTTON:
        return r12.mark((run[0] + run[-1]) / 2, DRILL)
    return _line(run, CUT_INSIDE if mark.kind == MarkKind.SLIT else INTERNAL, flavour, closed=False)


def _crossings(ring: Points2) -> list[tuple[float, float]]:
    """Where a closed line meets x = 0."""
    found = []
    for (x0, y0), (x1, y1) in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True):
        if min(x0, x1) <= 0 <= max(x0, x1):
            share = 0.0 if x0 == x1 else -x0 / (x1 - x0)
            found.append((0.0, y0 + share * (y1 - y0)))
    return found
