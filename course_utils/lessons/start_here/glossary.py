"""The course's terms, each with the sentence that defines it, quoted from its lecture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from course_utils.lessons.room import CURRICULUM, link, room, written
from course_utils.runtime import REPOSITORY

_CODE = re.compile(r"^```.*?^```[^\n]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_END = re.compile(r"[.!?](?:\)|\*\*)?\s+(?=[A-Z*$(`])")  # of a sentence
_LABEL = re.compile(r"^\*\*[A-Z][a-z]+\.\*\* ")  # such as **Explain.**
_LEANS = re.compile(  # on the sentence before: its first words point at something there
    r"[a-z]|(?:This|It|Its|Then) |[^,;:.()]+ has (?:two|three|four|five):"
    r"|(?:[^\s,;:.]+ ){1,4}(?:it|them|the one)\b"
)
_SUBJECT = re.compile(r"(?:[A-Z][\w']* )?")  # before a term that its sentence is about
_JOINT = re.compile(r"^(?:So|And|Right,|[A-Z][^:.*$]* another one:) (?=\S)")  # says nothing alone


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
    """Return the sentence around a place, with the sentence or formula on which it leans.

    If the place is the sentence's subject and the next one says more of *it*, that follows.
    """
    before, block, after = _around(text, at)
    line = block.splitlines()[text[:at].rsplit("\n\n", 1)[-1].count("\n")]
    column = at - text.rfind("\n", 0, at) - 1
    ends = [0, *(end.end() for end in _END.finditer(line)), len(line)]
    sentences = [line[start:end].strip() for start, end in pairwise(ends)]
    first = here = next(i for i, end in enumerate(ends[1:]) if column < end)
    while first > 0 and _LEANS.match(sentences[first]):
        first -= 1
    chosen = sentences[first : here + 1]
    if _SUBJECT.fullmatch(line, ends[here], column):
        chosen += [one for one in sentences[here + 1 : here + 2] if one.startswith("It ")]
    says = " ".join(chosen)
    if line.startswith(("- ", "| ")) and first == 0:
        return _whole(says.strip("-| ").replace(" | ", ": "))
    while _LEANS.match(says) or says.startswith("$$"):
        says = f"{_END.split(before.pop())[-1]} {says}"
    if not says.endswith((".", "!", "?", ")")) and after.startswith("$$"):
        says = f"{says} {after}"
    return _whole(says)


def _whole(says: str) -> str:
    """Return what a sentence says, from a capital to a full stop (or a formula)."""
    says = _JOINT.sub("", _LABEL.sub("", says)).rstrip(",;:")
    says = re.sub(r"^\**[a-z]", lambda begins: begins[0].upper(), says)
    return says if says.endswith((".", "!", "?", ".)", "$$")) else f"{says}."


def _around(text: str, at: int) -> tuple[list[str], str, str]:
    """Return the paragraphs before a place, the one that holds it, and the one after."""
    start = text.rfind("\n\n", 0, at) + 2
    here, _, rest = text[start:].partition("\n\n")
    before = [one.strip() for one in text[:start].split("\n\n") if one.strip()]
    return before, here, rest.split("\n\n", 1)[0].strip()
