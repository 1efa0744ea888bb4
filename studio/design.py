"""The garment document: what every surface (slider, words, photo, chat) reads and proposes changes to.

A `GarmentDesign` holds what was decided. What nobody decided stays `None` and is completed from the body by
`studio.sizing.completed`. All lengths are centimetres.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import ValidationError

from studio.errors import DesignError
from studio.fields import BODY_MEASUREMENTS, SECTION_OF, Document, Features, Making, Measurements, Style, bounds_of
from studio.vocabulary import (
    SLEEVE_SHARES,
    TYPE_ALIASES,
    Fit,
    GarmentType,
    Length,
    Neckline,
    Sleeve,
)

MAX_JSON_CHARACTERS = 200_000


class GarmentDesign(Document):
    """One garment, as decided so far. Start from `starting_design`, then propose changes with `changed`."""

    schema_version: Literal[1] = 1
    garment_type: GarmentType
    fit: Fit = Fit.REGULAR
    measurements: Measurements = Measurements()
    features: Features = Features()
    style: Style = Style()
    making: Making = Making()

    def changed(self, changes: Mapping[str, object]) -> Self:
        """This design with `changes` applied: flat field names to new values, `None` resetting a measurement.

        Fields that speak of the same thing follow (a hood neckline sets has_hood, a sleeve class resets the
        sleeve length, a new garment type brings its own necessary features), unless they are changed too.

        Raises DesignError naming the field and its bounds; this design stays as it was.
        """
        for name in changes:
            if name not in SECTION_OF:
                raise DesignError(f"unknown field {_shown(name)}{_suggestion(name, SECTION_OF)}", field=str(name))
        plain = self.model_dump(mode="json")
        patch = dict(changes)
        if patch.get("garment_type") is not None:
            patch["garment_type"] = garment_type_of(patch["garment_type"])
            if patch["garment_type"] != self.garment_type:
                patch = {**_type_change(self, patch["garment_type"]), **patch}
        patch = {**patch, **_linked(self, patch)}
        for name, value in patch.items():
            section = SECTION_OF[name]
            (plain[section] if section else plain)[name] = _number(value) if section in ("measurements", "making") else value
            if section == "making" and value is None:
                del plain[section][name]
        return type(self).checked(plain)

    @classmethod
    def checked(cls, values: Mapping[str, object]) -> Self:
        """A design from nested plain values. Raises DesignError in plain words, one line a fault."""
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            raise _explained(error) from None

    @classmethod
    def from_json(cls, text: str) -> Self:
        """A design from its saved JSON. Raises DesignError for anything else."""
        if len(text) > MAX_JSON_CHARACTERS:
            raise DesignError(f"this design file has {len(text):,} characters; the most is {MAX_JSON_CHARACTERS:,}")
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DesignError(f"this is not a JSON file: {error}") from None
        if not isinstance(values, dict):
            raise DesignError("a design file holds one JSON object, {...}")
        return cls.checked(values)

    def to_json(self) -> str:
        """The document as indented JSON; `from_json` reads it back unchanged."""
        return self.model_dump_json(indent=2)

    def body(self) -> dict[str, object]:
        """The wearer's measurements that were decided, by field name."""
        return {name: value for name in BODY_MEASUREMENTS if (value := getattr(self.measurements, name)) is not None}

    def value(self, name: str) -> object:
        """The value of a flat field name. Raises DesignError for an unknown one."""
        if name not in SECTION_OF:
            raise DesignError(f"unknown field {_shown(name)}{_suggestion(name, SECTION_OF)}", field=name)
        section = SECTION_OF[name]
        value: object = getattr(getattr(self, section) if section else self, name)
        return value


def garment_type_of(word: object) -> GarmentType:
    """The garment type of a name or alias ('blouse', 'jeans', 'blazer' ...). Raises DesignError."""
    name = str(word).strip().lower() if isinstance(word, str) else ""
    if name in TYPE_ALIASES:
        return TYPE_ALIASES[name]
    if name in set(GarmentType):
        return GarmentType(name)
    choices = [*GarmentType, *TYPE_ALIASES]
    raise DesignError(f"unknown garment type {_shown(word)}; choose one of {', '.join(choices)}", field="garment_type")


_TYPICAL: Mapping[GarmentType, Mapping[str, Any]] = {
    GarmentType.SHIRT: {
        "features": {"has_collar": True, "has_cuffs": True, "has_yoke": True},
        "style": {"neckline": "collar", "sleeve": "long", "length": "hip", "closure": "buttons", "fabric": "cotton"},
    },
    GarmentType.DRESS: {
        "fit": "fitted",
        "style": {"neckline": "scoop", "sleeve": "short", "silhouette": "a_line", "length": "knee", "closure": "zip"},
    },
    GarmentType.SKIRT: {
        "fit": "fitted",
        "style": {"sleeve": "none", "silhouette": "a_line", "length": "knee", "closure": "zip", "fabric": "wool"},
    },
    GarmentType.PANTS: {
        "style": {"sleeve": "none", "length": "full", "closure": "zip", "fabric": "denim"},
    },
    GarmentType.JACKET: {
        "features": {"has_collar": True},
        "style": {
            "neckline": "collar",
            "sleeve": "long",
            "length": "hip",
            "closure": "buttons",
            "fabric": "wool",
            "collar": "notched",
        },
    },
    GarmentType.HOODIE: {
        "fit": "loose",
        "features": {"has_hood": True, "has_ribs": True},
        "style": {"neckline": "hood", "sleeve": "long", "length": "hip", "fabric": "fleece", "pocket": "kangaroo"},
    },
    GarmentType.VEST: {
        "style": {"neckline": "v", "sleeve": "none", "length": "hip", "closure": "buttons", "fabric": "wool"},
    },
}


