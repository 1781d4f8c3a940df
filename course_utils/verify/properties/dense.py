"""FullyConnected."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.crash import NOT_STORED
from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import (
    Fault,
    compare,
    reals,
    require,
)
from course_utils.verify.probes import Initializer
from course_utils.verify.properties.common import (
    can_be_called_again,
    gradient_matches,
    has_shape,
    keeps_to_itself,
    leaves_arrays_alone,
    normal,
    run,
    starts_as,
)
from course_utils.verify.properties.updating import (
    error_is_from_before_the_update,
    keeps_state_apart,
    updates_in_backward,
)
from course_utils.verify.requirement import requirement

BATCH, INPUTS, OUTPUTS = 3, 4, 2
X = normal(BATCH, INPUTS)
ERROR = normal(BATCH, OUTPUTS, seed=1)
WEIGHTS = normal(INPUTS + 1, OUTPUTS, seed=2)
OWN_WEIGHTS = "it keeps weights of its own from the constructor; compute from `self.weights`"


def _layer(layer_class: type) -> Any:
    layer = layer_class(INPUTS, OUTPUTS)
    layer.weights = WEIGHTS.copy()
    return layer


def _with_ones(x: np.ndarray) -> np.ndarray:
    return np.hstack([x, np.ones((len(x), 1))])


@requirement("FullyConnected", values="start")
def starts(layer_class: type) -> None:
    """Starts trainable, with weights (inputs + 1, outputs) uniform in [0, 1)."""
    starts_as(layer_class(INPUTS, OUTPUTS), trainable=True)
    layer: Any = layer_class(40, 50)
    causes: dict[tuple[int, ...], str] = {
        (40, 50): "the bias row is missing",
        (50, 41): "it is transposed",
    }
    has_shape(
        layer,
        "weights",
        (41, 50),
        "(inputs + 1, outputs)",
        causes.get(np.shape(getattr(layer, "weights", ())), ""),
        "the bias is the last row of the weights",
    )
    weights = reals("weights", layer.weights)
    require(
        not np.all(weights[-1] == 1),
        "weights",
        "the last row, the bias, holds only ones at first",
        "the column of ones belongs to the input; the bias row is drawn like the other weights",
    )
    low, high, mean = weights.min(), weights.max(), weights.mean()
    require(
        low >= 0 and high < 1 and abs(mean - 0.5) < 0.05 and high - low > 0.9,
        "weights",
        f"the first weights lie in [{low:.3g}, {high:.3g}] with mean {mean:.3g}",
        "they are not drawn uniformly from [0, 1)",
        "`np.random.rand(inputs + 1, outputs)`",
    )
    require(
        np.ptp(weights[-1]) > 0.5,
        "weights",
        f"the last row, the bias, lies in [{weights[-1].min():.3g}, {weights[-1].max():.3g}]",
        "the bias row is not drawn like the other weights",
    )
    other: Any = layer_class(40, 50)
    require(
        not np.array_equal(weights, other.weights),
        "weights",
        "two layers begin with the same weights",
        "the random generator is seeded anew in every constructor",
    )


@requirement("FullyConnected", after=("starts",), values="forward")
def forward(layer_class: type) -> None:
    """Forward gives [x, 1]·weights, for whatever weights are set."""
    product, right = X @ WEIGHTS[:-1], _with_ones(X) @ WEIGHTS
    layer: Any = layer_class(INPUTS, OUTPUTS)
    first = np.array(layer.weights)
    layer.weights = WEIGHTS.copy()
    faults = [
        Fault("the bias is left out", lambda: product, "append a column of ones to the input"),
        Fault(
            "the bias is taken from the first row of the weights instead of the last",
            lambda: np.hstack([np.ones((BATCH, 1)), X]) @ WEIGHTS,
            "append the column of ones at the end",
        ),
        Fault(
            "the bias counts as 1: a row of ones is used instead of the last row of the weights",
            lambda: product + 1,
        ),
        Fault("the bias is added twice", lambda: product + 2 * WEIGHTS[-1]),
        Fault("the result is transposed", lambda: right.T),
        Fault(OWN_WEIGHTS, lambda: _with_ones(X) @ first),
        Fault(
            "a sigmoid is applied, which is a layer of its own", lambda: 1 / (1 + np.exp(-right))
        ),
        Fault("a ReLU is applied, which is a layer of its own", lambda: np.maximum(right, 0)),
    ]
    hint = "multiply the input, extended by a column of ones, with `self.weights`"
    compare("output", layer.forward(X.copy()), right, faults, hint)


@requirement("FullyConnected", after=("forward", "error"), values="forward")
def replaced_weights(layer_class: type) -> None:
    """Weights replaced from outside count at once, in forward and backward."""
    used, fresh = _layer(layer_class), _layer(layer_class)
    run(used, X, ERROR)
    used.weights, fresh.weights = 3 * WEIGHTS, 3 * WEIGHTS
    stale = [Fault("something derived from the former weights is kept", lambda: True, vague=True)]
    hint = "compute from `self.weights` in every call"
    name = "after replacing the weights"
    right = np.array(fresh.forward(X.copy()))
    compare(f"output {name}", used.forward(X.copy()), right, stale, hint)
    right = np.array(fresh.backward(ERROR.copy()))
    compare(f"error {name}", used.backward(ERROR.copy()), right, stale, hint)


@requirement("FullyConnected", after=("forward", "starts"), values="backward")
def error(layer_class: type) -> None:
    """Backward returns the error for the layer below, without the bias's share."""
    layer: Any = layer_class(INPUTS, OUTPUTS)
    first = np.array(layer.weights)
    layer.weights = WEIGHTS.copy()
    layer.forward(X.copy())
    got = layer.backward(ERROR.copy())
    require(
        np.array_equal(layer.weights, WEIGHTS),
        "weights",
        "backward has changed the weights, and no optimizer is set",
        "a step is an optimizer's work; backward stores the gradient",
    )
    faults = [
        Fault(
            "the bias's column is still in the error",
            lambda: ERROR @ WEIGHTS.T,
            "leave out the bias row of the weights in the returned error",
        ),
        Fault(
            "the first row of the weights is left out instead of the bias row",
            lambda: ERROR @ WEIGHTS[1:].T,
        ),
        Fault("this is the gradient of the weights", lambda: _with_ones(X).T @ ERROR),
        Fault(OWN_WEIGHTS, lambda: ERROR @ first[:-1].T),
    ]
    numerical = gradient(_layer(layer_class).forward, X, ERROR)
    gradient_matches("error for the layer below", got, numerical, [ERROR @ WEIGHTS[:-1].T], faults)


