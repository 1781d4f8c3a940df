"""Convolution of signals and images: forward and backward as functions, then the layer around them.

For an image with C channels, kernels w of m × n entries, stride s and dilation d::

    y[b, k, i, j] = bias[k] + Σ_c Σ_u Σ_v  w[k, c, u, v] · x̃[b, c, s·i + d·u, s·j + d·v]

where x̃ is x with zeros around it. (As everywhere in deep learning this is cross-correlation: the
kernel is not turned around.) A signal has one spatial axis, an image has two. Unfolded into columns
(see `course_utils.nn.unfolding`), the sum is one matrix product per sample, and the two gradients
are its transposes::

    columns X   (C·m·n, positions)     every kernel offset's view of x̃ is one row
    y     = W·X + bias                 (K, positions) = (K, C·m·n)·(C·m·n, positions)
    ∂L/∂W = Σ_b E·Xᵀ                   E = ∂L/∂y, (K, positions)
    ∂L/∂X = Wᵀ·E                       added back to where the columns came from
    ∂L/∂bias = Σ E                     over samples and positions

Source: I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, 2016, sections 9.1 and 9.5.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.nn.arrays import check_not_empty, random_generator, size
from course_utils.nn.base import Initializer, TrainableLayer
from course_utils.nn.unfolding import fold, unfold
from course_utils.nn.windows import Windows, per_axis

Padding = str | int | Sequence[int] | Sequence[tuple[int, int]]


def convolve(x: np.ndarray, weights: np.ndarray, bias: np.ndarray, windows: Windows) -> np.ndarray:
    """Return y, (batch, K, y'[, x']).

    Parameters
    ----------
    x : numpy.ndarray, (batch, C, y[, x])
    weights : numpy.ndarray, (K, C, m[, n])
    bias : numpy.ndarray, (K,)
    windows : Windows
        Of the kernels' size, with stride, dilation and the zeros around x.
    """
    output = windows.output_size(x.shape[2:])
    padded = windows.pad(x)
    matrix = weights.reshape(len(weights), -1)
    y = np.empty((len(x), len(weights), *output), x.dtype)
    for part, columns in unfold(padded, windows, output):
        y[part] = windows.pick(matrix @ columns, padded, output)
    y += bias.reshape(-1, *(1 for _ in output))
    return y


def convolution_gradients(
    error: np.ndarray, x: np.ndarray, weights: np.ndarray, windows: Windows
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ∂L/∂x, ∂L/∂w and ∂L/∂bias, of the shapes of x, w and bias.

    Parameters
    ----------
    error : numpy.ndarray, (batch, K, y'[, x'])
        E = ∂L/∂y.
    x, weights, windows
        What `convolve` was given.
    """
    output = error.shape[2:]
    padded = windows.pad(x)
    matrix = weights.reshape(len(weights), -1)
    matrix_gradient = np.zeros_like(matrix.T)
    padded_error = np.zeros(padded.shape, error.dtype)
    for part, columns in unfold(padded, windows, output):
        error_runs = np.zeros((len(columns), len(weights), columns.shape[2]), error.dtype)
        windows.pick(error_runs, padded, output)[...] = error[part]
        # (X·Eᵀ)ᵀ rather than E·Xᵀ: BLAS is up to twice as fast with the long side first.
        matrix_gradient += np.matmul(columns, error_runs.transpose(0, 2, 1)).sum(axis=0)
        np.matmul(matrix.T, error_runs, out=columns)
        fold(columns, padded_error[part], windows, output)
    return (
        windows.unpad(padded_error, x.shape),
        matrix_gradient.T.reshape(weights.shape),
        error.reshape(*error.shape[:2], -1).sum(axis=(0, 2)),
    )


