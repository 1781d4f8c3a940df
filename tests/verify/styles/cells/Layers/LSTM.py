import copy

import numpy as np

from Layers.Base import BaseLayer
from Layers.FullyConnected import FullyConnected


def sigma(x):
    return 1 / (1 + np.exp(-x))


class LSTM(BaseLayer):
    """Output gate first, hidden state before the input."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.trainable, self.memorize = True, False
        self.size = hidden_size
        self.gates = FullyConnected(hidden_size + input_size, 4 * hidden_size)
        self.out = FullyConnected(hidden_size, output_size)
        self.kept = np.zeros((2, hidden_size))
        self._optimizer = None

    weights = property(
        lambda self: self.gates.weights, lambda self, w: setattr(self.gates, "weights", w)
    )
    optimizer = property(lambda self: self._optimizer)

    @optimizer.setter
    def optimizer(self, optimizer):
        self._optimizer = optimizer
        self.own = copy.deepcopy(optimizer), copy.deepcopy(optimizer)

    def initialize(self, weights_initializer, bias_initializer):
        self.gates.initialize(weights_initializer, bias_initializer)
        self.out.initialize(weights_initializer, bias_initializer)

    def forward(self, input_tensor):
        h, c = self.kept if self.memorize else np.zeros((2, self.size))
        self.trace, hs = [], []
        for x in input_tensor:
            z = np.hstack([h, x])[None]
            o, g, i, f = np.split(self.gates.forward(z)[0], 4)
            o, g, i, f = sigma(o), np.tanh(g), sigma(i), sigma(f)
            old, c = c, f * c + i * g
            h = o * np.tanh(c)
            self.trace.append((z, o, g, i, f, old, c))
            hs.append(h)
        self.kept = np.array([h, c])
        self.y = sigma(self.out.forward(np.array(hs)))
        return self.y

    def backward(self, error_tensor):
        down = self.out.backward(error_tensor * self.y * (1 - self.y))
        dh, dc, total = np.zeros(self.size), np.zeros(self.size), 0
        below = np.zeros((len(error_tensor), self.gates.weights.shape[0] - 1 - self.size))
        for t in reversed(range(len(error_tensor))):
            z, o, g, i, f, old, c = self.trace[t]
            dh = dh + down[t]
            dc = dc + dh * o * (1 - np.tanh(c) ** 2)
            blocks = [
                dh * np.tanh(c) * o * (1 - o),
                dc * i * (1 - g * g),
                dc * g * i * (1 - i),
                dc * old * f * (1 - f),
            ]
            self.gates.forward(z)
            back = self.gates.backward(np.hstack(blocks)[None])[0]
            total = total + self.gates.gradient_weights
            dh, below[t] = back[: self.size], back[self.size :]
            dc = dc * f
        self.gradient_weights = total
        if self._optimizer is not None:
            self.gates.weights = self.own[0].calculate_update(self.gates.weights, total)
            self.out.weights = self.own[1].calculate_update(
                self.out.weights, self.out.gradient_weights
            )
        return below

    def calculate_regularization_loss(self):
        regularizer = self.own[0].regularizer
        return regularizer.norm(self.gates.weights) + regularizer.norm(self.out.weights)
