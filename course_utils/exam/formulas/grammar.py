"""A line of text becomes a tree, over Python's ``ast``: nothing is read as it was typed.

`notation` and `line` turn the text into a line of Python that holds numbers, signs, parentheses and
names of our own, and nothing else; of Python's tree for it only what a formula needs is taken. A
minus sign binds as in Python: ``-x^2`` is −(x²).
"""

import ast
import math
import re

import numpy as np

from course_utils.exam.formulas.errors import FormulaTypedError
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.line import Line
from course_utils.exam.formulas.notation import tokens
from course_utils.exam.formulas.symbols import Vocabulary, canonical
from course_utils.exam.formulas.tree import (
    Apply,
    Binary,
    Negative,
    Node,
    Number,
    Operator,
    Total,
    Transposed,
    Variable,
    nodes,
)

_LARGEST_POWER = 20
_RAISED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\s*(?:\^|\*\*)\s*[{(]\s*([^\W\d_]{2,})\s*[})]")
_EULER = Number(math.e)  # e^x is read as exp(x)
_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.MatMult: "@",
    ast.Mod: "⊙",
    ast.Div: "/",
    ast.Pow: "**",
}


def parse(text: str, vocabulary: Vocabulary) -> Node:
    """Return the formula that `text` says.

    Raises
    ------
    FormulaTypedError
        With one sentence for the student, if `text` is no formula over `vocabulary`, or can be
        read in two ways.
    """
    line, found = Line(vocabulary), list(tokens(text, vocabulary))
    _check_indices(text, vocabulary)
    for token in found:
        line.add(token)
    source = line.finished()
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaTypedError("This cannot be read as a formula: look at its signs.") from None
    return _Reader(line.meanings, vocabulary.index).read(tree)


def _check_indices(text: str, vocabulary: Vocabulary) -> None:
    """Refuse an index that was raised: ``w^{oh}`` is a power, and w_oh was meant."""
    for base, raised in _RAISED.findall(text):
        symbol = vocabulary.spellings.get(canonical(base + raised))
        if symbol and canonical(raised) not in vocabulary.spellings:
            raise FormulaTypedError(
                f"'{base}^({raised})' is a power: for the symbol type {symbol.name}."
            )


class _Reader:
    """Python's tree becomes ours; whatever else Python knows is refused."""

    def __init__(self, meanings: dict[str, str], index: str) -> None:
        self._meanings = meanings
        self._index = index

    def read(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value=float() as value):
                return Number(value)
            case ast.Name(id=own) if own.startswith("v"):
                return Variable(self._meanings[own])
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(self.read(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.BinOp(op=operator, left=left, right=right) if type(operator) in _OPERATORS:
                symbol = _OPERATORS[type(operator)]
                found = Binary(symbol, self.read(left), self.read(right))
                if symbol == "**" and found.left == _EULER:
                    return Apply("exp", found.right)
                return _checked_power(found) if symbol == "**" else found
            case ast.Attribute(value=of, attr="T"):
                return Transposed(self.read(of))
            case ast.Call(func=ast.Name(id=own), args=arguments, keywords=[]):
                return self._call(self._meanings[own], arguments)
        raise FormulaTypedError("This cannot be read as a formula: look at its signs.")

    def _call(self, called: str, arguments: list[ast.expr]) -> Node:
        if called == "sum" and not self._index:
            raise FormulaTypedError("No sum is needed here: nothing has an index to sum over.")
        if called == "sum" and len(arguments) == 2 and self._is_index(arguments[1]):
            arguments = arguments[:1]
        if len(arguments) != 1:
            raise FormulaTypedError(
                f"{called} takes one argument: type decimals with a point and not with a comma."
            )
        of = self.read(arguments[0])
        if called == "sum":
            return Total(of)
        return Transposed(of) if called == "transpose" else Apply(called, of)

    def _is_index(self, argument: ast.expr) -> bool:
        return isinstance(argument, ast.Name) and self._meanings[argument.id] == "index"


def _checked_power(power: Binary) -> Binary:
    """Refuse powers that no formula needs, before anything computes them."""
    if not any(isinstance(node, Variable) for node in nodes(power.right)):
        exponent = np.abs(evaluate(power.right, {}))
        if not np.all(np.isfinite(exponent)):
            raise FormulaTypedError("There is a power in it whose exponent is no number.")
        if not np.all(exponent <= _LARGEST_POWER):
            raise FormulaTypedError(
                "There is a power in it that is larger than any needed: the most is"
                f" {_LARGEST_POWER}."
            )
    return power
