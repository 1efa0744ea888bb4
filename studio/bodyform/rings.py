"""A dress form as the mannequin that cloth is wrapped round: ellipses of the same girth in place of its sections."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from studio.arrays import Floats, Points3, Triangles
from studio.body import PAD, Arm, Mannequin, Rings, perimeter
from studio.bodyform.form import DressForm
from studio.bodyform.tape import Turned, girth, section

_STEP = 1.5
_ALONG = (-0.045, 0.0, 0.1, 0.25, 0.5, 0.6, 0.85, 1.0, 1.09, 1.2, 1.29, 1.33)
"""Where the arm's radii are taken, as shares of the way from the joint to the wrist: the stations of the ring mannequin."""


@dataclass(frozen=True, eq=False)
class FormMannequin(Mannequin):
    """A mannequin whose rings follow a dress form and whose mesh is the form itself."""

    form: DressForm

    @functools.cached_property
    def mesh(self) -> tuple[Points3, Triangles]:
        """The form's own mesh."""
        return self.form.mesh


def mannequin_of(form: DressForm) -> Mannequin:
    """The mannequin of a form: rings and arms fitted to its sections, the form's heights and mesh.

    A form of rings gives the ring mannequin of its measures.
    """
    if form.build is None:
        return Mannequin.of(form.measures)
    heights = form.heights
    top, crotch = float(form.points[:, 2].max()), heights["crotch"]
    torso = _stack(form, np.append(np.arange(crotch + 0.5, top - 0.3, _STEP), top - 0.3))
    torso[:1, 3:] *= 0.9
    legs = _legs(form)
    mirrored = legs.copy()
    mirrored[:, 1] *= -1
    below = _stack(form, np.arange(0.6, crotch + 0.5, _STEP))
    hull = np.concatenate((below, torso))
    hull[:, 2] = np.where(hull[:, 0] < heights["hip"], _soft(hull[:, 2]), hull[:, 2])
    hull[:, 0] += np.interp(hull[:, 0], (heights["chest"], heights["shoulder"]), (0.0, PAD))
    arms = (_arm(form, 1.0), _arm(form, -1.0))
    return FormMannequin(
        Rings.through(torso), (Rings.through(legs), Rings.through(mirrored)), Rings.through(hull), arms, heights, form
    )


def _soft(values: Floats) -> Floats:
    padded = np.pad(values, 2, mode="edge")
    soft: Floats = np.mean([padded[k : k + len(values)] for k in range(5)], axis=0)
    return soft


def _stack(form: DressForm, levels: Floats) -> Floats:
    """(n, 5) z, cx, cy, rx, ry of the trunk: as broad and deep as the section, then scaled to its tape girth."""
    rows = []
    for z in levels:
        crossing, _, _ = section(form.points, form.trunk_edges, float(z))
        if len(crossing) > 2:
            (west, front), (east, back) = crossing.min(axis=0), crossing.max(axis=0)
            rx, ry = 0.5 * (east - west), 0.5 * (back - front)
            factor = girth(form.points, form.trunk_edges, float(z)) / float(perimeter(rx, ry))
            rows.append((z, 0.0, 0.5 * (front + back), factor * rx, factor * ry))
    return np.array(rows)


def _legs(form: DressForm) -> Floats:
    """(n, 5) of the left leg, from the sole to above the crotch, where it stays inside the hip."""
    crotch, hip = form.heights["crotch"], form.heights["hip"]
    rows = []
    for z in np.arange(0.6, crotch - 1, _STEP):
        crossing, _, _ = section(form.points, form.leg_edges, float(z))
        low, high = crossing.min(axis=0), crossing.max(axis=0)
        half = 0.5 * (high - low)
        factor = girth(form.points, form.leg_edges, float(z)) / float(perimeter(*half))
        wide = min(factor * half[0], 0.5 * (low[0] + high[0]) - 0.3)
        rows.append((z, 0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1]), wide, factor * half[1]))
    _, cx, cy, rx, ry = rows[-1]
    rise = max(hip - crotch, 2.0)
    rows.append((crotch + 0.3 * rise, cx, cy, 0.97 * rx, 0.96 * ry))
    rows.append((crotch + 0.7 * rise, cx, cy, 0.88 * rx, 0.9 * ry))
    return np.array(rows)


def _arm(form: DressForm, side: float) -> Arm:
    """The arm of one side (+1 the wearer's left); the radii are those of the left arm's sections."""
    mirror = np.array((side, 1.0, 1.0))
    joint, wrist = form.landmarks["shoulder_joint_left"], form.landmarks["wrist_left"]
    frame = Turned.along(joint, wrist - joint)
    seen = frame.seen(form.points)
    long = float(np.sqrt(np.sum((wrist - joint) ** 2)))
    along = np.array(_ALONG) * long
    radii = np.array([girth(seen, form.arm_edges, float(at)) for at in along]) / (2 * math.pi)
    upper = radii[3]
    radii[:3] = np.array((0.62, 1.02, 1.04)) * upper  # inside the shoulder no section is an arm's
    radii[-2:] = np.minimum(radii[-2:], np.array((0.75, 0.3)) * radii[7])
    front, _, axis = frame.axes * mirror
    outward = np.cross(axis, front)
    outward *= math.copysign(1.0, outward[0] * side)
    return Arm(joint * mirror, axis, outward, front, along, np.maximum(radii, 0.3))
