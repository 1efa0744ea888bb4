"""The workshop's papers as plain text, to print or to paste into a mail."""

from __future__ import annotations

from collections.abc import Sequence

from studio.pattern import Pattern
from studio.workshop import Workshop


def making_text(pattern: Pattern, made: Workshop) -> bytes:
    """Finished measures, cut list, what to buy and the order of sewing, UTF-8, columns lined up."""
    parts = [f"{str(pattern.design.garment_type).upper()}, {len(pattern)} pieces; all measures in centimetres"]
    finished = [
        (
            measure.title,
            f"{measure.value:.1f}",
            "" if measure.body is None else f"body {measure.body:.1f}",
            "" if measure.ease is None else f"ease {measure.ease:+.1f}",
        )
        for measure in made.finished
    ]
    parts.append(_section("FINISHED MEASURES", finished))
    parts.append(_section("CUT LIST", [_cut_row(row.title, row.words, str(row.material), row.interfacing) for row in made.cut]))
    parts.append(_section("TO BUY", [(supply.name, supply.amount, supply.note) for supply in made.supplies]))
    steps = "\n".join(f"{step.number:2}. {step.title}. {step.text}" for step in made.steps)
    parts.append(f"ORDER OF SEWING\n{steps}")
    return ("\n\n".join(parts) + "\n").encode()


def _cut_row(title: str, words: str, material: str, interfacing: int) -> tuple[str, ...]:
    return title, words, material, f"interface {interfacing}" if interfacing else ""


def _section(title: str, rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join((title, *lines))
