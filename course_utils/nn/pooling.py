"""Pooling: the maximum or the average of every window."""

import math
from collections.abc import Sequence

import numpy as np

from course_utils.nn.base import BaseLayer
from course_utils.nn.windows import Windows, per_axis


class Pooling(BaseLayer):
    """Maximum or average pooling over windows without padding.

    With windows of m × n and stride s::

        maximum   y[b, c, i, j] = max over u, v of x[b, c, s·i + u, s·j + v]
                  the error goes to the window's winner; of tied inputs the first one wins
        average   y[b, c, i, j] = 1/(m·n) Σ over u, v of x[b, c, s·i + u, s·j + v]
                  every input of the window receives error / (m·n)

    Where windows overlap, an input collects the errors of all windows that it won. There are
    ⌊(size − m) / s⌋ + 1 windows per axis; what lies beyond the last one is ignored.

    How it is computed: one pass per window offset (four for 2 × 2), each over all windows at
    once; the winner is remembered as the number of its offset.

    Parameters
    ----------
    stride_shape, pooling_shape : int or sequence of int
        Steps and window sizes. The length of `pooling_shape` is the number of spatial axes.
    mode : "max" or "average"
    """

    arguments = ("stride_shape", "pooling_shape", "mode")

    def __init__(
        self,
        stride_shape: int | Sequence[int],
        pooling_shape: int | Sequence[int],
        mode: str = "max",
    ) -> None:
        if mode not in ("max", "average"):
            raise ValueError(f'Pooling: mode should be "max" or "average", not {mode!r}.')
        axes = 2 if np.ndim(pooling_shape) == 0 else len(np.atleast_1d(pooling_shape))
        self.pooling_shape = per_axis(pooling_shape, axes, "Pooling", "pooling_shape")
        self.stride_shape = per_axis(stride_shape, axes, "Pooling", "stride_shape")
        self.mode = mode
        self._windows = Windows(
            self.pooling_shape, self.stride_shape, (1,) * axes, ((0, 0),) * axes
        )

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, channel, y[, x]) to (batch, channel, y'[, x'])."""
        names = ("y", "x", "z")[: len(self.stride_shape)]
        x = self._input(input_tensor, ("batch", "channel", *names))
        output = self._windows.output_size(x.shape[2:])
        if min(output) < 1:
            raise ValueError(
                f"{self!r}: input_tensor of the shape {x.shape} is smaller than the window."
            )
        views = self._windows.views(x, output)
        y = next(views).copy()
        winner = None
        if self.mode == "average":
            for view in views:
                y += view
            y /= math.prod(self.pooling_shape)
        else:
            winner = np.zeros(y.shape, np.min_scalar_type(math.prod(self.pooling_shape)))
            for number, view in enumerate(views, start=1):
                # A later offset wins only if it is truly larger, so a tie has one winner. Numbers
                # grow, so the latest winner is the maximum, which is faster than a masked copy.
                np.maximum(winner, (view > y) * winner.dtype.type(number), out=winner)
                np.maximum(y, view, out=y)
        self._remember(x.shape, winner)
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Map the error (batch, channel, y'[, x']) to (batch, channel, y[, x])."""
        input_shape, winner = self._recall()
        output = self._windows.output_size(input_shape[2:])
        error = self._error(error_tensor, (*input_shape[:2], *output))
        input_error = np.zeros(input_shape, error.dtype)
        if winner is None:
            error = error / math.prod(self.pooling_shape)
        for number, view in enumerate(self._windows.views(input_error, output)):
            view += error if winner is None else error * (winner == number)
        return input_error
