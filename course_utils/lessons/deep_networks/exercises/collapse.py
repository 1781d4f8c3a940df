"""Exercise 04.3: the one layer that two linear layers are, as exam item 2.5 asks for it."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.deep_networks.exercises.layer import LECTURE

Arrays = tuple[np.ndarray, ...]


def collapse(w1: np.ndarray, b1: np.ndarray, w2: np.ndarray, b2: np.ndarray) -> Arrays:
    return w2 @ w1, w2 @ b1 + b2


def _layers(d: int, m: int, o: int) -> Callable[[np.random.Generator], Arrays]:
    """Return how two layers of these widths are drawn: input, middle, output."""

    def draw(rng: np.random.Generator) -> Arrays:
        return (
            rng.normal(size=(m, d)),
            rng.normal(size=m),
            rng.normal(size=(o, m)),
            rng.normal(size=o),
        )

    return draw


check_collapse = Exercise(
    item="04.3",
    lecture=LECTURE,
    name="collapse",
    title="Two linear layers are one",
    reference=collapse,
    results=("the weight", "the bias"),
    rounds={
        "weight and bias of the single layer, on square layers": _layers(3, 3, 3),
        "on layers of unlike widths": _layers(4, 3, 2),
        "with a middle of width 1": _layers(3, 1, 2),
    },
    faults=(
        Fault(
            "the weights are multiplied in the wrong order: W₁ acts first, so it stands next to x",
            lambda w1, b1, w2, b2: w1 @ w2,
            of=("the weight",),
        ),
        Fault(
            "the first layer's weight is transposed",
            lambda w1, b1, w2, b2: w2 @ w1.T,
            of=("the weight",),
        ),
        Fault(
            "the weights are added; layer 2 is applied to the result of layer 1, so multiply",
            lambda w1, b1, w2, b2: w1 + w2,
            of=("the weight",),
        ),
        Fault(
            "the weights are multiplied entry by entry; a matrix product is `@`",
            lambda w1, b1, w2, b2: w1 * w2,
            of=("the weight",),
        ),
        Fault(
            "the biases are only added: b₁ goes through layer 2 as well",
            lambda w1, b1, w2, b2: b1 + b2,
            of=("the bias",),
        ),
        Fault(
            "the layers are exchanged: it is b₁ that goes through the second layer",
            lambda w1, b1, w2, b2: w1 @ b2 + b1,
            of=("the bias",),
        ),
        Fault(
            "b₁ stands on the left of W₂, or W₂ is transposed; with columns it is W₂b₁",
            lambda w1, b1, w2, b2: b1 @ w2 + b2,
            of=("the bias",),
        ),
        Fault(
            "b₂ is subtracted; it is added",
            lambda w1, b1, w2, b2: w2 @ b1 - b2,
            of=("the bias",),
        ),
        Fault("b₂ is left out", lambda w1, b1, w2, b2: w2 @ b1, of=("the bias",)),
        Fault("b₁ is left out", lambda w1, b1, w2, b2: b2, of=("the bias",)),
        Fault(
            "b₂ is multiplied by W₂ too; it is added after the multiplication",
            lambda w1, b1, w2, b2: w2 @ (b1 + b2),
            of=("the bias",),
        ),
        Fault(
            "b₁ is multiplied by W₁; it is the second layer that it goes through",
            lambda w1, b1, w2, b2: w1 @ b1 + b2,
            of=("the bias",),
        ),
        Fault(
            "b₁ stands on the left of W₁, or W₁ is transposed; it is the second layer that it goes"
            " through, W₂b₁",
            lambda w1, b1, w2, b2: b1 @ w1 + b2,
            of=("the bias",),
        ),
        Fault(
            "W₂ and b₁ are multiplied entry by entry; a matrix product is `@`",
            lambda w1, b1, w2, b2: w2 * b1 + b2,
            of=("the bias",),
        ),
        Fault(
            "b₁ goes through W₁ as well; it is added behind W₁, and only W₂ is still to come",
            lambda w1, b1, w2, b2: w2 @ w1 @ b1 + b2,
            of=("the bias",),
        ),
    ),
    hints=(
        "Multiply W₂(W₁x + b₁) + b₂ out. What multiplies x, and what does not?",
        "The weight is W₂W₁, in this order. The bias is what is left for x = 0: b₁ has gone"
        " through the second layer.",
        """
        def collapse(w1, b1, w2, b2):
            weight = w2 @ ...
            bias = ... @ b1 + ...
            return weight, bias
        """,
    ),
)
