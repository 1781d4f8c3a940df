"""Mark the faulty lines of a program; ticking every line earns nothing.

Every fault found earns its share of the points, and every line that is ticked without being faulty
takes one share away again. A fault that can be put right in one of several lines (of two numbers
that have to be equal, either) counts as found when one of them is ticked; ticking two of them
neither adds nor takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from math import comb

import ipywidgets as widgets
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, String

from course_utils.exam import screen
from course_utils.exam.fields import TICK, FieldEditor
from course_utils.exam.kinds.look import Look, code_block, code_span
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text

_COLOURED = (
    (Comment, "comment"),
    (Keyword, "keyword"),
    (Name.Builtin, "builtin"),
    (Number, "number"),
    (String, "string"),
)


@dataclass(frozen=True)
class FaultyLine:
    """One fault of a program.

    Attributes
    ----------
    line
        The faulty line's number, counted from 1.
    why
        What is wrong and what it leads to, one line of Markdown.
    also
        Other lines in which the same fault can be put right.
    """

    line: int
    why: str
    also: tuple[int, ...] = ()

    @property
    def lines(self) -> set[int]:
        """Every line whose tick finds the fault."""
        return {self.line, *self.also}

    def told_at(self, line: int) -> str:
        """Return what is said of a tick at one of `lines`."""
        if line == self.line:
            return self.why
        here = f"Counts: the fault stands in line {self.line}, and can be put right here, too."
        return f"{here} Of line {self.line}: {self.why}"


@dataclass(frozen=True)
class FaultyLines(Part):
    """A program, and the lines of it that are wrong.

    The field of a line is its number, counted from 1; empty lines have none.

    Attributes
    ----------
    program
        The text shown, one statement a line.
    faults
        At least one; no line belongs to two.
    points
        For all faults and nothing else.
    """

    kind = "faulty lines"

    program: str
    faults: tuple[FaultyLine, ...]
    points: float = 1

    def __post_init__(self) -> None:
        claimed = [line for fault in self.faults for line in fault.lines]
        if not claimed or len(set(claimed)) < len(claimed):
            raise ValueError("a program needs at least one fault, and no line may hold two")
        if not {str(line) for line in claimed} <= set(self.fields):
            raise ValueError("a fault stands in a line that is empty or does not exist")

    @property
    def lines(self) -> list[str]:
        """The program's lines, of which number i comes at i − 1."""
        return self.program.rstrip("\n").split("\n")

    @property
    def fields(self) -> dict[str, str]:
        """The lines that can be ticked, by field."""
        return {str(i): line for i, line in enumerate(self.lines, start=1) if line.strip()}

    def text(self) -> str:
        """Return the program with numbered lines and room for the faulty ones' numbers."""
        width = len(str(len(self.lines)))
        listing = "\n".join(f"{i:>{width}}  {line}" for i, line in enumerate(self.lines, start=1))
        blanks = ", ".join(["____"] * len(self.faults))
        return f"{code_block(listing)}\n\nFaulty lines: {blanks}"

    def answer_text(self, answer: Answer) -> str:
        """Return the lines that are ticked."""
        ticked = sorted(self._ticked(answer))
        return "\n".join(f"- Line {line}: {code_span(self.lines[line - 1])}" for line in ticked)

    def key(self) -> Answer:
        """Return a tick at every faulty line."""
        return {str(fault.line): TICK for fault in self.faults}

    def key_text(self) -> str:
        """Return the faulty lines, each with its reason."""
        return "\n".join(
            f"- Line {fault.line}{_or_lines(fault)}: {code_span(self.lines[fault.line - 1])}."
            f" {fault.why}"
            for fault in self.faults
        )

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence if no line is ticked."""
        if not self._ticked(answer):
            return {"": "No line is ticked yet: tick at least one."}
        return {}

    def mark(self, answer: Answer) -> Mark:
        """Return a share for each fault found, less one for each line ticked wrongly."""
        ticked = self._ticked(answer)
        found = [fault for fault in self.faults if fault.lines & ticked]
        wrong = ticked - {line for fault in self.faults for line in fault.lines}
        share = max(Fraction(0), Fraction(len(found) - len(wrong), len(self.faults)))
        remarks = {str(line): Remark("wrong", "There is nothing wrong here.") for line in wrong}
        for fault in self.faults:
            hit = sorted(fault.lines & ticked)
            if hit:
                for line in hit:
                    remarks[str(line)] = Remark("right", fault.told_at(line))
            else:
                remarks[str(fault.line)] = Remark("wrong", f"Not ticked. {fault.why}")
        one = points_text(self.points / len(self.faults))
        remarks[""] = Remark(
            "working",
            f"{len(found)} of {len(self.faults)} faults found, {len(wrong)} ticked without being"
            f" faulty. A fault found earns {one}, a line ticked wrongly takes as much away.",
        )
        return Mark(float(share * Fraction(self.points)), self.points, remarks)

    def expected_guess(self) -> float:
        """Return the expected points of ticking at random as many lines as there are faults."""
        lines, faults = len(self.fields), len(self.faults)
        total = sum(
            max(0, 2 * hits - faults) * comb(faults, hits) * comb(lines - faults, faults - hits)
            for hits in range(faults + 1)
        )
        return self.points / faults * total / comb(lines, faults)

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return the listing with a checkbox in front of every line."""
        return _Listing(self, change)

    def _ticked(self, answer: Answer) -> set[int]:
        return {int(field) for field in self.fields if answer.get(field)}


def _or_lines(fault: FaultyLine) -> str:
    return "".join(f" (or {line})" for line in fault.also)


def highlighted(line: str) -> str:
    """Return a line of Python as HTML, its tokens marked with the classes of ``look.css``."""
    out = []
    for kind, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(line):
        name = next((name for token, name in _COLOURED if kind in token), "")
        shown = escape(text)
        out.append(f'<span class="course-code-{name}">{shown}</span>' if name else shown)
    return "".join(out)


class _Listing(FieldEditor):
    """A checkbox, a number and a line of code in each row, and a remark below it."""

    def __init__(self, part: FaultyLines, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        rows = [self._row(str(i), line) for i, line in enumerate(part.lines, start=1)]
        program = screen.column("program", *rows)
        self.box = screen.column("listing", program, self._whole, Look())

    def _row(self, field: str, line: str) -> widgets.Widget:
        if not line.strip():
            return screen.text_cell("", "blank-line")
        number = f'<span class="course-code-line">{field}</span>'
        return self.tick_row("line", field, f"{number}<code>{highlighted(line)}</code>")
