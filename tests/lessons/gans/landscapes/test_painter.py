import numpy as np
import pytest

from course_utils.lessons.gans.landscapes.painter import KINDS, SIDE, pictures


def test_a_picture_is_decided_by_its_number_and_the_seed_alone():
    some, labels = pictures([7, 3], 5)
    more, _ = pictures(range(8), 5)
    assert (some[0] == more[7]).all()
    assert (some[1] == more[3]).all()
    assert labels.tolist() == [2, 3]
    assert (pictures([7], 6)[0] != some[:1]).any()


def test_pictures_are_float32_from_minus_1_to_1_and_may_be_changed():
    x, labels = pictures(range(50), 0)
    assert x.shape == (50, 3, SIDE, SIDE)
    assert x.dtype == np.float32
    assert x.min() >= -1
    assert x.max() <= 1
    assert np.bincount(labels).tolist() == [10] * len(KINDS)
    x[:] = 9  # the collection itself stays
    assert pictures([0], 0)[0].max() <= 1


@pytest.fixture(scope="module")
def by_kind():
    x, labels = pictures(range(200), 1)
    return [x[labels == kind] for kind in range(len(KINDS))]


def test_no_two_pictures_of_a_kind_are_alike(by_kind):
    for x in by_kind:
        flat = x.reshape(len(x), -1)
        distances = np.linalg.norm(flat[:, None] - flat[None], axis=2)
        assert distances[~np.eye(len(x), dtype=bool)].min() > 2


def test_each_kind_has_what_it_is_made_of(by_kind):
    forest, lake, seaside, mountains, grassland = (x.transpose(0, 2, 3, 1) for x in by_kind)
    red, green, blue = 0, 1, 2

    def more(x, this, than):
        return (x[..., this] > x[..., than] + 0.1).mean(axis=(1, 2))

    assert more(forest[:, 12:], green, blue).mean() > 0.6
    assert more(lake[:, 12:18], blue, red).mean() > 0.7
    assert more(seaside[:, 21:], red, blue).mean() > 0.7  # sand
    assert more(grassland[:, 18:], green, blue).mean() > 0.8
    # Mountains are lit from the left: left of the middle they are brighter than right of it.
    flanks = mountains[:, 13:18].mean(axis=(1, 3))
    assert (flanks[:, 8:11].mean(axis=1) > flanks[:, 13:16].mean(axis=1) + 0.1).mean() > 0.8
