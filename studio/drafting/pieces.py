"""From runs of curves on the y-down table to whole, named, counter-clockwise pieces with y up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.curves import Curve
from studio.drafting.geometry import mirrored
from studio.pattern import Edge, Finish, LaidOn, Piece, Role, Side

_Y_UP = np.diag((1.0, -1.0))
_TURNED_OVER = np.diag((-1.0, -1.0))
_ORIGIN = point(0, 0)

Run = tuple[str, Sequence[Curve], Finish]
"""Edge name, its curves end to end, and what becomes of it."""


def whole_piece(
    name: str, role: Role, half: Sequence[Run], *, landmarks: Mapping[str, Point2], grain: tuple[float, float], plus: Side
) -> Piece:
    """A piece from its half at x >= 0, mirrored in the centre line.

    `half` runs from the bottom of the centre line round to its top. An edge whose name ends in '_centre' spans the centre
    line and loses the ending; every other edge is named for the wearer's side (`plus` is the side of +x). `grain` is the
    grainline's top and bottom y on the table.
    """
    minus = Side.LEFT if plus == Side.RIGHT else Side.RIGHT
    edges: list[Edge] = []
    for number, (edge_name, curves, finish) in enumerate(half):
        if edge_name.endswith("_centre"):
            run = (*mirrored(curves), *curves) if number == 0 else (*curves, *mirrored(curves))
            edges.append(Edge(edge_name.removesuffix("_centre"), run, finish))
        else:
            edges.append(Edge(f"{plus}_{edge_name}", tuple(curves), finish))
    for edge_name, curves, finish in reversed(half):
        if not edge_name.endswith("_centre"):
            edges.append(Edge(f"{minus}_{edge_name}", mirrored(curves), finish))
    marks: dict[str, Point2] = {}
    for mark, place in landmarks.items():
        if abs(place[0]) < 1e-9:
            marks[mark] = place
        else:
            marks[f"{mark}_{plus}"] = place
            marks[f"{mark}_{minus}"] = place * (-1, 1)
    top, bottom = grain
    piece = _finished(name, role, Side.CENTRE, edges, marks, np.array(((0.0, top), (0.0, bottom))), _Y_UP)
    return replace(piece, symmetric=True)


def single_piece(
    name: str,
    role: Role,
    side: Side,
    runs: Sequence[Run],
    *,
    landmarks: Mapping[str, Point2],
    grain: Points2,
    turned_over: bool = False,
    laid_on: LaidOn | None = None,
) -> Piece:
    """A piece drawn whole; `turned_over` mirrors it left to right (the other one of a pair)."""
    edges = [Edge(edge_name, tuple(curves), finish) for edge_name, curves, finish in runs]
    return _finished(name, role, side, edges, landmarks, grain, _TURNED_OVER if turned_over else _Y_UP, laid_on)


def _finished(
    name: str,
    role: Role,
    side: Side,
    edges: Sequence[Edge],
    landmarks: Mapping[str, Point2],
    grain: Points2,
    matrix: Points2,
    laid_on: LaidOn | None = None,
) -> Piece:
    placed = [edge.mapped(matrix, _ORIGIN) for edge in edges]
    marks = {mark: matrix @ place for mark, place in landmarks.items()}
    piece = Piece(name, role, side, tuple(placed), grain @ matrix.T, marks, laid_on)
    if piece.area < 0:
        piece = Piece(name, role, side, tuple(edge.reversed() for edge in reversed(placed)), grain @ matrix.T, marks, laid_on)
    return piece
