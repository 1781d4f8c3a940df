"""BatchNormalization: ε, gradients, updates, and calls one after another."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import Fault, NotMet, require
from course_utils.verify.properties.batch_norm import (
    BETA,
    CHANNELS,
    ERROR,
    GAMMA,
    IMAGE,
    IMAGE_ERROR,
    X,
    like,
    made,
    rows_of,
    train,
)
from course_utils.verify.properties.common import (
    can_be_called_again,
    gradient_matches,
    leaves_arrays_alone,
    normal,
)
from course_utils.verify.properties.updating import (
    error_is_from_before_the_update,
    keeps_state_apart,
    updates_in_backward,
)
from course_utils.verify.requirement import requirement

_LARGEST = 1.5e-10  # 1e-10 is accepted


def _slope(layer_class: type, x: np.ndarray) -> np.ndarray:
    """Return by how much each channel is multiplied, before γ: 1 / √(variance + ε)."""
    output = train(made(layer_class), x)
    return np.median((output - BETA) / (GAMMA * (x - x.mean(axis=0))), axis=0)


def _nearly_constant(values: np.ndarray) -> bool:
    return bool(np.ptp(values) < 0.01 * abs(np.median(values)))


@requirement("BatchNormalization", after=("forward", "starts"))
def small_epsilon(layer_class: type) -> None:
    """ε is not above 1e-10, and a constant channel does not divide by zero."""
    x = X * 1e-4
    variance, usual = x.var(axis=0), _slope(layer_class, X) * X.std(axis=0)
    raw = _slope(layer_class, x)
    slope = raw / usual
    inside, outside = raw**-2.0 - variance, 1 / raw - np.sqrt(variance)
    size, where = float(np.median(slope**-2.0 - variance)), ""
    if _nearly_constant(inside):
        size, where = float(np.median(inside)), ", below the root"
    elif _nearly_constant(outside):
        size, where = float(np.median(outside)), ", beside the root"
    off = float(np.max(np.abs(slope * np.sqrt(variance) - 1)))
    if off > 0.03 and size > _LARGEST:
        raise NotMet(
            "ε",
            f"outputs for inputs 10 000 times smaller are {off:.0%} off",
            f"ε is about {size:.0e}{where}: too large",
            "ε only has to prevent a division by zero; 1e-11 or the machine epsilon does",
            vague=not np.allclose(usual, 1, atol=1e-3),
        )
    constant = X.copy()
    constant[:, 0] = 2.0
    got = train(made(layer_class), constant)
    require(
        np.all(np.isfinite(got)),
        "output for a constant channel",
        f"it holds {got[0, 0]}",
        "the variance is 0 there and ε is missing",
        "add a small ε to the variance, below the root",
    )


def _check_error(layer_class: type, error: np.ndarray, x: np.ndarray, layer: Any) -> None:
    def output(at: np.ndarray) -> np.ndarray:
        return train(made(layer_class), at)

    rows, above = rows_of(x), rows_of(error)
    scale = GAMMA / rows.std(axis=0)
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)

    def below(mean: bool = True, variance: bool = True, unbiased: bool = False) -> np.ndarray:
        count = len(rows) - 1 if unbiased else len(rows)
        result = above - mean * above.mean(axis=0)
        result = result - variance * standard * (above * standard).sum(axis=0) / count
        return like(scale * result, x)

    faults = [
        Fault(
            "the batch's mean and variance are taken as constants",
            lambda: below(mean=False, variance=False),
            "they depend on every input of the batch",
        ),
        Fault("the share of the variance is missing", lambda: below(variance=False)),
        Fault("the share of the mean is missing", lambda: below(mean=False)),
        Fault("γ is left out", lambda: below() / like(np.broadcast_to(GAMMA, rows.shape), x)),
        Fault("γ is used twice", lambda: below() * like(np.broadcast_to(GAMMA, rows.shape), x)),
        Fault("the sum is divided by N − 1", lambda: below(unbiased=True)),
    ]
    gradient_matches(
        "error for the layer below",
        layer.backward(error.copy()),
        gradient(output, x, error),
        [below()],
        faults,
    )


@requirement("BatchNormalization", after=("forward", "small_epsilon", "starts"))
def backward(layer_class: type) -> None:
    """Backward returns the error for a vector input, through mean and variance."""
    layer = made(layer_class)
    train(layer, X)
    _check_error(layer_class, ERROR, X, layer)


@requirement(
    "BatchNormalization",
    after=("backward", "forward_image", "reformats", "forward", "small_epsilon", "starts"),
)
def backward_image(layer_class: type) -> None:
    """Backward returns the error for an image input."""
    layer = made(layer_class)
    train(layer, IMAGE)
    _check_error(layer_class, IMAGE_ERROR, IMAGE, layer)


@requirement(
    "BatchNormalization", after=("forward", "forward_image", "reformats", "small_epsilon", "starts")
)
def gradients(layer_class: type) -> None:
    """`gradient_weights` and `gradient_bias` are summed over batch and positions."""
    for x, error in ((X, ERROR), (IMAGE, IMAGE_ERROR)):
        layer = made(layer_class)
        train(layer, x)
        layer.backward(error.copy())
        rows, above = rows_of(x), rows_of(error)
        standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)
        right = (above * standard).sum(axis=0)

        def output(gamma: np.ndarray, beta: np.ndarray, x: np.ndarray = x) -> np.ndarray:
            twin = made(layer_class)
            twin.weights = gamma.reshape(np.shape(twin.weights))
            twin.bias = beta.reshape(np.shape(twin.bias))
            return train(twin, x)

        gradient_matches(
            "gradient_weights",
            np.ravel(layer.gradient_weights),
            gradient(lambda at, f=output: f(at, BETA), GAMMA, error, step=0.5),
            [right],
            [
                Fault(
                    "the input is used instead of the normalized input",
                    lambda a=above, r=rows: (a * r).sum(axis=0),
                ),
                Fault("it is averaged instead of summed", lambda r=right, rows=rows: r / len(rows)),
                Fault("γ is in it: it is the gradient by γ itself", lambda r=right: r * GAMMA),
                Fault(
                    "the output is used instead of the normalized input",
                    lambda a=above, s=standard: (a * (GAMMA * s + BETA)).sum(axis=0),
                ),
            ],
        )
        gradient_matches(
            "gradient_bias",
            np.ravel(layer.gradient_bias),
            gradient(lambda at, f=output: f(GAMMA, at), BETA, error, step=0.5),
            [above.sum(axis=0)],
            [Fault("it is averaged instead of summed", lambda a=above: a.mean(axis=0))],
        )


@requirement("BatchNormalization", after=("gradients", "forward", "backward", "starts"))
def updates(layer_class: type) -> None:
    """γ and β are updated in backward only, and only when an optimizer is set."""
    updates_in_backward(made(layer_class), X, ERROR)


@requirement("BatchNormalization", after=("updates", "backward", "gradients", "forward", "starts"))
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(
        made(layer_class), X, ERROR, ("gradient_weights", "gradient_bias")
    )


@requirement("BatchNormalization", after=("updates", "gradients", "forward", "backward", "starts"))
def optimizer_state(layer_class: type) -> None:
    """γ and β have one copy of the optimizer each."""
    keeps_state_apart(made(layer_class), X, ERROR)


@requirement(
    "BatchNormalization",
    after=("forward", "forward_image", "backward", "backward_image", "reformats", "starts"),
)
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(made(layer_class), X, ERROR)
    leaves_arrays_alone(made(layer_class), IMAGE, IMAGE_ERROR)


@requirement("BatchNormalization", after=("pure", "forward", "backward", "starts"))
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch size."""
    can_be_called_again(made(layer_class), normal(7, CHANNELS, seed=8), X, ERROR)


@requirement(
    "BatchNormalization",
    after=("repeatable", "forward_image", "backward_image", "reformats", "forward", "starts"),
)
def images_and_vectors(layer_class: type) -> None:
    """One layer takes vectors and images in turn."""
    can_be_called_again(made(layer_class), IMAGE, X, ERROR)
    can_be_called_again(made(layer_class), X, IMAGE, IMAGE_ERROR)
