"""What the sewn garment measures: taken from the pieces, with darts closed, pleats folded and overlaps left out.

A measure is read off the seam lines, so it says what will be sewn, not what was asked for. Girths are whole girths.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.pattern import Edge, Finish, MarkKind, Pattern, Piece, Role, SeamKind, Side

GIRTH_TOLERANCE = 1.0
LENGTH_TOLERANCE = 1.0
SMALL_TOLERANCE = 0.5
"""What a factory accepts on a finished garment, cm: girths and lengths, and short ones (neck, sleeve end, shoulder)."""

_FRONTS = (Role.FRONT, Role.YOKE_FRONT)
_BACKS = (Role.BACK, Role.YOKE_BACK)
_SKIRTS = (Role.SKIRT_FRONT, Role.SKIRT_BACK)
_TROUSERS = (Role.TROUSER_FRONT, Role.TROUSER_BACK)
_COLLARS = (Role.COLLAR, Role.STAND)
_SLEEVES = (Role.SLEEVE, Role.UNDER_SLEEVE)
_SEAT_SEAM = ("crotch", "crotch_1", "crotch_2", "fly")
_JUST_BELOW = 0.05


@dataclass(frozen=True)
class FinishedMeasure:
    """One finished measure, cm; `body` and `ease` (value - body) where the wearer has that measure."""

    name: str
    title: str
    value: float
    body: float | None = None
    tolerance: float = GIRTH_TOLERANCE

    @property
    def ease(self) -> float | None:
        return None if self.body is None else self.value - self.body


def finished_measures(pattern: Pattern) -> tuple[FinishedMeasure, ...]:
    """Every measure that this garment has, from the neck down, cm."""
    found = (*_of_the_trunk(pattern), *_of_the_neck(pattern), *_of_the_sleeve(pattern), *_of_the_legs(pattern))
    return tuple(measure for measure in found if measure.value > 0)


def width_at(piece: Piece, level: float) -> float:
    """Width of a piece at a height y, cm: darts closed, pleats folded, a half front or back counted to the centre line."""
    low, high = -math.inf, math.inf
    if piece.side != Side.CENTRE and piece.role in (*_FRONTS, *_BACKS, *_SKIRTS):
        x0, _, x1, _ = piece.bounds
        low, high = (0.0, math.inf) if x0 + x1 > 0 else (-math.inf, 0.0)
    return width_between(piece, point(0, level), point(1, level), low=low, high=high) - _pleats(piece)


def _pleats(piece: Piece) -> float:
    """What the pleats of a front or back take up where they are sewn, cm; a skirt's pleats open below its waist."""
    lines = [mark.curves[0] for mark in piece.marks if mark.kind == MarkKind.PLEAT]
    if piece.role not in (*_FRONTS, *_BACKS):
        return 0.0
    return sum(math.dist(one.start, other.start) for one, other in zip(lines[::2], lines[1::2], strict=False))


def width_between(piece: Piece, start: Point2, towards: Point2, *, low: float = -math.inf, high: float = math.inf) -> float:
    """Length of the line from `start` towards another point inside a piece, cm; only between `low` and `high` cm from `start`.

    Darts cut into the outline are outside it and so do not count; darts marked inside the piece are taken off.
    """
    way = towards - start
    across = inside_length(piece.traced, start, way, low=low, high=high)
    for mark in piece.marks:
        if mark.kind == MarkKind.DART:
            dart = np.concatenate([curve.at(_ALONG)[:-1] for curve in mark.curves])
            across -= inside_length(dart, start, way, low=low, high=high)
    return across


_ALONG = np.linspace(0, 1, 9)


def inside_length(outline: Points2, start: Point2, way: Point2, *, low: float = -math.inf, high: float = math.inf) -> float:
    """Length of a line inside a closed simple outline (n, 2), cm."""
    ahead = way / float(np.hypot(way[0], way[1]))
    from_start = outline - start
    along = from_start @ ahead
    off = from_start @ np.array((-ahead[1], ahead[0]))
    off_next, along_next = np.append(off[1:], off[0]), np.append(along[1:], along[0])
    crossing = (off < 0) != (off_next < 0)
    share = off[crossing] / (off[crossing] - off_next[crossing])
    places = np.sort(along[crossing] + share * (along_next[crossing] - along[crossing]))
    clipped = np.clip(places, low, high)
    return float(np.sum(clipped[1::2] - clipped[::2]))


def _pieces(pattern: Pattern, *roles: Role) -> list[Piece]:
    return [piece for piece in pattern.parts if piece.role in roles]


