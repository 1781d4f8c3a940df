"""RNN (Elman) and LSTM: gradients."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from typing import Any

import numpy as np

from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import Fault, matches
from course_utils.verify.properties.cells import HIDDEN, OUTPUTS
from course_utils.verify.properties.common import (
    gradient_matches,
    normal,
    run,
)
from course_utils.verify.properties.recurrent import (
    BOTH,
    ERROR,
    LATER,
    STARTS,
    TIME,
    X,
    known_cell,
    made,
    weights_of,
)
from course_utils.verify.requirement import requirement


@requirement(*BOTH, after=("forward", *STARTS))
def backward(layer_class: type) -> None:
    """Error and gradient_weights flow back through all steps of the sequence."""
    base = made(layer_class)

    def states_cut() -> np.ndarray:
        """Return the error if nothing flowed back through the state."""
        cell, matrix = known_cell(base), weights_of(base)
        state, rows = (np.zeros(HIDDEN), np.zeros(HIDDEN)), []
        for x, above in zip(X, ERROR, strict=True):
            rows.append(
                gradient(
                    lambda at, s=state: cell.outputs(cell.step(matrix, at, s)[0][None])[0], x, above
                )
            )
            state = cell.step(matrix, x, state)
        return np.vstack(rows)

    numerical, summed = _numerical(base, X, ERROR)
    layer = copy.deepcopy(base)
    below = run(layer, X, ERROR)
    gradient_matches(
        "error for the layer below",
        below,
        numerical,
        faults=[
            Fault(
                "the error does not flow back through the hidden state",
                states_cut,
                "add the hidden state's error that comes from the step after",
            ),
            Fault(
                "the error is in the wrong order of time",
                lambda: numerical[::-1],
                "step t of the result belongs to step t of the input",
            ),
            Fault(
                "the hidden state's columns are returned with the input's, or instead of them",
                lambda: np.shape(below) != numerical.shape,
            ),
        ],
    )
    gradient_matches(
        "gradient_weights",
        layer.gradient_weights,
        summed,
        faults=[
            Fault("the gradient is averaged over time instead of summed", lambda: summed / TIME),
            Fault(
                "only one step's gradient is kept: the last one overwrites the others",
                lambda: bool(np.linalg.matrix_rank(layer.gradient_weights, 1e-9) == 1),
                "sum the gradient over the steps of the call",
            ),
        ],
    )


def _numerical(base: Any, x: np.ndarray, error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients by input and by weights of a layer's next call, by differences."""

    def output(at: np.ndarray, weights: np.ndarray) -> Any:
        twin = copy.deepcopy(base)
        twin.weights = weights
        return twin.forward(at)

    weights = weights_of(base)
    return (
        gradient(lambda at: output(at, weights), x, error),
        gradient(lambda at: output(x, at), weights, error),
    )


def _second_sequence(layer_class: type, memorize: bool) -> None:
    base = made(layer_class)
    base.memorize = memorize
    run(base, LATER, normal(len(LATER), OUTPUTS, seed=25))
    earlier = np.array(base.gradient_weights)
    numerical, summed = _numerical(base, X, ERROR)
    layer = copy.deepcopy(base)
    below = run(layer, X, ERROR)

    def right_at_first() -> bool:
        fresh = made(layer_class)
        below, summed = _numerical(fresh, X, ERROR)
        return matches(run(fresh, X, ERROR), below, 1e-5) and matches(
            fresh.gradient_weights, summed, 1e-5
        )

    stale = Fault(
        "the stored values of the first sequence are used again",
        right_at_first,
        "clear in forward what is kept for each time step",
    )
    gradient_matches("error of a second sequence", below, numerical, faults=[stale])
    gradient_matches(
        "gradient_weights of a second sequence",
        layer.gradient_weights,
        summed,
        faults=[
            Fault(
                "the gradient of the first sequence is added",
                lambda: earlier + summed,
                "start the sum from 0 in every backward pass",
            ),
            stale,
        ],
    )


@requirement(*BOTH, after=("backward", "starts_each_call_anew", "forward", *STARTS))
def second_sequence(layer_class: type) -> None:
    """A second sequence, of another length, has its own stored values and gradients."""
    _second_sequence(layer_class, memorize=False)


@requirement(*BOTH, after=("backward", "second_sequence", "memorizes", "forward", *STARTS))
def gradients_stay_in_the_call(layer_class: type) -> None:
    """While memorizing, gradients stay within a call."""
    _second_sequence(layer_class, memorize=True)
