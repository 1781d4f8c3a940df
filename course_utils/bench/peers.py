"""The same computations in PyTorch and in two NumPy frameworks from PyPI.

Everything here returns a function without arguments that computes one forward and backward pass
(or one training step) in float32. The frameworks are imported when they are asked for; the two
from PyPI are optional (``pip install pydynet neuralnetlib``).
"""

import importlib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

Run = Callable[[], Any]


def load(name: str) -> Any:
    """Import a framework, or return None where it is not installed or does not work."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydynet says at every import that it found no GPU
        try:
            return importlib.import_module(name)
        except (ImportError, AttributeError, AssertionError):
            return None


def torch_layer(torch: Any, build: Callable[[Any], Any], x: np.ndarray) -> Run:
    """Return a forward and backward pass of the module that `build(torch.nn)` makes."""
    module = build(torch.nn)
    inputs = torch.tensor(x, requires_grad=True)
    error = torch.randn_like(module(inputs))

    def run() -> Any:
        module(inputs).backward(error)
        gradient, inputs.grad = inputs.grad, None
        module.zero_grad()
        return gradient

    return run


def torch_recurrent(t: Any, kind: str, n: int, hidden: int, m: int) -> Any:
    """Return torch.nn's RNN or LSTM with the sigmoid output layer that ours has."""

    class Recurrent(t.Module):
        def __init__(self) -> None:
            super().__init__()
            self.recurrent = getattr(t, kind)(n, hidden)
            self.output = t.Sequential(t.Linear(hidden, m), t.Sigmoid())

        def forward(self, x: Any) -> Any:
            return self.output(self.recurrent(x)[0])

    return Recurrent()


def torch_lenet(torch: Any, x: np.ndarray, labels: np.ndarray) -> Run:
    """Return a training step of LeNet as the exercises build it, with Adam."""
    t = torch.nn
    network = t.Sequential(
        *(t.Conv2d(1, 6, 5, padding=2), t.ReLU(), t.MaxPool2d(2)),
        *(t.Conv2d(6, 16, 5, padding=2), t.ReLU(), t.MaxPool2d(2)),
        *(t.Flatten(), t.Linear(1024, 120), t.ReLU(), t.Linear(120, 84), t.ReLU()),
        t.Linear(84, 10),
    )
    optimizer = torch.optim.Adam(network.parameters(), 5e-4)
    criterion = t.CrossEntropyLoss(reduction="sum")
    inputs, target = torch.tensor(x), torch.tensor(labels)

    def run() -> Any:
        optimizer.zero_grad()
        loss = criterion(network(inputs), target)
        loss.backward()
        optimizer.step()
        return loss.item()

    return run


def pydynet_layer(pydynet: Any, build: Callable[[Any], Any], x: np.ndarray) -> Run:
    """Return a forward and backward pass of the module that `build(pydynet.nn)` makes."""
    modules = importlib.import_module("pydynet.nn")
    module = build(modules)
    inputs = pydynet.Tensor(x, dtype=np.float32, requires_grad=True)
    error = pydynet.Tensor(np.ones_like(module(inputs).data))

    def run() -> Any:
        for parameter in module.parameters():
            parameter.zero_grad()
        inputs.zero_grad()
        # Its backward starts from a scalar; the factors stand for the error tensor.
        (module(inputs) * error).sum().backward()
        return inputs.grad

    return run


def pydynet_lenet(pydynet: Any, x: np.ndarray, labels: np.ndarray) -> Run:
    """Return a training step of the same LeNet."""
    modules = importlib.import_module("pydynet.nn")
    functional = importlib.import_module("pydynet.nn.functional")
    adam = importlib.import_module("pydynet.optim").Adam
    f32 = {"dtype": np.float32}
    convolutions = [modules.Conv2d(c, k, 5, padding=2, **f32) for c, k in ((1, 6), (6, 16))]
    linears = [modules.Linear(n, m, **f32) for n, m in ((1024, 120), (120, 84), (84, 10))]
    parameters = [p for module in convolutions + linears for p in module.parameters()]
    optimizer = adam(parameters, lr=5e-4)
    criterion = modules.CrossEntropyLoss(reduction="sum")
    target = pydynet.Tensor(labels)

    def run() -> Any:
        optimizer.zero_grad()
        y = pydynet.Tensor(x, dtype=np.float32)
        for convolution in convolutions:
            y = functional.max_pool2d(functional.relu(convolution(y)), 2, 2)
        y = y.reshape(len(x), -1)
        for linear in linears[:-1]:
            y = functional.relu(linear(y))
        loss = criterion(linears[-1](y), target)
        loss.backward()
        optimizer.step()
        return float(loss.data)

    return run


def neuralnetlib_layer(neuralnetlib: Any, build: Callable[[Any], Any], x: np.ndarray) -> Run:
    """Return a forward and backward pass of the layer; images have their channels last there."""
    layer = build(importlib.import_module(f"{neuralnetlib.__name__}.layers"))
    if x.ndim == 4:
        x = np.ascontiguousarray(np.moveaxis(x, 1, -1))
    error = np.ones_like(layer.forward_pass(x), dtype=np.float32)
    _to_float32(layer)

    def run() -> Any:
        layer.forward_pass(x)
        return layer.backward_pass(error)

    return run


def neuralnetlib_lenet(neuralnetlib: Any, x: np.ndarray, labels: np.ndarray) -> Run:
    """Return a training step of the same LeNet."""
    name = neuralnetlib.__name__
    layers = importlib.import_module(f"{name}.layers")
    network = importlib.import_module(f"{name}.models").Sequential(random_state=0)
    parts = [layers.Input((32, 32, 1))]
    for kernels in (6, 16):
        parts += [layers.Conv2D(kernels, 5, padding="same"), layers.Activation("relu")]
        parts += [layers.MaxPooling2D(2)]
    parts += [layers.Flatten()]
    for units in (120, 84):
        parts += [layers.Dense(units), layers.Activation("relu")]
    parts += [layers.Dense(10), layers.Activation("softmax")]
    for part in parts:
        network.add(part)
    network.compile("categorical_crossentropy", "adam")
    images = np.ascontiguousarray(np.moveaxis(x, 1, -1))
    target = np.eye(10, dtype=np.float32)[labels]
    network.forward_pass(images)  # its layers make their weights when they first see data
    for layer in network.layers:
        _to_float32(layer)
    return lambda: network.train_on_batch(images, target)


def _to_float32(layer: Any) -> None:
    """Turn the weights of neuralnetlib, which only makes float64, into float32."""
    for name, value in vars(layer).items():
        if isinstance(value, np.ndarray) and value.dtype == np.float64:
            setattr(layer, name, value.astype(np.float32))
