"""Exam item 2.7: maximum pooling by hand, forward and backward."""

import random
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Entry, Item, NumericTable, Wording, draw_until
from course_utils.exam.kinds.sparse_grid import Filling, SparseGrid, place
from course_utils.lessons.cnns.model import MaxPooling, Place, route
from course_utils.typography import number

_OUTPUT_POINTS = 1


@dataclass(frozen=True)
class Pooled:
    """The facts: the layer, its input and the gradient of its output, both of integers."""

    layer: MaxPooling
    x: np.ndarray
    errors: np.ndarray


@dataclass(frozen=True)
class Way:
    """One choice of winners and the gradient that follows."""

    winners: dict[Place, Place]
    gradient: np.ndarray


@dataclass(frozen=True)
class Routed:
    """The key: the output, and every way to break the ties."""

    output: np.ndarray
    ways: tuple[Way, ...]


class PoolingByHand(Item[Pooled, Routed]):
    """Item 2.7: the output earns one point, the gradient two; every tie-break is right."""

    id = "2.7"

    def exam(self) -> Pooled:
        """Return a matrix as the exam's: 7 twice in the first window, one 7 in two windows."""
        x = [[1, 7, 0, 4, 2], [3, 5, 2, 8, 1], [0, 7, 6, 3, 5], [4, 2, 1, 6, 9], [5, 3, 0, 2, 4]]
        return Pooled(MaxPooling(3, 2), np.array(x), np.array([[1, 3], [4, -2]]))

    def draw(self, rng: random.Random) -> Pooled:
        """Return another layer and matrix with a tie and an input that can win two windows."""
        kernel, stride, rows, columns = rng.choice(
            ((3, 2, 5, 5), (3, 2, 5, 5), (3, 1, 4, 4), (2, 1, 3, 3), (3, 2, 5, 7), (3, 1, 4, 5))
        )
        layer = MaxPooling(kernel, stride)

        def draw() -> Pooled:
            x = np.array([[rng.randint(0, 9) for _ in range(columns)] for _ in range(rows)])
            shape = layer.output_shape(x)
            errors = rng.sample([e for e in range(-5, 7) if e], shape[0] * shape[1])
            return Pooled(layer, x, np.array(errors).reshape(shape))

        return draw_until(draw, lambda facts: _is_fit(facts, self.solve(facts)))

    def solve(self, facts: Pooled) -> Routed:
        """Return the output and the gradient for every choice of winners."""
        ways = tuple(
            Way(winners, route(facts.x, facts.errors, winners))
            for winners in facts.layer.winners(facts.x)
        )
        return Routed(facts.layer.forward(facts.x), ways)

    def word(self, facts: Pooled, key: Routed) -> Wording:
        """Return a table for the output and a grid for the gradient."""
        layer = facts.layer
        return Wording(
            title="Max pooling, there and back",
            prompt=(
                f"A max pooling layer with kernel size {layer.kernel} and stride {layer.stride}, in"
                " 'valid' mode (no padding), gets the input\n\n"
                f"$$X = {_latex(facts.x)}.$$\n\n"
                "Later the gradient of the loss by the layer's output arrives:\n\n"
                f"$$E = {_latex(facts.errors)}.$$\n\n"
                "Fill in the layer's output, then the gradient of the loss by $X$. Where a window"
                " holds its maximum more than once, exactly one of the tied inputs gets the error:"
                " choose any. Cells that are 0 may stay empty in the second table."
            ),
            parts=(
                _output_table(facts, key),
                SparseGrid(
                    shape=(facts.x.shape[0], facts.x.shape[1]),
                    fillings=tuple(_filling(facts, way) for way in key.ways),
                    points=self.points - _OUTPUT_POINTS,
                    title="Gradient",
                ),
            ),
            derivation=_derivation(facts),
        )


def _is_fit(facts: Pooled, key: Routed) -> bool:
    """Tell whether there are two to four ways, and all that is asked for occurs and is plain.

    Some input can win two windows; no gradient is 0 where errors arrive (they would cancel), no
    two sums of errors are equal, and giving every tied input the whole error is not right by
    accident.
    """
    if not 2 <= len(key.ways) <= 4:
        return False
    everyone = np.zeros_like(facts.x)
    for window, tied in facts.layer.candidates(facts.x).items():
        for winner in tied:
            everyone[winner] += facts.errors[window]
    for way in key.ways:
        winners = set(way.winners.values())
        sums = [way.gradient[winner] for winner in winners]
        if 0 in sums or len(set(sums)) < len(sums) or np.array_equal(way.gradient, everyone):
            return False
    return any(len(set(way.winners.values())) < len(way.winners) for way in key.ways)


def _window(window: Place) -> str:
    """Return a window's name by the place of its output."""
    return f"window ({window[0] + 1}, {window[1] + 1})"


def _output_table(facts: Pooled, key: Routed) -> NumericTable:
    windows = facts.layer.windows(facts.x)
    rows, columns = key.output.shape

    def entry(window: Place) -> Entry:
        values = ", ".join(number(facts.x[p]) for p in windows[window])
        value = key.output[window]
        why = f"the largest of {values} is {number(value)}."
        return Entry(float(value), _OUTPUT_POINTS / key.output.size, why)

    return NumericTable(
        columns=("Output", *(f"column {j + 1}" for j in range(columns))),
        rows=tuple(f"row {i + 1}" for i in range(rows)),
        cells=tuple(tuple(entry((i, j)) for j in range(columns)) for i in range(rows)),
    )


def _filling(facts: Pooled, way: Way) -> Filling:
    values, why = {}, {}
    for winner in sorted(set(way.winners.values())):
        won = [window for window, by in way.winners.items() if by == winner]
        terms = " + ".join(_term(facts.errors[window]) for window in won)
        total = number(way.gradient[winner])
        terms = f"{terms} = {total}" if len(won) > 1 else total
        values[winner] = float(way.gradient[winner])
        why[winner] = f"it wins {' and '.join(map(_window, won))}: {terms}"
    tied = {w: c for w, c in facts.layer.candidates(facts.x).items() if len(c) > 1}
    says = " and ".join(f"{_window(w)} is won by {place(way.winners[w])}" for w in tied)
    return Filling(values, why, says)


def _derivation(facts: Pooled) -> str:
    lines = ["Every window passes its error to one input that holds its maximum:", ""]
    for window, inputs in facts.layer.candidates(facts.x).items():
        name = _window(window)
        lines.append(
            f"- {name[0].upper()}{name[1:]}: maximum {number(facts.x[inputs[0]])} at"
            f" {' or '.join(map(place, inputs))}; error {number(facts.errors[window])}."
        )
    lines += ["", "An input that wins several windows collects their errors; all others get 0."]
    return "\n".join(lines)


def _term(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _latex(x: np.ndarray) -> str:
    rows = " \\\\ ".join(" & ".join(str(value) for value in row) for row in x)
    return f"\\begin{{pmatrix}} {rows} \\end{{pmatrix}}"
