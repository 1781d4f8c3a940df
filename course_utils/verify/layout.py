"""Where a folder's parts lie, and one sentence on what to move where they lie elsewhere."""

from collections.abc import Iterator
from pathlib import Path

from course_utils.verify.crash import spelling
from course_utils.verify.parts import PARTS

_FILES = tuple(dict.fromkeys(part.file for part in PARTS.values()))
_FOLDERS = tuple(dict.fromkeys(file.partition("/")[0] for file in _FILES if "/" in file))
_NEEDED = "Layers/, Optimization/ and NeuralNetwork.py"
_DEEPEST = 4  # levels below the folder that is given
_SKIPPED = ("__pycache__", "node_modules", "site-packages", "venv", "env")


class FolderError(ValueError):
    """The folder cannot be verified; the message is one sentence that says what to do."""


def checked(folder: Path) -> Path:
    """Return a folder that can be judged.

    Raises
    ------
    FolderError
        If it does not exist, or if most of what it holds lies or is called otherwise.
    """
    if not folder.is_dir():
        kind = "is a file" if folder.exists() else "does not exist"
        raise FolderError(f"The folder {folder} {kind}: give the folder that holds {_NEEDED}.")
    there = _right(folder)
    advice = _respell(folder) or _move(folder)
    if advice and len(there) <= len(advice):
        raise FolderError(
            f"The parts in {folder} are not where the exercises have them: {_listed(advice)}."
        )
    if there or (folder / "Layers").is_dir():
        return folder
    below = [f"{path.relative_to(folder).as_posix()}/" for path in _below(folder) if _right(path)]
    meant = ""
    if len(below) == 1:
        meant = f" Its folder {below[0]} looks like the right one."
    elif below:
        meant = f" These of its folders look like right ones: {', '.join(below)}."
    elif any(folder.rglob("*.ipynb")):
        meant = " Code in notebooks cannot be verified by folder."
    raise FolderError(
        f"The folder {folder} holds neither Layers/ nor Optimization/ nor NeuralNetwork.py: give"
        f" the folder that does.{meant}"
    )


def elsewhere(folder: Path, file: str) -> str:
    """Return what to do about a file that is missing but lies, or is called, otherwise."""
    wanted = Path(file)
    for path in _python_files(folder):
        if path.as_posix() == file:
            continue
        if spelling(path.name) == spelling(wanted.name):
            if path.parent == wanted.parent:
                return f"{path.name} is spelt differently: rename it to {wanted.name}"
            return f"move {path.as_posix()} to {file}"
    return ""


def _names(folder: Path) -> set[str]:
    """Return the names as they are written; the file system may not tell letters' cases apart."""
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _right(folder: Path) -> list[str]:
    """Return the files of parts that lie where they should."""
    inside = {name: _names(folder / name) for name in _FOLDERS if name in _names(folder)}
    inside[""] = _names(folder)
    found = []
    for file in _FILES:
        head, _, name = file.rpartition("/")
        if name in inside.get(head, ()):
            found.append(file)
    return found


def _respell(folder: Path) -> list[str]:
    """Return what to rename: folders and files that differ only in how they are written."""
    advice = []
    for wanted in (*_FOLDERS, *(file for file in _FILES if "/" not in file)):
        names = _names(folder)
        close = [name for name in names if spelling(name) == spelling(wanted) and name != wanted]
        if close and wanted not in names:
            end = "" if wanted.endswith(".py") else "/"
            advice.append(f"rename {sorted(close)[0]}{end} to {wanted}{end}")
    for head in _FOLDERS:
        names = _names(folder / head)
        for file in (file for file in _FILES if file.startswith(f"{head}/")):
            wanted = file.rpartition("/")[2]
            close = [name for name in names if spelling(name) == spelling(wanted)]
            if close and wanted not in names:
                advice.append(f"rename {head}/{sorted(close)[0]} to {wanted}")
    return advice


def _move(folder: Path) -> list[str]:
    """Return what to move: files of parts that lie in another folder, by that folder."""
    moves: dict[tuple[str, str], list[str]] = {}
    there = _right(folder)
    for path in _python_files(folder):
        for file in _FILES:
            head, _, name = file.rpartition("/")
            found = path.parent.as_posix()
            depth_is_near = found in (".", *_FOLDERS)
            if spelling(path.name) == spelling(name) and file not in there and depth_is_near:
                moves.setdefault((found, head), []).append(path.name)
    moved = [
        f"move {_listed(sorted(set(names)))} from {_called(source)} to {_called(head)}"
        for (source, head), names in moves.items()
    ]
    return moved + [
        f"make a folder {top}/ with a file for each class of {top}.py"
        for top in _FOLDERS
        if f"{top}.py" in _names(folder) and top not in _names(folder)
    ]


def _called(folder: str) -> str:
    return "the folder itself" if folder in ("", ".") else f"{folder}/"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _python_files(folder: Path) -> Iterator[Path]:
    """Return the Python files of a folder and those in its folders, relative to it."""
    for path in (folder, *_below(folder)):
        for file in sorted(path.glob("*.py")):
            yield file.relative_to(folder)


def _below(folder: Path, depth: int = 1) -> Iterator[Path]:
    """Return the folders in a folder, the nearest first."""
    inner = [
        path
        for path in sorted(folder.iterdir())
        if path.is_dir() and path.name not in _SKIPPED and not path.name.startswith(".")
    ]
    yield from inner
    if depth < _DEEPEST:
        for path in inner:
            yield from _below(path, depth + 1)
