"""The exercises' conventions, one by one."""

import copy

import numpy as np
import pytest

from course_utils import nn
from tests.nn.helpers import every_layer, ids, noise

CASES = every_layer()


@pytest.fixture(params=range(len(CASES)), ids=ids(CASES))
def case(request):
    layer, x = CASES[request.param]
    return copy.deepcopy(layer), x.copy()


WITH_PARAMETERS = [(layer, x) for layer, x in CASES if layer.parameter_names]


@pytest.fixture(params=range(len(WITH_PARAMETERS)), ids=ids(WITH_PARAMETERS))
def parametric(request):
    layer, x = WITH_PARAMETERS[request.param]
    return copy.deepcopy(layer), x.copy()


class Recorder:
    """An optimizer that subtracts the gradient and counts."""

    def __init__(self):
        self.calls = 0

    def calculate_update(self, weight_tensor, gradient_tensor):
        self.calls += 1
        return weight_tensor - gradient_tensor


# Every layer


def test_inputs_and_errors_are_never_changed(case):
    layer, x = case
    before = x.copy()
    y = layer.forward(x)
    error = noise(*y.shape)
    error_before = error.copy()
    layer.backward(error)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(error, error_before)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_results_keep_the_inputs_type_and_are_contiguous(case, dtype):
    layer, x = case
    y = layer.forward(np.asfortranarray(x.astype(dtype)))
    error = layer.backward(np.asfortranarray(np.ones_like(y)))
    assert y.dtype == error.dtype == dtype
    assert y.flags.c_contiguous
    assert error.flags.c_contiguous
    assert error.shape == x.shape
    for name in layer.parameter_names:
        assert getattr(layer, f"gradient_{name}").dtype == dtype


def test_an_error_of_another_type_is_taken_in_the_type_of_the_input(case):
    layer, x = case
    y = layer.forward(x.astype(np.float32))
    assert layer.backward(np.ones(y.shape)).dtype == np.float32
    for name in layer.parameter_names:
        assert getattr(layer, f"gradient_{name}").dtype == np.float32


def test_whole_numbers_are_taken_as_float64(case):
    layer, x = case
    whole = np.round(3 * x).astype(int)
    np.random.seed(0)  # noqa: NPY002
    y = layer.forward(whole)
    assert y.dtype == np.float64
    assert layer.backward(np.ones(y.shape, dtype=int)).dtype == np.float64


def test_two_forwards_in_a_row_and_backward_belongs_to_the_last(case):
    layer, x = case
    if isinstance(layer, nn.Dropout):
        layer.probability = 1.0  # it draws anew every time
    other = copy.deepcopy(layer)
    layer.forward(2 * x + 1)
    y = layer.forward(x)
    np.testing.assert_array_equal(y, other.forward(x))
    error = noise(*y.shape)
    np.testing.assert_array_equal(layer.backward(error), other.backward(error))


def test_nothing_that_the_caller_does_to_results_changes_backward(case):
    layer, x = case
    other = copy.deepcopy(layer)
    y = layer.forward(x.copy())
    expected = other.forward(x.copy())
    error = noise(*y.shape)
    if not np.shares_memory(y, x):
        y[...] = 7
    np.testing.assert_array_equal(layer.backward(error), other.backward(error))
    assert expected.shape == y.shape


def test_trainable_and_testing_phase_exist_and_start_right(case):
    layer, _ = case
    assert layer.testing_phase is False
    plain = (nn.Pooling, nn.Flatten, nn.ReLU, nn.LeakyReLU, nn.ELU, nn.GELU, nn.Sigmoid)
    plain += (nn.TanH, nn.SoftMax, nn.Dropout)
    assert layer.trainable is not isinstance(layer, plain)


