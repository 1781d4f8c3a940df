"""Sgd, SgdWithMomentum and Adam."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, require
from course_utils.verify.probes import Regularizer
from course_utils.verify.properties.common import normal
from course_utils.verify.properties.optimizer_rules import (
    ARGUMENTS,
    FAULTS,
    RATE,
    STEPS,
    Path,
    Rule,
)
from course_utils.verify.requirement import requirement


def _walk(
    update: Callable[[Any, Any], Any], w: Any, gradients: list[Any]
) -> Iterator[tuple[int, Any]]:
    for number, g in enumerate(gradients, 1):
        w = update(w, g)
        yield number, w


def _check(
    name: str, optimizer: Any, w: Any, gradients: list[Any], regularizer: Any = None
) -> None:
    """Compare every step with the rule's."""

    def follow(rule: Rule) -> Path:
        shrink = (
            (lambda at: RATE * regularizer.calculate_gradient(at)) if regularizer else lambda _: 0.0
        )
        return [
            np.asarray(at)
            for _, at in _walk(lambda at, g: rule.step(at, g, shrink(at)), w, gradients)
        ]

    right = follow(Rule(name))
    uphill = [2 * np.asarray(w) - right[0]]
    for number, got in _walk(
        lambda at, g: optimizer.calculate_update(copy.copy(at), copy.copy(g)), w, gradients
    ):
        faults = [
            Fault(cause, lambda f=fault, n=number: follow(Rule(name, f))[n - 1], hint)
            for fault, (cause, hint) in FAULTS[name].items()
        ]
        faults.append(
            Fault("the step goes up the gradient, not down", lambda n=number: uphill[n - 1])
        )
        faults.append(
            Fault(
                "the step is returned instead of the new weights",
                lambda n=number: right[n - 1] - np.asarray(w),
            )
        )
        if regularizer:
            faults = _regularizer_faults(name, follow, number, w, gradients, regularizer)
        compare(f"weights after step {number}", got, right[number - 1], faults)


def _regularizer_faults(
    name: str,
    follow: Callable[[Rule], Path],
    number: int,
    w: Any,
    gradients: list[Any],
    regularizer: Any,
) -> list[Fault]:
    def after(shrink: Callable[[Any, Any], Any], last: bool = False) -> np.ndarray:
        rule, at = Rule(name), w
        for g in gradients[:number]:
            moved = rule.step(at, g)
            at = moved - shrink(at, moved) if not last else moved
        return np.asarray(at)

    gradient = regularizer.calculate_gradient
    return [
        Fault(
            "the regularizer is ignored",
            lambda: after(lambda _old, _new: 0.0),
            "subtract lr times its gradient from the weights",
        ),
        Fault(
            "the regularizer's gradient is part of the gradient and so of momentum and moments",
            lambda: follow(Rule(name, "regularizer in gradient"))[number - 1],
            "subtract lr times its gradient from the weights, outside momentum and moments",
        ),
        Fault(
            "the learning rate is left out for the regularizer",
            lambda: after(lambda old, _new: gradient(old)),
        ),
        Fault(
            "the regularizer shrinks the new weights instead of the old ones",
            lambda: after(lambda _old, new: RATE * gradient(new)),
            "take its gradient at the weights before the step",
        ),
        Fault(
            "the regularizer grows the weights: the sign is the wrong way round",
            lambda: after(lambda old, _new: -RATE * gradient(old)),
        ),
        Fault(
            "the norm is subtracted instead of the gradient",
            lambda: after(lambda old, _new: RATE * regularizer.norm(old)),
        ),
    ]


def _values(shape: tuple[int, ...], seed: int) -> list[Any]:
    """Return gradients, none of them near 0, where Adam's ε would show."""
    raw = [normal(*shape, seed=seed + n) for n in range(STEPS)]
    return [g + 0.2 * np.sign(g) for g in raw]


def _update_rule(name: str, optimizer_class: type) -> None:
    for shape in ((3, 2), (2, 3, 2, 2)):
        _check(name, optimizer_class(*ARGUMENTS[name]), normal(*shape), _values(shape, 30))


@requirement("Sgd")
def sgd(optimizer_class: type) -> None:
    """The update is w − lr·∇."""
    _update_rule("Sgd", optimizer_class)


