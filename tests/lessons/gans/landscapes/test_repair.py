import numpy as np
import torch

from course_utils.lessons.gans.landscapes.measurements import codes
from course_utils.lessons.gans.landscapes.repair import hole_errors, holes, search
from course_utils.lessons.gans.landscapes.shipped import generator


def test_a_hole_is_one_rectangle_of_8_to_11_pixels_anywhere():
    masks = holes(500, np.random.default_rng(0))[:, 0]
    rows, columns = masks.amax(dim=2), masks.amax(dim=1)
    assert (masks == rows[:, :, None] * columns[:, None, :]).all()
    for side in (rows, columns):
        assert set(side.sum(dim=1).tolist()) == {8, 9, 10, 11}
        assert (side.diff(dim=1).abs().sum(dim=1) <= 2).all()  # in one piece
        assert (side.mean(dim=0) > 0).all()


def test_the_error_counts_the_hole_alone():
    x, mask = torch.zeros(1, 3, 24, 24), torch.zeros(1, 1, 24, 24)
    mask[..., :4, :4] = 1
    y = x.clone()
    y[..., 10:, 10:] = 5
    assert hole_errors(y, x, mask).item() == 0
    y[..., :4, :4] = 2
    assert hole_errors(y, x, mask).item() == 4


def test_the_search_finds_a_picture_of_the_generators_own():
    label = torch.tensor([1, 3, 3])
    with torch.no_grad():
        x = generator()(codes(3, 8), label)
    mask = holes(3, np.random.default_rng(1))
    before = [p.clone() for p in generator().parameters()]
    found = search(generator(), x, mask, label, np.random.default_rng(2))
    assert hole_errors(found, x, 1 - mask).mean() < 0.02
    assert hole_errors(found, x, mask).mean() < 0.1
    assert all((p == old).all() for p, old in zip(generator().parameters(), before, strict=True))
