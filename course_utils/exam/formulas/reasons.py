"""Why a formula is wrong: a typical slip, after which the right one would be what was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.derive import summands, terms
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.rounding import unrounded
from course_utils.exam.formulas.shapes import Form, ShapeError, resolved
from course_utils.exam.formulas.slips import Slips, apart, close, positive, unlike_one
from course_utils.exam.formulas.symbols import FUNCTIONS, Vocabulary
from course_utils.exam.formulas.tree import (
    Apply,
    Binary,
    Node,
    Total,
    Transposed,
    Variable,
    names,
    nodes,
    replaced,
    transformed,
)

_MOST_TOLD = 4  # symbols whose values are told at a point where two formulas differ


@dataclass(frozen=True)
class Reasons:
    """The reasons why a formula is not the right one, which has its form.

    Attributes
    ----------
    vocabulary, values
        The symbols and their values.
    tree, form, value
        The right formula with products settled, its form and values.
    """

    vocabulary: Vocabulary
    values: Mapping[str, np.ndarray]
    tree: Node
    form: Form
    value: np.ndarray

    def of(self, typed: Node) -> str:
        """Return the likeliest reason why `typed`, with products settled, is wrong; in Markdown."""
        inside = self._inside(typed)
        if inside:
            return inside
        return next(self._all(typed, evaluate(typed, self.values)))

    def _inside(self, typed: Node) -> str:
        """Return what is wrong inside the same function or sum, "" if there is none around both."""
        right = self.tree
        if not isinstance(right, Apply | Total) or not isinstance(typed, Apply | Total):
            return ""
        if typed.rebuilt((right.of,)) != right:
            return ""
        form = resolved(right.of, self.vocabulary)[1]
        if resolved(typed.of, self.vocabulary)[1] != form:
            return ""
        value = evaluate(right.of, self.values)
        found = Reasons(self.vocabulary, self.values, right.of, form, value).of(typed.of)
        where = (
            "what is summed"
            if isinstance(right, Total)
            else f"the argument of ${FUNCTIONS[right.function]}$"
        )
        return f"In {where}: {found[0].lower()}{found[1:]}"

    def _all(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        for tree, says in unrounded(typed):
            if close(evaluate(tree, self.values), self.value):
                yield says
        yield from self._turned(typed, value)
        yield from self._functions(typed, value)
        slips = Slips(self.vocabulary, self.values, self.form, self.value, frozenset(names(typed)))
        parts = summands(self.tree)
        yield from slips.of([self.tree], value)
        yield from slips.of(parts, value)
        for term in dict.fromkeys([*summands(typed), *terms(typed)]):
            if close(value - evaluate(term, self.values), self.value):
                yield f"The term {self._shown(positive(term))} is too much."
        yield from slips.of(terms(self.tree), value)
        yield from self._counterexample(typed, value)
        yield "It is not equal to the right formula."

    def _functions(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield functions that are missing or too much."""
        if isinstance(self.tree, Apply) and close(value, evaluate(self.tree.of, self.values)):
            yield f"The function ${FUNCTIONS[self.tree.function]}$ is missing."
        for node in nodes(typed):
            if isinstance(node, Apply):
                without = evaluate(replaced(typed, node, node.of), self.values)
                if close(without, self.value):
                    yield (
                        f"The function ${FUNCTIONS[node.function]}$ is too much around"
                        f" {self._shown(node.of)}."
                    )

    def _turned(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield transposes and products in the wrong order, where the shape does not tell."""
        if len(self.form.shape) == 2 and close(np.swapaxes(value, -1, -2), self.value):
            yield "Yours is the transpose of the right matrix."
        turned = [node for node in nodes(typed) if isinstance(node, Transposed)]
        for node in turned:
            if self._is_right(replaced(typed, node, node.of)):
                yield f"The transpose of {self._shown(node.of)} is too much."
        products = [node for node in _products(typed) if self._is_square(node)]
        swapped = [replaced(typed, node, Binary("@", node.right, node.left)) for node in products]
        for tree in [*swapped, transformed(typed, _swapped)]:
            if tree != typed and self._is_right(tree):
                yield "The order of a product is wrong: matrices cannot change places."
        for name in names(typed):
            symbol = Variable(name)
            if any(symbol == other.of for other in turned) or not self._is_square(symbol):
                continue
            if self._is_right(replaced(typed, symbol, Transposed(symbol))):
                yield f"The transpose of {self._shown(symbol)} is missing."

    def _is_right(self, tree: Node) -> bool:
        try:
            form = resolved(tree, self.vocabulary)[1]
        except ShapeError:
            return False
        return form == self.form and close(evaluate(tree, self.values), self.value)

    def _is_square(self, node: Node) -> bool:
        shape = resolved(node, self.vocabulary)[1].shape
        return len(shape) == 2 and shape[0] == shape[1]

    def _counterexample(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield a point where the formulas differ, if that is short to tell."""
        used = list(dict.fromkeys([*names(typed), *names(self.tree)]))
        summed = self.vocabulary.index and not self.form.indexed
        sums = any(isinstance(node, Total) for tree in (typed, self.tree) for node in nodes(tree))
        if self.form.shape or summed or sums or len(used) > _MOST_TOLD:
            return  # of a sum, other steps belong to the point
        value = np.broadcast_to(value, self.value.shape)
        point = np.unravel_index(np.argmax(np.abs(value - self.value)), self.value.shape)
        told = [
            f"{self._shown(Variable(name))} = "
            f"{unlike_one(np.broadcast_to(self.values[name], self.value.shape)[point])}"
            for name in used
        ]
        yours, right = apart(value[point], self.value[point])
        yield (
            f"It is not equal to the right formula: for {', '.join(told)} it is {yours} and should"
            f" be {right}."
        )

    def _shown(self, tree: Node) -> str:
        return f"${typeset.latex(tree, self.vocabulary)}$"


def _products(tree: Node) -> list[Binary]:
    return [node for node in nodes(tree) if isinstance(node, Binary) and node.operator == "@"]


def _swapped(node: Node) -> Node:
    if isinstance(node, Binary) and node.operator == "@":
        return Binary("@", node.right, node.left)
    return node
