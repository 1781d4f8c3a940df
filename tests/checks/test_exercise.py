import re

import numpy as np
import pytest

from course_utils import progress
from course_utils.checks import Exercise, Outcome, expect_values


def double(x):
    return 2 * x


def doubles(answer):
    expect_values("y", answer(np.arange(3.0)), 2 * np.arange(3.0))


@pytest.fixture
def exercise():
    return Exercise(
        item="99.1",
        lecture="test",
        name="double",
        title="Double it",
        reference=double,
        properties={"three values": doubles},
        hints=("Think.", "Multiply.", "def double(x):\n    return ... * x"),
    )


def test_the_four_outcomes(exercise):
    assert exercise(...).outcome is Outcome.NOT_STARTED
    assert exercise(lambda x: x.missing).outcome is Outcome.RAISED
    assert exercise(lambda x: 3 * x).outcome is Outcome.NOT_RIGHT
    passed = exercise(double)
    assert passed.outcome is Outcome.PASSED
    assert passed
    assert "three values" in repr(passed)


def test_a_verdict_is_symbol_and_words_in_text_and_html(exercise):
    verdict = exercise(lambda x: 3 * x)
    assert "✗ Not right yet — Double it" in repr(verdict)
    assert "y[1] is 3, expected 2" in repr(verdict)
    assert "✗ Not right yet — Double it" in verdict._repr_html_()


def test_html_of_a_verdict_is_escaped(exercise):
    def answer(x):
        raise ValueError("<script>alert(1)</script> & more")

    page = exercise(answer)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_warnings_and_overflow_in_an_answer_are_no_reason_to_fail(exercise):
    def noisy(x):
        np.exp(np.array([1e9]))
        np.array([1.0]) / np.array([0.0])
        return 2 * x

    assert exercise(noisy)


def test_an_answer_that_holds_an_ellipsis_in_the_middle_is_told_so(exercise):
    def half(x):
        factor = ...
        return factor * x

    verdict = exercise(half)
    assert verdict.outcome is Outcome.UNFINISHED
    assert "Still to do: line " in repr(verdict)
    assert "`factor = ...`" in repr(verdict)


def test_a_partly_filled_answer_is_told_how_much_is_left(exercise):
    verdict = exercise([1.0, ..., 3.0])
    assert verdict.outcome is Outcome.NOT_STARTED
    assert "1 of 3 values is still `...`. Replace the `...`" in repr(verdict)
    assert "values" not in repr(exercise([..., ...]))


def test_passing_is_remembered_and_failing_is_not(exercise, remembering):
    exercise(lambda x: x)
    assert progress.best() == []
    exercise(double)
    exercise(double)
    (best,) = progress.best()
    assert (best.kind, best.lecture, best.item, best.full, best.tries) == (
        "check", "test", "99.1", True, 2,
    )  # fmt: skip


def test_the_solution_is_shown_only_when_asked_for(exercise):
    assert "return 2 * x" in repr(exercise.solution())
    assert "return 2 * x" not in repr(exercise(lambda x: x))


def test_a_stub_between_given_lines_is_not_started(exercise):
    def stub(x):
        x = x.copy()
        # Your code here.
        y = ...
        return y

    assert exercise(stub).outcome is Outcome.NOT_STARTED


def test_a_forgotten_placeholder_does_no_harm_and_is_named_where_something_is_wrong(exercise):
    def right(x):
        ...
        return 2 * x

    def wrong(x):
        ...
        return 3 * x

    assert exercise(right)
    verdict = exercise(wrong)
    assert verdict.outcome is Outcome.UNFINISHED
    assert "`...`" in repr(verdict)
    assert "y[1] is 3, expected 2" in repr(verdict)


class Half:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, x):
        return self.factor * x

    def backward(self, error): ...


def layer_exercise(forward=2):
    def goes_forward(answer):
        expect_values("forward", answer(2.0).forward(1.0), forward)

    def goes_backward(answer):
        expect_values("backward", answer(2.0).backward(1.0), 2)

    return Exercise(
        item="99.2", lecture="test", name="half", title="Half", reference=Half,
        properties={"it goes forward": goes_forward, "it goes backward": goes_backward},
        hints=("", "", ""),
    )  # fmt: skip


def test_a_class_with_a_blank_method_is_judged_on_the_others_and_told_what_waits():
    verdict = layer_exercise()(Half)
    assert verdict.outcome is Outcome.UNFINISHED
    assert "Right so far: it goes forward" in repr(verdict)
    assert "Still to do: `backward`" in repr(verdict)
    wrong = layer_exercise(forward=3)(Half)
    assert wrong.outcome is Outcome.NOT_RIGHT
    assert "forward is 2, expected 3" in repr(wrong)
    assert "Still to do: `backward`" in repr(wrong)


def test_what_never_ends_is_a_verdict_with_the_line(exercise):
    exercise.limit = 0.2

    def endless(x):
        while True:
            x = x + 1

    verdict = exercise(endless)
    assert verdict.outcome is Outcome.RAISED
    assert re.search(r"stopped after 0\.[28] s in line ", repr(verdict))


def test_what_is_printed_stands_in_the_verdict_cut_off(exercise, capsys):
    def chatty(x):
        print("x" * 100_000)
        return x

    verdict = exercise(chatty)
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert "Your code printed" in repr(verdict)
    assert len(repr(verdict)) < 4000
    assert capsys.readouterr().out == ""


class UnspeakableError(Exception):
    def __str__(self):
        raise ValueError


@pytest.mark.parametrize("error", [SystemExit(3), UnspeakableError(), EOFError()])
def test_whatever_is_raised_is_told_as_such(exercise, error):
    def fails(x):
        raise error

    verdict = exercise(fails)
    assert verdict.outcome is Outcome.RAISED
    assert type(error).__name__ in repr(verdict)
    assert "raise error" in repr(verdict)
