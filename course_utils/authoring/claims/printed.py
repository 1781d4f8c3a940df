"""How far the numbers in a lecture's text go from one seed set to another.

A line is recognized by its words: what is left of it without the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from course_utils.typography import SUPERSCRIPTS, lowered

_THIN = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"  # between thousands
_POWER = rf"10(?P<power>⁻?[{SUPERSCRIPTS}]+)"
_NUMBER = re.compile(
    rf"(?<![\w.])[-−+]?(?:{_POWER}|(?P<plain>(?:\d{{1,3}}(?:[{_THIN}]\d{{3}})+|\d+)(?:\.\d*)?"
    rf"(?:e[-−+]?\d+)?)(?: ?[·×] ?{_POWER.replace('power', 'times')})?)"
)


@dataclass(frozen=True)
class Number:
    """A number as printed with the lecture's own seeds, and the lowest and highest with others."""

    printed: str
    lowest: str
    highest: str

    @property
    def varies(self) -> bool:
        """Whether it is not the same for all."""
        return not self.printed == self.lowest == self.highest


@dataclass(frozen=True)
class Line:
    """A line of text and its numbers.

    Attributes
    ----------
    text
        As it reads with the lecture's own seeds, a space for each run of them.
    numbers
        In its order.
    others
        How many seed sets lack the line: its words are different there.
    """

    text: str
    numbers: tuple[Number, ...]
    others: int

    def __str__(self) -> str:
        """Return the line with the range of each number that varies, in brackets behind it."""
        numbers = iter(self.numbers)
        return _NUMBER.sub(lambda _: _ranged(next(numbers)), self.text)


def ranges(own: str, others: Sequence[str]) -> list[Line]:
    """Return the lines of `own` that are not the same in all the `others`.

    Parameters
    ----------
    own
        A text with the lecture's own seeds.
    others
        The same text with other seed sets.
    """
    lines = [" ".join(re.split(r"[ \t]+", line.strip(" \t"))) for line in own.splitlines()]
    words = [_NUMBER.sub("#", line) for line in lines]
    seen: list[list[list[str]]] = [[] for _ in lines]  # line, seed set, number
    for other in others:
        found = [" ".join(re.split(r"[ \t]+", line.strip(" \t"))) for line in other.splitlines()]
        matcher = SequenceMatcher(None, words, [_NUMBER.sub("#", line) for line in found], False)
        for begin, there, size in matcher.get_matching_blocks():
            for step in range(size):
                seen[begin + step].append(_numbers(found[there + step]))
    result = []
    for line, columns in zip(lines, seen, strict=True):
        printed = _numbers(line)
        numbers = tuple(
            Number(
                text, *(choose((row[i] for row in columns), key=_value) for choose in (min, max))
            )
            if columns
            else Number(text, text, text)
            for i, text in enumerate(printed)
        )
        missing = len(others) - len(columns)
        if missing or any(number.varies for number in numbers):
            result.append(Line(line, numbers, missing))
    return result


def _ranged(number: Number) -> str:
    if not number.varies:
        return number.printed
    return f"{number.printed} [{number.lowest} … {number.highest}]"


def _numbers(line: str) -> list[str]:
    return [match.group() for match in _NUMBER.finditer(line)]


def _value(text: str) -> float:
    """Return the number that was printed, as `typography` and Python write it."""
    match = _NUMBER.fullmatch(text)
    assert match is not None, text
    plain = re.sub(f"[{_THIN}]", "", match["plain"] or "1").replace("−", "-")
    value = float(plain) * 10.0 ** lowered(match["power"] or match["times"] or "⁰")
    return -value if text[0] in "-−" else value
