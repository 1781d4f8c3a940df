"""The command line: ``course …``. Each module adds the commands of one engine.

What only one command needs, it imports itself: with all engines, ``course --help`` would take
seconds.
"""

import typer

from course_utils.cli import authoring, bench, claims, doctor, exam, train, verify
from course_utils.cli.terminal import print_anywhere

app = typer.Typer(
    help="Build, check and measure the course.", no_args_is_help=True, add_completion=False
)
for module in (doctor, authoring, claims, train, verify):
    app.registered_commands += module.app.registered_commands
app.add_typer(bench.app, name="bench")
app.add_typer(exam.app, name="exam")


def main() -> None:
    """Run the command line."""
    print_anywhere()
    app()
