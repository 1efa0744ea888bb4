"""How cloths hang: weight, stretch, stiffness and grip of the usual fabrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.pattern import Material
from studio.vocabulary import Fabric


class Cloth(StrEnum):
    """Cloths that are told apart when they hang."""

    JERSEY = "jersey"
    POPLIN = "poplin"
    DENIM = "denim"
    WOOL = "wool"
    SILK = "silk"
    RIB = "knit rib"


@dataclass(frozen=True)
class Hanging:
    """What a cloth does: `weight` g/m2; `stretch` and `bend` compliances (how readily it gives, the solver's unit, larger is
    softer; for a cloth of 200 g/m2); `grip` the Coulomb friction on the body."""

    weight: float
    stretch: float
    bend: float
    grip: float


HANGING: Mapping[Cloth, Hanging] = {
    Cloth.JERSEY: Hanging(180, 2e-6, 2.6e-3, 0.45),
    Cloth.POPLIN: Hanging(120, 1e-8, 1.3e-3, 0.4),
    Cloth.DENIM: Hanging(380, 1e-9, 3.5e-4, 0.45),
    Cloth.WOOL: Hanging(280, 1e-7, 7e-4, 0.45),
    Cloth.SILK: Hanging(70, 1e-8, 4e-3, 0.35),
    Cloth.RIB: Hanging(300, 2e-5, 1.3e-3, 0.6),
}
CLOTH_OF: Mapping[Fabric, Cloth] = {
    Fabric.COTTON: Cloth.POPLIN,
    Fabric.LINEN: Cloth.POPLIN,
    Fabric.DENIM: Cloth.DENIM,
    Fabric.WOOL: Cloth.WOOL,
    Fabric.SILK: Cloth.SILK,
    Fabric.JERSEY: Cloth.JERSEY,
    Fabric.FLEECE: Cloth.WOOL,
    Fabric.LEATHER: Cloth.DENIM,
}


def hanging_of(fabric: Fabric, material: Material = Material.SHELL) -> Hanging:
    """How a piece cut from `material` hangs in a garment of `fabric`; a rib is a rib in every garment."""
    return HANGING[Cloth.RIB if material == Material.RIB else CLOTH_OF[fabric]]
