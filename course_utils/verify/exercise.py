"""A checked exercise whose answer is a layer: its properties are the requirements of a part."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.verify.outcome import matches
from course_utils.verify.properties.elementwise import Elementwise

KEEPS = "the constructor takes its parameters and keeps them"
VALUES = "the right values, for inputs of any shape"
PURE = "no input is changed and whole numbers are not cut off"
GRADIENT = "the error times the slope, by finite differences"
FRESH = "it belongs to the latest forward of this layer, and changes no error"


def layer_exercise(
    spec: Elementwise,
    reference: type,
    *,
    item: str,
    lecture: str,
    name: str,
    title: str,
    hints: tuple[str, str, str],
) -> Exercise:
    """Return the check of a class such as `reference`, an elementwise layer."""
    return Exercise(
        item=item,
        lecture=lecture,
        name=name,
        title=title,
        reference=reference,
        hints=hints,
        properties={
            KEEPS: spec.keeps_parameters,
            VALUES: spec.forward,
            PURE: spec.careful_forward,
            GRADIENT: spec.backward,
            FRESH: spec.careful_backward,
        },
        wrong=lambda: faulty_layers(spec, reference),
    )


def faulty_layers(spec: Elementwise, reference: type) -> Iterator[tuple[type, str]]:
    """Yield layers that each have one of the faults in `spec`, with the sentence that names it."""
    p = spec.trials[0]
    x = spec.inputs(0, (4, 5), *p)
    error = np.random.default_rng(1).normal(size=x.shape)
    plans = (
        ("forward", spec.all_forward_faults, (x, *p), spec.f(x, *p)),
        ("backward", spec.all_backward_faults, (x, error, *p), error * spec.slope(x, *p)),
    )
    for method, faults, arguments, right in plans:
        known = [
            right
        ]  # a fault that is none for this function, or another one's twin, is left out
        for fault in faults:
            value = np.broadcast_to(fault.make(*arguments), x.shape)
            if not any(matches(value, one) for one in known):
                known.append(value)
                yield _faulty(reference, method, fault), fault.says


def _faulty(reference: Any, method: str, fault: Fault) -> type:
    class Faulty(reference):
        __signature__ = inspect.signature(reference)

        def __init__(self, *values: float, **named: float) -> None:
            super().__init__(*values, **named)
            self.values = self.__signature__.bind(*values, **named).args

        def forward(self, input_tensor: np.ndarray) -> Any:
            self.latest = np.array(input_tensor)
            right = super().forward(input_tensor)
            return fault.make(input_tensor, *self.values) if method == "forward" else right

        def backward(self, error_tensor: np.ndarray) -> Any:
            if method == "backward":
                return fault.make(self.latest, error_tensor, *self.values)
            return super().backward(error_tensor)

    return Faulty
