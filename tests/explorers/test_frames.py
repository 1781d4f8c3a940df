import io

import numpy as np
from PIL import Image

from course_utils.explorers.frames import FrameWriter, png

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


def test_pieces_drawn_in_order_give_every_frame():
    writer = FrameWriter()
    frame = picture()
    canvas = np.zeros_like(frame)
    for _ in range(20):
        piece = writer.write(frame)
        part = read(piece.png)
        height, width = part.shape[:2]
        canvas[piece.y : piece.y + height, piece.x : piece.x + width] = part
        np.testing.assert_array_equal(canvas, frame)
        frame = frame.copy()
        y, x = RNG.integers(0, 35), RNG.integers(0, 55)
        frame[y : y + RNG.integers(1, 5), x : x + RNG.integers(1, 5), :3] ^= 1


def test_only_the_changed_rectangle_is_sent():
    writer = FrameWriter()
    frame = picture()
    writer.write(frame)
    changed = frame.copy()
    changed[10, 20, 0] ^= 1
    changed[12, 25, 1] ^= 1
    piece = writer.write(changed)
    assert (piece.x, piece.y, piece.width, piece.height) == (20, 10, 60, 40)
    assert read(piece.png).shape == (3, 6, 4)


def test_an_equal_frame_sends_nothing_unless_all_is_wanted():
    writer = FrameWriter()
    frame = picture()
    writer.write(frame)
    assert writer.write(frame.copy()) is None
    assert read(writer.write(frame, whole=True).png).shape == frame.shape


def test_another_size_is_sent_whole():
    writer = FrameWriter()
    writer.write(picture())
    larger = picture(80, 120)
    np.testing.assert_array_equal(read(writer.write(larger).png), larger)
