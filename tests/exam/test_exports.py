"""Exports, read back by readers that others wrote, and marked as their programs would.

Moodle XML is read by moodle-xml-parser, QTI by onyx2moodle; both are on PyPI. What they do not
read (essays; response processing) is read here with ElementTree, after the formats' descriptions.
"""

import base64
import csv
import functools
import html
import io
import itertools
import json
import random
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from moodle_xml_parser.parser import parse_bytes
from onyx2moodle.parser import parse_item

from course_utils.exam import Entry, NumericTable, Question, blueprint
from course_utils.exam.exports import FORMATS, csv_, moodle, qti
from course_utils.exam.exports.blanks import pinned
from course_utils.exam.exports.ticks import ticks
from course_utils.exam.kinds.diagram import Blank, Diagram, Group
from course_utils.exam.kinds.faulty_lines import FaultyLine, FaultyLines
from course_utils.exam.kinds.mark_all import NONE, all_or_nothing, balanced, per_option
from course_utils.exam.kinds.numeric_table import Follow
from course_utils.lessons.room import all_items
from tests.exam.examples import halves, statements
from tests.exam.paper_examples import NASTY, Written, whole_exam
from tests.exam.test_diagram import pets

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def question(*parts, prompt="Prompt.", seed=None, id_="1.1") -> Question:
    points = sum(part.points for part in parts)
    return Question(id_, "normalization", "Title", points, prompt, parts, "Derived.", seed)


def exam() -> list[Question]:
    return [item.question(4) for item in whole_exam().values()]


def tick_sets(part):
    """Yield every answer that can be ticked."""
    fields = [*part.fields, *([NONE] if getattr(part, "none_of_the_above", False) else [])]
    for chosen in itertools.product([False, True], repeat=len(fields)):
        yield {field: "x" for field, tick in zip(fields, chosen, strict=True) if tick}


