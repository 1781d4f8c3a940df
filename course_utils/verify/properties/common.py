"""Properties that many layers share; the modules beside this one apply them to each part."""

import copy
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    Fault,
    NotMet,
    compare,
    matches,
    reals,
    require,
)


def normal(*shape: int, seed: int = 0) -> np.ndarray:
    """Return reproducible standard normal numbers, float64."""
    return np.random.default_rng(seed).normal(size=shape)


def starts_as(layer: Any, trainable: bool) -> None:
    """Raise `NotMet` unless `trainable` is as given and `testing_phase` is False."""
    for name, expected in (("trainable", trainable), ("testing_phase", False)):
        if not hasattr(layer, name):
            raise NotMet(
                name,
                f"the layer has no attribute `{name}`",
                "the base class's constructor is not called, or does not set it",
                "call `super().__init__()` first in the layer's constructor",
            )
        got = getattr(layer, name)
        require(bool(got) == expected, name, f"{name} is {got!r}, expected {expected}")


def has_shape(
    layer: Any, name: str, shape: tuple[int, ...], what: str = "", cause: str = "", hint: str = ""
) -> None:
    """Raise `NotMet` unless the layer's attribute is an array of the given shape.

    `what` says what the axes of that shape are; `cause` is for an array of another shape.
    """
    value: Any = getattr(layer, name, None)
    require(
        value is not None,
        name,
        f"{name} at first is None" if hasattr(layer, name) else f"the layer has no `{name}`",
        "the constructor does not set it",
        f"set `self.{name}` in the constructor; `initialize` may replace it later",
    )
    named = f"{what} = {shape}" if what else f"{shape}"
    got = np.asarray(value).shape
    require(got == shape, name, f"{name} has shape {got}, expected {named}", cause, hint)


def leaves_arrays_alone(layer: Any, x: np.ndarray, error: np.ndarray) -> None:
    """Raise `NotMet` if forward or backward changes an array that it is given."""
    given, above = x.copy(), error.copy()
    layer.forward(given)
    _unchanged("input_tensor", given, x, "forward")
    layer.backward(above)
    _unchanged("input_tensor", given, x, "backward")
    _unchanged("error_tensor", above, error, "backward")


def _unchanged(name: str, now: np.ndarray, before: np.ndarray, method: str) -> None:
    if not np.array_equal(now, before):
        index = [int(i) for i in np.argwhere(now != before)[0]]
        raise NotMet(
            name,
            f"{method} changes the caller's {name}, first at {index}",
            "an operation in place, such as `x -= …` or `x[x < 0] = 0`",
            f"make a new array, or work on `{name}.copy()`",
        )


def can_be_called_again(layer: Any, other: np.ndarray, x: np.ndarray, error: np.ndarray) -> None:
    """Raise `NotMet` unless earlier calls leave no trace in later ones.

    `other` is an input of another batch size, passed through before `x`.
    """
    fresh = copy.deepcopy(layer)
    output = reals("output", fresh.forward(x.copy()))  # what is no array of numbers is told as that
    below = reals("error for the layer below", fresh.backward(error.copy()))
    hint = "keep from a forward pass only what its own backward pass needs"
    stale = "something stored by an earlier call is used again"
    for earlier in (x[::-1], other):
        used = copy.deepcopy(layer)
        used.forward(earlier.copy())
        compare("output of the second call", used.forward(x.copy()), output, always(stale), hint)
        compare("output of the third call", used.forward(x.copy()), output, always(stale), hint)
        compare(
            "error after a second forward pass",
            used.backward(error.copy()),
            below,
            always("backward does not belong to the last forward pass"),
            hint,
        )


def keeps_to_itself(made: Callable[[], Any], x: np.ndarray, error: np.ndarray) -> None:
    """Raise `NotMet` if another layer's forward pass changes what backward of this one gives."""
    alone, layer, other = made(), made(), made()
    right = run(alone, x, error)
    layer.forward(x.copy())
    other.forward(x[::-1] + 1)
    shared = [Fault("two layers share what they remember: keep it in `self`", lambda: True)]
    got = layer.backward(error.copy())
    compare("error after another layer's forward", got, right, shared)
    if hasattr(alone, "gradient_weights"):
        compare(
            "gradient_weights after another layer's forward",
            layer.gradient_weights,
            alone.gradient_weights,
            shared,
        )


def always(cause: str) -> list[Fault]:
    """Return the fault that any difference at all shows; its cause only says how."""
    return [Fault(cause, lambda: True, vague=True)]


def stays_silent(name: str, call: Callable[[], object], hint: str) -> np.ndarray:
    """Return what `call` gives; raise `NotMet` if it is not finite or numbers overflow on the way.

    `name` is the quantity's name.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = call()
    numbers = reals(name, result)
    require(
        np.all(np.isfinite(numbers)),
        name,
        f"{name} holds {numbers[~np.isfinite(numbers)][:1]} for large inputs",
        "the exponential overflows",
        hint,
        vague=True,
    )
    overflows = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    require(
        not overflows,
        name,
        f"NumPy warns for large inputs: {overflows[:1]}",
        "the exponential overflows",
        hint,
    )
    return numbers


def tensors(layer: Any, names: Sequence[str]) -> dict[str, np.ndarray]:
    """Return copies of the layer's attributes of the given names."""
    return {name: reals(name, getattr(layer, name)) for name in names}


def run(layer: Any, x: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Run forward and backward; return the error for the layer below."""
    layer.forward(x.copy())
    return reals("error for the layer below", layer.backward(error.copy()))


def gradient_matches(
    quantity: str,
    got: object,
    numerical: np.ndarray,
    right: Sequence[np.ndarray] = (),
    faults: Sequence[Fault] = (),
    hint: str = "",
    tolerance: float = 1e-5,
) -> None:
    """Raise `NotMet` unless a gradient is that of the layer's own forward pass, or the right one.

    The second is for a layer whose forward pass is wrong: that is said once, where it is wrong.
    """
    if any(matches(got, value, tolerance) for value in right):
        return
    sign = Fault("the sign is the wrong way round", lambda: -numerical)
    batch = [
        Fault(
            "the gradient is averaged over the batch instead of summed", lambda n=n: numerical / n
        )
        for n in (2, 3, 4, 5)
    ]
    compare(quantity, got, numerical, [*faults, sign, *batch], hint, tolerance)
