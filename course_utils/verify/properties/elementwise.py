"""A layer that applies one function, with or without parameters, to every entry.

What is right follows from the function alone, so that one definition serves the exercises'
activation functions, checked exercises and exam questions.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks import Fault, NotRight, expect, expect_shape, inputs_unchanged
from course_utils.nn import elementwise_slopes
from course_utils.verify import outcome
from course_utils.verify.outcome import (
    compare,
    reals,
)
from course_utils.verify.properties.common import (
    can_be_called_again,
    gradient_matches,
    leaves_arrays_alone,
)

_SHAPES = ((7,), (4, 6), (2, 3, 2, 5))
_CUT_OFF = Fault(
    "the result was stored in an array of whole numbers", lambda z: np.trunc(z), changes=True
)


@dataclass(frozen=True)
class Elementwise:
    """What is right for the layer of one function; each method is a property of a class.

    Attributes
    ----------
    f
        ``f(x, *parameters)``, elementwise.
    parameters
        The names of the constructor's parameters.
    trials
        Three sets of parameters.
    kinks
        ``kinks(*parameters)`` are the inputs at which the slope jumps.
    forward_faults, backward_faults
        Typical faults. Their `make` takes ``(x, *parameters)`` and ``(x, error, *parameters)``.
    """

    f: Callable[..., np.ndarray]
    parameters: tuple[str, ...] = ()
    trials: tuple[tuple[float, ...], ...] = ((), (), ())
    kinks: Callable[..., tuple[float, ...]] = lambda *_: ()
    forward_faults: tuple[Fault, ...] = ()
    backward_faults: tuple[Fault, ...] = ()

    def slope(self, x: np.ndarray, *p: float, side: int = 0) -> np.ndarray:
        """Return the slopes at `x`: central, or those to the left (−1) or right (1)."""
        return elementwise_slopes(lambda at: self.f(at, *p), x, side)

    def inputs(self, seed: int, shape: tuple[int, ...], *p: float) -> np.ndarray:
        """Return inputs of both signs, none of them within 0.02 of a kink."""
        x = np.random.default_rng(seed).uniform(-3, 3, shape)
        for kink in self.kinks(*p):
            x = np.where(np.abs(x - kink) < 0.02, kink + 0.05, x)
        return x

    # The properties

    def keeps_parameters(self, layer_class: Any) -> None:
        """Raise `NotRight` unless the constructor takes its parameters and keeps them."""
        values = self.trials[0]
        names = ", ".join(f"`{name}`" for name in self.parameters)
        _bind(layer_class, names, *values)
        layer = layer_class(*values)
        if inspect.isroutine(layer_class):
            made = hasattr(layer, "forward")
            expect(made, "it is a function, not a class", "begin with `class`, not with `def`")
        _bind(layer_class, names, **dict(zip(self.parameters, values, strict=True)))
        kept = list(getattr(layer, "__dict__", {}).values())
        for name, value in zip(self.parameters, values, strict=True):
            if any(isinstance(one, int | float) and one == value for one in kept):
                continue
            place = self.parameters.index(name)
            another = [*values[:place], self.trials[1][place], *values[place + 1 :]]
            try:  # kept in some other way, if forward depends on it
                x = np.linspace(-3, 3, 13)
                works = not np.allclose(layer.forward(x), layer_class(*another).forward(x))
            except Exception:
                works = False
            got = getattr(layer, name, None)
            converted = isinstance(got, int | str) and got in (int(value), str(value))
            expect(
                works or not converted,
                f"`self.{name}` is {got!r}, and {value!r} was given",
                "it is changed on the way, as by `int` or `str`",
            )
            expect(works, f"the layer does not keep `{name}`", f"`self.{name} = {name}` is missing")

    def forward(self, layer_class: Any) -> None:
        """Raise `NotRight` unless forward gives f(x) for inputs of any shape."""
        for seed, (shape, p) in enumerate(zip(_SHAPES, self.trials, strict=True)):
            x = self.inputs(seed, shape, *p)
            got = call(layer_class(*p), "forward", x.copy())
            compare("output", got, self.f(x, *p), _tried(self.all_forward_faults, x, *p))

    def careful_forward(self, layer_class: Any) -> None:
        """Raise `NotRight` if forward changes its input or cuts off values of whole numbers."""
        p = self.trials[1]
        x = self.inputs(3, (3, 4), *p)
        with inputs_unchanged(input_tensor=x):
            call(layer_class(*p), "forward", x)
        whole = np.array([[-3, -2, -1, 1], [2, 3, 4, 5]])
        own = _values(layer_class(*p), whole.astype(np.float64))  # right or not: that is `forward`
        got = call(layer_class(*p), "forward", whole)
        compare("output for whole numbers", got, own, _tried([_CUT_OFF], own), tolerance=1e-5)

    def backward(self, layer_class: Any) -> None:
        """Raise `NotRight` unless backward gives the error times the slope, any one at a kink."""
        for seed, (shape, p) in enumerate(zip(_SHAPES, self.trials, strict=True)):
            x = self.inputs(seed, shape, *p)
            error = np.random.default_rng(seed + 10).normal(0, 1, shape) + 0.1
            layer = layer_class(*p)
            call(layer, "forward", x.copy())
            got = call(layer, "backward", error.copy())
            own = error * elementwise_slopes(lambda at, p=p: _values(layer_class(*p), at), x)  # type: ignore[misc]
            right = error * self.slope(x, *p)
            faults = _tried(self.all_backward_faults, x, error, *p)
            gradient_matches("error for the layer below", got, own, [right], faults)
        for kink in self.kinks(*self.trials[0]):
            self._at_a_kink(layer_class, np.array([kink]), self.trials[0])

    def careful_backward(self, layer_class: Any) -> None:
        """Raise `NotRight` unless backward belongs to this layer's latest forward, and is pure."""
        (p, q), shape = self.trials[:2], (3, 5)
        x, third = self.inputs(4, shape, *p), self.inputs(5, shape, *q)
        alone = layer_class(*p)
        call(alone, "forward", x.copy())
        error = np.random.default_rng(14).normal(0, 1, shape)
        # Right or not: that is `backward`.
        own = reals("error for the layer below", call(alone, "backward", error.copy()))
        can_be_called_again(layer_class(*p), self.inputs(6, (2, 5), *p), x, error)
        leaves_arrays_alone(layer_class(*p), x, error)
        layer, other = layer_class(*p), layer_class(*q)
        call(layer, "forward", x.copy())
        call(other, "forward", third.copy())
        shared = "two layers share what they remember: keep it in `self`"
        faults = [outcome.Fault(shared, lambda: True)]
        got = call(layer, "backward", error.copy())
        compare("error after another layer's forward", got, own, faults, tolerance=1e-4)

    # What is likely

    @property
    def all_forward_faults(self) -> tuple[Fault, ...]:
        """The typical faults of forward, the likeliest first."""
        return (
            *self.forward_faults,
            Fault("the input comes back unchanged", lambda x, *_: x),
            Fault("negative inputs become 0, as in a ReLU", lambda x, *_: np.maximum(x, 0)),
            Fault("the sign is the wrong way round", lambda x, *p: -self.f(x, *p)),
            Fault("these are the slopes, not the values", self.slope),
            Fault("the magnitude of the values is taken", lambda x, *p: np.abs(self.f(x, *p))),
        )

    @property
    def all_backward_faults(self) -> tuple[Fault, ...]:
        """The typical faults of backward, the likeliest first."""
        return (
            *self.backward_faults,
            Fault(
                "the error comes back unchanged: it has to be multiplied by the slope",
                lambda x, error, *p: error,
            ),
            Fault(
                "the slope alone is returned: the error from above is not multiplied in",
                lambda x, error, *p: self.slope(x, *p),
            ),
            Fault("the slope is that of a ReLU", lambda x, error, *p: error * (x > 0)),
            Fault(
                "the slope is taken at the error; it belongs to the input that forward got",
                lambda x, error, *p: error * self.slope(error, *p),
            ),
            Fault(
                "the slope's formula is applied to the output instead of the input",
                lambda x, error, *p: error * self.slope(self.f(x, *p), *p),
            ),
            Fault("forward is applied to the error", lambda x, error, *p: self.f(error, *p)),
            Fault(
                "the error is multiplied by the output instead of the slope",
                lambda x, error, *p: error * self.f(x, *p),
            ),
            Fault(
                "the error is multiplied by the input instead of the slope",
                lambda x, error, *p: error * x,
            ),
            Fault(
                "the sign is the wrong way round",
                lambda x, error, *p: -error * self.slope(x, *p),
            ),
            Fault(
                "the error is divided by the slope; multiply",
                lambda x, error, *p: error / self.slope(x, *p),
            ),
        )

    def backward_cause(self, got: np.ndarray, x: np.ndarray, error: np.ndarray, *p: float) -> str:
        """Return the typical fault that makes backward give `got` at `x`; empty if none does."""
        faults = _tried(self.all_backward_faults, x, error, *p)
        return next((one.cause for one in faults if one.explains(got, 1e-5)), "")

    def _at_a_kink(self, layer_class: Any, x: np.ndarray, p: tuple[float, ...]) -> None:
        layer = layer_class(*p)
        call(layer, "forward", x.copy())
        got = float(expect_shape("backward", call(layer, "backward", np.array([2.0])), (1,))[0])
        right = right_slopes(lambda at: self.f(at, *p), x)
        own = right_slopes(lambda at: _values(layer_class(*p), at), x)
        if not any(2 * low - 1e-4 <= got <= 2 * high + 1e-4 for low, high in (right, own)):
            low, high = (2 * float(side[0]) for side in right)
            raise NotRight(
                f"backward at the input {x[0]:g}, where the slope jumps, is {got:.6g} for the error"
                f" 2; anything from {low:.6g} to {high:.6g} is right",
                "the case in which the input lies exactly at the border is left out",
            )


