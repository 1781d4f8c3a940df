import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from Layers.Base import BaseLayer


class Pooling(BaseLayer):
    def __init__(self, stride_shape, pooling_shape):
        super().__init__()
        self.stride, self.pooling = stride_shape, tuple(pooling_shape)

    def forward(self, input_tensor):
        s, t = self.stride
        view = sliding_window_view(input_tensor, self.pooling, axis=(2, 3))[:, :, ::s, ::t]
        flat = view.reshape(*view.shape[:4], -1)
        chosen = flat.shape[-1] - 1 - flat[..., ::-1].argmax(axis=-1)  # the last of tied maxima
        b, c, i, j = np.indices(chosen.shape)
        self.shape = input_tensor.shape
        self.places = b, c, i * s + chosen // self.pooling[1], j * t + chosen % self.pooling[1]
        return np.take_along_axis(flat, chosen[..., None], axis=-1)[..., 0]

    def backward(self, error_tensor):
        below = np.zeros(self.shape)
        np.add.at(below, self.places, error_tensor)
        return below
