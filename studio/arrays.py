"""Names for the arrays that travel through the studio. Garment space is centimetres, z up, front at angle 0."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point2 = NDArray[np.float64]  # (2,) cm on the drafting table
Points2 = NDArray[np.float64]  # (n, 2) cm on the drafting table, y up
Points3 = NDArray[np.float64]  # (n, 3) cm: x to the wearer's left, front towards -y, z up
Triangles = NDArray[np.int64]  # (m, 3) vertex numbers, counter-clockwise seen from outside
Mask = NDArray[np.bool_]  # (height, width), True on the garment
Picture = NDArray[np.uint8]  # (height, width, 3) RGB
AnyArray = NDArray[Any]


def point(x: float, y: float) -> Point2:
    """A point on the drafting table."""
    return np.array((x, y), dtype=np.float64)
