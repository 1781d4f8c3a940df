"""Which entries follow from which: a student with one fault reads one entry.

An entry is folded under another one if it builds on that one's requirement and names no cause of
its own, if it names the same cause, if the same line raised, or if its part is made of a part whose
values are not right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from course_utils.verify.parts import PARTS
from course_utils.verify.report import Entry, Status
from course_utils.verify.requirement import REQUIREMENTS, Requirement

_FAILED = (Status.NOT_MET, Status.CRASHED, Status.TIMED_OUT)

_ALONE = ("trainable", "testing_phase")
"""Quantities from which nothing else follows."""


def fold(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries, each follower with the key of what it follows from."""
    told = list(entries)
    failed = {entry.key: entry for entry in told if not entry.status.good}
    direct: dict[str, str] = {}
    for entry in told:
        if entry.key in failed:
            candidates = (found.key for found in _candidates(entry, failed))
            found = next((key for key in candidates if _root(key, direct) != entry.key), "")
            if found:
                direct[entry.key] = found
    return [_marked(entry, failed, direct) for entry in told]


def _marked(entry: Entry, failed: dict[str, Entry], direct: dict[str, str]) -> Entry:
    if entry.key not in direct:
        return entry
    root = failed[_root(entry.key, direct)]
    note = entry.note
    if root.part != entry.part and not note:
        note = f"may follow from {root.part}: mend that first"
    return replace(entry, follows=root.key, note=note)


def _root(key: str, direct: dict[str, str]) -> str:
    while key in direct:
        key = direct[key]
    return key


def _candidates(entry: Entry, failed: dict[str, Entry]) -> Iterator[Entry]:
    """Return entries that this one may follow from, the likeliest first."""
    others = [other for other in failed.values() if other.key != entry.key]
    made = REQUIREMENTS.get(entry.key)
    yield from _parts_below(entry, made, others)
    if made and (entry.vague or not entry.cause or entry.status is not Status.NOT_MET):
        for name in made.after:
            other = failed.get(f"{entry.part}.{name}")
            if other and other.quantity not in _ALONE and other.status in _FAILED:
                yield other
    earlier = others[: [*failed].index(entry.key)]
    yield from (other for other in earlier if _same(entry, other))


def _parts_below(entry: Entry, made: Requirement | None, others: list[Entry]) -> Iterator[Entry]:
    """Return entries on the values of parts that this entry's part is made of."""
    part = PARTS.get(entry.part)
    if part is None or made is None or entry.quantity in _ALONE:
        return
    for other in others:
        below = REQUIREMENTS.get(other.key)
        if below is None or other.part not in part.builds_on:
            continue
        if below.values == "start":
            if other.quantity == entry.quantity and other.quantity not in _ALONE:
                yield other
        elif below.values == "forward" or (below.values and made.values != "forward"):
            yield other


def _same(entry: Entry, other: Entry) -> bool:
    """Tell whether two entries say the same of the same code."""
    if entry.line and (entry.file, entry.line, entry.code) == (other.file, other.line, other.code):
        return True
    if entry.status is not other.status:
        return False
    if entry.status is Status.TIMED_OUT:
        importing = entry.key == entry.part and other.key == other.part
        return entry.part == other.part or importing or entry.note.startswith("not run")
    if entry.quantity in _ALONE:
        return (entry.quantity, entry.difference) == (other.quantity, other.difference)
    if not _one_file(entry, other):
        return False
    if entry.status is Status.NOT_MET and entry.cause:
        return entry.cause == other.cause
    return entry.difference == other.difference != ""


def _one_file(entry: Entry, other: Entry) -> bool:
    parts = PARTS.get(entry.part), PARTS.get(other.part)
    if None in parts:
        return entry.part == other.part
    return parts[0].module == parts[1].module  # type: ignore[union-attr]
