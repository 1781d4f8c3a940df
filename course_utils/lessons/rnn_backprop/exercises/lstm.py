"""Exercise 09.5: one step of an LSTM."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rnn_backprop.exercises.forward import LECTURE

Pair = tuple[np.ndarray, np.ndarray]


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def lstm_step(
    x: np.ndarray, h: np.ndarray, c: np.ndarray, W_x: np.ndarray, W_h: np.ndarray, b: np.ndarray
) -> Pair:
    i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
    c_new = f * c + i * np.tanh(g)
    h_new = o * np.tanh(c_new)
    return h_new, c_new


_SQUASH: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "sigmoid, tanh": lambda z: np.tanh(_sigmoid(z)),
    "none": np.copy,
}


def _step(*inputs: np.ndarray, order: str = "ifgo", g: str = "tanh", out: str = "tanh") -> Pair:
    """Take a step with the parts in another order, or other functions."""
    x, h, c, W_x, W_h, b = inputs
    parts = dict(zip(order, np.split(x @ W_x + h @ W_h + b, 4), strict=True))
    i, f, o = (_sigmoid(parts[name]) for name in "ifo")
    c_new = f * c + i * _SQUASH[g](parts["g"])
    return o * _SQUASH[out](c_new), c_new


def _gates(*inputs: np.ndarray) -> tuple[np.ndarray, ...]:
    x, h, c, W_x, W_h, b = inputs
    i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    return _sigmoid(i), _sigmoid(f), np.tanh(g), _sigmoid(o), c


def _of(c_new: np.ndarray, o: np.ndarray) -> Pair:
    return o * np.tanh(c_new), c_new


def _open_gates(*inputs: np.ndarray) -> Pair:
    x, h, c, W_x, W_h, b = inputs
    i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    return _of(f * c + i * np.tanh(g), o)


def _unsquashed(*inputs: np.ndarray) -> Pair:
    x, h, c, W_x, W_h, b = inputs
    i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    return _of(f * c + i * g, o)


def _no_forgetting(*inputs: np.ndarray) -> Pair:
    i, _, g, o, c = _gates(*inputs)
    return _of(c + i * g, o)


def _no_past(*inputs: np.ndarray) -> Pair:
    i, _, g, o, _ = _gates(*inputs)
    return _of(i * g, o)


def _coupled(*inputs: np.ndarray) -> Pair:
    _, f, g, o, c = _gates(*inputs)
    return _of(f * c + (1 - f) * g, o)


def _forgets_wrong(*inputs: np.ndarray) -> Pair:
    i, f, g, o, c = _gates(*inputs)
    return _of((1 - f) * c + i * g, o)


def _old_cell(*inputs: np.ndarray) -> Pair:
    i, f, g, o, c = _gates(*inputs)
    return o * np.tanh(c), f * c + i * g


def _output_by_tanh(*inputs: np.ndarray) -> Pair:
    x, h, _, W_x, W_h, b = inputs
    _, c_new = _step(*inputs)
    return np.tanh(np.split(x @ W_x + h @ W_h + b, 4)[3]) * np.tanh(c_new), c_new


def _interleaved(*inputs: np.ndarray) -> Pair:
    x, h, c, W_x, W_h, b = inputs
    i, f, g, o = (x @ W_x + h @ W_h + b).reshape(-1, 4).T
    c_new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _of(c_new, _sigmoid(o))


def _open_input(*inputs: np.ndarray) -> Pair:
    _, f, g, o, c = _gates(*inputs)
    return _of(f * c + g, o)


def _no_output_gate(*inputs: np.ndarray) -> Pair:
    _, c_new = _step(*inputs)
    return np.tanh(c_new), c_new


def _hidden_for_cell(*inputs: np.ndarray) -> Pair:
    i, f, g, o, _ = _gates(*inputs)
    return _of(f * inputs[1] + i * g, o)


def _sigmoids_turned(*inputs: np.ndarray) -> Pair:
    i, f, g, o, c = _gates(*inputs)
    return _of((1 - f) * c + (1 - i) * g, 1 - o)


def _multiplied(*inputs: np.ndarray) -> Pair:
    i, f, g, o, c = _gates(*inputs)
    return _of(f * c * i * g, o)


def _gate_added(*inputs: np.ndarray) -> Pair:
    i, f, g, o, c = _gates(*inputs)
    return o + np.tanh(f * c + i * g), f * c + i * g


def _open_output(*inputs: np.ndarray) -> Pair:
    x, h, _, W_x, W_h, b = inputs
    _, c_new = _step(*inputs)
    return np.split(x @ W_x + h @ W_h + b, 4)[3] * np.tanh(c_new), c_new


def _cell(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    units, features = int(rng.integers(2, 5)), int(rng.integers(2, 5))
    x, h, c = rng.normal(size=features), rng.uniform(-0.9, 0.9, units), rng.normal(size=units)
    W_x, W_h = rng.normal(size=(features, 4 * units)), rng.normal(size=(units, 4 * units))
    return x, h, c, W_x, W_h, rng.normal(size=4 * units)


def _open(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return a cell whose forget gate is open and whose input gate is shut."""
    x, h, c, W_x, W_h, b = _cell(rng)
    units = len(h)
    b[:units], b[units : 2 * units] = -40.0, 40.0
    return x, h, c, W_x, W_h, b


