"""One question as a QTI 2.1 item: its body, what is entered, and how that is marked."""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from xml.etree import ElementTree as ET

from course_utils.exam.conversion import FormulaError, html, mathml
from course_utils.exam.exports.blanks import blanks, drawing
from course_utils.exam.exports.report import Note, Piece, pieces, without_lines
from course_utils.exam.exports.tables import follows, margin, table
from course_utils.exam.exports.ticks import Ticks, ticks
from course_utils.exam.kinds.diagram import Blank, Diagram
from course_utils.exam.kinds.numeric_table import Entry, NumericTable
from course_utils.exam.model import Question
from course_utils.typography import printable

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
ET.register_namespace("m", "http://www.w3.org/1998/Math/MathML")
_html = partial(html, math=mathml)


class Item:
    """An assessmentItem: declarations, body and response processing.

    Attributes
    ----------
    name, file
        Its identifier, and its place in the package.
    root
        The element.
    pictures
        Files that belong beside it, by name.
    notes
        One for each part of the question.
    """

    def __init__(self, question: Question, name: str) -> None:
        self.root = ET.Element(
            "assessmentItem",
            {
                "xmlns": QTI,
                "identifier": name,
                "title": f"{question.id} {question.title}",
                "adaptive": "false",
                "timeDependent": "false",
            },
        )
        self.name = name
        self.file = f"items/{name}.xml"
        self.pictures: dict[str, bytes] = {}
        self.outcomes: list[str] = []
        self.processing = ET.Element("responseProcessing")
        self.body = ET.Element("itemBody")
        with _formulas_of(question, "prompt"):
            self.body.append(fragment(_html(question.prompt)))
        self.notes = []
        for piece in pieces([question]):
            with _formulas_of(question, f"part {piece.place}"):
                self.notes.append(_add(piece, self))
        rubric = ET.SubElement(self.body, "rubricBlock", view="scorer tutor")
        with _formulas_of(question, "key"):
            keys = _html("\n\n".join(part.key_text() for part in question.parts))
        with _formulas_of(question, "derivation"):
            rubric.append(fragment(keys + _html(question.derivation)))
        score = ET.SubElement(
            self.root,
            "outcomeDeclaration",
            {
                "identifier": "SCORE",
                "cardinality": "single",
                "baseType": "float",
                "normalMaximum": f"{question.points:g}",
            },
        )
        leaf(ET.SubElement(score, "defaultValue"), "value", "0")
        for outcome in self.outcomes:
            ET.SubElement(
                self.root, "outcomeDeclaration",
                identifier=outcome, cardinality="single", baseType="float",
            )  # fmt: skip
        self.root.extend([self.body, self.processing])

    def response(self, name: str, cardinality: str, base: str, right: Iterable[str]) -> ET.Element:
        """Declare what the student enters under `name`, and what is right."""
        declaration = ET.SubElement(
            self.root,
            "responseDeclaration",
            identifier=name,
            cardinality=cardinality,
            baseType=base,
        )
        values = list(right)
        if values:
            correct = ET.SubElement(declaration, "correctResponse")
            for value in values:
                leaf(correct, "value", value)
        return declaration

    def set(self, outcome: str, value: ET.Element, when: ET.Element | None = None) -> None:
        """Set an outcome to a value, always or when a test is true."""
        parent = self.processing
        if when is not None:
            parent = ET.SubElement(ET.SubElement(parent, "responseCondition"), "responseIf")
            parent.append(when)
        ET.SubElement(parent, "setOutcomeValue", identifier=outcome).append(value)

    def add(
        self, amount: ET.Element, outcome: str = "SCORE", when: ET.Element | None = None
    ) -> None:
        """Add `amount` to an outcome, always or when a test is true."""
        self.set(outcome, _of("sum", _variable(outcome), amount), when)


@contextmanager
def _formulas_of(question: Question, field: str) -> Iterator[None]:
    """Say where a formula stands that is not LaTeX."""
    try:
        yield
    except FormulaError as error:
        raise ValueError(
            f"Question {question.id}: in its {field}, ${error}$ cannot be read as LaTeX."
        ) from None


def _add(piece: Piece, item: Item) -> Note:
    part, name = piece.part, f"RESPONSE_{piece.place}"
    if isinstance(part, NumericTable):
        return _entries(part, piece, item, name)
    if isinstance(part, Diagram):
        return _lists(part, piece, item, name)
    ticked = ticks(part, mathml)
    if ticked:
        return _choice(ticked, piece, item, name)
    return _extended_text(piece, item, name)


def _extended_text(piece: Piece, item: Item, name: str) -> Note:
    item.response(name, "single", "string", [])
    item.body.append(fragment(without_lines(_html(piece.part.text()))))
    lines = str(max(5, math.ceil(3 * piece.part.points)))
    ET.SubElement(
        item.body, "extendedTextInteraction", responseIdentifier=name, expectedLines=lines
    )
    return piece.note("by hand", "a text; its marker sees the key")


