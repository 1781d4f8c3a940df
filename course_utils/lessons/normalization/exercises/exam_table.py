"""Exercise 01.5: the exam's table, by hand."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.data import ENZYMES
from course_utils.lessons.normalization.exercises.common import LECTURE
from course_utils.lessons.normalization.model import MeanMax, MinMax, Standard

_X = ENZYMES.x
_CENTRED = _X - _X.mean(axis=0)


def _by_rows() -> np.ndarray:
    return MeanMax().fit(_X.T).transform(_X.T).T


check_enzyme_table = Exercise(
    item="01.5",
    lecture=LECTURE,
    name="enzyme_table",
    title="The exam's table, by hand",
    reference=MeanMax().fit(_X).transform(_X),
    results=("the table",),
    rounds={"the eight values": lambda _: ()},
    by_hand=True,
    tolerance=1e-3,
    names=([f"sample {number}" for number in range(1, 5)], ENZYMES.features),
    faults=(
        Fault("these are the values themselves; subtract the mean first", lambda: _X),
        Fault(
            "the mean is subtracted, the division by the largest value is missing",
            lambda: _CENTRED,
        ),
        Fault(
            "it is divided by the largest original value; take the largest after centring",
            lambda: _CENTRED / _X.max(axis=0),
        ),
        Fault("it is divided by largest minus smallest", lambda: _CENTRED / np.ptp(_X, axis=0)),
        Fault(
            "this is min-max normalization, whose mean is not 0",
            lambda: MinMax().fit(_X).transform(_X),
        ),
        Fault(
            "this has unit variance instead of maximum 1",
            lambda: Standard().fit(_X).transform(_X),
        ),
        Fault(
            "both features are divided by the same number; each has its own maximum",
            lambda: _CENTRED / _CENTRED.max(),
        ),
        Fault("every sample was normalized by itself, along the row", _by_rows),
        Fault("the mean is not subtracted", lambda: _X / _X.max(axis=0)),
    ),
    hints=(
        "Subtracting the mean is done: the centred columns are printed above. What is left to do"
        " with each?",
        "The largest values after centring are 40 and 8. Divide each centred column by its own:"
        " afterwards its largest value is 1, and its four values still add up to 0.",
        """
        # Braineatase: -40, -20, 20, 40, each divided by 40; Prettysmelliase: by 8
        enzyme_table = np.array([[-40 / 40, -8 / 8], [..., ...], [..., ...], [40 / 40, ...]])
        """,
    ),
)
