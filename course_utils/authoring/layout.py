"""The form of a source that jupytext does not insist on: header, fences, title, tags.

Each fault here would otherwise build without a word into something that the author did not mean.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError

if TYPE_CHECKING:
    from course_utils.authoring.source import Source

UNCOMPARED = "nbval-ignore-output"
TAGS = {
    "solution": "left out of the student's notebook",
    UNCOMPARED: "its output differs from run to run or machine to machine",
    "hide-input": "its code sets something up or draws, and is shown folded",
    "reveal": "its output answers a prediction; students see it when they run the cell",
    "machine": "its output is about the computer or who works there, and is not stored",
    "raises-exception": "it raises on purpose, and the lecture shows the error",
}
"""The tags that a cell may have, and what each says of the cell."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_CELL = re.compile(r"```+\{code-cell\}(\s+ipython3)?\s*")
_CELL_MEANT = re.compile(r"[\s>*+-]*[`~']{2,}\s*[{(<\[]?\s*code[-_ ]?cel", re.IGNORECASE)
_TAGS_MEANT = re.compile(r"\W{0,3}tags?\W{0,2}[:=]", re.IGNORECASE)
_TAG = r"""["']?[a-zA-Z][\w-]*["']?"""
_TAGS = re.compile(rf":tags: *\[({_TAG}(, *{_TAG})*)?\] *")
_BREAK = re.compile(r"\+\+\+\s*(\{.*)")
_KERNEL = "python3"


def check_fences(name: str, text: str) -> None:
    """Refuse blocks that are never closed, and directives other than code cells."""
    opened: tuple[int, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _FENCE.match(line)
        directive = fence and fence[2].strip().startswith("{")
        if opened is None and (directive or _CELL_MEANT.match(line)) and not _CELL.fullmatch(line):
            raise AuthoringError(
                f"{name}:{number}: {line.strip()} begins no cell, and JupyterLab would show it as"
                " plain text; cells begin with ```{code-cell} ipython3, and that at the margin."
            )
        if not fence:
            continue
        marks, rest = fence[1], fence[2].strip()
        if opened is None:
            opened = (number, marks)
        elif not rest and marks.startswith(opened[1]):
            opened = None
        elif rest.startswith("{code-cell}"):
            break  # a cell inside a block: what is around it was not closed
    if opened is not None:
        raise AuthoringError(
            f"{name}:{opened[0]}: the block that begins here is never closed; end it with"
            f" {opened[1]}"
        )


def check_options(name: str, text: str) -> None:
    """Refuse tags in another form than theirs: as code or a broken list they would tag nothing."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        between = _BREAK.fullmatch(line)
        if between and not _has_tags(between[1]):
            raise AuthoringError(
                f'{name}:{number}: tags of a text are written `+++ {{"tags": ["solution"]}}`, not'
                f" `{line.strip()}`."
            )
        if not _CELL.fullmatch(line):
            continue
        first = next((n for n in range(number, len(lines)) if lines[n].strip()), number)
        meant = _TAGS_MEANT.match(lines[first])
        if meant and not (first == number and _TAGS.fullmatch(lines[first])):
            raise AuthoringError(
                f"{name}:{first + 1}: a cell's tags are written `:tags: [solution]`, directly below"
                f" its first line, not `{lines[first].strip()}`."
            )


def check_header(name: str, text: str, notebook: NotebookNode) -> None:
    """Refuse a source for another kernel than the course's."""
    asked = notebook.metadata.get("kernelspec", {})
    for key, wanted in (("name", _KERNEL), ("language", "python")):
        given = asked.get(key, wanted)
        if given != wanted:
            pattern = re.compile(rf"\s+{key}: *['\"]?{re.escape(given)}\b")
            lines = enumerate(text.splitlines(), start=1)
            line = next((number for number, line in lines if pattern.match(line)), 1)
            raise AuthoringError(
                f"{name}:{line}: the kernel's {key} is {given!r}; the course's lectures run on"
                f" {wanted!r}."
            )


def check_title(source: Source, number: str) -> None:
    """Refuse a source whose first line is not a title with the file's number."""
    first = source.notebook.cells[0]
    title = first.source.splitlines()[0] if first.source else ""
    if first.cell_type != "markdown" or not re.match(rf"# {number} \S", title):
        raise AuthoringError(
            f"{source.at(first)}: a lecture begins with its title, and the title with the number"
            f" of the file: `# {number} …`, not `{title}`."
        )


def check_tags(source: Source, cell: NotebookNode) -> None:
    """Refuse tags that mean nothing here: a misspelt `solution` would show the answer."""
    for tag in cell.metadata.get("tags", []):
        if tag not in TAGS:
            near = get_close_matches(str(tag).lower(), TAGS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known tags are {', '.join(TAGS)}."
            raise AuthoringError(f"{source.at(cell)}: unknown tag {tag!r}; {hint}")
    tags = cell.metadata.get("tags", [])
    if "machine" in tags and UNCOMPARED not in tags:  # JupyterLab saves the tags as they are
        raise AuthoringError(
            f"{source.at(cell)}: what is about the machine is not compared; write the tags"
            f" [machine, {UNCOMPARED}]."
        )
    others = sorted(set(cell.metadata) - {"tags"})
    if others:
        raise AuthoringError(
            f"{source.at(cell)}: a cell's metadata are its tags alone; take {others[0]!r} away."
        )


def _has_tags(text: str) -> bool:
    """Tell whether a text is a JSON object whose tags, if it has any, are a list of words."""
    try:
        tags = json.loads(text).get("tags", [])
    except ValueError:
        return False
    return isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)
