"""Gradients by finite differences: slow, simple, and therefore to be trusted.

For a chain of layers with a loss at its end, L changes by ∂L/∂a·2h when the number a goes from
a − h to a + h. The two checks return the difference between that and what `backward` says, one
entry per number; about 1e-7 is as good as it gets with float64.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

STEP = 1e-5


def gradient_check(
    layers: Sequence[Any], input_tensor: np.ndarray, label_tensor: np.ndarray
) -> np.ndarray:
    """Compare ∂L/∂input for `layers`, the last of which is the loss.

    Returns
    -------
    numpy.ndarray, (1, input_tensor.size)
        Absolute differences.
    """
    x = np.array(input_tensor, dtype=np.float64)
    analytic = _backward(layers, x, label_tensor)
    numeric = finite_differences(lambda: _loss(layers, x, label_tensor), x)
    return np.abs(analytic - numeric).reshape(1, -1)


def gradient_check_weights(
    layers: Sequence[Any], input_tensor: np.ndarray, label_tensor: np.ndarray, bias: bool
) -> np.ndarray:
    """Compare the gradient of the first layer's `weights`, or of its `bias`.

    Returns
    -------
    numpy.ndarray, (1, size of the parameter)
        Absolute differences.
    """
    name = "bias" if bias else "weights"
    parameter = np.array(getattr(layers[0], name), dtype=np.float64)
    setattr(layers[0], name, parameter)
    _backward(layers, input_tensor, label_tensor)
    analytic = getattr(layers[0], f"gradient_{name}")
    numeric = finite_differences(lambda: _loss(layers, input_tensor, label_tensor), parameter)
    return np.abs(analytic - numeric).reshape(1, -1)


def finite_differences(
    function: Callable[[], float], array: np.ndarray, step: float = STEP
) -> np.ndarray:
    """Return ∂function/∂array by central differences, moving the array's entries in place."""
    gradient = np.empty(array.shape)
    for index in np.ndindex(array.shape):
        before = array[index]
        array[index] = before + step
        above = function()
        array[index] = before - step
        below = function()
        array[index] = before
        gradient[index] = (above - below) / (2 * step)
    return gradient


def elementwise_slopes(
    function: Callable[[np.ndarray], np.ndarray], at: np.ndarray, side: int = 0, step: float = 1e-6
) -> np.ndarray:
    """Return the slopes of an elementwise `function` at all entries of `at` together.

    Parameters
    ----------
    function
        Gives for every entry of its argument one of its result.
    at
        Where, any shape; the result has this shape.
    side
        0 for central differences, −1 or 1 for those to the left or right of a kink.
    step
        Distance of each point of a difference from `at`.
    """
    ahead, behind = at + step * (side >= 0), at - step * (side <= 0)
    return (function(ahead) - function(behind)) / (ahead - behind)


def _loss(layers: Sequence[Any], x: np.ndarray, label_tensor: np.ndarray) -> float:
    for layer in layers[:-1]:
        x = layer.forward(x)
    return float(layers[-1].forward(x, label_tensor))


def _backward(layers: Sequence[Any], x: np.ndarray, label_tensor: np.ndarray) -> np.ndarray:
    _loss(layers, x, label_tensor)
    error = layers[-1].backward(label_tensor)
    for layer in reversed(layers[:-1]):
        error = layer.backward(error)
    return error
