"""NeuralNetwork, surrounded by probes for layers, loss and data."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, NotMet, compare, matches, require
from course_utils.verify.probes import Data, Initializer, Layer, Loss, Optimizer, Regularizer
from course_utils.verify.properties.common import normal
from course_utils.verify.requirement import requirement

SIZE = 3
TRAINABLE = ("first", "second")


@dataclass
class Bench:
    """A network of three probes; the middle one is not trainable."""

    net: Any
    layers: list[Layer]
    loss: Loss
    data: Data
    optimizer: Optimizer
    initializers: tuple[Initializer, Initializer]
    journal: list[tuple[str, str, bool]]

    def calls(self, what: str) -> list[str]:
        """Return the names of the layers in the order of their calls."""
        return [name for called, name, _ in self.journal if called == what]

    def prediction(self, x: np.ndarray) -> np.ndarray:
        """Return what the layers give for `x` with the weights that they have now."""
        for layer in self.layers:
            x = x @ layer.weights if layer.trainable else x
        return x

    def data_loss(self, batch: int = -1) -> float:
        """Return the loss of one of the batches given out, without regularization."""
        x, label = self.data.batches[batch]
        return float(np.sum((self.prediction(x) - label) ** 2) / 2)


def _bench(network_class: type, regularized: bool = False) -> Bench:
    journal: list[tuple[str, str, bool]] = []
    optimizer = Optimizer(0.03125)
    if regularized:
        optimizer.add_regularizer(Regularizer())
    initializers = Initializer(-1, 1), Initializer(-0.5, 0.5)
    net: Any = network_class(optimizer, *initializers)
    layers = [
        Layer("first", journal, SIZE),
        Layer("middle", journal, SIZE, trainable=False),
        Layer("second", journal, SIZE),
    ]
    loss, data = Loss(journal), Data(SIZE)
    net.data_layer, net.loss_layer = data, loss
    for layer in layers:
        net.append_layer(layer)
    return Bench(net, layers, loss, data, optimizer, initializers, journal)


@requirement(
    "NeuralNetwork",
    hint="the last exercise's form is NeuralNetwork(optimizer, weights_initializer,"
    " bias_initializer)",
)
def starts(network_class: type) -> None:
    """Takes optimizer and two initializers; `layers` and `loss` are lists, empty at first."""
    net: Any = network_class(Optimizer(), Initializer(0, 1), Initializer(0, 1))
    for name in ("layers", "loss"):
        require(hasattr(net, name), name, f"the network has no attribute `{name}`")
        got = getattr(net, name)
        require(isinstance(got, list), name, f"{name} is a {type(got).__name__}, expected a list")
        require(
            not got,
            name,
            f"{name} is not empty at first",
            "it is shared by all networks: it is set on the class, not in the constructor",
        )


@requirement("NeuralNetwork")
def appends(network_class: type) -> None:
    """`append_layer` keeps the order; each trainable layer gets its own copy of the optimizer."""
    bench = _bench(network_class)
    require(
        [id(layer) for layer in bench.net.layers] == [id(layer) for layer in bench.layers],
        "layers",
        "the list does not hold the appended layers in their order",
    )
    owned = []
    for layer in bench.layers:
        name = f"optimizer of the {layer.name} layer"
        if not layer.trainable:
            require(layer.optimizer is None, name, "it is set although the layer is not trainable")
            continue
        require(
            layer.optimizer is not None,
            name,
            "it is not set",
            "the optimizer is not given to the layer",
            "layer.optimizer = a deep copy",
        )
        require(
            layer.optimizer is not bench.optimizer,
            name,
            "it is the network's own one",
            "the optimizer is not copied",
            "`copy.deepcopy(self.optimizer)`",
        )
        owned.append(layer.optimizer)
    require(
        owned[0] is not owned[1],
        "optimizers",
        "two layers share one",
        "the optimizer is copied once and not for every layer",
    )
    _deep(bench)


def _deep(bench: Bench) -> None:
    mark = np.zeros(2)
    bench.optimizer.velocity = mark
    net: Any = type(bench.net)(bench.optimizer, *bench.initializers)
    layer = Layer("another", [], SIZE)
    net.append_layer(layer)
    require(
        layer.optimizer.velocity is not mark,
        "optimizer",
        "the copy shares its arrays with the network's optimizer",
        "it is a shallow copy",
        "`copy.deepcopy(self.optimizer)`",
    )


@requirement("NeuralNetwork")
def initializes(network_class: type) -> None:
    """`append_layer` initializes trainable layers with weights and bias initializer."""
    bench = _bench(network_class)
    ranges = [(i.low, i.high) for i in bench.initializers]
    for layer in bench.layers:
        if not layer.trainable:
            continue
        require(
            layer.initializers,
            f"the {layer.name} layer",
            "`initialize` is not called",
            "the layer keeps the weights of its constructor",
            "`layer.initialize(weights_initializer, bias_initializer)`",
        )
        got = [(i.low, i.high) for i in layer.initializers[-1]]
        require(
            got == ranges,
            f"the {layer.name} layer",
            "`initialize` is not given the weights"
            " initializer first and the bias initializer second",
            "they are exchanged"
            if got == ranges[::-1]
            else "the bias initializer is ignored"
            if got[0] == got[1]
            else "",
        )


def _scalar(quantity: str, value: object) -> float:
    require(value is not None, quantity, f"{quantity} is None", "a `return` is missing")
    array = np.asarray(value, dtype=np.float64)
    require(array.size == 1, quantity, f"{quantity} has shape {array.shape}, expected a number")
    return float(array.ravel()[0])


@requirement("NeuralNetwork")
def forward(network_class: type) -> None:
    """`forward` takes one batch of the data layer and returns its loss, a single number."""
    bench = _bench(network_class)
    got = _scalar("forward()", bench.net.forward())
    drawn = len(bench.data.batches)
    require(
        drawn == 1,
        "data_layer.next()",
        f"it is called {drawn} times in one forward pass",
        "input and label come from different batches",
        "call `next` once and keep both",
    )
    order = bench.calls("forward")
    require(
        order == ["first", "middle", "second", "loss"],
        "order of the calls",
        f"forward calls {', '.join(order)}",
    )
    compare(
        "forward()",
        got,
        bench.data_loss(),
        [
            Fault(
                "a layer's output is not passed on",
                lambda: (
                    not matches(
                        bench.loss.predictions[-1], bench.prediction(bench.data.batches[-1][0])
                    )
                ),
            ),
        ],
    )


@requirement("NeuralNetwork")
def regularization(network_class: type) -> None:
    """`forward` adds the regularization loss of every trainable layer's weights."""
    bench = _bench(network_class, regularized=True)
    bench.net.forward()  # the second pass is looked at, so that nothing sums up unseen
    asked = [len(layer.optimizer.regularizer.journal) for layer in bench.layers if layer.trainable]
    got = _scalar("forward()", bench.net.forward())
    shapes = [
        shape
        for layer, seen in zip((bench.layers[0], bench.layers[2]), asked, strict=True)
        for shape in layer.optimizer.regularizer.journal[seen:]
    ]
    norm = Regularizer().norm
    data = bench.data_loss()
    one, other = norm(bench.layers[0].weights), norm(bench.layers[2].weights)
    x, _ = bench.data.batches[-1]
    hint = "add `regularizer.norm(layer.weights)` for each trainable layer, in every forward pass"
    compare(
        "forward()",
        got,
        data + one + other,
        [
            Fault(
                "the norm of activations is taken, not that of weights",
                lambda: any(shape == x.shape for shape in shapes) and (3, 3) not in shapes,
                hint,
            ),
            Fault("the regularization loss is left out", lambda: data, hint),
            Fault("only the first layer's regularization is counted", lambda: data + one, hint),
            Fault("only the last layer's regularization is counted", lambda: data + other, hint),
            Fault(
                "the regularization loss of earlier passes is added again",
                lambda: data + 2 * (one + other),
                "start the sum from 0 in every pass",
            ),
            Fault("each layer's regularization is counted twice", lambda: data + 2 * (one + other)),
            Fault(
                "the norm of activations is taken, not that of weights",
                lambda: data + norm(x) + norm(x @ bench.layers[0].weights),
                hint,
            ),
        ],
        hint,
    )


