"""NeuralNetwork: how it joins layers, trains, tests, saves and loads."""

import copy

import numpy as np
import pytest

from course_utils import nn
from tests.nn.helpers import noise


class Data:
    """Hands out the same batch and counts."""

    def __init__(self, x, y):
        self.batch = x, y
        self.calls = 0

    def next(self):
        self.calls += 1
        return self.batch


def small_network(optimizer=None, layers=None):
    network = nn.NeuralNetwork(optimizer or nn.Sgd(1e-2), nn.He(0), nn.Constant(0.1))
    for layer in layers or [nn.FullyConnected(4, 5), nn.ReLU(), nn.FullyConnected(5, 3)]:
        network.append_layer(layer)
    network.append_layer(nn.SoftMax())
    network.loss_layer = nn.CrossEntropyLoss()
    network.data_layer = Data(noise(6, 4), nn.one_hot([0, 1, 2, 0, 1, 2], 3))
    return network


def test_forward_is_the_loss_of_the_next_batch_and_backward_one_step():
    network = small_network()
    first = network.forward()
    assert isinstance(first, float)
    assert network.data_layer.calls == 1
    weights = network.layers[0].weights
    network.backward()
    assert (network.layers[0].weights != weights).any()
    assert network.forward() < first


def test_append_layer_copies_the_optimizer_then_initializes():
    seen = []

    class Layer(nn.FullyConnected):
        def initialize(self, weights_initializer, bias_initializer):
            seen.append(self.optimizer)
            super().initialize(weights_initializer, bias_initializer)

    optimizer = nn.Adam(0.1)
    network = nn.NeuralNetwork(optimizer, nn.Constant(3), nn.Constant(4))
    for _ in range(2):
        network.append_layer(Layer(2, 2))
    first, second = network.layers
    assert isinstance(seen[0], nn.Adam)
    assert len({id(o) for o in (optimizer, first.optimizer, second.optimizer)}) == 3
    assert (first.weights == [[3, 3], [3, 3], [4, 4]]).all()


def test_the_loss_has_every_trainable_layers_regularization():
    optimizer = nn.Sgd(1e-2)
    optimizer.add_regularizer(nn.L1(0.5))
    layers = [
        nn.FullyConnected(4, 5),
        nn.Residual([nn.FullyConnected(5, 5), nn.TanH()]),
        nn.BatchNormalization(5),
        nn.FullyConnected(5, 3),
    ]
    network = small_network(optimizer, layers)
    plain = copy.deepcopy(network)
    for layer in plain.layers:
        if layer.trainable:
            layer.optimizer = nn.Sgd(1e-2)
    first, block, norm, last = network.layers[:4]
    parameters = [first.weights, block.layers[0].weights, norm.weights, norm.bias, last.weights]
    expected = 0.5 * sum(np.abs(parameter).sum() for parameter in parameters)
    assert network.forward() == pytest.approx(plain.forward() + expected)


def test_a_layer_that_does_not_copy_its_optimizer_still_gets_its_own():
    class Plain(nn.BaseLayer):
        trainable = True
        optimizer = None

    optimizer = nn.Adam(0.1)
    network = nn.NeuralNetwork(optimizer)
    network.append_layer(Plain())
    network.append_layer(Plain())
    assert len({id(o) for o in (optimizer, *(la.optimizer for la in network.layers))}) == 3


def test_regularization_of_a_layer_written_for_the_exercises_counts_too():
    class TheirLayer(nn.BaseLayer):
        def __init__(self):
            super().__init__()
            self.trainable = True
            self.weights = np.full((3, 3), 2.0)
            self.optimizer = None

        def forward(self, input_tensor):
            return input_tensor

        def backward(self, error_tensor):
            return error_tensor

    optimizer = nn.Sgd(0.1, nn.L2(1.0))
    network = nn.NeuralNetwork(optimizer, nn.He(), nn.He())
    network.append_layer(TheirLayer())
    network.loss_layer = nn.SquaredErrorLoss()
    network.data_layer = Data(np.ones((1, 3)), np.ones((1, 3)))
    assert network.forward() == 36


def test_train_and_test_set_the_phase_of_every_layer():
    network = small_network(
        layers=[nn.Residual([nn.FullyConnected(4, 4), nn.Dropout(0.5)]), nn.FullyConnected(4, 3)]
    )
    block = network.layers[0]
    network.test(noise(2, 4))
    assert network.phase is True
    assert [layer.testing_phase for layer in network.layers] == [True] * 3
    assert block.layers[1].testing_phase is True
    network.append_layer(nn.Dropout(0.5))
    assert network.layers[-1].testing_phase is True
    network.train(1, quiet=True)
    assert network.phase is False
    assert not any(layer.testing_phase for layer in network.layers + block.layers)
    network.phase = True
    assert all(layer.testing_phase for layer in network.layers + block.layers)


def test_train_lowers_the_loss_and_keeps_its_history():
    network = small_network()
    network.train(30, quiet=True)
    network.train(20, quiet=True)
    assert len(network.loss) == network.data_layer.calls == 50
    assert network.loss[-1] < network.loss[0]


