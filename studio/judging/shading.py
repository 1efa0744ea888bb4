"""Pictures of the worn garment as a camera would take them: cloth by pattern place, soft shadows, corners in shade.

Shadows come from a depth buffer seen from the lamp, softened by comparing at a dozen places round a point (percentage-closer
filtering: Reeves, Salesin, Cook, "Rendering antialiased shadows with depth maps", 1987). Every pixel is the mean of 2 x 2 places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.arrays import AnyArray, Floats, Picture
from studio.judging.backdrop import Backdrop, Surround, surround_of
from studio.judging.camera import Camera, bounding_box
from studio.judging.corners import occlusion
from studio.judging.projection import piece_map, screen_colour
from studio.judging.raster import rasterised
from studio.judging.sampling import lay_decal, read_cloth, sharpness
from studio.judging.scene import Scene
from studio.textures import ClothTexture, hex_colour
from studio.weaves import RUMPLE_TILE, rumpled

Packed = tuple[Any, ...]
"""Arrays and numbers that belong together, as the compiled functions take them."""

SHADOW_SIDE = 640
TAPS = 12
"""Comparisons with the shadow map for one place."""
_TURNS = 2.399963 * np.arange(TAPS)
_SINES = np.sin(_TURNS) * np.sqrt((np.arange(TAPS) + 0.5) / TAPS)
_COSINES = np.cos(_TURNS) * np.sqrt((np.arange(TAPS) + 0.5) / TAPS)


@dataclass(frozen=True, eq=False)
class Light:
    """One large lamp and the light of the room.

    The lamp stands `azimuth_deg` to the right of the camera and `elevation_deg` above; `key` and `fill` are their (3,) linear
    strengths, `soft` the radius of the shadow's border on the garment in cm.
    """

    azimuth_deg: float = -35.0
    elevation_deg: float = 40.0
    key: Floats = field(default_factory=lambda: np.array((0.74, 0.72, 0.69)))
    fill: Floats = field(default_factory=lambda: np.array((0.52, 0.53, 0.55)))
    soft: float = 1.6


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture (h, w, 3), 8 bits, with the (h, w) map of the pieces and (h, w) depth under the middle of every pixel.

    `coverage` (h, w) is the share of a pixel, of 1, that the garment covers.
    """

    picture: Picture
    pieces: NDArray[np.uint8]
    depth: NDArray[np.float32]
    coverage: NDArray[np.float32]


def photographed(
    scene: Scene,
    camera: Camera,
    texture: ClothTexture,
    *,
    light: Light | None = None,
    surround: Surround | None = None,
    mannequin: str = "#cfc6ba",
) -> Shot:
    """The scene as a product picture: this cloth, this light, this background; the mannequin matt in a "#rrggbb" colour."""
    lamp = light or Light()
    room = surround or surround_of(Backdrop.SEAMLESS, seed=0)
    fine = camera.times(2)
    projected = scene.projected(fine)
    raster = rasterised(projected, scene.triangles, fine.size)
    shadow, lamp_camera = shadow_map(scene, camera, lamp)
    shade = occlusion(raster, fine)
    decal = texture.decal
    drawing = decal.pixels if decal is not None else np.zeros((1, 1, 4), np.float32)
    placed = (decal.drop, decal.width) if decal is not None else (0.0, 0.0)
    pyramid, starts = texture.pyramid
    levels = sharpness(scene, projected, texture)
    linear = np.empty((*camera.size, 3), dtype=np.float32)
    coverage = np.zeros(camera.size, dtype=np.float32)
    _shaded(
        (raster.triangle, raster.weights, scene.triangles, scene.piece, scene.printed),
        (scene.points, scene.normals, scene.flat, shade, scene.tangents),
        (pyramid, starts, texture.tile, levels, texture.sheen, texture.fuzz, texture.rumple, rumpled(), RUMPLE_TILE),
        (drawing, *placed, hex_colour(mannequin)),
        (fine.eye, fine.axes, fine.scale, np.array(fine.middle), fine.is_central),
        (shadow, np.vstack((lamp_camera.axes, lamp_camera.eye, (*lamp_camera.middle, lamp_camera.scale)))),
        (lamp.key, lamp.fill, lamp.soft),
        (room.wall, room.floor, room.tile, room.away, room.cove, room.is_lit),
        linear,
        coverage,
    )
    picture = np.rint(255 * screen_colour(linear)).astype(np.uint8)
    exact = rasterised(scene.projected(camera), scene.triangles, camera.size)
    return Shot(picture, piece_map(scene, exact), exact.depth(camera), coverage)


