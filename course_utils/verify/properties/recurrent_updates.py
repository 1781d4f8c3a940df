"""RNN (Elman) and LSTM: initialization, updates and regularization."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, matches, require
from course_utils.verify.probes import Initializer, Optimizer, Regularizer
from course_utils.verify.properties.cells import HIDDEN, INPUTS, OUTPUTS
from course_utils.verify.properties.common import (
    run,
)
from course_utils.verify.properties.recurrent import (
    BOTH,
    ERROR,
    STARTS,
    X,
    known_cell,
    made,
    weights_of,
)
from course_utils.verify.properties.updating import (
    error_is_from_before_the_update,
    state_faults,
    thrown_away,
    updated_often,
    updates_in_backward,
    with_optimizer,
)
from course_utils.verify.requirement import requirement

LEARNING_RATE, MOMENTUM = 0.1, 0.75


@requirement(*BOTH, after=("forward", "starts_each_call_anew", *STARTS), values="forward")
def initializes(layer_class: type) -> None:
    """`initialize` draws both weight matrices and both biases, each from its own initializer."""
    layer: Any = layer_class(INPUTS, HIDDEN, OUTPUTS)
    # Small enough to keep the sigmoid off its ends; the two ranges do not meet.
    for_weights, for_bias = Initializer(0.1, 0.4), Initializer(-0.4, -0.1)
    layer.initialize(for_weights, for_bias)
    first, cell = weights_of(layer), known_cell(layer)
    for name, matrix in (("weights", first), ("weights behind the hidden state", cell.output)):
        for where, values, initializer, owner in (
            ("", matrix[:-1], for_weights, "weights"),
            ("bias row of the ", matrix[-1:], for_bias, "bias"),
        ):
            low, high = values.min(), values.max()
            require(
                low > initializer.low - 1e-6 and high < initializer.high + 1e-6,
                f"{where}{name} after initialize",
                f"{where}{name} holds numbers from {low:.3g} to {high:.3g}, which the {owner}"
                " initializer did not give",
                f"the {owner} initializer is ignored",
                "initialize both fully connected layers with both initializers",
            )


@requirement(*BOTH, after=("backward", "forward", *STARTS))
def updates(layer_class: type) -> None:
    """`weights` are updated in backward only, once, and only when an optimizer is set."""
    updates_in_backward(made(layer_class), X, ERROR, ["weights"])


@requirement(
    *BOTH,
    hint="give each fully connected layer its own `copy.deepcopy(optimizer)`",
    after=("forward", "starts_each_call_anew", "backward", "second_sequence", *STARTS),
)
def output_weights_update(layer_class: type) -> None:
    """The weights behind the hidden state are updated too, by their gradient over all steps."""
    layer = made(layer_class)
    cell, weights = known_cell(layer), weights_of(layer)
    seen = cell.run(weights, X)
    step = LEARNING_RATE * cell.output_gradient(seen.h, seen.y, ERROR)
    optimizer = Optimizer(LEARNING_RATE)
    tuned = with_optimizer(layer, optimizer)
    run(tuned, X, ERROR)
    now = known_cell(tuned).output
    last = LEARNING_RATE * cell.output_gradient(seen.h[:1], seen.y[:1], ERROR[:1])
    compare(
        "weights behind the hidden state after backward",
        now,
        cell.output - step,
        [
            thrown_away(optimizer, cell.output, now),
            Fault(
                "the weights behind the hidden state are never updated",
                lambda: cell.output,
                "update both fully connected layers",
            ),
            updated_often(optimizer),
            Fault(
                "only one step's gradient is used",
                lambda: cell.output - last,
                "sum the gradient over the steps of the call",
            ),
        ],
        tolerance=1e-5,
    )


@requirement(
    *BOTH,
    hint="give each fully connected layer its own `copy.deepcopy(optimizer)`",
    after=(
        "updates",
        "output_weights_update",
        "backward",
        "second_sequence",
        "starts_each_call_anew",
        "forward",
        *STARTS,
    ),
)
def optimizer_state(layer_class: type) -> None:
    """Each weight matrix has its own optimizer state."""
    optimizer = Optimizer(LEARNING_RATE, MOMENTUM)
    layer = with_optimizer(made(layer_class), optimizer)
    cell = known_cell(layer)
    first, second = weights_of(layer), cell.output
    moved: list[Any] = [0.0, 0.0]
    for _ in range(2):
        seen = replace(cell, output=second).run(first, X)
        run(layer, X, ERROR)
        slopes = layer.gradient_weights, cell.output_gradient(seen.h, seen.y, ERROR)
        moved = [
            MOMENTUM * old - LEARNING_RATE * np.asarray(slope)
            for old, slope in zip(moved, slopes, strict=True)
        ]
        first, second = first + moved[0], second + moved[1]
    faults = [updated_often(optimizer, 2), *state_faults(optimizer, 2)]
    name = "after two steps with momentum"
    compare(f"weights {name}", layer.weights, first, faults)
    compare(
        f"weights behind the hidden state {name}",
        known_cell(layer).output,
        second,
        faults,
        tolerance=1e-5,
    )


@requirement(*BOTH, after=("updates", "backward", "forward", *STARTS))
def error_before_update(layer_class: type) -> None:
    """The returned error and the gradients use the weights before the update."""
    error_is_from_before_the_update(made(layer_class), X, ERROR)


@requirement(*BOTH, after=("forward", "starts_each_call_anew", *STARTS), values="forward")
def regularization(layer_class: type) -> str | None:
    """`calculate_regularization_loss` covers both weight matrices."""
    optimizer, regularizer = Optimizer(), Regularizer()
    optimizer.add_regularizer(regularizer)
    layer = with_optimizer(made(layer_class), optimizer)
    cell, weights = known_cell(layer), weights_of(layer)
    layer.forward(X.copy())
    asked = len(regularizer.journal)
    got = layer.calculate_regularization_loss()
    shapes = regularizer.journal[asked:]
    norm = Regularizer().norm
    first, second = norm(weights), norm(cell.output)
    without_bias = norm(weights[:-1]) + norm(cell.output[:-1])
    if matches(got, without_bias):
        return "the biases are not regularized"
    known = {m.shape for m in (weights, cell.output, weights[:-1], cell.output[:-1])}
    compare(
        "regularization loss",
        got,
        first + second,
        [
            Fault(
                "the norm of activations is taken, not that of weights",
                lambda: any(len(shape) > 1 and shape not in known for shape in shapes),
                "regularize the weights of both fully connected layers",
            ),
            Fault(
                "only the first weight matrix is counted",
                lambda: first,
                "add the norm of the weights behind the hidden state",
            ),
            Fault("only the weights behind the hidden state are counted", lambda: second),
            Fault("it is 0: the regularizer is not used", lambda: 0.0),
        ],
    )
    return None
