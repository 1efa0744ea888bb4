"""A scene as one binary glTF 2.0 file (Khronos specification 2.0, sections 3 and 4): meshes, colours, pictures, no extensions."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from studio.arrays import AnyArray, Floats, Points2, Points3, Triangles

GENERATOR = "Garment Pattern Studio"
_MAGIC, _VERSION, _JSON, _BIN = 0x46546C67, 2, 0x4E4F534A, 0x004E4942
_ARRAY_BUFFER, _ELEMENT_BUFFER = 34962, 34963
_SHORT, _WORD, _FLOAT = 5123, 5125, 5126
_SHORT_INDICES = 65535
"""Meshes below this many vertices are indexed by 16 bits; the number itself is reserved."""
_CLAMP, _REPEAT = 33071, 10497
_LINEAR, _LINEAR_MIPMAP_LINEAR = 9729, 9987

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Material:
    """What a surface looks like. `colour` is (3,) linear light; `picture` is a JPEG, or a PNG where it lets the ground through.

    A picture repeats unless it `is_decal`: then it is shown once, its own transparency left open.
    """

    name: str
    colour: Floats
    roughness: float
    picture: bytes = b""
    is_decal: bool = False


@dataclass(frozen=True, eq=False)
class Body:
    """One named mesh: (n, 3) points in metres, y up, front towards +z, with unit normals; (m, 3) triangles.

    `texture` are (n, 2) picture coordinates, v down; `colours` are (n, 3) linear light that multiplies the material's.
    """

    name: str
    points: Points3
    normals: Points3
    triangles: Triangles
    material: Material
    texture: Points2 | None = None
    colours: Floats | None = None
    extras: Mapping[str, object] = field(default_factory=dict)


def binary_gltf(bodies: Sequence[Body], *, title: str) -> bytes:
    """The file: one node and one mesh a body, in their order; a material or picture used twice is stored once."""
    writer = _Writer()
    for body in bodies:
        writer.add(body)
    return writer.file(title)


class _Writer:
    """Buffers and their description, growing body by body."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._tree: Json = {name: [] for name in ("nodes", "meshes", "materials", "accessors", "bufferViews")}
        self._pictures: Json = {name: [] for name in ("textures", "images", "samplers")}
        self._materials: dict[int, int] = {}
        self._images: dict[bytes, int] = {}
        self._samplers: dict[int, int] = {}

    def add(self, body: Body) -> None:
        """One body as a node with a mesh of one primitive."""
        attributes = {
            "POSITION": self._accessor(body.points.astype("<f4"), "VEC3", _ARRAY_BUFFER, bounded=True),
            "NORMAL": self._accessor(body.normals.astype("<f4"), "VEC3", _ARRAY_BUFFER),
        }
        if body.texture is not None and body.material.picture:
            attributes["TEXCOORD_0"] = self._accessor(body.texture.astype("<f4"), "VEC2", _ARRAY_BUFFER)
        if body.colours is not None:
            shades = np.pad(np.rint(np.clip(body.colours, 0, 1) * 65535), ((0, 0), (0, 1)), constant_values=65535)
            attributes["COLOR_0"] = self._accessor(shades.astype("<u2"), "VEC4", _ARRAY_BUFFER, normalised=True)
        width = "<u2" if len(body.points) < _SHORT_INDICES else "<u4"
        primitive = {
            "attributes": attributes,
            "indices": self._accessor(body.triangles.reshape(-1).astype(width), "SCALAR", _ELEMENT_BUFFER),
            "material": self._material(body.material),
        }
        self._tree["meshes"].append({"name": body.name, "primitives": [primitive]})
        node = {"name": body.name, "mesh": len(self._tree["meshes"]) - 1}
        self._tree["nodes"].append(node | ({"extras": dict(body.extras)} if body.extras else {}))

    def file(self, title: str) -> bytes:
        """Header, JSON and buffer, each padded to four bytes."""
        tree: Json = {
            "asset": {"version": "2.0", "generator": GENERATOR},
            "scene": 0,
            "scenes": [{"name": title, "nodes": list(range(len(self._tree["nodes"])))}],
            **self._tree,
            **{name: rows for name, rows in self._pictures.items() if rows},
            "buffers": [{"byteLength": len(self._buffer)}],
        }
        text = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        length = 12 + 8 + len(text) + 8 + len(self._buffer)
        head = struct.pack("<5I", _MAGIC, _VERSION, length, len(text), _JSON)
        return head + text + struct.pack("<2I", len(self._buffer), _BIN) + bytes(self._buffer)

    def _view(self, content: bytes, target: int | None = None) -> int:
        start = len(self._buffer)
        self._buffer += content + bytes(-len(content) % 4)
        view: Json = {"buffer": 0, "byteOffset": start, "byteLength": len(content)}
        self._tree["bufferViews"].append(view | ({"target": target} if target else {}))
        return len(self._tree["bufferViews"]) - 1

    def _accessor(self, values: AnyArray, kind: str, target: int, *, bounded: bool = False, normalised: bool = False) -> int:
        component = {2: _SHORT, 4: _FLOAT if values.dtype.kind == "f" else _WORD}[values.dtype.itemsize]
        accessor: Json = {
            "bufferView": self._view(np.ascontiguousarray(values).tobytes(), target),
            "componentType": component,
            "count": len(values),
            "type": kind,
        }
        if bounded:
            accessor |= {"min": values.min(axis=0).tolist(), "max": values.max(axis=0).tolist()}
        if normalised:
            accessor["normalized"] = True
        self._tree["accessors"].append(accessor)
        return len(self._tree["accessors"]) - 1

    def _material(self, material: Material) -> int:
        if id(material) in self._materials:
            return self._materials[id(material)]
        shine: Json = {
            "baseColorFactor": [*(round(float(c), 6) for c in material.colour), 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": round(material.roughness, 4),
        }
        if material.picture:
            shine["baseColorTexture"] = {"index": self._texture(material)}
        entry: Json = {"name": material.name, "pbrMetallicRoughness": shine, "doubleSided": True}
        self._tree["materials"].append(entry | ({"alphaMode": "BLEND"} if material.is_decal else {}))
        self._materials[id(material)] = len(self._tree["materials"]) - 1
        return self._materials[id(material)]

    def _texture(self, material: Material) -> int:
        wrap = _CLAMP if material.is_decal else _REPEAT
        if wrap not in self._samplers:
            self._samplers[wrap] = len(self._samplers)
            sampler = {"magFilter": _LINEAR, "minFilter": _LINEAR_MIPMAP_LINEAR, "wrapS": wrap, "wrapT": wrap}
            self._pictures["samplers"].append(sampler)
        if material.picture not in self._images:
            self._images[material.picture] = len(self._images)
            mime = "image/png" if material.picture.startswith(b"\x89PNG") else "image/jpeg"
            image = {"name": material.name, "mimeType": mime, "bufferView": self._view(material.picture)}
            self._pictures["images"].append(image)
        texture = {"sampler": self._samplers[wrap], "source": self._images[material.picture]}
        self._pictures["textures"].append(texture)
        return len(self._pictures["textures"]) - 1
