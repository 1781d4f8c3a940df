"""The command line: ``course …``."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

app = typer.Typer(
    help="Build, check and measure the course.", no_args_is_help=True, add_completion=False
)
bench_app = typer.Typer(help="Measure what the README claims.", no_args_is_help=True)
app.add_typer(bench_app, name="bench")

console = Console()
errors = Console(stderr=True)

Names = Annotated[
    list[str] | None, typer.Argument(help="Lectures by number or name; all if none is given.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def main() -> None:
    """Run the command line."""
    app()


def _fail(message: str) -> typer.Exit:
    errors.print(message, style="red", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(1)


@app.command()
def doctor() -> None:
    """Check that everything the course needs is here: one line per need."""
    from course_utils.doctor import examine

    failed = False
    for need in examine():
        console.print(str(need), highlight=False, markup=False, soft_wrap=True)
        failed |= not need.ok
    if failed:
        raise typer.Exit(1)


@app.command()
def build(
    names: Names = None,
    check: Annotated[
        bool, typer.Option(help="Only tell whether the committed notebooks are current.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(help="Kernels at once; default: processors.")] = None,
) -> None:
    """Build solutions/*.ipynb and notebooks/*.ipynb from solutions/*.md, run, with outputs."""
    from course_utils import authoring

    try:
        lectures = authoring.find_lectures(names)
    except authoring.AuthoringError as error:
        raise _fail(str(error)) from None
    if check:
        problems = authoring.check(lectures)
        problems += authoring.orphans(authoring.REPOSITORY, lectures) if not names else []
        for problem in problems:
            _fail(problem)
        if problems:
            raise typer.Exit(1)
        console.print(f"{len(lectures)} lectures are as their sources give them.")
        return
    failures = []
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Building", total=2 * len(lectures))
        for built in authoring.build(lectures, jobs):
            name = f"{built.path.parent.name}/{built.path.name}"
            mark = "FAIL" if built.error else "OK  "
            progress.console.print(f"{mark} {built.seconds:6.1f} s  {name}", highlight=False)
            progress.advance(task)
            failures += [built.error] if built.error else []
    for failure in failures:
        _fail(failure)
    if failures:
        raise typer.Exit(1)


@app.command()
def new_lecture(
    name: Annotated[str, typer.Argument(help="Such as batch-norm or 06-batch-norm.")],
) -> None:
    """Begin a lecture: its source and its room, with the standard headings."""
    from course_utils import authoring

    try:
        files = authoring.new_lecture(name)
    except (authoring.AuthoringError, OSError) as error:
        raise _fail(str(error)) from None
    for path in files:
        console.print(str(path.relative_to(authoring.REPOSITORY)), highlight=False)


@bench_app.command()
def explorers(as_json: Json = False) -> None:
    """Measure a slider in JupyterLab, from key press to changed pixels."""
    from course_utils.bench import explorers as bench

    _report(bench.measure, as_json)


def _report(measure: object, as_json: bool) -> None:
    from course_utils.bench import BenchError

    try:
        result = measure()  # type: ignore[operator]
    except BenchError as error:
        raise _fail(str(error)) from None
    if as_json:
        print(json.dumps(result, indent=1))
        return
    for key, value in result.items():
        console.print(f"{key:20} {value}", highlight=False)
