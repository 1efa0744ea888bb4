"""Shade in corners and folds: places that lie behind the mean depth of their surroundings are darker.

After Luft, Colditz, Deussen, "Image enhancement by unsharp masking the depth buffer", 2006, in three ranges.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.judging.camera import Camera
from studio.judging.raster import Raster

_OCCLUSION = ((1.0, 0.28), (3.5, 0.3), (9.0, 0.26))
"""Radius in cm and strength of the three ranges of corner shading."""
LEAST_LIGHT = 0.35
"""Corner shading leaves at least this share of the light."""


def occlusion(raster: Raster, camera: Camera) -> NDArray[np.float32]:
    """(h, w) share of the room's light that reaches each place: 1 in the open, LEAST_LIGHT at least in corners."""
    depth = raster.depth(camera)
    seen = np.isfinite(depth)
    shade = np.ones(depth.shape, dtype=np.float32)
    if not seen.any():
        return shade
    known = np.where(seen, depth, 0.0)[::2, ::2]
    there = seen.astype(np.float32)[::2, ::2]
    density = camera.pixels_a_cm(float(np.median(depth[seen]))) / 2
    for radius, strength in _OCCLUSION:
        reach = 2 * max(1, round(radius * density)) + 1
        smooth = [cv2.blur(cv2.blur(field, (reach, reach)), (reach, reach)) for field in (known, there)]
        mean = smooth[0] / np.maximum(smooth[1], 1e-4)
        wide = cv2.resize(mean, depth.shape[::-1], interpolation=cv2.INTER_LINEAR)
        behind = np.where(seen, depth - wide, 0.0) / (0.9 * radius)
        shade *= 1 - strength * np.clip(behind, 0.0, 1.0).astype(np.float32)
    return np.maximum(shade, np.float32(LEAST_LIGHT))
