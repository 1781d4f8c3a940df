"""Markdown with LaTeX to HTML for other programs: the same reading as in the notebooks.

The caller says how mathematics is to be marked. The output is well-formed XML as far as its
elements go, and has only elements that paragraphs, lists, tables, code and emphasis need.
"""

import re
from html import escape
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from course_utils.exam.markup import Math, parser
from course_utils.typography import printable


class FormulaError(ValueError):
    """A formula that cannot be made into MathML; the message is its LaTeX."""


def tex_marks(latex: str, display: bool) -> str:
    r"""Return LaTeX between ``\(`` and ``\)``, or ``\[`` and ``\]``, which MathJax looks for."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(latex)}{right}"


def mathml(latex: str, display: bool) -> str:
    """Return LaTeX as MathML, which shows without any script.

    Raises
    ------
    FormulaError
        If it is not LaTeX.
    """
    try:
        made = str(convert(latex, display="block" if display else "inline"))
        ET.fromstring(made)  # what is made of signs that no XML can hold
    except Exception:  # the library's errors have no type and mostly no text in common
        raise FormulaError(latex) from None
    return made


def html(markdown: str, math: Math = tex_marks) -> str:
    """Return HTML for paragraphs, lists and tables; what looks like HTML in it stays text."""
    return str(parser(math).render(printable(markdown)))


def html_line(markdown: str, math: Math = tex_marks) -> str:
    """Return HTML for one line, without a paragraph around it."""
    return str(parser(math).renderInline(printable(markdown)))


def plain_svg(svg: str) -> str:
    """Return a drawing with the colours that it has outside of JupyterLab."""
    return re.sub(r"var\([^,()]*,\s*([^()]*)\)", r"\1", svg).replace("currentColor", "black")