def test_parameters_may_be_replaced_between_forward_and_backward(parametric):
    layer, x = parametric
    layer.forward(x)
    for name in layer.parameter_names:
        setattr(layer, name, 0 * getattr(layer, name))
    y = layer.forward(x)
    assert np.ptp(y.reshape(len(y), -1), axis=0).max() == 0  # all-zero parameters: one value
    layer.forward(x)
    for name in layer.parameter_names:
        setattr(layer, name, 0 * getattr(layer, name))
    assert not layer.backward(noise(*y.shape)).any()


def test_no_update_without_an_optimizer(case):
    layer, x = case
    before = {name: getattr(layer, name).copy() for name in layer.parameter_names}
    layer.backward(np.ones_like(layer.forward(x)))
    for name, value in before.items():
        np.testing.assert_array_equal(getattr(layer, name), value)


def test_every_parameter_is_updated_once_per_backward_by_an_optimizer_of_its_own(parametric):
    layer, x = parametric
    given = Recorder()
    layer.optimizer = given
    held = list(layer.optimizers.values())
    assert len({id(optimizer) for optimizer in [given, *held]}) == 1 + len(layer.parameter_names)
    before = {name: getattr(layer, name).copy() for name in layer.parameter_names}
    y = layer.forward(x)
    assert [optimizer.calls for optimizer in held] == [0] * len(held)
    layer.backward(noise(*y.shape))
    assert [optimizer.calls for optimizer in held] == [1] * len(held)
    assert given.calls == 0
    for name, value in before.items():
        np.testing.assert_array_equal(
            getattr(layer, name), value - getattr(layer, f"gradient_{name}")
        )
        assert np.any(getattr(layer, f"gradient_{name}"))


def test_the_returned_error_uses_the_weights_before_the_update(case):
    layer, x = case
    other = copy.deepcopy(layer)
    if layer.trainable:
        layer.optimizer = nn.Sgd(0.5)
    error = noise(*layer.forward(x).shape)
    other.forward(x)
    np.testing.assert_array_equal(layer.backward(error), other.backward(error))


@pytest.mark.parametrize("optimizer", [nn.SgdWithMomentum(0.01), nn.Adam(0.01)], ids=repr)
def test_optimizers_with_history_do_not_mix_two_tensors(parametric, optimizer):
    layer, x = parametric
    layer.optimizer = optimizer
    separate = {name: copy.deepcopy(optimizer) for name in layer.parameter_names}
    expected = {name: getattr(layer, name) for name in layer.parameter_names}
    for seed in range(3):
        layer.backward(noise(*layer.forward(x).shape, seed=seed))
        for name, one in separate.items():
            gradient = getattr(layer, f"gradient_{name}")
            expected[name] = one.calculate_update(expected[name], gradient)
            np.testing.assert_array_equal(getattr(layer, name), expected[name])


def test_initialize_uses_the_bias_initializer_for_the_bias_only():
    weights, bias = nn.Constant(2.0), nn.Constant(-3.0)
    dense = nn.FullyConnected(3, 4)
    dense.initialize(weights, bias)
    assert (dense.weights[:-1] == 2).all()
    assert (dense.weights[-1] == -3).all()
    conv = nn.Conv(1, (2, 3, 3), 4)
    conv.initialize(weights, bias)
    assert (conv.weights == 2).all()
    assert (conv.bias == -3).all()
    for kind in (nn.RNN, nn.LSTM):
        layer = kind(3, 4, 2)
        layer.initialize(weights, bias)
        for matrix in (layer.weights, layer.output_weights):
            assert (matrix[:-1] == 2).all()
            assert (matrix[-1] == -3).all()


