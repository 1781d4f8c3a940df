import random

import numpy as np

from Layers.Base import BaseLayer


class FullyConnected(BaseLayer):
    def __init__(self, input_size, output_size):
        BaseLayer.__init__(self)
        self.trainable = True
        self.sizes = input_size, output_size
        self.weights = np.array(
            [[random.random() for _ in range(output_size)] for _ in range(input_size + 1)]
        )
        self._optimizer = None

    def set_optimizer(self, optimizer):
        self._optimizer = optimizer

    optimizer = property(lambda self: self._optimizer, set_optimizer)

    def initialize(self, weights_initializer, bias_initializer):
        n, m = self.sizes
        weights = weights_initializer.initialize(weights_shape=(n, m), fan_in=n, fan_out=m)
        bias = bias_initializer.initialize(weights_shape=(m,), fan_in=1, fan_out=m)
        self.weights = np.zeros((n + 1, m))
        for i in range(n):
            for j in range(m):
                self.weights[i, j] = weights[i, j]
        for j in range(m):
            self.weights[n, j] = bias[j]

    def forward(self, input_tensor):
        self.extended = [[*row, 1.0] for row in input_tensor]
        output = np.zeros((len(input_tensor), self.sizes[1]))
        for b, row in enumerate(self.extended):
            for i, value in enumerate(row):
                for j in range(self.sizes[1]):
                    output[b, j] += value * self.weights[i, j]
        return output

    def backward(self, error_tensor):
        n, m = self.sizes
        below = np.zeros((len(error_tensor), n))
        gradient = np.zeros((n + 1, m))
        for b in range(len(error_tensor)):
            for i in range(n + 1):
                for j in range(m):
                    if i < n:
                        below[b, i] += error_tensor[b, j] * self.weights[i, j]
                    gradient[i, j] += self.extended[b][i] * error_tensor[b, j]
        self.gradient_weights = gradient
        if self._optimizer:
            self.weights = self._optimizer.calculate_update(self.weights, gradient)
        return below
