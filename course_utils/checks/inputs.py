"""The inputs of an answer: copies that it may spoil, and whether it left them as they were.

Arrays, PyTorch's tensors, and lists, tuples, sets and dictionaries of them. PyTorch is not
imported: where nobody has, there are no tensors. Anything else, such as a network or a generator of
random numbers, is handed on as it is, since only its exercise knows what may happen to it.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

Inputs = tuple[Any, ...]


def copies(inputs: Inputs) -> Inputs:
    """Return the inputs with arrays, tensors and containers of their own."""
    return tuple(copy_of(x) for x in inputs)


def copy_of(value: Any) -> Any:
    """Return a copy of a value, through all the containers in it."""
    if isinstance(value, np.ndarray):
        copied = value.copy()
        if copied.dtype == object:
            for at in np.ndindex(value.shape):
                copied[at] = copy_of(value[at])
        return copied
    if is_tensor(value):
        copied = value.detach().clone().requires_grad_(value.requires_grad)
        return copied if value.is_leaf else value  # a copy would not lead back to what made it
    if type(value) in (list, set):
        return type(value)(copy_of(entry) for entry in value)
    if type(value) is dict:
        return {key: copy_of(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        entries = [copy_of(entry) for entry in value]
        return type(value)(*entries) if hasattr(value, "_fields") else tuple(entries)
    return value


def same(before: Any, after: Any) -> bool:
    """Tell whether a value is still what its copy was, to the last bit; nan equals nan."""
    if before is after:
        return True
    if type(before) is not type(after):
        return False
    if is_tensor(before):
        alike = before.dtype == after.dtype and before.device == after.device
        return alike and (before.is_meta or same(_as_array(before), _as_array(after)))
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype != after.dtype:
            return False
        if before.dtype == object:
            return all(map(same, before.flat, after.flat))
        return np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, dict):
        return list(before) == list(after) and all(same(before[key], after[key]) for key in before)
    try:
        return bool(before == after) or bool(before != before)
    except Exception:  # what cannot be compared was not copied either
        return True


def is_tensor(value: Any) -> bool:
    """Tell whether a value is a tensor of PyTorch."""
    torch = sys.modules.get("torch")
    return isinstance(value, getattr(torch, "Tensor", ()))


def _as_array(tensor: Any) -> np.ndarray:
    """Return a tensor's numbers; those of 16 bits, which NumPy lacks, as such of 64."""
    plain = tensor.detach().cpu()
    return (plain.double() if plain.is_floating_point() else plain).numpy()