def plain(content: str) -> str:
    """Return the text that a browser shows for HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", content))


MARK_ALLS = [
    statements(*correct, none_of_the_above=none, rule=rule, points=2)
    for size in (1, 2, 3, 4)
    for correct in itertools.product([False, True], repeat=size)
    for none in (True, False)
    for rule in (balanced, all_or_nothing, per_option)
    if none or any(correct)
]


PROGRAM = "a = [1]\n\nif a < b:\n    c = `d`\nd & e\n"
FAULTS = FaultyLines(PROGRAM, (FaultyLine(3, "*Why* 3."), FaultyLine(4, "Why 4.")), 3)
EITHER = FaultyLines(PROGRAM, (FaultyLine(3, "Why 3.", also=(1,)), FaultyLine(4, "Why 4.")), 3)


@pytest.mark.parametrize("part", [*MARK_ALLS, FAULTS, EITHER])
def test_added_ticks_give_our_points_or_are_said_not_to(part):
    ticked = ticks(part)
    differs = False
    for answer in tick_sets(part):
        added = max(Fraction(0), sum((ticked.weights[field] for field in answer), Fraction(0)))
        points = part.mark(answer).points
        differs |= float(added) * part.points != pytest.approx(points)
        if ticked.all_or_nothing:
            assert points == (part.points if answer == part.key() else 0)
    assert not (differs and not ticked.differs)
    if part in (FAULTS, EITHER) or part.rule is not per_option:
        assert differs == bool(ticked.differs)


# Moodle


def moodle_questions(*questions: Question) -> list[ET.Element]:
    root = ET.fromstring(moodle(questions).content)
    return [q for q in root if q.get("type") != "category"]


def text(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


@pytest.mark.parametrize("part", [*(p for p in MARK_ALLS if p.rule is balanced), FAULTS])
def test_moodle_marks_ticks_as_we_do(part):
    export = moodle([question(part)])
    (read,) = parse_bytes(export.content)["multichoice"]
    assert (read.single, read.shuffle_answers, read.penalty) == (False, False, 0)
    fields = list(ticks(part).texts)
    fractions = dict(zip(fields, (o.score_fraction for o in read.options), strict=True))
    if export.notes[0].how != "whole":
        assert all(option.correct for option in part.options)
        return
    for answer in tick_sets(part):
        added = max(0.0, sum(fractions[field] for field in answer)) / 100 * read.default_grade
        assert added == pytest.approx(part.mark(answer).points, abs=1e-6)


def test_moodle_gives_the_evidence_as_feedback():
    (read,) = parse_bytes(moodle([question(statements(True, False))]).content)["multichoice"]
    assert [option.feedback for option in read.options] == ["Evidence 0.", "Evidence 1.", ""]
    assert "Derived." in read.general_feedback


def test_lines_of_code_keep_their_signs_and_indentation(tmp_path):
    (read,) = moodle_questions(question(FAULTS))
    answers = [plain(answer.findtext("text")) for answer in read.iter("answer")]
    lines = [answer.replace("\N{NO-BREAK SPACE}", " ") for answer in answers]
    assert lines == ["1  a = [1]", "3  if a < b:", "4      c = `d`", "5  d & e"]
    assert text(read.findall("answer")[1], "feedback") == "<em>Why</em> 3."
    (choice,) = item(tmp_path, question(FAULTS)).interactions
    assert "if\N{NO-BREAK SPACE}a" in choice.choices[1].html


def test_a_fault_in_either_of_two_lines_is_said_not_to_be_whole():
    assert moodle([question(EITHER)]).notes[0].how == "changed"
    assert qti([question(EITHER)]).notes[0].how == "changed"


def test_moodle_refuses_shares_it_does_not_know():
    export = moodle([question(statements(True, *[False] * 11))])
    assert export.notes[0].how == "by hand"
    assert moodle_questions(question(statements(True, *[False] * 11)))[0].get("type") == "essay"


def test_moodle_marks_numbers_within_the_tolerance():
    export = moodle([question(halves())])
    (read,) = parse_bytes(export.content)["cloze"]
    gaps = [gap for gap in read.gaps if gap.sub_type == "NUMERICAL"]
    assert [gap.sub_grade for gap in gaps] == [1, 1]
    values = [gap.options[0].answer.split(":") for gap in gaps]
    assert [float(value) for value, _ in values] == [3.0, -2.5]
    for _, margin in values:
        assert 0.005 <= float(margin) < 0.00501
    assert "worth 2 marks, which a quiz can scale to 3" in export.notes[0].says
    assert "follows from an earlier slip earns nothing" in export.notes[0].says


def working(says: str) -> NumericTable:
    """Return a table with one row of working, from which the value below it follows."""
    follow = Follow(("0.0",), lambda own: own + 1)
    rows = ((Entry(1, 0, ""),), (Entry(2, 1, "", follow=follow),))
    return NumericTable(("", "$x$"), ("Working", "Value"), rows, says)


def test_what_a_format_cannot_follow_is_not_promised_but_reported(tmp_path):
    asked = question(working("Fill in the working: values that follow from it count."))
    assert "count" in asked.text()
    (read,) = moodle_questions(asked)
    for shown in (text(read, "questiontext"), item(tmp_path, asked).raw_xml):
        shown = shown.decode() if isinstance(shown, bytes) else shown
        shown = shown.split("<rubricBlock")[0]
        assert "count" not in shown
        assert "Working" not in shown
        assert "Value" in shown
    for export in (moodle([asked]), qti([asked])):
        assert export.notes[0].how == "changed"
        assert "follows from an earlier slip earns nothing" in export.notes[0].says


def test_moodle_carries_plain_numbers_whole():
    part = NumericTable(("", "$x$"), ("Row",), ((Entry(0.5, 1, ""),),))
    export = moodle([question(part)])
    assert str(export.notes[0]) == "1.1 (numeric table): whole"


def test_moodle_gives_the_marker_the_key():
    (essay,) = moodle_questions(question(Written(2, "Explain.")))
    assert essay.get("type") == "essay"
    assert essay.findtext("defaultgrade") == "2"
    assert "Key" in text(essay, "graderinfo")
    assert "Derived." in text(essay, "graderinfo")
    assert "Key" not in text(essay, "questiontext")


def test_braces_in_a_prompt_are_no_fields_of_moodles():
    (cloze,) = moodle_questions(question(halves(), prompt=NASTY))
    raw = text(cloze, "questiontext")
    assert len(re.findall(r"\{[^}]*}", raw)) == 2
    assert "{1:NUMERICAL:=2}" in html.unescape(raw)


# QTI


def package(*questions: Question) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(qti(questions).content))


def item(folder: Path, asked: Question):
    """Return the only item of a package as onyx2moodle reads it."""
    archive = package(asked)
    (name,) = (n for n in archive.namelist() if n.startswith("items/") and n.endswith(".xml"))
    archive.extract(name, folder)
    return parse_item(folder / name)


def score(read, responses: dict[str, object]) -> float:
    """Run an item's response processing, as QTI 2.1 describes it, on what was entered."""
    declared = read.response_decls
    found = {"SCORE": 0.0}

    def value(e: ET.Element):
        name = e.get("identifier", "")
        match e.tag.removeprefix(QTI):
            case "variable":
                return found[name] if name in found else responses.get(name)
            case "correct":
                return set(declared[name].correct_values)
            case "baseValue":
                return float(e.text) if e.get("baseType") == "float" else e.text
            case "sum":
                return sum(value(child) for child in e)
            case "and":
                return all(value(child) for child in e)
            case "gt":
                return value(e[0]) > value(e[1])
            case "match":
                return value(e[0]) == value(e[1])
            case "equal":
                below, above = map(float, e.get("tolerance").split())
                first, second = value(e[0]), value(e[1])
                return first is not None and second - below <= first <= second + above
            case "mapResponse":
                bounds = root.find(f"{QTI}responseDeclaration[@identifier='{name}']/{QTI}mapping")
                mapped = sum(declared[name].mapping[ticked] for ticked in responses.get(name, ()))
                low, high = float(bounds.get("lowerBound")), float(bounds.get("upperBound"))
                return min(max(mapped, low), high)
        raise AssertionError(e.tag)

    def run(e: ET.Element) -> None:
        match e.tag.removeprefix(QTI):
            case "setOutcomeValue":
                found[e.get("identifier")] = value(e[0])
            case "responseCondition":
                (then,) = e
                if value(then[0]):
                    for step in then[1:]:
                        run(step)
            case _:
                raise AssertionError(e.tag)

    root = ET.fromstring(read.raw_xml)
    for step in root.find(f"{QTI}responseProcessing"):
        run(step)
    return found["SCORE"]


