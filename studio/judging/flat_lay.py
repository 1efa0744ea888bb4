"""The technical flat as a picture: the garment of the same cloth laid on a table and photographed from above."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.arrays import AnyArray, Floats, Mask, Picture, Point2, Points2
from studio.flat import FlatLine, FlatView, Stroke
from studio.judging.projection import screen_colour
from studio.judging.sampling import lay_decal, read_cloth
from studio.textures import ClothTexture
from studio.weaves import RUMPLE_TILE, rumpled

_FINE = 2
_SUBPIXEL = 16
_EDGE = 1.1
"""How far from its edge laid cloth is rounded off, cm."""
_HALVES = ("left", "right")


@dataclass(frozen=True, eq=False)
class LaidPicture:
    """A picture (h, w, 3) of 8 bits, the (h, w) mask of the garment and its landmarks, (column, row) in pixels."""

    picture: Picture
    mask: Mask
    landmarks: Mapping[str, Point2]


@dataclass(frozen=True, eq=False)
class _Table:
    """Where centimetres of the flat fall in a picture of (height, width) `size`."""

    size: tuple[int, int]
    scale: float
    centre: Point2

    def pixels(self, points: Points2) -> Points2:
        """(n, 2) places (column, row) of points of the flat."""
        height, width = self.size
        spots: Points2 = (points - self.centre) * (self.scale, -self.scale) + (width / 2, height / 2)
        return spots

    def filled(self, points: Points2) -> Mask:
        """(h, w) the pixels whose middle lies in a closed outline, to a sixteenth of a pixel."""
        image = np.zeros(self.size, dtype=np.uint8)
        corners = np.rint((self.pixels(points) - 0.5) * _SUBPIXEL).astype(np.int32)
        cv2.fillPoly(image, [corners], 1, lineType=cv2.LINE_8, shift=int(math.log2(_SUBPIXEL)))
        return image.astype(bool)

    def stroked(self, lines: list[Points2], width: float) -> NDArray[np.float32]:
        """(h, w) how much of a pixel lines of `width` cm cover."""
        image = np.zeros(self.size, dtype=np.uint8)
        runs = [np.rint((self.pixels(line) - 0.5) * _SUBPIXEL).astype(np.int32) for line in lines]
        thick = max(1, round(width * self.scale))
        cv2.polylines(image, runs, False, 255, thick, cv2.LINE_AA, int(math.log2(_SUBPIXEL)))
        return image.astype(np.float32) / np.float32(255)


def laid_picture(
    view: FlatView, texture: ClothTexture, *, size: tuple[int, int], ground: Floats, turn_deg: float = 0.0, margin: float = 0.07
) -> LaidPicture:
    """One view of a flat, filled with cloth, on a table of the (3,) linear colour `ground`, turned `turn_deg` against the clock.

    Sleeves carry the cloth along their own length; what lies behind the front neckline is the inside of the back.
    """
    low, high = (edge(_turned(view.outline, turn_deg), axis=0) for edge in (np.min, np.max))
    scale = float(np.min((1 - 2 * margin) * np.array(size[::-1]) / (high - low)))
    table = _Table((size[0] * _FINE, size[1] * _FINE), scale * _FINE, (low + high) / 2)
    shown = _turned_view(view, turn_deg)
    mask = table.filled(shown.outline)
    cloth = _cloth(shown, table, mask, texture, turn_deg)
    light = _relief(table, mask, texture.rumple)
    for line in shown.lines:
        if line.filled:
            _lay_part(table, line, cloth, light, mask)
    back = _inside_back(shown)
    if back is not None:
        light[table.filled(back)] *= 0.5
    light *= _lines(table, shown)
    colours = cloth * light.astype(np.float32)[..., None]
    _buttons(table, shown.buttons, colours)
    linear = _tabletop(table, mask, ground)
    linear[mask] = colours[mask]
    small = np.asarray(cv2.resize(linear, size[::-1], interpolation=cv2.INTER_AREA), dtype=np.float32)
    own = _Table(size, scale, table.centre)
    places = {name: own.pixels(spot[None])[0] for name, spot in shown.landmarks.items()}
    return LaidPicture(np.rint(255 * screen_colour(small)).astype(np.uint8), own.filled(shown.outline), places)


def _turned(points: Points2, turn_deg: float) -> Points2:
    turn = math.radians(turn_deg)
    matrix = np.array(((math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))))
    turned: Points2 = points @ matrix
    return turned


def _turned_view(view: FlatView, turn_deg: float) -> FlatView:
    lines = tuple(replace(line, points=_turned(line.points, turn_deg)) for line in view.lines)
    marks = {name: _turned(spot[None], turn_deg)[0] for name, spot in view.landmarks.items()}
    return FlatView(_turned(view.outline, turn_deg), lines, _turned(view.buttons, turn_deg), marks)


def _cloth(shown: FlatView, table: _Table, mask: Mask, texture: ClothTexture, turn_deg: float) -> NDArray[np.float32]:
    """(h, w, 3) reflectance of the cloth inside the mask, sleeves turned with their axis."""
    level = max(0.0, math.log2(len(texture.pixels) / texture.tile / table.scale))
    colours = np.zeros((*table.size, 3), dtype=np.float32)
    _fill_cloth(texture, table, mask, math.radians(turn_deg), level, colours)
    for side in _HALVES:
        sleeve = _sleeve(shown, side)
        if sleeve is not None:
            run = shown.landmarks[f"shoulder_{side}"] + shown.landmarks[f"armpit_{side}"]
            ends = shown.landmarks[f"sleeve_end_{side}_outer"] + shown.landmarks[f"sleeve_end_{side}_inner"]
            way = run - ends
            plain = ClothTexture(texture.pixels, texture.tile)
            _fill_cloth(plain, table, table.filled(sleeve), math.atan2(way[1], way[0]) - math.pi / 2, level, colours)
    return colours


def _sleeve(shown: FlatView, side: str) -> Points2 | None:
    """The outline of the sleeve on one side of the picture; None without sleeves."""
    marks = shown.landmarks
    if f"sleeve_end_{side}_outer" not in marks:
        return None
    numbers = [_nearest(shown.outline, marks[f"{name}_{side}"]) for name in ("shoulder", "armpit")]
    end = _nearest(shown.outline, marks[f"sleeve_end_{side}_outer"])
    count = len(shown.outline)
    for first, last in (numbers, numbers[::-1]):
        span = (last - first) % count
        if (end - first) % count <= span:
            run = shown.outline[(first + np.arange(span + 1)) % count]
            seams = [line.points for line in shown.lines if line.name == "armhole"]
            if not seams:
                return run
            seam = min(seams, key=lambda points: float(np.min(np.hypot(*(points - run[0]).T))))
            back = seam if np.hypot(*(seam[0] - run[-1])) < np.hypot(*(seam[-1] - run[-1])) else seam[::-1]
            return np.concatenate((run, back))
    return None


def _nearest(points: Points2, spot: Point2) -> int:
    return int(np.argmin(np.sum((points - spot) ** 2, axis=1)))


def _inside_back(shown: FlatView) -> Points2 | None:
    """What shows of the back's inside above an open front neckline; None where a collar or hood hides it."""
    halves = [line.points for line in shown.lines if line.name == "neckline"]
    if len(halves) != 2 or any(line.name in ("hood opening", "collar") for line in shown.lines):
        return None
    marks = shown.landmarks
    first, last = (_nearest(shown.outline, marks[f"neck_{side}"]) for side in ("right", "left"))
    count = len(shown.outline)
    top = shown.outline[(first + np.arange((last - first) % count + 1)) % count]
    down = sorted(halves, key=lambda points: float(np.min(np.hypot(*(points - top[-1]).T))))
    left = down[0] if np.hypot(*(down[0][0] - top[-1])) < np.hypot(*(down[0][-1] - top[-1])) else down[0][::-1]
    right = down[1] if np.hypot(*(down[1][-1] - top[0])) < np.hypot(*(down[1][0] - top[0])) else down[1][::-1]
    return np.concatenate((top, left, right))


