"""Long short-term memory: the recurrence and its gradient as functions, then the layer.

One fully connected layer gives four gates side by side; σ is the sigmoid, ⊙ multiplies entry by
entry, and c_0 = h_0 = 0, or the last call's final states when memorizing::

    z_t = (x_t, h_t−1, 1)·W                      W: (input + hidden + 1, 4·hidden)
    i, f, o = σ(z_i), σ(z_f), σ(z_o),   g = tanh(z_g)
    c_t = f ⊙ c_t−1 + i ⊙ g
    h_t = o ⊙ tanh(c_t)
    y_t = sigmoid((h_t, 1)·V)                    V: (hidden + 1, output)

Back through time, with δ_t = ∂L/∂z_t and ∂L/∂h_t = E_t·Vᵀ + δ_t+1·W_hᵀ as in Elman's network::

    ∂L/∂c_t = ∂L/∂h_t ⊙ o ⊙ (1 − tanh²c_t) + ∂L/∂c_t+1 ⊙ f_t+1
    δ_i = ∂L/∂c_t ⊙ g ⊙ i ⊙ (1 − i)             δ_f = ∂L/∂c_t ⊙ c_t−1 ⊙ f ⊙ (1 − f)
    δ_g = ∂L/∂c_t ⊙ i ⊙ (1 − g²)                δ_o = ∂L/∂h_t ⊙ tanh(c_t) ⊙ o ⊙ (1 − o)

From one cell state to the next there is no matrix and no squashing, which is why gradients survive.
The gates stand in PyTorch's order i, f, g, o.

Source: S. Hochreiter and J. Schmidhuber, Long Short-Term Memory, 1997, with the forget gate of
F. Gers, J. Schmidhuber and F. Cummins, Learning to Forget, 2000.
"""

from typing import Any, NamedTuple

import numpy as np

from course_utils.nn.activations import sigmoid
from course_utils.nn.recurrent import RecurrentLayer


class Cells(NamedTuple):
    """What the cells held at all times, which the way back needs."""

    states: np.ndarray  # c_0 … c_T, (time + 1[, batch], hidden)
    gates: np.ndarray  # i, f, g, o after their activation, (time[, batch], 4, hidden)
    squashed: np.ndarray  # tanh(c_t), (time[, batch], hidden)


def lstm(
    driven: np.ndarray, recurrent: np.ndarray, start: np.ndarray, cell_start: np.ndarray
) -> tuple[np.ndarray, Cells]:
    """Return h_0 … h_T, (time + 1[, batch], hidden), and what the cells held.

    Parameters
    ----------
    driven : numpy.ndarray, (time[, batch], 4·hidden)
        x_t·W_x + b, so that z_t = driven_t + h_t−1·W_h.
    recurrent : numpy.ndarray, (hidden, 4·hidden)
        W_h.
    start, cell_start : numpy.ndarray, ([batch,] hidden)
        h_0 and c_0.
    """
    time = len(driven)
    hidden, cell = (np.empty((time + 1, *start.shape), driven.dtype) for _ in range(2))
    hidden[0], cell[0] = start, cell_start
    squashed = np.empty_like(hidden[1:])
    gates = np.empty((time, *start.shape[:-1], 4, start.shape[-1]), driven.dtype)
    i, f, g, o = np.moveaxis(gates, -2, 0)  # views
    for t in range(time):
        z = (driven[t] + hidden[t] @ recurrent).reshape(gates[t].shape)
        gates[t] = sigmoid(z)
        np.tanh(z[..., 2, :], out=g[t])
        cell[t + 1] = f[t] * cell[t] + i[t] * g[t]
        np.tanh(cell[t + 1], out=squashed[t])
        np.multiply(o[t], squashed[t], out=hidden[t + 1])
    return hidden, Cells(cell, gates, squashed)


def lstm_gradient(hidden_error: np.ndarray, recurrent: np.ndarray, cells: Cells) -> np.ndarray:
    """Return δ_t for all times, (time[, batch], 4·hidden): the error for z_t.

    Parameters
    ----------
    hidden_error : numpy.ndarray, (time[, batch], hidden)
        E_t·Vᵀ: what h_t receives from its own output.
    recurrent, cells
        W_h and what `lstm` returned of the cells.
    """
    cell, gates, squashed = cells
    i, f, g, o = np.moveaxis(gates, -2, 0)
    # How c_t follows z_i, z_f and z_g, and how h_t follows z_o and c_t, for all times at once.
    slopes = [g * i * (1 - i), cell[:-1] * f * (1 - f), i * (1 - g * g)]
    cell_slopes = np.stack(slopes, axis=-2)
    output_slope = squashed * o * (1 - o)
    squashing_slope = o * (1 - squashed * squashed)
    delta = np.empty_like(gates)
    flat_delta = delta.reshape(*hidden_error.shape[:-1], -1)
    from_later: Any = 0
    cell_error: Any = 0
    for t in reversed(range(len(gates))):
        state_error = hidden_error[t] + from_later
        cell_error = cell_error + state_error * squashing_slope[t]
        np.multiply(cell_error[..., None, :], cell_slopes[t], out=delta[t, ..., :3, :])
        np.multiply(state_error, output_slope[t], out=delta[t, ..., 3, :])
        cell_error = cell_error * f[t]
        from_later = flat_delta[t] @ recurrent.T
    return flat_delta


class LSTM(RecurrentLayer):
    """Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of 2000).

    Gates i, f, g, o from one fully connected layer on (x_t, h_t−1); c_t = f ⊙ c_t−1 + i ⊙ g,
    h_t = o ⊙ tanh(c_t), y_t = sigmoid((h_t, 1)·V); `lstm` and `lstm_gradient` hold the recurrence.
    When memorizing, the cell state c goes on as well as h.

    Parameters and attributes are those of RNN, with `weights` four times as wide.
    """

    gates = 4
    cell_state: np.ndarray | None = None

    def forget(self) -> None:
        """Start the next sequence from zero, even when memorizing."""
        super().forget()
        self.cell_state = None

    def _run(
        self, driven: np.ndarray, recurrent: np.ndarray, start: np.ndarray
    ) -> tuple[np.ndarray, Cells]:
        cell_start = self._start(self.cell_state, start.shape)
        hidden, cells = lstm(driven, recurrent, start, cell_start)
        self.cell_state = cells.states[-1].copy() if self.memorize else None
        return hidden, cells

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, history: Cells
    ) -> np.ndarray:
        return lstm_gradient(hidden_error, recurrent, history)
