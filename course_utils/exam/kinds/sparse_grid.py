"""A grid of numbers most of which are 0, and which can be right in several ways as a whole.

The gradient of a pooling layer is one: with ties each choice of winners gives another grid, and
all of them are right. An answer is held against every right grid and the best mark counts, so that
its cells have to fit together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import ipywidgets as widgets

from course_utils.exam import screen
from course_utils.exam.fields import FieldEditor
from course_utils.exam.kinds.look import Look
from course_utils.exam.kinds.numeric_table import TOLERANCE
from course_utils.exam.markup import on_one_line
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text
from course_utils.exam.numbers import NumberTypedError, parse_number
from course_utils.typography import number

Cell = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Filling:
    """One right way to fill the grid.

    Attributes
    ----------
    values
        The cells that are not 0, at least one.
    why
        For each of these cells, how its value comes about, one line of Markdown.
    says
        What tells this way from the others, as in 'window 1 is won by …'; "" if it is the only one.
    """

    values: Mapping[Cell, float]
    why: Mapping[Cell, str]
    says: str = ""


@dataclass(frozen=True)
class SparseGrid(Part):
    """A grid to fill in, in which an empty cell counts as 0.

    Each of the n cells that are not 0 earns a share 1/n of the points if it is right; a number
    other than 0 where there should be a 0 costs as much. So neither zeros nor numbers everywhere
    earn anything.

    Attributes
    ----------
    shape
        Rows and columns.
    fillings
        Every right way, at least one, all different.
    points
        For a grid that is right as a whole.
    title
        What stands in the corner, between the numbers of the rows and the columns.
    """

    kind = "numbers"

    shape: tuple[int, int]
    fillings: tuple[Filling, ...]
    points: float = 1
    title: str = ""

    def __post_init__(self) -> None:
        rows, columns = self.shape
        for filling in self.fillings:
            inside = all(0 <= i < rows and 0 <= j < columns for i, j in filling.values)
            if not inside or not filling.values or 0 in filling.values.values():
                raise ValueError("a way to fill the grid needs values that lie in it and are not 0")
        distinct = {frozenset(filling.values.items()) for filling in self.fillings}
        if not self.fillings or len(distinct) < len(self.fillings):
            raise ValueError("the grid needs at least one right way, and no two may be equal")

    @property
    def fields(self) -> dict[str, Cell]:
        """The cells by field, which is ``row.column`` counted from 0, row by row."""
        rows, columns = self.shape
        return {f"{i}.{j}": (i, j) for i in range(rows) for j in range(columns)}

    def text(self) -> str:
        """Return the empty grid."""
        return self._table(lambda _: "____")

    def answer_text(self, answer: Answer) -> str:
        """Return the grid as it is filled in."""
        if not any(answer.get(field, "").strip() for field in self.fields):
            return ""
        typed = (on_one_line(answer.get(field, "")) for field in self.fields)
        return self._table(lambda _: next(typed) or " ")

    def key(self) -> Answer:
        """Return the first right way in full precision, zeros included."""
        values = self.fillings[0].values
        return {field: repr(values.get(cell, 0)) for field, cell in self.fields.items()}

    def key_text(self) -> str:
        """Return every right grid, with what tells it from the others, and what a cell earns."""
        blocks = []
        for filling in self.fillings:
            grid = self._table(lambda cell, f=filling: _bold(f.values.get(cell, 0)))  # type: ignore[misc]
            says = filling.says
            blocks.append(f"{says[:1].upper()}{says[1:]}:\n\n{grid}" if says else grid)
        earns = (
            f"The cells that are not 0 share {points_text(self.points)} equally; a number in place"
            " of a 0 costs as much as one of them earns."
        )
        return "\n\n".join([*blocks, earns])

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence for every cell that holds something and no number."""
        numbers, problems = self._read(answer)
        if not numbers and not problems:
            problems[""] = "Nothing is filled in yet: type at least one number that is not 0."
        return problems

    def mark(self, answer: Answer) -> Mark:
        """Return the points by the right way that the answer comes closest to."""
        numbers, _ = self._read(answer)
        filling = max(self.fillings, key=lambda filling: _balance(filling, numbers))
        share = max(Fraction(0), _balance(filling, numbers))
        remarks = {
            field: remark
            for field, cell in self.fields.items()
            if (remark := _judge(filling, cell, numbers.get(cell)))
        }
        read_as = f"Read as the answer in which {filling.says}. " if filling.says else ""
        n = len(filling.values)
        remarks[""] = Remark(
            "working",
            f"{read_as}{n} cells are not 0. Each earns 1/{n} of the points; a number where there"
            " should be a 0 costs as much. An empty cell counts as 0.",
        )
        return Mark(float(share * Fraction(self.points)), self.points, remarks)

    def expected_guess(self) -> float:
        """Return 0: numbers are not hit by chance, and zeros earn nothing."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a grid of short text fields."""
        return _Fields(self, change)

    def _read(self, answer: Answer) -> tuple[dict[Cell, float], dict[str, str]]:
        numbers: dict[Cell, float] = {}
        problems: dict[str, str] = {}
        for field, cell in self.fields.items():
            typed = answer.get(field, "")
            if not typed.strip():
                continue
            try:
                numbers[cell] = parse_number(typed)
            except NumberTypedError as error:
                problems[field] = str(error)
        return numbers, problems

    def _table(self, show: Callable[[Cell], str]) -> str:
        rows, columns = self.shape
        lines = [
            (self.title, *(str(j + 1) for j in range(columns))),
            ("---",) * (columns + 1),
            *((str(i + 1), *(show((i, j)) for j in range(columns))) for i in range(rows)),
        ]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def place(cell: Cell) -> str:
    """Return a cell's name: ``row 1, column 2``."""
    return f"row {cell[0] + 1}, column {cell[1] + 1}"


