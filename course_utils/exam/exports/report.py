"""What every export is made of: the parts of questions, a note on how each one fared, and XML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from course_utils.exam.model import Part, Question
from course_utils.typography import printable

How = Literal["whole", "changed", "by hand"]
"""How a format carries a part. ``whole``: asked and marked as in the notebook; ``changed``: marked
by the format, but not in all cases alike; ``by hand``: asked, and marked by a person."""


@dataclass(frozen=True)
class Note:
    """How one part of a question fared in an export, and in one sentence what is different."""

    piece: str
    kind: str
    how: How
    says: str = ""

    def __str__(self) -> str:
        return f"{self.piece} ({self.kind}): {self.how}{': ' if self.says else ''}{self.says}"


@dataclass(frozen=True)
class Export:
    """A file's content, and one note for every part of every question, in their order."""

    content: bytes
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Piece:
    """One part of a question, with its place in it, counted from 1."""

    question: Question
    part: Part
    place: int

    @property
    def name(self) -> str:
        """The question's id and, if it has several parts, the part's place."""
        several = len(self.question.parts) > 1
        return f"{self.question.id}, part {self.place}" if several else self.question.id

    @property
    def title(self) -> str:
        """Name, title and variant, as a list of questions shows them."""
        variant = "" if self.question.seed is None else f" (variant {self.question.seed})"
        return f"{self.name} {self.question.title}{variant}"

    @property
    def kind(self) -> str:
        """The part's kind in words: 'mark all', 'numeric table'."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(self.part).__name__).lower()

    def note(self, how: How, says: str = "") -> Note:
        """Return a note on this part."""
        return Note(self.name, self.kind, how, says)


def pieces(questions: Iterable[Question]) -> Iterator[Piece]:
    """Yield every part of every question."""
    for question in questions:
        for place, part in enumerate(question.parts, 1):
            yield Piece(question, part, place)


def without_lines(content: str) -> str:
    """Return HTML without ruled lines, which are for handwriting."""
    return content.replace("<hr />\n", "")


def xml(root: ET.Element) -> bytes:
    """Return a document; control characters in it, which XML forbids in any form, are left out."""
    for element in root.iter():
        element.text, element.tail = printable(element.text or ""), printable(element.tail or "")
        for name, value in element.items():
            element.set(name, printable(value))
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True))
