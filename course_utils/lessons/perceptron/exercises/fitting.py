"""Exercise 02.4: the whole learning rule."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.typography import number

Fit = tuple[np.ndarray, float, int]
Weights = tuple[np.ndarray, float]


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


def _once_and_out(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    """Leave every pass at its first mistake."""
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, 0
    for order in orders:
        for i in order:
            if _is_mistake(y[i], w, b, x[i]):
                w, b, mistakes = w + y[i] * x[i], b + y[i], mistakes + 1
                break
    return w, b, mistakes


def _is_mistake(y: float, w: np.ndarray, b: float, x: np.ndarray) -> bool:
    return y * (w @ x + b) <= 0


def _is_mistake_of(label: float) -> Callable[[float, np.ndarray, float, np.ndarray], bool]:
    """Return what takes a sample for a mistake only if it is of the class."""
    return lambda y, w, b, x: y == label and _is_mistake(y, w, b, x)


def _change(w: np.ndarray, b: float, x: np.ndarray, y: float) -> Weights:
    return w + y * x, b + y


def _learn(
    start: float = 0.0,
    is_mistake: Callable[[float, np.ndarray, float, np.ndarray], bool] = _is_mistake,
    change: Callable[[np.ndarray, float, np.ndarray, float], Weights] = _change,
) -> Callable[..., Fit]:
    """Return the learning rule from another start, with another mistake or another change."""

    def fitted(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
        w, b, mistakes = np.full(x.shape[1], start), start, 0
        for i in orders.ravel():
            if is_mistake(y[i], w, b, x[i]):
                w, b = change(w, b, x[i], y[i])
                mistakes += 1
        return w, b, mistakes

    return fitted


def _averaged(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    """Return the mean of the weights after every sample."""
    flat = orders.ravel()[None]
    ways = [fit(x, y, flat[:, : n + 1]) for n in range(flat.size)]
    return (
        np.mean([way[0] for way in ways], axis=0),
        float(np.mean([way[1] for way in ways])),
        ways[-1][2],
    )


def _labels_in_turn(x: np.ndarray, y: np.ndarray, orders: np.ndarray) -> Fit:
    """Take sample i of an order with the label that stands at its place in the order."""
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, 0
    for order in orders:
        for label, i in zip(y, order, strict=True):
            if _is_mistake(label, w, b, x[i]):
                w, b, mistakes = w + label * x[i], b + label, mistakes + 1
    return w, b, mistakes


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
            "nothing is learned: from zeros every sum is 0, so a mistake must be y (w·x + b) <= 0,"
            " with the 0",
            lambda x, y, orders: (np.zeros(x.shape[1]), 0.0, 0),
        ),
        Fault(
            "a sum of 0 passes for class 1, so that such samples of class 1 are not learned: a"
            " mistake is y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, w, b, x: (1 if w @ x + b >= 0 else -1) != y),
        ),
        Fault(
            "a sum of 0 passes for class −1, so that such samples of class −1 are not learned: a"
            " mistake is y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, w, b, x: (1 if w @ x + b > 0 else -1) != y),
        ),
        Fault(
            "the changes are twice as large: y minus the wrong class is 2y; add y x and y, when"
            " y (w·x + b) <= 0",
            _learn(
                is_mistake=lambda y, w, b, x: (1 if w @ x + b >= 0 else -1) != y,
                change=lambda w, b, x, y: (w + 2 * y * x, b + 2 * y),
            ),
        ),
        Fault(
            "the samples are taken in the table's order; take row i of x for each i of an order",
            lambda x, y, orders: fit(x, y, np.tile(np.arange(len(x)), (len(orders), 1))),
        ),
        Fault("each pass ends at its first mistake; go on with the next sample", _once_and_out),
        Fault("it ends after the first pass", lambda x, y, o: fit(x, y, o[:1])),
        Fault("the last pass is missing", lambda x, y, o: fit(x, y, o[:-1])),
        Fault("every pass begins again with weights of 0", lambda x, y, o: fit(x, y, o[-1:])),
        Fault(
            "all mistakes of a pass are found with the same weights; change them after each"
            " mistake",
            _once_a_pass,
        ),
        Fault("the bias is not learned", _learn(change=lambda w, b, x, y: (w + y * x, 0.0))),
        Fault("the weights are not learned", _learn(change=lambda w, b, x, y: (w, b + y))),
        Fault(
            "the bias is left out of the condition: a mistake is y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, w, b, x: y * (w @ x) <= 0),
        ),
        Fault(
            "the label is left out of the condition: a mistake is y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, w, b, x: w @ x + b <= 0),
        ),
        *(
            Fault(
                f"samples of class {number(-label)} are never learned: a mistake is"
                " y (w·x + b) <= 0, for both classes",
                _learn(is_mistake=_is_mistake_of(label)),
            )
            for label in (1, -1)
        ),
        Fault(
            "y multiplies the sum without the bias: put brackets around w·x + b",
            _learn(is_mistake=lambda y, w, b, x: y * (w @ x) + b <= 0),
        ),
        Fault(
            "it learns from samples that are right by less than 1 too: a mistake is"
            " y (w·x + b) <= 0",
            _learn(is_mistake=lambda y, w, b, x: y * (w @ x + b) <= 1),
        ),
        Fault(
            "the label is missing: add y x and y, not x and 1",
            _learn(change=lambda w, b, x, y: (w + x, b + 1)),
        ),
        Fault(
            "the bias changes by 1 whatever the class; it changes by y",
            _learn(change=lambda w, b, x, y: (w + y * x, b + 1)),
        ),
        Fault(
            "the bias goes the wrong way: add y to it, and add it to the sum",
            _learn(change=lambda w, b, x, y: (w + y * x, b - y)),
        ),
        Fault(
            "the sign is the wrong way round: add y x and y",
            _learn(change=lambda w, b, x, y: (w - y * x, b - y)),
        ),
        Fault(
            "the old weights are lost: add to them",
            _learn(change=lambda w, b, x, y: (y * x, float(y))),
        ),
        Fault(
            "the labels are taken in the table's order; take y[i] with x[i]",
            _labels_in_turn,
        ),
        Fault("this is the mean of the weights on the way; return the last ones", _averaged),
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
        Fault(
            "this is one too many: begin to count at 0",
            lambda x, y, o: fit(x, y, o)[2] + 1,
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
