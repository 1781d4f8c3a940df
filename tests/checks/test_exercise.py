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

    assert "still waits for its value" in repr(exercise(half))


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
