"""How true the dress forms are and how long they take: python benchmarks/bodies.py

200 random wearers round the standard sizes of women, men and children. The girths are those that the form's own tape reads; an
independent ruler checks it in tests/test_bodyform.py.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from studio.bodyform.form import Build, DressForm, dress_form
from studio.bodyform.template import template
from studio.design import starting_design
from studio.sizes import TABLES, Table, size_names
from studio.sizing import Measures, completed

WEARERS = 200
BAR, BAR_SECONDS = 0.5, 1.0
GIRTHS = ("bust", "waist", "hip")


def wearers(table: Table, count: int, rng: np.random.Generator) -> list[Measures]:
    """Random wearers of a table: any size, taller or smaller, each girth up to most of a size away."""
    spread = 1.0 if table is Table.CHILDREN else 3.5
    found = []
    for _ in range(count):
        body = dict(TABLES[table][str(rng.choice(size_names(table)))])
        body["height"] += float(rng.uniform(-3, 3) if table is Table.CHILDREN else rng.uniform(-10, 10))
        for name in GIRTHS:
            body[name] += float(rng.uniform(-spread, spread))
        found.append(completed(starting_design("dress").changed(body)))
    return found


def timed(measures: Measures, table: Table) -> tuple[DressForm, float]:
    """A form and the CPU seconds that it took."""
    start = time.process_time()
    form = dress_form(measures, build=None if table is Table.CHILDREN else Build(table.value))
    return form, time.process_time() - start


def line(name: str, value: float, bar: float, unit: str) -> None:
    verdict = "ok  " if value <= bar else "MISS"
    print(f"{verdict} {name:34s} {value:8.3f} {unit:3s} bar {bar:g}  ratio {value / bar:.2f}")


def main() -> None:
    """Prints a line for each bar."""
    rng = np.random.default_rng(17)
    start = time.process_time()
    for build in Build:
        template(build)
    print(f"     both bodies loaded in {time.process_time() - start:.2f} s CPU")
    worst, seconds, inside, told = 0.0, [], 0, 0
    for table, count in zip(Table, (70, 70, WEARERS - 140), strict=True):
        errors = []
        for measures in wearers(table, count, rng):
            form, took = timed(measures, table)
            errors.append(max(abs(form.residuals[name]) for name in GIRTHS))
            seconds.append(took)
            told += bool(form.remarks)
        line(f"{table.value}: worst girth", max(errors), BAR, "cm")
        worst, inside = max(worst, *errors), inside + sum(error <= BAR for error in errors)
    line("all: worst girth", worst, BAR, "cm")
    line(f"girths beyond {BAR} cm, of {WEARERS}", WEARERS - inside, 0.5, "")
    line("fit, median", float(np.median(seconds)), BAR_SECONDS, "s")
    line("fit, slowest", max(seconds), BAR_SECONDS, "s")
    print(f"     {told} of {WEARERS} forms have a remark")


if __name__ == "__main__":
    main()
