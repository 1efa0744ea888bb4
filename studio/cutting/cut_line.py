"""The cutting line: every edge moved out by its own allowance, the corners made so that the sewn garment lies flat.

Neighbouring allowances meet in a mitre, trimmed where a point would run out too far. At the ends of a hem the allowance
is the mirror image of the side in the hem line, so that the hem turned up fits the garment. Across a dart's mouth it is
the line that one gets by folding the dart and cutting along the edge: a roof.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyclipper
from shapely.geometry import Polygon

from studio.arrays import Floats, Point2, Points2
from studio.cutting.flatten import flattened, without_repeats
from studio.errors import DraftError
from studio.pattern import Edge, Finish, Piece, Role, Side

MITRE_LIMIT = 2.2
"""A corner reaches out from its seam corner by no more than this many allowances."""
_SMOOTH = math.radians(3.5)
_NEARLY_STRAIGHT = math.radians(20)
_SQUARE_ENOUGH = (math.radians(50), math.radians(130))
"""A hem is trued where it meets the side at an angle in this range; beyond it mirroring would give a spike."""
_GRID = 1e6
"""Whole numbers per cm for the polygon clean-up."""


@dataclass(eq=False)
class _Run:
    """One curve of the outline on its way to the cutting line: `line` are its points moved out by `width`."""

    edge: Edge
    width: float
    seam: Points2
    normals: Points2
    line: Points2

    def way(self, end: int) -> Point2:
        """Unit direction of the outline at the start (0) or the end (-1)."""
        normal = self.normals[end]
        return np.array((-normal[1], normal[0]))

    def trim(self, end: int, at: Point2) -> None:
        """Let the moved line end at `at`: the points beyond it, seen along the edge, go, and it is put in their place."""
        along = (self.line - at) @ self.way(end)
        if end == 0:
            kept = self.line[int(np.argmax(along > 1e-6)) :] if (along > 1e-6).any() else self.line[-1:]
            self.line = np.concatenate((at[None], kept))
        else:
            beyond = (along < -1e-6)[::-1]
            kept = self.line[: len(along) - int(np.argmax(beyond))] if beyond.any() else self.line[:1]
            self.line = np.concatenate((kept, at[None]))

    def end_on(self, end: int, through: Point2, across: Point2) -> Point2:
        """Let the moved line end where it meets a straight line, of which `across` is the normal towards this curve."""
        line = self.line if end == 0 else self.line[::-1]
        side = (line - through) @ across
        if side[0] > 0:
            way = self.way(end) * (1 if end == 0 else -1)
            at: Point2 = line[0] - side[0] / max(float(way @ across), 0.3) * way
        else:
            first = max(int(np.argmax(side > 1e-9)), 1)
            at, line = _between(line, side, first, 0.0), line[first:]
        line = np.concatenate((at[None], line))
        self.line = line if end == 0 else line[::-1]
        return at


def cut_line(piece: Piece, allowances: Mapping[str, float]) -> Points2:
    """(n, 2) closed counter-clockwise cutting line of a whole piece, cm; first point not repeated.

    Raises DraftError when the outline is so tangled that no line round it can be drawn.
    """
    runs = [
        _Run(edge, allowances[edge.name], points, normals, points + allowances[edge.name] * normals)
        for edge in piece.edges
        if edge.finish != Finish.DART
        for points, normals in map(flattened, edge.curves)
    ]
    joins = [_joined(piece, before, after) for before, after in _neighbours(runs)]
    ring = without_repeats(np.concatenate([part for run, join in zip(runs, joins, strict=True) for part in (run.line, join)]))
    return ring if Polygon(ring).is_valid else _cleaned(piece, ring)


def _neighbours(runs: Sequence[_Run]) -> Iterator[tuple[_Run, _Run]]:
    return zip(runs, (*runs[1:], runs[0]), strict=True)


def _cleaned(piece: Piece, ring: Points2) -> Points2:
    """The outer border of a line that crosses itself in hollow corners: what it goes round in its own sense."""
    loops = pyclipper.SimplifyPolygon(np.rint(ring * _GRID).astype(np.int64).tolist(), pyclipper.PFT_POSITIVE)
    if not loops:
        raise DraftError(f"no cutting line can be drawn round {piece.name}")
    largest = max(loops, key=pyclipper.Area)
    return without_repeats(np.asarray(largest, dtype=np.float64) / _GRID)


def _joined(piece: Piece, before: _Run, after: _Run) -> Points2:
    """(n, 2) points between two moved lines, which may be trimmed for it."""
    if math.dist(before.seam[-1], after.seam[0]) > 1e-6:
        return _over_dart(piece, before, after)
    hem_first, hem_last = before.edge.finish == Finish.HEM, after.edge.finish == Finish.HEM
    turn = _turn(before.way(-1), after.way(0))
    square = _SQUARE_ENOUGH[0] < turn < _SQUARE_ENOUGH[1]
    if hem_first != hem_last and square and max(before.width, after.width) > 0:
        return _trued_hem(before, after, hem=-1) if hem_first else _trued_hem(after, before, hem=0)
    if turn < -_SMOOTH and (abs(turn) > _NEARLY_STRAIGHT or before.width == after.width):
        return before.seam[-1:]
    return _mitre(before, after, turn)


def _turn(first: Point2, second: Point2) -> float:
    return math.atan2(first[0] * second[1] - first[1] * second[0], float(first @ second))


def _mitre(before: _Run, after: _Run, turn: float) -> Points2:
    corner, way_1, way_2, w1, w2 = before.seam[-1], before.way(-1), after.way(0), before.width, after.width
    nothing: Points2 = np.empty((0, 2))
    meeting: Points2 = np.empty((1, 2))
    if abs(turn) <= _SMOOTH and abs(w1 - w2) < 1e-9:
        both = before.normals[-1] + after.normals[0]
        before.line[-1] = after.line[0] = corner + w1 * 2 * both / (both @ both)
        return nothing
    if abs(turn) < _NEARLY_STRAIGHT:
        return nothing
    run_on = (w2 - w1 * math.cos(turn)) / math.sin(turn)
    run_back = (w1 - w2 * math.cos(turn)) / math.sin(turn)
    if run_on < 0 or run_back < 0:
        return nothing
    meeting[0] = corner + w1 * before.normals[-1] + run_on * way_1
    reach, most = math.dist(meeting[0], corner), MITRE_LIMIT * max(w1, w2)
    if reach <= most:
        return meeting
    out = (meeting[0] - corner) / reach
    return np.stack((
        meeting[0] - way_1 * min((reach - most) / max(float(way_1 @ out), 1e-9), run_on),
        meeting[0] + way_2 * min((reach - most) / max(float(-way_2 @ out), 1e-9), run_back),
    ))  # fmt: skip


def _trued_hem(hem_run: _Run, side: _Run, *, hem: int) -> Points2:
    """Hem allowance at the end `hem` (0 start, -1 end) of its edge: the side's own cutting line mirrored in the hem line.

    Gives the points between both lines in walking order.
    """
    corner, out = hem_run.seam[hem], hem_run.normals[hem]
    along = hem_run.way(hem) * (1 if hem == -1 else -1)
    near, untrimmed = 0 if hem == -1 else -1, side.line
    side.end_on(near, corner, -out)
    line = side.line if near == 0 else side.line[::-1]
    height = (corner - line) @ out
    if height[-1] < hem_run.width:
        onwards = side.way(-1 - near) * (1 if near == 0 else -1)
        missing = (hem_run.width - height[-1] + 0.1) / max(float(-onwards @ out), 0.3)
        line = np.concatenate((line, line[-1:] + missing * onwards))
        height = (corner - line) @ out
    reached = int(np.argmax(height >= hem_run.width))
    mirrored = np.concatenate((line[1:reached], _between(line, height, max(reached, 1), hem_run.width)[None])) - corner
    mirrored += corner - 2 * (mirrored @ out)[:, None] * out
    rises = reached > 0 and bool((np.diff(height[: reached + 1]) > 0).all())
    if not rises or float((mirrored[-1] - corner) @ along) < -0.5 * math.dist(hem_run.seam[0], hem_run.seam[-1]):
        side.line = untrimmed
        return _mitre_of_hem(hem_run, side, hem=hem)
    hem_run.trim(hem, mirrored[-1])
    between: Points2 = mirrored[-2::-1] if hem == -1 else mirrored[:-1]
    return between


def _mitre_of_hem(hem_run: _Run, side: _Run, *, hem: int) -> Points2:
    before, after = (hem_run, side) if hem == -1 else (side, hem_run)
    return _mitre(before, after, _turn(before.way(-1), after.way(0)))


def _between(line: Points2, height: Floats, number: int, wanted: float) -> Point2:
    """The point of a line between points `number` - 1 and `number` at the wanted height."""
    before, after = height[number - 1], height[number]
    found: Point2 = line[number - 1] + (wanted - before) / (after - before) * (line[number] - line[number - 1])
    return found


_BACKS = frozenset({Role.BACK, Role.SKIRT_BACK, Role.TROUSER_BACK, Role.YOKE_BACK})


def _falls_to_first(piece: Piece, first: Point2, second: Point2) -> bool:
    """Whether a dart with its mouth from `first` to `second` is pressed towards `first`: to the centre, or down."""
    across, up = second - first
    if abs(up) > abs(across):
        return bool(first[1] < second[1])
    if piece.side == Side.CENTRE:
        return bool(abs(first[0]) < abs(second[0]))
    centre_is_low_x = (piece.side == Side.LEFT) != (piece.role in _BACKS)
    return bool((first[0] < second[0]) == centre_is_low_x)


def _over_dart(piece: Piece, before: _Run, after: _Run) -> Points2:
    """The cutting line over a dart's mouth: the edge beside the dart mirrored in its leg, as far as the dart's middle."""
    first, second = before.seam[-1], after.seam[0]
    tip = _dart_tip(piece, first)
    legs = [(end - tip) / math.dist(end, tip) for end in (first, second)]
    on_first = before.end_on(-1, first, np.array((legs[0][1], -legs[0][0])) * _hand(legs[0], before.way(-1)))
    on_second = after.end_on(0, second, np.array((legs[1][1], -legs[1][0])) * _hand(legs[1], -after.way(0)))
    to_first = _falls_to_first(piece, first, second)
    base, leg, way = (on_first, legs[0], -before.way(-1)) if to_first else (on_second, legs[1], after.way(0))
    folded = 2 * float(way @ leg) * leg - way
    middle = legs[0] + legs[1]
    across = np.array((-middle[1], middle[0]))
    slope = float(folded @ across)
    if abs(slope) < 1e-6:
        return np.empty((0, 2))
    top = base + float((tip - base) @ across) / slope * folded
    height = math.dist(top, tip) - math.dist(first, tip)
    widest = max(before.width, after.width)
    return top[None] if 0 <= height <= 4 * widest + 1e-9 else np.empty((0, 2))


def _hand(leg: Point2, way: Point2) -> float:
    """1 if the edge that arrives at a dart's mouth in direction `way` comes from the leg's right, -1 from its left."""
    return 1.0 if leg[1] * way[0] - leg[0] * way[1] < 0 else -1.0


def _dart_tip(piece: Piece, mouth: Point2) -> Point2:
    """The far end of the dart leg that leaves the outline at `mouth`."""
    for edge in piece.edges:
        if edge.finish == Finish.DART and math.dist(edge.start, mouth) < 1e-6:
            return edge.end
    raise DraftError(f"the outline of {piece.name} has a gap")
