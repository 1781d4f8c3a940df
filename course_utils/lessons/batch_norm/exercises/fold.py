"""Exercise 06.3: a batch norm that disappears into the layer before it."""

import numpy as np

from course_utils.checks import Exercise, Fault, expect_values
from course_utils.checks.properties import numbers
from course_utils.lessons.batch_norm.exercises.common import (
    LECTURE,
    fresh_batch,
    fresh_eps,
    fresh_parameters,
)
from course_utils.lessons.batch_norm.model import fold, inference

Layers = tuple[np.ndarray, ...]
_RESULTS = ("W'", "b'")


def _layers(rng: np.random.Generator, inputs: int, units: int, spread: float = 1.0) -> tuple:
    statistics = spread * rng.uniform(1, 3, units), spread**2 * rng.uniform(0.2, 0.6, units)
    weights, bias = rng.normal(size=(inputs, units)), rng.uniform(0.5, 2, units)
    return (weights, bias, *fresh_parameters(rng, units), *statistics, fresh_eps(rng))


def _does_what_two_layers_did(answer: object) -> None:
    rng = np.random.default_rng(0)
    weights, bias, *norm = _layers(rng, 5, 3)
    x = fresh_batch(rng, 8, 5)
    made = answer(weights.copy(), bias.copy(), *norm)  # type: ignore[operator]
    new_weights, new_bias = map(numbers, _RESULTS, made)  # tensors and float32 will do
    two_layers = inference(x @ weights + bias, *norm)
    expect_values("what the one layer gives", x @ new_weights + new_bias, two_layers, 1e-4)


def _scale(g: np.ndarray, v: np.ndarray, e: float) -> np.ndarray:
    return g / np.sqrt(v + e)


