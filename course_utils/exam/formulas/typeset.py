"""A formula as LaTeX, and as a line that can be typed, with no more parentheses than needed."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable

from course_utils.exam.formulas.symbols import FUNCTIONS, Vocabulary
from course_utils.exam.formulas.tree import (
    Apply,
    Binary,
    Negative,
    Node,
    Number,
    Total,
    Transposed,
    Variable,
)

_SUM, _TOTAL, _PRODUCT, _SIGN, _POWER, _ATOM = range(6)  # how tightly a formula holds together
_LEVELS = {"+": _SUM, "-": _SUM, "**": _POWER}


def latex(tree: Node, vocabulary: Vocabulary) -> str:
    """Return `tree` as LaTeX without dollar signs."""
    return _Latex(vocabulary).write(tree)


def source(tree: Node) -> str:
    """Return `tree` as a line that `grammar.parse` reads as a formula of the same value."""
    return _Source().write(tree)


def number(value: float) -> str:
    """Return a number without superfluous digits."""
    return f"{value:.10g}"


class _Printer(ABC):
    """What both ways of writing share: where parentheses are needed."""

    @abstractmethod
    def write(self, tree: Node) -> str:
        """Return `tree` as text."""

    def level(self, tree: Node) -> int:
        """Return how tightly `tree`, written, holds together."""
        if isinstance(tree, Binary):
            return _LEVELS.get(tree.operator, _PRODUCT)
        if isinstance(tree, Negative):
            return _SIGN
        return _ATOM

    def parenthesized(self, text: str) -> str:
        return f"({text})"

    def at(self, tree: Node, level: int, leads: bool = True) -> str:
        """Return `tree`, in parentheses unless it holds together at `level` or more tightly.

        A sign may stand without parentheses only where it `leads`, at the very left.
        """
        text = self.write(tree)
        bare = self.level(tree) >= level and (leads or not _begins_with_sign(tree))
        return text if bare else self.parenthesized(text)

    def sides(self, tree: Binary) -> tuple[str, str]:
        """Return both sides of an operator that leans to the left."""
        level = _LEVELS.get(tree.operator, _PRODUCT)
        return self.at(tree.left, level), self.at(tree.right, level + 1, leads=False)


class _Latex(_Printer):
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._writers: dict[str, Callable[[Binary], str]] = {
            "/": self._fraction,
            "**": self._power,
            "@": self._juxtaposed,
        }

    def level(self, tree: Node) -> int:
        if isinstance(tree, Total):
            return _TOTAL
        if isinstance(tree, Binary) and tree.operator == "/":
            return _SIGN if isinstance(tree.left, Negative) else _POWER  # the bar holds it together
        return super().level(tree)

    def parenthesized(self, text: str) -> str:
        return rf"\left({text}\right)"

    def write(self, tree: Node) -> str:
        match tree:
            case Number(value=value):
                return re.sub(r"e([+-])0*(\d+)", r"\\cdot 10^{\1\2}", number(value)).replace(
                    "+", ""
                )
            case Variable(name=name):
                return self._vocabulary.by_name[name].latex
            case Negative(of=of):
                return f"-{self.at(of, _PRODUCT, leads=False)}"
            case Transposed(of=of):
                return f"{self._base(of)}^{{\\top}}"
            case Apply(function=function, of=of):
                return FUNCTIONS[function] + self.parenthesized(self.write(of))
            case Total(of=of):
                return rf"\sum_{{{self._vocabulary.index}}} {self.at(of, _PRODUCT, leads=False)}"
            case Binary(operator=operator) if operator in self._writers:
                return self._writers[operator](tree)
            case Binary(operator=operator):
                left, right = self.sides(tree)
                sign = {"*": r"\cdot", "⊙": r"\odot"}.get(operator, operator)
                return f"{left} {sign} {right}"
        raise TypeError(f"{tree!r} is no formula")

    def _fraction(self, tree: Binary) -> str:
        sign, top = ("-", tree.left.of) if isinstance(tree.left, Negative) else ("", tree.left)
        return rf"{sign}\frac{{{self.write(top)}}}{{{self.write(tree.right)}}}"

    def _juxtaposed(self, tree: Binary) -> str:
        left, right = self.sides(tree)
        return f"{left} \\cdot {right}" if right[0].isdigit() else f"{left}\\,{right}"

    def _power(self, tree: Binary) -> str:
        return f"{self._base(tree.left)}^{{{self.write(tree.right)}}}"

    def _base(self, tree: Node) -> str:
        bare = isinstance(tree, Number) or (isinstance(tree, Variable) and self._is_letter(tree))
        return self.write(tree) if bare else self.parenthesized(self.write(tree))

    def _is_letter(self, tree: Variable) -> bool:
        """Tell whether a symbol can carry a superscript, which a fraction cannot."""
        text = self._vocabulary.by_name[tree.name].latex
        return "frac" not in text and "^" not in text and "'" not in text


class _Source(_Printer):
    def write(self, tree: Node) -> str:
        match tree:
            case Number(value=value):
                return number(value)
            case Variable(name=name):
                return name
            case Negative(of=of):
                return f"-{self.at(of, _PRODUCT, leads=False)}"
            case Transposed(of=of):
                return f"{self.at(of, _ATOM)}.T"
            case Apply(function=function, of=of):
                return f"{function}({self.write(of)})"
            case Total(of=of):
                return f"sum({self.write(of)})"
            case Binary(operator="**"):
                return f"{self.at(tree.left, _ATOM)}**{self.at(tree.right, _ATOM)}"
            case Binary(operator=operator):
                left, right = self.sides(tree)
                space = " " if operator in "+-@⊙" else ""
                return f"{left}{space}{operator}{space}{right}"
        raise TypeError(f"{tree!r} is no formula")


def _begins_with_sign(tree: Node) -> bool:
    while isinstance(tree, Binary) and tree.operator != "**":
        tree = tree.left
    return isinstance(tree, Negative)
