"""Which artists a figure consists of, in what order they are drawn, which can be drawn alone."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Annotation, Text

_PASSING = {"_stale", "_animated", "_renderer"}
"""Of an artist, what drawing it changes."""

_FITTED = {*_PASSING, "_x", "_y", "_width", "_height", "_mutation_scale", "_transform"}
"""Of the frame around a text, what drawing it changes: the frame is fitted to the text."""

_DERIVED = {
    *("_xorig", "_yorig", "_invalidx", "_invalidy", "_x", "_y", "_xy"),
    *("_path", "_transformed_path", "_subslice", "_x_filled"),
}
"""Of a line, its points in all forms; they are compared as numbers."""


def drawing_order(parent: Figure | SubFigure | Axes) -> list[Artist]:
    """Return everything in `parent` that is drawn by itself, in the order of drawing."""
    children = [child for child in parent.get_children() if child is not parent.patch]
    order: list[Artist] = [parent.patch]
    if isinstance(parent, Axes):
        hidden: list[Artist] = []
        if not parent.axison:
            hidden += [parent.xaxis, parent.yaxis]
        if not (parent.axison and parent.get_frame_on()):
            hidden += parent.spines.values()
            order = []
        children = [child for child in children if child not in hidden]
    for child in sorted(children, key=lambda artist: artist.get_zorder()):
        if isinstance(child, SubFigure | Axes):
            order += drawing_order(child) if child.get_visible() else []
        else:
            order.append(child)
    return order


def may_move(artist: Artist) -> bool:
    """Tell whether `artist` can be drawn alone: an axis and a background patch cannot."""
    parent = artist.axes if artist.axes is not None else artist.get_figure(root=False)
    return not isinstance(artist, Axis) and artist is not getattr(parent, "patch", None)


def parts(artist: Artist) -> list[Artist]:
    """Return `artist` and all that it consists of, also what Matplotlib does not list."""
    found = artist.findobj()
    for text in found[:]:
        if isinstance(text, Text):
            hidden = (text.get_bbox_patch(), getattr(text, "arrow_patch", None))
            found += [part for part in hidden if part is not None]
    return found


def may_have_changed(artist: Artist) -> bool:
    """Tell whether `artist` is flagged as changed since it was drawn."""
    return any(part.stale for part in parts(artist))


def is_comparable(artist: Artist) -> bool:
    """Tell whether :func:`look` knows how `artist` looks: it is a plain text, line or box."""
    return type(artist) in (Text, Line2D, Rectangle, FancyBboxPatch)


def look(artist: Artist) -> dict[str, Any]:
    """Return all that decides how a text, a line or a box is drawn, to be compared with ``==``.

    Matplotlib flags an artist as changed if something of it is set to what it was, and does not
    flag a text whose frame is taken away.
    """
    found = {name: value for name, value in vars(artist).items() if name not in _PASSING}
    # a transform may be changed without a flag
    matrix = Artist.get_transform(artist).get_affine().get_matrix()
    found["place"] = np.array(matrix).tobytes()
    if isinstance(artist, Line2D):
        points: np.ndarray = np.array(artist.get_xydata())
        found = {name: value for name, value in found.items() if name not in _DERIVED}
        found["points"] = (points.shape, points.tobytes())
    if isinstance(artist, Text):
        found["_fontproperties"] = hash(artist.get_fontproperties())
        frame = artist.get_bbox_patch()
        if frame is not None:
            found["_bbox_patch"] = {k: v for k, v in vars(frame).items() if k not in _FITTED}
    return found


def unflagged(artist: Collection | Annotation) -> Any:
    """Return what of `artist` may change without a flag, to be compared with :func:`same`.

    These are the values that colour a collection, and where an annotation points to. One that
    points to another artist may move with it, so it is never the same.
    """
    if isinstance(artist, Collection):
        return artist.get_array()
    return tuple(artist.xy) if isinstance(artist.xycoords, str) else object()


def same(first: Any, second: Any) -> bool:
    """Tell whether what was :func:`unflagged` is what it was."""
    return first is second or (isinstance(first, tuple) and bool(first == second))


def is_title(artist: Artist) -> bool:
    """Tell whether `artist` is a title of an axes, which Matplotlib moves out of ticks' way."""
    axes = artist.axes
    return isinstance(artist, Text) and axes is not None and artist not in axes.texts


def stays(title: Artist) -> bool:
    """Tell whether Matplotlib would leave this title of an axes at its usual place."""
    assert isinstance(title, Text)
    axes = title.axes
    assert isinstance(axes, Axes)
    top = axes.xaxis.get_ticks_position() in ("top", "unknown")
    if top or axes.xaxis.get_label_position() == "top" or axes.yaxis.offsetText.get_text():
        return False
    usual = title.get_position()[1] == 1.0
    return usual and title.get_window_extent().ymin >= axes.bbox.ymax
