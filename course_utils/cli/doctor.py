"""``course doctor``."""

import typer

from course_utils.cli.common import say

app = typer.Typer()


@app.command()
def doctor() -> None:
    """Check that everything the course needs is here: one line per need."""
    from course_utils.doctor import examine

    healthy = True
    for need in examine():
        say(str(need))
        healthy &= not need.failed
    if not healthy:
        raise typer.Exit(1)
