"""'Run all' reaches the end of a lecture, whatever the students' functions do.

Of each lecture, the cells that depend on exercises are run, with the cells that they need, in
rounds: in each, every exercise gets another answer, so that all wrong answers of all exercises and
many mixtures occur.
"""

import ast
import importlib
from itertools import islice

import numpy as np
import pytest

from course_utils.authoring.blanks import blank
from course_utils.authoring.dependence import bound, dependent
from course_utils.authoring.source import load
from course_utils.lessons.room import exercises
from tests.lessons import rooms


def raises(*_):
    raise ValueError("not today")


def leaves(*_):
    raise SystemExit


def returns_text(*_):
    return "text"


def returns_ragged(*_):
    return [[1.0], [2.0, 3.0]]


def returns_nothing(*inputs):
    len(inputs)


def returns_placeholders(x, *_):
    return x.mean(axis=0), ...


def returns_wrong_shapes(x, *_):
    return np.zeros(3), np.zeros((2, 2, 2))


def returns_nan(x, *_):
    return x * np.nan


NONSENSE = [
    raises, leaves, returns_text, returns_ragged, returns_nothing, returns_placeholders,
    returns_wrong_shapes, returns_nan, None, ..., 3,
]  # fmt: skip

LECTURES = {name: lecture for name, lecture in rooms.lectures().items() if exercises(name)}
BLANK = object()


def dependent_trees(lecture, asked):
    """Return the code of the cells that depend on the names in `asked`, and of those they need."""
    cells = blank(load(lecture)).notebook.cells
    trees = [ast.parse(c.source) for c in cells if c.cell_type == "code"]
    return [trees[number] for number in dependent(trees, asked)]


def pool(room, exercise):
    """Return what a student may have written for an exercise; of the faulty answers, a choice."""
    answers = importlib.import_module(f"tests.lessons.{room}.answers")
    wrong = [answer for answer, _ in answers.WRONG.get(exercise.name, [])]
    right = answers.RIGHT[exercise.name][:1]
    return [
        BLANK,
        *NONSENSE,
        *wrong,
        *(answer for answer, _ in islice(exercise.faulty(), 0, None, 5)),
        *right,
    ]


def answer_name(exercise):
    """Return what a student calls the answer: a class has a name of its own."""
    return exercise.reference.__name__ if callable(exercise.reference) else exercise.name


def show(value):
    """Do what a notebook does with a cell's last value."""
    bundle = getattr(value, "_repr_mimebundle_", None)
    return bundle() if bundle is not None else repr(value)


def run(trees, answers):
    """Run cells; `answers` take the place of what the cells define under their names."""
    names = {}
    for tree in trees:
        *body, last = tree.body
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        names |= {n: a for n, a in answers.items() if n in bound(tree) and a is not BLANK}
        if isinstance(last, ast.Expr):
            show(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), names)


@pytest.mark.long
@pytest.mark.usefixtures("capsys", "sheets_drawn_once", "no_pictures_packed")
@pytest.mark.parametrize("room", LECTURES)
def test_run_all_reaches_the_end_with_any_mixture_of_answers(room):
    asked = exercises(room)
    trees = dependent_trees(LECTURES[room], {answer_name(exercise) for exercise in asked})
    pools = [pool(room, exercise) for exercise in asked]
    shift = 5  # each exercise is this many answers ahead of the one before
    for step in range(max(map(len, pools))):
        run(
            trees,
            {
                answer_name(exercise): answers[(step + shift * number) % len(answers)]
                for number, (exercise, answers) in enumerate(zip(asked, pools, strict=True))
            },
        )
