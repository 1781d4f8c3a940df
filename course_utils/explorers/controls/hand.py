"""Controls whose front ends are the course's own: the browser shows a move before the kernel does.

A value travels between browser and kernel as whole numbers, places in the lists of possible values,
so that both sides mean exactly the same. Every picture that is sent says which values it shows and
where on it the control lies. The front end marks what its hand holds and the picture does not show
yet; and a control that plays waits for its picture.
"""

from abc import abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.explorers.controls.base import Control

_FRONT = Path(__file__).with_name("front")


def script(*names: str) -> str:
    """Return a front end: its parts, after what all front ends share."""
    return "\n".join((_FRONT / f"{name}.js").read_text("utf-8") for name in ("hand", *names))


class HandWidget(anywidget.AnyWidget):
    """The browser's side of a control; subclasses bring its script."""

    _css = _FRONT / "hand.css"
    value = traitlets.Any().tag(
        sync=True,
        to_json=lambda value, widget: widget.control.to_browser(value),
        from_json=lambda content, widget: widget.control.from_browser(content),
    )
    face = traitlets.Dict().tag(sync=True)  # what the front end must know, once

    def __init__(self, control: "Hand") -> None:
        self.control = control
        words = {"name": control.name, "label": control.label, "help": control.help}
        super().__init__(value=control.value, face=words | control.face())
        self.add_class("course-explorer-hand")
        self.add_class(f"course-explorer-{type(control).__name__.lower()}")


class Hand(Control):
    """A control with a front end of its own."""

    front: ClassVar[type[HandWidget]]

    @abstractmethod
    def to_browser(self, value: Any) -> Any:
        """Return `value` as the front end has it: whole numbers in lists."""

    @abstractmethod
    def from_browser(self, content: Any) -> Any:
        """Return the value that :meth:`to_browser` gives `content` for."""

    @abstractmethod
    def face(self) -> dict[str, Any]:
        """Return what the front end must know of this control, once."""

    def shown(self, value: Any, _figure: Figure) -> dict[str, Any]:
        """Return what to say of this control with a picture that shows `value`."""
        return {"value": self.to_browser(value)}

    def widget(self) -> HandWidget:
        """Return a new widget whose ``value`` is the control's."""
        return self.front(self)


@dataclass(frozen=True)
class OnFigure(Hand):
    """A control that lies on axes of the figure.

    Parameters
    ----------
    on
        The label of these axes, as in ``axes.set_label("plane")``; the figure's first axes unless
        given. They must be linear and show all the control's places, whatever its value: limits
        that jump would pull the figure away under the reader's hand.
    """

    on: str = field(default="", kw_only=True)

    @property
    @abstractmethod
    def corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The lowest and highest x, and the lowest and highest y, in the axes' coordinates."""

    def shown(self, value: Any, figure: Figure) -> dict[str, Any]:
        """Return the value, and where the corners are on the figure.

        ``place`` holds the lowest x's and the highest x's distance from the left, and the lowest
        y's and the highest y's from the top, as shares of the figure's width and height.
        """
        (left, right), (bottom, top) = self.corners
        axes = self._axes(figure)
        width, height = figure.bbox.size
        pixels = axes.transData.transform([(left, bottom), (right, top)])
        x, y = pixels[:, 0] / width, 1 - pixels[:, 1] / height
        return super().shown(value, figure) | {"place": [*x.tolist(), *y.tolist()]}

    def _axes(self, figure: Figure) -> Axes:
        named = [axes for axes in figure.axes if not self.on or axes.get_label() == self.on]
        if not named:
            labels = ", ".join(repr(axes.get_label()) for axes in figure.axes)
            raise ValueError(f"{self.who} lies on axes {self.on!r}; the figure has {labels}.")
        axes = named[0]
        if (axes.get_xscale(), axes.get_yscale()) != ("linear", "linear"):
            raise ValueError(f"{self.who} needs axes with linear scales.")
        for way, bounds, limits in zip(
            "xy", self.corners, (axes.get_xlim(), axes.get_ylim()), strict=True
        ):
            low, high = sorted(limits)
            slack = 1e-6 * (high - low)
            if not (low - slack <= bounds[0] and bounds[1] <= high + slack):
                raise ValueError(
                    f"{self.who} goes from {bounds[0]:g} to {bounds[1]:g} in {way}, but its axes"
                    f" show only {low:g} to {high:g}: set their limits once, in `draw`."
                )
        return axes
