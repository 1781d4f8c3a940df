"""BatchNormalization."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from typing import Any

import numpy as np

from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import Fault, compare, require
from course_utils.verify.probes import Initializer
from course_utils.verify.properties.common import (
    can_be_called_again,
    error_is_from_before_the_update,
    gradient_matches,
    keeps_state_apart,
    leaves_arrays_alone,
    normal,
    starts_as,
    updates_in_backward,
)
from course_utils.verify.requirement import requirement

CHANNELS = 3
X = normal(5, CHANNELS) * [1.0, 2.0, 0.5] + [0.0, 3.0, -1.0]
ERROR = normal(5, CHANNELS, seed=1)
IMAGE = normal(2, CHANNELS, 2, 3, seed=2) * 2 + 1
IMAGE_ERROR = normal(2, CHANNELS, 2, 3, seed=3)
ROUGH = 1e-4  # an ε that is too large shows below this and is reported once, by small_epsilon
GAMMA = np.array([1.5, -0.5, 2.0])
BETA = np.array([0.25, -1.0, 0.5])


def made(layer_class: type) -> Any:
    """Return the student's layer with γ and β that are not 1 and 0."""
    layer = layer_class(CHANNELS)
    # In the shape that they choose themselves: (channels,) or (1, channels).
    layer.weights = GAMMA.reshape(np.shape(layer.weights)).copy()
    layer.bias = BETA.reshape(np.shape(layer.bias)).copy()
    return layer


