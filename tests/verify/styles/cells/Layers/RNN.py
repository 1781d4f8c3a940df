import copy

import numpy as np

from Layers.Base import BaseLayer
from Layers.FullyConnected import FullyConnected


class RNN(BaseLayer):
    """The hidden state comes before the input, and the biases are not regularized."""

    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.trainable, self.memorize = True, False
        self.h, self.n = hidden_size, input_size
        self.first = FullyConnected(hidden_size + input_size, hidden_size)
        self.second = FullyConnected(hidden_size, output_size)
        self.state = np.zeros((1, hidden_size))
        self.inner = [None, None]

    weights = property(
        lambda self: self.first.weights, lambda self, w: setattr(self.first, "weights", w)
    )
    optimizer = property(lambda self: self.inner[0])

    @optimizer.setter
    def optimizer(self, optimizer):
        self.inner = [copy.deepcopy(optimizer), copy.deepcopy(optimizer)]

    def initialize(self, *initializers):
        for layer in (self.first, self.second):
            layer.initialize(*initializers)

    def forward(self, input_tensor):
        if not self.memorize:
            self.state = np.zeros((1, self.h))
        self.joined, self.states = [], []
        for x in input_tensor:
            self.joined.append(np.hstack([self.state, x[None]]))
            self.state = np.tanh(self.first.forward(self.joined[-1]))
            self.states.append(self.state)
        self.y = 1 / (1 + np.exp(-self.second.forward(np.vstack(self.states))))
        return self.y

    def backward(self, error_tensor):
        down = self.second.backward(error_tensor * self.y * (1 - self.y))
        total, later, below = 0, 0, []
        for t in range(len(error_tensor))[::-1]:
            self.first.forward(self.joined[t])  # sets what its backward pass needs
            back = self.first.backward((down[t] + later) * (1 - self.states[t] ** 2))
            total = total + self.first.gradient_weights
            later, rest = back[:, : self.h], back[:, self.h :]
            below.insert(0, rest[0])
        self.gradient_weights = total
        if self.inner[0]:
            self.first.weights = self.inner[0].calculate_update(self.first.weights, total)
            self.second.weights = self.inner[1].calculate_update(
                self.second.weights, self.second.gradient_weights
            )
        return np.array(below)

    def calculate_regularization_loss(self):
        norm = self.inner[0].regularizer.norm
        return norm(self.first.weights[:-1]) + norm(self.second.weights[:-1])
