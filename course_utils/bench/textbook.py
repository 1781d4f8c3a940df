"""Layers as textbooks first write them: loops over samples, channels and positions.

They compute what `course_utils.nn` computes, with the same arguments, and are what its speed is
compared with. `scipy.signal` correlates, as many solutions of the exercises do.
"""

from typing import Any

import numpy as np
from scipy.signal import convolve, correlate

from course_utils import nn
from course_utils.nn.base import BaseLayer, TrainableLayer


class TextbookConv(TrainableLayer):
    """A 'same' convolution of images with odd kernels and stride 1, plane by plane.

    Parameters
    ----------
    convolution_shape : (c, m, n)
    num_kernels : int
    """

    def __init__(self, convolution_shape: tuple[int, int, int], num_kernels: int) -> None:
        super().__init__()
        self.convolution_shape = convolution_shape
        self.num_kernels = num_kernels
        self.weights: Any = np.zeros((num_kernels, *convolution_shape))
        self.bias: Any = np.zeros(num_kernels)

    def initialize(self, weights_initializer: Any, bias_initializer: Any) -> None:
        """Draw weights and bias as `nn.Conv` does."""
        twin = nn.Conv(1, self.convolution_shape, self.num_kernels)
        twin.initialize(weights_initializer, bias_initializer)
        self.weights, self.bias = twin.weights, twin.bias

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Correlate every plane with every kernel and add up the channels."""
        self._remember(input_tensor)
        batch, channels, height, width = input_tensor.shape
        y = np.zeros((batch, self.num_kernels, height, width), input_tensor.dtype)
        for b in range(batch):
            for k in range(self.num_kernels):
                for c in range(channels):
                    y[b, k] += correlate(input_tensor[b, c], self.weights[k, c], mode="same")
                y[b, k] += self.bias[k]
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Correlate the input with the error, and convolve the error with the kernels."""
        (x,) = self._recall()
        m, n = self.convolution_shape[1:]
        padded = np.pad(x, ((0, 0), (0, 0), (m // 2, m // 2), (n // 2, n // 2)))
        self.gradient_weights = np.zeros_like(self.weights)
        self.gradient_bias = error_tensor.sum(axis=(0, 2, 3))
        input_error = np.zeros_like(x)
        for b in range(len(x)):
            for k in range(self.num_kernels):
                for c in range(self.convolution_shape[0]):
                    error = error_tensor[b, k]
                    self.gradient_weights[k, c] += correlate(padded[b, c], error, mode="valid")
                    input_error[b, c] += convolve(error, self.weights[k, c], mode="same")
        self._update()
        return input_error


class TextbookPooling(BaseLayer):
    """Maximum or average pooling of images, window by window.

    Parameters
    ----------
    stride, size : int
    mode : "max" or "average"
    """

    def __init__(self, stride: int, size: int, mode: str = "max") -> None:
        self.stride = stride
        self.size = size
        self.mode = mode

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Look at one window after the other."""
        self._remember(input_tensor)
        batch, channels, height, width = input_tensor.shape
        rows = (height - self.size) // self.stride + 1
        columns = (width - self.size) // self.stride + 1
        y = np.zeros((batch, channels, rows, columns), input_tensor.dtype)
        for b, c, i, j in np.ndindex(y.shape):
            window = input_tensor[b, c, *self._window(i, j)]
            y[b, c, i, j] = window.max() if self.mode == "max" else window.mean()
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Send every error to its window's winner, or a share of it to all."""
        (x,) = self._recall()
        input_error = np.zeros_like(x)
        for b, c, i, j in np.ndindex(error_tensor.shape):
            where = (b, c, *self._window(i, j))
            if self.mode == "max":
                winner = np.unravel_index(np.argmax(x[where]), x[where].shape)
                input_error[where][winner] += error_tensor[b, c, i, j]
            else:
                input_error[where] += error_tensor[b, c, i, j] / self.size**2
        return input_error

    def _window(self, i: int, j: int) -> tuple[slice, slice]:
        top, left = i * self.stride, j * self.stride
        return slice(top, top + self.size), slice(left, left + self.size)


class TextbookRNN(BaseLayer):
    """Elman's network on one sequence, one whole fully connected layer per time step.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
    """

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        self.hidden_size = hidden_size
        self.hidden = nn.FullyConnected(input_size + hidden_size, hidden_size)
        self.output = nn.FullyConnected(hidden_size, output_size)
        self.gradient_weights: Any = None
        self.gradient_output_weights: Any = None

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Concatenate, multiply, squash, one time after the other."""
        h = np.zeros((1, self.hidden_size), input_tensor.dtype)
        steps, outputs = [], []
        for x in input_tensor[:, None]:
            both = np.concatenate([x, h], axis=1)
            h = np.tanh(self.hidden.forward(both))
            y = 1 / (1 + np.exp(-self.output.forward(h)))
            steps.append((both, h, y))
            outputs.append(y)
        self._remember(steps)
        return np.concatenate(outputs)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Go through the steps once more, from the last to the first."""
        (steps,) = self._recall()
        from_later: Any = 0
        errors = []
        self.gradient_weights = np.zeros_like(self.hidden.weights)
        self.gradient_output_weights = np.zeros_like(self.output.weights)
        for (both, h, y), error in zip(
            reversed(steps), reversed(error_tensor[:, None]), strict=True
        ):
            self.output.forward(h)
            error_h = self.output.backward(error * y * (1 - y)) + from_later
            self.hidden.forward(both)
            error_both = self.hidden.backward(error_h * (1 - h * h))
            self.gradient_output_weights += self.output.gradient_weights
            self.gradient_weights += self.hidden.gradient_weights
            inputs = both.shape[1] - self.hidden_size
            errors.append(error_both[:, :inputs])
            from_later = error_both[:, inputs:]
        return np.concatenate(errors[::-1])


def textbook_lenet(optimizer: Any) -> nn.NeuralNetwork:
    """Build `nn.lenet(optimizer, modern=True)` with the textbook's convolutions and pooling."""
    network = nn.NeuralNetwork(optimizer, nn.He(), nn.Constant(0.1))
    for layer in nn.lenet(optimizer, modern=True).layers:
        slow = layer
        if isinstance(layer, nn.Conv):
            slow = TextbookConv(layer.convolution_shape, layer.num_kernels)  # type: ignore[arg-type]
        elif isinstance(layer, nn.Pooling):
            slow = TextbookPooling(2, 2)
        network.append_layer(slow)
    network.loss_layer = nn.CrossEntropyLoss()
    return network
