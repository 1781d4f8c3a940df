"""Answers that raise in the checks, and what is said of them."""

import torch
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Outcome
from course_utils.lessons.pytorch_on_a_device.exercises import (
    check_train_step,
    check_with_coordinates,
)


def test_a_batch_of_two_is_not_taken_for_granted() -> None:
    def for_two(images):
        _, _, height, width = images.shape
        like = {"device": images.device, "dtype": images.dtype}
        rows = torch.linspace(-1, 1, height, **like).view(1, 1, height, 1)
        columns = torch.linspace(-1, 1, width, **like).view(1, 1, 1, width)
        size = (2, 1, height, width)
        return torch.cat([images, rows.expand(size), columns.expand(size)], 1)

    assert check_with_coordinates(for_two).outcome is Outcome.RAISED


def test_a_step_before_its_gradients_is_told_in_plain_words() -> None:
    def too_early(network, optimizer, x, y):
        loss = F.cross_entropy(network(x), y)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        return loss.item()

    verdict = check_train_step(too_early)
    assert verdict.outcome is Outcome.RAISED
    assert "by `optimizer.step()` before `backward()`" in repr(verdict)
