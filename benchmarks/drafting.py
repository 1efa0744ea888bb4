"""Drafting time by garment, and the share of random bodies whose pattern closes: python benchmarks/drafting.py"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.export.screen_svg import screen_svg
from studio.pattern import FindingKind
from studio.vocabulary import Fit, GarmentType

BAR_MS = 50.0


def milliseconds(work, repeats: int = 25) -> float:
    """Median wall time of `work(i)`, ms."""
    times = []
    for number in range(repeats):
        begun = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def main() -> None:
    print(f"{'garment':8} {'draft ms':>9} {'of 50 ms bar':>13} {'with SVG ms':>14} {'worst seam mm':>14}")
    for kind in GarmentType:
        base = starting_design(kind)
        draft = milliseconds(lambda i, base=base: draft_pattern(base.changed({"bust": 88 + i / 7, "hip": 95 + i / 7})))
        pattern = draft_pattern(base)
        both = milliseconds(lambda i, base=base: screen_svg(draft_pattern(base.changed({"bust": 89.03 + i / 7}))))
        worst = max(abs(check.mismatch_mm) for check in pattern.seam_checks)
        print(f"{kind:8} {draft:9.1f} {draft / BAR_MS:12.0%} {both:14.1f} {worst:14.5f}")
    rng, faulty, worst = random.Random(0), 0, 0.0
    for _ in range(500):
        bust = rng.uniform(74, 140)
        changes = {
            "bust": bust,
            "waist": bust * rng.uniform(0.66, 1.05),
            "hip": bust * rng.uniform(0.9, 1.2),
            "fit": rng.choice(list(Fit)),
        }
        pattern = draft_pattern(starting_design(rng.choice(list(GarmentType))).changed(changes))
        faulty += any(finding.kind == FindingKind.FAULT for finding in pattern.findings)
        worst = max(worst, *(abs(check.mismatch_mm) for check in pattern.seam_checks))
    print(f"500 random adult bodies x garments x fits: {faulty} with a fault, worst seam mismatch {worst:.4f} mm")


if __name__ == "__main__":
    main()
