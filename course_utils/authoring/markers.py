"""The markers of nbgrader around an answer, and whatever looks like one but is none."""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.source import Source, without_magics

BEGIN, STUB, END = "### BEGIN SOLUTION", "### STUB", "### END SOLUTION"
_ALIKE = ("beginsolution", "startsolution", "endsolution", "solutionbegin", "solutionend", "stub")
_ANSWER = re.compile(
    "(solution|answer)s?|soln?s?|(muster|beispiel)?lo?e?sung(en|s(vorschlag|skizze|weg))?"
)  # in English or German, umlauts as one likes
_BOUNDS = {"begin", "start", "end", "stop", "begins", "starts", "ends", "anfang", "beginn", "ende"}
_BESIDE = re.compile(
    "an?|the|this|here|is|for|only|below|above|my|our|your|one|full|model|samples?|examples?"
    "|reference|possible|suggested|proposed|official|right|correct|hidden|private|instructors?"
    "|teachers?|staff|tutors?|students?|nbgrader|(end)?region|tags?|key|stub|code|cell|block|part"
    "|exercise|task|question|problem|todo|note|remove|delete|hide|do|not|show|true|no prompt"
    "|der|die|zur|zu|aufgabe|hier"
)
"""What stands beside the word for an answer where a comment says no more than that here is one."""
_LABEL = re.compile(rf"\W*({_ANSWER.pattern})\s*\d*\s*:")
"""At the beginning of a comment: what follows is an answer, in words or as code."""
_KEPT_BACK = re.compile("hide|secret|private|(instructor|lecturer|teacher|tutor)s?|staff|hidden")
"""Who may see it, or that not everybody may."""
_PLACEHOLDER = re.compile(
    "(BEGIN |START |END )?(OF )?YOUR CODE( STARTS| ENDS)?( HERE)?|(BEGIN|START|END) CODE HERE"
)
"""In capitals, as nbgrader and others write it where they took an answer away."""
_NEAR = 0.8  # of the letters that two words have in common


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
    """Return the lines of texts that stand alone like comments, with the numbers of their lines."""
    body = re.sub("^%%.*", "#", text)  # what a magic takes as a whole is still a cell to its reader
    try:
        tree = ast.parse(without_magics(body))
    except SyntaxError:  # another language's
        return []
    return [
        (min(node.lineno + index, node.end_lineno or node.lineno), line)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        for index, line in enumerate(_constant(node.value).splitlines())
    ]


def _constant(value: ast.expr) -> str:
    """Return what is written in a text, also in one with fields to fill in; empty if it is none."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    held = (part.value for part in parts if isinstance(part, ast.Constant))
    return "".join(text for text in held if isinstance(text, str))


def _suspicious(comment: str) -> bool:
    """Tell whether a comment is kept for markers (``###``) or reads like one.

    It does if it says nothing but that here an answer is, begins or ends. One that says anything
    about it, as "the solution of the linear system", is an ordinary comment, unless it is as short
    as a marker and also says where the answer begins.
    """
    words = [_nearest(word) for word in _words(comment)]
    told = set(words)
    answer = {word for word in told if _ANSWER.fullmatch(word)}
    return (
        comment.startswith("###")
        or _alike(comment)
        or (bool(answer) and all(map(_BESIDE.fullmatch, told - answer - _BOUNDS)))
        or (len(words) <= 4 and bool(answer) and bool(told & _BOUNDS))
        or bool(_LABEL.match(_plain(comment)))
        or (len(words) <= 4 and _keeps_back(comment, told))
        or bool(_PLACEHOLDER.fullmatch(" ".join(re.findall("[A-Za-z]+", comment))))
    )


def _keeps_back(comment: str, told: set[str]) -> bool:
    """Tell whether a comment says no more than that this is not for students.

    A hidden layer is called hidden as well, so "hidden" alone must be in capitals.
    """
    kept = {word for word in told if _KEPT_BACK.fullmatch(word)}
    rest = told - kept - _BOUNDS
    if kept == {"hidden"}:
        return (comment.isupper() and not rest) or (rest <= {"tests"} and bool(told & _BOUNDS))
    if "students" in rest:
        return bool(rest & {"not", "remove", "delete"}) and all(map(_BESIDE.fullmatch, rest))
    return bool(kept) and all(map(_BESIDE.fullmatch, rest))


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in letters if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    return re.findall("no prompt|[a-z]+", _plain(text))


def _alike(line: str) -> bool:
    letters = re.sub("[^a-z]", "", line.lower())
    return any(_near(letters, other) for other in _ALIKE)


def _nearest(word: str) -> str:
    """Return the word that is meant; another first letter makes another: "resolution"."""
    known = ("solution", "answer", "begin", "start", "end")
    meant = (other for other in known if word[0] == other[0] and _near(word, other))
    return next(meant, word)


def _near(one: str, other: str) -> bool:
    match = SequenceMatcher(None, one, other)
    bounds = (match.real_quick_ratio, match.quick_ratio, match.ratio)  # each below the one before
    return all(ratio() >= _NEAR for ratio in bounds)
