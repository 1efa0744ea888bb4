"""Fronts and backs of a skirt as pieces: whole, or cut in two at the centre for buttons or a narrow cloth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, point
from studio.design import GarmentDesign
from studio.drafting.choices import is_full
from studio.drafting.draft import EMPTY, PAIR, backwards, changed, dart_seams, darted_runs, not_drawn, refs
from studio.drafting.ease import ease_for
from studio.drafting.geometry import line
from studio.drafting.lower.fullness import WaistFullness, circle_share, pleated, waist_fullness
from studio.drafting.lower.skirt import WIDER_HALF, HalfSkirt, circle_skirt, full_skirt, shaped_skirt
from studio.drafting.lower.skirt_opening import ButtonRow, front_facings, with_buttons
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.pattern import EdgeRef, Finding, FindingKind, Finish, Piece, Role, Seam, SeamKind, Side
from studio.sizing import Measures
from studio.vocabulary import Silhouette

USUAL_ROW = ButtonRow()


@dataclass(frozen=True, eq=False)
class SkirtParts:
    """The fronts and backs of a skirt, each listed from -x to +x, with the seams among them."""

    fronts: tuple[Piece, ...]
    backs: tuple[Piece, ...]
    facings: tuple[Piece, ...]  # of a front that buttons down
    seams: tuple[Seam, ...]
    findings: tuple[Finding, ...]
    fullness: WaistFullness

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.fronts + self.backs + self.facings


def quarters(waist: float, *, alike: bool = False) -> tuple[float, float]:
    """The front's and the back's quarter of a finished waist, cm."""
    offset = 0.0 if alike else WIDER_HALF
    return waist / 4 + offset, waist / 4 - offset


def skirt_parts(
    design: GarmentDesign,
    m: Measures,
    *,
    waist: tuple[float, float],
    prefix: bool,
    overlap: float = 0.0,
    row: ButtonRow = USUAL_ROW,
    darts: tuple[float, float] = (0.0, 0.0),
) -> SkirtParts:
    """A skirt by the front's and the back's quarter of its finished waist, cm; pieces called front_skirt ... when `prefix`.

    With an `overlap` the front is two pieces that lap that far beyond the centre front, faced and buttoned (`row`). `darts` is
    how far from the centre the darts of a bodice above meet the waist, on front and back; 0 for no bodice or no darts. A piece
    wider than the cloth is cut in two as well when everything is drawn.
    """
    girth = 2 * sum(waist)
    fullness, findings = waist_fullness(design, m, waist=girth)
    share, more = circle_share(design, m, waist=girth) if design.style.silhouette == Silhouette.CIRCLE else (0.0, [])
    front_half, back_half = (
        _half(design, m, part, fullness, share, dart_at, front=front)
        for part, dart_at, front in zip(waist, darts, (True, False), strict=True)
    )
    suffix = "_skirt" if prefix else ""
    fronts, front_join, front_notes = _cut(design, f"front{suffix}", front_half, m.skirt_length, overlap)
    backs, back_join, back_notes = _cut(design, f"back{suffix}", back_half, m.skirt_length, 0.0)
    facings = EMPTY
    if fullness.kind == SeamKind.PLEATED:
        fronts, backs = (tuple(_with_pleats(piece, fullness.ratio) for piece in pieces) for pieces in (fronts, backs))
    if overlap:
        fronts = with_buttons(design, fronts, m.skirt_length, row)
        facings = front_facings(fronts, front_half, overlap)
    seams = [*dart_seams((*fronts, *backs)), *side_seams(fronts, backs), *front_join, *back_join, *facings.seams]
    findings = [*findings, *more, *front_notes, *back_notes, *_silhouette_notes(design)]
    return SkirtParts(fronts, backs, facings.parts, tuple(seams), tuple(findings), fullness)


def _half(
    design: GarmentDesign, m: Measures, waist: float, full: WaistFullness, share: float, dart_at: float, *, front: bool
) -> HalfSkirt:
    """Half a front or back; `waist` is its finished part of the waist."""
    if design.style.silhouette == Silhouette.CIRCLE:
        return circle_skirt(waist=waist, length=m.skirt_length, share=share)
    if full.ratio > 1 or full.kind != SeamKind.PLAIN:
        flare = m.flare if full.kind == SeamKind.GATHERED else 0.0
        return full_skirt(waist=waist * full.ratio, length=m.skirt_length, flare=flare)
    hip = (m.hip + ease_for(design).hip) / 4 + (WIDER_HALF if front else -WIDER_HALF)
    return shaped_skirt(
        waist=waist, hip=hip, hip_depth=m.hip_depth, length=m.skirt_length, flare=m.flare, front=front, dart_at=dart_at
    )


def _cut(
    design: GarmentDesign, stem: str, half: HalfSkirt, length: float, overlap: float
) -> tuple[tuple[Piece, ...], list[Seam], list[Finding]]:
    """The half as one whole piece or as two, the seam between the two, and what is to be said about the cloth's width."""
    role = Role.SKIRT_FRONT if stem.startswith("front") else Role.SKIRT_BACK
    if overlap:
        return _two_pieces(stem, role, half, length, overlap), [], []
    cloth, full, word = design.making.fabric_width, is_full(design), stem.split("_", maxsplit=1)[0]
    half_width = max(float(curve.at(np.linspace(0, 1, 9))[:, 0].max()) for curve in (*half.side, *half.hem))
    allowance = 2 * design.making.seam_allowance
    if 2 * half_width + allowance <= cloth:
        return (_whole_piece(stem, role, half, length),), [], []
    notes = []
    width = (half_width if full else 2 * half_width) + allowance
    if width > cloth:
        message = f"the {word} of the skirt is cut {width:.0f} cm wide, the cloth is {cloth:.0f} cm: "
        message += "take a wider cloth, a shorter skirt or less fullness"
        notes = [Finding(FindingKind.WARNING, message, f"{stem}_left" if full else stem)]
    if not full:
        return (_whole_piece(stem, role, half, length),), [], notes
    message = f"the {word} of the skirt would be {2 * half_width:.0f} cm wide, the cloth is {cloth:.0f} cm: "
    message += f"it is cut in two with a seam at the centre {word}"
    notes.append(changed(message, f"{stem}_left", "centre"))
    first, second = (f"{stem}_{side}" for side in (PAIR if role == Role.SKIRT_FRONT else PAIR[::-1]))
    seam = Seam(f"centre {word}", refs(first, "centre"), refs(second, "centre"), smooth=(True, True))
    return _two_pieces(stem, role, half, length, 0.0), [seam], notes


