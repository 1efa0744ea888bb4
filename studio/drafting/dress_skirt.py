"""The skirt of a dress, sewn to its bodice at the waist."""

from __future__ import annotations

from dataclasses import replace

from studio.design import GarmentDesign
from studio.drafting.bodice import BodicePlan
from studio.drafting.draft import Draft, dart_seams, refs
from studio.drafting.pockets import skirt_pockets
from studio.drafting.recipe_lower import side_seams, skirt_pieces, waist_run
from studio.pattern import Edge, EdgeRef, Finish, Piece, Seam


def skirt_of_dress(design: GarmentDesign, plan: BodicePlan, front: Piece, back: Piece) -> Draft:
    """The skirt, sewn to the bodice at the waist."""
    waist = plan.measures.waist + plan.ease.waist
    skirt_front, skirt_back = skirt_pieces(design, plan.measures, waist=waist, prefix=True)
    seams = [*dart_seams((skirt_front, skirt_back)), *side_seams("front_skirt", "back_skirt")]
    seams = [replace(seam, name=f"skirt {seam.name}") if seam.name.endswith("side") else seam for seam in seams]
    for bodice, skirt in ((front, skirt_front), (back, skirt_back)):
        run = [EdgeRef(bodice.name, e.name) for e in _from_minus_x(bodice)]
        seams.append(Seam(f"{'front' if bodice is front else 'back'} waist", tuple(run), refs(skirt.name, *waist_run(skirt))))
    return Draft((skirt_front, skirt_back), tuple(seams)).plus(skirt_pockets(design, plan.measures, skirt_front))


def _from_minus_x(bodice: Piece) -> list[Edge]:
    """The waist edges of a bodice in outline order, from -x to +x; the outline may start in the middle of them."""
    edges = [e for e in bodice.edges if "waist" in e.name and e.finish == Finish.SEAM]
    return sorted(edges, key=lambda edge: float(edge.start[0]))
