"""A table with numbers to fill in, marked cell by cell, with follow-through."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import ipywidgets as widgets

from course_utils.exam import markup, screen
from course_utils.exam.fields import FieldEditor
from course_utils.exam.markup import on_one_line
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text
from course_utils.exam.numbers import NumberTypedError, parse_number
from course_utils.typography import number

TOLERANCE = 0.005
"""Absolute tolerance of an entry unless it names another: half of the second decimal."""


@dataclass(frozen=True)
class Follow:
    """What a cell's value is when an earlier one is wrong.

    Attributes
    ----------
    uses
        Fields of the earlier cells, all of which must be filled in.
    value
        Called with their numbers, returns this cell's value for them.
    refuse
        Called with their numbers, returns why nothing follows from them (a step left out, another
        method, a value that cannot come from a slip), or "" if follow-through applies.
    """

    uses: tuple[str, ...]
    value: Callable[..., float]
    refuse: Callable[..., str] = lambda *_: ""


@dataclass(frozen=True)
class Entry:
    """A cell to fill in: its value, what it earns, and the computation behind it (Markdown).

    An entry of 0 points is working: it is read for follow-through and never marked.
    """

    value: float
    points: float
    why: str
    tolerance: float = TOLERANCE
    follow: Follow | None = None

    def matches(self, number: float, value: float) -> bool:
        """Tell whether `number` is `value` within the tolerance and floating-point rounding."""
        return abs(number - value) <= self.tolerance + 1e-9 * max(1.0, abs(value))


Cell = str | Entry | None
"""Given text, an entry, or nothing."""


@dataclass(frozen=True)
class NumericTable(Part):
    """A table of given and wanted numbers.

    Attributes
    ----------
    columns, rows
        Headings in Markdown. `columns` has one more for the column of row headings, first.
    cells
        A tuple of cells for each row. The field of a cell is ``row.column``, counted from 0.
    says
        What is said above the table about its working, in Markdown. Formats that cannot follow a
        slip leave it out.
    """

    kind = "numbers"

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    says: str = ""

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(
            len(row) != len(self.columns) - 1 for row in self.cells
        ):
            raise ValueError("the table's cells do not fit its headings")

    @property
    def points(self) -> float:
        """What all entries earn together."""
        return round(sum(entry.points for entry in self.entries.values()), 9)

    @property
    def entries(self) -> dict[str, Entry]:
        """The cells to fill in, by field, row by row."""
        return {field: cell for field, cell in self._cells() if isinstance(cell, Entry)}

    def name(self, field: str) -> str:
        """Return what a cell is called: its row's and its column's heading."""
        row, column = map(int, field.split("."))
        return f"{self.rows[row]}, {self.columns[column + 1]}"

    def text(self) -> str:
        """Return the table with blanks."""
        table = self._table(lambda _: "____")
        return f"{self.says}\n\n{table}" if self.says else table

    def answer_text(self, answer: Answer) -> str:
        """Return the table as it is filled in."""
        if not any(answer.get(field, "").strip() for field in self.entries):
            return ""
        typed = (on_one_line(answer.get(field, "")) for field in self.entries)
        return self._table(lambda _: next(typed) or " ")

    def key(self) -> Answer:
        """Return every value in full precision."""
        return {field: repr(entry.value) for field, entry in self.entries.items()}

    def key_text(self) -> str:
        """Return the table with its values, and what they earn."""
        return f"{self._table(lambda entry: f'**{number(entry.value)}**')}\n\n{self._earns()}"

    def _earns(self) -> str:
        """Return what a value earns: all of them the same, or row by row."""
        marked = [entry.points for entry in self.entries.values() if entry.points]
        if len({*marked}) == 1:
            which = "value" if len(marked) == len(self.entries) else "value that is marked"
            return f"Each {which} earns {points_text(marked[0])}."
        rows = []
        for name, row in zip(self.rows, self.cells, strict=True):
            worth = {cell.points for cell in row if isinstance(cell, Entry) and cell.points}
            if worth:
                rows.append(f"{name}: {' or '.join(map(points_text, sorted(worth)))}")
        return f"Each value earns, by row: {'; '.join(rows)}."

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence for every cell that holds something and no number."""
        problems: dict[str, str] = {}
        for field in self.entries:
            try:
                _number(answer, field)
            except NumberTypedError as error:
                problems[field] = str(error)
        if not problems and not any(
            answer.get(field, "").strip() for field, entry in self.entries.items() if entry.points
        ):
            problems[""] = "Nothing is filled in yet: type a number into at least one marked cell."
        return problems

    def mark(self, answer: Answer) -> Mark:
        """Return the points cell by cell; a cell that holds no number earns nothing."""
        numbers: dict[str, float] = {}
        unreadable: dict[str, Remark] = {}
        for field in self.entries:
            try:
                number = _number(answer, field)
            except NumberTypedError as error:
                unreadable[field] = Remark("wrong", str(error))
                continue
            if number is not None:
                numbers[field] = number
        remarks = {
            field: _judge(entry, numbers.get(field), numbers)
            for field, entry in self.entries.items()
        } | unreadable
        earned = sum(
            self.entries[field].points
            for field, remark in remarks.items()
            if remark.outcome in ("right", "followed")
        )
        return Mark(round(earned, 9), self.points, remarks)

    def expected_guess(self) -> float:
        """Return 0: a number is not hit by chance."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a grid of text fields."""
        return _Grid(self, change)

    def _cells(self) -> Iterator[tuple[str, Cell]]:
        for i, row in enumerate(self.cells):
            for j, cell in enumerate(row):
                yield f"{i}.{j}", cell

    def _table(self, show: Callable[[Entry], str]) -> str:
        lines = [self.columns, ("---",) * len(self.columns)]
        for heading, row in zip(self.rows, self.cells, strict=True):
            shown = [show(cell) if isinstance(cell, Entry) else cell or " " for cell in row]
            lines.append((heading, *shown))
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(answer: Answer, field: str) -> float | None:
    typed = answer.get(field, "")
    return parse_number(typed) if typed.strip() else None


