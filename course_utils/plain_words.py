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

from course_utils.typography import printable

_FOLDERS = {
    str(Path(__file__).resolve().parent),
    *(sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")),
}
_NOT_THEIRS = (*(f"{folder}{os.sep}" for folder in _FOLDERS), "<frozen", "<__array_function__")
"""Beginnings of the names of files that a student did not write: ours, Python's, libraries'."""
_LIBRARY = re.compile(r"[\\/](?:(?:site|dist)-packages|python\d+\.zip)[\\/]")

# An exception's own class may put something else in these places; what Python keeps is read.
_CLASS_NAME = type.__dict__["__name__"].__get__
_TRACE = BaseException.__dict__["__traceback__"].__get__

_NO_TEXT = "(its text cannot be made)"

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
    (
        "modified by an inplace operation",
        "what the way back needs was changed after it was used: by `optimizer.step()` before"
        " `backward()`, or by an operation such as `y.mul_(2)`",
    ),
)
"""Parts of messages that are PyTorch's, and what they mean."""


_CUTS_A_FRACTION = re.compile(r"^Cannot cast ufunc .* from dtype\('float\d+'\) to dtype\('u?int")
"""What NumPy says of ``x *= 0.5`` for an array of whole numbers."""


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
    name = type(exception).__name__
    number, line = _students_line(exception)
    error = f"{name}: {message}" if message else name
    return Failure(printable(error), _meaning(exception, message), printable(line), number)


def text_of(exception: BaseException | str) -> str:
    """Return an exception's text, whatever their own class makes of it."""
    try:
        return str(exception)
    except BaseException:
        return _NO_TEXT


def tamed(exception: BaseException) -> BaseException:
    """Return `exception`, or one of the same name if its own class gets in the way of being told.

    What `isinstance` and a traceback's reader ask an exception for is answered by its class, whose
    code may raise as any other.
    """
    try:
        kind, trace = exception.__class__, exception.__traceback__
        if (
            type(exception).__name__
            and issubclass(kind, BaseException)
            and trace is _TRACE(exception)
        ):
            return exception
    except BaseException:
        pass
    plain = type(_CLASS_NAME(type(exception)), (Exception,), {})
    told: BaseException = plain(_NO_TEXT).with_traceback(_TRACE(exception))
    return told


def may_be_theirs(file: str) -> bool:
    """Tell whether a file is neither ours nor Python's nor a library's."""
    return not (file.startswith(_NOT_THEIRS) or _LIBRARY.search(file))


def present_line(thread: int) -> tuple[int, str]:
    """Return number and text of the student's line that a thread is in now; 0 and "" if in none."""
    return _innermost_of_theirs(_outwards(sys._current_frames().get(thread)))


def _students_line(exception: BaseException) -> tuple[int, str]:
    number, line = _innermost_of_theirs(reversed(list(traceback.walk_tb(exception.__traceback__))))
    if isinstance(exception, SyntaxError):
        file, place, text = exception.filename, exception.lineno, exception.text
        in_a_file = isinstance(file, str) and not file.startswith("<")  # and not given to `eval`
        if (in_a_file or not line) and isinstance(place, int) and isinstance(text, str):
            return place, text.strip()
    return number, line


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
    if _CUTS_A_FRACTION.search(message):
        return (
            "the array holds whole numbers, which cannot take a fraction: make a new one, as"
            " `np.where` does, or take `.astype(float)` first"
        )
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
