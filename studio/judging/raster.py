"""The depth buffer: which triangle is seen in which pixel, and where on it.

A pixel shows what lies under its middle. Of two surfaces at the same depth the triangle that comes first is kept, so the
picture depends on the arguments alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.arrays import AnyArray, Floats
from studio.judging.camera import Camera, Projected

Single = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Raster:
    """(h, w) number of the triangle seen, -1 for none; (h, w, 2) weights of its second and third corner; (h, w) nearness.

    The weights are perspective-correct: they interpolate what belongs to the corners in space. `nearness` is -depth or
    1 / depth (see Projected), lowest where nothing is seen.
    """

    triangle: NDArray[np.int32]
    weights: Single
    nearness: Single

    def depth(self, camera: Camera) -> Single:
        """(h, w) distance along the line of sight, cm; infinite where nothing is seen."""
        if not camera.is_central:
            return -self.nearness
        found = np.full_like(self.nearness, np.inf)
        np.divide(np.float32(1), self.nearness, out=found, where=self.triangle >= 0)
        return found

    def interpolated(self, values: AnyArray, triangles: AnyArray) -> Floats:
        """(h, w, k) values (n, k) of the corners in every pixel, NaN where nothing is seen."""
        out = np.full((*self.triangle.shape, values.shape[1]), np.nan)
        seen = self.triangle >= 0
        corners = values[triangles[self.triangle[seen]]]
        b, c = self.weights[seen].T.astype(np.float64)
        out[seen] = corners[:, 0] * (1 - b - c)[:, None] + corners[:, 1] * b[:, None] + corners[:, 2] * c[:, None]
        return out


def rasterised(projected: Projected, triangles: AnyArray, size: tuple[int, int]) -> Raster:
    """The depth buffer of (m, 3) triangles in a picture of (height, width) `size`; both faces are drawn."""
    height, width = size
    triangle = np.full((height, width), -1, dtype=np.int32)
    weights = np.zeros((height, width, 2), dtype=np.float32)
    nearness = np.full((height, width), -np.inf, dtype=np.float32)
    corners = np.column_stack((projected.pixels, projected.nearness, projected.weight))
    _fill(corners, np.ascontiguousarray(triangles, dtype=np.int32), triangle, weights, nearness)
    return Raster(triangle, weights, nearness)


@njit(cache=True)
def _fill(corners: AnyArray, triangles: AnyArray, triangle: AnyArray, weights: AnyArray, nearness: AnyArray) -> None:
    height, width = nearness.shape
    for number in range(triangles.shape[0]):
        a, b, c = corners[triangles[number, 0]], corners[triangles[number, 1]], corners[triangles[number, 2]]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if abs(area) < 1e-9:
            continue
        left = max(0, int(np.ceil(min(a[0], b[0], c[0]) - 0.5)))
        right = min(width - 1, int(np.floor(max(a[0], b[0], c[0]) - 0.5)))
        top = max(0, int(np.ceil(min(a[1], b[1], c[1]) - 0.5)))
        bottom = min(height - 1, int(np.floor(max(a[1], b[1], c[1]) - 0.5)))
        if left > right or top > bottom:
            continue
        second_x, second_y = (c[1] - a[1]) / area, (a[0] - c[0]) / area
        third_x, third_y = (a[1] - b[1]) / area, (b[0] - a[0]) / area
        near_x = second_x * (b[2] - a[2]) + third_x * (c[2] - a[2])
        for row in range(top, bottom + 1):
            dx, dy = left + 0.5 - a[0], row + 0.5 - a[1]
            second = dx * second_x + dy * second_y
            third = dx * third_x + dy * third_y
            near = a[2] + second * (b[2] - a[2]) + third * (c[2] - a[2])
            for column in range(left, right + 1):
                if second >= -1e-9 and third >= -1e-9 and second + third <= 1 + 1e-9 and np.float32(near) > nearness[row, column]:
                    share_b, share_c = second * b[3], third * c[3]
                    whole = (1 - second - third) * a[3] + share_b + share_c
                    nearness[row, column] = near
                    triangle[row, column] = number
                    weights[row, column, 0] = share_b / whole
                    weights[row, column, 1] = share_c / whole
                second += second_x
                third += third_x
                near += near_x