def right_slopes(
    function: Callable[[np.ndarray], np.ndarray], at: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest slope that is right at each entry of `at`.

    Where `function` is smooth the two agree up to rounding; at a kink they are those of its sides.
    """
    left, right = (elementwise_slopes(function, at, side) for side in (-1, 1))
    return np.minimum(left, right), np.maximum(left, right)


def call(layer: Any, method: str, argument: np.ndarray) -> Any:
    """Call a layer's method; raise `NotRight` if it has none, or returns a list."""
    expect(
        callable(getattr(layer, method, None)),
        f"there is no method `{method}`",
        "its name is spelt differently, or it is indented too far or too little",
    )
    got = getattr(layer, method)(argument)
    expect_array(method, got)
    return got


def expect_array(method: str, got: Any) -> None:
    """Raise `NotRight` if a method returns a list: the next layer computes with an array."""
    expect(
        not isinstance(got, list | tuple),
        f"{method} returns a {type(got).__name__}",
        "return an array, as in `np.array(…)`: the next layer computes with it",
    )


def _values(layer: Any, x: np.ndarray) -> np.ndarray:
    return reals("output", layer.forward(x))


def _tried(faults: Sequence[Fault], *arguments: Any) -> list[outcome.Fault]:
    return [outcome.Fault(one.says, partial(one.make, *arguments)) for one in faults]


def _bind(layer_class: Any, names: str, *args: float, **kwargs: float) -> None:
    """Raise `NotRight` unless the constructor takes these arguments."""
    try:
        signature = inspect.signature(layer_class)
    except (TypeError, ValueError):
        expect(callable(layer_class), "it is not a class")
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        raise NotRight(
            f"the constructor does not take {names}",
            "its parameters have to be called as the task says, after `self`",
        ) from None
