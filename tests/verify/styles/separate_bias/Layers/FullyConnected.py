import copy

import numpy as np

from Layers.Base import BaseLayer


class FullyConnected(BaseLayer):
    """Matrix and bias are kept apart; `weights` stacks them for the outside."""

    def __init__(self, input_size, output_size):
        super().__init__()
        self.trainable = True
        self.matrix = np.random.random_sample((input_size, output_size))
        self.offset = np.random.random_sample(output_size)
        self._optimizer = None

    @property
    def weights(self):
        return np.vstack([self.matrix, self.offset])

    @weights.setter
    def weights(self, stacked):
        self.matrix, self.offset = np.array(stacked[:-1]), np.array(stacked[-1])

    @property
    def gradient_weights(self):
        return np.vstack([self.gradient_matrix, self.gradient_offset])

    @property
    def optimizer(self):
        return self._optimizer

    @optimizer.setter
    def optimizer(self, optimizer):
        self._optimizer = optimizer
        self.for_offset = copy.deepcopy(optimizer)

    def initialize(self, weights_initializer, bias_initializer):
        n, m = self.matrix.shape
        self.matrix = weights_initializer.initialize((n, m), n, m)
        self.offset = bias_initializer.initialize((m, 1), n, m).ravel()

    def forward(self, input_tensor):
        self.x = input_tensor
        return np.dot(input_tensor, self.matrix) + self.offset

    def backward(self, error_tensor):
        below = np.dot(error_tensor, self.matrix.T)
        self.gradient_matrix = np.dot(self.x.T, error_tensor)
        self.gradient_offset = error_tensor.sum(axis=0)
        if self._optimizer is not None:
            update = self._optimizer.calculate_update
            self.matrix = update(self.matrix, self.gradient_matrix)
            self.offset = self.for_offset.calculate_update(self.offset, self.gradient_offset)
        return below
