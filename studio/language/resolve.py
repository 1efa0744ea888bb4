"""Wishes to typed edits, for one garment: units, usual steps, sizes and contradictions are settled here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.design import GarmentDesign
from studio.fields import BODY_MEASUREMENTS, Features
from studio.language.amounts import LENGTH_UNITS, Amount, in_cm
from studio.language.edits import Edit, Op, Unit, apply_edits, length_in
from studio.language.fitting import FULL_SKIRTS, FULLNESS_STEPS, fitting
from studio.language.lexicon import KIND_OF
from studio.language.reply import quoted
from studio.language.sized import size_edits
from studio.language.targets import check_worn, field_of, length_class, plausible, title, usual_step
from studio.language.wishes import Choose, Kind, Measure, Unclear, Wish
from studio.sizing import completed
from studio.vocabulary import FULLNESS_SHARES, TOPS, Fit, GarmentType, Sleeve

_NECK_FIELDS = frozenset({"neckline", "has_collar", "has_hood"})
_LENGTH: dict[str, Unit] = {"cm": "cm", "mm": "mm", "m": "m", "km": "km", "in": "in", "ft": "ft", "yd": "yd"}
_FIT_STEPS = {"little": 1, "": 1, "much": 2}


@dataclass(frozen=True)
class Resolved:
    """`edits` in the order to apply; `notes` are what the user should hear about them."""

    edits: tuple[Edit, ...]
    notes: tuple[str, ...]


def resolve(wishes: Sequence[Wish], design: GarmentDesign) -> Resolved:
    """The edits that `wishes` mean on `design`. Raises Unclear with a question, or DesignError for a value out of bounds."""
    notes: list[str] = []
    edits = _kind_edits(wishes, design)
    base = apply_edits(design, edits)
    chosen, unfit = fitting(_choices(wishes, base, notes), base)
    notes += unfit
    said = [edit for _, edit in chosen]
    edits = [edit for edit in edits if edit.field == "garment_type" or not _overruled(edit.field, said)]
    sized = size_edits(wishes)
    now = apply_edits(design, [*edits, *said, *sized])
    units = _units(wishes)
    placed = list(chosen)
    measures = [(n, wish) for n, wish in enumerate(wishes) if isinstance(wish, Measure)]
    for n, wish in sorted(measures, key=lambda placed: placed[1].target not in BODY_MEASUREMENTS):
        edit = _measured(wish, now, units)
        _check_repeat(edit, [before for _, before in placed])
        placed.append((n, edit))
        now = apply_edits(now, [edit])
    in_order = [edit for _, edit in sorted(placed, key=lambda placed: placed[0])]
    told = {edit.field for edit in in_order if edit.op == Op.SET}
    return Resolved((*edits, *(edit for edit in sized if edit.field not in told), *in_order), tuple(dict.fromkeys(notes)))


def implied_edits(kind: Kind) -> list[Edit]:
    """What the name of a garment brings along, e.g. short sleeves with a tee."""
    assumption = f"what is usual for “{kind.words}”" if kind.note else ""
    return [_choice(field, value, kind.words, assumption) for field, value in kind.implied]


def overruled(implied: Iterable[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """The implied edits that no said edit contradicts."""
    return [edit for edit in implied if not _overruled(edit.field, edits)]


def _kind_edits(wishes: Sequence[Wish], design: GarmentDesign) -> list[Edit]:
    kinds = [wish for wish in wishes if isinstance(wish, Kind)]
    if len({kind.kind for kind in kinds}) > 1:
        raise Unclear(f"One garment at a time, please: {' or '.join(kind.words for kind in kinds[:3])}?")
    edits: list[Edit] = []
    for kind in kinds[:1]:
        if kind.kind != design.garment_type:
            edits.append(_choice("garment_type", kind.kind, kind.words))
        edits += implied_edits(kind)
    return edits


def _overruled(field: str, edits: Sequence[Edit]) -> bool:
    said = {edit.field for edit in edits}
    if field == "sleeve" and "sleeve_length" in said:
        return True
    return field in said or (field in _NECK_FIELDS and bool(said & _NECK_FIELDS))


def _choices(wishes: Sequence[Wish], design: GarmentDesign, notes: list[str]) -> list[tuple[int, Edit]]:
    """(place in the sentence, edit) of each choice. What a 'no zip' leaves open another choice of the sentence fills."""
    edits: dict[str, tuple[int, Edit]] = {}
    taken: dict[str, str] = {}
    for n, wish in enumerate(wishes):
        if not isinstance(wish, Choose):
            continue
        value, assumption = _meant(wish, design)
        if value == "" or (wish.value == "some" and "sleeve" in edits):
            continue
        before = edits[wish.field][1] if wish.field in edits else None
        if before and wish.removed and wish.removed != before.value:
            continue
        if wish.field in KIND_OF and wish.removed and _is_other_kind(wish, wishes, design, notes):
            continue
        if before and before.value != value and taken.get(wish.field, value) == value:
            raise Unclear(f"{quoted(before.words)} and {quoted(wish.words)} contradict each other: which one do you want?")
        edits[wish.field] = (n, _choice(wish.field, value, wish.words, assumption))
        taken |= {wish.field: wish.removed} if wish.removed else {}
        notes += [wish.note] if wish.note else []
    return list(edits.values())


def _is_other_kind(wish: Choose, wishes: Sequence[Wish], design: GarmentDesign, notes: list[str]) -> bool:
    """True where 'no kangaroo pocket' takes nothing away: another kind is wanted, or another kind is there."""
    kind = KIND_OF[wish.field]
    if any(isinstance(other, Choose) and other.field == kind and other.value != wish.removed for other in wishes):
        return True
    there = design.value(kind)
    if design.value(wish.field) and there == wish.removed:
        return False
    shown = f"{str(there).replace('_', ' ')} {kind}" if design.value(wish.field) else f"no {kind}"
    notes.append(f"{quoted(wish.words)}: the {design.garment_type} has {shown}; that stays")
    return True


def _meant(wish: Choose, design: GarmentDesign) -> tuple[str | bool, str]:
    """(value, assumption) of a choice on `design`. Raises Unclear where the garment has no such part."""
    value, assumption = wish.value, ""
    if wish.field == "length" and isinstance(value, str):
        value = length_class(value, design.garment_type)
    if value == "some":
        there = design.style.sleeve != Sleeve.NONE
        value, assumption = (str(design.style.sleeve), "") if there else ("long", "long sleeves")
    if wish.field == "fullness" and value in ("more", "less"):
        return _more_or_less(wish, design)
    if design.value(wish.field) != value:
        check_worn(wish.field, design.garment_type)
    return value, assumption


def _more_or_less(wish: Choose, design: GarmentDesign) -> tuple[str, str]:
    """The next fullness of 'more gathered'; '' for a skirt that becomes gathered with these words."""
    if design.style.silhouette not in FULL_SKIRTS and wish.value == "more":
        return "", ""
    if design.style.silhouette not in FULL_SKIRTS:
        raise Unclear(
            f"{quoted(wish.words)}: this {design.garment_type} is {_plain(design.style.silhouette)}. What should change?"
        )
    edit = _fuller(Measure("fullness", "flare", "delta", 1 if wish.value == "more" else -1, wish.words), design)
    return str(edit.value), edit.assumption


def _choice(field: str, value: str | bool, words: str, assumption: str = "") -> Edit:
    op = Op.FEATURE if field in Features.model_fields else Op.CHOOSE
    plain = value if isinstance(value, bool) else str(value)
    return Edit(op=op, field=field, value=plain, words=words[:200], assumption=assumption)


def _units(wishes: Sequence[Wish]) -> frozenset[str]:
    said = {wish.amount.unit for wish in wishes if isinstance(wish, Measure) and wish.amount}
    return frozenset(said & LENGTH_UNITS)


def _check_repeat(edit: Edit, edits: Sequence[Edit]) -> None:
    for before in edits:
        if before.field == edit.field and Op.SET == edit.op == before.op and before.value != edit.value:
            raise Unclear(f"{quoted(before.words)} and {quoted(edit.words)} contradict each other: which one do you want?")


def _measured(wish: Measure, design: GarmentDesign, units: frozenset[str]) -> Edit:
    field = field_of(wish.target, wish.dimension, design.garment_type)
    if wish.target == "hem" and wish.mode == "set" and design.garment_type != GarmentType.PANTS and not wish.dimension:
        raise Unclear("Is that the length of the garment, or the width round the hem?")
    if wish.target == "hem" and wish.mode == "set" and not wish.dimension:
        field = "hem"
    check_worn(field, design.garment_type)
    if field == "fit":
        return _refitted(wish, design)
    if field == "flare" and design.style.silhouette in FULL_SKIRTS and design.garment_type not in {*TOPS, GarmentType.PANTS}:
        return _fuller(wish, design)
    words = wish.words[:200]
    upside_down = wish.dimension == "level" and wish.target not in {*BODY_MEASUREMENTS, "flare", field}
    sign = -wish.sign if upside_down else wish.sign
    if wish.mode.startswith("times "):
        return Edit(op=Op.SCALE, field=field, value=float(wish.mode.removeprefix("times ")), words=words)
    if wish.amount is None:
        step, share = usual_step(field, wish.hedge)
        if share:
            note = f"{step * 100:g} % {'more' if sign > 0 else 'less'}"
            return Edit(op=Op.SCALE, field=field, value=1 + sign * step, words=words, assumption=note)
        note = f"{step:g} cm {'more' if sign > 0 else 'less'}"
        return Edit(op=Op.DELTA, field=field, value=sign * step, unit="cm", words=words, assumption=note)
    if wish.amount.relative:
        return _share(wish, wish.amount, field, sign)
    return _length(wish, wish.amount, design, field=field, sign=sign, units=units)


def _refitted(wish: Measure, design: GarmentDesign) -> Edit:
    if wish.amount is not None or wish.mode != "delta":
        raise Unclear(
            f"The width of this {design.garment_type} follows the body girths and the fit ({_plain(design.fit)}). "
            "Shall I change the fit, or the bust, waist or hip?"
        )
    if design.fit == (Fit.LOOSE if wish.sign > 0 else Fit.FITTED):
        question = "Which girth should change, and by how many cm?"
        raise Unclear(f"The fit is already {_plain(design.fit)}, as far as it goes. {question}")
    steps = wish.sign * _FIT_STEPS[wish.hedge]
    note = f"{abs(steps)} {'step' if abs(steps) == 1 else 'steps'} of fit" if wish.hedge or wish.dimension != "fit" else ""
    return Edit(op=Op.DELTA, field="fit", value=steps, unit="step", words=wish.words[:200], assumption=note)


def _fuller(wish: Measure, design: GarmentDesign) -> Edit:
    """The hem of a circle, gathered or pleated skirt follows its fullness: 'fuller', 'fullness: three quarters'."""
    words, at = wish.words[:200], FULLNESS_STEPS.index(design.style.fullness)
    share = _share_said(wish, FULLNESS_SHARES[design.style.fullness])
    for step in FULLNESS_STEPS:
        if share is not None and abs(FULLNESS_SHARES[step] - share) < 0.02:
            return Edit(op=Op.CHOOSE, field="fullness", value=step.value, words=words)
    if wish.mode == "delta" and wish.amount is None:
        end = min(max(at + wish.sign * _FIT_STEPS[wish.hedge], 0), len(FULLNESS_STEPS) - 1)
        if end != at:
            word = FULLNESS_STEPS[end].value
            return Edit(op=Op.CHOOSE, field="fullness", value=word, words=words, assumption=f"{_plain(word)} fullness")
    shape, now = design.style.silhouette, _plain(design.style.fullness)
    raise Unclear(f"The hem of a {shape} skirt follows its fullness, now {now}: quarter, half, three-quarter or full?")


def _share_said(wish: Measure, now: float) -> float | None:
    """The fullness that 'three quarters', '50 %' or 'twice' means; None for any other amount."""
    if wish.mode.startswith("times "):
        return now * float(wish.mode.removeprefix("times "))
    if wish.amount is None or not wish.amount.relative or wish.mode != "set":
        return None
    share = wish.amount.value / (100 if wish.amount.unit == "%" else 1)
    return now * share if wish.amount.unit == "times" else share


def _share(wish: Measure, amount: Amount, field: str, sign: int) -> Edit:
    """'by a third', '10 % longer', 'twice as long', 'to 80 %'."""
    words = wish.words[:200]
    if wish.mode == "set" and wish.target == "sleeve" and amount.unit == "part" and abs(amount.value - 0.75) < 1e-9:
        return Edit(op=Op.CHOOSE, field="sleeve", value=Sleeve.THREE_QUARTER.value, words=words)
    share = amount.value / 100 if amount.unit == "%" else amount.value
    if wish.mode == "set":
        factor = share
    elif amount.unit == "times":
        factor = share if sign > 0 else 1 / share if share else 0.0
    else:
        factor = 1 + (share if amount.signed else sign * share)
    return Edit(op=Op.SCALE, field=field, value=factor, words=words, assumption=amount.assumption)


def _length(wish: Measure, amount: Amount, design: GarmentDesign, *, field: str, sign: int, units: frozenset[str]) -> Edit:
    words = wish.words[:200]
    now = length_in(design, field)
    if wish.mode == "delta":
        value = sign * abs(amount.value) if not amount.signed or sign < 0 else amount.value
        unit, note = _unit_of(amount, field=field, now=now or 0.0, value=value, units=units, absolute=False)
        return Edit(op=Op.DELTA, field=field, value=value, unit=unit, words=words, assumption=amount.assumption or note)
    unit, note = _unit_of(amount, field=field, now=0.0, value=amount.value, units=units, absolute=True)
    total, told = _below_waist(wish, design, in_cm(amount.value, unit), field=field)
    if told:
        return Edit(op=Op.SET, field=field, value=round(total, 2), unit="cm", words=words, assumption=told)
    return Edit(op=Op.SET, field=field, value=amount.value, unit=unit, words=words, assumption=amount.assumption or note)


def _unit_of(amount: Amount, *, field: str, now: float, value: float, units: frozenset[str], absolute: bool) -> tuple[Unit, str]:
    """(unit, what was assumed). A number without unit is read by what is possible on a body, else asked."""
    if amount.unit or value == 0:
        return _LENGTH.get(amount.unit, "cm"), ""
    low, high = plausible(field)
    if not absolute and field in BODY_MEASUREMENTS:
        low, high = min(low, now), max(high, now)
    fits = [unit for unit in ("cm", "in") if low <= now + in_cm(value, unit) <= high]
    if len(units & set(fits)) == 1 and len(units) == 1:
        return _LENGTH[next(iter(units))], ""
    if len(fits) > 1:
        raise Unclear(f"Is “{amount.value:g}” for {title(field).lower()} in cm or in inches?")
    if fits == ["in"]:
        return "in", f"{amount.value:g} in inches, since {amount.value:g} cm would be no {title(field).lower()} of a person"
    return "cm", ""


def _below_waist(wish: Measure, design: GarmentDesign, length: float, *, field: str) -> tuple[float, str]:
    """A dress 'so long' is measured from the nape, trousers from the waist: what is left for the field, and the note."""
    whole = wish.target in ("it", "dress_length")
    if not whole or design.garment_type in TOPS | {GarmentType.SKIRT} or field not in ("skirt_length", "inseam"):
        return length, ""
    measures = completed(design)
    if field == "skirt_length":
        left = length - measures.bodice_length
        return left, f"{length:g} cm from nape to hem, {left:.1f} cm below the waist"
    left = length - measures.rise
    return left, f"{length:g} cm from waist to hem, {left:.1f} cm inside leg"


def _plain(value: object) -> str:
    return str(value).replace("_", "-")
