"""Waists drawn in: gathers and pleats sewn to a shorter edge, and elastic in a casing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from studio.body import Mannequin
from studio.pattern import Pattern, Piece, Role, SeamKind
from studio.wrapping.triangulate import FlatMesh

GATHERS_OPEN = 9.0
"""Gathers have opened into waves so far from their seam, cm."""
ELASTIC_FROM = 1.08
"""A waistband this much longer than the waist is drawn in by elastic."""
_GATHERED = (Role.SKIRT_FRONT, Role.SKIRT_BACK, Role.TROUSER_FRONT, Role.TROUSER_BACK)


def elastic_share(piece: Piece, mannequin: Mannequin) -> float:
    """The share of a waistband's length that elastic leaves: a casing longer than the waist is drawn in to it; 1 otherwise."""
    waist = 1.03 * mannequin.girth(mannequin.heights["waist"])
    if piece.role != Role.WAISTBAND or piece.edge("waist").length < ELASTIC_FROM * waist:
        return 1.0
    return waist / piece.edge("waist").length


def drawn_in(pattern: Pattern, meshes: Mapping[str, FlatMesh], mannequin: Mannequin) -> dict[str, FlatMesh]:
    """The meshes with what elastic, gathers and pleats leave of their width at the waist; the seam's length is shared out."""
    found = dict(meshes)
    for seam in pattern.seams:
        for band, cloth in ((seam.a, seam.b), (seam.b, seam.a)):
            if any(ref.piece not in meshes for ref in (*band, *cloth)):
                continue
            elastic = min(elastic_share(pattern[ref.piece], mannequin) for ref in band)
            wanted = elastic * pattern.run_length(band) / pattern.run_length(cloth)
            if wanted > 0.95 or (elastic == 1 and seam.kind not in (SeamKind.GATHERED, SeamKind.PLEATED)):
                continue
            for ref in band:
                mesh = found[ref.piece]
                found[ref.piece] = replace(mesh, drawn_in=np.full(len(mesh.points), elastic))
            for ref in cloth:
                if pattern[ref.piece].role in _GATHERED:
                    found[ref.piece] = _gathered(found[ref.piece], ref.edge, wanted)
    return found


def _gathered(mesh: FlatMesh, edge: str, share: float) -> FlatMesh:
    """The mesh drawn in to a share of its width along an edge, less and less away from it."""
    along = mesh.points[mesh.chains[edge]]
    away = np.sqrt(np.min(np.sum((mesh.points[:, None] - along[None]) ** 2, axis=2), axis=1))
    opened = np.clip(away / GATHERS_OPEN, 0, 1)
    left = share + (1 - share) * opened * opened * (3 - 2 * opened)
    return replace(mesh, drawn_in=left if mesh.drawn_in is None else np.minimum(mesh.drawn_in, left))
