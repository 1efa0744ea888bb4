"""The sleeve laid flat: folded in half along its length, sewn into its armhole, bent down to an angle, with its cuff."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Point2, Points2, point
from studio.laying.cloth import band_height, inside_lengths, sewn_length, stem, traced
from studio.laying.drawing import FlatLine, Stroke
from studio.laying.trunk import Trunk
from studio.pattern import Pattern, Piece, Role, Side

_MOST_BENT = 0.75
"""Share of the tightest bend, whose centre would lie on the underarm seam."""
_MOST_SHORTENED = 0.35
"""Share of the underarm seam that may be folded away by the bend."""
_CLEAR_OF_SIDE = math.radians(5)
_SOFT_REACH = math.radians(2.5)
_STEPS = 41


@dataclass(frozen=True, eq=False)
class FoldedSleeve:
    """A sleeve folded along its length, cm: depths are measured along the fold from the cap's top."""

    length: float
    underarm: float  # depth of the underarm point
    end: float  # depth of the underarm seam's end
    depths: Floats  # (n,) from `underarm` to `end`
    widths: Floats  # (n,) half girths there
    cuff_height: float
    cuff_width: float

    @property
    def whole_length(self) -> float:
        return self.length + self.cuff_height


def folded_sleeve(pattern: Pattern) -> FoldedSleeve | None:
    """The left sleeve as its pieces have it (the upper and the under one of two); None without sleeves."""
    pieces = [p for p in pattern.parts if p.role in (Role.SLEEVE, Role.UNDER_SLEEVE) and p.side != Side.RIGHT]
    if not pieces:
        return None
    upper = next((p for p in pieces if p.role == Role.SLEEVE), pieces[0])
    marks = upper.landmarks
    top = float(marks["cap_top"][1]) if "cap_top" in marks else upper.bounds[3]
    low = float(marks["hem_center"][1]) if "hem_center" in marks else upper.bounds[1]
    length = top - low
    arms = [float(place[1]) for piece in pieces for name, place in piece.landmarks.items() if name.startswith("underarm")]
    ends = [float(place[1]) for name, place in marks.items() if name.startswith("hem") and name != "hem_center"]
    underarm = top - (sum(arms) / len(arms) if arms else top - 0.32 * length)
    end = max(top - (sum(ends) / len(ends) if ends else low), underarm + 0.5)
    depths = np.linspace(underarm, end, 9)
    widths = _half_girths(pieces, top - depths, hem_top=max(low, top - end))
    cuff = next((p for p in pattern.parts if p.role == Role.CUFF and p.side != Side.RIGHT), None)
    height = band_height(cuff) if cuff else 0.0
    around = sewn_length(cuff, "sleeve") / 2 if cuff else float(widths[-1])
    return FoldedSleeve(length, underarm, end, depths, widths, height, around)


def _half_girths(pieces: list[Piece], levels: Floats, *, hem_top: float) -> Floats:
    """Half of what the sleeve measures round at these heights: across its underarm points, level lines above the hem, its hem."""
    across = [[place for name, place in piece.landmarks.items() if name.startswith("underarm")] for piece in pieces]
    hem = sum(edge.length for piece in pieces for edge in piece.edges if stem(edge) == "hem") / 2
    measured = levels[(levels < levels[0] - 0.5) & (levels > hem_top + 0.5)]
    found = (
        sum((inside_lengths(traced(c for e in p.edges for c in e.curves), measured) for p in pieces), np.zeros(len(measured))) / 2
    )
    if all(len(ends) == 2 for ends in across):
        first = sum(math.dist(*ends) for ends in across) / 2
    else:
        first = float(found[0]) if len(found) else hem
    last = hem or (float(found[-1]) if len(found) else first)
    at = np.concatenate((levels[:1], measured, levels[-1:]))
    half: Floats = np.interp(-levels, -at, np.concatenate(([first], found, [last])))
    return half


@dataclass(frozen=True, eq=False)
class LaidSleeve:
    """A sleeve beside the trunk: runs of the outline, and lines inside it."""

    outer: Points2  # shoulder tip -> sleeve end
    inner: Points2  # sleeve end -> armpit
    lines: tuple[FlatLine, ...]

    @property
    def outline(self) -> Points2:
        return np.concatenate((self.outer, self.inner))


def laid_sleeve(sleeve: FoldedSleeve, trunk: Trunk, below: Points2, *, angle_deg: float) -> LaidSleeve:
    """The sleeve hanging at `angle_deg` from straight down, as near to it as its cloth bends.

    Its fold leaves the shoulder in the line of the shoulder seam and bends; fold length and end width are kept, the inner
    edge starts at the armpit, where cloth is folded under. `below` is the side of what hangs beneath: the sleeve is raised
    until it lies clear of it.
    """
    shoulder = trunk.tip - trunk.hps
    leaving = math.atan2(shoulder[0], -shoulder[1])
    wide = float(sleeve.widths[0])
    wanted = max(math.radians(angle_deg), _clear_angle(trunk.armpit, below, reach=sleeve.whole_length - sleeve.underarm))
    chord = trunk.armpit - trunk.tip
    natural = math.atan2(chord[0], -chord[1]) + math.atan2(wide, sleeve.underarm)
    bend = max(wanted, natural - _MOST_SHORTENED * (sleeve.end - sleeve.underarm) / wide) - leaving
    bent = min(0.85 * sleeve.length, max(0.9 * wide, abs(bend) * wide / _MOST_BENT))
    most = _MOST_BENT * bent / wide
    bend = min(max(bend, -most), most)
    fold = _Fold(trunk.tip, leaving, bend, bent)

    outer = fold.places(np.linspace(0, sleeve.length, _STEPS), np.zeros(_STEPS))
    inner = _inner_edge(sleeve, fold, outer[-1], trunk.armpit)
    hem = FlatLine("sleeve hem", np.stack((outer[-1], inner[-1])))
    if not sleeve.cuff_height:
        up = 2.0 / max(sleeve.length, 2.0)
        stitched = np.stack((_along(outer, 1 - up), _along(inner, 1 - min(up * sleeve.length / 25.0, 0.5))))
        return LaidSleeve(outer, inner[::-1], (FlatLine("sleeve hem", _parallel(hem.points, stitched), Stroke.STITCH),))
    across = inner[-1] - outer[-1]
    across = across / max(float(np.hypot(*across)), 1e-6)
    middle = (outer[-1] + inner[-1]) / 2
    wide = min(sleeve.cuff_width, float(np.hypot(*(inner[-1] - outer[-1]))))
    top = middle + np.array((-0.5, 0.5))[:, None] * wide * across
    bottom = top + sleeve.cuff_height * np.array((-across[1], across[0]))
    return LaidSleeve(
        np.concatenate((outer, top[:1], bottom[:1])),
        np.concatenate((bottom[1:], top[1:], inner[::-1])),
        (FlatLine("cuff seam", top),),
    )


