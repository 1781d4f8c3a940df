"""Step through a program line by line: which tensors there are, shapes, dtypes and devices.

Before every line of the network's methods a call is written that looks at the variables there are.
The program runs on PyTorch's ``meta`` device; see `model`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from course_utils.lessons.pytorch_on_a_device.model import prepared, run

_INDENT = " " * 8  # of the lines in a method


class Held(NamedTuple):
    """A tensor that a program holds: its name, its shape, its dtype, and where it lies."""

    name: str
    shape: tuple[int, ...]
    dtype: str
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

    def look(line: int, variables: Mapping[str, Any]) -> None:
        seen.append(_step(line, variables))

    try:
        with prepared(_with_looks(program), network, shape, "meta", look=look) as forward:
            output = _held("output", forward())
    except Exception:
        return (*seen[:-1], replace(seen[-1], error=ended.error))
    return (*seen, Step(0, seen[-1].layers, (*seen[-1].values, output)))


def _with_looks(program: str) -> str:
    """Return a program of which every line in a method is looked at before it runs."""
    lines = []
    for number, line in enumerate(program.splitlines(), start=1):
        if line.startswith(_INDENT):
            lines.append(f"{_INDENT}look({number}, locals())")
        lines.append(line)
    return "\n".join(lines)


def _step(line: int, variables: Mapping[str, Any]) -> Step:
    values = dict(variables)
    network = values.pop("self", None)
    layers = () if network is None else tuple(_weights(network))
    tensors = (_held(name, value) for name, value in values.items() if hasattr(value, "device"))
    return Step(line, layers, tuple(tensors))


def _weights(network: Any) -> Iterator[Held]:
    """Yield the weights of the layers; a network that is just being made may have none yet."""
    if "_modules" in vars(network):
        for name, parameter in network.named_parameters():
            if name.endswith("weight"):
                yield _held(name, parameter)


def _held(name: str, tensor: Any) -> Held:
    place = "cpu" if tensor.device.type == "cpu" else "device"
    return Held(name, tuple(tensor.shape), str(tensor.dtype).removeprefix("torch."), place)
