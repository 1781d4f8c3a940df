"""What all commands share: the two consoles, and how a command says that it cannot go on."""

from typing import Annotated

import typer
from rich.console import Console

console = Console()
_errors = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def say(line: str) -> None:
    """Print a line as it is."""
    console.print(line, highlight=False, markup=False, soft_wrap=True)


def fail(message: str) -> typer.Exit:
    """Print a message to standard error and return the exit to raise."""
    _errors.print(message, style="red", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(1)
