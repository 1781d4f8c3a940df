"""The comparison of stored outputs can fail: nbval is run on notebooks that were tampered with."""

import json
import re
import subprocess
import sys

import pytest

from course_utils.runtime import REPOSITORY

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "a",
            "metadata": {},
            "outputs": [{"name": "stdout", "output_type": "stream", "text": "4\n"}],
            "source": "print(2 + 2)",
        }
    ],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


CASES = {
    "right": ("print(2 + 2)", "4\n", "PASSED"),
    "changed-output": ("print(2 + 2)", "5\n", "FAILED"),
    "raises": ("print(2 + 2)\n1 / 0", "4\n", "FAILED"),
    "endless": ("import time; time.sleep(99)", "4\n", "FAILED"),  # ends at the time limit
    "dead-kernel": ("import os; os._exit(1)", "4\n", "FAILED"),  # so does this
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nbval")
    for name, (source, output, _) in CASES.items():
        notebook = json.loads(json.dumps(NOTEBOOK))
        notebook["cells"][0]["source"] = source
        notebook["cells"][0]["outputs"][0]["text"] = output
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rA",
        "--color=no",
        "--nbval",
        "-p",
        "no:cacheprovider",
    ]
    options = ["--nbval-cell-timeout=3", "-c", str(REPOSITORY / "pyproject.toml")]
    return subprocess.run(
        [*command, *options, f"--rootdir={folder}", str(folder)],
        capture_output=True, text=True, timeout=120, check=False,
    ).stdout  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_nbval_fails_on_what_it_must_find(report, name):
    assert re.search(rf"^{CASES[name][2]} .*\b{name}\.ipynb::Cell 0", report, re.MULTILINE), report
