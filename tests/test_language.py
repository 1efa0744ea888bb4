"""Sentences to design changes: a table of sentences with exact results, and properties that hold for any text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError
from studio.fields import SECTION_OF, Measurements
from studio.language import MAX_CHARACTERS, Action, Edit, Op, apply_edits, read_text
from studio.language.amounts import amount_at, in_cm, plain_text
from studio.language.lexicon import phrases
from studio.sizes import Table, body_of, size_names
from studio.sizing import completed
from studio.vocabulary import (
    TOPS,
    Collar,
    Construction,
    Fullness,
    GarmentType,
    Hood,
    PocketKind,
    Silhouette,
)

SENTENCES = Path(__file__).with_name("sentences")
NO_CHANGE = {Action.ASK, Action.REFUSE, Action.ANSWER, Action.KEEP, Action.UNDO, Action.REDO}


def cases(name: str) -> list[dict[str, Any]]:
    lines = (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


KNOWN = cases("language")


def test_the_table_is_large_and_without_repeats() -> None:
    assert len(KNOWN) >= 300
    assert len({(case["on"], case["say"]) for case in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize("case", KNOWN, ids=[f"{case['on']}-{case['say'][:50]}" for case in KNOWN])
def test_sentence(case: dict[str, Any]) -> None:
    design = starting_design(case["on"]) if case["on"] else None
    reading = read_text(case["say"], design)
    allowed = case["action"] if isinstance(case["action"], list) else [case["action"]]
    assert reading.action in allowed, reading.reply
    for words in case.get("says", []):
        assert words.lower() in reading.reply.lower()
    if reading.action in NO_CHANGE:
        assert reading.design is design
        assert reading.changes == ()
        return
    fields = expected(case)
    base = starting_design(fields["garment_type"]) if reading.action == Action.CREATE else design
    assert base is not None
    assert reading.design is not None
    assert_only(reading.design, base, fields)


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """The fields that the sentence decides; `size` stands for the whole body of a size ('women M')."""
    table, _, size = case.get("size", "").partition(" ")
    return ({**body_of(Table(table), size)} if size else {}) | case["fields"]


def assert_only(new: GarmentDesign, base: GarmentDesign, fields: dict[str, Any]) -> None:
    """`new` differs from `base` in `fields` and nowhere else, measurements that nobody decides apart."""
    for field in SECTION_OF:
        if field in fields:
            measured = field in Measurements.model_fields
            value = getattr(completed(new), field) if measured else new.value(field)
            assert value == (pytest.approx(fields[field], abs=0.06) if measured else fields[field]), field
        elif not (field in Measurements.model_fields and new.value(field) is None):
            assert new.value(field) == base.value(field), field


def test_a_new_garment_keeps_the_body_and_nothing_else() -> None:
    old = starting_design("shirt").changed({"bust": 104.0, "height": 181.0, "sleeve_length": 50.0, "colour": "red"})
    new = read_text("a linen dress", old).design
    assert new is not None
    assert (new.measurements.bust, new.measurements.height, new.measurements.sleeve_length) == (104.0, 181.0, None)
    assert new.style.colour == starting_design("dress").style.colour


def test_changes_say_old_new_unit_and_words() -> None:
    reading = read_text("make the sleeves 5 cm longer", starting_design("shirt"))
    (change,) = reading.changes
    assert (change.field, change.old, change.new, change.unit) == ("sleeve_length", 58.65, 63.65, "cm")
    assert change.words == "sleeves 5 cm longer"
    assert change.assumption == ""


def test_a_decided_length_that_a_class_replaces_is_said() -> None:
    design = starting_design("skirt").changed({"skirt_length": 50.0})
    assert "Skirt length 50 → 76.5 cm" in read_text("make it midi", design).reply.replace("skirt length", "Skirt length")


def test_the_edits_of_a_reading_give_its_design_again() -> None:
    for case in KNOWN:
        design = starting_design(case["on"]) if case["on"] else None
        reading = read_text(case["say"], design)
        if reading.action in (Action.EDIT, Action.EDIT_WITH_ASSUMPTION):
            assert design is not None
            edits = [Edit.model_validate_json(edit.model_dump_json()) for edit in reading.edits]
            assert apply_edits(design, edits) == reading.design


ALL_KINDS = [*Collar, *Hood, *PocketKind, *Fullness, *Construction, *Silhouette]


@pytest.mark.parametrize("choice", ALL_KINDS, ids=[f"{type(choice).__name__}-{choice}" for choice in ALL_KINDS])
def test_every_choice_has_a_word_of_its_own(choice: object) -> None:
    said = [(field, value) for entry in phrases().values() for field, value in entry.choices]
    field = {Collar: "collar", Hood: "hood", PocketKind: "pocket", Fullness: "fullness", Construction: "construction"}
    assert (field.get(type(choice), "silhouette"), str(choice)) in said


def test_every_choice_of_the_lexicon_fits_the_document() -> None:
    for entry in phrases().values():
        kind = "jacket" if entry.tag != "G" else entry.name
        lengths = {field for field, _ in entry.choices if field == "length"}
        starting_design(kind).changed({field: value for field, value in entry.choices if field not in lengths})


NEW_PARTS = [
    "notched collar", "mandarin collar", "shawl collar", "kangaroo pocket", "side seam pockets", "cargo pockets", "yoke",
    "rib hem", "three panel hood", "waist seam",
]  # fmt: skip


@pytest.mark.parametrize("part", NEW_PARTS)
@pytest.mark.parametrize("garment", sorted(GarmentType))
def test_no_garment_gets_what_it_cannot_have_and_nothing_is_dropped_silently(garment: GarmentType, part: str) -> None:
    """What is asked for is there afterwards, was there before, or the reply names it."""
    reading = read_text(f"make it red and add a {part}", starting_design(garment))
    new = reading.design
    assert new is not None
    assert new.style.collar != Collar.NOTCHED or garment == GarmentType.JACKET
    assert new.style.pocket != PocketKind.KANGAROO or garment == GarmentType.HOODIE
    assert not new.features.has_yoke or garment == GarmentType.SHIRT
    assert not new.features.has_ribs or garment in TOPS
    field = {"collar": "has_collar", "hood": "has_hood", "pocket": "has_pockets", "pockets": "has_pockets", "yoke": "has_yoke"}
    feature = field.get(part.split()[-1], "has_waist_seam" if "waist" in part else "has_ribs")
    there = bool(new.value(feature)) and (feature != "has_waist_seam" or garment == GarmentType.DRESS)
    assert there or feature.removeprefix("has_").rstrip("s").replace("_", " ") in reading.reply.lower()


@pytest.mark.parametrize("table", sorted(Table))
def test_every_size_of_every_table_can_be_said(table: Table) -> None:
    for size in size_names(table):
        words = {Table.WOMEN: f"women's {size}", Table.MEN: f"size {size} for a man", Table.CHILDREN: f"a child of {size} cm"}[
            table
        ]
        new = read_text(f"make it for {words}", starting_design("shirt")).design
        assert new is not None
        assert new.body() == body_of(table, size)


def test_what_was_said_beats_the_size() -> None:
    for sentence in ("size M, waist 80 cm, height 181 cm", "height 181 cm, waist 80 cm, size M"):
        new = read_text(sentence, starting_design("dress")).design
        assert new is not None
        assert new.body() == body_of(Table.WOMEN, "M") | {"waist": 80.0, "height": 181.0}


def test_girths_that_nobody_decided_are_said_where_they_move() -> None:
    reply = read_text("waist 80 cm", starting_design("shirt")).reply
    assert "bust 92 → 100" in reply
    assert "hip 98 → 106.5" in reply
    measured = starting_design("pants").changed({"hip": 100.0, "waist": 76.0, "thigh": 58.0})
    assert "moving" not in read_text("waist 80 cm", measured).reply


def test_fullness_steps_up_and_down_on_a_full_skirt() -> None:
    skirt = starting_design("skirt").changed({"silhouette": "gathered"})
    for sentence, fullness in (
        ("fuller", Fullness.THREE_QUARTER),
        ("less fullness", Fullness.QUARTER),
        ("double the fullness", Fullness.FULL),
        ("make it more gathered", Fullness.THREE_QUARTER),
        ("less gathered", Fullness.QUARTER),
    ):
        new = read_text(sentence, skirt).design
        assert new is not None
        assert new.style.fullness == fullness
    assert "follows its fullness" in read_text("5 cm more flare", skirt).reply


@pytest.mark.parametrize(
    ("op", "field", "value", "unit"),
    [
        ("set", "bust", 96, ""), ("set", "bust", True, "cm"), ("set", "colour", "red", ""), ("scale", "bust", 1.1, "cm"),
        ("choose", "bust", "96", ""), ("choose", "has_hood", "yes", ""), ("feature", "has_hood", 1, ""),
        ("set", "girth", 9, "cm"),
        ("delta", "bust", float("nan"), "cm"), ("set", "bust", float("inf"), "cm"), ("delta", "fit", 1, "cm"),
        ("grow", "bust", 1, "cm"),
    ],
)  # fmt: skip
def test_an_edit_that_makes_no_sense_is_refused(op: str, field: str, value: object, unit: str) -> None:
    with pytest.raises(ValidationError):
        Edit.model_validate({"op": op, "field": field, "value": value, "unit": unit})


def test_edits_out_of_bounds_name_the_field() -> None:
    with pytest.raises(DesignError) as caught:
        apply_edits(starting_design("shirt"), [Edit(op=Op.DELTA, field="sleeve_length", value=2, unit="m")])
    assert caught.value.field == "sleeve_length"


@pytest.mark.parametrize(
    ("text", "cm"),
    [
        ("5 cm", 5), ("2,5 cm", 2.5), ("1 1/2 inch", 3.81), ("½ inch", 1.27), ("2½\"", 6.35), ("5'7\"", 170.18),
        ("5 ft 7 in", 170.18), ("an inch and a half", 3.81), ("1 m", 100), ("30 mm", 3), ("two inches", 5.08),
        ("half an inch", 1.27), ("one and a half inches", 3.81),
        ("a foot", 30.48),
        ("1 yd", 91.44), ("1m70", 170), ("-3 cm", -3), ("−3 cm", -3), ("+ 2 cm", 2), ("1,250 mm", 125), ("3/4 inch", 1.905),
        ("2 yards", 182.88), (".5 in", 1.27), ("1.75 m", 175), ("a couple of inches", 5.08), ("6-inch", 15.24),
    ],
)  # fmt: skip
def test_amounts(text: str, cm: float) -> None:
    plain = plain_text(text).lower()
    found = amount_at(plain, 0)
    assert found is not None
    amount, end = found
    assert end == len(plain)
    assert in_cm(amount.value, amount.unit) == pytest.approx(cm)


@pytest.mark.parametrize("text", ["1e9 cm", "NaN cm", "1/0 cm", "inf", "5x7x9", "12345678901234567890 cm"])
def test_no_amount_in_odd_numbers(text: str) -> None:
    found = amount_at(text.lower(), 0)
    assert found is None or found[1] < len(text)


WORDS = sorted({word for phrase in phrases() for word in phrase.split()})
ODD = ["sparkly", "5 cm", "2 inches", "10%", "96", "a third", ",", ".", "-3", "½", "'", '"', "👗", "ärmel", "裙", "<b>", "*"]
SOUP = st.lists(st.sampled_from(WORDS) | st.sampled_from(ODD), max_size=14).map(" ".join)
DESIGNS = st.none() | st.sampled_from(sorted(GarmentType)).map(starting_design)


@settings(max_examples=600)
@given(st.text(max_size=120) | SOUP, DESIGNS)
@example("set bust to", starting_design("shirt"))
@example("\x00\x1b[31m make it red", starting_design("shirt"))
@example("İİİ sleeves ﷺ 5 cm", starting_design("shirt"))
def test_any_text_is_safe(text: str, design: GarmentDesign | None) -> None:
    reading = read_text(text, design)
    assert reading == read_text(text, design)
    assert reading.reply.strip()
    assert len(reading.reply) < 1500
    if reading.action in NO_CHANGE:
        assert reading.design is design
        assert not reading.changes
    else:
        assert reading.design is not None
        assert GarmentDesign.from_json(reading.design.to_json()) == reading.design
        for change in reading.changes:
            if change.unit == "cm":
                assert isinstance(change.new, float)
    assert_left_over_is_said(reading.reply, reading.unread, reading.action)


def assert_left_over_is_said(reply: str, unread: tuple[str, ...], action: Action) -> None:
    if action in NO_CHANGE - {Action.ANSWER, Action.UNDO, Action.REDO} or not unread:
        return
    assert "did not understand" in reply
    distinct = list(dict.fromkeys(unread))
    assert re.search(r"\d+ more word", reply) or all(word[:8] in reply or not word.isalnum() for word in distinct)


@settings(max_examples=200)
@given(
    st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=5, max_size=12),
    st.sampled_from(["make it {} and red", "a {} red dress", "red, {}"]),
)
def test_a_nonsense_word_beside_an_edit_is_named(word: str, sentence: str) -> None:
    reading = read_text(sentence.format(word), starting_design("shirt"))
    if reading.action in (Action.CREATE, Action.EDIT):
        assert word in reading.reply


def test_megabytes_are_refused_at_once() -> None:
    start = time.perf_counter()
    reading = read_text("sleeves longer " * 70_000, starting_design("shirt"))
    assert reading.action == Action.REFUSE
    assert f"{MAX_CHARACTERS:,}" in reading.reply
    assert time.perf_counter() - start < 0.1


def test_the_users_words_are_quoted_shortly_and_without_markup() -> None:
    reading = read_text("make it [click](http://evil.example/x) **bold** `code` " + "y" * 300, starting_design("shirt"))
    assert not re.search(r"[\[\]*`<>]", reading.reply)
    assert max(map(len, re.findall("“[^”]*”", reading.reply)), default=0) <= 42


def test_a_sentence_takes_less_than_20_ms() -> None:
    design = starting_design("dress")
    read_text("2 inches longer", design)
    seconds = []
    for case in KNOWN:
        start = time.perf_counter()
        read_text(case["say"], design)
        seconds.append(time.perf_counter() - start)
    assert sorted(seconds)[int(0.95 * len(seconds))] < 0.02


def test_import_is_light() -> None:
    heavy = "('pint', 'rapidfuzz', 'numpy', 'gradio', 'torch')"
    code = f"import sys, studio.language; print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SENTENCES.parents[1])
    assert done.stdout.strip() == ""


def test_the_held_out_sentences_stay_read() -> None:
    right = 0
    for case in cases("language_held_out"):
        design = starting_design(case["on"]) if case["on"] else None
        allowed = case["action"] if isinstance(case["action"], list) else [case["action"]]
        right += read_text(case["say"], design).action in allowed
    assert right >= 134
