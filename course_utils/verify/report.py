"""The report on a solution: one entry per requirement."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What became of one requirement."""

    MET = "met"
    FREE = "free choice noted"
    NOT_MET = "not met"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    NOT_STARTED = "not started"
    WAITING = "waiting"

    @property
    def good(self) -> bool:
        """Whether the requirement is met; a free choice is."""
        return self in (Status.MET, Status.FREE)


@dataclass(frozen=True)
class Entry:
    """What became of one requirement.

    Attributes
    ----------
    part
        The class it is about.
    requirement
        The requirement, in words.
    key
        The same for machines: ``part.property``.
    status
        What became of it.
    optional
        Whether the part may be missing; one that is there has to be right.
    quantity, difference
        Which quantity is not right, and how it shows (first index, got, expected).
    cause, hint
        The likely cause and what to look at next.
    note
        The free choice that was made, or why nothing was run.
    follows
        Key of the entry that it follows from; empty if it is to be mended by itself.
    vague
        Whether the cause only says how it shows, so that it may follow from something else.
    file, line, code
        Where their code raised: file relative to the folder, line number and the line itself.
    """

    part: str
    requirement: str
    key: str
    status: Status
    optional: bool = False
    quantity: str = ""
    difference: str = ""
    cause: str = ""
    hint: str = ""
    note: str = ""
    file: str = ""
    line: int = 0
    code: str = ""
    follows: str = ""
    vague: bool = False

    @property
    def passes(self) -> bool:
        """Whether the exit status lets it pass: it is met, or is optional and not there."""
        absent = self.status in (Status.NOT_STARTED, Status.WAITING)
        return self.status.good or (self.optional and absent)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Entry":
        """Return the entry that `to_dict` was made of."""
        return cls(**{**values, "status": Status(values["status"])})

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain values."""
        return {**asdict(self), "status": self.status.value}


@dataclass(frozen=True)
class FrameworkReport:
    """What became of every requirement, in the order in which the exercises build the parts.

    Attributes
    ----------
    title
        What was verified: the folder as it was given, or a name.
    entries
        One per requirement; a part that is not started or cannot be imported has one in all.
    seconds
        Time it took.
    without
        Precautions that the platform refused.
    """

    title: str
    entries: list[Entry] = field(default_factory=list)
    seconds: float = 0.0
    without: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """0 if every requirement is met, but for those of an optional part that is not there."""
        judged = any(entry.status.good for entry in self.entries)
        return 0 if judged and all(entry.passes for entry in self.entries) else 1

    @property
    def entries_to_mend(self) -> list[Entry]:
        """What is to be mended: the entries that do not pass, without what follows from others."""
        return [
            entry
            for entry in self.entries
            if not (entry.passes or entry.follows or entry.status is Status.WAITING)
        ]

    def followers(self, of: Entry) -> list[Entry]:
        """Return the entries that follow from this one."""
        return [entry for entry in self.entries if entry.follows == of.key]

    @property
    def counts(self) -> dict[str, int]:
        """Number of entries by status; a status that does not occur counts 0."""
        found = Counter(entry.status for entry in self.entries)
        return {status.value: found[status] for status in Status}

    def by_part(self) -> dict[str, list[Entry]]:
        """Return the entries of each part, in order."""
        parts: dict[str, list[Entry]] = {}
        for entry in self.entries:
            parts.setdefault(entry.part, []).append(entry)
        return parts

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, ready for JSON."""
        return {
            "title": self.title,
            "exit_status": self.exit_status,
            "seconds": round(self.seconds, 2),
            "counts": self.counts,
            "to_mend": [entry.key for entry in self.entries_to_mend],
            "without": list(self.without),
            "entries": [entry.to_dict() for entry in self.entries],
        }
