"""Design -> flat pieces: the recipes, the seams and the sewability check.

    >>> pattern = draft_pattern(starting_design("skirt"))
    >>> list(pattern)
    ['front', 'back', 'waistband']
    >>> all(check.is_sewable for check in pattern.seam_checks)
    True

Runs alone: python pattern_generator.py --garment dress --set bust=92 --out dress.pdf
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shapely.geometry import Polygon

from studio.commands import add_design_arguments, design_from, run
from studio.design import GarmentDesign, starting_design
from studio.drafting.draft import Draft, not_drawn
from studio.drafting.recipe_lower import skirt, trousers
from studio.drafting.recipe_upper import upper_garment
from studio.errors import DesignError
from studio.export import WRITERS
from studio.pattern import Finding, FindingKind, Pattern
from studio.sizing import Measures, completed
from studio.vocabulary import LENGTHS_FOR, Construction, GarmentType

Recipe = Callable[[GarmentDesign, Measures], Draft]

RECIPES: Mapping[GarmentType, Recipe] = {
    GarmentType.SHIRT: upper_garment,
    GarmentType.DRESS: upper_garment,
    GarmentType.SKIRT: skirt,
    GarmentType.PANTS: trousers,
    GarmentType.JACKET: upper_garment,
    GarmentType.HOODIE: upper_garment,
    GarmentType.VEST: upper_garment,
}


@functools.lru_cache(maxsize=64)
def draft_pattern(design: GarmentDesign) -> Pattern:
    """The sewing pattern of a design: pieces in cm, seams, and findings in tailor's words.

    Raises DraftError when the measurements, each allowed by itself, cannot be sewn together.
    """
    measures = completed(design)
    draft = RECIPES[design.garment_type](design, measures)
    pattern = Pattern(
        design,
        measures,
        draft.parts,
        draft.seams,
        (*draft.findings, *_not_for_this_type(design), *_proportion_warnings(measures)),
    )
    faults = _faults(pattern)
    return Pattern(design, measures, draft.parts, draft.seams, (*faults, *pattern.findings)) if faults else pattern


def get_pattern_pieces(garment_type: str, params: Mapping[str, object]) -> Pattern:
    """The pieces of a garment by name, from a flat dict: measurements in cm, has_* flags, fit and style words.

    What is missing is completed from the body. Drawn are the garment's main pieces; with construction='full' everything
    that is cut (yokes, stands, plackets, facings), as in the page. The result is a read-only mapping from piece name to
    `Piece` that also carries the seams, their measured lengths and what was changed and why; print it to read it.

    Raises DesignError for an unknown key, a wrong kind of value or a length out of bounds; DraftError for
    measurements that cannot be sewn together.
    """
    if not isinstance(params, Mapping):
        raise DesignError(f"params is a dict of measurements and features, not {type(params).__name__}", field="params")
    return draft_pattern(starting_design(garment_type).changed({"construction": Construction.BLOCK, **params}))


def _faults(pattern: Pattern) -> list[Finding]:
    """Every outline that crosses itself, and every seam off its declared length by more than the tolerance."""
    crossed = [piece.name for piece in pattern.parts if not Polygon(piece.outline(0.7)).is_valid]
    outlines = [
        Finding(FindingKind.FAULT, f"the outline of {name} crosses itself with these measurements", name) for name in crossed
    ]
    return outlines + [
        Finding(
            FindingKind.FAULT,
            f"the seam {check.seam.name} does not close: {check.length_a:.1f} cm against {check.length_b:.1f} cm, "
            f"off by {check.mismatch_mm:+.1f} mm",
            check.seam.a[0].piece,
            check.seam.a[0].edge,
            check.mismatch_mm,
        )
        for check in pattern.seam_checks
        if not check.is_sewable
    ]


_NECK_AND_ARMS = ("has_collar", "has_hood", "has_cuffs")


def _not_for_this_type(design: GarmentDesign) -> list[Finding]:
    """Parts of the design that this garment cannot have: kept in the document, and said."""
    kind, notes = design.garment_type, []
    if kind in (GarmentType.SKIRT, GarmentType.PANTS):
        features = [
            name for name in _NECK_AND_ARMS if design.value(name) and not (kind == GarmentType.PANTS and name == "has_cuffs")
        ]
        notes += [not_drawn(f"{name.removeprefix('has_')} is kept in the design; {kind} has none") for name in features]
    if design.style.length not in LENGTHS_FOR[kind]:
        usual = ", ".join(LENGTHS_FOR[kind])
        notes.append(
            not_drawn(f"length '{design.style.length}' is not used for {kind} (there: {usual}); drafted at its usual length")
        )
    return notes


def _proportion_warnings(m: Measures) -> list[Finding]:
    """Measurements that do not look like one body: typing errors, mostly."""
    warnings = []
    if not 0.55 <= m.waist / m.bust <= 1.25:
        warnings.append(f"waist {m.waist:.0f} cm and bust {m.bust:.0f} cm are an unusual pair")
    if not 0.7 <= m.hip / m.bust <= 1.5:
        warnings.append(f"hip {m.hip:.0f} cm and bust {m.bust:.0f} cm are an unusual pair")
    if not 0.17 <= m.bodice_length / m.height <= 0.32:
        warnings.append(f"bodice length {m.bodice_length:.0f} cm is unusual for a height of {m.height:.0f} cm")
    return [Finding(FindingKind.WARNING, f"{text}: check the measurements") for text in warnings]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft one garment and write it in the format of --out's suffix."""
    parser = argparse.ArgumentParser(description="Draft a sewing pattern and write it as PDF, SVG, PNG or JSON.")
    add_design_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help=f"file to write: {', '.join(sorted(WRITERS))}")

    def work() -> None:
        options = parser.parse_args(arguments)
        write = WRITERS.get(options.out.suffix.lower())
        if write is None:
            raise DesignError(
                f"cannot write {options.out.suffix or 'a file without a suffix'!r}; choose {', '.join(sorted(WRITERS))}",
                field="out",
            )
        pattern = draft_pattern(design_from(options))
        options.out.write_bytes(write(pattern))
        sys.stdout.write(f"{pattern!r}\nwrote {options.out}\n")

    return run(work)


if __name__ == "__main__":
    raise SystemExit(main())
