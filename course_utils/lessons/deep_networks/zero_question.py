"""Exam item 1.2: the output of a network whose weights are all 0."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from course_utils.exam import Item, MarkAll, Option, Wording
from course_utils.typography import number

Function = Callable[[np.ndarray], np.ndarray]

_HIDDEN: dict[str, Function] = {
    "ReLU": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "a sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}
_LAST: dict[str, Function] = {
    "a sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0),
    "no function at all": lambda z: z,
    "a softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}
_LOGARITHMS = {f"\\ln {n}": math.log(n) for n in (2, 3, 4, 9)}
_BIASES: dict[str, tuple[str, ...]] = {
    "a sigmoid": ("0", "0", "\\ln 3", "-\\ln 3", "\\ln 4", "\\ln 9", "-\\ln 9"),
    "tanh": ("0", "\\ln 2", "\\ln 3", "-\\ln 2", "-\\ln 3"),
    "ReLU": ("0", "1", "-1", "2", "-2"),
    "no function at all": ("0", "1", "-1", "2", "0.5"),
    "a softmax": ("0", "1", "-2"),
}
"""Biases, in LaTeX, for which the output is found in the head."""
_INPUTS = ((1, 1, 1, 1), (2, 1, 1), (1, 0, 2, 3), (-1, 2, 4), (3, -1), (5, 5), (1, 2, -2, 1))


@dataclass(frozen=True)
class ZeroNetwork:
    """The facts: a fully connected network whose weights are all 0.

    Attributes
    ----------
    hidden
        How many units each hidden layer has.
    outputs
        How many outputs: one, or the classes of a softmax.
    between, last
        The activation behind hidden layers and behind the last one.
    bias
        The value of all biases, in LaTeX.
    x
        The input.
    options
        Values to choose from, all different.
    """

    hidden: tuple[int, ...]
    outputs: int
    between: str
    last: str
    bias: str
    x: tuple[int, ...]
    options: tuple[float, ...]

    @property
    def bias_value(self) -> float:
        """The biases' value as a number."""
        sign, size = (-1, self.bias[1:]) if self.bias.startswith("-") else (1, self.bias)
        return sign * (_LOGARITHMS[size] if size in _LOGARITHMS else float(size))


def output(facts: ZeroNetwork) -> float:
    """Return the (first) output, by running the network layer by layer."""
    h = np.array(facts.x, dtype=np.float64)
    for units in facts.hidden:
        h = _HIDDEN[facts.between](np.zeros((units, len(h))) @ h + facts.bias_value)
    z = np.zeros((facts.outputs, len(h))) @ h + facts.bias_value
    return float(_LAST[facts.last](z)[0])


class AllWeightsZero(Item[ZeroNetwork, float]):
    """Item 1.2; its key is what the network gives when it is run."""

    id = "1.2"

    def exam(self) -> ZeroNetwork:
        """Return the exam's network: ReLU, then a sigmoid, everything 0, four ones put in."""
        return ZeroNetwork((3, 2), 1, "ReLU", "a sigmoid", "0", (1, 1, 1, 1), (-1, 4, 0.5, 0))

    def draw(self, rng: random.Random) -> ZeroNetwork:
        """Return another network and four values of unlike size; one is right, or none."""
        last = rng.choice(tuple(_LAST))
        facts = ZeroNetwork(
            hidden=tuple(rng.choice((2, 3, 4, 5)) for _ in range(rng.choice((1, 2, 3)))),
            outputs=rng.choice((2, 4, 5)) if last == "a softmax" else 1,
            between=rng.choice(tuple(_HIDDEN)),
            last=last,
            bias=rng.choice(_BIASES[last]),
            x=rng.choice(_INPUTS),
            options=(),
        )
        right = output(facts)
        tempting = rng.sample(_tempting(facts), len(_tempting(facts)))
        by_size = {round(abs(value), 9): value for value in tempting}  # of 1 and −1, one
        by_size.pop(round(abs(right), 9), None)
        options = list(by_size.values())[:4]
        if rng.random() > 0.15:
            options[0] = right
        return replace(facts, options=tuple(rng.sample(options, 4)))

    def solve(self, facts: ZeroNetwork) -> float:
        """Return the output of the network."""
        return output(facts)

    def word(self, facts: ZeroNetwork, key: float) -> Wording:
        """Return the question with four values to choose from."""
        several = "each of its outputs" if facts.outputs > 1 else "the output"
        options = tuple(
            Option(f"${_tex(value)}$", abs(value - key) < 1e-9, _why(facts, value, key))
            for value in facts.options
        )
        left = (
            f"$z$ itself, ${facts.bias}$"
            if facts.last == "no function at all"
            else f"the last activation at ${facts.bias}$, which is ${_tex(key)}$"
        )
        return Wording(
            title="A network of zeros",
            prompt=f"{_described(facts)} What is {several}?",
            parts=(MarkAll(options, self.points),),
            derivation=(
                f"Whatever reaches a layer is multiplied by 0, so that the layer computes"
                f" $z = {facts.bias}$: the input is forgotten in the first layer. What is left is"
                f" {left}. The network was run to check it."
            ),
        )


def _tempting(facts: ZeroNetwork) -> list[float]:
    """Return values that one gets by a slip, and some that are only near."""
    b = facts.bias_value
    return [
        0.0,
        0.5,
        1.0,
        -1.0,
        float(sum(facts.x)),
        0.25,
        0.75,
        *([b] if b == round(b, 2) else []),
    ]


def _described(facts: ZeroNetwork) -> str:
    sizes = [len(facts.x), *facts.hidden, facts.outputs]
    bias = (
        "All weights and all biases are $0$"
        if facts.bias == "0"
        else f"All weights are $0$, and all biases, of every layer, are ${facts.bias}$"
    )
    x = ", ".join(map(str, facts.x))
    return (
        f"A fully connected network has {' → '.join(map(str, sizes))} units, from the inputs to the"
        f" output{'s' if facts.outputs > 1 else ''}. Behind every hidden layer comes"
        f" {facts.between}, behind the last layer {facts.last}. {bias}. The network is given"
        f" $x = ({x})$."
    )


def _why(facts: ZeroNetwork, value: float, key: float) -> str:
    gives = f"the network gives {number(key, '.4g')}."
    if abs(value - key) < 1e-9:
        return f"Run layer by layer, {gives}"
    if value == sum(facts.x):
        return f"That is the sum of the inputs; {gives}"
    if value == 0:
        return f"That is what weights of 0 make of the input before bias and activation; {gives}"
    if value == facts.bias_value:
        return f"That is $z$, before the last activation; {gives}"
    if value == 0.5:
        here = {
            "a sigmoid": f"here it is taken at ${facts.bias}$",
            "no function at all": "here no function comes behind the last layer",
        }.get(facts.last, f"here the last function is {facts.last}")
        return f"That is a sigmoid's value at 0; {here}, and {gives}"
    return f"Run layer by layer, {gives}"


def _tex(value: float) -> str:
    return f"{value:.4g}"


item_1_2 = AllWeightsZero()
