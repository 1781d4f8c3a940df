"""Exam item 6.1: write an activation layer for the exercises' framework."""

import inspect
import random
import textwrap
from dataclasses import dataclass, replace

from course_utils.checks import Exercise
from course_utils.exam import Item, Wording
from course_utils.exam.kinds.code import Code, Criterion
from course_utils.exam.model import points_text
from course_utils.lessons.activations import code_variants, exercises
from course_utils.lessons.activations.stretched import stretched_source
from course_utils.verify import exercise as about

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
    module
        The exercise's module.
    layer
        The layer's name there, that of f.
    says
        What f does, in Markdown.
    out, into
        What is asked for is ``out · f(into · x)``.
    """

    module: str
    layer: str
    says: str
    out: int = 1
    into: int = 1

    @property
    def check(self) -> str:
        """The exercise's name in its module."""
        return code_variants.check_name(self.layer, self.out, self.into)

    @property
    def stretched(self) -> bool:
        """Whether a factor is not 1."""
        return (self.out, self.into) != (1, 1)

    def task(self) -> str:
        """Return what is to be written, in Markdown."""
        if not self.stretched:
            return self.says
        value = f"{self.out}\\,f({'-x' if self.into == -1 else f'{self.into}x'})".replace("1x", "x")
        value = value.removeprefix("1\\,") if self.out == 1 else value.replace("-1\\,", "-")
        return f"a layer that computes $y = {value}$ from its input $x$, where $f$ is {self.says}"


_FACTORS_OUT = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 10)
_FACTORS_IN = (-2, -1, 1, 2, 3)


def _variant(layer: str, says: str) -> Layer:
    return Layer(code_variants.__name__, layer, says)


_EXAM = Layer(
    exercises.__name__,
    "leaky_relu",
    "a leaky ReLU: inputs above 0 pass unchanged, negative ones are multiplied by `alpha`",
)
_VARIANTS = (
    _variant(
        "hard_tanh",
        "a hard tanh: values below `-limit` become `-limit`, values above `limit` become `limit`,"
        " all others stay",
    ),
    _variant(
        "soft_shrink",
        "a soft shrinkage with `threshold` for $t$: $x - t$ for $x > t$, $x + t$ for $x < -t$, and"
        " 0 between",
    ),
    _variant(
        "two_slopes",
        "two slopes: negative inputs are multiplied by `left`, the others by `right`",
    ),
    _variant(
        "ramp",
        "a ramp: 0 for inputs up to `start`, 1 for inputs from `stop` on, and a straight line"
        " between",
    ),
    _variant(
        "capped_relu",
        "a capped ReLU: values below 0 become 0, values above `cap` become `cap`, all others stay",
    ),
    _variant(
        "elbow",
        "an elbow at `bend` (call it $b$): $x$ for $x > b$, and $b + s\\,(x - b)$ otherwise, with"
        " `slope` for $s$",
    ),
)


_CRITERIA = (
    Criterion("Constructor", (about.KEEPS,), 0.5),
    Criterion("Values of forward", (about.VALUES,), 1.5),
    Criterion("Care in forward", (about.PURE,), 0.5),
    Criterion("Gradient of backward", (about.GRADIENT,), 1),
    Criterion("Care in backward", (about.FRESH,), 0.5),
)


class ActivationLayer(Item[Layer, Exercise]):
    """Item 6.1: half a point for the constructor, 2 for forward, 1.5 for backward.

    The variants ask for six other layers of straight lines, as they are or stretched along both
    axes. A property that could fail only because an earlier one does is held to the answer's own
    forward, so that no mistake is marked twice.
    """

    id = "6.1"

    def exam(self) -> Layer:
        """Return the exam's leaky ReLU."""
        return _EXAM

    def draw(self, rng: random.Random) -> Layer:
        """Return another layer, with a factor in front and one at its input."""
        out, into = rng.choice(_FACTORS_OUT), rng.choice(_FACTORS_IN)
        return replace(rng.choice(_VARIANTS), out=out, into=into)

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

    def word(self, facts: Layer, key: Exercise) -> Wording:
        """Return the question with a class to complete."""
        reference = key.reference
        assert isinstance(reference, type)
        name = reference.__name__
        parameters = list(inspect.signature(reference).parameters)
        listed = " and ".join(f"`{parameter}`" for parameter in parameters)
        if facts.stretched:
            inner, _ = code_variants.SPECS[facts.layer]
            code = stretched_source(inner, facts.out, facts.into)
        else:
            code = textwrap.dedent(inspect.getsource(reference))
        return Wording(
            title=f"The layer {name}",
            prompt=(
                f"Write {facts.task()}. It is to be a layer of the exercises' framework, with NumPy"
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
                    criteria=_CRITERIA,
                ),
            ),
            derivation="\n".join(
                [
                    "The check runs the layer on fresh random arrays. What earns the points:\n",
                    *(
                        f"- {criterion.about} ({points_text(criterion.points)}):"
                        f" {'; '.join(criterion.properties)}."
                        for criterion in _CRITERIA
                    ),
                ]
            ),
        )
