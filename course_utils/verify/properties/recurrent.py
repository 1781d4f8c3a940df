"""RNN (Elman) and LSTM."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    Fault,
    NotMet,
    compare,
    reals,
    require,
)
from course_utils.verify.properties.cells import HIDDEN, INPUTS, OUTPUTS, Cell, SingleSteps
from course_utils.verify.properties.common import (
    has_shape,
    normal,
    starts_as,
)
from course_utils.verify.properties.updating import (
    initializers,
)
from course_utils.verify.requirement import requirement

BOTH = ("RNN", "LSTM")
STARTS = ("starts_rnn", "starts_lstm")
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
    return reals("weights", layer.weights)


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
    no_gates = np.shape(getattr(layer, "weights", ()))[1:] == (HIDDEN,) != (columns,)
    has_shape(
        layer,
        "weights",
        (INPUTS + HIDDEN + 1, columns),
        cause="there are no gates" if no_gates else "",
        hint="one fully connected layer on input and hidden state together",
    )


@requirement("RNN")
def starts_rnn(layer_class: type) -> None:
    """Starts trainable, not memorizing, with weights (inputs + hidden + 1, hidden)."""
    _starts(layer_class, HIDDEN)


@requirement("LSTM")
def starts_lstm(layer_class: type) -> None:
    """Starts trainable, not memorizing, with weights (inputs + hidden + 1, 4·hidden)."""
    _starts(layer_class, 4 * HIDDEN)


@requirement(*BOTH, after=STARTS, values="forward")
def forward(layer_class: type) -> str | None:
    """Outputs are σ of a fully connected layer on the hidden state, step by step from state 0."""
    layer = made(layer_class)
    output = reals("output", copy.deepcopy(layer).forward(X.copy()))
    is_finite(layer, "output", output)
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


def is_finite(layer: Any, quantity: str, output: np.ndarray) -> None:
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
