import textwrap

import pytest

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


@pytest.fixture
def course(tmp_path):
    """A course of its own in an empty folder; call it with a lecture's text to write the source."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "notebooks").mkdir()

    def write(text, stem="01-toy"):
        (tmp_path / "solutions" / f"{stem}.md").write_text(HEADER + text, encoding="utf-8")
        return tmp_path

    return write
