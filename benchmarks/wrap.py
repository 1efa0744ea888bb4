"""How long a garment takes from its pieces to the figure's JSON, and how true its lengths are: python benchmarks/wrap.py

Best and median of the runs, since other programs slow the rest. Lengths are compared with those that the pieces have when
sewn: darts closed, gathers drawn in (see studio.assembly).

Every run is a fresh design (the flat meshes of an unchanged piece are remembered, as they are while a slider moves).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from garment_3d import Assembly, assemble, figure_of
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.vocabulary import Construction, GarmentType

RUNS = 7
VARIANTS: Mapping[str, tuple[GarmentType, Mapping[str, object]]] = {
    "shirt, yoke and pocket": (GarmentType.SHIRT, {"has_yoke": True, "has_cuffs": True, "has_pockets": True}),
    "T-shirt": (GarmentType.SHIRT, {"fabric": "jersey", "closure": "none", "has_collar": False, "neckline": "crew"}),
    "turtleneck": (GarmentType.SHIRT, {"neckline": "turtleneck"}),
    "hoodie, three panels, rib": (GarmentType.HOODIE, {"hood": "three_panel", "has_pockets": True, "pocket": "kangaroo"}),
    "hoodie with a zip": (GarmentType.HOODIE, {"closure": "zip", "has_pockets": True, "pocket": "kangaroo"}),
    "dress without waist seam": (GarmentType.DRESS, {"has_waist_seam": False}),
    "dress, full circle": (GarmentType.DRESS, {"silhouette": "circle", "fullness": "full"}),
    "skirt, half circle": (GarmentType.SKIRT, {"silhouette": "circle", "fullness": "half"}),
    "skirt, gathered": (GarmentType.SKIRT, {"silhouette": "gathered"}),
    "skirt, pleated": (GarmentType.SKIRT, {"silhouette": "pleated"}),
    "trousers with turn-ups": (GarmentType.PANTS, {"has_cuffs": True, "has_pockets": True}),
    "pull-on trousers": (GarmentType.PANTS, {"fabric": "jersey", "closure": "none"}),
}


def length_errors(assembly: Assembly) -> np.ndarray:
    errors = []
    for part in assembly.surfaces:
        worn, flat = (np.linalg.norm(p[part.edges[:, 0]] - p[part.edges[:, 1]], axis=1) for p in (part.points, part.flat))
        seen = part.lengths > 0.3 * flat  # the rest lies inside a closed fish-eye dart
        errors.append(np.abs(worn[seen] / part.lengths[seen] - 1))
    return np.concatenate(errors)


def measured(name: str, kind: GarmentType, changes: Mapping[str, object]) -> np.ndarray:
    """One line of the table; gives the length errors."""
    laps = []
    for number in range(RUNS):
        design = starting_design(kind).changed({**changes, "bust": 92.0 + 0.5 * number})
        pattern = draft_pattern(design)
        start = time.perf_counter()
        assembly = assemble(pattern)
        middle = time.perf_counter()
        figure = figure_of(assembly, design)
        drawn = time.perf_counter()
        text = figure.to_json()
        laps.append((middle - start, drawn - middle, time.perf_counter() - drawn))
    best, usual = 1000 * np.min(laps, axis=0), 1000 * np.median(laps, axis=0)
    errors = length_errors(assembly)
    triangles = sum(len(part.triangles) for part in assembly.surfaces)
    print(
        f"{name:<26} {best[0]:5.0f} {usual[0]:6.0f} {best[1]:8.0f} {best[2]:8.0f} {len(text) / 1000:8.0f} {triangles:10d}"
        f" {100 * np.median(errors):14.2f} % {100 * np.percentile(errors, 95):5.1f} %"
    )
    return errors


def main() -> None:
    assemble(draft_pattern(starting_design("shirt")))
    for construction in Construction:
        print(f"{construction} construction: ms to assemble, best and median; length error, median and 95 %")
        print("garment                     best median  figure     json  json KB  triangles   length error")
        types = [measured(kind, kind, {"construction": construction}) for kind in GarmentType]
        errors = np.concatenate(types)
        print(f"all types: median {100 * np.median(errors):.2f} %, 95 % within {100 * np.percentile(errors, 95):.1f} %")
    for name, (kind, changes) in VARIANTS.items():
        measured(name, kind, changes)


if __name__ == "__main__":
    main()
