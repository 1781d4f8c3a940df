"""Figures of the notebooks: shown with their alternative text, and those that recur."""

import io
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
from IPython.display import display
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike
from PIL import Image

from course_utils import style

_SCALE = 2  # pixels per point on a high-resolution screen
_MARKED = 20  # points of a line that have a dot each
_GAP = 0.1  # between pictures, as a share of their width
_PITCH = 1 + _GAP
_SLACK = 2  # pixels by which a text may reach beyond the figure: the blank border of its letters


def show(figure: Figure, alt: str) -> None:
    """Display `figure` as a sharp PNG and close it.

    Parameters
    ----------
    figure
        A finished Matplotlib figure.
    alt
        What the figure shows, in a sentence: for readers who cannot see it, and for every place
        that keeps only the text of an output.

    Raises
    ------
    ValueError
        If `alt` says nothing, or a text of the figure is cut off at its edge.
    """
    if not alt.strip():
        raise ValueError("show needs a sentence that says what the figure shows")
    _check_fits(figure)
    ground = style.ground(figure)
    png = _png(figure)
    plt.close(figure)
    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    display(
        {"image/png": png, "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"width": width, "height": height, "alt": alt}, **ground},
        raw=True,
    )


def _png(figure: Figure) -> bytes:
    """Return a PNG with a palette, which takes a third of the room that all colours would."""
    drawn, file = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, dpi=_SCALE * figure.dpi, pil_kwargs={"compress_level": 1})
    # Of Pillow's methods the one whose largest error is the smallest, with each colour moved to the
    # middle of those that it stands for; white stays white.
    Image.open(drawn).convert("RGB").quantize(
        method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
    ).save(file, "PNG", optimize=True)
    return file.getvalue()


def _check_fits(figure: Figure) -> None:
    """Raise ``ValueError`` if a title, label or legend reaches beyond the figure."""
    figure.draw_without_rendering()
    whole = figure.bbox.padded(_SLACK)
    texts = [text for axes in figure.axes for text in _texts(axes)] + figure.texts
    for text in texts:
        place = text.get_window_extent()
        if text.get_text().strip() and not (
            whole.x0 <= place.x0 <= place.x1 <= whole.x1
            and whole.y0 <= place.y0 <= place.y1 <= whole.y1
        ):
            plt.close(figure)
            raise ValueError(
                f"{text.get_text()!r} is cut off at the figure's edge: shorten it, or make room"
                " with figure.subplots_adjust"
            )


def _texts(axes: Axes) -> list[Text]:
    """Return what is written in and around `axes` and in its legend."""
    titles = [text for text in axes.get_children() if isinstance(text, Text)]
    labels = [axes.xaxis.label, axes.yaxis.label]
    ticks = [
        tick.label1
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    legend = axes.get_legend()
    return [*titles, *labels, *ticks, *(legend.get_texts() if legend else [])]


def seeds_by_row(
    values: Mapping[str, Sequence[float]], title: str, xlabel: str, **settings: Any
) -> Figure:
    """Return a figure of a measurement over seeds: a row for each label, a dot for each seed.

    Dots that coincide are set apart; a bar marks each row's mean.

    Parameters
    ----------
    values
        Label → one value a seed.
    title, xlabel
        The message, and what was measured, with its unit.
    **settings
        For ``Axes.set``, such as ``xscale="log"``.
    """
    height = 1.2 + 0.45 * len(values)
    figure, axes = plt.subplots(figsize=(7.5, height))
    figure.subplots_adjust(left=0.25, bottom=0.6 / height, top=1 - 0.4 / height)
    for row, dots in enumerate(values.values()):
        mean = float(np.mean(dots))
        axes.plot([mean, mean], [row - 0.35, row + 0.35], color=style.REFERENCE, lw=2.5)
        apart = 0.09 * (np.arange(len(dots)) - (len(dots) - 1) / 2)
        axes.plot(dots, row + apart, "o", color=style.DATA, ms=6, mec="white")
    axes.set(title=title, xlabel=f"{xlabel} (dot: one seed, bar: mean)")
    axes.set(yticks=range(len(values)), yticklabels=list(values), ylim=(len(values) - 0.5, -0.5))
    axes.set(**settings)
    return figure


def seeds_along(
    x: Sequence[float],
    values: Mapping[str, ArrayLike],
    title: str,
    xlabel: str,
    ylabel: str,
    *,
    colors: Sequence[str] = (),
    **settings: Any,
) -> Figure:
    """Return a figure of measurements along x, over seeds: a line of means in a band of all.

    Two or more measurements are named in a legend beside the axes, where it covers nothing.

    Parameters
    ----------
    x
        Steps, sizes, depths … (points,); up to `_MARKED` of them are marked by dots.
    values
        Label → measurement (seeds, points).
    title, xlabel, ylabel
        The message, and what the axes show, with units.
    colors
        A colour for each label, where it has a meaning (`course_utils.style`).
    **settings
        For ``Axes.set``, such as ``yscale="log"``.

    Raises
    ------
    ValueError
        If a measurement has another shape.
    """
    figure, axes = plt.subplots(figsize=(7.5, 3.4))
    marker = "o" if len(x) <= _MARKED else ""
    for i, (label, measured) in enumerate(values.items()):
        rows = np.asarray(measured)
        if rows.ndim != 2 or rows.shape[1] != len(x):
            plt.close(figure)
            raise ValueError(
                f"{label!r} needs the shape (seeds, {len(x)}), a value for each seed and x, and has"
                f" {rows.shape}"
            )
        color = colors[i] if i < len(colors) else f"C{i}"
        axes.fill_between(x, rows.min(axis=0), rows.max(axis=0), color=color, alpha=0.2, lw=0)
        axes.plot(x, rows.mean(axis=0), marker=marker, color=color, label=fill(label, 16))
    axes.set(title=title, ylabel=ylabel)
    axes.set(xlabel=f"{xlabel} (line: mean over seeds, band: lowest to highest)")
    axes.set(**settings)
    if "xticks" in settings:
        axes.xaxis.set_minor_locator(NullLocator())
    if len(values) > 1:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), borderaxespad=0)
        figure.subplots_adjust(right=0.76)
    return figure