@requirement("NeuralNetwork")
def backward(network_class: type) -> None:
    """`backward` runs from the loss of the last label through the layers in reverse."""
    bench = _bench(network_class)
    bench.net.forward()
    bench.net.forward()
    before = [layer.weights.copy() for layer in bench.layers if layer.trainable]
    bench.net.backward()
    order = bench.calls("backward")
    require(
        order == ["loss", "second", "middle", "first"],
        "order of the calls",
        f"backward calls {', '.join(order)}",
    )
    x, label = bench.data.batches[-1]
    error = x @ before[0] @ before[1] - label
    compare(
        "error from the loss layer",
        bench.loss.errors[-1],
        error,
        [Fault("the label of another batch is used", lambda: True)],
        "keep the label of the last forward pass",
    )
    rate = bench.optimizer.learning_rate
    for name, layer, right in (
        ("second", bench.layers[2], before[1] - rate * (x @ before[0]).T @ error),
        ("first", bench.layers[0], before[0] - rate * x.T @ (error @ before[1].T)),
    ):
        compare(
            f"weights of the {name} layer",
            layer.weights,
            right,
            [Fault("a layer's error is not passed on to the layer below", lambda: True)],
        )


@requirement("NeuralNetwork")
def trains(network_class: type) -> None:
    """`train(n)` runs forward and backward n times in the training phase and keeps each loss."""
    bench = _bench(network_class)
    for layer in bench.layers:
        layer.testing_phase = True  # `train` must set it, whatever it was
    bench.net.train(3)
    calls = [(what, name) for what, name, _ in bench.journal]
    once = [("forward", n) for n in ("first", "middle", "second", "loss")]
    once += [("backward", n) for n in ("loss", "second", "middle", "first")]
    steps = sum(call == ("backward", "first") for call in calls)
    require(
        calls == 3 * once,
        "train(3)",
        f"it makes {steps} backward passes"
        if steps != 3
        else "forward and backward do not take turns",
    )
    history = bench.net.loss
    require(
        len(history) == 3,
        "loss",
        f"it has {len(history)} entries after train(3)",
        "it is not appended to" if not history else "",
    )
    numbers = [_scalar(f"loss[{n}]", value) for n, value in enumerate(history)]
    expected = _replayed(network_class, 3)
    compare("loss", np.array(numbers), np.array(expected))
    _phase(bench, 0, testing=False, when="train")
    bench.net.train(2)
    require(
        len(bench.net.loss) == 5,
        "loss",
        f"it has {len(bench.net.loss)} entries after train(3) and train(2)",
        "the history is cleared by every call of train",
    )


