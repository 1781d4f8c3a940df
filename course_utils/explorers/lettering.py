"""Text that is drawn again without being laid out and rasterised again.

In a figure of boxes and labels most of the time of a frame goes into text, although nearly all of
it says what it said before. So what a text did to the picture, which bitmap went where, is kept and
repeated, moved by whole pixels. The picture is the one that Matplotlib draws.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg

_MOST = 2_000  # texts that are kept, of a few kB each


class _Stamp(NamedTuple):
    """A bitmap, shape (height, width), where it went, in whole pixels, and turned by how much."""

    bitmap: np.ndarray
    x: int
    y: int
    angle: float


class LetteringRenderer(RendererAgg):
    """Matplotlib's renderer; a text that comes again is stamped.

    What Matplotlib makes a text of depends on its settings, too: a renderer is for one style.

    Attributes
    ----------
    set_anew
        How many texts had to be laid out and rasterised so far.
    """

    _renderer: Any  # Agg itself, or what stands in for it

    def __init__(self, width: int, height: int, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self.set_anew = 0
        self._kept: dict[Any, list[_Stamp]] = {}

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw `s`; see :meth:`matplotlib.backend_bases.RendererBase.draw_text`."""
        left, top = math.floor(x), math.floor(y)
        features = [getattr(mtext, f"get_{name}", bool)() for name in ("fontfeatures", "language")]
        key = (
            *(s, hash(prop), angle, ismath, gc.get_antialiased(), str(features)),
            *(round(x - left, 6), round(y - top, 6)),  # glyphs stand at 64ths of a pixel
        )
        if (stamps := self._kept.get(key)) is not None:
            for bitmap, right, down, turned in stamps:
                self._renderer.draw_text_image(bitmap, left + right, top + down, turned, gc)
            return
        self.set_anew += 1
        plain, self._renderer = self._renderer, _Recorder(self._renderer, left, top)
        try:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        finally:
            recorder, self._renderer = self._renderer, plain
        if recorder.complete:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = recorder.stamps


class _Recorder:
    """Draws what it is told to, and notes it if it consists of bitmaps."""

    def __init__(self, renderer: Any, left: int, top: int) -> None:
        self._renderer, self._left, self._top = renderer, left, top
        self.stamps: list[_Stamp] = []
        self.complete = True

    def draw_text_image(self, image: Any, x: int, y: int, angle: float, gc: Any) -> None:
        """Draw a bitmap; older Matplotlibs pass the font that holds it, which is used again."""
        self._renderer.draw_text_image(image, x, y, angle, gc)
        if isinstance(image, np.ndarray):
            self.stamps.append(_Stamp(image.copy(), x - self._left, y - self._top, angle))
        else:
            self.complete = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return what else the renderer does, such as the bar of a fraction, which is not kept."""
        self.complete = False
        method: Callable[..., Any] = getattr(self._renderer, name)
        return method
