"""The sheet of notes: one page, from the topics chosen, or a sentence that says why not."""

import base64
import io
import re
import types

import numpy as np
import pypdf
import pytest
from PIL import Image

from course_utils.exam.papers import tools
from course_utils.exam.papers.formulas import Formula, collect
from course_utils.exam.papers.sheet_of_notes import SheetFullError, SheetOfNotes
from course_utils.exam.papers.sheet_of_notes_widget import SheetOfNotesWidget
from course_utils.exam.papers.tools import PrintError
from course_utils.lessons.room import modules

pytestmark = pytest.mark.slow  # typst sets it again and again


def module(*formulas: Formula) -> types.ModuleType:
    made = types.ModuleType("room")
    made.FORMULAS = formulas
    return made


def topic(name: str, count: int) -> tuple[Formula, ...]:
    return tuple(
        Formula(name, f"Formula {name} {i}", rf"\frac{{x_{i}}}{{2}} = y", "A note.")
        for i in range(count)
    )


@pytest.fixture(scope="module")
def sheet() -> SheetOfNotes:
    return SheetOfNotes(
        collect([module(*topic("a", 26), *topic("b", 26), *topic("c", 60), *topic("d", 110))])
    )


def _text(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    (page,) = reader.pages
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    assert (round(width), round(height)) == (595, 842)  # A4 in points
    return page.extract_text()


def test_only_the_topics_chosen_are_on_the_sheet(sheet):
    text = _text(sheet.compose(["b", "a"]))
    assert text.index("Formula b 0") < text.index("Formula a 0")
    assert "Formula c" not in text
    assert text.count("A note.") == 52


def test_the_same_topics_give_the_same_bytes(sheet):
    assert sheet.compose(["a"]) == sheet.compose(["a", "a"])


def test_the_longest_notes_go_first_when_the_page_is_full():
    held = [
        Formula("t", f"Formula {i}", "x = y", f"Note {i} {'that is long ' * (i % 7)}")
        for i in range(70)
    ]
    text = _text(SheetOfNotes(collect([module(*held)])).compose(["t"]))
    kept = [i for i in range(70) if f"Note {i} " in text or f"Note {i}\n" in text]
    gone = [i for i in range(70) if i not in kept]
    assert all(f"Formula {i}" in text for i in range(70))
    assert kept
    assert gone
    assert max(i % 7 for i in kept) <= min(i % 7 for i in gone)


def test_what_does_not_fit_is_refused_and_what_to_leave_out_is_named(sheet):
    with pytest.raises(SheetFullError, match=r"need 2 pages.*leave out 'c'") as refused:
        sheet.compose(["a", "b", "c"])
    rest = [topic for topic in "abc" if topic not in refused.value.leave_out]
    _text(sheet.compose(rest))


def test_a_topic_that_is_too_long_by_itself_is_named(sheet):
    with pytest.raises(SheetFullError, match="leave out 'd'"):
        sheet.compose(["d"])
    with pytest.raises(SheetFullError, match="leave out 'd'"):
        sheet.compose(["d", "a"])


def test_several_topics_are_named_if_one_is_not_enough(sheet):
    with pytest.raises(SheetFullError, match="leave out 'c' and 'd'") as refused:
        sheet.compose(["a", "b", "c", "d"])
    assert refused.value.leave_out == ("c", "d")


@pytest.mark.parametrize("topics", [[], ["a", "z"]])
def test_topics_that_do_not_exist_are_refused(sheet, topics):
    with pytest.raises(ValueError, match="choose from a, b, c, d"):
        sheet.compose(topics)


def test_a_formula_wider_than_its_column_is_made_smaller():
    long = Formula("t", "Long", " + ".join(f"x_{{{i}}}" for i in range(60)))
    made = SheetOfNotes(collect([module(long)]))
    reader = pypdf.PdfReader(io.BytesIO(made.compose(["t"])))
    right = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, cm, tm, *_: right.append(cm[4] + tm[4] * cm[0]) if text else None
    )
    assert max(right) < 595 / 3


@pytest.mark.parametrize("latex", [r"\nosuchsign x", "x^", "🧟"])
def test_latex_that_cannot_be_printed_is_said_so(latex):
    with pytest.raises(PrintError, match="cannot"):
        SheetOfNotes(collect([module(Formula("t", "n", latex))])).compose(["t"])


def test_two_formulas_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two formulas named 'Formula a 0'"):
        collect([module(*topic("a", 1)), module(*topic("a", 1))])


def test_every_rooms_formulas_can_be_printed():
    formulas = collect(modules("formulas"))
    assert "normalization" in formulas
    made = SheetOfNotes(formulas)
    for name, held in formulas.items():
        text = " ".join(_text(made.compose([name])).split())
        for formula in held:
            assert formula.name in text
            assert "\n" not in formula.note


