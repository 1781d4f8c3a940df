"""On a sharp screen, what moves is coarse and what rests is exactly the sharp picture."""

import numpy as np
import pytest

from course_utils.explorers.screen import Screen
from tests.explorers import figures
from tests.explorers.test_frames import draw


def data(scale, flipped=False):
    return figures.compute(scale, "none", flipped)


@pytest.fixture(scope="module")
def specification():
    return figures.specification()


class Canvas:
    """Draws the pieces of a screen, and says how large they were."""

    def __init__(self, specification, dpi):
        self.screen = Screen(specification, data(10), "light", dpi)
        self.whole = self.screen.whole(data(10))
        self.pixels = np.zeros((self.whole.height, self.whole.width, 4), np.uint8)
        draw(self.pixels, self.whole)

    def sharp(self, scale):
        stage = self.screen._sharp  # the picture that a stage of this resolution draws
        return stage.show(data(scale), whole=True).copy()


@pytest.mark.parametrize("dpi", [160, 181.3, 200])
def test_at_rest_the_picture_is_the_sharp_one_whatever_moved_before(specification, dpi):
    canvas = Canvas(specification, dpi)
    assert not canvas.screen.coarse
    for moves in ([20], [30, 40, 1000], [1], [1, 50]):
        for scale in moves:
            piece = canvas.screen.moved(data(scale))
            assert piece is None or piece.scale == 2
            if piece:
                draw(canvas.pixels, piece)
        resting = canvas.screen.rested(data(moves[-1]))
        if resting:
            draw(canvas.pixels, resting)
        assert not canvas.screen.coarse
        np.testing.assert_array_equal(canvas.pixels, canvas.sharp(moves[-1]), str(moves))
        canvas.screen.rested(data(moves[-1]))  # drawing it whole has left the stage elsewhere


def test_a_move_is_a_small_coarse_piece_and_what_stands_still_stays_sharp(specification):
    canvas = Canvas(specification, 200)
    before = canvas.pixels.copy()
    piece = canvas.screen.moved(data(20))
    share = draw(canvas.pixels, piece)
    assert canvas.screen.coarse
    assert share < 0.25
    assert piece.packing == "runs"
    height = len(before)
    np.testing.assert_array_equal(canvas.pixels[-height // 12 :], before[-height // 12 :])


def test_a_picture_that_comes_back_before_it_rested_is_made_sharp_again(specification):
    canvas = Canvas(specification, 200)
    before = canvas.pixels.copy()
    for scale in (20, 10):
        draw(canvas.pixels, canvas.screen.moved(data(scale)))
    assert (canvas.pixels != before).any()
    assert canvas.screen.coarse
    draw(canvas.pixels, canvas.screen.rested(data(10)))
    np.testing.assert_array_equal(canvas.pixels, before)


def test_an_ordinary_screen_gets_each_picture_in_full(specification):
    canvas = Canvas(specification, 100)
    draw(canvas.pixels, canvas.screen.moved(data(20)))
    assert not canvas.screen.coarse
    np.testing.assert_array_equal(canvas.pixels, specification.frame(scale=20))