@pytest.mark.parametrize("part", [*(p for p in MARK_ALLS if p.rule is not per_option), FAULTS])
def test_qti_marks_ticks_as_we_do(part, tmp_path):
    asked = question(part)
    read = item(tmp_path, asked)
    (choice,) = read.interactions
    assert (choice.kind, choice.max_choices, choice.shuffle) == ("choice", 0, False)
    names = dict(zip(ticks(part).texts, (c.identifier for c in choice.choices), strict=True))
    right = {names[field] for field in part.key()}
    assert set(read.response_decls["RESPONSE_1"].correct_values) == right
    assert qti([asked]).notes[0].how == "whole"
    for answer in tick_sets(part):
        points = score(read, {"RESPONSE_1": {names[field] for field in answer}})
        assert points == pytest.approx(part.mark(answer).points), answer


def test_qti_says_which_rule_it_cannot_carry():
    assert qti([question(statements(True, False, rule=per_option))]).notes[0].how == "changed"


@pytest.mark.parametrize(
    ("typed", "points"),
    [((3, -2.5), 3), ((3.005, 2.5), 1.5), ((3.0051, -2.4949), 0), ((None, -2.5), 1.5)],
)
def test_qti_marks_numbers_within_the_tolerance(typed, points, tmp_path):
    read = item(tmp_path, question(halves()))
    names = [interaction.response_identifier for interaction in read.interactions]
    assert len(names) == 2
    assert score(read, dict(zip(names, typed, strict=True))) == points


