"""Sewing: placed pieces drawn together along their seams while every edge keeps its length and the body pushes out.

Projective dynamics (Bouaziz et al., ACM TOG 33(4), 2014): each round turns every mesh edge to its length on the table
and moves every point out of the body, then one linear solve finds the points that suit all of them and close the seams.
The matrix is the same in every round, so it is factorised once. No chance, no gravity: same pattern, same garment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from studio.arrays import Floats, Points2, Points3
from studio.pattern import EdgeRef, Piece, Seam
from studio.wrapping.triangulate import FlatMesh

_EAGER = 6.0
"""How far beyond the body's surface a point inside is sent, as a share of its depth: the solve takes some of it back."""

_LAST_PUSHES = 4  # in an armpit, out of the arm may be into the chest

PushOut = Callable[[Points3], Points3]


@dataclass(frozen=True, eq=False)
class Placed:
    """A piece, its flat mesh, and where its points are on the body so far."""

    piece: Piece
    mesh: FlatMesh
    points: Points3


@dataclass(frozen=True, eq=False)
class Stitches:
    """Places on the cloth that are sewn together: `a` and `b` are (count, vertices) matrices that read them."""

    a: sparse.csr_matrix
    b: sparse.csr_matrix

    def gaps(self, points: Points3) -> Floats:
        """(count,) distance of each pair, cm."""
        way = self.a @ points - self.b @ points
        gaps: Floats = np.sqrt(np.sum(way**2, axis=1))
        return gaps


@dataclass(frozen=True, eq=False)
class Pins:
    """Places of the cloth that are sewn to places in space."""

    places: sparse.csr_matrix  # (count, vertices)
    targets: Points3


class Cloth:
    """All placed pieces as one set of vertices, with the seams between them."""

    def __init__(self, pieces: Sequence[Placed]) -> None:
        self.pieces = tuple(pieces)
        sizes = [len(placed.points) for placed in pieces]
        self.offsets = dict(zip((placed.piece.name for placed in pieces), np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        self.by_name = {placed.piece.name: placed for placed in pieces}
        self.points = np.concatenate([placed.points for placed in pieces])
        self.edges = np.concatenate([placed.mesh.edges + self.offsets[placed.piece.name] for placed in pieces])
        self.lengths = np.concatenate([placed.mesh.lengths for placed in pieces])

    def run(self, refs: Sequence[EdgeRef], *, backwards: bool, count: int) -> sparse.csr_matrix:
        """`count` places at equal steps along a run of edges; `backwards` walks each edge against its direction."""
        starts, ends, steps = [], [], []
        for ref in refs:
            mesh, offset = self.by_name[ref.piece].mesh, self.offsets[ref.piece]
            chain = mesh.chains[ref.edge][::-1] if backwards else mesh.chains[ref.edge]
            way = np.diff(mesh.points[chain], axis=0)
            starts.append(chain[:-1] + offset)
            ends.append(chain[1:] + offset)
            steps.append(np.hypot(way[:, 0], way[:, 1]))
        first, second, step = np.concatenate(starts), np.concatenate(ends), np.concatenate(steps)
        reached = np.concatenate(([0.0], np.cumsum(step)))
        wanted = np.linspace(0, reached[-1], count)
        number = np.clip(np.searchsorted(reached, wanted, side="right") - 1, 0, len(step) - 1)
        share = np.clip((wanted - reached[number]) / np.maximum(step[number], 1e-9), 0, 1)
        row = np.tile(np.arange(count), 2)
        column = np.concatenate((first[number], second[number]))
        return sparse.csr_matrix((np.concatenate((1 - share, share)), (row, column)), shape=(count, len(self.points)))

    def places(self, piece: str, flat: Points2) -> sparse.csr_matrix:
        """(len(flat), vertices) places of a piece given by their points on the table."""
        mesh, offset = self.by_name[piece].mesh, self.offsets[piece]
        corners, weights = mesh.located(flat)
        row = np.repeat(np.arange(len(flat)), 3)
        shape = (len(flat), len(self.points))
        return sparse.csr_matrix((weights.ravel(), (row, corners.ravel() + offset)), shape=shape)

    def stitches(self, seams: Sequence[Seam]) -> list[Stitches]:
        """Those of `seams` that join pieces that are here."""
        found = []
        for seam in seams:
            if all(ref.piece in self.by_name for ref in (*seam.a, *seam.b)):
                runs = (seam.a, seam.b)
                steps = max(sum(len(self.by_name[ref.piece].mesh.chains[ref.edge]) - 1 for ref in run) for run in runs)
                a = self.run(seam.a, backwards=False, count=steps + 1)
                found.append(Stitches(a, self.run(seam.b, backwards=True, count=steps + 1)))
        return found

    def split(self, points: Points3) -> list[Placed]:
        """The pieces with their share of `points`."""
        ends = np.cumsum([len(placed.points) for placed in self.pieces])[:-1]
        return [Placed(old.piece, old.mesh, part) for old, part in zip(self.pieces, np.split(points, ends), strict=True)]


def sewn(
    cloth: Cloth,
    stitches: Sequence[Stitches],
    push_out: PushOut,
    *,
    rounds: int,
    pins: Sequence[Pins] = (),
    seam_weight: float = 60.0,
    hold: float = 0.02,
    bend: float = 0.02,
) -> Points3:
    """The cloth's points after `rounds` rounds of sewing; the body is never entered.

    `hold` weighs a point's own place against its edges (weight 1); `bend` weighs how much the curvature that the pieces
    were placed with is kept.
    """
    count = len(cloth.points)
    i, j = cloth.edges.T
    ones, row = np.ones(len(i)), np.arange(len(i))
    spokes = sparse.csr_matrix((np.concatenate((ones, -ones)), (np.tile(row, 2), np.concatenate((i, j)))), shape=(len(i), count))
    laplace = spokes.T @ spokes
    bending = bend / 6 * (laplace.T @ laplace)
    system = laplace + bending + hold * sparse.identity(count, format="csr")
    steady = bending @ cloth.points
    for pair in stitches:
        gaps = pair.a - pair.b
        system = system + seam_weight * (gaps.T @ gaps)
    for pin in pins:
        system = system + seam_weight * (pin.places.T @ pin.places)
        steady = steady + seam_weight * (pin.places.T @ pin.targets)
    factor = splu(system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    back = spokes.T.tocsr()
    points = cloth.points
    for _ in range(rounds):
        way = points[i] - points[j]
        long = np.sqrt(np.einsum("ij,ij->i", way, way))
        way *= (cloth.lengths / np.maximum(long, 1e-9))[:, None]
        points = factor.solve(back @ way + hold * (points + _EAGER * (push_out(points) - points)) + steady)
    for _ in range(_LAST_PUSHES):
        points = push_out(points)
    return points
