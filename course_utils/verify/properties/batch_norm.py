"""BatchNormalization."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from typing import Any

import numpy as np

from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import Fault, NotMet, compare, matches, require
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


def _layer(layer_class: type) -> Any:
    layer = layer_class(CHANNELS)
    # In the shape that they choose themselves: (channels,) or (1, channels).
    layer.weights = GAMMA.reshape(np.shape(layer.weights)).copy()
    layer.bias = BETA.reshape(np.shape(layer.bias)).copy()
    return layer


def _rows(x: np.ndarray) -> np.ndarray:
    """Return (samples, channels) of either form."""
    return x if x.ndim == 2 else x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def _like(rows: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return rows in the form of `x`."""
    if x.ndim == 2:
        return rows
    batch, channels, *space = x.shape
    return rows.reshape(batch, *space, channels).transpose(0, 3, 1, 2)


def _normalized(
    x: np.ndarray, mean: Any = None, variance: Any = None, gamma: Any = GAMMA, beta: Any = BETA
) -> np.ndarray:
    rows = _rows(x)
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
    rows = _rows(x)

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
            lambda: _normalized(x, variance=rows.var(axis=0, ddof=1)),
            "`np.var` without `ddof` divides by N",
        ),
        Fault(
            "it is divided by the variance instead of its root",
            lambda: _normalized(x, variance=rows.var(axis=0) ** 2),
        ),
        Fault("the mean is not subtracted", lambda: _normalized(x, mean=0.0)),
        Fault("it is not divided by the standard deviation", lambda: _normalized(x, variance=1.0)),
        Fault(
            "γ and β are not applied",
            lambda: _normalized(x, gamma=1.0, beta=0.0),
            "use `self.weights` and `self.bias` in every call",
        ),
        Fault("γ is not applied", lambda: _normalized(x, gamma=1.0)),
        Fault("β is not applied", lambda: _normalized(x, beta=0.0)),
        Fault("each sample is normalized, not each channel", per_sample, "reduce over `axis=0`"),
        Fault(
            "each pixel is normalized by itself: positions must be averaged too",
            per_position,
            "reformat the image to (batch·positions, channels) first",
        ),
    ]


def _train(layer: Any, x: np.ndarray) -> np.ndarray:
    layer.testing_phase = False
    return np.array(layer.forward(x.copy()), dtype=np.float64)


def _test(layer: Any, x: np.ndarray) -> np.ndarray:
    layer.testing_phase = True
    return np.array(layer.forward(x.copy()), dtype=np.float64)


@requirement("BatchNormalization")
def forward(layer_class: type) -> None:
    """In training a vector input is normalized by its batch's mean and biased variance."""
    compare(
        "output",
        _train(_layer(layer_class), X),
        _normalized(X),
        _forward_faults(X),
        tolerance=ROUGH,
    )


@requirement("BatchNormalization")
def forward_image(layer_class: type) -> None:
    """In training an image input is normalized per channel, over batch and positions."""
    got = _train(_layer(layer_class), IMAGE)
    compare("output for images", got, _normalized(IMAGE), _forward_faults(IMAGE), tolerance=ROUGH)


@requirement("BatchNormalization")
def reformats(layer_class: type) -> None:
    """`reformat` makes (batch, channels, y, x) one row per pixel, and back."""
    layer = _layer(layer_class)
    rows = np.asarray(layer.reformat(IMAGE.copy()))
    require(
        rows.shape == _rows(IMAGE).shape,
        "reformat(image)",
        f"its shape is {rows.shape}, expected (batch·positions, channels) = {_rows(IMAGE).shape}",
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
    large, x = _train(_layer(layer_class), X), X * 1e-4
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
        _train(_layer(layer_class), x),
        large,
        faults,
        "ε is below 1e-10 in the exercises",
        tolerance=0.03,
    )
    constant = X.copy()
    constant[:, 0] = 2.0
    got = _train(_layer(layer_class), constant)
    require(
        np.all(np.isfinite(got)),
        "output for a constant channel",
        f"it holds {got[0, 0]}",
        "the variance is 0 there and ε is missing",
        "add a small ε to the variance, below the root",
    )


@requirement("BatchNormalization")
def running_start(layer_class: type) -> None:
    """Running mean and variance start with those of the first batch."""
    layer = _layer(layer_class)
    _train(layer, X)
    mean, variance = X.mean(axis=0), X.var(axis=0)
    other = normal(4, CHANNELS, seed=5)
    hint = "the first batch's mean and variance are the running ones at first"

    def decayed(decay: float, start: float) -> np.ndarray:
        return _normalized(other, (1 - decay) * mean, decay * start + (1 - decay) * variance)

    faults = [
        Fault(
            "the batch's own statistics are used in the testing phase",
            lambda: _normalized(other),
            "use the running statistics in the testing phase",
        ),
        Fault(
            "running statistics are never updated: they are still 0 and 1",
            lambda: _normalized(other, 0.0, 1.0),
            "update them in every training forward pass",
        ),
        Fault(
            "the running variance is the unbiased one",
            lambda: _normalized(other, mean, X.var(axis=0, ddof=1)),
        ),
        Fault(
            "γ and β are not applied in the testing phase",
            lambda: _normalized(other, mean, variance, 1.0, 0.0),
        ),
        *[
            Fault(
                "running statistics start with 0 or 1 and not with the first batch",
                lambda d=d, s=s: decayed(d, s),
                hint,
            )
            for d in (0.8, 0.9, 0.2, 0.1, 0.99, 0.5)
            for s in (0.0, 1.0)
        ],
    ]
    compare(
        "output in the testing phase",
        _test(layer, other),
        _normalized(other, mean, variance),
        faults,
        hint,
        ROUGH,
    )


