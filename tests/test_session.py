"""The shared document: patches re-based, failures without a trace, one drag one step, sessions apart."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pattern_generator import draft_pattern
from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError, DraftError
from studio.history import COALESCE_SECONDS, MAX_STEPS, Document, Patch, differences
from studio.session import Sessions
from studio.vocabulary import Neckline, Sleeve


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def document(clock):
    return Document(starting_design("shirt"), clock=clock)


def test_a_patch_changes_the_document_and_its_revision(document):
    after = document.apply(Patch({"bust": 100.0}, 0, title="bust"))
    assert (after.design.measurements.bust, after.revision, after.undo_title) == (100.0, 1, "bust")


def test_a_stale_patch_keeps_what_was_changed_meanwhile(document):
    document.apply(Patch({"bust": 100.0}, 0))
    after = document.apply(Patch({"sleeve_length": 40.0}, 0))
    assert (after.design.measurements.bust, after.design.measurements.sleeve_length) == (100.0, 40.0)


def test_a_slow_proposal_is_laid_on_the_present_document(document):
    seen = document.snapshot()
    slow = seen.design.changed({"sleeve": "short", "fit": "loose"})
    document.apply(Patch({"waist": 71.0}, seen.revision))
    after = document.propose(slow, seen=seen, title="chat")
    assert after.design.measurements.waist == 71.0
    assert (after.design.style.sleeve, after.design.fit) == (Sleeve.SHORT, "loose")
    assert document.undo().design.measurements.waist == 71.0


def test_a_fresh_proposal_is_taken_as_it_is(document):
    seen = document.snapshot()
    assert document.propose(seen.design.changed({"neckline": "v"}), seen=seen, title="chat").design.style.neckline == Neckline.V


@pytest.mark.parametrize("changes", [{"bust": 1e6}, {"bust": float("nan")}, {"nonsense": 1}, {"fit": "huge"}, {"bust": "wide"}])
def test_a_refused_patch_leaves_no_trace(document, changes):
    before = document.snapshot()
    with pytest.raises(DesignError):
        document.apply(Patch(changes, 0))
    assert document.snapshot() == before


def test_what_cannot_be_drafted_is_refused_too(clock):
    def check(design):
        if design.measurements.waist == 35.0:
            raise DraftError("too narrow to sew")

    document = Document(starting_design("dress"), check=check, clock=clock)
    with pytest.raises(DraftError):
        document.apply(Patch({"waist": 35.0}, 0))
    assert document.snapshot().design == starting_design("dress")


def test_one_drag_is_one_step(document, clock):
    for value in range(90, 110):
        clock.now += 0.05
        document.apply(Patch({"bust": float(value)}, 0, control="bust", title="bust"))
    assert document.undo().design.measurements.bust is None
    assert document.redo().design.measurements.bust == 109.0


def test_a_slow_drag_is_still_one_step(document, clock):
    for value in (90.0, 91.0, 92.5):
        clock.now += 5 * COALESCE_SECONDS
        document.apply(Patch({"bust": value}, 0, control="bust", stroke="drag 1"))
    clock.now += 5 * COALESCE_SECONDS
    document.apply(Patch({"bust": 99.0}, 0, control="bust", stroke="drag 2"))
    assert document.undo().design.measurements.bust == 92.5
    assert document.undo().design.measurements.bust is None


def test_a_pause_or_another_control_begins_a_new_step(document, clock):
    document.apply(Patch({"bust": 90.0}, 0, control="bust"))
    clock.now += COALESCE_SECONDS + 0.1
    document.apply(Patch({"bust": 95.0}, 0, control="bust"))
    document.apply(Patch({"hip": 95.0}, 0, control="hip"))
    assert document.undo().design.measurements.hip is None
    assert document.undo().design.measurements.bust == 90.0


def test_a_drag_never_joins_a_step_that_was_walked_back_to(document, clock):
    document.apply(Patch({"bust": 90.0}, 0, control="bust"))
    document.apply(Patch({"hip": 99.0}, 0, control="hip"))
    document.undo()
    after = document.apply(Patch({"bust": 91.0}, 0, control="bust"))
    assert not after.can_redo
    assert document.undo().design.measurements.bust == 90.0


def test_walking_past_the_ends_does_nothing(document):
    assert document.undo() == document.snapshot()
    assert document.redo().revision == 0


def test_a_change_to_the_same_value_is_no_step(document):
    document.apply(Patch({"bust": 90.0}, 0))
    assert document.apply(Patch({"bust": 90.0}, 0)).revision == 1


def test_history_is_bounded(document):
    for turn in range(MAX_STEPS + 30):
        document.apply(Patch({"bust": 60.0 + turn / 10}, 0))
    steps = 0
    while document.snapshot().can_undo:
        document.undo()
        steps += 1
    assert steps == MAX_STEPS - 1


def test_start_over_can_be_undone(document):
    document.start_over(starting_design("skirt"), title="text")
    assert document.undo().design.garment_type == "shirt"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.sampled_from(["bust", "hip", "undo", "redo", "bad", "type"]), max_size=24), st.randoms(use_true_random=False))
def test_any_walk_leaves_a_valid_document_and_a_growing_revision(moves, chance):
    document, last = Document(starting_design("shirt")), -1
    for move in moves:
        if move in ("undo", "redo"):
            getattr(document, move)()
        elif move == "bad":
            with pytest.raises(DesignError):
                document.apply(Patch({"bust": -1.0}, 0))
        elif move == "type":
            document.apply(Patch({"garment_type": chance.choice(["dress", "pants", "vest"])}, 0))
        else:
            document.apply(Patch({move: float(chance.randint(80, 120))}, 0, control=move))
        seen = document.snapshot()
        assert seen.revision >= last
        assert GarmentDesign.from_json(seen.design.to_json()) == seen.design
        last = seen.revision


def test_differences_lead_from_one_design_to_the_other():
    old = starting_design("shirt").changed({"bust": 100.0})
    new = old.changed({"neckline": "v", "sleeve_length": 30.0, "bust": None})
    assert old.changed(differences(old, new)) == new
    assert differences(new, new) == {}


def test_threads_lose_no_update():
    document = Document(starting_design("shirt"), check=draft_pattern)
    fields = {"bust": 101.0, "waist": 81.0, "hip": 103.0, "neck": 37.0, "bicep": 31.0, "sleeve_length": 55.0}
    threads = [threading.Thread(target=document.apply, args=(Patch({name: value}, 0),)) for name, value in fields.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = document.snapshot()
    assert {name: after.design.value(name) for name in fields} == fields
    assert after.revision == len(fields)


def test_sessions_are_apart_and_forgotten(clock):
    sessions = Sessions(starting_design("shirt"), clock=clock, ttl_seconds=10, capacity=3)
    first = sessions.of("a")
    first.apply(Patch({"bust": 120.0}, 0))
    assert sessions.of("b").snapshot().design.measurements.bust is None
    assert sessions.of("a") is first
    clock.now = 9
    assert sessions.of("a") is first
    clock.now = 18
    assert sessions.of("a") is first
    assert len(sessions) == 1
    for key in "cdef":
        sessions.of(key)
    assert len(sessions) == 3
    assert sessions.of("a") is not first
