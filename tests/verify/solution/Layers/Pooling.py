import numpy as np

from Layers.Base import BaseLayer


class Pooling(BaseLayer):
    def __init__(self, stride_shape, pooling_shape):
        super().__init__()
        self.stride, self.pooling = stride_shape, pooling_shape

    def forward(self, input_tensor):
        self.x = input_tensor
        b, c, m, n = input_tensor.shape
        (s, t), (p, q) = self.stride, self.pooling
        output = np.zeros((b, c, (m - p) // s + 1, (n - q) // t + 1))
        self.winners = {}
        for index in np.ndindex(output.shape):
            window = input_tensor[self.window(index)]
            output[index] = window.max()
            i, j = np.unravel_index(window.argmax(), window.shape)
            self.winners[index] = (index[0], index[1], index[2] * s + i, index[3] * t + j)
        return output

    def window(self, index):
        b, c, i, j = index
        top, left = i * self.stride[0], j * self.stride[1]
        return b, c, slice(top, top + self.pooling[0]), slice(left, left + self.pooling[1])

    def backward(self, error_tensor):
        below = np.zeros(self.x.shape)
        for index, place in self.winners.items():
            below[place] += error_tensor[index]
        return below
