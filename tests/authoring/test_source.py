import pytest

from course_utils.authoring import AuthoringError, find_lectures
from course_utils.authoring.source import read
from tests.authoring.conftest import cell


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
    before = toy(course, "# A\n\n" + cell("x = 1") + cell("x = 1") + cell("y = 2"))
    after = toy(course, "# A\n\n" + cell("x = 1") + cell("x = 1") + cell("y = 3"))
    old, new = [c.id for c in before.cells], [c.id for c in after.cells]
    assert old[:3] == new[:3]
    assert old[3] != new[3]
    assert len(set(old)) == 4


def test_magics_are_python_here(course):
    toy(course, cell("%timeit -n 1 1 + 1"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (cell("x = = 1"), r"01-toy.md, cell 1: line 1 is not Python .*x = = 1"),
        ("# Only text", "has no code cell"),
        ("```{code-cell}\nx = 1\n", r"opened in line 12 is never closed"),
        ("```{code-cell}\nx = 1\n\n# Heading\n\n" + cell("y = 2"), "never closed"),
        ("```python\nx = 1\n\n" + cell("y = 2") + "~~~", "never closed"),
        ("```{code-cell}\n:tags: [a\n\nx = 1\n```", "not a MyST Markdown notebook"),
    ],
)
def test_a_source_that_does_not_parse_is_refused_in_one_sentence(course, text, words):
    with pytest.raises(AuthoringError, match=words) as caught:
        toy(course, text)
    assert "\n" not in str(caught.value)


NO_YAML = r"^01-toy\.md, line 8: the header between the --- lines is not YAML\.$"


def test_a_header_that_is_no_yaml_is_refused(course):
    root = course("# A\n\n" + cell("x = 1"))
    path = root / "solutions" / "01-toy.md"
    path.write_text(path.read_text().replace("kernelspec:", "kernelspec: ["))
    with pytest.raises(AuthoringError, match=NO_YAML):
        read(find_lectures(root=root)[0])


def test_a_source_that_is_not_utf_8_is_refused(course):
    root = course("# A")
    (root / "solutions" / "01-toy.md").write_bytes(b"# \xff\xfe")
    with pytest.raises(AuthoringError, match="cannot be read"):
        read(find_lectures(root=root)[0])
