"""Every exercise of every room, proven both ways.

`tests/lessons/<room>/answers.py` holds, for each exercise by name, ``RIGHT`` answers in different
styles and ``WRONG`` ones, each with words of the likely cause that the student must be told.
"""

import importlib

import pytest

from course_utils.checks import Outcome
from course_utils.lessons.room import exercises, room_names

EXERCISES = {f"{room}.{ex.name}": (room, ex) for room in room_names() for ex in exercises(room)}


def answers(name, kind):
    room, exercise = EXERCISES[name]
    module = importlib.import_module(f"tests.lessons.{room}.answers")
    return getattr(module, kind).get(exercise.name, [])


RIGHT = [(name, i) for name in EXERCISES for i in range(len(answers(name, "RIGHT")))]
WRONG = [(name, i) for name in EXERCISES for i in range(len(answers(name, "WRONG")))]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_enough_answers_on_both_sides(name):
    assert len(answers(name, "RIGHT")) >= 2
    assert len(answers(name, "WRONG")) >= 6


@pytest.mark.parametrize(("name", "number"), RIGHT)
def test_a_right_answer_of_any_style_passes(name, number):
    verdict = EXERCISES[name][1](answers(name, "RIGHT")[number])
    assert verdict.outcome is Outcome.PASSED, verdict


@pytest.mark.parametrize(("name", "number"), WRONG)
def test_a_wrong_answer_is_refused_with_the_intended_cause(name, number):
    answer, cause = answers(name, "WRONG")[number]
    verdict = EXERCISES[name][1](answer)
    assert verdict.outcome is Outcome.NOT_RIGHT, verdict
    assert cause in repr(verdict)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_passes_and_a_blank_is_not_started(name):
    exercise = EXERCISES[name][1]
    assert exercise(exercise.reference)
    assert exercise(...).outcome is Outcome.NOT_STARTED
    assert exercise(None).outcome is Outcome.NOT_STARTED


@pytest.mark.parametrize("name", [n for n, (_, ex) in EXERCISES.items() if callable(ex.reference)])
def test_an_answer_that_raises_is_told_so(name):
    exercise = EXERCISES[name][1]

    def broken(*_):
        return 1 / 0

    verdict = exercise(broken)
    assert verdict.outcome is Outcome.RAISED
    assert "return 1 / 0" in repr(verdict)


@pytest.mark.parametrize("name", EXERCISES)
def test_hints_go_from_nudge_to_scaffold_and_never_to_the_solution(name):
    exercise = EXERCISES[name][1]
    shown = [repr(exercise.hint()) for _ in range(4)]
    exercise._shown = 0
    assert [text.split(",")[0] for text in shown] == ["Nudge", "Hint", "Scaffold", "Scaffold"]
    assert "..." in shown[2], "a scaffold leaves something to do"
    solution = exercise.solution().code
    assert solution
    assert not any(solution in text for text in shown)


def test_items_are_numbered_without_gaps():
    for room in room_names():
        items = [exercise.item for exercise in exercises(room)]
        lecture = items[0].split(".")[0] if items else ""
        assert items == [f"{lecture}.{i}" for i in range(1, len(items) + 1)]
