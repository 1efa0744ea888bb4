"""Garments drawn at random: type, wearer, cut, cloth; and the words that describe them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from studio.design import GarmentDesign, starting_design
from studio.sizes import Table, body_of, size_names
from studio.vocabulary import (
    LENGTHS_FOR,
    TOPS,
    Closure,
    Collar,
    Colour,
    Fabric,
    Fit,
    Fullness,
    GarmentType,
    Hood,
    Neckline,
    PocketKind,
    Print,
    Silhouette,
    Sleeve,
)

Choice = TypeVar("Choice")

FABRICS: dict[GarmentType, tuple[Fabric, ...]] = {
    GarmentType.SHIRT: (Fabric.COTTON, Fabric.COTTON, Fabric.LINEN, Fabric.JERSEY, Fabric.SILK, Fabric.DENIM),
    GarmentType.DRESS: (Fabric.COTTON, Fabric.LINEN, Fabric.SILK, Fabric.JERSEY, Fabric.WOOL, Fabric.DENIM),
    GarmentType.SKIRT: (Fabric.COTTON, Fabric.WOOL, Fabric.DENIM, Fabric.SILK, Fabric.LEATHER, Fabric.LINEN),
    GarmentType.PANTS: (Fabric.DENIM, Fabric.COTTON, Fabric.WOOL, Fabric.LINEN, Fabric.JERSEY),
    GarmentType.JACKET: (Fabric.WOOL, Fabric.WOOL, Fabric.LINEN, Fabric.DENIM, Fabric.LEATHER, Fabric.COTTON),
    GarmentType.HOODIE: (Fabric.FLEECE, Fabric.FLEECE, Fabric.JERSEY),
    GarmentType.VEST: (Fabric.WOOL, Fabric.COTTON, Fabric.DENIM, Fabric.LEATHER, Fabric.FLEECE),
}
_PRINTS = (Print.PLAIN, Print.PLAIN, Print.PLAIN, Print.STRIPE, Print.CHECK, Print.PRINT, Print.GRAPHIC, Print.OTHER)
_COLLARLESS = (Neckline.CREW, Neckline.V, Neckline.SCOOP, Neckline.BOAT, Neckline.SQUARE, Neckline.TURTLENECK)
_WEARERS = {Table.WOMEN: "woman", Table.MEN: "man", Table.CHILDREN: "child"}


def _one(rng: np.random.Generator, choices: Sequence[Choice]) -> Choice:
    return choices[int(rng.integers(len(choices)))]


def drawn_design(rng: np.random.Generator) -> tuple[GarmentDesign, Table, str]:
    """A garment for a body of the size tables, and whose size it is."""
    kind = _one(rng, tuple(GarmentType))
    tables = (Table.WOMEN, Table.CHILDREN) if kind in (GarmentType.DRESS, GarmentType.SKIRT) else tuple(Table)
    table = _one(rng, tables)
    size = _one(rng, size_names(table))
    changes: dict[str, object] = {
        **body_of(table, size),
        "fit": _one(rng, tuple(Fit)),
        "fabric": _one(rng, FABRICS[kind]),
        "colour": _one(rng, tuple(Colour)),
        "pattern": _one(rng, _PRINTS),
        "has_pockets": bool(rng.random() < 0.4),
        "length": _one(rng, LENGTHS_FOR[kind]),
    }
    if kind in TOPS or kind == GarmentType.DRESS:
        changes |= _upper(rng, kind)
    if kind in (GarmentType.DRESS, GarmentType.SKIRT):
        changes |= {"silhouette": _one(rng, tuple(Silhouette)), "fullness": _one(rng, tuple(Fullness))}
    if kind == GarmentType.PANTS:
        changes |= {"pocket": PocketKind.SIDE_SEAM, "has_cuffs": bool(rng.random() < 0.2)}
    if changes["pattern"] == Print.GRAPHIC and changes.get("closure", Closure.ZIP) != Closure.NONE:
        changes["pattern"] = Print.PRINT
    return starting_design(kind).changed(changes), table, size


def _upper(rng: np.random.Generator, kind: GarmentType) -> dict[str, object]:
    """Neck, sleeves and opening of what hangs from the shoulders."""
    changes: dict[str, object] = {}
    if kind == GarmentType.HOODIE:
        return {"closure": _one(rng, (Closure.NONE, Closure.ZIP)), "hood": _one(rng, tuple(Hood)), "pocket": PocketKind.KANGAROO}
    if kind != GarmentType.VEST:
        sleeves = (Sleeve.LONG, Sleeve.THREE_QUARTER) if kind == GarmentType.JACKET else tuple(Sleeve)
        changes["sleeve"] = _one(rng, sleeves)
        changes["has_cuffs"] = bool(kind == GarmentType.SHIRT and rng.random() < 0.5 and changes["sleeve"] != Sleeve.NONE)
    if kind == GarmentType.SHIRT and rng.random() < 0.5:
        return changes | {"closure": Closure.BUTTONS, "neckline": Neckline.COLLAR, "collar": _one(rng, tuple(Collar)[:3])}
    if kind == GarmentType.JACKET:
        collar = _one(rng, tuple(Collar))
        return changes | {"neckline": Neckline.COLLAR, "collar": collar, "closure": _one(rng, (Closure.BUTTONS, Closure.ZIP))}
    if kind == GarmentType.VEST:
        return changes | {"neckline": _one(rng, (Neckline.V, Neckline.CREW)), "closure": _one(rng, tuple(Closure))}
    changes |= {"neckline": _one(rng, _COLLARLESS), "closure": Closure.NONE, "has_yoke": False}
    return (
        changes if kind == GarmentType.DRESS else changes | {"fabric": _one(rng, (Fabric.JERSEY, Fabric.JERSEY, Fabric.COTTON))}
    )


_PRINT_WORDS = {
    Print.PLAIN: "",
    Print.STRIPE: "striped ",
    Print.CHECK: "checked ",
    Print.PRINT: "printed ",
    Print.GRAPHIC: "graphic ",
    Print.OTHER: "patterned ",
}


def caption(design: GarmentDesign, table: Table, *, front: bool) -> str:
    """One English sentence of what is seen."""
    style, kind = design.style, design.garment_type
    words = [f"a {style.colour} {_PRINT_WORDS[style.pattern]}{style.fabric} {kind} for a {_WEARERS[table]}"]
    words.append(f"{design.fit.replace('_', ' ')} fit")
    if kind in TOPS or kind == GarmentType.DRESS:
        words.append("sleeveless" if style.sleeve == Sleeve.NONE else f"{style.sleeve.replace('_', ' ')} sleeves")
        neck = f"{style.collar} collar" if style.neckline == Neckline.COLLAR else f"{style.neckline} neck"
        words.append("hood" if design.features.has_hood else neck)
    if kind in (GarmentType.DRESS, GarmentType.SKIRT):
        words.append(f"{style.silhouette.replace('_', '-')} skirt")
    words.append(f"{style.length} length")
    if style.closure != Closure.NONE:
        words.append({Closure.BUTTONS: "buttoned", Closure.ZIP: "with a zip"}[style.closure])
    if design.features.has_pockets:
        words.append("pockets")
    return f"{', '.join(words)}, seen from the {'front' if front else 'back'}"
