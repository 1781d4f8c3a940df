"""Exercise 01.5: the exam's table, by hand."""

import numpy as np

from course_utils.checks import Exercise, expect_shape, expect_values
from course_utils.data import ENZYMES
from course_utils.lessons.normalization.exercises.common import LECTURE
from course_utils.lessons.normalization.model import MeanMax, MinMax, Standard

_NAMES = ([f"sample {number}" for number in range(1, 5)], ENZYMES.features)


def _enzyme_causes() -> dict[str, object]:
    x = ENZYMES.x
    centred = x - x.mean(axis=0)
    right = MeanMax().fit(x).transform(x)
    return {
        "these are the values themselves; subtract the mean first": x,
        "the mean is subtracted, the division by the largest value is missing": centred,
        "it is divided by the largest original value; take the largest after centring": centred
        / x.max(axis=0),
        "this is min-max normalization, whose mean is not 0": MinMax().fit(x).transform(x),
        "this has unit variance instead of maximum 1": Standard().fit(x).transform(x),
        "both features are divided by the same number; each has its own maximum": centred
        / centred.max(),
        "every sample was normalized by itself, along the row": _rows(x),
        "the sign is the wrong way round": -right,
        "the two columns are exchanged": right[:, ::-1],
        "the mean is not subtracted": x / x.max(axis=0),
    }


def _rows(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=1, keepdims=True)
    return centred / centred.max(axis=1, keepdims=True)


def _is_the_table(answer: object) -> None:
    table = expect_shape("the table", answer, (4, 2))
    right = MeanMax().fit(ENZYMES.x).transform(ENZYMES.x)
    expect_values("the table", table, right, _enzyme_causes(), 1e-3, _NAMES)


check_enzyme_table = Exercise(
    item="01.5",
    lecture=LECTURE,
    name="enzyme_table",
    title="The exam's table, by hand",
    reference=MeanMax().fit(ENZYMES.x).transform(ENZYMES.x),
    properties={"the eight values": _is_the_table},
    hints=(
        "Two steps per column, in this order: mean 0, then maximum 1.",
        "The means are 82 and 8. Subtract them, then look for the largest number that is left in"
        " each column and divide the column by it.",
        """
        # Braineatase: 42 - 82, 62 - 82, 102 - 82, 122 - 82 -> divide by the largest
        enzyme_table = np.array([[-40 / 40, ...], [..., ...], [..., ...], [40 / 40, ...]])
        """,
    ),
)
