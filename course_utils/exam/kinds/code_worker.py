"""What runs in the worker process of a student's code, started by `code_process`."""

import importlib
import linecache
from collections.abc import Mapping
from typing import Any

import numpy as np

from course_utils.checks import Exercise, NotRight
from course_utils.checks.blank import NotWritten, is_blank, with_gaps_closed
from course_utils.checks.guard import silenced
from course_utils.plain_words import explain, tamed
from course_utils.workers.inside import Line

FILE = "<your code>"
_FILES = 1 << 20  # bytes that any file may have


def work(request: Mapping[str, str], line: Line) -> None:
    """Judge ``code`` by the exercise ``check``, on what it defines as ``name``."""
    module, _, attribute = request["check"].partition(":")
    exercise = getattr(importlib.import_module(module), attribute)
    line.ready(_FILES)
    _judge(request["code"], request["name"], exercise, line)
    line.say(done=True)


def _judge(code: str, name: str, exercise: Exercise, line: Line) -> None:
    """Run `code`, then every property of `exercise` on what it defines as `name`."""
    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)
    names: dict[str, Any] = {"__name__": "answer", "np": np}
    try:
        exec(compile(code, FILE, "exec"), names)
    except BaseException as error:
        line.say(failed=_told(tamed(error)))
        return
    if name not in names:
        line.say(failed=f"It defines no `{name}`: keep the name that the question gives.")
        return
    if names[name] is None:
        line.say(failed=f"`{name}` is None: define it as the question asks.")
        return
    if is_blank(names[name], given=()):
        line.say(failed=f"`{name}` is not written yet: replace every `...` by your code.")
        return
    answer, _ = with_gaps_closed(names[name])
    for about, holds in exercise.properties.items():
        line.say(begins=about)
        try:
            with silenced():
                holds(answer)
        except NotRight as fault:
            cause = f"; likely cause: {fault.cause}" if fault.cause else ""
            # A value of theirs may be quoted in it: it must not become a Markdown link or image.
            says = f"{fault.what}{cause}.".replace("](", "] (")
            line.say(ends=about, passed=False, says=says)
        except BaseException as error:
            line.say(ends=about, passed=False, says=_told(tamed(error)))
        else:
            line.say(ends=about, passed=True, says="")


def _told(error: BaseException) -> str:
    if isinstance(error, NotWritten):
        return f"`{error}` is not written yet."
    if isinstance(error, SystemExit):
        return "It ends the program (`SystemExit`): a layer must not do that."
    failure = explain(error)
    where = f" in line {failure.number}" if failure.number else ""
    meaning = f": {failure.meaning}" if failure.meaning else ""
    message = failure.error.replace("`", "'").replace(f" ({FILE}, line {failure.number})", "")
    return f"It raises `{message[:200]}`{where}{meaning}."
