"""Properties of layers that update their weights; the modules beside this one apply them."""

import contextlib
import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.verify.crash import NOT_STORED
from course_utils.verify.outcome import (
    Fault,
    compare,
    matches,
    reals,
    require,
)
from course_utils.verify.probes import Initializer, Optimizer
from course_utils.verify.properties.common import always, run, tensors

LEARNING_RATE = 0.5
MOMENTUM = 0.75


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
            always("the layer changes its weights although no optimizer is set"),
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
            always("the update already happens in forward"),
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
    return reals(attribute, getattr(layer, attribute))


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
            always("the gradient is computed with already updated weights"),
            "compute all gradients first and update last",
        )
