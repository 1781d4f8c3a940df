"""Show a finished figure in a notebook, with its alternative text."""

import io

from IPython.display import display
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

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
