"""Exercises 02.3 and 02.4: one update of the learning rule, and the whole of it."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault

Weights = tuple[np.ndarray, float]
Fit = tuple[np.ndarray, float, int]


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
            "the bias is not learned; it changes by y", _if_wrong(lambda w, b, x, y: (w + y * x, b))
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
            "the sample is missing: w changes by y x", _if_wrong(lambda w, b, x, y: (w + y, b + y))
        ),
        Fault(
            "the old weights are lost: add to them", _if_wrong(lambda w, b, x, y: (y * x, float(y)))
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


def fit(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, 0
    for order in orders:
        for i in order:
            if y[i] * (w @ x[i] + b) <= 0:
                w, b, mistakes = w + y[i] * x[i], b + y[i], mistakes + 1
    return w, b, mistakes


def _task(rng: np.random.Generator, gap: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return samples of two classes, `gap` apart in the first input, and orders of five passes."""
    y = rng.permutation(np.repeat([-1.0, 1.0], 8))
    x = rng.normal(size=(16, int(rng.integers(2, 4)))) + 0.5
    x[:, 0] += gap * y
    return x, y, np.array([rng.permutation(len(x)) for _ in range(5)])


def _passes(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> list[Fit]:
    """Return what each pass leaves."""
    return [fit(x, y, orders[: n + 1]) for n in range(len(orders))]


def _errors(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> int:
    w, b, _ = fit(x, y, orders)
    return int((y * (x @ w + b) <= 0).sum())


def _once_a_pass(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, 0
    for _ in orders:
        wrong = y * (x @ w + b) <= 0
        w, b = w + y[wrong] @ x[wrong], b + float(y[wrong].sum())
        mistakes += int(wrong.sum())
    return w, b, mistakes


def _without_bias(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    w, mistakes = np.zeros(x.shape[1]), 0
    for i in orders.ravel():
        if y[i] * (w @ x[i]) <= 0:
            w, mistakes = w + y[i] * x[i], mistakes + 1
    return w, 0.0, mistakes


def _is_mistake(y: float, z: float) -> bool:
    return y * z <= 0


def _learn(
    start: float = 0.0, is_mistake: Callable[[float, float], bool] = _is_mistake
) -> Callable[..., Fit]:
    """Return the learning rule from another start, or with another idea of a mistake."""

    def fitted(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
        w, b, mistakes = np.full(x.shape[1], start), start, 0
        for i in orders.ravel():
            if is_mistake(y[i], w @ x[i] + b):
                w, b, mistakes = w + y[i] * x[i], b + y[i], mistakes + 1
        return w, b, mistakes

    return fitted


def _each_sample(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    w, b = np.zeros(x.shape[1]), 0.0
    for i in orders.ravel():
        w, b = w + y[i] * x[i], b + y[i]
    return w, b, orders.size


check_fit = Exercise(
    item="02.4",
    lecture="perceptron",
    name="fit",
    title="The learning rule",
    reference=fit,
    results=("w", "b", "mistakes"),
    rounds={
        "weights, bias and mistakes on three fresh sets": lambda rng: _task(rng, 1.0),
        "the same where the classes lie far apart": lambda rng: _task(rng, 4.0),
    },
    faults=(
        Fault(
            "nothing is learned: from zeros every sum is 0, so compare with `<= 0`, not `< 0`",
            lambda x, y, orders: (np.zeros(x.shape[1]), 0.0, 0),
        ),
        Fault(
            "a sum of 0 passes for class 1, so that such samples of class 1 are not learned: a"
            " mistake is y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, z: (1 if z >= 0 else -1) != y),
        ),
        Fault(
            "the samples are taken in the table's order; take row i of x for each i of an order",
            lambda x, y, orders: fit(x, y, np.tile(np.arange(len(x)), (len(orders), 1))),
        ),
        Fault("it ends after the first pass", lambda x, y, o: fit(x, y, o[:1])),
        Fault("the last pass is missing", lambda x, y, o: fit(x, y, o[:-1])),
        Fault("every pass begins again with weights of 0", lambda x, y, o: fit(x, y, o[-1:])),
        Fault(
            "all mistakes of a pass are found with the same weights; change them after each"
            " mistake",
            _once_a_pass,
        ),
        Fault("the bias is not learned", _without_bias),
        Fault("it begins with weights of 1; begin with zeros", _learn(1.0)),
        Fault("it learns from every sample; learn from mistakes only", _each_sample),
        Fault(
            "these are the mistakes of the last pass alone; count all of them",
            lambda x, y, o: fit(x, y, o)[2] - fit(x, y, o[:-1])[2],
            of=("mistakes",),
        ),
        Fault(
            "these are the errors that the final weights make; count the updates on the way",
            _errors,
            of=("mistakes",),
        ),
        Fault("these are the passes; count the updates", lambda x, y, o: len(o), of=("mistakes",)),
        Fault(
            "these are the passes with a mistake; count the updates",
            lambda x, y, o: int(np.sum(np.diff([0, *(f[2] for f in _passes(x, y, o))]) > 0)),
            of=("mistakes",),
        ),
        Fault(
            "these are all samples that were looked at; count the updates",
            lambda x, y, o: o.size,
            of=("mistakes",),
        ),
    ),
    hints=(
        "Two loops: over the passes, and over the samples in the order of that pass.",
        "Begin with zeros. For each index i of an order, do one update with `x[i]` and `y[i]`, and"
        " count it if the sample was a mistake.",
        """
        def fit(x, y, orders):
            w, b, mistakes = np.zeros(x.shape[1]), 0.0, 0
            for order in orders:
                for i in order:
                    if y[i] * (...) <= 0:
                        w, b, mistakes = ..., ..., ...
            return w, b, mistakes
        """,
    ),
)