def test_initializers_are_told_shapes_and_fans():
    class Fans:
        seen = None

        def __init__(self):
            self.seen = []

        def initialize(self, weights_shape, fan_in, fan_out):
            self.seen.append((tuple(weights_shape), fan_in, fan_out))
            return np.zeros(weights_shape)

    weights, bias = Fans(), Fans()
    nn.FullyConnected(3, 4).initialize(weights, bias)
    nn.Conv((2, 1), (3, 5, 4), 7).initialize(weights, bias)
    nn.Conv(2, (3, 5), 7).initialize(weights, bias)
    nn.RNN(3, 4, 2).initialize(weights, bias)
    nn.LSTM(3, 4, 2).initialize(weights, bias)
    assert weights.seen == [
        ((3, 4), 3, 4),
        ((7, 3, 5, 4), 60, 140),
        ((7, 3, 5), 15, 35),
        ((7, 4), 7, 4),
        ((4, 2), 4, 2),
        ((7, 16), 7, 16),
        ((4, 2), 4, 2),
    ]
    assert bias.seen[1:3] == [((7,), 60, 140), ((7,), 15, 35)]


# Fully connected


def test_fully_connected_weights_are_uniform_at_first_and_hold_the_bias_in_the_last_row():
    layer = nn.FullyConnected(50, 40)
    assert layer.weights.shape == (51, 40)
    assert 0 <= layer.weights.min() < 0.01
    assert 0.99 < layer.weights.max() < 1
    np.testing.assert_allclose(layer.forward(np.zeros((2, 50))), [layer.weights[-1]] * 2)


# Activations


