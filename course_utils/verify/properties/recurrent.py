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
_STARTS = ("starts_rnn", "starts_lstm")
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
            vague=True,
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


@requirement(*BOTH, after=_STARTS, values="forward")
def forward(layer_class: type) -> str | None:
    """Outputs are σ of a fully connected layer on the hidden state, step by step from state 0."""
    layer = made(layer_class)
    output = np.array(copy.deepcopy(layer).forward(X.copy()), dtype=np.float64)
    _is_finite(layer, "output", output)
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


def _is_finite(layer: Any, quantity: str, output: np.ndarray) -> None:
    """Raise `NotMet` if an output is nan, which a state that is None becomes in an array."""
    if np.all(np.isfinite(output)):
        return
    none = [name for name, value in vars(layer).items() if value is None and "optim" not in name]
    unset = ", ".join(f"`{name}`" for name in none)
    raise NotMet(
        quantity,
        f"{quantity} holds {output[~np.isfinite(output)][0]}",
        f"a state is None when the call begins, and NumPy writes None into an array as nan: {unset}"
        if none
        else "a value overflows, or nothing was written there",
        "start from zeros: `np.zeros(hidden_size)`",
    )


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


@requirement(*BOTH, after=("forward", *_STARTS), values="forward")
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


@requirement(*BOTH, after=("forward", "starts_each_call_anew", *_STARTS), values="forward")
def memorizes(layer_class: type) -> None:
    """With `memorize` the state of the last call is where the next one starts."""
    layer = made(layer_class)
    whole = np.array(copy.deepcopy(layer).forward(np.vstack([X, LATER])))
    anew = np.array(copy.deepcopy(layer).forward(LATER.copy()))
    base = copy.deepcopy(layer)
    layer.memorize = True
    first = np.array(layer.forward(X.copy()), dtype=np.float64)
    _is_finite(base, "output of the first sequence while memorizing", first)
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


@requirement(*BOTH, after=("forward", "backward", *_STARTS))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(made(layer_class), X, ERROR)


@requirement(
    *BOTH,
    after=("pure", "starts_each_call_anew", "second_sequence", "forward", "backward", *_STARTS),
)
def repeatable(layer_class: type) -> None:
    """Forward may be called again; backward belongs to the last call."""
    can_be_called_again(made(layer_class), LATER, X, ERROR)