def _lay_part(table: _Table, line: FlatLine, cloth: AnyArray, light: AnyArray, mask: Mask) -> None:
    """A collar, lapel, pocket or cuff on top: its own piece of cloth, and a soft shadow round it."""
    part = table.filled(line.points)
    shift = max(1, round(0.35 * table.scale))
    reach = 2 * shift + 1
    shadow = cv2.blur(np.roll(part, (shift // 2, shift // 3), axis=(0, 1)).astype(np.float32), (reach, reach))
    light *= np.where(part, 1.0, 1 - 0.3 * shadow).astype(np.float32)
    moved = np.roll(cloth, (round(3.3 * table.scale), round(1.7 * table.scale)), axis=(0, 1))
    inside = part & np.roll(mask, (round(3.3 * table.scale), round(1.7 * table.scale)), axis=(0, 1))
    cloth[inside] = moved[inside]
    rounded = cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 3) / table.scale
    light[part] *= (0.9 + 0.1 * np.clip(rounded[part] / 0.5, 0, 1)).astype(np.float32)


def _relief(table: _Table, mask: Mask, rumple: float) -> NDArray[np.float32]:
    """(h, w) light on laid cloth: rounded off at its edge, with soft creases, brighter towards the window at the top left."""
    inside = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5) / table.scale
    height = 1 - (1 - np.clip(inside / _EDGE, 0, 1)) ** 2
    dy, dx = np.gradient(cv2.blur(height.astype(np.float32), (5, 5)) * _EDGE * table.scale)
    span = round(RUMPLE_TILE * table.scale)
    tile = cv2.resize(rumpled(), (span, span), interpolation=cv2.INTER_LINEAR)
    rows, columns = (np.arange(length) % span for length in table.size)
    slopes = tile[np.ix_(rows, columns)] * rumple
    bent = 0.16 * np.clip(dx / 1.5, -1, 1) + 0.2 * np.clip(dy / 1.5, -1, 1)
    light: NDArray[np.float32] = (0.92 + bent + 0.55 * slopes[..., 0] + 0.55 * slopes[..., 1]).astype(np.float32)
    return np.clip(light, 0.5, 1.15)


def _lines(table: _Table, shown: FlatView) -> NDArray[np.float32]:
    """(h, w) what seams, edges and stitches leave of the light."""
    rest = np.ones(table.size, dtype=np.float32)
    soft = max(1, round(0.35 * table.scale)) | 1
    seams = [line.points for line in shown.lines if line.stroke == Stroke.SEAM]
    edges = [_closed(line) for line in shown.lines if line.stroke == Stroke.EDGE]
    stitches = [dash for line in shown.lines if line.stroke == Stroke.STITCH for dash in _dashes(line.points)]
    for lines, width, depth in ((seams, 0.2, 0.55), (edges, 0.2, 0.6), (stitches, 0.12, 0.3)):
        if lines:
            drawn = table.stroked(lines, width)
            rest *= 1 - depth * (0.6 * drawn + 0.5 * cv2.blur(drawn, (soft, soft)))
    return rest


def _closed(line: FlatLine) -> Points2:
    return np.concatenate((line.points, line.points[:1])) if line.filled else line.points


def _dashes(points: Points2, *, length: float = 0.45, gap: float = 0.25) -> list[Points2]:
    """A run cut into dashes, cm."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    starts = np.arange(0.0, along[-1], length + gap)
    ticks = np.stack((starts, np.minimum(starts + length, along[-1])), axis=1)
    ends = np.stack([np.interp(ticks, along, points[:, axis]) for axis in (0, 1)], axis=-1)
    return list(ends)


def _buttons(table: _Table, centres: Points2, colours: AnyArray) -> None:
    """Lays buttons of 12 mm with a soft shadow and four holes' worth of shade."""
    radius = 0.6 * table.scale
    reach = math.ceil(1.8 * radius) + 2
    for x, y in table.pixels(centres):
        top, left = max(int(y) - reach, 0), max(int(x) - reach, 0)
        part = colours[top : int(y) + reach, left : int(x) + reach]
        rows, columns = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]] + 0.5
        away = np.hypot(columns - x, rows - y)
        below = np.hypot(columns - x - 0.25 * radius, rows - y - 0.35 * radius)
        part *= 1 - 0.35 * np.clip(1.25 - below / radius, 0, 1)[..., None] ** 0.5
        disc = np.clip(radius - away + 0.5, 0, 1)[..., None]
        shade = 0.62 + 0.2 * np.clip(away / radius, 0, 1) - 0.35 * (np.abs(away - 0.25 * radius) < 0.1 * radius)
        part += disc * (shade[..., None] * np.array((0.8, 0.77, 0.72)) - part)


