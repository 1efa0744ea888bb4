"""Whether the head passes the neckline, the slit where it does not, and which raw edges are bound."""

from __future__ import annotations

from dataclasses import replace

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import FrontOpening, front_opening, is_full, is_knit
from studio.drafting.draft import Draft, changed
from studio.drafting.geometry import line
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_pieces import Trunk, bodice_name
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.facing import has_neck_part
from studio.pattern import Edge, Finding, FindingKind, Finish, Mark, MarkKind, Piece, Role
from studio.vocabulary import Closure

KNIT_NECK = 0.75
"""A knitted neck edge and its band stretch by a third: the neckline passes a head that much larger."""
SIMPLE_KNIT_NECK = 0.9
"""The same for the main pieces alone, whose neckline is bound without a band."""
SHORTEST_SLIT = 12.0
LONGEST_SLIT = 18.0
SLIT_ROOM = 1.5


def head_slit(
    design: GarmentDesign, plan: BodicePlan, front: HalfBodice, back: HalfBodice
) -> tuple[Mark | None, tuple[Finding, ...]]:
    """(the slit that lets the head through, y up, what is said about it); none where the neckline is wide enough or opens.

    It is cut at the centre back, under a collar or hood at the centre front. Knits and the main pieces alone have a warning.
    """
    opening, head = 2 * (front.neck_length + back.neck_length), plan.measures.head
    full, knit = is_full(design), is_knit(design)
    need = head * (1.0 if not knit else KNIT_NECK if full else SIMPLE_KNIT_NECK)
    opens = front_opening(design) != FrontOpening.NONE or (not full and design.style.closure != Closure.NONE)
    if opens or opening >= need:
        return None, ()
    narrow = f"the neckline of {opening:.1f} cm does not pass a head of {head:.1f} cm: "
    if knit or not full:
        place = bodice_name(design, "front"), "left_neck"
        return None, (Finding(FindingKind.WARNING, f"{narrow}add an opening or widen it", *place),)
    at_front = has_neck_part(design)
    half = front if at_front else back
    top, low = float(half.neck[0].start[1]), float(half.bottom.segments[0].start[1])
    length = min(max((need - opening) / 2 + SLIT_ROOM, SHORTEST_SLIT), LONGEST_SLIT, 0.6 * (low - top))
    slit = Mark(MarkKind.SLIT, "neck slit", (line(point(0, -top), point(0, -top - length)),))
    where = "front" if at_front else "back"
    told = f"{narrow}a slit {length:.0f} cm long is cut at the centre {where}, faced, and closed with a button and loop"
    return slit, (changed(told, bodice_name(design, where)),)


def slit_cut(trunk: Trunk, slit: Mark, *, front: bool) -> Trunk:
    """The bodice with the slit marked on every piece that it runs through."""

    def marked(piece: Piece) -> Piece:
        is_cut = piece.role in ((Role.FRONT,) if front else (Role.BACK, Role.YOKE_BACK))
        return replace(piece, marks=(*piece.marks, slit)) if is_cut else piece

    yokes = tuple(marked(piece) for piece in trunk.yokes)
    return replace(trunk, fronts=tuple(marked(piece) for piece in trunk.fronts), back=marked(trunk.back), yokes=yokes)


def with_bound_edges(draft: Draft) -> Draft:
    """The draft with every edge that was to be sewn and is sewn to nothing bound instead: necklines and armholes of knits."""
    sewn = {(ref.piece, ref.edge) for seam in draft.seams for ref in (*seam.a, *seam.b)}

    def finished(piece: Piece, edge: Edge) -> Edge:
        is_open = edge.finish == Finish.SEAM and (piece.name, edge.name) not in sewn
        return replace(edge, finish=Finish.BOUND) if is_open else edge

    def bound(piece: Piece) -> Piece:
        if all(edge.finish != Finish.SEAM or (piece.name, edge.name) in sewn for edge in piece.edges):
            return piece
        return replace(piece, edges=tuple(finished(piece, edge) for edge in piece.edges))

    return Draft(tuple(bound(piece) for piece in draft.parts), draft.seams, draft.findings)