def _landmark(pieces: Iterable[Piece], stem: str) -> Point2 | None:
    """The first landmark of that name on these pieces, on either side."""
    for piece in pieces:
        for name in (stem, f"{stem}_left", f"{stem}_right"):
            if name in piece.landmarks:
                return piece.landmarks[name]
    return None


def _sided(piece: Piece, stem: str) -> list[Point2]:
    """The landmarks of that name on a piece: one on a half, two on a whole one."""
    return [piece.landmarks[name] for name in (stem, f"{stem}_left", f"{stem}_right") if name in piece.landmarks]


# The trunk: bust, waist, hip, hem, back length.


def _of_the_trunk(pattern: Pattern) -> Iterator[FinishedMeasure]:
    m = pattern.measures
    upper = _pieces(pattern, Role.FRONT, Role.BACK)
    skirts = _pieces(pattern, *_SKIRTS)
    bust = sum(_under_the_arms(piece) for piece in upper)
    yield FinishedMeasure("bust", "Bust", bust, m.bust)
    yield FinishedMeasure("waist", "Waist", _waist(pattern, upper), m.waist)
    yield FinishedMeasure("hip", "Hip", _hip(pattern, upper, skirts), m.hip)
    lowest = skirts or upper
    ribs = _pieces(pattern, Role.HEM_RIB)
    hem = sum(_hem(piece) for piece in lowest)
    if ribs and not skirts:
        hem = sum(_longest_seam_edge(piece).length for piece in ribs)
    yield FinishedMeasure("hem", "Hem, all round", hem)
    back = sum(_hang(pieces) for pieces in (_pieces(pattern, *_BACKS), _pieces(pattern, Role.SKIRT_BACK)))
    if upper:
        back += sum(band_height(piece) for piece in ribs[:1])
        yield FinishedMeasure("back_length", "Back length, nape to hem", back, tolerance=LENGTH_TOLERANCE)
    skirt = _hang(_pieces(pattern, Role.SKIRT_FRONT))
    yield FinishedMeasure("skirt_length", "Skirt length, centre front", skirt, tolerance=LENGTH_TOLERANCE)


def _under_the_arms(piece: Piece) -> float:
    """Width of a front or back from underarm to underarm or to the centre line, cm; a bust dart lies below its line."""
    places = [float(place[0]) for place in _sided(piece, "underarm")]
    return max([0.0, *places]) - min([0.0, *places]) - _pleats(piece) if places else 0.0


def _waist(pattern: Pattern, upper: list[Piece]) -> float:
    """Of the band that holds it, of the seam between bodice and skirt, or across fronts and backs."""
    if _pieces(pattern, Role.WAISTBAND):
        return _waistband(pattern)
    sewn = {
        (ref.piece, ref.edge)
        for seam in pattern.seams
        if seam.kind != SeamKind.LAYERED
        and {pattern[ref.piece].role for ref in (*seam.a, *seam.b)} & {*_SKIRTS}
        and {pattern[ref.piece].role for ref in (*seam.a, *seam.b)} & {Role.FRONT, Role.BACK}
        for ref in (*seam.a, *seam.b)
    }
    if sewn:
        return sum(_to_centre(piece, edge) for piece in upper for edge in piece.edges if (piece.name, edge.name) in sewn)
    total = 0.0
    for piece in upper:
        centre = _landmark((piece,), "waist_center")
        sides = _sided(piece, "waist")
        if centre is None or not sides:
            return 0.0
        total += sum(width_between(piece, centre, side, low=0.0, high=math.dist(centre, side) + 0.01) for side in sides)
        total -= _pleats(piece)
    return total


def _waistband(pattern: Pattern) -> float:
    """The band along its waist edge, without what laps over at a buttoned front."""
    whole = sum(edge.length for band in _pieces(pattern, Role.WAISTBAND) for edge in band.edges if edge.name.endswith("waist"))
    laps = (
        edge.length - _to_centre(piece, edge)
        for piece in _pieces(pattern, *_SKIRTS)
        for edge in piece.edges
        if "waist" in edge.name and edge.finish == Finish.SEAM
    )
    return whole - sum(laps)


def _hip(pattern: Pattern, upper: list[Piece], skirts: list[Piece]) -> float:
    depth = pattern.measures.hip_depth
    total = 0.0
    if skirts:
        for piece in skirts:
            centre, hem = _landmark((piece,), "waist_center"), _landmark((piece,), "hem_center")
            if centre is None or hem is None or centre[1] - depth < hem[1]:
                return 0.0
            if (hips := _sided(piece, "hip")) and all(abs(place[1] - centre[1] + depth) < 1.5 for place in hips):
                total += width_at(piece, hips[0][1])
            else:
                waist, end = _sewn_waist(piece), _hem(piece)
                total += waist + (end - waist) * depth / (centre[1] - hem[1])
        return total
    legs = _pieces(pattern, *_TROUSERS)
    if legs:
        return sum(_seat_width(piece) for piece in legs if "hip_side" in piece.landmarks)
    for piece in upper:
        waists, hems = _sided(piece, "waist"), _sided(piece, "hem")
        if not waists or not hems or waists[0][1] - depth < hems[0][1] + _JUST_BELOW:
            return 0.0
        total += width_at(piece, waists[0][1] - depth)
    return total


