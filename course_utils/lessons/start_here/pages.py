"""The tables of the start page: the exam's map, one's own progress, and the exam today."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course_utils import progress
from course_utils.exam import blueprint
from course_utils.exam.readiness import INTERVAL, readiness
from course_utils.exam.room.history import History
from course_utils.lessons.room import CURRICULUM, all_items, exercises, link, room, written


@dataclass(frozen=True)
class Table:
    """A small table that a notebook shows as HTML and, elsewhere, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()  # for the first column, one a row; empty where there is none
    above: str = ""  # a sentence; without rows, it is all that is shown

    def __repr__(self) -> str:
        if not self.rows:
            return self.above
        widths = [
            max(len(row[i]) for row in (self.columns, *self.rows)) for i in range(len(self.columns))
        ]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (self.columns, *self.rows)
        ]
        return "\n".join([self.above, *lines] if self.above else lines)

    def _repr_html_(self) -> str:
        above = f"<p>{escape(self.above)}</p>" if self.above else ""
        if not self.rows:
            return above
        head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in self.columns)
        body = ""
        for row, href in zip(self.rows, self.links or [""] * len(self.rows), strict=True):
            first = escape(row[0])
            cells = [f"<a href='{escape(href)}'>{first}</a>" if href else first]
            cells += [escape(cell) for cell in row[1:]]
            body += (
                "<tr>" + "".join(f"<td style='text-align:left'>{c}</td>" for c in cells) + "</tr>"
            )
        return f"{above}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def exam_map() -> Table:
    """Return, for every exam item, where it is taught, tried and practised."""
    notebooks = written()
    rows, links = [], []
    for item, entry in blueprint.ITEMS.items():
        ready = entry.lecture in notebooks
        coverage = room(entry.lecture).items.get(item) if ready else None
        points = f"{entry.points:g}{' bonus' if entry.bonus else ''}"
        lecture = f"{CURRICULUM[entry.lecture]}{'' if ready else ' (in preparation)'}"
        where = ("", "", "")
        if coverage:
            titles = {exercise.item: exercise.title for exercise in exercises(entry.lecture)}
            practised = titles[coverage.exercise] if coverage.exercise else f"question {item}"
            where = (coverage.section, coverage.explorer, practised)
        rows.append((item, points, entry.topic, lecture, *where))
        links.append(link(notebooks[entry.lecture], coverage.section) if coverage else "")
    columns = ("item", "points", "about", "lecture", "section", "explorer", "exercise or question")
    return Table(columns, tuple(rows), tuple(links))


def my_progress() -> Table:
    """Return, for every lecture, how many checks are passed and how many questions answered."""
    best = progress.best()
    questions = all_items()
    rows, links = [], []
    for name, stem in written().items():
        passed = {one.item for one in best if (one.kind, one.lecture) == ("check", name)}
        answered = [one for one in best if (one.kind, one.lecture) == ("question", name)]
        checks = exercises(name)
        asked = [item for item in questions.values() if item.entry.lecture == name]
        points = sum(one.points for one in answered)
        first = sum(one.first for one in answered)
        early = f", {first:g} at first" if first < points else ""
        rows.append(
            (
                f"{stem[:2]} {room(name).title}",
                _bar(sum(check.item in passed for check in checks), len(checks)),
                _bar(len(answered), len(asked)),
                f"{points:g} of {sum(item.points for item in asked):g}{early}" if asked else "–",
            )
        )
        links.append(link(stem))
    return Table(
        ("lecture", "checks passed", "questions answered", "best points"), tuple(rows), tuple(links)
    )


def exam_today() -> Table:
    """Return what the exam would give today, whole and by section, from first tries so far."""
    estimate = readiness(blueprint.EXAM, History().first_tries())
    if estimate is None:
        return Table((), (), above="No estimate yet: check your first exam question of a lecture.")
    rows = (*estimate.sections.items(), ("whole exam", estimate.whole))
    return Table(
        ("section", "full marks", "to expect", f"{100 * INTERVAL:.0f} % interval"),
        tuple(
            (name, f"{one.full:g}", f"{one.expected:.0f}", f"{one.low:.0f} to {one.high:.0f}")
            for name, one in rows
        ),
        above=str(estimate),
    )


def _bar(done: int, total: int) -> str:
    return f"{'●' * done}{'○' * (total - done)} {done} of {total}" if total else "–"