class Conv(TrainableLayer):
    """A convolutional layer, which (as everywhere in deep learning) cross-correlates.

    y[b, k] = bias[k] + Σ_c w[k, c] ⋆ x[b, c], with zeros around x; `convolve` and
    `convolution_gradients` hold the mathematics.

    Parameters
    ----------
    stride_shape : int or sequence of int
        One step for all axes, or one per axis.
    convolution_shape : (c, m) or (c, m, n)
        Input channels and the kernels' size; its length decides between signals and images.
    num_kernels : int
        Output channels K.
    padding : "same", "valid", int, one int per axis, or one (before, after) per axis
        "same" (the default) gives ⌈size / stride⌉ positions; an even kernel's extra zero comes
        after. "valid" adds no zeros.
    dilation : int or sequence of int
        Distance between neighbouring kernel entries.
    rng : numpy.random.Generator or int, optional
        For the first weights and bias, uniform in [0, 1); by default NumPy's shared stream.

    Attributes
    ----------
    weights, gradient_weights : numpy.ndarray, (K, c, m[, n])
    bias, gradient_bias : numpy.ndarray, (K,)
    """

    arguments = ("stride_shape", "convolution_shape", "num_kernels", "padding", "dilation")

    def __init__(
        self,
        stride_shape: int | Sequence[int],
        convolution_shape: Sequence[int],
        num_kernels: int,
        padding: Padding = "same",
        dilation: int | Sequence[int] = 1,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        super().__init__()
        shape = np.atleast_1d(convolution_shape)
        if len(shape) < 2:
            raise ValueError(
                "Conv: convolution_shape should be (channels, m) or (channels, m, n), "
                f"but it is {convolution_shape!r}."
            )
        self.convolution_shape = per_axis(shape, len(shape), "Conv", "convolution_shape")
        axes = len(shape) - 1
        self.stride_shape = per_axis(stride_shape, axes, "Conv", "stride_shape")
        self.dilation = per_axis(dilation, axes, "Conv", "dilation")
        self.padding = padding
        self.num_kernels = size(num_kernels, "Conv", "num_kernels")
        kernel = self.convolution_shape[1:]
        self._windows = Windows(
            kernel, self.stride_shape, self.dilation, zeros_around(padding, kernel, self.dilation)
        )
        generator = random_generator(rng)
        self.weights: Any = generator.random((self.num_kernels, *self.convolution_shape))
        self.bias: Any = generator.random(self.num_kernels)
        self.gradient_weights: np.ndarray | None = None
        self.gradient_bias: np.ndarray | None = None

    def initialize(self, weights_initializer: Initializer, bias_initializer: Initializer) -> None:
        """Draw weights and bias, with fan_in = c·m·n and fan_out = K·m·n."""
        fan_in = math.prod(self.convolution_shape)
        fan_out = self.num_kernels * math.prod(self.convolution_shape[1:])
        shape = (self.num_kernels, *self.convolution_shape)
        self.weights = weights_initializer.initialize(shape, fan_in, fan_out)
        self.bias = bias_initializer.initialize((self.num_kernels,), fan_in, fan_out)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, c, y[, x]) to (batch, K, y'[, x'])."""
        names = ("y", "x", "z")[: len(self.stride_shape)]
        x = self._input(input_tensor, ("batch", self.convolution_shape[0], *names))
        check_not_empty(x, self, "input_tensor")
        output = self._windows.output_size(x.shape[2:])
        if min(output) < 1:
            raise ValueError(
                f"{self!r}: input_tensor of the shape {x.shape} is smaller than the kernel."
            )
        self._remember(x, output)
        bias = self._parameter("bias", (self.num_kernels,), x)
        return convolve(x, self._kernels(x), bias, self._windows)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Map the error (batch, K, y'[, x']) to (batch, c, y[, x]), then update."""
        x, output = self._recall()
        error = self._error(error_tensor, (len(x), self.num_kernels, *output))
        input_error, self.gradient_weights, self.gradient_bias = convolution_gradients(
            error, x, self._kernels(error), self._windows
        )
        self._update()
        return input_error

    def _kernels(self, like: np.ndarray) -> np.ndarray:
        return self._parameter("weights", (self.num_kernels, *self.convolution_shape), like)


def zeros_around(
    padding: Padding, kernel: tuple[int, ...], dilation: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Return the zeros (before, after) per axis that a `padding` argument of Conv means."""
    if isinstance(padding, str):
        if padding == "valid":
            return ((0, 0),) * len(kernel)
        if padding == "same":
            extra = [d * (m - 1) for m, d in zip(kernel, dilation, strict=True)]
            return tuple((zeros // 2, zeros - zeros // 2) for zeros in extra)
        raise ValueError(f'Conv: padding should be "same", "valid" or numbers, not {padding!r}.')
    if np.ndim(padding) == 2:
        pairs = [per_axis(pair, 2, "Conv", "padding", least=0) for pair in padding]  # type: ignore[union-attr]
        if len(pairs) != len(kernel):
            raise ValueError(f"Conv: padding should be {len(kernel)} pairs, but it is {padding!r}.")
        return tuple((before, after) for before, after in pairs)
    return tuple((n, n) for n in per_axis(padding, len(kernel), "Conv", "padding", least=0))
