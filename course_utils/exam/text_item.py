"""Items that are answered in words: an author writes cases, with evidence and two sample answers.

A case is computed: its evidence comes from running the lecture's model, so that the rubric is as
true of a variant as of the exam's own form. An item is then no more than this::

    class FlatOrNot(TextItem[Piecewise]):
        id = "2.6"
        title = "A new activation"

        def exam(self) -> Piecewise: ...

        def draw(self, rng: random.Random) -> Piecewise: ...

        def solve(self, facts: Piecewise) -> Case:
            share = zero_shares(facts).derivative
            return Case(
                scenario="Somebody proposes … Can it be trained? Give the reasons.",
                rubric=(
                    Criterion("No: …", 1.5, f"Measured: {share:.0%} of the derivatives are 0."),
                    Criterion("At the borders …", 0.5, "It jumps by …"),
                ),
                full=Sample("No. <1>Every piece is flat …</1> <2>At the borders …</2>"),
                partial=Sample("No, <1>it is flat</1>.", lacks={2: "The jumps are not mentioned."}),
            )
"""

from __future__ import annotations

from dataclasses import dataclass

from course_utils.exam.bank import Facts, Item
from course_utils.exam.kinds.short_text import Criterion, Sample, ShortText
from course_utils.exam.model import Wording


@dataclass(frozen=True)
class Case:
    """What one form asks, and how it is marked.

    Attributes
    ----------
    scenario
        The prompt in Markdown; it ends with what is asked.
    rubric, full, partial
        As in `ShortText`.
    derivation
        What the evidence was computed with, in Markdown; may be empty.
    lines
        How much room there is for an answer.
    """

    scenario: str
    rubric: tuple[Criterion, ...]
    full: Sample
    partial: Sample
    derivation: str = ""
    lines: int = 5


class TextItem(Item[Facts, Case]):
    """An item whose `solve` returns the case.

    Class attributes
    ----------------
    title
        A few words.
    """

    title: str

    def word(self, facts: Facts, key: Case) -> Wording:  # noqa: ARG002 - the case says it all
        """Return the case as a question."""
        part = ShortText(key.rubric, key.full, key.partial, key.lines)
        return Wording(self.title, key.scenario, (part,), key.derivation)
