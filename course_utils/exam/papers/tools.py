"""The two programs that print: pandoc (Markdown to Typst) and typst (Typst to PDF).

Both come as Python wheels with the extra ``print``; nothing else of the course needs them.
"""

import importlib
import json
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from course_utils.exam.conversion import html

_FILTER = Path(__file__).with_name("markdown.lua")
_RUNS = 2  # of pandoc at once
_CHUNK = 500  # fragments in one run, which starts in 0.04 s and takes about 2 ms for each


class PrintMissingError(RuntimeError):
    """Pandoc or typst is not installed; the message says how to get them."""

    def __init__(self) -> None:
        super().__init__(
            "Printing needs pandoc and typst, which are not installed: run"
            " `pip install deep-learning-course[print]`, or `make install` in the course's folder."
        )


_RENAMED = "#let sect = sym.inter\n"
"""A sign that pandoc still calls by a name which typst has dropped: ∩, and its large form."""


class PrintError(RuntimeError):
    """A document cannot be set; the message says why."""


def typst_of(fragments: Iterable[str]) -> dict[str, str]:
    """Return Typst markup for each Markdown fragment (with LaTeX between dollar signs).

    What looks like HTML stays text. Equal fragments are converted once.

    Raises
    ------
    PrintMissingError
        If pandoc is not installed.
    PrintError
        If pandoc fails.
    """
    wanted = list(dict.fromkeys(fragments))
    pandoc = _pandoc()
    chunks = [wanted[i : i + _CHUNK] for i in range(0, len(wanted), _CHUNK)]
    with ThreadPoolExecutor(_RUNS) as pool:
        done = list(pool.map(lambda chunk: _convert(pandoc, chunk), chunks))
    return dict(zip(wanted, (text for chunk in done for text in chunk), strict=True))


def _convert(pandoc: str, fragments: list[str]) -> list[str]:
    pages = json.dumps([html(fragment, _math) for fragment in fragments])
    run = subprocess.run(
        [pandoc, "lua", str(_FILTER)], input=pages.encode(), capture_output=True, check=False
    )
    if run.returncode or run.stderr:  # it warns of LaTeX that it cannot read, and prints it as is
        said = " ".join(run.stderr.decode().split())
        raise PrintError(f"pandoc cannot read something that is to be printed: {said:.300}")
    return list(json.loads(run.stdout))


def _math(latex: str, display: bool) -> str:
    return f'<span class="math{" display" if display else ""}">{escape(latex)}</span>'


@cache
def _pandoc() -> str:
    try:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        raise PrintMissingError from None


def compiler() -> Any:
    """Return a new typst compiler that sees the same fonts on every machine.

    These are typst's own (Libertinus, New Computer Modern) and those that ship with Matplotlib
    (DejaVu, for signs that the others lack), and never the system's.

    Raises
    ------
    PrintMissingError
        If typst is not installed.
    """
    return _typst().Compiler(font_paths=_fonts())


def pdf(compiler: Any, source: str) -> bytes:
    """Return `source` as a PDF file; the same source gives the same bytes.

    The file conforms to PDF/A-2u, which demands that every sign has a glyph in its font.

    Raises
    ------
    PrintError
        If typst refuses the source, or no font has one of its signs.
    """
    done, warnings = _run(
        compiler.compile_with_warnings, source, format="pdf", pdf_standards="a-2u", pdf_tags=False
    )
    if warnings:
        raise PrintError(f"typst doubts a page: {warnings[0].message}")
    return bytes(done)


def png(compiler: Any, source: str, ppi: float) -> bytes:
    """Return the only page of `source` as a PNG picture of `ppi` dots per inch."""
    return bytes(_run(compiler.compile, source, format="png", ppi=ppi))


def pages(compiler: Any, source: str) -> int:
    """Return on how many pages `source` is set."""
    pictures = _run(compiler.compile, source, format="png", ppi=4)
    return 1 if isinstance(pictures, bytes) else len(pictures)


def _run(action: Callable[..., Any], source: str, **options: Any) -> Any:
    try:
        return action((_RENAMED + source).encode(), **options)
    except _typst().TypstError as error:
        raise PrintError(f"typst cannot set a page: {error.message}") from error


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError:
        raise PrintMissingError from None


@cache
def _fonts() -> Any:
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return _typst().Fonts(include_system_fonts=False, font_paths=[folder])


def string(text: str) -> str:
    """Return `text` as a string literal of Typst."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
