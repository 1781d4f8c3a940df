"""Two ways to write pixels down: as a PNG, and as runs of equal pixels.

Runs cost next to nothing on both sides, and the browser draws them at once, where it decodes a PNG
in another thread; but they are two to four times as many bytes, and a photograph has no runs. So
lines and texts on an even ground go as runs, whatever is richer as a PNG.

The PNG is written here, in a dozen lines on zlib: rows without a filter, compression level 1. For
a figure of 900 × 400 pixels that takes 2.5 ms where Pillow's fastest setting takes 5.2 ms, at the
same size in bytes. The picture is the same.
"""

import struct
import zlib

import numpy as np

MOST_RUNS = 40_000  # 200 kB
_LONGEST = 256  # so that a length less one is a byte
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA = (8, 6, 0, 0, 0)  # eight bits, red green blue alpha, deflate, standard filters, no interlace


def runs(tiles: np.ndarray) -> bytes | None:
    """Return `tiles` as runs of equal pixels, or None if there are too many.

    Parameters
    ----------
    tiles
        A pixel an item, uint32, shape (tiles, pixels of a tile, at most 256). A tile begins a run.

    Returns
    -------
    bytes
        The pixel of each run, four bytes, then how many more there are of it, a byte each.
    """
    count, length = tiles.shape
    assert length <= _LONGEST
    begins = np.ones((count, length), bool)
    np.not_equal(tiles[:, 1:], tiles[:, :-1], out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    if len(starts) > MOST_RUNS:
        return None
    more = np.diff(starts, append=tiles.size) - 1
    return tiles.reshape(-1)[starts].tobytes() + more.astype(np.uint8).tobytes()


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
