"""Exam item 2.5: layers without a nonlinearity between them are one layer, as formulas.

In a lecture: ``ask(item_2_5)``.
"""

import random
from dataclasses import dataclass
from functools import cached_property

from course_utils.exam import Item, Wording
from course_utils.exam.formulas import Node, Symbol, Vocabulary, typeset
from course_utils.exam.formulas.tree import Apply, Number, Variable
from course_utils.exam.kinds.formula import Formula
from course_utils.exam.kinds.wanted import Wanted
from course_utils.lessons.deep_networks.model import Convention, Linear, collapse, output

_COUNTS = {2: "two", 3: "three"}
_ENDS = {"sigma": ("the sigmoid", r"\sigma"), "tanh": ("the hyperbolic tangent", r"\tanh")}


@dataclass(frozen=True)
class Letters:
    """What weights, biases and the input are called."""

    weight: str
    bias: str
    input: str


@dataclass(frozen=True)
class Network:
    """The facts: a network of two or three linear layers with one nonlinearity at its end.

    Attributes
    ----------
    biased
        For each layer, whether it has a bias.
    between
        By what every layer but the last multiplies its output, as its 'activation'; None for no
        activation at all.
    end
        The nonlinearity behind the last layer, a function of the formulas.
    lengths
        Letters for the lengths of the input, of what is between two layers, and of the output.
    """

    letters: Letters
    biased: tuple[bool, ...]
    convention: Convention
    between: float | None
    end: str
    lengths: tuple[str, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The symbols with their shapes."""
        x = self.letters.input
        symbols = [Symbol(x, x, (self.lengths[0],))]
        for i, biased in enumerate(self.biased, start=1):
            shape = (self.lengths[i], self.lengths[i - 1])
            shape = shape if self.convention == "columns" else shape[::-1]
            symbols.append(self._symbol(self.letters.weight, i, shape))
            if biased:
                symbols.append(self._symbol(self.letters.bias, i, (self.lengths[i],)))
        return Vocabulary(tuple(symbols))

    @cached_property
    def layers(self) -> tuple[Linear, ...]:
        """The layers, made of symbols."""
        last = len(self.biased)
        scaled = self.between not in (None, 1.0)
        return tuple(
            Linear(
                Variable(f"{self.letters.weight}{i}"),
                Variable(f"{self.letters.bias}{i}") if biased else None,
                Number(float(self.between or 1)) if scaled and i < last else None,
            )
            for i, biased in enumerate(self.biased, start=1)
        )

    def _symbol(self, letter: str, i: int, shape: tuple[str, ...]) -> Symbol:
        return Symbol(f"{letter}{i}", f"{letter}_{i}", shape)


@dataclass(frozen=True)
class Collapsed:
    """The key: the network's function, and the weight and bias of the single layer."""

    function: Node
    weight: Node
    bias: Node


EXAM = Network(
    letters=Letters("W", "b", "x"),
    biased=(True, True),
    convention="columns",
    between=None,
    end="sigma",
    lengths=("D", "H", "O"),
)
_LETTERS = (
    EXAM.letters,
    Letters("A", "c", "x"),
    Letters("U", "d", "z"),
    Letters("V", "a", "u"),
    Letters("M", "t", "x"),
)
_LENGTHS = ("DHKO", "nmlk", "pqrs")
_BIASED = (
    (True, True),
    (True, False),
    (True, True, True),
    (True, True, False),
    (True, False, True),
)
_BETWEEN = (None, 1.0, 2.0, 3.0, 0.5)


class TwoLayersAreOne(Item[Network, Collapsed]):
    """Item 2.5: a point for the function, one for the weight, one for the bias.

    The key comes from the lecture's own `output` and `collapse`, run on symbols.
    """

    id = "2.5"

    def exam(self) -> Network:
        """Return two layers with biases, columns, nothing between them, a sigmoid at the end."""
        return EXAM

    def draw(self, rng: random.Random) -> Network:
        """Return another network: letters, lengths, convention, layers, what is between them."""
        biased = rng.choice(_BIASED)
        lengths = rng.choice(_LENGTHS)
        return Network(
            letters=rng.choice(_LETTERS),
            biased=biased,
            convention=rng.choice(("columns", "rows")),
            between=rng.choice(_BETWEEN),
            end=rng.choice(tuple(_ENDS)),
            lengths=(*lengths[: len(biased)], lengths[-1]),
        )

    def solve(self, facts: Network) -> Collapsed:
        """Return the formulas that running the model on symbols gives."""
        x = Variable(facts.letters.input)
        single = collapse(facts.layers, facts.convention)
        return Collapsed(
            function=Apply(facts.end, output(facts.layers, x, facts.convention)),
            weight=single.weight,
            bias=single.bias,
        )

    def word(self, facts: Network, key: Collapsed) -> Wording:
        """Return the question with three formulas to type."""
        x, bias = facts.letters.input, rf"\tilde {facts.letters.bias}"
        weight = rf"\tilde {facts.letters.weight}"
        single = f"{weight}\\,{x}" if facts.convention == "columns" else f"{x}\\,{weight}"
        end, end_latex = _ENDS[facts.end]
        wanted = (
            Wanted(
                rf"f({x})",
                f"f of {x}",
                typeset.source(key.function),
                1,
                f"A layer takes what the layer before it gives; {end} comes once, at the end.",
            ),
            Wanted(
                weight,
                f"{facts.letters.weight} tilde",
                typeset.source(key.weight),
                1,
                f"Multiply $f$ out inside {end}, and collect what multiplies ${x}$.",
            ),
            Wanted(
                bias,
                f"{facts.letters.bias} tilde",
                typeset.source(key.bias),
                1,
                f"Multiply $f$ out inside {end}, and collect what does not hold ${x}$.",
            ),
        )
        count = _COUNTS[len(facts.biased)]
        return Wording(
            title=f"{count.title()} linear layers",
            prompt=(
                f"{_described(facts)}\n\nWrite the network's function $f({x})$ with weights,"
                f" biases and ${end_latex}$. Then find the weight ${weight}$ and the bias ${bias}$"
                rf" of a network with one layer only, ${end_latex}\left({single} + {bias}\right)$,"
                " that computes the same."
            ),
            parts=(Formula(facts.vocabulary, wanted),),
            derivation=_derivation(facts, key),
        )


def _described(facts: Network) -> str:
    """Return what the network does, layer by layer."""
    x = facts.letters.input
    count = len(facts.biased)
    end, latex = _ENDS[facts.end]
    kind = "column" if facts.convention == "columns" else "row"
    lines = [
        f"A network takes a {kind} ${x}$ of length ${facts.lengths[0]}$ through {_COUNTS[count]}"
        " fully connected layers:",
        "",
    ]
    for i, layer in enumerate(facts.layers, start=1):
        words = (*facts.vocabulary.symbols, Symbol("taken", x if i == 1 else f"h_{i - 1}", ("n",)))
        affine = Linear(layer.weight, layer.bias)(Variable("taken"), facts.convention)
        computed = typeset.latex(affine, Vocabulary(words))
        if i < count and facts.between is not None:
            computed = rf"\varphi\left({computed}\right)"
        rows, columns = facts.vocabulary.by_name[f"{facts.letters.weight}{i}"].shape
        lines.append(
            f"- layer {i} computes ${f'h_{i}' if i < count else 'o'} = {computed}$, where"
            rf" ${facts.letters.weight}_{i}$ has the shape ${rows} \times {columns}$"
            f"{'' if facts.biased[i - 1] else ' and there is no bias'}."
        )
    lines += [
        "",
        f"{_between(facts)} The network's output is ${latex}(o)$, where ${latex}$ is {end}.",
    ]
    return "\n".join(lines)


def _between(facts: Network) -> str:
    if facts.between is None:
        return "Nothing else stands between the layers."
    slope = "" if facts.between == 1 else f"{typeset.number(facts.between)}\\,"
    return rf"The activation between the layers is $\varphi(a) = {slope}a$."


def _derivation(facts: Network, key: Collapsed) -> str:
    """Return the output multiplied out."""
    inner = key.function.of if isinstance(key.function, Apply) else key.function
    x = Variable(facts.letters.input)
    single = Linear(key.weight, key.bias)(x, facts.convention)
    steps = [typeset.latex(tree, facts.vocabulary) for tree in (inner, single)]
    return (
        f"Multiplied out, what the last function is applied to is ${steps[0]} = {steps[1]}$. What"
        f" multiplies ${facts.letters.input}$ is the new weight, the rest is the new bias: layers"
        " without a nonlinearity between them are one layer."
    )


item_2_5 = TwoLayersAreOne()
