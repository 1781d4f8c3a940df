"""Properties that many layers share; the modules beside this one apply them to each part."""

import contextlib
import copy
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.verify.crash import NOT_STORED
from course_utils.verify.outcome import Fault, NotMet, compare, matches, require
from course_utils.verify.probes import Initializer, Optimizer

LEARNING_RATE = 0.5
MOMENTUM = 0.75


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
    output = np.array(fresh.forward(x.copy()))
    below = np.array(fresh.backward(error.copy()))
    hint = "keep from a forward pass only what its own backward pass needs"
    stale = "something stored by an earlier call is used again"
    for earlier in (x[::-1], other):
        used = copy.deepcopy(layer)
        used.forward(earlier.copy())
        compare("output of the second call", used.forward(x.copy()), output, _always(stale), hint)
        compare("output of the third call", used.forward(x.copy()), output, _always(stale), hint)
        compare(
            "error after a second forward pass",
            used.backward(error.copy()),
            below,
            _always("backward does not belong to the last forward pass"),
            hint,
        )


def _always(cause: str) -> list[Fault]:
    return [Fault(cause, lambda: True, vague=True)]


def stays_silent(name: str, call: Callable[[], object], hint: str) -> np.ndarray:
    """Return what `call` gives; raise `NotMet` if it is not finite or numbers overflow on the way.

    `name` is the quantity's name.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = call()
    numbers = np.asarray(result, dtype=np.float64)
    require(
        np.all(np.isfinite(numbers)),
        name,
        f"{name} holds {numbers[~np.isfinite(numbers)][:1]} for large inputs",
        "the exponential overflows",
        hint,
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
    return {name: np.array(getattr(layer, name), dtype=np.float64) for name in names}


def run(layer: Any, x: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Run forward and backward; return the error for the layer below."""
    layer.forward(x.copy())
    return np.array(layer.backward(error.copy()))


def with_optimizer(layer: Any, optimizer: Optimizer) -> Any:
    """Return a copy of the layer with an optimizer and the same weights.

    As in `NeuralNetwork.append_layer` the optimizer is set before the layer is initialized, because
    a layer may hand it on then; a layer that cannot be initialized is reported elsewhere.
    """
    tuned = copy.deepcopy(layer)
    names = [name for name in ("weights", "bias") if hasattr(tuned, name)]
    kept = {name: np.array(getattr(tuned, name)) for name in names}
    tuned.optimizer = optimizer
    with contextlib.suppress(Exception):
        tuned.initialize(*initializers())
    for name, values in kept.items():
        setattr(tuned, name, values)
    return tuned


def initializers() -> tuple[Initializer, Initializer]:
    """Return initializers for weights and bias that always give the same numbers."""
    return Initializer(-1, 1), Initializer(-0.5, 0.5)


def updates_in_backward(
    layer: Any, x: np.ndarray, error: np.ndarray, names: Sequence[str] = ("weights", "bias")
) -> None:
    """Raise `NotMet` unless the tensors change in backward only, by their gradients, if at all."""
    before = tensors(layer, names)
    plain = copy.deepcopy(layer)
    run(plain, x, error)
    for name, now in tensors(plain, names).items():
        compare(
            f"{name} without an optimizer",
            now,
            before[name],
            _always("the layer changes its weights although no optimizer is set"),
        )
    steps = {name: LEARNING_RATE * _gradient(plain, name) for name in names}
    optimizer = Optimizer(LEARNING_RATE)
    tuned = with_optimizer(layer, optimizer)
    tuned.forward(x.copy())
    for name, now in tensors(tuned, names).items():
        compare(
            f"{name} after forward",
            now,
            before[name],
            _always("the update already happens in forward"),
            "update in backward, once the gradient is known",
        )
    tuned.backward(error.copy())
    for name, now in tensors(tuned, names).items():
        old, step = before[name], steps[name].reshape(before[name].shape)
        now = _in_shape(now, old)
        faults = [
            thrown_away(optimizer, old, now, alike=[b.shape for b in before.values()]),
            *_update_faults(name, old, step),
            updated_often(optimizer),
        ]
        compare(f"{name} after backward", now, old - step, faults)


def _in_shape(now: np.ndarray, old: np.ndarray) -> np.ndarray:
    """Return `now` in the shape of `old`: (1, n) after an update of (n,) does no harm."""
    return now.reshape(old.shape) if now.size == old.size else now


