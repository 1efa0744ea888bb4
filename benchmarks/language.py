"""How well and how fast `read_text` reads: `python benchmarks/language.py [--held-out] [--wrong]` from the repository's root."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from studio.design import starting_design  # noqa: E402
from studio.fields import SECTION_OF, Making, Measurements  # noqa: E402
from studio.language import TextReading, read_text  # noqa: E402
from studio.sizes import Table, body_of  # noqa: E402
from studio.sizing import completed  # noqa: E402


def faults(case: dict[str, Any]) -> tuple[list[str], TextReading]:
    """What differs between the reading and the sentence's expected action, changed fields and words of the reply."""
    design = starting_design(case["on"]) if case["on"] else None
    table, _, size = case.get("size", "").partition(" ")
    fields = ({**body_of(Table(table), size)} if size else {}) | case["fields"]
    reading = read_text(case["say"], design)
    allowed = case["action"] if isinstance(case["action"], list) else [case["action"]]
    found = [] if reading.action in allowed else [f"action {reading.action}"]
    base = starting_design(fields.get("garment_type", case["on"] or "shirt"))
    if reading.action != "create":
        base = design or base
    new = reading.design or base
    for field in SECTION_OF:
        want = fields.get(field)
        if want is None:
            measured = field in Measurements.model_fields
            if new.value(field) != base.value(field) and not (measured and new.value(field) is None):
                found.append(f"{field} became {new.value(field)}")
        elif isinstance(want, str | bool) or field in Making.model_fields:
            if new.value(field) != want:
                found.append(f"{field} is {new.value(field)}, not {want}")
        elif abs((getattr(completed(new), field) or 0.0) - want) > 0.06:
            found.append(f"{field} is {getattr(completed(new), field)}, not {want}")
    found += [f"reply lacks {word!r}" for word in case.get("says", []) if word.lower() not in reading.reply.lower()]
    return found, reading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="the sentences that nobody tuned for")
    parser.add_argument("--wrong", action="store_true", help="show every fault")
    options = parser.parse_args()
    name = "language_held_out" if options.held_out else "language"
    lines = (ROOT / "tests" / "sentences" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    read_text("warm up: 2 inches longer", starting_design("dress"))
    right: Counter[str] = Counter()
    seconds = []
    for case in cases:
        start = time.perf_counter()
        found, reading = faults(case)
        seconds.append(time.perf_counter() - start)
        right["right" if not found else "wrong"] += 1
        if found and options.wrong:
            print(f"[{case['on']}] {case['say']}\n    {'; '.join(found)}\n    {reading.action}: {reading.reply}")
    seconds.sort()
    print(f"{name}: {right['right']} of {len(cases)} exactly right")
    print(f"ms a sentence, checks included: median {1e3 * seconds[len(seconds) // 2]:.1f}, slowest {1e3 * seconds[-1]:.1f}")


if __name__ == "__main__":
    main()
