import copy

import numpy as np

from Layers.Base import BaseLayer


class RNN(BaseLayer):
    """Plain matrices, no fully connected layers inside; optimizers are copied in `initialize`."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.trainable, self.memorize, self.optimizer = True, False, None
        self.sizes = input_size, hidden_size, output_size
        self.weights = np.random.rand(input_size + hidden_size + 1, hidden_size)
        self.out = np.random.rand(hidden_size + 1, output_size)
        self.kept = np.zeros(hidden_size)
        self.copies = None

    def initialize(self, weights_initializer, bias_initializer):
        for name in ("weights", "out"):
            rows, columns = getattr(self, name).shape
            upper = weights_initializer.initialize((rows - 1, columns), rows - 1, columns)
            lower = bias_initializer.initialize((1, columns), rows - 1, columns)
            setattr(self, name, np.concatenate([upper, lower]))
        self.copies = [copy.deepcopy(self.optimizer) for _ in range(2)]

    def forward(self, input_tensor):
        time, (n, h, _) = len(input_tensor), self.sizes
        self.z = np.ones((time, h + n + 1))  # (h, x, 1): the hidden state comes first
        self.h = np.ones((time, h + 1))
        state = self.kept if self.memorize else np.zeros(h)
        order = np.r_[n : n + h, 0:n, n + h]
        for t in range(time):
            self.z[t, :h], self.z[t, h:-1] = state, input_tensor[t]
            state = np.tanh(self.z[t] @ self.ordered(order))
            self.h[t, :h] = state
        self.kept = state.copy()
        self.y = 1 / (1 + np.exp(-self.h @ self.out))
        return self.y

    def ordered(self, order):
        """Return the weights as they are stored: rows for (x, h, 1) or for (h, x, 1)."""
        return self.weights[order]

    def backward(self, error_tensor):
        n, h, _ = self.sizes
        order = np.r_[n : n + h, 0:n, n + h]
        e = error_tensor * self.y * (1 - self.y)
        gradient_out = self.h.T @ e
        down = e @ self.out[:-1].T
        weights = self.ordered(order)
        delta, below = np.zeros(h), np.zeros((len(e), n))
        gradient = np.zeros_like(weights)
        for t in range(len(e) - 1, -1, -1):
            delta = (down[t] + delta) * (1 - self.h[t, :h] ** 2)
            gradient += np.outer(self.z[t], delta)
            back = weights @ delta
            delta, below[t] = back[:h], back[h:-1]
        self.gradient_weights = np.empty_like(gradient)
        self.gradient_weights[order] = gradient
        if self.optimizer is not None:
            first, second = self.copies
            self.weights = first.calculate_update(self.weights, self.gradient_weights)
            self.out = second.calculate_update(self.out, gradient_out)
        return below

    def calculate_regularization_loss(self):
        regularizer = getattr(self.optimizer, "regularizer", None)
        return sum(map(regularizer.norm, (self.weights, self.out))) if regularizer else 0