def _judge(entry: Entry, number: float | None, numbers: Mapping[str, float]) -> Remark:
    if not entry.points:
        return Remark("working", "")
    if number is None:
        return Remark("empty", "")
    if entry.matches(number, entry.value):
        return Remark("right", "")
    refusal = ""
    if entry.follow and all(field in numbers for field in entry.follow.uses):
        own = [numbers[field] for field in entry.follow.uses]
        refusal = entry.follow.refuse(*own)
        if not refusal and _follows(entry, entry.follow, own, number):
            return Remark("followed", "It follows from your own working and earns its points.")
    if not refusal and entry.matches(-number, entry.value):
        refusal = "Look at the sign."
    why = f"{entry.why}." if refusal and not entry.why.endswith(".") else entry.why
    return Remark("wrong", f"{why} {refusal}".strip())


def _follows(entry: Entry, follow: Follow, own: list[float], number: float) -> bool:
    try:
        value = follow.value(*own)
    except (ArithmeticError, ValueError):
        return False
    return math.isfinite(value) and entry.matches(number, value)


_WORDS = {
    "right": "right",
    "wrong": "wrong",
    "followed": "follows from yours",
    "empty": "empty",
    "working": "",
}


class _Grid(FieldEditor):
    """Text fields in a grid with headings; details on wrong cells stand below it."""

    def __init__(self, part: NumericTable, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        self._part = part
        children = [screen.text_cell(heading, "head") for heading in part.columns]
        for i, (heading, row) in enumerate(zip(part.rows, part.cells, strict=True)):
            children.append(screen.text_cell(heading, "side"))
            for j, cell in enumerate(row):
                if isinstance(cell, Entry):
                    children.append(self._entry(f"{i}.{j}"))
                else:
                    children.append(screen.text_cell(cell or "", "given"))
        grid = screen.grid(children, len(part.columns))
        says = [screen.html("prompt", part.says)] if part.says else []
        self.box = screen.column("table", *says, grid, self._whole)

    def show(self, mark: Mark) -> None:
        self.clear()
        details = []
        for field, remark in mark.remarks.items():
            working = not self._part.entries[field].points
            if field in self._remarks and not working:
                screen.put_remark(
                    self._remarks[field], Remark(remark.outcome, _WORDS[remark.outcome])
                )
            if remark.outcome in ("wrong", "followed"):
                line = f"{self._part.name(field)}: {remark.says}"
                details.append(f"- {screen.outcome_line(remark.outcome, line)}")
        screen.put_text(self._whole, "\n".join(details))

    def _entry(self, field: str) -> widgets.Box:
        name = markup.plain(self._part.name(field))
        text = widgets.Text(description=name)  # the label is for screen readers only
        return screen.column("entry", self.register(field, text), self.remark_line(field))
