"""What recurrent layers share: the input's matrix product, the states, and the output layer.

The first axis is time. An input of the shape (time, features) is one sequence, as in the
exercises; (time, batch, features) is a batch of sequences, each with a state of its own.

Everything that needs no state is computed for all times in one matrix product; the loop over time
then holds only the recurrence, which `course_utils.nn.elman` and `course_utils.nn.lstm` say.
"""

from typing import Any

import numpy as np

from course_utils.nn.activations import sigmoid
from course_utils.nn.arrays import as_float, check_not_empty, random_generator, size
from course_utils.nn.base import Initializer, TrainableLayer
from course_utils.nn.fully_connected import affine, affine_gradient, initialize_affine


class RecurrentLayer(TrainableLayer):
    """What RNN and LSTM share: two weight matrices, the states, and the output layer.

    A subclass says how many gate columns its cell needs and how the cell steps.
    """

    arguments = ("input_size", "hidden_size", "output_size")
    parameter_names = ("weights", "output_weights")
    gates = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        super().__init__()
        owner = type(self).__name__
        self.input_size = size(input_size, owner, "input_size")
        self.hidden_size = size(hidden_size, owner, "hidden_size")
        self.output_size = size(output_size, owner, "output_size")
        self.memorize = False
        self.hidden_state: np.ndarray | None = None
        generator = random_generator(rng)
        self.weights: Any = generator.random(self._weights_shape)
        self.output_weights: Any = generator.random(self._output_weights_shape)
        self.gradient_weights: np.ndarray | None = None
        self.gradient_output_weights: np.ndarray | None = None

    @property
    def _weights_shape(self) -> tuple[int, int]:
        return self.input_size + self.hidden_size + 1, self.gates * self.hidden_size

    @property
    def _output_weights_shape(self) -> tuple[int, int]:
        return self.hidden_size + 1, self.output_size

    def initialize(self, weights_initializer: Initializer, bias_initializer: Initializer) -> None:
        """Draw both weight matrices, and their bias rows from their own initializer."""
        self.weights = initialize_affine(self._weights_shape, weights_initializer, bias_initializer)
        self.output_weights = initialize_affine(
            self._output_weights_shape, weights_initializer, bias_initializer
        )

    def forget(self) -> None:
        """Start the next sequence from zero, even when memorizing."""
        self.hidden_state = None

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (time[, batch], input_size) to (time[, batch], output_size)."""
        input_tensor = as_float(input_tensor, self, "input_tensor")
        batch = ("batch",) if input_tensor.ndim == 3 else ()
        x = self._input(input_tensor, ("time", *batch, self.input_size))
        check_not_empty(x, self, "input_tensor")
        weights = self._parameter("weights", self._weights_shape, x)
        output_weights = self._parameter("output_weights", self._output_weights_shape, x)
        start = self._start(self.hidden_state, (*x.shape[1:-1], self.hidden_size))
        # (x, h, 1)·W = x·W_x + b + h·W_h, and the first two are known for all times at once.
        n = self.input_size
        driven = x @ weights[:n] + weights[-1]
        hidden, history = self._run(driven, weights[n:-1], start)
        self.hidden_state = hidden[-1].copy() if self.memorize else None
        y = sigmoid(affine(hidden[1:], output_weights))
        self._remember(x, hidden, history, y)
        return y.copy()

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Backpropagate through the time of the last call, then update."""
        x, hidden, history, y = self._recall()
        output_error = self._error(error_tensor, y.shape) * y * (1 - y)
        weights = self._parameter("weights", self._weights_shape, y)
        output_weights = self._parameter("output_weights", self._output_weights_shape, y)
        n = self.input_size
        hidden_error = output_error @ output_weights[:-1].T
        error = self._run_back(hidden_error, weights[n:-1], history)
        self.gradient_output_weights = affine_gradient(hidden[1:], output_error)
        self.gradient_weights = affine_gradient(np.concatenate([x, hidden[:-1]], axis=-1), error)
        self._update()
        return error @ weights[:n].T

    def _start(self, state: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:
        if state is None or not self.memorize:
            return np.zeros(shape)
        if state.shape != shape:
            raise ValueError(
                f"{self!r}: the memorized state has the shape {state.shape}, but these sequences "
                f"need {shape}; call forget() before other sequences."
            )
        return state

    def _run(
        self, driven: np.ndarray, recurrent: np.ndarray, start: np.ndarray
    ) -> tuple[np.ndarray, Any]:
        """Return h_0 … h_T, (time + 1[, batch], hidden_size), and what `_run_back` needs."""
        raise NotImplementedError

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, history: Any
    ) -> np.ndarray:
        """Return δ, the error for (x, h, 1)·W, (time[, batch], gates·hidden_size)."""
        raise NotImplementedError
