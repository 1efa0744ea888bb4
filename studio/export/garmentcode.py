"""GarmentCode JSON: flat panels placed round the body and the stitches between their edges.

The format (github.com/maria-korosteleva/GarmentCode): cm, y up, one closed loop of edges a panel, Bezier control points
relative to their edge. What it has no word for (ease and gathers, names of edges, grainlines, marks, the design itself) goes
into `properties` under our own key, so that a file of ours read back gives the same pieces and seams.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from studio.arrays import Points2
from studio.curves import Curve
from studio.export.placing import standing
from studio.export.stitching import Part, Stitching, stitching
from studio.pattern import Mark, Pattern, Piece, Role, Seam

OWN_KEY = "garment_pattern_studio"
_PROPERTIES = {
    "curvature_coords": "relative",
    "normalize_panel_translation": False,
    "normalized_edge_loops": True,
    "units_in_meter": 100,
}
_LABELS = {
    **dict.fromkeys((Role.SLEEVE, Role.UNDER_SLEEVE, Role.CUFF), "arm"),
    **dict.fromkeys((Role.TROUSER_FRONT, Role.TROUSER_BACK, Role.SKIRT_FRONT, Role.SKIRT_BACK), "leg"),
}


def garmentcode_json(pattern: Pattern) -> bytes:
    """The pattern as GarmentCode JSON, UTF-8.

    An edge may be sewn once there: seams whose edges are held by another seam, and layered ones, stand in `properties` only
    (their `stitched` is false).
    """
    sewn = stitching(pattern)
    panels = {piece.name: _panel(pattern, piece, sewn.parts[piece.name]) for piece in pattern.parts}
    stitches = [[{"panel": panel, "edge": edge} for panel, edge in pair] for pair in sewn.stitches]
    document = {
        "pattern": {"panels": panels, "stitches": stitches, "panel_order": list(panels)},
        "parameters": {},
        "parameter_order": [],
        "properties": {**_PROPERTIES, OWN_KEY: _own(pattern, sewn)},
    }
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _panel(pattern: Pattern, piece: Piece, parts: Sequence[Part]) -> dict[str, Any]:
    place = standing(pattern, piece)
    edges = []
    for number, part in enumerate(parts):
        edge: dict[str, Any] = {"endpoints": [number, (number + 1) % len(parts)]}
        if not part.shape.is_line:
            edge["curvature"] = {"type": "cubic", "params": _relative(part.shape)}
        edges.append(edge)
    return {
        "translation": _numbers(place.translation),
        "rotation": _numbers(place.rotation),
        "vertices": [_numbers(part.shape.start.tolist()) for part in parts],
        "edges": edges,
        "label": _LABELS.get(piece.role, "body"),
    }


def _relative(curve: Curve) -> list[list[float]]:
    """Both inner control points along the chord and to the left of it, as shares of the chord."""
    chord = curve.end - curve.start
    left = (-chord[1], chord[0])
    size = float(chord @ chord)
    inner = curve.control[1:3] - curve.start
    return [[round(float(p @ chord) / size, 10), round(float(p @ left) / size, 10)] for p in inner]


def _numbers(values: Sequence[float]) -> list[float]:
    return [round(float(value), 7) + 0.0 for value in values]


def _points(points: Points2) -> list[list[float]]:
    return [_numbers(point) for point in points.tolist()]


def _own(pattern: Pattern, sewn: Stitching) -> dict[str, Any]:
    return {
        "version": 1,
        "design": pattern.design.model_dump(mode="json"),
        "pieces": {piece.name: _piece_notes(piece, sewn.parts[piece.name]) for piece in pattern.parts},
        "seams": [_seam_notes(seam, stitched) for seam, stitched in zip(pattern.seams, sewn.stitched, strict=True)],
    }


def _piece_notes(piece: Piece, parts: Sequence[Part]) -> dict[str, Any]:
    finishes = {edge.name: edge.finish for edge in piece.edges}
    laid_on = piece.laid_on
    return {
        "role": piece.role,
        "side": piece.side,
        "material": piece.material,
        "layers": piece.layers,
        "interfaced": piece.interfaced,
        "symmetric": piece.symmetric,
        "grainline": _points(piece.grainline),
        "landmarks": {name: _numbers(place.tolist()) for name, place in piece.landmarks.items()},
        "marks": [_mark_notes(mark) for mark in piece.marks],
        "laid_on": None if laid_on is None else {"piece": laid_on.piece, "at": _numbers(laid_on.at.tolist())},
        "edges": [
            {"name": p.edge, "finish": finishes[p.edge], "curve": p.curve, "start": round(p.start, 10), "end": round(p.end, 10)}
            for p in parts
        ],
    }


def _mark_notes(mark: Mark) -> dict[str, Any]:
    return {"kind": mark.kind, "name": mark.name, "curves": [_points(curve.control) for curve in mark.curves]}


def _seam_notes(seam: Seam, stitched: bool) -> dict[str, Any]:
    return {
        "name": seam.name,
        "a": [[ref.piece, ref.edge] for ref in seam.a],
        "b": [[ref.piece, ref.edge] for ref in seam.b],
        "kind": seam.kind,
        "ease": seam.ease,
        "ratio": seam.ratio,
        "smooth": list(seam.smooth),
        "stitched": stitched,
    }