@requirement("FullyConnected", after=("forward", "starts"), values="backward")
def gradient_weights(layer_class: type) -> None:
    """`gradient_weights` is summed over the batch and includes the bias row."""

    def output(weights: np.ndarray) -> Any:
        layer = _layer(layer_class)
        layer.weights = weights
        return layer.forward(X.copy())

    layer = _layer(layer_class)
    layer.forward(X.copy())
    layer.backward(ERROR.copy())
    require(
        getattr(layer, "gradient_weights", None) is not None,
        "gradient_weights",
        "backward sets no `gradient_weights`",
        NOT_STORED,
        "set `self.gradient_weights` in `backward`",
    )
    right = _with_ones(X).T @ ERROR
    faults = [
        Fault(
            "the bias row is missing", lambda: X.T @ ERROR, "use the input with its column of ones"
        ),
        Fault("the gradient is averaged over the batch instead of summed", lambda: right / BATCH),
        Fault(
            "the bias's gradient is averaged over the batch instead of summed",
            lambda: np.vstack([right[:-1], right[-1:] / BATCH]),
        ),
        Fault("it is transposed", lambda: right.T),
        Fault(
            "the bias's gradient is the first row instead of the last",
            lambda: np.vstack([right[-1:], right[:-1]]),
        ),
        Fault(
            "the bias's gradient is left at 0",
            lambda: np.vstack([right[:-1], np.zeros((1, OUTPUTS))]),
        ),
    ]
    numerical = gradient(output, WEIGHTS, ERROR)
    gradient_matches("gradient_weights", layer.gradient_weights, numerical, [right], faults)
    first = np.array(layer.gradient_weights)
    run(layer, X, ERROR)
    added = Fault(
        "it is added to that of the batch before; every backward sets its own", lambda: 2 * first
    )
    compare("gradient_weights after a second batch", layer.gradient_weights, first, [added])


