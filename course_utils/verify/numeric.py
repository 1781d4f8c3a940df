"""Gradients of somebody's forward pass, by differences in float64."""

from collections.abc import Callable

import numpy as np

from course_utils.nn import finite_differences


def gradient(
    forward: Callable[..., object], at: np.ndarray, error: np.ndarray, step: float = 1e-5
) -> np.ndarray:
    """Return the gradient of Σ error·forward(x) at x = `at`, by central differences.

    Parameters
    ----------
    forward
        Gives an array of the shape of `error`; it must give the same for the same argument.
    at
        Where; any shape. The result has this shape.
    error
        The error that comes from above.
    step
        Half the distance between the two points of a difference. For a linear `forward`, where
        every step is exact, a large one keeps rounding away.
    """
    x = np.array(at, dtype=np.float64)
    return finite_differences(lambda: np.sum(error * np.asarray(forward(x.copy()))), x, step)


def linear_gradient(
    forward: Callable[[np.ndarray], object], shape: tuple[int, ...], error: np.ndarray
) -> np.ndarray:
    """Return the gradient by the input of a layer that is affine and treats samples one by one.

    One forward pass over a batch of all unit inputs gives the whole Jacobian.

    Parameters
    ----------
    forward
        The layer's forward pass.
    shape
        The input's shape, (batch, …).
    error
        The error from above, (batch, …).
    """
    size = int(np.prod(shape[1:]))
    units = np.eye(size).reshape(size, *shape[1:])
    offset = np.asarray(forward(np.zeros((1, *shape[1:]))))
    jacobian = np.asarray(forward(units)) - offset
    return np.tensordot(
        error.reshape(shape[0], -1), jacobian.reshape(size, -1), axes=(1, 1)
    ).reshape(shape)
