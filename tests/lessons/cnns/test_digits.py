"""Digits: the data at LeNet's size, moved, and drawings that are made like them."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils.lessons.cnns.digits import enlarged, like_training, load, moved
from course_utils.lessons.cnns.drawings import NAMES, SIDE, drawn
from course_utils.lessons.cnns.training import accuracy, trained
from course_utils.seeds import seeds

SEED = seeds(1)[0]


def test_no_digit_is_in_both_parts_and_pixels_are_ink_from_0_to_1() -> None:
    digits = load(SEED)
    assert digits.x_train.shape == (1400, 1, 32, 32)
    assert digits.x_test.shape == (397, 1, 32, 32)
    assert digits.x_train.min() == 0
    assert digits.x_train.max() <= 1
    train = {image.tobytes() for image in digits.x_train}
    assert not any(image.tobytes() in train for image in digits.x_test)
    z = digits.normalized(digits.x_train)
    assert np.isclose(z.mean(), 0)
    assert np.isclose(z.std(), 1)


def test_blocks_are_enlarged_as_pytorch_does() -> None:
    small = np.random.default_rng(0).random((3, 8, 8))
    settings = {"size": (32, 32), "mode": "bilinear", "align_corners": False}
    expected = functional.interpolate(torch.tensor(small)[None], **settings)[0].numpy()
    assert np.allclose(enlarged(small), expected)


def test_a_picture_moves_right_and_down_and_turns_anticlockwise() -> None:
    image = np.zeros((1, 1, 32, 32))
    image[..., 4, 10] = 1
    assert moved(image, right=3, down=2)[0, 0, 6, 13] == pytest.approx(1)
    assert moved(image, turn=90)[0, 0, 21, 4] == pytest.approx(1)  # from the top to the left
    assert moved(image, right=40).sum() == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_looks_the_same_wherever_and_as_large_as_it_was_drawn(name: str) -> None:
    cells = drawn(name)
    expected = like_training(cells)
    assert expected.shape == (32, 32)
    assert 0 <= expected.min() <= expected.max() <= 1
    assert np.allclose(like_training(np.pad(cells, ((7, 0), (0, 11)))), expected)
    assert np.allclose(like_training(0.5 * cells), 0.5 * expected, atol=1 / 16)


def test_a_drawing_fills_the_picture_from_top_to_bottom_and_stands_in_the_middle() -> None:
    seen = like_training(drawn("seven", small=True))
    assert seen[0].max() > 0.5
    assert seen[-1].max() > 0.5
    columns = np.flatnonzero(seen.max(axis=0) > 0.1)
    assert abs(columns[0] - (31 - columns[-1])) <= 4  # to a block
    assert like_training(np.zeros((SIDE, SIDE))).sum() == 0


def test_lenet_reads_test_digits_also_when_they_are_made_like_drawings() -> None:
    digits, network = load(SEED), trained(SEED)
    assert accuracy(network, SEED, digits.x_test, digits.y_test) > 0.88
    again = np.array([[like_training(image[0])] for image in digits.x_test])
    assert accuracy(network, SEED, again, digits.y_test) > 0.85


def test_lenet_reads_drawings_small_ones_too() -> None:
    for small in (False, True):
        pictures = np.array([[like_training(drawn(name, small=small))] for name in NAMES])
        assert accuracy(trained(SEED), SEED, pictures, np.arange(10)) >= 0.7