def test_softmax_shifts_by_the_row_maximum_and_leaves_its_input_alone():
    x = np.array([[1000.0, 0, -1000], [-1e6, -1e6 - 1, -1e6]])
    before = x.copy()
    y = nn.SoftMax().forward(x)
    np.testing.assert_array_equal(x, before)
    e = np.exp(-1)
    expected = [[1, 0, 0], [1 / (2 + e), e / (2 + e), 1 / (2 + e)]]
    np.testing.assert_allclose(y, expected, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_neither_overflows_nor_warns(dtype):
    x = np.array([[-1e4, -800.0, -80, 0, 80, 800, 1e4]], dtype)
    y = nn.Sigmoid().forward(x)  # a warning would fail the test
    np.testing.assert_allclose(y, [[0, 0, np.exp(dtype(-80)), 0.5, 1, 1, 1]], rtol=1e-6)


def test_relu_passes_the_error_only_where_its_input_was_positive():
    layer = nn.ReLU()
    layer.forward(np.array([[-1.0, 2.0]]))
    np.testing.assert_array_equal(layer.backward(np.array([[5.0, 6.0]])), [[0, 6]])


def test_leaky_relu_keeps_alpha_above_one():
    y = nn.LeakyReLU(2.0).forward(np.array([[-1.0, 2.0]]))
    np.testing.assert_array_equal(y, [[-2, 2]])


# Convolution


@pytest.mark.parametrize("stride", [2, (2, 2), [2, 2], (2,), np.int64(2)])
def test_stride_as_number_tuple_or_list(stride):
    layer = nn.Conv(stride, (2, 3, 3), 4, rng=0)
    same = nn.Conv((2, 2), (2, 3, 3), 4, rng=0)
    x = noise(2, 2, 5, 6)
    y = layer.forward(x)
    np.testing.assert_array_equal(y, same.forward(x))
    assert y.shape == (2, 4, 3, 3)
    layer.backward(y)


@pytest.mark.parametrize("size", range(1, 9))
@pytest.mark.parametrize("kernel", range(1, 6))
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding_gives_the_size_over_the_stride_rounded_up(size, kernel, stride):
    y = nn.Conv(stride, (1, kernel), 2).forward(np.ones((1, 1, size)))
    assert y.shape == (1, 2, -(-size // stride))


def test_convolution_is_cross_correlation_and_pads_with_zeros():
    layer = nn.Conv(1, (1, 3), 1)
    layer.weights, layer.bias = np.array([[[1.0, 10, 100]]]), np.array([0.5])
    np.testing.assert_allclose(layer.forward(np.array([[[1.0, 2, 3]]])), [[[210.5, 321.5, 32.5]]])


def test_a_dense_layer_is_a_valid_convolution_with_kernels_of_the_images_size():
    images = noise(3, 3, 10, 10)
    conv = nn.Conv(1, (3, 10, 10), 5, "valid", rng=0)
    dense = nn.FullyConnected(300, 5)
    dense.weights = np.vstack([conv.weights.reshape(5, -1).T, conv.bias])
    flat = nn.Flatten().forward(images)
    np.testing.assert_allclose(conv.forward(images).reshape(3, 5), dense.forward(flat))
    assert dense.weights.size == conv.weights.size + conv.bias.size == 1505


# Pooling


def test_exactly_one_of_tied_inputs_receives_the_error():
    layer = nn.Pooling(2, (2, 2))
    layer.forward(np.ones((1, 1, 4, 4)))
    error = layer.backward(np.array([[[[1.0, 2], [3, 4]]]]))
    assert sorted(error.ravel()) == [0] * 12 + [1, 2, 3, 4]
    assert error[0, 0, 0, 0] == 1  # ours: the first
    for i in (0, 2):
        for j in (0, 2):
            assert np.count_nonzero(error[0, 0, i : i + 2, j : j + 2]) == 1


def test_errors_add_up_where_pooling_windows_overlap():
    x = np.zeros((1, 1, 3, 3))
    x[0, 0, 1, 1] = 7  # wins all four windows
    layer = nn.Pooling(1, 2)
    assert (layer.forward(x) == 7).all()
    error = layer.backward(np.array([[[[1.0, 2], [3, 4]]]]))
    assert error[0, 0, 1, 1] == 10
    assert error.sum() == 10


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pooling_ignores_what_lies_beyond_the_last_window(mode):
    layer = nn.Pooling((2, 3), (2, 2), mode)
    x = noise(2, 3, 7, 7)
    y = layer.forward(x)
    assert y.shape == (2, 3, 3, 2)
    error = layer.backward(np.ones_like(y))
    assert not error[:, :, 6].any()
    assert not error[:, :, :, 5:].any()


def test_pooling_shows_that_something_is_not_a_number():
    x = np.zeros((1, 1, 2, 2))
    x[0, 0, 1, 0] = np.nan
    assert np.isnan(nn.Pooling(2, 2).forward(x)).all()


# Dropout


def test_dropout_keeps_with_its_probability_scales_and_does_nothing_while_testing():
    layer = nn.Dropout(0.8, rng=0)
    x = np.ones((200, 100))
    y = layer.forward(x)
    assert set(np.unique(y)) == {0, 1.25}
    assert abs((y > 0).mean() - 0.8) < 0.01
    np.testing.assert_array_equal(layer.backward(x), y)
    layer.testing_phase = True
    np.testing.assert_array_equal(layer.forward(x), x)
    np.testing.assert_array_equal(layer.backward(x), x)


def test_dropout_draws_anew_and_follows_the_seed():
    x = np.ones((20, 20))
    layer = nn.Dropout(0.5, rng=3)
    assert (layer.forward(x) != layer.forward(x)).any()
    np.testing.assert_array_equal(nn.Dropout(0.5, rng=3).forward(x), nn.Dropout(0.5, 3).forward(x))


# Batch normalization


def test_batch_normalization_uses_the_biased_variance_and_a_tiny_epsilon():
    x = np.array([[1.0], [2.0], [6.0]])
    y = nn.BatchNormalization(1).forward(x)
    np.testing.assert_allclose(y, (x - 3) / np.sqrt((4 + 1 + 9) / 3), rtol=1e-9)
    assert nn.BatchNormalization(1).epsilon < 1e-10


def test_batch_normalization_starts_at_one_and_zero_whatever_the_initializers():
    layer = nn.BatchNormalization(3)
    layer.weights, layer.bias = np.full(3, 5.0), np.full(3, 5.0)
    layer.initialize(nn.Constant(9), nn.Constant(9))
    assert (layer.weights == 1).all()
    assert (layer.bias == 0).all()


def test_running_statistics_start_with_the_first_batch_then_decay():
    layer = nn.BatchNormalization(2)
    first, second = noise(10, 2, seed=1), 5 + 2 * noise(10, 2, seed=2)
    layer.forward(first)
    np.testing.assert_allclose(layer.running_mean, first.mean(axis=0))
    np.testing.assert_allclose(layer.running_variance, first.var(axis=0))
    layer.forward(second)
    np.testing.assert_allclose(
        layer.running_mean, 0.8 * first.mean(axis=0) + 0.2 * second.mean(axis=0)
    )
    layer.testing_phase = True
    before = layer.running_mean.copy()
    single = np.array([[1.0, 2.0]])
    expected = (single - layer.running_mean) / np.sqrt(layer.running_variance)
    np.testing.assert_allclose(layer.forward(single), expected)
    np.testing.assert_array_equal(layer.running_mean, before)


def test_reformat_goes_to_rows_and_back():
    layer = nn.BatchNormalization(3)
    images = noise(2, 3, 4, 5)
    rows = layer.reformat(images)
    assert rows.shape == (40, 3)
    np.testing.assert_array_equal(rows[7], images[0, :, 1, 2])
    np.testing.assert_array_equal(layer.reformat(rows), images)
    by_rows = nn.BatchNormalization(3).forward(rows)
    np.testing.assert_allclose(layer.forward(images), layer.reformat(by_rows))


# Recurrent layers


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_weights_of_recurrent_layers_have_the_exercises_shapes(kind):
    layer = kind(3, 5, 2)
    gates = 4 if kind is nn.LSTM else 1
    assert layer.weights.shape == (3 + 5 + 1, gates * 5)
    layer.backward(np.ones_like(layer.forward(noise(4, 3))))
    assert layer.gradient_weights.shape == layer.weights.shape


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_recurrent_outputs_went_through_a_sigmoid(kind):
    layer = kind(3, 5, 2)
    layer.initialize(nn.Constant(0), nn.Constant(0))
    assert (layer.forward(noise(4, 3)) == 0.5).all()
    layer.output_weights = np.full_like(layer.output_weights, 9.0)
    y = layer.forward(noise(4, 3))
    assert ((y > 0.5) & (y < 1)).all()


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_a_memorizing_layer_goes_on_where_the_last_call_stopped(kind):
    layer = kind(3, 5, 2, rng=0)
    layer.weights = noise(*layer.weights.shape)
    x = noise(6, 3)
    whole = layer.forward(x)
    layer.memorize = True
    halves = np.concatenate([layer.forward(x[:2]), layer.forward(x[2:])])
    np.testing.assert_allclose(halves, whole)
    assert np.abs(layer.forward(x[:2]) - whole[:2]).max() > 1e-6  # it still remembers
    layer.forget()
    np.testing.assert_allclose(layer.forward(x[:2]), whole[:2])
    layer.memorize = False
    np.testing.assert_allclose(layer.forward(x), whole)
    np.testing.assert_allclose(layer.forward(x), whole)


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_gradients_of_a_second_sequence_are_its_own(kind):
    layer = kind(3, 5, 2, rng=0)
    fresh = kind(3, 5, 2, rng=0)
    first, second, error = noise(4, 3), noise(6, 3, seed=1), noise(6, 2, seed=2)
    layer.backward(np.ones_like(layer.forward(first)))
    layer.forward(second)
    fresh.forward(second)
    np.testing.assert_array_equal(layer.backward(error), fresh.backward(error))
    np.testing.assert_array_equal(layer.gradient_weights, fresh.gradient_weights)
    np.testing.assert_array_equal(layer.gradient_output_weights, fresh.gradient_output_weights)


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_a_batch_of_sequences_is_every_sequence_by_itself(kind):
    layer = kind(3, 5, 2, rng=0)
    x = noise(4, 6, 3)
    together = layer.forward(x)
    for number in range(6):
        np.testing.assert_allclose(layer.forward(x[:, number]), together[:, number])


def test_the_lstm_remembers_in_its_cell_state_for_long():
    layer = nn.LSTM(1, 1, 1)
    layer.weights = np.zeros((3, 4))  # gates i, f, g, o
    layer.weights[-1] = [-30, 30, 0, 0]  # closed to the input, forgetting nothing
    layer.weights[0] = [60, 0, 3, 0]  # an input of 1 opens the gate and writes
    x = np.zeros((50, 1))
    x[0] = 1
    layer.output_weights = np.array([[10.0], [-2.0]])
    y = layer.forward(x)
    assert y[-1, 0] == pytest.approx(y[1, 0], abs=1e-6)
    assert y[-1, 0] > 0.5 > layer.forward(np.zeros((50, 1)))[-1, 0]


# Regularization


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM])
def test_regularization_of_a_recurrent_layer_covers_both_matrices(kind):
    layer = kind(3, 5, 2)
    assert layer.calculate_regularization_loss() == 0
    layer.optimizer = nn.Sgd(0.1, nn.L1(0.5))
    total = np.abs(layer.weights).sum() + np.abs(layer.output_weights).sum()
    assert layer.calculate_regularization_loss() == pytest.approx(0.5 * total)


def test_what_is_shrunk_is_what_is_counted():
    layer = nn.Conv(1, (2, 3, 3), 4)
    layer.optimizer = nn.Sgd(0.1, nn.L2(0.5))
    expected = 0.5 * ((layer.weights**2).sum() + (layer.bias**2).sum())
    assert layer.calculate_regularization_loss() == pytest.approx(expected)
    bias = layer.bias
    y = layer.forward(noise(1, 2, 3, 3))
    layer.backward(np.zeros_like(y))
    np.testing.assert_allclose(layer.bias, bias * (1 - 0.1 * 0.5))


def test_l1_and_l2_by_the_exercises_convention():
    w = np.array([[1.0, -2.0], [0.0, 3.0]])
    np.testing.assert_array_equal(nn.L1(0.5).calculate_gradient(w), 0.5 * np.sign(w))
    assert nn.L1(0.5).norm(w) == 3
    np.testing.assert_array_equal(nn.L2(0.5).calculate_gradient(w), 0.5 * w)
    assert nn.L2(0.5).norm(w) == 7
    assert nn.L2(0.5, half_norm=True).norm(w) == 3.5


# Initializers


@pytest.mark.parametrize(
    ("initializer", "sigma"),
    [(nn.Xavier(0), np.sqrt(2 / (300 + 200))), (nn.He(0), np.sqrt(2 / 300))],
    ids=["Xavier", "He"],
)
def test_normal_initializers_have_their_sigma(initializer, sigma):
    weights = initializer.initialize((300, 200), 300, 200)
    assert weights.shape == (300, 200)
    assert abs(weights.mean()) < 4 * sigma / np.sqrt(weights.size)
    assert weights.std() == pytest.approx(sigma, rel=0.02)
    assert abs((np.abs(weights) < sigma).mean() - 0.6827) < 0.01  # normal, not uniform


def test_constant_and_uniform_initializers():
    assert (nn.Constant().initialize((2, 3), 2, 3) == 0.1).all()
    weights = nn.UniformRandom(0).initialize((200, 50), 200, 50)
    assert weights.min() >= 0
    assert weights.max() < 1
    assert weights.mean() == pytest.approx(0.5, abs=0.02)


def test_numpys_seed_makes_everything_repeatable():
    def draw():
        np.random.seed(7)  # noqa: NPY002
        layer = nn.FullyConnected(3, 4)
        layer.initialize(nn.He(), nn.UniformRandom())
        return np.vstack([layer.weights, nn.Dropout(0.5).forward(np.ones((2, 4)))])

    np.testing.assert_array_equal(draw(), draw())


# Optimizers


@pytest.mark.parametrize(
    "optimizer", [nn.Sgd(0.1), nn.SgdWithMomentum(0.1, 0.9), nn.Adam(0.1, 0.9, 0.999)], ids=repr
)
def test_optimizers_take_python_numbers_and_change_no_argument(optimizer):
    optimizer = copy.deepcopy(optimizer)
    twin = copy.deepcopy(optimizer)
    weights, gradient = np.array([1.0, -2.0]), np.array([0.5, 0.25])
    number, array = 1.0, weights
    for _ in range(3):
        number = optimizer.calculate_update(number, 0.5)
        array = twin.calculate_update(array, gradient)
    assert isinstance(number, float)
    assert number == pytest.approx(array[0])
    np.testing.assert_array_equal(weights, [1, -2])
    np.testing.assert_array_equal(gradient, [0.5, 0.25])


@pytest.mark.parametrize(
    "optimizer", [nn.Sgd(0.1), nn.SgdWithMomentum(0.1, 0.9), nn.Adam(0.1, 0.9, 0.999)], ids=repr
)
def test_weights_keep_their_type_whatever_the_gradients(optimizer):
    optimizer = copy.deepcopy(optimizer)
    weights = np.ones(3, np.float32)
    assert optimizer.calculate_update(weights, np.ones(3)).dtype == np.float32


def test_momentum_goes_on_in_the_direction_of_the_last_step():
    optimizer = nn.SgdWithMomentum(1.0, 0.9)
    assert optimizer.calculate_update(0.0, 1.0) == -1
    assert optimizer.calculate_update(-1.0, 1.0) == pytest.approx(-1 - 1.9)
    assert optimizer.calculate_update(-2.9, 0.0) == pytest.approx(-2.9 - 1.71)


def test_adams_first_step_is_the_learning_rate_because_of_the_bias_correction():
    assert nn.Adam(0.1).calculate_update(1.0, 1e-3) == pytest.approx(0.9, rel=1e-4)


@pytest.mark.parametrize(
    "make", [lambda: nn.SgdWithMomentum(0.1, 0.9), lambda: nn.Adam(0.1)], ids=["momentum", "Adam"]
)
def test_a_regularizer_stays_outside_momentum_and_moments(make):
    plain, regularized = make(), make()
    regularized.add_regularizer(nn.L2(0.5))
    w = v = np.array([1.0, -2.0])
    for gradient in ([0.5, 1.0], [-1.0, 0.3]):
        gradient = np.array(gradient)
        v = v - 0.1 * 0.5 * v - (v - plain.calculate_update(v, gradient))
        w = regularized.calculate_update(w, gradient)
    np.testing.assert_allclose(w, v)


def test_the_loss_is_summed_at_the_label_with_the_machine_epsilon():
    loss = nn.CrossEntropyLoss()
    prediction = np.array([[0.25, 0.75], [1.0, 0.0]])
    label = np.array([[0.0, 1.0], [0.0, 1.0]])
    eps = np.finfo(float).eps
    value = loss.forward(prediction, label)
    assert value == pytest.approx(-np.log(0.75 + eps) - np.log(eps))
    np.testing.assert_allclose(loss.backward(label), [[0, -1 / (0.75 + eps)], [0, -1 / eps]])


def test_losses_with_logits_do_not_overflow():
    z = np.array([[1000.0, -1000.0]])
    loss = nn.CrossEntropyWithLogitsLoss()
    assert loss.forward(z, np.array([[0.0, 1.0]])) == 2000
    binary = nn.BinaryCrossEntropyWithLogitsLoss()
    assert binary.forward(z, np.array([[0.0, 0.0]])) == 1000
    np.testing.assert_array_equal(binary.backward(np.array([[0.0, 0.0]])), [[1, 0]])
