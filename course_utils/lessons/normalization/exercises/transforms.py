"""Exercise 01.4: apply statistics that were fitted before."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, expect_shape, expect_values, inputs_unchanged
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table
from course_utils.lessons.normalization.model import MeanMax, MinMax, Standard

Transform = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def transform(x: np.ndarray, offset: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return (x - offset) / scale


def _transforms(answer: Transform) -> None:
    for seed, shape in enumerate([(7, 3), (1, 4), (30, 2)]):
        x, other = fresh_table(*shape, seed), fresh_table(20, shape[1], seed + 50)
        norm = Standard().fit(other)
        offset, scale = norm.offset_, norm.scale_
        own = [(m.__name__, m().fit(x).transform(x)) for m in (Standard, MeanMax, MinMax)]
        with inputs_unchanged(x=x, offset=offset, scale=scale):
            z = answer(x, offset, scale)
        causes = {
            "the sign is the wrong way round: it is x minus offset": -norm.transform(x),
            "the offset is subtracted after the division: brackets are missing": x / scale - offset,
            "it multiplies by the scale instead of dividing": (x - offset) * scale,
            "it adds the offset instead of subtracting it": (x + offset) / scale,
            "the offset is not used": x / scale,
            "the scale is not used": x - offset,
            **{f"it takes fresh statistics from x ({n}); use those it is given": z for n, z in own},
        }
        expect_values("z", z, norm.transform(x), causes)


def _transforms_integers(answer: Transform) -> None:
    x = np.array([[1, 2], [4, 9]])
    z = expect_shape("z", answer(x, np.array([0.5, 0.5]), np.array([2.0, 4.0])), (2, 2))
    whole = np.array([[0.25, 0.375], [1.75, 2.125]])
    expect_values("z", z, whole, {"the result was stored in an integer array": whole.astype(int)})


check_transform = Exercise(
    item="01.4",
    lecture=LECTURE,
    name="transform",
    title="Apply the statistics",
    reference=transform,
    properties={
        "(x − offset) / scale with the given statistics, on three fresh tables": _transforms,
        "integer input is not cut off": _transforms_integers,
    },
    hints=(
        "Read the formula z = (x − o) / s from the inside to the outside.",
        "Use the two arrays you are given and nothing of x but x itself; NumPy's broadcasting"
        " matches (samples, features) with (features,).",
        """
        def transform(x, offset, scale):
            return (x - ...) / ...
        """,
    ),
)
