"""The exam item that asks which of some statements are true."""

import random
from typing import Any

from course_utils.exam.bank import Item
from course_utils.exam.kinds.mark_all import MarkAll, Option
from course_utils.exam.model import Wording
from course_utils.exam.statements.pool import Pool
from course_utils.exam.statements.statement import Finding, Statement


class Statements(Item[tuple[Statement[Any], ...], tuple[Finding, ...]]):
    """An item that asks which of some statements are true, each with a measured finding.

    Parameters
    ----------
    id_
        The exam item, such as ``"1.1"``.
    pool
        What variants draw from.
    exam
        The statements of the exam's own form, in its order.
    title, prompt
        Words of the question.
    """

    def __init__(
        self, id_: str, pool: Pool, exam: tuple[Statement[Any], ...], *, title: str, prompt: str
    ) -> None:
        self.id = id_
        self.pool = pool
        self.title = title
        self.prompt = prompt
        self._exam = exam

    def exam(self) -> tuple[Statement[Any], ...]:
        """Return what the exam's own statements say, in its order."""
        return self._exam

    def draw(self, rng: random.Random) -> tuple[Statement[Any], ...]:
        """Return fresh statements from the pool."""
        return self.pool.draw(rng)

    def solve(self, facts: tuple[Statement[Any], ...]) -> tuple[Finding, ...]:
        """Return what is found about each statement, by its measurement."""
        return tuple(statement.finding() for statement in facts)

    def word(self, facts: tuple[Statement[Any], ...], key: tuple[Finding, ...]) -> Wording:
        """Return the statements as options."""
        options = tuple(
            Option(statement.text, finding.holds, finding.evidence)
            for statement, finding in zip(facts, key, strict=True)
        )
        return Wording(
            title=self.title,
            prompt=self.prompt,
            parts=(MarkAll(options, self.points),),
            derivation="Every finding comes from the measurement whose numbers stand beside it.",
        )
