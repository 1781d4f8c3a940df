"""Fixtures of several browser tests."""

import tempfile
from pathlib import Path

import pytest

from tests.browser.day import CELLS
from tests.browser.written import write_notebook


@pytest.fixture
def day_folder(jupyterlab):
    """A folder of its own for each test, since answers are kept beside the notebook."""
    made = Path(tempfile.mkdtemp(dir=jupyterlab.folder))
    write_notebook(made / "day.ipynb", *CELLS)
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
