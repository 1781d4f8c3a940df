"""Mark-all items whose statements are decided by experiments.

A room has a `Pool` of statements. Each is decided by running its experiment, once a process; a
`Statements` item draws from the pool. So a key is found, never looked up::

    POOL = Pool()

    @POOL.claim("outliers", "A single outlier can squeeze all other values of a feature together.")
    def outlier_squeezes() -> Verdict:
        ...
        return Verdict(spread < 0.1, f"The other values spread over {spread:.2f}.")

    item_1_1 = Statements("1.1", POOL, (outlier_squeezes, ...), title="…", prompt="…")
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from course_utils.exam.bank import Item
from course_utils.exam.kinds.mark_all import MarkAll, Option
from course_utils.exam.model import Question

_SHOWN = 4  # statements in a variant
_RIGHT = {0: 2, 1: 4, 2: 4, 3: 2}  # how many of them are right: weights


@dataclass(frozen=True)
class Verdict:
    """Whether a statement holds, and a sentence of evidence with what was measured."""

    holds: bool
    evidence: str


@dataclass(frozen=True)
class Claim:
    """A statement (Markdown), its group, and the experiment that decides it."""

    group: str
    text: str
    experiment: Callable[[], Verdict]

    @property
    def name(self) -> str:
        """The experiment's name."""
        return self.experiment.__name__

    def verdict(self) -> Verdict:
        """Return what the experiment finds; it runs once a process."""
        return run(self.experiment)


@cache
def run(experiment: Callable[[], Verdict]) -> Verdict:
    """Run an experiment, once a process."""
    return experiment()


class Pool(list[Claim]):
    """Statements in groups.

    Of two statements in one group, one may contradict, imply or repeat the other; statements of
    different groups are independent, so that a question takes at most one of each group.
    """

    def claim(self, group: str, text: str) -> Callable[[Callable[[], Verdict]], Claim]:
        """Make the decorated experiment into a `Claim` of this pool."""

        def add(experiment: Callable[[], Verdict]) -> Claim:
            self.append(Claim(group, text, experiment))
            return self[-1]

        return add

    def draw(self, rng: random.Random) -> tuple[Claim, ...]:
        """Return four statements from four groups, of which none to three are right."""
        right = rng.choices(list(_RIGHT), weights=list(_RIGHT.values()))[0]
        wanted = {True: right, False: _SHOWN - right}
        chosen: list[Claim] = []
        for claim in rng.sample(self, len(self)):
            if len(chosen) == _SHOWN:
                break
            if any(claim.group == other.group for other in chosen):
                continue
            if wanted[claim.verdict().holds]:
                wanted[claim.verdict().holds] -= 1
                chosen.append(claim)
        rng.shuffle(chosen)
        return tuple(chosen)


class Statements(Item[tuple[Claim, ...], tuple[Verdict, ...]]):
    """An item that asks which of some statements are true, each with a computed verdict.

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
        self, id_: str, pool: Pool, exam: tuple[Claim, ...], *, title: str, prompt: str
    ) -> None:
        self.id = id_
        self.title = title
        self.prompt = prompt
        self._pool = pool
        self._exam = exam

    def exam(self) -> tuple[Claim, ...]:
        """Return what the exam's own statements say, in its order."""
        return self._exam

    def draw(self, rng: random.Random) -> tuple[Claim, ...]:
        """Return fresh statements from the pool."""
        return self._pool.draw(rng)

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
            title=self.title,
            points=self.entry.points,
            prompt=self.prompt,
            parts=(MarkAll(options, self.entry.points),),
            derivation="Every verdict comes from the experiment whose numbers stand beside it.",
            seed=seed,
        )
