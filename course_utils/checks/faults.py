"""The faults that any answer may have, whatever the exercise: axes, factors, rounding."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.checks.fault import Fault, Reference, parts
from course_utils.checks.inputs import Inputs


@dataclass(frozen=True)
class Along(Fault):
    """A fault of the axis: the reference, or another fault, along other axes of its inputs."""

    reference: Reference | None = None
    inner: Fault | None = None

    def value(self, name: str, place: int, inputs: Inputs, right: tuple[Any, ...]) -> Any:
        """Return the result for inputs that `make` turns around."""
        turned = tuple(self.make(x) if np.ndim(x) == 2 else x for x in inputs)
        if not any(np.ndim(x) == 2 for x in inputs) or self.reference is None:
            raise LookupError(name)
        wrong = parts(self.reference(*turned), len(right))
        if self.inner is not None:
            wanted = self.inner.value(name, place, turned, wrong)
        else:
            wanted = wrong[place]
        wanted = np.asarray(wanted)
        for before, after in zip(inputs, turned, strict=True):
            if wanted.ndim == 2 and wanted.shape == np.shape(after):  # back as it stood
                return wanted.T if self.make is np.transpose else wanted.reshape(before.shape)
        return wanted[0] if wanted.shape == (1,) else wanted


OTHER_AXIS = "it runs along the other axis: rows and columns are exchanged, mind `axis`"
WHOLE = "it is taken over the whole table at once; name the axis"


def axis_faults(reference: Reference, faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Yield the faults of the axis, for the reference and on top of every other fault."""
    for says, turn in ((OTHER_AXIS, np.transpose), (WHOLE, lambda x: x.reshape(-1, 1))):
        yield Along(says, turn, reference=reference)
        for inner in faults:
            if not inner.changes:
                both = f"{inner.says}; and {says}"
                yield Along(both, turn, inner.of, reference=reference, inner=inner)


@dataclass(frozen=True)
class Factor(Fault):
    """A fault in what a sum is divided by: `make(n)` is the factor for n values."""

    argument: int = 0
    axis: int | None = None
    inverse: bool = False

    def value(self, name: str, place: int, inputs: Inputs, right: tuple[Any, ...]) -> Any:
        """Return the right result times the factor; n is the size or an axis of an input."""
        shape = np.shape(inputs[self.argument])
        if self.axis is not None:
            shape = shape[self.axis : self.axis + 1]
        n = int(np.prod(shape))
        if not shape or n < 3:  # of 2 it is told that it is twice or half of what it should be
            raise LookupError(name)
        factor = self.make(n)
        return np.asarray(right[place]) * (1 / factor if self.inverse else factor)


_DIVISORS = (
    (
        "a mean or variance is divided by n − 1 instead of n, or by n instead of n − 1",
        (lambda n: n / (n - 1), lambda n: (n / (n - 1)) ** 0.5),
    ),
    (
        "a sum stands where a mean belongs, or the other way round: mind the division by n",
        (float, lambda n: n**0.5),
    ),
)


def factor_faults(inputs: Inputs) -> Iterator[Fault]:
    """Yield the faults of a divisor, for every size that n may be."""
    for says, factors in _DIVISORS:
        for make, inverse in itertools.product(factors, (False, True)):
            for argument, x in enumerate(inputs):
                for axis in (None, *range(np.ndim(x))):
                    yield Factor(says, make, argument=argument, axis=axis, inverse=inverse)


@dataclass(frozen=True)
class Exchanged(Fault):
    """The right results in another order: `make(i)` is the one that stands at place i."""

    def value(self, _name: str, place: int, _inputs: Inputs, right: tuple[Any, ...]) -> Any:
        """Return another of the right results."""
        return right[self.make(place)]


@dataclass(frozen=True)
class Input(Fault):
    """One of the inputs is returned: `make(inputs)` picks it."""

    def value(self, _name: str, _place: int, inputs: Inputs, _right: tuple[Any, ...]) -> Any:
        """Return the input."""
        return self.make(inputs)


def _of_2d(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Any], np.ndarray]:
    def changed(z: Any) -> np.ndarray:
        array = np.asarray(z)
        if array.ndim != 2:
            raise LookupError("only a table has rows and columns")
        return change(array)

    return changed


def _of_1d(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Any], np.ndarray]:
    def changed(z: Any) -> np.ndarray:
        if np.ndim(z) != 1:
            raise LookupError("not a row of entries")
        return change(np.asarray(z))

    return changed


def _rounded(digits: int) -> Fault:
    return Fault(
        f"the values are rounded to {digits} digits after the point; round only what is printed"
        if digits
        else "the values are rounded to whole numbers",
        lambda z: np.round(z, digits),
        changes=True,
    )