def _marks(half: HalfSkirt, length: float, *, suffix: str = "") -> dict[str, Point2]:
    marks = {
        "waist_center": point(0, 0),
        f"waist{suffix}": half.side[0].start,
        f"hip{suffix}": half.hip_side,
        "hem_center": point(0, length),
        f"hem{suffix}": half.side[-1].end,
    }
    if half.apex is not None:
        marks["apex"] = half.apex
    return marks


def _whole_piece(name: str, role: Role, half: HalfSkirt, length: float) -> Piece:
    runs: list[Run] = [("hem_centre", backwards(half.hem), Finish.HEM), ("side", backwards(half.side), Finish.SEAM)]
    waist = darted_runs(half.waist, "waist", finish=Finish.SEAM)
    inner_name, inner_curves, finish = waist[0]
    runs += [(n, backwards(c), f) for n, c, f in reversed(waist[1:])]
    runs.append((f"{inner_name}_centre", backwards(inner_curves), finish))
    return whole_piece(
        name,
        role,
        runs,
        landmarks=_marks(half, length),
        grain=(0.25 * length, 0.75 * length),
        plus=Side.LEFT if role == Role.SKIRT_FRONT else Side.RIGHT,
    )


def _two_pieces(stem: str, role: Role, half: HalfSkirt, length: float, overlap: float) -> tuple[Piece, ...]:
    """The pieces either side of the centre, from -x to +x; with an overlap they lap that far beyond it."""
    edge = "front_edge" if overlap else "centre"
    hem = list(half.hem)
    runs = darted_runs(half.waist, "waist", finish=Finish.SEAM)
    beyond_top, beyond_hem = point(-overlap, 0), point(-overlap, length)
    if overlap:
        name, waist, finish = runs[0]
        runs[0] = (name, [line(beyond_top, point(0, 0)), *waist], finish)
        hem = [*hem, line(hem[-1].end, beyond_hem)]
    runs += [
        ("side", list(half.side), Finish.SEAM),
        ("hem", hem, Finish.HEM),
        (edge, [line(beyond_hem, beyond_top)], Finish.OPENING if overlap else Finish.SEAM),
    ]
    x = 0.35 * float(half.side[0].start[0])
    grain = np.array(((x, 0.25 * length), (x, 0.75 * length)))
    plus = Side.LEFT if role == Role.SKIRT_FRONT else Side.RIGHT
    minus = Side.RIGHT if plus == Side.LEFT else Side.LEFT
    return tuple(
        single_piece(
            f"{stem}_{side}",
            role,
            side,
            runs,
            landmarks=_marks(half, length, suffix=f"_{side}"),
            grain=grain,
            turned_over=side == minus,
        )
        for side in (minus, plus)
    )


