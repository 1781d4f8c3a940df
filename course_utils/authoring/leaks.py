"""Make sure that no answer is left in what students get."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.markers import blocks, code_of
from course_utils.authoring.source import Source

_SHORTEST = 8  # characters; `x = 1` or `return x` gives nothing away


def answers(source: Source) -> list[str]:
    """Return the telling lines of all answers of a complete source, without comments and spaces."""
    lines: set[str] = set()
    for cell in source.notebook.cells:
        if cell.cell_type != "code":
            continue
        if "solution" in cell.metadata.get("tags", []):
            lines.update(statements(cell.source.splitlines()))
        for block in blocks(source, cell):
            shown = set(statements(block.stub or []))  # the stub is there to be seen
            lines.update(line for line in statements(block.answer) if line not in shown)
    return sorted(line for line in lines if len(line) >= _SHORTEST)


def statements(lines: list[str]) -> list[str]:
    """Return the lines that hold code, without comments and spaces."""
    return [squeezed for line in lines if (squeezed := _squeeze(code_of(line)))]


def check_leaks(source: Source, notebook: NotebookNode, lines: list[str]) -> None:
    """Raise `AuthoringError` if a line of an answer is anywhere in a student's notebook.

    Everything that is text is searched: sources, outputs of every type, metadata, attachments,
    and across the ends of lines.

    Parameters
    ----------
    source
        The blank source, which knows the places.
    notebook
        The student's notebook, with outputs or without.
    lines
        From `answers`.
    """
    for cell in notebook.cells:
        place = source.at(cell) if cell.id in source.lines else source.name
        for key, text in _texts(cell):
            _search(f"{place}: the {key} of this cell", text, lines)
    for key, text in _texts({k: v for k, v in notebook.items() if k != "cells"}):
        _search(f"{source.name}: the notebook's {key}", text, lines)


def _search(what: str, text: str, lines: list[str]) -> None:
    visible = _squeeze(text)
    forms = {visible, unescape(visible)}  # as HTML writes it
    for line in lines:
        if any(line in form for form in forms):
            raise AuthoringError(
                f"{what} in the student's notebook would show a line of an answer: {line}"
            )


def _texts(node: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below a node of a notebook, with the name of the part that it is in."""
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, dict):
        for name, below in node.items():
            yield from _texts(name, key)
            yield from _texts(below, key or name)
    elif isinstance(node, list):
        if node and all(isinstance(line, str) for line in node):
            yield key, "".join(node)  # a text in lines, as stored
            return
        for below in node:
            yield from _texts(below, key)


def _squeeze(text: str) -> str:
    return "".join(text.replace("\\\n", "").split())