def test_qti_puts_several_parts_into_one_item(tmp_path):
    asked = question(statements(True, False), halves(), Written(2, "Explain."))
    read = item(tmp_path, asked)
    assert [i.kind for i in read.interactions] == [
        "textEntry",
        "textEntry",
        "choice",
        "extendedText",
    ] or [i.kind for i in read.interactions] == ["choice", "textEntry", "textEntry", "extendedText"]
    full = {"RESPONSE_1": {"a"}, "RESPONSE_2_0_1": 3.0, "RESPONSE_2_1_1": -2.5}
    assert score(read, full) == 4.0
    body = ET.fromstring(read.raw_xml).find(f"{QTI}itemBody")
    rubric = body.find(f"{QTI}rubricBlock")
    assert rubric.get("view") == "scorer tutor"
    assert "Derived." in "".join(rubric.itertext())
    body.remove(rubric)
    assert "Key" not in "".join(body.itertext())


@functools.cache
def parts_of(kind):
    """Return the parts of one kind of all of the course's questions, in nine forms each."""
    forms = (None, *range(8))
    questions = (it.question(seed) for it in all_items().values() for seed in forms)
    return [part for asked in questions for part in asked.parts if isinstance(part, kind)]


def some_answers(part: Diagram, count: int = 40):
    """Yield every key, keys with one slip, and answers drawn blindly."""
    rng = random.Random(1)
    for key in part.keys:
        yield key
        slip = rng.choice(list(part.blanks))
        yield key | {slip: rng.choice(part.blanks[slip].choices)}
    for _ in range(count):
        yield {field: rng.choice(blank.choices) for field, blank in part.blanks.items()}


def test_qti_marks_blanks_as_we_do(tmp_path):
    for part in [pets(), *parts_of(Diagram)]:
        asked = question(part)
        assert qti([asked]).notes[0].how == "whole"
        read = item(tmp_path, asked)
        names = {f"RESPONSE_1_{field}": field for field in part.blanks}
        lists = {i.response_identifier: i for i in read.interactions}
        assert set(lists) == set(names)
        for answer in some_answers(part):
            chosen = {
                name: next(c.identifier for c in lists[name].choices if c.html == answer[field])
                for name, field in names.items()
            }
            assert score(read, chosen) == pytest.approx(part.mark(answer).points)


def test_moodle_asks_for_blanks_below_the_drawing():
    drawn = [part for part in parts_of(Diagram) if part.picture]
    assert drawn
    for part in drawn:
        (given,) = pinned(part)
        (read,) = moodle_questions(question(part))
        shown = text(read, "questiontext")
        (file,) = read.iter("file")
        assert f"@@PLUGINFILE@@/{file.get('name')}" in shown
        ET.fromstring(base64.b64decode(file.text))
        gaps = re.findall(r"\{(\d+):MULTICHOICE:([^}]*)\}", shown)
        assert len(gaps) == len(part.blanks) - 1
        right = [re.findall(r"(?:^|~)=([^~]*)", choices) for _, choices in gaps]
        wanted = [part.keys[0][field] for field in part.blanks if field != given]
        assert right == [[choice] for choice in wanted]


def test_with_the_given_blank_only_one_answer_is_right():
    for part in parts_of(Diagram):
        given = pinned(part)
        if given is None:
            assert len(part.keys) > 2
            assert moodle([question(part)]).notes[0].how == "by hand"
        else:
            assert sum(given.items() <= key.items() for key in part.keys) == 1


def test_signs_of_a_cloze_in_a_choice_are_only_signs():
    blank = Blank("(1)", ("a}b", "c~d", "=e", "#f"))
    part = Diagram({"x": blank}, (Group("It", ("x",), 1),), ({"x": "=e"},))
    (read,) = moodle_questions(question(part))
    (choices,) = re.findall(r"\{1:MULTICHOICE:(.*)\}", text(read, "questiontext"))
    assert html.unescape(choices) == r"a\}b~c\~d~=\=e~\#f"


