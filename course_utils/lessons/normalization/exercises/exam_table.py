"""Exercise 01.5: the exam's table, by hand."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.data import ENZYMES
from course_utils.lessons.normalization.exercises.common import LECTURE
from course_utils.lessons.normalization.model import MeanMax, MinMax, Standard

_X = ENZYMES.x
_CENTRED = _X - _X.mean(axis=0)
_RIGHT = MeanMax().fit(_X).transform(_X)

# What is made of a feature by a slip that may be made in both or in one of them.
_SLIPS: dict[str, np.ndarray] = {
    "these are the values themselves; subtract the mean first": _X,
    "the mean is subtracted, the division by the largest value is missing": _CENTRED,
    "it is divided by the largest original value; take the largest after centring": (
        _CENTRED / _X.max(axis=0)
    ),
    "it is divided by largest minus smallest": _CENTRED / np.ptp(_X, axis=0),
    "this is min-max normalization, whose mean is not 0": MinMax().fit(_X).transform(_X),
    "this has unit variance instead of maximum 1": Standard().fit(_X).transform(_X),
    "this has unit variance, with n − 1 in its denominator, instead of maximum 1": (
        _CENTRED / _X.std(axis=0, ddof=1)
    ),
    "the mean is not subtracted": _X / _X.max(axis=0),
    "the mean is not subtracted, only the division by the largest value after centring is done": (
        _X / _CENTRED.max(axis=0)
    ),
    "the smallest value is subtracted instead of the mean": (
        (_X - _X.min(axis=0)) / _CENTRED.max(axis=0)
    ),
}


def _in_one_feature() -> Iterator[Fault]:
    """Yield the slips made in one feature; those that cannot be told apart there, as one."""
    for j, feature in enumerate(ENZYMES.features):
        alike: defaultdict[tuple[float, ...], list[str]] = defaultdict(list)
        for says, table in (*_SLIPS.items(), ("the sign is the wrong way round", -_RIGHT)):
            alike[tuple(table[:, j])].append(says)
        for column, slips in alike.items():
            made = _RIGHT.copy()
            made[:, j] = column
            yield Fault(f"{feature}: {', or '.join(slips)}", partial(np.copy, made))


def _by_rows() -> np.ndarray:
    return MeanMax().fit(_X.T).transform(_X.T).T


check_enzyme_table = Exercise(
    item="01.5",
    lecture=LECTURE,
    name="enzyme_table",
    title="The exam's table, by hand",
    reference=_RIGHT,
    results=("the table",),
    rounds={"the eight values": lambda _: ()},
    by_hand=True,
    tolerance=1e-3,
    names=([f"sample {number}" for number in range(1, 5)], ENZYMES.features),
    faults=(
        *(Fault(says, partial(np.copy, table)) for says, table in _SLIPS.items()),
        *_in_one_feature(),
        Fault(
            f"{ENZYMES.features[0]}: it is divided by its mean; divide by the largest value after"
            " centring",
            lambda: _CENTRED / _X.mean(axis=0),
        ),
        Fault(
            "both features are divided by the same number; each has its own maximum",
            lambda: _CENTRED / _CENTRED.max(),
        ),
        Fault(
            "both features are divided by the same number; each has its own maximum",
            lambda: _CENTRED / _CENTRED[:, 1].max(),
        ),
        Fault("every sample was normalized by itself, along the row", _by_rows),
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
