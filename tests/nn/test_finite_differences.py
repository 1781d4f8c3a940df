"""Every gradient by finite differences in float64, independent of PyTorch."""

import copy

import numpy as np
import pytest

from course_utils import nn
from tests.nn.helpers import every_layer, ids, noise

CASES = every_layer()


class Linear:
    """A loss that multiplies by fixed factors, so that every output gets its own error."""

    def forward(self, prediction, label):
        return float(np.sum(prediction * label))

    def backward(self, label):
        return label


class Frozen(nn.Dropout):
    """Dropout that drops the same entries at every call."""

    def forward(self, input_tensor):
        self._rng = np.random.default_rng(5)
        return super().forward(input_tensor)


@pytest.mark.parametrize("number", range(len(CASES)), ids=ids(CASES))
@pytest.mark.parametrize("testing_phase", [False, True])
def test_gradients(number, testing_phase):
    layer, x = copy.deepcopy(CASES[number])
    if isinstance(layer, nn.Dropout):
        layer = Frozen(layer.probability)
    if testing_phase:
        layer.forward(x + 1)  # running statistics of something else
        layer.testing_phase = True
    error = noise(*layer.forward(x).shape, seed=4)
    assert nn.gradient_check([layer, Linear()], x, error).max() < 1e-7
    for name in layer.parameter_names:
        parameter = getattr(layer, name)
        layer.forward(x)
        layer.backward(error)
        analytic = getattr(layer, f"gradient_{name}")
        numeric = nn.finite_differences(lambda: np.sum(layer.forward(x) * error), parameter)
        np.testing.assert_allclose(analytic, numeric, atol=1e-7)


@pytest.mark.parametrize("kernel", [2, 4, (2, 4)])
@pytest.mark.parametrize("stride", [2, (3, 2)])
def test_even_kernels_with_stride(kernel, stride):
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    layer = nn.Conv(stride, (2, *kernel), 3, rng=0)
    x = noise(2, 2, 5, 7)
    error = noise(*layer.forward(x).shape)
    assert nn.gradient_check([layer, Linear()], x, error).max() < 1e-7
    assert nn.gradient_check_weights([layer, Linear()], x, error, False).max() < 1e-7
    assert nn.gradient_check_weights([layer, Linear()], x, error, True).max() < 1e-7


@pytest.mark.parametrize(
    "loss",
    [
        nn.SquaredErrorLoss(),
        nn.CrossEntropyLoss("mean"),
        nn.CrossEntropyWithLogitsLoss(),
        nn.BinaryCrossEntropyLoss("mean"),
        nn.BinaryCrossEntropyWithLogitsLoss(),
    ],
    ids=repr,
)
def test_losses(loss):
    prediction = np.random.default_rng(0).uniform(0.1, 0.9, (4, 3))
    label = np.random.default_rng(1).uniform(0, 1, (4, 3))  # any labels, not only one-hot
    assert nn.gradient_check([loss], prediction, label).max() < 1e-7


def test_the_check_itself_finds_a_wrong_gradient():
    class Wrong(nn.TanH):
        def backward(self, error_tensor):
            return 1.01 * super().backward(error_tensor)

    x = noise(2, 3)
    assert nn.gradient_check([Wrong(), Linear()], x, np.ones((2, 3))).max() > 1e-3


def test_the_exercises_batch_normalization_helper_gives_the_layers_error():
    from course_utils.nn.exercises.Layers import Helpers

    layer = nn.BatchNormalization(3)
    layer.weights = noise(3)
    x, error = noise(6, 3), noise(6, 3, seed=1)
    layer.forward(x)
    helper = Helpers.compute_bn_gradients(
        error, x, layer.weights, x.mean(axis=0), x.var(axis=0), layer.epsilon
    )
    np.testing.assert_allclose(helper, layer.backward(error), atol=1e-12)
