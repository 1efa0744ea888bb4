"""The cloth in the mask: its basic colour name."""

from __future__ import annotations

import cv2
import numpy as np

from studio.arrays import AnyArray, Mask, Picture
from studio.vocabulary import Colour

SIDE = 200
BLACK_BELOW, WHITE_ABOVE = 24.0, 72.0
GREY_CHROMA = 9.0


def cloth_pixels(picture: Picture, mask: Mask) -> AnyArray:
    """(n, 3) CIELAB of the garment's inner pixels, its rim left out."""
    scale = min(1.0, SIDE / max(mask.shape))
    size = (max(8, round(mask.shape[1] * scale)), max(8, round(mask.shape[0] * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    low = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.9
    inner = cv2.erode(low.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(lab[inner if inner.any() else low])


def main_colour(pixels: AnyArray) -> Colour:
    """The basic colour name that most pixels (n, 3) CIELAB bear; greys count for less beside a clear colour."""
    if len(pixels) == 0:
        return Colour.GREY
    names, counts = np.unique([_name(lab) for lab in _thinned(pixels)], return_counts=True)
    return Colour(names[int(np.argmax(counts))])


def _thinned(pixels: AnyArray) -> AnyArray:
    return pixels[:: max(1, len(pixels) // 1500)]


def _name(lab: AnyArray) -> str:
    """The basic colour of one CIELAB value."""
    light, a, b = (float(value) for value in lab)
    chroma, hue = float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a))) % 360
    if light < BLACK_BELOW and chroma < 12:
        return Colour.BLACK
    if chroma < GREY_CHROMA:
        return Colour.WHITE if light > WHITE_ABOVE else Colour.GREY if light > BLACK_BELOW else Colour.BLACK
    return _hue_name(light, chroma, hue)


def _hue_name(light: float, chroma: float, hue: float) -> str:
    if hue < 20 or hue >= 345:
        return Colour.RED if chroma > 38 and light < 55 else Colour.PINK if light > 45 else Colour.RED
    if hue < 48:
        return Colour.RED if chroma > 45 and light < 60 else Colour.PINK if light > 65 else Colour.BROWN
    if hue < 72:
        return Colour.ORANGE if chroma > 45 and light > 50 else Colour.WHITE if light > 75 and chroma < 16 else Colour.BROWN
    if hue < 105:
        if chroma < 20:
            return Colour.WHITE if light > 70 else Colour.BROWN if light > 20 else Colour.BLACK
        return Colour.YELLOW if light > 55 else Colour.BROWN if hue < 95 else Colour.GREEN
    if hue < 200:
        return Colour.GREEN
    if hue < 297:
        return Colour.BLUE
    if hue < 322:
        return Colour.PURPLE if light > 18 else Colour.BLUE
    return Colour.PURPLE if light < 42 else Colour.PINK
