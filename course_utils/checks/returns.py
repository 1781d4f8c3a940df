"""Where a function returns, as its code says."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

RETURN_IN_LOOP = "the `return` stands inside the loop, which therefore ends in its first round"


def returns_in_loop(answer: Any) -> bool:
    """Tell whether a loop in a function's code ends in its first round, by a `return`."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    except (OSError, TypeError, SyntaxError):
        return False
    loops = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.While)
        and not any(isinstance(inner, ast.Continue) for inner in ast.walk(node))
    ]
    return any(isinstance(line, ast.Return) for loop in loops for line in loop.body)
