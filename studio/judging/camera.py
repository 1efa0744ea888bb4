"""Where one stands to look at the garment, and where its points fall in the picture.

Garment space: x to the wearer's left, front towards -y, z up, cm. Picture: columns to the right, rows downwards, the middle of
the first pixel at (0.5, 0.5). Seen from the front the wearer's right is at the picture's left.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.arrays import Floats, Points2, Points3


class View(StrEnum):
    """The usual views; LEFT and RIGHT show that side of the wearer."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"


AZIMUTHS: Mapping[View, float] = {View.FRONT: 0.0, View.LEFT: 90.0, View.BACK: 180.0, View.RIGHT: -90.0}
"""Degrees round the wearer, from the front towards the wearer's left."""


@dataclass(frozen=True, eq=False)
class Projected:
    """(n, 2) places in pixels, (n,) distances along the line of sight in cm, and what interpolates linearly in the picture.

    `weight` is 1 for parallel and 1 / depth for central projection (perspective-correct barycentrics are those of the picture
    times it); `nearness` grows towards the camera and is linear in the picture: -depth or 1 / depth.
    """

    pixels: Points2
    depth: Floats
    weight: Floats
    nearness: Floats


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera at `eye`; `axes` are (3, 3) rows right, up, ahead, of unit length and at right angles.

    `scale` is pixels a cm for parallel projection, pixels a unit of slope for central projection; (height, width) `size` in
    pixels; `middle` is the pixel place (column, row) of the line of sight.
    """

    eye: Floats
    axes: Floats
    scale: float
    size: tuple[int, int]
    middle: tuple[float, float]
    is_central: bool = False

    @classmethod
    def framing(
        cls,
        box: tuple[Floats, Floats],
        *,
        size: tuple[int, int],
        azimuth_deg: float = 0.0,
        elevation_deg: float = 0.0,
        fov_deg: float = 0.0,
        margin: float = 0.05,
    ) -> Camera:
        """A camera that shows the whole box (lowest, highest corner, cm) and leaves `margin` of the picture free all round.

        `fov_deg` is the angle of view across the picture's longer side; 0 is parallel projection. Raises ValueError for an
        empty box or picture, an elevation of 90 degrees or more, or an angle of view of 120 or more.
        """
        low, high = (np.asarray(corner, dtype=np.float64) for corner in box)
        extent = high - low
        if min(size) < 1 or not np.all(np.isfinite(extent)) or extent.min() < 0 or extent.max() <= 0:
            raise ValueError(f"nothing to frame: box {extent}, picture {size}")
        if abs(elevation_deg) >= 90 or not 0 <= fov_deg < 120 or not 0 <= margin < 0.5:
            raise ValueError("elevation stays below 90 degrees, the angle of view below 120, the margin below a half")
        axes = _axes(math.radians(azimuth_deg), math.radians(elevation_deg))
        corners = np.stack(np.meshgrid(*zip(low, high, strict=True), indexing="ij"), axis=-1).reshape(8, 3)
        seen = (corners - (low + high) / 2) @ axes.T
        height, width = size
        free = (1 - 2 * margin) * np.array((width, height))
        middle = (width / 2, height / 2)
        if fov_deg == 0:
            spans = seen.max(axis=0) - seen.min(axis=0)
            scale = float(np.min(free / np.maximum(spans[:2], 1e-9)))
            eye = (low + high) / 2 + (seen.min(axis=0) + seen.max(axis=0))[:2] / 2 @ axes[:2]
            return cls(eye - axes[2] * (10 + spans[2] / 2), axes, scale, size, middle)
        scale = 0.5 * max(size) / math.tan(math.radians(fov_deg) / 2)
        away = np.abs(seen[:, :2]) * scale / (free / 2) - seen[:, 2:]
        distance = float(away.max())
        return cls((low + high) / 2 - distance * axes[2], axes, scale, size, middle, is_central=True)

    @classmethod
    def of_view(cls, box: tuple[Floats, Floats], view: View, *, size: tuple[int, int], margin: float = 0.05) -> Camera:
        """Parallel projection from one of the usual sides."""
        return cls.framing(box, size=size, azimuth_deg=AZIMUTHS[view], margin=margin)

    @property
    def shows_front(self) -> bool:
        """Whether the camera stands before the wearer rather than behind."""
        return bool(self.axes[2, 1] >= 0)

    def pixels_a_cm(self, depth: float) -> float:
        """How many pixels a centimetre at that depth spans."""
        return self.scale / depth if self.is_central else self.scale

    def projected(self, points: Points3) -> Projected:
        """Where (n, 3) points fall. Raises ValueError for points at or behind a central camera."""
        seen = (points - self.eye) @ self.axes.T
        depth = seen[:, 2]
        if not self.is_central:
            weight, nearness = np.ones(len(points)), -depth
        elif len(points) and depth.min() <= 1e-6:
            raise ValueError("a point lies behind the camera")
        else:
            weight = nearness = 1 / depth
        factor = self.scale * weight
        pixels = np.stack((self.middle[0] + factor * seen[:, 0], self.middle[1] - factor * seen[:, 1]), axis=1)
        return Projected(pixels, depth, weight, nearness)

    def places(self, pixels: Points2, depth: Floats) -> Points3:
        """(n, 3) points at (n, 2) pixel places and (n,) depths: `projected` the other way round."""
        factor = (depth if self.is_central else np.ones_like(depth)) / self.scale
        right = (pixels[:, 0] - self.middle[0]) * factor
        up = (self.middle[1] - pixels[:, 1]) * factor
        found: Points3 = self.eye + np.stack((right, up, depth), axis=1) @ self.axes
        return found

    def times(self, factor: int) -> Camera:
        """The same view in a picture `factor` times as wide and high."""
        size = (self.size[0] * factor, self.size[1] * factor)
        middle = (self.middle[0] * factor, self.middle[1] * factor)
        return Camera(self.eye, self.axes, self.scale * factor, size, middle, self.is_central)


def _axes(azimuth: float, elevation: float) -> Floats:
    ahead = np.array((-math.sin(azimuth) * math.cos(elevation), math.cos(azimuth) * math.cos(elevation), -math.sin(elevation)))
    right = np.array((math.cos(azimuth), math.sin(azimuth), 0.0))
    return np.stack((right, np.cross(right, ahead), ahead))


def bounding_box(*clouds: Points3) -> tuple[Floats, Floats]:
    """Lowest and highest corner round several (n, 3) clouds of points."""
    return np.min([cloud.min(axis=0) for cloud in clouds], axis=0), np.max([cloud.max(axis=0) for cloud in clouds], axis=0)
