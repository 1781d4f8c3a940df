import pytest

from course_utils.authoring import AuthoringError, find_lectures
from course_utils.authoring.source import load, read
from tests.authoring.conftest import cell

ENCODINGS = ("utf-8", "utf-8-sig")


def toy(course, text):
    return read(find_lectures(root=course(text))[0])


def test_lectures_are_found_by_stem_number_and_name(course):
    course("# A", stem="01-toy")
    root = course("# B", stem="02-batch-norm")
    stems = [lecture.stem for lecture in find_lectures(root=root)]
    assert stems == ["01-toy", "02-batch-norm"]
    for name in ("02-batch-norm", "02", "batch-norm", "batch_norm", "solutions/02-batch-norm.md"):
        assert [one.stem for one in find_lectures([name], root=root)] == ["02-batch-norm"]


def test_an_unknown_lecture_is_answered_with_the_known_ones(course):
    with pytest.raises(AuthoringError, match=r"no lecture 'gans'. The lectures are: 01-toy\."):
        find_lectures(["gans"], root=course("# A"))


def test_cells_get_ids_from_their_text_so_that_an_edit_moves_no_other(course):
    before = toy(course, "# 01 A\n\n" + cell("x = 1") + cell("x = 1") + cell("y = 2"))
    after = toy(course, "# 01 A\n\n" + cell("x = 1") + cell("x = 1") + cell("y = 3"))
    old, new = [c.id for c in before.cells], [c.id for c in after.cells]
    assert old[:3] == new[:3]
    assert old[3] != new[3]
    assert len(set(old)) == 4


def test_a_byte_order_mark_makes_no_difference(course):
    text = "# 01 A\n\n" + cell("x = 1")
    plain, marked = (read(find_lectures(root=course(text, encoding=e))[0]) for e in ENCODINGS)
    assert plain == marked


def test_every_line_of_a_cell_knows_its_line_in_the_source(course):
    text = "# 01 A\n\n" + cell("x = 1\n\ny = 2", "solution") + "Words.\n\n" + cell("x = 1\n\nz = 3")
    path = course(text) / "solutions" / "01-toy.md"
    lines = path.read_text().splitlines()
    source = load(find_lectures(root=path.parents[1])[0])
    for one in source.notebook.cells:
        for number, line in enumerate(one.source.splitlines(), start=1):
            name, place = source.at(one, number).split(":")
            assert (name, lines[int(place) - 1]) == ("solutions/01-toy.md", line)


def test_magics_are_python_here(course):
    toy(course, "# 01 A\n\n" + cell("%timeit -n 1 1 + 1"))


def opens(fence):
    return f"# 01 A\n\n{fence}\nx = 1\n```\n\n{cell('y = 2')}"


def tagged(line):
    return f"# 01 A\n\n```{{code-cell}} ipython3\n{line}\ny = 2\n```\n\n{cell('x = 1')}"


TAG_LINES = [
    ":tags: solution",
    ":tags: [solution",
    ":tags:",
    ":tags: [1]",
    ":tags: {solution: true}",
    ":tag: [solution]",
    ":Tags: [solution]",
    "tags: [solution]",
    "tags = ['solution']",
    "# tags: [solution]",
    "#| tags: [solution]",
]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# 01 A\n\n" + cell("y = 2\nx = = 1"), 16, r"not Python .*: x = = 1"),
        ("# 01 A\n\n```{code-cell}\nx = 1\n", 14, "never closed"),
        ("# 01 A\n\n```{code-cell}\nx = 1\n\n# Heading\n\n" + cell("y = 2"), 14, "never closed"),
        ("# 01 A\n\n```python\nx = 1\n\n" + cell("y = 2") + "~~~", 14, "never closed"),
        (opens("```{codecell}"), 14, r"begins no cell"),
        (opens("```{code-cel} ipython3"), 14, r"begins no cell"),
        (opens("```{Code-Cell}"), 14, r"begins no cell"),
        (opens("```{code-cell} python"), 14, r"begins no cell"),
        (opens("``` {code-cell}"), 14, r"begins no cell"),
        (opens("  ```{code-cell}"), 14, r"begins no cell"),
        (opens("```{note}"), 14, r"begins no cell"),
        (opens("```{code-cell"), 14, r"begins no cell"),
        (opens("    ```{code-cell}"), 14, r"begins no cell"),
        (opens("\t```{code-cell}"), 14, r"begins no cell"),
        (opens("> ```{code-cell}"), 14, r"begins no cell"),
        (opens("- ```{code-cell}"), 14, r"begins no cell"),
        (opens("```code-cell"), 14, r"begins no cell"),
        (opens("```(code-cell)"), 14, r"begins no cell"),
        (opens("``{code_cell}"), 14, r"begins no cell"),
        (opens("'''{code-cell}"), 14, r"begins no cell"),
        ("# A\n\n" + cell("x = 1"), 12, r"the number of the file: `# 01 …`, not `# A`"),
        ("# 02 A\n\n" + cell("x = 1"), 12, r"not `# 02 A`"),
        (cell("x = 1") + "# 01 A", 13, r"begins with its title"),
        (
            "# 01 A\n\n" + cell("x = 1", "Solution"),
            17,
            "unknown tag 'Solution'; did you mean 'solut",
        ),
        ("# 01 A\n\n" + cell("x = 1", "solutions"), 17, "did you mean 'solution'"),
        ("# 01 A\n\n" + cell("x = 1", "nbval-skip"), 17, "unknown tag 'nbval-skip'"),
        ("# 01 A\n\n" + cell("x = 1", "zzz"), 17, "known tags are solution, "),
        ("# 01 A\n\n```{code-cell}\n:name: x\n\nx = 1\n```", 17, "take 'name' away"),
        *((tagged(line), 15, r"tags are written `:tags: \[solution\]`") for line in TAG_LINES),
        (tagged("\n:tags: [solution]"), 16, "tags are written"),
        ("# 01 A\n\n+++ {tags: [solution]}\n\nB\n\n" + cell("x = 1"), 14, "of a text are written"),
        ('# 01 A\n\n+++ {"tags": "solution"}\n\nB\n\n' + cell("x = 1"), 14, "a text are written"),
        ("# 01 A\n\n+++ solution\n\nB\n\n" + cell("x = 1"), 14, "the cell cannot be read"),
        (tagged("---\na: [\n---"), 14, "the cell cannot be read"),
        ('# 01 A\n\n+++ {"tags": ["answer"]}\n\nB\n\n' + cell("x = 1"), 16, "unknown tag"),
    ],
)
def test_a_fault_of_form_is_told_with_its_line(course, text, line, words):
    with pytest.raises(AuthoringError, match=words) as caught:
        toy(course, text)
    assert str(caught.value).startswith(f"solutions/01-toy.md:{line}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# 01 Only text", "has no code cell"),
    ],
)
def test_a_source_that_is_no_lecture_is_refused_in_one_sentence(course, text, words):
    with pytest.raises(AuthoringError, match=words) as caught:
        toy(course, text)
    assert "\n" not in str(caught.value)


