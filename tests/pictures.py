"""Garment photos drawn by the tests themselves."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

TEE = [
    (140, 60),
    (190, 80),
    (240, 60),
    (330, 110),
    (300, 180),
    (265, 165),
    (268, 380),
    (112, 380),
    (115, 165),
    (80, 180),
    (50, 110),
]


def tee_photo(size: tuple[int, int] = (380, 440), *, cloth: tuple[int, int, int] = (40, 70, 150)) -> Image.Image:
    """A T-shirt laid flat on a light, slightly noisy ground."""
    rng = np.random.default_rng(0)
    ground = np.clip(rng.normal(226, 3, (440, 380, 3)), 0, 255).astype(np.uint8)
    picture = Image.fromarray(ground)
    ImageDraw.Draw(picture).polygon(TEE, fill=cloth)
    return picture.filter(ImageFilter.GaussianBlur(0.8)).resize(size)
