"""Pooling (maximum, valid)."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, NotMet, compare, require
from course_utils.verify.properties.common import (
    can_be_called_again,
    leaves_arrays_alone,
    normal,
    starts_as,
)
from course_utils.verify.reference import max_pool, max_pool_error
from course_utils.verify.requirement import requirement

# stride, pooling, input: windows side by side, with a remainder, overlapping, with gaps
CASES = (
    ((2, 2), (2, 2), (2, 2, 4, 6)),
    ((2, 2), (2, 2), (2, 2, 5, 7)),
    ((2, 1), (3, 2), (2, 2, 7, 5)),
    ((3, 2), (2, 1), (2, 2, 7, 6)),
)


@requirement("Pooling")
def starts_untrainable(layer_class: type) -> None:
    """`trainable` and `testing_phase` are False at first."""
    starts_as(layer_class((2, 2), (2, 2)), trainable=False)


@requirement("Pooling")
def forward(layer_class: type) -> None:
    """Forward gives the maximum of each complete window: (size − pooling) // stride + 1 of them."""
    for stride, pooling, shape in CASES:
        x = normal(*shape) - 3  # mostly negative, so that a maximum that starts at 0 shows
        right = max_pool(x, stride, pooling)

        def padded(x: np.ndarray = x, s: tuple = stride, p: tuple = pooling) -> np.ndarray:
            end = [(0, -(n - k) % step) for n, k, step in zip(x.shape[2:], p, s, strict=True)]
            return max_pool(np.pad(x, [(0, 0), (0, 0), *end], constant_values=-np.inf), s, p)

        faults = [
            Fault(
                "the maximum starts at 0, so that negative values are lost",
                lambda r=right: np.maximum(r, 0),
                "take the maximum of the window itself",
            ),
            Fault(
                "the window's mean is taken instead of its maximum",
                lambda a=(x, stride, pooling): _mean_pool(*a),
            ),
            Fault("an incomplete last window counts", padded, "drop what does not fill a window"),
            Fault(
                "stride and pooling size are exchanged",
                lambda a=(x, pooling, stride): max_pool(*a),
                "the constructor takes stride_shape first",
            ),
            Fault(
                "the two axes are exchanged",
                lambda a=(x, stride[::-1], pooling[::-1]): max_pool(*a),
            ),
            Fault(
                "windows do not overlap: the stride is taken as the pooling size",
                lambda a=(x, pooling, pooling): max_pool(*a),
            ),
            Fault("the last window is left out along an axis", lambda r=right: r[:, :, :-1, :-1]),
        ]
        compare(
            f"output with stride {stride} and pooling {pooling}",
            layer_class(stride, pooling).forward(x.copy()),
            right,
            faults,
        )


def _mean_pool(x: np.ndarray, stride: tuple, pooling: tuple) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(x, pooling, axis=(2, 3))
    return windows[:, :, :: stride[0], :: stride[1]].mean(axis=(4, 5))


_SPLIT = (
    "row and column of a flat index are `divmod(index, width)`, or `np.unravel_index(index,"
    " window.shape)`"
)


@requirement("Pooling", after=("forward",), hint=_SPLIT)
def backward(layer_class: type) -> None:
    """Backward gives each window's error to its maximum and adds up where windows overlap."""
    for stride, pooling, shape in CASES:
        x = normal(*shape)
        error = normal(*max_pool(x, stride, pooling).shape, seed=1)
        layer: Any = layer_class(stride, pooling)
        layer.forward(x.copy())
        arguments = (x, error, stride, pooling)
        faults = [
            Fault(
                "overlapping windows overwrite each other's error",
                lambda x=x, e=error, s=stride, p=pooling: max_pool_error(x, e, s, p, add=False),
                "add the errors (`+=`; with index arrays `np.add.at`)",
            ),
            Fault(
                "the error is spread over the window instead of given to the maximum",
                lambda a=arguments: _spread(*a),
            ),
            Fault(
                "the maximum's value is multiplied in",
                lambda a=arguments: max_pool_error(a[0], a[1], a[2], a[3]) * a[0],
            ),
            Fault("the error is lost", lambda x=x: np.zeros_like(x)),
            Fault(
                "a window's flat index is split by its height instead of its width",
                lambda a=arguments: _split_by_height(*a),
                _SPLIT,
            ),
        ]
        compare(
            f"error with stride {stride} and pooling {pooling}",
            layer.backward(error.copy()),
            max_pool_error(*arguments),
            faults,
        )


