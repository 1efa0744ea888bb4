"""The technical flat: a garment laid on a table, front up, made from its very pieces.

Side seams and darts are closed, sleeves folded in half along their length, legs folded on their seams; where front and back
differ the garment lies in the middle between them, so widths are the finished half girths. Coordinates are cm, y up, x to the
right of the picture (front view: the wearer's left); the origin is on the centre line, level with the shoulder neck points of
a top or dress, at the waist seam of a skirt or trousers.

Landmarks, named by the side of the picture (`left` is the wearer's right in the front view):

- `neck_*` where neckline and shoulder seam meet (the foot of a collar or hood), `neck_bottom_center` the lowest point of the
  front neckline (of the back one in the back view), with lapels where they cross;
- `shoulder_*` the shoulder tip, `armpit_*` the top of the side seam, also without sleeves;
- `sleeve_end_*_outer`, `_inner` the corners of the sleeve or cuff end on the fold and on the underarm seam; none if sleeveless;
- `waist_*` of a dress the narrowest level or waist seam, of skirts and trousers the upper corners;
- `hem_*` the lower corners; of trousers `hem_*_outer`, `_inner`, and `crotch` where the inside legs meet.
"""

from __future__ import annotations

import numpy as np

from studio.errors import DraftError
from studio.laying.cloth import band_height
from studio.laying.drawing import Flat, FlatLine, FlatView, HalfView, Stroke
from studio.laying.parts import band_above
from studio.laying.skirt import LaidSkirt, laid_skirt, skirt_lines, skirt_pockets
from studio.laying.tops import laid_top
from studio.laying.trousers import laid_trousers
from studio.pattern import Pattern, Role

__all__ = ["Flat", "FlatLine", "FlatView", "Stroke", "laid_flat"]

SLEEVE_ANGLE_DEG = 45.0


def laid_flat(pattern: Pattern, *, sleeve_angle_deg: float = SLEEVE_ANGLE_DEG) -> Flat:
    """The garment laid flat, sleeves hanging at `sleeve_angle_deg` (0 straight down, 90 straight out).

    A sleeve is raised where the skirt beneath it needs room, and bends no further than its cloth does: a short one hangs
    nearer to the line of the shoulder. Raises DraftError for pieces that make no garment.
    """
    roles = {piece.role for piece in pattern.parts}
    if Role.TROUSER_FRONT in roles and Role.TROUSER_BACK in roles:
        front, back, measures = laid_trousers(pattern)
        return Flat(front.whole(), back.whole(), measures)
    top = laid_top(pattern, angle_deg=sleeve_angle_deg)
    if top is not None:
        front, back, measures = top
        return Flat(front.whole(), back.whole(), measures)
    skirt = laid_skirt(pattern)
    if skirt is None:
        raise DraftError("these pieces make no garment that can be laid flat: there is no front and no back")
    return _flat_skirt(pattern, skirt)


def _flat_skirt(pattern: Pattern, skirt: LaidSkirt) -> Flat:
    band = next((p for p in pattern.parts if p.role == Role.WAISTBAND), None)
    height = band_height(band) if band is not None else 0.0
    edge, seam = band_above(skirt.waist, height)
    outline = np.concatenate((edge, skirt.side if height else skirt.side[1:], skirt.hem[::-1][1:]))
    marks = {"waist": edge[-1], "hem": skirt.side[-1]}
    views = [
        HalfView(outline, (*seam, *skirt_lines(skirt, panel)), marks, skirt_pockets(pattern, skirt, panel))
        for panel in (skirt.front, skirt.back)
    ]
    depth = pattern.measures.hip_depth
    measures = {
        "waist_width": 2 * float(np.sum(np.hypot(*np.diff(skirt.waist, axis=0).T))),
        "hip_width": 2 * float(np.interp(-depth, skirt.side[::-1, 1], skirt.side[::-1, 0])),
        "hem_width": 2 * skirt.hem_length,
        "skirt_length": skirt.length + height,
    }
    return Flat(views[0].whole(), views[1].whole(), measures)
