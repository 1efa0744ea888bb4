"""How much cloth is left beyond each edge."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.curves import Curve
from studio.fields import Making
from studio.pattern import Edge, Finish, Piece, Role

POCKET_HEM = 3.0
"""Turned to the inside at a pocket opening, cm; never more than a third of the pocket's height."""
CURVED_HEM = 1.5
"""The most that can be turned up where a hem runs round a curve (circle skirts): a deeper one would not lie flat."""
CURVED_HEM_DEGREES = 40.0
"""A hem that turns by more than this on one side of the garment is a curved one."""
HOLLOW_HEM = 2.0
HOLLOW_HEM_DEGREES = 15.0
"""A hem at which a piece tapers (short sleeves) turns inwards; its allowance is shorter than the cloth it is turned up onto
and has to be stretched: beyond this angle it takes so many cm at most."""

_ON_THE_LINE = frozenset({Finish.BOUND, Finish.NEATENED, Finish.FOLD})
"""Bound and overlocked edges are cut on the line: the line is the raw edge. A fold has no edge at all."""


def edge_allowances(piece: Piece, making: Making) -> Mapping[str, float]:
    """Allowance of every edge by name, cm; 0 where the edge is cut on its line, and for dart legs, which are not cut."""
    return {edge.name: _allowance(edge, piece, making) for edge in piece.edges}


def _allowance(edge: Edge, piece: Piece, making: Making) -> float:
    if edge.finish in _ON_THE_LINE or edge.finish == Finish.DART:
        return 0.0
    if edge.finish != Finish.HEM:
        return making.seam_allowance
    if piece.role == Role.POCKET:
        _, low, _, high = piece.bounds
        return min(POCKET_HEM, (high - low) / 3)
    sides = 2 if piece.symmetric and abs(edge.start[0] + edge.end[0]) < 0.1 else 1
    turning, hollow = _turning(edge.curves)
    if turning / sides > CURVED_HEM_DEGREES:
        return min(making.hem_allowance, CURVED_HEM)
    return min(making.hem_allowance, HOLLOW_HEM) if hollow > HOLLOW_HEM_DEGREES else making.hem_allowance


def _turning(curves: tuple[Curve, ...]) -> tuple[float, float]:
    """Degrees through which a run of curves turns, left and right turns both counted; and by how much more it turns right,
    which on a counter-clockwise outline is into the piece."""
    ways = np.concatenate([np.diff(curve.at(np.linspace(0, 1, 9)), axis=0) for curve in curves])
    turns = np.degrees(np.diff(np.unwrap(np.arctan2(ways[:, 1], ways[:, 0]))))
    return float(np.abs(turns).sum()), -float(turns.sum())
