"""The property that an answer agrees with the reference on fresh inputs."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from numbers import Number
from typing import Any

import numpy as np

from course_utils.checks.causes import Causes, Round, not_finite
from course_utils.checks.fault import Fault, parts
from course_utils.checks.inputs import Inputs, copies, same
from course_utils.checks.properties import NO_RETURN, NotRight, expect_values, in_place
from course_utils.checks.settings import restored

Draw = Callable[[np.random.Generator], Inputs]

_ROUNDS = 3
_DECIDING, _FIRST_DECIDING = 4, 100  # how many more rounds decide between causes; their first seed
_NUMBERS = ("no", "one", "two", "three", "four", "five")


@dataclass(frozen=True)
class Agreement:
    """Calls an answer on fresh inputs and compares what it returns with the reference.

    Attributes
    ----------
    reference
        A right answer: a function, or a value, which has no inputs.
    draw
        Returns the inputs of one round, a tuple; they may differ in shape from round to round.
    results
        What is returned, by name.
    faults
        Typical faults, the likeliest first.
    tolerance, names, secret, from_end
        As in `expect_values`.
    others
        How the exercise's other inputs are drawn; they decide between causes that agree here.
    """

    reference: Any
    draw: Draw
    results: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    tolerance: float = 1e-6
    names: Sequence[Sequence[str]] | None = None
    secret: bool = False
    from_end: bool = False
    others: tuple[Draw, ...] = ()

    def __call__(self, answer: Any) -> None:
        """Raise `NotRight` unless `answer` agrees with the reference in every round."""
        for seed in range(_ROUNDS if callable(self.reference) else 1):
            self._round(answer, seed)

    def inputs(self, seed: int) -> Inputs:
        """Return the inputs of a round."""
        return self.draw(np.random.default_rng(seed))

    def right(self, inputs: Inputs) -> tuple[Any, ...]:
        """Return the right results."""
        return self.right_with(copies(inputs))

    def right_with(self, given: Inputs) -> tuple[Any, ...]:
        """Return the right results, made of these very arrays."""
        made = self.reference(*given) if callable(self.reference) else self.reference
        return parts(made, len(self.results))

    def _round(self, answer: Any, seed: int) -> None:
        inputs = self.inputs(seed)
        right = self.right(inputs)
        given = copies(inputs)
        with restored(), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = answer(*given) if callable(self.reference) else answer
        if callable(answer):
            self._leaves_alone(answer, inputs, given)
        found = Round(inputs, result, right)
        got = self._taken_apart(answer, found)
        for place, (name, value) in enumerate(zip(self.results, got, strict=True)):
            if value is Ellipsis or (value is None and len(got) > 1):
                raise NotRight(f"{name} is `{'...' if value is Ellipsis else None}`")
            try:
                expect_values(
                    name, value, right[place],
                    self.tolerance, self.names, self.secret, self.from_end,
                )  # fmt: skip
            except NotRight as difference:
                cause = self._cause(answer, found, place)
                cause = cause or not_finite(value, right[place], caught) or difference.cause
                raise NotRight(difference.what, cause) from None
        self._is_no_view(got, given)

    def _leaves_alone(self, answer: Any, inputs: Inputs, given: Inputs) -> None:
        names = _parameters(answer, len(inputs))
        for name, before, after in zip(names, inputs, given, strict=True):
            if not same(before, after):
                raise NotRight(f"{name} was changed", in_place(before))

    def _is_no_view(self, got: tuple, given: Inputs) -> None:
        arrays = [x for x in given if isinstance(x, np.ndarray)]

        def views(results: tuple) -> list[str]:
            return [
                name
                for name, z in zip(self.results, results, strict=True)
                if isinstance(z, np.ndarray) and any(np.shares_memory(z, x) for x in arrays)
            ]

        shared = views(got)
        if not shared or views(self.right_with(given)):  # the reference may do so, too
            return
        raise NotRight(
            f"{shared[0]} is a view of the input: a change of one changes the other",
            "return a new array, as of `.copy()`",
        )

    def _taken_apart(self, answer: Any, found: Round) -> tuple:
        """Return the results one by one: a tuple, a list and an array of rows will do."""
        number, names = len(self.results), " and ".join(self.results)
        result, right = found.result, found.right
        if result is None:
            raise NotRight("the function returns None", NO_RETURN)
        if number == 1:
            like = [self._causes.is_like(one, right[0]) for one in _several(result)]
            alone = np.ndim(right[0]) == 0  # a tuple of rows may stand for an array
            if isinstance(result, tuple) and (any(like) or alone):
                raise NotRight(
                    f"the function returns {_count(len(result))}, expected one",
                    f"one result too many: return {names} only" if any(like) else "",
                )
            return (result,)
        several = _several(result)
        if len(several) == number:
            return several
        says = _count(len(several)) if several else _kind(result)
        if isinstance(result, np.ndarray):
            says = f"an array of shape {result.shape}"
        cause = self._cause(answer, found, None)
        if not cause and isinstance(result, tuple) and len(result) > number:
            cause = f"one result too many: return {names} only"
        elif not cause and isinstance(result, np.ndarray) and self._causes.is_like(result.T, right):
            cause = f"it is transposed: {names} are its columns"
        raise NotRight(
            f"the function returns {says}, expected {_count(number)}: {names}",
            cause or f"return {names}, separated by a comma",
        )

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.reference, self.results, self.faults, self.tolerance)

    def _cause(self, answer: Any, found: Round, place: int | None) -> str:
        def rounds(draws: Sequence[Draw]) -> list[Round]:
            made: list[Round] = []
            with suppress(Exception):
                for seed in range(_FIRST_DECIDING, _FIRST_DECIDING + _DECIDING):
                    for draw in draws:
                        inputs = draw(np.random.default_rng(seed))
                        made.append(Round(inputs, answer(*copies(inputs)), self.right(inputs)))
            return made

        return self._causes.likely(
            answer, found, place, lambda: rounds([self.draw]), lambda: rounds(self.others)
        )


def _parameters(answer: Any, number: int) -> list[str]:
    """Return what each input is called; a wrapper that passes on whatever it gets names none."""
    try:
        known = inspect.signature(answer).parameters.values()
    except (TypeError, ValueError):
        known = ()
    if len(known) == number and all(one.kind is not one.VAR_POSITIONAL for one in known):
        return [f"the input `{one.name}`" for one in known]
    return ["the input"] if number == 1 else [f"input {i + 1}" for i in range(number)]


def _several(result: Any) -> tuple:
    """Return what a tuple, a list or an array of rows holds; nothing for anything else."""
    if isinstance(result, np.ndarray) and result.ndim == 0:
        return ()
    return tuple(result) if isinstance(result, tuple | list | np.ndarray) else ()


def _count(number: int) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} value{'s' if number != 1 else ''}"


def _kind(value: Any) -> str:
    return "one number" if isinstance(value, Number) else f"a {type(value).__name__}"