def _of_several(change: Callable[[np.ndarray], Any], axis: int = 0) -> Callable[[Any], Any]:
    """Return `change` for results with at least two entries along an axis.

    Of one, the first is all there is: then a lost axis looks like a loop that ends too early.
    """

    def changed(z: Any) -> Any:
        array = np.array(z)
        if array.ndim <= axis or array.shape[axis] < 2:
            raise LookupError("there is only one value")
        return change(array)

    return changed


def _zeroed(*at: Any) -> Callable[[Any], np.ndarray]:
    """Return what a loop leaves of an array of zeros if it passes over the entries at `at`."""

    def changed(array: np.ndarray) -> np.ndarray:
        array[at] = 0
        return array

    return _of_several(changed, len(at) - 1)


def _squeezed(z: Any) -> np.ndarray:
    array = np.asarray(z)
    if 1 not in array.shape:
        raise LookupError("no axis has length 1")
    return np.squeeze(array)


_LAST = "only the last entry is left: every round of the loop overwrites what the one before found"

CHANGES = (
    Fault("the sign is the wrong way round", lambda z: -np.asarray(z), changes=True),
    Fault("it is transposed", _of_2d(lambda z: z.T), changes=True),
    Fault("the entries are in reverse order", _of_1d(lambda z: z[::-1]), changes=True),
    Fault("the rows are in reverse order", lambda z: np.asarray(z)[::-1], changes=True),
    Fault("the columns are in reverse order", _of_2d(lambda z: z[:, ::-1]), changes=True),
    Fault("the values are cut to whole numbers, as in an array of integers",
          lambda z: np.trunc(np.asarray(z)), changes=True),
    Fault("the values lost their sign: the magnitude is taken",
          lambda z: np.abs(z), changes=True),
    Fault("an axis of length 1 is kept, as with `keepdims=True`",
          lambda z: np.expand_dims(z, 0), changes=True),
    Fault("an axis of length 1 is kept, as with `keepdims=True`",
          lambda z: np.expand_dims(z, -1), changes=True),
    *(_rounded(digits) for digits in range(6)),
)  # fmt: skip
"""What may happen to any result, in the order in which it is looked for."""

_FIRST = "only the first entry is computed: look at the loop"
_REST = slice(1, None)
_ALL = slice(None)

LOOPS = (
    Fault(_FIRST, _of_several(lambda z: z[0]), changes=True),
    Fault(_FIRST, _of_several(lambda z: z[:1]), changes=True),
    Fault(_FIRST, _zeroed(_REST), changes=True),
    Fault(_LAST, _of_several(lambda z: z[-1]), changes=True),
    Fault(_LAST, _of_2d(_of_several(lambda z: z[:, -1], 1)), changes=True),
    Fault("the first entry is left out: the loop starts too late", _zeroed(0), changes=True),
    Fault("the last entry is left out: the loop ends too early", _zeroed(-1), changes=True),
    Fault("the first entry is left out: the loop starts too late",
          _of_several(lambda z: z[1:]), changes=True),
    Fault("the last entry is left out: the loop ends too early",
          _of_several(lambda z: z[:-1]), changes=True),
    Fault("the first column is left out: the loop starts too late",
          _of_2d(_zeroed(_ALL, 0)), changes=True),
    Fault("the last column is left out: the loop ends too early",
          _of_2d(_zeroed(_ALL, -1)), changes=True),
)  # fmt: skip
"""What a loop may lose; a value that was typed comes from none."""

FUNCTIONS = (
    Fault("an axis of length 1 is lost, as with `.squeeze()` or an index",
          _squeezed, changes=True),
    Fault("it is the square of the right value: a root is missing, or a square is too much",
          np.square, changes=True),
    Fault("it is the root of the right value: a square is missing, or a root is too much",
          np.sqrt, changes=True),
    Fault("it is 1 divided by the right value: the fraction is upside down",
          lambda z: 1 / np.asarray(z, float), changes=True),
    Fault("it is the logarithm of the right value", np.log, changes=True),
    Fault("it is e to the power of the right value", np.exp, changes=True),
    Fault("a ReLU is applied to the right value: what is negative becomes 0",
          lambda z: np.maximum(z, 0), changes=True),
    Fault("a sigmoid is applied to the right value", lambda z: 1 / (1 + np.exp(-np.asarray(z))),
          changes=True),
    Fault("a tanh is applied to the right value", np.tanh, changes=True),
)  # fmt: skip
"""What may be applied to any result, or left out of it."""