check_fold = Exercise(
    item="06.3",
    lecture=LECTURE,
    name="fold",
    title="Fold a batch norm into the layer before it",
    reference=fold,
    results=_RESULTS,
    rounds={
        "as many inputs as units, where the axes are easily exchanged": lambda rng: _layers(
            rng, 4, 4
        ),
        "more inputs than units": lambda rng: _layers(rng, 5, 3),
        "a layer of width 1": lambda rng: _layers(rng, 3, 1),
        "units that hardly vary, where ε counts": lambda rng: _layers(rng, 4, 2, 0.005),
    },
    properties={"one layer gives what two gave": _does_what_two_layers_did},
    faults=(
        Fault(
            "the rows of W are scaled; its columns belong to the units",
            lambda w, b, g, be, m, v, e: w * _scale(g, v, e)[:, None],
            of=("W'",),
        ),
        Fault(
            "the weights are left as they were; scale them by γ/√(σ² + ε)",
            lambda w, b, g, be, m, v, e: w,
            of=("W'",),
        ),
        Fault(
            "it scales by γ/(σ² + ε): the root is missing",
            lambda w, b, g, be, m, v, e: (w * g / (v + e), (b - m) * g / (v + e) + be),
        ),
        Fault(
            "ε is missing under the root",
            lambda w, b, g, be, m, v, e: (w * _scale(g, v, 0), (b - m) * _scale(g, v, 0) + be),
        ),
        Fault(
            "ε is always 10⁻⁵; take the argument `eps`",
            lambda w, b, g, be, m, v, e: fold(w, b, g, be, m, v, 1e-5),
        ),
        Fault(
            "γ is missing in the scale",
            lambda w, b, g, be, m, v, e: (w / np.sqrt(v + e), (b - m) / np.sqrt(v + e) + be),
        ),
        Fault(
            "it is divided by the scale γ/√(σ² + ε); multiply",
            lambda w, b, g, be, m, v, e: (w / _scale(g, v, e), (b - m) / _scale(g, v, e) + be),
        ),
        Fault(
            "ε is added to the deviation; it belongs to the variance, under the root",
            lambda w, b, g, be, m, v, e: (
                w * g / (np.sqrt(v) + e),
                (b - m) * g / (np.sqrt(v) + e) + be,
            ),
        ),
        Fault(
            "the old bias is not scaled; the batch norm acts on it too",
            lambda w, b, g, be, m, v, e: b - m * _scale(g, v, e) + be,
            of=("b'",),
        ),
        Fault(
            "the mean is subtracted without being scaled",
            lambda w, b, g, be, m, v, e: b * _scale(g, v, e) - m + be,
            of=("b'",),
        ),
        Fault(
            "the mean is multiplied by γ only; it is divided by the deviation as well",
            lambda w, b, g, be, m, v, e: b * _scale(g, v, e) - m * g + be,
            of=("b'",),
        ),
        Fault(
            "b − μ is multiplied by γ only; it is divided by the deviation as well",
            lambda w, b, g, be, m, v, e: g * (b - m) + be,
            of=("b'",),
        ),
        Fault(
            "b − μ is not scaled; multiply it by γ/√(σ² + ε)",
            lambda w, b, g, be, m, v, e: b - m + be,
            of=("b'",),
        ),
        Fault(
            "γ is missing at the mean; it is scaled like the old bias",
            lambda w, b, g, be, m, v, e: b * _scale(g, v, e) - m / np.sqrt(v + e) + be,
            of=("b'",),
        ),
        Fault(
            "old bias and running mean are exchanged: it is b − μ",
            lambda w, b, g, be, m, v, e: (m - b) * _scale(g, v, e) + be,
            of=("b'",),
        ),
        Fault(
            "this is β alone; the old bias and the running mean, scaled, are missing",
            lambda w, b, g, be, m, v, e: be,
            of=("b'",),
        ),
        Fault(
            "β is subtracted; add it",
            lambda w, b, g, be, m, v, e: (b - m) * _scale(g, v, e) - be,
            of=("b'",),
        ),
        Fault(
            "the old bias is counted twice, with the scale and without",
            lambda w, b, g, be, m, v, e: b + (b - m) * _scale(g, v, e) + be,
            of=("b'",),
        ),
        Fault(
            "the running mean is not subtracted",
            lambda w, b, g, be, m, v, e: b * _scale(g, v, e) + be,
            of=("b'",),
        ),
        Fault(
            "the running mean is added; it is subtracted",
            lambda w, b, g, be, m, v, e: (b + m) * _scale(g, v, e) + be,
            of=("b'",),
        ),
        Fault(
            "the old bias is gone; at inference it still counts, since the running mean contains"
            " it",
            lambda w, b, g, be, m, v, e: be - m * _scale(g, v, e),
            of=("b'",),
        ),
        Fault(
            "β is missing",
            lambda w, b, g, be, m, v, e: (b - m) * _scale(g, v, e),
            of=("b'",),
        ),
        Fault(
            "β is scaled as well; it is added after the scaling",
            lambda w, b, g, be, m, v, e: (b - m + be) * _scale(g, v, e),
            of=("b'",),
        ),
        Fault(
            "the bias is left as it was",
            lambda w, b, g, be, m, v, e: b,
            of=("b'",),
        ),
        Fault(
            "the running mean is subtracted from the weights; it acts on the bias",
            lambda w, b, g, be, m, v, e: (w - m) * _scale(g, v, e),
            of=("W'",),
        ),
        Fault(
            "the weights are normalized by their own mean and variance; the running ones belong"
            " to the activations",
            lambda w, b, g, be, m, v, e: (w - w.mean(0)) * _scale(g, w.var(0), e),
            of=("W'",),
        ),
        Fault(
            "γ is multiplied in twice",
            lambda w, b, g, be, m, v, e: w * _scale(g, v, e) * g,
            of=("W'",),
        ),
        Fault(
            "`@` adds up over the units; scale each column, with `*`",
            lambda w, b, g, be, m, v, e: w @ _scale(g, v, e),
            of=("W'",),
        ),
    ),
    hints=(
        "Write the two layers into one line: γ(xW + b − μ)/√(σ² + ε) + β. What multiplies x?",
        "With s = γ/√(σ² + ε), one number for each unit: what multiplies x is W with its columns"
        " times s, and everything else is the new bias.",
        """
        def fold(weights, bias, gamma, beta, mean, variance, eps):
            scale = gamma / ...
            return weights * ..., (bias - ...) * ... + ...
        """,
    ),
)
