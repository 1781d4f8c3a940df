import ast
import copy
import fractions
import functools
import json
import math
import operator
import os
import random
import re
import statistics
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils import plain_words
from course_utils.plain_words import explain, tamed


def failure(function):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - every kind of error is told
        function()
    return explain(caught.value)


def undefined():
    return not_defined  # noqa: F821


def mismatch():
    return np.zeros(3) + np.zeros(4)


def deep_in_a_library():
    return np.linalg.inv(np.zeros((2, 2)))


def half_done():
    return ... + 1


class WithoutConstructor(torch.nn.Module):
    def __init__(self):
        self.layer = torch.nn.Linear(2, 1)


def none_in_arithmetic():
    return None + 1


@pytest.mark.parametrize(
    ("function", "meaning"),
    [
        (undefined, "not defined"),
        (mismatch, "shapes of two arrays do not fit"),
        (half_done, "still waits for its value"),
        (none_in_arithmetic, "forgotten its `return`"),
        (lambda: [][3], "outside the array"),
        (lambda: np.zeros(2)[np.ones(2)], "for flags, take"),
        (lambda: 1 if np.zeros(2) > 0 else 0, "an array of them"),
        (lambda: math.exp(np.zeros(2)), "takes one number"),
        (lambda: np.hstack([np.zeros((3, 2)), np.zeros(3)]), "put together have unlike shapes"),
        (lambda: operator.imul(np.arange(3), 0.5), "holds whole numbers, which cannot take"),
        (lambda: [0][0](1), "a missing `*`"),
        (lambda: {}["a"], "not in the dictionary"),
        (lambda: 1 / 0, "divided by zero"),
        (lambda: undefined(1), "another number of arguments"),
        (WithoutConstructor, "`super().__init__()` comes first"),
        (lambda: torch.ones(2, dtype=torch.long).softmax(0), "numbers of that type"),
        (lambda: torch.ones(2).argmax().float().backward(), "nothing leads back"),
        (lambda: torch.nn.Linear(3, 1)(torch.ones(2, 4)), "a linear layer gets another number"),
        (
            lambda: functional.conv2d(torch.ones(1, 3, 4, 4), torch.ones(2, 1, 3, 3)),
            "a convolution gets another number",
        ),
    ],
)
def test_common_errors_are_told_in_plain_words(function, meaning):
    assert meaning in failure(function).meaning


def test_the_line_shown_is_the_students_and_not_the_librarys():
    told = failure(deep_in_a_library)
    assert told.line == "return np.linalg.inv(np.zeros((2, 2)))"
    assert told.number > 0
    assert "Singular matrix" in str(told)


def test_an_error_without_words_or_lines_is_still_told():
    assert str(explain(ValueError())) == "ValueError"


def test_a_syntax_error_shows_its_line():
    with pytest.raises(SyntaxError) as caught:
        compile("x = 1\ny = = 2\n", "cell", "exec")
    told = explain(caught.value)
    assert (told.number, told.line) == (2, "y = = 2")


def test_a_line_of_pythons_own_library_is_not_shown_as_the_students():
    def mean(x):
        return statistics.mean(x)

    told = failure(lambda: mean([]))
    assert "StatisticsError" in told.error
    assert told.line == "return statistics.mean(x)"


class Named(type):
    @property
    def __name__(cls):
        raise ValueError("no name")


class Nameless(Exception, metaclass=Named):  # noqa: N818
    pass


class Closed(Exception):  # noqa: N818
    def __getattribute__(self, name):
        raise ValueError("nothing is told")


class Untraced(Exception):  # noqa: N818
    @property
    def __traceback__(self):
        raise ValueError("no trace")


@pytest.mark.parametrize("kind", [Nameless, Closed, Untraced], ids=["name", "all", "trace"])
def test_an_exception_that_tells_nothing_of_itself_is_told_by_its_name(kind):
    def fail():
        raise kind("x")

    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any of them
        fail()
    told = explain(tamed(caught.value))
    assert told.error.startswith(type.__dict__["__name__"].__get__(kind))
    assert told.line == 'raise kind("x")'


def test_an_ordinary_exception_stays_as_it_is():
    error = KeyError("a")
    assert tamed(error) is error


def test_a_syntax_error_that_was_made_by_hand_is_told():
    def fail():
        raise SyntaxError("m", ("f", 1, 1, 5))

    assert failure(fail).error == "SyntaxError: m (f, line 1)"


def test_no_control_character_gets_into_a_message():
    def fail():
        raise ValueError("\x1b[31mred\u202e \x00")

    assert failure(fail).error == "ValueError: [31mred "


def test_an_exception_whose_text_cannot_be_made_is_told_by_its_type():
    class OddError(Exception):
        def __str__(self):
            raise ValueError("no text")

    def fail():
        raise OddError

    assert failure(fail).error.startswith("OddError: ")


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, ValueError])
def test_whatever_an_exceptions_text_raises_it_is_told_by_its_type(raised):
    class OddError(Exception):
        def __str__(self):
            raise raised

    def fail():
        raise OddError

    assert failure(fail).error.startswith("OddError: ")


@pytest.mark.parametrize(
    "function",
    [
        lambda: json.loads("{"),
        lambda: random.choice([]),
        lambda: fractions.Fraction(1, 0),
        lambda: re.compile("("),
        lambda: functools.reduce(lambda a, b: a / b, [1, 0]),
        lambda: list(map(math.log, [0])),
        lambda: sorted([1, "a"]),
        lambda: copy.deepcopy(threading.Lock()),
        lambda: np.apply_along_axis(np.linalg.inv, 0, np.ones(3)),
        lambda: torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.tensor([0, 7])),
        lambda: eval("1 +"),
        lambda: ast.literal_eval("[1,"),
    ],
)
def test_the_line_is_the_students_whichever_library_raised(function):
    told = failure(function)
    assert told.number == function.__code__.co_firstlineno
    assert told.line.startswith("lambda:")


def test_a_file_is_not_a_librarys_because_its_name_begins_as_one_does():
    ours = Path(plain_words.__file__).parent
    assert not plain_words.may_be_theirs(str(ours / "nn" / "base.py"))
    assert plain_words.may_be_theirs(f"{ours}_of_mine{os.sep}base.py")
    assert plain_words.may_be_theirs(str(Path("my-site-packages-notes", "a.py")))
    assert not plain_words.may_be_theirs(statistics.__file__)
    assert not plain_words.may_be_theirs(r"C:\Python\python311.zip\statistics.py")
    assert not plain_words.may_be_theirs(r"C:\Python\Lib\site-packages\a\b.py")
