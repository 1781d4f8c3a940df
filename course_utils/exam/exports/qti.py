r"""QTI 2.1 (IMS Question and Test Interoperability): a zip file with a manifest, a test and items.

A question is one item: statements or lines to tick become a *choiceInteraction* with a mapping that
adds up to our marking rule, a numeric table has a *textEntryInteraction* in each cell, compared
within the tolerance, a drawing or formula with blanks an *inlineChoiceInteraction* in each, and any
other part is an *extendedTextInteraction*. The key stands in a rubric for those who mark.
Mathematics is MathML, which shows without any script.
"""

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from course_utils.exam.blueprint import EXAM, Blueprint
from course_utils.exam.exports.qti_item import QTI, Item, leaf
from course_utils.exam.exports.report import Export, xml
from course_utils.exam.model import Question

_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"


def qti(questions: Sequence[Question], exam: Blueprint = EXAM) -> Export:
    """Return `questions` as a QTI 2.1 package; the same questions give the same bytes.

    Parameters
    ----------
    questions
        What it holds, in this order.
    exam
        Gives the test its title and its time.

    Raises
    ------
    ValueError
        If a question stands in it twice with the same seed, or a formula is not LaTeX.
    """
    names = [_name(question) for question in questions]
    if len(set(names)) < len(names):
        raise ValueError("A question stands twice in the export, with one and the same seed.")
    items = [Item(question, name) for question, name in zip(questions, names, strict=True)]
    test = _test(names, questions, exam)
    files = {"imsmanifest.xml": xml(_manifest(items)), "test.xml": xml(test)}
    for item in items:
        files[item.file] = xml(item.root)
        files |= {f"items/{name}": content for name, content in item.pictures.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return Export(file.getvalue(), tuple(note for item in items for note in item.notes))


def _name(question: Question) -> str:
    """Return the item's identifier, which must begin with a letter."""
    seed = "exam" if question.seed is None else f"variant-{question.seed}"
    return f"question-{question.id.replace('.', '-')}-{seed}"


def _test(names: Sequence[str], questions: Sequence[Question], exam: Blueprint) -> ET.Element:
    """Return a test that asks all items in their order, at the exam's pace."""
    test = ET.Element(
        "assessmentTest", xmlns=QTI, identifier="exam", title=f"{exam.course}, {exam.title}"
    )
    part = ET.SubElement(
        test, "testPart", identifier="part", navigationMode="nonlinear",
        submissionMode="simultaneous",
    )  # fmt: skip
    ET.SubElement(part, "timeLimits", maxTime=str(60 * exam.minutes(questions)))
    section = ET.SubElement(
        part, "assessmentSection", identifier="questions", title="Questions", visible="true"
    )
    for name in names:
        ET.SubElement(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    return test


def _manifest(items: Sequence[Item]) -> ET.Element:
    manifest = ET.Element("manifest", xmlns=_CONTENT, identifier="manifest")
    metadata = ET.SubElement(manifest, "metadata")
    leaf(metadata, "schema", "QTIv2.1 Package")
    leaf(metadata, "schemaversion", "1.0.0")
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    for item in items:
        resource = ET.SubElement(
            resources, "resource",
            identifier=item.name, type="imsqti_item_xmlv2p1", href=item.file,
        )  # fmt: skip
        for path in (item.file, *(f"items/{name}" for name in item.pictures)):
            ET.SubElement(resource, "file", href=path)
    test = ET.SubElement(
        resources, "resource", identifier="exam", type="imsqti_test_xmlv2p1", href="test.xml"
    )
    ET.SubElement(test, "file", href="test.xml")
    for item in items:
        ET.SubElement(test, "dependency", identifierref=item.name)
    return manifest
