"""Notebooks that a test writes for itself."""

from pathlib import Path

import nbformat

KERNEL = {"name": "python3", "display_name": "Python 3"}


def write_notebook(path: Path, *cells: str | nbformat.NotebookNode) -> None:
    """Write a notebook that was never run; a string is the source of a code cell."""
    made = [nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    content = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": KERNEL})
    nbformat.write(content, path)
