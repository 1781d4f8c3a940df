"""What several exercises need: the lecture's name, and answers that work on tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch

from course_utils.checks import Fault, NotRight, expect
from course_utils.checks.agreement import Agreement, Draw
from course_utils.checks.properties import NO_RETURN

LECTURE = "pytorch_on_a_device"
DEVICE = torch.device("meta")
"""What stands for the graphics card."""

Adapt = Callable[[Any], Callable[..., Any]]


def agreement(
    adapt: Adapt,
    reference: Any,
    draw: Draw,
    results: tuple[str, ...],
    faulty: Mapping[str, Any],
) -> Callable[[Any], None]:
    """Return the property that an answer agrees with the reference, which works on tensors.

    Parameters
    ----------
    adapt
        Makes of an answer a function of what `draw` gives that returns NumPy arrays.
    reference, results
        As for an exercise.
    faulty
        Answers with a fault, by the sentence that names it.
    """
    faults = tuple(Fault(says, adapt(wrong)) for says, wrong in faulty.items())
    held = Agreement(adapt(reference), draw, results, faults, tolerance=1e-5)
    return lambda answer: held(adapt(answer))


def with_arrays(function: Any) -> Callable[..., Any]:
    """Return `function` of tensors as one of arrays."""

    def of_arrays(*arrays: np.ndarray) -> Any:
        return as_array(function(*map(torch.from_numpy, arrays)))

    return of_arrays


def as_array(value: Any) -> Any:
    """Return a tensor as an array, and anything else as it is."""
    return value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else value


def expect_like(quantity: str, got: Any, like: torch.Tensor) -> None:
    """Raise `NotRight` unless `got` is a tensor with shape, device and dtype of `like`."""
    expect(got is not None, f"{quantity} is None", NO_RETURN)
    if not isinstance(got, torch.Tensor):
        raise NotRight(f"{quantity} is of type {type(got).__name__}, expected a tensor")
    for what, cause in (
        ("shape", ""),
        ("device", ON_THE_CPU),
        ("dtype", ""),
    ):
        is_, wanted = getattr(got, what), getattr(like, what)
        if is_ != wanted:
            shown = (tuple(is_), tuple(wanted)) if what == "shape" else (is_, wanted)
            cause = _of_dtype(is_, wanted) if what == "dtype" else cause
            raise NotRight("{} has {} {}, expected {}".format(quantity, what, *shown), cause)


def _of_dtype(got: torch.dtype, wanted: torch.dtype) -> str:
    """Return why a result has another type: the wider of two wins, and new tensors are float32."""
    if got == torch.float32:
        return OTHER_TYPE
    return WIDER if got == torch.float64 != wanted else ""


ON_THE_CPU = "what a function makes new is on the CPU: say device=images.device"
WIDER = "something is float64, as what NumPy makes: say dtype=images.dtype for what is made new"
OTHER_TYPE = (
    "something is float32: say dtype=images.dtype for what is made new, and leave the images' dtype"
)
