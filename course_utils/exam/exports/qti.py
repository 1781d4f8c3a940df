r"""QTI 2.1 (IMS Question and Test Interoperability): a zip file with a manifest, a test and items.

A question is one item: statements or lines to tick become a *choiceInteraction* with a mapping that
adds up to our marking rule, a numeric table has a *textEntryInteraction* in each cell, compared
within the tolerance, and any other part is an *extendedTextInteraction*. The key stands in a rubric
for those who mark. Mathematics stays LaTeX between ``\(`` and ``\)``, for players with MathJax.
"""

import io
import math
import zipfile
from collections.abc import Iterable, Sequence
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

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SECONDS = 90 * 60


def qti(questions: Sequence[Question]) -> Export:
    """Return `questions` as a QTI 2.1 package; the same questions give the same bytes.

    Raises
    ------
    ValueError
        If a question stands in it twice with the same seed.
    """
    names = [_name(question) for question in questions]
    if len(set(names)) < len(names):
        raise ValueError("A question stands twice in the export, with one and the same seed.")
    files = {"imsmanifest.xml": _manifest(names), "test.xml": _test(names)}
    notes: list[Note] = []
    for question, name in zip(questions, names, strict=True):
        item = _Item(question, name)
        files[f"items/{name}.xml"] = item.root
        notes += item.notes
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for path, root in files.items():
            content = ET.tostring(root, "utf-8", xml_declaration=True)
            package.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return Export(file.getvalue(), tuple(notes))


class _Item:
    """An assessmentItem under construction: declarations, body and response processing."""

    def __init__(self, question: Question, name: str) -> None:
        self.root = ET.Element(
            "assessmentItem",
            {
                "xmlns": _QTI,
                "identifier": name,
                "title": f"{question.id} {question.title}",
                "adaptive": "false",
                "timeDependent": "false",
            },
        )
        self.processing = ET.Element("responseProcessing")
        self.body = ET.Element("itemBody")
        self.body.append(fragment(html(question.prompt)))
        self.notes = [_add(piece, self) for piece in pieces([question])]
        rubric = ET.SubElement(self.body, "rubricBlock", view="scorer tutor")
        keys = "\n\n".join(part.key_text() for part in question.parts)
        rubric.append(fragment(html(keys) + html(question.derivation)))
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
        _leaf(ET.SubElement(score, "defaultValue"), "value", "0")
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
                _leaf(correct, "value", value)
        return declaration

    def add_to_score(self, parent: ET.Element, amount: ET.Element) -> None:
        """Make `parent` set SCORE to SCORE plus `amount`."""
        total = ET.SubElement(ET.SubElement(parent, "setOutcomeValue", identifier="SCORE"), "sum")
        ET.SubElement(total, "variable", identifier="SCORE")
        total.append(amount)

    def add_if(self, test: ET.Element, points: float) -> None:
        """Add `points` to SCORE if `test` is true."""
        condition = ET.SubElement(self.processing, "responseCondition")
        then = ET.SubElement(condition, "responseIf")
        then.append(test)
        self.add_to_score(then, _value(points))


def _add(piece: Piece, item: _Item) -> Note:
    part, name = piece.part, f"RESPONSE_{piece.place}"
    if isinstance(part, NumericTable):
        return _entries(part, piece, item, name)
    ticked = ticks(part)
    if ticked:
        return _choice(ticked, piece, item, name)
    return _extended_text(piece, item, name)


def _extended_text(piece: Piece, item: _Item, name: str) -> Note:
    item.response(name, "single", "string", [])
    item.body.append(fragment(without_lines(html(piece.part.text()))))
    lines = str(max(5, math.ceil(3 * piece.part.points)))
    ET.SubElement(
        item.body, "extendedTextInteraction", responseIdentifier=name, expectedLines=lines
    )
    return piece.note("by hand", "a text; its marker sees the key")


def _choice(ticked: Ticks, piece: Piece, item: _Item, name: str) -> Note:
    points = piece.part.points
    key = [_identifier(field) for field, typed in piece.part.key().items() if typed]
    declaration = item.response(name, "multiple", "identifier", key)
    if ticked.all_or_nothing:
        test = ET.Element("match")
        ET.SubElement(test, "variable", identifier=name)
        ET.SubElement(test, "correct", identifier=name)
        item.add_if(test, points)
    else:
        bounds = {"lowerBound": "0", "upperBound": f"{points:g}", "defaultValue": "0"}
        mapping = ET.SubElement(declaration, "mapping", bounds)
        for field, weight in ticked.weights.items():
            value = repr(float(weight) * points)
            ET.SubElement(mapping, "mapEntry", mapKey=_identifier(field), mappedValue=value)
        item.add_to_score(item.processing, ET.Element("mapResponse", identifier=name))
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


def _entries(part: NumericTable, piece: Piece, item: _Item, prefix: str) -> Note:
    def name(field: str) -> str:
        return f"{prefix}_{field.replace('.', '_')}"

    def show(field: str, entry: Entry) -> str:
        item.response(name(field), "single", "float", [repr(float(entry.value))])
        within = repr(margin(entry))
        test = ET.Element("equal", toleranceMode="absolute", tolerance=f"{within} {within}")
        ET.SubElement(test, "variable", identifier=name(field))
        test.append(_value(entry.value))
        item.add_if(test, entry.points)
        return f'<textEntryInteraction responseIdentifier="{name(field)}" expectedLength="8"/>'

    item.body.append(fragment(table(part, show)))
    if follows(part):
        return piece.note("changed", "a value that follows from an earlier slip earns nothing")
    return piece.note("whole")


def fragment(content: str) -> ET.Element:
    """Return HTML as a ``div``, without the styles that QTI's schema does not know."""
    div = ET.fromstring(f"<div>{content}</div>")
    for element in div.iter():
        element.attrib.pop("style", None)
    return div


def _value(number: float) -> ET.Element:
    element = ET.Element("baseValue", baseType="float")
    element.text = repr(float(number))
    return element


def _name(question: Question) -> str:
    """Return the item's identifier, which must begin with a letter."""
    seed = "exam" if question.seed is None else f"variant-{question.seed}"
    return f"question-{question.id.replace('.', '-')}-{seed}"


def _test(names: Sequence[str]) -> ET.Element:
    """Return a test that asks all items in their order, with the exam's time."""
    test = ET.Element(
        "assessmentTest", xmlns=_QTI, identifier="exam", title="Deep Learning, examination"
    )
    part = ET.SubElement(
        test, "testPart", identifier="part", navigationMode="nonlinear",
        submissionMode="simultaneous",
    )  # fmt: skip
    ET.SubElement(part, "timeLimits", maxTime=str(_SECONDS))
    section = ET.SubElement(
        part, "assessmentSection", identifier="questions", title="Questions", visible="true"
    )
    for name in names:
        ET.SubElement(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    return test


def _manifest(names: Sequence[str]) -> ET.Element:
    manifest = ET.Element("manifest", xmlns=_CONTENT, identifier="manifest")
    metadata = ET.SubElement(manifest, "metadata")
    _leaf(metadata, "schema", "QTIv2.1 Package")
    _leaf(metadata, "schemaversion", "1.0.0")
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    for name in names:
        path = f"items/{name}.xml"
        resource = ET.SubElement(
            resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=path
        )
        ET.SubElement(resource, "file", href=path)
    test = ET.SubElement(
        resources, "resource", identifier="exam", type="imsqti_test_xmlv2p1", href="test.xml"
    )
    ET.SubElement(test, "file", href="test.xml")
    for name in names:
        ET.SubElement(test, "dependency", identifierref=name)
    return manifest


def _leaf(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