def _inner_edge(sleeve: FoldedSleeve, fold: _Fold, outer: Point2, armpit: Point2) -> Points2:
    """(25, 2) the underarm seam as laid, from the armpit to the inner corner of the sleeve end."""
    depths = np.linspace(sleeve.underarm, sleeve.end, 25)
    inner = fold.places(depths, np.interp(depths, sleeve.depths, sleeve.widths))
    seam, left = sleeve.end - sleeve.underarm, 1 - np.linspace(0, 1, 25)
    ease = (left**2 * (3 - 2 * left))[:, None]
    end = _sleeve_end(outer, inner[-1], armpit, seam=seam, wide=float(sleeve.widths[-1]))
    inner = inner + ease * (armpit - inner[0]) + (1 - ease) * (end - inner[-1])
    stub = min(max((8.0 - seam) / 4.0, 0.0), 1.0)
    laid: Points2 = (1 - stub) * inner + stub * (end + left[:, None] * (armpit - end))
    return laid


def _sleeve_end(outer: Point2, inner: Point2, armpit: Point2, *, seam: float, wide: float) -> Point2:
    """The inner corner of the sleeve end, `wide` cm from the outer one: square to the fold on a long sleeve, on a short one
    where the underarm seam, `seam` cm long, reaches from the armpit; a cap sleeve's end, which no flat lay stretches out, only
    as far as it reaches."""
    short = min(max((26.0 - seam) / 14.0, 0.0), 1.0)
    straight, base = inner - outer, outer - armpit
    apart = max(float(np.hypot(*base)), 1e-6)
    along = (seam**2 - wide**2 + apart**2) / (2 * apart)
    along = min(max(along, -0.4 * seam), seam)
    off = math.sqrt(max(seam**2 - along**2, 0.0))
    way = base / apart
    reached = armpit + along * way + off * np.array((way[1], -way[0])) - outer
    turn = short * math.atan2(straight[0] * reached[1] - straight[1] * reached[0], float(straight @ reached))
    long = (1 - short) * wide + short * float(np.hypot(*reached))
    x, y = straight * (long / max(float(np.hypot(*straight)), 1e-6))
    return outer + point(x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))


def _parallel(hem: Points2, towards: Points2) -> Points2:
    """The hem line moved 2 cm up the sleeve, its ends kept on the sleeve's edges."""
    moved: Points2 = hem + (towards - hem) * np.minimum(2.0 / np.maximum(np.hypot(*(towards - hem).T), 1e-6), 1.0)[:, None]
    return moved


def _along(run: Points2, share: float) -> Point2:
    index = share * (len(run) - 1)
    numbers = np.arange(len(run))
    return point(float(np.interp(index, numbers, run[:, 0])), float(np.interp(index, numbers, run[:, 1])))


@dataclass(frozen=True, eq=False)
class _Fold:
    """The bent fold line of a sleeve: a clothoid-like turn from `leaving` by `bend` radians over `bent` cm, then straight."""

    start: Point2
    leaving: float
    bend: float
    bent: float

    def places(self, depths: Floats, across: Floats) -> Points2:
        """(n, 2) points at these depths along the fold and distances inwards from it."""
        fine = np.linspace(0.0, max(float(depths.max()), self.bent) + 1e-9, 161)
        angle = self._angle(fine)
        steps = np.diff(fine)
        middle = (angle[:-1] + angle[1:]) / 2
        x = np.concatenate(([0.0], np.cumsum(steps * np.sin(middle))))
        y = np.concatenate(([0.0], np.cumsum(-steps * np.cos(middle))))
        turn = self._angle(depths)
        return np.stack(
            (
                self.start[0] + np.interp(depths, fine, x) - across * np.cos(turn),
                self.start[1] + np.interp(depths, fine, y) - across * np.sin(turn),
            ),
            axis=1,
        )

    def _angle(self, depths: Floats) -> Floats:
        share = np.clip(depths / self.bent, 0.0, 1.0)
        return self.leaving + self.bend * share


def _clear_angle(armpit: Point2, below: Points2, *, reach: float) -> float:
    """Smallest angle from straight down at which a sleeve from the armpit lies clear of what hangs beneath it."""
    away = below[3:] - armpit
    distance = np.hypot(away[:, 0], away[:, 1])
    angles = np.arctan2(away[:, 0], -away[:, 1]) + _CLEAR_OF_SIDE - _SOFT_REACH * np.clip(distance - reach, 0, None)
    return min(float(angles.max()), math.pi / 2) if len(angles) else 0.0
