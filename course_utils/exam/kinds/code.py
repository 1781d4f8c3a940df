"""Write code, which a lecture's check judges property by property.

The code runs in a process of its own with a time limit, so that nothing in it can harm the kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ipywidgets as widgets

from course_utils.exam import screen
from course_utils.exam.fields import FieldEditor
from course_utils.exam.kinds.code_process import Judged, judge
from course_utils.exam.kinds.look import Look, code_block
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text
from course_utils.typography import without_marks

CODE = "code"
"""The field of the code."""
_LONGEST = 20_000  # characters


@dataclass(frozen=True)
class Criterion:
    """Properties of the check that earn points together, and a name for them."""

    about: str
    properties: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Code(Part):
    """Code to write.

    Attributes
    ----------
    name
        What the code has to define, such as a class.
    check
        The `course_utils.checks.Exercise` that judges it, as ``package.module:name``.
    starter
        What stands in the field at first; blank as an answer.
    solution
        Code that is right.
    criteria
        What earns points; every name of a property occurs in the check.
    limit
        Seconds that the code may take.
    """

    kind = "code"
    tells_at_once = True  # as the lecture's checks do

    name: str
    check: str
    starter: str
    solution: str
    criteria: tuple[Criterion, ...]
    limit: float = 5.0

    @property
    def points(self) -> float:
        """What all criteria earn together."""
        return round(sum(criterion.points for criterion in self.criteria), 9)

    @property
    def fields(self) -> dict[str, Criterion]:
        """The criteria by the field of their remark."""
        return {f"criterion {i}": criterion for i, criterion in enumerate(self.criteria, start=1)}

    def text(self) -> str:
        """Return the code to begin with."""
        return code_block(self.starter)

    def answer_text(self, answer: Answer) -> str:
        """Return the code, if it is not as it was at first."""
        code = self._code(answer)
        return code_block(code) if code else ""

    def key(self) -> Answer:
        """Return the solution."""
        return {CODE: self.solution}

    def key_text(self) -> str:
        """Return the solution."""
        points = "; ".join(f"{c.about}: {points_text(c.points)}" for c in self.criteria)
        return f"One solution of many ({points}):\n\n{code_block(self.solution)}"

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence if there is nothing to check, or if the code had to be stopped."""
        code = self._code(answer)
        if not code:
            return {CODE: "Nothing is written yet: replace every `...` by your code."}
        if len(code) > _LONGEST:
            return {CODE: f"This is longer than {_LONGEST} characters: hand in the layer only."}
        judged = self._judge(code)
        problem = judged.failed or judged.stopped
        return {CODE: problem} if problem else {}

    def mark(self, answer: Answer) -> Mark:
        """Return the points of the criteria that hold; of stopped code, those reached before."""
        code = self._code(answer)
        if not code or len(code) > _LONGEST:
            return Mark(0.0, self.points, {"": Remark("empty", "There is no code to check.")})
        judged = self._judge(code)
        if judged.failed:
            return Mark(0.0, self.points, {"": Remark("wrong", judged.failed)})
        remarks = {field: _remark(c, judged) for field, c in self.fields.items()}
        if judged.stopped:
            remarks[""] = Remark("wrong", judged.stopped)
        earned = sum(
            criterion.points
            for field, criterion in self.fields.items()
            if remarks[field].outcome == "right"
        )
        return Mark(round(earned, 9), self.points, remarks)

    def expected_guess(self) -> float:
        """Return 0: code is not right by chance."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a field for code with line numbers."""
        return _Source(self, change)

    def _code(self, answer: Answer) -> str:
        """Return the code without what surrounds it; "" if it is blank or as it was at first."""
        code = answer.get(CODE, "")
        return "" if code.split() == self.starter.split() else code.strip("\n").rstrip()

    def _judge(self, code: str) -> Judged:
        # Half a surrogate pair cannot be sent to another process, and means nothing in Python.
        clean = without_marks(code).encode("utf-8", "replace").decode("utf-8")
        return judge(clean, self.name, self.check, self.limit)


def _remark(criterion: Criterion, judged: Judged) -> Remark:
    worth = points_text(criterion.points)
    for name in criterion.properties:
        found = judged.found.get(name)
        if found is None:
            return Remark("empty", f"{criterion.about} ({worth}): not reached.")
        if not found.passed:
            return Remark("wrong", f"{criterion.about} (0 of {worth}): {found.says}")
    return Remark("right", f"{criterion.about} ({worth}): {'; '.join(criterion.properties)}.")


class _Source(FieldEditor):
    """A field for code; what is said about each criterion stands below it."""

    def __init__(self, part: Code, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        self._starter = part.starter
        source = widgets.Textarea(
            value=part.starter,
            rows=len(part.starter.splitlines()) + 3,
            tooltip=f"Your code for {part.name}",
        )
        self.box = screen.column(
            "code",
            screen.column("source", self.register(CODE, source)),
            self._whole,
            *(self.remark_line(criterion) for criterion in part.fields),
            Look(),
        )

    def restore(self, answer: Answer) -> None:
        super().restore({CODE: answer.get(CODE) or self._starter})

    def complain(self, problems: Mapping[str, str]) -> None:
        super().complain({field: says.replace("`", "") for field, says in problems.items()})
