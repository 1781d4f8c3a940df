"""Read a lecture's source, a MyST Markdown notebook, and find its faults before it runs."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jupytext
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.runtime import REPOSITORY

_NAME = re.compile(r"(\d\d)-([a-z][a-z0-9-]*)")
_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")


@dataclass(frozen=True)
class Lecture:
    """One lecture's files.

    Attributes
    ----------
    root
        The course's folder.
    stem
        Number and name, such as ``01-normalization``.
    """

    root: Path
    stem: str

    @property
    def room(self) -> str:
        """The name of the lecture's room in ``course_utils/lessons``."""
        return self.stem[3:].replace("-", "_")

    @property
    def source(self) -> Path:
        """The only file that people edit."""
        return self.root / "solutions" / f"{self.stem}.md"

    @property
    def solution(self) -> Path:
        """The built notebook with answers."""
        return self.root / "solutions" / f"{self.stem}.ipynb"

    @property
    def student(self) -> Path:
        """The built notebook with blank exercises."""
        return self.root / "notebooks" / f"{self.stem}.ipynb"


def find_lectures(names: list[str] | None = None, root: Path = REPOSITORY) -> list[Lecture]:
    """Return the named lectures, or all, in the order of their numbers.

    A lecture may be named by its stem (``01-normalization``), its number or its name alone.

    Raises
    ------
    AuthoringError
        If a name fits no lecture.
    """
    stems = sorted(path.stem for path in (root / "solutions").glob("*.md"))
    lectures = [Lecture(root, stem) for stem in stems if _NAME.fullmatch(stem)]
    if not names:
        return lectures
    chosen = []
    for name in names:
        asked = Path(name).stem
        fitting = [
            one for one in lectures if asked in (one.stem, one.stem[:2], one.stem[3:], one.room)
        ]
        if not fitting:
            known = ", ".join(one.stem for one in lectures) or "none yet"
            raise AuthoringError(f"There is no lecture {name!r}. The lectures are: {known}.")
        chosen += fitting
    return chosen


def read(lecture: Lecture) -> NotebookNode:
    """Return the complete notebook that the source describes: no outputs, deterministic cell ids.

    Raises
    ------
    AuthoringError
        If the source is not a MyST Markdown notebook, or a code cell is not Python.
    """
    try:
        text = lecture.source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoringError(f"{lecture.source.name} cannot be read: {error}.") from None
    _check_fences(lecture.source.name, text)
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except Exception as error:
        mark = getattr(error, "problem_mark", None)  # of YAML; faults in cells are wrapped
        if mark is not None:
            raise AuthoringError(
                f"{lecture.source.name}, line {mark.line + 1}: the header between the --- lines is"
                " not YAML."
            ) from None
        reason = " ".join(str(error).split())
        raise AuthoringError(
            f"{lecture.source.name} is not a MyST Markdown notebook: {reason}"
        ) from None
    if not any(cell.cell_type == "code" for cell in notebook.cells):
        raise AuthoringError(
            f"{lecture.source.name} has no code cell: cells begin with ```{{code-cell}}, and the"
            " file with the header that `course new-lecture` writes."
        )
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            parse_cell(cell.source, f"{lecture.source.name}, cell {number}")
    notebook.metadata = NotebookNode(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(notebook)
    return notebook


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


def parse_cell(source: str, where: str) -> ast.Module:
    """Return the syntax tree of a cell, in which IPython's magics are allowed.

    Raises
    ------
    AuthoringError
        If the cell is not Python.
    """
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise AuthoringError(
            f"{where}: line {error.lineno} is not Python ({error.msg}): {line}"
        ) from None


def _check_fences(name: str, text: str) -> None:
    """Refuse a fence that is never closed: it would silently swallow the rest of the lecture."""
    opened: tuple[int, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _FENCE.match(line)
        if not fence:
            continue
        marks, rest = fence[1], fence[2].strip()
        if opened is None:
            opened = (number, marks)
        elif not rest and marks.startswith(opened[1]):
            opened = None
        elif rest.startswith("{code-cell}"):
            break
    if opened is not None:
        raise AuthoringError(
            f"{name}: the block opened in line {opened[0]} is never closed; end it with {opened[1]}"
        )


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id made from its text, so that an edit changes no other cell's id."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
