"""Exercise 06.4: the backward pass; the first intermediate that is wrong is named."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.batch_norm.exercises.common import (
    LECTURE,
    fresh_batch,
    fresh_eps,
    fresh_parameters,
)
from course_utils.lessons.batch_norm.model import backward

_RESULTS = ("∂L/∂x̂", "∂L/∂σ²", "∂L/∂μ", "∂L/∂x")
_X_HAT, _VARIANCE, _MEAN, _X = ((name,) for name in _RESULTS)
Inputs = tuple[np.ndarray, np.ndarray, np.ndarray, float]


def _layer(rng: np.random.Generator, samples: int, units: int, spread: float = 1.0) -> Inputs:
    x = spread * fresh_batch(rng, samples, units)
    return rng.normal(1.0, 1.0, x.shape), x, fresh_parameters(rng, units)[0], fresh_eps(rng)


class _Known:
    """What the forward pass knows, and the right gradients."""

    def __init__(self, error: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float) -> None:
        self.n, self.gamma, self.error = len(x), gamma, error
        self.x, self.centred = x, x - x.mean(0)
        self.without_eps = x.var(0)
        self.variance = x.var(0) + eps
        self.deviation = np.sqrt(self.variance)
        self.right = backward(error, x, gamma, eps)


def _with(make: Callable[[_Known], np.ndarray]) -> Callable[..., np.ndarray]:
    return lambda *inputs: make(_Known(*inputs))


def _fault(of: tuple[str, ...], says: str, make: Callable[[_Known], np.ndarray]) -> Fault:
    return Fault(says, _with(make), of=of)


check_backward = Exercise(
    item="06.4",
    lecture=LECTURE,
    name="backward",
    title="Batch norm, backward",
    reference=backward,
    results=_RESULTS,
    rounds={
        "four gradients for fresh batches": lambda rng: _layer(rng, int(rng.integers(5, 12)), 3),
        "a batch of 4": lambda rng: _layer(rng, 4, 2),
        "a layer of width 1": lambda rng: _layer(rng, 6, 1),
        "units that hardly vary, where ε counts": lambda rng: _layer(rng, 7, 3, 0.002),
    },
    faults=(
        _fault(_X_HAT, "γ is missing: y = γx̂ + β, so ∂y/∂x̂ is γ", lambda k: k.error),
        _fault(_X_HAT, "the error is divided by γ; multiply", lambda k: k.error / k.gamma),
        _fault(
            _X_HAT,
            "the error is summed over the batch; x̂ has a gradient for each sample",
            lambda k: k.gamma * k.error.sum(0),
        ),
        _fault(
            _X_HAT,
            "that is e · x̂, whose sum is ∂L/∂γ; the derivative of y by x̂ is γ",
            lambda k: k.error * k.centred / k.deviation,
        ),
        _fault(
            _VARIANCE,
            "the factor −1/2 of the derivative of (σ² + ε)^(−1/2) is missing",
            lambda k: -2 * k.right.variance,
        ),
        _fault(
            _VARIANCE,
            "the factor 1/2 of the derivative of (σ² + ε)^(−1/2) is missing",
            lambda k: 2 * k.right.variance,
        ),
        _fault(
            _VARIANCE,
            "the exponent is −1/2; the derivative of (σ² + ε)^(−1/2) has −3/2",
            lambda k: k.right.variance * k.variance,
        ),
        _fault(
            _VARIANCE,
            "the exponent is −1; the derivative of (σ² + ε)^(−1/2) has −3/2",
            lambda k: k.right.variance * k.deviation,
        ),
        _fault(
            _VARIANCE,
            "it sums ∂L/∂x̂ alone; each sample's x − μ is a factor inside the sum",
            lambda k: -0.5 * k.right.x_hat.sum(0) / k.deviation**3,
        ),
        _fault(
            _VARIANCE,
            "it multiplies by x̂ instead of x − μ, so one deviation too many divides",
            lambda k: k.right.variance / k.deviation,
        ),
        _fault(
            _VARIANCE,
            "x stands where x − μ belongs",
            lambda k: -0.5 * (k.right.x_hat * k.x).sum(0) / k.deviation**3,
        ),
        _fault(
            _VARIANCE,
            "ε is missing: (σ² + ε)^(−3/2)",
            lambda k: k.right.variance * (k.variance / k.without_eps) ** 1.5,
        ),
        _fault(
            _VARIANCE,
            "the exponent is −3; the derivative of (σ² + ε)^(−1/2) has −3/2",
            lambda k: k.right.variance / k.deviation**3,
        ),
        _fault(
            _VARIANCE,
            "it is not summed: a unit has one σ², and every sample adds to its gradient",
            lambda k: -0.5 * k.right.x_hat * k.centred / k.deviation**3,
        ),
        _fault(
            _VARIANCE,
            "γ is missing: it begins with ∂L/∂x̂, not with the error",
            lambda k: k.right.variance / k.gamma,
        ),
        _fault(
            _VARIANCE,
            "γ is multiplied in twice: ∂L/∂x̂ has it already",
            lambda k: k.right.variance * k.gamma,
        ),
        _fault(
            _MEAN,
            "γ is missing: it begins with ∂L/∂x̂, not with the error",
            lambda k: k.right.mean / k.gamma,
        ),
        _fault(
            _MEAN,
            "it is not summed: a unit has one μ, and every sample adds to its gradient",
            lambda k: -k.right.x_hat / k.deviation,
        ),
        _fault(
            _MEAN,
            "the sign is missing: x̂ contains −μ",
            lambda k: -k.right.mean,
        ),
        _fault(
            _MEAN,
            "it is not divided by the deviation: ∂x̂/∂μ = −1/√(σ² + ε)",
            lambda k: k.right.mean * k.deviation,
        ),
        _fault(
            _MEAN,
            "it is multiplied by the deviation; divide",
            lambda k: k.right.mean * k.variance,
        ),
        _fault(
            _MEAN,
            "it is divided by the variance: ∂x̂/∂μ = −1/√(σ² + ε)",
            lambda k: k.right.mean / k.deviation,
        ),
        _fault(
            _MEAN,
            "ε is missing: ∂x̂/∂μ = −1/√(σ² + ε)",
            lambda k: k.right.mean * k.deviation / np.sqrt(k.without_eps),
        ),
        _fault(
            _MEAN,
            "γ and the deviation are missing: it is the sum of ∂L/∂x̂ times ∂x̂/∂μ = −1/√(σ² + ε)",
            lambda k: -k.error.sum(0),
        ),
        _fault(
            _X,
            "two of three paths are missing: x acts through σ² and through μ as well",
            lambda k: k.right.x_hat / k.deviation,
        ),
        _fault(
            _X,
            "that is ∂L/∂x̂; x acts through x̂, σ² and μ, each with a derivative of its own",
            lambda k: k.right.x_hat,
        ),
        _fault(
            _X,
            "on the direct path ∂x̂/∂x is 1/√(σ² + ε): divide by the deviation",
            lambda k: k.right.x + k.right.x_hat * (1 - 1 / k.deviation),
        ),
        _fault(
            _X,
            "on the direct path it is multiplied by the deviation; divide",
            lambda k: k.right.x + k.right.x_hat * (k.deviation - 1 / k.deviation),
        ),
        _fault(
            _X,
            "the path through the variance has the wrong sign",
            lambda k: k.right.x - 4 * k.right.variance * k.centred / k.n,
        ),
        _fault(
            _X,
            "the path through the mean has the wrong sign; ∂L/∂μ brings its own",
            lambda k: k.right.x - 2 * k.right.mean / k.n,
        ),
        _fault(
            _X,
            "the direct path is divided by the variance; divide by the deviation",
            lambda k: k.right.x + k.right.x_hat * (1 / k.variance - 1 / k.deviation),
        ),
        _fault(
            _X,
            "γ is missing: ∂L/∂x̂ is γe, and not e",
            lambda k: k.right.x / k.gamma,
        ),
        _fault(
            _X,
            "x stands where x − μ belongs in the path through the variance",
            lambda k: k.right.x + 2 * k.right.variance * (k.x - k.centred) / k.n,
        ),
        _fault(
            _X,
            "x̂ stands where x − μ belongs in the path through the variance",
            lambda k: k.right.x + 2 * k.right.variance * k.centred / k.n * (1 / k.deviation - 1),
        ),
        _fault(
            _X,
            "∂σ²/∂x = 2(x − μ)/n: x − μ is missing in the path through the variance",
            lambda k: k.right.x_hat / k.deviation + (2 * k.right.variance + k.right.mean) / k.n,
        ),
        _fault(
            _X,
            "the path through the variance is divided by n − 1; forward divides by n",
            lambda k: k.right.x + 2 * k.right.variance * k.centred * (1 / (k.n - 1) - 1 / k.n),
        ),
        _fault(
            _X,
            "the path through the variance is missing",
            lambda k: k.right.x_hat / k.deviation + k.right.mean / k.n,
        ),
        _fault(
            _X,
            "the path through the mean is missing",
            lambda k: k.right.x - k.right.mean / k.n,
        ),
        _fault(
            _X,
            "the factor 2 of the derivative of (x − μ)² is missing",
            lambda k: k.right.x - k.right.variance * k.centred / k.n,
        ),
        _fault(
            _X,
            "1/n is missing in the path through the mean: ∂μ/∂x = 1/n",
            lambda k: k.right.x + k.right.mean * (1 - 1 / k.n),
        ),
        _fault(
            _X,
            "1/n is missing in the path through the variance: ∂σ²/∂x = 2(x − μ)/n",
            lambda k: k.right.x + 2 * k.right.variance * k.centred * (1 - 1 / k.n),
        ),
        _fault(
            _X,
            "1/n is missing in the paths through mean and variance",
            lambda k: k.right.x_hat / k.deviation + 2 * k.right.variance * k.centred + k.right.mean,
        ),
        _fault(
            _VARIANCE,
            "that is the gradient by the deviation; by the variance it is that divided by twice"
            " the deviation",
            lambda k: k.right.variance * 2 * k.deviation,
        ),
        _fault(
            _VARIANCE,
            "the variance is that with n − 1; the forward pass divides by n",
            lambda k: (
                k.right.variance
                * (k.variance / (k.without_eps * k.n / (k.n - 1) + k.variance - k.without_eps))
                ** 1.5
            ),
        ),
        _fault(
            _X,
            "the direct path begins with the error; it begins with ∂L/∂x̂, which has γ in it",
            lambda k: k.right.x + (k.error - k.right.x_hat) / k.deviation,
        ),
        _fault(
            _X,
            "n is the number of samples, not of units",
            lambda k: (
                k.right.x_hat / k.deviation
                + (k.right.variance * 2 * k.centred + k.right.mean) / k.x.shape[1]
            ),
        ),
    ),
    hints=(
        "Draw how x reaches the loss: directly, through μ, and through σ². Every path adds a term.",
        "From back to front: y = γx̂ + β; x̂ = (x − μ)(σ² + ε)^(−1/2); σ² is the mean of (x − μ)²;"
        " μ is the mean of x. What is shared by the batch collects a sum over the batch.",
        """
        def backward(error, x, gamma, eps):
            n = len(x)
            centred = x - x.mean(axis=0)
            deviation = np.sqrt(x.var(axis=0) + eps)
            d_x_hat = ...
            d_variance = np.sum(d_x_hat * ..., axis=0) * ...
            d_mean = -np.sum(..., axis=0) / ...
            d_x = d_x_hat / deviation + d_variance * ... + d_mean / ...
            return d_x_hat, d_variance, d_mean, d_x
        """,
    ),
)
