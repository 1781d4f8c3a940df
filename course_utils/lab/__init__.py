"""What the course adds to JupyterLab and Notebook 7, and what widgets do with it.

The folder ``labextensions`` is a JupyterLab extension, in plain JavaScript that needs no bundler;
the package's installation puts it where JupyterLab looks. It works on every notebook:

- a widget without its kernel is shown as the picture or text beside it, and one whose kernel was
  restarted is put out of use, each with a line that says what to run (``outputs.js``);
- a NameError says which cell gives the name (``errors.js``);
- a link to a section of a notebook ends there (``links.js``);
- Ctrl+S, or Cmd+S, saves the notebook from every field and slider (``saving.js``);
- figures stand on a card in the dark theme (``look.css``).

A widget that students type into keeps what its cell's stored output says up to date as a `KeptBox`.
"""

from pathlib import Path

from course_utils.lab.kept import KeptBox

NAME = "deep-learning-course"
"""What the extension is called."""
LABEXTENSIONS = Path(__file__).with_name("labextensions")
"""A folder of extensions that holds ours, as JupyterLab looks through them."""

__all__ = ["LABEXTENSIONS", "NAME", "KeptBox", "is_current"]


def is_current(installed: Path) -> bool:
    """Tell whether the extension in the folder `installed` is the one of this package."""
    return _contents(installed) == _contents(LABEXTENSIONS / NAME)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
