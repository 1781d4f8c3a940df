"""L1_Regularizer and L2_Regularizer."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, require
from course_utils.verify.properties.common import normal
from course_utils.verify.requirement import requirement

ALPHA = 0.3
W = normal(3, 4) + 0.1


@requirement("L1_Regularizer")
def l1_gradient(regularizer_class: type) -> None:
    """`calculate_gradient` is α·sign(w)."""
    regularizer: Any = regularizer_class(ALPHA)
    faults = [
        Fault("α is left out", lambda: np.sign(W)),
        Fault("this is the gradient of L2", lambda: ALPHA * W),
        Fault("the absolute value is taken instead of the sign", lambda: ALPHA * np.abs(W)),
    ]
    compare("gradient", regularizer.calculate_gradient(W.copy()), ALPHA * np.sign(W), faults)


@requirement("L1_Regularizer")
def l1_norm(regularizer_class: type) -> None:
    """`norm` is α·Σ|w|."""
    regularizer: Any = regularizer_class(ALPHA)
    faults = [
        Fault("α is left out", lambda: np.abs(W).sum()),
        Fault("the absolute value is left out", lambda: ALPHA * W.sum()),
        Fault("this is the norm of L2", lambda: ALPHA * (W**2).sum()),
        Fault("it is averaged instead of summed", lambda: ALPHA * np.abs(W).mean()),
        Fault(
            "`np.linalg.norm(w, 1)` of a matrix is the largest column sum",
            lambda: ALPHA * np.linalg.norm(W, 1),
        ),
    ]
    compare("norm", regularizer.norm(W.copy()), ALPHA * np.abs(W).sum(), faults)


@requirement("L2_Regularizer")
def l2_gradient(regularizer_class: type) -> None:
    """`calculate_gradient` is α·w (by the exercises' convention, half the norm's derivative)."""
    regularizer: Any = regularizer_class(ALPHA)
    faults = [
        Fault(
            "a factor 2 is in it: the exercises' convention leaves it out", lambda: 2 * ALPHA * W
        ),
        Fault("α is left out", lambda: W),
        Fault("this is the gradient of L1", lambda: ALPHA * np.sign(W)),
        Fault("the weights are squared", lambda: ALPHA * W**2),
    ]
    compare("gradient", regularizer.calculate_gradient(W.copy()), ALPHA * W, faults)


@requirement("L2_Regularizer")
def l2_norm(regularizer_class: type) -> None:
    """`norm` is α·Σw² (by the exercises' convention, without a factor ½ and without a root)."""
    regularizer: Any = regularizer_class(ALPHA)
    square = (W**2).sum()
    faults = [
        Fault("the root is taken: the norm is to be squared", lambda: ALPHA * np.sqrt(square)),
        Fault(
            "a factor ½ is in it: the exercises' convention leaves it out",
            lambda: ALPHA * square / 2,
        ),
        Fault("α is left out", lambda: square),
        Fault("this is the norm of L1", lambda: ALPHA * np.abs(W).sum()),
        Fault("it is averaged instead of summed", lambda: ALPHA * (W**2).mean()),
        Fault(
            "`np.linalg.norm(w, 2)` of a matrix is the largest singular value",
            lambda: ALPHA * np.linalg.norm(W, 2),
        ),
        Fault(
            "`np.linalg.norm(w, 2)` of a matrix is the largest singular value",
            lambda: ALPHA * np.linalg.norm(W, 2) ** 2,
        ),
    ]
    compare("norm", regularizer.norm(W.copy()), ALPHA * square, faults)


@requirement(
    "L1_Regularizer", "L2_Regularizer", after=("l1_gradient", "l1_norm", "l2_gradient", "l2_norm")
)
def pure(regularizer_class: type) -> None:
    """The weights that are given are not changed, whatever their shape."""
    regularizer: Any = regularizer_class(ALPHA)
    for shape in ((4, 3), (2, 3, 2, 2), (5,)):
        w = normal(*shape)
        given = w.copy()
        got = np.shape(regularizer.calculate_gradient(given))
        require(got == shape, "gradient", f"its shape is {got}, expected {shape}")
        got = np.shape(regularizer.norm(given))
        require(got == (), "norm", f"its shape is {got}, expected a single number")
        require(
            np.array_equal(given, w),
            "weights",
            "the weights are changed",
            "an operation in place",
            "make a new array",
        )
