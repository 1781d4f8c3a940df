"""The course's terms, each with the sentence that defines it, quoted from its lecture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_utils.lessons.room import CURRICULUM, link, room, written
from course_utils.runtime import REPOSITORY

_CODE = re.compile(r"^```.*?^```[^\n]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_END = re.compile(r"[.!?](?:\)|\*\*)?\s+(?=[A-Z*$(`])")  # of a sentence
_LABEL = re.compile(r"^\*\*[A-Z][a-z]+\.\*\* ")  # such as **Explain.**
_LEANS = re.compile(r"(?:[a-z]|This |It )")  # on the sentence before


@dataclass(frozen=True)
class Entry:
    """A term, where it is defined, and how (Markdown)."""

    term: str
    lecture: str
    section: str
    href: str
    says: str


@dataclass(frozen=True)
class Glossary:
    """All terms in the order of the alphabet; shown as a list with links."""

    entries: tuple[Entry, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{one.term} ({one.lecture}): {one.says}" for one in self.entries)

    def _repr_markdown_(self) -> str:
        return "\n".join(
            f"- **{one.term}** ([{one.lecture}, {one.section}]({one.href})): {one.says}"
            for one in self.entries
        )


def glossary() -> Glossary:
    """Return the terms of all lectures that are written.

    Raises
    ------
    ValueError
        If a lecture does not define a term that its room names.
    """
    found = [
        entry(name, stem, term) for name, stem in written().items() for term in room(name).terms
    ]
    return Glossary(tuple(sorted(found, key=lambda one: one.term.lower())))


def entry(name: str, stem: str, term: str) -> Entry:
    """Return what the lecture `stem` of the room `name` says where `term` stands in asterisks."""
    source = (REPOSITORY / "solutions" / f"{stem}.md").read_text(encoding="utf-8")
    text = _CODE.sub("", source)
    place = re.search(rf"(?<![*\w])\*{re.escape(term)}\*(?![*\w])", text, re.IGNORECASE)
    if place is None:
        raise ValueError(f"solutions/{stem}.md has no *{term}*: define it there, or drop the term.")
    section = [one[1] for one in _HEADING.finditer(text, 0, place.start())][-1]
    return Entry(
        term,
        str(CURRICULUM[name]),
        section,
        link(stem, section),
        _sentence(text, place.start()),
    )


def _sentence(text: str, at: int) -> str:
    """Return the sentence around a place, with the sentence or formula on which it leans."""
    before, block, after = _around(text, at)
    lines = block.splitlines()
    number = text[:at].rsplit("\n\n", 1)[-1].count("\n")
    line = lines[number]
    column = at - text.rfind("\n", 0, at) - 1
    ends = [0, *(end.end() for end in _END.finditer(line)), len(line)]
    place = next(i for i, end in enumerate(ends[1:]) if column < end)
    says = line[ends[place] : ends[place + 1]].strip()
    if line.startswith(("- ", "| ")) and place == 0:
        says = says.strip("-| ").rstrip(",;").replace(" | ", ": ")
        return says[0].upper() + says[1:]
    if _LEANS.match(says) and place > 0:
        says = line[ends[place - 1] : ends[place + 1]].strip()
    while _LEANS.match(says) or says.startswith("$$"):
        says = f"{_END.split(before.pop())[-1]} {says}"
    if not says.endswith((".", "!", "?", ")")) and after.startswith("$$"):
        says = f"{says} {after}"
    return _LABEL.sub("", re.sub(":$", ".", says))


def _around(text: str, at: int) -> tuple[list[str], str, str]:
    """Return the paragraphs before a place, the one that holds it, and the one after."""
    start = text.rfind("\n\n", 0, at) + 2
    here, _, rest = text[start:].partition("\n\n")
    before = [one.strip() for one in text[:start].split("\n\n") if one.strip()]
    return before, here, rest.split("\n\n", 1)[0].strip()
