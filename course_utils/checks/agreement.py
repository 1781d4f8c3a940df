"""The property that an answer agrees with the reference on fresh inputs, and why it does not."""

from __future__ import annotations

import ast
import inspect
import itertools
import operator
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from course_utils.checks.faults import (
    CHANGES,
    Exchanged,
    Fault,
    Input,
    Inputs,
    axis_faults,
    factor_faults,
    parts,
)
from course_utils.checks.properties import (
    IN_PLACE,
    NO_RETURN,
    NotRight,
    expect_values,
    near,
    numbers,
)

Draw = Callable[[np.random.Generator], Inputs]

RETURN_IN_LOOP = "the `return` stands inside the loop, which therefore ends in its first round"
_ROUNDS, _DECIDING = 3, 4  # how many inputs are tried; how many more decide between causes
_NUMBERS = ("no", "one", "two", "three", "four", "five")

# Beginnings of NumPy's warnings, and what they say about a value that is not finite.
_WARNINGS = (
    ("invalid value encountered in sqrt", "the root of a negative number is taken"),
    ("invalid value encountered in log", "the logarithm of a negative number is taken"),
    ("divide by zero encountered in log", "the logarithm of 0 is taken"),
    ("invalid value encountered in power", "a root of a negative number is taken"),
    ("invalid value encountered in scalar power", "a root of a negative number is taken"),
    ("divide by zero", "something is divided by zero"),
    ("overflow encountered in exp", "the exponential overflows"),
    ("overflow", "a number became too large"),
    ("Mean of empty slice", "the mean of no values is taken"),
    ("invalid value encountered in divide", "zero is divided by zero"),
    ("invalid value encountered in scalar divide", "zero is divided by zero"),
)


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
    tolerance, names, secret
        As in `expect_values`.
    """

    reference: Any
    draw: Draw
    results: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    tolerance: float = 1e-6
    names: Sequence[Sequence[str]] | None = field(default=None)
    secret: bool = False

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
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = answer(*given) if callable(self.reference) else answer
        if callable(answer):
            self._leaves_alone(answer, inputs, given)
        got = self._taken_apart(answer, result, inputs, right)
        for place, (name, value) in enumerate(zip(self.results, got, strict=True)):
            if value is Ellipsis or (value is None and len(got) > 1):
                raise NotRight(f"{name} is `{'...' if value is Ellipsis else None}`")
            try:
                expect_values(name, value, right[place], self.tolerance, self.names, self.secret)
            except NotRight as difference:
                cause = self.cause(answer, result, place, inputs, right)
                cause = cause or _not_finite(value, right[place], caught) or difference.cause
                raise NotRight(difference.what, cause) from None
        self._is_no_view(got, given)

    def _leaves_alone(self, answer: Any, inputs: Inputs, given: Inputs) -> None:
        names = _parameters(answer, len(inputs))
        for name, before, after in zip(names, inputs, given, strict=True):
            if isinstance(before, np.ndarray) and not _same(before, after):
                raise NotRight(f"the input `{name}` was changed", IN_PLACE)

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

    def _taken_apart(self, answer: Any, result: Any, inputs: Inputs, right: tuple) -> tuple:
        """Return the results one by one: a tuple, a list and an array of rows will do."""
        number, names = len(self.results), " and ".join(self.results)
        if result is None:
            raise NotRight("the function returns None", NO_RETURN)
        found = list(result) if isinstance(result, np.ndarray) and result.ndim else result
        if number == 1:
            if isinstance(result, tuple) and any(self._is(one, right[0]) for one in result):
                raise NotRight(
                    f"the function returns {_count(len(result))}, expected one",
                    f"one result too many: return {names} only",
                )
            return (result,)
        if isinstance(found, tuple | list) and len(found) == number:
            return tuple(found)
        says = f"an array of shape {result.shape}" if isinstance(result, np.ndarray) else ""
        says = says or (_count(len(found)) if isinstance(found, tuple | list) else _kind(result))
        what = f"the function returns {says}, expected {_count(number)}: {names}"
        cause = self.cause(answer, result, None, inputs, right)
        if not cause and isinstance(result, tuple) and len(result) > number:
            cause = f"one result too many: return {names} only"
        elif not cause and np.ndim(result) == 2 and self._is(np.transpose(result), right):
            cause = f"it is transposed: {names} are its columns"
        raise NotRight(what, cause or f"return {names}, separated by a comma")

    def _is(self, value: Any, wanted: Any) -> bool:
        try:
            return _alike(value, wanted, wanted, self.tolerance)
        except Exception:
            return False

    # Why it is not right

    def cause(
        self, answer: Any, result: Any, place: int | None, inputs: Inputs, right: tuple
    ) -> str:
        """Return the likely cause, one sentence without a full stop; empty if none is certain.

        What fits on the inputs at hand is tried on further ones, until one cause is left. Of two
        that always agree, the one written first is meant; where there are no further inputs, both
        are told.

        Parameters
        ----------
        answer, result
            What was called and what it returned.
        place
            Which of the results is not right; None for all of them together.
        inputs, right
            What it was called with, and what is right then.
        """
        if callable(answer) and returns_in_loop(answer):
            return RETURN_IN_LOOP
        fresh = list(itertools.islice(self._fresh(answer), _DECIDING)) if callable(answer) else []
        for whole in (True, False):
            says = self._deciding(whole, result, place, inputs, right, fresh)
            if says:
                break
        if callable(answer):
            return says[0] if says else ""
        return f"either {' or '.join(says)}" if len(says) > 1 else "".join(says)

    def _deciding(
        self,
        whole: bool,
        result: Any,
        place: int | None,
        inputs: Inputs,
        right: tuple,
        fresh: list[tuple[Inputs, Any, tuple]],
    ) -> list[str]:
        """Return the sentences of the faults that give `result`, and what was got later too."""
        found: dict[str, None] = {}
        for fault in self._causes(inputs):
            if self._fits(fault, whole, result, place, inputs, right) and all(
                self._fits(fault, whole, made, place, more, correct) is not False
                for more, made, correct in fresh
            ):
                found[fault.says] = None
                if fresh:
                    break
        return list(found)

    def _fresh(self, answer: Any) -> Iterator[tuple[Inputs, Any, tuple]]:
        for seed in range(100, 200):
            inputs = self.inputs(seed)
            try:
                yield inputs, answer(*copies(inputs)), self.right(inputs)
            except Exception:
                return

    @cached_property
    def all_faults(self) -> tuple[Fault, ...]:
        """The exercise's faults, then those that any answer may have."""
        axes = axis_faults(self.reference, self.faults) if callable(self.reference) else ()
        return (*self.faults, *axes, *CHANGES)

    def _causes(self, inputs: Inputs) -> Iterator[Fault]:
        names = self.results
        for order in itertools.permutations(range(len(names))):
            if order != tuple(range(len(names))):
                yield Exchanged(f"{' and '.join(names)} are exchanged", order.__getitem__)
        yield from self.all_faults
        yield from factor_faults(inputs)
        yield from (
            Input("the input comes back as it is", operator.itemgetter(i))
            for i in range(len(inputs))
        )

    def _fits(
        self,
        fault: Fault,
        whole: bool,
        result: Any,
        place: int | None,
        inputs: Inputs,
        right: tuple,
    ) -> bool | None:
        """Tell whether the fault gives all of the result, or what stands at `place` in it.

        None where that cannot be said: it has no value for these inputs.
        """
        number = len(self.results)
        one = bool(fault.of) or fault.changes
        try:
            if place is None:
                made = fault.make(*copies(inputs)) if type(fault) is Fault and not one else None
                return made is not None and _alike(result, made, right, self.tolerance)
            got = parts(result, number)
            if whole and number > 1 and not one:
                places: Sequence[int] = range(number)
            elif isinstance(fault, Exchanged):
                return False
            else:
                places = [place]
            for at in places:
                wanted = fault.value(self.results[at], at, copies(inputs), right)
                if not _alike(got[at], wanted, right[at], self.tolerance):
                    return False
        except Exception:
            return None
        return True


