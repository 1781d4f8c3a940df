import numpy as np

from Layers.Base import BaseLayer


class Dropout(BaseLayer):
    def __init__(self, probability):
        super().__init__()
        self.probability = probability

    def forward(self, input_tensor):
        if self.testing_phase:
            return input_tensor
        kept = np.random.rand(*input_tensor.shape) < self.probability
        self.mask = kept / self.probability
        return input_tensor * self.mask

    def backward(self, error_tensor):
        return error_tensor * self.mask
