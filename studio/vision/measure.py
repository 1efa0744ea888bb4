"""Centimetres from an outline. A photo has no scale, so one width is taken as known: that of the usual body plus ease.

Only what the outline determines is measured; everything else stays open for `studio.sizing.completed`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.fields import bounds_of
from studio.sizing import Measures
from studio.vision.silhouette import LegShape, SkirtShape, TopShape
from studio.vocabulary import GarmentType, Length, Sleeve

CHEST_EASE = {
    GarmentType.SHIRT: 10.0,
    GarmentType.DRESS: 6.0,
    GarmentType.JACKET: 16.0,
    GarmentType.HOODIE: 20.0,
    GarmentType.VEST: 12.0,
}
HIP_EASE = 6.0
WAIST_EASE = 2.0
NAPE_OVER_SHOULDER = 4.0
PLAUSIBLE = {
    "back_length": (38.0, 110.0),
    "skirt_length": (25.0, 115.0),
    "inseam": (6.0, 90.0),
    "hem": (24.0, 76.0),
    "flare": (0.0, 30.0),
}
SLEEVE_RANGE = {Sleeve.SHORT: (12.0, 32.0), Sleeve.THREE_QUARTER: (36.0, 52.0), Sleeve.LONG: (50.0, 68.0)}


@dataclass(frozen=True)
class Measured:
    """Measurements in cm by field name, and how they were had."""

    values: dict[str, float]
    notes: tuple[str, ...]


def top_measures(shape: TopShape, body: Measures, kind: GarmentType, sleeve: Sleeve) -> Measured:
    """Lengths of a top or dress whose body width is known to be its chest."""
    scale = (body.bust + CHEST_EASE[kind]) / 2 / shape.chest
    values: dict[str, float] = {}
    length = shape.length * scale + NAPE_OVER_SHOULDER
    if kind == GarmentType.DRESS:
        values["skirt_length"] = _within(length - body.bodice_length, PLAUSIBLE["skirt_length"])
    else:
        values["back_length"] = _within(length, PLAUSIBLE["back_length"])
    if sleeve in SLEEVE_RANGE and shape.sleeves_agree:
        values["sleeve_length"] = _within(shape.sleeve * scale, SLEEVE_RANGE[sleeve])
    note = f"Lengths assume that the chest is {2 * shape.chest * scale:.0f} cm round (the usual body and its ease)."
    return Measured(_in_bounds(values), (note,))


def skirt_measures(shape: SkirtShape, body: Measures) -> Measured:
    """Length and flare of a skirt whose waist is the usual body's."""
    scale = (body.waist + WAIST_EASE) / 2 / shape.waist
    values = {"skirt_length": _within(shape.length * scale, PLAUSIBLE["skirt_length"])}
    if 1.06 <= shape.hem / shape.hip < 2.0:
        values["flare"] = _within((shape.hem - shape.hip) * scale / 2, PLAUSIBLE["flare"])
    note = f"Lengths assume that the waist is {body.waist:.0f} cm; an elastic or gathered waist makes them too long."
    return Measured(_in_bounds(values), (note,))


def leg_measures(shape: LegShape, body: Measures, length: Length) -> Measured:
    """Inseam (and, for full length, the leg's hem) of trousers whose hip is the usual body's."""
    scale = (body.hip + HIP_EASE) / 2 / shape.hip
    values = {"inseam": _within(max(shape.length * scale - body.rise, shape.inseam * scale), PLAUSIBLE["inseam"])}
    if length == Length.FULL:
        values["hem"] = _within(2 * shape.hem * scale, PLAUSIBLE["hem"])
    note = f"Lengths assume a hip of {body.hip:.0f} cm and a rise of {body.rise:.0f} cm."
    return Measured(_in_bounds(values), (note,))


def _within(value: float, span: tuple[float, float]) -> float:
    return float(np.clip(value, *span))


def _in_bounds(values: dict[str, float]) -> dict[str, float]:
    return {name: round(_within(value, bounds_of(name)), 1) for name, value in values.items()}
