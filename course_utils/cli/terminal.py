"""Print on every terminal: signs that its encoding lacks are replaced, and no report is lost."""

import codecs
import io
import json
import sys
import unicodedata
from typing import Any

_REPLACE = "course.replace"

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
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def print_anywhere() -> None:
    """Make both standard streams replace what they cannot encode, instead of raising."""
    codecs.register_error(_REPLACE, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # there may be none
            stream.reconfigure(errors=_REPLACE)


def print_json(value: Any) -> None:
    """Print plain values as JSON, in ASCII where the terminal's encoding has not all its signs."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    print(text)
