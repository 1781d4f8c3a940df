import copy
import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from Layers.Base import BaseLayer


class Conv(BaseLayer):
    """Windows as a view, one einsum per quantity, in as many dimensions as there are."""

    def __init__(self, stride_shape, convolution_shape, num_kernels):
        super().__init__()
        self.trainable = True
        self.kernel = tuple(convolution_shape[1:])
        self.stride = tuple(np.broadcast_to(stride_shape, len(self.kernel)))
        self.weights = np.random.random((num_kernels, *convolution_shape))
        self.bias = np.random.random(num_kernels)
        self._optimizer = self._bias_optimizer = None
        self.letters = "yx"[: len(self.kernel)]
        self.inner = "uv"[: len(self.kernel)]

    optimizer = property(lambda self: self._optimizer)

    @optimizer.setter
    def optimizer(self, value):
        self._optimizer, self._bias_optimizer = copy.deepcopy(value), copy.deepcopy(value)

    def initialize(self, weights_initializer, bias_initializer):
        area, (k, c) = math.prod(self.kernel), self.weights.shape[:2]
        self.weights = weights_initializer.initialize(self.weights.shape, c * area, k * area)
        self.bias = bias_initializer.initialize(self.bias.shape, c * area, k * area)

    def windows(self, x):
        pads = [((k - 1) // 2, k // 2) for k in self.kernel]
        axes = tuple(range(2, x.ndim))
        view = sliding_window_view(np.pad(x, [(0, 0), (0, 0), *pads]), self.kernel, axis=axes)
        return view[(slice(None), slice(None), *[slice(None, None, s) for s in self.stride])]

    def forward(self, input_tensor):
        self.size = input_tensor.shape
        self.view = self.windows(input_tensor)
        formula = f"bc{self.letters}{self.inner},kc{self.inner}->bk{self.letters}"
        bias = self.bias.reshape(-1, *[1] * len(self.kernel))
        return np.einsum(formula, self.view, self.weights) + bias

    def backward(self, error_tensor):
        out, inner = self.letters, self.inner
        self.gradient_bias = np.einsum(f"bk{out}->k", error_tensor)
        self.gradient_weights = np.einsum(
            f"bk{out},bc{out}{inner}->kc{inner}", error_tensor, self.view
        )
        shares = np.einsum(f"bk{out},kc{inner}->bc{out}{inner}", error_tensor, self.weights)
        front = [(k - 1) // 2 for k in self.kernel]
        padded = np.zeros(
            (*self.size[:2], *[n + k - 1 for n, k in zip(self.size[2:], self.kernel)])
        )
        for offset in np.ndindex(*self.kernel):
            places = tuple(
                slice(o, o + s * n, s)
                for o, s, n in zip(offset, self.stride, error_tensor.shape[2:])
            )
            padded[(..., *places)] += shares[(..., *offset)]
        if self._optimizer is not None:
            self.weights = self._optimizer.calculate_update(self.weights, self.gradient_weights)
            self.bias = self._bias_optimizer.calculate_update(self.bias, self.gradient_bias)
        return padded[(..., *[slice(f, f + n) for f, n in zip(front, self.size[2:])])]
