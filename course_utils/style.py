"""The course's look: one style sheet, in a light and a dark version, and what each colour means.

The colours are those of Okabe and Ito (2008), which stay apart in every common form of colour
blindness. A colour means the same thing in all lectures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import matplotlib.pyplot as plt
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure

Theme = Literal["light", "dark"]

DATA = "#56B4E9"  # sky blue
PREDICTION = "#E69F00"  # orange
GRADIENT = "#CC79A7"  # reddish purple
WRONG = "#D55E00"  # vermilion
RIGHT = "#009E73"  # bluish green
REFERENCE = "#0072B2"  # blue
NEUTRAL = "#8C8C8C"

_SHEETS: dict[Theme, list[str]] = {
    "light": [str(Path(__file__).with_name("course.mplstyle"))],
    "dark": [
        str(Path(__file__).with_name(name)) for name in ("course.mplstyle", "course-dark.mplstyle")
    ],
}


def ground(figure: Figure) -> dict[str, str]:
    """Return what the metadata of an output say about the ground of its picture.

    A drawing in black and colours on white says so, and JupyterLab, with the course's extension,
    turns it to light on dark in the dark theme. A figure in which lightness means something (an
    image, a map of colours) says nothing, and stands there on a white card.
    """
    mapped = any(
        isinstance(artist, ScalarMappable) and artist.get_array() is not None
        for artist in figure.findobj()
    )
    return {} if mapped else {"needs_background": "light"}


def use(theme: Theme = "light") -> None:
    """Use the course's style for every figure of the notebook."""
    plt.style.use(_SHEETS[theme])


@contextmanager
def styled(theme: Theme = "light") -> Iterator[None]:
    """Use the course's style inside a ``with`` block and put the former one back after it."""
    with plt.style.context(_SHEETS[theme], after_reset=True):
        yield
