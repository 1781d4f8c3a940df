"""Choose topics and get the sheet of notes: checkboxes, a button, the page, a link to its PDF."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from types import ModuleType

import ipywidgets as widgets

from course_utils.exam.papers.formulas import collect
from course_utils.exam.papers.sheet_of_notes import SheetOfNotes
from course_utils.exam.papers.tools import PrintError, PrintMissingError
from course_utils.lab import KeptBox

FILE = "formula-sheet.pdf"
"""The name under which a browser saves the sheet."""


class SheetOfNotesWidget(KeptBox):
    """A checkbox for each topic and a button that composes the sheet of notes.

    Parameters
    ----------
    modules
        The rooms' ``formulas`` modules.
    """

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        self._formulas = collect(modules)
        self._sheet: SheetOfNotes | None = None
        self._boxes = {
            topic: widgets.Checkbox(value=True, description=f"{topic} ({len(held)})", indent=False)
            for topic, held in self._formulas.items()
        }
        self._button = widgets.Button(description="Compose sheet", button_style="primary")
        self._button.on_click(self._on_click)
        self._status = widgets.HTML()
        self._page = widgets.Image(format="png", layout=widgets.Layout(display="none"))
        self._page.layout.max_width = "620px"
        self._page.layout.border = "1px solid var(--jp-border-color1)"
        choice = widgets.Box(
            list(self._boxes.values()), layout=widgets.Layout(flex_flow="row wrap")
        )
        super().__init__([choice, widgets.HBox([self._button, self._status]), self._page])
        lines = [f"- {topic}: {len(held)} formulas" for topic, held in self._formulas.items()]
        self.keep("\n".join(["Sheet of notes, one A4 page; topics to choose from:", "", *lines]))

    @property
    def topics(self) -> list[str]:
        """The topics that are ticked."""
        return [topic for topic, box in self._boxes.items() if box.value]

    def __repr__(self) -> str:
        return f"<sheet of notes, {len(self._boxes)} topics>"

    def _on_click(self, _: widgets.Button) -> None:
        self._page.layout.display = "none"
        self._status.value = "Composing …"
        self._button.disabled = True
        try:
            self._sheet = self._sheet or SheetOfNotes(self._formulas)
            pdf = self._sheet.compose(self.topics)
            self._page.value = self._sheet.picture(self.topics, ppi=110)
        except (ValueError, PrintError, PrintMissingError) as error:
            self._status.value = f"⚠ {escape(str(error))}"
            return
        finally:
            self._button.disabled = False
        self._page.layout.display = None
        data = base64.b64encode(pdf).decode()
        self._status.value = (
            f'<a download="{FILE}" href="data:application/pdf;base64,{data}"'
            ' style="color: var(--jp-content-link-color); text-decoration: underline">'
            f"Save {FILE}</a>"
            f" ({len(self.topics)} of {len(self._boxes)} topics, one page)"
        )
