"""Exercise 05.1: squared bias and variance of many trainings."""

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight
from course_utils.lessons.generalization.model import decompose

_BIAS, _VARIANCE = ("squared bias",), ("variance",)


def _trainings(
    rng: np.random.Generator, trainings: int, inputs: int
) -> tuple[np.ndarray, np.ndarray]:
    truth = rng.normal(0.5, 1.0, inputs)
    off = rng.normal(0.4, 0.8, inputs)
    return truth + off + rng.normal(size=(trainings, inputs)), truth


def _adds_up(answer: object) -> None:
    predictions, truth = _trainings(np.random.default_rng(5), 4, 6)
    bias2, variance = answer(predictions, truth)  # type: ignore[operator]
    distance = np.mean((predictions - truth) ** 2)
    if not np.isclose(bias2 + variance, distance):
        raise NotRight("the two do not add up to the mean squared distance from the truth")


check_decompose = Exercise(
    item="05.1",
    lecture="generalization",
    name="decompose",
    title="Squared bias and variance",
    reference=decompose,
    results=(*_BIAS, *_VARIANCE),
    rounds={
        "both terms of fresh predictions": lambda rng: _trainings(
            rng, int(rng.integers(4, 9)), int(rng.integers(10, 14))
        ),
        "few trainings, where M and M − 1 are far apart": lambda rng: _trainings(rng, 3, 5),
        "a single input": lambda rng: _trainings(rng, 6, 1),
    },
    properties={"the two add up to the mean squared distance": _adds_up},
    faults=(
        Fault(
            "the bias is not squared: its mean over the inputs lets errors of both signs cancel",
            lambda p, t: np.mean(p.mean(0) - t),
            of=_BIAS,
        ),
        Fault(
            "the mean over the inputs is squared; square at each input first, then take the mean",
            lambda p, t: np.mean(p.mean(0) - t) ** 2,
            of=_BIAS,
        ),
        Fault(
            "the size of the bias is averaged, not its square",
            lambda p, t: np.mean(np.abs(p.mean(0) - t)),
            of=_BIAS,
        ),
        Fault(
            "that is the mean squared distance of the single trainings from the truth, which holds"
            " the variance as well; average the trainings first",
            lambda p, t: np.mean((p - t) ** 2),
            of=_BIAS,
        ),
        Fault(
            "that is the mean squared distance of the single trainings from the truth, which holds"
            " the bias as well; take the distance from their average",
            lambda p, t: np.mean((p - t) ** 2),
            of=_VARIANCE,
        ),
        Fault(
            "the variance divides by M − 1; then the two do not add up to the squared distance",
            lambda p, t: p.var(0, ddof=1).mean(),
            of=_VARIANCE,
        ),
        Fault(
            "it is the standard deviation that is averaged; the variance belongs there",
            lambda p, t: p.std(0).mean(),
            of=_VARIANCE,
        ),
        Fault(
            "the variance runs over the inputs of each training; it belongs over the trainings at"
            " each input, mind `axis`",
            lambda p, t: p.var(1).mean(),
            of=_VARIANCE,
        ),
        Fault(
            "one variance is taken of all predictions together, so that it also holds how they"
            " change with the input",
            lambda p, t: p.var(),
            of=_VARIANCE,
        ),
        Fault(
            "one variance is taken of all distances from the truth; take it over the trainings at"
            " each input, then the mean over the inputs",
            lambda p, t: np.var(p - t),
            of=_VARIANCE,
        ),
        Fault(
            "the sizes of the deviations are averaged, not their squares",
            lambda p, t: np.mean(np.abs(p - p.mean(0))),
            of=_VARIANCE,
        ),
        Fault(
            "the deviations are averaged before they are squared, and their mean is 0; square each"
            " first",
            lambda p, t: np.mean(p - p.mean(0)) ** 2,
            of=_VARIANCE,
        ),
        Fault(
            "the root is taken of it; the squared bias is asked for",
            lambda p, t: np.sqrt(np.mean((p.mean(0) - t) ** 2)),
            of=_BIAS,
        ),
        Fault(
            "the first training stands for all: average over the trainings",
            lambda p, t: np.mean((p[0] - t) ** 2),
            of=_BIAS,
        ),
        Fault(
            "the median stands for the average; bias and variance are about the mean",
            lambda p, t: np.mean((np.median(p, axis=0) - t) ** 2),
            of=_BIAS,
        ),
        Fault(
            "variance / M is taken off the squared bias; then the two do not add up to the squared"
            " distance",
            lambda p, t: np.mean((p.mean(0) - t) ** 2) - p.var(0, ddof=1).mean() / len(p),
            of=_BIAS,
        ),
        Fault(
            "they are sums over the inputs; take the mean",
            lambda p, t: (np.sum((p.mean(0) - t) ** 2), p.var(0).sum()),
        ),
        Fault(
            "each input's value is returned; take the mean over the inputs",
            lambda p, t: ((p.mean(0) - t) ** 2, p.var(0)),
        ),
        Fault(
            "the average runs over the inputs of each training; it belongs over the trainings,"
            " mind `axis`",
            lambda p, t: np.mean((p.mean(1) - t[0]) ** 2),
            of=_BIAS,
        ),
        Fault(
            "both terms are about each training's average over the inputs; take the average over"
            " the trainings, mind `axis`",
            lambda p, t: (np.mean((p.mean(1, keepdims=True) - t) ** 2), p.var(1).mean()),
        ),
        Fault(
            "that is how the average changes with the input; take the variance over the"
            " trainings at each input",
            lambda p, t: p.mean(0).var(),
            of=_VARIANCE,
        ),
    ),
    hints=(
        "What is the average model? Which distance from it, and which from the truth, do you need?",
        "`predictions.mean(axis=0)` is the average model, one value for each input. The squared"
        " bias is its distance from the truth, the variance that of the trainings from it.",
        """
        def decompose(predictions, truth):
            average = predictions.mean(axis=...)
            bias2 = np.mean((... - truth) ** 2)
            variance = np.mean((predictions - ...) ** 2)
            return bias2, variance
        """,
    ),
)
