"""The derivative of a formula of numbers, and the terms of a formula that is multiplied out."""

from course_utils.exam.formulas.tree import (
    ONE,
    PRODUCTS,
    ZERO,
    Apply,
    Binary,
    Negative,
    Node,
    Number,
    Total,
    Transposed,
    Variable,
)

_MOST_TERMS = 24


def derivative(tree: Node, name: str) -> Node:
    """Return the derivative of `tree` by the symbol `name`, all other symbols kept as they are.

    Raises
    ------
    ValueError
        For sums over the index and for transposes, and for powers that are no numbers.
    """
    match tree:
        case Number():
            return ZERO
        case Variable():
            return ONE if tree.name == name else ZERO
        case Negative(of=of):
            return -derivative(of, name)
        case Apply(function=function, of=of):
            inner = derivative(of, name)
            return ZERO if inner == ZERO else _slope(function, of, inner)
        case Binary(operator="+", left=left, right=right):
            return derivative(left, name) + derivative(right, name)
        case Binary(operator="-", left=left, right=right):
            return derivative(left, name) - derivative(right, name)
        case Binary(operator="/", left=left, right=right):
            by_right = derivative(right, name)
            return derivative(left, name) / right - left * by_right / right ** Number(2.0)
        case Binary(operator="**", left=left, right=Number(value=power)):
            lowered = left ** Number(power - 1)
            return Number(power) * lowered * derivative(left, name)
        case Binary(operator=operator, left=left, right=right) if operator in PRODUCTS:
            return derivative(left, name) * right + left * derivative(right, name)
    raise ValueError(f"{tree!r} has no derivative here")


def _slope(function: str, of: Node, inner: Node) -> Node:
    """Return the derivative of ``function(of)``, where `inner` is that of `of`."""
    whole = Apply(function, of)
    if function == "log":
        return inner / of
    if function == "exp":
        return whole * inner
    if function == "sigma":
        return whole * (ONE - whole) * inner
    return (ONE - whole ** Number(2.0)) * inner  # tanh


def summands(tree: Node) -> list[Node]:
    """Return what is added up in `tree` as it is written, a minus being part of what follows it."""
    match tree:
        case Negative(of=of):
            return [-term for term in summands(of)]
        case Binary(operator="+", left=left, right=right):
            return summands(left) + summands(right)
        case Binary(operator="-", left=left, right=right):
            return summands(left) + [-term for term in summands(right)]
    return [tree]


def terms(tree: Node) -> list[Node]:
    """Return the terms of which `tree` is the sum, products of sums multiplied out.

    A formula with too many terms is returned as one.
    """
    found = _terms(tree)
    return found if len(found) <= _MOST_TERMS else [tree]


def _terms(tree: Node) -> list[Node]:
    parts = summands(tree)
    if parts != [tree]:
        return [term for part in parts for term in _terms(part)]
    match tree:
        case Total(of=of):
            return [Total(term) for term in _terms(of)]
        case Transposed(of=of):
            return [Transposed(term) for term in _terms(of)]
        case Binary(operator="/", left=left, right=right):
            return [term / right for term in _terms(left)]
        case Binary(operator=operator, left=left, right=right) if operator in PRODUCTS:
            first, second = _terms(left), _terms(right)
            if len(first) * len(second) > _MOST_TERMS:
                return [tree]
            return [_times(operator, a, b) for a in first for b in second]
    return [tree]


def _times(operator: str, a: Node, b: Node) -> Node:
    """Return the product of two terms, of the sort that `operator` says."""
    if isinstance(a, Negative):
        return -_times(operator, a.of, b)
    if isinstance(b, Negative):
        return -_times(operator, a, b.of)
    return Binary(operator, a, b)  # type: ignore[arg-type]


def factors(term: Node) -> list[Node]:
    """Return the factors of a term, those that it is divided by as 1/factor."""
    match term:
        case Negative(of=of):
            return factors(of)
        case Binary(operator="/", left=left, right=right):
            return factors(left) + [ONE / factor for factor in factors(right)]
        case Binary(operator=operator, left=left, right=right) if operator in PRODUCTS:
            return factors(left) + factors(right)
    return [] if term == ONE else [term]
