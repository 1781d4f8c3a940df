"""RNN (Elman) and LSTM: the state between calls."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy

import numpy as np

from course_utils.verify.outcome import (
    Fault,
    compare,
    reals,
)
from course_utils.verify.properties.cells import HIDDEN
from course_utils.verify.properties.common import (
    can_be_called_again,
    leaves_arrays_alone,
)
from course_utils.verify.properties.recurrent import (
    BOTH,
    ERROR,
    LATER,
    STARTS,
    TIME,
    X,
    is_finite,
    known_cell,
    made,
    weights_of,
)
from course_utils.verify.requirement import requirement


@requirement(*BOTH, after=("forward", *STARTS), values="forward")
def starts_each_call_anew(layer_class: type) -> None:
    """Without `memorize` every call starts from state 0, also once it is switched off again."""
    base = made(layer_class)
    layer = copy.deepcopy(base)
    right = np.array(copy.deepcopy(layer).forward(LATER.copy()))
    layer.forward(X.copy())
    compare(
        "output of a second sequence",
        layer.forward(LATER.copy()),
        right,
        [
            Fault(
                "the state of the first sequence is kept although `memorize` is False", lambda: True
            )
        ],
        "start from zeros unless `self.memorize` is set",
    )
    layer = copy.deepcopy(base)
    layer.memorize = True
    layer.forward(X.copy())
    layer.memorize = False
    compare(
        "output once `memorize` is switched off again",
        layer.forward(LATER.copy()),
        right,
        [Fault("the state kept while `memorize` was on stays in use", lambda: True)],
        "look at `self.memorize` when a call begins, not only when the state is stored",
    )


@requirement(*BOTH, after=("forward", "starts_each_call_anew", *STARTS), values="forward")
def memorizes(layer_class: type) -> None:
    """With `memorize` the state of the last call is where the next one starts."""
    layer = made(layer_class)
    whole = np.array(copy.deepcopy(layer).forward(np.vstack([X, LATER])))
    anew = np.array(copy.deepcopy(layer).forward(LATER.copy()))
    base = copy.deepcopy(layer)
    layer.memorize = True
    first = reals("output", layer.forward(X.copy()))
    is_finite(base, "output of the first sequence while memorizing", first)
    compare("output of the first sequence while memorizing", first, whole[:TIME])

    def carrying(hidden: bool) -> np.ndarray:
        cell, weights = known_cell(base), weights_of(base)
        h, c = cell.run(weights, X).last
        zero = np.zeros(HIDDEN)
        return cell.run(weights, LATER, (h, zero) if hidden else (zero, c)).y

    faults = [
        Fault(
            "the state is forgotten between calls",
            lambda: anew,
            "keep the last state when `self.memorize` is set",
        ),
    ]
    if weights_of(layer).shape[1] == 4 * HIDDEN:
        faults += [
            Fault(
                "the cell state is forgotten between calls: only h is carried",
                lambda: carrying(True),
                "carry c as well as h",
            ),
            Fault(
                "the hidden state is forgotten between calls: only c is carried",
                lambda: carrying(False),
                "carry h as well as c",
            ),
        ]
    compare(
        "output of the second sequence while memorizing",
        layer.forward(LATER.copy()),
        whole[TIME:],
        faults,
    )


@requirement(*BOTH, after=("forward", "backward", *STARTS))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(made(layer_class), X, ERROR)


@requirement(
    *BOTH,
    after=("pure", "starts_each_call_anew", "second_sequence", "forward", "backward", *STARTS),
)
def repeatable(layer_class: type) -> None:
    """Forward may be called again; backward belongs to the last call."""
    can_be_called_again(made(layer_class), LATER, X, ERROR)
