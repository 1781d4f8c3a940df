"""The value of a formula at many points at once, and never an exception."""

from collections.abc import Callable, Mapping

import numpy as np

from course_utils.exam.formulas.tree import (
    Apply,
    Binary,
    Negative,
    Node,
    Number,
    Total,
    Transposed,
    Variable,
)

_FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "log": np.log,
    "exp": np.exp,
    "sigma": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}


def evaluate(tree: Node, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the value of `tree`, whose products `shapes.resolved` has settled.

    Parameters
    ----------
    values
        The symbols' values: arrays (points, steps, *shape), float64 or complex128, with steps = 1
        where there is no index.

    Returns
    -------
    numpy.ndarray
        (points, steps, *shape); not finite where the formula has no value.
    """
    with np.errstate(all="ignore"):
        return _value(tree, values)


def _value(tree: Node, values: Mapping[str, np.ndarray]) -> np.ndarray:
    match tree:
        case Number(value=value):
            return np.full((1, 1), value)
        case Variable(name=name):
            return values[name]
        case Negative(of=of):
            return -_value(of, values)
        case Transposed(of=of):
            inner = _value(of, values)  # a number or a vector is its own transpose, as in NumPy
            return np.swapaxes(inner, -1, -2) if inner.ndim == 4 else inner
        case Total(of=of):
            return _value(of, values).sum(axis=1, keepdims=True)
        case Apply(function=function, of=of):
            return _FUNCTIONS[function](_value(of, values))
        case Binary(operator=operator, left=left, right=right):
            return _binary(operator, _value(left, values), _value(right, values))
    raise TypeError(f"{tree!r} is no formula")


def _binary(operator: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    if operator == "@" and left.ndim > 2 and right.ndim > 2:
        return _matrix_product(left, right)
    left, right = _aligned(left, right), _aligned(right, left)
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "/":
        return left / right
    if operator == "**":
        return left**right
    return left * right


def _aligned(array: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return a number with as many axes as `other` has, so that it acts on every element."""
    return array.reshape(*array.shape, *(1,) * max(0, other.ndim - array.ndim))


def _matrix_product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the product of vectors (…, n) and matrices (…, m, n), as NumPy's ``@`` defines it."""
    row, column = left.ndim == 3, right.ndim == 3
    left = left[..., None, :] if row else left
    right = right[..., :, None] if column else right
    product = left @ right
    product = product[..., 0] if column else product
    if row:
        product = product[..., 0] if column else product[..., 0, :]
    return product
