"""A layer class of the student's own, run: its function, its slopes, and a deep network of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.checks import Fault, NotRight, expect_shape
from course_utils.typography import number
from course_utils.verify.properties.elementwise import Elementwise, call, expect_array, right_slopes

_JUMP = 1e3
"""A one-sided slope beyond this is that of a jump: no activation here is as steep."""
_NEAR = 1e-4
"""How far a slope may be from the right ones, relative to the larger of its size and 1."""
_OF_THE_INPUT = (
    Fault("a·(1 − a) is taken of the input; a is the output", lambda x, e: e * x * (1 - x)),
    Fault("1 − a² is taken of the input; a is the output", lambda x, e: e * (1 - x * x)),
)


@dataclass(frozen=True)
class Run:
    """What a layer class does to inputs, one at a time and in a deep network.

    Attributes
    ----------
    values, slopes
        f at the inputs x and what `backward` says of its slope there, (points,) each.
    numeric
        The slope of `forward` by finite differences, (points,): between those of both sides.
    wrong
        Whether what `backward` says is wrong, or a value no finite number, (points,).
    jumps
        Whether f jumps at the input, so that there is no slope, (points,).
    verdict
        The first input at which something is wrong, in a sentence; empty if nothing is.
    signal, gradient
        Outputs of the last layer and gradients by the inputs of the first, (batch, width).
    """

    values: np.ndarray
    slopes: np.ndarray
    numeric: np.ndarray
    wrong: np.ndarray
    jumps: np.ndarray
    verdict: str
    signal: np.ndarray
    gradient: np.ndarray


def run_layer(
    layer_class: Any,
    x: np.ndarray,
    batch: np.ndarray,
    weights: np.ndarray,
    error: np.ndarray,
    alpha: float,
) -> Run:
    """Return what a layer class does; the slopes are compared with those of its own forward.

    Parameters
    ----------
    layer_class
        A class with ``forward`` and ``backward``. Its constructor takes one number, which is
        `alpha` even if it has a default, or none.
    x
        Where its function is looked at, (points,).
    batch, weights, error
        A network's inputs (batch, width), the weights of its layers (depth, width, width), and the
        gradient of the loss by its outputs (batch, width).

    Raises
    ------
    NotRight
        If it is no such class, or gives something else than arrays of numbers.
    """
    make = _constructor(layer_class, alpha)
    layer = make()
    values = _array("forward", call(layer, "forward", x.copy()), x.shape)
    # Errors of both signs and all sizes: were the slope 0 at every one of them, slopes of 0 would
    # look like slopes that are taken at the error. They lie beside the inputs, away from kinks.
    above = np.roll(x, len(x) // 3) + 0.012
    below = _array("backward", call(layer, "backward", above.copy()), x.shape)
    slopes = below / above

    def f(at: np.ndarray) -> np.ndarray:
        return _array("forward", make().forward(at.copy()), at.shape)

    low, high = right_slopes(f, x)
    jumps = np.maximum(np.abs(low), np.abs(high)) > _JUMP
    near = _NEAR * np.maximum(1, np.maximum(np.abs(low), np.abs(high)))
    unknown = ~np.isfinite(low) | ~np.isfinite(high) | jumps  # no slope to compare with
    within = (slopes >= low - near) & (slopes <= high + near)
    wrong = ~np.isfinite(values) | ~np.isfinite(slopes) | ~(within | unknown)
    verdict = ""
    if wrong.any():
        first = int(np.argmax(wrong))
        right = _between(low[first], high[first], near[first])
        verdict = _told(x[first], values[first], slopes[first], right)
        even = ~unknown & (high - low < near)
        spec = Elementwise(f, backward_faults=_OF_THE_INPUT)
        if cause := spec.backward_cause(below[even], x[even], above[even]):
            verdict += f". Likely cause: {cause}"
    through = _through(make, batch, weights, error)
    return Run(values, slopes, (low + high) / 2, wrong, jumps, verdict, *through)


def _constructor(layer_class: Any, alpha: float) -> Callable[[], Any]:
    """Return what makes a layer."""
    if not isinstance(layer_class, type):
        raise NotRight(
            f"a class with `forward` and `backward` is needed, and this is a"
            f" {type(layer_class).__name__}",
            "give the class itself, without brackets",
        )
    try:
        signature = inspect.signature(layer_class)
    except ValueError:  # a class of C, such as dict
        signature = inspect.Signature()
    for arguments in ((alpha,), ()):
        try:
            signature.bind(*arguments)
        except TypeError:
            continue
        return lambda: layer_class(*arguments)
    raise NotRight("its constructor takes more than one number; here it gets one, the slope α")


def _array(method: str, got: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Return what a method gave as float64.

    Raises
    ------
    NotRight
        If it is no array of numbers of the given shape.
    """
    expect_array(method, got)
    return expect_shape(f"what {method} returns", got, shape).astype(np.float64)


def _through(
    make: Callable[[], Any], batch: np.ndarray, weights: np.ndarray, error: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the signal behind all layers, and the gradient before them."""
    layers = [make() for _ in weights]
    signal, gradient = batch, error
    for layer, w in zip(layers, weights, strict=True):
        signal = _array("forward", layer.forward(signal @ w), signal.shape)
    for layer, w in zip(reversed(layers), weights[::-1], strict=True):
        gradient = _array("backward", layer.backward(gradient), gradient.shape) @ w.T
    return signal, gradient


def _told(x: float, value: float, slope: float, right: str) -> str:
    """Say what is wrong at an input."""
    if not np.isfinite(value):
        return f"forward gives {value:g} at x = {_place(x)}"
    return (
        f"the derivative is wrong first at x = {_place(x)}: backward says {number(slope)}, the"
        f" slope of forward is {right}"
    )


def _place(x: float) -> str:
    return number(x, ".2f")


def _between(low: float, high: float, near: float) -> str:
    if high - low < near:
        return number((low + high) / 2)
    return f"{number(low)} on its left or right and {number(high)} on the other side"
