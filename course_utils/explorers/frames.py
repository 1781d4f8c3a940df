"""From pictures to the bytes that the browser draws: only the tiles that changed, as one PNG.

What moves in a figure is mostly thin: a line changes a twentieth of the pixels of its axes, and a
rectangle around them is nearly all of it. So a picture is cut into small squares, and those that
changed are packed into one PNG with a list of their places. On a screen with two pixels per pixel
that leaves a sixth of the picture, and packing, sending, decoding and drawing all become cheaper.

The PNG is written here, in a dozen lines on zlib: rows without a filter, compression level 1. For
a figure of 900 × 400 pixels that takes 2.5 ms where Pillow's fastest setting takes 5.2 ms, at the
same size in bytes. The picture is the same.
"""

import math
import struct
import zlib
from dataclasses import dataclass

import numpy as np

TILE = 16
"""Side of a tile in pixels, a multiple of 8."""

_MOST_TILES = 0.6  # share of the picture from which on it is sent as it is
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA = (8, 6, 0, 0, 0)  # eight bits, red green blue alpha, deflate, standard filters, no interlace


@dataclass(frozen=True)
class Piece:
    """What is new in a picture.

    Attributes
    ----------
    width, height
        The whole picture's size.
    png
        The whole picture, or its changed tiles, row by row, in as many columns as fit.
    tiles
        The places of the changed tiles, uint32, little-endian: place = row × tiles in a row +
        column. Empty for the whole picture.
    """

    width: int
    height: int
    png: bytes
    tiles: bytes = b""


class FrameWriter:
    """Turns a sequence of pictures into pieces that, drawn in order, give the newest one."""

    def __init__(self) -> None:
        self._size = (0, 0)
        self._last = np.zeros((0, 0), np.uint32)  # a pixel an item, padded to whole tiles
        self._changed = np.zeros((0, 0), bool)  # of the same shape

    def write(self, frame: np.ndarray, *, whole: bool = False) -> Piece | None:
        """Return what changed since the last frame, or None if nothing did.

        Parameters
        ----------
        frame
            uint8, shape (height, width, 4), C-contiguous. It is copied.
        whole
            Return all of it, for a browser that has nothing yet.
        """
        height, width = frame.shape[:2]
        pixels = frame.view(np.uint32)[..., 0]
        if (height, width) != self._size:
            whole = True
            padded = (-(-height // TILE) * TILE, -(-width // TILE) * TILE)
            self._size = (height, width)
            self._last = np.zeros(padded, np.uint32)
            self._changed = np.zeros(padded, bool)
        last = self._last[:height, :width]
        changed = None if whole else self._changed_tiles(pixels, last)
        np.copyto(last, pixels)
        if changed is None or changed.mean() > _MOST_TILES:
            return Piece(width, height, png(frame))
        places = np.flatnonzero(changed)
        if not places.size:
            return None
        return Piece(width, height, png(self._atlas(changed)), places.astype("<u4").tobytes())

    def _changed_tiles(self, pixels: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Return which tiles differ, bool, shape (rows, columns)."""
        height, width = pixels.shape
        np.not_equal(pixels, last, out=self._changed[:height, :width])
        eight = self._changed.view(np.uint64)  # eight pixels at once
        rows, columns = len(eight) // TILE, self._changed.shape[1] // TILE
        lines = np.bitwise_or.reduce(eight.reshape(rows, TILE, -1), axis=1)
        return lines.reshape(rows, columns, TILE // 8).any(axis=2)

    def _atlas(self, changed: np.ndarray) -> np.ndarray:
        """Return the changed tiles side by side, uint8, shape (height, width, 4)."""
        rows, columns = changed.shape
        tiles = self._last.reshape(rows, TILE, columns, TILE).swapaxes(1, 2)[changed]
        across = math.ceil(math.sqrt(len(tiles)))  # as canvas.js counts them, too
        down = -(-len(tiles) // across)
        atlas = np.zeros((down * across, TILE, TILE), np.uint32)
        atlas[: len(tiles)] = tiles
        rows_of_tiles = atlas.reshape(down, across, TILE, TILE).swapaxes(1, 2)
        return rows_of_tiles.reshape(down * TILE, across * TILE, 1).view(np.uint8)


def png(picture: np.ndarray) -> bytes:
    """Return the PNG file of `picture`: uint8, shape (height, width, 4)."""
    height, width = picture.shape[:2]
    rows = np.zeros((height, 1 + 4 * width), np.uint8)  # the first byte of a row: no filter
    rows[:, 1:] = picture.reshape(height, -1)
    header = struct.pack(">2I5B", width, height, *_RGBA)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows.data, 1))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(body, zlib.crc32(kind))
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
