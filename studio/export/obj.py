"""The garment on the body as Wavefront OBJ with its material and cloth, in one zip."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from PIL import Image

from studio.arrays import Floats, Triangles
from studio.assembly import Assembly
from studio.design import GarmentDesign
from studio.export.glb import MANNEQUIN, MANNEQUIN_COLOUR, cloth_picture, design_cloth
from studio.export.worn_mesh import vertex_normals, worn_meshes
from studio.textures import ClothTexture

NAMES = ("garment.obj", "garment.mtl", "cloth.jpg")
"""The files in the zip."""
_UNDATED = (1980, 1, 1, 0, 0, 0)
_Y_UP = (0, 2, 1)


def garment_obj(assembly: Assembly, design: GarmentDesign, *, with_body: bool = True, cloth: ClothTexture | None = None) -> bytes:
    """A zip of NAMES: one group a piece with texture coordinates and normals; centimetres, y up, front towards +z."""
    worn = cloth or design_cloth(design)
    rows = [
        "# Garment Pattern Studio",
        "# unit: 1 = 1 cm; y up, front towards +z",
        f"# texture: 1 = {worn.tile:g} cm of the pattern",
        f"mtllib {NAMES[1]}",
    ]
    written = 0
    for mesh in worn_meshes(assembly):
        rows += [f"# {mesh.title}", f"g {mesh.name}", "usemtl cloth"]
        rows += _vertices(mesh.points, mesh.normals, mesh.flat / worn.tile)
        rows += _faces(mesh.triangles + written + 1)
        written += len(mesh.points)
    if with_body:
        points, triangles = assembly.mannequin.mesh
        rows += [f"g {MANNEQUIN}", f"usemtl {MANNEQUIN}"]
        rows += _vertices(points, vertex_normals(points, triangles), np.zeros((len(points), 2)))
        rows += _faces(triangles + written + 1)
    picture = io.BytesIO()
    Image.fromarray(cloth_picture(worn)).save(picture, "JPEG", quality=90)
    return _zipped(("\n".join(rows) + "\n").encode(), _material(), picture.getvalue())


def _vertices(points: Floats, normals: Floats, texture: Floats) -> list[str]:
    """Lines v, vt and vn, y up."""
    turned, facing = (_turned(part) for part in (points, normals))
    rows = [f"v {x:.3f} {y:.3f} {z:.3f}" for x, y, z in turned.tolist()]
    rows += [f"vt {u:.4f} {v:.4f}" for u, v in texture.tolist()]
    return rows + [f"vn {x:.3f} {y:.3f} {z:.3f}" for x, y, z in facing.tolist()]


def _turned(vectors: Floats) -> Floats:
    return vectors[:, _Y_UP] * (1.0, 1.0, -1.0)


def _faces(numbers: Triangles) -> list[str]:
    return [f"f {a}/{a}/{a} {b}/{b}/{b} {c}/{c}/{c}" for a, b, c in numbers.tolist()]


def _material() -> bytes:
    body = " ".join(f"{share ** (1 / 2.2):.3f}" for share in MANNEQUIN_COLOUR)
    rows = ["newmtl cloth", "Kd 1 1 1", "Ks 0 0 0", "illum 1", f"map_Kd {NAMES[2]}", ""]
    rows += [f"newmtl {MANNEQUIN}", f"Kd {body}", "Ks 0 0 0", "illum 1", ""]
    return "\n".join(rows).encode()


def _zipped(*contents: bytes) -> bytes:
    """The NAMES with their contents; the same contents give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in zip(NAMES, contents, strict=True):
            archive.writestr(zipfile.ZipInfo(name, _UNDATED), content, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()
