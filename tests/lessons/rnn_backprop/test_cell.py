"""The formulas of the five derivatives against finite differences of a cell written by hand."""

import math

import numpy as np
import pytest

from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.typeset import source
from course_utils.lessons.rnn_backprop import cells
from course_utils.lessons.rnn_backprop.cells import CELLS
from course_utils.lessons.rnn_backprop.model import Cell

MIXED = {
    cells.SUM: lambda h, x: h + x,
    cells.DIFFERENCE: lambda h, x: x - h,
    cells.HALF: lambda h, x: h / 2 + x,
}
STATE = {
    cells.LINEAR: lambda z: z,
    cells.TANH: math.tanh,
    cells.SIGMOID: lambda z: 1 / (1 + math.exp(-z)),
}
OUTPUT = {
    cells.COPIED: lambda h, v: h,
    cells.SCALED: lambda h, v: v * h,
    cells.SQUASHED: lambda h, v: 1 / (1 + math.exp(-h)),
    cells.BOTH: lambda h, v: 1 / (1 + math.exp(-v * h)),
}
LOSS = {
    cells.CROSS_ENTROPY: lambda p, y: -y * math.log(p) - (1 - y) * math.log(1 - p),
    cells.SQUARED: lambda p, y: (p - y) ** 2,
    cells.HALF_SQUARED: lambda p, y: (p - y) ** 2 / 2,
}


def loss(
    cell: Cell, run: dict[str, np.ndarray], i: int, moved: str = "", t: int = -1, by: float = 0
) -> tuple[float, list[dict[str, float]]]:
    """The whole loss of one sequence, and its values, with one quantity moved at step t."""
    h, total, steps = run["start"][i], 0.0, []
    for s in range(run["x"].shape[1]):
        step = {"h_prev": h, "x_t": run["x"][i, s], "y_t": run["y"][i, s]}

        def move(name: str, value: float, s: int = s) -> float:
            return value + by if moved == name and t in (s, -1) else value

        step["w"] = move("w", run["w"][i])
        step["o_t"] = move("o_t", MIXED[cell.mixed](h, step["x_t"]))
        h = step["h_t"] = move("h_t", STATE[cell.state](step["w"] * step["o_t"]))
        step["yhat_t"] = move("yhat_t", OUTPUT[cell.output](h, run["v"][i]))
        total += LOSS[cell.loss](step["yhat_t"], step["y_t"])
        steps.append(step)
    return total, steps


def inputs(sequences: int = 2, steps: int = 4) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    return {
        "x": rng.uniform(0.1, 0.8, (sequences, steps)),
        "y": rng.uniform(0.05, 0.95, (sequences, steps)),
        "w": rng.uniform(0.2, 0.55, sequences),
        "v": rng.uniform(0.3, 0.9, sequences),
        "start": rng.uniform(0.1, 0.8, sequences),
    }


def slope(cell: Cell, run: dict[str, np.ndarray], i: int, name: str, t: int = -1) -> float:
    """A central difference; at every step at once if t is −1."""
    up, down = (loss(cell, run, i, name, t, by)[0] for by in (1e-5, -1e-5))
    return (up - down) / 2e-5


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: " ".join(map(source, vars(cell).values())))
def test_every_derivative_of_every_cell(cell: Cell) -> None:
    run = inputs()
    derivatives = cell.derivatives()
    for i in range(2):
        _, steps = loss(cell, run, i)
        by_h = [slope(cell, run, i, "h_t", t) for t in range(4)]
        known = {name: np.array([[step[name] for step in steps[:3]]]) for name in steps[0]}
        known |= {
            "v": run["v"][i, None, None],
            "h_next": np.array([[step["h_t"] for step in steps[1:]]]),
            "dL_dh_next": np.array([by_h[1:]]),
        }
        for tree, name, quantity in (
            (derivatives.output, "dL_dyhat_t", "yhat_t"),
            (derivatives.state, "dL_dh_t", "h_t"),
            (derivatives.mixed, "dL_do_t", "o_t"),
            (derivatives.weight_at_t, "dL_dw_t", "w"),
        ):
            measured = np.array([[slope(cell, run, i, quantity, t) for t in range(3)]])
            found = np.broadcast_to(evaluate(tree, known), measured.shape)
            np.testing.assert_allclose(found, measured, rtol=1e-6, atol=1e-8)
            known[name] = measured
        every = np.array([[slope(cell, run, i, "w", t) for t in range(4)]])
        total = evaluate(derivatives.weight, {"dL_dw_t": every})
        np.testing.assert_allclose(total, slope(cell, run, i, "w"), rtol=1e-6)


@pytest.mark.parametrize("cell", [cells.EXAM, CELLS[-1], CELLS[40]])
def test_a_nudged_run_has_the_slopes_of_finite_differences(cell: Cell) -> None:
    run = inputs()
    found = cell.slopes(**run)
    for name, slopes in found.items():
        measured = [[slope(cell, run, i, name, t) for t in range(4)] for i in range(2)]
        np.testing.assert_allclose(slopes, measured, rtol=1e-6, atol=1e-9)


def test_the_runs_that_formulas_are_compared_at_stay_where_the_loss_exists() -> None:
    for cell in CELLS:
        values = cells.sampled(cell, 6, seed=20)
        assert all(np.isfinite(value).all() for value in values.values())
        if cell.loss == cells.CROSS_ENTROPY:
            assert (values["yhat_t"] > 0).all()
            assert (values["yhat_t"] < 1).all()
        for name in ("dL_dyhat_t", "dL_dh_t", "dL_dw_t", "dL_dh_next"):
            assert np.abs(values[name]).min() > 1e-6  # nothing vanishes by accident
