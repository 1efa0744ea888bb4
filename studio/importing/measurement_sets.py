"""Measurement files of other programs -> our measurements in cm.

Known are Valentina's .vit and Seamly's .smis (XML), FreeSewing's sets (YAML or JSON) and the bodies of GarmentCode (YAML). The
programs measure some things otherwise than we do; what has no counterpart here is listed, never guessed.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from studio.errors import DesignError
from studio.fields import bounds_of, title_of
from studio.importing.plain_json import json_object, text_of

WHAT = "measurement file"
MAX_CHARACTERS = 300_000
_MOST_NAMES = 600
_CM = {"mm": 0.1, "cm": 1.0, "inch": 2.54, "in": 2.54, "metric": 1.0, "imperial": 2.54}

_SEAMLY = {
    "height": "height", "bust_circ": "bust", "waist_circ": "waist", "hip_circ": "hip", "neck_circ": "neck",
    "head_circ": "head", "shoulder_tip_to_shoulder_tip_b": "shoulder_width", "shoulder_width": "shoulder_width",
    "neck_back_to_waist_b": "bodice_length", "arm_upper_circ": "bicep", "arm_wrist_circ": "wrist",
    "leg_thigh_upper_circ": "thigh", "rise_length_side_sitting": "rise", "crotch_length": "crotch_length",
    "height_waist_side_to_hip": "hip_depth", "waist_to_hip_side": "hip_depth", "waist_to_hip_f": "hip_depth",
    "arm_shoulder_tip_to_wrist": "sleeve_length", "leg_crotch_to_floor": "inseam",
}  # fmt: skip
_FREESEWING = {
    "height": "height", "chest": "bust", "chestCircumference": "bust", "waist": "waist", "naturalWaist": "waist",
    "seat": "hip", "seatCircumference": "hip", "hips": "", "neck": "neck", "neckCircumference": "neck", "head": "head",
    "headCircumference": "head", "shoulderToShoulder": "shoulder_width", "hpsToWaistBack": "",
    "centerBackNeckToWaist": "bodice_length", "biceps": "bicep", "bicepsCircumference": "bicep", "wrist": "wrist",
    "wristCircumference": "wrist", "crossSeam": "crotch_length", "upperLeg": "thigh", "upperLegCircumference": "thigh",
    "waistToSeat": "hip_depth", "shoulderToWrist": "sleeve_length", "inseam": "inseam",
}  # fmt: skip
_GARMENTCODE = {
    "height": "height", "bust": "bust", "waist": "waist", "hips": "hip", "shoulder_w": "shoulder_width", "wrist": "wrist",
    "waist_line": "bodice_length", "leg_circ": "thigh", "hips_line": "hip_depth", "arm_length": "sleeve_length",
}  # fmt: skip

_ARM_AND_LEG = ("sleeve_length", "inseam")


@dataclass(frozen=True)
class MeasurementSet:
    """What a file tells: `changes` for a design (field name to cm), the names that were left aside, the program's name.

    `changes` holds the wearer's measurements; `lengths` what describes the wearer's arm and leg, which are lengths of the garment
    here: full sleeve and inside leg.
    """

    system: str
    changes: Mapping[str, float]
    lengths: Mapping[str, float]
    ignored: tuple[str, ...]


def read_measurements(name: str, data: bytes) -> MeasurementSet:
    """The measurements of a file, its kind known by the end of its name.

    Raises DesignError for a broken or foreign file, for formulas and for lengths that no body has.
    """
    ending = name.lower().rpartition(".")[2]
    if ending in ("vit", "smis"):
        return _seamly(data, "Valentina" if ending == "vit" else "Seamly2D")
    if ending == "json":
        return _from_tree(json_object(data, what=WHAT))
    if ending in ("yaml", "yml"):
        return _from_tree(_yaml(data))
    raise DesignError(f"{name[:60]!r} is no {WHAT} that is known; known are .vit, .smis, .yaml and .json")


def _seamly(data: bytes, system: str) -> MeasurementSet:
    root = _xml(data)
    if root.tag not in ("vit", "smis"):
        raise DesignError(f"this {WHAT} holds {root.tag[:30]!r}, not the measurements of one person")
    scale = _CM.get((root.findtext("unit") or "cm").strip().lower())
    if scale is None:
        raise DesignError(
            f"the unit {(root.findtext('unit') or '')[:20]!r} of this {WHAT} is not known; known are mm, cm and inch"
        )
    values: dict[str, float] = {}
    for entry in root.iter("m"):
        measure = entry.get("name", "")
        if measure in _SEAMLY:
            values[measure] = _number(measure, entry.get("value", ""))
        elif len(values) < _MOST_NAMES:
            values.setdefault(measure[:80], math.nan)
    return _mapped(system, values, _SEAMLY, scale)


def _xml(data: bytes) -> ET.Element:
    """The root of an XML file that declares no entities."""
    text = text_of(data, what=WHAT)
    if len(text) > MAX_CHARACTERS:
        raise DesignError(f"this {WHAT} is too long: {len(text):,} characters, the most is {MAX_CHARACTERS:,}")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DesignError(f"this {WHAT} declares its own entities: it is not read")
    try:
        return ET.fromstring(text.encode())
    except (ET.ParseError, ValueError, LookupError) as error:
        raise DesignError(f"this {WHAT} is not whole XML: {error}") from None


def _yaml(data: bytes) -> dict[str, Any]:
    """The mapping of a YAML file without anchors, so that a small file stays small."""
    text = text_of(data, what=WHAT)
    if len(text) > MAX_CHARACTERS:
        raise DesignError(f"this {WHAT} is too long: {len(text):,} characters, the most is {MAX_CHARACTERS:,}")
    try:
        if any(isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(text)):
            raise DesignError(f"this {WHAT} uses YAML anchors: it is not read")
        values = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        raise DesignError(f"this {WHAT} is not whole YAML: {reason}") from None
    if not isinstance(values, dict):
        raise DesignError(f"a {WHAT} holds names and lengths")
    return values


def _from_tree(tree: Mapping[Any, Any]) -> MeasurementSet:
    """GarmentCode's `body:`, FreeSewing's `measurements:` or the bare names and lengths of either."""
    body = tree.get("body")
    if isinstance(body, dict):
        return _mapped("GarmentCode", _plain(body), _GARMENTCODE, 1.0)
    settings = tree.get("settings")
    inner = next((t["measurements"] for t in (tree, settings) if isinstance(t, dict) and "measurements" in t), tree)
    inner = inner if inner is not None else tree.get("measies", tree)
    inner = tree["measies"] if inner is tree and isinstance(tree.get("measies"), dict) else inner
    if not isinstance(inner, dict):
        raise DesignError(f"the measurements of this {WHAT} are not names with lengths")
    values = _plain(inner)
    return _mapped("FreeSewing", values, _FREESEWING, _freesewing_scale(tree, values))


def _plain(values: Mapping[Any, Any]) -> dict[str, float]:
    """Names with numbers; everything else, and what is not a number at all, as NaN."""
    if len(values) > _MOST_NAMES:
        raise DesignError(f"this {WHAT} has {len(values)} names; the most is {_MOST_NAMES}")
    return {
        str(name)[:80]: _number(str(name), value) if _is_number(value) else math.nan
        for name, value in values.items()
        if not isinstance(value, str) or _is_number(value)
    }


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        float(value)
    except (ValueError, OverflowError):
        return False
    return True


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise DesignError(f"{name[:60]} is not a length")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise DesignError(f"{name[:60]} is {str(value)[:40]!r}: formulas are not read, only lengths") from None
    if not math.isfinite(number):
        raise DesignError(f"{name[:60]} is not a length")
    return number


def _freesewing_scale(tree: Mapping[Any, Any], values: Mapping[str, float]) -> float:
    """Centimetres per unit: what the file says, else by size, for a girth over 300 can only be millimetres.

    FreeSewing's core counts in mm; its site and older files in cm, or in inches where `imperial` or `units` says so.
    """
    said = tree.get("units", tree.get("unit"))
    if tree.get("imperial") is True or said in ("imperial", "inch", "in"):
        return 2.54
    if said in ("mm", "cm"):
        return _CM[str(said)]
    girths = [values[name] for name in ("chest", "chestCircumference", "waist", "seat", "seatCircumference") if name in values]
    girths = girths or [value for name, value in values.items() if _FREESEWING.get(name) and not math.isnan(value)]
    return 0.1 if girths and max(girths) > 300 else 1.0


def _mapped(system: str, values: Mapping[str, float], names: Mapping[str, str], scale: float) -> MeasurementSet:
    found: dict[str, float] = {}
    ignored: list[str] = []
    for name, value in values.items():
        field = names.get(name, "")
        if not field or math.isnan(value):
            ignored.append(name)
        elif value != 0 and field not in found:
            found[field] = _checked(name, field, value * scale)
    if not found:
        raise DesignError(f"this {WHAT} holds no measurement that is known here")
    lengths = {field: value for field, value in found.items() if field in _ARM_AND_LEG}
    found = {field: value for field, value in found.items() if field not in _ARM_AND_LEG}
    return MeasurementSet(system, found, lengths, tuple(ignored))


def _checked(name: str, field: str, value: float) -> float:
    low, high = bounds_of(field)
    if not low <= value <= high:
        words = f"{title_of(field).lower()} ({name}) is {value:.1f} cm; it lies between {low:g} and {high:g} cm"
        raise DesignError(words, field=field)
    return round(value, 3)
