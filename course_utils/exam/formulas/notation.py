"""A line of text becomes tokens; what cannot stand in a formula is refused with one sentence.

What is read beside Python's notation: ``^`` and superscript digits, ``·`` and ``×``, the minus
sign, ``⊙`` for the product element by element, ``.T``, ``^T`` and ``ᵀ``, Greek letters, accents,
Unicode subscripts, ``h_{t+1}`` and ``h[t+1]``, ``∂L/∂h_t`` (one name, if it is declared), ``Σ_t``;
LaTeX, by `pasted`.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from course_utils.exam.formulas.errors import FormulaTypedError, shown
from course_utils.exam.formulas.pasted import plain
from course_utils.exam.formulas.symbols import FUNCTIONS, Vocabulary, canonical, function
from course_utils.exam.formulas.unknown import ROOT
from course_utils.typography import SUPERSCRIPTS, lowered, without_marks

Kind = Literal[
    "number", "constant", "name", "function", "sum", "operator", "after", "open", "close", "comma"
]
"""``after`` follows what it belongs to: a transpose, a superscript."""

_LONGEST = 400  # characters of a formula
_LONGEST_NAME = 40
_MOST_TOKENS = 150
_SAME = (
    dict.fromkeys("−–—―‐‑‒﹣－", "-")
    | dict.fromkeys("＋﹢", "+")
    | dict.fromkeys("×∗✕＊﹡", "*")
    | dict.fromkeys("⋅∙•‧", "·")
    | dict.fromkeys("÷⁄∕／", "/")
    | {
        "∘": "⊙",
        "（": "(",
        "）": ")",
        "，": ",",
        "ˆ": "^",
        "⊤": "ᵀ",
        "⊺": "ᵀ",
        "Ʃ": "Σ",
        "∑": "Σ",
        "𝜕": "∂",
    }
)  # characters that look like, and mean, the one that the patterns below know
_LETTER = rf"(?:(?![ᵀΣ\d{SUPERSCRIPTS}])\w|∂)"
_IN_NAME = rf"(?:(?![ᵀΣ{SUPERSCRIPTS}])[\w\u0300-\u036f′'’₊₋]|∂)"
_STEP = r"(?:\ ?[+-]\ ?\w{1,3})?"
_PLACE = rf"\w{{1,12}}{_STEP}(?:,\ ?\w{{1,3}}{_STEP})?"
_NAME = rf"{_LETTER}{_IN_NAME}*(?:\{{{_PLACE}\}}|\[{_PLACE}\]|(?<=[^\W_]_)\({_PLACE}\))?{_IN_NAME}*"
_TOKENS = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<slope>[d∂]\ ?[A-Z]\ ?/\ ?[d∂]\ ?{_NAME})
  | (?P<number>\d+(?:\.(?!T\b)\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<sum>Σ(?:_\{{[^{{}}]*\}}|_\w|ₜ)?(?:\^\{{[^{{}}]*\}}|\^\w)?
        |sum(?:_\{{[^{{}}]*\}}|_\w)(?!\w)(?:\^\{{[^{{}}]*\}}|\^\w)?)
  | (?P<after>\.T(?!\w)|\^\ ?T(?!\w)|\^\ ?\(\ ?T\ ?\)|\^?ᵀ|[⁻]?[{SUPERSCRIPTS}]+)
  | (?P<name>{_NAME})
  | (?P<operator>\*\*|[-+*/^@·⊙])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<comma>,)
    """,
    re.VERBOSE,
)
_IS_POWER = re.compile(rf"\s*(?:\^(?!\ ?T(?!\w)|ᵀ)|\*\*|⁻?[{SUPERSCRIPTS}])")
_INVISIBLE = {ord("\u2061"): "", ord("\u2062"): "·"}  # the application and product of MathML
_SMALL_FRACTION = re.compile(r"(\d*)([¼-¾⅐-⅞])")
_LIBRARY = re.compile(r"(?<![\w.])(?:np|numpy|math|torch)\s*\.\s*(?=[A-Za-z])")
_TRANSPOSE = re.compile(r"\^\ ?T(?=[^\W\d_])")
_LIMITS = re.compile(
    r"(?:Σ|sum)(?:_?(?P<index>[^\W\d_])(?:=(?P<first>[01]))?)?(?:\^(?:[^\W\d_]|(?<=0\^)T-1))?"
)
_PYTHON = {"^": "**", "·": "@", "⊙": "%"}  # operators of Python with the right precedence


@dataclass(frozen=True)
class Token:
    """A piece of a formula: its kind, how it was typed, and what it means.

    `means` is a canonical name for names, functions and sums, and Python's spelling otherwise.
    """

    kind: Kind
    typed: str
    means: str


def tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """Return the tokens of `text`, at least one.

    Raises
    ------
    FormulaTypedError
        If `text` is empty, too long, or holds something that no formula has.
    """
    if len(text) > _LONGEST:
        raise FormulaTypedError(
            f"This is longer than any formula asked for: type at most {_LONGEST} characters."
        )
    typed = without_marks(text).translate(_INVISIBLE)
    line = "".join(_SAME.get(character, character) for character in plain(typed))
    line = _LIBRARY.sub("", _SMALL_FRACTION.sub(_fraction, line))
    line = unicodedata.normalize("NFD", line).strip()
    if not line:
        raise FormulaTypedError("Nothing is typed here: type a formula.", unfinished=True)
    found: list[Token] = []
    place = 0
    while place < len(line):
        match = _transposed(line, place, vocabulary) or _TOKENS.match(line, place)
        if match is None:
            raise FormulaTypedError(_why_not(line[:place], line[place:], vocabulary))
        group, typed = match.lastgroup or "after", match.group()
        place += len(typed)
        if group != "space":
            found.append(_token(group, typed, line[place:], vocabulary))
            _watch_neighbour(found[-1], line[place:], vocabulary)
        if len(found) > _MOST_TOKENS:
            raise FormulaTypedError(
                f"This has more than {_MOST_TOKENS} symbols and signs: type a shorter formula."
            )
    return found


def _token(group: str, typed: str, rest: str, vocabulary: Vocabulary) -> Token:
    if len(typed) > _LONGEST_NAME:
        raise FormulaTypedError(f"'{shown(typed)}' is longer than any name or number asked for.")
    if group == "number":
        return Token("number", typed, "".join(map(_digit, typed)))
    if group in ("name", "slope"):
        name = canonical(typed.replace("/", ""))
        if name == "e" and "e" not in vocabulary.spellings and _IS_POWER.match(rest):
            return Token("constant", typed, repr(math.e))
        known = name in vocabulary.spellings or not (function(name) or name == "sum")
        if name == "T" and not rest.startswith("("):  # the number of steps, and no transpose
            known = True
        return Token("name" if known else "function", typed, name)
    if group == "sum":
        return Token("sum", typed, _summed_over(typed, vocabulary))
    if group == "after":
        return Token("after", typed, _superscript(typed))
    if group == "operator":
        return Token("operator", typed, _PYTHON.get(typed, typed))
    assert group in ("open", "close", "comma")
    return Token(group, typed, typed)  # type: ignore[arg-type]


def _fraction(match: re.Match[str]) -> str:
    """Return a fraction in one character, or a mixed number, as it is typed."""
    whole, part = match.groups()
    part = unicodedata.normalize("NFKC", part).replace("⁄", "/")
    return f"({whole}+{part})" if whole else f"({part})"


def _transposed(line: str, place: int, vocabulary: Vocabulary) -> re.Match[str] | None:
    """Return the transpose of ``A^TB``, where no symbol begins with T."""
    if any(spelling.startswith("T") for spelling in vocabulary.spellings):
        return None
    return _TRANSPOSE.match(line, place)


def _digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _superscript(typed: str) -> str:
    if "T" in typed or "ᵀ" in typed:
        return ".T"
    return f"**{lowered(typed)}.0"


def _summed_over(typed: str, vocabulary: Vocabulary) -> str:
    """Return the index under a sum sign, checked; with limits, these must be the first and last."""
    if not vocabulary.index:
        raise FormulaTypedError("No sum is needed here: nothing has an index to sum over.")
    match = _LIMITS.fullmatch(re.sub(r"[{}()\s]", "", typed))
    index = canonical(match["index"] or "") if match else ""
    if match is None or index not in ("", vocabulary.index):
        raise FormulaTypedError(
            f"Sums run over all {vocabulary.index} here: type Σ_{vocabulary.index}."
        )
    return index


def _watch_neighbour(token: Token, rest: str, vocabulary: Vocabulary) -> None:
    """Refuse ``h_t+1`` where both h_t + 1 and h_{t+1} may be meant."""
    step = re.match(r"[+-]1(?![\w.])", rest)
    if token.kind != "name" or step is None:
        return
    other = vocabulary.spellings.get(f"{token.means}{step.group()}")
    if other:
        raise FormulaTypedError(
            f"'{shown(token.typed + step.group())}' can be read in two ways: type {other.name}, or"
            f" {shown(token.typed)} {step.group()[0]} 1 with spaces."
        )


def _why_not(before: str, rest: str, vocabulary: Vocabulary) -> str:
    character = rest[0]
    if character == "=" and re.search(rf"(?:Σ|sum)_?{_LETTER}?\s*$", before):
        return "Type the limits of a sum in braces, Σ_{t=1}^{T}, or leave them out."
    if character == "=" and before.count("(") > before.count(")"):
        return "There is an '=' within parentheses: type only what a function is applied to."
    if character == "=":
        return "There is an '=' in it: type only what stands on the right of the equals sign."
    if rest.startswith(("..", "…")):
        return "Dots leave something open: type it, a number as a fraction such as 1/3."
    if character == ".":
        if method := re.match(r"\.\s*(\w+)\s*\(", rest):
            if method[1] == "sum":
                return "Type a sum as sum(…) or Σ, in front of what is summed."
            return (
                f"Type it without '.{shown(method[1])}(…)', functions as tanh(x)."
                f" {vocabulary.product()}"
            )
        return (
            "A dot is read only inside a number and in .T: take it away, or type * for a product."
        )
    if character in "[]{}":
        return f"Type round parentheses instead of '{character}'."
    if character == "√":
        return ROOT
    if character == ":":
        return "Type / for a division instead of ':'."
    if character in "'\"`":
        return "There is a quotation mark in it: type the formula without quotation marks."
    return (
        f"'{shown(character)}' does not belong in a formula: it has names, numbers, + - * / ^ ( )"
        f" and {', '.join(FUNCTIONS)}."
    )
