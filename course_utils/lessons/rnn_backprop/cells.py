"""The cells that exam items 4.1 and 4.2 ask about: what they are built of, and their letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np

from course_utils.exam.formulas import Node, Symbol, Vocabulary, parse, typeset
from course_utils.exam.formulas.tree import names
from course_utils.lessons.rnn_backprop.model import Cell, renamed

_WORDS = Vocabulary(
    tuple(Symbol(n, n) for n in ("h_prev", "x_t", "o_t", "h_t", "yhat_t", "y_t", "w", "v"))
)


def _formula(text: str) -> Node:
    return parse(text, _WORDS)


SUM, DIFFERENCE, HALF = map(_formula, ("h_prev + x_t", "x_t - h_prev", "h_prev/2 + x_t"))
LINEAR, TANH, SIGMOID = map(_formula, ("w*o_t", "tanh(w*o_t)", "sigma(w*o_t)"))
COPIED, SCALED, SQUASHED, BOTH = map(_formula, ("h_t", "v*h_t", "sigma(h_t)", "sigma(v*h_t)"))
CROSS_ENTROPY, SQUARED, HALF_SQUARED = map(
    _formula,
    ("-y_t*log(yhat_t) - (1 - y_t)*log(1 - yhat_t)", "(yhat_t - y_t)^2", "0.5*(yhat_t - y_t)^2"),
)
LOSSES = {
    CROSS_ENTROPY: "the binary cross-entropy",
    SQUARED: "the squared error",
    HALF_SQUARED: "half the squared error",
}

EXAM = Cell(SUM, LINEAR, COPIED, CROSS_ENTROPY)
"""The exam's cell."""


def in_domain(cell: Cell) -> bool:
    """Tell whether the loss exists for every run of `sampled`: a logarithm needs ŷ in (0, 1)."""
    squashed = cell.output in (SQUASHED, BOTH) or cell.state == SIGMOID
    return cell.loss != CROSS_ENTROPY or squashed or cell.mixed != DIFFERENCE


CELLS: tuple[Cell, ...] = tuple(
    cell
    for cell in (
        Cell(*parts)
        for parts in product(
            (SUM, DIFFERENCE, HALF),
            (LINEAR, TANH, SIGMOID),
            (COPIED, SCALED, SQUASHED, BOTH),
            (CROSS_ENTROPY, SQUARED, HALF_SQUARED),
        )
    )
    if in_domain(cell)
)
"""Every cell that a variant may be about."""


@cache
def sampled(cell: Cell, points: int, seed: int) -> dict[str, np.ndarray]:
    """Return runs of `cell` with all its derivatives, by the names of `cells`.

    Three steps out of four are given, so that each has a next one. Values are float64 arrays
    (points, 3), or (points, 1) for the weights; the derivatives are found by nudging the run.
    """
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0.1, 0.8, (points, 4)), rng.uniform(0.05, 0.95, (points, 4))
    # For the copied state the bounds keep ŷ in (0, 1): 0.55 · (1 + 0.8) < 1.
    w, v = rng.uniform(0.2, 0.55, points), rng.uniform(0.3, 0.9, points)
    start = rng.uniform(0.1, 0.8, points)
    run = cell.run(x, y, w, v, start)
    slopes = cell.slopes(x, y, w, v, start)
    values = {
        "x_t": x[:, :-1],
        "y_t": y[:, :-1],
        "w": w[:, None],
        "v": v[:, None],
        "h_prev": np.column_stack([start, run.state.real[:, :-2]]),
        "h_t": run.state.real[:, :-1],
        "h_next": run.state.real[:, 1:],
        "o_t": run.mixed.real[:, :-1],
        "yhat_t": run.output.real[:, :-1],
        "dL_dh_next": slopes["h_t"][:, 1:],
        "dL_do_next": slopes["o_t"][:, 1:],
    }
    at_t = {"dL_dyhat_t": "yhat_t", "dL_dh_t": "h_t", "dL_do_t": "o_t", "dL_dw_t": "w"}
    return values | {name: slopes[quantity][:, :-1] for name, quantity in at_t.items()}


