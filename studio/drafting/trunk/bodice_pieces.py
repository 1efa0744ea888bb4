"""Fronts, backs and yokes as pieces: the halves of `bodice` with their edges named, and where other parts are sewn to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.arrays import Point2, point
from studio.design import GarmentDesign
from studio.drafting.choices import FrontOpening, front_opening, is_full
from studio.drafting.draft import PAIR, BodiceRuns, backwards, centred, dart_seams, darted_runs, refs
from studio.drafting.geometry import line, shifted
from studio.drafting.grain import with_upright_grain
from studio.drafting.neck.lapel import drafted_lapel, has_lapel, lapel_marks, lapel_runs
from studio.drafting.pieces import Run, single_piece, whole_piece
from studio.drafting.trunk.bodice import HalfBodice
from studio.drafting.trunk.bodice_plan import BodicePlan
from studio.drafting.trunk.fish_eye import FishEye, fish_eyes_back, fish_eyes_front
from studio.drafting.trunk.front_opening import button_overlap, edge_top, front_marks
from studio.drafting.trunk.yoke import CutHalf, cut_back, cut_front, has_cut_yoke, pleat_fold, pleat_marks
from studio.pattern import EdgeRef, Finish, Mark, MarkKind, Piece, Role, Seam, SeamKind, Side
from studio.vocabulary import GarmentType, Neckline

BODICE_NAMES = {GarmentType.SHIRT: "{}_bodice", GarmentType.DRESS: "{}_bodice"}
PLEAT_PRESSED = 7.0
"""Length of the lines that mark the back pleat, cm."""


def bodice_name(design: GarmentDesign, word: str) -> str:
    return BODICE_NAMES.get(design.garment_type, "{}").format(word)


@dataclass(frozen=True, eq=False)
class Trunk:
    """The bodice as pieces: fronts and the back they are sewn to, yokes if it has them, its seams and its runs.

    `front_neck` and `back_neck` list the half necklines away from the centre, by the wearer's side, over all pieces.
    """

    fronts: tuple[Piece, ...]
    back: Piece
    yokes: tuple[Piece, ...]
    seams: tuple[Seam, ...]
    runs: BodiceRuns
    front_neck: Mapping[Side, tuple[EdgeRef, ...]]
    back_neck: Mapping[Side, tuple[EdgeRef, ...]]
    shoulders: Mapping[Side, tuple[EdgeRef, EdgeRef]]  # back, front

    @property
    def parts(self) -> tuple[Piece, ...]:
        return (*self.fronts, self.back, *self.yokes)

    def host(self, side: Side) -> str:
        """Name of the front piece on that side."""
        return self.fronts[0].name if len(self.fronts) == 1 else f"{self.fronts[0].name.removesuffix('_left')}_{side}"


def drafted_trunk(design: GarmentDesign, plan: BodicePlan, front: HalfBodice, back: HalfBodice) -> Trunk:
    """All pieces of the bodice with their seams."""
    back_cut = cut_back(back) if has_cut_yoke(design) else None
    front_cut = cut_front(plan, front) if has_cut_yoke(design) else None
    fronts = front_pieces(design, plan, front, front_cut)
    back_piece = bodice_piece(bodice_name(design, "back"), Role.BACK, back, plan, back_cut)
    yokes = () if back_cut is None or front_cut is None else _yokes(back, back_cut, front, front_cut)
    host = {side: fronts[0].name if len(fronts) == 1 else f"{bodice_name(design, 'front')}_{side}" for side in PAIR}
    if not yokes:
        seams = bodice_seams(fronts, back_piece, host, plan)
        ends = {side: (refs(back_piece.name, f"{side}_shoulder")[0], _on(host[side], side, "shoulder")) for side in PAIR}
        runs = bodice_runs(host, back_piece.name)
        front_neck = {side: runs.neck[side][:1] for side in PAIR}
        back_neck = {side: runs.neck[side][:0:-1] for side in PAIR}
        return Trunk(fronts, back_piece, (), tuple(seams), runs, front_neck, back_neck, ends)
    seams = [*_trunk_seams(fronts, back_piece, host), *_yoke_seams(host, back_piece, plan)]
    ends = {side: (EdgeRef("yoke_back", f"{side}_shoulder"), EdgeRef(f"yoke_front_{side}", "shoulder")) for side in PAIR}
    front_neck = {side: (_on(host[side], side, "neck"), EdgeRef(f"yoke_front_{side}", "neck")) for side in PAIR}
    back_neck = {side: refs("yoke_back", f"{side}_neck") for side in PAIR}
    return Trunk(
        fronts, back_piece, yokes, tuple(seams), _yoked_runs(host, back_piece.name, front_neck), front_neck, back_neck, ends
    )


def _low_runs(half: HalfBodice, plan: BodicePlan) -> list[Run]:
    """The half's outline from the bottom of the centre line over the side to the underarm."""
    bottom = "waist" if plan.joins_skirt else "hem"
    runs = darted_runs(half.bottom, bottom, finish=Finish.SEAM if plan.joins_skirt or plan.has_hem_rib else Finish.HEM)
    if half.bust_dart is None:
        runs.append(("side", backwards(half.side), Finish.SEAM))
        return runs
    upper, lower = half.bust_dart
    runs.append(("side_2", backwards(half.side), Finish.SEAM))
    runs.append(("bust_dart_a", [lower.reversed()], Finish.DART))
    runs.append(("bust_dart_b", [upper.reversed()], Finish.DART))
    runs.append(("side_1", backwards(half.side_above_dart), Finish.SEAM))
    return runs


