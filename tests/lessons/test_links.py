"""Links from lecture to lecture: each mention is one, and each ends at a section that there is."""

import re
from functools import cache
from urllib.parse import unquote

import pytest

from course_utils.authoring import find_lectures
from course_utils.authoring.source import load
from course_utils.lessons.room import link

LECTURES = find_lectures()
LINK = re.compile(r"\[[^\]]*\]\((\d\d-[a-z-]+\.ipynb(?:#[^)]*)?)\)")
MENTION = re.compile(r"\blectures? \d\d\b", re.IGNORECASE)


@cache
def prose(lecture):
    """Return the texts of a lecture's cells, without formulas and code."""
    cells = load(lecture).notebook.cells
    texts = (cell.source for cell in cells if cell.cell_type == "markdown")
    return [re.sub(r"\$[^$]*\$|`[^`]*`", "", text) for text in texts]


def ends(lecture):
    """Return the links that end at a lecture: at its beginning and at each of its headings."""
    headings = re.findall(r"^#+ (.+)$", "\n".join(prose(lecture)), re.MULTILINE)
    return {unquote(link(lecture.stem, heading.strip())) for heading in ("", *headings)}


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.stem)
def test_what_was_taught_elsewhere_is_linked(lecture):
    known = set().union(*map(ends, LECTURES))
    bare = []
    for text in prose(lecture):
        for target in LINK.findall(text):
            assert unquote(target) in known, f"no lecture has a section {target}"
        bare += MENTION.findall(LINK.sub("", text))
    assert bare == [], "named without a link to the section that teaches it"
