"""``course bench …``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from course_utils.cli.common import PATH, Json, console, fail, in_course, say, told
from course_utils.cli.terminal import print_json
from course_utils.runtime import REPOSITORY

app = typer.Typer(help="Measure what the README claims.", no_args_is_help=True)


@app.command()
def explorers(
    as_json: Json = False,
    ratio: Annotated[
        float, typer.Option(help="Pixels of the screen per CSS pixel; 2 if sharp.", min=1, max=3)
    ] = 1,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every explorer of the course; exit status 1 if one is late."),
    ] = False,
    only: Annotated[
        str, typer.Option(help="As --all, of those whose name contains this, as in rnn_backprop.")
    ] = "",
) -> None:
    """Measure a slider in JupyterLab, from key press to changed pixels."""
    from course_utils.bench import BenchError
    from course_utils.bench import explorers as bench
    from course_utils.bench.machine import machine, said

    if every or only:
        _measure_each(only, ratio, as_json)
        return
    on = machine()
    with told(BenchError), console.status("starting") as status:
        result = bench.measure(report=status.update, ratio=ratio)
    if as_json:
        print_json({"machine": on, **result})
        return
    for key, value in result.items():
        say(f"{key:20} {value}")
    say(said(on))


def _measure_each(only: str, ratio: float, as_json: bool) -> None:
    """Measure the explorers whose name contains `only`; tell each as soon as it is measured."""
    from course_utils.bench import BenchError, every_explorer
    from course_utils.bench.machine import machine, said

    subjects = [one for one in every_explorer.of_the_course() if only in one.name]
    if not subjects:
        raise fail(f"No explorer's name contains {only!r}; names are as normalization.descent.")
    on = machine()
    wide = max(len(one.name) for one in subjects)
    measured = []
    with told(BenchError), console.status("starting") as status:
        for one in every_explorer.measure(subjects, report=status.update, ratio=ratio):
            measured.append(one)
            if not as_json:
                say(f"{one.explorer:{wide}}  {one.in_words}")
    if as_json:
        print_json({"machine": on, "explorers": [one.to_dict() for one in measured]})
    else:
        say(said(on))
    if any(one.late for one in measured):
        raise typer.Exit(1)


@app.command()
def framework(
    as_json: Json = False,
    threads: Annotated[int, typer.Option(help="For NumPy's BLAS and for PyTorch.", min=1)] = 1,
    rounds: Annotated[int, typer.Option(help="Medians over so many.", min=1)] = 15,
    only: Annotated[str, typer.Option(help="Only cases whose name contains this.")] = "",
) -> None:
    """Measure course_utils.nn beside PyTorch, other NumPy frameworks and textbook loops."""
    from course_utils.bench import framework as bench
    from course_utils.bench.machine import machine, said

    on = machine()
    with console.status("measuring"):
        result = bench.measure(threads=threads, rounds=rounds, only=only)
    if not result["cases"]:
        raise fail(f"No case's name contains {only!r}; without --only, all cases are listed.")
    if as_json:
        print_json({"machine": on, **result})
        return
    console.print(_table(result["cases"]))
    say(f"{result['threads']} thread, BLAS {result['blas']}, {result['versions']}")
    say(said(on))


@app.command()
def lectures(
    names: Annotated[
        list[str] | None, typer.Argument(help="Lectures by number or name; all if none is given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure how long the lectures take, each alone in a fresh kernel."""
    from course_utils import authoring
    from course_utils.bench import lectures as bench
    from course_utils.bench.machine import machine, said

    on = machine()
    with in_course(), console.status("starting") as status:
        result = bench.measure(authoring.find_lectures(names), report=status.update)
    if as_json:
        print_json({"machine": on, "lectures": result})
        return
    for line in result:
        say(f"{line['lecture']:24} {line['solutions']:6.1f} s   {line['notebooks']:6.1f} s blank")
    say(said(on))


@app.command()
def pictures(
    into: Annotated[Path, typer.Option(help="Folder for the pictures.", **PATH)] = REPOSITORY
    / "docs",
) -> None:
    """Draw the README's pictures anew: one explorer of each lecture, and an exam's report."""
    from course_utils.bench import BenchError
    from course_utils.bench import pictures as made

    with in_course(), told(BenchError), console.status("drawing"):
        made.report(into / "report.png")
        made.gallery(made.starred(), into / "explorers.png")
    say(f"{into / 'explorers.png'} and {into / 'report.png'} are drawn.")


def _table(cases: list[dict[str, Any]]) -> Table:
    columns = {
        "ours_ms": "ours, ms",
        "torch_ms": "PyTorch, ms",
        "ratio_to_torch": "ours / PyTorch",
        "textbook_ms": "textbook, ms",
        "speedup_over_textbook": "textbook / ours",
        "memory_ratio": "memory, ours / PyTorch",
    }
    table = Table("case", *columns.values())
    for case in cases:
        values = [case.get(key) for key in columns]
        table.add_row(case["name"], *("–" if v is None else f"{v:.3g}" for v in values))
    return table
