"""The two bodies of assets/body.npz: the mesh, the ways it bends, and where a tape is laid."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from studio.arrays import Floats, Points3, Triangles
from studio.bodyform.tape import edges_of, faces_where, girth

ASSET = Path(__file__).resolve().parents[2] / "assets" / "body.npz"


class Build(StrEnum):
    """Which of the two bodies is bent."""

    WOMEN = "women"
    MEN = "men"


@dataclass(frozen=True, eq=False)
class Spot:
    """A place that moves with some vertices of the mesh."""

    vertices: Triangles  # (c,)
    offset: Floats  # (3,) from their mean

    @classmethod
    def near(cls, points: Points3, place: Floats, *, among: Triangles, count: int = 8) -> Spot:
        """The spot at `place`, held by the nearest vertices of `among`."""
        far = np.sum((points[among] - place) ** 2, axis=1)
        held = among[np.argsort(far, kind="stable")[:count]]
        return cls(held, place - points[held].mean(axis=0))

    def at(self, points: Points3) -> Floats:
        """(3,) where it is now."""
        place: Floats = points[self.vertices].mean(axis=0) + self.offset
        return place

    def bends(self, bends: Floats) -> Floats:
        """(k, 3) how it moves with each bend."""
        moved: Floats = bends[:, self.vertices].mean(axis=1)
        return moved


@dataclass(frozen=True, eq=False)
class Template:
    """One build: mesh, bends, masks and spots, cm."""

    points: Points3
    triangles: Triangles
    partner: Triangles  # (n,) the vertex on the other side
    arm: Floats  # (n,) 0 on the trunk, 1 on the arm
    leg: Floats
    names: tuple[str, ...]
    bends: Floats  # (k, n, 3)
    low: Floats  # (k,) box of each bend
    high: Floats
    spots: Mapping[str, Spot]
    trunk_edges: Triangles  # of everything but the arms
    leg_edges: Triangles  # of the left leg
    arm_edges: Triangles  # of the left arm

    @property
    def height(self) -> float:
        return float(self.points[:, 2].max())


WAIST = 0.622
"""Where the waist of a template is, over its height."""


@functools.cache
def template(build: Build, path: Path = ASSET) -> Template | None:
    """The body of a build; None without the asset."""
    if not path.is_file():
        return None
    with np.load(path) as stored:
        raw = {
            name: stored[f"{build}_{name}"]
            for name in ("points", "triangles", "partner", "arm", "leg", "joints", "names", "bends")
        }
    points, triangles = raw["points"].astype(np.float64), raw["triangles"].astype(np.int64)
    arm, leg = raw["arm"].astype(np.float64), raw["leg"].astype(np.float64)
    x = points[:, 0]
    arm = np.clip((arm - 0.06) / 0.9, 0, 1) * np.clip((np.abs(x) - 4) / 4, 0, 1)
    trunk = edges_of(faces_where(triangles, arm < 0.5))
    joints = raw["joints"].astype(np.float64)
    middle = points[(np.abs(points[:, 2] / points[:, 2].max() - WAIST + 0.05) < 0.01) & (arm < 0.3), 1]
    for places in (points, joints):  # the middle of the trunk stands over the origin
        places[:, 1] -= 0.5 * (middle.min() + middle.max())
    spots = _spots(points, trunk, arm, joints)
    own, low, high = _girdles(points, arm, leg, spots)
    given = raw["bends"].astype(np.float64)
    names = (*(str(name) for name in raw["names"]), *own)
    limit = np.array([_LIMITS.get(name.rstrip("+-"), 1.0) for name in names[: len(given)]])
    return Template(
        points,
        triangles,
        raw["partner"].astype(np.int64),
        arm,
        leg,
        names,
        np.concatenate((given, np.stack(list(own.values())))),
        np.concatenate((np.zeros(len(given)), low)),
        np.concatenate((limit, high)),
        spots,
        trunk,
        edges_of(faces_where(triangles, (leg > 0.3) & (x > -0.5))),
        edges_of(faces_where(triangles, (arm > 0.6) & (x > 0))),
    )


_LIMITS: Mapping[str, float] = {"weight": 1.3, "muscle": 0.6, "cup": 0.8, "shoulder": 1.5, "neck": 1.5, "bust": 0.8}
"""How far a bend may go; 1 is as far as its maker drew it."""


def _spots(points: Points3, trunk: Triangles, arm: Floats, joints: Floats) -> dict[str, Spot]:
    tall = points[:, 2].max()
    body = np.flatnonzero(arm < 0.3)
    share = points[:, 2] / tall

    def outermost(direction: float, low: float, high: float, aside: float = 0.0) -> Floats:
        among = body[(share[body] > low) & (share[body] < high) & (points[body, 0] >= aside)]
        place: Floats = points[among[np.argmax(direction * points[among, 1])]]
        return place

    upper = tall * np.linspace(0.8, 0.9, 41)
    round_neck = np.array([girth(points, trunk, z) for z in upper])
    throat = int(np.argmin(round_neck))
    base = float(upper[: throat + 1][round_neck[: throat + 1] > 1.12 * round_neck[throat]][-1])
    middle = body[(np.abs(points[body, 0]) < 1.3) & (share[body] > 0.38) & (share[body] < 0.55)]
    crotch = points[middle[np.argmin(points[middle, 2])]] * (0.0, 1.0, 1.0)
    places = {
        "bust": outermost(-1.0, 0.67, 0.77, 3.0),
        "waist": np.array((0.0, 0.0, WAIST * tall)),
        "seat": outermost(1.0, 0.45, 0.58, 2.0),
        "crotch": crotch,
        "neck_base": np.array((0.0, 0.0, base)),
        "throat": np.array((0.0, 0.0, upper[throat])),
        "crown": points[np.argmax(points[:, 2])],
    }
    spots = {name: Spot.near(points, place, among=body) for name, place in places.items()}
    for name in ("waist", "neck_base", "throat"):  # a level is held by the ring of vertices at it
        near = body[np.abs(points[body, 2] - places[name][2]) < 1.6]
        spots[name] = Spot(near, places[name] - points[near].mean(axis=0))
    limb = np.flatnonzero((arm > 0.5) & (points[:, 0] > 0))
    for name, joint in zip(("shoulder", "elbow", "wrist"), joints, strict=True):
        spots[name] = Spot.near(points, joint, among=limb, count=24)
    away = points - joints[0]
    ray = np.array((0.5, 0.0, 0.87))
    aside = np.sqrt(np.sum((away - (away @ ray)[:, None] * ray) ** 2, axis=1)) + 100 * (away @ ray < 0)
    spots["tip"] = Spot.near(points, points[np.argmin(aside)], among=np.arange(len(points)), count=6)
    return spots


def _girdles(points: Points3, arm: Floats, leg: Floats, spots: Mapping[str, Spot]) -> tuple[dict[str, Floats], Floats, Floats]:
    """Bends of our own: a level of the body made wider all round, the limbs rounder, the shoulders broader."""
    z, trunk = points[:, 2], 1 - arm
    tall = z.max()
    at = {name: spot.at(points)[2] / tall for name, spot in spots.items()}
    centre = np.zeros_like(points)
    levels = np.linspace(0, tall, 60)
    depth = [points[(np.abs(z - level) < 2.5) & (arm < 0.4), 1] for level in levels]
    lie = np.array([0.5 * (d.min() + d.max()) if len(d) else 0.0 for d in depth])
    centre[:, 1] = np.interp(z, levels, lie)
    out = (points - centre) * (1, 1, 0) * trunk[:, None]
    hip = 0.5 * (at["crotch"] + at["seat"])
    windows = {
        "bust": (at["bust"], 0.075),
        "waist": (at["waist"], 0.07),
        "hip": (hip, 0.085),
        "neck": (at["throat"] - 0.012, 0.03),
    }
    own = {f"{name} round": np.exp(-(((z / tall - level) / wide) ** 2))[:, None] * out for name, (level, wide) in windows.items()}
    thigh = np.exp(-(((z / tall - at["crotch"] + 0.08) / 0.11) ** 2))
    side = np.sign(points[:, 0])
    knee = np.where(z < at["crotch"] * tall, 1.0, np.clip(1 - (z / tall - at["crotch"]) / 0.05, 0, 1))
    wide = [points[(np.abs(z - level) < 2.5) & (leg > 0.5) & (side > 0), 0] for level in levels]
    seen = [k for k, xs in enumerate(wide) if len(xs)]
    outer = np.abs(points[:, 0]) - np.interp(z, levels[seen], [0.5 * (wide[k].min() + wide[k].max()) for k in seen])
    own["thigh round"] = (thigh * knee * leg)[:, None] * np.stack((side * outer, points[:, 1] - centre[:, 1], 0 * z), axis=1)
    joint, wrist = spots["shoulder"].at(points), spots["wrist"].at(points)
    mirror = np.stack((np.where(side < 0, -1.0, 1.0), np.ones_like(z), np.ones_like(z)), axis=1)
    axis = (wrist - joint) / np.sqrt(np.sum((wrist - joint) ** 2))
    away = points * mirror - joint
    along = away @ axis
    across = (away - along[:, None] * axis) * mirror
    fade = np.clip(1.3 - along / np.sqrt(np.sum((wrist - joint) ** 2)), 0, 1)
    own["arm round"] = (arm**2 * fade)[:, None] * across
    rise = np.clip((z / tall - at["bust"]) / 0.06, 0, 1) * np.clip((np.abs(points[:, 0]) - 4) / (joint[0] - 4), 0, 1)
    own["shoulder broad"] = np.stack((side * np.maximum(rise, arm), 0 * z, 0 * z), axis=1)
    high = np.array((0.2, 0.2, 0.2, 0.25, 0.2, 0.5, 4.0))
    low = np.array((-0.12, -0.15, -0.12, -0.2, -0.15, -0.3, -3.0))
    return own, low, high
