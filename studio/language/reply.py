"""Plain sentences about what changed. Words of the user are quoted shortly and without markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.design import GarmentDesign
from studio.fields import SECTION_OF, Features, Measurements
from studio.language.edits import Edit
from studio.language.targets import title
from studio.sizing import completed

QUOTED = 40
NAMED_WORDS = 4

Value = float | str | bool | None

_SHOWN = {
    "a_line": "A-line", "v": "V", "three_quarter": "three-quarter", "semi_fitted": "semi-fitted", "none": "none",
    "crop": "cropped", "elbow": "elbow-length",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field that is different now. `old` is None for a new garment; `assumption` says what was added to the words."""

    field: str
    old: Value
    new: Value
    unit: str
    words: str
    assumption: str = ""


def changes_between(old: GarmentDesign, new: GarmentDesign, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """What differs, the fields of `edits` first, then those that followed from them. Measurements as completed, in cm."""
    said = {edit.field: edit for edit in edits}
    before, after = completed(old), completed(new)
    found = []
    for field in dict.fromkeys([*said, *SECTION_OF]):
        measured = field in Measurements.model_fields
        if field not in said and (_undecided(field, old, new) if measured else field == "sleeve" and "sleeve_length" in said):
            continue
        was = _value(getattr(before, field) if measured else old.value(field))
        now = _value(getattr(after, field) if measured else new.value(field))
        decided = field in said and measured and old.value(field) != new.value(field)
        if was == now and not decided:
            continue
        edit = said.get(field)
        words, assumption = (edit.words, edit.assumption) if edit else ("", "follows from the other changes")
        found.append(Change(field, was, now, "cm" if measured else "", words, assumption))
    return tuple(found)


def _undecided(field: str, old: GarmentDesign, new: GarmentDesign) -> bool:
    """True for a measurement that nobody decided, before or now: it only follows the body."""
    return old.value(field) is None and new.value(field) is None


def stated(new: GarmentDesign, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """What the words decided about a new garment."""
    measures = completed(new)
    found = []
    for edit in edits:
        measured = edit.field in Measurements.model_fields
        now = getattr(measures, edit.field) if measured else new.value(edit.field)
        found.append(Change(edit.field, None, _value(now), "cm" if measured else "", edit.words, edit.assumption))
    return tuple(found)


def _value(value: object) -> Value:
    if isinstance(value, bool) or value is None:
        return value
    return round(float(value), 2) if isinstance(value, int | float) else str(value)


def shown(value: object) -> str:
    """A value in a sentence: one decimal at most."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value + 1e-6:.1f}".removesuffix(".0")
    return _SHOWN.get(str(value), str(value).replace("_", " "))


def told(change: Change) -> str:
    """One change as a phrase: 'sleeves 58.7 → 63.7 cm', 'hood added'."""
    name = title(change.field)
    name = name if change.field == "garment_type" else name[0].lower() + name[1:]
    if change.field in Features.model_fields:
        if change.old is None:
            return f"with {name}" if change.new else f"no {name}"
        return f"{name} {'added' if change.new else 'removed'}"
    unit = f" {change.unit}" if change.unit else ""
    if change.old is None:
        return f"{name} {shown(change.new)}{unit}"
    if change.old == change.new:
        return f"{name} stays {shown(change.new)}{unit}"
    return f"{name} {shown(change.old)} → {shown(change.new)}{unit}"


def sentence(parts: Sequence[str]) -> str:
    """Phrases as one sentence."""
    text = "; ".join(parts).strip()
    return f"{text[0].upper()}{text[1:]}." if text else ""


def quoted(words: str) -> str:
    """User's words, at most `QUOTED` characters of them, free of markup."""
    plain = re.sub(r"[^\w\s'.,%/+-]", "", words).strip()
    plain = re.sub(r"[_\s]+", " ", plain)
    return f"“{plain[: QUOTED - 3]}...”" if len(plain) > QUOTED else f"“{plain}”" if plain else "a sign"


def not_understood(words: Sequence[str]) -> str:
    """Names what was left over."""
    if not words:
        return ""
    distinct = list(dict.fromkeys(quoted(word) for word in words))
    more = len(distinct) - NAMED_WORDS
    rest = f" and {more} more {'word' if more == 1 else 'words'}" if more > 0 else ""
    return f"I did not understand {', '.join(distinct[:NAMED_WORDS])}{rest}."
