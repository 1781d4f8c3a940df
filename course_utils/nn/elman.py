"""Elman's recurrent network: the recurrence and its gradient as functions, then the layer.

With h_0 = 0, or the last call's final state when memorizing::

    h_t = tanh((x_t, h_t−1, 1)·W)      W: (input + hidden + 1, hidden)
    y_t = sigmoid((h_t, 1)·V)          V: (hidden + 1, output)

Back through time, with E_t = ∂L/∂y_t · y_t·(1 − y_t) and the last rows of W and V left out::

    ∂L/∂h_t = E_t·Vᵀ + δ_t+1·W_hᵀ      δ_t = ∂L/∂h_t · (1 − h_t²)
    ∂L/∂x_t = δ_t·W_xᵀ
    ∂L/∂W = Σ_t (x_t, h_t−1, 1)ᵀ·δ_t,   ∂L/∂V = Σ_t (h_t, 1)ᵀ·E_t

The functions hold what goes from one time to the next; everything else is one product for all
times, in `RecurrentLayer`.

Source: J. Elman, Finding Structure in Time, 1990; backward P. Werbos, Backpropagation Through Time:
What It Does and How to Do It, 1990.
"""

from typing import Any

import numpy as np

from course_utils.nn.recurrent import RecurrentLayer


def elman(driven: np.ndarray, recurrent: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return h_0 … h_T of h_t = tanh(driven_t + h_t−1·W_h), (time + 1[, batch], hidden).

    Parameters
    ----------
    driven : numpy.ndarray, (time[, batch], hidden)
        x_t·W_x + b.
    recurrent : numpy.ndarray, (hidden, hidden)
        W_h.
    start : numpy.ndarray, ([batch,] hidden)
        h_0.
    """
    hidden = np.empty((len(driven) + 1, *start.shape), driven.dtype)
    hidden[0] = start
    for t in range(len(driven)):
        np.tanh(driven[t] + hidden[t] @ recurrent, out=hidden[t + 1])
    return hidden


def elman_gradient(
    hidden_error: np.ndarray, recurrent: np.ndarray, hidden: np.ndarray
) -> np.ndarray:
    """Return δ_t for all times, (time[, batch], hidden): the error for driven_t.

    Parameters
    ----------
    hidden_error : numpy.ndarray, (time[, batch], hidden)
        E_t·Vᵀ: what h_t receives from its own output.
    recurrent, hidden
        W_h and what `elman` returned.
    """
    delta = 1 - hidden[1:] * hidden[1:]  # tanh'; becomes δ from the last time to the first
    from_later: Any = 0
    for t in reversed(range(len(delta))):
        delta[t] *= hidden_error[t] + from_later
        from_later = delta[t] @ recurrent.T
    return delta


class RNN(RecurrentLayer):
    """Elman's recurrent network (1990).

    h_t = tanh((x_t, h_t−1, 1)·W), y_t = sigmoid((h_t, 1)·V); `elman` and `elman_gradient` hold the
    recurrence.

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

    def _run(
        self, driven: np.ndarray, recurrent: np.ndarray, start: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        hidden = elman(driven, recurrent, start)
        return hidden, hidden

    def _run_back(
        self, hidden_error: np.ndarray, recurrent: np.ndarray, history: np.ndarray
    ) -> np.ndarray:
        return elman_gradient(hidden_error, recurrent, history)
