"""Exercise 13.1: the shapes in the exam's network, by hand."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.pytorch_on_a_device.exercises.common import LECTURE

_KERNEL, _SIDE = 5, 28
_CHANNELS = (100, 50, 5)


def _shapes(shrinks: int = _KERNEL - 1, side: int = _SIDE) -> np.ndarray:
    return np.array([[c, side - shrinks * (i + 1)] for i, c in enumerate(_CHANNELS)], dtype=float)


def _whole() -> np.ndarray:
    return _shapes()[:, [0, 1, 1]]


_TWO = "two numbers a row: the channels, and the height once"

check_shapes = Exercise(
    item="13.1",
    lecture=LECTURE,
    name="shapes",
    title="Shapes by hand",
    reference=_shapes(),
    results=("the table",),
    rounds={"channels and height after each convolution": lambda _: ()},
    by_hand=True,
    names=(["first", "second", "third"], ["channels", "height"]),
    faults=(
        Fault(_TWO, lambda: np.column_stack([[10] * 3, _whole()])),
        Fault(_TWO, lambda: _whole()),
        Fault(
            "a convolution without padding loses kernel − 1 pixels, not kernel",
            lambda: _shapes(_KERNEL),
        ),
        Fault("a convolution without padding is not as large as its input", lambda: _shapes(0)),
        Fault(
            "only (kernel − 1) / 2 pixels are taken off: there are two sides",
            lambda: _shapes((_KERNEL - 1) // 2),
        ),
        Fault(
            "the channels are those that go in; the second argument says how many come out",
            lambda: np.column_stack([(1, 100, 50), _shapes()[:, 1]]),
        ),
        Fault(
            "these are the shapes that go in; each row says what the layer returns",
            lambda: np.column_stack([(1, 100, 50), (28, 24, 20)]),
        ),
        Fault(
            "every layer is given the picture; each gets what the one before it returns",
            lambda: np.column_stack([_CHANNELS, [_SIDE - _KERNEL + 1] * 3]),
        ),
        Fault(
            "height is counted in all pixels, height times width",
            lambda: np.column_stack([_CHANNELS, _shapes()[:, 1] ** 2]),
        ),
        Fault(
            "a convolution without padding loses kernel − 1 pixels, one more than here",
            lambda: _shapes(_KERNEL - 2),
        ),
        Fault(
            "the height is halved each time; with stride 1 a convolution takes off kernel − 1",
            lambda: np.column_stack([_CHANNELS, (14, 7, 3)]),
        ),
        Fault(
            "the first number of a shape is the batch; the channels are the second",
            lambda: np.column_stack([(10, 10, 10), _shapes()[:, 1]]),
        ),
        Fault(
            "that is the size of the kernels; asked is the height of the maps",
            lambda: np.column_stack([_CHANNELS, (5, 5, 5)]),
        ),
    ),
    hints=(
        "How often can a window 5 pixels wide be placed in a row of 28?",
        "From 28 pixels, 28 − 5 + 1 places are left. The next convolution starts from those. The"
        " channels are the second argument of each `Conv2d`.",
        """
        shapes = [[100, 28 - 5 + 1], [50, ... - 5 + 1], [5, ...]]
        """,
    ),
)
