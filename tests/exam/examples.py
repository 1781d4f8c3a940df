"""Questions for the engine's tests; they belong to no lecture."""

import random
from dataclasses import dataclass

from course_utils.exam import (
    Entry,
    Follow,
    Item,
    MarkAll,
    NumericTable,
    Option,
    Question,
    Wording,
)


def statements(*correct: bool, **settings: object) -> MarkAll:
    options = tuple(
        Option(f"Statement {i} with $a_{i}*b$.", right, f"Evidence {i}.")
        for i, right in enumerate(correct)
    )
    return MarkAll(options, **settings)  # type: ignore[arg-type]


def halves() -> NumericTable:
    """Two numbers to halve; the divisor is working from which follow-through is computed."""

    def half(x: float) -> Entry:
        follow = Follow(
            uses=("2.1",),
            value=lambda divisor: x / divisor,
            refuse=lambda divisor: "Too large." if divisor > 10 else "",
        )
        return Entry(x / 2, 1.5, f"{x:g} / 2 = {x / 2:g}", follow=follow)

    return NumericTable(
        columns=("", "Given", "Half"),
        rows=("Row 1", "Row 2", "Divisor"),
        cells=(("6", half(6)), ("-5", half(-5)), (None, Entry(2, 0, ""))),
    )


@dataclass(frozen=True)
class Sum:
    a: int
    b: int


class AddItem(Item[Sum, int]):
    """Item 2.7's place, filled with a sum."""

    id = "2.7"

    def exam(self) -> Sum:
        return Sum(1, 2)

    def draw(self, rng: random.Random) -> Sum:
        return Sum(rng.randint(1, 99), rng.randint(1, 99))

    def solve(self, facts: Sum) -> int:
        return facts.a + facts.b

    def word(self, facts: Sum, key: int) -> Wording:
        cell = Entry(key, 3, f"{facts.a} + {facts.b} = {key}")
        return Wording(
            title="Adding",
            prompt=f"Add ${facts.a}$ and ${facts.b}$.",
            parts=(NumericTable(("", "Sum"), ("Row",), ((cell,),)),),
            derivation="By counting.",
        )


def mixed_question() -> Question:
    return Question(
        id="1.1",
        lecture="normalization",
        title="Two parts",
        points=4,
        prompt="Is $x_1 < x_2$ & *so on*?",
        parts=(statements(True, False, False), halves()),
        derivation="Derived from SECRET.",
    )
