"""The report for the terminal: each thing to be mended once, with what follows from it."""

from collections.abc import Iterable
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from course_utils.verify.parts import TOGETHER
from course_utils.verify.report import Entry, FrameworkReport, Status

_SYMBOLS = {
    Status.MET: ("✓", "green"),
    Status.FREE: ("✓", "green"),
    Status.NOT_MET: ("✗", "red"),
    Status.CRASHED: ("⚠", "red"),
    Status.TIMED_OUT: ("⏱", "red"),
    Status.NOT_STARTED: ("○", "dim"),
    Status.WAITING: ("○", "dim"),
}
_TITLES = {TOGETHER: "Parts together"}


def render(report: FrameworkReport) -> RenderableType:
    """Return the report as something Rich can print, parts that are met in one line each."""
    blocks: list[RenderableType] = [Text(report.title, style="bold")]
    for absent, parts in groupby(report.by_part().items(), key=lambda item: _absent(item[1])):
        if absent:
            blocks.append(_not_started([entries[0] for _, entries in parts]))
            continue
        for part, entries in parts:
            blocks.append(_part(part, entries))
            shown = [e for e in entries if e.status is not Status.MET and not e.follows]
            waiting = [e for e in shown if e.status is Status.WAITING]
            lines = [_entry(e, report) for e in shown if e not in waiting]
            blocks += [Padding(line, (0, 0, 0, 4)) for line in [*lines, *_waiting(waiting)]]
    blocks.append(_summary(report))
    return Group(*blocks)


def _absent(entries: list[Entry]) -> bool:
    """Tell whether a part is not there at all, of which nothing more is to be said."""
    (first, *more) = entries
    return first.status is Status.NOT_STARTED and not (more or first.line or first.hint)


def _not_started(entries: list[Entry]) -> Text:
    """Return one line for parts that are not there."""
    names = ", ".join(f"{e.part}{' (optional)' if e.optional else ''}" for e in entries)
    text = Text(f"  ○ {names}: not started", style="dim")
    return text.append(f" ({'; '.join(dict.fromkeys(e.note for e in entries if e.note))})")


def _part(part: str, entries: list[Entry]) -> Text:
    good = sum(entry.status.good for entry in entries)
    worst = next((entry.status for entry in entries if not entry.status.good), Status.MET)
    symbol, style = _SYMBOLS[worst]
    optional = " (optional)" if entries[0].optional else ""
    text = Text(f"  {symbol} {_TITLES.get(part, part)}{optional}", style=style)
    if entries[0].key == part and entries[0].status is not Status.MET:
        text.append(" cannot be judged yet", style="default")
    else:
        text.append(f"  {good} of {len(entries)} met", style="default")
    followers = [e for e in entries if e.follows]
    if followers and len(followers) == len(entries) - good:
        text.append(f": {_from_where(followers)}", style="default")
    return text


def _from_where(followers: list[Entry]) -> str:
    notes = dict.fromkeys(e.note for e in followers if e.note)
    roots = dict.fromkeys(e.follows.partition(".")[0] for e in followers)
    return "; ".join(notes) or f"for the same reason as {', '.join(roots)}"


def _waiting(entries: Iterable[Entry]) -> list[Text]:
    """Return one line for requirements that wait for the same parts."""
    lines = []
    for note, group in groupby(entries, key=lambda entry: entry.note):
        titles = "; ".join(entry.requirement for entry in group)
        lines.append(Text(f"○ {note}: {titles}", style="dim"))
    return lines


def _entry(entry: Entry, report: FrameworkReport) -> Text:
    symbol, style = _SYMBOLS[entry.status]
    if entry.status is Status.FREE:
        return Text(f"{symbol} {entry.note}", style="dim")
    text = Text(f"{symbol} {entry.requirement}", style=style)
    if entry.status is not Status.NOT_MET:
        text.append(f": {entry.status.value}")
    where = f"{entry.file}, line {entry.line}" if entry.file else f"line {entry.line}"
    lines = [
        ("", entry.difference),
        (where, entry.code if entry.line else ""),
        ("likely cause" if entry.status is Status.NOT_MET else "that means", entry.cause),
        ("hint", entry.hint),
        ("note", entry.note),
        ("with it", _followers(entry, report)),
    ]
    for label, words in lines:
        if words:
            text.append(f"\n  {label}: {words}" if label else f"\n  {words}", style="default")
    return text


def _followers(entry: Entry, report: FrameworkReport) -> str:
    """Return what else is not met and probably will be, once this is mended."""
    own, others = [], []
    for follower in report.followers(entry):
        if follower.part == entry.part:
            own.append(follower.requirement)
        else:
            others.append(follower.part)
    return "; ".join([*own, *([", ".join(dict.fromkeys(others))] if others else [])])


def _summary(report: FrameworkReport) -> Text:
    said = [f"{count} {name}" for name, count in report.counts.items() if count]
    mend = len(report.entries_to_mend)
    headline = (
        "Everything that is required is met."
        if report.exit_status == 0
        else f"Not everything that is required is met yet: {mend} to mend."
    )
    style = "green" if report.exit_status == 0 else "red"
    text = Text(f"{headline} {', '.join(said)}; {report.seconds:.1f} s.", style=style)
    if report.without:
        text.append(f" Judged without {', '.join(report.without)}, which this system refuses.")
    return text
