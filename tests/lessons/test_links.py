"""Links from lecture to lecture: each mention is one, and each ends at a section that there is."""

import re
from urllib.parse import unquote

import pytest

from course_utils.authoring import find_lectures
from course_utils.authoring.source import load

LECTURES = find_lectures()
LINK = re.compile(r"\[([^\]]*)\]\((\d\d-[a-z-]+\.ipynb)(?:#([^)]*))?\)")
MENTION = re.compile(r"\blectures? \d\d\b", re.IGNORECASE)


def prose(lecture):
    """Return the texts of a lecture's cells, without formulas and code."""
    cells = load(lecture).notebook.cells
    texts = (cell.source for cell in cells if cell.cell_type == "markdown")
    return [re.sub(r"\$[^$]*\$|`[^`]*`", "", text) for text in texts]


def headings(lecture):
    text = "\n".join(prose(lecture))
    return {found.strip().replace(" ", "-") for found in re.findall(r"^#+ (.+)$", text, re.M)}


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.stem)
def test_what_was_taught_elsewhere_is_linked(lecture):
    sections = {f"{other.stem}.ipynb": headings(other) for other in LECTURES}
    bare = []
    for text in prose(lecture):
        for _, file, section in LINK.findall(text):
            assert file in sections, f"there is no {file}"
            assert not section or unquote(section) in sections[file], f"{file} has no #{section}"
        bare += MENTION.findall(LINK.sub("", text))
    assert bare == [], "named without a link to the section that teaches it"
