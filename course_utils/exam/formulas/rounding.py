"""Decimal numbers that stand for a fraction, or for e, in fewer digits than it has."""

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.tree import Binary, Node, Number, nodes, replaced

_LARGEST_DENOMINATOR = 64  # of fractions that a rounded number may stand for
_MOST_WAYS = 200  # in which the rounded numbers of one formula may be meant


def unrounded(typed: Node) -> Iterator[tuple[Node, str]]:
    """Yield what `typed` may have been meant for, with one sentence for each rounded number."""
    found = dict.fromkeys(node for node in nodes(typed) if isinstance(node, Number))
    decimals = [node for node in found if not node.value.is_integer()]
    meant = [[(node.value, ""), *_meant(node.value, _is_base(node, typed))] for node in decimals]
    for ways in itertools.islice(itertools.product(*meant), _MOST_WAYS):
        tree, says = typed, []
        for node, (exact, words) in zip(decimals, ways, strict=True):
            if words:
                tree = replaced(tree, node, Number(exact))
                says.append(f"{typeset.number(node.value)} is rounded: type {words}.")
        if says:
            yield tree, " ".join(says)


def _is_base(number: Number, tree: Node) -> bool:
    powers = (node for node in nodes(tree) if isinstance(node, Binary) and node.operator == "**")
    return any(power.left == number for power in powers)


def _meant(value: float, is_base: bool) -> Iterator[tuple[float, str]]:
    """Yield what a decimal number, rounded or cut, may stand for, and how that is typed.

    With one digit a number is hardly cut, nor meant for a fraction that has two: 0.2 is not 1/4.
    """
    digits = -int(Decimal(repr(value)).as_tuple().exponent)
    unit = 10.0**-digits
    fractions = [
        (round(value * bottom) / bottom, f"{round(value * bottom)}/{bottom}".removesuffix("/1"))
        for bottom in range(1, _LARGEST_DENOMINATOR + 1)
        if digits > 1 or 10**6 % bottom
    ]
    euler = "exp(x) for its power x" if is_base else "exp(1)"
    known: set[float] = {0, value}
    for exact, words in [*fractions, (math.e, euler)]:
        most = unit if digits > 1 else 0.501 * unit
        if exact not in known and -0.501 * unit < exact - value < most:  # rounded, or cut
            known.add(exact)
            yield exact, words
