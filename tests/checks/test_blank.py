import numpy as np
import pytest

from course_utils.checks.blank import is_blank, still_to_do


def stub(x):
    """A docstring changes nothing."""
    ...


def passing(x):
    pass


def raising(x):
    raise NotImplementedError("your code here")


def returning(x):
    """A docstring changes nothing."""
    return ...


def returning_two(x):
    return ..., ...


class BlankLayer:
    def __init__(self, alpha): ...

    def forward(self, x):
        """Return something."""


class BegunLayer(BlankLayer):
    def forward(self, x):
        return x


@pytest.mark.parametrize(
    "answer", [None, ..., stub, passing, raising, returning, returning_two, BlankLayer, [1, ...],
               (None,), {"a": ...}, np.array([[1.0, ...]], dtype=object)],
)  # fmt: skip
def test_a_stub_is_blank(answer):
    assert is_blank(answer)


@pytest.mark.parametrize(
    "answer",
    [lambda x: x, lambda x: 0.5, lambda x: [], lambda x: (x, ...), lambda x: (1, 2), BegunLayer,
     0, 0.0, "", [], [0], np.zeros(2)],
)  # fmt: skip
def test_whatever_was_begun_is_not_blank(answer):
    assert not is_blank(answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (np.array([[1.0, 2.0], [3.0, ...]], dtype=object), "1 of 4 values is still `...`."),
        ([[1, 2], [..., ...]], "2 of 4 values are still `...`."),
        ({"a": 1, "b": (2, None)}, "1 of 3 values is still missing."),
        ([..., ...], ""),
        ([1, 2], ""),
        (np.zeros(3), ""),
        (..., ""),
        (stub, ""),
        ([], ""),
    ],
)
def test_what_is_left_to_do_in_a_container_is_counted(answer, words):
    assert still_to_do(answer) == words
