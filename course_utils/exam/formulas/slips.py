"""One part of the right formula that is wrong in what was typed: a sign, a factor, a lost term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.derive import factors
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.shapes import Form, resolved
from course_utils.exam.formulas.symbols import Vocabulary
from course_utils.exam.formulas.tree import ONE, Binary, Negative, Node, Variable, names
from course_utils.typography import number

RELATIVE = 1e-9
"""What rounding may leave; a slip is larger, however small a number it is about."""


@dataclass(frozen=True)
class Slips:
    """The slips in one part of a formula, after which the whole would be what was typed.

    Attributes
    ----------
    vocabulary, values
        The symbols and their values.
    form, value
        The right formula's form and values.
    typed
        The names of the symbols that were typed.
    """

    vocabulary: Vocabulary
    values: Mapping[str, np.ndarray]
    form: Form
    value: np.ndarray
    typed: frozenset[str]

    def of(self, parts: list[Node], value: np.ndarray) -> Iterator[str]:
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
        if np.abs(ratio).max() <= RELATIVE:
            if len(parts) > 1:
                yield f"A term is missing: the one with {self._mark(part, parts)}."
            return
        where = self._where(part, parts)
        if np.abs(ratio + 1).max() <= RELATIVE:
            yield f"The sign is wrong{where}."
        elif np.ptp(ratio) <= RELATIVE * np.abs(ratio).max():
            yield (
                f"A constant factor is wrong{where}: yours is {_told(ratio[0])} times as large"
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
                missing = close(sign * ratio * factor, np.ones_like(ratio))
                if missing and candidate == positive(part):
                    continue  # all of it is missing: the reason would be the answer
                if missing or close(sign * ratio, factor):
                    where = self._where(part, parts, candidate)
                    if missing:
                        yield f"{self._factor_words(candidate, 'is missing')}{where}.{more}"
                    elif self.typed.issuperset(names(candidate)):
                        yield f"{self._factor_words(candidate, 'is too much')}{where}.{more}"
                    else:  # it is in a symbol's value, as h_t = w·o_t holds w
                        yield (
                            f"A factor is wrong{where}: yours is {self._shown(candidate)} times"
                            f" what it should be.{more}"
                        )

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
        return self._shown(own[-1] if own else positive(part))

    def _shown(self, tree: Node) -> str:
        return f"${typeset.latex(tree, self.vocabulary)}$"


def close(a: np.ndarray, b: np.ndarray) -> bool:
    """Tell whether `a` is `b`, two arrays of one shape, apart from rounding."""
    if a.shape != b.shape:
        return False
    with np.errstate(all="ignore"):  # what is not finite is not close
        return bool(np.abs(a - b).max() <= RELATIVE * np.abs(b).max())


def positive(term: Node) -> Node:
    """Return a term without the minus sign before it, if there is one."""
    return term.of if isinstance(term, Negative) else term


def unlike_one(value: float) -> str:
    """Return a number in as many digits as it takes to tell it from 1."""
    return number(value, ".3g") if value == 1 else apart(value, 1.0)[0]


def _told(value: float) -> str:
    """Return a factor that is not 1; where its digits go on, that is said."""
    for digits in (3, 6):
        if abs(float(f"{value:.{digits}g}") - value) <= RELATIVE * abs(value):
            return number(value, f".{digits}g")
    return f"about {unlike_one(value)}"


def apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to tell them apart."""
    for digits in (3, 6, 9, 12):
        texts = number(one, f".{digits}g"), number(other, f".{digits}g")
        if texts[0] != texts[1]:
            break
    return texts


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
    if not there.any() or np.max(np.abs(value - spread * own)) > RELATIVE * np.abs(own).max():
        return None
    return ratio[there], there
