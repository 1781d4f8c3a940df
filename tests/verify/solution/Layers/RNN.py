import copy

import numpy as np

from Layers.Base import BaseLayer
from Layers.FullyConnected import FullyConnected
from Layers.Sigmoid import Sigmoid
from Layers.TanH import TanH


class RNN(BaseLayer):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.trainable = True
        self.memorize = False
        self.input_size, self.hidden_size, self.output_size = input_size, hidden_size, output_size
        self.hidden_fc = FullyConnected(input_size + hidden_size, hidden_size)
        self.output_fc = FullyConnected(hidden_size, output_size)
        self.state = np.zeros(hidden_size)
        self._optimizer = self.optimizer_hidden = self.optimizer_output = None

    @property
    def weights(self):
        return self.hidden_fc.weights

    @weights.setter
    def weights(self, weights):
        self.hidden_fc.weights = weights

    @property
    def optimizer(self):
        return self._optimizer

    @optimizer.setter
    def optimizer(self, optimizer):
        self._optimizer = optimizer
        self.optimizer_hidden = copy.deepcopy(optimizer)
        self.optimizer_output = copy.deepcopy(optimizer)

    def initialize(self, weights_initializer, bias_initializer):
        self.hidden_fc.initialize(weights_initializer, bias_initializer)
        self.output_fc.initialize(weights_initializer, bias_initializer)

    def forward(self, input_tensor):
        h = self.state if self.memorize else np.zeros(self.hidden_size)
        self.steps = []
        output = np.zeros((len(input_tensor), self.output_size))
        for t, x in enumerate(input_tensor):
            tanh, sigmoid = TanH(), Sigmoid()
            joined = np.concatenate([x, h])[None]
            h = tanh.forward(self.hidden_fc.forward(joined))[0]
            y = sigmoid.forward(self.output_fc.forward(h[None]))[0]
            self.steps.append((self.hidden_fc.extended, self.output_fc.extended, tanh, sigmoid))
            output[t] = y
        self.state = h
        return output

    def backward(self, error_tensor):
        below = np.zeros((len(error_tensor), self.input_size))
        self.gradient_weights = np.zeros_like(self.hidden_fc.weights)
        gradient_output = np.zeros_like(self.output_fc.weights)
        from_later = np.zeros((1, self.hidden_size))
        for t in reversed(range(len(error_tensor))):
            self.hidden_fc.extended, self.output_fc.extended, tanh, sigmoid = self.steps[t]
            error = self.output_fc.backward(sigmoid.backward(error_tensor[t : t + 1]))
            gradient_output += self.output_fc.gradient_weights
            error = self.hidden_fc.backward(tanh.backward(error + from_later))
            self.gradient_weights += self.hidden_fc.gradient_weights
            below[t] = error[0, : self.input_size]
            from_later = error[:, self.input_size :]
        if self._optimizer is not None:
            self.weights = self.optimizer_hidden.calculate_update(
                self.weights, self.gradient_weights
            )
            self.output_fc.weights = self.optimizer_output.calculate_update(
                self.output_fc.weights, gradient_output
            )
        return below

    def calculate_regularization_loss(self):
        if self._optimizer is None or self._optimizer.regularizer is None:
            return 0.0
        norm = self._optimizer.regularizer.norm
        return norm(self.hidden_fc.weights) + norm(self.output_fc.weights)
