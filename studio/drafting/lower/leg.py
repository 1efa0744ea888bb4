"""The trouser leg below the hip: inseam, outside seam and hem (patterns.md 5.6), and the block's fixed points."""

from __future__ import annotations

from dataclasses import dataclass

from studio.arrays import Point2, point
from studio.curves import Curve
from studio.drafting.geometry import DOWN, cubic, joined, line, quarter_turn, unit
from studio.sizing import Measures

BACK_EXTENSION = 1.5
"""How far the back fork reaches out, as a multiple of the front's."""


@dataclass(frozen=True)
class Levels:
    """Heights on the table, cm below the waist; `knee` is None for shorts."""

    hip: float
    fork: float
    knee: float | None
    hem: float


@dataclass(frozen=True)
class Block:
    """What both halves of a leg share: `hip` is the finished hip, `excess` how much a quarter of it is wider than the waist."""

    measures: Measures
    hip: float
    excess: float
    levels: Levels
    turn_up: float

    @property
    def inside(self) -> float:
        """Crease to centre front line."""
        return self.hip / 12 + 1.5

    @property
    def extension(self) -> float:
        """How far the front fork lies beyond the centre front line in the classic block."""
        return self.hip / 16 + 0.5

    @property
    def front_taken_in(self) -> float:
        """How far the centre front waist is taken in."""
        return min(max(0.15 * self.excess, 0.0), 1.0)

    @property
    def front_hip_side(self) -> Point2:
        return point(-self.inside + self.hip / 4 + 0.5, self.levels.hip)

    @property
    def seat_x(self) -> float:
        """The seat line of the back, a quarter of the way from the centre front line to the crease."""
        return -0.75 * self.inside

    @property
    def back_hip_side(self) -> Point2:
        return point(self.seat_x + self.hip / 4 + 1.5, self.levels.hip)


@dataclass(frozen=True, eq=False)
class Leg:
    """The seams of one leg half below the hip; with a turn-up they run on beyond the bottom of the leg."""

    fork: Point2
    inseam: list[Curve]  # fork -> hem
    outside: list[Curve]  # hip -> hem
    knee_in: Point2
    hem_in: Point2


def drafted_leg(block: Block, fork: Point2, hip: Point2, *, half_knee: float, half_hem: float, hollow: float) -> Leg:
    """The inseam from `fork` and the outside seam from `hip` to a hem twice `half_hem` wide.

    The inseam is hollowed by `hollow` cm. A leg with turn-ups comes down square to its hem, so that they fold up flat.
    """
    levels = block.levels
    hem_in, hem_out = point(-half_hem, levels.hem), point(half_hem, levels.hem)
    if levels.knee is None:
        fall, drop = levels.hem - fork[1], levels.hem - hip[1]
        bow = hollow * min((levels.hem - levels.fork) / 30, 1)
        inseam = [cubic(fork, fork + (hem_in - fork) * 0.35 + point(bow, 0), hem_in - 0.3 * fall * DOWN, hem_in)]
        outside = [cubic(hip, hip + 0.3 * drop * DOWN, hem_out - 0.3 * drop * DOWN, hem_out)]
        return _turned_up(block, Leg(fork, inseam, outside, hem_in, hem_in))
    knee_in, knee_out = point(-half_knee, levels.knee), point(half_knee, levels.knee)
    fall, drop = levels.knee - fork[1], levels.knee - hip[1]
    inner, outer = unit(hem_in - knee_in), unit(hem_out - knee_out)
    inseam = [cubic(fork, fork + (knee_in - fork) * 0.35 + point(hollow, 0), knee_in - 0.35 * fall * inner, knee_in)]
    outside = [cubic(hip, hip + 0.3 * drop * DOWN, knee_out - 0.3 * drop * outer, knee_out)]
    inseam.append(_shin(block, knee_in, hem_in))
    outside.append(_shin(block, knee_out, hem_out))
    return _turned_up(block, Leg(fork, inseam, outside, knee_in, hem_in))


def _shin(block: Block, knee: Point2, hem: Point2) -> Curve:
    if not block.turn_up:
        return line(knee, hem)
    fall = hem[1] - knee[1]
    return cubic(knee, knee + 0.35 * (hem - knee), hem - 0.3 * fall * DOWN, hem)


def _turned_up(block: Block, leg: Leg) -> Leg:
    """With a turn-up the cloth goes twice its height beyond the bottom of the leg: up outside, and down again inside."""
    if not block.turn_up:
        return leg
    further = 2 * block.turn_up * DOWN
    runs = [[*run, line(run[-1].end, run[-1].end + further)] for run in (leg.inseam, leg.outside)]
    return Leg(leg.fork, runs[0], runs[1], leg.knee_in, leg.hem_in)


def hem_between(outside: Curve, inseam: Curve) -> Curve:
    """The hem from the end of the outside seam to the end of the inseam, square to both."""
    across = unit(inseam.end - outside.end)
    ways = [quarter_turn(seam.tangent(1)) for seam in (outside, inseam)]
    leave, arrive = (way if way @ across > 0 else -way for way in ways)
    return joined(outside.end, inseam.end, leaving=leave, arriving=arrive, fullness=0.34)
