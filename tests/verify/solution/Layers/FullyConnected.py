import numpy as np

from Layers.Base import BaseLayer


class FullyConnected(BaseLayer):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.trainable = True
        self.input_size, self.output_size = input_size, output_size
        self.weights = np.random.rand(input_size + 1, output_size)
        self.optimizer = None
        self.gradient_weights = None

    def initialize(self, weights_initializer, bias_initializer):
        fans = self.input_size, self.output_size
        self.weights[:-1] = weights_initializer.initialize(
            (self.input_size, self.output_size), *fans
        )
        self.weights[-1:] = bias_initializer.initialize((1, self.output_size), *fans)

    def forward(self, input_tensor):
        self.extended = np.hstack([input_tensor, np.ones((len(input_tensor), 1))])
        return self.extended @ self.weights

    def backward(self, error_tensor):
        error_below = error_tensor @ self.weights[:-1].T
        self.gradient_weights = self.extended.T @ error_tensor
        if self.optimizer is not None:
            self.weights = self.optimizer.calculate_update(self.weights, self.gradient_weights)
        return error_below
