"""Read a lecture's source, a MyST Markdown notebook, and find its faults before it runs."""

from __future__ import annotations

import ast
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.validator import NotebookValidationError

from course_utils.authoring import layout
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.folding import fold
from course_utils.authoring.lecture import Lecture


@dataclass(frozen=True)
class Source:
    """A notebook that a source describes, complete or blank, and where its lines come from.

    Attributes
    ----------
    name
        The source, such as ``solutions/01-normalization.md``.
    notebook
        Its cells, without outputs.
    lines
        By the id of a cell, the line of the source in which each line of the cell stands.
    """

    name: str
    notebook: NotebookNode
    lines: Mapping[str, Sequence[int]]

    def at(self, cell: NotebookNode, line: int = 1) -> str:
        """Return file and line of the given line of a cell, in the form that editors open."""
        known = self.lines[cell.id]
        return f"{self.name}:{known[min(line, len(known)) - 1]}"


def read(lecture: Lecture) -> NotebookNode:
    """Return the complete notebook that the source describes: no outputs, deterministic cell ids.

    Raises
    ------
    AuthoringError
        As `load` does.
    """
    return load(lecture).notebook


def load(lecture: Lecture) -> Source:
    """Return what the source describes.

    Raises
    ------
    AuthoringError
        If the source is not a MyST Markdown notebook of the course's form, or a code cell is not
        Python.
    """
    name = f"solutions/{lecture.source.name}"
    text = _text(name, lecture.source)
    layout.check_fences(name, text)
    layout.check_options(name, text)
    notebook = _parse(name, text)
    layout.check_header(name, text, notebook)
    notebook.metadata = NotebookNode(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    source = Source(name, notebook, _lines(text, notebook))
    _check_cells(source, lecture.number)
    fold(notebook)
    return source


_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # Without the Python version, which would differ from machine to machine.
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",  # as kernels say; jupytext writes it behind {code-cell}
    },
}


@functools.lru_cache(4096)
def without_magics(text: str) -> str:
    """Return the Python that IPython makes of a cell's text; each is asked for several times."""
    made: str = TransformerManager().transform_cell(text)
    return made


def parse_cell(text: str, source: Source, cell: NotebookNode) -> ast.Module:
    """Return the syntax tree of a cell's text, in which IPython's magics are allowed.

    Raises
    ------
    AuthoringError
        If the text is not Python.
    """
    try:
        return ast.parse(without_magics(text))
    except SyntaxError as error:
        line = (error.text or "").strip()
        where = source.at(cell, error.lineno or 1)
        raise AuthoringError(f"{where}: not Python ({error.msg}): {line}") from None


_NO_TEXT = re.compile(r"[^\t\n -~\xa0-\u2027\u202a-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses without a line, and what only some programs take for the end of a line."""


def _text(name: str, path: Path) -> str:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise AuthoringError(f"{name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AuthoringError(f"{name}:{line}: this is not UTF-8; save the file as such.") from None
    if found := _NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise AuthoringError(
            f"{name}:{line}: here is a control character, U+{ord(found[0]):04X}; take it away."
        )
    return text


def _parse(name: str, text: str) -> NotebookNode:
    try:
        return jupytext.reads(text, fmt="md:myst")
    except NotebookValidationError as error:
        key = str(error.path[-1]) if error.path else "---"
        lines = enumerate(text.splitlines(), start=1)
        line = next((number for number, one in lines if one.strip().startswith(key)), 1)
        reason = error.message.splitlines()[0]
        raise AuthoringError(
            f"{name}:{line}: {key!r} is not as a notebook has it: {reason}."
        ) from None
    except Exception as error:
        mark = getattr(error, "problem_mark", None)  # of YAML; faults in cells are wrapped
        if mark is not None:
            raise AuthoringError(
                f"{name}:{mark.line + 1}: the header between the --- lines is not YAML."
            ) from None
        reason = " ".join(str(error).split())
        cell = re.search(r"cell \d+ at line (\d+)", reason)
        if cell:
            raise AuthoringError(f"{name}:{cell[1]}: the cell cannot be read: {reason}") from None
        raise AuthoringError(f"{name} is not a MyST Markdown notebook: {reason}") from None


def _lines(text: str, notebook: NotebookNode) -> dict[str, list[int]]:
    """Find each cell's text in the source, one after the other."""
    lines = text.splitlines()
    found: dict[str, list[int]] = {}
    cursor = 0
    for cell in notebook.cells:
        own = cell.source.splitlines()
        begins = (
            place
            for place in range(cursor, len(lines) - len(own) + 1)
            if lines[place : place + len(own)] == own
        )
        first = next(begins, cursor)
        cursor = first + len(own)
        found[cell.id] = list(range(first + 1, cursor + 1)) or [first + 1]
    return found


def _check_cells(source: Source, number: str) -> None:
    cells = source.notebook.cells
    if not any(cell.cell_type == "code" for cell in cells):
        raise AuthoringError(
            f"{source.name} has no code cell: cells begin with ```{{code-cell}}, and the file with"
            " the header that `course new-lecture` writes."
        )
    layout.check_title(source, number)
    for cell in cells:
        layout.check_tags(source, cell)
        if cell.cell_type == "code":
            parse_cell(cell.source, source, cell)


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id made from its text, so that an edit changes no other cell's id."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
