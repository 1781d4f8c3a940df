"""Exam item 4.1: a recurrent cell computes two steps, by hand."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Entry, Follow, Item, NumericTable, Wording, draw_until
from course_utils.exam.formulas import Node
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.lessons.rnn_backprop import cells
from course_utils.lessons.rnn_backprop.cells import LETTERS, Letters
from course_utils.lessons.rnn_backprop.model import Cell, Run
from course_utils.typography import number

_STATE, _OUTPUT = 0.75, 0.25  # points: an output is little work, and often a copy
_WEIGHTS = (0.5, 2.0, -0.5, 0.2, 1.5, -2.0, 3.0, 0.1, -1.0, 0.4)
_READOUTS = (2.0, -1.0, 3.0, 0.5)
_APART = 0.045  # far more than a table's tolerance
_NUMBERS = (-2.0, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class Forward:
    """The facts: a cell without nonlinearity, its letters and all that goes into it.

    Attributes
    ----------
    weight, readout, start
        w, v and the state before the first step.
    x
        The two inputs.
    """

    cell: Cell
    letters: Letters
    weight: float
    readout: float
    start: float
    x: tuple[float, float]

    def run(self) -> Run:
        """Run the cell."""
        x = np.array([self.x])
        weight, readout, start = np.array([[self.weight], [self.readout], [self.start]])
        return self.cell.run(x, np.zeros_like(x), weight, readout, start)

    def step(self, state: float, x: float) -> float:
        """Return the state after `state` and input `x`."""
        o = _value(self.cell.mixed, h_prev=state, x_t=x)
        return _value(self.cell.state, o_t=o, w=self.weight)

    def output(self, state: float) -> float:
        """Return the output for a state."""
        return _value(self.cell.output, h_t=state, v=self.readout)


class TwoSteps(Item[Forward, Run]):
    """Item 4.1: two states and two outputs, with follow-through from each to the next."""

    id = "4.1"

    def exam(self) -> Forward:
        """Return the exam's cell and numbers."""
        return Forward(cells.EXAM, LETTERS[0], 0.5, 1.0, 0.0, (1.0, 0.5))

    def draw(self, rng: random.Random) -> Forward:
        """Return fresh numbers for a cell that may subtract, and may scale its output.

        What comes out has at most two decimals, and every slip shows: the states differ from each
        other, from 0, and from what they are without the weight or without the state before.
        """

        def draw() -> Forward:
            mixed = rng.choice((cells.SUM, cells.SUM, cells.DIFFERENCE))
            output = rng.choice((cells.COPIED, cells.SCALED))
            return Forward(
                cell=Cell(mixed, cells.LINEAR, output, cells.SQUARED),
                letters=rng.choice(LETTERS),
                weight=rng.choice(_WEIGHTS),
                readout=rng.choice(_READOUTS) if output == cells.SCALED else 1.0,
                start=rng.choice((0.0, *_NUMBERS)),
                x=(rng.choice(_NUMBERS), rng.choice(_NUMBERS)),
            )

        return draw_until(draw, _is_good)

    def solve(self, facts: Forward) -> Run:
        """Return the run of the cell."""
        return facts.run()

    def word(self, facts: Forward, key: Run) -> Wording:
        """Return the question with a table to fill in."""
        letters, words = facts.letters, facts.letters.vocabulary(facts.cell)
        latex = {name: words.by_name[letters.names[name]].latex for name in ("w", "h_t", "yhat_t")}
        state, x = letters.state, letters.input
        given = [
            f"${latex['w']} = {number(facts.weight)}$",
            *([f"${letters.readout} = {number(facts.readout)}$"] if _scales(facts) else []),
            f"${state}_0 = {number(facts.start)}$",
            f"${x}_1 = {number(facts.x[0])}$",
            f"${x}_2 = {number(facts.x[1])}$",
        ]
        step = r", \qquad ".join(letters.equations(facts.cell))
        table = NumericTable(
            columns=("", "$t = 1$", "$t = 2$"),
            rows=(f"${latex['h_t']}$", f"${latex['yhat_t']}$"),
            cells=(
                (_state(facts, key, 0), _state(facts, key, 1)),
                (_output(facts, key, 0), _output(facts, key, 1)),
            ),
        )
        return Wording(
            title="A recurrent cell, forward",
            prompt=(
                f"A recurrent cell with one unit computes at each step $t$\n\n$${step}.$$\n\n"
                f"With {', '.join(given[:-1])} and {given[-1]}: which states and outputs does it"
                " have in the first two steps?"
            ),
            parts=(table,),
            derivation="\n".join(
                f"- {table.name(field)}: {entry.why}" for field, entry in table.entries.items()
            ),
        )


def _state(facts: Forward, key: Run, t: int) -> Entry:
    before = facts.start if t == 0 else float(key.state[0, 0].real)
    x, value = facts.x[t], float(key.state[0, t].real)
    if facts.cell.mixed == cells.SUM:
        mixed = f"{number(before)} + {_signed(x)}"
    else:
        mixed = f"{number(x)} − {_signed(before)}"
    return Entry(
        value=value,
        points=_STATE,
        why=f"{number(facts.weight)} · ({mixed}) = {number(value)}",
        follow=Follow(("0.0",), lambda own: facts.step(own, x), _refusal(facts)) if t else None,
    )


def _output(facts: Forward, key: Run, t: int) -> Entry:
    state, value = float(key.state[0, t].real), float(key.output[0, t].real)
    scaled = f"{number(facts.readout)} · {_signed(state)} = {number(value)}"
    return Entry(
        value=value,
        points=_OUTPUT,
        why=scaled if _scales(facts) else f"It is the state, {number(value)}",
        follow=Follow((f"0.{t}",), facts.output, _refusal(facts)),
    )


def _refusal(facts: Forward) -> Callable[[float], str]:
    """Return a function that refuses a student's own state to which no slip leads."""
    largest = (1 + abs(facts.weight)) * (abs(facts.start) + sum(map(abs, facts.x)))

    def refuse(own: float) -> str:
        if own == 0 or abs(own) > largest:
            return "Nothing follows from your state: no slip in the two steps leads to it."
        return ""

    return refuse


def _is_good(facts: Forward) -> bool:
    run = facts.run()
    first, second = run.state.real[0]
    values = np.concatenate([run.state.real[0], run.output.real[0]])
    short = np.allclose(values, np.round(values, 2), atol=1e-9)
    apart = min(abs(first - second), abs(facts.weight * first)) > _APART
    shows = np.abs(values).min() > _APART and np.abs(values).max() <= 20
    return bool(short and apart and shows)


def _value(formula: Node, **values: float) -> float:
    return float(evaluate(formula, {k: np.full((1, 1), v) for k, v in values.items()})[0, 0])


def _scales(facts: Forward) -> bool:
    return facts.cell.output == cells.SCALED


def _signed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)
