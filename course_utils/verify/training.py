"""What a function that trains or asks a PyTorch network gives back, and what it leaves behind.

The exercises about a step of training and about an evaluation call a student's function on networks
of their own. What it returns is taken apart here, so that it is never our line that raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks import NotRight, expect
from course_utils.checks.inputs import copy_of, same
from course_utils.checks.properties import NO_RETURN

WITH_GRAPH = "the loss is returned with its graph, which stays in memory: loss.item() is a number"
_FLOAT = "a float is asked for: loss.item()"
_IN_PLACE = (
    "an in-place operation such as `x -= …` or `x.zero_()`; make a new tensor and leave this one"
)
_FROZEN = "what is switched off by `requires_grad_(False)` stays off until it is switched on again"
_MOVED = "a network is only asked here: nothing is trained, and its weights stay as they are"
_NO_MORE_GRADIENTS = (
    "`torch.set_grad_enabled(False)` lasts; `with torch.no_grad():` ends with its block"
)


def number(quantity: str, got: Any) -> float:
    """Return what a function returned as a number; a tensor or an array of one entry is one, too.

    Raises
    ------
    NotRight
        If it is none, or more than one.
    """
    expect(got is not None, f"{quantity} is None", NO_RETURN)
    if isinstance(got, tuple | list):
        raise NotRight(
            f"the function returns {_count(got)} in a {type(got).__name__}, expected one number:"
            f" {quantity}",
            f"return {quantity} only"
            if len(got) > 1
            else "return it alone, without brackets and without a comma behind it",
        )
    return _as_number(quantity, got)


def several_numbers(got: Any, names: Sequence[str]) -> tuple[float, ...]:
    """Return what a function returned as numbers, as many as there are names.

    A tuple, a list, an array or a tensor may hold them.
    """
    expect(got is not None, "the function returns None", NO_RETURN)
    listed = isinstance(got, tuple | list) or (
        isinstance(got, np.ndarray | Tensor) and len(got.shape) > 0
    )
    wanted = " and ".join(names)
    if not listed or len(got) != len(names):
        says = _count(got) if listed else "one value"
        few = not listed or len(got) < len(names)
        raise NotRight(
            f"the function returns {says}, expected {len(names)}: {wanted}",
            f"return {wanted}, separated by a comma" if few else f"return {wanted} only",
        )
    return tuple(_as_number(name, one) for name, one in zip(names, got, strict=True))


def expect_float(got: Any) -> None:
    """Raise `NotRight` unless a returned loss is a float, without the graph that led to it."""
    expect(got is not None, "the returned loss is None", NO_RETURN)
    graph = isinstance(got, Tensor) and got.requires_grad
    expect(not graph, "the returned loss requires a gradient", WITH_GRAPH)
    if isinstance(got, tuple | list):
        number("the loss", got)
    expect(isinstance(got, float), f"the returned loss is of type {type(got).__name__}", _FLOAT)


@contextmanager
def unchanged(cause: str = _IN_PLACE, /, **inputs: Tensor) -> Iterator[None]:
    """Raise `NotRight` at the end of the ``with`` block if one of the named tensors was changed."""
    before = {name: copy_of(one) for name, one in inputs.items()}
    yield
    for name, one in inputs.items():
        expect(same(before[name], one), f"the input `{name}` was changed", cause)


@contextmanager
def switches_kept(cause: str, /, **networks: nn.Module) -> Iterator[None]:
    """Raise `NotRight` at the end if a named network is in another mode, or was frozen.

    The cause is that of a network in another mode.
    """
    modes = {name: _modes(network) for name, network in networks.items()}
    learns = {name: _learns(network) for name, network in networks.items()}
    yield
    for name, network in networks.items():
        for part, training in modes[name].items():
            now = _modes(network).get(part, training)
            whole = f"the layer `{part}` of the {name}" if part else f"the {name}"
            was, left = ("training", "evaluation") if training else ("evaluation", "training")
            expect(now == training, f"{whole} was in {was} and is left in {left}", cause)
        for weight, free in learns[name].items():
            now = _learns(network).get(weight, free)
            left = f"`{weight}` of the {name} is left with requires_grad={now}, and had {free}"
            expect(now == free, left, _FROZEN)


@contextmanager
def weights_kept(**networks: nn.Module) -> Iterator[None]:
    """Raise `NotRight` at the end if a weight or what is beside them, such as a mean, was moved."""
    before = {
        name: {key: copy_of(one) for key, one in network.state_dict().items()}
        for name, network in networks.items()
    }
    yield
    for name, network in networks.items():
        now = network.state_dict()
        for key, one in before[name].items():
            kept = key in now and same(one, now[key])
            expect(kept, f"`{key}` of the {name} is not what it was", _MOVED)


@contextmanager
def gradients_kept_on() -> Iterator[None]:
    """Raise `NotRight` at the end if PyTorch's gradients were switched off; they are on again."""
    before = torch.is_grad_enabled()
    try:
        yield
        left_on = torch.is_grad_enabled() == before
    finally:
        torch.set_grad_enabled(before)
    expect(left_on, "gradients are switched off for all that follows", _NO_MORE_GRADIENTS)


def _as_number(quantity: str, got: Any) -> float:
    expect(got is not None, f"{quantity} is None")
    plain = got.detach().cpu() if isinstance(got, Tensor) else got
    if isinstance(plain, Tensor | np.ndarray) and len(plain.shape):
        shape = tuple(plain.shape)
        expect(shape.count(1) == len(shape), f"{quantity} has shape {shape}, expected one number")
        plain = plain.reshape(())
    try:
        if isinstance(plain, str | bytes):
            raise TypeError
        return float(plain)
    except Exception:  # whatever it is, it is no number
        raise NotRight(f"{quantity} is of type {type(got).__name__}, expected a number") from None


def _count(got: Any) -> str:
    return f"{len(got)} value{'s' if len(got) != 1 else ''}"


def _modes(network: nn.Module) -> dict[str, bool]:
    return {name: part.training for name, part in network.named_modules()}


def _learns(network: nn.Module) -> dict[str, bool]:
    return {name: weight.requires_grad for name, weight in network.named_parameters()}