def changed(course, old, new):
    root = course("# 01 A\n\n" + cell("x = 1"))
    path = root / "solutions" / "01-toy.md"
    path.write_text(path.read_text().replace(old, new))
    return find_lectures(root=root)[0]


def test_a_header_that_is_no_yaml_is_refused(course):
    words = r"^solutions/01-toy\.md:8: the header between the --- lines is not YAML\.$"
    with pytest.raises(AuthoringError, match=words):
        read(changed(course, "kernelspec:", "kernelspec: ["))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "name: python3",
            "name: julia-1.11",
            r"9: the kernel's name is 'julia-1\.11'; .*thon3'",
        ),
        ("language: python", "language: R", r"8: the kernel's language is 'R'; .* 'python'\.$"),
        ("name: python3", "name:", r"9: 'name' is not as a notebook has it: None is not of type"),
    ],
)
def test_another_kernel_is_refused(course, old, new, words):
    with pytest.raises(AuthoringError, match=rf"^solutions/01-toy\.md:{words}"):
        read(changed(course, old, new))


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_source_that_is_not_utf_8_is_refused(course, encoding):
    root = course("# A")
    (root / "solutions" / "01-toy.md").write_bytes("# A\n\nGrüße".encode(encoding))
    line = {"latin-1": 3, "utf-16": 1}[encoding]
    with pytest.raises(AuthoringError, match=rf"^solutions/01-toy\.md:{line}: this is not UTF-8"):
        read(find_lectures(root=root)[0])


@pytest.mark.parametrize(
    "sign",
    [
        "\0",
        "\v",
        "\f",
        "\r",
        "\x1b",
        "\x1c",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufffe",
        "\uffff",
    ],
)
@pytest.mark.parametrize("where", ["A word.", "x = 'y'"])
def test_a_control_character_is_told_with_its_line(course, sign, where):
    text = "# 01 A\n\n\tGrüße, \u200b∇ 漢 😀.\n\nA word.\n\n" + cell("x = 'y'")
    root = course("")
    path = root / "solutions" / "01-toy.md"
    written = path.read_text() + text
    path.write_bytes(written.replace(where, where[:5] + sign + where[5:]).encode())
    number = written.splitlines().index(where) + 1
    words = rf"^solutions/01-toy\.md:{number}: here is a control character, U\+{ord(sign):04X}; "
    with pytest.raises(AuthoringError, match=words):
        read(find_lectures(root=root)[0])
    path.write_bytes(written.encode())
    assert read(find_lectures(root=root)[0]).cells


def test_two_lectures_with_one_number_are_refused(course):
    course("# 01 A")
    with pytest.raises(
        AuthoringError, match=r"01-other\.md and solutions/01-toy\.md have one number"
    ):
        find_lectures(root=course("# 01 B", stem="01-other"))


@pytest.mark.parametrize("stem", ["1-toy", "02_toy", "02-Toy", "toy", "02-toy-", "README"])
def test_a_source_that_is_not_named_like_a_lecture_is_refused(course, stem):
    with pytest.raises(AuthoringError, match=rf"^solutions/{stem}\.md: a lecture's file is named"):
        find_lectures(root=course("# 01 A", stem=stem))


def test_outside_of_the_courses_folder_that_is_said(tmp_path):
    with pytest.raises(
        AuthoringError, match=r"no folder solutions/ in .*: run this in the course's"
    ):
        find_lectures(root=tmp_path)