def _choice(ticked: Ticks, piece: Piece, item: Item, name: str) -> Note:
    points = piece.part.points
    key = [_identifier(field) for field, typed in piece.part.key().items() if typed]
    declaration = item.response(name, "multiple", "identifier", key)
    if ticked.all_or_nothing:
        right = _of("match", _variable(name), ET.Element("correct", identifier=name))
        item.add(_value(points), when=right)
    else:
        bounds = {"lowerBound": "0", "upperBound": f"{points:g}", "defaultValue": "0"}
        mapping = ET.SubElement(declaration, "mapping", bounds)
        for field, weight in ticked.weights.items():
            value = repr(float(weight) * points)
            ET.SubElement(mapping, "mapEntry", mapKey=_identifier(field), mappedValue=value)
        item.add(ET.Element("mapResponse", identifier=name))
    interaction = ET.SubElement(
        item.body, "choiceInteraction", responseIdentifier=name, shuffle="false", maxChoices="0"
    )
    for field, text in ticked.texts.items():
        choice = ET.SubElement(interaction, "simpleChoice", identifier=_identifier(field))
        choice.append(fragment(text))
    if ticked.differs and not ticked.all_or_nothing:
        return piece.note("changed", ticked.differs)
    return piece.note("whole")


def _identifier(field: str) -> str:
    """Return a field's name as a QTI identifier, which must begin with a letter."""
    return f"line-{field}" if field.isdecimal() else field


def _entries(part: NumericTable, piece: Piece, item: Item, prefix: str) -> Note:
    def name(field: str) -> str:
        return f"{prefix}_{field.replace('.', '_')}"

    def show(field: str, entry: Entry) -> str:
        item.response(name(field), "single", "float", [repr(float(entry.value))])
        within = repr(margin(entry))
        near = _of("equal", _variable(name(field)), _value(entry.value))
        near.attrib.update(toleranceMode="absolute", tolerance=f"{within} {within}")
        item.add(_value(entry.points), when=near)
        return f'<textEntryInteraction responseIdentifier="{name(field)}" expectedLength="8"/>'

    item.body.append(fragment(table(part, show, mathml)))
    if follows(part):
        return piece.note("changed", "a value that follows from an earlier slip earns nothing")
    return piece.note("whole")


def _lists(part: Diagram, piece: Piece, item: Item, prefix: str) -> Note:
    """Add a list for each blank; groups earn points as a whole, by the key that gives the most."""

    def name(field: str) -> str:
        return f"{prefix}_{field}"

    def choice(field: str, text: str) -> str:
        return f"choice-{part.blanks[field].choices.index(text)}"

    def show(field: str, blank: Blank) -> str:
        item.response(name(field), "single", "identifier", [choice(field, part.keys[0][field])])
        choices = "".join(
            f'<inlineChoice identifier="{choice(field, text)}">{escape(text)}</inlineChoice>'
            for text in blank.choices
        )
        opening = f'<inlineChoiceInteraction responseIdentifier="{name(field)}" shuffle="false">'
        return f"{opening}{choices}</inlineChoiceInteraction>"

    picture = drawing(part)
    if picture:
        file = f"{item.name}-{piece.place}.svg"
        item.pictures[file] = picture
        shown = ET.SubElement(ET.SubElement(item.body, "p"), "img", src=file)
        shown.set("alt", part.described)
    item.body.append(fragment(blanks(part, show)))
    best, this = f"{prefix}_BEST", f"{prefix}_THIS"
    item.outcomes += [best, this]
    item.set(best, _value(0))
    for key in part.keys:
        item.set(this, _value(0))
        for group in part.groups:
            chosen = (
                _of("match", _variable(name(field)), _identified(choice(field, key[field])))
                for field in group.fields
            )
            item.add(_value(group.points), this, when=_of("and", *chosen))
        item.set(best, _variable(this), when=_of("gt", _variable(this), _variable(best)))
    item.add(_variable(best))
    return piece.note("whole")


def fragment(content: str) -> ET.Element:
    """Return HTML as a ``div``, without the styles that QTI's schema does not know."""
    div = ET.fromstring(f"<div>{printable(content)}</div>")
    for element in div.iter():
        element.attrib.pop("style", None)
    return div


def _of(operator: str, *operands: ET.Element) -> ET.Element:
    element = ET.Element(operator)
    element.extend(operands)
    return element


def _variable(name: str) -> ET.Element:
    return ET.Element("variable", identifier=name)


def _value(number: float) -> ET.Element:
    element = ET.Element("baseValue", baseType="float")
    element.text = repr(float(number))
    return element


def _identified(name: str) -> ET.Element:
    element = ET.Element("baseValue", baseType="identifier")
    element.text = name
    return element


def leaf(parent: ET.Element, tag: str, text: str) -> None:
    """Add an element that holds nothing but text."""
    ET.SubElement(parent, tag).text = text
