"""Fixtures of several browser tests."""

import tempfile
from pathlib import Path

import nbformat
import pytest

from tests.browser.day import CELLS


@pytest.fixture
def day_folder(jupyterlab):
    """A folder of its own for each test, since answers are kept beside the notebook."""
    made = Path(tempfile.mkdtemp(dir=jupyterlab.folder))
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3"}
    content = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(content, made / "day.ipynb")
    return made


@pytest.fixture
def open_day(day_folder, open_notebook):
    def open_():
        notebook = open_notebook(
            f"{day_folder.name}/day.ipynb", viewport={"width": 1280, "height": 2600}
        )
        notebook.show_only_notebook()
        return notebook

    return open_
