import pytest
import torch

from course_utils.lessons.gans.landscapes.measurements import (
    drawn,
    measured,
    nearest,
    quality,
    repaired,
    spread,
    unseen,
)
from course_utils.lessons.gans.landscapes.painter import KINDS
from course_utils.lessons.gans.landscapes.shipped import generator


def test_the_shipped_generator_draws_every_kind_varied_and_not_copied():
    found = quality(100)
    assert min(found.strict) >= 0.9
    assert min(found.spread) > 0.8
    assert min(found.nearest) > 0.85


def test_copies_would_be_noticed():
    x = unseen(10)[0]
    assert nearest(x, x) == pytest.approx(0, abs=1e-2)
    assert nearest(x[:10], x[10:]) > 5


def test_one_picture_again_and_again_has_no_spread():
    x = unseen(1)[0]
    assert spread(x[:1].expand(10, -1, -1, -1)) == pytest.approx(0, abs=1e-2)
    assert spread(torch.cat([x[:1], x[:1] + 1])) == pytest.approx((3 * 24 * 24) ** 0.5, rel=1e-4)


def test_the_label_decides_the_kind_and_the_noise_does_not():
    found = measured(100)
    assert len(found.label_changed) == len(KINDS)
    assert min(found.label_changed) > 0.85
    assert found.same_sky < 1
    x, labels = drawn(generator(), 100, each=2)
    assert labels.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert len(x) == 10


def test_repairs_leave_what_is_visible_and_beat_the_mean():
    found = repaired(100, each=2)
    for picture in found.painted.values():
        assert (picture * (1 - found.mask) == found.x * (1 - found.mask)).all()
    mean, _, net, search = (errors.mean() for errors in found.errors().values())
    assert net < 0.6 * mean
    assert search < 0.8 * mean
