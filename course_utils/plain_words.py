"""Say what went wrong in a student's code in plain words, with the line it happened in."""

import linecache
import os
import re
import sys
import sysconfig
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_FOLDERS = {
    str(Path(__file__).resolve().parent),
    *(sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")),
}
_NOT_THEIRS = (*(f"{folder}{os.sep}" for folder in _FOLDERS), "<frozen", "<__array_function__")
"""Beginnings of the names of files that a student did not write: ours, Python's, libraries'."""
_LIBRARY = re.compile(r"[\\/](?:(?:site|dist)-packages|python\d+\.zip)[\\/]")

_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (RecursionError, "the function calls itself without ever stopping"),
    (NotImplementedError, "this part still says that it is not implemented"),
    (UnboundLocalError, "the name is used before it gets its value inside the function"),
    (NameError, "the name is not defined: look for a typing error, or a cell that was not run"),
    (ModuleNotFoundError, "the module is not installed: run `course doctor`"),
    (AttributeError, "the object has no attribute of that name"),
    (KeyError, "the key is not in the dictionary"),
    (IndexError, "the index lies outside the array"),
    (ZeroDivisionError, "a number was divided by zero"),
    (FloatingPointError, "a computation overflowed or divided by zero"),
    (SystemExit, "the code ends the program, for instance by `sys.exit` or `quit`"),
    (EOFError, "the code waits for somebody to type something"),
    (SyntaxError, "Python cannot read this line or the one before it"),
)


_PYTORCH = (
    ("before Module.__init__() call", "`super().__init__()` comes first, with its brackets"),
    (
        "not implemented for 'Half'",
        "PyTorch does not do this with 16-bit numbers on this device: compute it in float32",
    ),
    (
        "not implemented for '",
        "PyTorch does not do this with numbers of that type, such as whole ones ('Long', 'Int'):"
        " are two arguments exchanged?",
    ),
    (
        "does not require grad and does not have a grad_fn",
        "nothing leads back from here to a weight: `no_grad`, `detach`, `item` and `argmax` cut the"
        " graph",
    ),
    (
        "mat1 and mat2 shapes cannot be multiplied",
        "a linear layer gets another number of inputs than it was made for",
    ),
    ("channels, but got", "a convolution gets another number of channels than it was made for"),
)
"""Parts of messages that are PyTorch's, and what they mean."""


@dataclass(frozen=True)
class Failure:
    """An exception, told to a student.

    Attributes
    ----------
    error
        Type and message as Python gives them.
    meaning
        The same in plain words; empty if there is nothing to add.
    line
        The student's own line that raised, stripped; empty if the error is not in their code.
    number
        That line's number in its cell or file, counted from 1; 0 if unknown.
    """

    error: str
    meaning: str
    line: str
    number: int

    def __str__(self) -> str:
        where = f" in line {self.number}: {self.line}" if self.line else ""
        meaning = f" ({self.meaning})" if self.meaning else ""
        return f"{self.error}{meaning}{where}"


def explain(exception: BaseException) -> Failure:
    """Return what `exception` says, what it means, and the innermost line that is not ours.

    Frames of this package, of Python itself and of installed libraries are passed over: the line
    shown is the last one that the student wrote.
    """
    message = " ".join(text_of(exception).split())
    error = f"{type(exception).__name__}: {message}" if message else type(exception).__name__
    number, line = _students_line(exception)
    return Failure(error, _meaning(exception, message), line, number)


def text_of(exception: BaseException | str) -> str:
    """Return an exception's text, whatever their own class makes of it."""
    try:
        return str(exception)
    except BaseException:
        return "(its text cannot be made)"


def may_be_theirs(file: str) -> bool:
    """Tell whether a file is neither ours nor Python's nor a library's."""
    return not (file.startswith(_NOT_THEIRS) or _LIBRARY.search(file))


def present_line(thread: int) -> tuple[int, str]:
    """Return number and text of the student's line that a thread is in now; 0 and "" if in none."""
    return _innermost_of_theirs(_outwards(sys._current_frames().get(thread)))


def _students_line(exception: BaseException) -> tuple[int, str]:
    frames = reversed(list(traceback.walk_tb(exception.__traceback__)))
    number, line = _innermost_of_theirs(frames)
    if isinstance(exception, SyntaxError) and (not line or _is_in_a_file(exception)):
        return exception.lineno or 0, (exception.text or "").strip()
    return number, line


def _is_in_a_file(error: SyntaxError) -> bool:
    """Tell whether the faulty line stands in a file or cell, and not in what `eval` was given."""
    return bool(error.filename) and not str(error.filename).startswith("<")


def _outwards(frame: FrameType | None) -> Iterator[tuple[FrameType, int]]:
    while frame is not None:
        yield frame, frame.f_lineno or 0
        frame = frame.f_back


def _innermost_of_theirs(frames: Iterable[tuple[FrameType, int]]) -> tuple[int, str]:
    for frame, number in frames:
        name = frame.f_code.co_filename
        if not may_be_theirs(name):
            continue
        line = linecache.getline(name, number, frame.f_globals).strip()
        if line:
            return number, line
    return 0, ""


def _meaning(exception: BaseException, message: str) -> str:
    if "ellipsis" in message.lower():
        return "a `...` in your code still waits for its value"
    if "could not be broadcast" in message or "mismatch in its core dimension" in message:
        return "the shapes of two arrays do not fit together: print both shapes"
    if message.startswith("all the input array"):
        return "arrays that are put together have unlike shapes: print both shapes"
    if isinstance(exception, TypeError) and message.endswith("object is not callable"):
        return "brackets call what is no function: a missing `*`, or an object in its class's place"
    if "truth value of an array" in message:
        return "`if` needs one yes or no and gets an array of them: take `np.where`, or a mask"
    if "converted to Python scalars" in message:
        return "this function takes one number and gets an array: `np.exp` takes arrays, and so on"
    if "math domain error" in message:
        return "a function has no value for this number, as the root of a negative one has none"
    if isinstance(exception, TypeError) and "positional argument" in message:
        return "the function was called with another number of arguments than it takes"
    if isinstance(exception, TypeError) and "NoneType" in message:
        return "a value is None: a function may have forgotten its `return`"
    if isinstance(exception, IndexError) and "used as ind" in message:
        return "only whole numbers and booleans can be indices: for flags, take `flags == 1`"
    for part, meaning in _PYTORCH:
        if part in message:
            return meaning
    for kind, meaning in _MEANINGS:
        if isinstance(exception, kind):
            return meaning
    return ""