def shadow_map(scene: Scene, camera: Camera, light: Light) -> tuple[NDArray[np.float32], Camera]:
    """(side, side) distance from the lamp to what it reaches first, cm, infinite where that is nothing; and the lamp's view."""
    azimuth = math.degrees(math.atan2(-camera.axes[2, 0], camera.axes[2, 1])) + light.azimuth_deg
    view = Camera.framing(
        bounding_box(scene.points),
        size=(SHADOW_SIDE, SHADOW_SIDE),
        azimuth_deg=azimuth,
        elevation_deg=light.elevation_deg,
        margin=0.02,
    )
    return rasterised(scene.projected(view), scene.triangles, view.size).depth(view), view


@njit(cache=True)
def _lamplight(x: float, y: float, z: float, shadow: AnyArray, lamp: AnyArray, radius: float, bias: float) -> float:
    """Share of the lamp's light that reaches a point, from TAPS comparisons on a spiral of `radius` cm; `lamp` is (5, 3)."""
    px, py, pz = x - lamp[3, 0], y - lamp[3, 1], z - lamp[3, 2]
    scale = lamp[4, 2]
    column = lamp[4, 0] + scale * (px * lamp[0, 0] + py * lamp[0, 1] + pz * lamp[0, 2])
    row = lamp[4, 1] - scale * (px * lamp[1, 0] + py * lamp[1, 1] + pz * lamp[1, 2])
    away = px * lamp[2, 0] + py * lamp[2, 1] + pz * lamp[2, 2] - bias
    free = 0
    for tried in range(TAPS):
        step = TAPS - 1 - tried
        if tried == 5 and free in (0, 5):
            return free / 5
        reach = radius * scale
        i = math.floor(row + reach * _SINES[step])
        j = math.floor(column + reach * _COSINES[step])
        if i < 0 or j < 0 or i >= shadow.shape[0] or j >= shadow.shape[1] or away <= shadow[i, j]:
            free += 1
    return free / TAPS


@njit(cache=True)
def _tiled(tile: AnyArray, u: float, v: float, channel: int) -> float:
    side = tile.shape[0]
    column, row = math.floor(u * side), math.floor(v * side)
    fu, fv = u * side - column, v * side - row
    j, i = int(column) % side, int(row) % side
    right, below = (j + 1) % side, (i + 1) % side
    upper = tile[i, j, channel] * (1 - fu) + tile[i, right, channel] * fu
    lower = tile[below, j, channel] * (1 - fu) + tile[below, right, channel] * fu
    return float(upper * (1 - fv) + lower * fv)


@njit(cache=True)
def _behind(
    row: int, column: int, size: tuple[int, int], camera: Packed, lamp: Packed, lights: Packed, room: Packed, out: AnyArray
) -> None:
    """Writes the background of one pixel of the final picture into `out` (3,)."""
    eye, axes, scale, middle, central = camera
    key, fill, _ = lights
    wall, floor, tile, away, cove, is_lit = room
    if not is_lit:
        for channel in range(3):
            out[channel] = _tiled(wall, (column + 0.5) / size[1], (row + 0.5) * 0.996 / size[0], channel)
        return
    right, up = (2 * column + 1 - middle[0]) / scale, (middle[1] - 2 * row - 1) / scale
    start, way = np.empty(3), np.empty(3)
    for axis in range(3):
        aside = right * axes[0, axis] + up * axes[1, axis]
        start[axis] = eye[axis] + (0.0 if central else aside)
        way[axis] = axes[2, axis] + (aside if central else 0.0)
    level = 1.0 / math.sqrt(axes[2, 0] ** 2 + axes[2, 1] ** 2)
    into_x, into_y = axes[2, 0] * level, axes[2, 1] * level
    to_wall = (away - start[0] * into_x - start[1] * into_y) / max(way[0] * into_x + way[1] * into_y, 1e-6)
    to_floor = -start[2] / way[2] if way[2] < -1e-9 else 1e9
    on_floor = to_floor < to_wall
    far = min(to_floor, to_wall)
    x, y, z = start[0] + far * way[0], start[1] + far * way[1], start[2] + far * way[2]
    across, deep = x * into_y * -1.0 + y * into_x, x * into_x + y * into_y
    corner = away - deep if on_floor else z
    turned = 0.5 * max(0.0, 1 - corner / cove)
    flat = 1 - turned if on_floor else turned
    shadow, beam = lamp
    lx, ly, lz = -beam[2, 0], -beam[2, 1], -beam[2, 2]
    nx, ny, nz = -into_x * (1 - flat), -into_y * (1 - flat), flat
    bright = max((nx * lx + ny * ly + nz * lz) / math.sqrt(nx * nx + ny * ny + nz * nz), 0.0)
    lit = bright * _lamplight(x, y, z, shadow, beam, 5.0, 0.5)
    foot = (
        1
        - 0.45 * math.exp(-((x / 24) ** 2 + ((y + 2) / 20) ** 2) - z * 0.1)
        - 0.12 * math.exp(-((corner / 12) ** 2)) * (cove < 5)
    )
    for channel in range(3):
        if on_floor:
            colour = _tiled(floor, across / tile, deep / tile, channel)
        else:
            colour = _tiled(wall, across / tile, z / tile, channel)
        out[channel] = colour * (fill[channel] * (0.8 + 0.2 * flat) * foot + key[channel] * lit)