def returns_in_loop(answer: Any) -> bool:
    """Tell whether a loop in a function's code ends in its first round, by a `return`."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    except (OSError, TypeError, SyntaxError):
        return False
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    return any(isinstance(line, ast.Return) for loop in loops for line in loop.body)


def copies(inputs: Inputs) -> Inputs:
    """Return the inputs with arrays of their own."""
    return tuple(x.copy() if isinstance(x, np.ndarray) else x for x in inputs)


def _alike(got: Any, wanted: Any, right: Any, tolerance: float) -> bool:
    """Tell whether `got` is `wanted`, more closely than either is right."""
    array, wanted, right = numbers("", got), np.asarray(wanted, float), np.asarray(right, float)
    if array.shape != wanted.shape:
        return False
    if wanted.shape == right.shape:
        gaps = np.abs(wanted - right)
        gaps = gaps[np.isfinite(gaps)]
        scale = max(1.0, float(np.max(np.abs(right), initial=0.0)))
        if gaps.size:
            tolerance = min(tolerance, float(gaps.max()) / scale / 100 + 1e-13)
    return bool(np.all(near(array, wanted, tolerance)))


def _not_finite(got: Any, right: Any, caught: list[warnings.WarningMessage]) -> str:
    """Return what NumPy said when a value became nan or infinite; empty if it said nothing."""
    try:
        if np.all(np.isfinite(got)) or not np.all(np.isfinite(right)):
            return ""
    except TypeError:
        return ""
    texts = [str(warning.message) for warning in caught]
    found = (says for text in texts for begin, says in _WARNINGS if text.startswith(begin))
    return next(found, "")


def _same(before: np.ndarray, after: np.ndarray) -> bool:
    return before.shape == after.shape and np.array_equal(
        before, after, equal_nan=before.dtype.kind == "f"
    )


def _parameters(answer: Any, number: int) -> list[str]:
    try:
        names = list(inspect.signature(answer).parameters)
    except (TypeError, ValueError):
        names = []
    return names if len(names) == number else [str(i + 1) for i in range(number)]


def _count(number: int) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} value{'s' if number != 1 else ''}"


def _kind(value: Any) -> str:
    return "one number" if np.ndim(value) == 0 and np.isreal(value) else type(value).__name__