def _split_by_height(x: np.ndarray, error: np.ndarray, stride: tuple, pooling: tuple) -> np.ndarray:
    below = np.zeros_like(x)
    for b, c, i, j in np.ndindex(*error.shape):
        top, left = i * stride[0], j * stride[1]
        window = x[b, c, top : top + pooling[0], left : left + pooling[1]]
        row, column = divmod(int(np.argmax(window)), pooling[0])
        below[b, c, top + row, left + column] += error[b, c, i, j]
    return below


def _spread(x: np.ndarray, error: np.ndarray, stride: tuple, pooling: tuple) -> np.ndarray:
    below = np.zeros_like(x)
    for b, c, i, j in np.ndindex(*error.shape):
        top, left = i * stride[0], j * stride[1]
        below[b, c, top : top + pooling[0], left : left + pooling[1]] += error[b, c, i, j] / (
            pooling[0] * pooling[1]
        )
    return below


@requirement("Pooling", after=("forward", "backward"))
def ties(layer_class: type) -> str:
    """Of tied maxima exactly one gets the error; which one is free."""
    x = np.array([[1.0, 1.0, 0.0, 2.0], [1.0, 1.0, 2.0, 2.0]]).reshape(1, 1, 2, 4)
    error = np.array([3.0, 5.0]).reshape(1, 1, 1, 2)
    layer: Any = layer_class((2, 2), (2, 2))
    layer.forward(x.copy())
    below = np.asarray(layer.backward(error.copy()))
    name = "error with tied maxima"
    if below.shape == x.shape and np.array_equal(
        below, max_pool_error(x, error, (2, 2), (2, 2), share_ties=True)
    ):
        raise NotMet(
            name,
            f"the four tied inputs get {below[..., :2].ravel().tolist()} for an error of 3",
            "every tied maximum gets the whole error",
            "remember one position per window (`argmax`) instead of comparing with the maximum",
        )
    require(below.shape == x.shape, name, f"its shape is {below.shape}, expected {x.shape}")
    windows = [below[0, 0, :, :2], below[0, 0, :, 2:]]
    for window, total in zip(windows, (3.0, 5.0), strict=True):
        given = window[window != 0]
        require(
            given.size == 1 and given[0] == total,
            name,
            f"the inputs of a window with ties get {window.ravel().tolist()} for an error of "
            f"{total:g}",
            "the error is divided among the tied maxima" if np.isclose(given.sum(), total) else "",
            "give it to exactly one of them",
        )
    require(below[0, 0, 0, 2] == 0, name, "an input that is not the maximum gets an error")
    chosen = [int(np.flatnonzero(window)[0]) for window in windows]
    which = {(0, 1): "the first", (3, 3): "the last"}.get((chosen[0], chosen[1]), "one")
    return f"{which} of tied maxima gets the error"


@requirement("Pooling", after=("forward", "backward"))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    layer, x = layer_class((2, 1), (3, 2)), normal(2, 2, 7, 5)
    leaves_arrays_alone(layer, x, normal(2, 2, 3, 4, seed=1))


@requirement("Pooling", after=("pure", "forward", "backward"))
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch and image size."""
    layer = layer_class((2, 1), (3, 2))
    can_be_called_again(
        layer, normal(3, 2, 5, 6, seed=2), normal(2, 2, 7, 5), normal(2, 2, 3, 4, seed=1)
    )