def pictures_by_row(
    rows: Mapping[str, ArrayLike],
    title: str,
    *,
    tile: float = 0.6,
    framed: np.ndarray | None = None,
) -> Figure:
    """Return a figure with a row of pictures for each label.

    Parameters
    ----------
    rows
        Label → pictures, the same number in each row: (count, height, width) from 0, white, to 1,
        black, or (count, height, width, 3) in red, green and blue from 0 to 1. Where a picture is
        nan, nothing is known, and it is coloured.
    title
        The message, or what is shown.
    tile
        Width of a picture in inches.
    framed
        For each column a rectangle that is framed in all its pictures, (count, height, width):
        true inside.
    """
    stacks = [np.asarray(pictures, dtype=float) for pictures in rows.values()]
    count = len(stacks[0])
    left, top, border = 0.25 + 0.085 * max(map(len, rows)), 0.42, 0.1
    across, down = tile * (_PITCH * count - _GAP), tile * (_PITCH * len(rows) - _GAP)
    width, height = left + across + border, top + down + border
    figure = plt.figure(figsize=(width, height))
    axes = figure.add_axes((left / width, border / height, across / width, down / height))
    for row, pictures in enumerate(stacks):
        for column, picture in enumerate(pictures):
            x, y = column * _PITCH, row * _PITCH
            place = x, x + 1, y + 1, y
            axes.imshow(_in_colour(picture), extent=place, interpolation="nearest")
            box = Rectangle((x, y), 1, 1, fill=False, ec=style.NEUTRAL, lw=0.6, clip_on=False)
            axes.add_patch(box)
            if framed is not None and framed[column].any():
                inside = _bounds(framed[column])
                axes.add_patch(
                    Rectangle((x + inside[0], y + inside[1]), *inside[2:], fill=False, lw=1.4,
                              ec=style.WRONG)
                )  # fmt: skip
    axes.set(xlim=(0, _PITCH * count - _GAP), ylim=(_PITCH * len(rows) - _GAP, 0), title=title)
    axes.set(xticks=[], yticks=[row * _PITCH + 0.5 for row in range(len(rows))])
    axes.set_yticklabels(list(rows))
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure


def _in_colour(picture: np.ndarray) -> np.ndarray:
    """Return a picture in red, green and blue, nan coloured."""
    colours = np.repeat(1 - picture[..., None], 3, axis=-1) if picture.ndim == 2 else picture
    return np.where(np.isnan(colours), to_rgb(style.WRONG), colours).clip(0, 1)


def _bounds(inside: np.ndarray) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a rectangle, as shares of the picture."""
    down, right = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    height, width = inside.shape
    return right[0] / width, down[0] / height, len(right) / width, len(down) / height