check_lstm_step = Exercise(
    item="09.5",
    lecture=LECTURE,
    name="lstm_step",
    title="One step of an LSTM",
    reference=lstm_step,
    results=("h_new", "c_new"),
    rounds={
        "both states after three fresh steps": _cell,
        "with the forget gate open and the input gate shut, the cell keeps its state": _open,
    },
    faults=(
        Fault(
            "the order of the parts is another one; here it is PyTorch's: i, f, g, o",
            lambda *inputs: _step(*inputs, order="ifog"),
        ),
        Fault(
            "the order of the parts is taken for f, i, o, g; here it is PyTorch's: i, f, g, o",
            lambda *inputs: _step(*inputs, order="fiog"),
        ),
        Fault(
            "input and forget gate are exchanged; the order is i, f, g, o",
            lambda *inputs: _step(*inputs, order="figo"),
        ),
        Fault(
            "the candidate g goes through a sigmoid; it goes through tanh",
            lambda *inputs: _step(*inputs, g="sigmoid"),
        ),
        Fault(
            "the candidate g goes through a sigmoid and then through tanh; it goes through tanh"
            " alone",
            lambda *inputs: _step(*inputs, g="sigmoid, tanh"),
        ),
        Fault(
            "the candidate g is not squashed; it goes through tanh",
            lambda *inputs: _step(*inputs, g="none"),
        ),
        Fault(
            "the cell state is not squashed on its way out: h_new is o·tanh(c_new)",
            lambda *inputs: _step(*inputs, out="none"),
        ),
        Fault("the parts i, f and o are not squashed; each goes through a sigmoid", _open_gates),
        Fault(
            "none of the four parts is squashed: i, f and o go through a sigmoid, g through tanh",
            _unsquashed,
        ),
        Fault(
            "the output gate goes through a tanh; like every gate it goes through a sigmoid",
            _output_by_tanh,
        ),
        Fault(
            "every fourth entry is taken for a gate; the four parts stand one after another",
            _interleaved,
        ),
        Fault(
            "the input is not read: x @ W_x is missing",
            lambda x, *rest: _step(0 * x, *rest),
        ),
        Fault(
            "the bias is added twice; PyTorch has two, and here b is their sum",
            lambda *inputs: _step(*inputs[:-1], 2 * inputs[-1]),
        ),
        Fault(
            "the hidden state is not read: h @ W_h is missing",
            lambda x, h, *rest: _step(x, 0 * h, *rest),
        ),
        Fault("b is not added", lambda *inputs: _step(*inputs[:-1], 0 * inputs[-1])),
        Fault("the forget gate is not used: c enters as f·c", _no_forgetting),
        Fault("the old cell state is dropped: f·c is missing", _no_past),
        Fault(
            "the input gate is not used: the new part is weighed with 1 − f instead of i", _coupled
        ),
        Fault("the input gate is not used: the new part enters as i·tanh(g)", _open_input),
        Fault("the output gate is not used: h_new is o·tanh(c_new)", _no_output_gate),
        Fault("the forget gate is turned round: f = 1 keeps, f = 0 forgets", _forgets_wrong),
        Fault("h_new is made of the old cell state; it is made of c_new", _old_cell),
        Fault(
            "h stands where c belongs: the forget gate multiplies the cell state", _hidden_for_cell
        ),
        Fault("the sigmoid has the wrong sign: it is 1/(1 + e^−z)", _sigmoids_turned),
        Fault(
            "old and new part of the cell are multiplied; add them",
            _multiplied,
        ),
        Fault(
            "the cell state goes through a sigmoid on its way out; it goes through tanh",
            lambda *inputs: _step(*inputs, out="sigmoid"),
        ),
        Fault("the output gate is not squashed; it goes through a sigmoid", _open_output),
        Fault(
            "the output gate is added; multiply by it",
            _gate_added,
        ),
    ),
    hints=(
        "Which of the four parts are gates, numbers from 0 to 1, and which is a value?",
        "z = x W_x + h W_h + b has four parts of equal size, i, f, g, o. i, f and o go through a"
        " sigmoid, g through tanh. First the cell state, then the hidden state made of it.",
        """
        def lstm_step(x, h, c, W_x, W_h, b):
            i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
            i, f, o = (1 / (1 + np.exp(-z)) for z in (i, f, o))
            c_new = f * ... + i * ...
            h_new = o * ...
            return h_new, c_new
        """,
    ),
)
