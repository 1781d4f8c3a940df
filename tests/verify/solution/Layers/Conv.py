import copy

import numpy as np
from scipy import signal

from Layers.Base import BaseLayer


class Conv(BaseLayer):
    """One channel at a time with scipy.signal."""

    def __init__(self, stride_shape, convolution_shape, num_kernels):
        super().__init__()
        self.trainable = True
        axes = len(convolution_shape) - 1
        if isinstance(stride_shape, int):
            stride_shape = [stride_shape] * axes
        self.stride = tuple(stride_shape)
        self.convolution_shape, self.num_kernels = tuple(convolution_shape), num_kernels
        self.weights = np.random.rand(num_kernels, *convolution_shape)
        self.bias = np.random.rand(num_kernels)
        self.optimizer_weights = self.optimizer_bias = None

    @property
    def optimizer(self):
        return self.optimizer_weights

    @optimizer.setter
    def optimizer(self, optimizer):
        self.optimizer_weights = copy.deepcopy(optimizer)
        self.optimizer_bias = copy.deepcopy(optimizer)

    def initialize(self, weights_initializer, bias_initializer):
        area = np.prod(self.convolution_shape[1:])
        fan_in, fan_out = self.convolution_shape[0] * area, self.num_kernels * area
        self.weights = weights_initializer.initialize(self.weights.shape, fan_in, fan_out)
        self.bias = bias_initializer.initialize(self.bias.shape, fan_in, fan_out)

    def forward(self, input_tensor):
        self.input_tensor = input_tensor
        space = input_tensor.shape[2:]
        output = np.zeros((len(input_tensor), self.num_kernels, *space))
        for b, sample in enumerate(input_tensor):
            for k, kernel in enumerate(self.weights):
                for channel, plane in zip(sample, kernel):
                    output[b, k] += signal.correlate(channel, plane, mode="same")
                output[b, k] += self.bias[k]
        return output[self.steps()]

    def steps(self):
        return (slice(None), slice(None), *[slice(None, None, s) for s in self.stride])

    def backward(self, error_tensor):
        x = self.input_tensor
        kernel = self.convolution_shape[1:]
        full = np.zeros((len(x), self.num_kernels, *x.shape[2:]))
        full[self.steps()] = error_tensor
        below = np.zeros(x.shape)
        self.gradient_weights = np.zeros(self.weights.shape)
        # 'same' correlation puts k // 2 zeros in front and (k - 1) // 2 behind
        before = [n // 2 for n in kernel]
        padding = [(0, 0), (0, 0), *[(p, n - 1 - p) for p, n in zip(before, kernel)]]
        padded = np.pad(x, padding)
        inner = tuple(slice(p, p + n) for p, n in zip(before, x.shape[2:]))
        for b in range(len(x)):
            for k in range(self.num_kernels):
                for c in range(x.shape[1]):
                    spread = signal.convolve(full[b, k], self.weights[k, c], mode="full")
                    below[b, c] += spread[inner]
                    self.gradient_weights[k, c] += signal.correlate(
                        padded[b, c], full[b, k], mode="valid"
                    )
        self.gradient_bias = error_tensor.sum(axis=(0, *range(2, x.ndim)))
        if self.optimizer_weights is not None:
            self.weights = self.optimizer_weights.calculate_update(
                self.weights, self.gradient_weights
            )
            self.bias = self.optimizer_bias.calculate_update(self.bias, self.gradient_bias)
        return below
