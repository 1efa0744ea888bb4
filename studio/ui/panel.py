"""The manual panel as data: which choices, features and measurements a garment type has, with their present values."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from studio.design import GarmentDesign
from studio.fields import Making, Measurements, bounds_of, title_of
from studio.sizes import Table, nearest_size, size_names
from studio.sizing import Measures, completed
from studio.vocabulary import LENGTHS_FOR, Fit, GarmentType, Neckline, Silhouette, Sleeve

_TOP_BODY = ("height", "bust", "waist", "hip", "neck", "shoulder_width", "bodice_length", "bicep")
_TOP_GARMENT = ("neckline_depth", "neckline_width", "flare")
_WORN_ABOVE = frozenset(GarmentType) - {GarmentType.SKIRT, GarmentType.PANTS}

_NAMES = {
    "a_line": "A-line", "v": "V-neck", "semi_fitted": "Semi-fitted", "three_quarter": "Three-quarter", "none": "None",
    "crop": "Cropped", "two_panel": "Two panels", "three_panel": "Three panels", "side_seam": "In the side seam",
    "length full": "Full length", "construction full": "Everything that is cut", "construction block": "Main pieces",
    "collar shirt": "Shirt, with stand", "collar stand": "Stand (mandarin)", "collar notched": "Notched, with lapels",
    "fullness quarter": "A quarter", "fullness half": "Half", "fullness three_quarter": "Three quarters", "fullness full": "Full",
}  # fmt: skip


def shown_name(word: str, field: str = "") -> str:
    """A closed choice as it is written on the page; some words mean different things in different fields."""
    return _NAMES.get(f"{field} {word}") or _NAMES.get(word, word.replace("_", " ").capitalize())


def body_fields(design: GarmentDesign) -> tuple[str, ...]:
    """The body measurements that matter for this garment."""
    kind = design.garment_type
    if kind == GarmentType.SKIRT:
        return ("height", "waist", "hip", "hip_depth")
    if kind == GarmentType.PANTS:
        return ("height", "waist", "hip", "thigh", "rise", "crotch_length", "hip_depth")
    fields: tuple[str, ...] = _TOP_BODY
    if design.style.sleeve != Sleeve.NONE:
        fields += ("wrist",)
    if design.features.has_hood:
        fields += ("head",)
    return fields + (("hip_depth",) if kind == GarmentType.DRESS else ())


def garment_fields(design: GarmentDesign) -> tuple[str, ...]:
    """The garment's own measurements that matter for its type."""
    kind = design.garment_type
    if kind == GarmentType.SKIRT:
        return ("skirt_length", "flare")
    if kind == GarmentType.PANTS:
        return ("inseam", "knee", "hem")
    length = "skirt_length" if kind == GarmentType.DRESS else "back_length"
    cap = ("cap_height",) if design.style.sleeve != Sleeve.NONE else ()
    return (length, "sleeve_length", *cap, *_TOP_GARMENT)


def choice_fields(design: GarmentDesign) -> tuple[str, ...]:
    """The closed choices of cut that matter for this garment as it is now."""
    kind, style, features = design.garment_type, design.style, design.features
    above = kind in _WORN_ABOVE
    fields: tuple[str, ...] = ("neckline", "sleeve") if above else ()
    if features.has_collar and style.neckline != Neckline.TURTLENECK:
        fields += ("collar",)
    if features.has_hood:
        fields += ("hood",)
    fields += ("silhouette",)
    if kind in (GarmentType.SKIRT, GarmentType.DRESS) and style.silhouette in _FULL_SKIRTS:
        fields += ("fullness",)
    fields += ("length", "closure")
    return (*fields, "pocket", "construction") if features.has_pockets else (*fields, "construction")


_FULL_SKIRTS = (Silhouette.CIRCLE, Silhouette.GATHERED, Silhouette.PLEATED)


