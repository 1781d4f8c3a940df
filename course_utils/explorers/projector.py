"""Brings pictures from a stage to the browser's canvas, in the theme and size that it asked for."""

import time
from typing import Literal, NamedTuple

import numpy as np

from course_utils.explorers.canvas import Canvas
from course_utils.explorers.controls import Hand
from course_utils.explorers.screen import Screen
from course_utils.explorers.specification import Settings, Shown, Specification
from course_utils.explorers.stage import DPI
from course_utils.style import Theme

_LEAST_RATIO, _MOST_RATIO = 0.4, 2.0  # pixels of the picture per pixel at 100 dots per inch


class Painted(NamedTuple):
    """How long painting and sending took, in milliseconds, and whether all was drawn."""

    paint: float
    send: float
    whole: bool


class Projector:
    """Paints what an explorer shows on a canvas, once a browser has told what it looks like.

    Parameters
    ----------
    canvas
        Where to.
    specification
        The figure. Controls with front ends of their own are told what each picture shows.
    """

    def __init__(self, canvas: Canvas, specification: Specification) -> None:
        self._canvas = canvas
        self._specification = specification
        self._hands = [c for c in specification.controls if isinstance(c, Hand)]
        self._look: tuple[Theme, float] | None = None
        self._screen: Screen | None = None

    def look(self, theme: Theme, ratio: float) -> None:
        """Paint from now on in `theme`, with `ratio` pixels per pixel at 100 dots per inch."""
        look = (theme, DPI * float(np.clip(ratio, _LEAST_RATIO, _MOST_RATIO)))
        if look != self._look:
            self._look = look
            self._screen = None

    def paint(
        self, settings: Settings, shown: Shown, what: Literal["moved", "rested", "whole"]
    ) -> Painted | None:
        """Show `shown`, which belongs to `settings`; None if there is no browser yet.

        Parameters
        ----------
        settings, shown
            What to show and say.
        what
            What has happened: a control has moved, nothing moves any more, or a browser has
            appeared that needs the whole picture.
        """
        if self._look is None:
            return None
        if self._screen is None:
            self._screen = Screen(self._specification, shown.data, *self._look)
            what = "whole"
        screen = self._screen
        start, draws = time.perf_counter(), screen.whole_draws
        piece = getattr(screen, what)(shown.data)
        painted = time.perf_counter()
        hands = {h.name: h.shown(settings[h.name], screen.stage.figure) for h in self._hands}
        words = {
            "description": shown.description,
            "numbers": [list(pair) for pair in shown.numbers.items()],
            "note": shown.note,
            "coarse": screen.coarse,
        }
        self._canvas.paint(piece, words | {"hands": hands})
        sent = time.perf_counter()
        whole = screen.whole_draws > draws
        return Painted(1e3 * (painted - start), 1e3 * (sent - painted), whole)
