import numpy as np

from Layers.FullyConnected import FullyConnected
from Layers.RNN import RNN
from Layers.Sigmoid import Sigmoid


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


class LSTM(RNN):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__(input_size, hidden_size, output_size)
        self.hidden_fc = FullyConnected(input_size + hidden_size, 4 * hidden_size)
        self.cell = np.zeros(hidden_size)

    def forward(self, input_tensor):
        h, c = np.zeros(self.hidden_size), np.zeros(self.hidden_size)
        if self.memorize:
            h, c = self.state, self.cell
        self.steps = []
        output = np.zeros((len(input_tensor), self.output_size))
        for t, x in enumerate(input_tensor):
            z = self.hidden_fc.forward(np.concatenate([x, h])[None])[0]
            f, i, g, o = np.split(z, 4)
            f, i, g, o = sigmoid(f), sigmoid(i), np.tanh(g), sigmoid(o)
            before = c
            c = f * c + i * g
            h = o * np.tanh(c)
            squash = Sigmoid()
            output[t] = squash.forward(self.output_fc.forward(h[None]))[0]
            kept = self.hidden_fc.extended, self.output_fc.extended
            self.steps.append((*kept, squash, (f, i, g, o, before, c)))
        self.state, self.cell = h, c
        return output

    def backward(self, error_tensor):
        below = np.zeros((len(error_tensor), self.input_size))
        self.gradient_weights = np.zeros_like(self.hidden_fc.weights)
        gradient_output = np.zeros_like(self.output_fc.weights)
        dh = np.zeros(self.hidden_size)
        dc = np.zeros(self.hidden_size)
        for t in reversed(range(len(error_tensor))):
            self.hidden_fc.extended, self.output_fc.extended, squash, values = self.steps[t]
            f, i, g, o, before, c = values
            dh = dh + self.output_fc.backward(squash.backward(error_tensor[t : t + 1]))[0]
            gradient_output += self.output_fc.gradient_weights
            dc = dc + dh * o * (1 - np.tanh(c) ** 2)
            dz = np.concatenate(
                [
                    dc * before * f * (1 - f),
                    dc * g * i * (1 - i),
                    dc * i * (1 - g**2),
                    dh * np.tanh(c) * o * (1 - o),
                ]
            )
            error = self.hidden_fc.backward(dz[None])[0]
            self.gradient_weights += self.hidden_fc.gradient_weights
            below[t], dh = error[: self.input_size], error[self.input_size :]
            dc = dc * f
        if self._optimizer is not None:
            self.weights = self.optimizer_hidden.calculate_update(
                self.weights, self.gradient_weights
            )
            self.output_fc.weights = self.optimizer_output.calculate_update(
                self.output_fc.weights, gradient_output
            )
        return below
