"""Exercise 02.3: one update of the learning rule."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault

Weights = tuple[np.ndarray, float]


def update(w: np.ndarray, b: float, x: np.ndarray, y: float) -> Weights:
    if y * (w @ x + b) <= 0:
        return w + y * x, b + y
    return w, b


def _sample(rng: np.random.Generator, right: bool) -> tuple[np.ndarray, float, np.ndarray, float]:
    """Return weights and a sample on which they are right, or wrong."""
    w, x = rng.normal(size=(2, int(rng.integers(2, 5))))
    b = float(rng.normal())
    y = 1.0 if w @ x + b > 0 else -1.0
    return w, b, x, y if right else -y


def _on_the_boundary(
    rng: np.random.Generator,
) -> tuple[np.ndarray, float, np.ndarray, float]:
    x = rng.integers(1, 5, 2).astype(np.float64)
    w = float(rng.choice([-1, 1])) * np.array([1.0, 2.0])
    return w, -float(w @ x), x, float(rng.choice([-1, 1]))


def _strong_bias(
    rng: np.random.Generator,
) -> tuple[np.ndarray, float, np.ndarray, float]:
    """Return a wrong sample of class −1 whose sum is above 0 because of the bias alone."""
    w, x = rng.normal(size=(2, 3))
    return w, float(np.abs(w @ x) + rng.uniform(0.5, 2.0)), x, -1.0


def _always(w: np.ndarray, b: float, x: np.ndarray, y: float) -> Weights:
    return w + y * x, b + y


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
        "a wrong sample moves weights and bias": lambda rng: _sample(rng, right=False),
        "and one that is wrong because of the bias": _strong_bias,
        "a right sample changes nothing": lambda rng: _sample(rng, right=True),
        "a sample on the boundary is learned, whatever its class": _on_the_boundary,
    },
    faults=(
        Fault("it learns from right samples too; learn from mistakes only", _always),
        Fault(
            "a sample on the boundary is not learned: compare with `<= 0`, or zeros never move",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x + b) < 0 else (w, b),
        ),
        Fault(
            "a sample of class 1 on the boundary is not learned: its sum is 0, and a mistake is"
            " y (w·x + b) <= 0",
            lambda w, b, x, y: (
                _always(w, b, x, y) if (1 if w @ x + b >= 0 else -1) != y else (w, b)
            ),
        ),
        Fault(
            "a sample of class −1 on the boundary is not learned: its sum is 0, and a mistake is"
            " y (w·x + b) <= 0",
            lambda w, b, x, y: _always(w, b, x, y) if (1 if w @ x + b > 0 else -1) != y else (w, b),
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
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x + b) <= 1 else (w, b),
        ),
        Fault(
            "y multiplies the sum without the bias: put brackets around w·x + b",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x) + b <= 0 else (w, b),
        ),
        Fault(
            "it learns from right samples and not from wrong ones: the condition is the wrong way"
            " round",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x + b) > 0 else (w, b),
        ),
        Fault(
            "the bias is left out of the condition: a mistake is y (w·x + b) <= 0",
            lambda w, b, x, y: _always(w, b, x, y) if y * (w @ x) <= 0 else (w, b),
        ),
        Fault(
            "the label is left out of the condition: a mistake is y (w·x + b) <= 0",
            lambda w, b, x, y: _always(w, b, x, y) if w @ x + b <= 0 else (w, b),
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
