"""A bank with a question for every item of the exam, for papers and exports; no lecture's."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from course_utils.exam import Item, Wording, blueprint
from course_utils.exam.model import Answer, Editor, Mark, Part
from tests.exam.examples import halves, statements

NASTY = (
    r"Is $\hat y_t < \sum_i \tilde W_{i}x_i$ & does `a[i] < b` hold? <b>Not bold</b>, ŷ Σ − W̃ ☐"
    r" ]]> {1:NUMERICAL:=2} 'single' \"double\" *emphasis* #set @ref"
)
"""A prompt that no format may spoil."""


@dataclass(frozen=True)
class Written(Part):
    """A part that a person marks; stands for every kind that exports do not know."""

    points: float = 1
    asks: str = ""
    kind: blueprint.Kind = "text"

    def text(self) -> str:
        return self.asks

    def key(self) -> Answer:
        return {"": "the key"}

    def key_text(self) -> str:
        return f"**Key** of: {self.asks}"

    def problems(self, answer: Answer) -> Mapping[str, str]:
        return {}

    def mark(self, answer: Answer) -> Mark:
        return Mark(self.points if answer.get("") == "the key" else 0, self.points)

    def expected_guess(self) -> float:
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        raise NotImplementedError


_CODE = """```python
class LeakyReLU(BaseLayer):
    def __init__(self, alpha=0.01): ...

    def forward(self, input_tensor): ...

    def backward(self, error_tensor): ...
```"""
_ASKS: Mapping[blueprint.Kind, str] = {
    "formula": r"$\dfrac{\partial L}{\partial h_t} =$",
    "text": "Explain in two or three sentences, and give a reason.",
    "diagram": "Draw the network and name its parts.",
    "code": f"Complete the class.\n\n{_CODE}",
    "faulty lines": f"Mark the faulty lines and say why.\n\n{_CODE}",
}


class Any(Item[int, int]):
    """Any item of the blueprint, with parts that carry its points."""

    def __init__(self, id_: str) -> None:
        self.id = id_

    def exam(self) -> int:
        return 0

    def draw(self, rng: random.Random) -> int:
        return rng.randint(1, 9)

    def solve(self, facts: int) -> int:
        return facts + 1

    def word(self, facts: int, key: int) -> Wording:
        entry = self.entry
        return Wording(
            title=entry.topic.capitalize(),
            prompt=f"A question with {facts}. {NASTY}",
            parts=self._parts(),
            derivation=f"- Because ${facts} + 1 = {key}$.\n- And ŷ.",
        )

    def _parts(self) -> tuple[Part, ...]:
        entry = self.entry
        if entry.kind == "mark all":
            return (statements(True, False, False, points=entry.points),)
        if entry.kind == "numbers":
            if entry.points < halves().points:
                return (Written(entry.points, "Compute $h_2$.", "numbers"),)
            rest = entry.points - halves().points
            return (halves(), *((Written(rest, "And why?", "numbers"),) if rest else ()))
        pieces = int(entry.points) if entry.kind == "formula" else 1
        return (Written(entry.points / pieces, _ASKS[entry.kind], entry.kind),) * pieces


def whole_exam() -> dict[str, Item]:
    return {id_: Any(id_) for id_ in blueprint.ITEMS}
