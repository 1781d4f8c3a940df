"""Read a number as students type it: ``1.5``, ``1,5``, ``−0.5``, ``1/2``; never by `eval`.

What is accepted: a sign, digits of any script, a decimal point or decimal comma, an exponent
(``1e-3``, ``10^-3``, ``2·10⁻³``), thousands apart by apostrophes (``1'000``) or by the spaces that
are made for it (no-break, thin), a fraction in one character (``½``) or in LaTeX, a mixed number
(``3½``, ``1 1/2``), one division, and brackets around any of these: ``-(1/2)``. What can be read in
two ways is refused with the two ways named: ``1,234`` (one or a thousand?), ``1,234.5``, ``50 %``
(50 or 0.5?).
"""

import math
import re
import unicodedata

from course_utils.typography import SUPERSCRIPTS, lowered

EXAMPLES = "1.5, -0.5 or 1/2"
"""What a number may look like, for messages."""

_LONGEST = 40  # characters; no answer to a question needs more
_SIGNS = dict.fromkeys("−–—―‐‑‒﹣－", "-") | dict.fromkeys("＋﹢", "+")
_MARKS = dict.fromkeys("．﹒٫", ".") | dict.fromkeys("，﹐", ",") | dict.fromkeys("⁄∕／÷", "/")
_BRACKETS = dict.fromkeys("（［[", "(") | dict.fromkeys("）］]", ")")
_OTHERS = {"ｅ": "e", "Ｅ": "E", "＾": "^", "％": "%"} | dict.fromkeys("’ʼ＇٬", "'")
_SAME = _SIGNS | _MARKS | _BRACKETS | _OTHERS  # what looks like, and means, an ASCII character
_GAPS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")  # as thousands are printed
_LATEX = (
    (re.compile(r"^\s*(?:\$+|\\\(|\\\[)(.*?)(?:\$+|\\\)|\\\])\s*$"), r"\1"),
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"(\1)/(\2)"),
    (re.compile(r"\\(?:cdot|times)(?![A-Za-z])"), "·"),
    (re.compile(r"(?<=\d)(?:\\,|\{,\})(?=\d{3}(?!\d))"), "'"),
    (re.compile(r"\^\{([^{}]*)\}"), r"^(\1)"),
)
"""What a number that is pasted from the page looks like, and what it is when it is typed."""
_DECIMAL = r"(?:[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]*)?|[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)"
_NUMBER = rf"[+-]? ?{_DECIMAL}(?:[eE][+-]?[0-9]+)?"
_WITH_UNIT = re.compile(rf"({_NUMBER}(?: ?/ ?{_NUMBER})?) ?(?![eE]$)(\w+)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
# One number without a sign, the most particular notation first; nothing follows that belongs to it.
_TERMS = re.compile(
    rf"""(?:
    (?P<whole>[0-9]+)\ (?P<top>[0-9]+)\ ?/\ ?(?P<bottom>[0-9]+)
  | (?P<before>[0-9]*)\ ?(?P<fraction>[¼-¾⅐-⅞↉])
  | (?:(?P<factor>{_DECIMAL})\ ?[·⋅×*x]\ ?)?
    10\ ?(?:(?:\^|\*\*)\ ?(?P<power>[+-]?[0-9]+|\([+-]?[0-9]+\))|(?P<raised>[⁺⁻]?[{SUPERSCRIPTS}]+))
  | (?P<decimal>{_DECIMAL})(?:[eE](?P<exponent>[+-]?[0-9]+))?
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
    value, rest = _quotient(plain, _shown(text))
    if value is None or rest:
        raise NumberTypedError(_why_not(plain, _shown(text)))
    return value


def _plain(text: str) -> str:
    """Return `text` in ASCII as far as it can be; spaces are single, with none around."""
    for pattern, typed in _LATEX:
        text = pattern.sub(typed, text)
    text = _GAPS.sub("'", text)
    out = []
    for character in text:
        digit = unicodedata.decimal(character, None)
        out.append(_SAME.get(character, character) if digit is None else str(digit))
    return " ".join("".join(out).split())


def _quotient(plain: str, shown: str) -> tuple[float | None, str]:
    """Read a number, or one number divided by another; return it and what is left of `plain`.

    The number is None if there is none at the beginning.
    """
    value, rest = _signed(plain, shown)
    if value is None or not rest.startswith("/"):
        return value, rest
    divisor, rest = _signed(rest[1:].lstrip(), shown)
    if divisor is None:
        return None, rest
    if divisor == 0:
        raise NumberTypedError(
            f"'{shown}' divides by zero: type a fraction whose lower number is not 0."
        )
    return _finite(value / divisor, shown), rest


def _signed(plain: str, shown: str) -> tuple[float | None, str]:
    """Read a number in brackets or without, behind a sign or without."""
    unsigned = plain[1:].lstrip() if plain[:1] in ("+", "-") else plain
    if unsigned.startswith("("):
        value, rest = _quotient(unsigned[1:].lstrip(), shown)
        value, rest = (value, rest[1:].lstrip()) if rest.startswith(")") else (None, rest)
    elif match := _TERMS.match(unsigned):
        value, rest = _term(match, shown), unsigned[match.end() :].lstrip()
    else:
        return None, plain
    return (-value if plain.startswith("-") and value is not None else value), rest


def _term(match: re.Match[str], shown: str) -> float | None:
    """Return the number that one notation says; None for a mixed number that is none."""
    found = match.groupdict()
    if found["whole"]:
        top, bottom = int(found["top"]), int(found["bottom"])
        return int(found["whole"]) + top / bottom if top < bottom else None
    if found["fraction"]:
        return int(found["before"] or 0) + unicodedata.numeric(found["fraction"])
    raised = str(lowered(found["raised"])) if found["raised"] else ""
    exponent = (found["power"] or raised or found["exponent"] or "0").strip("()")
    return _decimal(found["factor"] or found["decimal"] or "1", exponent, shown)


def _decimal(digits: str, exponent: str, shown: str) -> float:
    digits = digits.replace("'", "")
    if _THOUSANDS.fullmatch(digits):
        whole, point = digits.replace(",", ""), digits.replace(",", ".", 1)
        raise NumberTypedError(
            f"'{shown}' can be read in two ways: type {whole} or {point} instead of {digits}."
        )
    value = float(f"{digits.replace(',', '.')}e{exponent}")
    if value == 0 and re.search(r"[1-9]", digits):
        raise NumberTypedError(f"'{shown}' is too close to zero to be told from it: type 0.")
    return _finite(value, shown)


def _finite(value: float, shown: str) -> float:
    if not math.isfinite(value):
        raise NumberTypedError(
            f"'{shown}' is too large: type a number below 1e300, such as {EXAMPLES}."
        )
    return value


def _why_not(plain: str, shown: str) -> str:
    if not plain.strip("+-.,/() "):
        return f"'{shown}' has no digit: type a number such as {EXAMPLES}."
    if plain.count("(") != plain.count(")"):
        return f"'{shown}' has a bracket without its other half: take it away."
    if "%" in plain:
        return f"'{shown}' has a percent sign: type it as a plain number, 0.5 for 50 %."
    if plain.strip("+-").strip().lower() in {"nan", "inf", "infinity", "∞"}:
        return f"'{shown}' is not a finite number: type one such as {EXAMPLES}."
    if re.fullmatch(rf"{_NUMBER}(?: ?/ ?{_NUMBER}){{2,}}", plain):
        return f"'{shown}' has more than one division: type one fraction, such as 1/2."
    if re.fullmatch(r"[+-]? ?[0-9.,]+", plain) and re.search(r"[.,].*[.,]", plain):
        return (
            f"'{shown}' can be read in several ways: type one decimal point or comma and no"
            " separators between thousands, such as 1234.5."
        )
    if re.fullmatch(r"[+-]?[0-9., ]+", plain):
        return f"'{shown}' has a space between its digits: type it without, such as 1234.5."
    if re.fullmatch(r"[+-]? ?[0-9]+ [0-9]+ ?/ ?[0-9]+", plain):
        return f"'{shown}' can be read in several ways: type one fraction, such as 3/2."
    if re.match(r"[+±∓-] ?[+±∓-]|[±∓]", plain):
        return f"'{shown}' has more than one sign: type one, or none."
    if re.search(r"[0-9)] ?:", plain):
        return f"'{shown}' has a colon: type / for a division."
    if re.search(r"[0-9)½] ?(?:[+*·×^-]|\*\*) ?[0-9(½]|√|sqrt|π|\bpi\b|\be\^|\bexp\b", plain):
        return f"'{shown}' is still to be computed: type its value, such as {EXAMPLES}."
    if re.match(r"[^0-9]*[=≈~]", plain):
        return f"'{shown}' is more than the number: type what stands on the right of the sign only."
    with_unit = _WITH_UNIT.fullmatch(plain)
    if with_unit and with_unit[2].isalpha():
        number, unit = with_unit.groups()
        return f"'{shown}' ends in '{_shown(unit)}': type it without the unit, {number}."
    return f"'{shown}' is not a number: type one such as {EXAMPLES}."


def _shown(text: str) -> str:
    """Return `text` on one line, shortened, with what cannot be seen made visible."""
    text = text.strip()
    text = text if len(text) <= 20 else text[:19] + "…"
    text = re.sub(r"\s", " ", text)
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
