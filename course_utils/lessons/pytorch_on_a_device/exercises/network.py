"""Exercise 13.3: the exam's network, repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Exercise, NotRight, expect
from course_utils.lessons.pytorch_on_a_device.exercises.common import (
    DEVICE,
    LECTURE,
    ON_THE_CPU,
    agreement,
    as_array,
    expect_like,
)

LAYERS = ("first", "second", "third", "dense")
_FIXED = "the batch size stands in forward as a number: flatten(1) keeps it, whatever it is"
_STAYED = "layers are made on the CPU: move each with .to(device), or say device=device"
_MORE = "the right network has four layers: for the name that was undefined, none is needed"
_SIZES = "sizes other than those four faults stay as they are: 5 × 5 kernels, no padding, 5 · 256"
_BIAS = "the exam's network has one in every layer: leave `bias=False` away"
_CLASS = "give the class itself, without brackets behind it"
_NAMES = "the layers are called first, second, third and dense, as above"
_ONE = "each of the four is a single layer; the ReLU stands in forward"
_MOVED = "forward moves its input or output: leave everything where it is"


class Network(nn.Module):
    """Three convolutions and a linear layer, on the device that it is given."""

    def __init__(self, device: torch.device) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 100, kernel_size=5, device=device)
        self.second = nn.Conv2d(100, 50, kernel_size=5, device=device)
        self.third = nn.Conv2d(50, 5, kernel_size=5, device=device)
        self.dense = nn.Linear(5 * 256, 50, device=device)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return (batch, 50) for images (batch, 1, 28, 28) on the same device."""
        h = F.relu(self.first(images))
        h = F.relu(self.second(h))
        h = F.relu(self.third(h))
        return F.relu(self.dense(h.flatten(1)))


def _images(batch: int, device: torch.device | str = "cpu") -> torch.Tensor:
    return torch.zeros(batch, 1, 28, 28, device=device)


def _on_its_device(answer: Any) -> None:
    expect(not isinstance(answer, nn.Module), "this is a network, not a class", _CLASS)
    network = answer(DEVICE)
    expect(isinstance(network, nn.Module), "it makes no network", "the class is one of nn.Module")
    others = {name for name, _ in network.named_children()} - set(LAYERS)
    for name in LAYERS:
        layer = getattr(network, name, None)
        make = f"make self.{name} in __init__: a layer that forward makes is another at every call"
        cause = _NAMES if others else make
        expect(layer is not None, f"the network has no layer `{name}`", cause)
        kind = type(layer).__name__
        expect(isinstance(layer, nn.Conv2d | nn.Linear), f"`{name}` is of type {kind}", _ONE)
    known = {id(p) for name in LAYERS for p in getattr(network, name).parameters()}
    more = {n.split(".")[0] for n, p in network.named_parameters() if id(p) not in known}
    expect(not more, f"the network has more layers: {', '.join(sorted(more))}", _MORE)
    stayed = [n for n, p in network.named_parameters() if p.device != DEVICE]
    names = sorted({name.split(".")[0] for name in stayed})
    expect(not stayed, f"not on the device: {', '.join(names)}", _STAYED)


def _takes_a_batch(answer: Any) -> None:
    network = answer(torch.device("cpu"))
    met = network.first.weight.shape[0]
    for name, shape in (
        ("first", (met, 1, 5, 5)),
        ("second", (50, met, 5, 5)),
        ("third", (5, 50, 5, 5)),
        ("dense", (50, 1280)),
    ):
        got = tuple(getattr(network, name).weight.shape)
        if getattr(getattr(network, name), "bias", None) is None:
            raise NotRight(f"`{name}` has no bias", _BIAS)
        if name != "second" or got[0] != shape[0]:  # what second takes shows when it is called
            expect(got == shape, f"the weights of `{name}` have shape {got}, not {shape}", _SIZES)
    for batch in (10, 3):
        try:
            got = network(_images(batch))
        except RuntimeError as error:
            if batch == 10:
                raise
            message = str(error).splitlines()[0]
            raise NotRight(f"a batch of 3 raises: {message}", _FIXED) from None
        expect_like(f"the output for a batch of {batch}", got, torch.zeros(batch, 50))


def _stays_there(answer: Any) -> None:
    network = answer(DEVICE)
    try:
        got = network(_images(3, DEVICE))
    except (RuntimeError, NotImplementedError) as error:
        message = str(error).splitlines()[0].rstrip(".!")
        cause = ON_THE_CPU if "not on the expected device" in message else _MOVED
        raise NotRight(f"on another device than the CPU it raises: {message}", cause) from None
    expect(got.device == DEVICE, f"the output is on {got.device}, expected {DEVICE}", _MOVED)


def _with_weights(answer: Any) -> Callable[..., Any]:
    """Return what `answer` computes, with weights that are the same for all answers.

    `first` and `second` may meet in any number of channels (10 repairs the exam's network as well
    as 100), so all of these do the same and are averaged.
    """

    def of_arrays(seed: int) -> Any:
        generator = torch.Generator().manual_seed(seed)

        def fill(parameter: torch.Tensor, shape: tuple[int, ...], size: float) -> None:
            parameter.data = (size * torch.randn(shape, generator=generator)).expand_as(parameter)

        network = answer(torch.device("cpu"))
        met = network.first.weight.shape[0]
        for layer, weight, bias in (
            (network.first, (1, 1, 5, 5), (1,)),
            (network.second, (50, 1, 5, 5), (50,)),
            (network.third, (5, 50, 5, 5), (5,)),
            (network.dense, (50, 1280), (50,)),
        ):
            size = (1 / met if layer is network.second else 1) * torch.zeros(weight)[
                0
            ].numel() ** -0.5
            fill(layer.weight, weight, size)
            fill(layer.bias, bias, 0.5)
        return as_array(network(torch.randn(4, 1, 28, 28, generator=generator)))

    return of_arrays


