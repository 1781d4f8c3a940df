"""The process that runs a student's code; started by `code_process` as a script of its own.

It reads one line of JSON from standard input (``code``, ``name``, ``check``) and writes one line
for every event to what was its standard output. Before any foreign code runs, output is turned
away from there, so that nothing a student prints gets mixed in.
"""

import importlib
import io
import json
import linecache
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Exercise, NotRight
from course_utils.checks.blank import is_blank
from course_utils.plain_words import explain

FILE = "<your code>"
_MEMORY = 4 << 30  # bytes of address space
_FILES = 1 << 20  # bytes that any file may have

Say = Callable[..., None]


def work(code: str, name: str, exercise: Exercise, say: Say) -> None:
    """Run `code`, then every property of `exercise` on what it defines as `name`."""
    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)
    names: dict[str, Any] = {"__name__": "answer", "np": np}
    try:
        exec(compile(code, FILE, "exec"), names)
    except BaseException as error:
        say(event="failed", says=_told(error))
        return
    if name not in names:
        say(event="failed", says=f"It defines no `{name}`: keep the name that the question gives.")
        return
    if is_blank(names[name]):
        say(event="failed", says=f"`{name}` is not written yet: replace every `...` by your code.")
        return
    for about, holds in exercise.properties.items():
        say(event="begins", about=about)
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                holds(names[name])
        except NotRight as fault:
            cause = f"; likely cause: {fault.cause}" if fault.cause else ""
            # A value of theirs may be quoted in it: it must not become a Markdown link or image.
            says = f"{fault.what}{cause}.".replace("](", "] (")
            say(event="ends", about=about, passed=False, says=says)
        except BaseException as error:
            say(event="ends", about=about, passed=False, says=_told(error))
        else:
            say(event="ends", about=about, passed=True, says="")
    say(event="done")


def _told(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "It ends the program (`SystemExit`): a layer must not do that."
    failure = explain(error)
    where = f" in line {failure.number}" if failure.number else ""
    meaning = f": {failure.meaning}" if failure.meaning else ""
    message = failure.error.replace("`", "'").replace(f" ({FILE}, line {failure.number})", "")
    return f"It raises `{message[:200]}`{where}{meaning}."


def _limit() -> None:
    """Keep memory and files in bounds, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _FILES)):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))


def _channel() -> io.TextIOWrapper:
    """Return a private way out, and send everything else that is printed nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return channel


def main() -> None:
    """Do what standard input asks for, then end at once, whatever threads were left."""
    asked = json.loads(sys.stdin.readline())
    channel = _channel()
    module, _, attribute = asked["check"].partition(":")
    exercise = getattr(importlib.import_module(module), attribute)

    def say(**event: Any) -> None:
        channel.write(json.dumps(event) + "\n")
        channel.flush()

    say(event="ready")
    _limit()
    work(asked["code"], asked["name"], exercise, say)
    os._exit(0)


if __name__ == "__main__":
    main()
