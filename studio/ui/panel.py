"""The manual panel as data: which choices, features and measurements a garment type has, with their present values."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from studio.design import GarmentDesign
from studio.fields import Features, Measurements, bounds_of, title_of
from studio.sizing import Measures, completed
from studio.vocabulary import LENGTHS_FOR, Fit, GarmentType, Sleeve

_TOP_BODY = ("height", "bust", "waist", "hip", "neck", "shoulder_width", "bodice_length", "bicep")
_TOP_GARMENT = ("neckline_depth", "neckline_width", "flare")
_WORN_ABOVE = frozenset(GarmentType) - {GarmentType.SKIRT, GarmentType.PANTS}

_NAMES = {
    "a_line": "A-line", "v": "V-neck", "semi_fitted": "Semi-fitted", "three_quarter": "Three-quarter", "none": "None",
    "crop": "Cropped", "full": "Full length",
}  # fmt: skip


def shown_name(word: str) -> str:
    """A closed choice as it is written on the page."""
    return _NAMES.get(word, word.replace("_", " ").capitalize())


def body_fields(design: GarmentDesign) -> tuple[str, ...]:
    """The body measurements that matter for this garment."""
    kind = design.garment_type
    if kind == GarmentType.SKIRT:
        return ("height", "waist", "hip", "hip_depth")
    if kind == GarmentType.PANTS:
        return ("height", "waist", "hip", "thigh", "rise", "hip_depth")
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


def panel_view(design: GarmentDesign, revision: int) -> dict[str, Any]:
    """The groups of controls for `design`, with values, bounds and what is automatic."""
    measures = completed(design)
    above = design.garment_type in _WORN_ABOVE
    cut = ("neckline", "sleeve", "silhouette", "length", "closure") if above else ("silhouette", "length", "closure")
    features = tuple(Features.model_fields) if above else ("has_pockets",)
    if design.garment_type == GarmentType.PANTS:
        features = ("has_cuffs", "has_pockets")
    groups = [
        ("Style", [_choice(design, name) for name in ("garment_type", "fit", *cut)]),
        ("Details", [_flag(design, name) for name in features]),
        ("Body · cm", [_length(design, measures, name) for name in body_fields(design)]),
        ("Garment · cm", [_length(design, measures, name) for name in garment_fields(design)]),
        ("Cloth", [_choice(design, name) for name in ("fabric", "colour", "pattern")]),
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
    options = [[str(word), shown_name(str(word))] for word in _options(design, name)]
    return {"kind": "choice", "name": name, "title": title_of(name), "value": str(design.value(name)), "options": options}


def _flag(design: GarmentDesign, name: str) -> dict[str, Any]:
    return {"kind": "flag", "name": name, "title": title_of(name), "value": bool(design.value(name))}


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
