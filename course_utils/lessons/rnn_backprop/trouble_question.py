"""Exam item 4.3: what can go wrong in a recurrent cell, and what to do about it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from course_utils.exam.formulas import typeset
from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.rnn_backprop import cells
from course_utils.lessons.rnn_backprop.cells import LETTERS, Letters
from course_utils.lessons.rnn_backprop.model import Cell, renamed
from course_utils.typography import number

_Marking = tuple[tuple[Criterion, ...], Sample, Sample]

_RUNS = 1000
_STEPS = (20, 30, 50, 100)
_WEIGHTS = (0.5, 0.8, 1.2, 1.5, -0.5, -1.2)
_SMALL = (0.5, 0.7, 0.8, -0.5, -0.8)


@dataclass(frozen=True)
class Trouble:
    """The facts: a cell with the binary cross-entropy, its letters, weight and length."""

    cell: Cell
    letters: Letters
    weight: float
    steps: int


_SAMPLED = {
    "copied": Cell(cells.SUM, cells.LINEAR, cells.COPIED, cells.CROSS_ENTROPY),
    "tanh": Cell(cells.SUM, cells.TANH, cells.COPIED, cells.CROSS_ENTROPY),
    "squashed": Cell(cells.SUM, cells.LINEAR, cells.SQUASHED, cells.CROSS_ENTROPY),
}


@dataclass(frozen=True)
class Measured:
    """What running the cell on standard normal inputs shows."""

    outside: float  # share of the sequences with an output that is not between 0 and 1
    left: float  # |∂h_T/∂h_1|, the median over the sequences


class WhatGoesWrong(TextItem[Trouble]):
    """Item 4.3: the exam's cell, one with a tanh inside, or one with a sigmoid at the output."""

    id = "4.3"
    title = "Trouble with a recurrent cell"

    def exam(self) -> Trouble:
        """Return the exam's cell."""
        return Trouble(cells.EXAM, LETTERS[0], 0.5, 20)

    def draw(self, rng: random.Random) -> Trouble:
        """Return one of three cells in other letters, with another weight and length."""
        sort = rng.choice(tuple(_SAMPLED))
        weights = _SMALL if sort == "tanh" else _WEIGHTS
        return Trouble(_SAMPLED[sort], rng.choice(LETTERS), rng.choice(weights), rng.choice(_STEPS))

    def solve(self, facts: Trouble) -> Case:
        """Return the rubric that fits the cell, with what running it shows."""
        letters, words = facts.letters, facts.letters.vocabulary(facts.cell)
        latex = {name: words.by_name[letters.names[name]].latex for name in ("w", "yhat_t", "h_t")}
        last, first = (f"{letters.state}_{{{t}}}" for t in (facts.steps, 1))
        found = measured(facts.cell, facts.weight, facts.steps)
        squashed = facts.cell.output == cells.SQUASHED
        mark = _for_squashed if squashed else _for_copied
        rubric, full, partial = mark(facts, found, latex)
        loss = typeset.latex(renamed(facts.cell.loss, letters.names), words)
        equations = r", \qquad ".join(letters.equations(facts.cell))
        return Case(
            scenario=(
                f"A recurrent cell with one unit computes at each step $t$\n\n$${equations}.$$\n\n"
                f"It is trained with the binary cross-entropy, $L_t = {loss}$, on sequences of"
                f" {facts.steps} steps; the inputs may be any numbers, and the weight is"
                f" ${latex['w']} = {number(facts.weight)}$ at first. {_asks(squashed)}"
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                f"Measured with standard normal inputs in {_RUNS} sequences of {facts.steps} steps:"
                f" in {_percent(found.outside)} of them some output was not between 0 and 1, and"
                f" $|\\partial {last} / \\partial {first}|$"
                f" was {_size(found.left)} (median)."
            ),
        )


@cache
def measured(cell: Cell, weight: float, steps: int) -> Measured:
    """Run a cell on standard normal inputs."""
    x = np.random.default_rng(0).normal(size=(_RUNS, steps))
    w, one, start = np.full(_RUNS, weight), np.ones(_RUNS), np.zeros(_RUNS)
    given = (x, np.zeros_like(x), w, one, start)
    with np.errstate(all="ignore"):  # that the logarithm breaks is what is measured
        p, left = cell.run(*given).output.real, cell.reach(*given)
    # A sigmoid is below 1, but rounded to a float64 it may be 1 itself.
    inside = cell.output == cells.SQUASHED or ((p > 0) & (p < 1)).all(axis=1)
    return Measured(float(1 - np.mean(inside)), float(np.median(np.abs(left))))


def _asks(squashed: bool) -> str:
    """Return what is asked; where the loss is no problem, that is to be said, too."""
    if squashed:
        return (
            "Can this setting run into a problem with its loss, and with its gradient? Give the"
            " reason for each, and a remedy where there is a problem."
        )
    return "Which problems can this setting run into, and why? Name a remedy for each."


