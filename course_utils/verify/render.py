"""The report for the terminal."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from course_utils.verify.report import Entry, Report, Status

_SYMBOLS = {
    Status.MET: ("✓", "green"),
    Status.FREE: ("✓", "green"),
    Status.NOT_MET: ("✗", "red"),
    Status.CRASHED: ("⚠", "red"),
    Status.TIMED_OUT: ("⏱", "red"),
    Status.NOT_STARTED: ("○", "dim"),
}


def render(report: Report) -> RenderableType:
    """Return the report as something Rich can print, parts that are met in one line each."""
    blocks: list[RenderableType] = [Text(report.title, style="bold")]
    for part, entries in report.by_part().items():
        blocks.append(_part(part, entries))
        blocks += [Padding(_entry(e, times), (0, 0, 0, 4)) for e, times in _grouped(entries)]
    blocks.append(_summary(report))
    return Group(*blocks)


def _part(part: str, entries: list[Entry]) -> Text:
    good = sum(entry.status.good for entry in entries)
    worst = next((entry.status for entry in entries if not entry.status.good), Status.MET)
    symbol, style = _SYMBOLS[worst]
    optional = " (optional)" if entries[0].optional else ""
    text = Text(f"  {symbol} {part}{optional}", style=style)
    if worst is Status.NOT_STARTED and not good:
        return text.append(" not started", style="dim")
    return text.append(f"  {good} of {len(entries)} met", style="default")


def _grouped(entries: list[Entry]) -> list[tuple[Entry, int]]:
    """Return the entries worth a line; what crashed or was not run for one reason counts as one."""

    def reason(entry: Entry) -> object:
        if entry.status in (Status.CRASHED, Status.TIMED_OUT):
            return entry.status, entry.difference, entry.line, entry.note
        return entry.key

    groups = groupby((e for e in entries if e.status is not Status.MET), reason)
    found = [list(group) for _, group in groups]
    return [(group[0], len(group)) for group in found]


def _entry(entry: Entry, times: int) -> Text:
    symbol, style = _SYMBOLS[entry.status]
    if entry.status is Status.FREE:
        return Text(f"{symbol} {entry.note}", style="dim")
    text = Text(f"{symbol} {entry.requirement}", style=style)
    if times > 1:
        text.append(f" (and {times - 1} more, for the same reason)")
    if entry.status is not Status.NOT_MET:
        text.append(f": {entry.status.value}")
    where = f"{entry.file}, line {entry.line}" if entry.file else f"line {entry.line}"
    lines = [
        ("", entry.difference),
        (where, entry.code if entry.line else ""),
        ("likely cause" if entry.status is Status.NOT_MET else "that means", entry.cause),
        ("hint", entry.hint),
        ("note", entry.note),
    ]
    for label, words in lines:
        if words:
            text.append(f"\n  {label}: {words}" if label else f"\n  {words}", style="default")
    return text


def _summary(report: Report) -> Text:
    said = [f"{count} {name}" for name, count in report.counts.items() if count]
    verdict = (
        "Everything that is required is met."
        if report.exit_status == 0
        else "Not everything that is required is met yet."
    )
    style = "green" if report.exit_status == 0 else "red"
    return Text(f"{verdict} {', '.join(said)}; {report.seconds:.1f} s.", style=style)
