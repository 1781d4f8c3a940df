"""A student's class is run, and what is wrong with it is told where it shows first."""

import numpy as np
import pytest

from course_utils.checks import NotRight, attempt
from course_utils.lessons.activations.deep import LAYERS, maker, network, passage
from course_utils.lessons.activations.exercises.leaky_relu import LEAKY_RELU, LeakyReLU
from course_utils.lessons.activations.explorers import EXPLORERS
from course_utils.lessons.activations.explorers.your_activation import X
from course_utils.lessons.activations.own_layer import run_layer
from course_utils.verify.exercise import faulty_layers

pytestmark = pytest.mark.usefixtures("sheets_drawn_once")

explorer = EXPLORERS["your_activation"]
NET = network(3)
GIVEN = (X, NET.batch, NET.scaled(3, 1.4), NET.error, 0.3)


def run(layer_class, *given):
    return attempt(layer_class, *(given or GIVEN), use=run_layer)


class Layer:
    """Its forward is the function `f`, its backward multiplies the error by `slope`."""

    def forward(self, input_tensor):
        self.x = input_tensor
        return self.f(input_tensor)

    def backward(self, error_tensor):
        return error_tensor * self.slope(self.x)


def layer(f, slope):
    return type("Mine", (Layer,), {"f": staticmethod(f), "slope": staticmethod(slope)})


def logistic(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("name", LAYERS)
def test_our_own_layers_have_the_right_slopes_at_all_inputs_kinks_among_them(name):
    shown = explorer.data(explorer.complete({"ours": name, "alpha": 0.3}))
    assert not shown.ours.wrong.any()
    assert shown.ours.verdict == ""


def test_the_slope_of_either_side_is_right_at_a_kink_and_what_lies_between():
    for at_0 in (0.3, 1.0, 0.7):
        right = layer(
            lambda x: np.where(x > 0, x, 0.3 * x),
            lambda x, at_0=at_0: np.where(x > 0, 1, np.where(x < 0, 0.3, at_0)),
        )
        assert run(right).value.verdict == ""
    beyond = layer(
        lambda x: np.where(x > 0, x, 0.3 * x),
        lambda x: np.where(x > 0, 1, np.where(x < 0, 0.3, 1.1)),
    )
    assert "first at x = 0.00: backward says 1.1" in run(beyond).value.verdict


def test_the_explorer_and_the_exercise_refuse_the_same_backwards():
    refused = 0
    for faulty, says in faulty_layers(LEAKY_RELU, LeakyReLU):
        try:
            LEAKY_RELU.forward(faulty)
        except NotRight:
            continue  # its slope may well be that of its own forward
        with pytest.raises(NotRight):
            LEAKY_RELU.backward(faulty)
        verdict = run(faulty).value.verdict
        assert verdict.startswith("the derivative is wrong first at x = "), says
        refused += 1
    assert refused > 6


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (layer(logistic, lambda x: x * (1 - x)), "a·(1 − a) is taken of the input"),
        (layer(np.tanh, lambda x: 1 - x * x), "1 − a² is taken of the input"),
        (layer(logistic, lambda x: -logistic(x) * (1 - logistic(x))), "sign is the wrong way"),
        (
            type("Mine", (layer(np.sin, np.cos),), {"backward": lambda s, e: np.cos(s.x)}),
            "the error from above is not multiplied in",
        ),
    ],
)
def test_a_typical_mistake_is_named(mine, says):
    assert says in run(mine).value.verdict


def jump(x):
    return np.where(x < -0.5, 0, np.where(x > 0.5, 1, x))


def ramp(x):
    return np.clip(x + 0.5, 0, 1)


class AtTheError(Layer):
    def backward(self, error_tensor):
        return error_tensor * self.slope(error_tensor)


@pytest.mark.parametrize("f", [jump, ramp])
def test_a_slope_of_0_is_not_taken_for_one_at_the_error(f):
    told = run(layer(f, np.zeros_like)).value.verdict
    assert "backward says 0" in told
    assert "Likely cause" not in told
    wrong = {"f": staticmethod(f), "slope": staticmethod(lambda at: np.abs(at) <= 0.5)}
    told = run(type("Mine", (AtTheError,), wrong)).value.verdict
    assert "the slope is taken at the error" in told


class Default(LeakyReLU):
    def __init__(self, alpha=0.01):
        super().__init__(alpha)


def test_a_number_with_a_default_is_given_all_the_same():
    told = run(Default).value
    assert told.values[0] == pytest.approx(0.3 * X[0])
    assert told.verdict == ""


