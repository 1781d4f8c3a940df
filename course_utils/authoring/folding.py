"""What a notebook shows folded, or not before it is run, by the tags of its cells.

``hide-input``
    The code sets something up or draws: it runs, and opens with a click.
``reveal``
    The output answers a prediction. The student's notebook holds a line instead of it until the
    cell is run. (JupyterLab's own way to close an output would show the first line of it.)
"""

from nbformat import NotebookNode
from nbformat.v4 import new_output

NOTE = "Predict first: what was measured appears here when you run this cell.\n"
_UNSTORED = "nbval-ignore-output"  # the output is compared in the complete notebook


def fold(notebook: NotebookNode) -> None:
    """Fold the code that is tagged ``hide-input``."""
    for cell in notebook.cells:
        if "hide-input" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}


def withhold(notebook: NotebookNode) -> None:
    """Mark the cells of a student's notebook whose outputs `conceal` is to replace."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "reveal" in tags:
            cell.metadata["tags"] = list(dict.fromkeys([*tags, _UNSTORED]))


def conceal(notebook: NotebookNode) -> None:
    """Replace the outputs of a student's notebook that answer predictions by a line."""
    for cell in notebook.cells:
        if {"reveal", _UNSTORED} <= set(cell.metadata.get("tags", [])):
            cell.outputs = [new_output("stream", name="stdout", text=NOTE)]
