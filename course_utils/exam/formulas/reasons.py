"""Why a formula is wrong: a typical slip, after which the right one would be what was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.derive import factors, summands, terms
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.rounding import unrounded
from course_utils.exam.formulas.shapes import Form, ShapeError, resolved
from course_utils.exam.formulas.symbols import FUNCTIONS, Vocabulary
from course_utils.exam.formulas.tree import (
    ONE,
    Apply,
    Binary,
    Negative,
    Node,
    Total,
    Transposed,
    Variable,
    names,
    nodes,
    replaced,
    transformed,
)
from course_utils.typography import number

_RELATIVE = 1e-9  # what rounding may leave; a slip is larger, however small a number it is about
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
        if isinstance(right, Total):
            return found
        return f"In the argument of ${FUNCTIONS[right.function]}$: {found[0].lower()}{found[1:]}"

    def _all(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        for tree, says in unrounded(typed):
            if _close(evaluate(tree, self.values), self.value):
                yield says
        yield from self._turned(typed, value)
        yield from self._functions(typed, value)
        parts = summands(self.tree)
        yield from self._slips([self.tree], value)
        yield from self._slips(parts, value)
        for term in dict.fromkeys([*summands(typed), *terms(typed)]):
            if _close(value - evaluate(term, self.values), self.value):
                yield f"The term {self._shown(_positive(term))} is too much."
        yield from self._slips(terms(self.tree), value)
        yield from self._counterexample(typed, value)
        yield "It is not equal to the right formula."

    def _functions(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield functions that are missing or too much."""
        if isinstance(self.tree, Apply) and _close(value, evaluate(self.tree.of, self.values)):
            yield f"The function ${FUNCTIONS[self.tree.function]}$ is missing."
        for node in nodes(typed):
            if isinstance(node, Apply):
                without = evaluate(replaced(typed, node, node.of), self.values)
                if _close(without, self.value):
                    yield (
                        f"The function ${FUNCTIONS[node.function]}$ is too much around"
                        f" {self._shown(node.of)}."
                    )

    def _turned(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield transposes and products in the wrong order, where the shape does not tell."""
        if len(self.form.shape) == 2 and _close(np.swapaxes(value, -1, -2), self.value):
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
        return form == self.form and _close(evaluate(tree, self.values), self.value)

    def _is_square(self, node: Node) -> bool:
        shape = resolved(node, self.vocabulary)[1].shape
        return len(shape) == 2 and shape[0] == shape[1]

    # One part of the right formula is wrong in what was typed

    def _slips(self, parts: list[Node], value: np.ndarray) -> Iterator[str]:
        """Yield what is wrong with one of the `parts` whose sum is the right formula."""
        for part in parts:
            yield from self._slip(part, parts, value)

    def _slip(self, part: Node, parts: list[Node], value: np.ndarray) -> Iterator[str]:
        """Yield the factor by which `part` differs if nothing else does."""
        own = np.broadcast_to(evaluate(part, self.values), self.value.shape)
        found = _ratio(value - (self.value - own), own)
        if found is None:
            return
        ratio, there = found
        if np.abs(ratio).max() <= _RELATIVE:
            if len(parts) > 1:
                yield f"A term is missing: the one with {self._mark(part, parts)}."
            return
        where = self._where(part, parts)
        if np.abs(ratio + 1).max() <= _RELATIVE:
            yield f"The sign is wrong{where}."
        elif np.ptp(ratio) <= _RELATIVE * np.abs(ratio).max():
            yield (
                f"A constant factor is wrong{where}: yours is {_number(ratio[0])} times as large"
                " as it should be."
            )
        else:
            yield from self._factor(part, parts, ratio, there)

    def _factor(
        self, part: Node, parts: list[Node], ratio: np.ndarray, there: np.ndarray
    ) -> Iterator[str]:
        symbols = [Variable(symbol.name) for symbol in self.vocabulary.symbols]
        for candidate in filter(self._is_number, dict.fromkeys([*factors(part), *symbols])):
            factor = np.broadcast_to(evaluate(candidate, self.values), there.shape)[there]
            for sign, more in ((1.0, ""), (-1.0, " The sign is wrong, too.")):
                missing = _close(sign * ratio * factor, np.ones_like(ratio))
                if missing or _close(sign * ratio, factor):
                    verb = "is missing" if missing else "is too much"
                    where = self._where(part, parts, candidate)
                    yield f"{self._factor_words(candidate, verb)}{where}.{more}"

    def _factor_words(self, factor: Node, verb: str) -> str:
        if isinstance(factor, Binary) and factor.operator == "/" and factor.left == ONE:
            return f"A division by {self._shown(factor.right)} {verb}"
        return f"A factor {self._shown(factor)} {verb}"

    def _is_number(self, node: Node) -> bool:
        form = resolved(node, self.vocabulary)[1]
        return not form.shape and (self.form.indexed or not form.indexed)

    def _where(self, part: Node, parts: list[Node], factor: Node | None = None) -> str:
        alone = len(parts) == 1
        return "" if alone else f" in the term with {self._mark(part, parts, factor)}"

    def _mark(self, part: Node, parts: list[Node], factor: Node | None = None) -> str:
        """Return by what a term is told from the others: a symbol, or else the whole term."""
        others = {name for other in parts if other is not part for name in names(other)}
        own = [Variable(name) for name in names(part) if name not in others]
        own = [symbol for symbol in own if symbol != factor]
        return self._shown(own[-1] if own else _positive(part))

    # Nothing typical

    def _counterexample(self, typed: Node, value: np.ndarray) -> Iterator[str]:
        """Yield a point where the formulas differ, if that is short to tell."""
        used = list(dict.fromkeys([*names(typed), *names(self.tree)]))
        summed = self.vocabulary.index and not self.form.indexed
        if self.form.shape or summed or len(used) > _MOST_TOLD:
            return
        value = np.broadcast_to(value, self.value.shape)
        point = np.unravel_index(np.argmax(np.abs(value - self.value)), self.value.shape)
        told = [
            f"{self._shown(Variable(name))} = "
            f"{_number(np.broadcast_to(self.values[name], self.value.shape)[point])}"
            for name in used
        ]
        yours, right = _apart(value[point], self.value[point])
        yield (
            f"It is not equal to the right formula: for {', '.join(told)} it is {yours} and should"
            f" be {right}."
        )

    def _shown(self, tree: Node) -> str:
        return f"${typeset.latex(tree, self.vocabulary)}$"


def _ratio(value: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Return by which numbers `own` is multiplied in `value`, and where; None if by none.

    Both are arrays (points, steps, *shape). The numbers are those of the points and steps at which
    `own` is not zero, a boolean array (points, steps).
    """
    axes = tuple(range(2, own.ndim))
    size = np.sum(own * own, axis=axes)
    there = size > 1e-18 * size.max()
    with np.errstate(all="ignore"):
        ratio = np.where(there, np.sum(value * own, axis=axes) / size, 0.0)
    spread = ratio.reshape(*ratio.shape, *(1,) * len(axes))
    if not there.any() or np.max(np.abs(value - spread * own)) > _RELATIVE * np.abs(own).max():
        return None
    return ratio[there], there


def _close(a: np.ndarray, b: np.ndarray) -> bool:
    if a.shape != b.shape:
        return False
    with np.errstate(all="ignore"):  # what is not finite is not close
        return bool(np.abs(a - b).max() <= _RELATIVE * np.abs(b).max())


def _products(tree: Node) -> list[Binary]:
    return [node for node in nodes(tree) if isinstance(node, Binary) and node.operator == "@"]


def _swapped(node: Node) -> Node:
    if isinstance(node, Binary) and node.operator == "@":
        return Binary("@", node.right, node.left)
    return node


def _positive(term: Node) -> Node:
    return term.of if isinstance(term, Negative) else term


def _number(value: float) -> str:
    return number(value, ".3g") if value == 1 else _apart(value, 1.0)[0]


def _apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to tell them apart."""
    for digits in (3, 6, 9, 12):
        texts = number(one, f".{digits}g"), number(other, f".{digits}g")
        if texts[0] != texts[1]:
            break
    return texts
