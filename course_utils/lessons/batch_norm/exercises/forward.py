"""Exercise 06.1: the forward pass in training."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.batch_norm.exercises.common import (
    LECTURE,
    fresh_batch,
    fresh_eps,
    fresh_parameters,
)
from course_utils.lessons.batch_norm.model import batch_norm

Inputs = tuple[np.ndarray, np.ndarray, np.ndarray, float]


def _layer(rng: np.random.Generator, samples: int, units: int, spread: float = 1.0) -> Inputs:
    x, parameters = spread * fresh_batch(rng, samples, units), fresh_parameters(rng, units)
    return (x, *parameters, fresh_eps(rng))


def _with_a_constant_unit(rng: np.random.Generator) -> Inputs:
    x, *rest = _layer(rng, 6, 4)
    x[:, int(rng.integers(4))] = 0.75  # whose mean is exact
    return (x, *rest)  # type: ignore[return-value]


def _over(x: np.ndarray, e: float, axis: int | None, ddof: int = 0) -> np.ndarray:
    variance = x.var(axis=axis, keepdims=True, ddof=ddof)
    return (x - x.mean(axis=axis, keepdims=True)) / np.sqrt(variance + e)


check_batch_norm = Exercise(
    item="06.1",
    lecture=LECTURE,
    name="batch_norm",
    title="Batch norm, forward",
    reference=batch_norm,
    results=("y",),
    rounds={
        "batches of different sizes": lambda rng: _layer(
            rng, int(rng.integers(5, 20)), int(rng.integers(3, 5))
        ),
        "a batch of 4": lambda rng: _layer(rng, 4, 3),
        "a layer of width 1": lambda rng: _layer(rng, 7, 1),
        "units that hardly vary, where ε counts": lambda rng: _layer(rng, 9, 3, 0.002),
        "a unit that is the same for the whole batch": _with_a_constant_unit,
    },
    faults=(
        Fault(
            "it divides by the variance; its square root, the deviation, belongs there",
            lambda x, g, b, e: g * (x - x.mean(0)) / (x.var(0) + e) + b,
        ),
        Fault(
            "the variance is divided by n − 1; for the forward pass it is n",
            lambda x, g, b, e: g * _over(x, e, 0, ddof=1) + b,
        ),
        Fault(
            "that is layer norm: mean and variance run over the units of a sample instead of over"
            " the batch, mind `axis`",
            lambda x, g, b, e: g * _over(x, e, 1) + b,
        ),
        Fault(
            "one mean and one variance serve all units; each unit has its own, mind `axis`",
            lambda x, g, b, e: g * _over(x, e, None) + b,
        ),
        Fault(
            "ε is added to the deviation; it belongs to the variance, under the root",
            lambda x, g, b, e: g * (x - x.mean(0)) / (x.std(0) + e) + b,
        ),
        Fault(
            "ε is missing: units that hardly vary are normalized too strongly, and constant ones"
            " give nan unless they are treated apart",
            lambda x, g, b, e: g * (x - x.mean(0)) / x.std(0) + b,
        ),
        Fault(
            "ε is added after the division; it belongs to the variance, under the root",
            lambda x, g, b, e: g * ((x - x.mean(0)) / x.std(0) + e) + b,
        ),
        Fault("γ and β are not used: this is x̂", lambda x, g, b, e: _over(x, e, 0)),
        Fault("β is not added", lambda x, g, b, e: g * _over(x, e, 0)),
        Fault("γ is not used", lambda x, g, b, e: _over(x, e, 0) + b),
        Fault("it is divided by γ; multiply", lambda x, g, b, e: _over(x, e, 0) / g + b),
        Fault("γ multiplies β as well; add β last", lambda x, g, b, e: g * (_over(x, e, 0) + b)),
        Fault(
            "β is subtracted inside the bracket; add it last",
            lambda x, g, b, e: g * (_over(x, e, 0) - b),
        ),
        Fault("γ and β are exchanged", lambda x, g, b, e: b * _over(x, e, 0) + g),
        Fault("β is subtracted; add it", lambda x, g, b, e: g * _over(x, e, 0) - b),
        Fault(
            "the variance is the mean of x²; subtract the mean before squaring",
            lambda x, g, b, e: g * (x - x.mean(0)) / np.sqrt((x**2).mean(0) + e) + b,
        ),
        Fault(
            "ε is always 10⁻⁵; take the argument `eps`",
            lambda x, g, b, e: g * _over(x, 1e-5, 0) + b,
        ),
        Fault("ε is squared; add it as it is", lambda x, g, b, e: g * _over(x, e**2, 0) + b),
        Fault(
            "the variance is divided by n − 1, and ε is added to the deviation; divide by n, and"
            " add ε under the root",
            lambda x, g, b, e: g * (x - x.mean(0)) / (x.std(0, ddof=1) + e) + b,
        ),
        Fault(
            "it divides by the variance, and by the one with n − 1; the root of the one with n"
            " belongs there",
            lambda x, g, b, e: g * (x - x.mean(0)) / (x.var(0, ddof=1) + e) + b,
        ),
        Fault(
            "ε is subtracted under the root; it is added",
            lambda x, g, b, e: g * _over(x, -e, 0) + b,
        ),
        Fault(
            "it is multiplied by the deviation; divide",
            lambda x, g, b, e: g * (x - x.mean(0)) * np.sqrt(x.var(0) + e) + b,
        ),
        Fault(
            "the mean is added; subtract it",
            lambda x, g, b, e: g * (x + x.mean(0)) / np.sqrt(x.var(0) + e) + b,
        ),
        Fault(
            "this brings smallest and largest value to 0 and 1; take mean and deviation",
            lambda x, g, b, e: g * (x - x.min(0)) / (x.max(0) - x.min(0) + e) + b,
        ),
        Fault("the mean is not subtracted", lambda x, g, b, e: g * x / np.sqrt(x.var(0) + e) + b),
        Fault(
            "the mean is subtracted, but nothing is divided",
            lambda x, g, b, e: g * (x - x.mean(0)) + b,
        ),
        Fault(
            "brackets are missing: only the mean is divided by the deviation",
            lambda x, g, b, e: g * x - x.mean(0) / np.sqrt(x.var(0) + e) + b,
        ),
        Fault(
            "the squared deviations are added up; the variance is their mean",
            lambda x, g, b, e: g * (x - x.mean(0)) / np.sqrt(x.var(0) * len(x) + e) + b,
        ),
        Fault(
            "ε and the variance have a root each; the root goes over their sum",
            lambda x, g, b, e: g * (x - x.mean(0)) / (x.std(0) + np.sqrt(e)) + b,
        ),
        Fault(
            "ε is added above as well; it belongs under the root only",
            lambda x, g, b, e: g * (x - x.mean(0) + e) / np.sqrt(x.var(0) + e) + b,
        ),
        Fault(
            "the deviations are averaged before they are squared, and their mean is 0; square"
            " first",
            lambda x, g, b, e: g * (x - x.mean(0)) / np.sqrt(e) + b,
        ),
        Fault(
            "it divides by the largest magnitude; divide by the deviation",
            lambda x, g, b, e: g * (x - x.mean(0)) / (np.abs(x - x.mean(0)).max(0) + e) + b,
        ),
        Fault(
            "γ is under the root; it multiplies the whole",
            lambda x, g, b, e: (x - x.mean(0)) / np.sqrt(g * x.var(0) + e) + b,
        ),
    ),
    hints=(
        "Which numbers share one mean: a row of x or a column?",
        "Mean and variance per unit are `x.mean(axis=0)` and `x.var(axis=0)`, shape (units,)."
        " ε goes under the root. Then γ and β.",
        """
        def batch_norm(x, gamma, beta, eps):
            x_hat = (x - x.mean(axis=...)) / np.sqrt(x.var(axis=...) + ...)
            return ... * x_hat + ...
        """,
    ),
)
