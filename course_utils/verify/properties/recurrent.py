"""RNN (Elman) and LSTM."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, NotMet, compare, require
from course_utils.verify.properties.cells import HIDDEN, INPUTS, OUTPUTS, Cell, SingleSteps
from course_utils.verify.properties.common import (
    can_be_called_again,
    initializers,
    leaves_arrays_alone,
    normal,
    starts_as,
)
from course_utils.verify.requirement import requirement

BOTH = ("RNN", "LSTM")
TIME = 5
X = normal(TIME, INPUTS, seed=20)
LATER = normal(TIME + 2, INPUTS, seed=21)
ERROR = normal(TIME, OUTPUTS, seed=22)


def made(layer_class: type) -> Any:
    """Return a layer with moderate weights, set from outside."""
    layer: Any = layer_class(INPUTS, HIDDEN, OUTPUTS)
    layer.initialize(*initializers())
    layer.weights = 0.8 * normal(*np.shape(layer.weights), seed=23)
    return layer


def weights_of(layer: Any) -> np.ndarray:
    """Return a copy of the first fully connected layer's weights."""
    return np.array(layer.weights, dtype=np.float64)


def known_cell(layer: Any) -> Cell:
    """Return what a layer computes, with the weights behind its hidden state."""
    steps = SingleSteps(layer)
    found = steps.right_cell("sigmoid", "nothing", "tanh") or steps.wrong_cell()
    if found is None:
        raise NotMet(
            "weights behind the hidden state",
            "they cannot be told, because the output for a single step is not right yet",
            "follows from the output",
        )
    return found


def _starts(layer_class: type, columns: int) -> None:
    layer: Any = layer_class(INPUTS, HIDDEN, OUTPUTS)
    starts_as(layer, trainable=True)
    require(hasattr(layer, "memorize"), "memorize", "the layer has no attribute `memorize`")
    require(not layer.memorize, "memorize", f"memorize is {layer.memorize!r} at first")
    got, expected = np.shape(layer.weights), (INPUTS + HIDDEN + 1, columns)
    no_gates = columns != HIDDEN and got[1:] == (HIDDEN,)
    require(
        got == expected,
        "weights",
        f"weights has shape {got}, expected {expected}",
        "there are no gates" if no_gates else "",
        "one fully connected layer on input and hidden state together",
    )


@requirement("RNN")
def starts_rnn(layer_class: type) -> None:
    """Starts trainable, not memorizing, with weights (inputs + hidden + 1, hidden)."""
    _starts(layer_class, HIDDEN)


@requirement("LSTM")
def starts_lstm(layer_class: type) -> None:
    """Starts trainable, not memorizing, with weights (inputs + hidden + 1, 4·hidden)."""
    _starts(layer_class, 4 * HIDDEN)


@requirement(*BOTH)
def forward(layer_class: type) -> str | None:
    """Outputs are σ of a fully connected layer on the hidden state, step by step from state 0."""
    layer = made(layer_class)
    output = np.array(copy.deepcopy(layer).forward(X.copy()), dtype=np.float64)
    require(
        output.shape == (TIME, OUTPUTS),
        "output",
        f"output has shape {output.shape}, expected (time, outputs) = {(TIME, OUTPUTS)}",
        "",
        "the batch axis is time",
    )
    steps = SingleSteps(layer)
    cell = steps.right_cell("sigmoid")
    if cell is None:
        cause, hint = steps.explain()
        raise NotMet(
            "output",
            f"output[0, 0] is {output[0, 0]:.6g}: no weights behind the hidden state give these"
            " outputs",
            cause,
            hint,
        )
    compare("output", output, cell.run(steps.weights, X).y, _sequence_faults(cell, steps.weights))
    return _choices(cell)


def _sequence_faults(cell: Cell, weights: np.ndarray) -> list[Fault]:
    """Return faults that do not show in the first step."""

    def without_cell_state() -> np.ndarray:
        rows, h = [], np.zeros(HIDDEN)
        for x in X:
            one = cell.run(weights, x[None], (h, np.zeros(HIDDEN)))
            h = one.last[0]
            rows.append(one.y)
        return np.vstack(rows)

    faults = [
        Fault(
            "the hidden state is not carried from step to step",
            lambda: np.vstack([cell.run(weights, x[None]).y for x in X]),
            "keep the hidden state of the last step",
        ),
        Fault(
            "the sequence is run from the end to the start",
            lambda: cell.run(weights, X[::-1]).y[::-1],
        ),
    ]
    if cell.gated:
        faults += [
            Fault(
                "the forget gate is missing: c = c + i·g",
                lambda: replace(cell, without="f").run(weights, X).y,
            ),
            Fault("the cell state is not carried from step to step", without_cell_state),
        ]
    return faults


def _choices(cell: Cell) -> str | None:
    said = []
    if cell.first == "h":
        said.append("the hidden state comes before the input")
    if cell.gated:
        words = {"f": "forget", "i": "input", "g": "candidate", "o": "output"}
        said.append(f"order of the gates: {', '.join(words[gate] for gate in cell.gates)}")
    return "; ".join(said) or None


@requirement(*BOTH)
def starts_each_call_anew(layer_class: type) -> None:
    """Without memorizing, every call starts from state 0."""
    layer = made(layer_class)
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


@requirement(*BOTH)
def memorizes(layer_class: type) -> None:
    """With `memorize` the state of the last call is where the next one starts."""
    layer = made(layer_class)
    whole = np.array(copy.deepcopy(layer).forward(np.vstack([X, LATER])))
    anew = np.array(copy.deepcopy(layer).forward(LATER.copy()))
    base = copy.deepcopy(layer)
    layer.memorize = True
    first = np.array(layer.forward(X.copy()))
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


@requirement(*BOTH)
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(made(layer_class), X, ERROR)


@requirement(*BOTH)
def repeatable(layer_class: type) -> None:
    """Forward may be called again; backward belongs to the last call."""
    can_be_called_again(made(layer_class), LATER, X, ERROR)
