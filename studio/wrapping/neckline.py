"""What is sewn to the neckline of the sewn body: collars, stands and falls, bands, hoods of two and three panels."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from studio.arrays import Points2, Points3
from studio.body import Mannequin
from studio.pattern import EdgeRef, Pattern, Piece, Role, Seam, SeamKind, Side
from studio.wrapping.keep_out import keep_out
from studio.wrapping.neck import STAND_SHARE, folded_strip, is_folded_collar, placed_collar, placed_hood
from studio.wrapping.sew import Cloth, Pins, Placed, sewn
from studio.wrapping.triangulate import FlatMesh

NECK_ROLES = (Role.COLLAR, Role.STAND, Role.HOOD, Role.HOOD_STRIP)
NECK_ROUNDS = 50
BEND = 0.003
HOLD = 0.04


def sewn_neck(
    pattern: Pattern, meshes: Mapping[str, FlatMesh], mannequin: Mannequin, placed: Mapping[str, Placed]
) -> list[Placed]:
    """The neck pieces on the neckline of the sewn body (`placed` by name), sewn to one another and pinned to it."""
    pieces = [piece for piece in pattern.parts if piece.role in NECK_ROLES and piece.name in meshes]
    seams = [seam for seam in pattern.seams if seam.kind != SeamKind.LAYERED]
    to_body = [pair for seam in seams if (pair := _to_body(pattern, seam)) is not None]
    if not pieces or not to_body:
        return []
    body = Cloth(list(placed.values()))
    parts: dict[str, Placed] = {}
    pins: list[tuple[tuple[EdgeRef, ...], Points3]] = []
    for mine, theirs in to_body:
        steps = 2 * sum(len(meshes[ref.piece].chains[ref.edge]) for ref in mine)
        neckline = body.run(theirs, backwards=True, count=steps) @ body.points
        pins.append((mine, neckline))
        for ref, part in zip(mine, _shared_out(pattern, mine, neckline), strict=True):
            piece = pattern[ref.piece]
            if piece.role != Role.HOOD_STRIP:
                points = _on_neckline(piece, meshes[piece.name].points, part, mannequin)
                parts[piece.name] = Placed(piece, meshes[piece.name], points)
    for piece in pieces:
        if piece.name not in parts:
            found = _on_neighbours(pattern, seams, piece, meshes[piece.name], parts)
            if found is not None:
                parts[piece.name] = Placed(piece, meshes[piece.name], found)
    cloth = Cloth(list(parts.values()))
    held = [
        Pins(cloth.run(mine, backwards=False, count=len(neckline)), neckline)
        for mine, neckline in pins
        if all(ref.piece in parts for ref in mine)
    ]
    points = sewn(cloth, cloth.stitches(seams), keep_out(cloth, mannequin), rounds=NECK_ROUNDS, pins=held, bend=BEND, hold=HOLD)
    return cloth.split(points)


def _shared_out(pattern: Pattern, run: Sequence[EdgeRef], neckline: Points3) -> list[Points3]:
    """The part of a neckline that each edge of a run is sewn to, as many points each."""
    ends = np.concatenate(([0.0], np.cumsum([pattern.edge(ref).length for ref in run])))
    ends /= ends[-1]
    reached = np.linspace(0, 1, len(neckline))
    parts = []
    for first, last in itertools.pairwise(ends):
        wanted = np.linspace(first, last, len(neckline))
        parts.append(np.stack([np.interp(wanted, reached, neckline[:, k]) for k in range(3)], axis=1))
    return parts


def _to_body(pattern: Pattern, seam: Seam) -> tuple[tuple[EdgeRef, ...], tuple[EdgeRef, ...]] | None:
    """(run on the neck pieces, run on the body) of a seam between the two; the neck's is walked along its edges."""
    roles_a, roles_b = ({pattern[ref.piece].role for ref in run} for run in (seam.a, seam.b))
    if roles_a <= set(NECK_ROLES) and not roles_b & set(NECK_ROLES):
        return seam.a, seam.b
    if roles_b <= set(NECK_ROLES) and not roles_a & set(NECK_ROLES):
        return seam.b[::-1], seam.a[::-1]
    return None


def _on_neckline(piece: Piece, points: Points2, neckline: Points3, mannequin: Mannequin) -> Points3:
    if piece.role == Role.HOOD:
        side = 1.0 if piece.side == Side.LEFT else -1.0
        from_front = neckline if neckline[0, 1] < neckline[-1, 1] else neckline[::-1]
        crown = mannequin.heights["head_top"]
        return placed_hood(piece, points, from_front, side=side, half_head=mannequin.half_head + 1.5, crown=crown)
    if is_folded_collar(piece):
        return folded_strip(piece, points, neckline)
    if piece.role == Role.STAND:
        return placed_collar(piece, points, neckline, stand=1.0, spread=0.0, tapered=False)
    return placed_collar(piece, points, neckline, stand=STAND_SHARE, spread=0.55, tapered=True)


def _on_neighbours(
    pattern: Pattern, seams: Sequence[Seam], piece: Piece, mesh: FlatMesh, parts: Mapping[str, Placed]
) -> Points3 | None:
    """Where a piece goes that hangs on neck pieces: a fall on its stand, a strip between the panels of a hood."""
    flat, worn = [], []
    for seam in seams:
        for mine, theirs in ((seam.a, seam.b), (seam.b[::-1], seam.a[::-1])):
            if all(ref.piece == piece.name for ref in mine) and all(ref.piece in parts for ref in theirs):
                cloth = Cloth(list(parts.values()))
                worn.append(cloth.run(theirs, backwards=True, count=60) @ cloth.points)
                own = Cloth([Placed(piece, mesh, np.column_stack((mesh.points, np.zeros(len(mesh.points)))))])
                flat.append((own.run(mine, backwards=False, count=60) @ own.points)[:, :2])
    if not worn:
        return None
    if piece.role == Role.COLLAR:
        return placed_collar(piece, mesh.points, worn[0], stand=0.0, spread=0.35, tapered=False)
    return _between(mesh.points, flat, worn)


def _between(points: Points2, flat: Sequence[Points2], worn: Sequence[Points3]) -> Points3:
    """(n, 3) between runs whose places are known: each point takes the nearest place of every run, nearer ones more."""
    total, weight = np.zeros((len(points), 3)), np.zeros(len(points))
    for known, places in zip(flat, worn, strict=True):
        away = np.sqrt(np.sum((points[:, None] - known[None]) ** 2, axis=2))
        nearest = np.argmin(away, axis=1)
        share = 1 / np.maximum(away[np.arange(len(points)), nearest], 0.05)
        total += share[:, None] * places[nearest]
        weight += share
    between: Points3 = total / weight[:, None]
    return between
