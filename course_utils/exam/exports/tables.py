"""A numeric table as HTML, with a format's own fields in the cells to fill in."""

from collections.abc import Callable

from course_utils.exam.conversion import html_line
from course_utils.exam.kinds.numeric_table import Entry, NumericTable

NO_WORKING = (
    "Working is not read here: cells for it have no field, and a value that only follows from an"
    " earlier slip earns no points."
)
"""What the student must know where follow-through is lost."""


def table(part: NumericTable, field: Callable[[str, Entry], str]) -> str:
    """Return the table; `field` gives the HTML of a cell to fill in, by its name and entry.

    Cells of working have none. A line below the table says so, where that makes a difference.
    """

    def cell(i: int, j: int) -> str:
        held = part.cells[i][j]
        if isinstance(held, Entry):
            return field(f"{i}.{j}", held) if held.points else "–"
        return html_line(held or "")

    head = "".join(f"<th>{html_line(heading)}</th>" for heading in part.columns)
    rows = "".join(
        f"<tr><th>{html_line(heading)}</th>"
        + "".join(f"<td>{cell(i, j)}</td>" for j in range(len(part.cells[i])))
        + "</tr>"
        for i, heading in enumerate(part.rows)
    )
    below = f"<p>{NO_WORKING}</p>" if follows(part) else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{below}"


def follows(part: NumericTable) -> bool:
    """Tell whether a value may follow from an earlier slip, which no format here can mark."""
    return any(entry.follow for entry in part.entries.values())


def margin(entry: Entry) -> float:
    """Return how far from an entry's value a right number may lie, rounding included."""
    return round(entry.tolerance + 1e-9 * max(1.0, abs(entry.value)), 12)
