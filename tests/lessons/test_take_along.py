"""A section that teaches ends with what to take along, in one paragraph."""

import re

import pytest

from course_utils.authoring.source import load
from tests.lessons import rooms

LECTURES = rooms.lectures()
TEACHES = ("**Explain.**", "### Exercise")
ENDS = "**Take along.** "


def sections(lecture):
    """Return the paragraphs of each section, heading first; code is a paragraph of its own."""
    cells = load(lecture).notebook.cells
    text = "\n\n".join(cell.source if cell.cell_type == "markdown" else "code" for cell in cells)
    return [part.strip().split("\n\n") for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]


@pytest.mark.parametrize("name", LECTURES)
def test_a_section_that_teaches_ends_with_what_to_take_along(name):
    for heading, *paragraphs in sections(LECTURES[name]):
        teaches = any(paragraph.startswith(TEACHES) for paragraph in paragraphs)
        ends = [paragraph.startswith(ENDS) for paragraph in paragraphs]
        assert ends[-1] or not teaches, heading
        assert sum(ends) == ends[-1], heading
