"""Run a notebook and keep of its outputs only what is the same on every run."""

from __future__ import annotations

import asyncio
import copy
import os
import re
from collections.abc import Mapping
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.source import Source
from course_utils.runtime import KERNEL_ENVIRONMENT

CELL_TIMEOUT = 120  # seconds
IOPUB_TIMEOUT = 60
"""Seconds that outputs may lag behind the end of their cell; after the usual 4, a busy machine
loses some without a word."""

WIDGET = "application/vnd.jupyter.widget-view+json"

_ADDRESS = re.compile(r"\b0x[0-9a-f]{8,}\b")
_IN_TRACEBACK = re.compile(r"Cell\s+In\[(\d+)\],\s+line\s+(\d+)")
_IN_ROOM = re.compile(r"(course_utils[/\\]lessons[/\\]\S+\.py:\d+)")
_IN_WARNING = re.compile(r"ipykernel_\d+[/\\]\d+\.py:(\d+): *(.*)")
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


def execute(
    source: Source, folder: Path, hash_seed: int = 0, computed: Path | None = None
) -> NotebookNode:
    """Run all cells in a fresh kernel and return the notebook with its outputs.

    Parameters
    ----------
    source
        What to run, complete or blank.
    folder
        The kernel's working folder.
    hash_seed
        What orders sets of texts: a lecture must not depend on it.
    computed
        Where heavy results are kept for other runs; by default the kernel keeps none.

    Raises
    ------
    AuthoringError
        If a cell raises, warns, takes longer than `CELL_TIMEOUT` or prints a memory address.
    """
    notebook = copy.deepcopy(source.notebook)
    environment = KERNEL_ENVIRONMENT | {"PYTHONHASHSEED": str(hash_seed)}
    if computed is not None:
        environment["COURSE_COMPUTED_DIR"] = str(computed)
    try:
        run(notebook, folder, environment)
    except CellExecutionError as error:
        cell, line, room = _raised_at(notebook)
        code = cell.source.splitlines()[line - 1].strip()
        reason = f": {error.evalue}" if error.evalue else f" in `{code}`"  # such as an assertion
        raise AuthoringError(f"{source.at(cell, line)}: {error.ename}{reason}{room}") from None
    except CellTimeoutError:
        where = source.at(_last_begun(notebook))
        raise AuthoringError(f"{where}: the cell took longer than {CELL_TIMEOUT} s.") from None
    except DeadKernelError:
        raise AuthoringError(f"{source.at(_last_begun(notebook))}: the kernel died.") from None
    notebook.metadata = source.notebook.metadata  # the kernel wrote its version into it
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = [_stable(output) for output in cell.outputs]
            _check_outputs(source, cell)
    return notebook


def run(
    notebook: NotebookNode,
    folder: Path,
    environment: Mapping[str, str],
    *,
    allow_errors: bool = False,
) -> None:
    """Run all cells in a fresh kernel, in place, and leave their outputs as they come.

    Parameters
    ----------
    notebook
        What to run.
    folder
        The kernel's working folder.
    environment
        What its environment holds in addition.
    allow_errors
        Whether to go on after a cell that raises.
    """
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        iopub_timeout=IOPUB_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        allow_errors=allow_errors,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        shutdown_kernel="immediate",  # asked to go, one that holds PyTorch takes seconds
    )
    # A loop of this run's own, closed with it: runs go on in several threads.
    asyncio.run(client.async_execute(env={**os.environ, **environment}))


def check_repeatable(source: Source, one: NotebookNode, other: NotebookNode) -> None:
    """Raise `AuthoringError` if two runs put out different things.

    Cells tagged ``nbval-ignore-output`` may.
    """
    for cell, again in zip(one.cells, other.cells, strict=True):
        if cell.cell_type != "code" or "nbval-ignore-output" in cell.metadata.get("tags", []):
            continue
        if cell.outputs != again.outputs:
            raise AuthoringError(
                f"{source.at(cell)}: two runs put out different things"
                f"{_difference(cell.outputs, again.outputs)}; seed what is random, sort what comes"
                " from a set, or tag the cell nbval-ignore-output."
            )


def shown_text(output: NotebookNode) -> str:
    """Return the plain text of an output; empty if it has none."""
    text: str = output.get("text", "") or output.get("data", {}).get("text/plain", "")
    return text


def _difference(one: list[NotebookNode], other: list[NotebookNode]) -> str:
    """Return, in brackets, the first lines that differ; nothing if only pictures do."""
    texts = ["\n".join(map(shown_text, outputs)).splitlines() for outputs in (one, other)]
    pairs = zip(*texts, strict=False)
    return next((f" (`{a}`, then `{b}`)" for a, b in pairs if a != b), "")


def _raised_at(notebook: NotebookNode) -> tuple[NotebookNode, int, str]:
    """Return cell and number of the innermost line of the lecture that an error went through.

    And, in brackets, the innermost line of a room; nothing if it went through none.
    """
    cells = {cell.get("execution_count"): cell for cell in notebook.cells}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" and "raises-exception" not in cell.metadata.get(
                "tags", []
            ):
                trace = _COLOR.sub("", "\n".join(output.traceback))
                told = [(int(n), int(line)) for n, line in _IN_TRACEBACK.findall(trace)]
                inner = [(cells[n], line) for n, line in told if n in cells]
                of_rooms = [f" (at {place})" for place in _IN_ROOM.findall(trace)]
                return *(inner[-1] if inner else (cell, 1)), of_rooms[-1] if of_rooms else ""
    return _last_begun(notebook), 1, ""


def _last_begun(notebook: NotebookNode) -> NotebookNode:
    """Return the cell that was running: the first code cell that did not get its number."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    return next((cell for cell in code if cell.execution_count is None), code[-1])


def _stable(output: NotebookNode) -> NotebookNode:
    """Leave out the live view of a widget: its model id is random, and no kernel is behind it."""
    if "data" in output:
        output.data.pop(WIDGET, None)
    return output


def _check_outputs(source: Source, cell: NotebookNode) -> None:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            text = output.text.strip()
            own = _IN_WARNING.search(text)
            where = source.at(cell, int(own[1]) if own else 1)
            raise AuthoringError(f"{where}: a warning is shown: {own[2] if own else text}")
        ignored = "nbval-ignore-output" in cell.metadata.get("tags", [])
        if not ignored and _ADDRESS.search(shown_text(output)):
            raise AuthoringError(
                f"{source.at(cell)}: a memory address is shown, which differs on every run."
            )
