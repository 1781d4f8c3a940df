"""``course claims``: try what the lectures assert with other seeds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from course_utils.cli.common import Json, console, fail, in_course, say
from course_utils.cli.terminal import print_json

if TYPE_CHECKING:
    from course_utils.authoring.claims import Claim, Survey

app = typer.Typer()


@app.command()
def claims(
    lectures: Annotated[
        list[str] | None, typer.Argument(help="By number or name; all if none is given.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How many other seed sets to try.")] = 5,
    first: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="The number of the first of them.")
    ] = 1,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Kernels at once; default: processors.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Try the lectures' assertions and statements with seeds that their authors never saw."""
    from course_utils import authoring
    from course_utils.authoring.claims import instrument, survey, trials

    with in_course():
        found = authoring.find_lectures(lectures)
        if not found:
            raise fail("solutions/ holds no lecture to try.")
        code = {lecture: instrument(lecture) for lecture in found}
    seed_sets = (0, *range(first, first + seeds))
    surveys = []
    hidden = as_json or not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task("Trying", total=len(code) * len(seed_sets))
        for lecture, instrumented in code.items():
            done = []
            for trial in trials(lecture, instrumented, seed_sets, jobs):
                done.append(trial)
                progress.advance(task)
            surveys.append(survey(lecture.stem, instrumented, done))
            if not as_json:
                _show(surveys[-1])  # now: the next lecture may take an hour
    if as_json:
        print_json([asdict(one) for one in surveys])
    if any(one.failures for one in surveys):
        raise typer.Exit(1)


def _show(one: Survey) -> None:
    others = len(one.seed_sets) - 1
    kinds = {
        kind: sum(claim.what == kind for claim in one.claims) for kind in ("assertion", "statement")
    }
    say(
        f"{one.lecture}: {kinds['assertion']} assertions and {kinds['statement']} statements, with"
        f" the lecture's own seeds and {others} other seed {'set' if others == 1 else 'sets'}"
    )
    if one.failures:
        console.print(_failures(one.failures), markup=False)
    else:
        say("All of them held, and every cell ran.")
    if any(claim.sides for claim in one.claims):
        console.print(_compared(one), markup=False)
    if one.lines:
        console.print(_printed(one, others), markup=False)


def _failures(claims: list[Claim]) -> Table:
    table = Table("line", "did not hold", "with seed sets", "why, with the first", show_lines=True)
    for claim in claims:
        sets = ", ".join(map(str, claim.failed))
        often = f"{len(claim.failed)} of {claim.tried}: {sets}"
        table.add_row(_line(claim.line), claim.text, often, next(iter(claim.failed.values())))
    return table


def _compared(one: Survey) -> Table:
    table = Table("line", "asserted", "what was compared: lowest to highest")
    for claim in one.claims:
        sides = [f"{side}: {low:.3g} to {high:.3g}" for side, (low, high) in claim.sides.items()]
        if sides:
            table.add_row(_line(claim.line), claim.text, "\n".join(sides))
    return table


def _printed(one: Survey, others: int) -> Table:
    table = Table("line", "printed [lowest … highest with other seeds]")
    for line, text in one.lines:
        missing = f" (reads otherwise with {text.others} of {others})" if text.others else ""
        table.add_row(_line(line), f"{text}{missing}")
    return table


def _line(number: int) -> str:
    return str(number or "room")  # statements stand in the lecture's room
