"""The check of a layer that applies one function to every entry, whatever the function is.

What is right is found from the function alone: backward is compared with finite differences, and
where the function has a kink, any slope between the two sides is accepted.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.checks import (
    Exercise,
    NotRight,
    expect,
    expect_gradient,
    expect_shape,
    expect_values,
    inputs_unchanged,
)

KEEPS = "the constructor takes its parameters and keeps them"
VALUES = "the right values, for inputs of any shape"
PURE = "no input is changed and whole numbers are not cut off"
GRADIENT = "the error times the slope, by finite differences"
FRESH = "it belongs to the latest forward of this layer, and changes no error"

_STEP = 1e-6
_SHAPES = ((7,), (4, 6), (2, 3, 2, 5))

Causes = Callable[..., Mapping[str, np.ndarray]]


@dataclass(frozen=True)
class LayerSpec:
    """An elementwise layer.

    Attributes
    ----------
    parameters
        The names of the constructor's parameters.
    f
        ``f(x, *parameters)``, elementwise.
    trials
        Three sets of parameters.
    kinks
        ``kinks(*parameters)`` are the inputs at which the slope jumps.
    forward_causes, backward_causes
        What typical faults would give, by likely cause, from ``(x, *parameters)`` and
        ``(x, error, *parameters)``.
    """

    parameters: tuple[str, ...]
    f: Callable[..., np.ndarray]
    trials: tuple[tuple[float, ...], ...]
    kinks: Callable[..., tuple[float, ...]] = lambda *_: ()
    forward_causes: Causes = field(default=lambda *_: {})
    backward_causes: Causes = field(default=lambda *_: {})

    def slope(self, x: np.ndarray, *p: float, side: float = 0.0) -> np.ndarray:
        """Return the slope by differences: central, or from the left (−1) or right (1) side."""
        ahead, behind = x + _STEP * (side >= 0), x - _STEP * (side <= 0)
        return (self.f(ahead, *p) - self.f(behind, *p)) / (ahead - behind)

    def inputs(self, rng: np.random.Generator, shape: tuple[int, ...], *p: float) -> np.ndarray:
        """Return inputs of both signs, none of them within 0.02 of a kink."""
        x = rng.uniform(-3, 3, shape)
        for kink in self.kinks(*p):
            near = np.abs(x - kink) < 0.02
            x = np.where(near, kink + 0.05, x)
        return x

    def exercise(
        self,
        reference: type,
        item: str,
        lecture: str,
        name: str,
        title: str,
        hints: tuple[str, str, str],
    ) -> Exercise:
        """Return the check of a class such as `reference`."""
        return Exercise(
            item=item,
            lecture=lecture,
            name=name,
            title=title,
            reference=reference,
            properties={
                KEEPS: self._keeps,
                VALUES: self._values,
                PURE: self._pure,
                GRADIENT: self._gradient,
                FRESH: self._fresh,
            },
            hints=hints,
        )

    def _keeps(self, answer: Any) -> None:
        values = self.trials[0]
        names = ", ".join(f"`{name}`" for name in self.parameters)
        _bind(answer, names, *values)
        layer = answer(*values)
        _bind(answer, names, **dict(zip(self.parameters, values, strict=True)))
        kept = list(getattr(layer, "__dict__", {}).values())
        for name, value in zip(self.parameters, values, strict=True):
            if any(isinstance(one, int | float) and one == value for one in kept):
                continue
            try:  # kept in some other way, if forward knows it
                x = np.linspace(-3, 3, 13)
                works = np.allclose(layer.forward(x), self.f(x, *values))
            except Exception:
                works = False
            expect(works, f"the layer does not keep `{name}`", f"`self.{name} = {name}` is missing")

    def _values(self, answer: Any) -> None:
        rng = np.random.default_rng(1)
        for shape, p in zip(_SHAPES, self.trials, strict=True):
            x = self.inputs(rng, shape, *p)
            got = _call(answer(*p), "forward", x.copy())
            expect_values("forward", got, self.f(x, *p), self._forward_causes(x, p))

    def _pure(self, answer: Any) -> None:
        p = self.trials[1]
        x = self.inputs(np.random.default_rng(2), (3, 4), *p)
        with inputs_unchanged(input_tensor=x):
            got = _call(answer(*p), "forward", x)
        expect_values("forward", got, self.f(x, *p), self._forward_causes(x, p))
        whole = np.array([[-3, -2, -1, 1], [2, 3, 4, 5]])
        right = self.f(whole.astype(np.float64), *p)
        cut = {"the result was stored in an array of whole numbers": right.astype(np.int64)}
        expect_values(
            "forward of whole numbers", _call(answer(*p), "forward", whole), right, cut, 1e-5
        )

    def _gradient(self, answer: Any) -> None:
        rng = np.random.default_rng(3)
        for shape, p in zip(_SHAPES, self.trials, strict=True):
            x, error = self.inputs(rng, shape, *p), rng.normal(0, 1, shape) + 0.1
            layer = answer(*p)
            _call(layer, "forward", x.copy())
            got = _call(layer, "backward", error.copy())
            expect_gradient(
                "backward",
                got,
                lambda at, error=error, p=p: float(np.sum(error * self.f(at, *p))),  # type: ignore[misc]
                x,
                self._backward_causes(x, error, p),
            )
        for kink in self.kinks(*self.trials[0]):
            self._at_a_kink(answer, np.array([kink]), self.trials[0])

    def _at_a_kink(self, answer: Any, x: np.ndarray, p: tuple[float, ...]) -> None:
        layer = answer(*p)
        _call(layer, "forward", x.copy())
        error = np.array([2.0])
        got = float(expect_shape("backward", _call(layer, "backward", error.copy()), (1,))[0])
        sides = [2.0 * float(self.slope(x, *p, side=side)[0]) for side in (-1.0, 1.0)]
        if not min(sides) - 1e-4 <= got <= max(sides) + 1e-4:
            raise NotRight(
                f"backward at the input {x[0]:g}, where the slope jumps, is {got:.6g} for the error"
                f" 2; anything from {min(sides):.6g} to {max(sides):.6g} is right",
                "the case in which the input lies exactly at the border is left out",
            )

    def _fresh(self, answer: Any) -> None:
        rng = np.random.default_rng(4)
        (p, q), shape = self.trials[:2], (3, 5)
        first, third = self.inputs(rng, shape, *p), self.inputs(rng, shape, *q)
        second, error = -first, rng.normal(0, 1, shape)
        layer, other = answer(*p), answer(*q)
        _call(layer, "forward", first.copy())
        _call(layer, "forward", second.copy())
        _call(other, "forward", third.copy())
        with inputs_unchanged(error_tensor=error):
            got = _call(layer, "backward", error)
        causes = {
            "it uses the first forward's input, not the latest one's": error
            * self.slope(first, *p),
            "two layers share what they remember: keep it in `self`": error * self.slope(third, *p),
            "two layers share their slopes: keep them in `self`": error * self.slope(third, *q),
            "two layers share their parameters: keep them in `self`": error
            * self.slope(second, *q),
        }
        expect_values("backward", got, error * self.slope(second, *p), causes, 1e-4)

    def _forward_causes(self, x: np.ndarray, p: tuple[float, ...]) -> dict[str, object]:
        return {
            **self.forward_causes(x, *p),
            "the input comes back unchanged": x,
            "negative inputs become 0, as in a ReLU": np.maximum(x, 0),
            "the sign is the wrong way round": -self.f(x, *p),
            "these are the slopes, not the values": self.slope(x, *p),
        }

    def _backward_causes(
        self, x: np.ndarray, error: np.ndarray, p: tuple[float, ...]
    ) -> dict[str, object]:
        return {
            **self.backward_causes(x, error, *p),
            "the error comes back unchanged: it has to be multiplied by the slope": error,
            "the slope alone is returned: multiply it by the error": self.slope(x, *p),
            "the slope is that of a ReLU": error * (x > 0),
            "the slope is taken at the error; it belongs to the input that forward got": error
            * self.slope(error, *p),
            "forward is applied to the error": self.f(error, *p),
            "the error is multiplied by the output instead of the slope": error * self.f(x, *p),
            "the error is multiplied by the input instead of the slope": error * x,
        }


def _bind(answer: Any, names: str, *args: float, **kwargs: float) -> None:
    """Raise `NotRight` unless the constructor takes these arguments."""
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        expect(callable(answer), "it is not a class")
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        raise NotRight(
            f"the constructor does not take {names}",
            "its parameters have to be called as the task says, after `self`",
        ) from None


def _call(layer: Any, method: str, argument: np.ndarray) -> Any:
    expect(
        callable(getattr(layer, method, None)),
        f"there is no method `{method}`",
        "its name is spelt differently, or it is indented too far or too little",
    )
    return getattr(layer, method)(argument)
