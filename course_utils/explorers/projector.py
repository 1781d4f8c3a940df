"""Brings pictures from a stage to the browser's canvas, in the theme and size that it asked for."""

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from course_utils.explorers.canvas import Canvas
from course_utils.explorers.controls import Control, Hand
from course_utils.explorers.frames import FrameWriter
from course_utils.explorers.settings import Settings
from course_utils.explorers.stage import DPI, Draw, Stage
from course_utils.style import Theme

_LEAST_RATIO, _MOST_RATIO = 0.4, 2.0  # pixels of the picture per pixel at 100 dots per inch


class Painted(NamedTuple):
    """How long painting and sending took, in milliseconds, and whether all was drawn."""

    paint: float
    send: float
    whole: bool


class Projector:
    """Paints data on a canvas, once a browser has told what it looks like.

    Parameters
    ----------
    canvas
        Where to.
    draw, size
        As for a :class:`~course_utils.explorers.stage.Stage`.
    controls
        The explorer's; those with front ends of their own are told what each picture shows.
    """

    def __init__(
        self,
        canvas: Canvas,
        draw: Draw,
        size: tuple[float, float],
        controls: Sequence[Control] = (),
    ) -> None:
        self._canvas = canvas
        self._hands = [control for control in controls if isinstance(control, Hand)]
        self._draw = draw
        self._size = size
        self._look: tuple[Theme, float] | None = None
        self._stage: Stage | None = None
        self._writer = FrameWriter()

    def look(self, theme: Theme, ratio: float) -> None:
        """Paint from now on in `theme`, with `ratio` pixels per pixel at 100 dots per inch."""
        look = (theme, DPI * float(np.clip(ratio, _LEAST_RATIO, _MOST_RATIO)))
        if look != self._look:
            self._look = look
            self._stage = None

    def paint(
        self,
        settings: Settings,
        data: Any,
        description: str,
        examples: Sequence[Any],
        *,
        everything: bool,
    ) -> Painted | None:
        """Show `data`; None if there is no browser yet.

        Parameters
        ----------
        settings, data, description
            What to show and say.
        examples
            Data to rehearse a new stage with.
        everything
            Send the whole picture rather than what has changed since the last.
        """
        if self._look is None:
            return None
        if self._stage is None:
            theme, dpi = self._look
            stage = Stage(self._draw, self._size, dpi, theme)
            stage.rehearse(*examples, data)
            self._stage = stage
        start, draws = time.perf_counter(), self._stage.whole_draws
        frame = self._stage.show(data)
        painted = time.perf_counter()
        hands = {h.name: h.shown(settings[h.name], self._stage.figure) for h in self._hands}
        self._canvas.paint(self._writer.write(frame, whole=everything), description, hands)
        sent = time.perf_counter()
        whole = self._stage.whole_draws > draws
        return Painted(1e3 * (painted - start), 1e3 * (sent - painted), whole)