def _seat_width(leg: Piece) -> float:
    """Hip width of one trouser piece: from the side to the end of the straight part of its seat seam, without the fork."""
    side = leg.landmarks["hip_side"]
    straight = [
        curve for edge in leg.edges if edge.name.rstrip("_0123456789") == "crotch" for curve in edge.curves if curve.is_line
    ]
    if not straight:
        return width_at(leg, side[1])
    seat = min((straight[0].start, straight[0].end), key=lambda end: float(end[1]))
    return abs(float(side[0] - seat[0]))


def _sewn_waist(piece: Piece) -> float:
    return sum(edge.length for edge in piece.edges if "waist" in edge.name and edge.finish == Finish.SEAM)


def _hem(piece: Piece) -> float:
    return sum(_to_centre(piece, edge) for edge in piece.edges if edge.name.rstrip("_0123456789").endswith("hem"))


def _to_centre(piece: Piece, edge: Edge) -> float:
    """Length of an edge of a front or back, cm; of one cut in two, only its part on its own side of the centre line."""
    if piece.side == Side.CENTRE or piece.role not in (*_FRONTS, *_BACKS, *_SKIRTS):
        return edge.length
    sign = 1.0 if sum(piece.bounds[::2]) > 0 else -1.0
    if sign * edge.traced[:, 0].min() >= -1e-6 and sign * edge.traced[:, 0].max() >= -1e-6 and sign * edge.end[0] >= -1e-6:
        return edge.length
    points = edge.sampled(65)
    beyond = sign * points[:, 0]
    lengths = np.hypot(*np.diff(points, axis=0).T)
    first, second = beyond[:-1], beyond[1:]
    kept = np.clip(np.maximum(first, second), 0, None) / np.maximum(np.abs(second - first), 1e-9)
    return float(lengths @ np.where(np.minimum(first, second) >= 0, 1.0, np.clip(kept, 0, 1)))


def _hang(pieces: list[Piece]) -> float:
    """From the top to the bottom of the centre line over these pieces, cm."""
    top = _landmark(pieces, "neck_center")
    top = _landmark(pieces, "waist_center") if top is None else top
    bottoms = [piece.landmarks["hem_center"] for piece in pieces if "hem_center" in piece.landmarks]
    return float(top[1] - bottoms[0][1]) if top is not None and bottoms else 0.0


def band_height(piece: Piece) -> float:
    """Finished height of a band, cuff or stand, cm: to its fold, or all of it when it is cut in two layers."""
    _, low, _, high = piece.bounds
    return high - low if piece.layers > 1 else (high - low) / 2


def _longest_seam_edge(piece: Piece) -> Edge:
    return max((edge for edge in piece.edges if edge.finish == Finish.SEAM), key=lambda edge: edge.length)


# Neck and shoulder.


def _of_the_neck(pattern: Pattern) -> Iterator[FinishedMeasure]:
    trunk = _pieces(pattern, *_FRONTS, *_BACKS)
    corner, tip = _landmark(trunk, "shoulder_neck"), _landmark(trunk, "shoulder_tip")
    if corner is not None and tip is not None:
        yield FinishedMeasure("shoulder", "Shoulder length", math.dist(corner, tip), tolerance=SMALL_TOLERANCE)
    yield FinishedMeasure("neck_opening", "Neckline, all round", neck_opening(pattern), tolerance=SMALL_TOLERANCE)
    collar = 0.0
    for seam in pattern.seams:
        for run, neck in ((seam.a, seam.b), (seam.b, seam.a)):
            if seam.kind != SeamKind.LAYERED and pattern[run[0].piece].role in _COLLARS and pattern[neck[0].piece] in trunk:
                laps = sum(pattern.edge(ref).length - _to_centre(pattern[ref.piece], pattern.edge(ref)) for ref in neck)
                collar += pattern.run_length(run) - laps
    yield FinishedMeasure("collar", "Collar, buttoned, along the neck seam", collar, tolerance=SMALL_TOLERANCE)


def neck_opening(pattern: Pattern) -> float:
    """The neckline all round to the centre front, cm."""
    trunk = _pieces(pattern, *_FRONTS, *_BACKS)
    return sum(
        _to_centre(piece, edge) for piece in trunk for edge in piece.edges if edge.name.rstrip("_0123456789").endswith("neck")
    )


