"""The convolutional layer, for signals and images."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.nn.arrays import random_generator
from course_utils.nn.base import Initializer, TrainableLayer
from course_utils.nn.windows import Windows, per_axis

COLUMN_BYTES = 3 * 2**20
"""How much of the batch is unfolded at a time. More leaves the processor's cache, less spends its
time in Python: measured, 2 to 4 MiB are best."""

Padding = str | int | Sequence[int] | Sequence[tuple[int, int]]


class Conv(TrainableLayer):
    """A convolutional layer, which (as everywhere in deep learning) cross-correlates.

    For an image with C channels, kernels w of m × n entries, stride s and dilation d::

        y[b, k, i, j] = bias[k] + Σ_c Σ_u Σ_v  w[k, c, u, v] · x̃[b, c, s·i + d·u, s·j + d·v]

    where x̃ is x with zeros around it. A signal has one spatial axis, an image has two.

    How it is computed. Unfolded into columns (im2col), the sum is one matrix product per sample,
    and the two gradients are its transposes::

        columns X   (C·m·n, positions)     every kernel offset's view of x̃ is one row
        y     = W·X + bias                 (K, positions) = (K, C·m·n)·(C·m·n, positions)
        ∂L/∂W = Σ_b E·Xᵀ                   E = ∂L/∂y, (K, positions)
        ∂L/∂X = Wᵀ·E                       added back to where the columns came from
        ∂L/∂bias = Σ E                     over samples and positions

    The trick that makes it fast: the columns are m·n times as large as the input, so we unfold
    only a few samples at a time, as many as stay in the processor's cache, and unfold them again
    on the way back instead of keeping them. With positions last, y needs no transposing, and
    unfolding copies long runs of numbers (`Windows.runs`), not single ones.

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
        self.num_kernels = int(num_kernels)
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
        output = self._windows.output_size(x.shape[2:])
        if min(output) < 1:
            raise ValueError(
                f"{self!r}: input_tensor of the shape {x.shape} is smaller than the kernel."
            )
        padded = self._windows.pad(x)
        self._remember(x.shape, padded, output)
        weights = self._kernel_matrix(x)
        bias = self._parameter("bias", (self.num_kernels,), x)
        y = np.empty((len(x), self.num_kernels, *output), x.dtype)
        for part, columns in self._unfold(padded, output):
            y[part] = self._windows.pick(weights @ columns, padded, output)
        y += bias.reshape(-1, *(1 for _ in output))
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Map the error (batch, K, y'[, x']) to (batch, c, y[, x]), then update."""
        input_shape, padded, output = self._recall()
        error = self._error(error_tensor, (input_shape[0], self.num_kernels, *output))
        weights = self._kernel_matrix(error)
        gradient = np.zeros_like(weights.T)
        padded_error = np.zeros(padded.shape, error.dtype)
        for part, columns in self._unfold(padded, output):
            error_runs = np.zeros((len(columns), self.num_kernels, columns.shape[2]), error.dtype)
            self._windows.pick(error_runs, padded, output)[...] = error[part]
            # (X·Eᵀ)ᵀ rather than E·Xᵀ: BLAS is up to twice as fast with the long side first.
            gradient += np.matmul(columns, error_runs.transpose(0, 2, 1)).sum(axis=0)
            np.matmul(weights.T, error_runs, out=columns)
            self._fold(columns, padded_error[part], output)
        self.gradient_weights = gradient.T.reshape(self.num_kernels, *self.convolution_shape)
        self.gradient_bias = error.reshape(*error.shape[:2], -1).sum(axis=(0, 2))
        self._update()
        return self._windows.unpad(padded_error, input_shape)

    def _kernel_matrix(self, like: np.ndarray) -> np.ndarray:
        shape = (self.num_kernels, *self.convolution_shape)
        return self._parameter("weights", shape, like).reshape(self.num_kernels, -1)

    def _unfold(
        self, padded: np.ndarray, output: tuple[int, ...]
    ) -> Iterator[tuple[slice, np.ndarray]]:
        """Yield slices of the batch with their columns, (samples, c·m·n, positions).

        The columns' memory is used again for the next slice.
        """
        channels, *kernel = self.convolution_shape
        run_shape = self._windows.run_shape(padded, output)
        column_shape = (channels, math.prod(kernel), *run_shape)
        size = max(1, COLUMN_BYTES // (math.prod(column_shape) * padded.itemsize))
        buffer = np.empty((min(size, len(padded)), *column_shape), padded.dtype)
        for start in range(0, len(padded), size):
            part = slice(start, start + size)
            columns = buffer[: len(padded[part])]
            for number, run in enumerate(self._windows.runs(padded[part], output)):
                columns[:, :, number] = run
            yield part, columns.reshape(len(columns), -1, math.prod(run_shape))

    def _fold(self, columns: np.ndarray, padded: np.ndarray, output: tuple[int, ...]) -> None:
        """Transpose of unfolding: add every column's entry to the place that it was read from."""
        run_shape = self._windows.run_shape(padded, output)
        columns = columns.reshape(len(padded), self.convolution_shape[0], -1, *run_shape)
        for number, run in enumerate(self._windows.runs(padded, output)):
            run += columns[:, :, number]


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
