import copy

import numpy as np

from Layers.Base import BaseLayer


class BatchNormalization(BaseLayer):
    """Rows (1, channels) for γ and β, a decay of 0.9, and the running statistics in one tuple."""

    def __init__(self, channels):
        super().__init__()
        self.trainable = True
        self.weights, self.bias = np.ones((1, channels)), np.zeros((1, channels))
        self.running, self.pair = None, None

    def initialize(self, *_):
        self.weights, self.bias = np.ones_like(self.weights), np.zeros_like(self.bias)

    @property
    def optimizer(self):
        return self.pair and self.pair[0]

    @optimizer.setter
    def optimizer(self, optimizer):
        self.pair = tuple(copy.deepcopy(optimizer) for _ in range(2))

    def reformat(self, tensor):
        if tensor.ndim == 2:
            b, c, *space = self.shape
            return np.moveaxis(tensor.reshape(b, *space, c), -1, 1)
        self.shape = tensor.shape
        return np.moveaxis(tensor, 1, -1).reshape(-1, tensor.shape[1])

    def forward(self, input_tensor):
        self.four = input_tensor.ndim == 4
        x = self.reformat(input_tensor) if self.four else input_tensor
        if not self.testing_phase:
            now = np.array([np.mean(x, 0), np.var(x, 0)])
            self.running = now if self.running is None else 0.9 * self.running + 0.1 * now
        mean, variance = self.running if self.testing_phase else now
        self.scale = (variance + 1e-12) ** -0.5
        self.hat = (x - mean) * self.scale
        y = self.weights * self.hat + self.bias
        return self.reformat(y) if self.four else y

    def backward(self, error_tensor):
        e = self.reformat(error_tensor) if self.four else error_tensor
        n = len(e)
        self.gradient_weights = np.einsum("nc,nc->c", e, self.hat)
        self.gradient_bias = np.einsum("nc->c", e)
        g = e * self.weights
        below = self.scale / n * (n * g - g.sum(0) - self.hat * np.einsum("nc,nc->c", g, self.hat))
        if self.pair:
            self.weights = self.pair[0].calculate_update(self.weights, self.gradient_weights)
            self.bias = self.pair[1].calculate_update(self.bias, self.gradient_bias)
        return self.reformat(below) if self.four else below
