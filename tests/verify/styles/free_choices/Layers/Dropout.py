import numpy as np

from Layers.Base import BaseLayer


class Dropout(BaseLayer):
    def __init__(self, probability):
        super().__init__()
        self.p = probability
        self.generator = np.random.default_rng()

    def forward(self, input_tensor):
        self.factor = np.ones(1)
        if not self.testing_phase:
            self.factor = self.generator.binomial(1, self.p, input_tensor.shape) / self.p
        return self.factor * input_tensor

    def backward(self, error_tensor):
        return self.factor * error_tensor
