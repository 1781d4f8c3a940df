"""Exercise 02.3: one update of the learning rule."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.typography import number

Weights = tuple[np.ndarray, float]


def update(w: np.ndarray, b: float, x: np.ndarray, y: float) -> Weights:
    if y * (w @ x + b) <= 0:
        return w + y * x, b + y
    return w, b


Sample = tuple[np.ndarray, float, np.ndarray, float]


def _wrong(rng: np.random.Generator) -> Sample:
    w, x = rng.normal(size=(2, int(rng.integers(2, 5))))
    b = float(rng.normal())
    return w, b, x, -1.0 if w @ x + b > 0 else 1.0


def _right(low: float, high: float) -> Callable[[np.random.Generator], Sample]:
    """Return how a sample is drawn that is right by something between two numbers."""

    def drawn(rng: np.random.Generator) -> Sample:
        w, x = rng.normal(size=(2, int(rng.integers(2, 5))))
        y = float(rng.choice([-1, 1]))
        return w, y * float(rng.uniform(low, high)) - float(w @ x), x, y

    return drawn


def _on_the_boundary(rng: np.random.Generator) -> Sample:
    x = rng.integers(1, 5, 2).astype(np.float64)
    w = float(rng.choice([-1, 1])) * np.array([1.0, 2.0])
    return w, -float(w @ x), x, float(rng.choice([-1, 1]))


def _strong_bias(rng: np.random.Generator) -> Sample:
    """Return a wrong sample of class −1 whose sum is above 0 because of the bias alone."""
    w, x = rng.normal(size=(2, 3))
    return w, float(np.abs(w @ x) + rng.uniform(0.5, 2.0)), x, -1.0


def _always(w: np.ndarray, b: float, x: np.ndarray, y: float) -> Weights:
    return w + y * x, b + y


def _when(condition: Callable[..., bool]) -> Callable[..., Weights]:
    """Return an update that learns when the condition holds of the sum and the label."""
    return lambda w, b, x, y: _always(w, b, x, y) if condition(w @ x + b, y) else (w, b)


def _if_wrong(change: Callable[..., Weights]) -> Callable[..., Weights]:
    """Return an update that changes the weights by `change` when the sample is wrong."""
    return lambda w, b, x, y: change(w, b, x, y) if y * (w @ x + b) <= 0 else (w, b)


check_update = Exercise(
    item="02.3",
    lecture="perceptron",
    name="update",
    title="One update",
    reference=update,
    results=("w", "b"),
    rounds={
        "a wrong sample moves weights and bias": _wrong,
        "and one that is wrong because of the bias": _strong_bias,
        "a right sample changes nothing": _right(0.6, 1.8),
        "nor does one that is right by very little": _right(0.0005, 0.001),
        "a sample on the boundary is learned, whatever its class": _on_the_boundary,
    },
    decides=True,
    faults=(
        Fault("it learns from right samples too; learn from mistakes only", _always),
        Fault(
            "a sample on the boundary is not learned: compare with `<= 0`, or zeros never move",
            _when(lambda z, y: y * z < 0),
        ),
        Fault(
            "a sample of class 1 on the boundary is not learned: its sum is 0, and a mistake is"
            " y (w·x + b) <= 0",
            _when(lambda z, y: (1 if z >= 0 else -1) != y),
        ),
        Fault(
            "a sample of class −1 on the boundary is not learned: its sum is 0, and a mistake is"
            " y (w·x + b) <= 0",
            _when(lambda z, y: (1 if z > 0 else -1) != y),
        ),
        Fault(
            "the bias is not learned; it changes by y", _if_wrong(lambda w, b, x, y: (w + y * x, b))
        ),
        Fault(
            "the weights are not learned; they change by y x",
            _if_wrong(lambda w, b, x, y: (w, b + y)),
        ),
        Fault("the label is missing: add y x, not x", _if_wrong(lambda w, b, x, y: (w + x, b + 1))),
        Fault(
            "the bias changes by 1 whatever the class; it changes by y",
            _if_wrong(lambda w, b, x, y: (w + y * x, b + 1)),
        ),
        Fault(
            "the sign is the wrong way round: add y x and y",
            _if_wrong(lambda w, b, x, y: (w - y * x, b - y)),
        ),
        Fault(
            "the bias goes the wrong way: add y to it, and add it to the sum",
            _if_wrong(lambda w, b, x, y: (w + y * x, b - y)),
        ),
        Fault(
            "the bias takes part in its own change; it changes by y",
            _if_wrong(lambda w, b, x, y: (w + y * x, b + y * b)),
        ),
        Fault(
            "the inputs are added to the bias; its own input is 1, so it changes by y",
            _if_wrong(lambda w, b, x, y: (w + y * x, b + y * float(x.sum()))),
        ),
        Fault(
            "the change is twice as large: y minus the wrong class is 2y; add y x and y",
            _if_wrong(lambda w, b, x, y: (w + 2 * y * x, b + 2 * y)),
        ),
        Fault(
            "y multiplies the old weights; it belongs to the sample: w + y x",
            _if_wrong(lambda w, b, x, y: (y * w + x, y * b + 1)),
        ),
        Fault(
            "the change is multiplied by the sum; add y x and y, however wrong the sample is",
            _if_wrong(lambda w, b, x, y: (w + y * x * (w @ x + b), b + y * (w @ x + b))),
        ),
        Fault(
            "the sample is missing: w changes by y x", _if_wrong(lambda w, b, x, y: (w + y, b + y))
        ),
        Fault(
            "the old weights are lost: add to them", _if_wrong(lambda w, b, x, y: (y * x, float(y)))
        ),
        Fault(
            "it learns from samples that are right by less than 1 too: a mistake is"
            " y (w·x + b) <= 0",
            _when(lambda z, y: y * z <= 1),
        ),
        Fault(
            "it learns from samples that are right by a little, too: compare with 0, and round"
            " nothing before",
            _when(lambda z, y: y * z <= 0.1),
        ),
        Fault(
            "y multiplies the sum without the bias: put brackets around w·x + b",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x) + b <= 0 else (w, b),
        ),
        Fault(
            "it learns from right samples and not from wrong ones: the condition is the wrong way"
            " round",
            _when(lambda z, y: y * z > 0),
        ),
        Fault(
            "the bias is left out of the condition: a mistake is y (w·x + b) <= 0",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x) <= 0 else (w, b),
        ),
        Fault(
            "the label is left out of the condition: a mistake is y (w·x + b) <= 0",
            _when(lambda z, y: z <= 0),
        ),
        Fault(
            "the sum is compared with the label: a mistake is y (w·x + b) <= 0",
            _when(lambda z, y: z <= y),
        ),
        *(
            Fault(
                f"samples of class {number(-label)} are never learned: a mistake is"
                " y (w·x + b) <= 0, for both classes",
                _when(lambda z, y, label=label: y == label and y * z <= 0),
            )
            for label in (1, -1)
        ),
    ),
    hints=(
        "First decide whether the sample is a mistake. What is the sign of y (w·x + b) then?",
        "If `y * (w @ x + b) <= 0`, return `w + y * x` and `b + y`, new values; otherwise return"
        " both as they came.",
        """
        def update(w, b, x, y):
            if y * (...) <= 0:
                return ..., b + y
            return ...
        """,
    ),
)
