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
    """Call a student's function that returns two arrays, and take its result apart."""
    result = answer(*inputs)
    expect(result is not None, "the function returns None", "it has no `return`")
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise NotRight(
            f"the function returns {type(result).__name__}, expected two arrays",
            "return both, separated by a comma",
        )
    return result[0], result[1]
