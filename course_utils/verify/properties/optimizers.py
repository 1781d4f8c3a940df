"""Sgd, SgdWithMomentum and Adam."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, require
from course_utils.verify.probes import Regularizer
from course_utils.verify.properties.common import normal
from course_utils.verify.requirement import requirement

NAMES = ("Sgd", "SgdWithMomentum", "Adam")
RATE, MU, RHO = 0.125, 0.75, 0.5
STEPS = 4
_ARGUMENTS = {"Sgd": (RATE,), "SgdWithMomentum": (RATE, MU), "Adam": (RATE, MU, RHO)}

Path = list[np.ndarray]
"""Weights after each step."""


@dataclass
class Rule:
    """The right optimizer, or one with a fault, written down once more.

    Attributes
    ----------
    name
        Which optimizer.
    fault
        Which typical fault; none if empty.
    """

    name: str
    fault: str = ""
    v: Any = 0.0
    r: Any = 0.0
    k: int = 0

    def step(self, w: Any, g: Any, shrink: Any = 0.0) -> Any:
        """Return the new weights; `shrink` is what the regularizer takes away."""
        self.k += 1
        if self.fault == "regularizer in gradient":
            g, shrink = g + shrink / RATE, 0.0
        if self.name == "Sgd":
            return w - shrink - RATE * g
        if self.name == "SgdWithMomentum":
            if self.fault == "scaled":
                self.v = MU * self.v - (1 - MU) * RATE * g
            elif self.fault == "plus":
                self.v = MU * self.v + RATE * g
            elif self.fault == "stateless":
                self.v = -RATE * g
            elif self.fault == "nesterov":
                self.v = MU * self.v - RATE * g
                return w - shrink + MU * self.v - RATE * g
            else:
                self.v = MU * self.v - RATE * g
            return w - shrink + self.v
        mu, rho = (RHO, MU) if self.fault == "exchanged" else (MU, RHO)
        self.v = mu * self.v + (1 - mu) * g
        self.r = rho * self.r + (1 - rho) * (g if self.fault == "square" else g * g)
        k = {"count": 1, "late": self.k - 1, "early": self.k + 1}.get(self.fault, self.k)
        v = self.v if self.fault in ("bias", "bias v") else self.v / (1 - mu**k)
        r = self.r if self.fault in ("bias", "bias r") else self.r / (1 - rho**k)
        if self.fault == "overwritten":
            self.v, self.r = v, r
        with np.errstate(all="ignore"):
            return w - shrink - RATE * v / (r if self.fault == "root" else np.sqrt(r))


_FAULTS = {
    "Sgd": {},
    "SgdWithMomentum": {
        "stateless": ("the velocity is not kept from step to step", "store it in the optimizer"),
        "scaled": ("the gradient is scaled with 1 − momentum", "v ← momentum·v − lr·∇"),
        "plus": ("the step goes up the gradient, not down", "v ← momentum·v − lr·∇, w ← w + v"),
        "nesterov": ("this is Nesterov's momentum", "v ← momentum·v − lr·∇, w ← w + v"),
    },
    "Adam": {
        "bias": ("the bias correction is missing", "divide v by 1 − μᵏ and r by 1 − ρᵏ"),
        "bias v": ("the bias correction of v is missing", "divide v by 1 − μᵏ"),
        "bias r": ("the bias correction of r is missing", "divide r by 1 − ρᵏ"),
        "count": ("the step count k of the bias correction stays at 1", "count the calls"),
        "early": ("the step count k starts at 2", "k is 1 in the first step"),
        "exchanged": ("μ and ρ are exchanged", "μ belongs to the mean, ρ to the square"),
        "root": ("the root of r is missing", ""),
        "square": ("r is the mean of the gradient, not of its square", ""),
        "overwritten": ("the corrected moments are stored instead of the uncorrected ones", ""),
    },
}


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
            for fault, (cause, hint) in _FAULTS[name].items()
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
        _check(name, optimizer_class(*_ARGUMENTS[name]), normal(*shape), _values(shape, 30))


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
    optimizer: Any = optimizer_class(*_ARGUMENTS["Adam"])
    got = np.asarray(optimizer.calculate_update(np.ones(2), np.zeros(2)))
    compare(
        "weights", got, np.ones(2), [Fault("ε is left out", lambda: True)], "add a small ε to √r̂"
    )


def _numbers(name: str, optimizer_class: type) -> None:
    _check(name, optimizer_class(*_ARGUMENTS[name]), 1.5, [1.0, 0.75, -0.5, 1.25])


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
    optimizer: Any = optimizer_class(*_ARGUMENTS[name])
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
    optimizer: Any = optimizer_class(*_ARGUMENTS[name])
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
