"""Why an answer is not right: the one cause that fits on all inputs, or none."""

from __future__ import annotations

import itertools
import operator
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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
from course_utils.checks.returns import CHOICE_IN_TUPLE, chooses_in_tuple, returns_in_loop
from course_utils.checks.returns import RETURN_IN_LOOP as RETURN_IN_LOOP
from course_utils.checks.rounds import Round, alike, right_and_wrong, several, unlike
from course_utils.checks.warned import said

_UNLIKE = 4
"""So many unlike wrong values, or right ones and wrong ones in one array, are no coincidence; where
there are fewer, other inputs are asked."""


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
    decides
        As in `Exercise`.
    """

    reference: Any
    results: tuple[str, ...]
    faults: tuple[Fault, ...]
    tolerance: float
    decides: bool = False

    def likely(
        self,
        answer: Any,
        found: Round,
        place: int | None,
        further: Callable[[], list[Round]],
        elsewhere: Callable[[], list[Round]] = list,
    ) -> str:
        """Return the likely cause, one sentence without a full stop; empty if none is certain.

        What fits on the inputs at hand is tried on further ones, and what explains only a few
        values, on the exercise's other kinds of inputs: many faults may agree on simple inputs.
        What explains many unlike values is told even if the other kinds contradict it: then there
        is a second fault beside it. Several may be left. Then one that explains all results at once
        is meant, else one of the exercise's own, which says more than a general one; of those, one
        that also fits elsewhere, and of these the one written first. A value has no further inputs,
        and then all are told. If no fault fits, what is certain of the result is told. Of one that
        is 0 throughout, that alone is: anything may have been cut or rounded to 0.

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
        if self._has_odd_parts(found, place) and chooses_in_tuple(answer):
            return CHOICE_IN_TUPLE
        rounds, others = [found, *further()], elsewhere()
        nothing = self._is_zero([*rounds, *others], place)
        apart = place is not None and len(self.results) > 1  # else one result is all of them
        for whole in (True, False) if apart else (True,):
            fits = [
                fault
                for fault in self._fitting(whole, rounds, place)
                if self._warnsalike(fault, found, place)
                and not (nothing and fault in (*CHANGES, *FUNCTIONS))
            ]
            undisputed = self._undisputed(fits, whole, others, place)
            held = [f for f in fits if f in undisputed or self._proves(f, rounds, place)]
            if len({fault.says for fault in held}) > 1:
                if len(rounds) == 1:
                    return ""
                at_once: list[Fault] = [fault for fault in held if isinstance(fault, Exchanged)]
                held = at_once or [fault for fault in held if fault in self.faults] or held
                held = self._undisputed(held, whole, others, place) or held
            if held:
                return held[0].says
        return self._described([*rounds, *others], place)

    def _has_odd_parts(self, found: Round, place: int | None) -> bool:
        """Tell whether there are too many results, or several of them in the place of one."""
        if place is None:
            return isinstance(found.result, tuple) and len(found.result) > len(self.results)
        return len(self.results) > 1 and isinstance(several(found.result)[place], tuple)

    def _proves(self, fault: Fault, rounds: list[Round], place: int | None) -> bool:
        """Tell whether a fault explains too much to fit by chance.

        One of a loop says which entries are wrong: those that are right count, too. Of a decision
        all values are one.
        """
        if self.decides:
            return False
        of_all = (place, len(self.results), self.tolerance)
        return (
            unlike(rounds, *of_all, fault in LOOPS) >= _UNLIKE
            or min(right_and_wrong(rounds[0], *of_all)) >= _UNLIKE
        )

    def _undisputed(
        self, faults: list[Fault], whole: bool, rounds: list[Round], place: int | None
    ) -> list[Fault]:
        """Return those of the faults that no round of another kind contradicts."""
        return self._holding(faults, whole, rounds, place) or self._holding(
            faults, whole, rounds, place, shown=True
        )

    def _warnsalike(self, fault: Fault, found: Round, place: int | None) -> bool:
        """Tell whether a fault may have made what is not finite, as far as NumPy's warnings say.

        Infinity equals infinity, wherever it comes from.
        """
        number = len(self.results)
        if place is None or not found.warned or unlike([found], place, number, self.tolerance):
            return True
        name = self.results[place]
        with warnings.catch_warnings(record=True) as caught, suppress(Exception):
            warnings.simplefilter("always")
            fault.value(name, place, copies(found.inputs), found.right)
        got, made = said(found.warned), said(str(one.message) for one in caught)
        return got == made or not got or not made

    def _is_zero(self, rounds: list[Round], place: int | None) -> bool:
        """Tell whether the result at `place` is 0 throughout, in every round."""
        if place is None:
            return False
        try:
            got = [parts(one.result, len(self.results))[place] for one in rounds]
            return not any(np.any(numbers("", z)) for z in got)
        except Exception:  # no numbers
            return False

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
            return alike(value, wanted, wanted, self.tolerance)
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
        self,
        faults: list[Fault],
        whole: bool,
        rounds: list[Round],
        place: int | None,
        shown: bool = False,
    ) -> list[Fault]:
        """Return those of the faults that no round contradicts.

        With `shown`, a round in which the result is right says nothing against a fault that does
        not show there: the last digits may differ.
        """

        def holds(fault: Fault, one: Round) -> bool:
            if self._fits(fault, whole, one, place) is not False:
                return True
            return shown and place is not None and self._is_right(fault, one, place)

        return [fault for fault in faults if all(holds(fault, one) for one in rounds)]

    def _is_right(self, fault: Fault, one: Round, place: int) -> bool:
        """Tell whether both the result at `place` and what the fault makes of it are right."""
        try:
            made = self._made(fault, place, one)
            got, right = parts(one.result, len(self.results))[place], one.right[place]
            pairs = ((numbers("", z), np.asarray(right)) for z in (got, made))
            return all(z.shape == r.shape and np.all(near(z, r, self.tolerance)) for z, r in pairs)
        except Exception:
            return False

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
                return made is not None and alike(one.result, made, one.right, self.tolerance)
            places: Sequence[int] = [place]
            if whole and number > 1 and not single:
                places = range(number)
            elif isinstance(fault, Exchanged):
                return False
            got = parts(one.result, number)
            for at in places:
                wanted = self._made(fault, at, one)
                if not alike(got[at], wanted, one.right[at], self.tolerance):
                    return False
        except Exception:
            return None
        return True

    def _made(self, fault: Fault, place: int, one: Round) -> Any:
        """Return what the fault makes of the result at `place`."""
        return fault.value(self.results[place], place, copies(one.inputs), one.right)
