"""A figure that redraws only what moved, and is pixel for pixel what a full redraw would give.

Matplotlib flags every artist that was changed since it was last drawn as *stale*, and passes the
flag on to the axes and the figure. A :class:`Stage` lives on that:

* An artist that an update made stale becomes a *mover* (Matplotlib calls it animated), whose flag
  is no longer passed on. So from then on, a stale figure means that something else changed, such as
  axis limits, ticks, a new artist. Such a frame is drawn whole.
* In every other frame the *background*, a copy of the picture without the movers, is put back, and
  the movers are drawn over it, together with whatever lies above them (spines, legends, texts), in
  Matplotlib's own order. What is not stale just now is not asked: its strokes are played again.

The author of a figure does no bookkeeping and needs to know none of this.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from course_utils.explorers.artists import (
    drawing_order,
    is_comparable,
    is_title,
    look,
    may_have_changed,
    may_move,
    parts,
    same,
    stays,
    unflagged,
)
from course_utils.explorers.boxes import Box, is_clipped, overlap, territory, union, wanders
from course_utils.explorers.ghost import ghosts
from course_utils.explorers.quick_style import quick_style
from course_utils.explorers.tape import Tape, TapeCanvas
from course_utils.style import Theme

Update: TypeAlias = Callable[[Any], object]
Draw: TypeAlias = Callable[[Figure], Update]

DPI = 100
"""Dots per inch at which a figure's size in inches is meant."""


