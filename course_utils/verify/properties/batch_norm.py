"""BatchNormalization."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import contextlib
from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    Fault,
    compare,
    reals,
    require,
)
from course_utils.verify.probes import Initializer
from course_utils.verify.properties.common import (
    normal,
    starts_as,
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
    for name, values in (("weights", GAMMA), ("bias", BETA)):
        # In the shape that they choose themselves: (channels,) or (1, channels); there may be none
        # yet.
        own = np.shape(getattr(layer, name, ()))
        setattr(layer, name, values.reshape(own if np.prod(own) == CHANNELS else -1).copy())
    return layer


def rows_of(x: np.ndarray) -> np.ndarray:
    """Return (samples, channels) of either form."""
    return x if x.ndim == 2 else x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def like(rows: np.ndarray, x: np.ndarray) -> np.ndarray:
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
    return like(gamma * (rows - mean) / np.sqrt(variance) + beta, x)


@requirement("BatchNormalization")
def starts(layer_class: type) -> None:
    """Starts trainable, with γ = 1 and β = 0, whatever initializers are given."""
    layer: Any = layer_class(CHANNELS)
    starts_as(layer, trainable=True)
    for when in ("at first", "after initialize"):
        for name, right in (("weights", 1.0), ("bias", 0.0)):
            value = getattr(layer, name, None)
            require(
                value is not None,
                name,
                f"{name} {when} is None",
                "the constructor does not set it",
                "γ = 1 and β = 0 do not wait for `initialize`",
            )
            got = reals(f"{name} {when}", value)
            require(
                got.size == CHANNELS,
                name,
                f"{name} {when} has shape {got.shape}, expected ({CHANNELS},)",
            )
            compare(
                f"{name} {when}",
                got.ravel(),
                np.full(CHANNELS, right),
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
        Fault("γ is used twice", lambda: normalized(x, gamma=GAMMA**2)),
        Fault("γ is used twice", lambda: normalized(x, gamma=GAMMA**2, beta=GAMMA * BETA)),
        Fault("γ and β are exchanged", lambda: normalized(x, gamma=BETA, beta=GAMMA)),
        Fault("β is subtracted", lambda: normalized(x, beta=-BETA)),
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
    return reals("output", layer.forward(x.copy()))


def test(layer: Any, x: np.ndarray) -> np.ndarray:
    """Return the output in the testing phase."""
    layer.testing_phase = True
    return reals("output", layer.forward(x.copy()))


@requirement("BatchNormalization", after=("starts", "small_epsilon"))
def forward(layer_class: type) -> None:
    """In training a vector input is normalized by its batch's mean and biased variance."""
    compare(
        "output",
        train(made(layer_class), X),
        normalized(X),
        _forward_faults(X),
        tolerance=ROUGH,
    )


@requirement("BatchNormalization", after=("forward", "reformats", "small_epsilon", "starts"))
def forward_image(layer_class: type) -> None:
    """In training an image input is normalized per channel, over batch and positions."""
    got = train(made(layer_class), IMAGE)
    compare("output for images", got, normalized(IMAGE), _forward_faults(IMAGE), tolerance=ROUGH)


@requirement("BatchNormalization")
def reformats(layer_class: type) -> None:
    """`reformat` makes (batch, channels, y, x) one row per pixel, and back."""
    layer = made(layer_class)
    with contextlib.suppress(Exception):  # the shape may be remembered there
        layer.forward(IMAGE.copy())
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
