"""NeuralNetwork, surrounded by probes for layers, loss and data."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, matches, require
from course_utils.verify.probes import Initializer, Layer, Optimizer, Regularizer
from course_utils.verify.properties.network_bench import SIZE, Bench, bench_for, scalar
from course_utils.verify.requirement import requirement


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


@requirement("NeuralNetwork", after=("starts",))
def appends(network_class: type) -> None:
    """`append_layer` keeps the order; each trainable layer gets its own copy of the optimizer."""
    bench = bench_for(network_class)
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


@requirement("NeuralNetwork", after=("appends", "starts"))
def initializes(network_class: type) -> None:
    """`append_layer` initializes trainable layers with weights and bias initializer."""
    bench = bench_for(network_class)
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


@requirement("NeuralNetwork", after=("appends", "starts"))
def forward(network_class: type) -> None:
    """`forward` takes one batch of the data layer and returns its loss, a single number."""
    bench = bench_for(network_class)
    got = scalar("forward()", bench.net.forward())
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


@requirement("NeuralNetwork", after=("forward", "appends", "initializes", "starts"))
def regularization(network_class: type) -> None:
    """`forward` adds the regularization loss of every trainable layer's weights."""
    bench = bench_for(network_class, regularized=True)
    bench.net.forward()  # the second pass is looked at, so that nothing sums up unseen
    asked = [len(layer.optimizer.regularizer.journal) for layer in bench.layers if layer.trainable]
    got = scalar("forward()", bench.net.forward())
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
                "the norm of the loss is taken, not that of the weights",
                lambda: () in shapes,
                hint,
            ),
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
