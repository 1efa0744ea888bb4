"""What a garment's outline says: the mask set upright, and its widths and lengths in pixels of the upright mask."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.arrays import Floats, Mask
from studio.vision.outline_quality import overlap, symmetry

SIDE = 256
TILTS_DEG = (-20, -16, -12, -9, -6, -4, -2, 0, 2, 4, 6, 9, 12, 16, 20)
SHOULDER_SHARE = 0.72
SLACK_SHARE = 0.07
HIGH_SHARE = 0.42


@dataclass(frozen=True, eq=False)
class Outline:
    """A mask turned upright and cropped to the garment, its longer side SIDE pixels; `axis` is its middle column."""

    mask: Mask
    axis: float
    tilt_deg: float
    symmetry: float

    @property
    def height(self) -> int:
        return int(self.mask.shape[0])

    def widths(self) -> Floats:
        """(height,) garment pixels a row."""
        return np.asarray(self.mask.sum(axis=1), dtype=np.float64)

    def core_widths(self) -> Floats:
        """(height,) length of the run of garment pixels that holds the axis; 0 where the axis is outside."""
        widths = np.zeros(self.height)
        middle = int(np.clip(round(self.axis), 0, self.mask.shape[1] - 1))
        for row, line in enumerate(self.mask):
            if line[middle]:
                left, right = np.flatnonzero(~line[:middle]), np.flatnonzero(~line[middle:])
                start = left[-1] + 1 if len(left) else 0
                end = middle + right[0] if len(right) else len(line)
                widths[row] = end - start
        return widths

    def width_at(self, low: float, high: float) -> float:
        """Median core width between two heights, as shares from the top (0) to the hem (1)."""
        part = self.core_widths()[int(low * self.height) : max(int(high * self.height), int(low * self.height) + 1)]
        part = part[part > 0]
        return float(np.median(part)) if len(part) else float(self.mask.shape[1])


def upright(mask: Mask) -> Outline:
    """The outline of a mask (h, w), turned by the tilt of its best mirror axis if that is clearly better than none."""
    small = _cropped(mask, SIDE // 2)
    scores = {tilt: symmetry(_turned(small, tilt)) for tilt in TILTS_DEG}
    best = max(TILTS_DEG, key=lambda tilt: (scores[tilt], -abs(tilt)))
    tilt = best if scores[best] > scores[0] + 0.02 else 0
    big = _cropped(_turned(_cropped(mask, SIDE), tilt), SIDE)
    return Outline(big, _axis(big), float(tilt), scores[tilt])


def _cropped(mask: Mask, side: int) -> Mask:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    part = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = side / max(part.shape)
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(part.astype(np.float32), size, interpolation=method) > 0.5)


def _turned(mask: Mask, tilt_deg: float) -> Mask:
    height, width = mask.shape
    reach = int(np.hypot(height, width)) + 2
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), tilt_deg, 1.0), dtype=np.float64)
    turn[:, 2] += reach / 2 - np.array([width / 2, height / 2])
    return np.asarray(cv2.warpAffine(mask.astype(np.float32), turn, (reach, reach)) > 0.5)


def _axis(mask: Mask) -> float:
    """The column about which the mask is most symmetrical."""
    width = mask.shape[1]
    centre = float(np.nonzero(mask)[1].mean())
    best, axis = -1.0, centre
    for shift in np.linspace(-0.08, 0.08, 17) * width:
        mirror = np.array([[-1, 0, 2 * (centre + shift)], [0, 1, 0]])
        flipped = cv2.warpAffine(mask.astype(np.uint8), mirror, mask.shape[::-1], flags=cv2.INTER_NEAREST) > 0
        score = overlap(mask, flipped)
        if score > best:
            best, axis = score, centre + float(shift)
    return axis


@dataclass(frozen=True)
class TopShape:
    """A top or dress, in pixels of its outline. Sleeves are measured from the shoulder to their farthest point."""

    chest: float
    waist: float
    hem: float
    length: float
    sleeve_left: float
    sleeve_right: float

    @property
    def sleeve(self) -> float:
        """The longer sleeve: the other may be folded under."""
        return max(self.sleeve_left, self.sleeve_right)

    @property
    def sleeves_agree(self) -> bool:
        return min(self.sleeve_left, self.sleeve_right) > 0.75 * self.sleeve


def top_shape(outline: Outline, *, dress: bool) -> TopShape:
    """Chest, waist and hem widths, shoulder-to-hem length and both sleeves."""
    chest = outline.width_at(0.3, 0.42) if dress else outline.width_at(0.5, 0.75)
    narrow = min(outline.width_at(a, a + 0.06) for a in ((0.3, 0.36, 0.42) if dress else (0.5, 0.58, 0.66, 0.74)))
    body = min(chest, 1.1 * narrow)
    full = outline.widths()
    shoulder = int(np.argmax(full >= SHOULDER_SHARE * body))
    lower = outline.mask[:, max(0, int(outline.axis - body / 4)) : int(outline.axis + body / 4) + 1]
    rows = np.flatnonzero(lower.any(axis=1))
    hem_row = int(rows[-1]) if len(rows) else outline.height - 1
    left, right = (_sleeve_length(outline, body, shoulder, side) for side in (-1, 1))
    return TopShape(body, narrow, outline.width_at(0.9, 0.97), float(hem_row - shoulder), left, right)


def _sleeve_length(outline: Outline, body: float, shoulder: int, side: int) -> float:
    """Farthest reach from the shoulder of what lies beyond the body's `side` (-1 left, 1 right) and begins high up."""
    columns = np.arange(outline.mask.shape[1])
    edge = outline.axis + side * (0.5 + SLACK_SHARE) * body
    beyond = outline.mask & ((columns - edge) * side > 0)[None]
    count, parts, facts, _ = cv2.connectedComponentsWithStats(beyond.astype(np.uint8))
    start = np.array([outline.axis + side * 0.42 * body, shoulder])
    reach = 0.0
    for part in range(1, count):
        if facts[part, cv2.CC_STAT_TOP] < HIGH_SHARE * outline.height and facts[part, cv2.CC_STAT_AREA] > 0.002 * body * body:
            rows, across = np.nonzero(parts == part)
            reach = max(reach, float(np.hypot(across - start[0], rows - start[1]).max()))
    return reach


