"""A numeric table as HTML, with a format's own fields in the cells to fill in."""

from collections.abc import Callable

from course_utils.exam.conversion import html_line, tex_marks
from course_utils.exam.kinds.numeric_table import Cell, Entry, NumericTable
from course_utils.exam.markup import Math


def table(part: NumericTable, field: Callable[[str, Entry], str], math: Math = tex_marks) -> str:
    """Return the table; `field` gives the HTML of a cell to fill in, by its name and entry.

    Working, which no format here can read, is not asked for: such cells have no field, and a row
    that holds nothing else is left out, as is what the part says about working.
    """

    def cell(i: int, j: int) -> str:
        held = part.cells[i][j]
        if isinstance(held, Entry):
            return field(f"{i}.{j}", held) if held.points else "–"
        return html_line(held or "", math)

    head = "".join(f"<th>{html_line(heading, math)}</th>" for heading in part.columns)
    rows = "".join(
        f"<tr><th>{html_line(heading, math)}</th>"
        + "".join(f"<td>{cell(i, j)}</td>" for j in range(len(part.cells[i])))
        + "</tr>"
        for i, heading in enumerate(part.rows)
        if not all(_is_working(held) for held in part.cells[i])
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _is_working(cell: Cell) -> bool:
    return not cell or (isinstance(cell, Entry) and not cell.points)


def follows(part: NumericTable) -> bool:
    """Tell whether a value may follow from an earlier slip, which no format here can mark."""
    return any(entry.follow for entry in part.entries.values())


def margin(entry: Entry) -> float:
    """Return how far from an entry's value a right number may lie, rounding included."""
    return round(entry.tolerance + 1e-9 * max(1.0, abs(entry.value)), 12)
