"""The garment document: bounds, linked fields, saved form, and errors that name the field."""

import contextlib
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.design import GarmentDesign, garment_type_of, starting_design
from studio.errors import DesignError
from studio.fields import SECTION_OF, Measurements, bounds_of, title_of
from studio.sizing import Measures, completed
from studio.vocabulary import Fit, GarmentType, Length, Neckline, Sleeve


@pytest.mark.parametrize("kind", GarmentType)
def test_saved_design_reads_back_equal(kind):
    design = starting_design(kind).changed({"bust": 101.5, "colour": "red"})
    assert GarmentDesign.from_json(design.to_json()) == design


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bust", 1e6),
        ("bust", -3),
        ("bust", math.nan),
        ("bust", math.inf),
        ("bust", "90"),
        ("bust", True),
        ("bust", [90]),
        ("skirt_length", 1_000_000.0),
        ("has_hood", "yes"),
        ("has_hood", 1),
        ("fit", "very tight"),
        ("neckline", ""),
        ("garment_type", "spacesuit"),
        ("garment_type", 7),
        ("buust", 90),
        ("", 1),
    ],
)
def test_bad_value_names_the_field_and_leaves_the_design(field, value):
    design = starting_design("dress")
    before = design.to_json()
    with pytest.raises(
        DesignError, match=field.replace("_", " ") if field == "garment_type" else field or "unknown field"
    ) as caught:
        design.changed({field: value})
    assert caught.value.field == field
    assert design.to_json() == before


@pytest.mark.parametrize("name", Measurements.model_fields)
def test_bounds_are_told_and_are_inclusive(name):
    low, high = bounds_of(name)
    design = starting_design("dress")
    assert design.changed({name: low}).value(name) == low
    assert design.changed({name: high}).value(name) == high
    with pytest.raises(DesignError, match=f"{name}: .* between {low:g} and {high:g} cm"):
        design.changed({name: high + 1})
    assert title_of(name)[0].isupper()


def test_unknown_field_suggests_the_near_one():
    with pytest.raises(DesignError, match="did you mean 'sleeve_length'"):
        starting_design("shirt").changed({"sleve_length": 20})


def test_numpy_numbers_are_numbers():
    assert starting_design("skirt").changed({"waist": np.float32(70)}).measurements.waist == 70.0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"neckline": "hood"}, {"has_hood": True, "has_collar": False}),
        ({"has_hood": True}, {"neckline": Neckline.HOOD, "has_collar": False}),
        ({"has_collar": False}, {"neckline": Neckline.CREW}),
        ({"sleeve": "short"}, {"sleeve_length": None}),
        ({"sleeve": "none"}, {"has_cuffs": False}),
        ({"sleeve_length": 24}, {"sleeve": Sleeve.SHORT}),
        ({"sleeve_length": 0}, {"sleeve": Sleeve.NONE, "has_cuffs": False}),
        ({"garment_type": "jeans"}, {"garment_type": GarmentType.PANTS, "length": Length.FULL, "has_collar": False}),
    ],
)
def test_fields_that_speak_of_the_same_thing_follow(changes, expected):
    design = starting_design("shirt").changed(changes)
    assert {name: design.value(name) for name in expected} == expected


def test_body_stays_when_the_garment_type_changes():
    design = starting_design("shirt").changed({"bust": 104, "colour": "green", "fit": "loose"}).changed({"garment_type": "dress"})
    assert (design.measurements.bust, design.style.colour, design.fit) == (104, "green", Fit.LOOSE)


@pytest.mark.parametrize("alias", ["blouse", "top", "jeans", "shorts", "blazer", " Dress "])
def test_aliases(alias):
    assert garment_type_of(alias) in GarmentType
    assert starting_design("shorts").style.length == Length.SHORT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"garment_type":"dress","x":1}',
        '{"garment_type":"dress","measurements":{"bust":1e999}}',
        "[" * 5000,
    ],
)
def test_broken_files_are_refused(text):
    with pytest.raises(DesignError):
        GarmentDesign.from_json(text)


def test_a_megabyte_of_text_is_refused():
    with pytest.raises(DesignError, match="characters"):
        GarmentDesign.from_json(json.dumps({"garment_type": "dress", "x": "a" * 1_000_000}))


@given(
    st.dictionaries(
        st.sampled_from(sorted(SECTION_OF)), st.none() | st.booleans() | st.floats() | st.text(max_size=8), max_size=6
    )
)
def test_any_change_gives_a_design_or_a_design_error(changes):
    design = starting_design("jacket")
    with contextlib.suppress(DesignError):
        assert isinstance(design.changed(changes), GarmentDesign)


@given(st.floats(80, 230), st.floats(40, 200))
def test_completed_measures_are_finite_and_positive(height, bust):
    for kind in GarmentType:
        measures = completed(starting_design(kind).changed({"height": height, "bust": bust}))
        numbers = [
            value
            for name, value in vars(measures).items()
            if name not in ("cap_height", "crotch_length", "sleeve_length", "flare")
        ]
        assert all(math.isfinite(value) and value > 0 for value in numbers)


def test_given_measurements_win_over_proportions():
    measures = completed(starting_design("dress").changed({"waist": 99.0}))
    assert isinstance(measures, Measures)
    assert measures.waist == 99.0
    assert completed(starting_design("dress")).waist != 99.0
