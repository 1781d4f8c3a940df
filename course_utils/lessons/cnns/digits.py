"""The digits of lecture 07: scikit-learn's at LeNet's size, moved about, and drawings like them.

Those of scikit-learn were written on paper, cut out, scaled to 32 × 32 black or white pixels that
the ink fills from top to bottom, and counted: of each 4 × 4 block, how many pixels are ink
(Alpaydin and Kaynak 1998). :func:`like_training` does the same with a drawing.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from scipy import ndimage
from sklearn.datasets import load_digits

SIZE = 32
"""Rows and columns of LeNet's input."""
BLOCKS = 8
_TRAINING = 1400
_LEVELS = 16
_INK = 0.25  # the share of the darkest ink from which a pixel counts as ink


@dataclass(frozen=True)
class Digits:
    """A training and a test part.

    Attributes
    ----------
    x_train, x_test
        float64 arrays (1400, 1, 32, 32) and (397, 1, 32, 32), from 0 (paper) to 1 (ink).
    y_train, y_test
        int64 arrays (1400,) and (397,), the digits 0 to 9.
    """

    x_train: np.ndarray
    x_test: np.ndarray
    y_train: np.ndarray
    y_test: np.ndarray

    def normalized(self, images: np.ndarray) -> np.ndarray:
        """Return images with the mean and deviation of all training pixels brought to 0 and 1."""
        mean, deviation = self._spread
        return (images - mean) / deviation

    @cached_property
    def _spread(self) -> tuple[float, float]:
        """The mean and deviation; over 1.4 million pixels, too slow for each move of a slider."""
        return float(self.x_train.mean()), float(self.x_train.std())


@cache
def load(seed: int) -> Digits:
    """Return scikit-learn's 1797 digits at LeNet's size; `seed` says which are held out."""
    digits = load_digits()
    images = enlarged(digits.images / _LEVELS)[:, None]
    order = np.random.default_rng(seed).permutation(len(images))
    train, test = np.split(order, [_TRAINING])
    target = digits.target.astype(np.int64)
    return Digits(images[train], images[test], target[train], target[test])


def enlarged(images: np.ndarray) -> np.ndarray:
    """Return images (…, 8, 8) at (…, 32, 32), bilinear: between centres of blocks, linear."""
    at = (np.arange(SIZE) + 0.5) * BLOCKS / SIZE - 0.5
    distance = np.abs(np.clip(at, 0, BLOCKS - 1)[:, None] - np.arange(BLOCKS))
    weights = np.maximum(0, 1 - distance)  # (32, 8)
    return weights @ images @ weights.T


def moved(images: np.ndarray, right: float = 0, down: float = 0, turn: float = 0) -> np.ndarray:
    """Return images (…, rows, columns) turned about their middle, then shifted, paper around.

    Parameters
    ----------
    images
        Such as (batch, 1, 32, 32).
    right, down
        Pixels.
    turn
        Degrees, anticlockwise.
    """
    if turn:
        images = ndimage.rotate(images, turn, axes=(-1, -2), reshape=False, order=1)
    shift = [0] * (images.ndim - 2) + [down, right]
    return ndimage.shift(images, shift, order=1) if right or down else images


def like_training(drawing: np.ndarray) -> np.ndarray:
    """Return a drawing centred and scaled as the training digits are, as an image (32, 32).

    The box around the ink is scaled, both ways alike, until its longer side is 32 pixels, and put
    in the middle. Then the ink of each 4 × 4 block is counted, in sixteenths, and the blocks are
    enlarged as the training digits were.

    Parameters
    ----------
    drawing
        Numbers of at least 0, any number of rows and columns; paper is 0. Nothing but paper gives
        nothing but paper.
    """
    ink = drawing > _INK * drawing.max()
    if not ink.any():
        return np.zeros((SIZE, SIZE))
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    box = drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    step = max(box.shape) / SIZE
    from_middle = (np.arange(SIZE) - (SIZE - 1) / 2) * step
    places = np.meshgrid(*(from_middle + (n - 1) / 2 for n in box.shape), indexing="ij")
    scaled = ndimage.map_coordinates(box, places, order=1, mode="grid-constant")
    side = SIZE // BLOCKS
    share = scaled.reshape(BLOCKS, side, BLOCKS, side).mean(axis=(1, 3))
    return enlarged(np.round(_LEVELS * share) / _LEVELS)
