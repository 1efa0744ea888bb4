"""What a technical flat is made of: outlines, inner lines, buttons, landmarks, measures; and how halves become wholes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from studio.arrays import Floats, Point2, Points2, point


class Stroke(StrEnum):
    """How a line of a flat is drawn."""

    SEAM = "seam"
    STITCH = "stitch"  # topstitching: dashed
    EDGE = "edge"  # a finished edge in front of other cloth


@dataclass(frozen=True, eq=False)
class FlatLine:
    """A line inside a flat, (n, 2) cm; a `filled` one is closed and hides the lines before it (collar, pocket, cuff)."""

    name: str
    points: Points2
    stroke: Stroke = Stroke.SEAM
    filled: bool = False

    def mirrored(self) -> FlatLine:
        """The same line on the other side of the centre."""
        return FlatLine(self.name, self.points * (-1.0, 1.0), self.stroke, self.filled)


@dataclass(frozen=True, eq=False)
class FlatView:
    """Front or back of the garment laid flat, cm, y up; x to the right of the picture.

    `outline` is (n, 2), counter-clockwise, first point not repeated; `buttons` (k, 2) are centres.
    """

    outline: Points2
    lines: tuple[FlatLine, ...]
    buttons: Points2
    landmarks: Mapping[str, Point2]


@dataclass(frozen=True, eq=False)
class Flat:
    """The technical flat: both views and the points of measure, cm (widths are half girths, as a tape lies across)."""

    front: FlatView
    back: FlatView
    measures: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class HalfView:
    """The image-right half of a symmetric view: `outline` from the top of the centre line over the side to its bottom.

    `lines` are mirrored, `under` and `plain`, drawn before and after them, are not (what lies on the centre, or on one side
    only); `landmarks` carry no side.
    """

    outline: Points2
    lines: tuple[FlatLine, ...]
    landmarks: Mapping[str, Point2]
    plain: tuple[FlatLine, ...] = ()
    under: tuple[FlatLine, ...] = ()
    buttons: Points2 = field(default_factory=lambda: np.zeros((0, 2)))

    def whole(self) -> FlatView:
        """Both halves: sided landmarks get `_left` and `_right` of the picture before an ending `_outer` or `_inner`."""
        right = self.outline[::-1]
        outline = np.concatenate((right, (self.outline * (-1.0, 1.0))[1:-1]))
        lines = [*self.under, *(line.mirrored() for line in self.lines), *self.lines, *self.plain]
        places: dict[str, Point2] = {}
        for name, place in self.landmarks.items():
            if name in CENTRAL:
                places[name] = point(0.0, float(place[1]))
                continue
            stem, _, ending = name.rpartition("_") if name.endswith(("_outer", "_inner")) else (name, "", "")
            tail = f"_{ending}" if ending else ""
            places[f"{stem}_left{tail}"] = place * (-1.0, 1.0)
            places[f"{stem}_right{tail}"] = place
        return FlatView(outline, tuple(lines), self.buttons, places)


CENTRAL = frozenset({"neck_bottom_center", "crotch"})


def curve_between(start: Point2, end: Point2, *, leaving: Point2, arriving: Point2, fullness: float = 0.36) -> Points2:
    """(13, 2) points of a smooth curve that leaves and arrives in these directions (of any length)."""
    reach = fullness * float(np.hypot(*(end - start)))
    a = start + reach * leaving / max(float(np.hypot(*leaving)), 1e-9)
    b = end - reach * arriving / max(float(np.hypot(*arriving)), 1e-9)
    t = _STEPS[:, None]
    u = 1 - t
    curve: Points2 = u**3 * start + 3 * u * u * t * a + 3 * u * t * t * b + t**3 * end
    return curve


_STEPS = np.linspace(0, 1, 13)


def arc_lengths(points: Points2) -> Floats:
    """(n,) length of a polyline from its start to each of its points, cm."""
    steps = np.diff(points, axis=0)
    return np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))


def resampled(points: Points2, count: int) -> Points2:
    """(count, 2) points at equal steps along a polyline."""
    along = arc_lengths(points)
    wanted = np.linspace(0, along[-1], count)
    return np.stack((np.interp(wanted, along, points[:, 0]), np.interp(wanted, along, points[:, 1])), axis=1)


def moved_ends(points: Points2, start: Point2, end: Point2) -> Points2:
    """A polyline with its ends moved to these places, the points between them in proportion to their length along it."""
    along = arc_lengths(points)
    share = (along / max(float(along[-1]), 1e-9))[:, None]
    moved: Points2 = points + (1 - share) * (start - points[0]) + share * (end - points[-1])
    return moved


def smoothed(run: Points2) -> Points2:
    """A waist seam (centre -> side) without the kinks of its closed darts: level at the centre, as long as before."""
    length, rise = float(arc_lengths(run)[-1]), float(run[-1, 1] - run[0, 1])
    share = np.linspace(0, 1, 21)
    y = rise * share**2
    width = float(run[-1, 0] - run[0, 0])
    for _ in range(3):
        width *= length / float(arc_lengths(np.stack((width * share, y), axis=1))[-1])
    smooth: Points2 = run[0] + np.stack((width * share, y), axis=1)
    return smooth
