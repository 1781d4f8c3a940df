"""Turn answers into stubs, and make sure that no answer is left in what students get.

An answer stands between two markers of nbgrader. It becomes ``...``, or ``name = ...`` for each
name that is needed after it; where that says too little, the author writes the stub, as comments::

    ### BEGIN SOLUTION
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    ### STUB
    # table = np.array([[..., ...], [..., ...]])
    ### END SOLUTION

A cell tagged ``solution`` is left out as a whole.
"""

from __future__ import annotations

import ast
import copy
import io
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.source import parse_cell

BEGIN, STUB, END = "### BEGIN SOLUTION", "### STUB", "### END SOLUTION"
_SHORTEST_LEAK = 8  # characters; `x = 1` or `return x` gives nothing away


@dataclass
class _Block:
    first: int  # line index of BEGIN
    last: int  # line index of END
    indent: str
    answer: list[str]
    stub: list[str] | None


def blank_notebook(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return a copy of a complete notebook in which every answer is a stub.

    Raises
    ------
    AuthoringError
        If markers do not pair, a stub does not fit its answer, or an answer is visible elsewhere.
    """
    result = copy.deepcopy(notebook)
    result.cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        if "solution" in cell.metadata.get("tags", []):
            continue
        cell = copy.deepcopy(cell)
        if cell.cell_type == "code":
            later = [c.source for c in notebook.cells[number:] if c.cell_type == "code"]
            cell.source = _blank_cell(cell.source, later, f"{name}, cell {number}")
        result.cells.append(cell)
    check_leaks(result, answers(notebook, name), name)
    return result


def answers(notebook: NotebookNode, name: str) -> list[str]:
    """Return the telling lines of all answers, with comments and spaces removed."""
    lines: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        if "solution" in cell.metadata.get("tags", []):
            lines.update(_statements(cell.source.splitlines()))
        for block in _blocks(cell.source, f"{name}, cell {number}"):
            shown = set(_statements(block.stub or []))  # the stub is there to be seen
            lines.update(line for line in _statements(block.answer) if line not in shown)
    return sorted(line for line in lines if len(line) >= _SHORTEST_LEAK)


def check_leaks(notebook: NotebookNode, lines: list[str], name: str) -> None:
    """Raise `AuthoringError` if a line of an answer is in a cell or in a stored output."""
    for number, cell in enumerate(notebook.cells, start=1):
        places = {"text": cell.source.splitlines()}
        places["output"] = "\n".join(_texts(cell.get("outputs", []))).splitlines()
        for place, text in places.items():
            visible = [_squeeze(line) for line in text]
            for answer in lines:
                if any(answer in line for line in visible):
                    raise AuthoringError(
                        f"{name}, cell {number} of the student's notebook: its {place} shows a line"
                        f" of an answer: {answer}"
                    )


def _blank_cell(source: str, later: list[str], where: str) -> str:
    lines = source.splitlines()
    for block in reversed(_blocks(source, where)):
        after = lines[block.last + 1 :]
        needed = _needed_names(block, after, later)
        stub = _default_stub(block, needed, where) if block.stub is None else block.stub
        _check_stub(block, stub, needed, where)
        lines[block.first : block.last + 1] = [f"{block.indent}{line}".rstrip() for line in stub]
    blanked = "\n".join(lines)
    parse_cell(blanked, f"{where} (blank)")
    return blanked


def _blocks(source: str, where: str) -> list[_Block]:
    blocks: list[_Block] = []
    begin: int | None = None
    middle: int | None = None
    lines = source.splitlines()
    for index, line in enumerate(lines):
        mark = line.strip()
        if mark not in (BEGIN, STUB, END):
            continue
        if (mark == BEGIN) != (begin is None):
            raise AuthoringError(f"{where}: line {index + 1}, {mark!r}, has no partner.")
        if mark == BEGIN:
            begin, middle = index, None
        elif mark == STUB:
            middle = index
        elif begin is not None:
            indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
            answer = lines[begin + 1 : middle or index]
            stub = None
            if middle is not None:
                commented = textwrap.dedent("\n".join(lines[middle + 1 : index])).splitlines()
                stub = [line.removeprefix("#").removeprefix(" ") for line in commented]
            blocks.append(_Block(begin, index, indent, answer, stub))
            begin = None
    if begin is not None:
        raise AuthoringError(f"{where}: the answer begun in line {begin + 1} never ends.")
    return blocks


def _needed_names(block: _Block, after: list[str], later: list[str]) -> list[str]:
    """Names that the answer binds and that code outside of it reads, in the order of binding."""
    bound = _bound_names(block.answer)
    readers = [textwrap.dedent("\n".join(after))]
    if not block.indent:
        readers += later
    read: set[str] = set()
    for text in readers:
        read |= _read_names(text)
    return [name for name in bound if name in read]


def _default_stub(block: _Block, needed: list[str], where: str) -> list[str]:
    tree = ast.parse(textwrap.dedent("\n".join(block.answer)))
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body):
        raise AuthoringError(
            f"{where}: the answer holds a whole `def` or `class`; put the markers inside its body,"
            " so that students keep the signature, or write the stub after ### STUB."
        )
    return ["# Your code here.", *([f"{name} = ..." for name in needed] or ["..."])]


def _check_stub(block: _Block, stub: list[str], needed: list[str], where: str) -> None:
    missing = [name for name in needed if name not in _bound_names(stub)]
    if missing:
        raise AuthoringError(
            f"{where}: the stub no longer fits its answer: it does not define"
            f" {', '.join(missing)}, which later code reads."
        )
    if not set(_statements(stub)) - set(_statements(block.answer)):
        raise AuthoringError(f"{where}: the stub is the answer itself, or empty.")


def _bound_names(lines: list[str]) -> list[str]:
    try:
        tree = ast.parse(textwrap.dedent("\n".join(lines)))
    except SyntaxError:
        return []
    names: list[str] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.append(statement.name)
            continue
        names += [
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
    return list(dict.fromkeys(names))


def _read_names(text: str) -> set[str]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return set(text.split())
    return {token.string for token in tokens if token.type == tokenize.NAME}


def _statements(lines: list[str]) -> list[str]:
    """Lines without comments and spaces; empty ones, docstring quotes and markers left out."""
    return [squeezed for line in lines if (squeezed := _squeeze(line.split("#")[0]))]


def _texts(outputs: list[NotebookNode]) -> Iterator[str]:
    for output in outputs:
        yield output.get("text", "")
        yield from (v for mime, v in output.get("data", {}).items() if mime.startswith("text/"))


def _squeeze(line: str) -> str:
    return "".join(line.split())
