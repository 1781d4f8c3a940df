import math

import numpy as np

from Layers.Base import BaseLayer


class SoftMax(BaseLayer):
    def forward(self, input_tensor):
        rows = []
        for row in input_tensor:
            top = max(row)
            powers = [math.exp(value - top) for value in row]
            rows.append([p / sum(powers) for p in powers])
        self.y = np.array(rows)
        return self.y.copy()

    def backward(self, error_tensor):
        below = np.zeros_like(self.y)
        for b, y in enumerate(self.y):
            jacobian = np.diag(y) - np.outer(y, y)
            below[b] = jacobian @ error_tensor[b]
        return below