def rows_of(x: np.ndarray) -> np.ndarray:
    """Return (samples, channels) of either form."""
    return x if x.ndim == 2 else x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def _like(rows: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return rows in the form of `x`."""
    if x.ndim == 2:
        return rows
    batch, channels, *space = x.shape
    return rows.reshape(batch, *space, channels).transpose(0, 3, 1, 2)


def normalized(
    x: np.ndarray, mean: Any = None, variance: Any = None, gamma: Any = GAMMA, beta: Any = BETA
) -> np.ndarray:
    """Return γ·(x − mean)/√variance + β, by default with the batch's own statistics."""
    rows = rows_of(x)
    mean = rows.mean(axis=0) if mean is None else mean
    variance = rows.var(axis=0) if variance is None else variance
    return _like(gamma * (rows - mean) / np.sqrt(variance) + beta, x)


@requirement("BatchNormalization")
def starts(layer_class: type) -> None:
    """Starts trainable, with γ = 1 and β = 0, whatever initializers are given."""
    layer: Any = layer_class(CHANNELS)
    starts_as(layer, trainable=True)
    for when in ("at first", "after initialize"):
        for name, value in (("weights", 1.0), ("bias", 0.0)):
            got = np.asarray(getattr(layer, name), dtype=np.float64)
            require(
                got.size == CHANNELS,
                name,
                f"{name} {when} has shape {got.shape}, expected ({CHANNELS},)",
            )
            compare(
                f"{name} {when}",
                got.ravel(),
                np.full(CHANNELS, value),
                [
                    Fault(
                        "the initializers are used", lambda got=got: bool(np.all(np.abs(got) >= 2))
                    )
                ],
                "γ is 1 and β is 0 at first; `initialize` ignores what it is given",
            )
        layer.initialize(Initializer(2, 3), Initializer(-3, -2))


def _forward_faults(x: np.ndarray) -> list[Fault]:
    rows = rows_of(x)

    def per_sample() -> np.ndarray:
        # An image has its channels in the columns of `rows`, so only vectors are tried here.
        mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        return GAMMA * (x - mean) / np.sqrt(variance) + BETA

    def per_position() -> np.ndarray:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        shape = (1, CHANNELS, 1, 1)
        return GAMMA.reshape(shape) * (x - mean) / np.sqrt(variance) + BETA.reshape(shape)

    return [
        Fault(
            "the variance is the unbiased one, divided by N − 1",
            lambda: normalized(x, variance=rows.var(axis=0, ddof=1)),
            "`np.var` without `ddof` divides by N",
        ),
        Fault(
            "it is divided by the variance instead of its root",
            lambda: normalized(x, variance=rows.var(axis=0) ** 2),
        ),
        Fault("the mean is not subtracted", lambda: normalized(x, mean=0.0)),
        Fault("it is not divided by the standard deviation", lambda: normalized(x, variance=1.0)),
        Fault(
            "γ and β are not applied",
            lambda: normalized(x, gamma=1.0, beta=0.0),
            "use `self.weights` and `self.bias` in every call",
        ),
        Fault("γ is not applied", lambda: normalized(x, gamma=1.0)),
        Fault("β is not applied", lambda: normalized(x, beta=0.0)),
        Fault("each sample is normalized, not each channel", per_sample, "reduce over `axis=0`"),
        Fault(
            "each pixel is normalized by itself: positions must be averaged too",
            per_position,
            "reformat the image to (batch·positions, channels) first",
        ),
    ]


def train(layer: Any, x: np.ndarray) -> np.ndarray:
    """Return the output in training."""
    layer.testing_phase = False
    return np.array(layer.forward(x.copy()), dtype=np.float64)


def test(layer: Any, x: np.ndarray) -> np.ndarray:
    """Return the output in the testing phase."""
    layer.testing_phase = True
    return np.array(layer.forward(x.copy()), dtype=np.float64)


@requirement("BatchNormalization")
def forward(layer_class: type) -> None:
    """In training a vector input is normalized by its batch's mean and biased variance."""
    compare(
        "output",
        train(made(layer_class), X),
        normalized(X),
        _forward_faults(X),
        tolerance=ROUGH,
    )


@requirement("BatchNormalization")
def forward_image(layer_class: type) -> None:
    """In training an image input is normalized per channel, over batch and positions."""
    got = train(made(layer_class), IMAGE)
    compare("output for images", got, normalized(IMAGE), _forward_faults(IMAGE), tolerance=ROUGH)


@requirement("BatchNormalization")
def reformats(layer_class: type) -> None:
    """`reformat` makes (batch, channels, y, x) one row per pixel, and back."""
    layer = made(layer_class)
    rows = np.asarray(layer.reformat(IMAGE.copy()))
    require(
        rows.shape == rows_of(IMAGE).shape,
        "reformat(image)",
        f"its shape is {rows.shape}, expected (batch·positions, channels) = {rows_of(IMAGE).shape}",
    )
    for channel in range(CHANNELS):
        require(
            np.array_equal(np.sort(rows[:, channel]), np.sort(IMAGE[:, channel].ravel())),
            f"reformat(image)[:, {channel}]",
            f"column {channel} does not hold channel {channel} alone",
            "the array is reshaped without moving the channels last",
            "move the channel axis last before the reshape",
        )
    compare(
        "reformat(reformat(image))",
        layer.reformat(rows.copy()),
        IMAGE,
        hint="undo both steps in the opposite order, with the remembered shape",
    )


@requirement("BatchNormalization")
def small_epsilon(layer_class: type) -> None:
    """ε is below 1e-10, and a constant channel does not divide by zero."""
    large, x = train(made(layer_class), X), X * 1e-4
    faults = [
        Fault(
            f"ε is about {size:.0e}, too large",
            lambda e=size: (large - BETA) * np.sqrt(x.var(axis=0) / (x.var(axis=0) + e)) + BETA,
            "ε only has to prevent a division by zero; 1e-11 or the machine epsilon does",
        )
        for size in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)
    ]
    compare(
        "output for inputs 10 000 times smaller",
        train(made(layer_class), x),
        large,
        faults,
        "ε is below 1e-10 in the exercises",
        tolerance=0.03,
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
        return _like(scale * result, x)

    faults = [
        Fault(
            "the batch's mean and variance are taken as constants",
            lambda: below(mean=False, variance=False),
            "they depend on every input of the batch",
        ),
        Fault("the share of the variance is missing", lambda: below(variance=False)),
        Fault("the share of the mean is missing", lambda: below(mean=False)),
        Fault("γ is left out", lambda: below() / _like(np.broadcast_to(GAMMA, rows.shape), x)),
        Fault("the sum is divided by N − 1", lambda: below(unbiased=True)),
    ]
    gradient_matches(
        "error for the layer below",
        layer.backward(error.copy()),
        gradient(output, x, error),
        [below()],
        faults,
    )


@requirement("BatchNormalization")
def backward(layer_class: type) -> None:
    """Backward returns the error for a vector input, through mean and variance."""
    layer = made(layer_class)
    train(layer, X)
    _check_error(layer_class, ERROR, X, layer)


@requirement("BatchNormalization")
def backward_image(layer_class: type) -> None:
    """Backward returns the error for an image input."""
    layer = made(layer_class)
    train(layer, IMAGE)
    _check_error(layer_class, IMAGE_ERROR, IMAGE, layer)


@requirement("BatchNormalization")
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


@requirement("BatchNormalization")
def updates(layer_class: type) -> None:
    """γ and β are updated in backward only, and only when an optimizer is set."""
    updates_in_backward(made(layer_class), X, ERROR)


@requirement("BatchNormalization")
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(
        made(layer_class), X, ERROR, ("gradient_weights", "gradient_bias")
    )


@requirement("BatchNormalization")
def optimizer_state(layer_class: type) -> None:
    """γ and β have one copy of the optimizer each."""
    keeps_state_apart(made(layer_class), X, ERROR)


@requirement("BatchNormalization")
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(made(layer_class), X, ERROR)
    leaves_arrays_alone(made(layer_class), IMAGE, IMAGE_ERROR)


@requirement("BatchNormalization")
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch size and with images in between."""
    layer = made(layer_class)
    can_be_called_again(copy.deepcopy(layer), normal(7, CHANNELS, seed=8), X, ERROR)
    can_be_called_again(layer, IMAGE, X, ERROR)