class Stage:
    """One persistent figure with its artists, in one theme and resolution.

    Parameters
    ----------
    draw
        Makes the artists in the figure that it is given and returns ``update(data)``.
    size
        Width and height in inches.
    dpi
        Pixels per inch.
    theme
        ``"light"`` or ``"dark"``.
    start
        Returns the data that the figure's ghosts show; called only if it has some.

    Attributes
    ----------
    figure
        The figure; it is unknown to pyplot, so it neither leaks nor shows up by itself.
    whole_draws
        How many times the complete figure had to be drawn so far.
    """

    def __init__(
        self,
        draw: Draw,
        size: tuple[float, float],
        dpi: float = DPI,
        theme: Theme = "light",
        start: Callable[[], Any] | None = None,
    ) -> None:
        self.theme = theme
        self.dpi = dpi
        self.whole_draws = 0
        self._movers: list[Artist] = []
        self._titles: list[Artist] = []  # those of them that are titles
        self._watched: list[Artist] = []  # all others
        self._order: list[Artist] = []  # all that is drawn, when `_boxes` were compared last
        self._boxes: dict[Artist, Box] = {}
        # What of them may change without a flag, as last drawn.
        self._values: dict[Collection | Annotation, Any] = {}
        self._background: Any = None
        self._above: list[Artist] = []  # what the background lacks, in drawing order
        self._tapes: dict[Artist, Tape | None] = {}  # how those of them were drawn that stood still
        self._looks: dict[Artist, Any] = {}  # of those that can be compared
        self._rehearsed = False
        with quick_style(theme):
            self.figure = Figure(figsize=size, dpi=dpi * (1 + 1e-9))  # 899.999… is 900 pixels
            self._canvas = TapeCanvas(self.figure)
            self._update = draw(self.figure)
        if not callable(self._update):
            raise TypeError("`draw(figure)` must return the function that updates the artists.")
        behind = ghosts(self.figure)
        if behind and start is not None:
            with quick_style(theme):
                self._update(start())
            for each in behind:
                each.take()

    def show(self, data: Any, *, whole: bool = False) -> np.ndarray:
        """Update the artists and return the picture.

        Parameters
        ----------
        data
            What ``compute`` returned.
        whole
            Draw everything, as Matplotlib would.

        Returns
        -------
        numpy.ndarray
            uint8, shape (height, width, 4), opaque. It is the figure's own buffer: the next frame
            overwrites it.
        """
        if not self._rehearsed and not whole:
            self.rehearse(data, data)
        with quick_style(self.theme):
            self._update(data)
            self._flag_new_values()
            for axes in self.figure.axes:
                _ = axes.viewLim  # carries out a postponed autoscaling, which then shows as stale
            if whole or not self._can_blit():
                self._draw_whole()
            else:
                self._draw_movers()
        return np.asarray(self._canvas.buffer_rgba())

    def rehearse(self, *examples: Any) -> None:
        """Find out which artists an update moves, so that even the first move is quick.

        Parameters
        ----------
        *examples
            Data for some settings, at least two, which may be equal; the more they differ, the
            better, since a text that is set to what it says already raises no flag.
        """
        with quick_style(self.theme):
            self._update(examples[0])
            self._draw_whole()
            for data in examples[1:]:
                self._update(data)
                self._flag_new_values()
                self._find_movers()
                self._settle()
        self._rehearsed = True

    def _flag_new_values(self) -> None:
        """Say of artists that they have changed where Matplotlib forgets it."""
        for artist, values in self._values.items():
            if not same(unflagged(artist), values):
                artist.stale = True

    def _can_blit(self) -> bool:
        if any(artist.stale for artist in self._watched):
            self._find_movers()
            return False
        return (
            self.figure.get_layout_engine() is None
            and all(axes.name == "rectilinear" for axes in self.figure.axes)
            and all(stays(title) for title in self._titles)
        )

    def _find_movers(self) -> None:
        for artist in drawing_order(self.figure):
            if artist in self._movers or not may_move(artist):
                continue
            if may_have_changed(artist):
                artist.set_animated(True)
                self._movers.append(artist)
                self._titles += [artist] * is_title(artist)

    def _draw_whole(self) -> None:
        with _animated(self._movers, False):
            self._canvas.draw()
        self.whole_draws += 1
        self._background = None
        self._boxes.clear()
        here = set(drawing_order(self.figure))
        self._movers = [artist for artist in self._movers if artist in here]
        self._titles = [artist for artist in self._titles if artist in here]
        self._settle()

    def _draw_movers(self) -> None:
        order = drawing_order(self.figure)
        # No other has changed, and to ask an axis makes it look for its ticks.
        changed = {artist for artist in self._movers if self._has_changed(artist)}
        above = self._movers_and_above(order, changed)
        if self._background is None or above != self._above:
            with _animated(above, True):
                self._canvas.draw()
            self.whole_draws += 1
            self._background = self._canvas.copy_from_bbox(self.figure.bbox)
            self._above = above
            self._tapes.clear()
        self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in above:
            still = not wanders(artist) and artist not in changed
            if still and (tape := self._tapes.get(artist)):
                renderer.play(tape)
            elif still or is_comparable(artist):
                self._tapes[artist] = renderer.record(artist)
                if is_comparable(artist):
                    self._looks[artist] = look(artist)
            else:
                self._tapes.pop(artist, None)
                artist.draw(renderer)
        self._settle()

    def _has_changed(self, artist: Artist) -> bool:
        """Tell whether `artist` may look otherwise than when it was drawn last."""
        if not is_comparable(artist) or not self._tapes.get(artist):
            return may_have_changed(artist)
        try:
            return look(artist) != self._looks[artist]
        except ValueError:  # an array among what is compared
            return True

    def _movers_and_above(self, order: list[Artist], changed: set[Artist]) -> list[Artist]:
        """Return the movers and what is drawn later and may overlap them, in drawing order."""
        renderer = self._canvas.get_renderer()
        same = order == self._order
        for artist in order:
            box = self._boxes.get(artist)
            if box is None or (artist in changed and not is_clipped(artist)):
                self._boxes[artist] = union(territory(artist, renderer), box)
                same = same and self._boxes[artist] == box
        if same:  # boxes only grow, and soon they have grown to what is needed
            return self._above
        self._order = order
        movers = set(self._movers)
        above: list[Artist] = []
        taken: list[Box] = []
        for artist in order:
            box = self._boxes[artist]
            if artist in movers or any(overlap(box, other) for other in taken):
                above.append(artist)
                taken.append(box)
        return above

    def _settle(self) -> None:
        """Lower all flags: drawing leaves some up, such as those of invisible artists."""
        moving = {part for mover in self._movers for part in parts(mover)}
        if self._background is None:
            everything = parts(self.figure)
            self._watched = [a for a in everything if a not in moving]
            self._values = {a: None for a in everything if isinstance(a, Collection | Annotation)}
        self._values = {artist: unflagged(artist) for artist in self._values}
        for artist in self._watched:
            artist.stale = False
        for artist in moving:
            artist.stale = False


@contextmanager
def _animated(artists: Sequence[Artist], state: bool) -> Iterator[None]:
    former = [artist.get_animated() for artist in artists]
    for artist in artists:
        artist.set_animated(state)
    try:
        yield
    finally:
        for artist, was in zip(artists, former, strict=True):
            artist.set_animated(was)
