"""The garment document: what every surface (slider, words, photo, chat) reads and proposes changes to.

A `GarmentDesign` holds what was decided. What nobody decided stays `None` and is completed from the body by
`studio.sizing.completed`. All lengths are centimetres.
"""

from __future__ import annotations

import difflib
import functools
import json
import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from studio.errors import DesignError
from studio.vocabulary import (
    SLEEVE_SHARES,
    TYPE_ALIASES,
    Closure,
    Colour,
    Fabric,
    Fit,
    GarmentType,
    Length,
    Neckline,
    Print,
    Silhouette,
    Sleeve,
)

MAX_JSON_CHARACTERS = 200_000


class Document(BaseModel):
    """A frozen record that people or a model write; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _cm(title: str, low: float, high: float, description: str) -> Any:
    return Field(ge=low, le=high, strict=True, allow_inf_nan=False, title=title, description=description)


class Measurements(Document):
    """Body and garment measurements in cm. `None` means: not decided, complete it from the body."""

    height: Annotated[float, _cm("Height", 80, 230, "body height")] | None = None
    bust: Annotated[float, _cm("Bust", 40, 200, "body girth over the fullest bust or chest")] | None = None
    waist: Annotated[float, _cm("Waist", 35, 200, "body girth at the waist")] | None = None
    hip: Annotated[float, _cm("Hip", 40, 220, "body girth over the fullest seat")] | None = None
    neck: Annotated[float, _cm("Neck", 20, 65, "body girth at the neck base")] | None = None
    head: Annotated[float, _cm("Head", 40, 70, "body girth round the head, for hoods")] | None = None
    shoulder_width: Annotated[float, _cm("Shoulder width", 20, 70, "tip to tip across the back")] | None = None
    bodice_length: Annotated[float, _cm("Bodice length", 18, 65, "nape to waist at the centre back")] | None = None
    back_length: Annotated[float, _cm("Back length", 18, 160, "nape to hem at the centre back, tops")] | None = None
    sleeve_length: Annotated[float, _cm("Sleeve length", 0, 90, "shoulder tip to sleeve end; 0 is sleeveless")] | None = None
    skirt_length: Annotated[float, _cm("Skirt length", 15, 140, "waist to hem at the centre front")] | None = None
    neckline_depth: Annotated[float, _cm("Neckline depth", 2, 45, "shoulder neck point down to the front neckline")] | None = None
    neckline_width: Annotated[float, _cm("Neckline width", 3, 22, "centre to shoulder neck point (half width)")] | None = None
    bicep: Annotated[float, _cm("Upper arm", 12, 70, "body girth of the upper arm")] | None = None
    wrist: Annotated[float, _cm("Wrist", 8, 40, "body girth of the wrist")] | None = None
    cap_height: Annotated[float, _cm("Cap height", 2, 30, "sleeve cap, underarm line to top; solved if missing")] | None = None
    flare: Annotated[float, _cm("Flare", 0, 60, "added to the hem at each side seam")] | None = None
    rise: Annotated[float, _cm("Rise", 12, 55, "waist to crotch level, sitting")] | None = None
    inseam: Annotated[float, _cm("Inseam", 3, 120, "crotch to hem on the inside leg")] | None = None
    thigh: Annotated[float, _cm("Thigh", 25, 130, "body girth at the top of the leg")] | None = None
    knee: Annotated[float, _cm("Knee", 20, 100, "finished trouser width round the knee")] | None = None
    hem: Annotated[float, _cm("Leg hem", 14, 120, "finished trouser width round the hem")] | None = None
    hip_depth: Annotated[float, _cm("Hip depth", 8, 35, "waist down to the fullest seat")] | None = None


class Features(Document):
    has_collar: StrictBool = Field(default=False, title="Collar")
    has_cuffs: StrictBool = Field(default=False, title="Cuffs")
    has_pockets: StrictBool = Field(default=False, title="Pockets")
    has_hood: StrictBool = Field(default=False, title="Hood")


class Style(Document):
    neckline: Neckline = Field(default=Neckline.CREW, title="Neckline")
    sleeve: Sleeve = Field(default=Sleeve.LONG, title="Sleeve")
    silhouette: Silhouette = Field(default=Silhouette.STRAIGHT, title="Silhouette")
    length: Length = Field(default=Length.HIP, title="Length")
    closure: Closure = Field(default=Closure.NONE, title="Closure")
    colour: Colour = Field(default=Colour.BLUE, title="Colour")
    pattern: Print = Field(default=Print.PLAIN, title="Print")
    fabric: Fabric = Field(default=Fabric.COTTON, title="Fabric")


class GarmentDesign(Document):
    """One garment, as decided so far. Start from `starting_design`, then propose changes with `changed`."""

    schema_version: Literal[1] = 1
    garment_type: GarmentType
    fit: Fit = Fit.REGULAR
    measurements: Measurements = Measurements()
    features: Features = Features()
    style: Style = Style()

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
            (plain[section] if section else plain)[name] = _number(value) if section == "measurements" else value
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


BODY_MEASUREMENTS = (
    "height", "bust", "waist", "hip", "neck", "head", "shoulder_width", "bodice_length", "bicep", "wrist", "rise", "thigh",
    "hip_depth",
)  # fmt: skip
"""The measurements of the wearer; the others are the garment's own."""

SECTION_OF: Mapping[str, str] = {
    "garment_type": "",
    "fit": "",
    **dict.fromkeys(Measurements.model_fields, "measurements"),
    **dict.fromkeys(Features.model_fields, "features"),
    **dict.fromkeys(Style.model_fields, "style"),
}
"""Every flat field name and the part of the document that holds it ('' is the top)."""


@functools.cache
def bounds_of(measurement: str) -> tuple[float, float]:
    """Smallest and largest allowed value, cm, of a measurement."""
    low, high = math.nan, math.nan
    for schema in Measurements.model_json_schema()["properties"][measurement]["anyOf"]:
        low, high = schema.get("minimum", low), schema.get("maximum", high)
    return low, high


@functools.cache
def title_of(name: str) -> str:
    """The label of a flat field."""
    for part in (Measurements, Features, Style):
        if name in part.model_fields:
            field = part.model_fields[name]
            if field.title:
                return field.title
            for schema in part.model_json_schema()["properties"][name].get("anyOf", ()):
                if "title" in schema:
                    return str(schema["title"])
    return name.replace("_", " ").capitalize()


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
        "features": {"has_collar": True, "has_cuffs": True},
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
        "style": {"neckline": "collar", "sleeve": "long", "length": "hip", "closure": "buttons", "fabric": "wool"},
    },
    GarmentType.HOODIE: {
        "fit": "loose",
        "features": {"has_hood": True},
        "style": {"neckline": "hood", "sleeve": "long", "length": "hip", "fabric": "fleece"},
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
    brought |= {name: getattr(usual.style, name) for name in ("neckline", "sleeve", "silhouette", "length", "closure", "fabric")}
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
    if name in Measurements.model_fields:
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
