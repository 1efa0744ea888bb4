"""The garment on the body as data: one surface a piece, and who wears it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.arrays import AnyArray, Floats, Points2, Points3, Triangles
from studio.body import Mannequin
from studio.pattern import Role, Side


@dataclass(frozen=True, eq=False)
class PieceSurface:
    """One piece on the body: (n, 3) points for its (n, 2) flat ones, joined by the same triangles.

    `turned` are the numbers of the triangles that are turned over: on a lapel, outside a turn-up, in a pocket's hem.
    `edges` are the (e, 2) mesh edges, each once, and `lengths` how long each is when sewn, cm: as on the table, but with
    darts inside a piece closed and gathers and elastic drawn in.
    """

    name: str
    title: str
    role: Role
    side: Side
    flat: Points2
    points: Points3
    triangles: Triangles
    turned: AnyArray
    edges: AnyArray
    lengths: Floats


@dataclass(frozen=True, eq=False)
class Assembly:
    """The sewn garment on its mannequin."""

    mannequin: Mannequin
    surfaces: tuple[PieceSurface, ...]
