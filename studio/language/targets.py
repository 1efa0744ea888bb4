"""From a named part and a dimension to the field of the document, its usual step and its plausible range."""

from __future__ import annotations

from collections.abc import Mapping

from studio.fields import SECTION_OF, Making, Measurements, bounds_of, title_of
from studio.language.wishes import Unclear
from studio.vocabulary import LENGTHS_FOR, TOPS, GarmentType, Length

_LOWER = frozenset({GarmentType.SKIRT, GarmentType.PANTS})
_UPPER = TOPS | {GarmentType.DRESS}
_ABSENT: Mapping[str, frozenset[GarmentType]] = {
    **dict.fromkeys(("neckline", "neckline_depth", "neckline_width", "sleeve", "sleeve_length", "cap_height"), _LOWER),
    **dict.fromkeys(("has_collar", "has_hood", "collar", "hood"), _LOWER),
    "has_cuffs": frozenset({GarmentType.SKIRT}),
    "back_length": _LOWER | {GarmentType.DRESS},
    "skirt_length": TOPS | {GarmentType.PANTS},
    **dict.fromkeys(("inseam", "hem", "knee"), _UPPER | {GarmentType.SKIRT}),
}
_PARTS: Mapping[str, Mapping[str, str]] = {
    "sleeve": {"length": "sleeve_length", "level": "sleeve_length", "": "sleeve_length"},
    "neckline": {"depth": "neckline_depth", "level": "neckline_depth", "length": "neckline_depth", "width": "neckline_width"},
    "leg": {"length": "inseam", "level": "inseam", "": "inseam", "width": "hem", "flare": "hem", "fit": "hem", "size": "hem"},
    "skirt": {"length": "skirt_length", "level": "skirt_length", "": "skirt_length", "width": "flare", "flare": "flare"},
    "shoulder": {"width": "shoulder_width", "": "shoulder_width", "size": "shoulder_width"},
    "back": {"length": "back_length", "": "back_length", "level": "back_length"},
    "leg_hem": dict.fromkeys(("width", "size", "", "flare"), "hem"),
    "dress_length": dict.fromkeys(("length", "level", "size", ""), "skirt_length"),
    "fit": dict.fromkeys(("fit", "size", "width"), "fit"),
    "fabric": dict.fromkeys(("width", "size", ""), "fabric_width"),
    "fullness": dict.fromkeys(("size", "flare", "width", ""), "flare"),
}
_LENGTH_OF = {**dict.fromkeys(TOPS, "back_length"), GarmentType.PANTS: "inseam"}
_WIDTH_OF = {**dict.fromkeys(TOPS, "fit"), GarmentType.PANTS: "hem"}

_STEPS: Mapping[str, tuple[float, float, float]] = {
    "sleeve_length": (3, 5, 10), "neckline_depth": (2, 3, 5), "neckline_width": (1, 1.5, 3), "flare": (2, 4, 8),
    "hem": (2, 4, 8), "knee": (1, 2, 4), "wrist": (1, 2, 4), "bicep": (1, 2, 4), "neck": (1, 2, 3), "head": (1, 2, 3),
    "shoulder_width": (1, 2, 4), "cap_height": (1, 1.5, 3), "rise": (1, 2, 3), "hip_depth": (1, 2, 3),
    "bodice_length": (1, 2, 4), "height": (2, 5, 10),
    "seam_allowance": (0.25, 0.5, 1), "hem_allowance": (0.5, 1, 2), "fabric_width": (5, 10, 20),
}  # fmt: skip
_GIRTH_STEP = (2.0, 4.0, 8.0)
_SHARES = {"little": 0.05, "": 0.1, "much": 0.2}
_BY_SHARE = frozenset({"back_length", "skirt_length", "inseam"})

_PLAUSIBLE: Mapping[str, tuple[float, float]] = {
    "height": (85, 215), "bust": (48, 150), "waist": (44, 140), "hip": (50, 160), "neck": (24, 50), "head": (44, 64),
    "shoulder_width": (24, 55), "bodice_length": (22, 55), "thigh": (30, 95), "inseam": (6, 95), "wrist": (10, 25),
    "bicep": (15, 50), "crotch_length": (40, 110),
    "seam_allowance": (0.4, 2.2), "hem_allowance": (0.8, 7), "fabric_width": (70, 210),
}  # fmt: skip

