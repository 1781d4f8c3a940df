"""Exam item 6.1: write an activation layer for the exercises' framework."""

import inspect
import random
import textwrap
from dataclasses import dataclass

from course_utils.checks import Exercise
from course_utils.exam import Item, Question
from course_utils.exam.kinds.code import Code, Criterion
from course_utils.lessons.activations import code_variants, exercises
from course_utils.lessons.activations import layer_checks as about

_STARTER = """\
import numpy as np


class {name}:
    def __init__(self, {parameters}):
        ...

    def forward(self, input_tensor):
        ...

    def backward(self, error_tensor):
        ...
"""


@dataclass(frozen=True)
class Layer:
    """The facts: which layer is to be written, and where its check is.

    Attributes
    ----------
    module, check
        The exercise's module, and its name there.
    says
        What the layer does, in Markdown.
    """

    module: str
    check: str
    says: str


def _variant(check: str, says: str) -> Layer:
    return Layer(code_variants.__name__, check, says)


_EXAM = Layer(
    exercises.__name__,
    "check_leaky_relu",
    "a leaky ReLU: inputs above 0 pass unchanged, negative ones are multiplied by `alpha`",
)
_VARIANTS = (
    _variant(
        "check_elu",
        "an exponential linear unit: $x$ for $x > 0$, and $\\alpha\\,(e^x - 1)$ otherwise, with"
        " `alpha` for $\\alpha$",
    ),
    _variant(
        "check_hard_tanh",
        "a hard tanh: values below `-limit` become `-limit`, values above `limit` become `limit`,"
        " all others stay",
    ),
    _variant(
        "check_soft_shrink",
        "a soft shrinkage with `threshold` for $t$: $x - t$ for $x > t$, $x + t$ for $x < -t$, and"
        " 0 between",
    ),
    _variant(
        "check_softplus", "a softplus: $\\ln(1 + e^{\\beta x}) / \\beta$, with `beta` for $\\beta$"
    ),
    _variant(
        "check_swish",
        "a swish: $x\\,\\sigma(\\beta x)$ with the sigmoid $\\sigma$, and `beta` for $\\beta$",
    ),
    _variant(
        "check_scaled_tanh",
        "a scaled tanh: $h\\,\\tanh(x / w)$, with `height` for $h$ and `width` for $w$",
    ),
    _variant(
        "check_two_slopes",
        "two slopes: negative inputs are multiplied by `left`, the others by `right`",
    ),
    _variant(
        "check_ramp",
        "a ramp: 0 for inputs up to `start`, 1 for inputs from `stop` on, and a straight line"
        " between",
    ),
    _variant(
        "check_bent",
        "a bent absolute value with `width` for $w$: $x^2 / (2w)$ for $|x| \\le w$, and"
        " $|x| - w/2$ otherwise",
    ),
)


class ActivationLayer(Item[Layer, Exercise]):
    """Item 6.1: half a point for the constructor, 2 for forward, 1.5 for backward.

    The variants ask for nine other layers.
    """

    id = "6.1"

    def exam(self) -> Layer:
        """Return the exam's leaky ReLU."""
        return _EXAM

    def draw(self, rng: random.Random) -> Layer:
        """Return another layer."""
        return rng.choice(_VARIANTS)

    def solve(self, facts: Layer) -> Exercise:
        """Return the check, whose reference is one right answer.

        Raises
        ------
        RuntimeError
            If the check refuses its own reference.
        """
        module = exercises if facts.module == exercises.__name__ else code_variants
        exercise: Exercise = getattr(module, facts.check)
        for holds in exercise.properties.values():
            try:
                holds(exercise.reference)
            except Exception as error:
                raise RuntimeError(f"{facts.check} refuses its reference: {error}") from error
        return exercise

    def word(self, facts: Layer, key: Exercise, seed: int | None) -> Question:
        """Return the question with a class to complete."""
        reference = key.reference
        assert isinstance(reference, type)
        name = reference.__name__
        parameters = list(inspect.signature(reference).parameters)
        listed = " and ".join(f"`{parameter}`" for parameter in parameters)
        code = textwrap.dedent(inspect.getsource(reference))
        return Question(
            id=self.id,
            lecture=self.entry.lecture,
            title=f"The layer {name}",
            points=self.entry.points,
            prompt=(
                f"Write {facts.says}. It is to be a layer of the exercises' framework, with NumPy"
                f" and nothing else: its constructor takes {listed},"
                " `forward(input_tensor)` returns the values for an array of any shape, and"
                " `backward(error_tensor)` returns the error for the layer below. Neither may"
                " change the array that it gets. Where the slope jumps, either side is right."
            ),
            parts=(
                Code(
                    name=name,
                    check=f"{facts.module}:{facts.check}",
                    starter=_STARTER.format(name=name, parameters=", ".join(parameters)),
                    solution=f"import numpy as np\n\n\n{code}",
                    criteria=(
                        Criterion("Constructor", (about.KEEPS,), 0.5),
                        Criterion("Values of forward", (about.VALUES,), 1.5),
                        Criterion("Care in forward", (about.PURE,), 0.5),
                        Criterion("Gradient of backward", (about.GRADIENT,), 1),
                        Criterion("Care in backward", (about.FRESH,), 0.5),
                    ),
                ),
            ),
            derivation=(
                "The check runs the layer on fresh random arrays: values are compared with the"
                " formula, and what backward returns with finite differences of it."
            ),
            seed=seed,
        )
