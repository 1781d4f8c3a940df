"""Functions of two inputs that are 0 or 1, and perceptrons that compute them.

For logic the classes are 0 and 1 instead of −1 and 1; otherwise a gate is a perceptron.
"""

from collections.abc import Callable, Mapping

import numpy as np

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""All inputs (4, 2), in the order of a truth table."""
INPUTS.setflags(write=False)

FUNCTIONS: Mapping[str, Callable[[bool, bool], bool]] = {
    "always 0": lambda a, b: False,
    "AND": lambda a, b: a and b,
    "x₁ and not x₂": lambda a, b: a and not b,
    "x₁": lambda a, b: a,
    "x₂ and not x₁": lambda a, b: b and not a,
    "x₂": lambda a, b: b,
    "XOR": lambda a, b: a != b,
    "OR": lambda a, b: a or b,
    "NOR": lambda a, b: not (a or b),
    "XNOR": lambda a, b: a == b,
    "not x₂": lambda a, b: not b,
    "x₁ or not x₂": lambda a, b: a or not b,
    "not x₁": lambda a, b: not a,
    "x₂ or not x₁": lambda a, b: b or not a,
    "NAND": lambda a, b: not (a and b),
    "always 1": lambda a, b: True,
}
"""All sixteen functions of two inputs by name, as Boolean expressions."""


def truth(name: str) -> np.ndarray:
    """Return the truth table of a function, 0 or 1 for each row of `INPUTS`, array (4,)."""
    return np.array([float(FUNCTIONS[name](bool(a), bool(b))) for a, b in INPUTS])


def named(outputs: np.ndarray) -> str:
    """Return the name of the function with these outputs (4,), 0 or 1, for `INPUTS`."""
    return next(name for name in FUNCTIONS if np.array_equal(truth(name), outputs))


def layer(table: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return what gates make of `x` (samples, 2): 0 or 1, array (samples, gates).

    Parameters
    ----------
    table
        float64 array (gates, 3): weight 1, weight 2 and bias of each gate.
    x
        float64 array (samples, 2).
    """
    return np.where(x @ table[:, :2].T + table[:, 2] < 0, 0.0, 1.0)


def two_layers(table: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return what the third gate of `table` (3, 3) makes of the first two, array (samples,)."""
    return layer(table[2:], layer(table[:2], x))[:, 0]
