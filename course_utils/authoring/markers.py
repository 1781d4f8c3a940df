"""The markers of nbgrader around an answer, and whatever looks like one but is none."""

from __future__ import annotations

import io
import re
import textwrap
import tokenize
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.source import Source

BEGIN, STUB, END = "### BEGIN SOLUTION", "### STUB", "### END SOLUTION"
_ALIKE = ("beginsolution", "startsolution", "endsolution", "solutionbegin", "solutionend", "stub")
_LABEL = re.compile(
    "((a|here|is|the|this|my|our|your|one|full|model|sample|reference|possible|right|hidden) )*"
    "(solution|answer|losung|loesung|musterlosung|musterloesung)s?( (here|below|no prompt))?"
)  # of an answer, in English or German
_NEAR = 0.8  # of the letters that two words have in common
_STRING = re.compile(r"""[a-z]{0,2}("{3}|'{3}|"|')(.*)\1""", re.IGNORECASE)


@dataclass
class Block:
    """An answer in a cell.

    Attributes
    ----------
    first, last
        Indices of the lines of its markers.
    indent
        What stands before its markers.
    answer
        The lines of the answer.
    stub
        The stub that the author wrote, without the comment signs; None if there is none.
    """

    first: int
    last: int
    indent: str
    answer: list[str]
    stub: list[str] | None


def blocks(source: Source, cell: NotebookNode) -> list[Block]:
    """Return the answers in a code cell, in order.

    Raises
    ------
    AuthoringError
        If markers do not pair, nothing is between them, or a stub is not written as comments.
    """
    found: list[Block] = []
    begin: int | None = None
    middle: int | None = None
    lines = cell.source.splitlines()
    for index, line in enumerate(lines):
        mark = line.strip()
        if mark not in (BEGIN, STUB, END):
            continue
        opens = mark == BEGIN
        if opens != (begin is None) or (mark == STUB and middle is not None):
            raise AuthoringError(f"{source.at(cell, index + 1)}: {mark} has no partner.")
        if opens:
            begin, middle = index, None
        elif mark == STUB:
            middle = index
        elif begin is not None:
            found.append(_block(lines, begin, middle, index))
            _check(found[-1], source, cell)
            begin = None
    if begin is not None:
        raise AuthoringError(
            f"{source.at(cell, begin + 1)}: the answer that begins here never ends."
        )
    return found


def check_markers(source: Source) -> None:
    """Refuse what looks like a marker and is none: the answer beneath it would be shown.

    Raises
    ------
    AuthoringError
        With the place of the first such line.
    """
    for cell in source.notebook.cells:
        code = cell.cell_type == "code"
        lines = enumerate(cell.source.splitlines(), start=1)
        suspects = [*_comments(cell.source), *_bare_strings(cell.source)] if code else lines
        for number, text in suspects:
            if (_suspicious if code else _alike)(text):
                raise AuthoringError(
                    f"{source.at(cell, number)}: {text.strip()} looks like a marker and is none;"
                    f" the markers are {BEGIN}, {STUB} and {END}, each on a line of its own in a"
                    " code cell."
                )


def code_of(line: str) -> str:
    """Return a line without its comment."""
    return line.split("#")[0].strip()


def _block(lines: list[str], begin: int, middle: int | None, end: int) -> Block:
    indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
    stub = None if middle is None else lines[middle + 1 : end]
    return Block(begin, end, indent, lines[begin + 1 : middle or end], stub)


def _check(block: Block, source: Source, cell: NotebookNode) -> None:
    """Refuse an empty answer, and uncomment the stub."""
    if not any(code_of(line) not in ("", "...", "pass") for line in block.answer):
        raise AuthoringError(
            f"{source.at(cell, block.first + 1)}: between the markers is no answer; write it there,"
            " or take the markers away."
        )
    if block.stub is None:
        return
    shown = textwrap.dedent("\n".join(block.stub)).splitlines()
    for index, line in enumerate(shown):
        if line and not line.startswith("#"):
            number = block.last - len(shown) + index + 1
            raise AuthoringError(
                f"{source.at(cell, number)}: a stub is written as comments, so that the lecture"
                f" itself does not run it: `# {line}`"
            )
    block.stub = [line.removeprefix("#").removeprefix(" ") for line in shown]


def _comments(text: str) -> list[tuple[int, str]]:
    """Return the comments of a cell that are no markers, with the numbers of their lines."""
    lines = text.splitlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        found = [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):  # magics of IPython
        cut = [(number, line.partition("#")) for number, line in enumerate(lines, start=1)]
        found = [(number, mark + rest) for number, (_, mark, rest) in cut if mark]
    return [(n, c) for n, c in found if lines[n - 1].strip() not in (BEGIN, STUB, END)]


def _bare_strings(text: str) -> list[tuple[int, str]]:
    """Return texts of one line that stand alone like comments, with the numbers of their lines."""
    lines = enumerate(text.splitlines(), start=1)
    found = [(number, _STRING.fullmatch(line.strip())) for number, line in lines]
    return [(number, string[2]) for number, string in found if string]


def _suspicious(comment: str) -> bool:
    """Tell whether a comment is kept for markers (``###``) or reads like one."""
    words = _words(comment)
    told = {_nearest(word) for word in words}
    answer = told & {"solution", "answer"} or {"hidden", "tests"} <= told
    return (
        comment.startswith("###")
        or _alike(comment)
        or bool(_LABEL.fullmatch(" ".join(words)))
        or (len(words) <= 4 and bool(answer) and bool(told & {"begin", "start", "end"}))
    )


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return re.findall("[a-z]+", "".join(c for c in letters if not unicodedata.combining(c)))


def _alike(line: str) -> bool:
    letters = re.sub("[^a-z]", "", line.lower())
    return any(_near(letters, other) for other in _ALIKE)


def _nearest(word: str) -> str:
    known = ("solution", "answer", "begin", "start", "end")
    return next((other for other in known if _near(word, other)), word)


def _near(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _NEAR
