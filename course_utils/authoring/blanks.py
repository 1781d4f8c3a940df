"""Turn answers into stubs.

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

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.folding import withhold
from course_utils.authoring.leaks import answers, check_leaks, statements
from course_utils.authoring.markers import Block, blocks, check_markers
from course_utils.authoring.source import Source, parse_cell


def blank(source: Source) -> Source:
    """Return the source with a stub in place of every answer.

    Raises
    ------
    AuthoringError
        If markers do not pair or are misspelt, a stub does not fit its answer, or an answer is
        visible elsewhere.
    """
    check_markers(source)
    notebook = copy.deepcopy(source.notebook)
    lines = {id_: list(numbers) for id_, numbers in source.lines.items()}
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            later = [c.source for c in notebook.cells[number:] if c.cell_type == "code"]
            _blank_cell(source, cell, later, lines)
    notebook.cells = [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]
    withhold(notebook)
    result = Source(source.name, notebook, lines)
    check_leaks(result, notebook, answers(source))
    return result


def _blank_cell(
    source: Source, cell: NotebookNode, later: list[str], lines: dict[str, list[int]]
) -> None:
    """Put the stubs into a cell, and note from which lines of the source they come."""
    text, places = cell.source.splitlines(), lines[cell.id]
    for block in reversed(blocks(source, cell)):
        where = source.at(cell, block.first + 1)
        needed = _needed_names(block, text[block.last + 1 :], later)
        stub = _default_stub(block, needed, where) if block.stub is None else block.stub
        _check_stub(block, stub, needed, where)
        text[block.first : block.last + 1] = [f"{block.indent}{line}".rstrip() for line in stub]
        places[block.first : block.last + 1] = [places[block.first]] * len(stub)
    cell.source = "\n".join(text)
    parse_cell(cell.source, Source(source.name, source.notebook, lines), cell)


def _needed_names(block: Block, after: list[str], later: list[str]) -> list[str]:
    """Names that the answer binds and that code outside of it reads, in the order of binding."""
    bound = _bound_names(block.answer)
    readers = [textwrap.dedent("\n".join(after))]
    if not block.indent:
        readers += later
    read: set[str] = set()
    for text in readers:
        read |= _read_names(text)
    return [name for name in bound if name in read]


def _default_stub(block: Block, needed: list[str], where: str) -> list[str]:
    tree = ast.parse(textwrap.dedent("\n".join(block.answer)))
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body):
        raise AuthoringError(
            f"{where}: the answer holds a whole `def` or `class`; put the markers inside its body,"
            " so that students keep the signature, or write the stub after ### STUB."
        )
    return ["# Your code here.", *([f"{name} = ..." for name in needed] or ["..."])]


def _check_stub(block: Block, stub: list[str], needed: list[str], where: str) -> None:
    missing = [name for name in needed if name not in _bound_names(stub)]
    if missing:
        raise AuthoringError(
            f"{where}: the stub no longer fits its answer: it does not define"
            f" {', '.join(missing)}, which later code reads."
        )
    if not set(statements(stub)) - set(statements(block.answer)):
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
