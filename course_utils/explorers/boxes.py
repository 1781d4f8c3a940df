"""Where on a figure an artist can draw, as boxes in pixels."""

from typing import Any, TypeAlias

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.legend import Legend
from matplotlib.text import Annotation, Text

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in pixels

_EVERYWHERE: Box = (-np.inf, -np.inf, np.inf, np.inf)
_NOWHERE: Box = (np.inf, np.inf, -np.inf, -np.inf)
_BEST = 0  # Matplotlib's code for a legend that looks for a place of its own
_AROUND = 2.0  # pixels around a box that antialiasing may touch
_SHORT = 8  # characters of a text that is not laid out to know where it is
_WIDEST = 1.5  # of a character, or of what is around a text in a frame, in font sizes
_TICKS = 0.1  # inches by which tick marks may stick out of an axis without labels


def is_clipped(artist: Artist) -> bool:
    """Tell whether `artist` draws only inside its clip box."""
    return (
        artist.get_clip_on()
        and artist.get_clip_box() is not None
        and not isinstance(artist, Axis | Legend)
    )


def wanders(artist: Artist) -> bool:
    """Tell whether `artist` is a legend that makes way for what moves."""
    return isinstance(artist, Legend) and getattr(artist, "_loc_real", _BEST) == _BEST


def territory(artist: Artist, renderer: Any) -> Box:
    """Return a box in pixels outside of which `artist` draws nothing."""
    around = _AROUND
    if is_clipped(artist):
        box = artist.get_clip_box()
    elif not artist.get_visible() or _is_empty(artist):
        return _NOWHERE
    elif type(artist) is Text and _is_short(artist):
        return _roomy(artist, renderer)
    else:
        box = artist.get_tightbbox(renderer)
        if hasattr(artist, "get_linewidth"):
            around += float(np.max(artist.get_linewidth(), initial=0)) * renderer.dpi / 72
        if isinstance(artist, Text) and artist.get_bbox_patch() is not None:
            around += renderer.points_to_pixels(artist.get_fontsize())
    if box is None or not np.all(np.isfinite(box.extents)) or not np.any(box.extents):
        return _EVERYWHERE
    if isinstance(artist, Axis):
        around += _TICKS * renderer.dpi
    left, bottom, right, top = box.extents
    found = (left - around, bottom - around, right + around, top + around)
    if (isinstance(artist, Axis) or wanders(artist)) and artist.axes is not None:
        left, bottom, right, top = artist.axes.bbox.extents
        return union(found, (left, bottom, right, top))
    return found


def _is_short(text: Text) -> bool:
    """Tell whether `text` is a number or a word."""
    words = text.get_text()
    plain = not set("$\n") & set(words) and not text.get_usetex()
    return plain and len(words) <= _SHORT


def _roomy(text: Text, renderer: Any) -> Box:
    """Return a box that is large enough, however a short text is aligned and turned.

    To lay it out takes as long as to draw it, and cells full of numbers change all at once.
    """
    x, y = text.get_transform().transform(text.get_unitless_position())
    size = renderer.points_to_pixels(text.get_fontsize())
    around = size * (_WIDEST if text.get_bbox_patch() else 0)
    reach = size * (_WIDEST * len(text.get_text()) + 1) + around
    across = reach if text.get_rotation() % 180 else 2 * size + around
    return (x - reach, y - across, x + reach, y + across)


def _is_empty(artist: Artist) -> bool:
    """Tell whether `artist` is a text without words and arrow, or an axis without anything."""
    if isinstance(artist, Axis):
        texts = (artist.label, artist.offsetText)
        ticks = len(artist.get_majorticklocs()) + len(artist.get_minorticklocs())
        return not ticks and not any(text.get_text() for text in texts)
    if isinstance(artist, Annotation) and artist.arrow_patch is not None:
        return False
    return isinstance(artist, Text) and not artist.get_text()


def union(first: Box, second: Box | None) -> Box:
    """Return the smallest box around both."""
    if second is None:
        return first
    low = [min(a, b) for a, b in zip(first[:2], second[:2], strict=True)]
    high = [max(a, b) for a, b in zip(first[2:], second[2:], strict=True)]
    return (low[0], low[1], high[0], high[1])


def overlap(first: Box, second: Box) -> bool:
    """Tell whether two boxes have a point in common."""
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
