"""Read a number as students type it: ``1.5``, ``1,5``, ``−0.5``, ``1/2``; never by `eval`.

What is accepted: an optional sign, digits of any script, a decimal point or decimal comma, an
exponent, one division of two such numbers, or a fraction in one character (``½``); and one pair of
brackets around it all. What can be read in two ways is refused with the two ways named: ``1,234``
(one or a thousand?), ``1,234.5``, ``50 %`` (50 or 0.5?).
"""

import math
import re
import unicodedata

EXAMPLES = "1.5, -0.5 or 1/2"
"""What a number may look like, for messages."""

_LONGEST = 40  # characters; no answer to a question needs more
_SIGNS = dict.fromkeys("−–‐‑‒﹣－", "-") | dict.fromkeys("＋﹢", "+")
_MARKS = dict.fromkeys("．﹒٫", ".") | dict.fromkeys("，﹐", ",") | dict.fromkeys("⁄∕／", "/")
_LETTERS = {"ｅ": "e", "Ｅ": "E"}
_SAME = _SIGNS | _MARKS | _LETTERS  # characters that look like, and mean, an ASCII one
_DECIMAL = r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)"
_NUMBER = rf"[+-]? ?{_DECIMAL}(?:[eE][+-]?[0-9]+)?"
_SHAPE = re.compile(rf"({_NUMBER})(?: ?/ ?({_NUMBER}))?")
_FRACTION = re.compile(r"([+-]? ?)([¼-¾⅐-⅞↉])")
_WITH_UNIT = re.compile(rf"({_NUMBER}(?: ?/ ?{_NUMBER})?) ?(?![eE]$)(\w+)")
_THOUSANDS = re.compile(r"[+-]? ?[1-9][0-9]{0,2},[0-9]{3}")


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
    if not plain:
        raise NumberTypedError(f"Nothing is typed here: type a number such as {EXAMPLES}.")
    match = _SHAPE.fullmatch(plain)
    if match is None:
        raise NumberTypedError(_why_not(plain, _shown(text)))
    top, bottom = match.groups()
    value = _decimal(top, _shown(text))
    if bottom is None:
        return value
    divisor = _decimal(bottom, _shown(text))
    if divisor == 0:
        raise NumberTypedError(
            f"'{_shown(text)}' divides by zero: type a fraction whose lower number is not 0."
        )
    return _finite(value / divisor, _shown(text))


def _plain(text: str) -> str:
    """Return `text` in ASCII as far as it can be part of a number.

    Spaces are single, with none around; one pair of enclosing brackets is gone, and a fraction in
    one character is written as a division.
    """
    out = []
    for character in text:
        digit = unicodedata.decimal(character, None)
        out.append(_SAME.get(character, character) if digit is None else str(digit))
    plain = " ".join("".join(out).split())
    if plain[:1] + plain[-1:] in ("()", "[]"):
        plain = plain[1:-1].strip()
    if fraction := _FRACTION.fullmatch(plain):
        sign, character = fraction.groups()
        plain = sign + unicodedata.normalize("NFKC", character).replace("⁄", "/")
    return plain


def _decimal(part: str, shown: str) -> float:
    part = part.replace(" ", "")
    if _THOUSANDS.fullmatch(part):
        whole, point = part.replace(",", ""), part.replace(",", ".", 1)
        raise NumberTypedError(
            f"'{shown}' can be read in two ways: type {whole} or {point} instead of {part}."
        )
    value = float(part.replace(",", "."))
    if value == 0 and re.search(r"[1-9]", re.split("[eE]", part)[0]):
        raise NumberTypedError(f"'{shown}' is too close to zero to be told from it: type 0.")
    return _finite(value, shown)


def _finite(value: float, shown: str) -> float:
    if not math.isfinite(value):
        raise NumberTypedError(
            f"'{shown}' is too large: type a number below 1e300, such as {EXAMPLES}."
        )
    return value


def _why_not(plain: str, shown: str) -> str:
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
    with_unit = _WITH_UNIT.fullmatch(plain)
    if with_unit and with_unit[2].isalpha():
        number, unit = with_unit.groups()
        return f"'{shown}' ends in '{_shown(unit)}': type it without the unit, {number}."
    return f"'{shown}' is not a number: type one such as {EXAMPLES}."


def _shown(text: str) -> str:
    """Return `text` on one line, shortened, with what cannot be seen made visible."""
    text = text.strip()
    text = text if len(text) <= 20 else text[:19] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
