"""The typed edit: one record that words and a vision-language model both write, apart from its application."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from studio.design import GarmentDesign
from studio.errors import DesignError
from studio.fields import BODY_MEASUREMENTS, SECTION_OF, Document, Features, Making, Measurements
from studio.language.amounts import in_cm
from studio.sizing import completed
from studio.vocabulary import Fit

FIT_STEPS = (Fit.FITTED, Fit.SEMI_FITTED, Fit.REGULAR, Fit.LOOSE)

Value = StrictBool | StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)] | Annotated[StrictStr, Field(max_length=40)]
Unit = Literal["cm", "mm", "m", "km", "in", "ft", "yd", "step", ""]


def is_length(field: str) -> bool:
    """True for a field in cm: a measurement or a making allowance."""
    return field in Measurements.model_fields or field in Making.model_fields


def length_in(design: GarmentDesign, field: str) -> float | None:
    """The present length of a field in cm, completed from the body where nobody decided it; None where it stays open."""
    if field in Making.model_fields:
        return float(getattr(design.making, field))
    value: float | None = getattr(completed(design), field)
    return value


class Op(StrEnum):
    SET = "set"
    DELTA = "delta"
    SCALE = "scale"
    CHOOSE = "choose"
    FEATURE = "feature"


class Edit(Document):
    """One change of one flat field of the design.

    set and delta: a length in `unit` (delta of fit: whole steps, unit 'step'). scale: a factor. choose: a word of the
    field's vocabulary. feature: true or false. `words` is what was said, `assumption` what was added to it.
    """

    op: Op
    field: Annotated[StrictStr, Field(max_length=40)]
    value: Value
    unit: Unit = ""
    words: Annotated[StrictStr, Field(max_length=200)] = ""
    assumption: Annotated[StrictStr, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        measured = is_length(self.field)
        allowed = {
            Op.SET: measured and number and self.unit not in ("", "step"),
            Op.DELTA: number and ((measured and self.unit not in ("", "step")) or (self.field == "fit" and self.unit == "step")),
            Op.SCALE: measured and number and self.unit == "",
            Op.CHOOSE: isinstance(self.value, str) and not measured and self.field not in Features.model_fields,
            Op.FEATURE: isinstance(self.value, bool) and self.field in Features.model_fields,
        }
        if self.field not in SECTION_OF or not allowed[self.op]:
            raise ValueError(f"{self.op} does not fit field {self.field!r} with value {self.value!r} and unit {self.unit!r}")
        return self


def apply_edits(design: GarmentDesign, edits: Iterable[Edit]) -> GarmentDesign:
    """`design` after all `edits`: first the garment type, then all choices at once, then body, then garment numbers.

    Deltas and scales work on the completed measurement. Raises DesignError naming field and bounds; nothing is clamped.
    """
    listed = tuple(edits)
    kinds = [edit.value for edit in listed if edit.field == "garment_type"]
    for kind in kinds:
        design = design.changed({"garment_type": kind})
    chosen = {e.field: e.value for e in listed if e.op in (Op.CHOOSE, Op.FEATURE) and e.field != "garment_type"}
    if chosen:
        design = design.changed(chosen)
    before, changed = design, set[str]()
    for edit in sorted(listed, key=lambda edit: edit.field not in BODY_MEASUREMENTS):
        if edit.op in (Op.SET, Op.DELTA, Op.SCALE):
            seen = before if edit.field in set(BODY_MEASUREMENTS) - changed else design
            design = _numbered(design, edit, seen)
            changed.add(edit.field)
    return design


def _numbered(design: GarmentDesign, edit: Edit, seen: GarmentDesign) -> GarmentDesign:
    """`design` with one number changed from what it was in `seen`: 'hip +2, waist -1' starts from the hip and waist shown."""
    number = float(edit.value)
    if edit.field == "fit":
        return design.changed({"fit": stepped_fit(design.fit, int(number))})
    if edit.op == Op.SET:
        return design.changed({edit.field: rounded(in_cm(number, edit.unit))})
    now = length_in(seen, edit.field)
    if now is None:
        raise DesignError(f"{edit.field} is not decided yet: say how many cm it should be", field=edit.field)
    new = now * number if edit.op == Op.SCALE else now + in_cm(number, edit.unit)
    return design.changed({edit.field: rounded(new)})


def stepped_fit(fit: Fit, steps: int) -> Fit:
    """The fit `steps` looser (positive) or closer. Raises DesignError where there is no further step."""
    at = FIT_STEPS.index(fit)
    end = min(max(at + steps, 0), len(FIT_STEPS) - 1)
    if end == at:
        raise DesignError(f"fit: {fit.replace('_', ' ')} is already the {'loosest' if steps > 0 else 'closest'} fit", field="fit")
    return FIT_STEPS[end]


def rounded(value: float) -> float:
    """cm to a tenth of a millimetre, which no tape shows."""
    return round(value, 2)
