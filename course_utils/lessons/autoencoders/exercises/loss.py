"""Exercise 11.3: the loss over the hole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from course_utils.checks import Exercise, Fault, expect
from course_utils.checks.agreement import Agreement
from course_utils.checks.properties import NO_RETURN
from course_utils.lessons.autoencoders.exercises.common import LECTURE
from course_utils.verify.training import number, unchanged


def hole_loss(painted: Tensor, pictures: Tensor, hole: Tensor) -> Tensor:
    return ((painted - pictures) ** 2 * hole).sum() / hole.sum()


def _of_arrays(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return the loss, and its gradient by what was painted, as arrays."""

    def loss_and_gradient(painted: np.ndarray, pictures: np.ndarray, hole: np.ndarray) -> Any:
        free = torch.tensor(painted, requires_grad=True)
        clean, erased = torch.tensor(pictures), torch.tensor(hole)
        with unchanged(painted=free, pictures=clean, hole=erased):
            loss = answer(free, clean, erased)
        expect(loss is not None, "the loss is None", NO_RETURN)
        if isinstance(loss, tuple | list):
            number("the loss", loss)  # it says that there is more than one
        expect(
            isinstance(loss, Tensor), f"the loss is of type {type(loss).__name__}", _STAYS_A_TENSOR
        )
        expect(
            loss.ndim == 0,
            f"the loss has shape {tuple(loss.shape)}, expected one number",
            "it is not averaged: sum, then divide by the number of erased pixels",
        )
        expect(loss.requires_grad, "the loss has no gradient", _STAYS_A_TENSOR)
        (gradient,) = torch.autograd.grad(loss, free)
        return loss.item(), gradient.numpy()

    return loss_and_gradient  # fmt: skip


_STAYS_A_TENSOR = "stay with tensors: .item(), .numpy() and .detach() lose the gradient"


def _pictures(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return four pictures with holes of different sizes, such as 0.0 and 1.0."""
    hole = np.zeros((4, 36))
    for row, size in zip(hole, rng.permutation([4, 9, 12, 20]), strict=True):
        row[rng.permutation(36)[:size]] = 1.0
    return rng.uniform(0, 1, (4, 36)), rng.uniform(0, 1, (4, 36)), hole


Loss = Callable[[Tensor, Tensor, Tensor], Tensor]
_FAULTY: dict[str, Loss] = {
    "it is the mean over the whole picture; only the hole counts": lambda p, x, h: (
        (p - x) ** 2
    ).mean(),
    "the sum over the hole is divided by all pixels, so that a small hole counts less: divide by"
    " the number of erased pixels": lambda p, x, h: ((p - x) ** 2 * h).mean(),
    "it is the mean over the visible pixels: `hole` is 1 where the picture is erased": (
        lambda p, x, h: ((p - x) ** 2 * (1 - h)).sum() / (1 - h).sum()
    ),
    "it is the sum; divide by the number of erased pixels": lambda p, x, h: (
        (p - x) ** 2 * h
    ).sum(),
    "the errors are not squared, their magnitude is taken": lambda p, x, h: (
        ((p - x).abs() * h).sum() / h.sum()
    ),
    "the errors are averaged with their signs, so that they cancel: square first": (
        lambda p, x, h: (((p - x) * h).sum() / h.sum()) ** 2
    ),
    "it is the root of the mean squared error; leave the root away": lambda p, x, h: (
        ((p - x) ** 2 * h).sum() / h.sum()
    ).sqrt(),
    "the sum is divided by the number of pictures; divide by the number of erased pixels": (
        lambda p, x, h: ((p - x) ** 2 * h).sum() / len(p)
    ),
    "each picture is averaged by itself, so that a pixel of a small hole counts more; average over"
    " all erased pixels at once": lambda p, x, h: (
        ((p - x) ** 2 * h).sum(dim=1) / h.sum(dim=1)
    ).mean(),
    "the hole is multiplied into what was painted only, and the visible part of the picture"
    " counts as an error": lambda p, x, h: ((p * h - x) ** 2).sum() / h.sum(),
    "the hole is multiplied into what was painted only, and the mean is taken over all pixels": (
        lambda p, x, h: ((p * h - x) ** 2).mean()
    ),
    "the hole is multiplied into the picture only, and what is painted outside of it counts": (
        lambda p, x, h: ((p - x * h) ** 2).sum() / h.sum()
    ),
    "the errors of all pixels are added, and divided by the number of erased ones: multiply by the"
    " hole first": lambda p, x, h: ((p - x) ** 2).sum() / h.sum(),
    "the sum is divided by the pixels of one picture; divide by the number of erased pixels": (
        lambda p, x, h: ((p - x) ** 2 * h).sum() / x.shape[1]
    ),
    "it is half of the mean squared error": lambda p, x, h: (
        0.5 * ((p - x) ** 2 * h).sum() / h.sum()
    ),
}

_HELD = Agreement(
    _of_arrays(hole_loss),
    _pictures,
    ("the loss", "its gradient by what was painted"),
    tuple(Fault(says, _of_arrays(wrong)) for says, wrong in _FAULTY.items()),
)

check_hole_loss = Exercise(
    item="11.3",
    lecture=LECTURE,
    name="hole_loss",
    title="The loss over the hole",
    reference=hole_loss,
    properties={
        "the loss of four pictures with holes of different sizes, and its gradient": (
            lambda answer: _HELD(_of_arrays(answer))
        )
    },
    wrong=lambda: ((wrong, says) for says, wrong in _FAULTY.items()),
    hints=(
        "Which pixels count, and how many are they?",
        "The squared errors times `hole` are 0 outside of the hole. Add them up, and divide by the"
        " number of erased pixels of the whole batch, which is the sum of `hole`.",
        """
        def hole_loss(painted, pictures, hole):
            squared = (painted - pictures) ** 2
            return (squared * ...).sum() / ...
        """,
    ),
)
