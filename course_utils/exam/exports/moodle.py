r"""Moodle's XML format, for its question bank.

Every part of a question becomes a question of Moodle's: a mark-all part a *multichoice* whose
fractions add up to our marking rule, a numeric table a *cloze* with a numerical field in each
cell, and any other part an *essay* with the key in the marker's information. Mathematics stands
between ``\(`` and ``\)``, which Moodle's MathJax filter typesets.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import singledispatch
from xml.etree import ElementTree as ET

from course_utils.exam.conversion import html, html_line
from course_utils.exam.exports.report import (
    Export,
    Note,
    Piece,
    pieces,
    tick_weights,
    without_lines,
)
from course_utils.exam.exports.tables import follows, margin, table
from course_utils.exam.kinds.mark_all import NONE, NONE_TEXT, MarkAll
from course_utils.exam.kinds.numeric_table import Entry, NumericTable
from course_utils.exam.model import Part, Question

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
        notes.append(_add(piece.part, piece, quiz))
    ET.indent(quiz, " ")
    return Export(ET.tostring(quiz, "utf-8", xml_declaration=True), tuple(notes))


@singledispatch
def _add(part: Part, piece: Piece, quiz: ET.Element) -> Note:
    """Add a part that Moodle cannot mark: an essay."""
    element = _question(quiz, "essay", piece, _prompt(piece) + without_lines(html(part.text())))
    _leaf(element, "defaultgrade", f"{part.points:g}")
    _leaf(element, "responseformat", "editor")
    _leaf(element, "responserequired", "1")
    _leaf(element, "responsefieldlines", str(max(5, math.ceil(3 * part.points))))
    _leaf(element, "attachments", "0")
    _html(element, "graderinfo", html(part.key_text()) + html(piece.question.derivation))
    _html(element, "responsetemplate", "")
    return piece.note("by hand", "an essay; its marker sees the key")


@_add.register
def _mark_all(part: MarkAll, piece: Piece, quiz: ET.Element) -> Note:
    weights, exact = tick_weights(part)
    if any(weight.denominator not in _SHARES for weight in weights.values()):
        return _add.dispatch(Part)(part, piece, quiz)
    element = _question(quiz, "multichoice", piece, _prompt(piece))
    _leaf(element, "defaultgrade", f"{part.points:g}")
    _html(element, "generalfeedback", html(piece.question.derivation))
    _leaf(element, "single", "false")
    _leaf(element, "shuffleanswers", "false")
    _leaf(element, "answernumbering", "none")
    _leaf(element, "showstandardinstruction", "0")
    for field, option in part.fields.items():
        _answer(element, weights[field], option.text, option.why)
    if NONE in weights:
        _answer(element, weights[NONE], NONE_TEXT, "")
    if exact:
        return piece.note("whole")
    return piece.note("changed", "each right tick earns its share, where ours is another rule")


@_add.register
def _numeric_table(part: NumericTable, piece: Piece, quiz: ET.Element) -> Note:
    shares = {
        field: Fraction(entry.points).limit_denominator(1000)
        for field, entry in part.entries.items()
    }
    scale = math.lcm(*(share.denominator for share in shares.values()))

    def field(name: str, entry: Entry) -> str:
        return f"\0{shares[name] * scale}:NUMERICAL:={entry.value!r}:{margin(entry)!r}\1"

    text = (_prompt(piece) + table(part, field)).translate(_BRACES)
    element = _question(quiz, "cloze", piece, text.replace("\0", "{").replace("\1", "}"))
    _html(element, "generalfeedback", html(piece.question.derivation))
    says = []
    if scale > 1:
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


def _answer(element: ET.Element, weight: Fraction, text: str, why: str) -> None:
    fraction = f"{float(100 * weight):.5f}".rstrip("0").rstrip(".")
    answer = ET.SubElement(element, "answer", fraction=fraction, format="html")
    _leaf(answer, "text", html_line(text))
    _html(answer, "feedback", html_line(why))


def _html(parent: ET.Element, tag: str, content: str) -> None:
    _leaf(ET.SubElement(parent, tag, format="html"), "text", content)


def _leaf(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
