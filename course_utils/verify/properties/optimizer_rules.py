"""The optimizers' rules written down once more, right and with typical faults."""

from dataclasses import dataclass
from typing import Any

import numpy as np

NAMES = ("Sgd", "SgdWithMomentum", "Adam")
RATE, MU, RHO = 0.125, 0.75, 0.5
STEPS = 4
ARGUMENTS = {"Sgd": (RATE,), "SgdWithMomentum": (RATE, MU), "Adam": (RATE, MU, RHO)}

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


FAULTS = {
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
