"""What a recurrent layer computes, written down once more, to read a student's cell from outside.

The weights of the layer behind the hidden state have no agreed name. They are found instead: from
single steps with known hidden state, y = σ(W·h + b) is a set of linear equations for W and b.
"""

import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.verify.properties.common import normal
from course_utils.verify.properties.functions import sigmoid

INPUTS, HIDDEN, OUTPUTS = 3, 4, 2

State = tuple[np.ndarray, np.ndarray]
"""Hidden state and cell state (which stays 0 in a plain RNN), each (hidden,)."""


@dataclass(frozen=True)
class Cell:
    """One way to compute a recurrent layer.

    Attributes
    ----------
    gated
        LSTM or plain RNN.
    first
        What comes first in the input of the fully connected layer: ``"x"`` or ``"h"``.
    gates
        LSTM: the order of the blocks f, i, g, o in its output.
    without
        Steps left out (faults): ``"tanh"``, or letters of gates.
    link
        What the output goes through: ``"sigmoid"``, ``"nothing"`` or ``"tanh"``.
    output
        Weights behind the hidden state with the bias as last row, (hidden + 1, outputs).
    """

    gated: bool
    first: str = "x"
    gates: str = "figo"
    without: str = ""
    link: str = "sigmoid"
    output: Any = None

    def step(self, weights: np.ndarray, x: np.ndarray, state: State) -> State:
        """Return the next state."""
        h, c = state
        parts = (x, h) if self.first == "x" else (h, x)
        z = np.concatenate([*parts, [1.0]]) @ weights
        if not self.gated:
            return (z if self.without == "tanh" else np.tanh(z)), c
        blocks = dict(zip(self.gates, np.split(z, 4), strict=True))
        one = np.ones_like(h)
        f, i, o = (one if k in self.without else sigmoid(blocks[k]) for k in "fio")
        candidate = blocks["g"] if "g" in self.without else np.tanh(blocks["g"])
        c = f * c + i * candidate
        return o * (c if "c" in self.without else np.tanh(c)), c

    def run(self, weights: np.ndarray, x: np.ndarray, state: State | None = None) -> "Run":
        """Return all states for a sequence (time, inputs), from the given state or from 0."""
        hidden = weights.shape[1] // (4 if self.gated else 1)
        state = (np.zeros(hidden), np.zeros(hidden)) if state is None else state
        states = []
        for row in x:
            state = self.step(weights, row, state)
            states.append(state)
        h = np.array([s[0] for s in states])
        return Run(h, self.outputs(h), state)

    def outputs(self, h: np.ndarray) -> np.ndarray:
        """Return y for hidden states (time, hidden)."""
        if self.output is None:
            return np.empty((len(h), 0))
        z = h @ self.output[:-1] + self.output[-1]
        return _LINKS[self.link](z)

    def output_gradient(self, h: np.ndarray, y: np.ndarray, error: np.ndarray) -> np.ndarray:
        """Return the gradient of the weights behind the hidden state, (hidden + 1, outputs)."""
        slope = {"sigmoid": y * (1 - y), "tanh": 1 - y**2, "nothing": np.ones_like(y)}[self.link]
        return np.hstack([h, np.ones((len(h), 1))]).T @ (error * slope)


@dataclass(frozen=True)
class Run:
    """Hidden states (time, hidden), outputs (time, outputs) and the last state of a sequence."""

    h: np.ndarray
    y: np.ndarray
    last: State


def candidates(gated: bool) -> Iterator[Cell]:
    """Return all right cells, the usual one first."""
    orders = map("".join, itertools.permutations("figo")) if gated else ["figo"]
    for gates, first in itertools.product(orders, "xh"):
        yield Cell(gated, first, gates)


def wrong_first_steps(gated: bool) -> Iterator[tuple[str, Cell]]:
    """Return cells with a fault that shows in the first step, each with its cause."""
    if gated:
        for order, first in itertools.product(map("".join, itertools.permutations("figo")), "xh"):
            cell = Cell(True, first, order)
            for letters, cause in (
                ("fio", "the gates are missing"),
                ("fioc", "the gates are missing"),
                ("o", "the output gate is missing"),
                ("i", "the input gate is missing"),
                ("c", "the tanh of the cell state is missing in h = o · tanh(c)"),
                ("g", "the candidate for the cell state does not go through tanh"),
            ):
                yield cause, replace(cell, without=letters)
    for first in "xh" if not gated else "":
        yield "the hidden state does not go through tanh", Cell(gated, first, without="tanh")


_LINKS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": sigmoid,
    "nothing": np.array,
    "tanh": np.tanh,
}
_INVERSE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda y: np.log(y / (1 - y)),
    "nothing": np.array,
    "tanh": np.arctanh,
}


class SingleSteps:
    """What a layer gives for a dozen single steps, each from state 0 by a copy of its own."""

    def __init__(self, layer: Any):
        self.weights = np.array(layer.weights, dtype=np.float64)
        self.gated = self.weights.shape[1] == 4 * HIDDEN
        self._x = normal(12, 1, INPUTS, seed=11)
        self._y = np.vstack(
            [np.asarray(copy.deepcopy(layer).forward(x.copy())) for x in self._x]
        ).astype(np.float64)

    def fit(self, cell: Cell, unique: bool = True) -> Cell | None:
        """Return the cell with the layer's output weights, or None if it is another cell.

        With `unique`, also None if the steps leave the output weights open.
        """
        with np.errstate(all="ignore"):
            z = _INVERSE[cell.link](self._y)
        if not np.all(np.isfinite(z)):
            return None
        h = np.vstack([cell.run(self.weights, x).h for x in self._x])
        known = np.hstack([h, np.ones((len(h), 1))])
        output, _, rank, _ = np.linalg.lstsq(known, z, rcond=None)
        if unique and rank < known.shape[1]:
            return None
        if np.max(np.abs(known @ output - z)) > 1e-8:
            return None
        return replace(cell, output=output)

    def right_cell(self, *links: str) -> Cell | None:
        """Return the right cell that fits, its output through any of the `links`."""
        for link in links:
            for cell in candidates(self.gated):
                found = self.fit(replace(cell, link=link))
                if found is not None:
                    return found
        return None

    def wrong_cell(self) -> Cell | None:
        """Return a cell with a known fault that fits, where no right one does."""
        for _, cell in wrong_first_steps(self.gated):
            for link in ("sigmoid", "nothing"):
                found = self.fit(replace(cell, link=link))
                if found is not None:
                    return found
        return None

    def explain(self) -> tuple[str, str]:
        """Return likely cause and hint for a layer whose single steps are not right."""
        other = self.right_cell("nothing", "tanh")
        if other is not None:
            causes = {
                "nothing": "the sigmoid at the output is missing",
                "tanh": "the output goes through tanh and not through the sigmoid",
            }
            return causes[other.link], "y = σ(W·h + b)"
        for cause, cell in wrong_first_steps(self.gated):
            for link in ("sigmoid", "nothing"):
                if self.fit(replace(cell, link=link), unique=False) is not None:
                    return cause, FORMULA[self.gated]
        return "", FORMULA[self.gated]


FORMULA = {
    False: "h = tanh([x, h, 1]·weights), y = σ(W·h + b)",
    True: "f, i, o = σ(…), g = tanh(…), c = f·c + i·g, h = o·tanh(c), y = σ(W·h + b)",
}
