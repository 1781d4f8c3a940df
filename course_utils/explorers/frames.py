"""From pictures to the bytes that the browser draws: only the tiles that changed.

What moves in a figure is mostly thin: a line changes a twentieth of the pixels of its axes, and a
rectangle around them is nearly all of it. So a picture is cut into small squares, and those that
changed are packed together with a list of their places. On a screen with two pixels per pixel that
leaves a sixth of the picture, and packing, sending, decoding and drawing all become cheaper.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from course_utils.explorers.packing import png, runs

TILE = 16
"""Side of a tile in pixels of the canvas; of the pictures it is a multiple of 8."""

_MOST_TILES = 0.6  # share of the picture from which on its PNG is that of all of it


@dataclass(frozen=True)
class Piece:
    """What is new in a picture.

    Attributes
    ----------
    width, height
        The whole picture's size.
    pixels
        The whole picture as a PNG, or its changed tiles: as a PNG, row by row, in as many columns
        as fit, or as runs, one tile after another.
    tiles
        The places of the changed tiles, uint32, little-endian: place = row × tiles in a row +
        column. Empty for the whole picture.
    scale
        How many pixels of the canvas, across and down, a pixel of the picture fills.
    packing
        What `pixels` are: see :mod:`~course_utils.explorers.packing`.
    """

    width: int
    height: int
    pixels: bytes
    tiles: bytes = b""
    scale: int = 1
    packing: Literal["png", "runs"] = "png"

    @property
    def columns(self) -> int:
        """How many tiles there are in a row of the whole picture."""
        return -(-self.width * self.scale // TILE)


class FrameWriter:
    """Turns a sequence of pictures into pieces that, drawn in order, give the newest one.

    Parameters
    ----------
    scale
        How many pixels of the canvas, across and down, a pixel of the pictures fills.

    Attributes
    ----------
    sent
        Which tiles the last piece held: bool, shape (rows, columns).
    """

    def __init__(self, scale: int = 1) -> None:
        self.sent = np.zeros((0, 0), bool)
        self._scale = scale
        self._side = TILE // scale
        self._size = (0, 0)
        self._last = np.zeros((0, 0), np.uint32)  # a pixel an item, padded to whole tiles
        self._changed = np.zeros((0, 0), bool)  # of the same shape

    def write(
        self, frame: np.ndarray, *, whole: bool = False, also: np.ndarray | None = None
    ) -> Piece | None:
        """Return what changed since the last frame, or None if nothing did.

        Parameters
        ----------
        frame
            uint8, shape (height, width, 4), C-contiguous. It is copied.
        whole
            Return all of it, for a browser that has nothing yet.
        also
            Tiles to be sent although they did not change, bool, shape (rows, columns) or smaller.
        """
        height, width = frame.shape[:2]
        pixels = frame.view(np.uint32)[..., 0]
        if (height, width) != self._size:
            whole = True
            padded = tuple(-(-length // self._side) * self._side for length in frame.shape[:2])
            self._size = (height, width)
            self._last = np.zeros(padded, np.uint32)
            self._changed = np.zeros(padded, bool)
        last = self._last[:height, :width]
        changed = self._changed_tiles(pixels, last)
        if also is not None:
            changed[: also.shape[0], : also.shape[1]] |= also
        np.copyto(last, pixels)
        if not whole:
            self.sent = changed
            places = np.flatnonzero(changed)
            if not places.size:
                return None
            side = self._side
            rows, columns = changed.shape
            tiles = self._last.reshape(rows, side, columns, side).swapaxes(1, 2)[changed]
            listed = places.astype("<u4").tobytes()
            if packed := runs(tiles):
                return Piece(width, height, packed, listed, self._scale, "runs")
            if changed.mean() <= _MOST_TILES:
                return Piece(width, height, png(_atlas(tiles)), listed, self._scale)
        self.sent = np.ones_like(changed)
        return Piece(width, height, png(frame), scale=self._scale)

    def _changed_tiles(self, pixels: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Return which tiles differ, bool, shape (rows, columns)."""
        height, width = pixels.shape
        np.not_equal(pixels, last, out=self._changed[:height, :width])
        eight = self._changed.view(np.uint64)  # eight pixels at once
        side = self._side
        rows, columns = len(eight) // side, self._changed.shape[1] // side
        lines = np.bitwise_or.reduce(eight.reshape(rows, side, -1), axis=1)
        return lines.reshape(rows, columns, side // 8).any(axis=2)


def _atlas(tiles: np.ndarray) -> np.ndarray:
    """Return tiles, uint32, shape (tiles, side, side), side by side: uint8, (height, width, 4)."""
    side = tiles.shape[1]
    across = math.ceil(math.sqrt(len(tiles)))  # as canvas.js counts them, too
    down = -(-len(tiles) // across)
    atlas = np.zeros((down * across, side, side), np.uint32)
    atlas[: len(tiles)] = tiles
    rows_of_tiles = atlas.reshape(down, across, side, side).swapaxes(1, 2)
    return rows_of_tiles.reshape(down * side, across * side, 1).view(np.uint8)
