"""Every exercise of every room, proven both ways.

A wrong answer is made of each `Fault` of an exercise, and the verdict must name exactly this fault.
`tests/lessons/<room>/answers.py` adds, for each exercise by name, ``RIGHT`` answers in different
styles, and ``WRONG`` ones that no fault expresses, each with words of the likely cause.
"""

import functools
import importlib
import pickle

import numpy as np
import pytest
import torch

from course_utils.authoring.blanks import blank
from course_utils.authoring.source import load
from course_utils.checks import Fault, Outcome
from course_utils.checks.causes import Causes
from course_utils.checks.faults import Along
from course_utils.lessons.room import exercises
from tests.lessons import rooms

EXERCISES = {f"{room}.{ex.name}": (room, ex) for room in rooms.names() for ex in exercises(room)}
LECTURES = rooms.lectures()
CHECKED = [name for name, (room, _) in EXERCISES.items() if room in LECTURES]
FUNCTIONS = [name for name, (_, ex) in EXERCISES.items() if callable(ex.reference)]


@pytest.fixture(scope="module", autouse=True)
def faults_made_once():
    """Make once what a fault gives for some numbers: n faulty answers are held against n faults.

    The faults themselves are kept as well, so that no other takes the identity of one.
    """
    made, make = {}, Causes._made

    def once(causes, fault, place, one):
        plain = all(isinstance(x, np.ndarray | float | int) for x in one.inputs)
        if not plain or type(fault) not in (Fault, Along):
            return make(causes, fault, place, one)
        key = id(causes), id(fault), place, pickle.dumps(one.inputs)
        if key not in made:
            try:
                made[key] = causes, fault, make(causes, fault, place, one), None
            except Exception as error:
                made[key] = causes, fault, None, error.with_traceback(None)
        *_, value, error = made[key]
        if error is not None:
            raise error
        return value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Causes, "_made", once)
        yield


def answers(name, kind):
    room, exercise = EXERCISES[name]
    module = importlib.import_module(f"tests.lessons.{room}.answers")
    return getattr(module, kind).get(exercise.name, [])


RIGHT = [(name, i) for name in EXERCISES for i in range(len(answers(name, "RIGHT")))]
WRONG = [(name, i) for name in EXERCISES for i in range(len(answers(name, "WRONG")))]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_enough_answers_on_both_sides(name):
    assert len(answers(name, "RIGHT")) >= 2
    assert len(list(EXERCISES[name][1].faulty())) >= 6


@pytest.mark.parametrize(("name", "number"), RIGHT)
def test_a_right_answer_of_any_style_passes(name, number):
    verdict = EXERCISES[name][1](answers(name, "RIGHT")[number])
    assert verdict.outcome is Outcome.PASSED, verdict


@pytest.mark.parametrize(("name", "number"), WRONG)
def test_a_wrong_answer_is_refused_with_the_intended_cause(name, number):
    answer, cause = answers(name, "WRONG")[number]
    verdict = EXERCISES[name][1](answer)
    assert verdict.outcome is Outcome.NOT_RIGHT, verdict
    assert cause.strip(), (
        "WRONG pairs an answer with words of its cause, to be found in the verdict"
    )
    assert cause in repr(verdict)


@pytest.mark.parametrize("name", EXERCISES)
def test_exactly_the_answer_that_has_a_fault_is_told_this_fault(name):
    exercise = EXERCISES[name][1]
    for answer, says in exercise.faulty():
        verdict = exercise(answer)
        assert verdict.outcome is Outcome.NOT_RIGHT, (
            f"an answer with the fault {says!r} is told {verdict.outcome.value[1]!r}: does the"
            " fault's function give what is right?"
        )
        assert verdict.cause == says, (
            f"an answer with the fault {says!r} is told {verdict.cause!r}: a fault before it, or"
            " one of the engine's own, gives the same; drop one, or let their results differ"
        )


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_passes_and_a_blank_is_not_started(name):
    exercise = EXERCISES[name][1]
    assert exercise(exercise.reference)
    assert exercise(...).outcome is Outcome.NOT_STARTED
    assert exercise(None).outcome is Outcome.NOT_STARTED


@pytest.mark.parametrize("name", FUNCTIONS)
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
    shown = [repr(exercise.hint(step)) for step in (1, 2, 3)]
    assert [text.split(",")[0] for text in shown] == ["Nudge", "Hint", "Scaffold"]
    assert repr(exercise.hint()) == shown[0], "run again, a cell shows the same hint"
    assert "..." in shown[2], "a scaffold leaves something to do"
    solution = exercise.solution().code
    assert solution
    assert not any(solution in text for text in shown)


@functools.cache
def blank_cells(room):
    """Return the sources of the cells of a lecture's blank notebook."""
    return [cell.source for cell in blank(load(LECTURES[room])).notebook.cells]


@pytest.mark.parametrize("name", CHECKED)
def test_it_is_checked_in_the_lecture_whose_stub_is_not_started(name):
    room, exercise = EXERCISES[name]
    call, file = f"check_{exercise.name}(", LECTURES[room].source.name
    cell = next((one for one in blank_cells(room) if f"\n{call}" in one), None)
    assert cell is not None, f"no cell of {file} ends with {call}…): check the exercise there"
    names = {"np": np, "torch": torch, "nn": torch.nn, "F": torch.nn.functional}
    exec(cell.replace(f"\n{call}", "\nanswer = ("), names)
    told = exercise(names["answer"]).outcome
    assert told is Outcome.NOT_STARTED, (
        f"in the student's notebook {call}…) says {told.value[1]!r} before anything is written: put"
        f" the answer in {file} between ### BEGIN SOLUTION and ### END SOLUTION"
    )


def test_there_are_stubs_to_try():
    assert len(CHECKED) >= 7


def test_items_are_numbered_without_gaps():
    for room in rooms.names():
        items = [exercise.item for exercise in exercises(room)]
        lecture = items[0].split(".")[0] if items else ""
        assert items == [f"{lecture}.{i}" for i in range(1, len(items) + 1)]
