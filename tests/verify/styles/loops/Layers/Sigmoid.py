import math

import numpy as np

from Layers.Base import BaseLayer


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


class Sigmoid(BaseLayer):
    def forward(self, input_tensor):
        self.y = np.array([sigmoid(x) for x in input_tensor.ravel()]).reshape(input_tensor.shape)
        return self.y

    def backward(self, error_tensor):
        return self.y * (1 - self.y) * error_tensor
