"""A formula as a tree, with arithmetic.

`grammar` builds the nodes as they were typed. Python's operators build them too, and simplify a
little (``0 + a`` is ``a``, ``a * (1 / b)`` is ``a / b``, ``a + (-b)`` is ``a - b``), so that code
written for arrays can be run on symbols, and the formula that comes out can be read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

Operator = Literal["+", "-", "*", "@", "⊙", "/", "**"]
"""``*`` is whatever product the shapes allow, ``@`` the matrix product or a scaling, ``⊙`` the
product element by element."""


class Node:
    """A part of a formula."""

    def children(self) -> tuple[Node, ...]:
        """Return the parts that this one is made of."""
        return tuple(part for part in vars(self).values() if isinstance(part, Node))

    def rebuilt(self, children: tuple[Node, ...]) -> Node:
        """Return the same sort of node over other `children`."""
        parts = [name for name, part in vars(self).items() if isinstance(part, Node)]
        same = cast(Any, self)  # every node but this base class is a dataclass
        return cast(Node, dataclasses.replace(same, **dict(zip(parts, children, strict=True))))

    def __add__(self, other: Node) -> Node:
        if self == ZERO:
            return other
        if other == ZERO:
            return self
        if isinstance(other, Negative):
            return Binary("-", self, other.of)
        if isinstance(other, Binary) and other.operator in ("+", "-"):  # sums lean to the left
            left = self + other.left
            return left + other.right if other.operator == "+" else left - other.right
        return Binary("+", self, other)

    def __sub__(self, other: Node) -> Node:
        return self + (-other)

    def __neg__(self) -> Node:
        if self == ZERO:
            return self
        if isinstance(self, Negative):
            return self.of
        if isinstance(self, Binary) and self.operator in ("+", "-"):
            right = -self.right if self.operator == "+" else self.right
            return -self.left + right
        return Negative(self)

    def __mul__(self, other: Node) -> Node:
        return _product("*", self, other)

    def __matmul__(self, other: Node) -> Node:
        return _product("@", self, other)

    def __truediv__(self, other: Node) -> Node:
        if self == ZERO or other == ONE:
            return self
        if isinstance(self, Negative):
            return -(self.of / other)
        if isinstance(other, Negative):
            return -(self / other.of)
        return Binary("/", self, other)

    def __pow__(self, other: Node) -> Node:
        return self if other == ONE else Binary("**", self, other)


@dataclass(frozen=True)
class Number(Node):
    """A number that is not negative."""

    value: float


@dataclass(frozen=True)
class Variable(Node):
    """A symbol, by the name it is declared under."""

    name: str


@dataclass(frozen=True)
class Negative(Node):
    """The negative of a formula."""

    of: Node


@dataclass(frozen=True)
class Binary(Node):
    """Two formulas and the operator between them."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True)
class Apply(Node):
    """A function, by its key in `symbols.FUNCTIONS`, element by element."""

    function: str
    of: Node


@dataclass(frozen=True)
class Transposed(Node):
    """The transpose of a matrix."""

    of: Node


@dataclass(frozen=True)
class Total(Node):
    """The sum over the index."""

    of: Node


ZERO, ONE = Number(0.0), Number(1.0)
PRODUCTS: tuple[Operator, ...] = ("*", "@", "⊙")


def nodes(tree: Node) -> Iterator[Node]:
    """Yield every node of `tree`, the whole first, in the order of reading."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children()))


def names(tree: Node) -> list[str]:
    """Return the names of the symbols in `tree`, each once, in the order of reading."""
    return list(dict.fromkeys(node.name for node in nodes(tree) if isinstance(node, Variable)))


def replaced(tree: Node, old: Node, new: Node) -> Node:
    """Return `tree` with `new` in place of every part that equals `old`."""
    return transformed(tree, lambda node: new if node == old else node)


def transformed(tree: Node, change: Callable[[Node], Node]) -> Node:
    """Return `tree` with `change` applied to every node, from the leaves up."""
    return change(tree.rebuilt(tuple(transformed(child, change) for child in tree.children())))


def _product(operator: Operator, left: Node, right: Node) -> Node:
    """Return a product whose numbers stand in front, and whose brackets lean to the left."""
    if isinstance(left, Negative):
        return -_product(operator, left.of, right)
    if isinstance(right, Negative):
        return -_product(operator, left, right.of)
    (a, left), (b, right) = _numbers_off(left), _numbers_off(right)
    if a * b == 0:
        return ZERO
    if ONE in (left, right):
        product = right if left == ONE else left
    elif operator == "*" and isinstance(right, Binary) and right.operator == "/":
        product = _product("*", left, right.left) / right.right
    elif operator == "@" and isinstance(right, Binary) and right.operator == "@":
        product = _product("@", _product("@", left, right.left), right.right)
    else:
        product = Binary(operator, left, right)
    return product if a * b == 1 else _scaled(a * b, product)


def _numbers_off(tree: Node) -> tuple[float, Node]:
    """Return the number that a product begins with, or 1, and what it multiplies."""
    if isinstance(tree, Number):
        return tree.value, ONE
    if isinstance(tree, Binary) and tree.operator in PRODUCTS:
        number, left = _numbers_off(tree.left)
        return number, tree.right if left == ONE else Binary(tree.operator, left, tree.right)
    return 1.0, tree


def _scaled(number: float, tree: Node) -> Node:
    """Return `tree` with a number at its very front."""
    if tree == ONE:
        return Number(number)
    if isinstance(tree, Binary) and tree.operator in PRODUCTS:
        return Binary(tree.operator, _scaled(number, tree.left), tree.right)
    return Binary("*", Number(number), tree)
