"""Keep an attempt in the file beside the notebook, change by change, and find it again.

The file and its care (whole or not at all, a lock, a second folder, unreadable files kept) are
those of `course_utils.exam.answers`; here is only what stands in it: an entry for each attempt,
and one that says which attempt is open and which were handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from course_utils.exam.answers import Answers
from course_utils.exam.bank import Item
from course_utils.exam.model import Question
from course_utils.exam.room.attempt import Attempt
from course_utils.exam.room.fields import restore, reworded, save

_ROOM = "room"
_OPEN = "open"
_HANDED_IN = "handed in/"


class Store:
    """The attempts of one exam room.

    Parameters
    ----------
    items
        The bank, to ask the questions of a kept attempt again.
    folder
        Where the file is; the notebook's folder if None.
    """

    def __init__(self, items: Mapping[str, Item], folder: Path | None = None) -> None:
        self._items = items
        self._answers = Answers("mock_exam", folder)
        self._told = ""

    @property
    def notice(self) -> str:
        """What the student has to know about where, and whether, answers are kept."""
        return " ".join(filter(None, (self._answers.notice, self._told)))

    @property
    def path(self) -> Path:
        """The file in use."""
        return self._answers.path

    def open(self) -> Attempt | None:
        """Return the attempt that was begun and neither handed in nor left, if there is one."""
        name = self._answers.read(_ROOM).get(_OPEN, "")
        return self.load(name) if name else None

    def handed_in(self) -> tuple[str, ...]:
        """Return the names of the attempts whose reports can be opened again, oldest first."""
        fields = self._answers.read(_ROOM)
        return tuple(key.removeprefix(_HANDED_IN) for key in fields if key.startswith(_HANDED_IN))

    def load(self, name: str) -> Attempt | None:
        """Return the attempt of that name; None, with a notice, if it cannot be made out."""
        fields = self._answers.read(name)
        if not fields:
            return None
        try:
            attempt = restore(fields, self._find)
        except (ValueError, KeyError, TypeError, IndexError):
            self._told = f"An attempt in {self.path.name} could not be read; it stays there."
            return None
        if changed := reworded(attempt, fields):
            self._told = (
                f"The course was updated since this attempt began: the answers to"
                f" {', '.join(changed)} belong to an earlier wording and are left in"
                f" {self.path.name}."
            )
        return attempt

    def handed_in_elsewhere(self, attempt: Attempt) -> Attempt | None:
        """Return `attempt` as another window handed it in; None if it is not handed in."""
        if self._answers.read(attempt.name).get("submitted", "null") == "null":
            return None
        kept = self.load(attempt.name)
        return None if kept is None or kept.submitted is None else kept

    def begin(self, attempt: Attempt) -> None:
        """Keep a new attempt as the open one."""
        self.change(None, attempt)
        self._answers.write(_ROOM, _OPEN, attempt.name)

    def change(self, before: Attempt | None, after: Attempt) -> None:
        """Keep what differs between two states of an attempt."""
        old = {} if before is None else save(before)
        new = save(after)
        for key in dict.fromkeys((*new, *old)):
            if old.get(key) != new.get(key):
                self._answers.write(after.name, key, new.get(key, ""))

    def leave(self, attempt: Attempt) -> None:
        """Keep that `attempt` is not the open one any more; if it was handed in, list it."""
        if attempt.submitted is not None:
            self._answers.write(_ROOM, _HANDED_IN + attempt.name, "yes")
        self._answers.write(_ROOM, _OPEN, "")

    def _find(self, id_: str, seed: int | None) -> Question | None:
        return self._items[id_].question(seed) if id_ in self._items else None
