"""Pattern and wrap -> the garment as it hangs: welded, brought to rest on the body, judged; the wrap again if it fails.

draped = drape(pattern, assemble(pattern), fabric=Fabric.COTTON, body_points=points, body_triangles=triangles)
draped.surfaces, draped.ok, draped.reason
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from studio.arrays import AnyArray, Floats, Points3, Triangles
from studio.assembly import Assembly, PieceSurface
from studio.draping.fabrics import hanging_of
from studio.draping.gates import Fitness, judged
from studio.draping.layers import clearances, followers, held_up, keeps_shape, lapped, ties
from studio.draping.mesh import Garment, bends, refined, sewn_garment
from studio.draping.sdf import DistanceField, distance_field
from studio.draping.solve import TIME_STEP, hang
from studio.pattern import Pattern
from studio.vocabulary import Fabric

GRAVITY = 120.0
"""cm/s2: scaled down, or a fine mesh would hang longer than a coarse one at this time step."""
PHASES = ((200, 0.0, 0.9, 0.0), (700, 1.0, 0.992, 1.0), (300, 1.0, 0.97, 1.0))
"""(steps, share of gravity, damping, share of friction): settle, fall, come to rest."""
FINE_PHASES = ((120, 1.0, 0.97, 1.0), (180, 1.0, 0.95, 1.0))
LYING_CLEARANCE = 0.15
"""What lies under other cloth keeps this far off the skin, cm."""
GRAZED = 0.5
"""What ended less deep in the skin than this is set on it, cm; deeper cloth is caught and fails the gate."""
SHORTEST = 1.0
"""Edges that are shorter than this when sewn are compared with it, cm."""
CHUNK = 50
"""Steps between two looks at `cancel`."""
_SHAPED_BEND = 2e-4
_SEED = 20

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Draped:
    """A garment at rest, or the wrap with the `reason` why not.

    `surfaces` one a piece (with more points on their outlines than the wrap's: seams are one to one); `strain` for each of
    them (n,) how much the cloth is stretched at each point, in %, negative where it is pressed together.
    """

    surfaces: tuple[PieceSurface, ...]
    strain: tuple[Floats, ...]
    ok: bool
    reason: str
    fitness: Fitness | None
    seconds: float
    steps: int


@dataclass(frozen=True, eq=False)
class _Hung:
    garment: Garment
    points: Points3
    free: AnyArray
    strain: Floats  # by edge
    gap: float


def drape(
    pattern: Pattern,
    assembly: Assembly,
    *,
    fabric: Fabric,
    body_points: Points3,
    body_triangles: Triangles,
    refinements: int = 0,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Draped:
    """The garment of `assembly` at rest on a closed body (one or more shells, cm, triangles outward).

    `refinements` parts every triangle in four so many times and lets it hang a little longer. `progress` hears shares from
    0 to 1; once `cancel` says True the wrap is given back. Same input, same garment.
    """
    begun = time.perf_counter()
    body = distance_field(body_points, body_triangles)
    weights = [hanging_of(fabric, pattern[surface.name].material).weight for surface in assembly.surfaces]
    garment = sewn_garment(pattern, assembly, weights)
    total = sum(phase[0] for phase in PHASES) + refinements * sum(phase[0] for phase in FINE_PHASES)
    done = 0

    def went_on(steps: int) -> bool:
        nonlocal done
        done += steps
        if progress is not None:
            progress(done / total)
        return cancel is None or not cancel()

    wrapped = garment
    hung = _hung(garment, garment.worn, body, fabric, PHASES, went_on)
    for _ in range(refinements):
        if hung is None:
            break
        wrapped = refined(wrapped, weights)
        finer = refined(_moved(hung.garment, hung.points), weights)
        hung = _hung(wrapped, finer.worn, body, fabric, FINE_PHASES, went_on)
    if hung is None:
        return _as_wrapped(assembly, "stopped: shown as wrapped", None, begun, done)
    surfaces = _moved(hung.garment, hung.points).parts
    fitness = judged(hung.garment, hung.points, wrapped.worn, body, hung.strain, hung.free, hung.gap)
    if not fitness.ok:
        return _as_wrapped(assembly, fitness.reason, fitness, begun, done)
    at = _by_place(hung)
    shown = tuple(at[hung.garment.place[part.numbers]] for part in hung.garment.parts)
    return Draped(tuple(p.surface for p in surfaces), shown, True, "", fitness, time.perf_counter() - begun, done)


def _hung(
    garment: Garment,
    start: Points3,
    body: DistanceField,
    fabric: Fabric,
    phases: tuple[tuple[int, float, float, float], ...],
    went_on: Callable[[int], bool],
) -> _Hung | None:
    """The garment after these phases from `start`; None if it was stopped."""
    worn = garment.worn
    lying = followers(garment, worn)
    free = np.ones(garment.count, dtype=bool)
    free[lying.places] = False
    new = np.cumsum(free) - 1
    mass = garment.mass.copy()
    for k in range(3):
        np.add.at(mass, lying.hosts[:, k], lying.weights[:, k] * garment.mass[lying.places])
    ease = mass[free].mean() / mass[free]
    stretch, bend, grip, shaped = _cloth(garment, fabric)
    rng = np.random.default_rng(_SEED)
    edges = _shuffled(rng, worn, garment.edges, garment.lengths, stretch[garment.edges].max(axis=1), free, new)
    pairs, rest = bends(garment, worn, shaped)
    crossed = _shuffled(
        rng, worn, pairs, rest, np.where(shaped[pairs].any(axis=1), _SHAPED_BEND, bend[pairs].mean(axis=1)), free, new
    )
    closed = ties(garment)
    kept = free[closed.corners].all(axis=1)
    tied = (new[closed.corners[kept]], closed.weights[kept], closed.lengths[kept])
    height, firm = held_up(garment, worn)
    off = clearances(garment)[free]
    x = np.ascontiguousarray(start[free])
    speed = np.zeros_like(x)
    field = (body.distances, body.low, body.step)
    for steps, weight, damping, friction in phases:
        for first in range(0, steps, CHUNK):
            part = min(CHUNK, steps - first)
            touch = (off, friction * grip[free])
            held = (height[free], firm[free])
            hang(x, speed, ease, edges, crossed, tied, field, touch, held, part, weight * GRAVITY, damping)
            if not went_on(part):
                return None
    points = start.copy()
    points[free] = x
    triangles = garment.triangles
    gap = _widest_gap(x, tied)
    strain = _strain(garment, points)
    points = lapped(garment, points, free)
    points = lying.laid(points, triangles[free[triangles].all(axis=1)])
    points[lying.places] = body.pushed_out(points[lying.places], LYING_CLEARANCE)
    grazed = body.at(points) > -GRAZED
    points[grazed] = body.pushed_out(points[grazed], LYING_CLEARANCE)
    return _Hung(garment, points, free, strain, gap)


def _cloth(garment: Garment, fabric: Fabric) -> tuple[Floats, Floats, Floats, AnyArray]:
    """By place: stretch and bend compliance, grip, and whether the wrap's shape is kept."""
    stretch, bend, grip = np.zeros(garment.count), np.zeros(garment.count), np.zeros(garment.count)
    shaped = np.zeros(garment.count, dtype=bool)
    for part in garment.parts:
        own = garment.place[part.numbers]
        cloth = hanging_of(fabric, part.piece.material)
        stretch[own] = np.maximum(stretch[own], cloth.stretch)
        bend[own] = np.maximum(bend[own], cloth.bend)
        grip[own] = np.maximum(grip[own], cloth.grip)
        if keeps_shape(part.piece):
            shaped[own] = True
    return stretch, bend, grip, shaped


def _shuffled(
    rng: np.random.Generator, worn: Points3, pairs: AnyArray, rest: Floats, give: Floats, free: AnyArray, new: AnyArray
) -> tuple[AnyArray, Floats, Floats]:
    """Pairs among what hangs by itself, in a fixed random order in which mirror images follow one another.

    Without that, a garment creeps to one side.
    """
    kept = np.flatnonzero(free[pairs].all(axis=1))
    middle = worn[pairs[kept]].mean(axis=1)
    _, image = cKDTree(middle).query(middle * (-1.0, 1.0, 1.0))
    group = np.minimum(np.arange(len(kept)), image)
    order = kept[np.lexsort((middle[:, 0] > 0, rng.permutation(len(kept))[group]))]
    return new[pairs[order]], rest[order], give[order] / TIME_STEP**2


def _moved(garment: Garment, points: Points3) -> Garment:
    """The garment with its surfaces at these places."""
    parts = tuple(
        replace(part, surface=replace(part.surface, points=points[garment.place[part.numbers]])) for part in garment.parts
    )
    return replace(garment, parts=parts)


def _strain(garment: Garment, points: Points3) -> Floats:
    """(e,) how much longer each edge is than when sewn, as a share; what lies folded away in a closed dart hardly counts."""
    i, j = garment.edges.T
    longer = np.linalg.norm(points[i] - points[j], axis=1) - garment.lengths
    strain: Floats = longer / np.maximum(garment.lengths, SHORTEST)
    return strain


def _by_place(hung: _Hung) -> Floats:
    """(m,) mean strain of the edges at each place, %; nothing where cloth only lies on other cloth."""
    counted = hung.free[hung.garment.edges].all(axis=1)
    i, j = hung.garment.edges[counted].T
    count = hung.garment.count
    total = np.bincount(i, hung.strain[counted], count) + np.bincount(j, hung.strain[counted], count)
    size = np.bincount(i, minlength=count) + np.bincount(j, minlength=count)
    found: Floats = 100 * total / np.maximum(size, 1)
    return found


def _widest_gap(points: Points3, tied: tuple[AnyArray, Floats, Floats]) -> float:
    """How far the closures (buttons, fly, ends of strips) stand open, cm; seams are welded."""
    corners, weights, lengths = tied
    way = np.einsum("tc,tcd->td", weights, points[corners])
    return float((np.linalg.norm(way, axis=1) - lengths).max(initial=0.0))


def _as_wrapped(assembly: Assembly, reason: str, fitness: Fitness | None, begun: float, steps: int) -> Draped:
    """The wrap, and why it is shown."""
    still = tuple(np.zeros(len(surface.flat)) for surface in assembly.surfaces)
    return Draped(assembly.surfaces, still, False, reason, fitness, time.perf_counter() - begun, steps)


def warm_up() -> None:
    """Compiles the solver and the distance field with a tiny piece of cloth over a tiny body; seconds the first time.

    What was compiled is kept beside the code, or in the folder that the variable NUMBA_CACHE_DIR names.
    """
    corners = np.array(((0.0, 0.0, 0.0), (2.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 2.0)))
    faces = np.array(((0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)))
    body = distance_field(corners, faces)
    x = corners + 1.0
    one = (np.array(((0, 1),)), np.ones(1), np.zeros(1))
    tie = (np.zeros((1, 6), dtype=np.int64), np.zeros((1, 6)), np.ones(1))
    touch, held = (np.ones(4), np.ones(4)), (np.zeros(4), np.zeros(4))
    hang(x, np.zeros_like(x), np.ones(4), one, one, tie, (body.distances, body.low, body.step), touch, held, 1, 1.0, 0.9)
