"""The bars of the drafting engine in one run: python benchmarks/drafting.py [--count 10000]

Random designs must close, lie flat and join smoothly or be refused with a reason; a draft with its checks takes 15 ms;
the proportions lie in the bands of the drafting books; finished measures are the body's plus the stated ease.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.files import print_files
from pattern_generator import draft_pattern
from studio.checking import checked_on_paper
from studio.design import GarmentDesign, starting_design
from studio.drafting.ease import ease_for
from studio.drafting.lower.trousers import WAIST_EASE
from studio.drafting.recipe_lower import SKIRT_WAIST_EASE
from studio.errors import DraftError
from studio.fields import bounds_of
from studio.finished import finished_measures
from studio.pattern import Finding, FindingKind, Pattern, Role
from studio.sizes import TABLES, sized
from studio.sizing import completed
from studio.vocabulary import (
    LENGTHS_FOR,
    Closure,
    Collar,
    Construction,
    Fabric,
    Fit,
    Fullness,
    GarmentType,
    Hood,
    Neckline,
    PocketKind,
    Silhouette,
    Sleeve,
)

BAR_MS = 15.0
REFUSED_SHARE = 0.03
CHOICES = {
    "fit": Fit,
    "neckline": Neckline,
    "sleeve": Sleeve,
    "silhouette": Silhouette,
    "closure": Closure,
    "fabric": Fabric,
    "collar": Collar,
    "hood": Hood,
    "fullness": Fullness,
    "pocket": PocketKind,
    "construction": Construction,
}
FLAGS = ("has_collar", "has_cuffs", "has_pockets", "has_hood", "has_yoke", "has_ribs", "has_waist_seam")
VARIED = ("neck", "shoulder_width", "bodice_length", "bicep", "wrist", "rise")
"""Measures that one body in three has up to 6 % off what goes with its girths."""
OWN_LENGTHS = {
    "flare": (0, 20), "neckline_depth": (6, 26), "neckline_width": (5, 13), "sleeve_length": (6, 64), "skirt_length": (30, 110),
    "cap_height": (7, 19), "back_length": (40, 95), "inseam": (8, 88), "hem": (24, 70),
}  # fmt: skip
"""Lengths that one design in ten decides for itself, each, whatever the body; cm."""
BANDS = {"armhole front/back": (0.88, 1.10), "armhole/(bust+ease)": (0.36, 0.58), "cap height/armhole": (0.20, 0.38)}
TIMED = {
    "T-shirt": ("shirt", {"fabric": "jersey", "neckline": "crew", "sleeve": "short", "has_cuffs": False, "closure": "none"}),
    "dress": ("dress", {}),
    "trousers": ("pants", {}),
    "jacket": ("jacket", {}),
    "shirt": ("shirt", {}),
    "hoodie": ("hoodie", {}),
    "skirt": ("skirt", {}),
    "vest": ("vest", {}),
}


@dataclass
class Outcome:
    """What became of one random design; `found` holds (check, kind, piece, edge, size, message)."""

    kind: str
    refused: str = ""
    crashed: str = ""
    found: list[tuple[str, str, str, str, float, str]] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)


def random_body(rng: random.Random) -> dict[str, float]:
    """Girths of patterns.md section 5 (bust 74 to 135, waist .66 to 1.05 and hip .9 to 1.2 of it); one in six is a child."""
    if rng.random() < 1 / 6:
        height = rng.uniform(98, 160)
        bust = (54 + (height - 98) * 0.42) * rng.uniform(0.93, 1.25)
        waist = bust * rng.uniform(0.78, 1.0)
    else:
        height, bust = rng.uniform(150, 198), rng.uniform(74, 135)
        waist = bust * rng.uniform(0.66, 1.05)
    return {"height": height, "bust": bust, "waist": waist, "hip": bust * rng.uniform(0.9, 1.2)}


def random_design(seed: int) -> GarmentDesign:
    """Any garment, style and construction on any body; one in four wears a size of the tables."""
    rng = random.Random(seed)
    kind = rng.choice(list(GarmentType))
    sizes = TABLES[rng.choice(list(TABLES))]
    in_a_size = rng.random() < 1 / 4
    changes: dict[str, object] = dict(sizes[rng.choice(list(sizes))] if in_a_size else random_body(rng))
    changes |= {name: rng.choice(list(choices)) for name, choices in CHOICES.items()}
    changes |= {flag: rng.random() < 0.5 for flag in FLAGS}
    changes["length"] = rng.choice(LENGTHS_FOR[kind])
    changes |= {name: rng.uniform(*span) for name, span in OWN_LENGTHS.items() if rng.random() < 1 / 10}
    if "sleeve_length" in changes:
        del changes["sleeve"]
    design = starting_design(kind).changed(changes)
    if not in_a_size and rng.random() < 1 / 3:
        usual = draft_measures(design)
        design = design.changed({name: within_bounds(name, usual[name] * rng.uniform(0.94, 1.06)) for name in VARIED})
    return design


def within_bounds(name: str, value: float) -> float:
    low, high = bounds_of(name)
    return min(max(value, low), high)


def draft_measures(design: GarmentDesign) -> dict[str, float]:
    measures = completed(design)
    return {name: getattr(measures, name) for name in VARIED}


def examined(seed: int, *, paper: bool = False) -> Outcome:
    """Draft one random design and note what the checks find; `paper` looks at cutting lines and notches too."""
    design = random_design(seed)
    outcome = Outcome(design.garment_type.value)
    try:
        pattern = draft_pattern(design)
        findings = [*pattern.findings, *(checked_on_paper(pattern) if paper else ())]
    except DraftError as error:
        outcome.refused = str(error)
        return outcome
    except Exception as error:  # every other error is a bug, and is counted as one
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        outcome.crashed = f"{type(error).__name__} at {place}: {str(error)[:90]} (seed {seed})"
        return outcome
    outcome.found = [
        (f.check, f.kind.value, f.piece, f.edge, size_of(f), f"{f.message} (seed {seed})") for f in findings if f.check
    ]
    outcome.ratios = ratios(pattern)
    return outcome


def size_of(finding: Finding) -> float:
    """How bad a finding is: its millimetres, or for an angle its degrees off."""
    if finding.mm is not None:
        return abs(finding.mm)
    angle = re.search(r"(\d+) degrees", finding.message)
    return abs(float(angle[1]) - (180 if "180" in finding.message else 90)) if angle else 0.0


def ratios(pattern: Pattern) -> dict[str, float]:
    """Armhole and cap proportions of a garment that has them; not of a cap whose height was asked for, nor of a
    vest, whose armhole is cut lower on purpose."""
    armhole = {
        word: sum(e.length for p in pattern.parts if p.role in roles for e in p.edges if "armhole" in e.name) / 2
        for word, roles in (("front", (Role.FRONT, Role.YOKE_FRONT)), ("back", (Role.BACK, Role.YOKE_BACK)))
    }
    if not all(armhole.values()) or pattern.design.garment_type == GarmentType.VEST:
        return {}
    whole = sum(armhole.values())
    found = {
        "armhole front/back": armhole["front"] / armhole["back"],
        "armhole/(bust+ease)": whole / (pattern.measures.bust + ease_for(pattern.design).bust),
    }
    sleeve = pattern.get("sleeve_left")
    if sleeve is not None and "cap_top" in sleeve.landmarks and pattern.design.measurements.cap_height is None:
        ends = [place[1] for name, place in sleeve.landmarks.items() if name.startswith("underarm")]
        if ends:
            found["cap height/armhole"] = float(sleeve.landmarks["cap_top"][1] - min(ends)) / whole
    return found


def milliseconds(kind: str, changes: dict[str, object], repeats: int = 25) -> float:
    """Median processor time of a draft with its checks, ms; every repeat is another size."""
    base, times = starting_design(kind).changed(changes), []
    for number in range(repeats):
        design = base.changed({"bust": 88 + number / 7, "hip": 95 + number / 7})
        begun = time.process_time()
        draft_pattern(design)
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times)


def say(passed: bool, text: str) -> None:
    print(f"{'ok  ' if passed else 'MISS'} {text}")


def print_times() -> None:
    print(f"Draft with its checks, median, bar {BAR_MS:g} ms")
    for name, (kind, changes) in TIMED.items():
        spent = milliseconds(kind, changes)
        say(spent <= BAR_MS, f"{name:9} {spent:6.1f} ms")


def print_offenders(outcomes: Iterable[Outcome], chosen: str, most: int = 40) -> None:
    """The places (garment, piece, edge) at which a check speaks most often, with the worst example of each."""
    places: dict[tuple[str, str, str, str, str], list[tuple[float, str]]] = defaultdict(list)
    for outcome in outcomes:
        for check, kind, piece, edge, size, message in outcome.found:
            if check in chosen.split():
                places[(check, kind, outcome.kind, piece, edge)].append((size, message))
    for place, seen in sorted(places.items(), key=lambda entry: -len(entry[1]))[:most]:
        size, message = max(seen)
        print(f"     {len(seen):5} x {' '.join(word for word in place if word):60} worst {size:8.1f}: {message}")


def print_designs(outcomes: Sequence[Outcome], *, paper: bool) -> None:
    count = len(outcomes)
    refused = [outcome for outcome in outcomes if outcome.refused]
    crashed = Counter(outcome.crashed for outcome in outcomes if outcome.crashed)
    faults = Counter(
        check for o in outcomes for check in {f[0] for f in o.found if f[1] == FindingKind.FAULT.value or f[0] in ("C4", "C9")}
    )
    print(f"{count} random designs")
    say(len(refused) < REFUSED_SHARE * count, f"{len(refused)} refused with a reason ({len(refused) / count:.1%}, bar 3 %)")
    for (kind, reason), number in Counter((o.kind, o.refused.split(" with these")[0]) for o in refused).most_common(8):
        print(f"     {number:5} x {kind}: {reason}")
    say(not crashed, f"{sum(crashed.values())} other errors")
    for crash, number in crashed.most_common(12):
        print(f"     {number:5} x {crash}")
    for check, words in (
        ("C1", "with an outline that crosses itself or is open"),
        ("C2", "with a seam more than 2 mm off its declared length"),
        ("C3", "with notches that miss one another"),
        ("C4", "with a join outside 180 +- 3 degrees or a fold outside 90 +- 1"),
        ("C5", "with a dart that cannot be sewn"),
        ("C6", "with a cutting line that crosses itself"),
        ("C8", "smaller than the body"),
        ("C9", "with left and right unlike"),
        ("C10", "with an edge left raw or sewn twice"),
    ):
        if check in ("C3", "C6") and not paper:
            continue
        say(not faults[check], f"{faults[check]} {words} ({check})")
        print_offenders(outcomes, check, most=12)
    print("Warnings, for information")
    print_offenders(outcomes, "C7 C11 C12", most=15)
    for name, (low, high) in BANDS.items():
        values = sorted(outcome.ratios[name] for outcome in outcomes if name in outcome.ratios)
        inside = sum(low <= value <= high for value in values) / max(len(values), 1)
        spread = (
            f"1 % {values[len(values) // 100]:.2f}, median {values[len(values) // 2]:.2f}, 99 % {values[-len(values) // 100]:.2f}"
        )
        say(inside >= 0.99, f"{name}: {inside:.1%} of {len(values)} in {low:.2f} to {high:.2f} ({spread})")


def stated(design: GarmentDesign) -> dict[str, float]:
    """The ease that a garment promises, cm, by finished measure (patterns.md 5.0; skirts and trousers by their recipes)."""
    ease, kind = ease_for(design), design.garment_type
    if kind == GarmentType.SKIRT:
        return {"waist": SKIRT_WAIST_EASE, "hip": ease.hip}
    if kind == GarmentType.PANTS:
        return {"waist": WAIST_EASE, "hip": max(ease.hip, 4.0)}
    return {"bust": ease.bust} | ({"waist": ease.waist, "hip": ease.hip} if kind == GarmentType.DRESS else {})


def print_sizes() -> None:
    """Finished measures against the body and the stated ease, every usual garment and fit in every size of the tables."""
    off: list[tuple[float, str]] = []
    drafted = refused = 0
    for table, sizes in TABLES.items():
        for size in sizes:
            for kind in GarmentType:
                for fit in Fit:
                    design = sized(starting_design(kind).changed({"fit": fit}), table, size)
                    try:
                        measures = {measure.name: measure for measure in finished_measures(draft_pattern(design))}
                    except DraftError:
                        refused += 1
                        continue
                    drafted += 1
                    for name, ease in stated(design).items():
                        found = measures[name].ease if name in measures else None
                        if found is not None:
                            off.append(
                                (abs(found - ease), f"{table} {size} {kind} {fit}: {name} {found:+.2f}, stated {ease:+.2f}")
                            )
    worst = sorted(off, reverse=True)
    wide = [text for amount, text in worst if amount > 0.5]
    text = f"{len(off)} finished girths of {drafted} garments: {len(wide)} more than 5 mm off the body and its stated ease"
    say(not wide, f"{text}; worst {10 * worst[0][0]:.1f} mm")
    say(not refused, f"{refused} sizes refused")
    for example in wide[:: max(len(wide) // 8, 1)]:
        print(f"       {example}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="random designs")
    parser.add_argument("--first", type=int, default=0, help="number of the first random design")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--no-files", action="store_true", help="leave out the files (benchmarks/files.py)")
    parser.add_argument("--paper", action="store_true", help="check cutting lines and notches too (C3, C6)")
    options = parser.parse_args()
    print_times()
    print_sizes()
    seeds = range(options.first, options.first + options.count)
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(functools.partial(examined, paper=options.paper), seeds, chunksize=20))
    print_designs(outcomes, paper=options.paper)
    if not options.no_files:
        print_files()


if __name__ == "__main__":
    main()
