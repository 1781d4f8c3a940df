"""Run commands of the course one after another in one interpreter, each as if in its own.

``python -m tests.commands ANSWERS`` reads from standard input, as JSON, each command's arguments
and environment by its name, and writes to the file what each said, both streams, and its exit
status. Each finds the streams that this interpreter was started with: their encoding, and what
they do with a sign that it lacks; or, if an encoding is given as well, strict ones of this.
"""

import io
import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from course_utils.cli import main


def tried(
    arguments: list[str], environment: dict[str, str], encoding: str = ""
) -> tuple[str, object]:
    """Return what ``course ARGUMENTS`` says and its exit status."""
    typed = [
        os.fsdecode(argument.encode()) for argument in arguments
    ]  # as the system hands it over
    said = io.BytesIO()
    out, err = (
        io.TextIOWrapper(
            said,
            encoding or stream.encoding,
            "strict" if encoding else stream.errors,
            write_through=True,
        )
        for stream in (sys.stdout, sys.stderr)
    )
    status: object = 0
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", ["course", *typed]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            status = left.code or 0
        except BaseException:
            traceback.print_exc()
            status = 1
    return said.getvalue().decode(out.encoding), status


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    answers = {name: tried(*command) for name, command in asked.items()}
    Path(sys.argv[1]).write_text(json.dumps(answers), encoding="ascii")
