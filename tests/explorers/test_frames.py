import io
import math

import numpy as np
import pytest
from PIL import Image

from course_utils.explorers.frames import TILE, FrameWriter
from course_utils.explorers.packing import MOST_RUNS, png, runs

RNG = np.random.default_rng(0)


def picture(height=40, width=60):
    frame = RNG.integers(0, 256, (height, width, 4), np.uint8)
    frame[..., 3] = 255
    return frame


def read(data):
    return np.asarray(Image.open(io.BytesIO(data)))


def test_png_is_read_back_unchanged():
    frame = picture()
    np.testing.assert_array_equal(read(png(frame)), frame)


@pytest.mark.parametrize("side", [8, 16])
def test_runs_are_read_back_unchanged(side):
    tiles = RNG.integers(0, 3, (50, side, side), np.uint32)
    tiles[10:30, 1::2] = tiles[10:30, ::2]  # rows as the ones above
    tiles[20, :] = tiles[21, 0, 0]
    back = unpack(runs(tiles), 50, side)
    np.testing.assert_array_equal(np.ascontiguousarray(back).view(np.uint32)[..., 0], tiles)


def test_even_ground_and_cells_are_few_bytes():
    even = np.full((50, TILE, TILE), 7, np.uint32)  # a tile begins a run: a length fits into a byte
    assert len(runs(even)) == 50 * (2 + 5)
    cells = np.kron(RNG.permutation(100).reshape(10, 10), np.ones((8, 8))).astype(np.uint32)
    tiles = cells.reshape(5, TILE, 5, TILE).swapaxes(1, 2).reshape(-1, TILE, TILE)
    assert len(runs(tiles)) == 25 * (2 + 4 * 5)


def test_tiles_without_runs_are_a_png():
    noise = RNG.integers(0, 2**32, (MOST_RUNS // TILE**2 + 1, TILE, TILE), np.uint32)
    assert runs(noise) is None
    writer = FrameWriter()
    frame = picture(320, 320)
    canvas = np.zeros_like(frame)
    draw(canvas, writer.write(frame))
    frame = frame.copy()
    frame[:, :170] ^= 1
    piece = writer.write(frame)
    assert (piece.packing, bool(piece.tiles)) == ("png", True)
    draw(canvas, piece)
    np.testing.assert_array_equal(canvas, frame)
    frame[:20, :20] = 255
    assert writer.write(frame).packing == "runs"


def unpack(packed, count, side):
    """Return the pixels of tiles that are given as runs: uint8, shape (tiles, side, side, 4)."""
    repeated = np.frombuffer(packed, "<u2", count)
    runs = (len(packed) - 2 * count) // 5
    more = np.frombuffer(packed, np.uint8, offset=2 * count + 4 * runs)
    pixels = np.frombuffer(packed, np.uint8, 4 * runs, 2 * count).reshape(-1, 4)
    rows = iter(pixels.repeat(1 + more.astype(int), axis=0).reshape(-1, side, 4))
    tiles = np.zeros((count, side, side, 4), np.uint8)
    for tile, bits in zip(tiles, repeated, strict=True):
        for y in range(side):
            tile[y] = tile[y - 1] if bits >> y & 1 else next(rows)
    assert next(rows, None) is None
    return tiles


def picture_of(piece):
    """Return a piece's picture, or its tiles as the PNG has them."""
    if piece.packing == "png":
        return read(piece.pixels)
    side = TILE // piece.scale
    tiles = unpack(piece.pixels, len(piece.tiles) // 4, side)
    across = math.ceil(math.sqrt(len(tiles)))
    rows = np.zeros((-(-len(tiles) // across) * across, side, side, 4), np.uint8)
    rows[: len(tiles)] = tiles
    return rows.reshape(-1, across, side, side, 4).swapaxes(1, 2).reshape(-1, across * side, 4)


def draw(canvas, piece):
    """Draw a piece as surface.js does."""
    part = picture_of(piece).repeat(piece.scale, axis=0).repeat(piece.scale, axis=1)
    if not piece.tiles:
        canvas[: len(part), : len(part[0])] = part[: len(canvas), : len(canvas[0])]
        return 1.0
    places = np.frombuffer(piece.tiles, "<u4")
    across, columns = math.ceil(math.sqrt(len(places))), piece.columns
    for index, place in enumerate(places):
        y, x = TILE * (index // across), TILE * (index % across)
        top, left = TILE * (place // columns), TILE * (place % columns)
        there = canvas[top : top + TILE, left : left + TILE]
        there[:] = part[y : y + there.shape[0], x : x + there.shape[1]]
    return len(places) * TILE**2 / canvas[..., 0].size


@pytest.mark.parametrize("size", [(40, 60), (33, 17), (96, 160), (5, 200)])
def test_pieces_drawn_in_order_give_every_frame(size):
    writer = FrameWriter()
    frame = picture(*size)
    canvas = np.zeros_like(frame)
    for _ in range(30):
        draw(canvas, writer.write(frame))
        np.testing.assert_array_equal(canvas, frame)
        frame = frame.copy()
        for _ in range(RNG.integers(1, 4)):
            y, x = RNG.integers(0, size[0]), RNG.integers(0, size[1])
            frame[y : y + RNG.integers(1, 30), x : x + RNG.integers(1, 5), :3] ^= 1


def test_only_the_changed_tiles_are_sent():
    writer = FrameWriter()
    frame = picture(64, 96)
    writer.write(frame)
    changed = frame.copy()
    changed[10, 20, 0] ^= 1
    changed[63, 95, 1] ^= 1
    piece = writer.write(changed)
    assert (piece.width, piece.height) == (96, 64)
    assert np.frombuffer(piece.tiles, "<u4").tolist() == [1, 23]
    assert picture_of(piece).shape == (TILE, 2 * TILE, 4)


def test_what_is_rich_and_nearly_everywhere_new_is_sent_as_it_is():
    writer = FrameWriter()
    writer.write(picture(320, 320))
    piece = writer.write(picture(320, 320))
    assert (piece.packing, piece.tiles) == ("png", b"")


def test_an_equal_frame_sends_nothing_unless_all_is_wanted():
    writer = FrameWriter()
    frame = picture()
    writer.write(frame)
    assert writer.write(frame.copy()) is None
    assert read(writer.write(frame, whole=True).pixels).shape == frame.shape


def test_another_size_is_sent_whole():
    writer = FrameWriter()
    writer.write(picture())
    larger = picture(80, 120)
    np.testing.assert_array_equal(read(writer.write(larger).pixels), larger)
