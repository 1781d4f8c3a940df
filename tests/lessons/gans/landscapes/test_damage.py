import numpy as np
import pytest
import torch

from course_utils.lessons.gans.landscapes.damage import DAMAGES, damaged
from course_utils.lessons.gans.landscapes.judge import NONE
from course_utils.lessons.gans.landscapes.measurements import UNSEEN, recognized, unseen
from course_utils.lessons.gans.landscapes.painter import pictures
from course_utils.lessons.gans.landscapes.shipped import judge


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_pictures_are_refused_by_the_strict_judge_alone(damage):
    x = torch.from_numpy(pictures(range(100), UNSEEN)[0])  # the kinds take turns
    before = x.clone()
    broken = damage(x, np.random.default_rng(0))
    assert broken.shape == x.shape
    assert broken.abs().max() <= 1.2
    assert (x == before).all()
    assert (broken - x).abs().flatten(1).mean(dim=1).min() > 0.01
    assert (judge(strict=True).verdicts(broken) == NONE).float().mean() > 0.8
    assert (judge(strict=False).verdicts(broken) < NONE).all()


def test_each_picture_is_damaged_in_one_way():
    x = unseen(20)[0]
    result = damaged(x, np.random.default_rng(1))
    assert ((result - x).abs().flatten(1).mean(dim=1) > 0.005).all()


def test_tiles_are_exchanged_and_nothing_is_lost():
    x = unseen(2)[0]
    shuffled = DAMAGES[2](x, np.random.default_rng(0))
    assert (shuffled.flatten(1).sort(dim=1).values == x.flatten(1).sort(dim=1).values).all()


@pytest.mark.parametrize("strict", [True, False])
def test_both_judges_know_real_pictures(strict):
    assert min(recognized(*unseen(), strict=strict)) > 0.9


def test_noise_is_nothing():
    noise = torch.rand((50, 3, 24, 24), generator=torch.Generator().manual_seed(0)) * 2 - 1
    assert (judge(strict=True).verdicts(noise) == NONE).all()
