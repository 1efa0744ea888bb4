"""Seams made one to one: both sides of every seam get the same number of mesh points, at the same share of its length."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from studio.arrays import AnyArray, Floats, Point2, Points2, Points3, Triangles
from studio.assembly import PieceSurface
from studio.pattern import Edge, EdgeRef, Pattern, Piece, Seam, SeamKind

_SAME = 0.25
"""Corners of the two sides so near one another along the seam are sewn together, cm."""


class Sheet:
    """One piece's mesh while its outline is still being shared out; a changed place keeps its place on the wrap."""

    def __init__(self, piece: Piece, surface: PieceSurface) -> None:
        self.piece, self.surface = piece, surface
        self.flat: list[Point2] = list(surface.flat)
        self.worn: list[Floats] = list(surface.points)
        self.share: list[float] = _drawn_in(surface).tolist()
        self.triangles: list[tuple[int, int, int]] = [(int(a), int(b), int(c)) for a, b, c in surface.triangles]
        self.from_triangle = list(range(len(self.triangles)))
        self.moved: set[int] = set()
        after = _loop(surface.triangles)
        self.of_step = {(a, b): number for number, abc in enumerate(self.triangles) for a, b in _sides(abc) if after.get(a) == b}
        self.chains = {edge.name: _chain(surface.flat, after, edge) for edge in piece.edges}

    def move(self, vertex: int, flat: Point2, worn: Floats, share: float) -> None:
        """Moves a point of the outline along it."""
        self.flat[vertex], self.worn[vertex], self.share[vertex] = flat, worn, share
        self.moved.add(vertex)

    def split(self, edge: str, position: int, flat: Point2, worn: Floats, share: float) -> int:
        """Adds a point on the outline between the chain's points `position` and the next one; gives its number."""
        chain = self.chains[edge]
        a, b = chain[position], chain[position + 1]
        new = len(self.flat)
        self.flat.append(flat)
        self.worn.append(worn)
        self.share.append(share)
        self.moved.add(new)
        number = self.of_step.pop((a, b))
        corners = self.triangles[number]
        apex = next(c for c in corners if c not in (a, b))
        self.triangles[number] = (a, new, apex)
        self.triangles.append((new, b, apex))
        other = len(self.triangles) - 1
        self.from_triangle.append(self.from_triangle[number])
        if self.of_step.get((b, apex)) == number:
            self.of_step[b, apex] = other
        self.of_step[a, new], self.of_step[new, b] = number, other
        chain.insert(position + 1, new)
        return new


