import copy

import numpy as np

from Layers.Base import BaseLayer


class BatchNormalization(BaseLayer):
    def __init__(self, channels):
        super().__init__()
        self.trainable = True
        self.channels = channels
        self.decay = 0.8
        self.running_mean = self.running_variance = None
        self.optimizer_weights = self.optimizer_bias = None
        self.initialize()

    def initialize(self, weights_initializer=None, bias_initializer=None):
        self.weights = np.ones(self.channels)
        self.bias = np.zeros(self.channels)

    @property
    def optimizer(self):
        return self.optimizer_weights

    @optimizer.setter
    def optimizer(self, optimizer):
        self.optimizer_weights = copy.deepcopy(optimizer)
        self.optimizer_bias = copy.deepcopy(optimizer)

    def reformat(self, tensor):
        if tensor.ndim == 4:
            self.shape = tensor.shape
            return tensor.transpose(0, 2, 3, 1).reshape(-1, self.channels)
        b, c, m, n = self.shape
        return tensor.reshape(b, m, n, c).transpose(0, 3, 1, 2)

    def forward(self, input_tensor):
        self.is_image = input_tensor.ndim == 4
        x = self.reformat(input_tensor) if self.is_image else input_tensor
        if self.testing_phase:
            mean, variance = self.running_mean, self.running_variance
        else:
            mean, variance = x.mean(axis=0), x.var(axis=0)
            if self.running_mean is None:
                self.running_mean, self.running_variance = mean, variance
            else:
                self.running_mean = self.decay * self.running_mean + (1 - self.decay) * mean
                self.running_variance = (
                    self.decay * self.running_variance + (1 - self.decay) * variance
                )
        self.deviation = np.sqrt(variance + np.finfo(float).eps)
        self.normalized = (x - mean) / self.deviation
        output = self.weights * self.normalized + self.bias
        return self.reformat(output) if self.is_image else output

    def backward(self, error_tensor):
        error = self.reformat(error_tensor) if self.is_image else error_tensor
        self.gradient_weights = np.sum(error * self.normalized, axis=0)
        self.gradient_bias = np.sum(error, axis=0)
        inner = (
            error - error.mean(axis=0) - self.normalized * np.mean(error * self.normalized, axis=0)
        )
        below = self.weights / self.deviation * inner
        if self.optimizer_weights is not None:
            self.weights = self.optimizer_weights.calculate_update(
                self.weights, self.gradient_weights
            )
            self.bias = self.optimizer_bias.calculate_update(self.bias, self.gradient_bias)
        return self.reformat(below) if self.is_image else below