@njit(cache=True, inline="always")
def _blend(values: AnyArray, triangles: AnyArray, face: int, spot: AnyArray, out: AnyArray) -> None:
    """Writes what lies at the weights `spot` of a triangle between the (n, 3) values of its corners into `out` (3,)."""
    i, j, k = triangles[face, 0], triangles[face, 1], triangles[face, 2]
    for axis in range(3):
        out[axis] = spot[0] * values[i, axis] + spot[1] * values[j, axis] + spot[2] * values[k, axis]


@njit(cache=True, inline="always")
def _rumple(tangents: AnyArray, face: int, slopes: AnyArray, u: float, v: float, amount: float, normal: AnyArray) -> None:
    """Tilts a normal as the creases at (u, v) shares of their tile do."""
    across, along = amount * _tiled(slopes, u, -v, 0), -amount * _tiled(slopes, u, -v, 1)
    for axis in range(3):
        normal[axis] -= across * tangents[face, 0, axis] + along * tangents[face, 1, axis]


@njit(cache=True, inline="always")
def _surface(
    face: int,
    spot: AnyArray,
    triangles: AnyArray,
    piece: AnyArray,
    printed: AnyArray,
    normals: AnyArray,
    flat: AnyArray,
    tangents: AnyArray,
    pyramid: AnyArray,
    starts: AnyArray,
    levels: AnyArray,
    slopes: AnyArray,
    decal: AnyArray,
    mannequin: AnyArray,
    sizes: tuple[float, float, float, float, float],
    base: AnyArray,
    normal: AnyArray,
) -> None:
    """Writes reflectance and unit-length normal at the weights `spot` of a triangle."""
    tile, drop, width, rumple, rumple_tile = sizes
    a, b, c = spot[0], spot[1], spot[2]
    for axis in range(3):
        normal[axis] = a * normals[face, 0, axis] + b * normals[face, 1, axis] + c * normals[face, 2, axis]
    for channel in range(3):
        base[channel] = mannequin[channel]
    if piece[face] > 0:
        i, j, k = triangles[face, 0], triangles[face, 1], triangles[face, 2]
        x = a * flat[i, 0] + b * flat[j, 0] + c * flat[k, 0]
        y = a * flat[i, 1] + b * flat[j, 1] + c * flat[k, 1]
        read_cloth(pyramid, starts, tile, x, y, levels[face], base)
        if printed[face] and width > 0:
            lay_decal(decal, drop, width, x, y, base)
        _rumple(tangents, face, slopes, x / rumple_tile, y / rumple_tile, rumple, normal)
    length = math.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2 + 1e-12)
    for axis in range(3):
        normal[axis] /= length


