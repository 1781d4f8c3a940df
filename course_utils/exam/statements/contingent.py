"""Whether a statement could have come out otherwise, had something else been measured."""

from collections.abc import Iterator
from itertools import product
from numbers import Real
from types import CodeType
from typing import Any

from course_utils.exam.statements.statement import Statement


def contingent(statement: Statement[Any]) -> bool:
    """Tell whether some other measurement turns the finding on `statement` round.

    The numbers that decide are replaced, in all combinations, by others: nothing, one, the
    opposite, far more, far less, a little more, each other's, and those that the condition itself
    names. A finding that survives all of that does not rest on the measurement. What passes may
    still be a poor measurement; what fails is none.
    """
    measured = statement.measured()
    found = bool(statement.holds(measured))
    return any(bool(statement.holds(other)) != found for other in _others(statement, measured))


def _others(statement: Statement[Any], measured: Any) -> Iterator[Any]:
    values = [getattr(measured, field) for field in statement.decisive]
    named = set(_numbers(statement.holds.__code__))
    for chosen in product(*({*_changed(value), *values, *named} for value in values)):
        yield measured._replace(**dict(zip(statement.decisive, chosen, strict=True)))


def _numbers(code: CodeType) -> Iterator[Any]:
    """Yield the numbers that a condition compares with, as it names them."""
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _numbers(const)
        elif isinstance(const, Real):
            yield const


def _changed(value: Any) -> tuple[Any, ...]:
    return (0, 1, value, -value, 1e6 * value, 1e-6 * value, value + 1, value - 1)
