"""Holes in pictures: rectangles, what is filled in, errors inside, and neighbours."""

import numpy as np
import pytest

from course_utils.data.holes import filled, mean_inside, nearest, rectangles

RNG = np.random.default_rng(0)


def test_every_hole_is_a_rectangle_of_an_allowed_size_and_every_place_occurs() -> None:
    hole = rectangles(6000, (6, 8), (2, 4), np.random.default_rng(1))
    assert hole.shape == (6000, 6, 8)
    assert hole.dtype == bool
    rows, columns = hole.any(axis=2), hole.any(axis=1)
    assert np.array_equal(hole, rows[:, :, None] & columns[:, None, :])
    for side in (rows, columns):
        assert set(side.sum(axis=1)) == {2, 3, 4}
        borders = np.diff(np.pad(side, ((0, 0), (1, 1))).astype(int))
        assert (np.abs(borders).sum(axis=1) == 2).all(), "without gaps"
    places = {(one.argmax(), one.sum()) for one in hole.reshape(6000, -1)}
    corners = {(8 * top + left) for top in range(5) for left in range(7)}
    assert {first for first, _ in places} == corners
    assert len(np.unique(hole, axis=0)) == (5 + 4 + 3) * (7 + 6 + 5)


def test_heights_widths_and_places_are_equally_likely() -> None:
    hole = rectangles(20000, (8, 8), (3, 5), np.random.default_rng(2))
    heights = hole.any(axis=2).sum(axis=1)
    tops = hole.any(axis=2).argmax(axis=1)
    assert np.allclose([np.mean(heights == side) for side in (3, 4, 5)], 1 / 3, atol=0.02)
    assert np.allclose([np.mean(tops[heights == 3] == top) for top in range(6)], 1 / 6, atol=0.02)
    assert hole.mean() == pytest.approx(16 / 64, abs=0.005)


def test_only_the_hole_is_filled_and_the_picture_stays_as_it_was() -> None:
    pictures = RNG.uniform(0.1, 1, (3, 2, 4, 4))  # two channels
    hole = rectangles(3, (4, 4), (1, 2), np.random.default_rng(3))
    before = pictures.copy()
    erased = filled(pictures, hole, 0)
    everywhere = np.broadcast_to(hole[:, None], pictures.shape)
    assert (erased[everywhere] == 0).all()
    assert np.array_equal(erased[~everywhere], pictures[~everywhere])
    assert np.array_equal(pictures, before)
    assert np.array_equal(filled(erased, hole, pictures), pictures)


def test_the_mean_is_over_all_erased_pixels_and_channels() -> None:
    values = np.arange(16.0).reshape(2, 2, 2, 2)
    hole = np.array([[[True, False], [False, False]], [[True, True], [False, False]]])
    assert mean_inside(values, hole) == np.mean([0, 4, 8, 9, 12, 13])
    assert mean_inside(values[:, 0], hole) == np.mean([0, 8, 9])


@pytest.mark.parametrize("shape", [(5, 6), (3, 5, 6)])
def test_neighbours_are_nearest_by_what_is_visible(shape: tuple[int, ...]) -> None:
    known, pictures = RNG.uniform(size=(40, *shape)), RNG.uniform(size=(7, *shape))
    hole = rectangles(7, (5, 6), (2, 4), np.random.default_rng(4))
    found = nearest(known, pictures, hole, 6)
    for picture, one, order in zip(pictures, hole, found, strict=True):
        apart = [((picture - other)[..., ~one] ** 2).sum() for other in known]
        assert list(order) == list(np.argsort(apart)[:6])
    elsewhere = filled(pictures, hole, 9.0)
    assert np.array_equal(nearest(known, elsewhere, hole, 6), found), "the hole is not looked at"


def test_of_equally_near_ones_the_first_come_whatever_the_processor() -> None:
    known, everything = RNG.uniform(size=(1400, 5, 6)), np.ones((2, 5, 6), dtype=bool)
    found = nearest(known, RNG.uniform(size=(2, 5, 6)), everything, 3)
    assert found.tolist() == 2 * [[0, 1, 2]]
