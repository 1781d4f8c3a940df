"""Where no kernel runs, every stored output says something, and the same in every viewer.

JupyterLab, Notebook 7, VS Code, GitHub and nbconvert choose among an output's types in different
orders. An output that has one rich type beside plain text is the same in all of them.
"""

import json

import pytest

from course_utils.authoring import find_lectures

RICH = {"text/html", "text/markdown", "image/png", "image/svg+xml"}
STORED = [path for lecture in find_lectures() for path in (lecture.student, lecture.solution)]


@pytest.mark.parametrize("path", STORED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_output_is_plain_text_and_at_most_one_rich_type(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text")})
            assert "".join(data["text/plain"]).strip(), f"cell {number + 1} says nothing"
            assert len(data.keys() & RICH) < 2, f"cell {number + 1}: {sorted(data)}"
            assert data.keys() <= {"text/plain", *RICH}, f"cell {number + 1}: {sorted(data)}"
