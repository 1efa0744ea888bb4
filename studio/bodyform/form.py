"""A dress form of the wearer's measurements.

One of two smooth bodies is bent until a tape reads the wearer's girths (`fitting`), then stretched in height so that waist,
crotch and neck lie where the drafts have them. A girth is the convex hull of a level section without the arms, as a tape lies;
the hip is the fullest level between a cm above the crotch and the seat. Children get the ring mannequin's mesh.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from scipy.interpolate import PchipInterpolator

from studio.arrays import Floats, Points3, Triangles
from studio.body import LANDMARKS, Mannequin
from studio.bodyform.fitting import BICEP_AT, FIRM, arm_frame, fitted, hip_levels, thigh_level
from studio.bodyform.tape import girth
from studio.bodyform.template import Build, Template, template
from studio.design import ARM_SHARE_OF_HEIGHT
from studio.sizes import TABLES, Table
from studio.sizing import Measures

SOFT = ("neck", "shoulder_width", "bicep", "thigh")
TOLD = 0.5
"""A measurement further than this from the wearer's is told, cm."""
_ROUNDS = 3
_DOWN_DEG = 14.0


class Pose(StrEnum):
    """How the arms hang."""

    A_POSE = "a_pose"
    ARMS_DOWN = "arms_down"


@dataclass(frozen=True, eq=False)
class DressForm:
    """The wearer as one closed mesh, feet at z = 0, front towards -y, +x the wearer's left."""

    measures: Measures
    points: Points3
    triangles: Triangles
    heights: Mapping[str, float]  # z of every landmark of studio.body
    landmarks: Mapping[str, Floats]  # named places, (3,) each
    girths: Mapping[str, float]  # what the tape reads
    residuals: Mapping[str, float]  # asked for minus read, cm
    remarks: tuple[str, ...]  # a sentence for each measurement that the form could not take
    note: str  # why it is not the body mesh, or nothing
    build: Build | None  # None: the ring mannequin
    trunk_edges: Triangles  # of everything but the arms, for sections
    leg_edges: Triangles  # of the left leg
    arm_edges: Triangles  # of the left arm

    @property
    def mesh(self) -> tuple[Points3, Triangles]:
        return self.points, self.triangles


def dress_form(
    measures: Measures, *, decided: frozenset[str] = frozenset(), build: Build | None = None, pose: Pose = Pose.A_POSE
) -> DressForm:
    """The form of a wearer.

    Bust, waist, hip and height are always taken; of neck, shoulder_width, bicep and thigh those in `decided` firmly, the others
    as far as they suit. Without `build` the nearest standard size chooses. A form that cannot be all that was asked for says so
    in `remarks`.
    """
    return _form(measures, decided, build or nearest_build(measures), pose)


@functools.lru_cache(maxsize=64)
def _form(measures: Measures, decided: frozenset[str], build: Build, pose: Pose) -> DressForm:
    body = template(build)
    if body is None:
        return _ringed(measures, "The body data is missing, so a simple form of rings stands in for it.")
    if childlike(measures):
        return _ringed(measures, "For a child the form is built of rings.")
    return _bent_form(body, measures, decided, build, pose)


def childlike(measures: Measures) -> bool:
    """Whether the wearer is nearer to a children's size than to an adult's."""
    return measures.height < 165 and _nearest(measures) is Table.CHILDREN


def nearest_build(measures: Measures) -> Build:
    """The build of the standard size nearest to the wearer; women's if the difference is small."""
    return Build.MEN if _nearest(measures) is Table.MEN else Build.WOMEN


_SPREADS = {"bust": 8.0, "waist": 8.0, "hip": 8.0, "height": 16.0, "neck": 3.0, "shoulder_width": 4.0}


def _nearest(measures: Measures) -> Table:
    def far(table: Table) -> float:
        sizes = TABLES[table].values()
        apart = [sum(((getattr(measures, name) - body[name]) / wide) ** 2 for name, wide in _SPREADS.items()) for body in sizes]
        return float(min(apart)) + (0.2 if table is Table.MEN else 0.0)

    return min(Table, key=far)