_LENGTH_WORDS: Mapping[str, Mapping[str, Length]] = {
    "short": {"top": Length.CROP, "skirt": Length.MINI, "pants": Length.SHORT},
    "long": {"top": Length.LONG, "skirt": Length.MAXI, "pants": Length.FULL},
    "crop": {"top": Length.CROP, "pants": Length.KNEE},
    "mini": {"skirt": Length.MINI},
    "knee": {"skirt": Length.KNEE, "pants": Length.KNEE},
    "midi": {"skirt": Length.MIDI},
    "maxi": {"skirt": Length.MAXI},
    "ankle": {"skirt": Length.MAXI, "pants": Length.FULL},
    "full": {"skirt": Length.MAXI, "pants": Length.FULL},
    "hip": {"top": Length.HIP},
    "waist": {"top": Length.CROP},
    "thigh": {"top": Length.LONG, "skirt": Length.MINI, "pants": Length.SHORT},
}


def field_of(target: str, dimension: str, kind: GarmentType) -> str:
    """The flat field that `dimension` of `target` means on a `kind`. Raises Unclear where there is none."""
    if target == "hem":
        wide = dimension in ("width", "size", "flare")
        return (_WIDTH_OF if wide else _LENGTH_OF).get(kind, "flare" if wide else "skirt_length")
    if target == "it":
        return _whole(dimension, kind)
    if target in _PARTS:
        field = _PARTS[target].get(dimension)
        if field:
            return field
        if target == "sleeve":
            question = "Shall I loosen the fit, or what is the upper arm?"
            raise Unclear(f"The width of a sleeve follows the fit and the upper arm. {question}")
        choices = {"neckline": "deeper or wider", "fabric": "wider or narrower"}.get(target, "longer or wider")
        raise Unclear(f"Which way should the {title(target).lower()} change: {choices}, and by how much?")
    if target in Measurements.model_fields or target in Making.model_fields:
        return target
    raise Unclear(f"Which {title(target).lower()} do you want?")


def _whole(dimension: str, kind: GarmentType) -> str:
    if dimension in ("length", "level", ""):
        return _LENGTH_OF.get(kind, "skirt_length")
    if dimension in ("width", "flare"):
        return _WIDTH_OF.get(kind, "flare") if dimension == "width" else "flare"
    if dimension in ("fit", "height"):
        return dimension
    if dimension == "depth":
        return "neckline_depth"
    raise Unclear(f"Should the {kind} be looser, longer, or is it for a bigger or smaller body?")


def check_worn(field: str, kind: GarmentType) -> None:
    """Raises Unclear where a `kind` has no such part."""
    if kind in _ABSENT.get(field, frozenset()):
        raise Unclear(f"{_a(kind)} has no {title(field).lower()}. What should change instead?")


def length_class(word: str, kind: GarmentType) -> Length:
    """The length class that `word` means on a `kind`. Raises Unclear where it has none."""
    shape = "top" if kind in TOPS else "pants" if kind == GarmentType.PANTS else "skirt"
    found = _LENGTH_WORDS.get(word, {}).get(shape)
    if found is None:
        raise Unclear(f"{_a(kind)} is not {word} but {', '.join(LENGTHS_FOR[kind][:-1])} or {LENGTHS_FOR[kind][-1]}. Which one?")
    return found


def usual_step(field: str, hedge: str) -> tuple[float, bool]:
    """(step, is_share): what 'longer' means without a number: cm, or a share of the present value."""
    if field in _BY_SHARE:
        return _SHARES[hedge], True
    little, usual, much = _STEPS.get(field, _GIRTH_STEP)
    return {"little": little, "": usual, "much": much}[hedge], False


def plausible(field: str) -> tuple[float, float]:
    """Range of `field` in cm on a human being, to tell inches from cm; the document's own bounds are wider."""
    return _PLAUSIBLE.get(field, bounds_of(field))


_TITLES = {
    "sleeve_length": "Sleeves", "has_collar": "Collar", "pattern": "Print", "bicep": "Upper arm", "leg_hem": "Leg hem",
    "garment_type": "Garment", "it": "Garment", "inseam": "Inseam", "fit": "Fit", "sleeve": "Sleeves",
}  # fmt: skip


def title(field: str) -> str:
    """The name of a field or part in a reply."""
    if field in _TITLES:
        return _TITLES[field]
    return title_of(field) if field in SECTION_OF else field.replace("_", " ").capitalize()


def _a(kind: GarmentType) -> str:
    return f"A {kind}" if kind != GarmentType.PANTS else "A pair of pants"
