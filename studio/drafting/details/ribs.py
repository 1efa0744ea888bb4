"""Rib bands of knitted garments: neckband and hem rib, folded in half and stretched onto the edge they finish."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.arrays import point
from studio.design import GarmentDesign
from studio.drafting.choices import has_hem_rib
from studio.drafting.details.marks import marked, straight_mark
from studio.drafting.draft import Draft, not_drawn, refs
from studio.drafting.geometry import line
from studio.drafting.neck.collar import folded_band
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BACK_NECK_DEPTH, BodicePlan
from studio.pattern import EdgeRef, Finish, MarkKind, Material, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import Neckline

NECKBAND_HEIGHT = 2.0
NECKBAND_RATIO = 0.88
MITRED_RATIO = 0.95
"""Length of a neckband as a share of the neckline; a mitred one is stretched less, its straight edges would gape."""
HEM_RIB_HEIGHT = 6.0
HEM_RIB_RATIO = 0.85
"""Length of a hem rib as a share of the hem it is stretched onto."""
SHORTEST_SIDE = 10.0
"""Of the side seam above a hem rib, cm; the garment is longer than asked rather than shorter there."""


def neckband(
    plan: BodicePlan, front: HalfBodice, neck_half: float, *, from_front: Sequence[EdgeRef], from_back: Sequence[EdgeRef]
) -> Draft:
    """A folded rib strip round a half neckline of `neck_half` cm: joined at the centre back, on a V neck mitred in front.

    The neckline is given as two runs, from the left centre front round the back and from the centre back round the front.
    """
    height = NECKBAND_HEIGHT * math.sqrt(min(plan.scale, 1.1))
    is_mitred = plan.neckline == Neckline.V
    ratio = MITRED_RATIO if is_mitred else NECKBAND_RATIO
    mitre = 0.0
    if is_mitred:
        way = front.neck[0].tangent(0)
        mitre = min(height * abs(way[1]) / max(abs(way[0]), 0.1), 0.3 * neck_half)
    half = folded_band(ratio * neck_half, height=height, mitre=mitre)
    runs: list[Run] = [
        ("neck_centre", [half.neck], Finish.SEAM),
        ("end", half.front, Finish.SEAM),
        ("outer_centre", [half.outer], Finish.TOPSTITCHED),
    ]
    marks = {"neck_center": point(0, 0), "neck_front" if is_mitred else "neck_back": half.neck.end}
    plus = Side.RIGHT if is_mitred else Side.LEFT
    piece = whole_piece("neckband", Role.STAND, runs, landmarks=marks, grain=(-1.7 * height, -0.3 * height), plus=plus)
    reach = half.neck.end[0] - mitre
    fold = straight_mark(MarkKind.FOLD, "fold", point(-reach, -height), point(reach, -height))
    run = tuple(from_front if is_mitred else from_back)
    seams = (
        Seam("neckband", refs("neckband", "neck"), run, SeamKind.STRETCHED, 0.0, 1 / ratio),
        Seam("neckband ends", refs("neckband", "left_end"), refs("neckband", "right_end")),
    )
    notes = (
        (not_drawn("the neckband is drawn straight: fold a mitre at each corner of the square neckline"),)
        if plan.neckline == Neckline.SQUARE
        else ()
    )
    return Draft((replace(marked(piece, (fold,)), material=Material.RIB),), seams, notes)


def hem_rib_height(plan: BodicePlan) -> float:
    """Finished height of a hem rib, cm."""
    return HEM_RIB_HEIGHT * math.sqrt(min(plan.scale, 1.1))


def ribbed(design: GarmentDesign, plan: BodicePlan) -> BodicePlan:
    """The plan of a bodice that ends where its hem rib begins; without a rib the plan as it is."""
    if not has_hem_rib(design):
        return plan
    shortest = max(BACK_NECK_DEPTH + 0.62 * plan.measures.bodice_length, plan.underarm_level + SHORTEST_SIDE * plan.scale)
    level = min(max(plan.hem_level - hem_rib_height(plan), shortest), plan.hem_level)
    return replace(plan, hem_level=level, has_hem_rib=True)


def hem_rib(plan: BodicePlan, fronts: Sequence[Piece], backs: Sequence[Piece]) -> Draft:
    """A folded rib strip round the hems of these pieces, each listed from the wearer's left to right along the hem.

    One whole front: a ring joined at the left side. Two fronts: a strip from centre front to centre front, x = 0 at the
    centre back.
    """
    is_open = len(fronts) == 2
    order = (fronts[0], *backs, fronts[1]) if is_open else (*backs, *fronts)
    run = [(piece, edge) for piece in order for edge in piece.edges if re.fullmatch(r"((left|right)_)?hem(_\d+)?", edge.name)]
    lengths = [HEM_RIB_RATIO * edge.length for _, edge in run]
    length, height = sum(lengths), hem_rib_height(plan)
    shift = length / 2
    ends = Finish.DOUBLED if is_open else Finish.SEAM
    top_left, top_right = point(-shift, 0), point(length - shift, 0)
    low_left, low_right = (corner + point(0, 2 * height) for corner in (top_left, top_right))
    runs: list[Run] = [
        ("hem", [line(top_left, top_right)], Finish.SEAM),
        ("right_end", [line(top_right, low_right)], ends),
        ("inner", [line(low_right, low_left)], Finish.TOPSTITCHED),
        ("left_end", [line(low_left, top_left)], ends),
    ]
    grain = np.array(((0.0, 0.3 * height), (0.0, 1.7 * height)))
    piece = single_piece("hem_rib", Role.HEM_RIB, Side.CENTRE, runs, landmarks={}, grain=grain)
    fold = straight_mark(MarkKind.FOLD, "fold", top_left + point(0, height), top_right + point(0, height))
    borders = list(itertools.accumulate(lengths))[:-1]
    places = [
        straight_mark(MarkKind.PLACEMENT, "side seam", point(x - shift, 0), point(x - shift, height))
        for x, (one, other) in zip(borders, itertools.pairwise(run), strict=True)
        if one[0] is not other[0]
    ]
    seam = Seam(
        "hem rib",
        tuple(EdgeRef(piece.name, edge.name) for piece, edge in run),
        refs("hem_rib", "hem"),
        SeamKind.STRETCHED,
        0.0,
        HEM_RIB_RATIO,
    )
    closed = () if is_open else (Seam("hem rib ends", refs("hem_rib", "left_end"), refs("hem_rib", "right_end")),)
    return Draft((replace(marked(piece, (fold, *places)), material=Material.RIB),), (seam, *closed))
