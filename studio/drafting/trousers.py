"""Front and back of a trouser leg (patterns.md 5.6): crease at x = 0, waist at y = 0, y down, side seam at +x.

The back is drafted against the front: its fork is lowered until the inseams agree, its waist raised until the sides do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.darts import Dart, DartedEdge, darted_edge
from studio.drafting.geometry import DOWN, cubic, joined, line, quarter_turn, solved, total_length, unit
from studio.sizing import Measures

WAIST_EASE = 1.0
SMALLEST_TROUSER_DART = 0.8


@dataclass(frozen=True, eq=False)
class TrouserHalf:
    """One leg piece, runs in drawing order."""

    waist: DartedEdge  # centre -> side
    side: tuple[Curve, ...]  # waist -> hem
    hem: Curve  # side -> inseam
    inseam: tuple[Curve, ...]  # hem -> fork
    crotch: tuple[Curve, ...]  # fork -> centre waist
    marks: dict[str, Point2]
    thigh_width: float


@dataclass(frozen=True)
class _Levels:
    hip: float
    fork: float
    knee: float | None
    hem: float


def drafted_trousers(m: Measures, *, hip_ease: float) -> tuple[TrouserHalf, TrouserHalf]:
    """(front, back) of one leg for a finished hip of hip + `hip_ease`, cm. Raises DraftError when they cannot close."""
    hip = m.hip + max(hip_ease - 4, 0)
    full_leg = 0.456 * m.height
    hem = m.rise + m.inseam
    knee = m.rise + full_leg / 2 - 5
    levels = _Levels(min(m.hip_depth, m.rise - 4.0), m.rise, knee if hem > knee + 8 else None, hem)
    excess = hip / 4 - (m.waist + WAIST_EASE) / 4
    front = _front(m, hip, excess, levels)
    return front, _back(m, hip, excess, levels, front)


def _leg(
    fork: Point2, levels: _Levels, half_knee: float, half_hem: float, hollow: float
) -> tuple[list[Curve], Point2, Point2, Callable[[Point2], list[Curve]]]:
    """(inseam fork -> hem, knee in, hem in, outside seam from a hip point)."""
    hem_in, hem_out = point(-half_hem, levels.hem), point(half_hem, levels.hem)
    if levels.knee is None:
        fall = levels.hem - levels.fork
        inseam = [
            cubic(fork, fork + (hem_in - fork) * 0.35 + point(hollow * min(fall / 30, 1), 0), hem_in - 0.3 * fall * DOWN, hem_in)
        ]

        def outside(hip: Point2) -> list[Curve]:
            drop = levels.hem - hip[1]
            return [cubic(hip, hip + 0.3 * drop * DOWN, hem_out - 0.3 * drop * DOWN, hem_out)]

        return inseam, hem_in, hem_in, outside
    knee_in, knee_out = point(-half_knee, levels.knee), point(half_knee, levels.knee)
    fall = levels.knee - fork[1]
    shin = unit(hem_in - knee_in)
    upper = cubic(fork, fork + (knee_in - fork) * 0.35 + point(hollow, 0), knee_in - 0.35 * fall * shin, knee_in)

    def outside_seam(hip: Point2) -> list[Curve]:
        drop = knee_out[1] - hip[1]
        way = unit(hem_out - knee_out)
        return [cubic(hip, hip + 0.3 * drop * DOWN, knee_out - 0.3 * drop * way, knee_out), line(knee_out, hem_out)]

    return [upper, line(knee_in, hem_in)], knee_in, hem_in, outside_seam


def _over_hip(waist_side: Point2, hip: Point2) -> Curve:
    return cubic(
        waist_side, waist_side + (hip - waist_side) * 0.5 + point(0.4, 0), hip - 0.3 * (hip[1] - waist_side[1]) * DOWN, hip
    )


def _into_fork(start: Point2, way: Point2, fork: Point2, inseam: Curve, fullness: float) -> Curve:
    """Crotch curve: leaves the centre seam smoothly and meets the inseam at a right angle."""
    square = quarter_turn(inseam.tangent(0))
    square = square if square[0] < 0 else -square
    return cubic(start, start + fullness * (fork[1] - start[1]) * way, fork - 0.62 * (start[0] - fork[0]) * square, fork)


def _waist(centre: Point2, side: Point2, seam: Curve, target: float, dart_fall: float, position: float) -> DartedEdge:
    """The waist from the centre to the side at its finished length, by one dart."""
    along = unit(side - centre)
    arrive = quarter_turn(seam.tangent(0))
    arrive = arrive if arrive @ along > 0 else -arrive
    base = centre + position * (side - centre)
    into = quarter_turn(along)
    into = into if into[1] > 0 else -into
    if not dart_fall:
        return darted_edge(centre, side, leaving=along, arriving=arrive, darts=[], length=target)
    return darted_edge(
        centre, side, leaving=along, arriving=arrive, darts=[Dart(base + dart_fall * into, base, 1.0)], length=target
    )


def _pieces(
    edge: DartedEdge, side: list[Curve], inseam: list[Curve], crotch: list[Curve], marks: dict[str, Point2], thigh: float
) -> TrouserHalf:
    hem = line(side[-1].end, inseam[-1].end)
    return TrouserHalf(
        waist=edge,
        side=tuple(side),
        hem=hem,
        inseam=tuple(c.reversed() for c in reversed(inseam)),
        crotch=tuple(c.reversed() for c in reversed(crotch)),
        marks=marks,
        thigh_width=thigh,
    )


def _front(m: Measures, hip: float, excess: float, levels: _Levels) -> TrouserHalf:
    centre_x = -(hip / 12 + 1.5)
    hip_side = point(centre_x + hip / 4 + 0.5, levels.hip)
    fork = point(centre_x - (hip / 16 + 0.5), levels.fork)
    taken_in = min(max(0.15 * excess, 0.0), 1.0)
    centre = point(centre_x + taken_in, 0.0)
    target = (m.waist + WAIST_EASE) / 4
    dart = min(max(excess + 0.5 - taken_in - 3.0, 0.0), 2.5)
    dart = dart if dart >= SMALLEST_TROUSER_DART else 0.0
    inseam, knee_in, hem_in, outside = _leg(fork, levels, m.knee / 4 - 0.5, m.hem / 4 - 0.5, 0.75)

    def at_side(x: float) -> tuple[DartedEdge, Curve]:
        seam = _over_hip(point(x, -0.6), hip_side)
        return _waist(centre, point(x, -0.6), seam, target, 0.5 * levels.hip if dart else 0.0, 0.5), seam

    if dart:
        edge, seam = at_side(centre[0] + target + dart)
    else:
        x = solved(
            lambda q: at_side(q)[0].length - target, centre[0] + 0.7 * target, centre[0] + 1.3 * target, what="the trouser waist"
        )
        edge, seam = at_side(x)
    side = [seam, *outside(hip_side)]
    at_hip = point(centre_x, levels.hip)
    crotch = [line(centre, at_hip), _into_fork(at_hip, unit(at_hip - centre), fork, inseam[0], 0.62)]
    marks = {
        "waist_center": centre,
        "waist_side": seam.start,
        "hip_side": hip_side,
        "crotch": fork,
        "knee_in": knee_in,
        "hem_in": hem_in,
    }
    marks |= {"knee_out": point(-knee_in[0], knee_in[1]), "hem_out": side[-1].end}
    return _pieces(edge, side, inseam, crotch, marks, hip / 4 + 0.5 + hip / 16 + 0.5)


def _plain_length(centre: Point2, side: Point2, seam: Curve) -> float:
    """Length of the waist from the centre to the side before any dart is cut into it."""
    along = unit(side - centre)
    arrive = quarter_turn(seam.tangent(0))
    return joined(centre, side, leaving=along, arriving=arrive if arrive @ along > 0 else -arrive).length


def _back(m: Measures, hip: float, excess: float, levels: _Levels, front: TrouserHalf) -> TrouserHalf:
    inside = hip / 12 + 1.5
    seat_x = -inside + inside / 4
    extension = 1.5 * (hip / 16 + 0.5)
    hip_side = point(seat_x + hip / 4 + 1.5, levels.hip)
    centre = point(seat_x + min(max(0.4 * excess + 1.5, 1.0), 4.0), -2.0)
    target = (m.waist + WAIST_EASE) / 4
    dart = min(max(excess - 1.5, 0.0), 4.3)
    dart = dart if dart >= SMALLEST_TROUSER_DART else 0.0
    half_knee, half_hem = m.knee / 4 + 0.5, m.hem / 4 + 0.5

    def legs(drop: float) -> tuple[Point2, list[Curve], Point2, Point2, Callable[[Point2], list[Curve]]]:
        fork = point(-inside - extension, levels.fork + 0.5 + drop)
        return fork, *_leg(fork, levels, half_knee, half_hem, 1.2)

    wanted = total_length(front.inseam)
    reach = min(6.0, 0.8 * (levels.hem - levels.fork) - 0.5)
    drop = solved(lambda q: total_length(legs(q)[1]) - wanted, -6.0, max(reach, 0.5), what="the inseam")
    fork, inseam, knee_in, hem_in, outside = legs(drop)
    rest = outside(hip_side)
    side_wanted = total_length(front.side)

    def waist_at(x: float) -> tuple[Point2, Curve]:
        y = solved(
            lambda q: _over_hip(point(x, q), hip_side).length + total_length(rest) - side_wanted,
            -16.0,
            levels.hip - 3.0,
            what="the side seam",
        )
        return point(x, y), _over_hip(point(x, y), hip_side)

    x = centre[0] + target + dart
    for _ in range(12):  # the waist is nearly straight, so its excess length is very nearly the excess in x
        side_top, seam = waist_at(x)
        x -= _plain_length(centre, side_top, seam) - target - dart
    side_top, seam = waist_at(x)
    edge = _waist(centre, side_top, seam, target, 0.5 * levels.hip if dart else 0.0, 0.48)
    seat = point(seat_x, 0.5 * levels.fork)
    crotch = [line(centre, seat), _into_fork(seat, unit(seat - centre), fork, inseam[0], 0.75)]
    marks = {
        "waist_center": centre,
        "waist_side": side_top,
        "hip_side": hip_side,
        "crotch": fork,
        "knee_in": knee_in,
        "hem_in": hem_in,
    }
    marks |= {"knee_out": point(-knee_in[0], knee_in[1]), "hem_out": rest[-1].end}
    return _pieces(edge, [seam, *rest], inseam, crotch, marks, hip / 4 + 1.5 + inside / 4 + extension - 0.25 * inside)
