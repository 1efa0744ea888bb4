"""The fields of the garment document: each with its bounds, unit, label and default, once."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from studio.vocabulary import (
    Closure,
    Collar,
    Colour,
    Construction,
    Fabric,
    Fullness,
    Hood,
    Length,
    Neckline,
    PocketKind,
    Print,
    Silhouette,
    Sleeve,
)


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
    crotch_length: Annotated[float, _cm("Crotch length", 35, 150, "waist front through the legs to waist back")] | None = None
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
    has_yoke: StrictBool = Field(default=False, title="Yoke")
    has_ribs: StrictBool = Field(default=False, title="Rib hem")
    has_waist_seam: StrictBool = Field(default=True, title="Waist seam")


class Style(Document):
    neckline: Neckline = Field(default=Neckline.CREW, title="Neckline")
    sleeve: Sleeve = Field(default=Sleeve.LONG, title="Sleeve")
    silhouette: Silhouette = Field(default=Silhouette.STRAIGHT, title="Silhouette")
    length: Length = Field(default=Length.HIP, title="Length")
    closure: Closure = Field(default=Closure.NONE, title="Closure")
    colour: Colour = Field(default=Colour.BLUE, title="Colour")
    pattern: Print = Field(default=Print.PLAIN, title="Print")
    fabric: Fabric = Field(default=Fabric.COTTON, title="Fabric")
    collar: Collar = Field(default=Collar.SHIRT, title="Collar style")
    hood: Hood = Field(default=Hood.TWO_PANEL, title="Hood cut")
    fullness: Fullness = Field(default=Fullness.HALF, title="Fullness")
    pocket: PocketKind = Field(default=PocketKind.PATCH, title="Pocket style")
    construction: Construction = Field(default=Construction.FULL, title="Pieces drawn")


class Making(Document):
    """How the pattern is cut, cm: not part of the garment's shape."""

    seam_allowance: Annotated[float, _cm("Seam allowance", 0, 3, "beyond every sewn edge")] = 1.0
    hem_allowance: Annotated[float, _cm("Hem allowance", 0, 8, "beyond the hem; curved hems take less")] = 3.0
    fabric_width: Annotated[float, _cm("Fabric width", 50, 320, "usable width of the cloth, for the marker")] = 150.0


BODY_MEASUREMENTS = (
    "height", "bust", "waist", "hip", "neck", "head", "shoulder_width", "bodice_length", "bicep", "wrist", "rise", "thigh",
    "crotch_length", "hip_depth",
)  # fmt: skip
"""The measurements of the wearer; the others are the garment's own."""

SECTION_OF: Mapping[str, str] = {
    "garment_type": "",
    "fit": "",
    **dict.fromkeys(Measurements.model_fields, "measurements"),
    **dict.fromkeys(Features.model_fields, "features"),
    **dict.fromkeys(Style.model_fields, "style"),
    **dict.fromkeys(Making.model_fields, "making"),
}
"""Every flat field name and the part of the document that holds it ('' is the top)."""


@functools.cache
def bounds_of(measurement: str) -> tuple[float, float]:
    """Smallest and largest allowed value, cm, of a measurement or a making allowance."""
    low, high = math.nan, math.nan
    part = Making if measurement in Making.model_fields else Measurements
    field = part.model_json_schema()["properties"][measurement]
    for schema in field.get("anyOf", (field,)):
        low, high = schema.get("minimum", low), schema.get("maximum", high)
    return low, high


@functools.cache
def title_of(name: str) -> str:
    """The label of a flat field."""
    for part in (Measurements, Features, Style, Making):
        if name in part.model_fields:
            field = part.model_fields[name]
            if field.title:
                return field.title
            for schema in part.model_json_schema()["properties"][name].get("anyOf", ()):
                if "title" in schema:
                    return str(schema["title"])
    return name.replace("_", " ").capitalize()
