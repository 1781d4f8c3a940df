"""The property that an answer agrees with the reference on fresh inputs."""

from __future__ import annotations

import inspect
import itertools
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from course_utils.checks.causes import Causes
from course_utils.checks.fault import Fault, parts
from course_utils.checks.inputs import Inputs, copies, same
from course_utils.checks.properties import NotRight, expect_values, in_place
from course_utils.checks.results import taken_apart
from course_utils.checks.rounds import Round
from course_utils.checks.settings import restored
from course_utils.checks.warned import not_finite

Draw = Callable[[np.random.Generator], Inputs]

_ROUNDS = 3
_DECIDING = range(100, 104)  # the seeds of further rounds, which decide between causes
_PATIENCE = 2.0  # seconds that further rounds may begin in; a slow answer has less of them


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
    decides
        As in `Exercise`.
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
    decides: bool = False

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
        found = Round(inputs, result, right, tuple(str(one.message) for one in caught))
        got = taken_apart(
            result, self.results, right, self._causes.is_like,
            lambda: self._cause(answer, found, None),
        )  # fmt: skip
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
                cause = cause or not_finite(value, right[place], found.warned) or difference.cause
                raise NotRight(difference.what, cause) from None
        self._is_no_view(got, given)

    def _called(self, answer: Any, inputs: Inputs) -> Any:
        """Return what the answer makes of a copy of the inputs; what it sets is set right again."""
        with restored(), warnings.catch_warnings():
            return answer(*copies(inputs))

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

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.reference, self.results, self.faults, self.tolerance, self.decides)

    def _cause(self, answer: Any, found: Round, place: int | None) -> str:
        def rounds(draws: Sequence[Draw]) -> list[Round]:
            made: list[Round] = []
            until = time.monotonic() + _PATIENCE
            for seed, draw in itertools.product(_DECIDING, draws):
                if time.monotonic() > until:
                    break
                with suppress(Exception):  # on some inputs the answer may raise
                    inputs = draw(np.random.default_rng(seed))
                    made.append(Round(inputs, self._called(answer, inputs), self.right(inputs)))
            return made

        return self._causes.likely(
            answer, found, place, lambda: rounds([self.draw]), lambda: rounds(self.others)
        )


def _parameters(answer: Any, number: int) -> list[str]:
    """Return what each input is called; a wrapper that passes on whatever it gets names none."""
    try:
        known = list(inspect.signature(answer).parameters.values())
    except (TypeError, ValueError):
        known = []
    if len(known) == number and all(one.kind is not one.VAR_POSITIONAL for one in known):
        return [f"the input `{one.name}`" for one in known]
    return ["the input"] if number == 1 else [f"input {i + 1}" for i in range(number)]
