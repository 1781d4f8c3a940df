"""The 2-3-1 network against PyTorch, and the explorer's numbers against its equations."""

import re

import numpy as np
import pytest
import torch

from course_utils.lessons.deep_networks import graph
from course_utils.lessons.deep_networks.explorers.graph import (
    PHASES,
    TARGET,
    X,
    compute_graph,
    draw_graph,
    equations,
)
from course_utils.lessons.deep_networks.explorers.graph import graph as explorer
from course_utils.lessons.deep_networks.explorers.network_drawing import number

NUMBER = re.compile(r"−?\d+\.\d{3}")
LAST = len(PHASES) - 1


def by_pytorch(weights, activation):
    tensors = [torch.tensor(np.array(w), requires_grad=True) for w in weights]
    w1, b1, w2, b2 = tensors
    f = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "ReLU": torch.relu}[activation]
    loss = 0.5 * (w2 @ f(w1 @ torch.tensor(X) + b1) + b2 - TARGET) ** 2
    loss.backward()
    return loss.item(), [w.grad.numpy() for w in tensors]


@pytest.mark.parametrize("activation", list(graph.ACTIVATIONS))
@pytest.mark.parametrize("seed", range(5))
def test_loss_and_gradients_are_those_of_pytorch(activation, seed):
    rng = np.random.default_rng(seed)
    shapes = [np.shape(w) for w in graph.START]
    weights = graph.Weights(*(rng.normal(size=shape) for shape in shapes))
    loss, gradients = by_pytorch(weights, activation)
    ours = graph.run(weights, X, TARGET, activation)
    assert ours.loss == pytest.approx(loss, rel=1e-12)
    for mine, theirs in zip(ours.gradient, gradients, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-14)


def test_a_step_of_descent_goes_against_the_gradient():
    first = graph.run(graph.START, X, TARGET)
    before, after = graph.descend(first, 0.1, 1)
    np.testing.assert_allclose(after.weights.W1, graph.START.W1 - 0.1 * before.gradient.W1)
    assert after.weights.b2 == pytest.approx(graph.START.b2 - 0.1 * before.gradient.b2)
    assert after.loss < before.loss


@pytest.mark.parametrize(
    ("name", "place"),
    [("W1[2, 1]", lambda w: w.W1[2, 1]), ("w2[0]", lambda w: w.w2[0]), ("b2", lambda w: w.b2)],
)
def test_exactly_one_weight_moves(name, place):
    moved = graph.moved(graph.START, name, 0.5)
    assert place(moved) == place(graph.START) + 0.5
    count = sum(np.sum(a != b) for a, b in zip(moved, graph.START, strict=True))
    assert count == 1


@pytest.mark.parametrize("name", ["W3[0, 0]", "W1[0]", "b2[0]", "", "w2"])
def test_a_weight_that_is_not_there_is_told_in_words(name):
    with pytest.raises(ValueError, match="there is no weight"):
        graph.moved(graph.START, name, 0.5)


@pytest.fixture(scope="module")
def stage():
    """Return one for all settings: what it shows does not hang on what it has shown before."""
    return explorer.stage()


def shown_at(stage, step, **settings):
    """Return the numbers on the graph and in the equations, by the texts of the figure."""
    data = explorer.data(explorer.complete({"step": step, **settings}))
    stage.show(data)
    on_graph, beside = set(), set()
    for text in stage.figure.findobj(lambda artist: hasattr(artist, "get_text")):
        words = text.get_text()
        (beside if "=" in words else on_graph).update(NUMBER.findall(words))
    return data, on_graph, beside


@pytest.mark.parametrize("settings", [{}, {"activation": "ReLU", "weight": "b1[2]", "by": -1.0}])
@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 5, 6, 7, 13, 42])
def test_every_number_of_the_equations_stands_on_the_graph_to_the_digit(stage, step, settings):
    data, on_graph, beside = shown_at(stage, step, **settings)
    assert beside == {n for _, right in equations(data) for n in NUMBER.findall(right)}
    assert beside <= on_graph
    assert bool(beside) == (data.phase > 0)


@pytest.mark.parametrize("activation", list(graph.ACTIVATIONS))
@pytest.mark.parametrize("taken", [0, 1, 5])
def test_all_gradients_on_the_graph_are_those_of_pytorch(stage, activation, taken):
    data, on_graph, _ = shown_at(stage, len(PHASES) * taken + LAST, activation=activation)
    _, gradients = by_pytorch(data.now.weights, activation)
    for gradient in gradients:
        assert {number(value) for value in np.ravel(gradient)} <= on_graph


def test_backward_numbers_are_not_shown_before_their_turn():
    for phase, known in enumerate((0, 1 + 1, 3, 4, 6, 7, 8)):
        moment = compute_graph(phase, "b2", 0.0, "tanh", 0.1)
        assert len(equations(moment)) == known
        assert np.isnan(moment.losses[-1]) == (phase < 3)


def test_the_drawing_is_made_once():
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 5.4))
    update = draw_graph(figure)
    update(compute_graph(6, "b2", 0.0, "tanh", 0.1))
    count = len(figure.findobj())
    update(compute_graph(20, "b2", 1.0, "ReLU", 0.5))
    assert len(figure.findobj()) == count


@pytest.mark.parametrize(
    ("value", "says"), [(-0.5, "−0.500"), (-0.0001, "0.000"), (0.0, "0.000"), (12.34567, "12.346")]
)
def test_a_number_has_three_digits_and_zero_no_sign(value, says):
    assert number(value) == says