@requirement("SgdWithMomentum")
def momentum(optimizer_class: type) -> None:
    """The update is w + v with v ← momentum·v − lr·∇, from v = 0."""
    _update_rule("SgdWithMomentum", optimizer_class)


@requirement("Adam")
def adam(optimizer_class: type) -> None:
    """The update is w − lr·v̂ / (√r̂ + ε), with bias-corrected moments."""
    _update_rule("Adam", optimizer_class)


@requirement("Adam", after=("adam",))
def adam_at_rest(optimizer_class: type) -> None:
    """A gradient of 0 does not divide by zero."""
    optimizer: Any = optimizer_class(*ARGUMENTS["Adam"])
    got = np.asarray(optimizer.calculate_update(np.ones(2), np.zeros(2)))
    compare(
        "weights", got, np.ones(2), [Fault("ε is left out", lambda: True)], "add a small ε to √r̂"
    )


def _numbers(name: str, optimizer_class: type) -> None:
    _check(name, optimizer_class(*ARGUMENTS[name]), 1.5, [1.0, 0.75, -0.5, 1.25])


@requirement("Sgd", hint="do not use methods that only arrays have", after=("sgd",))
def sgd_floats(optimizer_class: type) -> None:
    """Works for Python floats too."""
    _numbers("Sgd", optimizer_class)


@requirement(
    "SgdWithMomentum",
    hint="do not use methods that only arrays have; start from v = 0.0",
    after=("momentum",),
)
def momentum_floats(optimizer_class: type) -> None:
    """Works for Python floats too."""
    _numbers("SgdWithMomentum", optimizer_class)


@requirement(
    "Adam", hint="do not use methods that only arrays have; start from v = r = 0.0", after=("adam",)
)
def adam_floats(optimizer_class: type) -> None:
    """Works for Python floats too."""
    _numbers("Adam", optimizer_class)


def _with_regularizer(name: str, optimizer_class: type) -> None:
    optimizer: Any = optimizer_class(*ARGUMENTS[name])
    regularizer = Regularizer()
    optimizer.add_regularizer(regularizer)
    _check(name, optimizer, normal(3, 2), _values((3, 2), 40), regularizer)


@requirement("Sgd", after=("sgd",))
def sgd_regularizer(optimizer_class: type) -> None:
    """A regularizer shrinks the old weights by lr times its gradient."""
    _with_regularizer("Sgd", optimizer_class)


@requirement("SgdWithMomentum", after=("momentum",))
def momentum_regularizer(optimizer_class: type) -> None:
    """A regularizer shrinks the old weights by lr times its gradient, outside the momentum."""
    _with_regularizer("SgdWithMomentum", optimizer_class)


@requirement("Adam", after=("adam",))
def adam_regularizer(optimizer_class: type) -> None:
    """A regularizer shrinks the old weights by lr times its gradient, outside the moments."""
    _with_regularizer("Adam", optimizer_class)


def _leaves_alone(name: str, optimizer_class: type) -> str | None:
    optimizer: Any = optimizer_class(*ARGUMENTS[name])
    w, gradients = normal(3, 2), _values((3, 2), 50)
    given = w.copy()
    handed = [g.copy() for g in gradients]
    new = optimizer.calculate_update(given, handed[0])
    in_place = not np.array_equal(given, w)
    for g in handed[1:]:
        new = optimizer.calculate_update(new, g)
    for number, (now, before) in enumerate(zip(handed, gradients, strict=True), 1):
        require(
            np.array_equal(now, before),
            "gradient_tensor",
            f"the gradient given in step {number} is changed",
            "the state is the caller's own array, changed in place later",
            "make a new array for the state",
        )
    return "the weights are changed in place" if in_place else None


@requirement("Sgd", after=("sgd",))
def sgd_pure(optimizer_class: type) -> str | None:
    """The gradient that is given is not changed."""
    return _leaves_alone("Sgd", optimizer_class)


@requirement("SgdWithMomentum", after=("momentum",))
def momentum_pure(optimizer_class: type) -> str | None:
    """The gradient that is given is not changed, also not later."""
    return _leaves_alone("SgdWithMomentum", optimizer_class)


@requirement("Adam", after=("adam",))
def adam_pure(optimizer_class: type) -> str | None:
    """The gradient that is given is not changed, also not later."""
    return _leaves_alone("Adam", optimizer_class)
