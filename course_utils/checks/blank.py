"""Recognize an answer that has not been started."""

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType

import numpy as np

_DO_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def is_blank(answer: object) -> bool:
    """Tell whether `answer` is still a stub.

    Blank are: ``None``, ``...``, a container or array that still holds one of the two, a function
    whose body is only ``...``, ``pass``, ``return ...`` or ``raise NotImplementedError``, and a
    class all of whose own methods are such functions.
    """
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, FunctionType):
        return _does_nothing(answer.__code__)
    if isinstance(answer, type):
        methods = [m for m in vars(answer).values() if isinstance(m, FunctionType)]
        return bool(methods) and all(is_blank(method) for method in methods)
    entries = _entries(answer)
    return entries is not None and any(is_blank(entry) for entry in entries)


def still_to_do(answer: object) -> str:
    """Return how much of a partly filled container is blank, as a sentence; empty otherwise."""
    leaves = list(_leaves(answer))
    blank = [leaf for leaf in leaves if is_blank(leaf)]
    if not 0 < len(blank) < len(leaves):
        return ""
    verb = "is" if len(blank) == 1 else "are"
    what = "`...`" if all(leaf is Ellipsis for leaf in blank) else "missing"
    return f"{len(blank)} of {len(leaves)} values {verb} still {what}."


def _leaves(answer: object) -> Iterator[object]:
    entries = _entries(answer)
    if entries is None:
        yield answer
        return
    for entry in entries:
        yield from _leaves(entry)


def _entries(answer: object) -> list | tuple | None:
    """Return what a container or an array of objects holds, and None for anything else."""
    if isinstance(answer, np.ndarray):
        # Other arrays hold numbers only, nothing blank.
        return list(answer.flat) if answer.dtype == object else None
    if isinstance(answer, dict):
        return list(answer.values())
    return answer if isinstance(answer, list | tuple) else None


def _does_nothing(code: CodeType) -> bool:
    """Look at the bytecode: a stub only loads a constant, if anything, and returns it."""
    instructions = list(dis.get_instructions(code))
    operations = {instruction.opname for instruction in instructions}
    if operations <= _DO_NOTHING:
        # `return 0.5` is an answer; returning None or `...` is what a stub does.
        loaded = [i.argval for i in instructions if i.opname.endswith("_CONST")]
        return bool(loaded) and is_blank(loaded[-1])
    return code.co_names == ("NotImplementedError",) and "RAISE_VARARGS" in operations
