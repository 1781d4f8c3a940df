"""Import a student's folder whatever they call it, and keep its windows shut.

Their modules write ``from Layers.Base import …``, ``from src_to_implement.Layers.Base import …`` or
``from ..Layers import …``: one and the same module is meant, so that each is loaded once, as part
of a package that stands for the folder.
"""

import importlib
import importlib.util
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from course_utils.verify.crash import STAND_IN
from course_utils.verify.parts import PARTS

_TOPS = tuple(dict.fromkeys(part.module.partition(".")[0] for part in PARTS.values()))
_ANY = "|".join(_TOPS)
_PREFIX = re.compile(
    rf"^\s*(?:from|import)\s+(\w+(?:\.\w+)*?)"
    rf"(?:\.(?:{_ANY})\b|\s+import\s+(?:\w+\s*,\s*)*(?:{_ANY})\b)",
    re.MULTILINE,
)


def prefixes(folder: Path) -> set[str]:
    """Return what the folder's modules write before ``Layers`` and the others, dotted."""
    found = {folder.name} if folder.name.isidentifier() else set()
    for place in (folder, *(folder / top for top in _TOPS)):
        for file in sorted(place.glob("*.py")):
            with suppress(OSError):  # a folder of that name, say; an import tells what is wrong
                found |= set(_PREFIX.findall(file.read_text(encoding="utf-8", errors="replace")))
    return {prefix for prefix in found if prefix.partition(".")[0] not in _TOPS}


def prepare(folder: Path) -> None:
    """Make the folder's modules importable by every name they use; must come before any of them."""
    sys.path.insert(0, str(folder))
    sys.modules[STAND_IN] = _standing_for(folder)
    known = {prefix for prefix in prefixes(folder) if not _importable(prefix.partition(".")[0])}
    for prefix in known:
        names = prefix.split(".")
        for length in range(1, len(names) + 1):
            sys.modules.setdefault(".".join(names[:length]), _standing_for(folder))
    sys.meta_path[:0] = [_Aliases(known), _Windowless()]


def _standing_for(folder: Path) -> ModuleType:
    module = ModuleType(STAND_IN)
    module.__path__ = [str(folder)]
    return module


def _importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


class _Aliases(MetaPathFinder):
    """``Layers.Base``, ``anything.Layers.Base`` and ``solution.Layers.Base`` are one module."""

    def __init__(self, prefixes: set[str]) -> None:
        self._prefixes = (prefixes | {""}) - {STAND_IN}

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        parts = name.split(".")
        place = next((i for i, part in enumerate(parts) if part in _TOPS), None)
        if place is None or ".".join(parts[:place]) not in self._prefixes:
            return None
        real = ".".join((STAND_IN, *parts[place:]))
        if importlib.util.find_spec(real) is None:
            return None
        return ModuleSpec(name, _SameModule(real))


class _SameModule(Loader):
    def __init__(self, real: str) -> None:
        self._real = real
        self._spec: Any = None

    def create_module(self, *_: Any) -> ModuleType:
        module = importlib.import_module(self._real)
        self._spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self._spec


class _Windowless(MetaPathFinder):
    """Matplotlib keeps the backend without windows, and `show` returns at once."""

    _silenced = ("matplotlib", "matplotlib.pyplot")

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        if name not in self._silenced:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None and spec.loader is not None:
            spec.loader = _Then(spec.loader, _shut)
        return spec


class _Then(Loader):
    """A loader that does something to the module once it is loaded."""

    def __init__(self, loader: Loader, then: Callable[[ModuleType], None]) -> None:
        self._loader, self._then = loader, then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._then(module)


def _shut(module: ModuleType) -> None:
    for name in ("use", "show", "pause"):
        if hasattr(module, name):
            setattr(module, name, lambda *_, **__: None)
    if switch := getattr(module, "switch_backend", None):
        module.switch_backend = lambda *_: switch("agg")  # type: ignore[attr-defined]
