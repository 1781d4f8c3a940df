"""Papers: what they hold, that they are the same every time, and that nothing is lost in print."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from course_utils.exam import blueprint
from course_utils.exam.conversion import plain_svg
from course_utils.exam.kinds.diagram import Blank, Diagram, Group
from course_utils.exam.papers import (
    Paper,
    PrintError,
    PrintMissingError,
    compose,
    print_papers,
    tools,
    typeset,
)
from course_utils.lessons.room import all_items
from tests.exam.paper_examples import Any, whole_exam

pytestmark = pytest.mark.slow  # typst sets whole papers


def _pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _print(items, seed=3, key=False) -> list[str]:
    paper = compose(items, seed)
    typst = tools.typst_of(typeset.fragments(paper))
    write = typeset.key_document if key else typeset.document
    return _pages(tools.pdf(tools.compiler(), write(paper, typst)))


@pytest.fixture(scope="module")
def paper() -> list[str]:
    return _print(whole_exam())


@pytest.fixture(scope="module")
def key() -> list[str]:
    return _print(whole_exam(), key=True)


def test_a_paper_holds_every_item_in_the_exams_order():
    paper = compose(dict(reversed(whole_exam().items())), 5)
    assert [question.id for question in paper.questions] == list(blueprint.ITEMS)
    assert paper.missing == ()
    assert paper.exam.points(paper.questions) == (60, 6)
    worth = [sum(q.points for q in questions) for questions in paper.sections.values()]
    assert worth == [8, 16, 12, 9, 13, 4, 4]


def test_one_seed_is_one_paper():
    once, again = compose(whole_exam(), 5), compose(whole_exam(), 5)
    assert [q.text() for q in once.questions] == [q.text() for q in again.questions]
    prompts = {compose(whole_exam(), seed).questions[0].prompt for seed in range(20)}
    assert len(prompts) > 1


def test_a_bank_without_questions_is_told():
    with pytest.raises(ValueError, match="no question to print"):
        compose({}, 1)


def test_cover_has_fields_rules_and_the_points_of_each_section(paper):
    cover = paper[0]
    fields = ("Name", "Matriculation number", "Course of studies", "Signature")
    for wanted in (*fields, "90 minutes", "one A4 sheet of notes"):
        assert wanted in cover
    assert "No calculator" in cover
    assert "60 + 6 bonus points" in cover
    assert "11 + 2 bonus" in cover
    assert "This paper holds" not in cover


def test_cover_of_a_part_of_the_exam_says_so():
    cover = _print({"3.1": Any("3.1"), "5.5": Any("5.5")})[0]
    said = " ".join(cover.split())
    assert "holds 2 of the exam's 29 questions, worth 4 + 2 bonus of its 60 + 6 bonus points" in (
        said.replace("’", "'")
    )
    assert "Not on it: 1.1, 1.2," in said


@pytest.mark.parametrize(
    ("ids", "minutes"),
    [
        (tuple(blueprint.ITEMS), 90),
        (("2.5", "3.1", "3.2"), 15),  # 10 points: 15 minutes
        (("2.5", "3.1", "6.1"), 20),  # 11 points: 16.5 minutes
        (("3.1", "7.1"), 10),  # 4 points and a bonus on top: 6 minutes
        (("5.5",), 5),  # 2 points, all of them a bonus: 3 minutes
    ],
)
def test_a_paper_of_fewer_points_allows_fewer_minutes(ids, minutes):
    paper = compose({id_: Any(id_) for id_ in ids}, 1)
    assert paper.minutes == minutes
    written = typeset.document(paper, dict.fromkeys(typeset.fragments(paper), ""))
    assert written.count(f"{minutes} minutes") == 2  # below the title, and the first rule


def test_every_page_names_its_paper(paper, key):
    assert all("paper 3" in page for page in paper + key)
    assert all("Matriculation number" in page for page in paper)


def _of_the_exam():
    """Return the items that a paper prints: those for practice belong to their lectures."""
    return {id_: item for id_, item in all_items().items() if id_ in blueprint.ITEMS}


def test_every_question_is_printed_with_its_points(paper):
    text = "\n".join(paper[1:])
    for entry in blueprint.ITEMS.values():
        assert entry.topic.capitalize() in " ".join(text.split())
    assert text.count("of 4") >= 4
    assert "None of the above." in text


def test_questions_stay_on_one_page(paper):
    for id_ in blueprint.ITEMS:
        pages = [page for page in paper[1:] if f"\n{id_}\n" in f"\n{page}\n".replace(" ", "\n")]
        assert len(pages) == 1, id_


def test_a_questions_key_stays_on_one_page():
    items = _of_the_exam()
    for seed in (None, 3):
        pages = _print(items, seed, key=True)
        for id_, item in items.items():
            question = item.question(seed)
            begins = [i for i, page in enumerate(pages) if f"{id_} {question.title}" in _flat(page)]
            ends = "".join(question.derivation.replace("*", "").split())[-12:]
            assert len(begins) == 1, id_
            assert "$" in ends or "`" in ends or ends in "".join(pages[begins[0]].split()), id_


def _flat(page: str) -> str:
    return " ".join(page.split())


def test_the_key_of_a_drawing_is_drawn():
    items = {"3.2": all_items()["3.2"]}
    drawn = items["3.2"].question(None).parts[0]
    names = set(drawn.key().values())
    (page,) = _print(items, None, key=True)
    assert all(_flat(page).count(name) >= 2 for name in names)  # in the drawing and in the list


def test_every_statement_has_its_verdict_and_evidence_in_the_key():
    items = {"1.1": all_items()["1.1"]}
    question = items["1.1"].question(2)
    (page,) = _print(items, 2, key=True)
    for option in question.parts[0].options:
        verdict = "True" if option.correct else "False"
        words = f"{option.text} {verdict}. {option.why}"
        assert "".join(words.split()) in "".join(page.split()).replace("-\n", "")


def test_a_question_longer_than_a_page_goes_on(monkeypatch):
    long = "\n\n".join(f"Sentence number {i}." for i in range(120))
    monkeypatch.setattr("tests.exam.paper_examples.NASTY", long)
    text = "\n".join(_print({"2.2": Any("2.2")}))
    assert "Sentence number 0." in text
    assert "Sentence number 119." in text


def test_a_listing_is_not_cut_by_the_end_of_a_page(monkeypatch):
    words = "\n\n".join(f"Sentence number {i}." for i in range(32))
    code = "\n".join(f"first_{i}()" for i in range(25))
    monkeypatch.setattr("tests.exam.paper_examples.NASTY", f"{words}\n\n```python\n{code}\n```")
    pages = _print({"2.2": Any("2.2")})
    (listed,) = [page for page in pages if "first_0()" in page]
    assert "Sentence number 0." not in listed
    assert "Sentence number 31." in listed, "its caption keeps to it"
    assert "first_24()" in listed


def test_the_paper_does_not_give_its_key_away(paper, key):
    assert "Key of" not in "\n".join(paper)
    assert "Evidence" not in "\n".join(paper)
    assert "Because" not in "\n".join(paper)
    text = "\n".join(key)
    assert text.count("How it comes about") == 29
    assert text.count("Because") == 29
    assert "−2.5" in text


def test_marks_and_markup_survive_print(paper):
    text = " ".join("\n".join(paper).split())
    for wanted in ("<b>Not bold</b>", "a[i] < b", "ŷ Σ −", "]]>", "{1:NUMERICAL:=2}", "#set @ref"):
        assert wanted in text
    assert "*emphasis*" not in text
    assert "____" not in text


@pytest.mark.parametrize("sign", ["ŷ", "Σ", "−", "W̃", "∂", "δ", "σ", "₁", "≥", "→", "☐", "✓", "µ"])
def test_signs_have_a_glyph(sign):
    (typst,) = tools.typst_of([f"{sign} and `{sign}`"]).values()
    source = f'{typeset.LOOK}\n#show: paper.with("t", "n", false)\n{typst}'
    assert sign in _pages(tools.pdf(tools.compiler(), source))[0]


def test_a_sign_without_a_glyph_is_refused():
    paper = compose({"2.2": Any("2.2")}, 1)
    typst = dict.fromkeys(typeset.fragments(paper), "🧟")
    with pytest.raises(PrintError, match="typst cannot set a page"):
        tools.pdf(tools.compiler(), typeset.document(paper, typst))


def test_a_drawing_is_drawn_and_not_described():
    space = "http://www.w3.org/2000/svg"
    svg = f'<svg xmlns="{space}" viewBox="0 0 90 30"><text y="20">DRAWN</text></svg>'
    blank = Blank("(1)", ("sum", "bias"))
    drawing = Diagram(
        {"a": blank}, (Group("It", ("a",), 3),), ({"a": "sum"},),
        picture=lambda _: svg, described="In words.",
    )  # fmt: skip
    question = replace(Any("3.2").question(1), parts=(drawing,))
    paper = Paper(1, (question,))
    typst = tools.typst_of(typeset.fragments(paper))
    text = "\n".join(_pages(tools.pdf(tools.compiler(), typeset.document(paper, typst))))
    assert "DRAWN" in text
    assert "In words." not in text
    assert "Choose from: sum; bias." in text


def test_colours_of_jupyterlab_have_their_fallback_on_paper():
    svg = '<a fill="var(--jp-x, white)" stroke="currentColor"/>'
    assert plain_svg(svg) == '<a fill="white" stroke="black"/>'


@pytest.mark.parametrize(
    ("markdown", "wanted", "count"),
    [
        ("____, ____", "#gap(4)", 2),
        ("| a |\n|---|\n| ____ |", "#blank", 1),
        ("snake__case", "#", 0),
    ],
)
def test_underscores_are_places_to_write(markdown, wanted, count):
    (typst,) = tools.typst_of([markdown]).values()
    assert typst.count(wanted) == count


def test_same_seed_same_bytes(tmp_path: Path):
    items = {id_: Any(id_) for id_ in ("1.1", "2.7", "6.1")}
    first = list(print_papers(items, 7, 3, tmp_path / "a"))
    again = list(print_papers(items, 8, 1, tmp_path / "b"))
    assert [path.name for path in first] == [
        f"paper-000{seed}{end}.pdf" for seed in (7, 8, 9) for end in ("-key", "")
    ]
    for path in again:
        assert path.read_bytes() == (tmp_path / "a" / path.name).read_bytes()
    assert first[0].read_bytes() != first[2].read_bytes()


def test_the_exams_own_form_and_no_key(tmp_path: Path):
    (path,) = print_papers({"1.1": Any("1.1")}, None, 1, tmp_path, with_key=False)
    assert path.name == "paper-exam.pdf"
    assert "the exam's own form" in _pages(path.read_bytes())[0].replace("’", "'")


@pytest.mark.parametrize(
    ("seed", "count", "says"),
    [
        (1, 0, "from 1 on"),
        (None, 0, "from 1 on"),
        (None, 2, "own form: add --seed N to make several"),
        (-1, 1, "from 0 on"),
    ],
)
def test_counts_and_seeds_that_make_no_sense(seed, count, says, tmp_path):
    with pytest.raises(ValueError, match=says):
        next(print_papers(whole_exam(), seed, count, tmp_path))


@pytest.mark.parametrize("module", ["pypandoc", "typst"])
def test_without_the_extra_one_sentence_says_what_to_do(module, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, module, None)
    tools._pandoc.cache_clear()
    tools._fonts.cache_clear()
    with pytest.raises(PrintMissingError, match=r"pip install .*\[print\]"):
        list(print_papers(whole_exam(), 1, 1, tmp_path))
    tools._pandoc.cache_clear()


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_every_question_of_the_course_can_be_printed(seed, tmp_path):
    items = _of_the_exam()
    paper, key = sorted(print_papers(items, seed, 1, tmp_path), key=lambda path: "key" in path.name)
    text = " ".join("\n".join(_pages(paper.read_bytes())).split()).replace("’", "'")
    for item in items.values():
        assert f"{item.id} {item.question(seed).title}" in text
    assert _pages(key.read_bytes())
