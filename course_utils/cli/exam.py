"""``course exam …``: the bank, papers, exports, the sheet of notes."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from course_utils.cli.common import PATH, Json, console, say, told, write
from course_utils.cli.terminal import print_json

if TYPE_CHECKING:
    from course_utils.exam import Item, blueprint, listing

app = typer.Typer(help="Print, vary and export the exam.", no_args_is_help=True)

Seed = Annotated[int | None, typer.Option(help="Which variant; without it, the exam's own form.")]
Out = Annotated[Path, typer.Option(help="Where to write.", **PATH)]
Count = Annotated[int, typer.Option(min=1, help="So many, from this seed on.")]
Plan = Annotated[
    Path | None,
    typer.Option(
        "--blueprint", help="The exam as a file; course_utils/exam/exam.toml is an example.", **PATH
    ),
]
Chosen = Annotated[
    str,
    typer.Option("--items", help="Only these items, as in 1.1,3.1; all if none."),
]


def _items(chosen: str = "") -> dict[str, Item[Any, Any]]:
    """Return the bank's items, or those of them whose ids `chosen` lists."""
    from course_utils.lessons.room import all_items

    held = all_items()
    wanted = {id_.strip() for id_ in chosen.split(",") if id_.strip()}
    if chosen and not wanted:
        raise ValueError(f"{chosen!r} names no item; write ids, as in 1.1,3.1.")
    unknown = sorted(wanted - set(held))
    if unknown:
        raise ValueError(f"The bank has no item {unknown[0]}; it has {', '.join(held)}.")
    return {id_: item for id_, item in held.items() if not wanted or id_ in wanted}


@app.command("bank")
def bank_(as_json: Json = False) -> None:
    """List every question with points, kind and lecture."""
    from course_utils.exam import blueprint, listing

    if as_json:
        print_json(listing.as_json(_items()))
        return
    lines = listing.lines(_items())
    console.print(_table(lines, console.width))
    planned = [line for line in lines if line.id in blueprint.ITEMS]
    held = [line for line in planned if line.title]
    points, all_points = (sum(line.points for line in some) for some in (held, planned))
    more = len(lines) - len(planned)
    say(
        f"{len(held)} of {len(planned)} questions, {points:g} of {all_points:g} points are in the"
        f" bank{f', and {more} for practice' if more else ''}. guess: the points that guessing"
        " earns."
    )


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="Such as 3.1.")],
    seed: Seed = None,
) -> None:
    """Print one form of a question and its key, as the Markdown that all others are made from."""
    from course_utils.exam.bank import seeds_of

    with told(ValueError):
        (form,) = seeds_of(seed, 1)
        chosen = list(_items(item).values())
        if len(chosen) != 1:
            raise ValueError(f"{item!r} names {len(chosen)} items; write one id, such as 3.1.")
    question = chosen[0].question(form)
    say(question.text())
    say("\n**Key**\n")
    for part in question.parts:
        say(f"{part.key_text()}\n")
    say(question.derivation)


def _table(lines: list[listing.Line], width: int) -> Table:
    """Return a table of one line an item; what does not fit, from the right, is left out."""
    from course_utils.lessons.room import CURRICULUM

    lectures = [CURRICULUM[line.lecture] for line in lines]
    columns = {
        "item": [line.id for line in lines],
        "points": [f"{line.points:g}{' bonus' if line.bonus else ''}" for line in lines],
        "about": [line.topic for line in lines],
        "guess": ["–" if line.guess is None else f"{line.guess:.2g}" for line in lines],
        "lecture": [lecture.number for lecture in lectures],
        "kind": [line.kind for line in lines],
        "title": [lecture.title for lecture in lectures],
    }
    widths = (max(map(len, (name, *cells))) + 2 for name, cells in columns.items())
    fitting = sum(end - 2 <= width for end in accumulate(widths))
    names = list(columns)[: max(1, fitting)]
    table = Table(*names, box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for row in zip(*(columns[name] for name in names), strict=True):
        table.add_row(*row)
    return table


@app.command()
def paper(
    seed: Seed = None,
    count: Count = 1,
    items: Chosen = "",
    out: Out = Path("papers"),
    key: Annotated[bool, typer.Option(help="Also print the key with derivations.")] = True,
    plan: Plan = None,
) -> None:
    """Print papers and their keys as A4 PDFs."""
    from course_utils.exam.papers import PrintError, PrintMissingError, print_papers

    with told(PrintError, PrintMissingError, ValueError), console.status("printing"):
        exam = _exam(plan)
        for path in print_papers(_items(items), seed, count, out, with_key=key, exam=exam):
            say(str(path))


def _exam(plan: Path | None) -> blueprint.Blueprint:
    """Return the exam in a file; the course's own without one."""
    from course_utils.exam import blueprint

    if plan is None:
        return blueprint.EXAM
    known = {**blueprint.ITEMS, **{id_: item.entry for id_, item in _items().items()}}
    try:
        return blueprint.read(plan, known)
    except OSError as error:
        raise ValueError(f"{plan} cannot be read: {error.strerror}.") from None


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", help="moodle | qti | csv")],
    out: Out,
    seed: Seed = None,
    count: Count = 1,
    items: Chosen = "",
    plan: Plan = None,
) -> None:
    """Export questions; every part that the format cannot carry is named.

    Without a blueprint, all questions of the bank; with one, those of the exam, with its points.
    """
    from course_utils.exam.bank import asked, seeds_of
    from course_utils.exam.exports import FORMATS

    with told(ValueError):
        if form not in FORMATS:
            raise ValueError(f"There is no format {form!r}; choose one of {', '.join(FORMATS)}.")
        seeds = seeds_of(seed, count)
        exam, chosen = _exam(plan), _items(items)
        if plan is None:
            questions = tuple(item.question(each) for item in chosen.values() for each in seeds)
        else:
            questions = asked(chosen, exam, seeds)
        if not questions:
            raise ValueError("There is no question to export: of this exam's items none is chosen.")
        done = FORMATS[form](questions, exam)
        write(out, done.content)
    for note in dict.fromkeys(map(str, done.notes)):  # the variants of an item fare alike
        say(note)


@app.command()
def sheet(
    topics: Annotated[str, typer.Option(help="Topics, separated by commas; all if none.")] = "",
    out: Out = Path("sheet.pdf"),
) -> None:
    """Compose the sheet of notes that the exam allows: one A4 page of formulas."""
    from course_utils.exam.papers import PrintError, PrintMissingError, formulas
    from course_utils.exam.papers.sheet_of_notes import SheetOfNotes
    from course_utils.lessons.room import modules

    with told(PrintError, PrintMissingError, ValueError):
        found = formulas.collect(modules("formulas"))
        chosen = [topic.strip() for topic in topics.split(",") if topic.strip()]
        if topics and not chosen:
            raise ValueError(f"{topics!r} names no topic: choose from {', '.join(found)}.")
        write(out, SheetOfNotes(found).compose(chosen or found))
    say(str(out))
