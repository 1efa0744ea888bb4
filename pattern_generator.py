"""Design -> flat pieces: the recipes, the seams, and the checks that say whether they can be sewn.

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
from dataclasses import replace
from pathlib import Path

from studio.checking import body_findings, checked, checked_on_paper
from studio.commands import add_design_arguments, design_from, run
from studio.cutting import paper_pieces
from studio.design import GarmentDesign, starting_design
from studio.drafting.draft import Draft, not_drawn
from studio.drafting.recipe_lower import skirt, trousers
from studio.drafting.recipe_upper import upper_garment
from studio.errors import DesignError, DraftError
from studio.export import WRITERS
from studio.export.making_text import making_text
from studio.export.marker_svg import marker_svg
from studio.export.nest import nested_pdf, nested_svg
from studio.export.techpack import techpack_pdf
from studio.importing.garmentcode import as_pattern, read_garmentcode
from studio.making import markers, workshop
from studio.pattern import Finding, Pattern
from studio.sizes import GradedSize, Table, graded, nearest_size
from studio.sizing import Measures, completed
from studio.vocabulary import LENGTHS_FOR, Construction, GarmentType
from studio.workshop import Marker, Workshop

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
    try:
        draft = RECIPES[design.garment_type](design, measures)
    except DraftError as error:
        suspects = [finding.message for finding in body_findings(design, measures)]
        raise DraftError("; ".join((str(error), *suspects))) from None
    pattern = Pattern(design, measures, draft.parts, draft.seams, (*draft.findings, *_not_for_this_type(design)))
    return replace(pattern, findings=(*checked(pattern), *pattern.findings))


@functools.lru_cache(maxsize=64)
def findings_on_paper(design: GarmentDesign) -> tuple[Finding, ...]:
    """What is wrong with the cutting lines and notches of a design's pattern; () for nothing, which is usual.

    For whatever shows or writes a pattern: it takes as long as laying out the paper pieces does, so a draft alone leaves it.
    Raises DraftError like `draft_pattern`.
    """
    return checked_on_paper(draft_pattern(design))


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


def workshop_of(pattern: Pattern) -> Workshop:
    """Finished measures, cut list, what to buy and the order of sewing."""
    return workshop(pattern, paper_pieces(pattern))


def markers_of(pattern: Pattern) -> tuple[Marker, ...]:
    """The pieces nested on each cloth; takes about five seconds. Raises DraftError for a piece wider than the cloth."""
    return markers(pattern, paper_pieces(pattern))


def sizes_of(pattern: Pattern) -> tuple[GradedSize, ...]:
    """The pattern in every size of the table that its wearer is nearest to (women where nobody was measured)."""
    near = nearest_size(pattern.design)
    return graded(pattern.design, draft_pattern, table=near[0] if near else Table.WOMEN)


def techpack_of(pattern: Pattern) -> bytes:
    """The tech pack as PDF, its grading table over the wearer's size table."""
    return techpack_pdf(pattern, paper_pieces(pattern), workshop_of(pattern), sizes_of(pattern))


EXPORTS: Mapping[str, Callable[[Pattern], bytes]] = {
    **WRITERS,
    ".techpack.pdf": techpack_of,
    ".graded.pdf": lambda pattern: nested_pdf(sizes_of(pattern)),
    ".graded.svg": lambda pattern: nested_svg(sizes_of(pattern)),
    ".marker.svg": lambda pattern: marker_svg(markers_of(pattern)),
    ".making.txt": lambda pattern: making_text(pattern, workshop_of(pattern)),
}
"""Every file format by suffix: those of one pattern, and those that need it in all sizes or on the cloth."""


def writer_for(path: Path) -> Callable[[Pattern], bytes]:
    """The function that writes files of that name: of 'dress.a4.pdf' the one for '.a4.pdf', else the one for '.pdf'.

    Raises DesignError listing the formats.
    """
    name = path.name.lower()
    known = [suffix for suffix in EXPORTS if name.endswith(suffix) and len(name) > len(suffix)]
    if not known:
        formats = ", ".join(f"NAME{suffix}" for suffix in sorted(EXPORTS))
        raise DesignError(f"cannot tell the format of {path.name!r}; choose one of {formats}", field="out")
    return EXPORTS[max(known, key=len)]


def _read_pattern(path: Path) -> Pattern:
    """The pattern of a GarmentCode file. Raises DesignError."""
    try:
        return as_pattern(read_garmentcode(path.read_bytes()))
    except OSError as error:
        raise DesignError(f"cannot read {path}: {error.strerror}", field="from") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft one garment and write it in the format of --out's suffix."""
    parser = argparse.ArgumentParser(description="Draft a sewing pattern and write it to a file.")
    add_design_arguments(parser)
    parser.add_argument("--from", dest="source", type=Path, default=None, help="a GarmentCode JSON file to convert as it is")
    parser.add_argument("--out", type=Path, required=True, help=f"file to write: {', '.join(sorted(EXPORTS))}")

    def work() -> None:
        options = parser.parse_args(arguments)
        write = writer_for(options.out)
        pattern = _read_pattern(options.source) if options.source else draft_pattern(design_from(options))
        options.out.write_bytes(write(pattern))
        sys.stdout.write(f"{pattern!r}\nwrote {options.out}\n")

    return run(work)


if __name__ == "__main__":
    raise SystemExit(main())
