"""Recognize what has not been written yet: a stub as `course build` leaves it, or a part of one.

A finished answer may hold a ``...`` too (``x[..., 0]``), so only a ``...`` that stands for a
statement or for a value counts.
"""

from __future__ import annotations

import ast
import dis
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import numpy as np

_MARK = "# Your code here."
_DO_NOTHING = {"RESUME", "NOP", "POP_TOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
_PASSES_ON = {"LOAD_FAST", "STORE_FAST", "STORE_FAST_LOAD_FAST", "STORE_FAST_STORE_FAST",
              "LOAD_FAST_LOAD_FAST", "BUILD_TUPLE", "BUILD_LIST", "COPY", "SWAP", "STORE_ATTR",
              "UNPACK_SEQUENCE"}  # fmt: skip


class NotWritten(BaseException):
    """A method that is still blank was called."""


@dataclass(frozen=True)
class Gap:
    """A ``...`` that still waits for code.

    Attributes
    ----------
    number, line
        Where it stands, as the student sees it.
    untouched
        Whether it stands right below the comment that `course build` writes.
    """

    number: int
    line: str
    untouched: bool

    def __str__(self) -> str:
        return f"line {self.number}, `{self.line}`"


def is_blank(answer: object, given: Collection[str] = ("__init__",)) -> bool:
    """Tell whether `answer` is still a stub.

    Blank are: ``None``, ``...``, a container or array that holds one of the two, a function that
    does nothing but pass ``...`` on, or raises NotImplementedError, and a class whose methods are
    such functions, those in `given` left aside if there are others.
    """
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, FunctionType):
        return _does_nothing(answer.__code__)
    if isinstance(answer, type):
        methods = _methods(answer)
        asked = {name: m for name, m in methods.items() if name not in given} or methods
        return bool(methods) and all(_does_nothing(method.__code__) for method in asked.values())
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


def gaps(answer: object) -> list[Gap]:
    """Return every ``...`` in a function's or class's code that waits for a statement or value."""
    if not isinstance(answer, FunctionType | type):
        return []
    try:
        lines, first = inspect.getsourcelines(answer)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, TypeError, SyntaxError):  # typed where no source is kept, or part of a line
        return []
    texts = [line.strip() for line in lines]
    return [
        Gap(max(first, 1) + at - 1, texts[at - 1], at > 1 and texts[at - 2] == _MARK)
        for at in sorted({node.lineno for node in _placeholders(tree)})
    ]


def with_gaps_closed(answer: Any) -> tuple[Any, list[str]]:
    """Return a class whose blank methods raise `NotWritten`, and the names of these methods.

    Anything else, and a class without blank methods, comes back as it is.
    """
    if not isinstance(answer, type):
        return answer, []
    waiting = [n for n, method in _methods(answer).items() if _does_nothing(method.__code__)]
    if not waiting:
        return answer, []

    def closed(name: str) -> Callable[..., None]:
        def method(*_: object, **__: object) -> None:
            raise NotWritten(name)

        return method

    return type(answer.__name__, (answer,), {name: closed(name) for name in waiting}), waiting


def _methods(answer: type) -> dict[str, FunctionType]:
    """Return a class's own methods; a constructor without parameters has nothing to be written."""
    found = {name: m for name, m in vars(answer).items() if isinstance(m, FunctionType)}
    return {n: m for n, m in found.items() if n != "__init__" or m.__code__.co_argcount > 1}


def _placeholders(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield every ``...`` but those of an index, a comparison, an annotation or a default."""
    for field, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST):
                continue
            if isinstance(node, ast.Constant) and node.value is Ellipsis:
                if not isinstance(tree, ast.Compare):
                    yield node
            elif field not in ("slice", "annotation", "returns", "args") or isinstance(
                tree, ast.Call
            ):
                yield from _placeholders(node)


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
    """Look at the bytecode: a stub only loads ``...`` or None, hands it around and returns it."""
    instructions = list(dis.get_instructions(code))
    operations = {instruction.opname for instruction in instructions}
    loaded = [i.argval for i in instructions if i.opname.endswith("_CONST")]
    if operations <= _DO_NOTHING:
        # `return 0.5` is an answer; returning None or `...` is what a stub does.
        return bool(loaded) and is_blank(loaded[-1])
    if operations <= _DO_NOTHING | _PASSES_ON:
        # `return x` is an answer, too; `y = ...; return y` hands on what is still blank.
        return any(value is Ellipsis or (value and is_blank(value)) for value in loaded)
    return code.co_names == ("NotImplementedError",) and "RAISE_VARARGS" in operations
