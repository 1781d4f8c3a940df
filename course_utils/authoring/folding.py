"""What a notebook shows folded, or not before it is run, by the tags of its cells.

``hide-input``
    The code sets something up or draws: it runs, and opens with a click.
``reveal``
    The output answers a prediction. The student's notebook holds a line instead of it until the
    cell is run. (JupyterLab's own way to close an output would show the first line of it.)
``machine``
    The output is about the computer that it runs on, or about who works there. Neither notebook
    stores it: what was true where it was built may not be true here.
"""

from nbformat import NotebookNode
from nbformat.v4 import new_output

from course_utils.authoring.layout import UNCOMPARED

NOTE = "Predict first: what was measured appears here when you run this cell.\n"
MACHINE_NOTE = "What this cell says is about you or your computer: run it.\n"


def fold(notebook: NotebookNode) -> None:
    """Fold the code that is tagged ``hide-input``."""
    for cell in notebook.cells:
        if "hide-input" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}


def withhold(notebook: NotebookNode) -> None:
    """Let nbval pass over the outputs of a student's notebook that `conceal` is to replace."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "reveal" in tags:  # they are compared in the complete notebook
            cell.metadata["tags"] = list(dict.fromkeys([*tags, UNCOMPARED]))


def conceal(notebook: NotebookNode, *, student: bool) -> None:
    """Replace by a line the outputs that one of the two notebooks is not to store."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        note = MACHINE_NOTE if "machine" in tags else NOTE if "reveal" in tags and student else ""
        if note:
            cell.outputs = [new_output("stream", name="stdout", text=note)]
