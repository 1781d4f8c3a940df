r"""Moodle's XML format, for its question bank.

Every part of a question becomes a question of Moodle's: statements or lines to tick a *multichoice*
whose fractions add up to our marking rule, a numeric table a *cloze* with a numerical field in each
cell, blanks with choices a *cloze* of lists below their drawing, and any other part an *essay* with
the key in the marker's information. Mathematics stands between ``\(`` and ``\)``, which Moodle's
MathJax filter typesets.
"""

import base64
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from html import escape
from xml.etree import ElementTree as ET

from course_utils.exam.blueprint import EXAM, Blueprint
from course_utils.exam.conversion import html
from course_utils.exam.exports.blanks import blanks, drawing, pinned
from course_utils.exam.exports.report import (
    Export,
    Note,
    Piece,
    pieces,
    without_lines,
    xml,
)
from course_utils.exam.exports.tables import follows, margin, table
from course_utils.exam.exports.ticks import Ticks, ticks
from course_utils.exam.kinds.diagram import Blank, Diagram
from course_utils.exam.kinds.numeric_table import Entry, NumericTable
from course_utils.exam.model import Part, Question

_SHARES = frozenset({*range(1, 11), 20})
"""Moodle knows 1/n as a fraction only for these n."""
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
"""In a cloze text a brace may begin a field."""
_CHOICE = str.maketrans({sign: f"\\{sign}" for sign in '\\}~#/"='})
"""In a cloze's list these signs have a meaning of their own."""
_FILE = "drawing.svg"
_OPEN, _CLOSE = "\0", "\1"
"""What stands for the braces of a field until those of the text are out of the way."""


def moodle(questions: Iterable[Question], exam: Blueprint = EXAM) -> Export:
    """Return `questions` as a Moodle XML file, in a category of `exam` for each lecture."""
    quiz = ET.Element("quiz")
    notes, lecture = [], None
    for piece in pieces(questions):
        if piece.question.lecture != lecture:
            lecture = piece.question.lecture
            category = ET.SubElement(quiz, "question", type="category")
            title = exam.title.replace("/", "//")  # as in 2025/26; one alone begins a category
            place = f"$course$/top/{title}/{lecture}"
            _leaf(ET.SubElement(category, "category"), "text", place)
        notes.append(_add(piece, quiz))
    ET.indent(quiz, " ")
    return Export(xml(quiz), tuple(notes))


def _add(piece: Piece, quiz: ET.Element) -> Note:
    part = piece.part
    if isinstance(part, NumericTable):
        return _table(part, piece, quiz)
    if isinstance(part, Diagram) and (given := pinned(part)) is not None:
        return _lists(part, given, piece, quiz)
    ticked = ticks(part)
    if ticked and all(weight.denominator in _SHARES for weight in ticked.weights.values()):
        return _multichoice(ticked, piece, quiz)
    return _essay(piece, quiz)


def _essay(piece: Piece, quiz: ET.Element) -> Note:
    part = piece.part
    element = _question(quiz, "essay", piece, _prompt(piece) + without_lines(html(part.text())))
    _leaf(element, "defaultgrade", f"{part.points:g}")
    _leaf(element, "responseformat", "editor")
    _leaf(element, "responserequired", "1")
    _leaf(element, "responsefieldlines", str(max(5, math.ceil(3 * part.points))))
    _leaf(element, "attachments", "0")
    _html(element, "graderinfo", html(part.key_text()) + html(piece.question.derivation))
    _html(element, "responsetemplate", "")
    return piece.note("by hand", "an essay; its marker sees the key")


def _multichoice(ticked: Ticks, piece: Piece, quiz: ET.Element) -> Note:
    element = _question(quiz, "multichoice", piece, _prompt(piece))
    _leaf(element, "defaultgrade", f"{piece.part.points:g}")
    _html(element, "generalfeedback", html(piece.question.derivation))
    _leaf(element, "single", "false")
    _leaf(element, "shuffleanswers", "false")
    _leaf(element, "answernumbering", "none")
    _leaf(element, "showstandardinstruction", "0")
    for field, weight in ticked.weights.items():
        fraction = f"{float(100 * weight):.5f}".rstrip("0").rstrip(".")
        answer = ET.SubElement(element, "answer", fraction=fraction, format="html")
        _leaf(answer, "text", ticked.texts[field])
        _html(answer, "feedback", ticked.why[field])
    return piece.note("changed" if ticked.differs else "whole", ticked.differs)


