"""Exercises 02.5 and 02.6: weights for AND, OR and NAND, and for XOR in two layers.

Many weights are right, so an answer is judged by the truth table that it computes.
"""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks import Exercise, NotRight, expect_shape
from course_utils.lessons.perceptron.model import INPUTS, layer, named, truth, two_layers

GATES = ("AND", "OR", "NAND")
_SHAPE = (3, 3)
_RIGHT = np.array([[1.0, 1.0, -1.5], [1.0, 1.0, -0.5], [-1.0, -1.0, 1.5]])
_XOR = np.array([[1.0, 1.0, -0.5], [-1.0, -1.0, 1.5], [1.0, 1.0, -1.5]])
_EXACTLY = "the bias stands last, and a sum of 0 gives 1"

_REMEDIES = {
    "always 0": "no input reaches a sum of 0: raise the bias",
    "always 1": f"even the smallest sum is not negative: lower the bias; {_EXACTLY}",
    "AND": "only (1, 1) reaches a sum of 0",
    "OR": "one input is enough to reach a sum of 0",
    "NAND": "only (1, 1) has a negative sum",
    "NOR": "only (0, 0) reaches a sum of 0",
}


def _computes(name: str) -> str:
    """Return what is said of weights that compute the function of this name."""
    remedy = _REMEDIES.get(name, f"the two inputs do not count alike; {_EXACTLY}")
    return f"these weights compute {name}: {remedy}"


def _numbers(what: str, answer: object) -> np.ndarray:
    table = expect_shape(what, answer, _SHAPE).astype(np.float64)
    if not np.isfinite(table).all():
        raise NotRight(f"{what} holds a value that is not finite")
    return table


def _agrees(what: str, got: np.ndarray, wanted: str, cause: str) -> None:
    """Raise `NotRight` with its cause unless `got` (4,) is the truth table of `wanted`."""
    wrong = np.flatnonzero(got != truth(wanted))
    if len(wrong):
        a, b = INPUTS[wrong[0]]
        raise NotRight(
            f"{what} gives {got[wrong[0]]:g} for ({a:g}, {b:g}), expected"
            f" {truth(wanted)[wrong[0]]:g}",
            cause,
        )


def _gate(place: int) -> Callable[[object], None]:
    """Return the property that the gate at `place` computes its function."""

    def property_(answer: object) -> None:
        outputs = layer(_numbers("the table", answer), INPUTS)[:, place]
        _agrees(f"the gate for {GATES[place]}", outputs, GATES[place], _computes(named(outputs)))

    return property_


def _wrong_gates() -> Iterator[tuple[np.ndarray, str]]:
    """Yield the right table with one wrong row, and what must be said of it."""
    for place, row, computes in (
        (0, _RIGHT[1], "OR"),
        (0, [1, 1, -1], "OR"),
        (0, [1, 1, 1.5], "always 1"),
        (0, [1, 1, -2.5], "always 0"),
        (0, [-1.5, 1, 1], "x₂ or not x₁"),
        (1, _RIGHT[0], "AND"),
        (1, [1, 1, 0], "always 1"),
        (1, [-1, -1, 0.5], "NOR"),
        (1, [1, -1, -0.5], "x₁ and not x₂"),
        (2, _RIGHT[0], "AND"),
        (2, [-1, -1, 0.5], "NOR"),
        (2, [-1, 1, 0.5], "x₂ or not x₁"),
    ):
        table = _RIGHT.copy()
        table[place] = row
        yield table, _computes(computes)


check_gates = Exercise(
    item="02.5",
    lecture="perceptron",
    name="gates",
    title="AND, OR, NAND",
    reference=_RIGHT,
    properties={f"{name}, all four inputs": _gate(place) for place, name in enumerate(GATES)},
    wrong=_wrong_gates,
    hints=(
        "Draw the four corners of a square. Where does the line go that cuts off one corner?",
        "With weights 1 and 1 the sums without a bias are 0, 1, 1 and 2. Choose the bias so that 0"
        " lies between those that should give 0 and those that should give 1. NAND is AND with all"
        " signs turned round.",
        """
        gates = np.array(
            [
                [1, 1, ...],     # AND: only 1 + 1 may reach 0
                [1, 1, ...],     # OR: 1 + 0 reaches it too
                [-1, -1, ...],   # NAND
            ]
        )
        """,
    ),
)


def _together(table: np.ndarray) -> str:
    """Return what is said of the three gates of a table that do not compute XOR."""
    first, second = (named(outputs) for outputs in layer(table[:2], INPUTS).T)
    return (
        f"the hidden units compute {first} and {second}, and the output makes"
        f" {named(two_layers(table, INPUTS))} of them; each row is weight, weight, bias"
    )


def _is_xor(answer: object) -> None:
    table = _numbers("the table", answer)
    _agrees("the output", two_layers(table, INPUTS), "XOR", _together(table))


def _wrong_layers() -> Iterator[tuple[np.ndarray, str]]:
    """Yield tables of two layers, and what must be said of each."""
    both, either, not_both = _RIGHT
    for rows in (
        (either, not_both, either),
        (either, not_both, not_both),
        (either, both, both),
        (both, not_both, both),
        (either, either, both),
        (not_both, not_both, both),
        (both, either, [1, -1, -0.5]),
    ):
        table = np.array(rows, dtype=np.float64)
        yield table, _together(table)


check_xor_layers = Exercise(
    item="02.6",
    lecture="perceptron",
    name="xor_layers",
    title="XOR in two layers",
    reference=_XOR,
    properties={"XOR, all four inputs": _is_xor},
    wrong=_wrong_layers,
    hints=(
        "XOR in words: at least one of both, but not both.",
        "Each half of that sentence is a gate that you have already. They are the hidden layer; the"
        " output joins them with a third.",
        """
        xor_layers = np.array(
            [
                [1, 1, ...],     # hidden: at least one
                [-1, -1, ...],   # hidden: not both
                [1, 1, ...],     # output: the first and the second
            ]
        )
        """,
    ),
)