def _top_runs(half: HalfBodice, cut: CutHalf | None) -> list[Run]:
    """The outline from the underarm to the centre line: over the shoulder, or along the cut below the yoke."""
    if cut is None:
        return [
            ("armhole", backwards(half.armhole), Finish.SEAM),
            ("shoulder", [half.shoulder.reversed()], Finish.SEAM),
            ("neck", backwards(half.neck), Finish.SEAM),
        ]
    runs: list[Run] = [("armhole", backwards(cut.armhole), Finish.SEAM)]
    runs.append(("yoke" if cut.neck else "yoke_centre", [cut.cut.reversed()], Finish.SEAM))
    return [*runs, ("neck", backwards(cut.neck), Finish.SEAM)] if cut.neck else runs


def _marks(half: HalfBodice, plan: BodicePlan, cut: CutHalf | None) -> dict[str, Point2]:
    bottom = half.bottom.segments[0].start
    marks = {
        "neck_center": half.neck[0].start,
        "shoulder_neck": half.shoulder.start,
        "shoulder_tip": half.shoulder.end,
        "underarm": half.underarm,
        "hem_center": bottom,
        "hem": half.hem_end,
    }
    if cut is not None:
        del marks["shoulder_neck"], marks["shoulder_tip"]
        if not cut.neck:
            del marks["neck_center"]
    if bottom[1] >= half.waist_level - 1e-6:
        marks["waist_center"] = point(0, half.waist_level)
        marks["waist"] = half.hem_end if plan.joins_skirt else half.side[0].end
    return marks


def _grain(half: HalfBodice, cut: CutHalf | None = None) -> tuple[float, float]:
    top, bottom = half.neck[0].start[1], half.bottom.segments[0].start[1]
    if cut is not None:
        top = max(top, cut.cut.start[1])
    return float(top + 0.2 * (bottom - top)), float(top + 0.85 * (bottom - top))


def bodice_piece(name: str, role: Role, half: HalfBodice, plan: BodicePlan, cut: CutHalf | None = None) -> Piece:
    """A whole front or back; below a yoke (`cut`) a back has room for its box pleat."""
    front = role == Role.FRONT
    runs, marks = [*_low_runs(half, plan), *_top_runs(half, cut)], _marks(half, plan, cut)
    fold = pleat_fold(plan) if cut is not None and not front else 0.0
    if fold and cut is not None:
        runs, marks = _with_room(runs, marks, 2 * fold)
    plus = Side.LEFT if front else Side.RIGHT
    piece = whole_piece(name, role, centred(runs), landmarks=marks, grain=_grain(half, cut), plus=plus)
    eyes = fish_eyes_front(plan, half) if front else fish_eyes_back(plan, half)
    drawn = [mark for side in PAIR for mark in _dart_marks(eyes, side, front=front)]
    if fold and cut is not None:
        drawn += pleat_marks(fold, -float(cut.cut.start[1]), PLEAT_PRESSED)
    return replace(piece, marks=tuple(drawn))


def _with_room(runs: list[Run], marks: dict[str, Point2], room: float) -> tuple[list[Run], dict[str, Point2]]:
    """A half with `room` cm of cloth added at the centre line, from top to bottom."""
    wider: list[Run] = [(name, [shifted(curve, room, 0) for curve in curves], finish) for name, curves, finish in runs]
    (bottom, hem, finish), *between, (top, cut, top_finish) = wider
    low, high = hem[0].start, cut[-1].end
    wider = [
        (bottom, [line(low - (room, 0), low), *hem], finish),
        *between,
        (top, [*cut, line(high, high - (room, 0))], top_finish),
    ]
    return wider, {name: place if place[0] == 0 else place + point(room, 0) for name, place in marks.items()}


