"""``course build``, ``course try``, ``course new-lecture`` and ``course status``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from course_utils.cli.common import Json, console, fail, in_course, say
from course_utils.cli.terminal import print_json

if TYPE_CHECKING:
    from course_utils import authoring

app = typer.Typer()

Names = Annotated[
    list[str] | None, typer.Argument(help="Lectures by number or name; all if none is given.")
]


@app.command()
def build(
    names: Names = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether the committed notebooks are current.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Only solutions/, run once: quicker, while you write.")
    ] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Only the words: all code keeps the outputs it has.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Kernels at once; default: processors.")
    ] = None,
) -> None:
    """Build solutions/*.ipynb and notebooks/*.ipynb from solutions/*.md, run, with outputs."""
    from course_utils import authoring

    if check + draft + words > 1:
        raise typer.BadParameter("of --check, --draft and --words, give one.")
    with in_course():
        lectures = authoring.find_lectures(names)
    if check:
        problems = authoring.check(lectures)
        problems += authoring.orphans(authoring.REPOSITORY, lectures) if not names else []
    else:
        built = (
            authoring.reword(lectures) if words else authoring.build(lectures, jobs, draft=draft)
        )
        problems = _shown(built, (1 if draft else 2) * len(lectures))
    for problem in problems:
        fail(problem)
    if problems:
        raise typer.Exit(1)
    if check:
        one = len(lectures) == 1
        say(
            "1 lecture is as its source gives it."
            if one
            else f"{len(lectures)} lectures are as their sources give them."
        )


def _shown(every: Iterable[authoring.Built], total: int) -> list[str]:
    """Say what is built, one line each; return what went wrong."""
    problems = []
    # Where no bar can move, it would leave an empty line.
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Building", total=total)
        for built in every:
            told = "FAIL         " if built.error else f"OK  {built.seconds:6.1f} s"
            name = f"{built.path.parent.name}/{built.path.name}"
            progress.console.print(f"{told}  {name}", highlight=False)
            progress.advance(task)
            problems += [built.error] if built.error else []
    return problems


@app.command("try")
def try_(
    name: Annotated[str, typer.Argument(help="The lecture, by number or name.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Also all settings of the explorers, and Run all.")
    ] = False,
) -> None:
    """Try a lecture's source, exercises, statements and questions, without a kernel."""
    from course_utils import authoring

    failed = False
    with in_course():
        for lecture in authoring.find_lectures([name]):
            with console.status(f"trying {lecture.stem}") as shown:
                for tried in authoring.rehearse(
                    lecture, report=shown.update, everything=everything
                ):
                    failed |= bool(tried.problems)
                    mark = "FAIL" if tried.problems else "OK  "
                    say(f"{mark} {tried.held:4}  {tried.what}")
                    for problem in tried.problems:
                        say(textwrap.indent(problem, "           "))
    if failed:
        raise typer.Exit(1)


@app.command()
def new_lecture(
    name: Annotated[str, typer.Argument(help="Such as averages or 15-averages.")],
) -> None:
    """Begin a lecture: a small one that runs, with its room and tests; existing files are kept."""
    from course_utils import authoring

    with in_course():
        files = authoring.new_lecture(name)
    for path in files:
        say(path.relative_to(authoring.REPOSITORY).as_posix())
    if files:
        say(f"It runs as it stands: course try {name}. Then change it piece by piece.")


@app.command()
def status(
    time: Annotated[
        bool, typer.Option("--time", help="Run every lecture, one at a time, and say how long.")
    ] = False,
    readme: Annotated[
        bool,
        typer.Option(
            "--readme", help="Renew the table in README.md; run times stay without --time."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what every lecture has: exam items, explorers, exercises, statements, questions."""
    from course_utils import authoring
    from course_utils.authoring import status as course
    from course_utils.bench import lectures as bench

    seconds = None
    with in_course():
        lectures = authoring.find_lectures()
        rows = course.status()
        if time:
            with console.status("starting") as shown:
                measured = bench.measure(lectures, report=shown.update, blanks=False)
            seconds = {line["lecture"][:2]: line["solutions"] for line in measured}
        elif readme:
            seconds = course.run_times(authoring.REPOSITORY / "README.md")
        if readme:
            made = course.markdown(course.table(rows, seconds))
            course.write_readme(authoring.REPOSITORY / "README.md", made)
    if as_json:
        print_json({"rows": [asdict(row) for row in rows], "seconds": seconds})
        return
    lines = course.table(rows, seconds)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
