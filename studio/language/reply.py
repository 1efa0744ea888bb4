"""Plain sentences about what changed. Words of the user are quoted shortly and without markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studio.design import GarmentDesign
from studio.fields import BODY_MEASUREMENTS, SECTION_OF, Features
from studio.language.edits import Edit, is_length, length_in
from studio.language.targets import title
from studio.sizing import completed
from studio.vocabulary import GarmentType

QUOTED = 40
MOST_OF_A_CLAUSE = 8
NAMED_WORDS = 4

Value = float | str | bool | None

_SHOWN = {
    "a_line": "A-line", "v": "V", "three_quarter": "three-quarter", "semi_fitted": "semi-fitted", "none": "none",
    "crop": "cropped", "elbow": "elbow-length", "block": "main pieces",
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
    found = []
    for field in dict.fromkeys([*said, *SECTION_OF]):
        measured = is_length(field)
        if field not in said and (_undecided(field, old, new) if measured else field == "sleeve" and "sleeve_length" in said):
            continue
        was = _value(length_in(old, field) if measured else old.value(field))
        now = _value(length_in(new, field) if measured else new.value(field))
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
    found = []
    for edit in edits:
        measured = is_length(edit.field)
        now = length_in(new, edit.field) if measured else new.value(edit.field)
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


_SHOWN_OF_A_SIZE = ("height", "bust", "waist", "hip")
_WORN_ABOVE = ("bust", "waist", "hip", "neck", "bicep", "wrist")
_WORN_BELOW = ("waist", "hip", "thigh")


def told_all(changes: Sequence[Change]) -> list[str]:
    """Each change as a phrase. Of the body that a garment size brings, the main girths are told and the others counted."""
    body = Counter(change.words for change in changes if change.field in BODY_MEASUREMENTS)
    phrases, more, size = [], 0, ""
    for change in changes:
        hidden = change.field in set(BODY_MEASUREMENTS) - set(_SHOWN_OF_A_SIZE) and body[change.words] > MOST_OF_A_CLAUSE
        more, size = more + hidden, change.words if hidden else size
        phrases += [] if hidden else [told(change)]
    return [*phrases, f"{more} more body measurements of {quoted(size)}"] if more else phrases


def moved_along(old: GarmentDesign, new: GarmentDesign) -> str:
    """What nobody decided and still moves, since it follows the girths that were: body girths that the garment is drawn from."""
    before, after = completed(old), completed(new)
    moved = []
    for field in _WORN_BELOW if new.garment_type in (GarmentType.SKIRT, GarmentType.PANTS) else _WORN_ABOVE:
        was, now = shown(getattr(before, field)), shown(getattr(after, field))
        if _undecided(field, old, new) and was != now and (field != "thigh" or new.garment_type == GarmentType.PANTS):
            moved.append(f"{title(field).lower()} {was} → {now}")
    return f"Not measured yet, so moving with it: {', '.join(moved)} cm." if moved else ""


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
