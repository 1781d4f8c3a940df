"""A browser's screen: the stages that are drawn for it, and what of the figure it shows.

On a sharp screen, with two pixels per pixel, a picture costs four times as much to draw, pack and
send. So a move is answered with half the resolution, in the tiles that changed; whatever does not
move stays sharp. Once nothing moves any more, the same tiles follow in full.
"""

import numpy as np

from course_utils.explorers.frames import FrameWriter, Piece
from course_utils.explorers.specification import Specification
from course_utils.explorers.stage import DPI, Stage
from course_utils.style import Theme

_SHARP = 1.6 * DPI  # from here on, half of it still has the text of an ordinary screen
_HALF = 2


class Screen:
    """Draws a figure for one screen, and knows what that shows at present.

    Parameters
    ----------
    specification
        The figure.
    data
        Of the present settings.
    theme
        Of the page.
    dpi
        Pixels of the screen per inch of the figure.

    Attributes
    ----------
    stage
        The stage that drew last.
    """

    def __init__(self, specification: Specification, data: object, theme: Theme, dpi: float):
        def stage(dpi: float) -> Stage:
            return _rehearsed(specification, data, theme, dpi)

        self._sharp = self.stage = stage(dpi)
        self._writer = FrameWriter()
        self._quick = stage(dpi / _HALF) if dpi >= _SHARP else None
        self._quick_writer = FrameWriter(_HALF)
        self._coarse: np.ndarray | None = None  # which tiles, bool, shape (rows, columns)

    @property
    def coarse(self) -> bool:
        """Whether some tiles are to be seen in half the resolution."""
        return self._coarse is not None

    @property
    def whole_draws(self) -> int:
        """How many times the complete figure had to be drawn so far."""
        return self._sharp.whole_draws + (self._quick.whole_draws if self._quick else 0)

    def moved(self, data: object) -> Piece | None:
        """Return what a move changes on the screen; None if nothing."""
        if self._quick is None:
            return self.rested(data)
        self.stage = self._quick
        piece = self._quick_writer.write(self._quick.show(data))
        if piece is not None:
            sent = self._quick_writer.sent
            self._coarse = sent if self._coarse is None else self._coarse | sent
        return piece

    def rested(self, data: object) -> Piece | None:
        """Return what the screen lacks of the sharp picture; None if nothing."""
        self.stage = self._sharp
        piece = self._writer.write(self._sharp.show(data), also=self._coarse)
        self._coarse = None
        return piece

    def whole(self, data: object) -> Piece:
        """Return the sharp picture, for a screen that shows nothing yet."""
        self.stage = self._sharp
        piece = self._writer.write(self._sharp.show(data), whole=True)
        self._coarse = None
        if self._quick is not None:  # what the first move is compared with
            self._quick_writer.write(self._quick.show(data), whole=True)
        assert piece is not None
        return piece


def _rehearsed(specification: Specification, data: object, theme: Theme, dpi: float) -> Stage:
    """Return a new stage that has seen the snapshots; one that fails spoils only the sheet."""
    stage = specification.stage(dpi, theme)
    try:
        examples = specification.snapshot_data
    except Exception:
        examples = [data]
    stage.rehearse(*examples, data)
    return stage