def _bold(value: float) -> str:
    return f"**{number(value)}**" if value else "0"


def _same(number: float | None, value: float) -> bool:
    if number is None:
        return value == 0
    return math.isfinite(number) and abs(number - value) <= TOLERANCE


def _balance(filling: Filling, numbers: Mapping[Cell, float]) -> Fraction:
    """Return right cells minus numbers where a 0 should be, as a share of the cells not 0."""
    right = sum(_same(numbers.get(cell), value) for cell, value in filling.values.items())
    extra = sum(
        not _same(number, 0) for cell, number in numbers.items() if cell not in filling.values
    )
    return Fraction(right - extra, len(filling.values))


def _judge(filling: Filling, cell: Cell, number: float | None) -> Remark | None:
    """Return what there is to say about a cell; nothing about a zero that is right."""
    value = filling.values.get(cell, 0)
    if _same(number, value):
        return Remark("right", filling.why[cell]) if value else None
    return Remark("wrong", filling.why.get(cell, "nothing arrives here: 0"))


class _Fields(FieldEditor):
    """Short fields with row and column numbers; what there is to say stands below."""

    def __init__(self, part: SparseGrid, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        self._part = part
        rows, columns = part.shape
        children = [screen.text_cell(part.title, "head")]
        children += [screen.text_cell(str(j + 1), "head") for j in range(columns)]
        for i in range(rows):
            children.append(screen.text_cell(str(i + 1), "side"))
            children += [self._cell(f"{i}.{j}") for j in range(columns)]
        grid = screen.grid(children, columns + 1)
        grid.layout.grid_template_columns = f"max-content repeat({columns}, minmax(52px, 96px))"
        grid.layout.width = "max-content"
        grid.layout.max_width = "100%"
        self.box = screen.column("sparse", grid, self._whole, Look())

    def show(self, mark: Mark) -> None:
        self.clear()
        lines = [mark.remarks[""].says, ""]
        for field, remark in mark.remarks.items():
            if field:
                screen.put_remark(self._remarks[field], Remark(remark.outcome, ""))
                name = place(self._part.fields[field])
                lines.append(f"- {screen.outcome_line(remark.outcome, f'{name}: {remark.says}')}")
        screen.put_text(self._whole, "\n".join(lines))

    def complain(self, problems: Mapping[str, str]) -> None:
        self.clear()
        lines = []
        for field, problem in problems.items():
            if field:
                screen.put_problem(self._remarks[field], "?")
            name = f"{place(self._part.fields[field])}: " if field else ""
            lines.append(f"{name}{problem}")
        screen.put_problem(self._whole, " · ".join(lines))

    def _cell(self, field: str) -> widgets.Box:
        name = place(self._part.fields[field])
        text = widgets.Text(tooltip=name[0].upper() + name[1:])
        return screen.column("entry", self.register(field, text), self.remark_line(field))
