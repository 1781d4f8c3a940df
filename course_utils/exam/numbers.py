"""Read a number as students type it: ``1.5``, ``1,5``, ``−0.5``, ``1/2``; never by `eval`.

What is accepted: a sign, digits of any script, a decimal point or decimal comma, an exponent
(``1e-3``, ``10^-3``, ``2·10⁻³``), thousands apart by apostrophes (``1'000``) or by the spaces that
are made for it (no-break, thin), a fraction in one character (``½``) or in LaTeX, a mixed number
(``3½``, ``1 1/2``), one division, and brackets around any of these: ``-(1/2)``. Marks that nobody
sees are passed over. What can be read in two ways is refused with the two ways named: ``1,234``
(one or a thousand?), ``1,234.5``, ``50 %`` (50 or 0.5?).
"""

import math
import re
import unicodedata
from collections.abc import Callable

from course_utils.exam.number_reasons import DECIMAL, EXAMPLES, shown, why_not
from course_utils.typography import SUPERSCRIPTS, lowered, without_marks

_LONGEST = 40  # characters; no answer to a question needs more
_SIGNS = dict.fromkeys("−–—―‐‑‒﹣－", "-") | dict.fromkeys("＋﹢", "+")
_MARKS = dict.fromkeys("．﹒٫", ".") | dict.fromkeys("，﹐", ",") | dict.fromkeys("⁄∕／÷", "/")
_BRACKETS = dict.fromkeys("（［[{", "(") | dict.fromkeys("）］]}", ")")
_OTHERS = {"ｅ": "e", "Ｅ": "E", "＾": "^", "％": "%"} | dict.fromkeys("’‘ʼ′´`＇٬", "'")
_SAME = _SIGNS | _MARKS | _BRACKETS | _OTHERS  # what looks like, and means, an ASCII character
_GAPS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")  # as thousands are printed


def _small(fraction: re.Match[str]) -> str:
    """Return a fraction of raised and lowered digits as it is typed: ``3¹⁄₂`` as ``3 1/2``."""
    return " " + unicodedata.normalize("NFKC", f"{fraction[1]}/{fraction[2]}")


_PASTED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^\s*(?:\$+|\\\(|\\\[)(.*?)(?:\$+|\\\)|\\\])\s*$"), r"\1"),
    (re.compile(r"(?<=\d)\\,(?=\d{3}(?!\d))"), "'"),
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\\[,;:! ]|\\(?:left|right|quad)(?![A-Za-z])"), " "),
    (re.compile(r"(?<=\d)\s*\\[dt]?frac\s*(?:\{(\d+)\}|(\d))\s*(?:\{(\d+)\}|(\d))"), r" \1\2/\3\4"),
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"(\1)/(\2)"),
    (re.compile(r"\\(?:cdot|times)(?![A-Za-z])"), "·"),
    (re.compile(r"\^\{([^{}]*)\}"), r"^(\1)"),
    (re.compile(r"([⁰¹²³⁴-⁹]+) ?[/⁄] ?([₀-₉]+)"), _small),
)
"""What a number that is pasted from the page looks like, and what it is when it is typed."""
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
# One number without a sign, the most particular notation first; nothing follows that belongs to it.
_TERMS = re.compile(
    rf"""(?:
    (?P<whole>[0-9]+)\ (?P<top>[1-9][0-9]*)\ ?/\ ?(?P<bottom>[0-9]+)(?!\ ?/)
  | (?P<before>[0-9]*)\ ?(?P<fraction>[¼-¾⅐-⅞↉])
  | (?:(?P<factor>{DECIMAL})\ ?[·⋅×*x]\ ?)?
    10\ ?(?:(?:\^|\*\*)\ ?(?P<power>[+-]?[0-9]+|\([+-]?[0-9]+\))|(?P<raised>[⁺⁻]?[{SUPERSCRIPTS}]+))
  | (?P<decimal>{DECIMAL})(?:[eE](?P<exponent>[+-]?[0-9]+))?
    )(?![0-9.,'])""",
    re.VERBOSE,
)


class NumberTypedError(ValueError):
    """What was typed is not one clear number; the message says what to type instead."""


