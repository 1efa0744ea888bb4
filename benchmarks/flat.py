"""Time to lay each garment flat, and how far its widths are off the finished half girths: python benchmarks/flat.py"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.finished import finished_measures
from studio.flat import laid_flat
from studio.vocabulary import GarmentType

BAR_MS = 5.0
PAIRS = {
    "bust": "chest_width",
    "waistband": "waist_width",
    "hem": "hem_width",
    "leg_hem": "leg_hem_width",
    "sleeve_end": "cuff_width",
}


def main() -> None:
    print(f"{'garment':8} {'flat ms':>8} {'bar':>5}   off the finished half girth, mm")
    for kind in GarmentType:
        pattern = draft_pattern(starting_design(kind))
        times = []
        for _ in range(40):
            begun = time.perf_counter()
            flat = laid_flat(pattern)
            times.append(1000 * (time.perf_counter() - begun))
        finished = {measure.name: measure.value / 2 for measure in finished_measures(pattern)}
        off = [
            f"{ours} {10 * (flat.measures[ours] - finished[theirs]):+.2f}"
            for theirs, ours in PAIRS.items()
            if theirs in finished and ours in flat.measures
        ]
        print(f"{kind:8} {statistics.median(times):8.2f} {BAR_MS:5.1f}   {', '.join(off)}")


if __name__ == "__main__":
    main()