def test_spaces_in_latex_keep_their_width():
    (typst,) = tools.typst_of([r"$a\;b\!c \begin{cases} 0 & x \\ 1 & y \end{cases}$"]).values()
    assert "#h(" not in typst
    assert "a med b" in typst
    assert "b c" in typst
    assert "0 & quad x" in typst


@pytest.mark.parametrize("sign", [r"\odot", r"\otimes", r"\oplus", r"\ominus"])
def test_operators_in_a_circle_can_be_printed(sign):
    made = SheetOfNotes(
        collect([module(Formula("t", "n", f"a {sign} b", f"So $c {sign} d$ it is."))])
    )
    shown = {r"\odot": "⊙", r"\otimes": "⊗", r"\oplus": "⊕", r"\ominus": "⊖"}[sign]
    assert _text(made.compose(["t"])).count(shown) == 2


@pytest.mark.parametrize(
    ("latex", "typst"),
    [
        (r"|x| \le |y_i|", "lr(|x|) lt.eq lr(|y_i|)"),
        (r"p(x|z)\,q(z|x)", r"p \( x \| z \) thin q \( z \| x \)"),
        (r"\|w\|_2", "bar.v.double w bar.v.double_2"),
        (r"\left|x\right|+|y|", "lr(|x|) + lr(|y|)"),
        (r"\begin{array}{c|c|c} a & b & c\end{array}", "a & b & c"),
    ],
)
def test_bars_are_sizes_where_they_enclose_something(latex, typst):
    assert list(tools.typst_of([f"${latex}$"]).values()) == [f"${typst}$\n"]


def test_widget_gives_the_page_and_a_link():
    widget = SheetOfNotesWidget([module(*topic("a", 2), *topic("b", 2))])
    choice, (button, status), page = (
        widget.children[0].children,
        widget.children[1].children,
        widget.children[2],
    )
    choice[0].value = False
    assert widget.topics == ["b"]
    button.click()
    assert bytes(page.value).startswith(b"\x89PNG")
    assert page.layout.display is None
    (data,) = re.findall(r'href="data:application/pdf;base64,([^"]*)"', status.value)
    assert "Formula b 1" in _text(base64.b64decode(data))
    assert "1 of 2 topics" in status.value


def test_widget_says_what_does_not_fit_and_shows_no_old_page():
    widget = SheetOfNotesWidget([module(*topic("a", 2), *topic("d", 80))])
    choice, button = widget.children[0].children, widget.children[1].children[0]
    choice[1].value = False
    button.click()
    choice[1].value = True
    button.click()
    assert "leave out &#x27;d&#x27;" in widget.children[1].children[1].value
    assert widget.children[2].layout.display == "none"
    assert not button.disabled


def test_widget_leaves_its_topics_behind_where_no_kernel_runs():
    widget = SheetOfNotesWidget([module(*topic("a", 2))])
    assert "- a: 2 formulas" in widget._repr_mimebundle_()["text/markdown"]


def _sizes(pdf: bytes, words: str) -> set[float]:
    """Return the sizes in points in which `words` are set."""
    found: set[float] = set()

    def visit(text, _, matrix, __, size):
        if words in text:
            found.add(round(size * abs(matrix[3] or 1), 2))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return found


def test_letters_are_as_large_as_the_page_allows_and_never_below_8_points(sheet):
    few, many = (sheet.compose(topics) for topics in ("a", "abc"[:2]))
    (large,), (small,) = _sizes(few, "A note."), _sizes(many, "A note.")
    assert 8 <= small < large <= 11


def test_the_whole_courses_sheet_fills_its_columns():
    whole = SheetOfNotes(collect(modules("formulas")))
    picture = Image.open(io.BytesIO(whole.picture(whole.formulas, ppi=40))).convert("L")
    dark = np.asarray(picture) < 160
    thirds = np.array_split(dark, 3, axis=1)
    heights = [np.flatnonzero(third.any(axis=1)).max() / len(third) for third in thirds]
    assert min(heights) > 0.8


def test_signs_of_sets_logic_and_order_can_be_printed():
    latex = (
        r"A \cap B \cup C \setminus D \subset E \subseteq F \ni x \notin"
        r"\emptyset \bigcap_i \bigcup_i"
        r"\forall \exists \neg \land \lor \Rightarrow \mapsto \le \ll \gg \approx \propto \equiv"
        r"\perp \parallel \angle \circ \oplus \otimes \odot \langle x \rangle \lfloor x \rfloor"
        r"\prod \int \oint \nabla \partial \infty \ell \hat x \tilde x \bar x \lVert x \rVert"
        r"\mathbb{E} \mathcal{L} \top"
    )
    assert tools.pdf(tools.compiler(), tools.typst_of([f"${latex}$"])[f"${latex}$"])
