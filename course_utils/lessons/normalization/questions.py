"""Exam items 1.1 and 3.1: statements about normalization, and a table to normalize by hand.

In a lecture: ``ask(item_1_1)``.
"""

import random

from course_utils.exam import Item, MarkAll, Option, Question
from course_utils.lessons.normalization import claims
from course_utils.lessons.normalization.claims import Claim, Verdict
from course_utils.lessons.normalization.table_question import NormalizedTable


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
            if len(chosen) == 4:
                break
            if any(claim.group == other.group for other in chosen):
                continue
            if wanted[claim.verdict().holds]:
                wanted[claim.verdict().holds] -= 1
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
            prompt="What is true of normalizing data for machine learning? Mark all that apply.",
            parts=(MarkAll(options, self.entry.points),),
            derivation="Every verdict comes from the experiment whose numbers stand beside it.",
            seed=seed,
        )


item_1_1 = Statements()
item_3_1 = NormalizedTable()
