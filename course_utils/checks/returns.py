"""Where and what a function returns, as its code says."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

RETURN_IN_LOOP = "the `return` stands inside the loop, which therefore ends in its first round"
CHOICE_IN_TUPLE = (
    "a comma parts more than `if … else` does: `a, b if … else c, d` are three values, `a`,"
    " `b if … else c` and `d`; put brackets around both pairs, or write two returns"
)


def returns_in_loop(answer: Any) -> bool:
    """Tell whether a loop in a function's code ends in its first round, by a `return`."""
    loops = [
        node
        for node in _nodes(answer)
        if isinstance(node, ast.For | ast.While)
        and not any(isinstance(inner, ast.Continue) for inner in ast.walk(node))
    ]
    return any(isinstance(line, ast.Return) for loop in loops for line in loop.body)


def chooses_in_tuple(answer: Any) -> bool:
    """Tell whether a function's code returns several values of which one is a choice."""
    return any(
        isinstance(node, ast.Return)
        and isinstance(node.value, ast.Tuple)
        and any(isinstance(part, ast.IfExp) for part in node.value.elts)
        for node in _nodes(answer)
    )


def _nodes(answer: Any) -> Iterator[ast.AST]:
    """Yield all of a function's code; nothing where it cannot be read."""
    try:
        yield from ast.walk(ast.parse(textwrap.dedent(inspect.getsource(answer))))
    except (OSError, TypeError, SyntaxError):
        return
