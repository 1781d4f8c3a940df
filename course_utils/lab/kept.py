"""Keep a cell's stored output in step with what is typed into the widget that it shows."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets


class Kept(anywidget.AnyWidget):
    """An invisible child of a widget: what the notebook keeps of it, for wherever no kernel runs.

    The course's extension of JupyterLab puts `texts` into the output that shows the widget, beside
    it; saved, opened again or exported, the notebook then says what was typed last. Elsewhere the
    output stays as it was when the cell was run.

    Attributes
    ----------
    texts
        By mime type, such as ``text/markdown``.
    """

    _esm = Path(__file__).with_name("kept.js")
    texts = traitlets.Dict().tag(sync=True)

    def put(self, markdown: str, plain: str | None = None) -> None:
        """Have the notebook keep `markdown`, and `plain`, or the same, as plain text."""
        self.texts = {"text/plain": markdown if plain is None else plain, "text/markdown": markdown}


class KeptBox(ipywidgets.VBox):
    """A box whose cell shows texts of its own wherever no kernel runs.

    Parameters
    ----------
    children
        What is shown where one runs.
    """

    def __init__(self, children: Iterable[ipywidgets.Widget]) -> None:
        self._kept_texts = Kept()
        super().__init__([*children, self._kept_texts])

    def keep(self, markdown: str, plain: str | None = None) -> None:
        """Have the notebook keep `markdown`, and `plain`, or the same, as plain text."""
        self._kept_texts.put(markdown, plain)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**options) or {}
        return {**bundle, **self._kept_texts.texts}
