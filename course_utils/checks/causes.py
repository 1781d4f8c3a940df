"""Why an answer is not right: the one cause that fits on all inputs, or none."""

from __future__ import annotations

import ast
import inspect
import itertools
import operator
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks.fault import Fault, parts
from course_utils.checks.faults import (
    CHANGES,
    FUNCTIONS,
    LOOPS,
    Exchanged,
    Input,
    axis_faults,
    factor_faults,
)
from course_utils.checks.inputs import Inputs, copies
from course_utils.checks.properties import near, numbers
from course_utils.checks.repairs import description

RETURN_IN_LOOP = "the `return` stands inside the loop, which therefore ends in its first round"

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


class Round(NamedTuple):
    """What an answer made of one set of inputs, and what is right for them."""

    inputs: Inputs
    result: Any
    right: tuple[Any, ...]


@dataclass(frozen=True)
class Causes:
    """The faults that an answer to one exercise may have.

    Attributes
    ----------
    reference
        A right answer: a function, or a value, which has no inputs.
    results
        What is returned, by name.
    faults
        Typical faults, the likeliest first.
    tolerance
        As in `expect_values`.
    """

    reference: Any
    results: tuple[str, ...]
    faults: tuple[Fault, ...]
    tolerance: float

    def likely(
        self,
        answer: Any,
        found: Round,
        place: int | None,
        further: Callable[[], list[Round]],
        elsewhere: Callable[[], list[Round]] = list,
    ) -> str:
        """Return the likely cause, one sentence without a full stop; empty if none is certain.

        What fits on the inputs at hand is tried on further ones. Several faults may agree on all
        of these, since the first inputs of an exercise are simple ones. Then one that explains all
        results at once is meant, else one of the exercise's own, which says more than a general
        one; of those, one that also fits elsewhere, and of these the one written first. A value
        has no further inputs, and then all are told. If no fault fits, what is certain of the
        result is told.

        Parameters
        ----------
        answer
            The answer.
        found
            The round in which it is not right.
        place
            Which of the results is not right; None for all of them together.
        further
            Returns rounds that decide.
        elsewhere
            Returns rounds with inputs of the exercise's other kinds.
        """
        if not callable(answer):
            fits = self._fitting(True, [found], place) or self._fitting(False, [found], place)
            says = list(dict.fromkeys(fault.says for fault in fits))
            return f"either {' or '.join(says)}" if len(says) > 1 else "".join(says)
        if returns_in_loop(answer):
            return RETURN_IN_LOOP
        rounds = [found, *further()]
        for whole in (True, False):
            fits = self._fitting(whole, rounds, place)
            if len({fault.says for fault in fits}) > 1:
                if len(rounds) == 1:
                    return ""
                at_once: list[Fault] = [fault for fault in fits if isinstance(fault, Exchanged)]
                fits = at_once or [fault for fault in fits if fault in self.faults] or fits
                fits = self._holding(fits, whole, elsewhere(), place) or fits
            if fits:
                return fits[0].says
        return self._described(rounds, place)

    def _described(self, rounds: list[Round], place: int | None) -> str:
        """Return what is certain of the result at `place`, if no fault explains it."""
        if place is None:
            return ""
        try:
            got = [parts(one.result, len(self.results))[place] for one in rounds]
        except (TypeError, IndexError):
            return ""
        inputs, right = [one.inputs for one in rounds], [one.right[place] for one in rounds]
        return description(inputs, got, right, self.tolerance)

    def is_like(self, value: Any, wanted: Any) -> bool:
        """Tell whether a value is nearly another."""
        try:
            return _alike(value, wanted, wanted, self.tolerance)
        except Exception:  # it is no array of numbers
            return False

    @cached_property
    def _known(self) -> tuple[Fault, ...]:
        """The exercise's faults, then those that any answer may have."""
        if not callable(self.reference):
            return (*self.faults, *CHANGES)
        general = (*axis_faults(self.reference, self.faults), *CHANGES, *LOOPS, *FUNCTIONS)
        return (*self.faults, *general)

    def _all(self, inputs: Inputs) -> Iterator[Fault]:
        places = tuple(range(len(self.results)))
        for order in itertools.permutations(places):
            if order != places:
                moved = [name for i, name in enumerate(self.results) if order[i] != i]
                yield Exchanged(f"{' and '.join(moved)} are exchanged", order.__getitem__)
        yield from self._known
        yield from factor_faults(inputs)
        for i in range(len(inputs)):
            yield Input("the input comes back as it is", operator.itemgetter(i))

    def _fitting(self, whole: bool, rounds: list[Round], place: int | None) -> list[Fault]:
        """Return the faults that give what was got in every round."""
        first, *later = rounds
        fits = [f for f in self._all(first.inputs) if self._fits(f, whole, first, place)]
        return self._holding(fits, whole, later, place)

    def _holding(
        self, faults: list[Fault], whole: bool, rounds: list[Round], place: int | None
    ) -> list[Fault]:
        """Return those of the faults that no round contradicts."""
        return [
            fault
            for fault in faults
            if all(self._fits(fault, whole, one, place) is not False for one in rounds)
        ]

    def _fits(self, fault: Fault, whole: bool, one: Round, place: int | None) -> bool | None:
        """Tell whether the fault gives all of the result, or what stands at `place` in it.

        None where that cannot be said: it has no value for these inputs.
        """
        single = bool(fault.of) or fault.changes
        number = len(self.results)
        try:
            if place is None:
                made = (
                    None if single or type(fault) is not Fault else fault.make(*copies(one.inputs))
                )
                return made is not None and _alike(one.result, made, one.right, self.tolerance)
            places: Sequence[int] = [place]
            if whole and number > 1 and not single:
                places = range(number)
            elif isinstance(fault, Exchanged):
                return False
            got = parts(one.result, number)
            for at in places:
                wanted = fault.value(self.results[at], at, copies(one.inputs), one.right)
                if not _alike(got[at], wanted, one.right[at], self.tolerance):
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
    loops = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.While)
        and not any(isinstance(inner, ast.Continue) for inner in ast.walk(node))
    ]
    return any(isinstance(line, ast.Return) for loop in loops for line in loop.body)


def not_finite(got: Any, right: Any, caught: list[warnings.WarningMessage]) -> str:
    """Return what NumPy said when a value became nan or infinite; empty if it said nothing."""
    try:
        if np.all(np.isfinite(got)) or not np.all(np.isfinite(right)):
            return ""
    except (TypeError, ValueError):  # no numbers, or a ragged list
        return ""
    texts = [str(warning.message) for warning in caught]
    found = (says for text in texts for begin, says in _WARNINGS if text.startswith(begin))
    return next(found, "")


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
