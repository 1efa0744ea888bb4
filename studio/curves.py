"""Straight lines and cubic Bezier curves in centimetres: what every edge is made of."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2


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
        t = np.atleast_1d(np.asarray(parameter, dtype=np.float64))[:, None]
        c = self.control
        if self.is_line:
            chord: Points2 = (1 - t) * c[0] + t * c[1]
            return chord
        u = 1 - t
        points: Points2 = u**3 * c[0] + 3 * u * u * t * c[1] + 3 * u * t * t * c[2] + t**3 * c[3]
        return points

    def derivative(self, parameter: Floats) -> Points2:
        """(n, 2) derivative by the Bezier parameter."""
        t = np.atleast_1d(np.asarray(parameter, dtype=np.float64))[:, None]
        c = self.control
        if self.is_line:
            return np.repeat((c[1] - c[0])[None], len(t), axis=0)
        u = 1 - t
        speed: Points2 = 3 * u * u * (c[1] - c[0]) + 6 * u * t * (c[2] - c[1]) + 3 * t * t * (c[3] - c[2])
        return speed

    @functools.cached_property
    def length(self) -> float:
        """Arc length in cm (Gauss-Legendre, 24 nodes)."""
        if self.is_line:
            return math.dist(self.start, self.end)
        speed = self.derivative(_NODES)
        return float(_WEIGHTS @ np.hypot(speed[:, 0], speed[:, 1]))

    def tangent(self, parameter: float) -> Point2:
        """Unit direction of travel at 0 (leaving the start) or 1 (arriving at the end) or between."""
        if self.is_line or 0 < parameter < 1:
            way = self.derivative(np.array([parameter]))[0]
        elif parameter == 0:
            way = next((q - self.start for q in self.control[1:] if math.dist(q, self.start) > 1e-9), self.end - self.start)
        else:
            way = next((self.end - q for q in self.control[-2::-1] if math.dist(q, self.end) > 1e-9), self.end - self.start)
        direction: Point2 = way / max(float(np.hypot(*way)), 1e-12)
        return direction

    def reversed(self) -> Curve:
        return Curve(self.control[::-1])

    def mapped(self, matrix: Points2, shift: Point2) -> Curve:
        """This curve under the affine map p -> matrix p + shift."""
        return Curve(self.control @ matrix.T + shift)

    def split(self, parameter: float) -> tuple[Curve, Curve]:
        """The two halves at a Bezier parameter (de Casteljau)."""
        t, c = parameter, self.control
        if self.is_line:
            middle = (1 - t) * c[0] + t * c[1]
            return Curve(np.stack((c[0], middle))), Curve(np.stack((middle, c[1])))
        a, b, d = ((1 - t) * c[i] + t * c[i + 1] for i in range(3))
        e, f = (1 - t) * a + t * b, (1 - t) * b + t * d
        middle = (1 - t) * e + t * f
        return Curve(np.stack((c[0], a, e, middle))), Curve(np.stack((middle, f, d, c[3])))
