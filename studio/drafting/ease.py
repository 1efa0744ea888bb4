"""Ease: how much larger than the body the garment is, by fit, cloth and garment (total, cm)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.design import GarmentDesign
from studio.vocabulary import KNIT_FABRICS, Fit, GarmentType


@dataclass(frozen=True)
class Ease:
    """Girth ease in cm; `drop` lowers the underarm, `cap` is the share of the armhole eased into the sleeve cap,
    `cap_height` the usual cap height as a share of the armhole."""

    bust: float
    waist: float
    hip: float
    bicep: float
    drop: float
    cap: float
    cap_height: float


_WOVEN: Mapping[Fit, Ease] = {
    Fit.FITTED: Ease(6, 4, 4, 4, 0.0, 0.04, 0.33),
    Fit.SEMI_FITTED: Ease(10, 8, 6, 6, 0.7, 0.025, 0.31),
    Fit.REGULAR: Ease(14, 14, 10, 8, 1.5, 0.01, 0.28),
    Fit.LOOSE: Ease(20, 20, 16, 11, 3.0, 0.0, 0.22),
}
_KNIT: Mapping[Fit, Ease] = {
    Fit.FITTED: Ease(1, 2, 1, 1, -0.5, 0.0, 0.29),
    Fit.SEMI_FITTED: Ease(5, 6, 4, 3, 0.0, 0.0, 0.28),
    Fit.REGULAR: Ease(10, 12, 8, 6, 1.0, 0.0, 0.26),
    Fit.LOOSE: Ease(18, 20, 16, 10, 2.5, 0.0, 0.22),
}
_JACKET: Mapping[Fit, Ease] = {
    Fit.FITTED: Ease(10, 8, 7, 7, 1.5, 0.05, 0.35),
    Fit.SEMI_FITTED: Ease(12, 10, 8, 8, 1.8, 0.05, 0.35),
    Fit.REGULAR: Ease(14, 12, 10, 9, 2.0, 0.05, 0.34),
    Fit.LOOSE: Ease(20, 20, 16, 12, 3.0, 0.03, 0.28),
}


def ease_for(design: GarmentDesign) -> Ease:
    """The ease of a design (patterns.md 5.0: knit rows for jersey and fleece, jacket rows for what goes over clothes).

    Bust and hip hold for every garment; the waist where it is shaped: by a waist seam, by fish-eye darts (fitted and
    semi-fitted wovens, dresses up to a regular fit) or by the side seam (fitted and semi-fitted knits and children). A
    regular top without darts is taken in 4.8 cm at the sides, a loose one not at all: its waist is the bust with its ease,
    less that; usually 10 to 20 cm more than the row says on a body whose waist is 18 cm smaller than the bust.
    """
    if design.garment_type == GarmentType.JACKET:
        return _JACKET[design.fit]
    return (_KNIT if design.style.fabric in KNIT_FABRICS else _WOVEN)[design.fit]