def _other(forward: Callable[[Network, torch.Tensor], torch.Tensor]) -> type[Network]:
    return type("Other", (Network,), {"forward": forward})


def _computed(
    skips: tuple[str, ...] = (), end: Callable[[torch.Tensor], torch.Tensor] = lambda h: h
) -> Callable[[Network, torch.Tensor], torch.Tensor]:
    """Return forward without the ReLU behind some layers, and with something at its end."""

    def forward(network: Network, images: torch.Tensor) -> torch.Tensor:
        h = images
        for name in LAYERS:
            h = getattr(network, name)(h.flatten(1) if name == "dense" else h)
            h = h if name in skips else F.relu(h)
        return end(h)

    return forward


_FAULTY: dict[str, type[Network]] = {
    f"the ReLU behind `{name}` is missing": _other(_computed((name,))) for name in LAYERS
} | {
    "all four ReLUs are missing": _other(_computed(LAYERS)),
    "the ReLUs behind the three convolutions are missing": _other(_computed(LAYERS[:3])),
    "a softmax is too much: the exam's network ends with a ReLU": _other(
        _computed(end=lambda h: h.softmax(1))
    ),
    "the mean of the output is subtracted, which nobody asked for": _other(
        _computed(end=lambda h: h - h.mean(1, keepdim=True))
    ),
    "the last layer has a sigmoid where the exam's network has a ReLU": _other(
        _computed(("dense",), end=lambda h: h.sigmoid())
    ),
}


def _wrong() -> Iterator[tuple[object, str]]:
    for says, wrong in _FAULTY.items():
        yield wrong, says

    class LeftOnTheCpu(Network):
        def __init__(self, device: torch.device) -> None:
            super().__init__(device)
            self.second = nn.Conv2d(100, 50, kernel_size=5)

    class WithOneMore(Network):
        def __init__(self, device: torch.device) -> None:
            super().__init__(device)
            self.output = nn.Linear(50, 50, device=device)

        def forward(self, images: torch.Tensor) -> torch.Tensor:
            return self.output(super().forward(images))

    class WithoutABias(Network):
        def __init__(self, device: torch.device) -> None:
            super().__init__(device)
            self.third = nn.Conv2d(50, 5, kernel_size=5, bias=False, device=device)

    class Padded(Network):
        def __init__(self, device: torch.device) -> None:
            super().__init__(device)
            self.dense = nn.Linear(5 * 28 * 28, 50, device=device)

    yield Padded, _SIZES
    yield WithoutABias, _BIAS
    yield Network(torch.device("cpu")), _CLASS
    yield LeftOnTheCpu, _STAYED
    yield WithOneMore, _MORE
    yield _other(lambda n, x: Network.forward(n, x) + torch.zeros(50)), ON_THE_CPU
    fixed = _other(
        lambda n, x: F.relu(
            n.dense(F.relu(n.third(F.relu(n.second(F.relu(n.first(x)))))).view(10, -1))
        )
    )
    yield fixed, _FIXED
    yield (
        _other(
            lambda n, x: (
                Network.forward(n, x).to("cpu")
                if x.device.type == "cpu"
                else (torch.zeros(x.shape[0], 50))
            )
        ),
        _MOVED,
    )


check_Network = Exercise(
    item="13.3",
    lecture=LECTURE,
    name="Network",
    title="The exam's network, repaired",
    reference=Network,
    properties={
        "all four layers are on the device that it is given": _on_its_device,
        "an output (batch, 50) for batches of 10 and 3": _takes_a_batch,
        "three convolutions and a linear layer, each with its ReLU": agreement(
            _with_weights,
            Network,
            lambda rng: (int(rng.integers(1000)),),
            ("the output",),
            _FAULTY,
        ),
        "it runs on another device than the CPU": _stays_there,
    },
    wrong=_wrong,
    hints=(
        "Run the faulty program in your head with the shapes of exercise 1. At which line does it"
        " stop first?",
        "Four changes: `second` takes the 100 channels that `first` makes; `forward` begins with"
        " `images` itself; nothing is added to `h`; the last line returns `h`. A layer goes to the"
        " device with `.to(device)`.",
        """
        class Network(nn.Module):
            def __init__(self, device):
                super().__init__()
                self.first = nn.Conv2d(1, 100, kernel_size=5).to(device)
                self.second = nn.Conv2d(..., 50, kernel_size=5).to(device)
                self.third = nn.Conv2d(50, 5, kernel_size=5).to(device)
                self.dense = nn.Linear(5 * 256, 50).to(device)

            def forward(self, images):
                h = F.relu(self.first(...))
                h = F.relu(self.second(h))
                h = F.relu(self.third(h))
                h = F.relu(self.dense(h.flatten(1)))
                return ...
        """,
    ),
)
