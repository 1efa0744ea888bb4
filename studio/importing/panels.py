"""One panel of a GarmentCode file: its closed loop of edges as our curves, checked and explained."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.curves import Curve
from studio.errors import DesignError

MAX_PANELS = 500
MAX_EDGES = 2_000
FARTHEST = 2_000.0
"""A panel reaches no further than this from its origin, cm."""
_SHORTEST = 0.01
_MIRROR = np.diag((-1.0, 1.0))


@dataclass(frozen=True, eq=False)
class Panel:
    """A panel right side up and counter-clockwise, cm: the curves of its edges in the order of the loop.

    `position` gives for an edge number of the file its place in `edges`; `labels` are the edges' own. `was_turned` says that
    the file draws the panel from its inside (clockwise), so that it was mirrored in x = 0.
    """

    name: str
    edges: tuple[tuple[Curve, ...], ...]
    labels: tuple[str, ...]
    position: Mapping[int, int]
    translation: tuple[float, float, float]
    rotation: tuple[float, float, float]
    label: str
    was_turned: bool


def read_panel(name: str, values: object, *, scale: float) -> Panel:
    """A panel from its JSON value; `scale` is cm per unit of the file. Raises DesignError naming the panel and the fault."""
    if not isinstance(values, dict):
        raise DesignError(f"panel {name}: a panel is an object with vertices and edges")
    vertices = _vertices(name, values.get("vertices"), scale)
    edges = values.get("edges")
    if not isinstance(edges, list) or not 2 <= len(edges) <= MAX_EDGES:
        raise DesignError(f"panel {name}: a panel has 2 to {MAX_EDGES} edges")
    ends = [_endpoints(name, number, edge, len(vertices)) for number, edge in enumerate(edges)]
    loop = _loop(name, ends)
    runs = []
    for number, flipped in loop:
        first, last = (vertices[end] for end in ends[number])
        run = _curves(f"panel {name}, edge {number}", first, last, edges[number].get("curvature"), scale)
        runs.append(tuple(curve.reversed() for curve in reversed(run)) if flipped else run)
    area = sum(curve.swept for run in runs for curve in run) / 2
    if abs(area) < 0.01:
        raise DesignError(f"panel {name}: its outline has no area")
    if area < 0:
        runs = [tuple(curve.mapped(_MIRROR, point(0, 0)) for curve in run) for run in runs]
    return Panel(
        name,
        tuple(runs),
        tuple(str(edges[number].get("label") or "")[:80] for number, _ in loop),
        {number: place for place, (number, _) in enumerate(loop)},
        _triple(name, "translation", values.get("translation", (0, 0, 0)), scale),
        _triple(name, "rotation", values.get("rotation", (0, 0, 0)), 1.0),
        str(values.get("label") or "")[:80],
        area < 0,
    )


def finite(what: str, value: object, most: float) -> float:
    """A number no larger than `most` in size. Raises DesignError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DesignError(f"{what} is not a number")
    if not abs(value) <= most:
        raise DesignError(f"{what} is out of bounds: a panel is no larger than {most:g} in the file's units")
    return float(value)


def _vertices(name: str, values: object, scale: float) -> Points2:
    if not isinstance(values, list) or not 2 <= len(values) <= 2 * MAX_EDGES:
        raise DesignError(f"panel {name}: its list of vertices is missing or has a wrong length")
    for number, pair in enumerate(values):
        if not isinstance(pair, list) or len(pair) != 2:
            raise DesignError(f"panel {name}, vertex {number}: a vertex is a pair [x, y]")
        for value in pair:
            finite(f"panel {name}, vertex {number}", value, FARTHEST / scale)
    return np.array(values, dtype=np.float64) * scale


def _endpoints(name: str, number: int, edge: object, count: int) -> tuple[int, int]:
    ends = edge.get("endpoints") if isinstance(edge, dict) else None
    if not isinstance(ends, list) or len(ends) != 2 or not all(type(end) is int for end in ends):
        raise DesignError(f"panel {name}, edge {number}: it needs two endpoints, numbers of vertices")
    if not all(0 <= end < count for end in ends):
        raise DesignError(f"panel {name}, edge {number}: there is no vertex {max(ends)} among {count}")
    return ends[0], ends[1]