def test_qti_package_is_complete():
    archive = package(*exam())
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[0] == "imsmanifest.xml"
    manifest = ET.fromstring(archive.read("imsmanifest.xml"))
    space = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
    files = [file.get("href") for file in manifest.iter(f"{space}file")]
    assert sorted(files) == sorted(names[1:])
    test = ET.fromstring(archive.read("test.xml"))
    asked = [ref.get("href") for ref in test.iter(f"{QTI}assessmentItemRef")]
    assert asked == [file for file in files if file.startswith("items/")]
    assert test.find(f".//{QTI}timeLimits").get("maxTime") == "5400"
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]
    for name in asked:
        root = ET.fromstring(archive.read(name))
        tags = [child.tag.removeprefix(QTI) for child in root]
        assert tags == sorted(tags, key=order.index)
        assert re.fullmatch(r"[A-Za-z_][\w.-]*", root.get("identifier"))
        declared = [d.get("identifier") for d in root.iter(f"{QTI}responseDeclaration")]
        used = [e.get("responseIdentifier") for e in root.iter() if e.get("responseIdentifier")]
        assert sorted(declared) == sorted(used)


def test_qti_refuses_the_same_question_twice():
    with pytest.raises(ValueError, match="stands twice"):
        qti([question(halves()), question(halves())])


# CSV


def test_csv_can_be_read_back():
    lines = list(csv.DictReader(io.StringIO(csv_(exam()).content.decode("utf-8-sig"))))
    assert {line["id"] for line in lines} == set(blueprint.ITEMS)
    assert sum(float(line["points"]) for line in lines) == 66
    assert sum(float(line["points"]) for line in lines if line["bonus"] == "yes") == 6
    for line in lines:
        asked = whole_exam()[line["id"]].question(int(line["seed"]))
        part = asked.parts[int(line["part"]) - 1]
        assert line["prompt"] == asked.prompt
        assert line["text"].strip() == part.text()
        assert part.mark(json.loads(line["answers"])).points == part.points


@pytest.mark.parametrize("prompt", ["=1+1", "-1", "+1", "@x"])
def test_csv_has_no_formulas_for_spreadsheets(prompt):
    content = csv_([question(halves(), prompt=prompt)]).content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(content))
    assert line["prompt"] == f" {prompt}"


# All formats


@pytest.mark.parametrize("name", FORMATS)
def test_every_part_is_in_the_report(name):
    questions = exam()
    notes = FORMATS[name](questions).notes
    assert len(notes) == sum(len(q.parts) for q in questions)
    assert {note.piece.split(",")[0] for note in notes} == set(blueprint.ITEMS)
    assert {note.how for note in notes} <= {"whole", "changed", "by hand"}
    assert all(note.says for note in notes if note.how != "whole")


@pytest.mark.parametrize("name", FORMATS)
def test_same_questions_same_bytes(name):
    assert FORMATS[name](exam()).content == FORMATS[name](exam()).content


@pytest.mark.parametrize(
    "part", [statements(True, False), halves(), Written(3, NASTY)], ids=["ticks", "table", "text"]
)
def test_no_format_spoils_a_prompt(part, tmp_path):
    asked = question(part, prompt=NASTY)
    shown = NASTY.replace("$", "\N{NULL}").replace("*emphasis*", "emphasis").replace("`", "")
    shown = shown.replace('\\"', '"')
    before, latex, after = shown.split("\N{NULL}")
    (read,) = moodle_questions(asked)
    assert f"{before}\\({latex}\\){after}" in plain(text(read, "questiontext"))
    body = ET.fromstring(item(tmp_path, asked).raw_xml).find(f"{QTI}itemBody")
    math = next(body.iter("{http://www.w3.org/1998/Math/MathML}math"))
    assert f"{before}{''.join(math.itertext())}{after}" in "".join(body.itertext())
    (line,) = csv.DictReader(io.StringIO(csv_([asked]).content.decode("utf-8-sig")))
    assert line["prompt"] == NASTY


