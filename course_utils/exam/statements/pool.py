"""A pool of statements: checked when it is built, and drawn from by a question's variants."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from course_utils.exam.statements.cues import cues
from course_utils.exam.statements.statement import Statement


class Pool:
    """Statements of which a question takes some, on different topics.

    Of those a question shows, any number may be right but all of them; the extremes are half as
    frequent as the rest.

    Parameters
    ----------
    *statements
        At least so many that every number of right ones can be had, about half of them true.
    shown
        How many a question takes.

    Raises
    ------
    ValueError
        If there are too few, if two are the same or related but not on one topic, or if their
        wording gives the truth away.
    """

    def __init__(self, *statements: Statement[Any], shown: int = 4) -> None:
        self.statements = statements
        self.shown = shown
        if problems := [*self._too_few(), *self._related(), *self._unbalanced()]:
            raise ValueError("this pool of statements cannot be used: " + "; ".join(problems))

    def draw(self, rng: random.Random) -> tuple[Statement[Any], ...]:
        """Return `shown` statements on as many topics, of which 0 to ``shown - 1`` are right.

        Raises
        ------
        ValueError
            If the measurements decide otherwise than the authors expect, so that there are too few.
        """
        weights = [2, *[4] * (self.shown - 2), 2]
        right = rng.choices(range(self.shown), weights)[0]
        order = rng.sample(self.statements, len(self.statements))
        chosen = next(_choices(order, right, self.shown - right), None)
        if chosen is None:
            raise ValueError(f"measurements leave this pool too few statements for {right} right")
        return tuple(rng.sample(chosen, self.shown))

    def _too_few(self) -> list[str]:
        # A choice from different topics exists just when there are enough topics with a true
        # statement, enough with a false one, and enough altogether (Hall's condition).
        true = {one.topic for one in self.statements if one.expected}
        false = {one.topic for one in self.statements if not one.expected}
        if self.shown < 2:
            return [f"a question takes at least 2 statements, and not {self.shown}"]
        if len(true) >= self.shown - 1 and len(false) >= self.shown:
            return []
        return [
            f"{len(true)} topics have a true statement and {len(false)} a false one, and a question"
            f" that shows {self.shown} needs {self.shown - 1} topics with a true and {self.shown}"
            " with a false one: give each topic one of each"
        ]

    def _related(self) -> list[str]:
        texts = [one.text for one in self.statements]
        problems = [f"“{text}” is in it twice" for text in {*texts} if texts.count(text) > 1]
        topics: dict[Any, str] = {}
        return problems + [
            f"“{one.text}” is decided by {one.measurement.__name__}, as are statements on"
            f" {topic!r}: put what one measurement decides on one topic"
            for one in self.statements
            if (topic := topics.setdefault(one.measurement, one.topic)) != one.topic
        ]

    def _unbalanced(self) -> list[str]:
        true, total = sum(one.expected for one in self.statements), len(self.statements)
        uneven = abs(2 * true - total) > max(1, 0.2 * total)
        half = (
            [
                f"{true} of {total} are expected to be true: about half should be (see whether an"
                " expectation is wrong)"
            ]
            if uneven
            else []
        )
        return half + cues(self.statements)


def _choices(
    statements: Sequence[Statement[Any]], right: int, wrong: int
) -> Iterator[tuple[Statement[Any], ...]]:
    """Yield what can be chosen from different topics, the first of `statements` first."""
    if right == wrong == 0:
        yield ()
    for i, one in enumerate(statements):
        holds = one.finding().holds
        if right if holds else wrong:
            others = [other for other in statements[i + 1 :] if other.topic != one.topic]
            for rest in _choices(others, right - holds, wrong - (not holds)):
                yield (one, *rest)
