"""Markdown with LaTeX to HTML: the one reading of it, for the widgets and for other programs.

The widgets leave mathematics to JupyterLab's typesetter; `course_utils.exam.conversion` has other
ways to mark it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|$~&]")
# what begins a line as a heading, a rule, or an entry of a list
_AT_A_BEGINNING = re.compile(r"^([ \t]*\d*)([#=]|[+-](?=[\s+-]|$)|[.)](?=\s|$))", re.MULTILINE)

Math = Callable[[str, bool], str]
"""Called with LaTeX and whether it stands on a line of its own; returns HTML."""


def dollars(latex: str, display: bool) -> str:
    """Return LaTeX between the marks that JupyterLab's typesetter looks for."""
    mark = "$$" if display else "$"
    return f"{mark}{escape(latex)}{mark}"


@cache
def parser(math: Math = dollars) -> MarkdownIt:
    """Return the reader of Markdown that writes mathematics in the given way."""

    def rule(display: bool, tag: str) -> Callable[..., str]:
        def render(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
            shown = math(tokens[index].content.strip(), display)
            return f"<{tag}>{shown}</{tag}>\n" if tag else shown

        return render

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.use(dollarmath_plugin, allow_labels=False)
    made.add_render_rule("math_inline", rule(False, ""))
    made.add_render_rule("math_inline_double", rule(True, ""))
    made.add_render_rule("math_block", rule(True, "p"))
    return made


def block(markdown: str) -> str:
    """Return HTML for paragraphs, lists and tables; raw HTML in `markdown` is shown, not used."""
    return str(parser().render(markdown))


def inline(markdown: str) -> str:
    """Return HTML for one line of Markdown, without a paragraph around it."""
    return str(parser().renderInline(markdown))


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows it, and that can be read as it stands."""
    marked = _ANYWHERE.sub(r"\\\g<0>", text).replace(r"\\", "&#92;")  # \\( would begin a formula
    return _AT_A_BEGINNING.sub(r"\1\\\2", marked)


def on_one_line(typed: str) -> str:
    """Return what was typed, which may have several lines, as one of Markdown that shows it."""
    return escaped(" ".join(typed.split()))


def plain(markdown: str) -> str:
    """Return one line of Markdown as the text that is left without its marks."""
    tokens = parser().parseInline(markdown)[0].children or []
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)
