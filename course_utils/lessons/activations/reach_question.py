"""Exam item 1.3: which activations can have given a certain number."""

import random
from dataclasses import dataclass

from course_utils.exam import Item, MarkAll, Option, Wording, draw_until
from course_utils.lessons.activations import model
from course_utils.lessons.activations.model import Activation
from course_utils.typography import number

_VALUES = (-0.0001, -2.0, -0.3, -0.15, -0.05, -0.9, -1.0, 0.0, 0.0001, 0.3, 0.7, 1.0, 1.7, 3.0, 7.0)
_CLEAR = 0.15
"""How far a value is from a smooth minimum at least; the minima are about −0.17 and −0.28."""
_FAMILIES: tuple[tuple[Activation, ...], ...] = (
    (model.RELU,),
    (model.TANH,),
    (model.SIGMOID,),
    (model.SOFTMAX,),
    (model.IDENTITY,),
    (model.SOFTPLUS,),
    (model.SOFTSIGN,),
    (model.GELU,),
    (model.SILU,),
    (model.SIGN,),
    (model.RELU6,),
    (model.ABSOLUTE,),
    (model.leaky_relu(0.01), model.leaky_relu(0.1), model.leaky_relu(0.2)),
    (model.elu(0.5), model.elu(1), model.elu(2)),
    (model.hard_tanh(0.5), model.hard_tanh(1), model.hard_tanh(2)),
)


@dataclass(frozen=True)
class Output:
    """The facts: the value seen, and the activations in question."""

    value: float
    activations: tuple[Activation, ...]


class PossibleActivations(Item[Output, tuple[float | None, ...]]):
    """Item 1.3; its key is, for each activation, an input that gives the value, or None."""

    id = "1.3"

    def exam(self) -> Output:
        """Return the exam's value and its five activations."""
        return Output(
            -0.0001,
            (model.RELU, model.TANH, model.leaky_relu(0.01), model.SIGMOID, model.SOFTMAX),
        )

    def draw(self, rng: random.Random) -> Output:
        """Return another value and five activations, of which one to four can give it."""

        def draw() -> Output:
            families = rng.sample(_FAMILIES, 5)
            return Output(rng.choice(_VALUES), tuple(rng.choice(group) for group in families))

        return draw_until(draw, self._fits)

    def _fits(self, facts: Output) -> bool:
        """Tell whether one to four can give the value, and a sketch is enough to see which."""
        lowest = [a.lowest for a in facts.activations if a.lowest is not None]
        plain = all(abs(facts.value - value) > _CLEAR for value in lowest)
        return plain and 0 < sum(x is not None for x in self.solve(facts)) < 5

    def solve(self, facts: Output) -> tuple[float | None, ...]:
        """Return an input for each activation that can give the value, found by its inverse."""
        return tuple(activation.reach(facts.value) for activation in facts.activations)

    def word(self, facts: Output, key: tuple[float | None, ...]) -> Wording:
        """Return the activations as options."""
        value = _number(facts.value)
        options = tuple(
            Option(f"{activation.name}.", x is not None, _why(activation, x, facts.value))
            for activation, x in zip(facts.activations, key, strict=True)
        )
        return Wording(
            title="Which activation was it?",
            prompt=(
                "Nobody remembers which activation function ends a certain network. For one input,"
                f" one of its outputs was exactly ${value}$. Which of these can the function be?"
                " Think of exact arithmetic, not of rounded numbers."
            ),
            parts=(MarkAll(options, self.points),),
            derivation=(
                "A function qualifies as soon as one input gives the value. Each input named was"
                " found by solving $f(x) = y$ and put into the function again. Where there is none,"
                " a bound shows it. Running the function on 100 001 inputs between −50 and 50, and"
                " at ±10¹², only confirms the bound: a search that finds nothing proves nothing."
            ),
        )


def _why(activation: Activation, x: float | None, value: float) -> str:
    if x is not None:
        entry = "of (x, 0, 0) with " if activation is model.SOFTMAX else "at "
        return f"It gives {_number(value)} {entry}x = {_number(x)}."
    if activation is model.SIGN:
        return activation.because
    low, high = activation.extremes()
    if low <= value <= high or min(abs(value - low), abs(value - high)) < 1e-9:
        near = f"It comes as close to {_number(value)} as you like and never gets there."
        return f"{activation.because} {near}"
    bound = f"less than {_number(low)}" if value < low else f"more than {_number(high)}"
    run = f"(Run on inputs from −50 to 50 and at ±10¹², it gave nothing that is {bound}.)"
    return f"{activation.because} {run}"


def _number(value: float) -> str:
    """Return a number with four significant digits, and small ones without an exponent."""
    return number(value, ".4g" if abs(value) >= 1e-4 else ".4f") if abs(value) > 1e-12 else "0"
