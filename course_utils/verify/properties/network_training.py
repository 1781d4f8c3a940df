"""NeuralNetwork: backward, training, testing and the phase."""

import numpy as np

from course_utils.verify.outcome import Fault, NotMet, compare, require
from course_utils.verify.properties.common import normal
from course_utils.verify.properties.network_bench import SIZE, Bench, bench_for, scalar
from course_utils.verify.requirement import requirement


@requirement("NeuralNetwork", after=("forward", "appends", "starts"))
def backward(network_class: type) -> None:
    """`backward` runs from the loss of the last label through the layers in reverse."""
    bench = bench_for(network_class)
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
        [Fault("the label of another batch is used", lambda: True, vague=True)],
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
            [
                Fault(
                    "a layer's error is not passed on to the layer below", lambda: True, vague=True
                )
            ],
        )


@requirement("NeuralNetwork", after=("forward", "backward", "appends", "starts"))
def trains(network_class: type) -> None:
    """`train(n)` runs forward and backward n times in the training phase and keeps each loss."""
    bench = bench_for(network_class)
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
    numbers = [scalar(f"loss[{n}]", value) for n, value in enumerate(history)]
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
    bench = bench_for(network_class)
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


@requirement("NeuralNetwork", after=("forward", "appends", "starts"))
def tests(network_class: type) -> None:
    """`test(x)` returns the prediction for x in the testing phase, without data or loss layer."""
    bench = bench_for(network_class)
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


@requirement("NeuralNetwork", after=("trains", "tests", "forward", "backward", "appends", "starts"))
def trains_after_test(network_class: type) -> None:
    """`train` after `test` is in the training phase again, and `test` after `train` is not."""
    bench = bench_for(network_class)
    bench.net.train(1)
    since = len(bench.journal)
    bench.net.test(normal(5, SIZE, seed=60))
    _phase(bench, since, testing=True, when="test")
    since = len(bench.journal)
    bench.net.train(1)
    _phase(bench, since, testing=False, when="train")


@requirement("NeuralNetwork", after=("trains", "tests", "appends", "starts"))
def phase(network_class: type) -> None:
    """`phase` tells which phase was set last, by `train` or by `test`."""
    bench = bench_for(network_class)
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
