"""Solutions for the tests: one that is right, in several styles, and ways to spoil it."""

import importlib
import shutil
import sys
from pathlib import Path

from course_utils.verify import PARTS

HERE = Path(__file__).parent
SOLUTION = HERE / "solution"
STYLES = {  # name → folders of modules that replace the solution's
    "scipy": (),
    "loops": ("loops",),
    "einsum": ("einsum",),
    "separate_bias": ("cells", "separate_bias"),
    "free_choices": ("cells", "free_choices"),
    "matrices": ("cells", "matrices"),
}
_ROOTS = {"Layers", "Optimization", "NeuralNetwork"}


def build(folder, style="scipy", only=None):
    """Copy the solution into `folder`, with the modules of one style instead of its own.

    With `only`, a list of files, nothing but these.
    """
    for source in (SOLUTION, *(HERE / "styles" / name for name in STYLES[style])):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    for file in folder.rglob("*.py") if only else ():
        if file.relative_to(folder).as_posix() not in only:
            file.unlink()
    return folder


def shim(folder):
    """Write a folder whose modules are the course's own framework."""
    for part in PARTS.values():
        file = folder / part.file
        file.parent.mkdir(parents=True, exist_ok=True)
        own = part.name if not part.other_names else f"{part.other_names[0]} as {part.name}"
        with file.open("a") as lines:
            lines.write(f"from course_utils.nn import {own}  # noqa: F401\n")
    return folder


def load(folder, names=tuple(PARTS)):
    """Import classes from a folder, apart from those of other folders."""

    def ours():
        return [name for name in sys.modules if name.split(".")[0] in _ROOTS]

    sys.path.insert(0, str(folder))
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        importlib.invalidate_caches()
        return {n: getattr(importlib.import_module(PARTS[n].module), n) for n in names}
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = bytecode
        for name in ours():
            del sys.modules[name]
