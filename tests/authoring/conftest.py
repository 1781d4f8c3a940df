import textwrap

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course_utils.authoring.source import Source

HEADER = textwrap.dedent(
    """\
    ---
    jupytext:
      text_representation:
        extension: .md
        format_name: myst
    kernelspec:
      display_name: Python 3 (ipykernel)
      language: python
      name: python3
    ---

    """
)


def cell(source, tags=""):
    head = f":tags: [{tags}]\n\n" if tags else ""
    return f"```{{code-cell}}\n{head}{textwrap.dedent(source).strip()}\n```\n\n"


def source_of(*cells):
    """A source made of cells or of the code in them; cell n stands in line 100 n and after."""
    made = [c if isinstance(c, NotebookNode) else new_code_cell(c) for c in cells]
    lines = {}
    for number, one in enumerate(made, start=1):
        one.id = f"cell-{number}"
        lines[one.id] = list(range(100 * number, 100 * number + 100))
    return Source("toy.md", new_notebook(cells=made), lines)


@pytest.fixture
def course(tmp_path):
    """A course of its own in an empty folder; call it with a lecture's text to write the source."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "notebooks").mkdir()

    def write(text, stem="01-toy", encoding="utf-8"):
        path = tmp_path / "solutions" / f"{stem}.md"
        path.write_text(HEADER + text, encoding=encoding)
        return tmp_path

    return write
