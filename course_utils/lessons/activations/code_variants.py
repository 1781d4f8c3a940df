"""Layers like the exam's leaky ReLU: what variants of item 6.1 ask for, each with its check.

All of them are straight lines that meet, so that a slope is read off a case, as in the exam.
"""

import re
from functools import cache

import numpy as np

from course_utils.checks import Exercise
from course_utils.lessons.activations.stretched import stretch_layer, stretch_spec
from course_utils.verify.exercise import layer_exercise
from course_utils.verify.properties.elementwise import Elementwise

LECTURE = "activations"


class HardTanh:
    """x, cut off below −limit and above limit."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember where nothing was cut off."""
        self.inside = np.abs(input_tensor) < self.limit
        return np.clip(input_tensor, -self.limit, self.limit)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error where nothing was cut off, and 0 elsewhere."""
        return error_tensor * self.inside


class SoftShrink:
    """0 for inputs no larger in size than the threshold; the others move towards 0 by it."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember where they are not 0."""
        size = np.abs(input_tensor)
        self.outside = size > self.threshold
        return np.sign(input_tensor) * np.maximum(size - self.threshold, 0)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error where the value is not 0, and 0 elsewhere."""
        return error_tensor * self.outside


class TwoSlopes:
    """left·x for negative inputs and right·x for the others."""

    def __init__(self, left: float, right: float) -> None:
        self.left = left
        self.right = right

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember the slopes."""
        self.slope = np.where(input_tensor < 0, self.left, self.right)
        return self.slope * input_tensor

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error times the slope."""
        return self.slope * error_tensor


class Ramp:
    """0 up to start, a line up to 1 at stop, then 1."""

    def __init__(self, start: float, stop: float) -> None:
        self.start = start
        self.stop = stop

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember where the line is."""
        self.inside = (input_tensor > self.start) & (input_tensor < self.stop)
        return np.clip((input_tensor - self.start) / (self.stop - self.start), 0, 1)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error times the line's slope on the line, and 0 elsewhere."""
        return error_tensor * self.inside / (self.stop - self.start)


class CappedRelu:
    """x, cut off below 0 and above cap."""

    def __init__(self, cap: float) -> None:
        self.cap = cap

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember where nothing was cut off."""
        self.inside = (input_tensor > 0) & (input_tensor < self.cap)
        return np.clip(input_tensor, 0.0, self.cap)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error where nothing was cut off, and 0 elsewhere."""
        return error_tensor * self.inside


class Elbow:
    """x above bend, and a line of another slope that meets it there below."""

    def __init__(self, bend: float, slope: float) -> None:
        self.bend = bend
        self.slope = slope

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return the values, and remember the slopes."""
        self.slopes = np.where(input_tensor > self.bend, 1.0, self.slope)
        return self.bend + self.slopes * (input_tensor - self.bend)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error times the slope."""
        return self.slopes * error_tensor


def _exercise(reference: type, spec: Elementwise) -> Exercise:
    names = ", ".join(spec.parameters)
    keeps = "\n                ".join(f"self.{name} = ..." for name in spec.parameters)
    return layer_exercise(
        spec,
        reference,
        item="",
        lecture=LECTURE,
        name=reference.__name__.lower(),
        title=f"The layer {reference.__name__}",
        hints=(
            "What is the value in each case, and what is the slope?",
            "backward multiplies the error by the slope at forward's input, so forward has to"
            " remember something in `self`.",
            f"""
            def __init__(self, {names}):
                {keeps}
            """,
        ),
    )


SPECS: dict[str, tuple[type, Elementwise]] = {
    "hard_tanh": (
        HardTanh,
        Elementwise(
            lambda x, limit: np.clip(x, -limit, limit),
            ("limit",),
            ((1.0,), (0.5,), (2.0,)),
            lambda limit: (-limit, limit),
        ),
    ),
    "soft_shrink": (
        SoftShrink,
        Elementwise(
            lambda x, t: np.where(x > t, x - t, np.where(x < -t, x + t, 0.0)),
            ("threshold",),
            ((0.5,), (1.0,), (1.5,)),
            lambda t: (-t, t),
        ),
    ),
    "two_slopes": (
        TwoSlopes,
        Elementwise(
            lambda x, left, right: np.minimum(x, 0) * left + np.maximum(x, 0) * right,
            ("left", "right"),
            ((0.2, 1.5), (0.7, 0.3), (-0.5, 2.0)),
            lambda *_: (0.0,),
        ),
    ),
    "ramp": (
        Ramp,
        Elementwise(
            lambda x, start, stop: np.asarray(np.interp(x, [start, stop], [0.0, 1.0])),
            ("start", "stop"),
            ((-1.0, 1.0), (0.0, 2.0), (-2.0, 0.5)),
            lambda start, stop: (start, stop),
        ),
    ),
    "capped_relu": (
        CappedRelu,
        Elementwise(
            lambda x, cap: np.clip(x, 0.0, cap),
            ("cap",),
            ((1.0,), (0.5,), (2.0,)),
            lambda cap: (0.0, cap),
        ),
    ),
    "elbow": (
        Elbow,
        Elementwise(
            lambda x, bend, slope: np.where(x > bend, x, bend + slope * (x - bend)),
            ("bend", "slope"),
            ((0.5, 0.2), (-1.0, 1.5), (1.5, -0.5)),
            lambda bend, _: (bend,),
        ),
    ),
}
"""The layers by the names of their checks, each with what it computes."""

_NAME = re.compile(r"check_(\w+?)(?:_times_(m?\d+)_of_(m?\d+))?")


def check_name(layer: str, out: int = 1, into: int = 1) -> str:
    """Return the name under which this module has the check of ``out · f(into · x)``."""
    if (out, into) == (1, 1):
        return f"check_{layer}"
    return f"check_{layer}_times_{out}_of_{into}".replace("-", "m")


@cache
def __getattr__(name: str) -> Exercise:
    """Make a check when it is asked for: there are some hundreds."""
    asked = _NAME.fullmatch(name)
    if asked is None or asked[1] not in SPECS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    layer, spec = SPECS[asked[1]]
    if asked[2] is None:
        return _exercise(layer, spec)
    out, into = (int(factor.replace("m", "-")) for factor in asked.groups()[1:])
    return _exercise(stretch_layer(layer, out, into), stretch_spec(spec, out, into))