# The sleeve.


def _of_the_sleeve(pattern: Pattern) -> Iterator[FinishedMeasure]:
    sleeves = [piece for piece in _pieces(pattern, *_SLEEVES) if piece.side != Side.RIGHT]
    if not sleeves:
        return
    m = pattern.measures
    yield FinishedMeasure("biceps", "Sleeve width at the underarm", sum(_sleeve_width(p) for p in sleeves), m.bicep)
    cuffs = [piece for piece in _pieces(pattern, Role.CUFF) if piece.side != Side.RIGHT]
    upper = next((piece for piece in sleeves if piece.role == Role.SLEEVE), sleeves[0])
    top, bottom = _landmark((upper,), "cap_top"), _landmark((upper,), "hem_center")
    if top is not None and bottom is not None:
        length = float(top[1] - bottom[1]) + sum(band_height(piece) for piece in cuffs[:1])
        yield FinishedMeasure("sleeve_length", "Sleeve length from the shoulder tip", length, tolerance=LENGTH_TOLERANCE)
    end = sum(_hem(piece) for piece in sleeves)
    if cuffs:
        end = sum(edge.length for edge in cuffs[0].edges if edge.name.endswith("sleeve"))
    yield FinishedMeasure("sleeve_end", "Sleeve end, all round", end, tolerance=SMALL_TOLERANCE)


def _sleeve_width(piece: Piece) -> float:
    """Width across the underarm points, cm."""
    ends = [place for name, place in piece.landmarks.items() if name.startswith("underarm")]
    if len(ends) == 2:
        return math.dist(*ends)
    return width_at(piece, ends[0][1] - _JUST_BELOW) if ends else 0.0


# Trousers.


def _of_the_legs(pattern: Pattern) -> Iterator[FinishedMeasure]:
    m = pattern.measures
    bands = _pieces(pattern, Role.WAISTBAND)
    if bands:
        yield FinishedMeasure("waistband", "Waistband, without overlap", _waistband(pattern), m.waist)
    legs = [piece for piece in _pieces(pattern, *_TROUSERS) if piece.side != Side.RIGHT]
    if not legs:
        return
    thigh = sum(width_at(p, p.landmarks["crotch"][1] - _JUST_BELOW) for p in legs if "crotch" in p.landmarks)
    yield FinishedMeasure("thigh", "Thigh, at the crotch", thigh, m.thigh)
    ends = {stem: [_across_leg(piece, stem) for piece in legs] for stem in ("knee", "hem")}
    if m.inseam > 0.55 * 0.456 * m.height:
        yield FinishedMeasure("knee", "Knee", sum(ends["knee"]))
    yield FinishedMeasure("leg_hem", "Leg hem", sum(ends["hem"]), tolerance=SMALL_TOLERANCE)
    front = next((piece for piece in legs if piece.role == Role.TROUSER_FRONT), legs[0])
    height = band_height(bands[0]) if bands else 0.0
    top, fork = _landmark((front,), "waist_center"), _landmark((front,), "crotch")
    if top is not None and fork is not None:
        rise = float(top[1] - fork[1])
        yield FinishedMeasure("rise", "Front rise, waist seam to fork level", rise, m.rise, LENGTH_TOLERANCE)
    crotch = sum(edge.length for piece in legs for edge in piece.edges if edge.name in _SEAT_SEAM)
    yield FinishedMeasure("crotch", "Crotch seam, front and back", crotch, m.crotch_length, LENGTH_TOLERANCE)
    turned_up = _turn_up(front)
    yield FinishedMeasure("inseam", "Inseam", _named(front, "inseam") - turned_up, tolerance=LENGTH_TOLERANCE)
    outseam = _named(front, "side") - turned_up + height
    yield FinishedMeasure("outseam", "Outseam with the waistband", outseam, tolerance=LENGTH_TOLERANCE)


def _turn_up(leg: Piece) -> float:
    """How much of a leg lies below the fold at its bottom, cm."""
    folds = [float(mark.curves[0].start[1]) for mark in leg.marks if mark.kind == MarkKind.FOLD]
    return max(folds) - leg.bounds[1] if folds else 0.0


def _across_leg(piece: Piece, stem: str) -> float:
    ends = [piece.landmarks[name] for name in (f"{stem}_in", f"{stem}_out") if name in piece.landmarks]
    return math.dist(*ends) if len(ends) == 2 else 0.0


def _named(piece: Piece, stem: str) -> float:
    """Length of the edges of that name, split ones (side_1, side_2) together, cm."""
    return sum(edge.length for edge in piece.edges if edge.name.rstrip("_0123456789") == stem)