def _update_faults(name: str, old: np.ndarray, step: np.ndarray) -> list[Fault]:
    return [
        Fault(
            f"the {name} are never updated" if name == "weights" else f"the {name} is not updated",
            lambda: old,
            f"in backward: `self.{name} = optimizer.calculate_update(self.{name}, "
            f"self.gradient_{name})`",
        ),
        Fault("the update is done twice", lambda: old - 2 * step),
        Fault("the update goes up the gradient, not down", lambda: old + step),
    ]


def _gradient(layer: Any, name: str) -> np.ndarray:
    attribute = f"gradient_{name}"
    require(
        getattr(layer, attribute, None) is not None,
        attribute,
        f"the layer has no `{attribute}` after backward",
        NOT_STORED,
        f"set `self.{attribute}` in backward, or make it a property",
    )
    return np.array(getattr(layer, attribute), dtype=np.float64)


def keeps_state_apart(
    layer: Any, x: np.ndarray, error: np.ndarray, names: Sequence[str] = ("weights", "bias")
) -> None:
    """Raise `NotMet` unless each tensor has an optimizer with momentum to itself."""
    optimizer = Optimizer(LEARNING_RATE, MOMENTUM)
    tuned = with_optimizer(layer, optimizer)
    expected, velocity = tensors(tuned, names), dict.fromkeys(names, np.zeros(()))
    for _ in range(2):
        run(tuned, x, error)
        for name in names:
            step = LEARNING_RATE * _gradient(tuned, name).reshape(expected[name].shape)
            velocity[name] = MOMENTUM * velocity[name] - step
            expected[name] = expected[name] + velocity[name]
    for name in names:
        compare(
            f"{name} after two steps with momentum",
            _in_shape(np.asarray(getattr(tuned, name)), expected[name]),
            expected[name],
            state_faults(optimizer, 2),
        )


def thrown_away(
    optimizer: Optimizer, old: np.ndarray, now: np.ndarray, alike: Sequence[tuple[int, ...]] = ()
) -> Fault:
    """Return the fault of asking for new weights and not assigning them.

    `alike` holds the shapes of all tensors that are updated, to know how often to expect this one.
    """
    asked = sum(shape == old.shape for _, shape in optimizer.journal)
    return Fault(
        "the result of `calculate_update` is thrown away, so that the weights are never updated",
        lambda: matches(now, old) and asked >= max(1, alike.count(old.shape)),
        "`calculate_update` returns the new weights: assign them",
    )


def updated_often(optimizer: Optimizer, steps: int = 1) -> Fault:
    """Return the fault of updating one tensor more than once in a backward pass."""
    return Fault(
        "the update is done several times in one backward pass",
        lambda: max(map(optimizer.journal.count, optimizer.journal), default=0) > steps,
        "sum the gradient over the whole pass, then update once",
    )


def state_faults(optimizer: Optimizer, steps: int) -> list[Fault]:
    """Return what may be wrong when `steps` updates with momentum go astray.

    The optimizer's journal tells: a copy that belongs to one tensor is used once in every step.
    """

    def most_used() -> int:
        serials = [serial for serial, _ in optimizer.journal]
        return max(map(serials.count, serials), default=0)

    return [
        Fault(
            "one optimizer state serves two tensors, so that their momentum is mixed",
            lambda: most_used() > steps,
            "give each tensor its own `copy.deepcopy(optimizer)`",
        ),
        Fault(
            "an optimizer's state is lost between calls",
            lambda: 0 < most_used() < steps,
            "copy the optimizer once, when it is set, and not in every call",
        ),
    ]


def error_is_from_before_the_update(
    layer: Any, x: np.ndarray, error: np.ndarray, gradients: Sequence[str] = ("gradient_weights",)
) -> None:
    """Raise `NotMet` if an optimizer changes the returned error or the gradients."""
    plain, tuned = copy.deepcopy(layer), with_optimizer(layer, Optimizer(LEARNING_RATE))
    expected = run(plain, x, error)
    got = run(tuned, x, error)

    def updated() -> np.ndarray:
        twin = copy.deepcopy(tuned)
        twin.optimizer = Optimizer(0.0)
        return run(twin, x, error)

    hint = "compute the error first and update last"
    compare(
        "error for the layer below",
        got,
        expected,
        [Fault("this is the error for the already updated weights", updated, hint)],
        hint,
    )
    for name in gradients:
        compare(
            f"{name} with an optimizer",
            getattr(tuned, name),
            np.array(getattr(plain, name)),
            _always("the gradient is computed with already updated weights"),
            "compute all gradients first and update last",
        )


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