@njit(cache=True, inline="always")
def _lit(
    point: AnyArray,
    normal: AnyArray,
    base: AnyArray,
    is_cloth: bool,
    shade: float,
    gloss: tuple[float, float],
    view: tuple[AnyArray, AnyArray, bool],
    shadow: AnyArray,
    beam: AnyArray,
    key: AnyArray,
    fill: AnyArray,
    soft: float,
    total: AnyArray,
) -> None:
    """Adds the light that leaves a place of the surface towards the camera to `total` (3,)."""
    sheen, fuzz = gloss
    eye, ahead, central = view
    nx, ny, nz = normal[0], normal[1], normal[2]
    lx, ly, lz = -beam[2, 0], -beam[2, 1], -beam[2, 2]
    vx, vy, vz = -ahead[0], -ahead[1], -ahead[2]
    if central:
        vx, vy, vz = eye[0] - point[0], eye[1] - point[1], eye[2] - point[2]
    long = 1.0 / math.sqrt(vx * vx + vy * vy + vz * vz)
    facing = (nx * vx + ny * vy + nz * vz) * long
    if facing < 0:
        nx, ny, nz, facing = -nx, -ny, -nz, -facing
    direct = (nx * lx + ny * ly + nz * lz + 0.12) / 1.12
    lit, shine = 0.0, 0.0
    if direct > 0:
        lit = direct * _lamplight(point[0] + 0.8 * nx, point[1] + 0.8 * ny, point[2] + 0.8 * nz, shadow, beam, soft, 0.7)
        if is_cloth and sheen > 0:
            hx, hy, hz = lx + vx * long, ly + vy * long, lz + vz * long
            half = max((nx * hx + ny * hy + nz * hz) / math.sqrt(hx * hx + hy * hy + hz * hz), 0.0)
            shine = sheen * lit * half**18
    sky = (0.62 + 0.38 * (0.5 + 0.5 * nz)) * shade
    rim = fuzz * (1 - min(facing, 1.0)) ** 3 if is_cloth else 0.0
    for channel in range(3):
        falling = fill[channel] * sky + key[channel] * lit
        total[channel] += (base[channel] * (1 + rim) + 0.25 * rim * base[channel] ** 0.5) * falling + shine * key[channel]


@njit(cache=True)
def _shaded(
    seen: Packed,
    surface: Packed,
    cloth: Packed,
    extra: Packed,
    camera: Packed,
    lamp: Packed,
    lights: Packed,
    room: Packed,
    linear: AnyArray,
    coverage: AnyArray,
) -> None:
    """Writes linear light (h, w, 3) and the garment's coverage (h, w) from a raster of twice the size."""
    triangle, weights, triangles, piece, printed = seen
    points, normals, flat, shade, tangents = surface
    pyramid, starts, tile, levels, sheen, fuzz, rumple, slopes, rumple_tile = cloth
    decal, drop, width, mannequin = extra
    sizes = (tile, drop, width, rumple, rumple_tile)
    shadow, beam = lamp
    key, fill, soft = lights
    gloss = (sheen, fuzz)
    eye, ahead, central = camera[0], camera[1][2], camera[4]
    size = (linear.shape[0], linear.shape[1])
    behind, total, base = np.empty(3), np.empty(3), np.empty(3)
    point, normal, spot = np.empty(3), np.empty(3), np.empty(3)
    for row in range(size[0]):
        for column in range(size[1]):
            total[:] = 0.0
            empty, worn = 0, 0
            for sub in range(4):
                i, j = 2 * row + sub // 2, 2 * column + sub % 2
                face = triangle[i, j]
                if face < 0:
                    empty += 1
                    continue
                worn += piece[face] > 0
                spot[1], spot[2] = weights[i, j, 0], weights[i, j, 1]
                spot[0] = 1 - spot[1] - spot[2]
                _blend(points, triangles, face, spot, point)
                _surface(
                    face,
                    spot,
                    triangles,
                    piece,
                    printed,
                    normals,
                    flat,
                    tangents,
                    pyramid,
                    starts,
                    levels,
                    slopes,
                    decal,
                    mannequin,
                    sizes,
                    base,
                    normal,
                )
                _lit(
                    point,
                    normal,
                    base,
                    piece[face] > 0,
                    shade[i, j],
                    gloss,
                    (eye, ahead, central),
                    shadow,
                    beam,
                    key,
                    fill,
                    soft,
                    total,
                )
            if empty > 0:
                _behind(row, column, size, camera, lamp, lights, room, behind)
                for channel in range(3):
                    total[channel] += empty * behind[channel]
            coverage[row, column] = worn / 4.0
            for channel in range(3):
                linear[row, column, channel] = total[channel] / 4.0
