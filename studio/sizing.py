"""Every measurement that a draft needs: the design's own, and for the rest what usually goes with this body.

The proportions are linear fits through common European size tables (women 34-52, children 98-164): good starting
values for what nobody measured, not a substitute for a tape.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from studio.design import ARM_SHARE_OF_HEIGHT, GarmentDesign
from studio.vocabulary import SLEEVE_SHARES, Fit, GarmentType, Length, Neckline, Silhouette

REFERENCE_HEIGHT = 170.0
REFERENCE_BUST = 92.0


@dataclass(frozen=True)
class Measures:
    """All measurements in cm, none missing; `cap_height` and `crotch_length` may stay open: the draft solves them."""

    height: float
    bust: float
    waist: float
    hip: float
    neck: float
    head: float
    shoulder_width: float
    bodice_length: float
    back_length: float
    sleeve_length: float
    skirt_length: float
    neckline_depth: float
    neckline_width: float
    bicep: float
    wrist: float
    flare: float
    rise: float
    inseam: float
    thigh: float
    knee: float
    hem: float
    hip_depth: float
    cap_height: float | None
    crotch_length: float | None

    @property
    def waist_height(self) -> float:
        """Waist above the floor, cm."""
        return 0.612 * self.height


_BELOW_WAIST = {Length.CROP: 0.02, Length.HIP: 0.12, Length.LONG: 0.21}
_SKIRT = {Length.MINI: 0.25, Length.KNEE: 0.345, Length.MIDI: 0.45, Length.MAXI: 0.575}
_INSEAM = {Length.SHORT: 0.09, Length.KNEE: 0.2, Length.FULL: 0.456}
_NECK_WIDTH = {
    Neckline.BOAT: 4.5,
    Neckline.SCOOP: 2.5,
    Neckline.SQUARE: 2.5,
    Neckline.V: 0.8,
    Neckline.CREW: 1.2,
    Neckline.HOOD: 2.5,
    Neckline.TURTLENECK: 1.0,
}
_NECK_DEPTH = {
    Neckline.BOAT: -1.5,
    Neckline.SCOOP: 5.0,
    Neckline.SQUARE: 5.0,
    Neckline.V: 10.0,
    Neckline.CREW: 1.4,
    Neckline.HOOD: 4.5,
    Neckline.TURTLENECK: 1.2,
}


def completed(design: GarmentDesign) -> Measures:
    """All measurements of `design`, what is missing filled from the body's proportions. Never out of bounds by itself."""
    given = {name: value for name, value in design.measurements.model_dump().items() if value is not None}
    body = _body(given)
    garment = _garment(design, {**body, **given})
    values = {**body, **garment, **given}
    return Measures(**{field.name: values.get(field.name) for field in fields(Measures)})  # type: ignore[arg-type]


def _body(given: dict[str, float]) -> dict[str, float]:
    """Body measurements from height and girths: scaled in length with height, in width with bust over height."""
    bust = given.get("bust") or (given["waist"] / 0.8 if "waist" in given else None)
    bust = bust or (given["hip"] / 1.065 if "hip" in given else None)
    if bust is None:
        bust = REFERENCE_BUST if given.get("height", REFERENCE_HEIGHT) > 160 else 54 + (given["height"] - 98) * 0.42
    bust = min(max(bust, 44.0), 200.0)
    height = given.get("height", min(max(98 + (bust - 54) * 2.54, 80.0), REFERENCE_HEIGHT))
    long = height / REFERENCE_HEIGHT
    wide = bust / (REFERENCE_BUST * long)
    hip = given.get("hip", 1.065 * bust)
    return {
        "height": height,
        "bust": bust,
        "waist": 0.8 * bust,
        "hip": hip,
        "neck": 36.0 * long * (0.5 + 0.5 * wide),
        "head": 56.5 * (0.7 + 0.3 * long),
        "shoulder_width": 39.5 * long * (0.6 + 0.4 * wide),
        "bodice_length": 41.0 * long * (0.93 + 0.07 * wide),
        "bicep": 28.5 * long * (0.25 + 0.75 * wide),
        "wrist": 16.2 * long * (0.6 + 0.4 * wide),
        "rise": 26.5 * long * (0.85 + 0.15 * wide),
        "thigh": 0.58 * hip,
        "hip_depth": 20.0 * long,
    }


def _garment(design: GarmentDesign, known: dict[str, float]) -> dict[str, float]:
    """Garment lengths and widths from the design's words (sleeve, length, neckline, silhouette, fit)."""
    style, height, neck = design.style, known["height"], known["neck"]
    scale = height / REFERENCE_HEIGHT
    widening = {Fit.FITTED: -2.0, Fit.SEMI_FITTED: 0.0, Fit.REGULAR: 2.0, Fit.LOOSE: 6.0}[design.fit]
    inseam = known.get("inseam", _INSEAM.get(style.length, 0.456) * height)
    leg_end = min(max(inseam / (0.456 * height), 0.0), 1.0)
    thigh_ease = known["thigh"] + 8 + widening
    hems = {Silhouette.FITTED: 30.0, Silhouette.STRAIGHT: 42.0, Silhouette.A_LINE: 56.0, Silhouette.CIRCLE: 70.0}
    hem = hems.get(style.silhouette, hems[Silhouette.STRAIGHT])
    hem = hem * (0.4 + 0.6 * known["hip"] / 98.0) + widening
    knee = (thigh_ease + hem) / 2 if leg_end < 0.6 else 0.5 * (0.74 * thigh_ease + hem)
    depth = neck / 5 + 0.6 + _NECK_DEPTH.get(style.neckline, 0.0) * scale
    return {
        "back_length": known["bodice_length"] + _BELOW_WAIST.get(style.length, 0.12) * height,
        "skirt_length": _SKIRT.get(style.length, 0.345) * height,
        "sleeve_length": SLEEVE_SHARES[style.sleeve] * ARM_SHARE_OF_HEIGHT * height,
        "neckline_width": neck / 5 - 0.2 + _NECK_WIDTH.get(style.neckline, 0.0) * scale,
        "neckline_depth": max(depth, 3.0),
        "flare": _flare(style.silhouette, design.garment_type) * scale,
        "inseam": inseam,
        "hem": (1 - leg_end) * thigh_ease + leg_end * hem,
        "knee": knee,
    }


def _flare(silhouette: Silhouette, garment_type: GarmentType) -> float:
    if garment_type in (GarmentType.DRESS, GarmentType.SKIRT):
        return {Silhouette.STRAIGHT: 2.0, Silhouette.A_LINE: 8.0}.get(silhouette, 0.0)
    return {Silhouette.A_LINE: 4.0, Silhouette.CIRCLE: 4.0}.get(silhouette, 0.0)
