"""What every item of a question bank has to hold, whatever it asks: one test for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course_utils.exam.bank import Item
from course_utils.exam.fields import TICK
from course_utils.exam.kinds.diagram import Diagram
from course_utils.exam.kinds.mark_all import MarkAll
from course_utils.exam.model import Mark, Part, Question

GUESS = 0.35
"""The largest share of an item's points that guessing may earn, on average over its forms."""
_GUESSED = 8  # forms whose guesses are computed: a drawing's takes a while
_RUN = 3  # forms whose code is run: it takes a process each time
_AGAIN = 20  # forms that are made a second time

_UNREADABLE = re.compile(
    r"\d\.\d{7,}|\d\.\d+[eE][-+]?\d|\b(?:nan|inf)\b|(?<![\d.])-0(?![\d.])"  # numbers,
    r"|<\w+ object|\b0x[0-9a-f]{6}|np\.float|array\(|Fraction\("  # and what Python calls things
)


def assert_sound(item: Item, seeds: int = 1000) -> None:
    """Assert all that every form of an item has to hold, in its own form and `seeds` variants.

    The same seed gives the same form, and enough seeds give different ones; the key earns every
    point and an empty answer none; what is shown can be read, is well-formed and does not hold the
    key; no option is there twice; guessing earns little; weighed otherwise, the key earns all.

    Raises
    ------
    AssertionError
        With the item's id and the seed.
    """
    forms: set[str] = set()
    guesses: list[float] = []
    for seed in (None, *range(seeds)):
        question = item.question(seed)
        try:
            _check(item, question, seed)
            if (seed or 0) < _AGAIN:
                assert item.question(seed).text() == question.text(), "drawn twice, it differs"
            if len(guesses) < _GUESSED:
                guesses.append(sum(part.expected_guess() for part in question.parts))
        except AssertionError as error:
            raise AssertionError(f"item {item.id}, seed {seed}: {error}") from error
        forms.add(_without_seed(question))
    fair = sum(guesses) / len(guesses) / item.points
    assert fair <= GUESS, f"item {item.id}: guessing earns {fair:.0%} of the points"
    wanted = min(item.forms, seeds // 5)
    assert len(forms) >= wanted, (
        f"item {item.id}: {seeds} seeds give {len(forms)} forms only, and {wanted} are asked for:"
        " draw from more, or say `forms = …` in the item if there are no more to be had"
    )


def _check(item: Item, question: Question, seed: int | None) -> None:
    assert (question.id, question.seed) == (item.id, seed)
    assert question.points == item.points
    assert question.title, "it has no title"
    assert question.prompt, "it asks nothing"
    _readable(question)
    _silent(question)
    for place, part in enumerate(question.parts, 1):
        if part.kind == "code" and (seed or 0) >= _RUN:
            continue
        _marked(part, f"part {place}")
        _distinct(part)
    if seed is None:
        twice = question.worth(2 * question.points)
        keys = tuple(part.key() for part in twice.parts)
        assert abs(twice.mark(keys) - twice.points) < 1e-9, "worth twice, it earns something else"


def _marked(part: Part, name: str) -> None:
    """Assert that the key earns everything, and an empty answer nothing."""
    key = part.key()
    problems = part.problems(key)
    assert not problems, f"{name}: its key cannot be marked: {problems}"
    mark = part.mark(key)
    assert mark.points == part.points == mark.out_of, f"{name}: its key earns {mark.points}"
    wrong = [field for field, remark in mark.remarks.items() if remark.outcome == "wrong"]
    assert not wrong, f"{name}: its key is called wrong in {wrong}"
    assert part.problems({}), f"{name}: nothing is said of an empty answer"
    assert part.mark({}).points == 0, f"{name}: an empty answer earns something"
    if isinstance(part, MarkAll):
        everything = part.mark(dict.fromkeys(part.fields, TICK)).points
        assert everything == 0, f"{name}: ticking everything earns {everything}"
    for text in _said(mark):
        _well_formed(text)


def _distinct(part: Part) -> None:
    options: list[list[str]] = []
    if isinstance(part, MarkAll):
        options = [[option.text for option in part.options]]
    elif isinstance(part, Diagram):
        options = [list(blank.choices) for blank in part.blanks.values()]
    for texts in options:
        plain = [re.sub(r"\W+", " ", text).casefold().strip() or text for text in texts]
        assert len(set(plain)) == len(plain), f"an option is there twice: {sorted(texts)}"


def _readable(question: Question) -> None:
    for text in (question.text(), question.derivation, *(p.key_text() for p in question.parts)):
        _well_formed(text)


def _well_formed(text: str) -> None:
    """Assert that numbers can be read, and that mathematics and Markdown are closed."""
    code = re.sub(r"(?s)(`{3,}).*?\1|`[^`]*`", "", text)
    found = _UNREADABLE.search(code)
    assert not found, f"unreadable: {code[max(0, found.start() - 30) : found.end() + 10]!r}"
    assert len(re.findall(r"(?<!\\)\$", code)) % 2 == 0, f"a dollar sign is alone: {code!r:.200}"
    for formula in re.findall(r"(?<!\\)\$\$?(.+?)(?<!\\)\$", code):
        depth = formula.count("{") - formula.count("}")
        assert depth == formula.count(r"\{") - formula.count(r"\}"), f"a brace is open: {formula}"
        left, right = (
            len(re.findall(rf"\\{side}(?![a-z])", formula)) for side in ("left", "right")
        )
        assert left == right, f"\\left is open: {formula}"


def _silent(question: Question) -> None:
    """Assert that what is printed without the key does not hold it."""
    printed = question.text()
    assert not question.derivation or question.derivation not in printed, "the derivation is shown"
    for part in question.parts:
        key = part.key_text()
        assert key not in printed, "its key is shown"
        for line in key.splitlines() if part.kind != "code" else ():
            if len(line) > 12 and not line.startswith("|"):  # headings of tables are in both
                assert line not in printed, f"its key is shown: {line!r}"


def _said(mark: Mark) -> Iterator[str]:
    return (remark.says for remark in mark.remarks.values() if remark.says)


def _without_seed(question: Question) -> str:
    return question.text().split("**", 2)[-1]
