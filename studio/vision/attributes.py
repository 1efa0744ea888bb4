"""Garment words from a photo: sleeve and length class from the outline and the fine label, the rest from the label.

The levels were read off the hand-drawn masks (training/README.md); what a fine label usually brings is a guess and
is called one in the reading's notes.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.vision.silhouette import LegShape, SkirtShape, TopShape
from studio.vision.type_net import TypeGuess
from studio.vocabulary import Closure, Fabric, GarmentType, Length, Neckline, Silhouette, Sleeve

USUAL: Mapping[str, Mapping[str, object]] = {
    "T-Shirt": {"neckline": Neckline.CREW, "closure": Closure.NONE, "fabric": Fabric.JERSEY, "has_cuffs": False},
    "Longsleeve": {"neckline": Neckline.CREW, "closure": Closure.NONE, "fabric": Fabric.JERSEY, "has_cuffs": False},
    "Shirt": {
        "neckline": Neckline.COLLAR,
        "closure": Closure.BUTTONS,
        "fabric": Fabric.COTTON,
        "has_cuffs": True,
        "has_pockets": True,
    },
    "Polo": {"neckline": Neckline.COLLAR, "closure": Closure.BUTTONS, "fabric": Fabric.JERSEY, "has_cuffs": False},
    "Top": {"neckline": Neckline.SCOOP, "closure": Closure.NONE, "has_cuffs": False},
    "Blouse": {"neckline": Neckline.COLLAR, "closure": Closure.BUTTONS, "has_cuffs": True},
    "Body": {"neckline": Neckline.CREW, "closure": Closure.NONE, "fabric": Fabric.JERSEY, "has_cuffs": False},
    "Undershirt": {"neckline": Neckline.SCOOP, "closure": Closure.NONE, "fabric": Fabric.JERSEY, "has_cuffs": False},
    "Outwear": {"neckline": Neckline.COLLAR, "closure": Closure.ZIP, "has_pockets": True},
    "Blazer": {"neckline": Neckline.COLLAR, "closure": Closure.BUTTONS, "has_pockets": True},
    "Hoodie": {"neckline": Neckline.HOOD, "closure": Closure.ZIP, "has_cuffs": True, "has_pockets": True},
    "Pants": {"has_pockets": True},
    "Shorts": {"has_pockets": True},
    "Vest": {"neckline": Neckline.COLLAR, "closure": Closure.ZIP, "has_pockets": True},
}
"""What usually goes with a fine label."""

SLEEVES = (Sleeve.NONE, Sleeve.SHORT, Sleeve.LONG)
SLEEVES_OF_LABEL: Mapping[str, tuple[float, float, float]] = {
    "Undershirt": (1, 0, 0),
    "Vest": (1, 0, 0),
    "T-Shirt": (0, 1, 0),
    "Polo": (0, 0.9, 0.1),
    "Top": (0.4, 0.4, 0.2),
    "Blouse": (0.1, 0.3, 0.6),
    "Body": (0.1, 0.4, 0.5),
    "Shirt": (0, 0.3, 0.7),
    **dict.fromkeys(("Longsleeve", "Hoodie", "Outwear", "Blazer"), (0, 0, 1)),
}
"""How often a garment of a fine label has no, short and long sleeves: estimates, not counts."""

HIDDEN, SHORT_REACH, LONG_REACH = 0.1, 0.7, 0.9
REACH_CHANCE: Mapping[Sleeve, tuple[float, float, float, float]] = {
    Sleeve.NONE: (0.90, 0.06, 0.02, 0.02),
    Sleeve.SHORT: (0.08, 0.72, 0.12, 0.08),
    Sleeve.LONG: (0.34, 0.03, 0.08, 0.55),
}
"""How often each sleeve is seen hidden or absent, short, between and far, as a share of the chest width."""


def sleeve_of(shape: TopShape, guess: TypeGuess) -> Sleeve:
    """None, short or long (for a dress also three quarter), from the outline's sleeves and the label's usual ones."""
    reach = shape.sleeve / shape.chest
    if guess.best == GarmentType.VEST:
        return Sleeve.NONE
    seen = sum(reach > level for level in (HIDDEN, SHORT_REACH, LONG_REACH))
    dress = guess.best == GarmentType.DRESS
    score = {}
    for column, sleeve in enumerate(SLEEVES):
        said = 0.1 if dress else 0.04 + sum(guess.labels[name] * row[column] for name, row in SLEEVES_OF_LABEL.items())
        score[sleeve] = said * REACH_CHANCE[sleeve][seen] * (0.3 if dress and sleeve == Sleeve.LONG and seen == 0 else 1)
    best = max(score, key=lambda sleeve: score[sleeve])
    return Sleeve.THREE_QUARTER if dress and best == Sleeve.LONG and seen and reach < 1.45 else best


def sleeves_visible(shape: TopShape) -> bool:
    """Whether the sleeves lie apart from the body, so that the body's own width is known."""
    return shape.sleeve / shape.chest > HIDDEN


def top_length(shape: TopShape, *, body_known: bool) -> Length:
    share = shape.length / shape.chest
    if not body_known:
        return Length.HIP
    return Length.CROP if share < 0.9 else Length.LONG if share > 1.72 else Length.HIP


def dress_length(shape: TopShape) -> Length:
    share = shape.length / shape.chest
    return Length.MINI if share < 1.5 else Length.KNEE if share < 2.6 else Length.MIDI if share < 3.1 else Length.MAXI


def skirt_length_class(shape: SkirtShape) -> Length:
    share = shape.length / shape.waist
    return Length.MINI if share < 1.4 else Length.KNEE if share < 1.97 else Length.MIDI if share < 2.9 else Length.MAXI


def leg_length(shape: LegShape, guess: TypeGuess) -> Length:
    share, inside = shape.length / shape.hip, shape.inseam / shape.hip
    says_shorts = guess.labels["Shorts"] > guess.labels["Pants"]
    if share > 1.6 or (share > 1.45 and not says_shorts):
        return Length.FULL
    return Length.KNEE if share > 1.25 or inside > 0.45 else Length.SHORT


def skirt_silhouette(shape: SkirtShape) -> Silhouette:
    """From hem over hip width: under 1.06 narrow, to 1.2 straight, to 2 flared, beyond that a circle."""
    share = shape.hem / max(shape.hip, 1.0)
    if share < 1.06:
        return Silhouette.FITTED
    return Silhouette.STRAIGHT if share < 1.2 else Silhouette.A_LINE if share < 2.0 else Silhouette.CIRCLE


def dress_silhouette(shape: TopShape) -> Silhouette:
    share = shape.hem / max(shape.chest, 1.0)
    return Silhouette.FITTED if share < 1.08 else Silhouette.STRAIGHT if share < 1.25 else Silhouette.A_LINE