def _with_pleats(piece: Piece, ratio: float) -> Piece:
    """Pleats over the piece's share of the waist; the overlap of a buttoned front stays plain."""
    x0, _, x1, _ = piece.bounds
    if piece.side == Side.CENTRE:
        return pleated(piece, ratio)
    outer = x1 if x1 > -x0 else x0
    return pleated(piece, ratio, low=min(0.0, outer), high=max(0.0, outer))


def _silhouette_notes(design: GarmentDesign) -> list[Finding]:
    silhouette, flare = design.style.silhouette, design.measurements.flare
    notes = []
    if silhouette == Silhouette.CIRCLE:
        if flare:
            notes.append(not_drawn("flare does not apply to a circle skirt: its width at the hem follows from the circle"))
        if is_full(design):
            message = "let the circle skirt hang a day before hemming: the bias drops 1 to 2 cm; level the hem from the floor"
            notes.append(Finding(FindingKind.WARNING, message))
    if silhouette == Silhouette.PLEATED and flare:
        notes.append(not_drawn("flare does not apply to a pleated skirt: its pleats are straight"))
    return notes


def side_edge(pieces: Sequence[Piece], side: Side) -> EdgeRef:
    """The side seam edge of a front or back on the wearer's `side`."""
    for piece in pieces:
        if piece.side == side:
            return EdgeRef(piece.name, "side")
    return EdgeRef(pieces[0].name, f"{side}_side")


def side_seams(fronts: Sequence[Piece], backs: Sequence[Piece]) -> list[Seam]:
    return [Seam(f"{side} side", (side_edge(backs, side),), (side_edge(fronts, side),), smooth=(True, True)) for side in PAIR]


def waist_run(*pieces: Piece) -> tuple[EdgeRef, ...]:
    """The waist edges of skirt or trouser pieces from the wearer-independent -x end to the +x end, darts left out."""
    return tuple(
        EdgeRef(piece.name, edge.name)
        for piece in pieces
        for edge in sorted(piece.edges, key=lambda edge: float(edge.start[0] + edge.end[0]))
        if "waist" in edge.name and edge.finish == Finish.SEAM
    )


def run_length(pieces: Sequence[Piece], run: Sequence[EdgeRef]) -> float:
    """Length of a run of edges of these pieces, cm."""
    by_name = {piece.name: piece for piece in pieces}
    return sum(by_name[ref.piece].edge(ref.edge).length for ref in run)
