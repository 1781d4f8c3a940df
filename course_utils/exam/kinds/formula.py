"""Formulas to type: shown as they are read while they are typed, and marked field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_utils.exam.formulas import FormulaTypedError, Vocabulary, parse
from course_utils.exam.formulas.compare import Judge, Right
from course_utils.exam.kinds.formula_fields import FormulaFields
from course_utils.exam.kinds.look import code_span
from course_utils.exam.kinds.wanted import Wanted
from course_utils.exam.markup import escaped
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text

_POINTS = 6  # at which formulas are compared
_SEED = 20
_BLANK = "_" * 40

Sample = Callable[[np.random.Generator, int], Mapping[str, np.ndarray]]
"""Called with a generator and a number of points, returns values of all symbols that belong
together, float64 arrays (points, steps, *shape), with steps = 1 for symbols without an index."""


@dataclass(frozen=True)
class Formula(Part):
    """One or more formulas over the same symbols.

    Attributes
    ----------
    vocabulary
        The symbols that may be used, and their index.
    wanted
        The formulas; the field of each is its number from 0 on.
    sample
        Values of the symbols, if these depend on each other: every formula is right then that is
        equal to the expected one for all values that belong together. Without it the symbols are
        independent and uniform in their domains.

    Raises
    ------
    ValueError
        When the part is first marked, if an expected formula is none over the symbols.
    """

    kind = "formula"

    vocabulary: Vocabulary
    wanted: tuple[Wanted, ...]
    sample: Sample | None = None

    @property
    def points(self) -> float:
        """What all formulas earn together."""
        return round(sum(wanted.points for wanted in self.wanted), 9)

    @property
    def fields(self) -> dict[str, Wanted]:
        """The formulas by field."""
        return {str(i): wanted for i, wanted in enumerate(self.wanted)}

    def text(self) -> str:
        """Return every left-hand side with a line to write on."""
        return "\n".join(
            f"- ${wanted.latex} =$ {_BLANK} ({points_text(wanted.points)})"
            for wanted in self.wanted
        )

    def answer_text(self, answer: Answer) -> str:
        """Return the formulas as they were typed."""
        typed = {field: answer.get(field, "").strip() for field in self.fields}
        return "\n".join(
            f"- ${wanted.latex} =$ {code_span(typed[field])}"
            for field, wanted in self.fields.items()
            if typed[field]
        )

    def key(self) -> Answer:
        """Return the expected formulas as they can be typed."""
        return {field: wanted.expected for field, wanted in self.fields.items()}

    def key_text(self) -> str:
        """Return the expected formulas, typeset."""
        return "\n".join(
            f"- {wanted.equation(parse(wanted.expected, self.vocabulary), self.vocabulary)}"
            for wanted in self.wanted
        )

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence for every field that holds something and no formula."""
        problems: dict[str, str] = {}
        for field, wanted in self.fields.items():
            try:
                wanted.read(answer.get(field, ""), self.vocabulary)
            except FormulaTypedError as error:
                problems[field] = str(error)
        if not problems and not any(answer.get(field, "").strip() for field in self.fields):
            problems[""] = "Nothing is typed yet: type at least one formula."
        return problems

    def mark(self, answer: Answer) -> Mark:
        """Return the points field by field; what is no formula earns nothing."""
        remarks = {
            field: self._judged(answer, field, wanted) for field, wanted in self.fields.items()
        }
        earned = sum(
            self.fields[field].points
            for field, remark in remarks.items()
            if remark.outcome == "right"
        )
        return Mark(round(earned, 9), self.points, remarks)

    def expected_guess(self) -> float:
        """Return 0: a formula is not hit by chance."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a text field for each formula, with what is read below it."""
        return FormulaFields(self.vocabulary, self.fields, change)

    @cached_property
    def _judge(self) -> Judge:
        sample = self.sample or self.vocabulary.sample
        return Judge(self.vocabulary, sample(np.random.default_rng(_SEED), _POINTS))

    @cached_property
    def _right(self) -> dict[str, Right]:
        return {
            field: self._judge.right(parse(wanted.expected, self.vocabulary))
            for field, wanted in self.fields.items()
        }

    def _judged(self, answer: Answer, field: str, wanted: Wanted) -> Remark:
        try:
            tree = wanted.read(answer.get(field, ""), self.vocabulary)
        except FormulaTypedError as error:
            return Remark("wrong", escaped(str(error)))
        if tree is None:
            return Remark("empty", "")
        reason = self._judge.reason(tree, self._right[field])
        return Remark("wrong", f"{reason} {wanted.why}".strip()) if reason else Remark("right", "")
