import numpy as np

from Layers.Base import BaseLayer


class ReLU(BaseLayer):
    def forward(self, input_tensor):
        self.input_tensor = input_tensor
        output = input_tensor.copy()
        for index in np.ndindex(output.shape):
            if output[index] < 0:
                output[index] = 0
        return output

    def backward(self, error_tensor):
        below = error_tensor.copy()
        below[self.input_tensor < 0] = 0  # the derivative at 0 is 1 here
        return below
