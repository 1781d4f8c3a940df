"""What lecture 13 computes: run a network for the graphics card where there is none.

PyTorch's ``meta`` device stands in for the card. A tensor there has a shape, a type and a device
and no numbers, so that a wrong shape, type or device is found in milliseconds. Two of its habits
differ from a card's and are mended here: what is copied from it has no data (so a move to the CPU
makes an empty tensor of that shape), and its convolution, matrix product and embedding do not ask
whether input and weights are on one device (so that is asked before every layer). It words what is
wrong with shapes in its own way; the program is then run on the CPU, and the error is told in the
words that PyTorch has there. A card names the types otherwise.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unittest.mock import patch

_NAME = "<program>"
QUOTED_FROM = "2.13"
"""The version of PyTorch in whose library the words stand that are quoted for two devices."""


@dataclass(frozen=True)
class Run:
    """What became of a program: the output's shape, or an error and the line that raised it.

    Attributes
    ----------
    shape
        Of the network's output; None if an error was raised.
    error
        Type and first line of the message; "" if there was none.
    line
        The program's line that raised, counted from 1; 0 if none did.
    quoted
        Whether PyTorch did not raise the error here, but raises it on a graphics card.
    """

    shape: tuple[int, ...] | None
    error: str = ""
    line: int = 0
    quoted: bool = False


class _TwoDevicesError(RuntimeError):
    """What PyTorch raises on a graphics card where an input and weights are on two devices.

    Its words were read in the library of version `QUOTED_FROM`, which has them also where it is
    built without CUDA. Only the beginning of its message, since the end depends on the version and
    the processor.
    """

    def __init__(self, layer: str, x: str, weights: str) -> None:
        if layer.startswith("Conv"):
            kinds = {"meta": "torch.cuda.FloatTensor", "cpu": "torch.FloatTensor"}
            says = f"Input type ({kinds[x]}) and weight type ({kinds[weights]}) should be the same"
        else:
            says = "Expected all tensors to be on the same device"
        super().__init__(says)


@lru_cache(maxsize=4096)
def run(program: str, network: str, shape: tuple[int, ...], device: str = "meta") -> Run:
    """Return what happens when `network` of `program` is made and gets an input on the device.

    Parameters
    ----------
    program
        The course's own Python text, with ``torch.device("cuda")`` for the device; never a
        student's, since it runs in this process.
    network
        The class's name.
    shape
        Of the float32 input.
    device
        ``"meta"`` for the stand-in, or a real one: ``"cuda"``, ``"cpu"``.
    """
    try:
        with prepared(program, network, shape, device) as forward:
            return Run(tuple(forward().shape))
    except Exception as error:
        # Shapes are wrong on every device; the words that everybody knows are those of the CPU.
        if device == "meta" and type(error) is RuntimeError:
            return run(program, network, shape, "cpu")
        message = str(error).strip().split("\n")[0]
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == _NAME]
        quoted = isinstance(error, _TwoDevicesError)
        name = "RuntimeError" if quoted else type(error).__name__
        return Run(None, f"{name}: {message}", (lines[-1] if lines else 0) or 0, quoted)


@contextmanager
def prepared(
    program: str, network: str, shape: tuple[int, ...], device: str, **names: Any
) -> Iterator[Callable[[], Any]]:
    """Yield what makes the network of a program and calls it; parameters as for `run`.

    The program also knows `names`. The student's random numbers stay as they are.
    """
    import torch
    from torch.nn.modules.module import register_module_forward_pre_hook

    text = program.replace('torch.device("cuda")', f'torch.device("{device}")')
    with ExitStack() as undo:
        if device == "meta":
            text = re.sub(r"(\w+)\.(?:cpu\(\)|to\(\"cpu\"\))", r"_to_cpu(\1)", text)
            names["_to_cpu"] = lambda x: torch.empty(x.shape, dtype=x.dtype, device="cpu")
            undo.callback(register_module_forward_pre_hook(_same_device).remove)
            # Nobody looks at numbers here: without them a run takes half of the time.
            for where, name, stand_in in (
                (torch.nn.functional, "relu", lambda x: x),
                (torch.nn.functional, "linear", lambda x, weight, _: x @ weight.T),
                (torch.nn.init, "kaiming_uniform_", lambda x, **_: x),
                (torch.nn.init, "uniform_", lambda x, *_: x),
            ):
                undo.enter_context(patch.object(where, name, stand_in))
        undo.enter_context(torch.random.fork_rng(devices=[]))
        exec(compile(text, _NAME, "exec"), names)
        yield lambda: names[network]()(torch.zeros(shape, device=device))


def _same_device(layer: Any, inputs: tuple[Any, ...]) -> None:
    """Raise, as a graphics card would, if a layer's input and weights are on two devices."""
    for weights in layer.parameters(recurse=False):
        for x in inputs:
            if hasattr(x, "device") and x.device != weights.device:
                raise _TwoDevicesError(type(layer).__name__, x.device.type, weights.device.type)
