r"""Moodle's XML format, for its question bank.

Every part of a question becomes a question of Moodle's: statements or lines to tick a *multichoice*
whose fractions add up to our marking rule, a numeric table a *cloze* with a numerical field in each
cell, and any other part an *essay* with the key in the marker's information. Mathematics stands
between ``\(`` and ``\)``, which Moodle's MathJax filter typesets.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from xml.etree import ElementTree as ET

from course_utils.exam.conversion import html
from course_utils.exam.exports.report import (
    Export,
    Note,
    Piece,
    pieces,
    without_lines,
)
from course_utils.exam.exports.tables import follows, margin, table
from course_utils.exam.exports.ticks import Ticks, ticks
from course_utils.exam.kinds.numeric_table import Entry, NumericTable
from course_utils.exam.model import Question

_SHARES = frozenset({*range(1, 11), 20})
"""Moodle knows 1/n as a fraction only for these n."""
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
"""In a cloze text a brace may begin a field."""


def moodle(questions: Iterable[Question]) -> Export:
    """Return `questions` as a Moodle XML file, in a category for each lecture."""
    quiz = ET.Element("quiz")
    notes, lecture = [], None
    for piece in pieces(questions):
        if piece.question.lecture != lecture:
            lecture = piece.question.lecture
            category = ET.SubElement(quiz, "question", type="category")
            _leaf(ET.SubElement(category, "category"), "text", f"$course$/top/Exam/{lecture}")
        notes.append(_add(piece, quiz))
    ET.indent(quiz, " ")
    return Export(ET.tostring(quiz, "utf-8", xml_declaration=True), tuple(notes))


def _add(piece: Piece, quiz: ET.Element) -> Note:
    part = piece.part
    if isinstance(part, NumericTable):
        return _cloze(part, piece, quiz)
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


def _cloze(part: NumericTable, piece: Piece, quiz: ET.Element) -> Note:
    shares = {
        field: Fraction(entry.points).limit_denominator(1000)
        for field, entry in part.entries.items()
    }
    common = math.lcm(*(share.denominator for share in shares.values()))
    scale = Fraction(common, math.gcd(*(int(share * common) for share in shares.values())))
    scale = Fraction(1) if common == 1 else scale  # whole points stay what they are

    def field(name: str, entry: Entry) -> str:
        return f"\0{shares[name] * scale}:NUMERICAL:={entry.value!r}:{margin(entry)!r}\1"

    text = (_prompt(piece) + table(part, field)).translate(_BRACES)
    element = _question(quiz, "cloze", piece, text.replace("\0", "{").replace("\1", "}"))
    _html(element, "generalfeedback", html(piece.question.derivation))
    says = []
    if scale != 1:
        says.append(
            f"worth {part.points * scale:g} marks, which a quiz can scale to {part.points:g}"
        )
    if follows(part):
        says.append("a value that follows from an earlier slip earns nothing")
    return piece.note("changed" if follows(part) else "whole", "; ".join(says))


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


def _leaf(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
