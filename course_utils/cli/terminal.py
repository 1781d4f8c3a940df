"""Print on every terminal: signs that its encoding lacks are replaced, and no report is lost.

What is typed there is read as UTF-8 also where its encoding lacks a sign of it. A reader that wants
no more, such as ``head``, does not change what a command does and how it ends; a full disk ends it,
with one sentence.
"""

import codecs
import errno
import io
import json
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

_REPLACE = "course.replace"
_LEAST = {"COLUMNS": 20, "TERMINAL_WIDTH": 20, "LINES": 1}
"""Sizes that the environment may give, and the smallest with which anything can be read."""

_PLAIN = {
    "✓": "ok",
    "✗": "x",
    "⚠": "!",
    "⏱": "!",
    "○": "o",
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "·": "*",
    "…": "...",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "√": "sqrt ",
    "∇": "grad ",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
}


def _plain(sign: str) -> str:
    """Return a sign in ASCII: by its look, its name or its letter without accents."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    name = unicodedata.name(sign, "")
    if name.startswith("GREEK ") and "LETTER" in name and " WITH " not in name:
        return name.split()[-1].lower()
    if name.startswith("BOX DRAWINGS"):
        return "-" if "HORIZONTAL" in name and "VERTICAL" not in name else "|"
    letters = unicodedata.normalize("NFKD", sign).replace("⁄", "/")
    return letters.encode("ascii", "ignore").decode() or "?"


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, typed(error.object[error.start : error.end]))), error.end


def typed(text: str) -> str:
    """Return what was typed: bytes that the terminal's encoding lacks are most likely UTF-8."""
    return re.sub("[\udc80-\udcff]+", lambda run: _utf_8(run[0]), text)


def _utf_8(escaped: str) -> str:
    return escaped.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


def as_path(text: str | Path) -> Path:
    """Return a path that was `typed` as the system's calls take it: by its bytes, if need be."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return Path(os.fsdecode(str(text).encode("utf-8", "surrogateescape")))
    return Path(text)


def forget_impossible_sizes() -> None:
    """Let terminals of no width say their size themselves: nothing would be printed there."""
    for name, least in _LEAST.items():
        given = os.environ.get(name, "")
        if not (re.fullmatch("[0-9]{1,4}", given) and int(given) >= least):
            os.environ.pop(name, None)


class LostOutputError(Exception):
    """What is printed cannot be written; the message is the system's reason."""


class _Outlet(io.FileIO):
    """A file or pipe to print to, which may be closed at its other end."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._lost = False

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        if self._lost:
            return size
        try:
            return super().write(data) or 0
        except OSError as error:
            self._lost = True
            if error.errno in (errno.EPIPE, errno.EINVAL):  # the latter on Windows
                return size
            raise LostOutputError(error.strerror) from None


def print_anywhere() -> None:
    """Let both standard streams replace what they cannot encode, and outlive their readers."""
    codecs.register_error(_REPLACE, _replaced)
    sys.stdout, sys.stderr = map(_enduring, (sys.stdout, sys.stderr))


def _enduring(stream: Any) -> Any:
    if not isinstance(stream, io.TextIOWrapper):  # there may be none, or a test's own
        return stream
    stream.reconfigure(errors=_REPLACE)
    try:
        descriptor = stream.fileno()
        if os.isatty(descriptor):
            return stream
    except OSError:
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Outlet(descriptor)),
        encoding=stream.encoding,
        errors=_REPLACE,
        line_buffering=stream.line_buffering,
    )


def print_json(value: Any) -> None:
    """Print plain values as JSON, in ASCII where the terminal's encoding has not all its signs."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    print(text)
