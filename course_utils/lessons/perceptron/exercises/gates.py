"""Exercises 02.5 and 02.6: weights for AND, OR and NAND, and for XOR in two layers.

Many weights are right, so an answer is judged by the truth table that it computes.
"""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks import Exercise, NotRight, expect_shape
from course_utils.lessons.perceptron.model import INPUTS, layer, named, truth, two_layers
from course_utils.typography import power_of_ten

GATES = ("AND", "OR", "NAND")
_SHAPE = (3, 3)
_RIGHT = np.array([[1.0, 1.0, -1.5], [1.0, 1.0, -0.5], [-1.0, -1.0, 1.5]])
_XOR = np.array([[1.0, 1.0, -0.5], [-1.0, -1.0, 1.5], [1.0, 1.0, -1.5]])
_ROUNDING = 1e-15
"""What rounding may leave of a sum that is 0 on paper, as a share of what is added up."""

_REMEDIES = {
    "always 0": "no input reaches a sum of 0: raise the bias",
    "always 1": "even the smallest sum is not negative: lower the bias; a sum of 0 gives 1",
    "AND": "only (1, 1) reaches a sum of 0",
    "OR": "one input is enough to reach a sum of 0",
    "NAND": "only (1, 1) has a negative sum",
    "NOR": "only (0, 0) reaches a sum of 0",
}
_SIGNS = {
    1: "both weights have to be above 0, so that an input of 1 raises the sum",
    -1: "both weights have to be below 0, so that an input of 1 lowers the sum",
}


def _computes(row: np.ndarray, wanted: str) -> str:
    """Return what is said of a gate (3,) that does not compute the wanted function."""
    name, sign = named(_on_paper(row[None], INPUTS)[:, 0]), -1 if wanted == "NAND" else 1
    if min(sign * row[:2]) <= 0:
        remedy = f"{_SIGNS[sign]}, and no bias helps before that; the bias stands last"
    else:
        remedy = _REMEDIES.get(name, "the two inputs do not count alike; a sum of 0 gives 1")
    return f"these weights compute {name}: {remedy}"


def _sums(table: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the sums (samples, gates) as they are on paper: 0 where only rounding is left."""
    w, b = table[:, :2].T, table[:, 2]
    sums = x @ w + b
    return np.where(np.abs(sums) <= _ROUNDING * (np.abs(x @ np.abs(w)) + np.abs(b)), 0, sums)


def _on_paper(table: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return what gates make of `x`, as `layer`, by the sums on paper."""
    return np.where(_sums(table, x) < 0, 0.0, 1.0)


def _leaves_room(what: str, row: np.ndarray, x: np.ndarray) -> None:
    """Raise `NotRight` if rounding decides what a gate (3,) makes of one of `x` (samples, 2)."""
    paper, computer = (of(row[None], x)[:, 0] for of in (_on_paper, layer))
    rounded = np.flatnonzero(paper != computer)
    if len(rounded):
        i = rounded[0]
        a, b = x[i]
        raise NotRight(
            f"{what} gives {paper[i]:g} for ({a:g}, {b:g}) on paper and {computer[i]:g} in the"
            " computer",
            f"this sum is 0 on paper and {power_of_ten(x[i] @ row[:2] + row[2])} in the computer,"
            " which rounds decimals: choose a bias that leaves room, so that no sum is 0",
        )


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
    wanted = GATES[place]

    def property_(answer: object) -> None:
        row = _numbers("the table", answer)[place]
        right = np.array_equal(layer(row[None], INPUTS)[:, 0], truth(wanted))
        outputs = _on_paper(row[None], INPUTS)[:, 0]
        if right or np.array_equal(outputs, truth(wanted)):
            _leaves_room(f"the gate for {wanted}", row, INPUTS)
        _agrees(f"the gate for {wanted}", outputs, wanted, _computes(row, wanted))

    return property_


def _wrong_gates() -> Iterator[tuple[np.ndarray, str]]:
    """Yield the right table with one wrong row, and what must be said of it."""
    above, below = (
        f"{_SIGNS[s]}, and no bias helps before that; the bias stands last" for s in (1, -1)
    )
    for place, row, computes, remedy in (
        (0, _RIGHT[1], "OR", _REMEDIES["OR"]),
        (0, [1, 1, -1], "OR", _REMEDIES["OR"]),
        (0, [1, 1, 1.5], "always 1", _REMEDIES["always 1"]),
        (0, [1, 1, -2.5], "always 0", _REMEDIES["always 0"]),
        (0, [-1.5, 1, 1], "x₂ or not x₁", above),
        (0, [-1, -1, 2.5], "always 1", above),
        (0, [-1, -1, -1], "always 0", above),
        (0, [0, 0, 1], "always 1", above),
        (0, [2, 1, -2], "x₁", "the two inputs do not count alike; a sum of 0 gives 1"),
        (1, _RIGHT[0], "AND", _REMEDIES["AND"]),
        (1, [1, 1, 0], "always 1", _REMEDIES["always 1"]),
        (1, [-1, -1, 0.5], "NOR", above),
        (1, [-1, -1, 2.5], "always 1", above),
        (1, [1, -1, -0.5], "x₁ and not x₂", above),
        (2, _RIGHT[0], "AND", below),
        (2, [1, 1, 1], "always 1", below),
        (2, [-1, -1, 2.5], "always 1", _REMEDIES["always 1"]),
        (2, [-1, -1, -1], "always 0", _REMEDIES["always 0"]),
        (2, [-1, -1, 0.5], "NOR", _REMEDIES["NOR"]),
        (2, [-1, 1, 0.5], "x₂ or not x₁", below),
    ):
        table = _RIGHT.copy()
        table[place] = row
        yield table, f"these weights compute {computes}: {remedy}"


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
    hidden = _on_paper(table[:2], INPUTS)
    first, second = (named(outputs) for outputs in hidden.T)
    return (
        f"the hidden units compute {first} and {second}, and the output makes"
        f" {named(_on_paper(table[2:], hidden)[:, 0])} of them; each row is weight, weight, bias"
    )


def _is_xor(answer: object) -> None:
    table = _numbers("the table", answer)
    hidden = _on_paper(table[:2], INPUTS)
    outputs, xor = _on_paper(table[2:], hidden)[:, 0], truth("XOR")
    if np.array_equal(two_layers(table, INPUTS), xor) or np.array_equal(outputs, xor):
        for unit, row in enumerate(table[:2], start=1):
            _leaves_room(f"hidden unit {unit}", row, INPUTS)
        _leaves_room("the output", table[2], hidden)
    _agrees("the output", outputs, "XOR", _together(table))


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
