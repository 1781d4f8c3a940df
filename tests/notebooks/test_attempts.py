"""Cells that use a student's code are fed with what that code can take.

`attempt` never raises, so a cell that hands wrong inputs to the right answer runs through and
blames the reader. A blank exercise is 'not written yet', not an error of the reader's either.
"""

import pytest

from course_utils.authoring import find_lectures

STORED = [path for lecture in find_lectures() for path in (lecture.solution, lecture.student)]


@pytest.mark.parametrize("path", STORED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_stored_output_says_that_the_readers_code_raised(path):
    assert "your code raises" not in path.read_text(encoding="utf-8")
