"""Exercise 02.2: three patients by hand, the exam's among them."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.data import ENZYMES
from course_utils.lessons.perceptron.model import Perceptron

PATIENTS = np.array([[22.0, 8.0], [102.0, 6.0], [82.0, 8.0]])
"""In µl: the exam's patient, one near the boundary, and one exactly on it."""
PATIENTS.setflags(write=False)
_MEAN = ENZYMES.x.mean(axis=0)
_SCALE = (ENZYMES.x - _MEAN).max(axis=0)


def _table(
    x: np.ndarray, weights: tuple[float, float] = (1, 3), classes: tuple[float, float] = (-1, 1)
) -> np.ndarray:
    """Return both inputs `x` (patients, 2), the sum and the class in columns."""
    model = Perceptron(weights, 0, classes)
    return np.column_stack([x, model.sum(x), model.predict(x)])


_Z = (PATIENTS - _MEAN) / _SCALE
_RIGHT = _table(_Z)


def _with_sign_0() -> np.ndarray:
    return np.column_stack([_RIGHT[:, :3], np.sign(_RIGHT[:, 2])])


def _without_the_minus(sign: float) -> np.ndarray:
    """Return the table with 0.5 + 3 · 0.25 as the second patient's sum, and its sign."""
    table = _RIGHT.copy()
    table[1, 2:] = np.abs(_Z[1]) @ (1, 3), sign
    return table


def _as_above_the_mean(rows: list[int]) -> np.ndarray:
    """Return the table in which these patients' values have lost their minus, and what follows."""
    z = _Z.copy()
    z[rows] = np.abs(z[rows])
    return _table(z)


def _by_their_own() -> np.ndarray:
    centred = PATIENTS - PATIENTS.mean(axis=0)
    return _table(centred / centred.max(axis=0))


check_patients = Exercise(
    item="02.2",
    lecture="perceptron",
    name="patients",
    title="Three patients, by hand",
    reference=_RIGHT,
    results=("the table",),
    rounds={"the twelve values": lambda _: ()},
    by_hand=True,
    tolerance=1e-3,
    names=(
        [f"patient {number}" for number in range(1, 4)],
        [*(f"{name}, normalized" for name in ENZYMES.features), "sum", "sign"],
    ),
    faults=(
        Fault(
            "the values are not normalized; subtract the training data's mean and divide by their"
            " largest centred value first",
            lambda: _table(PATIENTS),
        ),
        Fault(
            "the means are subtracted, the division by 40 and by 8 is missing",
            lambda: _table(PATIENTS - _MEAN),
        ),
        Fault(
            "the three patients were normalized by their own statistics; take those of the training"
            " data",
            _by_their_own,
        ),
        Fault(
            "this is min-max normalization; the perceptron was trained on values with mean 0 and"
            " maximum 1",
            lambda: _table((PATIENTS - ENZYMES.x.min(0)) / np.ptp(ENZYMES.x, axis=0)),
        ),
        Fault(
            "this divides by the standard deviation; the perceptron was trained on values with mean"
            " 0 and maximum 1",
            lambda: _table((PATIENTS - _MEAN) / ENZYMES.x.std(axis=0)),
        ),
        Fault(
            "this divides by the largest measured values, 122 and 16; divide by the largest centred"
            " ones, 40 and 8",
            lambda: _table((PATIENTS - _MEAN) / ENZYMES.x.max(axis=0)),
        ),
        Fault(
            "the difference is the wrong way round: the patient's value minus the mean",
            lambda: _table((_MEAN - PATIENTS) / _SCALE),
        ),
        Fault(
            "both differences are divided by 40; each enzyme has its own scale, 40 and 8",
            lambda: _table((PATIENTS - _MEAN) / _SCALE[0]),
        ),
        Fault(
            "the two enzymes are exchanged: Braineatase stands first",
            lambda: _table(_Z[:, ::-1]),
        ),
        Fault(
            "the sum is that of the values as they were measured; take the normalized ones",
            lambda: np.column_stack([_Z, _table(PATIENTS)[:, 2:]]),
        ),
        Fault(
            "the sign of 0 is 1 here, not −1",
            lambda: np.column_stack([_RIGHT[:, :3], np.where(_RIGHT[:, 2] > 0, 1, -1)]),
        ),
        *(
            Fault(
                "patient 2's sum is that of 0.5 and 3 · 0.25; its second value has a minus",
                lambda sign=sign: _without_the_minus(sign),
            )
            for sign in (1, -1)
        ),
        *(
            Fault(
                f"{' and '.join(minuses)}: every difference keeps its sign",
                lambda rows=rows: _as_above_the_mean(rows),
            )
            for rows, minuses in (
                ([0], ["22 − 82 is negative"]),
                ([1], ["6 − 8 is negative"]),
                ([0, 1], ["22 − 82 is negative", "6 − 8 is"]),
            )
        ),
        Fault("the means are not subtracted", lambda: _table(PATIENTS / _SCALE)),
        Fault("the weights are exchanged: 1 belongs to Braineatase", lambda: _table(_Z, (3, 1))),
        Fault(
            "patient 2's sum is not 0.25: either the weights 1 and 3 are missing, or the minus that"
            " 0.5 − 0.75 has",
            lambda: _table(_Z, (1, 1)),
        ),
        Fault("the sign of 0 is 1 here, not 0", _with_sign_0),
        Fault(
            "the classes are 0 and 1; here they are −1 and 1", lambda: _table(_Z, (1, 3), (0, 1))
        ),
        Fault(
            "the signs are the wrong way round: a negative sum gives −1",
            lambda: _table(_Z, (1, 3), (1, -1)),
        ),
    ),
    hints=(
        "Which mean and which scale? Those with which the perceptron was trained, whoever comes.",
        "Subtract 82 and 8, divide by 40 and 8, multiply by 1 and 3, add the two, take the sign."
        " One of the three sums is exactly 0.",
        """
        patients = np.array(
            [
                [(22 - 82) / 40, (8 - 8) / 8, ..., ...],
                [(102 - 82) / 40, ..., ..., ...],
                [..., ..., ..., ...],
            ]
        )
        """,
    ),
)
