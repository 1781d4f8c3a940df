import pytest

from course_utils.authoring import AuthoringError, find_lectures, new_lecture
from course_utils.authoring.source import read


def test_a_new_lecture_has_a_source_that_reads_and_a_room(course):
    root = course("# A")
    files = new_lecture("batch-norm", root)
    names = [path.relative_to(root).as_posix() for path in files]
    assert names[0] == "solutions/02-batch-norm.md"
    assert "course_utils/lessons/batch_norm/model.py" in names
    (lecture,) = find_lectures(["02"], root=root)
    headings = [c.source.splitlines()[0] for c in read(lecture).cells if c.cell_type == "markdown"]
    assert headings[0] == "# 02 Batch norm"
    for path in files[1:]:
        compile(path.read_text(encoding="utf-8"), path.name, "exec")


def test_a_number_may_be_given(course):
    assert new_lecture("06-gans", course("# A"))[0].name == "06-gans.md"


@pytest.mark.parametrize("name", ["Batch Norm", "../evil", "6-gans", "", "gans_2", "-"])
def test_what_is_no_name_is_refused(course, name):
    with pytest.raises(AuthoringError, match="is no name for a lecture"):
        new_lecture(name, course("# A"))


@pytest.mark.parametrize("name", ["toy", "05-toy", "01-other"])
def test_nothing_is_overwritten(course, name):
    root = course("# Mine")
    with pytest.raises(AuthoringError, match="There is already 01-toy"):
        new_lecture(name, root)
    assert "# Mine" in (root / "solutions" / "01-toy.md").read_text()
