"""Run a notebook and keep of its outputs only what is the same on every run."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError

KERNEL_ENVIRONMENT = {
    "COURSE_TEST": "1",  # remember nothing, and let errors in callbacks through
    "OMP_NUM_THREADS": "1",  # sums depend on how they are split among threads
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TQDM_DISABLE": "1",  # progress bars show times
}
"""What a kernel's environment must hold while stored outputs are made or compared."""

CELL_TIMEOUT = 120  # seconds

_WIDGET = "application/vnd.jupyter.widget-view+json"
_ADDRESS = re.compile(r"\b0x[0-9a-f]{8,}\b")


def execute(notebook: NotebookNode, folder: Path, name: str) -> None:
    """Run all cells in a fresh kernel, in place.

    Parameters
    ----------
    notebook
        What to run.
    folder
        The kernel's working folder.
    name
        How error messages call the notebook.

    Raises
    ------
    AuthoringError
        If a cell raises, warns, takes longer than `CELL_TIMEOUT` or prints a memory address.
    """
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        # A loop of this run's own, closed with it: builds run in several threads.
        asyncio.run(client.async_execute(env={**os.environ, **KERNEL_ENVIRONMENT}))
    except CellExecutionError as error:
        number = _failed_cell(notebook)
        reason = f"{error.ename}: {error.evalue}".strip()
        raise AuthoringError(f"{name}, cell {number} raises {reason}") from None
    except CellTimeoutError:
        raise AuthoringError(f"{name}: a cell took longer than {CELL_TIMEOUT} s.") from None
    except DeadKernelError:
        raise AuthoringError(f"{name}: the kernel died.") from None
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = [_stable(output) for output in cell.outputs]
            _check_outputs(cell, f"{name}, cell {number}")


def _failed_cell(notebook: NotebookNode) -> int:
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return number
    return 0


def _stable(output: NotebookNode) -> NotebookNode:
    """Leave out the live view of a widget: its model id is random, and no kernel is behind it."""
    if "data" in output:
        output.data.pop(_WIDGET, None)
    return output


def _check_outputs(cell: NotebookNode, where: str) -> None:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            first = output.text.strip().splitlines()[0]
            raise AuthoringError(f"{where} writes a warning: {first}")
        text = output.get("text", "") or output.get("data", {}).get("text/plain", "")
        if "nbval-ignore-output" not in cell.metadata.get("tags", []) and _ADDRESS.search(text):
            raise AuthoringError(f"{where} shows a memory address, which differs on every run.")