def _bent_form(body: Template, measures: Measures, decided: frozenset[str], build: Build, pose: Pose) -> DressForm:
    scale = measures.height / body.height
    wanted = {name: float(getattr(measures, name)) for name in (*FIRM, *SOFT)}
    asked = dict(wanted)
    for _ in range(_ROUNDS):
        _, points = fitted(body, {name: goal / scale for name, goal in asked.items()}, decided)
        points, spots = _stood(body, points * scale, measures)
        girths = _read(body, points, spots)
        off = {name: wanted[name] - girths[name] for name in FIRM}
        if max(map(abs, off.values())) < 0.08:
            break
        asked |= {name: asked[name] + float(np.clip(off[name], -3, 3)) for name in FIRM}
    heights = _heights(girths, spots, measures)
    residuals = {name: wanted[name] - girths[name] for name in wanted}
    residuals["height"] = measures.height - float(np.ptp(points[:, 2]))
    residuals["bodice_length"] = (Mannequin.of(measures).heights["neck_base"] - heights["neck_base"]) / 0.905
    firm = {*FIRM, "height", *decided} | {"bodice_length"}
    if pose is Pose.ARMS_DOWN:
        points, spots = _arms_down(body, points, spots)
    return DressForm(
        measures,
        _kept(points),
        body.triangles,
        MappingProxyType(heights),
        MappingProxyType(_landmarks(points, spots, heights)),
        MappingProxyType({name: girths[name] for name in wanted}),
        MappingProxyType(residuals),
        tuple(
            _remark(name, residuals[name], wanted.get(name))
            for name in sorted(firm & set(residuals))
            if abs(residuals[name]) > TOLD
        ),
        "",
        build,
        body.trunk_edges,
        body.leg_edges,
        body.arm_edges,
    )


def _kept(points: Points3) -> Points3:
    points.setflags(write=False)
    return points


def _remark(name: str, off: float, wanted: float | None) -> str:
    what = name.replace("_", " ")
    size = f" of {wanted:g} cm" if wanted is not None else ""
    more = "less" if off > 0 else "more"
    return f"The {what}{size} does not go with the other measurements: the form has {abs(off):.1f} cm {more}."


def _stood(body: Template, points: Points3, measures: Measures) -> tuple[Points3, dict[str, Floats]]:
    """The mesh at its full height, waist, crotch and neck at the drafts' levels, arms at full length, and where its spots are."""
    points = points - (0.0, 0.0, points[:, 2].min())
    spots = {name: spot.at(points) for name, spot in body.spots.items()}
    top = float(points[:, 2].max())
    table = Mannequin.of(measures).heights
    waist = table["waist"]
    crotch = waist - float(np.clip(measures.rise, 0.13 * measures.height, 0.19 * measures.height))
    neck = min(table["neck_base"], measures.height - 0.1 * measures.height)
    now = np.array([0.0, 0.05 * top, spots["crotch"][2], spots["waist"][2], spots["neck_base"][2], top])
    goal = np.array([0.0, 0.05 * measures.height, crotch, waist, neck, measures.height])
    raised = PchipInterpolator(now, goal)
    z = np.clip(points[:, 2], 0, top)
    shift = raised(z) - z
    joint = spots["shoulder"]
    carried = float(raised(joint[2]) - joint[2])
    moved = points.copy()
    moved[:, 2] += (1 - body.arm) * shift + body.arm * carried
    moved = _longer_arms(body, moved, measures)
    moved = _apart(body, moved, crotch)
    return moved, {name: spot.at(moved) for name, spot in body.spots.items()}


def _longer_arms(body: Template, points: Points3, measures: Measures) -> Points3:
    """The arms stretched along themselves until they measure the wearer's share from the shoulder's tip to the wrist."""
    joint, wrist, tip = (body.spots[name].at(points) for name in ("shoulder", "wrist", "tip"))
    axis = wrist - joint
    long = float(np.sqrt(axis @ axis))
    axis = axis / long
    reach = float((wrist - tip) @ axis)
    factor = float(np.clip((ARM_SHARE_OF_HEIGHT * measures.height - reach) / long, -0.2, 0.3))
    mirror = np.where(points[:, :1] < 0, -1.0, 1.0) * (1, 0, 0) + (0, 1, 1)
    along = np.clip((points * mirror - joint) @ axis, 0, long)
    moved: Points3 = points + (body.arm * along * factor)[:, None] * axis * mirror
    return moved


def _apart(body: Template, points: Points3, crotch: float) -> Points3:
    """Legs that would cross the middle are kept on their side of it."""
    side = np.sign(body.points[:, 0])
    x = points[:, 0] * side
    gap = np.clip((crotch - points[:, 2]) / 6, 0, 1) * 0.5
    soft = np.where(x < 2 * gap, gap + np.maximum(x, 0) ** 2 / np.maximum(4 * gap, 1e-9), x)
    held = (gap > 0) & (side != 0) & (body.arm < 0.3) & (body.leg > 0.2)
    moved = points.copy()
    moved[held, 0] = (side * soft)[held]
    return moved