def _sides(corners: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
    a, b, c = corners
    return (a, b), (b, c), (c, a)


def _loop(triangles: Triangles) -> dict[int, int]:
    """The next point of the outline after each of its points, counter-clockwise."""
    steps = {(int(a), int(b)) for row in triangles for a, b in _sides((row[0], row[1], row[2]))}
    return {a: b for a, b in sorted(steps) if (b, a) not in steps}


def _chain(flat: Points2, after: dict[int, int], edge: Edge) -> list[int]:
    """The numbers of the outline's points along an edge, both ends included."""
    rim = np.array(sorted(after))
    first, last = (int(rim[np.argmin(np.sum((flat[rim] - end) ** 2, axis=1))]) for end in (edge.start, edge.end))
    chain = [first, after[first]]
    while chain[-1] != last and len(chain) <= len(rim):
        chain.append(after[chain[-1]])
    return chain


def _drawn_in(surface: PieceSurface) -> Floats:
    """(n,) the share of its width that gathers and elastic leave at each point."""
    i, j = surface.edges.T
    way = surface.flat[i] - surface.flat[j]
    across = np.abs(way[:, 0])
    left = np.sqrt(np.maximum(surface.lengths**2 - way[:, 1] ** 2, 0.0))
    seen = across > 0.3 * np.hypot(way[:, 0], way[:, 1])
    weight = np.where(seen, across, 0.0)
    share = np.clip(left / np.maximum(across, 1e-9), 0.2, 1.0)
    count = len(surface.flat)
    total = np.bincount(i, weight * share, count) + np.bincount(j, weight * share, count)
    size = np.bincount(i, weight, count) + np.bincount(j, weight, count)
    return np.where(size > 0, total / np.maximum(size, 1e-9), 1.0)


@dataclass
class Node:
    """A place on one side of a seam: the points (piece, number) there; a `corner` cannot be moved along."""

    along: float  # share of the seam's length, 0 to 1
    points: list[tuple[str, int]]
    corner: bool


@dataclass
class Side:
    """One side of a seam: its stretches (piece, edge, backwards, from share, to share) and its nodes in order."""

    stretches: list[tuple[str, str, bool, float, float]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    length: float = 0.0


def worn_seams(pattern: Pattern, seen: Sequence[str]) -> list[Seam]:
    """The seams between pieces that are seen, facings left out."""
    return [
        seam for seam in pattern.seams if seam.kind != SeamKind.LAYERED and all(ref.piece in seen for ref in (*seam.a, *seam.b))
    ]


def sewn_together(pattern: Pattern, sheets: dict[str, Sheet]) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """Pairs of points (piece, number) that every seam welds; the sheets' outlines are shared out for it."""
    pairs = []
    for seam in worn_seams(pattern, list(sheets)):
        a, b = _side(pattern, sheets, seam.a, False), _side(pattern, sheets, seam.b, True)
        for one, other in _matched(sheets, a, b):
            points = [*one, *other]
            pairs += [(points[0], point) for point in points[1:] if point != points[0]]
    return pairs


def _side(pattern: Pattern, sheets: dict[str, Sheet], run: Sequence[EdgeRef], backwards: bool) -> Side:
    side = Side(length=pattern.run_length(run))
    reached = 0.0
    for ref in run:
        sheet, edge = sheets[ref.piece], pattern.edge(ref)
        start, reached = reached, reached + edge.length / side.length
        side.stretches.append((ref.piece, ref.edge, backwards, start, reached))
        chain = sheet.chains[ref.edge]
        flat = np.array([sheet.flat[k] for k in chain])
        steps = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
        shares = steps / steps[-1]
        order = (
            [(1 - s, k) for s, k in zip(shares[::-1], chain[::-1], strict=True)] if backwards else zip(shares, chain, strict=True)
        )
        nodes = [Node(start + float(s) * (reached - start), [(ref.piece, k)], False) for s, k in order]
        nodes[0].corner = nodes[-1].corner = True
        if side.nodes:
            side.nodes[-1].points += [p for p in nodes[0].points if p not in side.nodes[-1].points]
            nodes = nodes[1:]
        side.nodes += nodes
    side.nodes[0].along, side.nodes[-1].along = 0.0, 1.0
    return side


def _matched(sheets: dict[str, Sheet], a: Side, b: Side) -> list[tuple[list[tuple[str, int]], list[tuple[str, int]]]]:
    """The points of both sides, place by place."""
    anchors: list[tuple[float, float]] = []  # shares on a and on b
    same = _SAME / max(a.length, b.length, 1e-9)
    corners = [[node.along for node in side.nodes if node.corner] for side in (a, b)]
    taken: set[float] = set()
    for at in corners[0]:
        near = min((c for c in corners[1] if c not in taken), key=lambda c: abs(c - at), default=None)
        if near is not None and abs(near - at) <= same:
            taken.add(near)
            anchors.append((at, near))
        else:
            anchors.append((at, at))
    anchors += [(at, at) for at in corners[1] if at not in taken]
    anchors.sort()
    plans = [_plan(side, [pair[number] for pair in anchors]) for number, side in enumerate((a, b))]
    wanted = [max(len(one), len(other)) for one, other in zip(plans[0][1], plans[1][1], strict=True)]
    laid = [
        _laid_out(sheets, side, [pair[number] for pair in anchors], plans[number], wanted) for number, side in enumerate((a, b))
    ]
    return list(zip(*laid, strict=True))


def _plan(side: Side, anchors: list[float]) -> tuple[list[Node | None], list[list[Node]]]:
    """The node at each anchor (None where one has to be made) and the free nodes between neighbouring anchors."""
    step = 1 / max(len(side.nodes) - 1, 1)
    used: set[int] = set()
    at: list[Node | None] = []
    for anchor in anchors:
        found = [n for n, node in enumerate(side.nodes) if node.corner and abs(node.along - anchor) < 1e-9 and n not in used]
        if not found:
            free = [n for n, node in enumerate(side.nodes) if not node.corner and n not in used]
            found = sorted(free, key=lambda n: abs(side.nodes[n].along - anchor))[:1]
            found = [n for n in found if abs(side.nodes[n].along - anchor) < 0.6 * step]
        used.update(found[:1])
        at.append(side.nodes[found[0]] if found else None)
    between = []
    for low, high in itertools.pairwise(anchors):
        between.append([node for n, node in enumerate(side.nodes) if n not in used and low < node.along < high])
    return at, between


def _laid_out(
    sheets: dict[str, Sheet],
    side: Side,
    anchors: list[float],
    plan: tuple[list[Node | None], list[list[Node]]],
    wanted: list[int],
) -> list[list[tuple[str, int]]]:
    """The points place by place; nodes are moved along the outline and new ones made where some are missing."""
    at, between = plan
    targets: list[tuple[float, Node | None]] = [(anchors[0], at[0])]
    for number, count in enumerate(wanted):
        low, high = anchors[number], anchors[number + 1]
        own = between[number]
        seats = {round((k + 1) * (count + 1) / (len(own) + 1)) - 1: node for k, node in enumerate(own)}
        targets += [(low + (high - low) * (k + 1) / (count + 1), seats.get(k)) for k in range(count)]
        targets.append((anchors[number + 1], at[number + 1]))
    rails = {(piece, edge): _Rail(sheets[piece], edge) for piece, edge, *_ in side.stretches}
    found: list[list[tuple[str, int]]] = []
    late: list[tuple[int, float]] = []
    for along, node in targets:
        if node is None:
            late.append((len(found), along))
            found.append([])
            continue
        found.append(node.points)
        if not node.corner:
            piece, edge, share = _place(side, along)
            (point,) = node.points
            sheets[piece].move(point[1], *rails[piece, edge].at(share))
    for slot, along in late:
        piece, edge, share = _place(side, along)
        rail = rails[piece, edge]
        position = rail.position(share)
        found[slot] = [(piece, sheets[piece].split(edge, position, *rail.at(share)))]
    return found


def _place(side: Side, along: float) -> tuple[str, str, float]:
    """(piece, edge, share of the edge in its own direction) of a place on a side."""
    inside = [s for s in side.stretches if s[3] - 1e-9 <= along <= s[4] + 1e-9]
    piece, edge, backwards, start, stop = inside[0]
    share = min(max((along - start) / max(stop - start, 1e-12), 0.0), 1.0)
    return piece, edge, 1 - share if backwards else share


class _Rail:
    """An edge's way on the table and on the wrap as it was before its points were shared out."""

    def __init__(self, sheet: Sheet, edge: str) -> None:
        self._sheet, self._edge = sheet, edge
        chain = sheet.chains[edge]
        flat = np.array([sheet.flat[k] for k in chain])
        self._worn: Points3 = np.array([sheet.worn[k] for k in chain])
        self._share: Floats = np.array([sheet.share[k] for k in chain])
        steps = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
        self._reached = steps / steps[-1]
        drawn = sheet.piece.edge(edge)
        self._line: Points2 = drawn.sampled(max(2, 8 * math.ceil(drawn.length) + 1))

    def at(self, share: float) -> tuple[Point2, Floats, float]:
        """(flat place, place on the wrap, drawn-in share) at a share of the edge."""
        even = np.linspace(0, 1, len(self._line))
        flat = np.array([np.interp(share, even, self._line[:, k]) for k in (0, 1)])
        worn = np.array([np.interp(share, self._reached, self._worn[:, k]) for k in range(3)])
        return flat, worn, float(np.interp(share, self._reached, self._share))

    def position(self, share: float) -> int:
        """Which step of the chain as it is now holds the share."""
        sheet = self._sheet
        flat = np.array([sheet.flat[k] for k in sheet.chains[self._edge]])
        steps = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
        reached: AnyArray = steps / steps[-1]
        return int(np.clip(np.searchsorted(reached, share, side="right") - 1, 0, len(reached) - 2))
