"""The closed choices of the garment document, in the trade's words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class GarmentType(StrEnum):
    SHIRT = "shirt"
    DRESS = "dress"
    SKIRT = "skirt"
    PANTS = "pants"
    JACKET = "jacket"
    HOODIE = "hoodie"
    VEST = "vest"


class Fit(StrEnum):
    FITTED = "fitted"
    SEMI_FITTED = "semi_fitted"
    REGULAR = "regular"
    LOOSE = "loose"


class Neckline(StrEnum):
    CREW = "crew"
    V = "v"
    SCOOP = "scoop"
    BOAT = "boat"
    SQUARE = "square"
    COLLAR = "collar"
    HOOD = "hood"
    TURTLENECK = "turtleneck"


class Sleeve(StrEnum):
    NONE = "none"
    CAP = "cap"
    SHORT = "short"
    ELBOW = "elbow"
    THREE_QUARTER = "three_quarter"
    LONG = "long"


class Silhouette(StrEnum):
    STRAIGHT = "straight"
    A_LINE = "a_line"
    FITTED = "fitted"
    CIRCLE = "circle"
    GATHERED = "gathered"  # skirts and dresses
    PLEATED = "pleated"  # skirts and dresses


class Fullness(StrEnum):
    """Share of a full circle in a circle skirt; cloth added to a gathered or pleated waist, as a share of the waist."""

    QUARTER = "quarter"
    HALF = "half"
    THREE_QUARTER = "three_quarter"
    FULL = "full"


FULLNESS_SHARES: Mapping[Fullness, float] = {
    Fullness.QUARTER: 0.25,
    Fullness.HALF: 0.5,
    Fullness.THREE_QUARTER: 0.75,
    Fullness.FULL: 1.0,
}


class Collar(StrEnum):
    """What a collar is when the design has one (a turtleneck is a neckline)."""

    SHIRT = "shirt"  # stand and fall
    STAND = "stand"  # stand alone: mandarin, band
    CONVERTIBLE = "convertible"  # one piece, no stand
    NOTCHED = "notched"  # tailored, with lapels


class Hood(StrEnum):
    TWO_PANEL = "two_panel"
    THREE_PANEL = "three_panel"


class PocketKind(StrEnum):
    PATCH = "patch"
    SIDE_SEAM = "side_seam"
    KANGAROO = "kangaroo"


class Construction(StrEnum):
    """How much of the making is drawn: the garment's main pieces, or everything that is cut."""

    BLOCK = "block"
    FULL = "full"


class Length(StrEnum):
    """Length class: crop, hip, long for tops; mini, knee, midi, maxi for skirts; short, knee, full for pants."""

    CROP = "crop"
    HIP = "hip"
    LONG = "long"
    MINI = "mini"
    KNEE = "knee"
    MIDI = "midi"
    MAXI = "maxi"
    SHORT = "short"
    FULL = "full"


class Closure(StrEnum):
    NONE = "none"
    BUTTONS = "buttons"
    ZIP = "zip"


class Colour(StrEnum):
    """The eleven basic colour names (Berlin and Kay)."""

    BLACK = "black"
    WHITE = "white"
    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    BROWN = "brown"


class Print(StrEnum):
    """Surface pattern of the cloth."""

    PLAIN = "plain"
    STRIPE = "stripe"
    CHECK = "check"
    PRINT = "print"
    GRAPHIC = "graphic"
    OTHER = "other"


class Fabric(StrEnum):
    COTTON = "cotton"
    LINEN = "linen"
    DENIM = "denim"
    WOOL = "wool"
    SILK = "silk"
    JERSEY = "jersey"
    FLEECE = "fleece"
    LEATHER = "leather"


KNIT_FABRICS = frozenset({Fabric.JERSEY, Fabric.FLEECE})

TYPE_ALIASES: Mapping[str, GarmentType] = {
    "blouse": GarmentType.SHIRT,
    "top": GarmentType.SHIRT,
    "jeans": GarmentType.PANTS,
    "trousers": GarmentType.PANTS,
    "shorts": GarmentType.PANTS,
    "blazer": GarmentType.JACKET,
}

TOPS = frozenset({GarmentType.SHIRT, GarmentType.JACKET, GarmentType.HOODIE, GarmentType.VEST})

LENGTHS_FOR: Mapping[GarmentType, tuple[Length, ...]] = {
    **dict.fromkeys(TOPS, (Length.CROP, Length.HIP, Length.LONG)),
    GarmentType.DRESS: (Length.MINI, Length.KNEE, Length.MIDI, Length.MAXI),
    GarmentType.SKIRT: (Length.MINI, Length.KNEE, Length.MIDI, Length.MAXI),
    GarmentType.PANTS: (Length.SHORT, Length.KNEE, Length.FULL),
}

SLEEVE_SHARES: Mapping[Sleeve, float] = {
    Sleeve.NONE: 0.0,
    Sleeve.CAP: 0.14,
    Sleeve.SHORT: 0.38,
    Sleeve.ELBOW: 0.56,
    Sleeve.THREE_QUARTER: 0.77,
    Sleeve.LONG: 1.0,
}
"""Usual sleeve length as a share of the arm, shoulder tip to wrist."""
