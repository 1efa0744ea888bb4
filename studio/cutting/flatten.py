"""Curves as fine polylines, with the direction across them at every point."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import numpy as np

from studio.arrays import Points2
from studio.curves import Curve

CHORD_ERROR = 0.002
"""A polyline leaves its curve by no more than this, cm."""


@functools.lru_cache(maxsize=2048)
def flattened(curve: Curve) -> tuple[Points2, Points2]:
    """(n, 2) points of a curve, both ends included, and the (n, 2) unit normals to the right of its way.

    Not to be written to: a curve is flattened once, however often it is asked for. On a counter-clockwise outline the
    right is the outside. The step follows from the largest second difference of the control points: a chord of a Bezier
    curve over 1/n of its parameter is off by at most |P''| / (8 n^2).
    """
    control = curve.control
    if curve.is_line:
        way = np.repeat(curve.tangent(0.0)[None], 2, axis=0)
        return control, np.stack((way[:, 1], -way[:, 0]), axis=1)
    bend = np.diff(control, n=2, axis=0)
    count = max(4, math.ceil(math.sqrt(0.75 * float(np.hypot(bend[:, 0], bend[:, 1]).max()) / CHORD_ERROR)))
    way = curve.derivative(np.linspace(0.0, 1.0, count + 1))
    way[0], way[-1] = curve.tangent(0.0), curve.tangent(1.0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-12)[:, None]
    return curve.stepped(count + 1), np.stack((way[:, 1], -way[:, 0]), axis=1)


def polyline(curves: Iterable[Curve]) -> Points2:
    """(n, 2) points of a run of curves end to end, joints once, both ends included."""
    parts = [flattened(curve)[0] for curve in curves]
    return np.concatenate([part[:-1] for part in parts] + [parts[-1][-1:]])


def without_repeats(ring: Points2) -> Points2:
    """The closed ring without points that lie on their predecessor."""
    step = ring - np.roll(ring, 1, axis=0)
    kept: Points2 = ring[np.hypot(step[:, 0], step[:, 1]) > 1e-5]
    return kept
