"""The garment on the body as a GLB: one named mesh a piece, cloth at its true scale, metres, y up, front towards +z."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.arrays import Floats, Picture, Points3
from studio.assembly import Assembly
from studio.design import GarmentDesign
from studio.export.ease_map import STRAIN, ColourScale, ease_colours
from studio.export.gltf import Body, Material, binary_gltf
from studio.export.worn_mesh import WornMesh, vertex_normals, worn_meshes
from studio.pattern import Role
from studio.textures import ClothTexture, Decal, cloth_texture, linear
from studio.vocabulary import Colour, Fabric, Print

MANNEQUIN = "mannequin"
MANNEQUIN_COLOUR = (0.6, 0.56, 0.47)
"""Linear light of the dress form: unbleached calico."""
MATT = 0.95
"""Roughness of the dress form."""
CLOTH_ROUGHNESS = 0.9
"""Roughness of cloth without any sheen; sheen takes `_POLISH` times itself off (cotton 0.85, silk 0.5)."""
_POLISH = 1.8
PICTURE_SIDE = 512
"""Largest side of a picture in the file, pixels."""
_QUALITY = 84
_DECAL_SIDE = 256
_DECAL_LIFT = 0.12
"""A picture printed on the chest lies this far above the cloth, cm, so that the two do not flicker."""
_Y_UP = np.array(((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0)))
"""Garment space (z up, front towards -y) to glTF's axes, as rows."""


def garment_glb(assembly: Assembly, design: GarmentDesign, *, with_body: bool = True, cloth: ClothTexture | None = None) -> bytes:
    """The worn garment in the design's cloth, or in `cloth`, such as one taken from a photo; and the mannequin.

    Texture coordinates are centimetres of the pattern over the size of the tile, so that a stripe of 1 cm is 1 cm on the
    body and runs along the grain. Every node carries its piece's name and title as extras.
    """
    if cloth is None:
        cloth = design_cloth(design)
    material = Material(design.style.fabric.value, np.ones(3), _roughness(cloth), _jpeg(_screen(cloth.pixels)))
    meshes = worn_meshes(assembly)
    bodies = [_piece(mesh, material, texture=_turned_down(mesh.flat) / cloth.tile) for mesh in meshes]
    if cloth.decal is not None:
        bodies += _decals(assembly, meshes, cloth.decal, material.roughness)
    return binary_gltf(bodies + ([_mannequin(assembly)] if with_body else []), title=_title(design))


def ease_glb(
    assembly: Assembly,
    design: GarmentDesign,
    values: Mapping[str, Floats],
    *,
    scale: ColourScale = STRAIN,
    with_body: bool = True,
) -> bytes:
    """The worn garment coloured by a value at every point of every piece, in %, instead of in its cloth."""
    plain = Material(scale.title, np.ones(3), 1.0)
    bodies = []
    for mesh in worn_meshes(assembly):
        shades = linear(ease_colours(values[mesh.name][mesh.source], scale=scale) / 255.0)
        bodies.append(_piece(mesh, plain, colours=shades))
    return binary_gltf(bodies + ([_mannequin(assembly)] if with_body else []), title=_title(design))


def design_cloth(design: GarmentDesign) -> ClothTexture:
    """The tile of the design's fabric, colour and print."""
    return _cloth_of(design.style.fabric, design.style.colour, design.style.pattern)


def cloth_picture(cloth: ClothTexture) -> Picture:
    """(n, n, 3) screen colours of a cloth's tile, n at most PICTURE_SIDE."""
    return _screen(cloth.pixels)


@functools.lru_cache(maxsize=32)
def _cloth_of(fabric: Fabric, colour: Colour, pattern: Print) -> ClothTexture:
    return cloth_texture(fabric, colour, pattern)


def _roughness(cloth: ClothTexture) -> float:
    return max(CLOTH_ROUGHNESS - _POLISH * cloth.sheen, 0.3)


def _title(design: GarmentDesign) -> str:
    return f"{design.garment_type} {design.style.colour} {design.style.fabric}"