@dataclass(frozen=True)
class Letters:
    """What a cell's quantities are called, as they are typed without their index."""

    state: str
    input: str
    mixed: str
    weight: str
    output: str
    label: str
    readout: str

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of `cells` in these letters."""
        state, mixed = self.state, self.mixed
        return {
            "x_t": f"{self.input}_t",
            "y_t": f"{self.label}_t",
            "w": self.weight,
            "v": self.readout,
            "h_prev": f"{state}_prev",
            "h_t": f"{state}_t",
            "h_next": f"{state}_next",
            "o_t": f"{mixed}_t",
            "yhat_t": f"{self.output}_t",
            "dL_dyhat_t": f"dL_d{self.output}_t",
            "dL_dh_t": f"dL_d{state}_t",
            "dL_do_t": f"dL_d{mixed}_t",
            "dL_dw_t": f"dL_d{self.weight}_t",
            "dL_dh_next": f"dL_d{state}_next",
            "dL_do_next": f"dL_d{mixed}_next",
        }

    def vocabulary(self, cell: Cell) -> Vocabulary:
        """Return the symbols that formulas about `cell` may use."""
        used = {name for part in vars(cell).values() for name in names(part)}
        return Vocabulary(
            tuple(
                self._symbol(own) for name, own in self.names.items() if name != "v" or name in used
            ),
            "t",
        )

    def _symbol(self, name: str) -> Symbol:
        """Return a quantity by its name in these letters, with the other ways to type it."""
        if name in (self.weight, self.readout):
            short = name.split("_")[0]
            return Symbol(name, _latex(name), also=(short,) * (short != name))
        stem, _, place = name.rpartition("_")
        index = {"t": "t", "prev": "t-1", "next": "t+1"}[place]
        also: tuple[str, ...] = (stem if index == "t" else f"{stem}_{{{index}}}",)
        if stem == f"dL_d{self.weight}":  # without its index it would be what is asked for last
            also = (f"dL_d{self.weight[0]}_t",) if "_" in self.weight else ()
        return Symbol(name, _indexed(stem, index), (), True, also=also)

    def equations(self, cell: Cell) -> list[str]:
        """Return the three equations of a step, as LaTeX."""
        words = self.vocabulary(cell)
        parts = {"o_t": cell.mixed, "h_t": cell.state, "yhat_t": cell.output}
        return [
            f"{words.by_name[self.names[name]].latex} ="
            f" {typeset.latex(renamed(part, self.names), words)}"
            for name, part in parts.items()
        ]


LETTERS = (
    Letters("h", "x", "o", "w_oh", "yhat", "y", "v"),
    Letters("s", "x", "a", "w", "p", "y", "u"),
    Letters("m", "u", "z", "w_zm", "q", "y", "v"),
    Letters("h", "u", "a", "theta", "yhat", "y", "c"),
    Letters("c", "x", "z", "w", "p", "d", "v"),
)
"""The exam's letters first."""


def _latex(letter: str) -> str:
    """Return a name of one letter, with what is written on or below it, as LaTeX."""
    if letter == "yhat":
        return r"\hat y"
    if letter == "theta":
        return r"\theta"
    stem, _, below = letter.partition("_")
    return f"{stem}_{{{below}}}" if below else stem


def _indexed(stem: str, index: str) -> str:
    """Return a quantity at a step, or the derivative by it, as LaTeX."""
    if not stem.startswith("dL_d"):
        return f"{_latex(stem)}_{{{index}}}"
    by = stem.removeprefix("dL_d")
    if by in {letters.weight for letters in LETTERS}:
        return rf"\left.\frac{{\partial L}}{{\partial {_latex(by)}}}\right|_{{{index}}}"
    return rf"\frac{{\partial L}}{{\partial {_latex(by)}_{{{index}}}}}"
