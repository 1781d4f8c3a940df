"""What an artist did to the picture, kept and done again without asking the artist.

An axis with its ticks takes Matplotlib a millisecond or two, nearly all of it in Python: where the
ticks are, how wide their labels. What comes of it are a few dozen strokes and glyphs. So of what
stands still above something that moves, the strokes are kept. The picture is the same.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Transform

from course_utils.explorers.lettering import LetteringRenderer

Tape: TypeAlias = list[tuple[Callable[..., Any], list[Any], dict[str, Any]]]
"""Calls of Agg's own methods, in order."""

_KINDS = (
    *("draw_path", "draw_markers", "draw_path_collection", "draw_quad_mesh"),
    *("draw_gouraud_triangles", "draw_image", "draw_text_image"),
)


class TapeCanvas(FigureCanvasAgg):
    """Matplotlib's canvas with a renderer that remembers texts and strokes."""

    renderer: "TapeRenderer | None" = None

    def get_renderer(self) -> "TapeRenderer":
        """Return the renderer for the figure's present size and resolution."""
        width, height = self.get_width_height(physical=True)
        dpi, present = self.figure.dpi, self.renderer
        if present is None or (present.width, present.height, present.dpi) != (width, height, dpi):
            self.renderer = present = TapeRenderer(width, height, dpi)
        return present


class TapeRenderer(LetteringRenderer):
    """Matplotlib's renderer, which can draw again what an artist drew."""

    def __init__(self, width: int, height: int, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self._renderer = _Deck(self._renderer)
        self._update_methods()

    def record(self, artist: Artist) -> Tape | None:
        """Draw `artist`, and return how; None if that cannot be kept."""
        deck = self._renderer
        deck.tape = []
        try:
            artist.draw(self)
            kept: Tape | None = deck.tape
            return kept
        finally:
            deck.tape = None

    def play(self, tape: Tape) -> None:
        """Draw again what was recorded."""
        for method, arguments, named in tape:
            method(*arguments, **named)

    def buffer_rgba(self) -> memoryview:
        """Return the picture itself."""
        return memoryview(self._renderer.agg)


class _Deck:
    """Agg's renderer, whose calls are noted while `tape` is a list."""

    def __init__(self, agg: Any) -> None:
        self.agg = agg
        self.tape: Tape | None = None
        for kind in _KINDS:
            setattr(self, kind, self._noting(getattr(agg, kind)))

    def _noting(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def draw(*arguments: Any, **named: Any) -> None:
            if self.tape is not None:
                try:
                    kept = {key: _kept(each) for key, each in named.items()}
                    self.tape.append((method, [_kept(each) for each in arguments], kept))
                except _NotKeptError:
                    self.tape = None
            method(*arguments, **named)

        return draw

    def __getattr__(self, name: str) -> Any:
        """Return what draws nothing, such as the copy of a region."""
        return getattr(self.agg, name)


class _NotKeptError(Exception):
    """Something will be another thing when it is drawn again."""


def _kept(argument: Any) -> Any:
    """Return what `argument` is at present; graphics contexts and transforms are used again."""
    if isinstance(argument, GraphicsContextBase):
        copy = GraphicsContextBase()
        copy.copy_properties(argument)
        return copy
    if isinstance(argument, Transform):
        return argument.frozen()
    if isinstance(argument, np.ndarray):
        return argument.copy()
    if type(argument).__name__ == "FT2Font":  # older Matplotlibs draw the bitmap inside a font
        raise _NotKeptError
    return argument
