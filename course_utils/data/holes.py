"""Pictures with a hole: what is erased, how far a repair is off there, what neighbours suggest.

A *hole* is an array of booleans, **True where the picture is erased**: other code calls the
opposite a mask. Pictures are arrays (count, rows, columns) or (count, channels, rows, columns), and
holes (count, rows, columns), the same for all channels.
"""

import numpy as np


def rectangles(
    count: int, shape: tuple[int, int], sides: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Return `count` holes, one random rectangle each, bool (count, rows, columns).

    Parameters
    ----------
    shape
        Rows and columns of a picture.
    sides
        The shortest and the longest side of a rectangle, in pixels. Height and width are drawn from
        these and all between, then the place from all at which it lies within the picture.
    """
    low, high = sides
    inside = []
    for pixels in shape:
        length = rng.integers(low, high + 1, size=(count, 1))
        first = rng.integers(pixels - length + 1)
        places = np.arange(pixels)
        inside.append((first <= places) & (places < first + length))
    rows, columns = inside
    return rows[:, :, None] & columns[:, None, :]


def filled(pictures: np.ndarray, hole: np.ndarray, values: np.ndarray | float) -> np.ndarray:
    """Return the pictures with `values` inside the hole; 0 erases, a repair repairs."""
    return np.where(_as(hole, pictures), values, pictures)


def mean_inside(values: np.ndarray, hole: np.ndarray) -> float:
    """Return the mean of `values`, such as squared errors, over all erased pixels."""
    return float(values[np.broadcast_to(_as(hole, values), values.shape)].mean())


def nearest(
    known: np.ndarray, pictures: np.ndarray, hole: np.ndarray, neighbours: int
) -> np.ndarray:
    """Return which of the `known` pictures are nearest to what is left, (count, neighbours).

    Nearest comes first, and of equally near ones the first known. The distance is the Euclidean one
    over the pixels that are not erased.
    """
    seen = np.broadcast_to(~_as(hole, pictures), pictures.shape).reshape(len(pictures), -1)
    x = pictures.reshape(len(pictures), -1)
    t = known.reshape(len(known), -1)
    # The sum of (x − t)² over seen pixels, without its first term: that is the same for every t.
    apart = seen.astype(t.dtype) @ (t * t).T - 2 * (x * seen) @ t.T
    # Stable: of equal distances, as where all is erased, other sorts take what the processor likes.
    return np.argsort(apart, axis=1, kind="stable")[:, :neighbours]


def _as(hole: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """Return the hole with an axis of length 1 for channels, if the pictures have them."""
    return hole if pictures.ndim == hole.ndim else hole[:, None]
