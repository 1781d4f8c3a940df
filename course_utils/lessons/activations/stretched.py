"""Layers out·f(in·x): any of the variants' layers f, stretched along both axes.

With the factors, item 6.1 has some hundreds of variants; each needs the chain rule once more.
"""

from __future__ import annotations

import inspect
import textwrap
from functools import cache

import numpy as np

from course_utils.checks import Fault
from course_utils.verify.properties.elementwise import Elementwise


def stretch_spec(spec: Elementwise, out: int, into: int) -> Elementwise:
    """Return what is right for ``out · f(into · x)``."""
    in_front, inner = f"the factor {out} in front is missing", f"the factor {into} at the input"
    return Elementwise(
        lambda x, *p: out * spec.f(into * x, *p),
        spec.parameters,
        spec.trials,
        lambda *p: tuple(sorted(kink / into for kink in spec.kinks(*p))),
        (
            Fault(in_front, lambda x, *p: spec.f(into * x, *p)),
            Fault(f"{inner} is missing", lambda x, *p: out * spec.f(x, *p)),
        ),
        (
            Fault(
                f"the chain rule's inner factor {into} is missing",
                lambda x, error, *p: error * out * spec.slope(into * x, *p),
            ),
            Fault(in_front, lambda x, error, *p: error * into * spec.slope(into * x, *p)),
        ),
    )


@cache
def stretch_layer(layer: type, out: int, into: int) -> type:
    """Return a layer that computes ``out · f(into · x)`` by means of the layer of f."""

    class Stretched:
        __signature__ = inspect.signature(layer)

        def __init__(self, *parameters: float, **named: float) -> None:
            vars(self).update(self.__signature__.bind(*parameters, **named).arguments)
            self.inner = layer(*parameters, **named)

        def forward(self, input_tensor: np.ndarray) -> np.ndarray:
            return out * self.inner.forward(into * input_tensor)

        def backward(self, error_tensor: np.ndarray) -> np.ndarray:
            return out * into * self.inner.backward(error_tensor)

    Stretched.__name__ = Stretched.__qualname__ = f"Stretched{layer.__name__}"
    return Stretched


@cache
def stretched_source(layer: type, out: int, into: int) -> str:
    """Return the code of one solution, as a student would write it."""
    names = list(inspect.signature(layer).parameters)
    parameters = ", ".join(names)
    kept = "\n        ".join(f"self.{name} = {name}" for name in names)
    inner = textwrap.dedent(inspect.getsource(layer)).rstrip()
    return f"""{inner}


class Stretched{layer.__name__}:
    def __init__(self, {parameters}):
        {kept}
        self.inner = {layer.__name__}({parameters})

    def forward(self, input_tensor):
        return {_times(out, f"self.inner.forward({_times(into, 'input_tensor')})")}

    def backward(self, error_tensor):
        return {_times(out * into, "self.inner.backward(error_tensor)")}
"""


def _times(factor: int, expression: str) -> str:
    return expression if factor == 1 else f"{factor} * {expression}"