def _loop(name: str, ends: Sequence[tuple[int, int]]) -> list[tuple[int, bool]]:
    """The edges round the outline from edge 0, and whether each is walked backwards."""
    at: dict[int, list[int]] = {}
    for number, pair in enumerate(ends):
        for end in pair:
            at.setdefault(end, []).append(number)
    if any(len(numbers) != 2 for numbers in at.values()):
        raise DesignError(f"panel {name}: its edges do not make one closed outline")
    loop, here = [(0, False)], ends[0][1]
    while here != ends[0][0]:
        one, other = at[here]
        number = other if one == loop[-1][0] else one
        flipped = ends[number][0] != here
        here = ends[number][0] if flipped else ends[number][1]
        loop.append((number, flipped))
    if len(loop) != len(ends):
        raise DesignError(f"panel {name}: its edges make more than one outline; holes are not known")
    return loop


def _curves(what: str, first: Point2, last: Point2, curvature: object, scale: float) -> tuple[Curve, ...]:
    """The edge as a line or cubics. Raises DesignError for a curvature that is not known."""
    chord = math.dist(first, last)
    if chord < _SHORTEST:
        raise DesignError(f"{what}: both ends lie on the same place")
    if curvature is None:
        return (Curve(np.stack((first, last))),)
    kind, params = curvature, curvature
    if isinstance(curvature, dict):
        kind, params = curvature.get("type"), curvature.get("params")
    elif isinstance(curvature, list):
        kind, params = "quadratic", [curvature]
    if kind == "circle":
        return _arc(what, first, last, params, scale)
    inner = {"quadratic": 1, "cubic": 2}.get(kind) if isinstance(kind, str) else None
    if inner is None:
        raise DesignError(f"{what}: curvature of kind {str(kind)[:30]!r} is not known")
    if not isinstance(params, list) or len(params) != inner or not all(isinstance(p, list) and len(p) == 2 for p in params):
        raise DesignError(f"{what}: a {kind} curve has {inner} control point{'s' * (inner > 1)} [x, y]")
    way = last - first
    left = np.array((-way[1], way[0]))
    control = [first + finite(what, x, 100) * way + finite(what, y, 100) * left for x, y in params]
    if inner == 1:
        control = [first + (control[0] - first) * 2 / 3, last + (control[0] - last) * 2 / 3]
    return (Curve(np.stack((first, *control, last))),)


def _arc(what: str, first: Point2, last: Point2, params: object, scale: float) -> tuple[Curve, ...]:
    """A circle arc as cubics of 45 degrees at most: off the circle by no more than 4 millionths of its radius.

    `params` are radius, large arc, right of travel (y up). A radius too short for the chord is taken as half of it, as in SVG.
    """
    if not isinstance(params, list) or len(params) != 3:
        raise DesignError(f"{what}: a circle has a radius and two flags")
    chord = math.dist(first, last)
    radius = max(abs(finite(what, params[0], 1e6)) * scale, chord / 2)
    large, right = (bool(finite(what, flag, 1)) for flag in params[1:])
    half = math.asin(min(chord / (2 * radius), 1.0))
    half = math.pi - half if large else half
    way = (last - first) / chord
    left = np.array((-way[1], way[0])) * (-1 if right else 1)
    centre = (first + last) / 2 - radius * math.cos(half) * left
    count = max(1, math.ceil(8 * half / math.pi))
    angles = np.linspace(half, -half, count + 1)
    on_circle = centre + radius * (np.cos(angles)[:, None] * left - np.sin(angles)[:, None] * way)
    on_circle[0], on_circle[-1] = first, last
    ahead = np.cos(angles)[:, None] * way + np.sin(angles)[:, None] * left
    reach = 4 / 3 * math.tan(half / count / 2) * radius
    return tuple(
        Curve(
            np.stack((on_circle[n], on_circle[n] + reach * ahead[n], on_circle[n + 1] - reach * ahead[n + 1], on_circle[n + 1]))
        )
        for n in range(count)
    )


def _triple(name: str, word: str, values: Any, scale: float) -> tuple[float, float, float]:
    if not isinstance(values, list | tuple) or len(values) != 3:
        raise DesignError(f"panel {name}: its {word} is three numbers")
    x, y, z = (finite(f"panel {name}, {word}", value, 1e6) * scale for value in values)
    return x, y, z