def _piece(mesh: WornMesh, material: Material, *, texture: Floats | None = None, colours: Floats | None = None) -> Body:
    extras = {"piece": mesh.name, "title": mesh.title}
    points, normals = _metres(mesh.points), mesh.normals @ _Y_UP.T
    return Body(mesh.name, points, normals, mesh.triangles, material, texture, colours, extras)


def _mannequin(assembly: Assembly) -> Body:
    points, triangles = assembly.mannequin.mesh
    material = Material(MANNEQUIN, np.array(MANNEQUIN_COLOUR), MATT)
    normals = vertex_normals(points, triangles) @ _Y_UP.T
    return Body(MANNEQUIN, _metres(points), normals, triangles, material, extras={"title": "Mannequin"})


def _metres(points: Points3) -> Points3:
    """Garment space, cm, in glTF's axes and metres."""
    turned: Points3 = points @ _Y_UP.T / 100
    return turned


def _turned_down(flat: Floats) -> Floats:
    """Places on the table, y up, with v running down as pictures do."""
    return flat * (1.0, -1.0)


def _decals(assembly: Assembly, meshes: tuple[WornMesh, ...], decal: Decal, roughness: float) -> list[Body]:
    """The chest picture: the part of the fronts that it covers, once more, a little above the cloth."""
    high, wide = decal.pixels.shape[:2]
    size = decal.width * np.array((1.0, high / wide))
    material = Material("chest picture", np.ones(3), roughness, _png(decal.pixels), is_decal=True)
    fronts = {part.name for part in assembly.surfaces if part.role == Role.FRONT}
    shown = [mesh for mesh in meshes if mesh.name in fronts]
    corner = np.array((-size[0] / 2, size[1] / 2 - decal.drop))
    bodies = []
    for mesh in shown:
        place = (mesh.flat - corner) * (1.0, -1.0) / size
        corners = place[mesh.triangles]
        covered = ((corners.max(axis=1) > 0) & (corners.min(axis=1) < 1)).all(axis=1)
        used, triangles = np.unique(mesh.triangles[covered], return_inverse=True)
        if len(used):
            points = _metres(mesh.points[used] + _DECAL_LIFT * mesh.normals[used])
            normals = mesh.normals[used] @ _Y_UP.T
            extras = {"piece": mesh.name, "title": f"{mesh.title}, picture"}
            name = f"{mesh.name}_picture"
            bodies.append(Body(name, points, normals, triangles.reshape(-1, 3), material, place[used], None, extras))
    return bodies


def _screen(pixels: NDArray[np.float32]) -> Picture:
    """Reflectances in linear light as screen colours (sRGB, IEC 61966-2-1), halved until they are small enough."""
    while pixels.shape[0] > PICTURE_SIDE:
        pixels = 0.25 * (pixels[::2, ::2] + pixels[1::2, ::2] + pixels[::2, 1::2] + pixels[1::2, 1::2])
    screen: Picture = _CURVE[np.rint(np.clip(pixels, 0, 1) * (len(_CURVE) - 1)).astype(np.intp)]
    return screen


def _curve() -> Picture:
    light = np.linspace(0, 1, 4096)
    screen: Floats = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    curve: Picture = np.rint(255 * screen).astype(np.uint8)
    return curve


_CURVE = _curve()


def _jpeg(picture: Picture) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _png(pixels: NDArray[np.float32]) -> bytes:
    """A picture with its cover, 256 pixels a side, an empty pixel all round: beyond its edge the last pixel goes on."""
    colour, cover = _screen(pixels[..., :3]), np.rint(255 * pixels[..., 3:]).astype(np.uint8)
    whole = Image.fromarray(np.concatenate((colour, cover), axis=-1)).resize((_DECAL_SIDE, _DECAL_SIDE))
    framed = np.asarray(whole).copy()
    framed[[0, -1], :, 3], framed[:, [0, -1], 3] = 0, 0
    stream = io.BytesIO()
    Image.fromarray(framed).save(stream, "PNG")
    return stream.getvalue()
