"""Figures of the notebooks: shown with their alternative text, and the one that recurs."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from IPython.display import display
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from course_utils import style

_SCALE = 2  # pixels per point on a high-resolution screen


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
        If `alt` says nothing.
    """
    if not alt.strip():
        raise ValueError("show needs a sentence that says what the figure shows")
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=_SCALE * figure.dpi, metadata={"Software": None})
    plt.close(figure)
    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    display(
        {"image/png": png.getvalue(), "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"width": width, "height": height, "alt": alt}},
        raw=True,
    )


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
