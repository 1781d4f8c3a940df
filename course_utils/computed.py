"""Heavy results over a grid of settings: computed once, with progress, and kept on disk.

What is kept belongs to the code and the versions that made it: the key is a digest of the
function's module, of all modules of the course that it imports, and of the libraries' versions, so
that a change anywhere there computes anew. So does a damaged file. The kernels of one build, and
the processes of one test run, share what that build or run itself has computed, and nothing else.
"""

import ast
import functools
import hashlib
import importlib.util
import itertools
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any

from filelock import FileLock
from IPython.core.getipython import get_ipython
from IPython.display import HTML, display
from tqdm import tqdm

from course_utils import runtime

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch")
_DIGEST = hashlib.sha256().digest_size


class Computed:
    """The results of a function for all combinations of some settings.

    ``loss = Computed(train, width=(1, 4, 16), depth=(1, 2, 3))`` computes nothing yet;
    ``loss(width=4, depth=2)`` does, for all combinations at once, when it is first called.

    Parameters
    ----------
    function
        Pure, with results that can be pickled; a function of a module, not of a cell.
    data
        What it reads beside its arguments, as bytes, if that is not in the course's code.
    **grid
        For each of its parameters the values that it may have.
    """

    def __init__(
        self, function: Callable[..., Any], *, data: bytes = b"", **grid: Sequence[Any]
    ) -> None:
        self._function = function
        self._data = data
        self._grid = {name: tuple(values) for name, values in grid.items()}
        self._results: dict[tuple[Any, ...], Any] | None = None
        self._lock = threading.Lock()

    def __call__(self, **settings: Any) -> Any:
        """Return the result for `settings`, each of them one of the grid's values.

        Raises
        ------
        KeyError
            If the grid has no such settings.
        """
        key = tuple(settings.get(name) for name in self._grid)
        with self._lock:
            if self._results is None:
                self._results = self._load_or_compute()
        if settings.keys() != self._grid.keys() or key not in self._results:
            raise KeyError(f"{self._function.__name__} was not computed for {settings}.")
        return self._results[key]

    @property
    def file(self) -> Path | None:
        """Where the results are kept, which need not exist; None if they are not to be kept."""
        folder = runtime.computed_folder()
        name = f"{self._function.__name__}-{_digest(self._function, self._grid, self._data)}"
        return folder and folder / f"{name}.pickle"

    def _load_or_compute(self) -> dict[tuple[Any, ...], Any]:
        try:
            file = self.file
            if file is None:
                return self._compute()
            file.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(file.with_suffix(".lock"))
            lock.acquire()  # whoever comes second waits, and reads
        except (OSError, NotImplementedError):  # nowhere to keep anything, or no locks there
            return self._compute()
        try:
            results = _read(file)
            if results is None:
                results = self._compute()
                _write(file, results)
        finally:
            lock.release()
        return results

    def _compute(self) -> dict[tuple[Any, ...], Any]:
        keys = list(itertools.product(*self._grid.values()))
        shown = not runtime.forgets() and len(keys) > 1
        bar = tqdm(
            keys,
            self._function.__name__.replace("_", " "),
            leave=False,
            disable=None if shown else True,  # None: also where it would fill a file
            file=_OnPage() if shown and _in_notebook() else None,
        )
        with runtime.one_thread():
            return {key: self._function(**dict(zip(self._grid, key, strict=True))) for key in bar}


def _in_notebook() -> bool:
    return getattr(get_ipython(), "kernel", None) is not None


class _OnPage:
    """A line below the running cell for a bar to write to; empty again when the bar is done.

    tqdm's own bar for notebooks, once closed, leaves its first line there as a text.
    """

    def __init__(self) -> None:
        self._line = display(HTML(""), display_id=True)

    def write(self, text: str) -> None:
        said = escape(text.strip())
        self._line.update(HTML(f"<pre>{said}</pre>" if said else ""))

    def flush(self) -> None:
        pass


def _read(file: Path) -> dict[tuple[Any, ...], Any] | None:
    """Return what `file` holds; None if there is none or it is not as it was written."""
    try:
        content = file.read_bytes()
        digest, body = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(body).digest() != digest:
            return None
        results: dict[tuple[Any, ...], Any] = pickle.loads(body)
    except Exception:  # unpickling what another version wrote can raise anything
        return None
    return results


def _write(file: Path, results: Mapping[tuple[Any, ...], Any]) -> None:
    """Write in one step, so that nobody ever reads half a file; a full disk is no error."""
    body = pickle.dumps(results)
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(hashlib.sha256(body).digest() + body)
        Path(temporary).replace(file)
    except OSError:
        return


def _digest(function: Callable[..., Any], grid: Mapping[str, Any], data: bytes) -> str:
    facts = (function.__qualname__, grid, sys.version_info[:2], runtime.seed_set())
    digest = hashlib.sha256(repr(facts).encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {metadata.version(library)}".encode())
        except metadata.PackageNotFoundError:
            continue
    for name, source in sorted(_sources(function.__module__, {}).items()):
        digest.update(f"{name}\n{source}".encode())
    digest.update(data)
    return digest.hexdigest()[:32]


def _sources(name: str, found: dict[str, str]) -> dict[str, str]:
    """Return the sources of a module and of what it imports from the same distribution."""
    spec = importlib.util.find_spec(name)
    if name in found or spec is None or not (spec.origin or "").endswith(".py"):
        return found
    found[name] = source = Path(str(spec.origin)).read_text(encoding="utf-8")
    distribution = name.split(".")[0]
    for imported in _imported(source):
        if imported.split(".")[0] == distribution and _is_module(imported):
            _sources(imported, found)
    return found


@functools.cache
def _imported(source: str) -> list[str]:
    """Return the names that a module's source imports; some may be modules."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # `a.b` where `a` is a module that holds a name `b`
        return False
