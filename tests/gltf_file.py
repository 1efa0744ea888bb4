"""A binary glTF file taken apart again, for the tests."""

from __future__ import annotations

import io
import json
import struct

import numpy as np
from PIL import Image

SIZES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
TYPES = {5123: "<u2", 5125: "<u4", 5126: "<f4"}


class Gltf:
    """A GLB taken apart by the specification, every rule that a reader relies on asserted on the way."""

    def __init__(self, content):
        magic, version, length = struct.unpack_from("<3I", content)
        assert (magic, version, length) == (0x46546C67, 2, len(content))
        size, kind = struct.unpack_from("<2I", content, 12)
        assert kind == 0x4E4F534A
        assert size % 4 == 0
        self.tree = json.loads(content[20 : 20 + size])
        rest, kind = struct.unpack_from("<2I", content, 20 + size)
        assert kind == 0x004E4942
        self.buffer = content[28 + size :]
        assert len(self.buffer) == rest == self.tree["buffers"][0]["byteLength"]
        self._views_do_not_overlap()

    def _views_do_not_overlap(self):
        end = 0
        for view in self.tree["bufferViews"]:
            assert view["byteOffset"] % 4 == 0
            assert view["byteOffset"] >= end
            end = view["byteOffset"] + view["byteLength"]
        assert end <= len(self.buffer) < end + 4

    def view(self, number):
        view = self.tree["bufferViews"][number]
        return self.buffer[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]

    def read(self, number):
        accessor = self.tree["accessors"][number]
        values = np.frombuffer(self.view(accessor["bufferView"]), TYPES[accessor["componentType"]])
        values = values.reshape(accessor["count"], SIZES[accessor["type"]])
        assert np.isfinite(values).all()
        if "min" in accessor:
            assert values.min(axis=0).tolist() == accessor["min"]
            assert values.max(axis=0).tolist() == accessor["max"]
        return values

    def meshes(self):
        """(node, attributes, triangles) of every mesh."""
        for node in self.tree["nodes"]:
            (primitive,) = self.tree["meshes"][node["mesh"]]["primitives"]
            attributes = {name: self.read(number) for name, number in primitive["attributes"].items()}
            yield node, attributes, self.read(primitive["indices"]).reshape(-1, 3).astype(np.int64)

    def pictures(self):
        for image in self.tree.get("images", []):
            picture = Image.open(io.BytesIO(self.view(image["bufferView"])))
            picture.load()
            assert Image.MIME[picture.format] == image["mimeType"]
            yield picture
