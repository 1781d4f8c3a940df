"""What the course has, lecture by lecture: one table for the terminal and for the README."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from course_utils.authoring.errors import AuthoringError
from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.room import CURRICULUM, all_items, exercises, module, written

COLUMNS = ("lecture", "exam items", "explorers", "exercises", "statements", "questions")
_BEGIN, _END = "<!-- course status -->", "<!-- end -->"


@dataclass(frozen=True)
class Row:
    """A lecture: its title, its exam items, and how much of everything it has."""

    lecture: str
    items: str
    explorers: int
    exercises: int
    statements: int
    questions: int


def status() -> list[Row]:
    """Return a row for every lecture that is written, in order, and one with the sums."""
    rows = [_row(name) for name in CURRICULUM if name in written()]
    items = all_items()
    points = sum(items[id_].points for id_ in blueprint.ITEMS if id_ in items)
    total = sum(entry.points for entry in blueprint.ITEMS.values())
    sums = [
        sum(getattr(row, name) for row in rows)
        for name in ("explorers", "exercises", "statements", "questions")
    ]
    held = sum(id_ in items for id_ in blueprint.ITEMS)
    told = f"{held} of {len(blueprint.ITEMS)} in the bank, {points:g} of {total:g} points"
    return [*rows, Row(f"{len(rows)} lectures of {len(CURRICULUM)}", told, *sums)]


def _row(name: str) -> Row:
    part = module(name, "explorers")
    asked = [item for item in all_items().values() if item.entry.lecture == name]
    in_exam = [item.id for item in asked if item.id in blueprint.ITEMS]
    return Row(
        str(CURRICULUM[name]),
        "all" if name == "mock_exam" else ", ".join(in_exam) or "–",
        0 if part is None else len(part.EXPLORERS),
        len(exercises(name)),
        sum(len(item.pool.statements) for item in asked if isinstance(item, Statements)),
        len(asked),
    )


def table(rows: list[Row], seconds: Mapping[str, float] | None = None) -> list[tuple[str, ...]]:
    """Return heading and rows as text, with a lecture's run time where `seconds` has its number."""
    lines = [COLUMNS, *(tuple(str(cell or "–") for cell in astuple(row)) for row in rows)]
    if seconds is None:
        return lines
    times = [f"{seconds[line[0][:2]]:.0f} s" if line[0][:2] in seconds else "" for line in lines]
    return [(*line, time) for line, time in zip(lines, ["run time", *times[1:]], strict=True)]


def markdown(lines: list[tuple[str, ...]]) -> str:
    """Return the table as Markdown, the sums in bold."""
    head, *body, sums = lines
    rule = ["---", "---", *["---:"] * (len(head) - 2)]
    bold = [f"**{cell}**" if cell else "" for cell in sums]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *body, bold))


def in_readme(path: Path) -> str:
    """Return the table that a README holds.

    Raises
    ------
    AuthoringError
        If there is no place for it.
    """
    return _parts(path)[1].strip()


def run_times(path: Path) -> dict[str, float] | None:
    """Return the run times in the table that a README holds, by the lectures' numbers.

    None if it has none; raises as `in_readme`.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in in_readme(path).splitlines()]
    times = {row[1][:2]: float(row[-2][:-2]) for row in rows if re.fullmatch(r"\d+ s", row[-2])}
    return times or None


def write_readme(path: Path, made: str) -> None:
    """Put the table into a README, in place of the one that it holds; raises as `in_readme`."""
    before, _, after = _parts(path)
    path.write_text(f"{before}\n\n{made}\n\n{after}", encoding="utf-8")


def _parts(path: Path) -> tuple[str, str, str]:
    """Return what stands before the table, the table, and what stands behind it."""
    before, begun, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
    held, ended, after = rest.partition(_END)
    if not begun or not ended:
        raise AuthoringError(f"{path.name} has no lines '{_BEGIN}' and '{_END}' for the table.")
    return before + begun, held, ended + after
