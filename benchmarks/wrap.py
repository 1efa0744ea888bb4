"""How long a garment takes from its pieces to the figure's JSON, and how true its lengths are: python benchmarks/wrap.py

Best of the runs, since other programs slow the rest.

Every run is a fresh design (the flat meshes of an unchanged piece are remembered, as they are while a slider moves).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from garment_3d import Assembly, assemble, figure_of
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.vocabulary import GarmentType

RUNS = 7


def length_errors(assembly: Assembly) -> np.ndarray:
    errors = []
    for part in assembly.surfaces:
        steps = part.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
        flat, worn = (np.linalg.norm(p[steps[:, 0]] - p[steps[:, 1]], axis=1) for p in (part.flat, part.points))
        errors.append(np.abs(worn / flat - 1))
    return np.concatenate(errors)


def main() -> None:
    print("type       assemble ms  figure ms  json ms  json KB  triangles  length error: median  95 %")
    assemble(draft_pattern(starting_design("shirt")))
    everything = []
    for kind in GarmentType:
        laps = []
        for number in range(RUNS):
            design = starting_design(kind).changed({"bust": 92.0 + 0.5 * number})
            pattern = draft_pattern(design)
            start = time.perf_counter()
            assembly = assemble(pattern)
            middle = time.perf_counter()
            figure = figure_of(assembly, design)
            drawn = time.perf_counter()
            text = figure.to_json()
            laps.append((middle - start, drawn - middle, time.perf_counter() - drawn))
        taken = 1000 * np.min(laps, axis=0)
        errors = length_errors(assembly)
        everything.append(errors)
        triangles = sum(len(part.triangles) for part in assembly.surfaces)
        print(
            f"{kind:<10} {taken[0]:11.0f} {taken[1]:10.0f} {taken[2]:8.0f} {len(text) / 1000:8.0f} {triangles:10d}"
            f" {100 * np.median(errors):20.2f} % {100 * np.percentile(errors, 95):5.1f} %"
        )
    errors = np.concatenate(everything)
    print(f"all types: median {100 * np.median(errors):.2f} %, 95 % within {100 * np.percentile(errors, 95):.1f} %")


if __name__ == "__main__":
    main()