def _table(part: NumericTable, piece: Piece, quiz: ET.Element) -> Note:
    marks = _Marks({field: entry.points for field, entry in part.entries.items()})

    def field(name: str, entry: Entry) -> str:
        return f"{_OPEN}{marks[name]}:NUMERICAL:={entry.value!r}:{margin(entry)!r}{_CLOSE}"

    _cloze(piece, quiz, table(part, field))
    says = marks.says(part)
    if follows(part):
        says.append("a value that follows from an earlier slip earns nothing")
    return piece.note("changed" if follows(part) else "whole", "; ".join(says))


def _lists(part: Diagram, given: Mapping[str, str], piece: Piece, quiz: ET.Element) -> Note:
    marks = _Marks(
        {
            field: group.points / len(asked)
            for group in part.groups
            if (asked := [field for field in group.fields if field not in given])
            for field in asked
        }
    )

    def field(name: str, blank: Blank) -> str:
        choices = "~".join(
            f"{'=' if choice == part.keys[0][name] else ''}{escape(choice.translate(_CHOICE))}"
            for choice in blank.choices
        )
        return f"{_OPEN}{marks[name]}:MULTICHOICE:{choices}{_CLOSE}"

    picture = drawing(part)
    shown = f'<p><img src="@@PLUGINFILE@@/{_FILE}" alt="{escape(part.described)}"/></p>'
    element = _cloze(piece, quiz, (shown if picture else "") + blanks(part, field, given))
    if picture:
        file = ET.SubElement(
            _found(element, "questiontext"), "file", name=_FILE, path="/", encoding="base64"
        )
        file.text = base64.b64encode(picture).decode()
    says = ["every blank earns its share by itself, also where only a whole group should"]
    says += [f"{part.blanks[name].name} is given, as others may change places" for name in given]
    return piece.note("changed", "; ".join([*says, *marks.says(part)]))


class _Marks:
    """The points of a cloze's fields as whole numbers, which is all that Moodle reads there."""

    def __init__(self, points: Mapping[str, float]) -> None:
        self._shares = {k: Fraction(v).limit_denominator(1000) for k, v in points.items()}
        common = math.lcm(*(share.denominator for share in self._shares.values()))
        whole = math.gcd(*(int(share * common) for share in self._shares.values()))
        # Points that are whole numbers stay what they are.
        self._scale = Fraction(1) if common == 1 else Fraction(common, whole)

    def __getitem__(self, field: str) -> Fraction:
        return self._shares[field] * self._scale

    def says(self, part: Part) -> list[str]:
        """Return what is to be said about the sum, if it is not the part's points."""
        total = float(sum(self._shares.values()) * self._scale)
        if total == part.points:
            return []
        return [f"worth {total:g} marks, which a quiz can scale to {part.points:g}"]


def _cloze(piece: Piece, quiz: ET.Element, fields: str) -> ET.Element:
    text = (_prompt(piece) + fields).translate(_BRACES)
    element = _question(quiz, "cloze", piece, text.replace(_OPEN, "{").replace(_CLOSE, "}"))
    _html(element, "generalfeedback", html(piece.question.derivation))
    return element


def _prompt(piece: Piece) -> str:
    return html(piece.question.prompt)


def _question(quiz: ET.Element, kind: str, piece: Piece, text: str) -> ET.Element:
    """Add a question with what all kinds have."""
    element = ET.SubElement(quiz, "question", type=kind)
    _leaf(ET.SubElement(element, "name"), "text", piece.title)
    _html(element, "questiontext", text)
    _leaf(element, "penalty", "0")
    _leaf(element, "hidden", "0")
    seed = "exam" if piece.question.seed is None else piece.question.seed
    _leaf(element, "idnumber", f"{piece.question.id}-{piece.place}-{seed}")
    return element


def _html(parent: ET.Element, tag: str, content: str) -> None:
    _leaf(ET.SubElement(parent, tag, format="html"), "text", content)


def _found(parent: ET.Element, tag: str) -> ET.Element:
    found = parent.find(tag)
    assert found is not None
    return found


def _leaf(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
