import copy

import numpy as np

from Layers.Base import BaseLayer


class Conv(BaseLayer):
    """Every product written out; one dimension is treated as an image of width 1."""

    def __init__(self, stride_shape, convolution_shape, num_kernels):
        super().__init__()
        self.trainable = True
        self.flat = len(convolution_shape) == 2
        if np.isscalar(stride_shape):
            stride_shape = (stride_shape,) * (len(convolution_shape) - 1)
        self.sy, self.sx = (*stride_shape, 1) if self.flat else stride_shape
        self.weights = np.random.uniform(0, 1, (num_kernels, *convolution_shape))
        self.bias = np.random.uniform(0, 1, num_kernels)
        self.optimizers = []

    @property
    def optimizer(self):
        return self.optimizers[0] if self.optimizers else None

    @optimizer.setter
    def optimizer(self, optimizer):
        self.optimizers = [copy.deepcopy(optimizer), copy.deepcopy(optimizer)]

    def initialize(self, weights_initializer, bias_initializer):
        kernels, *rest = self.weights.shape
        fans = int(np.prod(rest)), kernels * int(np.prod(rest[1:]))
        self.weights = weights_initializer.initialize(self.weights.shape, *fans)
        self.bias = bias_initializer.initialize((kernels,), *fans)

    def images(self, array):
        return array[..., None] if self.flat else array

    def visits(self, shape):
        """Yield every (output index, input index, weight index) that takes part."""
        kernels, channels, p, q = self.images(self.weights).shape
        b, _, m, n = shape
        for s in range(b):
            for k in range(kernels):
                for i in range(-(-m // self.sy)):
                    for j in range(-(-n // self.sx)):
                        for c in range(channels):
                            for u in range(p):
                                for v in range(q):
                                    y = i * self.sy + u - (p - 1) // 2
                                    x = j * self.sx + v - (q - 1) // 2
                                    if 0 <= y < m and 0 <= x < n:
                                        yield (s, k, i, j), (s, c, y, x), (k, c, u, v)

    def forward(self, input_tensor):
        self.input_tensor = input_tensor
        x, w = self.images(input_tensor), self.images(self.weights)
        b, _, m, n = x.shape
        output = np.zeros((b, len(w), -(-m // self.sy), -(-n // self.sx)))
        for k in range(len(w)):
            output[:, k] = self.bias[k]
        for out, place, weight in self.visits(x.shape):
            output[out] += x[place] * w[weight]
        return output[..., 0] if self.flat else output

    def backward(self, error_tensor):
        x, w = self.images(self.input_tensor), self.images(self.weights)
        error = self.images(error_tensor)
        below, gradient = np.zeros(x.shape), np.zeros(w.shape)
        for out, place, weight in self.visits(x.shape):
            below[place] += error[out] * w[weight]
            gradient[weight] += error[out] * x[place]
        self.gradient_weights = gradient.reshape(self.weights.shape)
        self.gradient_bias = np.array([error[:, k].sum() for k in range(len(w))])
        if self.optimizers:
            first, second = self.optimizers
            self.weights = first.calculate_update(self.weights, self.gradient_weights)
            self.bias = second.calculate_update(self.bias, self.gradient_bias)
        return below[..., 0] if self.flat else below
