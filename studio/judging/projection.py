"""The garment on the body as the picture that a photo is compared with: colour, mask, pieces, depth and landmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.arrays import AnyArray, Mask, Point2, Points3
from studio.assembly import Assembly
from studio.judging.camera import Camera, View, bounding_box
from studio.judging.raster import Raster, rasterised
from studio.judging.sampling import read_cloth, sharpness
from studio.judging.scene import MANNEQUIN, NOTHING, Scene
from studio.textures import ClothTexture, hex_colour

MANNEQUIN_COLOUR = "#d9d0c5"
CLOTH_COLOUR = "#5b8def"
HIDDEN_BEHIND = 2.5
"""A landmark with something this much nearer to the camera before it is hidden, cm."""
_SKY, _GROUND = 1.0, 0.52
_KEY = np.array((-0.35, 0.45, -0.82)) / np.linalg.norm((-0.35, 0.45, -0.82))


@dataclass(frozen=True, eq=False)
class Projection:
    """A picture of the garment on the body and what is where in it.

    `colour` is (h, w, 3) screen colour from 0 to 1 on white, `mask` (h, w) the garment, `pieces` (h, w) numbers into `names`
    with 0 for the mannequin and 255 for nothing, `depth` (h, w) cm along the line of sight, infinite where nothing is seen.
    `landmarks` are (column, row) in pixels; `hidden` names those that lie behind something or outside the picture.
    """

    colour: NDArray[np.float32]
    mask: Mask
    pieces: NDArray[np.uint8]
    depth: NDArray[np.float32]
    names: tuple[str, ...]
    landmarks: Mapping[str, Point2]
    hidden: frozenset[str]


def whole_figure(assembly: Assembly, view: View = View.FRONT, *, size: tuple[int, int] = (512, 512)) -> Camera:
    """Parallel projection of the mannequin and all that it wears, from one of the usual sides."""
    box = bounding_box(assembly.mannequin.mesh[0], *(surface.points for surface in assembly.surfaces))
    return Camera.of_view(box, view, size=size)


def piece_map(scene: Scene, raster: Raster) -> NDArray[np.uint8]:
    """(h, w) number of the piece seen in every pixel: 0 the mannequin, 255 nothing."""
    numbers: NDArray[np.uint8] = np.append(scene.piece, np.uint8(NOTHING))[raster.triangle]
    return numbers


def landmark_pixels(
    places: Mapping[str, Points3], camera: Camera, depth: NDArray[np.float32]
) -> tuple[dict[str, Point2], frozenset[str]]:
    """Where landmarks fall in the picture of that camera with that (h, w) depth, and the names of the hidden ones."""
    if not places:
        return {}, frozenset()
    found = camera.projected(np.array(list(places.values())))
    pixels, hidden = {}, set()
    for name, spot, away in zip(places, found.pixels, found.depth, strict=True):
        pixels[name] = spot
        column, row = int(np.floor(spot[0])), int(np.floor(spot[1]))
        inside = 0 <= row < camera.size[0] and 0 <= column < camera.size[1]
        if not inside or depth[row, column] < away - HIDDEN_BEHIND:
            hidden.add(name)
    return pixels, frozenset(hidden)


def render_3d_to_image(
    assembly: Assembly | Scene,
    *,
    camera: Camera,
    colours: Mapping[str, str] | None = None,
    texture: ClothTexture | None = None,
    landmarks: Mapping[str, Points3] | None = None,
) -> Projection:
    """The garment as this camera sees it, smoothly shaded under a bright sky, always the same for the same arguments.

    `colours` are "#rrggbb" by piece name ('mannequin' too), `texture` clothes all pieces instead; `landmarks` are places in cm
    (see `landmark_places`). A Scene in place of the Assembly saves making it again for a second view.
    """
    scene = assembly if isinstance(assembly, Scene) else Scene.of(assembly)
    projected = scene.projected(camera)
    raster = rasterised(projected, scene.triangles, camera.size)
    pieces = piece_map(scene, raster)
    chosen = {"mannequin": MANNEQUIN_COLOUR, **(colours or {})}
    paints = np.array([hex_colour(chosen.get(name, CLOTH_COLOUR)) for name in scene.names])
    pyramid, starts = texture.pyramid if texture is not None else (np.zeros((1, 3), np.float32), np.zeros(2, np.int64))
    levels = sharpness(scene, projected, texture) if texture is not None else np.zeros(len(scene.triangles))
    tile = texture.tile if texture is not None else 0.0
    light = np.ones((*camera.size, 3), dtype=np.float32)
    key = _KEY @ camera.axes
    seen = (raster.triangle, raster.weights, scene.triangles, scene.piece)
    _lit(*seen, scene.normals, scene.flat, paints, pyramid, starts, tile, levels, camera.axes[2], key, light)
    depth = raster.depth(camera)
    pixels, hidden = landmark_pixels(landmarks or {}, camera, depth)
    mask = (pieces != NOTHING) & (pieces != MANNEQUIN)
    return Projection(screen_colour(light), mask, pieces, depth, scene.names, pixels, hidden)


_STEPS = 8192
_LINEAR = np.linspace(0.0, 1.0, _STEPS + 1)
_SCREEN = np.where(_LINEAR <= 0.0031308, 12.92 * _LINEAR, 1.055 * _LINEAR ** (1 / 2.4) - 0.055).astype(np.float32)


def screen_colour(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """(h, w, 3) linear light as screen colours (sRGB, IEC 61966-2-1), cut off at 0 and 1, in steps finer than 8 bits show."""
    shown = np.empty_like(light)
    _looked_up(light.ravel(), _SCREEN, shown.ravel())
    return shown


@njit(cache=True)
def _looked_up(light: AnyArray, screen: AnyArray, out: AnyArray) -> None:
    for place in range(light.shape[0]):
        level = min(max(light[place], 0.0), 1.0)
        out[place] = screen[int(level * (screen.shape[0] - 1) + 0.5)]


@njit(cache=True)
def _lit(
    triangle: AnyArray,
    weights: AnyArray,
    triangles: AnyArray,
    piece: AnyArray,
    normals: AnyArray,
    flat: AnyArray,
    paints: AnyArray,
    pyramid: AnyArray,
    starts: AnyArray,
    tile: float,
    levels: AnyArray,
    ahead: AnyArray,
    key: AnyArray,
    light: AnyArray,
) -> None:
    """Writes the light of every pixel that shows something: hemisphere and one lamp beside the camera."""
    cloth = np.zeros(3)
    for row in range(triangle.shape[0]):
        for column in range(triangle.shape[1]):
            face = triangle[row, column]
            if face < 0:
                continue
            b, c = weights[row, column, 0], weights[row, column, 1]
            a = 1 - b - c
            nx = a * normals[face, 0, 0] + b * normals[face, 1, 0] + c * normals[face, 2, 0]
            ny = a * normals[face, 0, 1] + b * normals[face, 1, 1] + c * normals[face, 2, 1]
            nz = a * normals[face, 0, 2] + b * normals[face, 1, 2] + c * normals[face, 2, 2]
            turn = 1.0 / np.sqrt(nx * nx + ny * ny + nz * nz + 1e-12)
            if nx * ahead[0] + ny * ahead[1] + nz * ahead[2] > 0:
                turn = -turn
            sky = _GROUND + (_SKY - _GROUND) * (0.5 + 0.5 * nz * turn)
            lamp = max((nx * key[0] + ny * key[1] + nz * key[2]) * turn, 0.0)
            bright = 0.45 * sky + 0.55 * lamp
            for channel in range(3):
                cloth[channel] = paints[piece[face], channel]
            if tile > 0 and piece[face] > 0:
                i, j, k = triangles[face, 0], triangles[face, 1], triangles[face, 2]
                x = a * flat[i, 0] + b * flat[j, 0] + c * flat[k, 0]
                y = a * flat[i, 1] + b * flat[j, 1] + c * flat[k, 1]
                read_cloth(pyramid, starts, tile, x, y, levels[face], cloth)
            for channel in range(3):
                light[row, column, channel] = cloth[channel] * bright
