import numpy as np
import pytest

from course_utils.checks.blank import gaps, is_blank, still_to_do, with_gaps_closed


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


def assigning(x):
    # Your code here.
    y = ...
    return y


def assigning_two(x):
    low = ...
    high = ...
    return low, high


class GivenConstructor:
    def __init__(self, alpha):
        self.alpha = alpha

    def forward(self, x):
        # Your code here.
        y = ...
        return y

    def backward(self, error): ...


class BlankLayer:
    def __init__(self, alpha): ...

    def forward(self, x):
        """Return something."""


class BegunLayer(BlankLayer):
    def forward(self, x):
        return x


@pytest.mark.parametrize(
    "answer", [None, ..., stub, passing, raising, returning, returning_two, assigning,
               assigning_two, GivenConstructor, BlankLayer, [1, ...],
               (None,), {"a": ...}, np.array([[1.0, ...]], dtype=object)],
)  # fmt: skip
def test_a_stub_is_blank(answer):
    assert is_blank(answer)


@pytest.mark.parametrize(
    "answer",
    [lambda x: x, lambda x: 0.5, lambda x: [], lambda x: (x[0], ...), lambda x: (1, 2), BegunLayer,
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


def test_a_constructor_that_the_task_asks_for_too_counts_as_begun():
    assert is_blank(GivenConstructor)
    assert not is_blank(GivenConstructor, given=())


def half_done(x):
    low = x[..., 0]
    # Your code here.
    high = ...
    if high is ...:
        return low
    return low, high


def test_every_placeholder_is_found_and_no_index_is_one():
    (gap,) = gaps(half_done)
    assert gap.line == "high = ..."
    assert gap.untouched
    assert str(gap).startswith("line ")
    assert gaps(lambda x: x[..., 0]) == []


def test_blank_methods_are_closed():
    closed, waiting = with_gaps_closed(BegunLayer)
    assert waiting == []
    assert closed is BegunLayer
    assert with_gaps_closed(GivenConstructor)[1] == ["forward", "backward"]