def _replayed(network_class: type, steps: int) -> list[float]:
    """Return the losses of gradient descent on the same layers, computed here."""
    bench = _bench(network_class)
    first, second = (layer.weights.copy() for layer in bench.layers if layer.trainable)
    losses = []
    for _ in range(steps):
        x, label = bench.data.next()
        hidden = x @ first
        error = hidden @ second - label
        losses.append(float(np.sum(error**2) / 2))
        down = bench.optimizer.learning_rate * x.T @ (error @ second.T)
        second = second - bench.optimizer.learning_rate * hidden.T @ error
        first = first - down
    return losses


def _phase(bench: Bench, since: int, testing: bool, when: str) -> None:
    """Raise `NotMet` if a layer ran in the wrong phase since the given place in the journal."""
    wrong = [
        name
        for what, name, phase in bench.journal[since:]
        if what == "forward" and name != "loss" and phase != testing
    ]
    if wrong:
        stays = "testing" if not testing else "training"
        raise NotMet(
            f"phase during {when}",
            f"the {wrong[0]} layer is in the {stays} phase during {when}",
            f"{when} does not set the phase, so that it stays in the {stays} phase",
            f"set `testing_phase = {testing}` of every layer at the start of `{when}`",
        )


@requirement("NeuralNetwork")
def tests(network_class: type) -> None:
    """`test(x)` returns the prediction for x in the testing phase, without data or loss layer."""
    bench = _bench(network_class)
    x = normal(5, SIZE, seed=60)
    before = [layer.weights.copy() for layer in bench.layers if layer.trainable]
    got = bench.net.test(x.copy())
    require(
        not bench.data.batches,
        "data_layer.next()",
        "`test` takes a batch from the data layer",
        "the input that is given is not used",
    )
    require("loss" not in bench.calls("forward"), "loss layer", "`test` calls the loss layer")
    require(not bench.calls("backward"), "layers", "`test` runs backward")
    right = x @ before[0] @ before[1]
    compare("test(x)", got, right)
    _phase(bench, 0, testing=True, when="test")


@requirement("NeuralNetwork")
def trains_after_test(network_class: type) -> None:
    """`train` after `test` is in the training phase again, and `test` after `train` is not."""
    bench = _bench(network_class)
    bench.net.train(1)
    since = len(bench.journal)
    bench.net.test(normal(5, SIZE, seed=60))
    _phase(bench, since, testing=True, when="test")
    since = len(bench.journal)
    bench.net.train(1)
    _phase(bench, since, testing=False, when="train")


@requirement("NeuralNetwork")
def phase(network_class: type) -> None:
    """`phase` tells which phase was set last, by `train` or by `test`."""
    bench = _bench(network_class)
    bench.net.train(1)
    require(
        hasattr(bench.net, "phase"),
        "phase",
        "the network has no attribute `phase`",
        "",
        "make it a property whose setter sets `testing_phase` of every layer",
    )
    training = bench.net.phase
    bench.net.test(normal(5, SIZE, seed=60))
    testing = bench.net.phase
    require(
        training != testing,
        "phase",
        f"phase is {testing!r} after train and after test",
        "it is not set by train and test",
    )
