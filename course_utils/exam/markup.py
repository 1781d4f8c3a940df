"""Markdown with LaTeX to HTML, as the widgets show it."""

import re
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin


def _math(content: str, options: dict[str, Any]) -> str:
    """Return LaTeX between the marks that JupyterLab's typesetter looks for."""
    left, right = ("$$", "$$") if options["display_mode"] else ("$", "$")
    return f"{left}{escape(content)}{right}"


_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .use(dollarmath_plugin, allow_labels=False, renderer=_math)
)


def block(markdown: str) -> str:
    """Return HTML for paragraphs, lists and tables; raw HTML in `markdown` is shown, not used."""
    return str(_MARKDOWN.render(markdown))


def inline(markdown: str) -> str:
    """Return HTML for one line of Markdown, without a paragraph around it."""
    return str(_MARKDOWN.renderInline(markdown))


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows it."""
    return re.sub(r"([\\`*_{}\[\]<>()#+.!|$~^&-])", r"\\\1", text)


def on_one_line(typed: str) -> str:
    """Return what was typed, which may have several lines, as one of Markdown that shows it."""
    return escaped(" ".join(typed.split()))


def plain(markdown: str) -> str:
    """Return one line of Markdown as the text that is left without its marks."""
    tokens = _MARKDOWN.parseInline(markdown)[0].children or []
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)
