"""Recurrent layers: Elman's network and the LSTM.

The first axis is time. An input of the shape (time, features) is one sequence, as in the
exercises; (time, batch, features) is a batch of sequences, each with a state of its own.

Both layers first compute everything that needs no state for all times in one matrix product; the
loop over time then holds only the recurrence.
"""

from typing import Any

import numpy as np

from course_utils.nn.activations import sigmoid
from course_utils.nn.arrays import random_generator
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
        self.input_size = int(input_size)
        self.hidden_size = int(hidden_size)
        self.output_size = int(output_size)
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
        batch = ("batch",) if np.ndim(input_tensor) == 3 else ()
        x = self._input(input_tensor, ("time", *batch, self.input_size))
        weights = self._parameter("weights", self._weights_shape, x)
        output_weights = self._parameter("output_weights", self._output_weights_shape, x)
        hidden = np.empty((len(x) + 1, *x.shape[1:-1], self.hidden_size), x.dtype)
        hidden[0] = self._start(self.hidden_state, hidden[0].shape)
        # (x, h, 1)·W = x·W_x + b + h·W_h, and the first two are known for all times at once.
        n = self.input_size
        driven = x @ weights[:n] + weights[-1]
        cell_history = self._run(driven, weights[n:-1], hidden)
        self.hidden_state = hidden[-1].copy() if self.memorize else None
        y = sigmoid(affine(hidden[1:], output_weights))
        self._remember(x, hidden, cell_history, y)
        return y.copy()

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Backpropagate through the time of the last call, then update."""
        x, hidden, cell_history, y = self._recall()
        output_error = self._error(error_tensor, y.shape) * y * (1 - y)
        weights = self._parameter("weights", self._weights_shape, y)
        output_weights = self._parameter("output_weights", self._output_weights_shape, y)
        n = self.input_size
        hidden_error = output_error @ output_weights[:-1].T
        error = self._run_back(hidden_error, weights[n:-1], hidden, cell_history)
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

    def _run(self, driven: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray) -> Any:
        """Fill hidden[1:] step by step and return what the way back needs."""
        raise NotImplementedError

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray, history: Any
    ) -> np.ndarray:
        """Return the error for (x, h, 1)·W, (time[, batch], gates·hidden_size)."""
        raise NotImplementedError


class RNN(RecurrentLayer):
    """Elman's recurrent network (1990).

    With h_0 = 0, or the last call's final state when memorizing::

        h_t = tanh((x_t, h_t−1, 1)·W)      W: (input + hidden + 1, hidden)
        y_t = sigmoid((h_t, 1)·V)          V: (hidden + 1, output)

    Back through time, with E_t = ∂L/∂y_t · y_t·(1 − y_t) and the last rows of W and V left out::

        ∂L/∂h_t = E_t·Vᵀ + δ_t+1·W_hᵀ      δ_t = ∂L/∂h_t · (1 − h_t²)
        ∂L/∂x_t = δ_t·W_xᵀ
        ∂L/∂W = Σ_t (x_t, h_t−1, 1)ᵀ·δ_t,   ∂L/∂V = Σ_t (h_t, 1)ᵀ·E_t

    Gradients stop at the beginning of the call, also when memorizing (truncated backpropagation
    through time).

    Parameters
    ----------
    input_size, hidden_size, output_size : int
    rng : numpy.random.Generator or int, optional
        For the first weights, uniform in [0, 1); by default NumPy's shared stream.

    Attributes
    ----------
    weights, gradient_weights : numpy.ndarray, (input_size + hidden_size + 1, hidden_size)
    output_weights, gradient_output_weights : numpy.ndarray, (hidden_size + 1, output_size)
    memorize : bool
        Whether the next call goes on from this call's final state; False at first.
    """

    def _run(self, driven: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray) -> None:
        for t in range(len(driven)):
            np.tanh(driven[t] + hidden[t] @ recurrent, out=hidden[t + 1])

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray, history: Any
    ) -> np.ndarray:
        del history
        error = 1 - hidden[1:] * hidden[1:]  # tanh'; becomes δ from the last time to the first
        from_later: Any = 0
        for t in reversed(range(len(error))):
            error[t] *= hidden_error[t] + from_later
            from_later = error[t] @ recurrent.T
        return error


class LSTM(RecurrentLayer):
    """Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of 2000).

    One fully connected layer gives four gates side by side; ⊙ multiplies entry by entry::

        (i, f, g, o) = (x_t, h_t−1, 1)·W   W: (input + hidden + 1, 4·hidden)
        c_t = σ(f) ⊙ c_t−1 + σ(i) ⊙ tanh(g)
        h_t = σ(o) ⊙ tanh(c_t)
        y_t = sigmoid((h_t, 1)·V)          V: (hidden + 1, output)

    The gates stand in PyTorch's order. When memorizing, the cell state c goes on as well as h.

    Back through time the cell state collects ∂L/∂c_t = ∂L/∂h_t ⊙ σ(o) ⊙ (1 − tanh²c_t) +
    ∂L/∂c_t+1 ⊙ σ(f): no matrix and no squashing in between, which is why gradients survive.

    Parameters and attributes are those of RNN, with `weights` four times as wide.
    """

    gates = 4

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, rng)
        self.cell_state: np.ndarray | None = None

    def forget(self) -> None:
        """Start the next sequence from zero, even when memorizing."""
        super().forget()
        self.cell_state = None

    def _run(
        self, driven: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        cell = np.empty_like(hidden)
        cell[0] = self._start(self.cell_state, cell[0].shape)
        squashed = np.empty_like(hidden[1:])  # tanh(c_t)
        gates = np.empty((*hidden[1:].shape[:-1], 4, self.hidden_size), hidden.dtype)
        i, f, g, o = np.moveaxis(gates, -2, 0)  # views, one per gate, after their activation
        for t in range(len(driven)):
            before = (driven[t] + hidden[t] @ recurrent).reshape(gates[t].shape)
            gates[t] = sigmoid(before)
            np.tanh(before[..., 2, :], out=g[t])
            cell[t + 1] = f[t] * cell[t] + i[t] * g[t]
            np.tanh(cell[t + 1], out=squashed[t])
            np.multiply(o[t], squashed[t], out=hidden[t + 1])
        self.cell_state = cell[-1].copy() if self.memorize else None
        return gates, cell, squashed

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray, history: Any
    ) -> np.ndarray:
        del hidden
        gates, cell, squashed = history
        i, f, g, o = np.moveaxis(gates, -2, 0)
        # How c_t follows i, f and g, and how h_t follows o and c_t, for all times at once.
        slopes = [g * i * (1 - i), cell[:-1] * f * (1 - f), i * (1 - g * g)]
        cell_slopes = np.stack(slopes, axis=-2)
        output_slope = squashed * o * (1 - o)
        squashing_slope = o * (1 - squashed * squashed)
        error = np.empty_like(gates)
        flat_error = error.reshape(*hidden_error.shape[:-1], -1)
        from_later: Any = 0
        cell_error: Any = 0
        for t in reversed(range(len(gates))):
            state_error = hidden_error[t] + from_later
            cell_error = cell_error + state_error * squashing_slope[t]
            np.multiply(cell_error[..., None, :], cell_slopes[t], out=error[t, ..., :3, :])
            np.multiply(state_error, output_slope[t], out=error[t, ..., 3, :])
            cell_error = cell_error * f[t]
            from_later = flat_error[t] @ recurrent.T
        return flat_error
