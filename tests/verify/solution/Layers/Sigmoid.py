import numpy as np

from Layers.Base import BaseLayer


class Sigmoid(BaseLayer):
    def forward(self, input_tensor):
        self.activations = 0.5 * (1 + np.tanh(0.5 * input_tensor))
        return self.activations

    def backward(self, error_tensor):
        return error_tensor * self.activations * (1 - self.activations)
