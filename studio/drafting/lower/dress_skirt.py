"""The skirt of a dress, sewn to its bodice at the waist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.design import GarmentDesign
from studio.drafting.choices import is_full
from studio.drafting.details.pockets import skirt_pockets
from studio.drafting.details.side_pocket import zip_end_marks
from studio.drafting.draft import Draft
from studio.drafting.lower.skirt_opening import ButtonRow, row_below
from studio.drafting.lower.skirt_pieces import run_length, skirt_parts, waist_run
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.front_opening import button_overlap
from studio.pattern import Piece, Seam, Side
from studio.vocabulary import Closure


def skirt_of_dress(
    design: GarmentDesign, plan: BodicePlan, fronts: Sequence[Piece], back: Piece, halves: tuple[HalfBodice, HalfBodice]
) -> Draft:
    """The skirt, sewn to the bodice at the waist; below two buttoned fronts the front skirt is two pieces that lap as far.

    A gathered or pleated skirt is declared by its ratio to the bodice; the laps are sewn flat, so the seam's ease takes
    their share of the fullness off again. `halves` are the front and back of the bodice: their darts run on in the skirt.
    """
    measures = plan.measures
    lap = button_overlap(design, measures) if len(fronts) > 1 else 0.0
    front_waist = run_length(fronts, waist_run(*fronts)) / 2 - lap
    back_waist = run_length([back], waist_run(back)) / 2
    front_dart, back_dart = (half.bottom.segments[0].length if half.bottom.legs else 0.0 for half in halves)
    parts = skirt_parts(
        design,
        measures,
        waist=(front_waist, back_waist),
        prefix=True,
        overlap=lap,
        row=row_below(fronts) if lap else ButtonRow(),
        darts=(front_dart, back_dart),
    )
    seams = [replace(seam, name=f"skirt {seam.name}") if seam.name.endswith("side") else seam for seam in parts.seams]
    full = parts.fullness

    def waist_seam(name: str, bodice: Sequence[Piece], skirt: Sequence[Piece], flat: float) -> Seam:
        return Seam(name, waist_run(*bodice), waist_run(*skirt), full.kind, ease=-flat * (full.ratio - 1), ratio=full.ratio)

    if lap:
        by_side = {piece.side: piece for piece in fronts}
        for skirt in parts.fronts:
            seams.append(waist_seam(f"{skirt.side} front waist", [by_side[skirt.side]], [skirt], lap))
    else:
        ordered = sorted(fronts, key=lambda piece: piece.side != Side.RIGHT)
        seams.append(waist_seam("front waist", ordered, parts.fronts, 0.0))
    seams.append(waist_seam("back waist", [back], parts.backs, 0.0))
    draft = Draft(parts.pieces, tuple(seams), parts.findings)
    if is_full(design) and design.style.closure == Closure.ZIP:
        draft = zip_end_marks(draft, measures, seam="skirt left side")
    return skirt_pockets(design, measures, draft, parts.fronts)