def _tabletop(table: _Table, mask: Mask, ground: Floats) -> NDArray[np.float32]:
    """(h, w, 3) the table with the garment's soft shadow."""
    soft = round(1.6 * table.scale) | 1
    shift = round(0.6 * table.scale)
    shadow = cv2.blur(np.roll(mask, (shift, shift // 2), axis=(0, 1)).astype(np.float32), (soft, soft))
    shadow = cv2.blur(shadow, (soft, soft))
    rows = np.linspace(1.02, 0.95, table.size[0])[:, None]
    level = (rows * (1 - 0.45 * shadow)).astype(np.float32)
    shown: NDArray[np.float32] = level[..., None] * ground.astype(np.float32)
    return shown


def _fill_cloth(texture: ClothTexture, table: _Table, where: Mask, turn: float, level: float, out: AnyArray) -> None:
    pyramid, starts = texture.pyramid
    decal = texture.decal
    drawing = decal.pixels if decal is not None else np.zeros((1, 1, 4), np.float32)
    drop, width = (decal.drop, decal.width) if decal is not None else (0.0, 0.0)
    frame = np.array((table.size[1] / 2, table.size[0] / 2, table.scale, table.centre[0], table.centre[1]))
    _filled(pyramid, starts, texture.tile, level, drawing, drop, width, frame, turn, where, out)


@njit(cache=True)
def _filled(
    pyramid: AnyArray,
    starts: AnyArray,
    tile: float,
    level: float,
    decal: AnyArray,
    drop: float,
    width: float,
    frame: AnyArray,
    turn: float,
    where: AnyArray,
    out: AnyArray,
) -> None:
    """Writes the cloth of every pixel of a mask, the grain turned by `turn` against the clock."""
    cosine, sine = math.cos(turn), math.sin(turn)
    colour = np.empty(3)
    for row in range(where.shape[0]):
        for column in range(where.shape[1]):
            if not where[row, column]:
                continue
            x = (column + 0.5 - frame[0]) / frame[2] + frame[3]
            y = (frame[1] - row - 0.5) / frame[2] + frame[4]
            u, v = x * cosine + y * sine, y * cosine - x * sine
            read_cloth(pyramid, starts, tile, u, v, level, colour)
            if width > 0:
                lay_decal(decal, drop, width, u, v, colour)
            for channel in range(3):
                out[row, column, channel] = colour[channel]