def _dart_marks(eyes: Sequence[FishEye], side: Side, *, front: bool) -> list[Mark]:
    """The fish-eye darts of one of the wearer's sides, y up; numbered from the centre where there are two."""
    plus = (side == Side.LEFT) == front
    matrix = np.diag((1.0 if plus else -1.0, -1.0))
    names = [f"waist dart {side}" if len(eyes) == 1 else f"waist dart {side} {number + 1}" for number in range(len(eyes))]
    return [Mark(MarkKind.DART, name, eye.outline).mapped(matrix, point(0, 0)) for name, eye in zip(names, eyes, strict=True)]


def _turned(marks: Sequence[Mark], side: Side) -> tuple[Mark, ...]:
    """Marks of a left front on the y-down table as they lie on the front of that side, y up."""
    matrix = np.diag((1.0 if side == Side.LEFT else -1.0, -1.0))
    return tuple(mark.mapped(matrix, point(0, 0)) for mark in marks)


def front_pieces(design: GarmentDesign, plan: BodicePlan, half: HalfBodice, cut: CutHalf | None = None) -> tuple[Piece, ...]:
    """One whole front, or two that lap over one another by twice the button overlap or meet at a zip."""
    name = bodice_name(design, "front")
    if front_opening(design) == FrontOpening.NONE:
        return (bodice_piece(name, Role.FRONT, half, plan, cut),)
    lapel = drafted_lapel(design, plan, half) if has_lapel(design) else None
    below = [*_low_runs(half, plan), *_top_runs(half, cut)]
    runs = lapel_runs(lapel, below) if lapel else opening_runs(design, plan, half, below)
    top, bottom = _grain(half, cut)
    eyes = fish_eyes_front(plan, half) if is_full(design) else ()
    inner = float(half.bottom.segments[0].end[0]) if half.bottom.legs else eyes[0].x if eyes else 0.7 * float(half.hem_end[0])
    x = 0.5 * inner
    grain = np.array(((x, top), (x, bottom)))
    marks = _marks(half, plan, cut)
    pieces = []
    for side in PAIR:
        sided = {mark if mark.endswith("center") else f"{mark}_{side}": place for mark, place in marks.items()}
        if lapel:
            sided |= {**lapel.landmarks, "neck_center": lapel.neck_center}
        turned = side == Side.RIGHT
        piece = single_piece(f"{name}_{side}", Role.FRONT, side, runs, landmarks=sided, grain=grain, turned_over=turned)
        if is_full(design):
            own = _turned(lapel_marks(lapel, side), side) if lapel else front_marks(design, plan, half, side)
            piece = replace(piece, marks=(*own, *_dart_marks(eyes, side, front=True)))
        pieces.append(piece)
    return tuple(pieces)


def opening_runs(design: GarmentDesign, plan: BodicePlan, half: HalfBodice, runs: list[Run]) -> list[Run]:
    """The runs of a half (hem first, neck last) with its overlap, if it has one, and its front edge."""
    overlap = button_overlap(design, plan.measures)
    centre_neck, centre_low = half.neck[0].start, half.bottom.segments[0].start
    if not overlap:
        return [*runs, ("front_edge", [line(centre_neck, centre_low)], Finish.OPENING)]
    over_neck, over_low = edge_top(design, plan, half, overlap), centre_low - (overlap, 0)
    (name, low, finish), *rest = runs
    step = Finish.SEAM if is_full(design) else Finish.BOUND
    return [
        (name, [line(over_low, centre_low), *low], finish),
        *rest,
        ("neck_step", [line(centre_neck, over_neck)], step),
        ("front_edge", [line(over_neck, over_low)], Finish.OPENING),
    ]


def _yokes(back: HalfBodice, back_cut: CutHalf, front: HalfBodice, front_cut: CutHalf) -> tuple[Piece, ...]:
    """Back yoke and both front yokes, each cut twice, in the coordinates of the bodice."""

    def runs(half: HalfBodice, cut: CutHalf, low: str) -> list[Run]:
        return [
            (low, [cut.cut], Finish.SEAM),
            ("armhole", backwards(cut.yoke_armhole), Finish.SEAM),
            ("shoulder", [half.shoulder.reversed()], Finish.SEAM),
            ("neck", backwards(cut.yoke_neck), Finish.SEAM),
        ]

    marks = {"shoulder_neck": back.shoulder.start, "shoulder_tip": back.shoulder.end}
    top, low = float(back.neck[0].start[1]), float(back_cut.cut.start[1])
    whole = whole_piece(
        "yoke_back",
        Role.YOKE_BACK,
        runs(back, back_cut, "yoke_centre"),
        landmarks={"neck_center": back.neck[0].start, **marks},
        grain=(top + 0.15 * (low - top), low - 0.15 * (low - top)),
        plus=Side.RIGHT,
    )
    pieces = [replace(whole, layers=2)]
    upright = np.array((front.shoulder.start, front_cut.cut.end))
    for side in PAIR:
        sided = {f"shoulder_neck_{side}": front.shoulder.start, f"shoulder_tip_{side}": front.shoulder.end}
        piece = single_piece(
            f"yoke_front_{side}",
            Role.YOKE_FRONT,
            side,
            runs(front, front_cut, "yoke"),
            landmarks=sided,
            grain=upright,
            turned_over=side == Side.RIGHT,
        )
        pieces.append(replace(with_upright_grain(piece), layers=2))
    return tuple(pieces)