def test_train_shows_a_progress_bar_unless_it_should_be_quiet(capsys):
    network = small_network()
    network.train(2, quiet=True)
    assert capsys.readouterr() == ("", "")
    network.train(2)
    assert "2/2" in capsys.readouterr().err


def test_test_does_not_change_anything_that_it_should_not():
    network = small_network()
    weights = network.layers[0].weights.copy()
    x = noise(3, 4)
    y = network.test(x)
    assert y.shape == (3, 3)
    np.testing.assert_allclose(y.sum(axis=1), 1)
    np.testing.assert_array_equal(network.layers[0].weights, weights)
    assert network.loss == []
    assert network.data_layer.calls == 0


def test_a_float32_network_stays_float32():
    network = small_network(
        nn.Adam(1e-3, regularizer=nn.L2(1e-3)),
        [nn.FullyConnected(4, 5), nn.BatchNormalization(5), nn.FullyConnected(5, 3)],
    ).astype(np.float32)
    x, y = network.data_layer.batch
    network.data_layer = Data(x.astype(np.float32), y)
    network.train(3, quiet=True)
    for layer in network.layers:
        for name in layer.parameter_names:
            assert getattr(layer, name).dtype == np.float32
            assert getattr(layer, f"gradient_{name}").dtype == np.float32
    assert network.layers[0].optimizer.first_moment.dtype == np.float32
    assert network.test(x.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize("modern", [False, True])
def test_lenet_has_the_papers_shapes(modern):
    network = nn.lenet(nn.Sgd(1e-4), modern=modern)
    kinds = {type(layer) for layer in network.layers}
    assert (nn.ReLU in kinds) is modern  # the original used tanh
    assert nn.Residual not in kinds
    x = noise(2, 1, 32, 32)
    shapes = []
    for layer in network.layers:
        x = layer.forward(x)
        shapes.append(x.shape[1:])
    if modern:
        assert shapes[2:7:3] == [(6, 16, 16), (16, 8, 8)]
    else:
        parameters = sum(getattr(p, n).size for p in network.layers for n in p.parameter_names)
        assert shapes[:7] == [
            *[(6, 28, 28)] * 2,
            (6, 14, 14),
            *[(16, 10, 10)] * 2,
            (16, 5, 5),
            (400,),
        ]
        assert parameters == 156 + 2416 + 48120 + 10164 + 850
    assert shapes[-1] == (10,)


def test_array_data_shows_every_sample_once_per_epoch():
    data = nn.ArrayData(np.arange(10), -np.arange(10), 4, rng=0)
    epochs = [[data.next() for _ in range(3)] for _ in range(2)]
    for epoch in epochs:
        assert [len(x) for x, _ in epoch] == [4, 4, 2]
        assert sorted(np.concatenate([x for x, _ in epoch])) == list(range(10))
        assert all((x == -y).all() for x, y in epoch)
    assert (epochs[0][0][0] != epochs[1][0][0]).any()
    in_order = nn.ArrayData(np.arange(5), np.arange(5), 2, shuffle=False)
    np.testing.assert_array_equal(in_order.next()[0], [0, 1])


# Saving and loading


def every_kind_of_layer():
    return [
        nn.Conv(1, (1, 3, 3), 2, dilation=2),
        nn.BatchNormalization(2),
        nn.LeakyReLU(0.3),
        nn.Pooling(2, 2),
        nn.Residual([nn.Conv(1, (2, 3, 3), 2), nn.ELU()], [nn.Conv(1, (2, 1, 1), 2)]),
        nn.Flatten(),
        nn.Dropout(0.7, rng=0),
        nn.FullyConnected(8, 6),
        nn.LSTM(6, 5, 4),
    ]


def network_to_save(seed=0):
    optimizer = nn.Adam(1e-3, regularizer=nn.L2(1e-3))
    network = nn.NeuralNetwork(optimizer, nn.He(seed), nn.Constant(0.1))
    for layer in every_kind_of_layer():
        network.append_layer(layer)
    network.loss_layer = nn.SquaredErrorLoss("mean")
    network.data_layer = Data(noise(5, 1, 4, 4), noise(5, 4, seed=1))
    return network


def test_a_loaded_network_goes_on_exactly_where_the_saved_one_stopped(tmp_path):
    network, other = network_to_save(), network_to_save(seed=1)
    network.train(3, quiet=True)
    network.save(tmp_path / "network.npz")
    other.load(tmp_path / "network.npz")
    assert other.loss == network.loss
    x = noise(4, 1, 4, 4, seed=3)
    np.testing.assert_array_equal(other.test(x), network.test(x))
    for one in (network, other):
        one.layers[6].probability = 1.0  # the two draw different entries to drop
        one.train(3, quiet=True)
    assert other.loss == network.loss  # momenta and numbers of updates came along
    np.testing.assert_array_equal(other.test(x), network.test(x))


def test_from_file_makes_the_whole_network(tmp_path):
    network = network_to_save()
    network.train(2, quiet=True)
    network.save(tmp_path / "network.npz")
    made = nn.NeuralNetwork.from_file(tmp_path / "network.npz", network.data_layer)
    assert repr(made.layers) == repr(network.layers)
    assert repr(made.loss_layer) == repr(network.loss_layer)
    assert repr(made.optimizer) == repr(network.optimizer)
    x = noise(4, 1, 4, 4, seed=3)
    np.testing.assert_array_equal(made.test(x), network.test(x))
    made.train(1, quiet=True)
    assert len(made.loss) == 3


def test_the_file_holds_no_pickle(tmp_path):
    network_to_save().save(tmp_path / "network.npz")
    with np.load(tmp_path / "network.npz", allow_pickle=False) as file:
        assert all(file[name].dtype.kind in "fiU" for name in file.files)
    assert [path.name for path in tmp_path.iterdir()] == ["network.npz"]


@pytest.mark.parametrize(
    ("number", "layer", "message"),
    [
        (7, nn.FullyConnected(8, 7), r"layer 7 is FullyConnected\(.*6\), but .*7\)"),
        (2, nn.ReLU(), r"layer 2 is LeakyReLU\(alpha=0.3\), but the network's is ReLU\(\)"),
        (8, None, "has 9 layers, the network has 8"),
    ],
)
def test_another_architecture_is_refused_and_nothing_is_changed(tmp_path, number, layer, message):
    network_to_save().save(tmp_path / "network.npz")
    other = network_to_save(seed=1)
    if layer is None:
        del other.layers[number]
    else:
        other.layers[number] = layer
    weights = other.layers[0].weights.copy()
    with pytest.raises(ValueError, match=message):
        other.load(tmp_path / "network.npz")
    np.testing.assert_array_equal(other.layers[0].weights, weights)


@pytest.mark.parametrize("content", [b"", b"notes", b"PK\3\4 cut off", b"\x93NUMPY\1\0"])
def test_a_file_that_is_no_archive_is_refused_without_advice_to_unpickle_it(tmp_path, content):
    (tmp_path / "other.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"other.npz was not written by NeuralNetwork\.save\.$"):
        network_to_save().load(tmp_path / "other.npz")


def test_a_file_of_something_else_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    with pytest.raises(ValueError, match=r"not written by NeuralNetwork\.save"):
        network_to_save().load(tmp_path / "other.npz")
    np.savez(tmp_path / "pickle.npz", description=np.array([object()]))
    with pytest.raises(ValueError, match=r"not written by NeuralNetwork\.save"):
        network_to_save().load(tmp_path / "pickle.npz")


def test_a_layer_of_ones_own_can_be_loaded_but_not_made_from_a_file(tmp_path):
    class Doubling(nn.BaseLayer):
        def forward(self, input_tensor):
            return 2 * input_tensor

        def backward(self, error_tensor):
            return 2 * error_tensor

    network = small_network(layers=[nn.FullyConnected(4, 3), Doubling()])
    network.save(tmp_path / "own.npz")
    other = small_network(layers=[nn.FullyConnected(4, 3), Doubling()])
    other.layers[0].weights *= 2
    other.load(tmp_path / "own.npz")
    np.testing.assert_array_equal(other.layers[0].weights, network.layers[0].weights)
    with pytest.raises(ValueError, match=r"Doubling is not part of course_utils\.nn"):
        nn.NeuralNetwork.from_file(tmp_path / "own.npz")


def test_the_weights_of_a_layer_written_for_the_exercises_are_saved(tmp_path):
    class Scaling(nn.BaseLayer):
        def __init__(self, factor):
            super().__init__()
            self.trainable = True
            self.weights = np.full(3, factor)
            self.optimizer = None

        def forward(self, input_tensor):
            return input_tensor * self.weights

    network, other = nn.NeuralNetwork(nn.Sgd(1)), nn.NeuralNetwork(nn.Sgd(1))
    network.append_layer(Scaling(2.0))
    other.append_layer(Scaling(3.0))
    network.save(tmp_path / "own.npz")
    other.load(tmp_path / "own.npz")
    assert (other.test(np.ones((1, 3))) == 2).all()


def test_a_trainable_layer_that_cannot_be_saved_is_refused_rather_than_forgotten(tmp_path):
    class Stranger:
        trainable = True

    network = nn.NeuralNetwork(nn.Sgd(1))
    network.layers.append(Stranger())
    with pytest.raises(TypeError, match="Stranger is trainable, but has no state"):
        network.save(tmp_path / "network.npz")
    assert not list(tmp_path.iterdir())


def test_a_layer_of_ones_own_cannot_take_the_place_of_one_of_ours(tmp_path):
    network = small_network()
    network.save(tmp_path / "network.npz")

    class ReLU(nn.BaseLayer):
        pass

    made = nn.NeuralNetwork.from_file(tmp_path / "network.npz")
    assert type(made.layers[1]) is nn.ReLU is not ReLU
