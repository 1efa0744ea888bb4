"""What the words of a design come to on the drafting table: one place for decisions that several parts share."""

from __future__ import annotations

from enum import StrEnum

from studio.design import GarmentDesign
from studio.vocabulary import KNIT_FABRICS, TOPS, Closure, Collar, Construction, GarmentType, Neckline, Sleeve


class FrontOpening(StrEnum):
    """How the centre front of an upper garment opens; NONE is one whole front."""

    NONE = "none"
    BUTTONS = "buttons"  # two fronts that lap over one another, left over right
    ZIP = "zip"  # two fronts that meet at the centre front


def is_full(design: GarmentDesign) -> bool:
    """Whether everything that is cut is drawn, or the main pieces alone."""
    return design.style.construction == Construction.FULL


def is_knit(design: GarmentDesign) -> bool:
    return design.style.fabric in KNIT_FABRICS


def drawn_collar(design: GarmentDesign) -> Collar | None:
    """The collar that is drawn; None for none, a hood, a turtleneck. The main pieces alone have a one-piece collar."""
    if not design.features.has_collar or design.features.has_hood or design.style.neckline == Neckline.TURTLENECK:
        return None
    if not is_full(design):
        return Collar.CONVERTIBLE
    if design.style.collar == Collar.NOTCHED and design.garment_type != GarmentType.JACKET:
        return Collar.CONVERTIBLE
    return design.style.collar


def has_collar_stand(design: GarmentDesign) -> bool:
    """Whether a stand is sewn round the whole neck edge, button overlap included."""
    return drawn_collar(design) in (Collar.SHIRT, Collar.STAND)


def front_opening(design: GarmentDesign) -> FrontOpening:
    """How the front opens. A jacket always does; other garments when everything is drawn, and a dress by buttons alone."""
    closure, kind = design.style.closure, design.garment_type
    if kind == GarmentType.JACKET:
        return FrontOpening.ZIP if closure == Closure.ZIP and is_full(design) else FrontOpening.BUTTONS
    if not is_full(design) or closure == Closure.NONE:
        return FrontOpening.NONE
    if closure == Closure.ZIP:
        return FrontOpening.NONE if kind == GarmentType.DRESS else FrontOpening.ZIP
    return FrontOpening.BUTTONS


def has_two_piece_sleeve(design: GarmentDesign) -> bool:
    """A tailored sleeve of two pieces: long sleeves of a jacket, when everything is drawn and no rib cuff is sewn on."""
    long = design.style.sleeve in (Sleeve.LONG, Sleeve.THREE_QUARTER)
    return design.garment_type == GarmentType.JACKET and long and is_full(design) and not design.features.has_cuffs


def has_hem_rib(design: GarmentDesign) -> bool:
    """Whether a rib is sewn to the hem of a top; the hem is then a seam and ends that much higher."""
    return is_full(design) and design.features.has_ribs and design.garment_type in TOPS


def has_neckband(design: GarmentDesign) -> bool:
    """Whether a rib band is sewn to a bare neckline: knits without any opening. It takes the place of a neck facing."""
    is_bare = not design.features.has_collar and not design.features.has_hood
    return is_full(design) and is_knit(design) and is_bare and design.style.closure == Closure.NONE and not _always_opens(design)


def _always_opens(design: GarmentDesign) -> bool:
    return design.garment_type == GarmentType.JACKET
