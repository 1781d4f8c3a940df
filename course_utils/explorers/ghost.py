"""What a figure showed at the start, in grey under what it shows now."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_utils import style

_BEHIND = 0.5  # zorder below the line's own
_ALPHA = 0.5


class Ghost(Line2D):
    """A grey copy of `original` that keeps the place it was given last by :meth:`take`."""

    def __init__(self, original: Line2D) -> None:
        super().__init__([], [])
        self.update_from(original)
        self.set_color(style.NEUTRAL)
        self.set(markerfacecolor=style.NEUTRAL, markeredgecolor="none", alpha=_ALPHA)
        self.set(zorder=original.get_zorder() - _BEHIND, label="_ghost")
        self._original = original

    def take(self) -> None:
        """Stay from now on where the original is."""
        self.set_data(*self._original.get_data(orig=True))
        self.set_visible(self._original.get_visible())


def ghost(*lines: Line2D) -> None:
    """Let `lines`, as ``axes.plot`` returns them, stay in grey as they were at the start.

    One call in ``draw(figure)`` is all; the engine finds the ghosts and shows them the start.
    """
    for line in lines:
        axes, figure = line.axes, line.get_figure(root=True)
        assert axes is not None
        assert figure is not None
        if not ghosts(figure):
            figure.text(0.01, 0.012, "grey: at the start", color=style.NEUTRAL, fontsize=9)
        axes.add_line(Ghost(line))


def ghosts(figure: Figure) -> list[Ghost]:
    """Return all ghosts of `figure`."""
    axes: list[Any] = [*figure.axes]  # `findobj` would make all ticks on its way
    for each in axes:
        axes += each.child_axes
    return [line for each in axes for line in each.lines if isinstance(line, Ghost)]
