"""Exam items 4.1 to 4.3: a recurrent cell forward and backward, and what can go wrong in it.

In a lecture: ``ask(item_4_1)``.
"""

import random
from dataclasses import dataclass
from functools import cache

import numpy as np

from course_utils.exam import Item, Wording
from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.compare import Judge, same
from course_utils.exam.kinds.formula import Formula
from course_utils.exam.kinds.wanted import Wanted
from course_utils.lessons.rnn_backprop import cells
from course_utils.lessons.rnn_backprop.cells import LETTERS, Letters
from course_utils.lessons.rnn_backprop.forward_question import TwoSteps
from course_utils.lessons.rnn_backprop.model import Cell, Derivatives, renamed
from course_utils.lessons.rnn_backprop.trouble_question import WhatGoesWrong

_LATER = ("dL_dyhat_t", "dL_dh_t", "dL_do_t", "dL_dw_t")
"""The derivatives that are asked for, in their order; a formula may use those before its own."""


@dataclass(frozen=True)
class Backward:
    """The facts: a cell and its letters."""

    cell: Cell
    letters: Letters


class FiveDerivatives(Item[Backward, Derivatives]):
    """Item 4.2: five partial derivatives, a point each.

    The key is the model's: the cell's own formulas, differentiated. It is compared with the
    derivatives found by nudging a run of the cell before it is given out.
    """

    id = "4.2"

    def exam(self) -> Backward:
        """Return the exam's cell with the binary cross-entropy."""
        return Backward(cells.EXAM, LETTERS[0])

    def draw(self, rng: random.Random) -> Backward:
        """Return another cell, in other letters."""
        return Backward(rng.choice(cells.CELLS), rng.choice(LETTERS))

    def solve(self, facts: Backward) -> Derivatives:
        """Return the derivatives' formulas, by the names of `cells`.

        Raises
        ------
        ArithmeticError
            If a formula and a nudged run of the cell disagree.
        """
        return _derived(facts.cell)

    def word(self, facts: Backward, key: Derivatives) -> Wording:
        """Return the question with five formulas to type."""
        letters, words = facts.letters, facts.letters.vocabulary(facts.cell)
        latex = {
            name: words.by_name[own].latex
            for name, own in letters.names.items()
            if own in words.by_name
        }
        weight, y, p, h, o = (latex[name] for name in ("w", "y_t", "yhat_t", "h_t", "o_t"))
        loss = typeset.latex(renamed(facts.cell.loss, letters.names), words)
        step = r", \qquad ".join(letters.equations(facts.cell))
        whys = (
            f"${p}$ acts on $L$ through the loss of its own step only: derive that.",
            f"${h}$ acts on $L$ in two ways, through ${p}$ and through the next step: add both.",
            f"${o}$ acts on $L$ through ${h}$ only: the chain rule.",
            f"At step $t$ the weight acts on $L$ through ${h}$ only: the chain rule.",
            "Every step uses the same weight: add what each of them contributes.",
        )
        asked = [*(latex[name] for name in _LATER), rf"\frac{{\partial L}}{{\partial {weight}}}"]
        spoken = [*(letters.names[name] for name in _LATER), f"dL_d{letters.weight}"]
        wanted = tuple(
            Wanted(
                asked[i],
                spoken[i],
                typeset.source(renamed(tree, letters.names)),
                self.points / 5,
                whys[i],
                tuple(letters.names[name] for name in _LATER[i:]),
            )
            for i, tree in enumerate(vars(key).values())
        )
        return Wording(
            title="A recurrent cell, backward",
            prompt=(
                f"A recurrent cell with one unit computes at each step $t$\n\n$${step}.$$\n\n"
                f"Its loss at one step is {cells.LOSSES[facts.cell.loss]}, $L_t = {loss}$, with a"
                f" label $0 \\le {y} \\le 1$, and the whole loss is $L = \\sum_t L_t$. Go backward"
                f" through step $t$: write the partial derivatives of $L$ by ${p}$, by ${h}$, by"
                f" ${o}$, by ${weight}$ as used at step $t$, and by ${weight}$. Each may use"
                f" derivatives that come before it in this list, and ${latex['dL_dh_next']}$."
            ),
            parts=(Formula(words, wanted, lambda _, points: _values(facts, points)),),
            derivation=(
                "Each derivative is a sum over the ways in which its quantity acts on the loss, and"
                " each way is a product along the chain. Nudging one quantity in a run of the cell,"
                " and looking at what the loss does, gives the same values."
            ),
        )


def _values(facts: Backward, points: int) -> dict[str, np.ndarray]:
    sampled = cells.sampled(facts.cell, points, seed=20)
    return {own: sampled[name] for name, own in facts.letters.names.items()}


@cache
def _derived(cell: Cell) -> Derivatives:
    """Return the cell's derivatives, checked against a nudged run."""
    found = cell.derivatives()
    letters = LETTERS[0]
    facts = Backward(cell, letters)
    judge = Judge(letters.vocabulary(cell), _values(facts, points=6))
    measured = [judge.values[letters.names[name]] for name in _LATER]
    measured.append(measured[-1].sum(axis=1, keepdims=True))
    for tree, value in zip(vars(found).values(), measured, strict=True):
        if not same(judge.right(renamed(tree, letters.names)).value, value):
            raise ArithmeticError(f"{typeset.source(tree)} is not the derivative that a run has")
    return found


item_4_1 = TwoSteps()
item_4_2 = FiveDerivatives()
item_4_3 = WhatGoesWrong()