@dataclass(frozen=True)
class LegShape:
    """Trousers or shorts, in pixels of their outline; `crotch` is a row from the top."""

    waist: float
    hip: float
    length: float
    crotch: float
    hem: float

    @property
    def inseam(self) -> float:
        return self.length - self.crotch


def leg_shape(outline: Outline) -> LegShape:
    """Waist, hip and one leg's hem width, outseam, and the crotch: the top of the gap between the legs."""
    top, height, middle = _band_top(outline), outline.height, round(outline.axis)
    reach = max(2, outline.mask.shape[1] // 8)
    rows = np.flatnonzero(outline.mask[:, max(0, middle - reach) : middle + reach + 1].all(axis=1))
    crotch = float(rows[-1]) if len(rows) else 0.45 * height
    full = outline.widths()
    hem = float(np.median(full[int(0.9 * height) : int(0.96 * height) + 1])) / 2
    hip = float(np.median(full[int(0.2 * height) : int(0.3 * height) + 1]))
    return LegShape(_band_width(outline, top), hip, float(height - top), crotch - top, hem)


@dataclass(frozen=True)
class SkirtShape:
    """A skirt, in pixels of its outline."""

    waist: float
    hip: float
    hem: float
    length: float


def skirt_shape(outline: Outline) -> SkirtShape:
    """Waist, hip and hem widths and the length."""
    full, height, top = outline.widths(), outline.height, _band_top(outline)
    hem = float(np.percentile(full[int(0.8 * height) :], 90))
    hip = float(np.median(full[int(0.3 * height) : int(0.4 * height) + 1]))
    return SkirtShape(_band_width(outline, top), hip, hem, float(height - top))


def _band_top(outline: Outline) -> int:
    """The first row of the waistband: hanger loops and straps above it are narrow."""
    full = outline.widths()
    usual = float(np.median(full[int(0.15 * len(full)) : int(0.4 * len(full)) + 1]))
    return int(np.argmax(full >= 0.5 * usual))


def _band_width(outline: Outline, top: int) -> float:
    low = top + max(2, round(0.02 * outline.height))
    return float(np.median(outline.widths()[low : low + max(3, round(0.05 * outline.height))]))
