"""An author edits a complete lecture in JupyterLab, and its Markdown source follows."""

import shutil

import pytest

from course_utils.authoring import find_lectures

pytestmark = pytest.mark.browser


def test_saving_an_edit_changes_the_source_by_that_edit_alone(jupyterlab, open_notebook):
    lecture = find_lectures(["00"])[0]
    folder = jupyterlab.folder / "solutions"
    folder.mkdir()
    for path in (lecture.source, lecture.solution, lecture.source.with_name("jupytext.toml")):
        shutil.copy(path, folder)
    notebook = open_notebook(f"solutions/{lecture.solution.name}")
    first = notebook.page.evaluate(
        """() => {
            const { model } = window.jupyterapp.shell.currentWidget.content;
            const text = model.cells.get(0).sharedModel;
            const before = text.getSource();
            text.setSource(before + '\\n\\nA new sentence.');
            return before;
        }"""
    )
    notebook.save()
    source = lecture.source.read_text("utf-8")
    assert first in source
    expected = source.replace(first, f"{first}\n\nA new sentence.", 1)
    assert (folder / lecture.source.name).read_text("utf-8") == expected
