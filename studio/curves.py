"""Straight lines and cubic Bezier curves in centimetres: what every edge is made of."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2
_SPEED = 3 * np.stack(((1 - _NODES) ** 2, 2 * (1 - _NODES) * _NODES, _NODES**2), axis=1)
"""(24, 3): the derivative at the nodes from the three differences of neighbouring control points."""


@functools.cache
def bernstein(count: int) -> Floats:
    """(count, 4) weights of a cubic's control points at `count` equal steps of its parameter, both ends included."""
    t = np.linspace(0, 1, count)
    u = 1 - t
    return np.stack((u**3, 3 * u * u * t, 3 * u * t * t, t**3), axis=1)


@dataclass(frozen=True, eq=False)
class Curve:
    """A straight line (2 control points) or a cubic Bezier curve (4), in cm."""

    control: Points2

    @property
    def start(self) -> Point2:
        start: Point2 = self.control[0]
        return start

    @property
    def end(self) -> Point2:
        end: Point2 = self.control[-1]
        return end

    @property
    def is_line(self) -> bool:
        return len(self.control) == 2

    def at(self, parameter: Floats) -> Points2:
        """(n, 2) points at Bezier parameters in [0, 1]."""
        t = np.asarray(parameter, dtype=np.float64).reshape(-1)
        u = 1 - t
        weights = (u, t) if self.is_line else (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        points: Points2 = np.array(weights).T @ self.control
        return points

    def stepped(self, count: int) -> Points2:
        """(count, 2) points at equal steps of the Bezier parameter, both ends included."""
        if self.is_line:
            return self.at(np.linspace(0, 1, count))
        points: Points2 = bernstein(count) @ self.control
        return points

    def derivative(self, parameter: Floats) -> Points2:
        """(n, 2) derivative by the Bezier parameter."""
        t = np.asarray(parameter, dtype=np.float64).reshape(-1)
        steps = self.control[1:] - self.control[:-1]
        if self.is_line:
            return np.repeat(steps, len(t), axis=0)
        u = 1 - t
        speed: Points2 = 3 * np.array((u * u, 2 * u * t, t * t)).T @ steps
        return speed

    @functools.cached_property
    def length(self) -> float:
        """Arc length in cm (Gauss-Legendre, 24 nodes)."""
        if self.is_line:
            return math.dist(*self.control.tolist())
        speed = _SPEED @ (self.control[1:] - self.control[:-1])
        return float(_WEIGHTS @ np.hypot(speed[:, 0], speed[:, 1]))

    @functools.cached_property
    def swept(self) -> float:
        """Twice the area swept from the origin, cm2, counter-clockwise positive: summed round an outline, twice its area."""
        points = self.control.tolist()
        if self.is_line:
            return _cross(points[0], points[1])
        a, b, c, d = points
        return (6 * _cross(a, b) + 3 * _cross(a, c) + _cross(a, d) + 3 * _cross(b, c) + 3 * _cross(b, d) + 6 * _cross(c, d)) / 10

    def tangent(self, parameter: float) -> Point2:
        """Unit direction of travel at 0 (leaving the start) or 1 (arriving at the end) or between."""
        if 0 < parameter < 1:
            x, y = self.derivative(np.array([parameter]))[0].tolist()
        else:
            points = self.control.tolist()
            (x0, y0), *others = points if parameter == 0 else points[::-1]
            sign = 1.0 if parameter == 0 else -1.0
            ways = ((sign * (px - x0), sign * (py - y0)) for px, py in others)
            x, y = next((way for way in ways if math.hypot(*way) > 1e-9), (0.0, 0.0))
        size = max(math.hypot(x, y), 1e-12)
        return np.array((x / size, y / size))

    def reversed(self) -> Curve:
        return Curve(self.control[::-1])

    def mapped(self, matrix: Points2, shift: Point2) -> Curve:
        """This curve under the affine map p -> matrix p + shift."""
        return Curve(self.control @ matrix.T + shift)

    def split(self, parameter: float) -> tuple[Curve, Curve]:
        """The two halves at a Bezier parameter (de Casteljau)."""
        first, *inner, last = self.control.tolist()
        if self.is_line:
            middle = _between(first, last, parameter)
            return Curve(np.array((first, middle))), Curve(np.array((middle, last)))
        a, b, d = (_between(one, other, parameter) for one, other in ((first, inner[0]), inner, (inner[1], last)))
        e, f = _between(a, b, parameter), _between(b, d, parameter)
        middle = _between(e, f, parameter)
        return Curve(np.array((first, a, e, middle))), Curve(np.array((middle, f, d, last)))


def _between(one: Sequence[float], other: Sequence[float], share: float) -> tuple[float, float]:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def _cross(one: list[float], other: list[float]) -> float:
    return one[0] * other[1] - one[1] * other[0]
