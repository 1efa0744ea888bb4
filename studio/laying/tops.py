"""Tops, jackets and dresses laid flat: trunk, neck finish, sleeves, skirt or rib put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.arrays import Point2, Points2, point
from studio.laying.cloth import band_height, halves, landmark, traced
from studio.laying.drawing import FlatLine, HalfView, Stroke, arc_lengths
from studio.laying.neck import laid_neck
from studio.laying.parts import HEM_STITCHED, dart_lines, pleat_lines, pocket_lines
from studio.laying.skirt import LaidSkirt, laid_skirt, skirt_lines, skirt_pockets
from studio.laying.sleeve import FoldedSleeve, LaidSleeve, folded_sleeve, laid_sleeve
from studio.laying.trunk import Panel, Trunk, laid_trunk
from studio.pattern import Finish, MarkKind, Pattern, Role, Side
from studio.vocabulary import Closure

_PULLED_IN = 5.0
"""Height above a rib over which the cloth is drawn in to it, cm."""


@dataclass(frozen=True, eq=False)
class _Below:
    """What follows below the side seam's top: runs from the armpit to the hem's centre, for each view."""

    side: Points2  # armpit -> hem corner
    hems: tuple[Points2, Points2]  # front, back: hem corner -> centre
    lines: tuple[tuple[FlatLine, ...], tuple[FlatLine, ...]]


def laid_top(pattern: Pattern, *, angle_deg: float) -> tuple[HalfView, HalfView, Mapping[str, float]] | None:
    """Halves of front and back, and the points of measure; None for what does not hang from the shoulders."""
    trunk = laid_trunk(pattern)
    if trunk is None:
        return None
    skirt = _skirt(pattern, trunk)
    below = _with_skirt(pattern, trunk, skirt) if skirt is not None else _with_hem(pattern, trunk)
    folded = folded_sleeve(pattern)
    sleeve = laid_sleeve(folded, trunk, below.side, angle_deg=angle_deg) if folded is not None else None
    neck = laid_neck(pattern, trunk)
    views = []
    for number, panel in enumerate((trunk.front, trunk.back)):
        arm = sleeve.outline if sleeve is not None else trunk.armhole(panel)
        outline = _runs(neck.silhouette, trunk.tip[None], arm, below.side, below.hems[number])
        lines = [*below.lines[number], *_seams(trunk, panel, sleeve)]
        lines += neck.front if number == 0 else neck.back
        marks = _landmarks(trunk, panel, below, sleeve, skirt)
        plain, buttons = _opening(pattern, trunk, below.hems[0]) if number == 0 else ((), np.zeros((0, 2)))
        plain = (*_pockets(pattern, trunk, panel, skirt), *plain)
        views.append(HalfView(outline, tuple(lines), marks, plain, neck.over if number == 0 else (), buttons))
    return views[0], views[1], _measures(pattern, trunk, below, folded, skirt)


def _runs(*runs: Points2) -> Points2:
    """Runs end to end, without the doubled points where they meet."""
    points = np.concatenate(runs)
    keep = np.concatenate(([True], np.hypot(*np.diff(points, axis=0).T) > 1e-7))
    kept: Points2 = points[keep]
    return kept


def _skirt(pattern: Pattern, trunk: Trunk) -> LaidSkirt | None:
    seam = (
        trunk.bottom(trunk.front, width=float(trunk.side[-1, 0])) + trunk.bottom(trunk.back, width=float(trunk.side[-1, 0]))
    ) / 2
    return laid_skirt(pattern, below=seam)


def _with_skirt(pattern: Pattern, trunk: Trunk, skirt: LaidSkirt) -> _Below:
    side = np.concatenate((trunk.side, skirt.side[1:]))
    hem = skirt.hem[::-1]
    seam = FlatLine("waist seam", skirt.waist)
    lines = [(seam, *skirt_lines(skirt, panel)) for panel in (skirt.front, skirt.back)]
    return _Below(side, (hem, hem), (lines[0], lines[1]))


def _with_hem(pattern: Pattern, trunk: Trunk) -> _Below:
    ribs = [piece for piece in pattern.parts if piece.role == Role.HEM_RIB]
    side = trunk.side
    width = float(side[-1, 0])
    if not ribs:
        hems = tuple(trunk.bottom(panel, width=width) for panel in (trunk.front, trunk.back))
        stitched = [(FlatLine("hem", hem + np.array((0.0, HEM_STITCHED)), Stroke.STITCH),) for hem in hems]
        return _Below(side, (hems[0][::-1], hems[1][::-1]), (stitched[0], stitched[1]))
    height = band_height(ribs[0])
    around = sum(max(edge.length for edge in piece.edges) for piece in ribs) / 4
    above = np.clip(1 - (side[:, 1] - side[-1, 1]) / _PULLED_IN, 0, 1)
    side = side - ((width - around) * above**2)[:, None] * (1.0, 0.0)
    side = np.concatenate((side, side[-1:] - (0.0, height)))
    hems = tuple(trunk.bottom(panel, width=around) for panel in (trunk.front, trunk.back))
    lines = [(FlatLine("rib seam", hem), *_ribs(hem, height)) for hem in hems]
    return _Below(side, (hems[0][::-1] - (0.0, height), hems[1][::-1] - (0.0, height)), (lines[0], lines[1]))


def _ribs(seam: Points2, height: float) -> tuple[FlatLine, ...]:
    """The ribs of a band hanging from a seam, as upright strokes."""
    across = np.arange(0.6, float(seam[-1, 0]), 1.2)
    tops = np.interp(across, seam[:, 0], seam[:, 1])
    return tuple(
        FlatLine("rib", np.array(((x, y), (x, y - height)))) for x, y in zip(across.tolist(), tops.tolist(), strict=True)
    )


def _seams(trunk: Trunk, panel: Panel, sleeve: LaidSleeve | None) -> list[FlatLine]:
    """Armhole, yoke, darts and pleats of one view."""

    def laid(places: Points2) -> Points2:
        return trunk.laid(panel, places)

    armhole = trunk.armhole(panel)
    if sleeve is not None:
        lines = [FlatLine("armhole", armhole), *sleeve.lines]
    else:
        inset = armhole - 0.8 * _normals(armhole)
        lines = [FlatLine("armhole stitching", inset[1:-1], Stroke.STITCH)]
    yokes = [piece for piece in panel.pieces if piece.role in (Role.YOKE_FRONT, Role.YOKE_BACK)]
    lines += [FlatLine("yoke", laid(run)) for run in halves(yokes, "yoke", downwards=False)]
    lines += dart_lines(panel.darts, laid)
    lines += pleat_lines(panel.pieces, laid)
    return lines


def _pockets(pattern: Pattern, trunk: Trunk, panel: Panel, skirt: LaidSkirt | None) -> tuple[FlatLine, ...]:
    """The pockets of one view, on both sides as they are sewn."""
    role = Role.FRONT if panel is trunk.front else Role.BACK
    hosts = [piece for piece in pattern.parts if piece.role == role]
    lines = pocket_lines(pattern, hosts, lambda places: trunk.laid(panel, places))
    if skirt is None:
        return lines
    return lines + skirt_pockets(pattern, skirt, skirt.front if panel is trunk.front else skirt.back)


def _normals(run: Points2) -> Points2:
    """(n, 2) unit normals of a run, to the left of its way."""
    way = np.gradient(run, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    return np.stack((-way[:, 1], way[:, 0]), axis=1)


def _opening(pattern: Pattern, trunk: Trunk, hem: Points2) -> tuple[tuple[FlatLine, ...], Points2]:
    """The front edge that lies on top (the wearer's left) or the zip, and the buttons, of a front cut in two."""
    fronts = [piece for piece in trunk.front.pieces if piece.role == Role.FRONT and piece.side == Side.LEFT]
    if not fronts:
        return (), np.zeros((0, 2))
    start = float(trunk.neck(trunk.front)[-1, 1])
    low = float(hem[-1, 1])
    opened = [traced(edge.curves)[:, 0].min() for edge in fronts[0].edges if edge.finish == Finish.OPENING]
    overlap = max(-float(min(opened, default=0.0)), 0.0)
    edge = np.array(((-overlap, start), (-overlap, low)))
    lines = [FlatLine("front edge", edge, Stroke.EDGE)]
    if overlap < 0.1 and pattern.design.style.closure == Closure.ZIP:
        lines += [FlatLine("zip", edge + np.array((offset, 0.0)), Stroke.STITCH) for offset in (-0.8, 0.8)]
    marks = [m for p in pattern.parts if p.role == Role.FRONT for m in p.marks if m.kind == MarkKind.BUTTON]
    places = np.array([traced(mark.curves).mean(axis=0) for mark in marks]).reshape(-1, 2)
    laid = trunk.laid(trunk.front, places)
    return tuple(lines), laid[np.argsort(-laid[:, 1])]


def _landmarks(
    trunk: Trunk, panel: Panel, below: _Below, sleeve: LaidSleeve | None, skirt: LaidSkirt | None
) -> dict[str, Point2]:
    marks = {
        "neck": trunk.hps,
        "neck_bottom_center": trunk.neck(panel)[-1],
        "shoulder": trunk.tip,
        "armpit": trunk.armpit,
        "hem": below.side[-1],
    }
    if sleeve is not None:
        marks |= {"sleeve_end_outer": sleeve.outer[-1], "sleeve_end_inner": sleeve.inner[0]}
    waist = _waist(trunk, panel)
    if waist is not None:
        marks["waist"] = waist
    return marks


def _waist(trunk: Trunk, panel: Panel) -> Point2 | None:
    """The side of the waist: the waist seam's end, or at the level that the pieces name."""
    level = landmark(panel.pieces, "waist", plus=panel.plus)
    if level is None:
        return None
    y = float(trunk.laid(panel, level[None])[0, 1])
    y = max(y, float(trunk.side[-1, 1]))
    return point(float(np.interp(y, trunk.side[::-1, 1], trunk.side[::-1, 0])), y)


def _measures(
    pattern: Pattern, trunk: Trunk, below: _Below, sleeve: FoldedSleeve | None, skirt: LaidSkirt | None
) -> dict[str, float]:
    front, back = trunk.neck(trunk.front), trunk.neck(trunk.back)
    measures = {
        "chest_width": 2 * float(trunk.armpit[0]),
        "hem_width": float(arc_lengths(below.hems[0])[-1] + arc_lengths(below.hems[1])[-1]),
        "body_length": -float(below.hems[1][-1, 1]),
        "shoulder_width": 2 * float(trunk.tip[0]),
        "shoulder_length": float(np.hypot(*(trunk.tip - trunk.hps))),
        "neck_width": 2 * float(trunk.hps[0]),
        "neck_drop_front": -float(front[-1, 1]),
        "neck_drop_back": -float(back[-1, 1]),
        "armhole_depth": -float(trunk.armpit[1]),
    }
    waist = _waist(trunk, trunk.back)
    if waist is not None:
        measures["waist_width"] = 2 * float(waist[0])
    if skirt is not None:
        measures["waist_width"] = 2 * float(arc_lengths(skirt.waist)[-1])
        measures["skirt_length"] = skirt.length
    if sleeve is not None:
        measures |= {
            "sleeve_length": sleeve.whole_length,
            "sleeve_width": float(sleeve.widths[0]),
            "cuff_width": sleeve.cuff_width,
        }
    return measures
