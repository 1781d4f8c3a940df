"""A bank with a question for every item of the exam, of four sorts; it belongs to no lecture."""

import random
from dataclasses import dataclass

from course_utils.exam import Entry, Item, MarkAll, NumericTable, Option, Wording, blueprint
from course_utils.exam.kinds.short_text import Criterion, Sample, ShortText
from course_utils.exam.model import Part
from course_utils.exam.room import Place


@dataclass(frozen=True)
class Facts:
    """Two numbers."""

    a: int
    b: int


class Example(Item[Facts, int]):
    """Asks for a sum, in the way of the item whose place it takes."""

    def __init__(self, id_: str) -> None:
        self.id = id_

    def exam(self) -> Facts:
        return Facts(1, 2)

    def draw(self, rng: random.Random) -> Facts:
        return Facts(rng.randint(1, 99), rng.randint(1, 99))

    def solve(self, facts: Facts) -> int:
        return facts.a + facts.b

    def word(self, facts: Facts, key: int) -> Wording:
        points = self.points
        part: Part
        if self.entry.kind == "mark all":
            options = tuple(
                Option(f"The sum is {n}.", n == key, f"Counting gives {key}.")
                for n in range(key - 1, key + 3)
            )
            part = MarkAll(options, points)
        elif self.entry.kind == "text":
            half = points / 2
            rubric = (
                Criterion("It names the sum.", half, "That is what was asked."),
                Criterion("It says why.", half, "A number alone explains nothing."),
            )
            full = Sample(f"<1>The sum is {key}</1>, <2>by counting</2>.")
            partial = Sample(f"<1>It is {key}</1>.", lacks={2: "No reason is given."})
            part = ShortText(rubric, full, partial, lines=3)
        else:
            half = Entry(key, points / 2, f"{facts.a} + {facts.b} = {key}")
            part = NumericTable(("", "Sum", "Again"), ("Row",), ((half, half),))
        return Wording(
            title=self.entry.topic.capitalize(),
            prompt=f"Add ${facts.a}$ and ${facts.b}$ & say what $x < y$ means.",
            parts=(part,),
            derivation="SECRET derivation.",
        )


ITEMS: dict[str, Item] = {id_: Example(id_) for id_ in blueprint.ITEMS}
FEW: dict[str, Item] = {id_: ITEMS[id_] for id_ in ("1.1", "1.2", "2.2", "3.1", "5.5")}
"""Ten points; the four of 2.2 and 5.5 are marked by the student."""
PLACES = {
    id_: Place("01 Normalization", "01-normalization.ipynb#A-section", "A section", "column")
    for id_ in blueprint.ITEMS
}
