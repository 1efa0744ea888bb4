"""What a recipe wants of a bodice: the measures, the ease, and how the waist is shaped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.arrays import Point2, point
from studio.drafting.ease import Ease
from studio.sizing import Measures
from studio.vocabulary import Neckline

BACK_NECK_DEPTH = 2.0


class WaistWish(StrEnum):
    """How a bodice without a waist seam comes to its waist."""

    BLOCK = "block"  # the side takes in what it can; the simple shape of the main pieces alone
    AWAY = "stands away"  # a straight or loose waist: the side takes in a little
    BY_SIDE = "by the side"  # knits and children: the side seam takes all it can
    BY_DARTS = "by darts"  # the side its share, fish-eye darts the rest


@dataclass(frozen=True)
class BodicePlan:
    """What the recipe wants: the measures (already reconciled), ease, and where the half bodice ends."""

    measures: Measures
    ease: Ease
    neckline: Neckline
    hem_level: float  # y of the back hem at the centre, cm down from the shoulder neck point
    joins_skirt: bool  # ends at the waist with darts and is sewn to a skirt
    bust_dart: float  # intake of the side bust dart, cm; 0 for none
    side_shaping: float  # most that the side seam takes in at the waist of a bodice without waist darts, cm a quarter
    flare: float = 0.0
    waist: WaistWish = WaistWish.BLOCK
    has_hem_rib: bool = False  # the hem is a seam, a rib goes on from there

    @property
    def waist_level(self) -> float:
        return BACK_NECK_DEPTH + self.measures.bodice_length

    @property
    def scale(self) -> float:
        return min(self.measures.height / 170.0, 1.15)

    @property
    def underarm_level(self) -> float:
        level = BACK_NECK_DEPTH + self.measures.bust / 8 + 10 * self.scale + self.ease.drop
        return min(level, self.waist_level - 0.22 * self.measures.bodice_length, self.hem_level - 3.0)

    @property
    def bust_point(self) -> Point2:
        level = self.measures.bust / 4 + 3 * self.scale
        return point(0.1 * self.measures.bust, min(level, self.underarm_level + 0.4 * (self.waist_level - self.underarm_level)))
