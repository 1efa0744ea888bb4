"""Fronts and backs as pieces: the halves of `bodice` with their edges named, and where other parts are sewn to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.arrays import Point2, point
from studio.design import GarmentDesign
from studio.drafting.bodice import BodicePlan, HalfBodice
from studio.drafting.draft import PAIR, BodiceRuns, backwards, centred, dart_seams, darted_runs, refs
from studio.drafting.geometry import line
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.pattern import Finish, Piece, Role, Seam, Side
from studio.vocabulary import GarmentType, Neckline

FRONT_OVERLAP = 2.2

BODICE_NAMES = {GarmentType.SHIRT: "{}_bodice", GarmentType.DRESS: "{}_bodice"}


def bodice_name(design: GarmentDesign, word: str) -> str:
    return BODICE_NAMES.get(design.garment_type, "{}").format(word)


def _half_runs(half: HalfBodice, plan: BodicePlan) -> list[Run]:
    """The half's outline from the bottom of the centre line over side, armhole and shoulder to the neck."""
    bottom = "waist" if plan.joins_skirt else "hem"
    runs = darted_runs(half.bottom, bottom, finish=Finish.SEAM if plan.joins_skirt else Finish.HEM)
    if half.bust_dart is None:
        runs.append(("side", backwards(half.side), Finish.SEAM))
    else:
        upper, lower = half.bust_dart
        runs.append(("side_2", backwards(half.side), Finish.SEAM))
        runs.append(("bust_dart_a", [lower.reversed()], Finish.DART))
        runs.append(("bust_dart_b", [upper.reversed()], Finish.DART))
        runs.append(("side_1", backwards(half.side_above_dart), Finish.SEAM))
    runs.append(("armhole", backwards(half.armhole), Finish.SEAM))
    runs.append(("shoulder", [half.shoulder.reversed()], Finish.SEAM))
    runs.append(("neck", backwards(half.neck), Finish.SEAM))
    return runs


def _marks(half: HalfBodice, plan: BodicePlan) -> dict[str, Point2]:
    bottom = half.bottom.segments[0].start
    marks = {
        "neck_center": half.neck[0].start,
        "shoulder_neck": half.shoulder.start,
        "shoulder_tip": half.shoulder.end,
        "underarm": half.underarm,
        "hem_center": bottom,
        "hem": half.hem_end,
    }
    if bottom[1] >= half.waist_level - 1e-6:
        marks["waist_center"] = point(0, half.waist_level)
        marks["waist"] = half.hem_end if plan.joins_skirt else half.side[0].end
    return marks


def _grain(half: HalfBodice) -> tuple[float, float]:
    top, bottom = half.neck[0].start[1], half.bottom.segments[0].start[1]
    return float(top + 0.2 * (bottom - top)), float(top + 0.85 * (bottom - top))


def bodice_piece(name: str, role: Role, half: HalfBodice, plan: BodicePlan) -> Piece:
    plus = Side.LEFT if role == Role.FRONT else Side.RIGHT
    return whole_piece(name, role, centred(_half_runs(half, plan)), landmarks=_marks(half, plan), grain=_grain(half), plus=plus)


def front_pieces(design: GarmentDesign, plan: BodicePlan, half: HalfBodice) -> tuple[Piece, ...]:
    """One whole front, or for a jacket two with an overlap beyond the centre front."""
    if design.garment_type != GarmentType.JACKET:
        return (bodice_piece(bodice_name(design, "front"), Role.FRONT, half, plan),)
    centre_neck, centre_hem = half.neck[0].start, half.bottom.segments[0].start
    over_neck, over_hem = centre_neck - (FRONT_OVERLAP, 0), centre_hem - (FRONT_OVERLAP, 0)
    (name, hem, finish), *rest = _half_runs(half, plan)
    runs: list[Run] = [
        (name, [line(over_hem, centre_hem), *hem], finish),
        *rest,
        ("neck_step", [line(centre_neck, over_neck)], Finish.BOUND),
        ("front_edge", [line(over_neck, over_hem)], Finish.OPENING),
    ]
    top, bottom = _grain(half)
    x = 0.35 * half.hem_end[0]
    grain = np.array(((x, top), (x, bottom)))
    marks = _marks(half, plan)
    pieces = []
    for side in PAIR:
        sided = {mark if mark.endswith("center") else f"{mark}_{side}": place for mark, place in marks.items()}
        pieces.append(
            single_piece(f"front_{side}", Role.FRONT, side, runs, landmarks=sided, grain=grain, turned_over=side == Side.RIGHT)
        )
    return tuple(pieces)


def front_edge_name(front: str, side: Side, edge: str) -> str:
    """Edge names carry the side on a whole front, and none on a front that is itself left or right."""
    return edge if front.endswith(side) else f"{side}_{edge}"


def bodice_seams(fronts: tuple[Piece, ...], back: Piece, host: Mapping[Side, str], plan: BodicePlan) -> list[Seam]:
    seams = dart_seams((*fronts, back))
    by_name = {piece.name: piece for piece in fronts}
    for side in PAIR:
        front = host[side]
        have = {edge.name for edge in by_name[front].edges}
        parts = [name for stem in ("side_1", "side", "side_2") if (name := front_edge_name(front, side, stem)) in have]
        run = refs(front, *parts) if side == Side.LEFT else refs(front, *parts)[::-1]
        seams.append(Seam(f"{side} side", refs(back.name, f"{side}_side"), run, smooth=(True, True)))
        over = refs(front, front_edge_name(front, side, "shoulder"))
        seams.append(Seam(f"{side} shoulder", refs(back.name, f"{side}_shoulder"), over, smooth=shoulder_smooth(side, plan)))
    return seams


def bodice_runs(host: Mapping[Side, str], back: str) -> BodiceRuns:
    """Where sleeves and collars are sewn: fronts by side, and the one back."""
    return BodiceRuns(
        neck={side: (*refs(host[side], front_edge_name(host[side], side, "neck")), *refs(back, f"{side}_neck")) for side in PAIR},
        front_armhole={side: refs(host[side], front_edge_name(host[side], side, "armhole")) for side in PAIR},
        back_armhole={side: refs(back, f"{side}_armhole") for side in PAIR},
    )


def shoulder_smooth(side: Side, plan: BodicePlan) -> tuple[bool, bool]:
    """Smooth ends of a shoulder seam walked along the back: always at the tip, at the neck unless its front runs straight in."""
    round_neck = plan.neckline not in (Neckline.V, Neckline.SQUARE)
    return (True, round_neck) if side == Side.RIGHT else (round_neck, True)
