"""Exam items 1.1 and 3.1: statements about normalization, and a table to normalize by hand.

In a lecture: ``ask(item_1_1)``.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import Entry, Follow, Item, MarkAll, NumericTable, Option, Question
from course_utils.exam.kinds.numeric_table import number_text
from course_utils.lessons.normalization import claims
from course_utils.lessons.normalization.claims import Claim, Verdict
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard


class Statements(Item[tuple[Claim, ...], tuple[Verdict, ...]]):
    """Item 1.1: four statements about normalization, each with a computed verdict."""

    id = "1.1"

    def exam(self) -> tuple[Claim, ...]:
        """Return what the exam's four statements say, in its order."""
        return claims.EXAM

    def draw(self, rng: random.Random) -> tuple[Claim, ...]:
        """Return four statements from four groups, of which none to three are right.

        Statements of one group contradict, imply or repeat each other; those of different groups
        do not.
        """
        right = rng.choices((0, 1, 2, 3), weights=(2, 4, 4, 2))[0]
        wanted = {True: right, False: 4 - right}
        chosen: list[Claim] = []
        for claim in rng.sample(claims.POOL, len(claims.POOL)):
            if not sum(wanted.values()):
                break
            if claim.group in {other.group for other in chosen}:
                continue
            holds = claim.verdict().holds
            if wanted[holds]:
                wanted[holds] -= 1
                chosen.append(claim)
        rng.shuffle(chosen)
        return tuple(chosen)

    def solve(self, facts: tuple[Claim, ...]) -> tuple[Verdict, ...]:
        """Return the verdict on each statement, found by running its experiment."""
        return tuple(claim.verdict() for claim in facts)

    def word(
        self, facts: tuple[Claim, ...], key: tuple[Verdict, ...], seed: int | None
    ) -> Question:
        """Return the statements as options."""
        options = tuple(
            Option(claim.text, verdict.holds, verdict.evidence)
            for claim, verdict in zip(facts, key, strict=True)
        )
        return Question(
            id=self.id,
            lecture=self.entry.lecture,
            title="Normalizing data",
            points=self.entry.points,
            prompt="What is true of normalizing the data of a learning task? Mark all that apply.",
            parts=(MarkAll(options, self.entry.points),),
            derivation="Each verdict was computed by the experiment that its sentence tells.",
            seed=seed,
        )


@dataclass(frozen=True)
class Method:
    """A way to normalize: the lecture's class, its wording, and columns that come out round.

    Attributes
    ----------
    asks
        What is to be done with each feature, after 'normalize each feature to'.
    offset, scale
        What is subtracted and what one divides by, in words.
    columns
        Integer columns, sorted, as multiples of a common unit; smallest value 0.
    """

    fit: type[Normalizer]
    asks: str
    offset: str
    scale: str
    columns: tuple[tuple[int, ...], ...]


def _columns(
    samples: int, highest: int, fits: Callable[[tuple[int, ...]], bool]
) -> tuple[tuple[int, ...], ...]:
    """Return the rising integer columns from 0 up to at most `highest` that `fits` accepts."""
    rising = combinations(range(1, highest + 1), samples - 1)
    return tuple((0, *rest) for rest in rising if fits((0, *rest)))


_ROUND = (1, 2, 4, 5)  # denominators that a hand computation likes


def _divides_roundly(numerators: tuple[int, ...], denominator: int) -> bool:
    fractions = [np.gcd(n, denominator) for n in numerators]
    return all(denominator // common in _ROUND for common in fractions)


def _mean_max_fits(column: tuple[int, ...]) -> bool:
    """Accept integer means, and a maximum that is also the largest absolute value."""
    mean, rest = divmod(sum(column), len(column))
    return rest == 0 and mean <= column[-1] - mean and _divides_roundly(
        tuple(v - mean for v in column), column[-1] - mean
    )


def _min_max_fits(column: tuple[int, ...]) -> bool:
    return _divides_roundly(column, column[-1])


def _standard_fits(column: tuple[int, ...]) -> bool:
    """Accept integer means and integer standard deviations."""
    mean, rest = divmod(sum(column), len(column))
    squares, left = divmod(sum((v - mean) ** 2 for v in column), len(column))
    deviation = round(squares**0.5)
    return rest == 0 and left == 0 and deviation**2 == squares and _divides_roundly(
        tuple(v - mean for v in column), deviation
    )
