"""What the sewn garment measures, the lengths, areas and solving that it rests on, and the front door to the files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern, findings_on_paper, writer_for
from studio.checking.darts import is_inside
from studio.curves import Curve
from studio.design import starting_design
from studio.drafting.ease import ease_for
from studio.drafting.geometry import solved
from studio.errors import DesignError, DraftError
from studio.finished import finished_measures, inside_length
from studio.pattern import Pattern
from studio.sizes import TABLES, sized
from studio.vocabulary import GarmentType
from tests.bodies import designs


def measured(pattern: Pattern) -> dict:
    return {measure.name: measure for measure in finished_measures(pattern)}


def test_finished_girths_are_the_body_plus_the_stated_ease():
    pattern = draft_pattern(starting_design("dress").changed({"bust": 96.0, "waist": 80.0, "hip": 104.0}))
    ease = ease_for(pattern.design)
    found = measured(pattern)
    assert found["bust"].ease == pytest.approx(ease.bust, abs=0.1)
    assert found["waist"].ease == pytest.approx(ease.waist, abs=0.1)
    assert found["hip"].ease == pytest.approx(ease.hip, abs=0.1)
    assert found["biceps"].ease >= ease.bicep - 0.01


def test_overlaps_are_counted_to_the_centre_only():
    jacket = draft_pattern(starting_design("jacket").changed({"bust": 96.0}))
    assert measured(jacket)["bust"].ease == pytest.approx(ease_for(jacket.design).bust, abs=0.1)


@pytest.mark.parametrize("table", TABLES)
def test_every_size_of_a_table_has_the_stated_bust(table):
    for size in TABLES[table]:
        for kind in ("shirt", "dress", "vest"):
            pattern = draft_pattern(sized(starting_design(kind), table, size))
            assert measured(pattern)["bust"].ease == pytest.approx(ease_for(pattern.design).bust, abs=0.5), (size, kind)


def test_lengths_follow_what_was_asked_for():
    trousers = measured(draft_pattern(starting_design("pants").changed({"inseam": 70.0, "has_cuffs": True})))
    assert trousers["inseam"].value == pytest.approx(70.0, abs=1.0), "the turn-up is not counted"
    skirt = measured(draft_pattern(starting_design("skirt").changed({"skirt_length": 63.0})))
    assert skirt["skirt_length"].value == pytest.approx(63.0, abs=0.1)
    shirt = measured(draft_pattern(starting_design("shirt").changed({"sleeve_length": 57.0, "back_length": 66.0})))
    assert shirt["sleeve_length"].value == pytest.approx(57.0, abs=0.6)
    assert shirt["back_length"].value == pytest.approx(66.0, abs=0.1)


@given(design=designs())
@settings(max_examples=60)
def test_every_garment_has_finite_measures_of_its_kind(design):
    found = measured(draft_pattern(design))
    assert all(0 < measure.value < 1200 for measure in found.values())
    expected = {
        GarmentType.SKIRT: {"waist", "hem", "skirt_length"},
        GarmentType.PANTS: {"waist", "hip", "thigh", "leg_hem", "rise", "crotch", "inseam", "outseam"},
    }.get(design.garment_type, {"bust", "hem", "shoulder", "neck_opening", "back_length"})
    assert expected <= set(found)


def test_lines_are_measured_inside_an_outline():
    square = np.array(((0, 0), (10, 0), (10, 10), (6, 10), (5, 4), (4, 10), (0, 10)), dtype=float)
    assert inside_length(square, np.array((0.0, 9.0)), np.array((1.0, 0.0))) == pytest.approx(10 - 2 * 5 / 6)
    assert inside_length(square, np.array((0.0, 3.0)), np.array((2.0, 0.0)), low=2.0, high=5.0) == pytest.approx(3.0)
    assert is_inside(square, np.array((5.0, 3.9)))
    assert not is_inside(square, np.array((5.0, 4.1)))


@given(points=st.lists(st.floats(-50, 50), min_size=8, max_size=8))
def test_length_and_swept_area_of_a_curve_agree_with_a_fine_polyline(points):
    curve = Curve(np.array(points).reshape(4, 2))
    fine = curve.at(np.linspace(0, 1, 4001))
    x, y = fine.T
    assert curve.swept == pytest.approx(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])), abs=0.02)
    assert curve.length == pytest.approx(float(np.hypot(*np.diff(fine, axis=0).T).sum()), rel=0.02, abs=0.01)
    assert np.allclose(curve.stepped(9), curve.at(np.linspace(0, 1, 9)))


@given(root=st.floats(0.01, 0.99), bend=st.floats(-0.9, 4.0))
def test_solving_comes_within_its_promise_in_few_evaluations(root, bend):
    asked = []

    def excess(x: float) -> float:
        asked.append(x)
        return 30 * (x - root) * (1 + bend * x) if bend * x > -1 else -1.0

    found = solved(excess, 0.0, 1.0, what="the test")
    assert found == pytest.approx(root, abs=1e-6)
    assert len(asked) <= 25
    with pytest.raises(DraftError, match="the test"):
        solved(lambda x: x + 1, 0.0, 1.0, what="the test")


def test_the_longest_known_suffix_chooses_the_format():
    plain, garmentcode = writer_for(Path("x.json")), writer_for(Path("x.GarmentCode.json"))
    assert plain is not garmentcode
    assert writer_for(Path("my.dress.json")) is plain
    assert writer_for(Path("my.garmentcode.json")) is garmentcode
    for name in ("dress.xyz", "dress", ".pdf"):
        with pytest.raises(DesignError, match=r"NAME\.garmentcode\.json, .*NAME\.json, .*NAME\.pdf"):
            writer_for(Path(name))


def test_findings_on_paper_are_made_once_for_a_design():
    design = starting_design("skirt")
    assert findings_on_paper(design) == ()
    assert findings_on_paper(design) is findings_on_paper(starting_design("skirt"))