def feature_fields(design: GarmentDesign) -> tuple[str, ...]:
    """The yes-or-no parts that this garment can have."""
    match design.garment_type:
        case GarmentType.SKIRT:
            return ("has_pockets",)
        case GarmentType.PANTS:
            return ("has_cuffs", "has_pockets")
        case GarmentType.DRESS:
            return ("has_collar", "has_cuffs", "has_pockets", "has_hood", "has_waist_seam")
        case GarmentType.SHIRT:
            return ("has_collar", "has_cuffs", "has_pockets", "has_hood", "has_yoke", "has_ribs")
    return ("has_collar", "has_cuffs", "has_pockets", "has_hood", "has_ribs")


def panel_view(design: GarmentDesign, revision: int) -> dict[str, Any]:
    """The groups of controls for `design`, with values, bounds and what is automatic."""
    measures = completed(design)
    groups = [
        ("Style", [_choice(design, name) for name in ("garment_type", "fit", *choice_fields(design))]),
        ("Details", [_flag(design, name) for name in feature_fields(design)]),
        ("Size", [_size(design)]),
        ("Body · cm", [_length(design, measures, name) for name in body_fields(design)]),
        ("Garment · cm", [_length(design, measures, name) for name in garment_fields(design)]),
        ("Cloth", [_choice(design, name) for name in ("fabric", "colour", "pattern")]),
        ("Cutting · cm", [_allowance(design, name) for name in Making.model_fields]),
    ]
    return {"revision": revision, "groups": [{"title": title, "fields": fields} for title, fields in groups]}


def _options(design: GarmentDesign, name: str) -> Iterable[str]:
    if name == "garment_type":
        return tuple(GarmentType)
    if name == "fit":
        return tuple(Fit)
    if name == "length":
        usual = tuple(LENGTHS_FOR[design.garment_type])
        return usual if design.style.length in usual else (*usual, design.style.length)
    choices = type(design.value(name))
    return tuple(str(word) for word in choices)  # type: ignore[attr-defined]


def _choice(design: GarmentDesign, name: str) -> dict[str, Any]:
    options = [[str(word), shown_name(str(word), name)] for word in _options(design, name)]
    return {"kind": "choice", "name": name, "title": title_of(name), "value": str(design.value(name)), "options": options}


def _flag(design: GarmentDesign, name: str) -> dict[str, Any]:
    return {"kind": "flag", "name": name, "title": title_of(name), "value": bool(design.value(name))}


def _size(design: GarmentDesign) -> dict[str, Any]:
    """The size tables; choosing a size sets the wearer's measurements."""
    near = nearest_size(design)
    value = f"{near[0]} {near[1]}" if near else ""
    groups = [[table.capitalize(), [[f"{table} {size}", size] for size in size_names(table)]] for table in Table]
    return {"kind": "size", "name": "size", "title": "Standard size", "value": value, "groups": groups}


def _allowance(design: GarmentDesign, name: str) -> dict[str, Any]:
    low, high = bounds_of(name)
    value = getattr(design.making, name)
    help_text = Making.model_fields[name].description or ""
    return {
        "kind": "length",
        "name": name,
        "title": title_of(name),
        "help": help_text,
        "low": low,
        "high": high,
        "value": value,
        "auto": value == Making.model_fields[name].default,
    }


def _length(design: GarmentDesign, measures: Measures, name: str) -> dict[str, Any]:
    low, high = bounds_of(name)
    value = getattr(measures, name)
    return {
        "kind": "length",
        "name": name,
        "title": title_of(name),
        "help": _help(name),
        "low": low,
        "high": high,
        "value": None if value is None else round(float(value), 1),
        "auto": design.value(name) is None,
    }


@functools.cache
def _help(name: str) -> str:
    """What is measured, in a tailor's words."""
    schema = Measurements.model_json_schema()["properties"][name]
    return next((str(part["description"]) for part in schema.get("anyOf", ()) if "description" in part), "")
