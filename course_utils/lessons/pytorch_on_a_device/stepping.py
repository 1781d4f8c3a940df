"""Step through a program line by line: which tensors there are, their shapes and devices.

Python's own tracing (`sys.settrace`, as debuggers use it) stops before every line of the network's
methods, on PyTorch's ``meta`` device; see `model`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import FrameType
from typing import Any, NamedTuple

from course_utils.lessons.pytorch_on_a_device.model import NAME, prepared, run


class Held(NamedTuple):
    """A tensor that a program holds: what it is called, its shape, and where it lies."""

    name: str
    shape: tuple[int, ...]
    device: str
    """``"cpu"`` or ``"device"``."""


@dataclass(frozen=True)
class Step:
    """A moment: the line that is about to run, and what is held before it does.

    Attributes
    ----------
    line
        Counted from 1; 0 when all has run.
    layers, values
        The weights of the layers made so far, and the tensors of ``forward``.
    error
        What the line raised; "" if it did not. Then this is the last step.
    """

    line: int
    layers: tuple[Held, ...]
    values: tuple[Held, ...]
    error: str = ""


@lru_cache(maxsize=64)
def steps(program: str, network: str, shape: tuple[int, ...]) -> tuple[Step, ...]:
    """Return every step of a program of the course, from its constructor to its output or error.

    Parameters
    ----------
    program, network, shape
        As for `model.run`.
    """
    ended = run(program, network, shape)
    seen: list[Step] = []
    returned: list[Any] = []

    def follow(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != NAME or frame.f_code.co_name not in ("__init__", "forward"):
            return None
        if event == "line":
            seen.append(_step(frame))
        if event == "return" and frame.f_code.co_name == "forward":
            returned.append(argument)
        return follow

    before = sys.gettrace()
    try:
        with prepared(program, network, shape, "meta") as forward:
            sys.settrace(follow)
            forward()
    except Exception:
        return (*seen[:-1], replace(seen[-1], error=ended.error))
    finally:
        sys.settrace(before)
    output = _held("output", returned[-1])
    return (*seen, Step(0, seen[-1].layers, (*seen[-1].values, output)))


def _step(frame: FrameType) -> Step:
    values = dict(frame.f_locals)
    network = values.pop("self", None)
    layers = () if network is None else tuple(_weights(network))
    tensors = (_held(name, value) for name, value in values.items() if hasattr(value, "device"))
    return Step(frame.f_lineno, layers, tuple(tensors))


def _weights(network: Any) -> Iterator[Held]:
    """Yield the weights of the layers; a network that is just being made may have none yet."""
    if "_modules" in vars(network):
        for name, parameter in network.named_parameters():
            if name.endswith("weight"):
                yield _held(name.removesuffix(".weight"), parameter)


def _held(name: str, tensor: Any) -> Held:
    place = "cpu" if tensor.device.type == "cpu" else "device"
    return Held(name, tuple(tensor.shape), place)