def test_the_first_wrong_input_is_told_with_both_slopes():
    late = layer(np.sin, lambda x: np.where(x > 1.22, 0.0, np.cos(x)))
    told = run(late).value
    assert X[told.wrong][0] == pytest.approx(1.25)
    assert told.verdict.startswith(
        "the derivative is wrong first at x = 1.25: backward says 0, the slope of forward is 0.3153"
    )


def test_an_activation_that_divides_by_zero_is_told_where_and_the_rest_is_drawn():
    told = explorer(layer(lambda x: np.sin(x) / x, lambda x: np.cos(x) / x - np.sin(x) / x**2))
    assert "forward gives nan at x = 0.00" in told.description
    assert told.data.yours.wrong.sum() == 1
    assert np.isfinite(told.data.yours.values).sum() == len(X) - 1


def test_a_jump_is_named_and_not_taken_for_a_wrong_slope():
    told = explorer(layer(jump, lambda x: (np.abs(x) <= 0.5).astype(float)))
    assert not told.data.yours.wrong.any()
    assert "It jumps at x = −0.50, 0.50" in told.description


class NoBackward:
    def forward(self, input_tensor):
        return input_tensor


class Lists(Layer):
    def forward(self, input_tensor):
        return [max(x, 0) for x in input_tensor]


class Shrinks(Layer):
    def forward(self, input_tensor):
        return input_tensor.sum()


class Raises(Layer):
    def forward(self, input_tensor):
        return input_tensor.missing


class TwoNumbers(Layer):
    def __init__(self, low, high):
        self.low, self.high = low, high


class Half:
    def forward(self, input_tensor):
        return 2 * input_tensor

    def backward(self, error_tensor): ...


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (NoBackward, "there is no method backward"),
        (Lists, "forward returns a list: return an array"),
        (Shrinks, "what forward returns has shape ()"),
        (Raises, "AttributeError"),
        (TwoNumbers, "its constructor takes more than one number"),
        (Half, "what backward returns is None"),
        (np.tanh, "a class with forward and backward is needed"),
        (LeakyReLU(0.1), "give the class itself, without brackets"),
        (3, "a class with forward and backward is needed"),
        ("ReLU", "a class with forward and backward is needed"),
        (dict, "there is no method forward"),
    ],
)
def test_what_is_no_layer_gets_a_sentence_and_ours_is_drawn(given, note):
    shown = explorer(given)
    assert note in shown.note
    assert "Behind 10 layers of leaky ReLU" in shown.description
    assert shown.data.yours is None


def test_layers_of_width_1_and_a_batch_of_one_are_layers():
    one = np.ones((1, 1))
    told = run(LeakyReLU, X, one, np.ones((2, 1, 1)), one, 0.3)
    assert told.value.signal.shape == told.value.gradient.shape == (1, 1)
    assert told.value.verdict == ""


def test_the_passage_through_the_layers_is_that_of_pytorch():
    import torch

    weights = NET.scaled(20, 1.4)
    ours = passage(NET, maker("tanh"), weights)
    sums = torch.tensor(NET.batch @ weights[0], requires_grad=True)
    signal = torch.tanh(sums)
    for w in weights[1:]:
        signal = torch.tanh(signal @ torch.tensor(w))
    signal.backward(torch.tensor(NET.error))
    assert ours.signal[-1] == pytest.approx(signal.detach().numpy().std(), rel=1e-9)
    assert ours.gradient[0] == pytest.approx(sums.grad.numpy().std(), rel=1e-9)
    assert ours.sums.shape == ours.slopes.shape == (20, 100, 64)


@pytest.mark.parametrize(
    ("f", "slope", "wrong"),
    [
        (lambda x: np.exp(-x * x), lambda x: -x * np.exp(-x * x), 128),  # a line of 125 characters
        (  # three lines: a kink at −1 and slopes of many digits
            lambda x: np.where(x > -1, 0.123456 * (x + 1), -0.234567 * (x + 1)),
            lambda x: np.where(x < -1, -0.234567, 2.0),
            101,
        ),
    ],
)
def test_the_verdict_is_not_cut_off_at_the_figures_edge(f, slope, wrong):
    stage = explorer.stage(dpi=80)  # letters are widest at the stored pictures' size
    stage.show(explorer(layer(f, slope)).data, whole=True)
    figure = stage.figure
    (verdict,) = (text for text in figure.texts if text.get_text().startswith("Yours"))
    assert f"Wrong in all: {wrong} of 161 inputs." in verdict.get_text().replace("\n", " ")
    place, label = verdict.get_window_extent(), figure.axes[2].xaxis.label.get_window_extent()
    assert figure.bbox.x0 < place.x0 < place.x1 < figure.bbox.x1
    assert figure.bbox.y0 < place.y0 < place.y1 < label.y0
