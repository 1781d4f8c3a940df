"""The widgets of an explorer: title and buttons, controls, picture, legend of the controls."""

import html
from collections.abc import Sequence

import ipywidgets

from course_utils.explorers.canvas import Canvas
from course_utils.explorers.controls import Control, Stops
from course_utils.explorers.copy import CopyButton
from course_utils.explorers.specification import Specification
from course_utils.explorers.stage import DPI

_FRAME = 34  # pixels: the box's border and padding on both sides, as in canvas.css


class Panel:
    """Builds the widgets; what they do is the explorer's business.

    Attributes
    ----------
    box
        What a notebook shows.
    widgets
        The controls' widgets by name.
    presets
        The buttons of what to try, with the settings of each.
    copy, reset
        The buttons in the header.
    canvas
        The picture with its key numbers and description.
    """

    def __init__(self, specification: Specification) -> None:
        title, controls = specification.title, specification.controls
        width, height = (round(DPI * inches) for inches in specification.size)
        stops = [control for control in controls if isinstance(control, Stops)]
        longest = [max(map(control.say, control.stops), key=len) for control in stops]
        self.widgets = {control.name: control.widget() for control in controls}
        self.canvas = Canvas(
            title=title,
            width=width,
            height=height,
            controls=[widget.model_id for widget in self.widgets.values()],
            readout=longest,
        )
        self.presets = [
            (_preset(words, specification.caption(settings)), settings)
            for words, settings in specification.presets.items()
        ]
        self.copy = CopyButton()
        self.reset = ipywidgets.Button(description="Reset", tooltip="Put all controls back")
        heading = f'<div role="heading" aria-level="3">{html.escape(title)}</div>'
        parts = {
            "header": ipywidgets.HBox([ipywidgets.HTML(heading), self.copy, self.reset]),
            "presets": ipywidgets.HBox(
                [ipywidgets.Label("Try"), *(button for button, _ in self.presets)]
            ),
            "controls": ipywidgets.VBox(list(self.widgets.values())),
            "picture": self.canvas,
            "legend": ipywidgets.HTML(_legend(controls)),
        }
        if not self.presets:
            del parts["presets"]
        for part, widget in parts.items():
            widget.add_class(f"course-explorer-{part}")
        self.box = ipywidgets.VBox(list(parts.values())).add_class("course-explorer")
        self.box.layout.max_width = f"{width + _FRAME}px"


def _preset(words: str, caption: str) -> ipywidgets.Button:
    return ipywidgets.Button(description=words, tooltip=f"Sets {caption}")


def _legend(controls: Sequence[Control]) -> str:
    lines = "".join(
        f"<dt>{html.escape(control.label)}</dt><dd>{html.escape(control.help)}</dd>"
        for control in controls
    )
    return f"<details><summary>What the controls do</summary><dl>{lines}</dl></details>"
