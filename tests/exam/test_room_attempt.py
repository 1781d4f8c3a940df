"""One attempt: whatever is done in whatever order, the rules of an exam hold."""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from course_utils.exam.blueprint import EXAM
from course_utils.exam.room.attempt import (
    Attempt,
    Blank,
    RefusedError,
    begin,
)
from course_utils.exam.room.fields import restore, reworded, save
from course_utils.exam.room.report import Marker
from tests.exam.room_examples import FEW, ITEMS

QUESTIONS = tuple(item.canonical() for item in FEW.values())
SECONDS = 60 * EXAM.minutes(QUESTIONS)
IDS = [question.id for question in QUESTIONS]
FIELDS = ["a", "b", "none", "0.0", "0.1", "text", "shown", "nonsense/with@signs"]
TYPED = st.sampled_from(["", " ", "x", "3", "1/2", "abc"]) | st.text(max_size=5)


def find(id_: str, seed: int | None) -> Any:
    return next((q for q in QUESTIONS if (q.id, q.seed) == (id_, seed)), None)


def begun(mode: Any = "exam") -> Attempt:
    return begin(mode, QUESTIONS, 1000.0)


class Sitting(RuleBasedStateMachine):
    """A student who does anything at any time."""

    @initialize(mode=st.sampled_from(["exam", "variant", "practice"]))
    def come_in(self, mode: Any) -> None:
        self.now = 1000.0
        self.attempt = begin(mode, QUESTIONS, self.now)
        self.marker = Marker()
        self.frozen: Any = None  # what was typed when nothing could be changed any more
        self.submissions = 0

    def attempt_to(self, action: Any) -> bool:
        """Carry out an action; if it is refused, nothing has changed."""
        before = save(self.attempt)
        try:
            self.attempt = action(self.attempt)
        except RefusedError:
            assert save(self.attempt) == before
            return False
        return True

    @rule(seconds=st.sampled_from([1.0, 60.0, 2000.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(
        id_=st.sampled_from([*IDS, "9.9"]),
        part=st.integers(-1, 1),
        field=st.sampled_from(FIELDS),
        typed=TYPED,
    )
    def type(self, id_: str, part: int, field: str, typed: str) -> None:
        was_open = not self.attempt.closed(self.now)
        before = self.attempt
        done = self.attempt_to(lambda a: a.type(self.now, Blank(id_, part, field), typed))
        if was_open:
            assert done == (id_ in IDS and part == 0)
        if done:
            assert self.attempt.answers(id_)[part].get(field, "") == typed
        if done and not was_open:
            assert before.submitted is not None
            assert before.may_tick(id_, part)
            assert self.attempt.typed == before.typed

    @rule(id_=st.sampled_from([*IDS, "9.9"]))
    def flag(self, id_: str) -> None:
        self.attempt_to(lambda a: a.flag(id_))

    @rule(by=st.integers(-9, 9), id_=st.sampled_from([*IDS, "9.9"]))
    def walk(self, by: int, id_: str) -> None:
        self.attempt_to(lambda a: a.step(by))
        self.attempt_to(lambda a: a.go(id_))

    @rule()
    def pause(self) -> None:
        done = self.attempt_to(lambda a: a.pause(self.now))
        assert not done or self.attempt.mode == "practice"

    @rule()
    def resume(self) -> None:
        left = self.attempt.remaining(self.now)
        if self.attempt_to(lambda a: a.resume(self.now)):
            assert self.attempt.remaining(self.now) == pytest.approx(left, abs=1e-6)

    @rule()
    def submit(self) -> None:
        self.submissions += self.attempt_to(lambda a: a.submit(self.now))

    @precondition(lambda self: self.attempt.submitted is None)
    @rule()
    def restart(self) -> None:
        self.attempt = restore(save(self.attempt), find)

    @invariant()
    def submitted_at_most_once(self) -> None:
        assert self.submissions == (self.attempt.submitted is not None)

    @invariant()
    def no_answer_changes_once_it_is_frozen(self) -> None:
        if self.frozen is not None:
            assert self.attempt.typed == self.frozen
        if self.attempt.submitted is not None or self.attempt.over(self.now):
            self.frozen = dict(self.attempt.typed)

    @invariant()
    def points_lie_between_none_and_all(self) -> None:
        report = self.marker.report(self.attempt)
        assert 0 <= report.own <= report.points <= report.out_of == self.attempt.points
        assert all(0 <= one.points <= one.out_of for one in report.results)
        assert sum(one.points for one in report.by_section()) == pytest.approx(report.points)
        assert sum(one.out_of for one in report.by_lecture()) == pytest.approx(report.out_of)

    @invariant()
    def saved_and_restored_it_is_the_same(self) -> None:
        fields = json.loads(json.dumps(save(self.attempt)))
        assert restore(fields, find) == self.attempt
        assert reworded(self.attempt, fields) == ()

    @invariant()
    def the_time_left_is_what_the_rules_say(self) -> None:
        assert self.attempt.remaining(self.now) >= 0
        if self.attempt.mode != "practice":
            assert self.attempt.deadline == 1000.0 + SECONDS


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=60, stateful_step_count=25)


def test_the_clock_runs_at_the_exams_pace() -> None:
    whole = begin("exam", tuple(item.canonical() for item in ITEMS.values()), 1000.0)
    assert whole.remaining(1000.0) == 90 * 60  # the six bonus points come on top
    assert begun("exam").remaining(1000.0) == 15 * 60  # eight points, and a bonus: 12 minutes
    assert begun("practice").remaining(1000.0) == begun().points * 90
    assert begun("exam").over(1000.0 + 90 * 60)


def test_when_the_time_is_over_answers_are_frozen_and_can_be_handed_in() -> None:
    attempt = begun().type(1000.0, Blank("3.1", 0, "0.0"), "3")
    late = 1000.0 + SECONDS
    with pytest.raises(RefusedError, match="time is over"):
        attempt.type(late, Blank("3.1", 0, "0.0"), "4")
    assert attempt.submit(late).submitted == late


def test_a_second_submission_is_refused() -> None:
    with pytest.raises(RefusedError, match="handed in before"):
        begun().submit(1001.0).submit(1002.0)


def test_an_exam_cannot_be_paused_and_practice_stands_still() -> None:
    with pytest.raises(RefusedError, match="no pause"):
        begun().pause(1001.0)
    paused = begun("practice").pause(1100.0)
    with pytest.raises(RefusedError, match="go on first"):
        paused.type(1101.0, Blank("3.1", 0, "0.0"), "3")
    assert paused.remaining(10**9) == paused.remaining(1100.0)
    assert not paused.over(10**9)
    assert paused.resume(10**9).remaining(10**9) == paused.remaining(1100.0)


def test_a_rubric_is_ticked_after_submission_and_the_text_is_not_touched() -> None:
    attempt = begun().type(1001.0, Blank("2.2", 0, "text"), "It is 3.").submit(1002.0)
    ticked = attempt.type(2000.0, Blank("2.2", 0, "a"), "x")
    assert ticked.answers("2.2") == ({"text": "It is 3.", "a": "x"},)
    assert ticked.typed == attempt.typed
    assert ticked.type(2001.0, Blank("2.2", 0, "a"), "").ticks == {}
    for blank in (
        Blank("2.2", 0, "text"),  # what was handed in
        Blank("5.5", 0, "a"),  # marked by the student, but left empty
        Blank("3.1", 0, "0.0"),  # marked by the course
    ):
        with pytest.raises(RefusedError, match="handed in"):
            ticked.type(2002.0, blank, "x")


def test_a_reworded_question_starts_empty_and_is_told_of() -> None:
    fields = save(begun().type(1001.0, Blank("3.1", 0, "0.0"), "3"))

    def find_reworded(id_: str, seed: int | None) -> Any:
        return FEW[id_].variant(7) if id_ == "3.1" else find(id_, seed)

    attempt = restore(fields, find_reworded)
    assert attempt.state("3.1") == "empty"
    assert reworded(attempt, fields) == ("3.1",)


def test_an_item_that_left_the_bank_is_left_out() -> None:
    fields = save(begun().go("3.1"))
    attempt = restore(fields, lambda id_, seed: None if id_ == "3.1" else find(id_, seed))
    assert [question.id for question in attempt.questions] == ["1.1", "1.2", "2.2", "5.5"]
    assert attempt.current == "1.1"


@pytest.mark.parametrize(
    "change",
    [
        {"attempt": "{"},
        {"attempt": "null"},
        {"attempt": '{"mode": "party", "begun": 1, "asked": [["1.1", null]]}'},
        {"attempt": '{"mode": "exam", "begun": 1, "asked": []}'},
        {"clock": "7"},
        {"answer/1.1": "x"},
    ],
)
def test_what_is_no_attempt_raises_and_nothing_else(change: dict[str, str]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        restore({**save(begun()), **change}, find)


def test_there_must_be_something_to_ask() -> None:
    with pytest.raises(RefusedError, match="nothing to ask"):
        begin("exam", (), 0.0)