def test_control_characters_do_not_break_xml(tmp_path):
    asked = question(halves(), prompt="a\x00b\x0bc\ud800d\ufffee", seed=3)
    assert "abcde" in plain(text(moodle_questions(asked)[0], "questiontext"))
    assert item(tmp_path, asked).title == "1.1 Title"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x1b", "\x7f", "\ud800", "\ufffe", "\n", "\u2028"]
)
def test_a_title_with_a_control_character_is_refused_when_the_question_is_made(sign):
    with pytest.raises(ValueError, match=r"question 1\.1: its title .* one line"):
        replace(question(halves()), title=f"a{sign}b")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe"])
def test_control_characters_do_not_break_csv(sign):
    content = csv_([question(halves(), prompt=f"a{sign}b")]).content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(content))
    assert line["prompt"] == "ab"


def everywhere(text: str) -> list[Question]:
    """Questions with `text` wherever an author may write one, but for a title."""
    written = question(Written(2, text), statements(True), prompt=text)
    group, given, choices = (Group(text, ("x",), 1),), ({"x": "p"},), ("p", text)
    picture = Diagram({"x": Blank(text, choices)}, group, given, picture=drawn, described=text)
    parts = [
        FaultyLines(f"a = '{text}'\nb = 2\n", (FaultyLine(1, text),), 3),
        NumericTable((text, "$x$"), (text,), ((Entry(0.5, 1, text),),), says=text),
        Diagram({"x": Blank("(1)", choices)}, group, given, template=f"{text} [x]"),
        picture,
    ]
    return [replace(written, derivation=text), *map(question, parts)]


def drawn(_given: object) -> str:
    return "<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "odd",
    [
        "\0",
        "\v",
        "\x1b[31m",
        "\ud800",
        "\ufffe",
        "]]>",
        "<![CDATA[",
        "&#0;",
        "\u202e",
        "\x85\u2028",
    ],
)
def test_odd_text_anywhere_in_a_question_breaks_no_export(name, odd):
    exam = replace(blueprint.EXAM, title=f"Winter{odd}", course=odd)
    for asked in everywhere(f"a {odd} b"):
        content = FORMATS[name]([asked], exam).content
        if name == "qti":
            archive = zipfile.ZipFile(io.BytesIO(content))
            assert [ET.fromstring(archive.read(n)) for n in archive.namelist() if "xml" in n]
        elif name == "moodle":
            assert ET.fromstring(content)
        else:
            assert list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("latex", [r"\frac{", r"\left(", "x_", r"\color{<}{x}", r"\unicode{0}"])
def test_a_formula_that_is_no_latex_is_told_with_its_question_and_place(latex):
    whole = question(halves(), Written(2, f"${latex}$"))
    places = {
        "prompt": replace(whole, prompt=f"Find ${latex}$."),
        "part 2": whole,
        "derivation": replace(whole, parts=whole.parts[:1], points=3, derivation=f"$${latex}$$"),
    }
    for place, asked in places.items():
        says = rf"^Question 1\.1: in its {place}, \${re.escape(latex)}\$ cannot be read as LaTeX\.$"
        with pytest.raises(ValueError, match=says):
            qti([asked])
        assert moodle([asked]).content
        assert csv_([asked]).content


def test_a_year_with_a_stroke_is_no_category_of_moodles():
    content = moodle([question(halves())], replace(blueprint.EXAM, title="2025/26")).content
    (category,) = ET.fromstring(content).iter("category")
    assert text(category, ".").removeprefix("$course$/top/") == "2025//26/normalization"


def test_every_question_of_the_course_can_be_exported(tmp_path):
    questions = [item.question(seed) for item in all_items().values() for seed in (None, 1)]
    ids = [q.findtext("idnumber") for q in moodle_questions(*questions)]
    assert len(set(ids)) == len(ids) == sum(len(q.parts) for q in questions)
    archive = package(*questions)
    for name in archive.namelist():
        if name.endswith(".xml") and name.startswith("items/"):
            archive.extract(name, tmp_path)
            assert parse_item(tmp_path / name).interactions
    assert csv_(questions).notes