def _for_copied(facts: Trouble, found: Measured, latex: Mapping[str, str]) -> _Marking:
    tanh = facts.cell.state == cells.TANH
    p, h = latex["yhat_t"], latex["h_t"]
    share = f"Measured: in {_percent(found.outside)} of the sequences some output was outside."
    gradient = _gradient(facts, found, latex, 1.0)
    return (
        (
            Criterion(
                f"The output ${p}$ need not lie between 0 and 1"
                + (", since a tanh lies between −1 and 1" if tanh else "")
                + ": there the logarithm, and so the loss, does not exist.",
                0.5,
                share,
            ),
            Criterion(
                f"Remedy for the loss: an output that stays between 0 and 1, as with a sigmoid at"
                f" the output, ${p} = \\sigma({h})$ (or, since the state is the output, a sigmoid"
                " in the cell instead).",
                0.5,
                "A sigmoid takes values between 0 and 1 only.",
            ),
            replace(gradient, says=gradient.says + " (Its remedy is welcome, and not marked.)"),
        ),
        Sample(
            f"<1>{'A tanh can be negative' if tanh else 'The state can have any value'}, and it is"
            " the output, so the cross-entropy takes the logarithm of a number that is not"
            " positive.</1> <2>Put a sigmoid before the output.</2> <3>"
            + (
                "Over many steps the gradient is multiplied by the weight and by the slope of tanh,"
                " which are both below 1 in size, so it vanishes.</3>"
                if tanh
                else "And every step back multiplies the gradient by the same weight, with no"
                " nonlinearity in the cell, so over many steps it explodes or vanishes.</3>"
            )
            + f" Against that one can {_do(facts)}."
        ),
        Sample(
            "<3>In long sequences the gradient is multiplied by the "
            + (
                "weight and by the slope of tanh again and again, both below 1 in size, so that it"
                " vanishes"
                if tanh
                else f"same factor again and again, so that it {_fate(facts)}"
            )
            + ".</3> An LSTM has less of this.",
            lacks={
                1: "It does not say that the output can leave the range from 0 to 1.",
                2: "No sigmoid at the output: an LSTM does not give the loss a logarithm.",
            },
        ),
    )


def _for_squashed(facts: Trouble, found: Measured, latex: Mapping[str, str]) -> _Marking:
    p = latex["yhat_t"]
    if abs(facts.weight) > 1:
        remedy = "clip the gradient by its norm, or a nonlinearity inside the cell"
    else:  # a nonlinearity's slope is a further factor below 1
        remedy = "a gated cell (LSTM); a nonlinearity inside the cell helps against explosion only"
    return (
        (
            _gradient(facts, found, latex, 1.0),
            Criterion(
                f"Remedy: {remedy}.",
                0.5,
                "Clipping shortens what is too long and lengthens nothing; gates change the factor"
                " itself.",
            ),
            Criterion(
                f"The loss is no problem: ${p}$ is a sigmoid, so that both logarithms exist.",
                0.5,
                f"Measured: in {_percent(found.outside)} of the sequences an output was outside.",
            ),
        ),
        Sample(
            "<1>The recurrence is linear: each step back multiplies the gradient by the weight, so"
            f" that over {facts.steps} steps it {_fate(facts)}.</1> <2>One can {_do(facts)}.</2>"
            " <3>The cross-entropy is fine, since the sigmoid keeps the output between 0 and 1.</3>"
        ),
        Sample(
            "The logarithm may get a negative number, so a sigmoid is needed. <1>Also the gradient"
            f" {_fate(facts)} because the same weight is multiplied at every step.</1>",
            lacks={
                2: "No remedy for the gradient is named.",
                3: "The output is a sigmoid already, so the logarithms exist.",
            },
        ),
    )


def _gradient(
    facts: Trouble, found: Measured, latex: Mapping[str, str], points: float
) -> Criterion:
    w = latex["w"]
    if facts.cell.state == cells.TANH:
        says = (
            f"Gradients vanish over long sequences: each step back multiplies by ${w}$ and by the"
            " slope of tanh, and both are at most 1 in size."
        )
    else:
        says = (
            "Without a nonlinearity in the cell each step back multiplies the gradient by"
            f" ${w}$: over long sequences it explodes for $|{w}| > 1$ and vanishes for"
            f" $|{w}| < 1$ (one of the two is enough)."
        )
    return Criterion(
        says,
        points,
        f"Measured: of a change of the first state, {_size(found.left)} arrives at step"
        f" {facts.steps} (median).",
    )


def _fate(facts: Trouble) -> str:
    return "explodes" if abs(facts.weight) > 1 else "vanishes"


def _do(facts: Trouble) -> str:
    if abs(facts.weight) > 1:
        return "clip the gradient by its norm, or put a tanh into the cell"
    return "use an LSTM, whose gates let the gradient through"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _size(value: float) -> str:
    """Return two digits and a power of ten, as LaTeX."""
    if 0.01 <= value < 100:
        return f"{value:.2g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    return rf"${mantissa} \cdot 10^{{{int(exponent)}}}$"