@requirement("FullyConnected", after=("gradient_weights", "forward", "error"))
def updates(layer_class: type) -> None:
    """An update happens in backward only, and only when an optimizer is set."""
    updates_in_backward(_layer(layer_class), X, ERROR, ["weights"])


@requirement("FullyConnected", after=("updates", "error", "gradient_weights"))
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(_layer(layer_class), X, ERROR)


@requirement("FullyConnected", after=("updates", "gradient_weights", "error"))
def optimizer_state(layer_class: type) -> None:
    """The optimizer's state lasts; weights and bias held apart have one copy each."""
    keeps_state_apart(_layer(layer_class), X, ERROR, ["weights"])


@requirement("FullyConnected", after=("starts",))
def initializes(layer_class: type) -> None:
    """`initialize` draws weights and bias each from its own initializer, with fan in and out."""
    layer = _layer(layer_class)
    for_weights, for_bias = Initializer(2, 3), Initializer(-3, -2)
    layer.initialize(for_weights, for_bias)
    weights = reals("weights", layer.weights)
    shape = (INPUTS + 1, OUTPUTS)
    require(
        weights.shape == shape,
        "weights after initialize",
        f"weights has shape {weights.shape}, expected {shape}",
    )
    require(
        for_weights.made(weights[:-1]),
        "weights after initialize",
        f"weights[0, 0] is {weights[0, 0]:.6g}, which the weights initializer did not give",
        "the weights initializer is ignored",
    )
    require(
        for_bias.made(weights[-1]),
        "bias row after initialize",
        f"weights[-1, 0] is {weights[-1, 0]:.6g}, which the bias initializer did not give",
        "the bias is drawn by the weights initializer: the bias initializer is ignored"
        if for_weights.made(weights[-1])
        else f"the bias row is filled with {weights[-1, 0]:g}: the bias initializer is ignored"
        if np.all(weights[-1] == weights[-1, 0])
        else "the bias initializer is ignored",
        "let `bias_initializer.initialize` fill the last row",
    )
    _, fan_in, fan_out, _ = for_weights.journal[0]
    fans_are(
        fan_in,
        fan_out,
        INPUTS,
        OUTPUTS,
        {
            (INPUTS + 1, OUTPUTS): "the bias is counted as an input",
        },
    )


def fans_are(
    fan_in: Any,
    fan_out: Any,
    right_in: int,
    right_out: int,
    causes: dict[tuple[int, int], str],
) -> None:
    """Raise `NotMet` unless the initializer was given the right fans."""
    got, right = (fan_in, fan_out), (right_in, right_out)
    require(
        got == right,
        "fan_in and fan_out",
        f"the weights initializer is given fan_in, fan_out = {got}, expected {right}",
        "fan_in and fan_out are exchanged" if got == right[::-1] else causes.get(got, ""),
    )


@requirement("FullyConnected", after=("forward", "error"))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(_layer(layer_class), X, ERROR)


@requirement("FullyConnected", after=("pure", "forward", "error"), values="backward")
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch size."""
    can_be_called_again(_layer(layer_class), normal(5, INPUTS, seed=3), X, ERROR)
    keeps_to_itself(lambda: _layer(layer_class), X, ERROR)