def _read(body: Template, points: Points3, spots: Mapping[str, Floats]) -> dict[str, float]:
    """What the tape reads on a standing form, and at "hip level" where the hip is fullest."""
    found = {name: girth(points, body.trunk_edges, float(spots[name][2])) for name in ("bust", "waist")}
    levels = hip_levels(float(spots["crotch"][2]), float(spots["seat"][2]))
    hips = [girth(points, body.trunk_edges, z) for z in levels]
    found["hip"], found["hip level"] = max(hips), float(levels[int(np.argmax(hips))])
    found["neck"] = girth(points, body.trunk_edges, 0.5 * float(spots["throat"][2] + spots["neck_base"][2]))
    level = thigh_level(float(spots["crotch"][2]), float(points[:, 2].max()))
    found["thigh"] = girth(points, body.leg_edges, level)
    frame = arm_frame(spots["shoulder"], spots["wrist"])
    long = float(np.sqrt(np.sum((spots["wrist"] - spots["shoulder"]) ** 2)))
    found["bicep"] = girth(frame.seen(points), body.arm_edges, BICEP_AT * long)
    found["shoulder_width"] = 2 * float(spots["tip"][0])
    return found


def _heights(girths: Mapping[str, float], spots: Mapping[str, Floats], measures: Measures) -> dict[str, float]:
    """z of every landmark of the ring table: read where the form has it, between them in the table's proportion."""
    known = {name: float(spots[name][2]) for name in ("crotch", "waist", "bust", "neck_base")}
    known |= {"feet": 0.0, "hip": girths["hip level"], "shoulder": float(spots["tip"][2]), "head_top": measures.height}
    known["hip"] = min(max(known["hip"], known["crotch"] + 1), known["waist"] - 4)
    known["bust"] = max(known["bust"], known["waist"] + 4)
    known["shoulder"] = min(max(known["shoulder"], known["bust"] + 4), known["neck_base"] - 0.5)
    order = [name for name in LANDMARKS if name in known]
    table, ours = [LANDMARKS[name][0] for name in order], [known[name] for name in order]
    return {name: float(np.interp(row[0], table, ours)) for name, row in LANDMARKS.items()}


def _landmarks(points: Points3, spots: Mapping[str, Floats], heights: Mapping[str, float]) -> dict[str, Floats]:
    """Named places of the form."""
    found: dict[str, Floats] = {"crotch": spots["crotch"], "crown": spots["crown"]}
    mirror = np.array((-1.0, 1.0, 1.0))
    for name in ("bust", "tip", "shoulder", "elbow", "wrist"):
        label = "shoulder_tip" if name == "tip" else "shoulder_joint" if name == "shoulder" else name
        found[f"{label}_left"], found[f"{label}_right"] = spots[name], spots[name] * mirror
    near = points[np.abs(points[:, 2] - heights["neck_base"]) < 2.0]
    found["nape"] = near[np.argmax(near[:, 1])] * (0.0, 1.0, 1.0)
    found["neck_front"] = near[np.argmin(near[:, 1])] * (0.0, 1.0, 1.0)
    for name in ("waist", "hip", "knee", "ankle"):
        near = points[np.abs(points[:, 2] - heights[name]) < 2.0]
        found[name] = np.array((0.0, float(near[:, 1].mean()), heights[name]))
    return found


def _arms_down(body: Template, points: Points3, spots: Mapping[str, Floats]) -> tuple[Points3, dict[str, Floats]]:
    """The arms turned down about the shoulder joints as far as hips and thighs let them."""
    joint, wrist = spots["shoulder"], spots["wrist"]
    tilt = float(np.arctan2(wrist[0] - joint[0], joint[2] - wrist[2]))
    trunk = points[(body.arm < 0.3) & (points[:, 2] > wrist[2] - 18) & (points[:, 2] < wrist[2] + 25)]
    need = float(np.arctan2(np.abs(trunk[:, 0]).max() + 4.5 - joint[0], joint[2] - wrist[2]))
    turn = tilt - min(max(np.radians(_DOWN_DEG), need), tilt)
    side = np.where(points[:, 0] < 0, -1.0, 1.0)
    by = turn * body.arm
    x, z = points[:, 0] * side - joint[0], points[:, 2] - joint[2]
    moved = points.copy()
    moved[:, 0] = side * (joint[0] + np.cos(by) * x + np.sin(by) * z)
    moved[:, 2] = joint[2] - np.sin(by) * x + np.cos(by) * z
    return moved, {name: spot.at(moved) for name, spot in body.spots.items()}


def _ringed(measures: Measures, note: str) -> DressForm:
    """The ring mannequin in the same record."""
    rings = Mannequin.of(measures)
    points, triangles = rings.mesh
    girths = {name: rings.girth(rings.heights[name]) for name in FIRM}
    none = np.zeros((0, 2), dtype=np.int64)
    return DressForm(
        measures,
        _kept(points.copy()),
        triangles,
        rings.heights,
        MappingProxyType({}),
        MappingProxyType(girths),
        MappingProxyType({name: getattr(measures, name) - read for name, read in girths.items()}),
        (),
        note,
        None,
        none,
        none,
        none,
    )