def front_edge_name(front: str, side: Side, edge: str) -> str:
    """Edge names carry the side on a whole front, and none on a front that is itself left or right."""
    return edge if front.endswith(side) else f"{side}_{edge}"


def _on(front: str, side: Side, edge: str) -> EdgeRef:
    return EdgeRef(front, front_edge_name(front, side, edge))


def _trunk_seams(fronts: Sequence[Piece], back: Piece, host: Mapping[Side, str]) -> list[Seam]:
    """Darts and side seams."""
    seams = dart_seams((*fronts, back))
    by_name = {piece.name: piece for piece in fronts}
    for side in PAIR:
        front = host[side]
        have = {edge.name for edge in by_name[front].edges}
        parts = [name for stem in ("side_1", "side", "side_2") if (name := front_edge_name(front, side, stem)) in have]
        run = refs(front, *parts) if side == Side.LEFT else refs(front, *parts)[::-1]
        seams.append(Seam(f"{side} side", refs(back.name, f"{side}_side"), run, smooth=(True, True)))
    return seams


def bodice_seams(fronts: tuple[Piece, ...], back: Piece, host: Mapping[Side, str], plan: BodicePlan) -> list[Seam]:
    """The seams of a bodice without a yoke: darts, sides and shoulders."""
    seams = _trunk_seams(fronts, back, host)
    for side in PAIR:
        over = (_on(host[side], side, "shoulder"),)
        seams.append(Seam(f"{side} shoulder", refs(back.name, f"{side}_shoulder"), over, smooth=shoulder_smooth(side, plan)))
    return seams


def _yoke_seams(host: Mapping[Side, str], back: Piece, plan: BodicePlan) -> list[Seam]:
    """Shoulders between the yokes, fronts to front yokes, and the back, pleated, to the back yoke."""
    seams = []
    for side in PAIR:
        over, front = refs(f"yoke_front_{side}", "shoulder"), (_on(host[side], side, "yoke"),)
        seams.append(Seam(f"{side} shoulder", refs("yoke_back", f"{side}_shoulder"), over, smooth=shoulder_smooth(side, plan)))
        seams.append(Seam(f"{side} front yoke", refs(f"yoke_front_{side}", "yoke"), front, smooth=(True, True)))
    room = 4 * pleat_fold(plan)
    kind = SeamKind.PLEATED if room else SeamKind.PLAIN
    seams.append(Seam("back yoke", refs("yoke_back", "yoke"), refs(back.name, "yoke"), kind, room, smooth=(True, True)))
    return seams


def bodice_runs(host: Mapping[Side, str], back: str) -> BodiceRuns:
    """Where sleeves and collars are sewn without a yoke: fronts by side, and the one back."""
    return BodiceRuns(
        neck={side: (_on(host[side], side, "neck"), *refs(back, f"{side}_neck")) for side in PAIR},
        front_armhole={side: (_on(host[side], side, "armhole"),) for side in PAIR},
        back_armhole={side: refs(back, f"{side}_armhole") for side in PAIR},
    )


def _yoked_runs(host: Mapping[Side, str], back: str, front_neck: Mapping[Side, tuple[EdgeRef, ...]]) -> BodiceRuns:
    """The same over a yoke: at +x (left fronts, right backs) upwards from the body onto the yoke, at -x down again."""
    fronts = {side: (_on(host[side], side, "armhole"), EdgeRef(f"yoke_front_{side}", "armhole")) for side in PAIR}
    backs = {side: (EdgeRef(back, f"{side}_armhole"), EdgeRef("yoke_back", f"{side}_armhole")) for side in PAIR}
    return BodiceRuns(
        neck={side: (*front_neck[side], *refs("yoke_back", f"{side}_neck")) for side in PAIR},
        front_armhole={Side.LEFT: fronts[Side.LEFT], Side.RIGHT: fronts[Side.RIGHT][::-1]},
        back_armhole={Side.RIGHT: backs[Side.RIGHT], Side.LEFT: backs[Side.LEFT][::-1]},
    )


def shoulder_smooth(side: Side, plan: BodicePlan) -> tuple[bool, bool]:
    """Smooth ends of a shoulder seam walked along the back: always at the tip, at the neck unless its front runs straight in."""
    round_neck = plan.neckline not in (Neckline.V, Neckline.SQUARE)
    return (True, round_neck) if side == Side.RIGHT else (round_neck, True)
