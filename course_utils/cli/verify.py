"""``course verify``."""

from pathlib import Path
from typing import Annotated

import typer

from course_utils.cli.common import PATH, Json, console, fail
from course_utils.cli.terminal import print_json

app = typer.Typer()


@app.command()
def verify(
    folder: Annotated[
        Path, typer.Argument(help="Holds Layers/, Optimization/ and NeuralNetwork.py.", **PATH)
    ],
    as_json: Json = False,
) -> None:
    """Verify a solution of the exercises' framework; exit status 0 if all of it is met."""
    from course_utils import verify as engine
    from course_utils.verify.render import render
    from course_utils.workers import NoWorkerError

    try:
        report = engine.verify(folder)
    except (engine.FolderError, NoWorkerError) as error:
        raise fail(str(error)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise fail(f"{error.filename or folder} cannot be read: {reason}.") from None
    if as_json:
        print_json(report.to_dict())
    else:
        console.print(render(report))
    raise typer.Exit(report.exit_status)
