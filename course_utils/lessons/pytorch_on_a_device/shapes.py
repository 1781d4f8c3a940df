"""The shapes of a small convolutional network, found by running it on PyTorch's meta device."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

BUILT_FOR = 32
"""Height and width of the pictures that the network's linear layer is made for."""
BATCH, COLOURS, CLASSES = 4, 3, 10
_CHANNELS = (16, 32)


class Stage(NamedTuple):
    """A layer, the shape of what it returns (None if it raised), and its number of parameters."""

    name: str
    shape: tuple[int, ...] | None
    parameters: int
    error: str = ""


@cache
def stages(
    side: int, kernel: int, stride: int, padding: int, pool: bool, average: bool
) -> tuple[Stage, ...]:
    """Return input and layers up to the output, or up to the first layer that raises.

    Parameters
    ----------
    side
        Height and width of the pictures, (4, 3, side, side).
    kernel, stride, padding
        Of the first convolution, in pixels.
    pool
        Whether max pooling 2 × 2 follows it.
    average
        Whether the maps are averaged before the linear layer, instead of flattened.
    """
    import torch

    x = torch.empty(BATCH, COLOURS, side, side, device="meta")
    found = [Stage("input", tuple(x.shape), 0)]
    for name, layer in _layers(kernel, stride, padding, pool, average):
        count = sum(parameter.numel() for parameter in layer.parameters())
        try:
            x = layer(x)
        except RuntimeError:
            return (*found, Stage(name, None, count, _in_known_words(layer, x)))
        found.append(Stage(name, tuple(x.shape), count))
    return tuple(found)


def _in_known_words(layer: Any, x: Any) -> str:
    """Return what `layer` raises for an input like `x` on a device with numbers."""
    import torch

    try:
        layer.to_empty(device="cpu")(torch.zeros(x.shape))
    except RuntimeError as error:
        return f"RuntimeError: {str(error).splitlines()[0]}"
    raise AssertionError(f"{layer} takes on the CPU what it refuses on the meta device")


def _layers(
    kernel: int, stride: int, padding: int, pool: bool, average: bool
) -> list[tuple[str, Any]]:
    """Return the layers by name, on the meta device; the linear one fits pictures of BUILT_FOR."""
    from torch import nn

    first, second = _CHANNELS
    side = (BUILT_FOR + 2 * padding - kernel) // stride + 1
    side = side // 2 if pool else side
    features = second if average else second * max(side - 2, 0) ** 2
    return [
        ("convolution", nn.Conv2d(COLOURS, first, kernel, stride, padding, device="meta")),
        *([("pooling", nn.MaxPool2d(2))] if pool else []),
        ("convolution 3 × 3", nn.Conv2d(first, second, 3, device="meta")),
        *([("average", nn.AdaptiveAvgPool2d(1))] if average else []),
        ("flatten", nn.Flatten()),
        ("linear", nn.Linear(max(features, 1), CLASSES, device="meta")),
    ]
