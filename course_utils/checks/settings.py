"""The settings of Python, NumPy and PyTorch that any code may change for all that comes after it.

A student's answer may call `np.seterr` or turn PyTorch's gradients off and forget to turn them on:
then our own code would fail next, and every cell of the notebook after it.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


@contextlib.contextmanager
def restored() -> Iterator[None]:
    """Set right, at the end of the ``with`` block, what the code in it has changed."""
    torch = _torch()
    before = [(read(), write) for read, write in _settings(torch)]
    try:
        yield
    finally:
        if torch is None and (loaded := _torch()) is not None:  # the code itself imported it
            before += [(value, write) for value, (_, write) in _fresh(loaded)]
        for value, write in before:
            write(value)


def usual() -> None:
    """Set what decides how right code computes as it is in a fresh process.

    The student's notebook may have changed it long before the check. To be called only where
    warnings are collected, and set right afterwards.
    """
    warnings.simplefilter("always")
    np.seterr(all="warn", under="ignore")
    for value, (_, write) in _fresh(_torch()):
        write(value)


Setting = tuple[Callable[[], Any], Callable[[Any], object]]


def _settings(torch: Any) -> list[Setting]:
    """Return how each setting is read, and how it is written."""
    return [
        (sys.getrecursionlimit, _limit_recursion),
        (np.geterr, lambda value: np.seterr(**value)),
        (np.geterrcall, np.seterrcall),
        (np.get_printoptions, _print_as),
        *_of_torch(torch),
    ]


def _of_torch(torch: Any) -> list[Setting]:
    if torch is None:
        return []
    return [
        (torch.is_grad_enabled, torch.set_grad_enabled),
        (torch.get_default_dtype, torch.set_default_dtype),
    ]


def _fresh(torch: Any) -> list[tuple[Any, Setting]]:
    """Return the settings of PyTorch with what they are in a fresh process."""
    if torch is None:
        return []
    return list(zip((True, torch.float32), _of_torch(torch), strict=True))


def _torch() -> Any:
    """Return PyTorch if it has been imported: it takes seconds, and most lectures do without."""
    torch = sys.modules.get("torch")
    return torch if hasattr(torch, "set_default_dtype") else None  # it may be loading


def _limit_recursion(limit: int) -> None:
    with contextlib.suppress(RecursionError):  # it is called in the depth of a recursion
        sys.setrecursionlimit(limit)


def _print_as(options: dict[str, Any]) -> None:
    if np.get_printoptions() != options:  # reading is quick, writing is not
        np.set_printoptions(**options)
