import numpy as np
import pytest

from course_utils.checks.blank import is_blank


def stub(x):
    """A docstring changes nothing."""
    ...


def passing(x):
    pass


def raising(x):
    raise NotImplementedError("your code here")


class BlankLayer:
    def __init__(self, alpha): ...

    def forward(self, x):
        """Return something."""


class BegunLayer(BlankLayer):
    def forward(self, x):
        return x


@pytest.mark.parametrize(
    "answer", [None, ..., stub, passing, raising, BlankLayer, [1, ...], (None,), {"a": ...},
               np.array([[1.0, ...]], dtype=object)],
)  # fmt: skip
def test_a_stub_is_blank(answer):
    assert is_blank(answer)


@pytest.mark.parametrize(
    "answer",
    [lambda x: x, lambda x: 0.5, lambda x: [], BegunLayer, 0, 0.0, "", [], [0], np.zeros(2)],
)
def test_whatever_was_begun_is_not_blank(answer):
    assert not is_blank(answer)
