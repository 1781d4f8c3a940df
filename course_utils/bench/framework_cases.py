"""What `course bench framework` measures: layers at LeNet's sizes and at a wider one.

Every builder gets the module that holds a framework's layers, and makes the same layer there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.bench import peers

Build = Callable[[Any], Any]


@dataclass(frozen=True)
class Case:
    """One layer at one size, in every framework that has it."""

    name: str
    shape: tuple[int, ...]
    ours: Build
    torch: Build
    textbook: Build | None = None
    pydynet: Build | None = None
    neuralnetlib: Build | None = None


def _layers_of(name: str, batch: int, channels: int, kernels: int, size: int, m: int) -> list[Case]:
    """Return the cases of a convolution and of what follows it on its (size × size) maps."""
    maps = (batch, kernels, size, size)
    f32 = {"dtype": np.float32}

    def case(layer: str, *builders: Build | None) -> Case:
        return Case(f"{layer}, {name}", maps, *builders)  # type: ignore[arg-type]

    return [
        Case(
            f"Conv {m}×{m}, {name}",
            (batch, channels, size, size),
            lambda n: n.Conv(1, (channels, m, m), kernels),
            lambda t: t.Conv2d(channels, kernels, m, padding=m // 2),
            lambda b: b.TextbookConv((channels, m, m), kernels),
            lambda p: p.Conv2d(channels, kernels, m, padding=m // 2, **f32),
            lambda k: k.Conv2D(kernels, m, padding="same"),
        ),
        case(
            "max pooling 2×2",
            lambda n: n.Pooling(2, 2),
            lambda t: t.MaxPool2d(2),
            lambda b: b.TextbookPooling(2, 2),
            lambda p: p.MaxPool2d(2, 2, 0),
            lambda k: k.MaxPooling2D(2),
        ),
        case(
            "average pooling 2×2",
            lambda n: n.Pooling(2, 2, "average"),
            lambda t: t.AvgPool2d(2),
            lambda b: b.TextbookPooling(2, 2, "average"),
            lambda p: p.AvgPool2d(2, 2, 0),
            lambda k: k.AveragePooling2D(2),
        ),
        case(
            "batch normalization",
            lambda n: n.BatchNormalization(kernels),
            lambda t: t.BatchNorm2d(kernels),
            None,
            None,  # pydynet 1.1's raises when it is made
            lambda k: k.BatchNormalization(),
        ),
        case(
            "dropout",
            lambda n: n.Dropout(0.5, rng=0),
            lambda t: t.Dropout(0.5),
            None,
            lambda p: p.Dropout(0.5),
            lambda k: k.Dropout(0.5),
        ),
        case(
            "ReLU",
            lambda n: n.ReLU(),
            lambda t: t.ReLU(),
            None,
            lambda p: p.ReLU(),
            lambda k: k.Activation("relu"),
        ),
        case(
            "leaky ReLU",
            lambda n: n.LeakyReLU(0.1),
            lambda t: t.LeakyReLU(0.1),
            None,
            lambda p: p.LeakyReLU(0.1),
            lambda k: k.Activation("leakyrelu"),
        ),
        case(
            "ELU",
            lambda n: n.ELU(),
            lambda t: t.ELU(),
            None,
            None,
            lambda k: k.Activation("elu"),
        ),
        case(
            "GELU",
            lambda n: n.GELU(),
            lambda t: t.GELU(),
            None,
            None,
            lambda k: k.Activation("gelu"),
        ),
        case(
            "sigmoid",
            lambda n: n.Sigmoid(),
            lambda t: t.Sigmoid(),
            None,
            lambda p: p.Sigmoid(),
            lambda k: k.Activation("sigmoid"),
        ),
        case(
            "tanh",
            lambda n: n.TanH(),
            lambda t: t.Tanh(),
            None,
            lambda p: p.Tanh(),
            lambda k: k.Activation("tanh"),
        ),
        case("flatten", lambda n: n.Flatten(), lambda t: t.Flatten()),
    ]


CASES = [
    *_layers_of("LeNet 1→6, 32×32", 64, 1, 6, 32, 5),
    *_layers_of("LeNet 6→16, 16×16", 64, 6, 16, 16, 5),
    *_layers_of("32→64, 16×16", 64, 32, 64, 16, 3),
    Case(
        "fully connected 1024→120",
        (64, 1024),
        lambda n: n.FullyConnected(1024, 120),
        lambda t: t.Linear(1024, 120),
        None,
        lambda p: p.Linear(1024, 120, dtype=np.float32),
        lambda k: k.Dense(120),
    ),
    Case(
        "SoftMax of 10",
        (64, 10),
        lambda n: n.SoftMax(),
        lambda t: t.Softmax(-1),
        None,
        lambda p: p.Softmax(-1),
        lambda k: k.Activation("softmax"),
    ),
    Case(
        "RNN 32→64→10, 64 times",
        (64, 32),
        lambda n: n.RNN(32, 64, 10),
        lambda t: peers.torch_recurrent(t, "RNN", 32, 64, 10),
        lambda b: b.TextbookRNN(32, 64, 10),
    ),
    Case(
        "LSTM 32→64→10, 64 times",
        (64, 32),
        lambda n: n.LSTM(32, 64, 10),
        lambda t: peers.torch_recurrent(t, "LSTM", 32, 64, 10),
    ),
]
