"""What several exercises need: fresh tables, and a result of two arrays taken apart."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import NotRight, expect

LECTURE = "normalization"


def fresh_table(samples: int, features: int, seed: int) -> np.ndarray:
    """Return skewed data of different scales, so that no two faults give the same result."""
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-1, 3, features)
    return scale * (rng.uniform(-2, 2, features) + rng.gamma(2.0, size=(samples, features)))


def two_results(answer: Callable[..., object], *inputs: np.ndarray) -> tuple[object, object]:
    """Call a student's function that returns two arrays, and take its result apart.

    A tuple, a list and an array of two rows will do. A function of one table returns statistics of
    it, so that a result of the table's own shape is told to be the normalized table.
    """
    result = answer(*inputs)
    expect(result is not None, "the function returns None", "it has no `return`")
    parts = list(result) if isinstance(result, np.ndarray) and result.ndim else result
    if isinstance(parts, tuple | list) and len(parts) == 2:
        return parts[0], parts[1]
    found, cause = type(result).__name__, "return both, separated by a comma"
    if isinstance(result, np.ndarray):
        found = f"an array of shape {result.shape}"
        if len(inputs) == 1 and result.shape == inputs[0].shape:
            cause = (
                "that is the normalized table; return the two statistics that `transform` needs,"
                " offset and scale"
            )
    raise NotRight(f"the function returns {found}, expected two arrays", cause)
