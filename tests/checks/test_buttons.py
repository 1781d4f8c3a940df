import re

import pytest

from course_utils.checks import Exercise, Fault, Outcome
from course_utils.checks.buttons import Buttons


@pytest.fixture
def exercise():
    return Exercise(
        item="99.1",
        lecture="test",
        name="double",
        title="Double it",
        reference=lambda x: 2 * x,
        rounds={"three numbers": lambda rng: (rng.normal(size=3),)},
        faults=(Fault("it is halved", lambda x: x / 2),),
        hints=("Think.", "Multiply.", "def double(x):\n    return ... * x"),
    )


def shown(buttons):
    return [re.sub("<[^>]*>", "", html) for html in buttons.shown]


def test_hints_appear_one_by_one(exercise):
    verdict = exercise(lambda x: x / 2)
    buttons = Buttons("", False, verdict.aid)
    assert buttons.hint == "Hint"
    for words in ("Nudge, 1 of 3", "Hint, 2 of 3", "Scaffold, 3 of 3"):
        buttons.press("hint")
        assert words in shown(buttons)[-1]
    assert buttons.hint == ""
    buttons.press("hint")
    assert len(buttons.shown) == 3


def test_the_solution_is_shown_at_once_only_to_those_who_tried(exercise):
    buttons = Buttons("", False, exercise(...).aid)
    buttons.press("solution")
    assert buttons.shown == []
    assert "Nothing is tried yet" in buttons.solution
    buttons.press("solution")
    assert "2 * x" in shown(buttons)[0]
    assert buttons.solution == ""

    exercise(lambda x: x)
    buttons = Buttons("", False, exercise(...).aid)
    buttons.press("solution")
    assert "2 * x" in shown(buttons)[0]


def test_who_has_passed_needs_no_hint(exercise):
    assert Buttons("", True, exercise(lambda x: 2 * x).aid).hint == ""


def test_a_verdict_shows_the_same_text_with_and_without_a_kernel(exercise):
    verdict = exercise(...)
    bundle, _ = verdict._repr_mimebundle_()
    assert bundle["text/plain"] == repr(verdict)
    assert bundle["text/html"] == verdict._repr_html_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert verdict.outcome is Outcome.NOT_STARTED
    assert exercise(...)._repr_mimebundle_()[0]["text/plain"] == bundle["text/plain"]