def _running(layer: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return running mean and variance, seen from two outputs in the testing phase."""
    low, high = _test(layer, np.zeros((2, CHANNELS))), _test(layer, np.ones((2, CHANNELS)))
    slope = (high - low)[0]  # γ / σ
    require(
        np.all(slope != 0) and np.all(np.isfinite(slope)),
        "output in the testing phase",
        "it does not depend on the input when all samples are alike",
        "the batch's own statistics are used in the testing phase",
        "use the running statistics in the testing phase",
    )
    sigma = GAMMA / slope
    return (BETA - low[0]) / slope, sigma**2


@requirement("BatchNormalization")
def running_decay(layer_class: type) -> str:
    """Running mean and variance move towards each further batch."""
    layer = _layer(layer_class)
    second = normal(5, CHANNELS, seed=6) * 3 - 2
    _train(layer, X)
    before = _running(layer)
    _train(layer, second)
    after = _running(layer)
    batch = second.mean(axis=0), second.var(axis=0)
    names = ("running mean", "running variance")
    kept = []
    for name, old, new, now in zip(names, before, after, batch, strict=True):
        share = (new - now) / (old - now)
        hint = "running ← decay·running + (1 − decay)·batch, decay about 0.8"
        index = f"{name}[0] stays" if matches(new, old) else f"{name}[0] becomes"
        require(
            not matches(new, old),
            name,
            f"{index} {new[0]:.6g} after a second batch",
            "running statistics are never updated after the first batch",
            hint,
        )
        require(
            not matches(new, now),
            name,
            f"{index} {new[0]:.6g}, the batch's own",
            "running statistics are overwritten by the last batch",
            hint,
        )
        compare(
            f"share of the old {name} that is kept, per channel",
            share,
            np.full(CHANNELS, np.median(share)),
            hint=hint,
            tolerance=1e-5,
        )
        if not 0 < np.median(share) < 1:
            raise NotMet(
                name,
                f"its old value counts {np.median(share):.4g}-fold",
                "the two weights do not add up to 1",
                hint,
            )
        kept.append(float(np.median(share)))
    if abs(kept[0] - kept[1]) < 1e-6:
        return f"decay of the running statistics: {kept[0]:.3g}"
    return f"decay of the running mean: {kept[0]:.3g}, of the running variance: {kept[1]:.3g}"


@requirement("BatchNormalization")
def testing_leaves_statistics(layer_class: type) -> None:
    """The testing phase uses the running statistics and does not change them."""
    layer = _layer(layer_class)
    _train(layer, X)
    first = _test(layer, 2 * X)
    _test(layer, 5 * X + 1)
    compare(
        "second output in the testing phase",
        _test(layer, 2 * X),
        first,
        [Fault("running statistics are updated in the testing phase too", lambda: True)],
    )
    layer = _layer(layer_class)
    _train(layer, IMAGE)
    rows = _rows(IMAGE)
    got = _test(layer, IMAGE + 1)
    right = _normalized(IMAGE + 1, rows.mean(axis=0), rows.var(axis=0))
    compare("output for images in the testing phase", got, right, tolerance=ROUGH)


def _check_error(layer_class: type, error: np.ndarray, x: np.ndarray, layer: Any) -> None:
    def output(at: np.ndarray) -> np.ndarray:
        return _train(_layer(layer_class), at)

    rows, above = _rows(x), _rows(error)
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
    layer = _layer(layer_class)
    _train(layer, X)
    _check_error(layer_class, ERROR, X, layer)


@requirement("BatchNormalization")
def backward_image(layer_class: type) -> None:
    """Backward returns the error for an image input."""
    layer = _layer(layer_class)
    _train(layer, IMAGE)
    _check_error(layer_class, IMAGE_ERROR, IMAGE, layer)


@requirement("BatchNormalization")
def gradients(layer_class: type) -> None:
    """`gradient_weights` and `gradient_bias` are summed over batch and positions."""
    for x, error in ((X, ERROR), (IMAGE, IMAGE_ERROR)):
        layer = _layer(layer_class)
        _train(layer, x)
        layer.backward(error.copy())
        rows, above = _rows(x), _rows(error)
        standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)
        right = (above * standard).sum(axis=0)

        def output(gamma: np.ndarray, beta: np.ndarray, x: np.ndarray = x) -> np.ndarray:
            twin = _layer(layer_class)
            twin.weights = gamma.reshape(np.shape(twin.weights))
            twin.bias = beta.reshape(np.shape(twin.bias))
            return _train(twin, x)

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
    updates_in_backward(_layer(layer_class), X, ERROR)


@requirement("BatchNormalization")
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(
        _layer(layer_class), X, ERROR, ("gradient_weights", "gradient_bias")
    )


@requirement("BatchNormalization")
def optimizer_state(layer_class: type) -> None:
    """γ and β have one copy of the optimizer each."""
    keeps_state_apart(_layer(layer_class), X, ERROR)


@requirement("BatchNormalization")
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(_layer(layer_class), X, ERROR)
    leaves_arrays_alone(_layer(layer_class), IMAGE, IMAGE_ERROR)


@requirement("BatchNormalization")
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch size and with images in between."""
    layer = _layer(layer_class)
    can_be_called_again(copy.deepcopy(layer), normal(7, CHANNELS, seed=8), X, ERROR)
    can_be_called_again(layer, IMAGE, X, ERROR)