def starting_design(garment_type: object) -> GarmentDesign:
    """The usual garment of a type or alias, nothing measured yet."""
    kind = garment_type_of(garment_type)
    design = GarmentDesign.checked({"garment_type": kind, **_TYPICAL[kind]})
    if isinstance(garment_type, str) and garment_type.strip().lower() == "shorts":
        design = design.changed({"length": Length.SHORT})
    return design


def _type_change(old: GarmentDesign, kind: object) -> dict[str, object]:
    """What a new garment type brings: its own features and shape; the body, colour and cloth design stay."""
    usual = starting_design(kind)
    brought: dict[str, object] = {name: getattr(usual.features, name) for name in Features.model_fields}
    brought |= {
        name: getattr(usual.style, name)
        for name in ("neckline", "sleeve", "silhouette", "length", "closure", "fabric", "collar", "pocket")
    }
    if old.style.sleeve != Sleeve.NONE and usual.style.sleeve != Sleeve.NONE:
        brought["sleeve"] = old.style.sleeve
    for name in ("cap_height", "flare", "back_length", "skirt_length", "inseam", "neckline_depth", "neckline_width"):
        brought[name] = None
    return brought


def _linked(old: GarmentDesign, patch: Mapping[str, object]) -> dict[str, object]:
    """Changes that follow from `patch` because two fields speak of the same thing."""
    follow = _linked_neck(old, patch) | _linked_sleeve(old, patch)
    if "length" in patch:
        follow |= {"skirt_length": None, "back_length": None, "inseam": None}
    if "silhouette" in patch:
        follow["flare"] = None
    return {name: value for name, value in follow.items() if name not in patch}


_FINISHED_NECKS = (Neckline.HOOD, Neckline.COLLAR, Neckline.TURTLENECK)


def _linked_neck(old: GarmentDesign, patch: Mapping[str, object]) -> dict[str, object]:
    """Neckline, collar and hood follow one another; a new neckline brings its own width and depth."""
    if "neckline" in patch:
        neckline = patch["neckline"]
        return {
            "has_collar": neckline in (Neckline.COLLAR, Neckline.TURTLENECK),
            "has_hood": neckline == Neckline.HOOD,
            "neckline_depth": None,
            "neckline_width": None,
        }
    if "has_hood" not in patch and "has_collar" not in patch:
        return {}
    hood = patch.get("has_hood", old.features.has_hood and patch.get("has_collar") is not True)
    collar = patch.get("has_collar", old.features.has_collar and hood is not True)
    neckline = old.style.neckline
    if hood is True:
        neckline = Neckline.HOOD
    elif collar is True:
        neckline = Neckline.TURTLENECK if neckline == Neckline.TURTLENECK else Neckline.COLLAR
    elif neckline in _FINISHED_NECKS:
        neckline = Neckline.V if old.garment_type in (GarmentType.JACKET, GarmentType.VEST) else Neckline.CREW
    return {"has_hood": hood, "has_collar": collar, "neckline": neckline}


def _linked_sleeve(old: GarmentDesign, patch: Mapping[str, object]) -> dict[str, object]:
    """Sleeve class and sleeve length follow one another; no sleeves, no cuffs."""
    length = patch.get("sleeve_length")
    follow: dict[str, object] = {}
    if "sleeve" in patch:
        follow["sleeve_length"] = None
    elif isinstance(length, int | float):
        follow["sleeve"] = sleeve_class(float(length), old)
    if Sleeve.NONE in (patch.get("sleeve"), follow.get("sleeve")):
        follow["has_cuffs"] = False
    return follow


ARM_SHARE_OF_HEIGHT = 0.345


def sleeve_class(sleeve_length: float, design: GarmentDesign) -> Sleeve:
    """The sleeve class whose usual length is nearest to `sleeve_length` (cm) on this wearer."""
    if sleeve_length < 3:
        return Sleeve.NONE
    arm = ARM_SHARE_OF_HEIGHT * (design.measurements.height or 170.0)
    return min((s for s in Sleeve if s != Sleeve.NONE), key=lambda s: abs(SLEEVE_SHARES[s] * arm - sleeve_length))


def _number(value: object) -> object:
    """numpy scalars and other real numbers as plain floats; everything else as it is, for the check to refuse."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float | str):
        return value
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "ndim", None) == 0 else value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _suggestion(name: object, choices: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(str(name)[:60], choices, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known fields are {', '.join(choices)}"


def _explained(error: ValidationError) -> DesignError:
    lines: list[str] = []
    first = ""
    for fault in error.errors(include_url=False)[:12]:
        place = [str(part) for part in fault["loc"]]
        name = next((part for part in reversed(place) if part in SECTION_OF), place[-1] if place else "design")
        first = first or name
        lines.append(f"{name}: {_fault_words(name, fault)}")
    return DesignError("; ".join(dict.fromkeys(lines)), field=first)


def _fault_words(name: str, fault: Any) -> str:
    shown = _shown(fault.get("input"))
    if name in Measurements.model_fields or name in Making.model_fields:
        low, high = bounds_of(name)
        return f"{shown} is not a length between {low:g} and {high:g} cm"
    match fault["type"]:
        case "enum" | "literal_error":
            return f"{shown} is not one of {fault['ctx']['expected']}"
        case "extra_forbidden":
            return f"unknown field{_suggestion(name, SECTION_OF)}"
        case "missing":
            return "is missing"
        case "bool_type":
            return f"{shown} is neither true nor false"
    return f"{shown}: {str(fault['msg']).lower()}"
