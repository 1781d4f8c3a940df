"""The unrolled cell against slopes that know no formula of backpropagation, and its explorers."""

from dataclasses import replace

import numpy as np
import pytest

from course_utils.explorers import Own
from course_utils.lessons.rnn_backprop import cells, explorers
from course_utils.lessons.rnn_backprop.exercises import check_bptt, check_step_back
from course_utils.lessons.rnn_backprop.exercises.through_time import bptt
from course_utils.lessons.rnn_backprop.model import Cell
from course_utils.lessons.rnn_backprop.unrolled import unroll
from tests.lessons.rnn_backprop.test_cell import inputs

SQUASHED = Cell(cells.SUM, cells.LINEAR, cells.SQUASHED, cells.CROSS_ENTROPY)


@pytest.mark.parametrize(("squashed", "cell"), [(False, cells.EXAM), (True, SQUASHED)])
def test_every_gradient_is_what_a_nudged_run_has(squashed: bool, cell: Cell) -> None:
    given = inputs()
    slopes = cell.slopes(**given)
    for i in range(2):
        one = {name: values[i] for name, values in given.items()}
        run = unroll(one["x"], one["y"], one["w"], one["start"], squashed)
        np.testing.assert_allclose(run.by_state, slopes["h_t"][i])
        np.testing.assert_allclose(run.by_mixed, slopes["o_t"][i])
        np.testing.assert_allclose(run.by_weight, slopes["w"][i])
        inner = run.output * (1 - run.output) if squashed else 1
        np.testing.assert_allclose(run.own, slopes["yhat_t"][i] * inner)
        np.testing.assert_allclose(run.later[:-1], run.by_mixed[1:])
        assert run.later[-1] == 0


def test_a_state_whose_sigmoid_rounds_to_1_still_has_a_loss_and_slopes() -> None:
    run = unroll(np.full(5, 40.0), np.array([0.0, 1, 0, 1, 0]), 1.0, 0.0, squashed=True)
    assert run.output[-1] == 1.0
    np.testing.assert_allclose(run.loss, [40, 0, 120, 0, 200], atol=1e-12)
    np.testing.assert_allclose(run.own, [1, 0, 1, 0, 1], atol=1e-12)
    assert np.all(np.isfinite(run.by_output))
    far = {"steps": 5, "back": 5, "w": 1.5, "h_0": 2.0, "squashed": True, "x": ((2,) * 5,)}
    shown = explorers.unrolled.evaluate(explorers.unrolled.complete(far))
    assert "none" not in shown.numbers.values()
    assert "does not exist" not in shown.description


def test_the_reference_of_the_exercise_has_these_gradients_too() -> None:
    given = inputs(steps=7)
    x, y, w = given["x"][0], given["y"][0], given["w"][0]
    run = unroll(x, y, w, given["start"][0], squashed=False)
    by_state, by_weight, total = bptt(x, y, w, run.state)
    np.testing.assert_allclose(by_state, run.by_state)
    np.testing.assert_allclose(by_weight, run.by_weight)
    assert np.isclose(total, run.by_weight.sum())


def test_what_the_last_state_has_of_the_first_is_a_power_of_the_weight() -> None:
    given = inputs(steps=6)
    np.testing.assert_allclose(cells.EXAM.reach(**given), given["w"] ** 5)


def test_a_loss_outside_of_the_logarithms_domain_is_told_and_shown() -> None:
    shown = explorers.unrolled.evaluate(explorers.unrolled.complete({"steps": 5, "w": 1.0}))
    assert "At steps 1, 2, 3, 4, 5 the output is not between 0 and 1" in shown.description
    assert shown.numbers["loss L"] == "none"
    back = explorers.unrolled.evaluate(
        explorers.unrolled.complete(explorers.unrolled.presets["an output above 1"])
    )
    assert back.numbers == {"loss L": "none", "∂L/∂w": "none"}
    repaired = {"steps": 5, "back": 5, "w": 1.0, "squashed": True}
    assert explorers.unrolled.evaluate(explorers.unrolled.complete(repaired)).numbers["∂L/∂w"]


def test_going_back_collects_the_weights_shares_from_the_end() -> None:
    explorer = explorers.unrolled
    told = [
        explorer.evaluate(explorer.complete({"steps": 2, "back": back})).numbers
        for back in range(3)
    ]
    assert [list(numbers.values())[1] for numbers in told] == ["–", "2.00", "1.00"]
    assert [list(numbers)[1] for numbers in told] == ["∂L/∂w so far"] * 2 + ["∂L/∂w"]


def test_the_gradient_over_time_is_a_power_of_the_weight_and_a_nonlinearity_shrinks_it() -> None:
    explorer = explorers.over_time
    linear = explorer.data(explorer.complete({"w": 1.2, "steps": 30}))
    np.testing.assert_allclose(linear.by_state, 1.2 ** np.arange(30))
    for inside in ("tanh", "sigmoid"):
        bent = explorer.data(explorer.complete({"w": 1.2, "steps": 30, "inside": inside}))
        assert (bent.by_state[1:] < linear.by_state[1:]).all()
    still = explorer.data(explorer.complete({"w": 0.0}))
    assert still.total != 0  # the last step's own term is left
    assert np.allclose(still.by_state[1:], 0)


def judged(function):
    explorer = replace(explorers.beside, own=Own(function, explorers.beside.yours))
    return explorer.evaluate(explorer.start)


def said(function) -> str:
    return judged(function).description


def test_the_students_gradients_are_judged_from_the_end() -> None:
    assert "agrees with ours at every step" in said(bptt)
    forgotten, one_step = check_bptt.faults[0], check_bptt.faults[1]
    assert "wrong first at t = 5. Likely cause: the future term is forgotten" in said(
        forgotten.make
    )
    assert "wrong first at t = 4. Likely cause: the future reaches one step" in said(one_step.make)
    for fault in check_bptt.faults:
        for version in fault.versions(bptt, check_bptt.results):
            shown = judged(version)
            assert (
                fault.says in shown.description
                or fault.says.startswith("it is not summed over the steps:")
                or shown.note.startswith("Yours: ")  # of another shape, which cannot be drawn
            )
            assert "agrees" not in shown.description


def test_whatever_the_students_function_returns_ours_is_shown() -> None:
    for wrong in (lambda *_: 3, lambda *_: None, lambda x, *_: (x, x), lambda x, *_: (x, x[1:], 1)):
        explorer = replace(explorers.beside, own=Own(wrong, explorers.beside.yours))
        shown = explorer.evaluate(explorer.start)
        assert "∂L/∂w is" in shown.description
        assert shown.note.startswith("Yours: ")


def test_the_first_wrong_step_is_the_one_that_the_loop_meets_first() -> None:
    def forgets(x, y, w, h):
        by_state = (h[1:] - y) / (h[1:] * (1 - h[1:]))
        at = (h[:-1] + x) * by_state
        return by_state, at, at.sum()

    verdict = check_bptt(forgets)
    steps = len(check_bptt.rounds["all gradients of three fresh sequences"](
        np.random.default_rng(0))[0])  # fmt: skip
    assert f"dL_dh (t = {steps - 1}) is" in repr(verdict)
    assert "the first from the end" in repr(verdict)
    assert "future term is forgotten" in verdict.cause


def test_the_immediate_for_the_total_derivative_is_named() -> None:
    def immediate(y, yhat, o, w, dL_dh_next):
        own = (yhat - y) / (yhat * (1 - yhat))
        return own, own + w * dL_dh_next, w * (own + w * dL_dh_next), o * own

    assert "it takes the immediate derivative" in check_step_back(immediate).cause
