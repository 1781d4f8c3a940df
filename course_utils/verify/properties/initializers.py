"""Constant, UniformRandom, Xavier and He."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    compare,
    reals,
    require,
)
from course_utils.verify.requirement import requirement

# Fans that are not the shape's, as for a convolution, so that using the shape instead shows.
SHAPE, FAN_IN, FAN_OUT = (60, 125, 8), 100, 350
OUTSIDE = "the 2 stands before the root; it belongs under it"
ONLY_TWO = "the root is taken of the 2 only; it goes over the whole fraction"
LIMIT = "with a 6, the root is the limit ±a of the uniform rule; the σ of the normal one has a 2"
_DEVIATION = 0.02  # of a standard deviation; seven times that of 60 000 normal numbers


@requirement("Constant", "UniformRandom", "Xavier", "He", after=("uniform", "xavier", "he"))
def shape(initializer_class: type) -> None:
    """Gives an array of the shape asked for, of any number of axes."""
    for asked in ((3, 4), (2, 3, 4, 5), (6,)):
        got = np.shape(_make(initializer_class).initialize(asked, 3, 4))
        cause = "the shape is made of the fans; it is given" if got == (3, 4) else ""
        require(got == asked, "weights", f"weights has shape {got}, expected {asked}", cause)


def _make(initializer_class: type) -> Any:
    return initializer_class()


@requirement("Constant", after=("shape",))
def constant(initializer_class: type) -> None:
    """Every weight is the constant, 0.1 unless another is given."""
    for made, value in ((initializer_class(), 0.1), (initializer_class(-2.5), -2.5)):
        initializer: Any = made
        compare("weights", initializer.initialize((3, 4), 3, 4), np.full((3, 4), value))


@requirement("UniformRandom", "Xavier", "He", after=("shape",))
def fresh(initializer_class: type) -> None:
    """Every call draws new numbers."""
    initializer = _make(initializer_class)
    first, second = (np.array(initializer.initialize((4, 5), 4, 5)) for _ in range(2))
    require(
        not np.array_equal(first, second),
        "weights",
        "two calls give the same numbers",
        "the random generator is seeded anew in every call",
    )


@requirement("UniformRandom")
def uniform(initializer_class: type) -> None:
    """Weights are uniform in [0, 1)."""
    weights = _draw(initializer_class)
    low, high, mean = weights.min(), weights.max(), weights.mean()
    cause = "they are uniform in another range"
    if low < -1:
        cause = "they are normally distributed"
    require(
        low >= 0
        and high < 1
        and abs(mean - 0.5) < 0.01
        and high - low > 0.99
        and abs(weights.std() * np.sqrt(12) - 1) < _DEVIATION,
        "weights",
        f"the weights lie in [{low:.3g}, {high:.3g}] with mean {mean:.3g}",
        cause,
        "`np.random.rand`, or `uniform(0, 1, shape)`",
    )


def _draw(initializer_class: type) -> np.ndarray:
    weights = _make(initializer_class).initialize(SHAPE, FAN_IN, FAN_OUT)
    require(weights is not None, "weights", "`initialize` returns None", "it has no `return`")
    return reals("weights", weights)


@requirement("Xavier")
def xavier(initializer_class: type) -> None:
    """Weights are normal with mean 0 and σ = √(2 / (fan_in + fan_out))."""
    causes = {
        2 / np.sqrt(FAN_IN + FAN_OUT): OUTSIDE,
        np.sqrt(2) / (FAN_IN + FAN_OUT): ONLY_TWO,
        np.sqrt(6 / (FAN_IN + FAN_OUT)): LIMIT,
        np.sqrt(1 / FAN_IN): "σ is √(1 / fan_in): fan_out is left out",
        np.sqrt(2 / FAN_IN + FAN_OUT): "brackets are missing: `/` binds more closely than `+`",
        np.sqrt(2 / (FAN_IN * FAN_OUT)): "the fans are multiplied; add them",
        np.sqrt((FAN_IN + FAN_OUT) / 2): "the fraction is upside down",
    }
    _normal(_draw(initializer_class), np.sqrt(2 / (FAN_IN + FAN_OUT)), causes)


@requirement("He")
def he(initializer_class: type) -> None:
    """Weights are normal with mean 0 and σ = √(2 / fan_in)."""
    causes = {
        2 / np.sqrt(FAN_IN): OUTSIDE,
        np.sqrt(2) / FAN_IN: ONLY_TWO,
        np.sqrt(6 / FAN_IN): LIMIT,
        np.sqrt(1 / FAN_IN): "the 2 under the root is left out",
        np.sqrt(FAN_IN / 2): "the fraction is upside down",
    }
    _normal(_draw(initializer_class), np.sqrt(2 / FAN_IN), causes)


def _normal(weights: np.ndarray, sigma: float, causes: dict[float, str]) -> None:
    mean, got = float(weights.mean()), float(weights.std())
    kurtosis = float(np.mean((weights - mean) ** 4)) / got**4 if got else 0.0
    evenly, normally = 0 < kurtosis < 2, abs(kurtosis - 3) < 0.2
    causes_of_mean = {
        "σ stands where the generator takes the mean": abs(mean / sigma - 1) < 0.1,
        "they are drawn from [0, 1) and not around 0": weights.min() >= 0 and evenly,
        "their signs are lost: the magnitude is taken": weights.min() >= 0 and kurtosis > 3.5,
    }
    require(
        abs(mean) < 0.05 * max(got, sigma),
        "mean of the weights",
        f"their mean is {mean:.4g}, expected 0",
        next((cause for cause, holds in causes_of_mean.items() if holds), ""),
    )
    causes = causes | {
        sigma**2: "the variance is given to the generator where it takes σ: the root is missing",
        np.sqrt(2 / FAN_IN): "σ is that of He: fan_out is left out",
        np.sqrt(2 / FAN_OUT): "fan_in and fan_out are exchanged",
        np.sqrt(2 / (FAN_IN + FAN_OUT)): "σ is that of Xavier",
        np.sqrt(1 / (FAN_IN + FAN_OUT)): "the 2 under the root is left out",
        np.sqrt(2 / SHAPE[0]): "fan_in is taken from the shape instead of the argument",
        np.sqrt(2 / (SHAPE[0] + SHAPE[1])): "the fans are taken from the shape instead of the "
        "arguments",
        1.0: "σ is 1: the fans are not used",
    }
    cause = next((c for s, c in causes.items() if abs(got / s - 1) < _DEVIATION), "")
    if np.mean(np.abs(weights) == np.abs(weights).max()) > 0.01:
        cause = "what lies beyond a limit is cut off"
    elif evenly:
        cause = "they are uniformly distributed"
    elif not normally:  # its σ says nothing about what was meant
        cause = ""
    if not got:
        cause = "all weights are equal: σ is 0, as a division by `//` makes it"
    require(
        abs(got / sigma - 1) < _DEVIATION,
        "σ of the weights",
        f"their standard deviation is {got:.4g}, expected {sigma:.4g}",
        cause,
    )
    require(
        normally,
        "distribution of the weights",
        f"their kurtosis is {kurtosis:.3g}, a normal distribution's is 3",
        "they are uniformly distributed" if evenly else "",
        "`np.random.normal(0, sigma, shape)`",
    )