def parse_number(text: str) -> float:
    """Return the number that `text` says.

    Raises
    ------
    NumberTypedError
        With one sentence for the student, if `text` is no number, has no finite value, or can be
        read in two ways.
    """
    if len(text) > 1000 or len(text.strip()) > _LONGEST:
        raise NumberTypedError(
            f"This is longer than any number asked for: type at most {_LONGEST} characters,"
            f" such as {EXAMPLES}."
        )
    plain = _plain(text)
    if not plain.strip("() "):
        raise NumberTypedError(f"Nothing is typed here: type a number such as {EXAMPLES}.")
    value, rest = _quotient(plain, shown(text))
    if value is None or rest:
        raise NumberTypedError(why_not(plain, text))
    return value


def _plain(text: str) -> str:
    """Return `text` in ASCII as far as it can be; spaces are single, with none around."""
    for pattern, typed in _PASTED:
        text = pattern.sub(typed, text)
    text = _GAPS.sub("'", without_marks(text))
    out = []
    for character in text:
        digit = unicodedata.decimal(character, None)
        out.append(_SAME.get(character, character) if digit is None else str(digit))
    return " ".join("".join(out).split())


def _quotient(plain: str, typed: str) -> tuple[float | None, str]:
    """Read a number, or one number divided by another; return it and what is left of `plain`.

    The number is None if there is none at the beginning.
    """
    value, rest = _signed(plain, typed)
    if value is None or not rest.startswith("/"):
        return value, rest
    divisor, rest = _signed(rest[1:].lstrip(), typed)
    if divisor is None:
        return None, rest
    if divisor == 0:
        raise NumberTypedError(
            f"'{typed}' divides by zero: type a fraction whose lower number is not 0."
        )
    return _in_range(value / divisor, value == 0, typed), rest


def _signed(plain: str, typed: str) -> tuple[float | None, str]:
    """Read a number in brackets or without, behind a sign or without."""
    unsigned = plain[1:].lstrip() if plain[:1] in ("+", "-") else plain
    if unsigned.startswith("("):
        value, rest = _quotient(unsigned[1:].lstrip(), typed)
        value, rest = (value, rest[1:].lstrip()) if rest.startswith(")") else (None, rest)
    elif match := _TERMS.match(unsigned):
        value, rest = _term(match, typed), unsigned[match.end() :].lstrip()
    else:
        return None, plain
    return (-value if plain.startswith("-") and value is not None else value), rest


def _term(match: re.Match[str], typed: str) -> float | None:
    """Return the number that one notation says; None for a mixed number that is none."""
    found = match.groupdict()
    if found["whole"]:
        top, bottom = int(found["top"]), int(found["bottom"])
        thousands = len(found["top"]) == 3  # 1 500/2000 may be 1500/2000
        return int(found["whole"]) + top / bottom if top < bottom and not thousands else None
    if found["fraction"]:
        return int(found["before"] or 0) + unicodedata.numeric(found["fraction"])
    raised = str(lowered(found["raised"])) if found["raised"] else ""
    exponent = (found["power"] or raised or found["exponent"] or "0").strip("()")
    return _decimal(found["factor"] or found["decimal"] or "1", exponent, typed)


def _decimal(digits: str, exponent: str, typed: str) -> float:
    digits = digits.replace("'", "")
    if _THOUSANDS.fullmatch(digits):
        whole, point = digits.replace(",", ""), digits.replace(",", ".", 1)
        raise NumberTypedError(
            f"'{typed}' can be read in two ways: type {whole} or {point} instead of {digits}."
        )
    value = float(f"{digits.replace(',', '.')}e{exponent}")
    return _in_range(value, not re.search(r"[1-9]", digits), typed)


def _in_range(value: float, is_zero: bool, typed: str) -> float:
    """Return `value`, unless it is rounded to infinity, or to zero where it is none."""
    if value == 0 and not is_zero:
        raise NumberTypedError(f"'{typed}' is too close to zero to be told from it: type 0.")
    if not math.isfinite(value):
        raise NumberTypedError(
            f"'{typed}' is too large: type a number below 1e300, such as {EXAMPLES}."
        )
    return value
