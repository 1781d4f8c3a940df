"""The command line: ``course …``. Each module adds the commands of one engine.

What only one command needs, it imports itself: with all engines, ``course --help`` would take
seconds.
"""

import sys

import typer

from course_utils import runtime
from course_utils.cli import authoring, bench, claims, doctor, exam, train, verify
from course_utils.cli.common import fail
from course_utils.cli.terminal import LostOutputError, print_anywhere, typed

app = typer.Typer(
    help="Build, check and measure the course.", no_args_is_help=True, add_completion=False
)
for module in (doctor, authoring, claims, train, verify):
    app.registered_commands += module.app.registered_commands
app.add_typer(bench.app, name="bench")
app.add_typer(exam.app, name="exam")


def main() -> None:
    """Run the command line; exit status 2 if nobody could be told what came of it."""
    print_anywhere()
    sys.argv[1:] = map(typed, sys.argv[1:])
    try:
        try:
            _check_seed_set()
            app()
        finally:
            if sys.stdout:  # there may be none
                sys.stdout.flush()
    except LostOutputError as error:
        print(f"The output cannot be written: {error}.", file=sys.stderr)
        sys.exit(2)


def _check_seed_set() -> None:
    """Refuse a wrong number of the seeds before what draws from them is imported."""
    try:
        runtime.seed_set()
    except ValueError as error:
        sys.exit(fail(f"{error}.").exit_code)
