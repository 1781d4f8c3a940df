"""Exercise 02.1: the perceptron's answer."""

import numpy as np

from course_utils.checks import Exercise, Fault


def classify(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return np.where(x @ w + b < 0, -1, 1)


def _fresh(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return samples of which some are on either side, whatever is left out of the sum."""
    inputs = int(rng.integers(2, 5))
    return rng.normal(size=(40, inputs)), rng.normal(size=inputs), float(rng.choice([-1, 1]))


def _on_the_boundary(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return small whole numbers, so that many sums are exactly 0."""
    x = rng.integers(-2, 3, (30, 2)).astype(np.float64)
    w = rng.choice([-2.0, -1.0, 1.0, 2.0], 2)
    b = float(rng.integers(-1, 2))
    x[0], x[1] = [-b / w[0], 0], [0, -b / w[1]]
    return x, w, b


check_classify = Exercise(
    item="02.1",
    lecture="perceptron",
    name="classify",
    title="A sum and a sign",
    reference=classify,
    results=("the classes",),
    rounds={
        "−1 or 1 for every sample, on three fresh tables": _fresh,
        "a sum of exactly 0 gives 1": _on_the_boundary,
    },
    faults=(
        Fault(
            "it returns 0 for a sum of 0, as `np.sign` does; here the sign of 0 is 1",
            lambda x, w, b: np.sign(x @ w + b),
        ),
        Fault(
            "a sum of 0 gives −1; here the sign of 0 is 1: compare with `>= 0`",
            lambda x, w, b: np.where(x @ w + b > 0, 1, -1),
        ),
        Fault(
            "every sum but 0 gives 1, since a number other than 0 counts as true: compare with"
            " `>= 0`",
            lambda x, w, b: np.where(x @ w + b, 1, -1),
        ),
        Fault("the bias is missing", lambda x, w, b: np.where(x @ w < 0, -1, 1)),
        Fault(
            "the bias is subtracted instead of added", lambda x, w, b: np.where(x @ w < b, -1, 1)
        ),
        Fault(
            "the bias counts once for every input; add up the products (no mean), and then the bias"
            " once",
            lambda x, w, b: np.where((x * w + b).sum(axis=1) < 0, -1, 1),
        ),
        Fault(
            "the bias is added to every weight; add it once, to the sum",
            lambda x, w, b: np.where(x @ (w + b) < 0, -1, 1),
        ),
        Fault(
            "the bias is added to the sign; add it to the sum, and take the sign then",
            lambda x, w, b: np.where(x @ w < 0, -1, 1) + b,
        ),
        *(
            Fault(
                f"the sum is compared with {limit:g}; compare it with 0",
                lambda x, w, b, limit=limit: np.where(x @ w + b < limit, -1, 1),
            )
            for limit in (0.5, 1)
        ),
        Fault(
            "that is a smooth step, not the sign: the classes are −1 and 1, nothing between",
            lambda x, w, b: np.tanh(x @ w + b),
        ),
        Fault("that is the sum; its sign is still to be taken", lambda x, w, b: x @ w + b),
        Fault(
            "the classes are 0 and 1, or False and True; here they are −1 and 1",
            lambda x, w, b: np.where(x @ w + b < 0, 0, 1),
        ),
        Fault(
            "only the first input is used; sum over all of them, as `x @ w` does",
            lambda x, w, b: np.where(x[:, 0] * w[0] + b < 0, -1, 1),
        ),
        Fault(
            "every product has a sign of its own: sum first, then take one sign",
            lambda x, w, b: np.where(x * w + b < 0, -1, 1),
        ),
        Fault(
            "the bias is added to every input; add it once, to the sum",
            lambda x, w, b: np.where((x + b) @ w < 0, -1, 1),
        ),
        Fault("the bias alone decides", lambda x, w, b: np.full(len(x), -1 if b < 0 else 1)),
    ),
    hints=(
        "Two steps: a weighted sum with a bias for each row of x, then its sign.",
        "`x @ w + b` has shape (samples,). `np.sign` gives 0 for a sum of 0; `np.where` with a"
        " comparison lets you say what belongs there.",
        """
        def classify(x, w, b):
            z = ... + b
            return np.where(z < 0, ..., ...)
        """,
    ),
)
