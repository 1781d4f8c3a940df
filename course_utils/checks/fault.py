"""A typical fault of an exercise: what it gives, and the sentence that names it.

A fault is written once. From it come the likely cause of a verdict, by computing what an answer
with this fault gives on the same inputs, and a wrong answer on which the tests try the check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from course_utils.checks.inputs import Inputs

Reference = Callable[..., Any]


@dataclass(frozen=True)
class Fault:
    """A typical fault.

    Attributes
    ----------
    says
        The fault, one sentence without a full stop.
    make
        Takes the exercise's inputs, and returns what an answer with this fault returns.
    of
        Names of results; `make` then returns one result only, which any of these may be.
    changes
        Whether `make` takes the right result instead of the inputs: ``lambda z: -z``.

    Raises
    ------
    ValueError
        If `says` is empty or ends with a full stop.
    """

    says: str
    make: Callable[..., Any]
    of: tuple[str, ...] = ()
    changes: bool = False

    def __post_init__(self) -> None:
        if not self.says.strip() or self.says.rstrip().endswith("."):
            raise ValueError(f"a fault is a sentence without a full stop, and not {self.says!r}.")

    def value(self, name: str, place: int, inputs: Inputs, right: tuple[Any, ...]) -> Any:
        """Return what result `name`, at `place` among the `right` ones, is with this fault.

        Raises
        ------
        LookupError
            If the fault does not touch this result.
        """
        if self.of and name not in self.of:
            raise LookupError(name)
        if self.changes:
            return self.make(right[place])
        made = self.make(*inputs)
        return made if self.of or len(right) == 1 else made[place]

    def versions(self, reference: Reference, names: tuple[str, ...]) -> Iterator[Reference]:
        """Yield answers that have this fault, one for each result it may concern."""
        if not self.of and not self.changes:
            yield self.make
            return
        for place, name in enumerate(names):
            if not self.of or name in self.of:
                yield _replaced(self, reference, names, place)


def _replaced(fault: Fault, reference: Reference, names: tuple[str, ...], place: int) -> Reference:
    def version(*inputs: Any) -> Any:
        right = parts(reference(*inputs), len(names))
        wrong = fault.value(names[place], place, inputs, right)
        return wrong if len(names) == 1 else (*right[:place], wrong, *right[place + 1 :])

    return version


def parts(result: Any, number: int) -> tuple[Any, ...]:
    """Return a result as a tuple of `number` results."""
    return (result,) if number == 1 else tuple(result)
