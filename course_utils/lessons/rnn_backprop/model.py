"""What lecture 09 computes: a recurrent cell of one unit, step by step, and its derivatives.

A cell is four formulas (`course_utils.exam.formulas`). Evaluating them runs the cell;
differentiating them gives the formulas of backpropagation through time (Werbos 1990), and nudging
one quantity of a run gives the derivatives' values without any of these formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.exam.formulas.derive import derivative
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.tree import Node, Total, Variable, replaced, transformed

_NUDGE = 1e-40  # imaginary: a derivative is exact to rounding however small the step is

QUANTITIES = ("yhat_t", "h_t", "o_t", "w")
"""What a cell's loss is derived by, in the order of backpropagation."""


@dataclass(frozen=True)
class Cell:
    """A recurrent cell of one unit, as formulas over fixed names.

    Attributes
    ----------
    mixed
        What the cell makes of its last state ``h_prev`` and the input ``x_t``: the value o_t.
    state
        The new state h_t, from ``o_t`` and the weight ``w``.
    output
        The prediction, from ``h_t`` and, if the cell has one, the output weight ``v``.
    loss
        The loss at one time step, from ``yhat_t`` and the label ``y_t``; the whole loss is the sum.
    """

    mixed: Node
    state: Node
    output: Node
    loss: Node

    def run(
        self,
        x: np.ndarray,
        y: np.ndarray,
        w: np.ndarray,
        v: np.ndarray,
        start: np.ndarray,
        nudged: tuple[str, int] | None = None,
    ) -> Run:
        """Run the cell over every sequence of a batch.

        Parameters
        ----------
        x, y
            Inputs and labels, float64 (sequences, steps).
        w, v, start
            Weight, output weight and state before the first step, float64 (sequences,). A cell
            without an output weight passes over `v`.
        nudged
            A name of `QUANTITIES` and a time step from 0 on: there, the quantity is moved by a tiny
            imaginary amount before anything is computed from it.
        """

        def nudge(name: str, t: int, value: np.ndarray) -> np.ndarray:
            return value + 1j * _NUDGE if nudged == (name, t) else value

        mixed, states, outputs, losses = [], [], [], []
        h = start[:, None]
        for t in range(x.shape[1]):
            known = {"h_prev": h, "x_t": x[:, t, None], "y_t": y[:, t, None], "v": v[:, None]}
            known["w"] = nudge("w", t, w[:, None])
            known["o_t"] = nudge("o_t", t, evaluate(self.mixed, known))
            h = known["h_t"] = nudge("h_t", t, evaluate(self.state, known))
            known["yhat_t"] = nudge("yhat_t", t, evaluate(self.output, known))
            mixed.append(known["o_t"])
            states.append(h)
            outputs.append(known["yhat_t"])
            losses.append(evaluate(self.loss, known))
        o, s, p, loss = (np.hstack(parts) for parts in (mixed, states, outputs, losses))
        return Run(o, s, p, loss.sum(axis=1))

    def slopes(
        self, x: np.ndarray, y: np.ndarray, w: np.ndarray, v: np.ndarray, start: np.ndarray
    ) -> dict[str, np.ndarray]:
        """Return the loss's derivative by each quantity at each step, float64 (sequences, steps).

        By the complex step of Squire and Trapp (1998): no formula of a derivative is used, and
        nothing is lost to rounding. ``w`` at step t is the weight as that step alone uses it.
        """

        def at(name: str, t: int) -> np.ndarray:
            return self.run(x, y, w, v, start, (name, t)).loss.imag / _NUDGE

        steps = range(x.shape[1])
        return {name: np.stack([at(name, t) for t in steps], axis=1) for name in QUANTITIES}

    def reach(
        self, x: np.ndarray, y: np.ndarray, w: np.ndarray, v: np.ndarray, start: np.ndarray
    ) -> np.ndarray:
        """Return ∂h_T/∂h_1, what the last state has of the first, float64 (sequences,)."""
        return self.run(x, y, w, v, start, ("h_t", 0)).state[:, -1].imag / _NUDGE

    def derivatives(self) -> Derivatives:
        """Return the formulas of the loss's derivatives, each by those found before it."""
        by_mixed = self._slope(self.state, "o_t")
        through_next = _next(by_mixed) * _next(self._slope(self.mixed, "h_prev"))
        by_h = Variable("dL_dh_t")
        return Derivatives(
            output=self._slope(self.loss, "yhat_t"),
            state=self._slope(self.output, "h_t") * Variable("dL_dyhat_t")
            + through_next * Variable("dL_dh_next"),
            mixed=by_mixed * by_h,
            weight_at_t=self._slope(self.state, "w") * by_h,
            weight=Total(Variable("dL_dw_t")),
        )

    def _slope(self, formula: Node, name: str) -> Node:
        """Return a derivative in which states and outputs stand instead of their formulas."""
        found = derivative(formula, name)
        for known, symbol in ((self.state, "h_t"), (self.output, "yhat_t")):
            if not isinstance(known, Variable):
                found = replaced(found, known, Variable(symbol))
        return found


@dataclass(frozen=True)
class Run:
    """What a cell computed: o, h and ŷ (sequences, steps), and the loss (sequences,)."""

    mixed: np.ndarray
    state: np.ndarray
    output: np.ndarray
    loss: np.ndarray


@dataclass(frozen=True)
class Derivatives:
    """The loss's derivatives by ŷ_t, h_t, o_t, by w as step t uses it, and by w."""

    output: Node
    state: Node
    mixed: Node
    weight_at_t: Node
    weight: Node


def renamed(tree: Node, names: Mapping[str, str]) -> Node:
    """Return `tree` with symbols under other names; names that are not given stay."""
    return transformed(
        tree,
        lambda node: (
            Variable(names.get(node.name, node.name)) if isinstance(node, Variable) else node
        ),
    )


def _next(tree: Node) -> Node:
    """Return a formula one time step later."""
    return renamed(tree, {"h_t": "h_next", "o_t": "o_next", "x_t": "x_next", "h_prev": "h_t"})
