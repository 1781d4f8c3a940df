"""``course train``: train again what the lectures ship trained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from course_utils.cli.common import PATH, console, fail, say, told

app = typer.Typer()


@app.command()
def train(
    name: Annotated[str, typer.Argument(help="What to train; without it, they are listed.")] = "",
    into: Annotated[
        Path | None,
        typer.Option(help="Folder for weights and log; default: the lecture's own.", **PATH),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Fewer steps than the lecture's, to try it.")
    ] = None,
) -> None:
    """Train a network whose weights a lecture ships; weights and log are written side by side."""
    from course_utils.lessons.room import modules

    known = {one.name: one for part in modules("weights") for one in part.WEIGHTS}
    if not name:
        for one in known.values():
            log = one.log()
            say(f"{one.name:20} {one.about}; {log.steps} steps, {log.minutes:g} min of processor")
        return
    if name not in known:
        raise fail(f"There is nothing to train named {name!r}. There is: {', '.join(known)}.")
    chosen = known[name]
    folder = into or chosen.folder
    if into is None and steps is not None:
        raise fail("Fewer steps would replace the lecture's weights; name a folder with --into.")
    hidden = not console.is_terminal
    with told(), Progress(console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task(name, total=steps or chosen.steps)
        chosen.train(folder, steps, report=lambda step: progress.update(task, completed=step))
    say(f"{folder / name}.safetensors and .json are written.")
