"""Exercise 13.2: what is made new in a function goes where the input is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks import Exercise, NotRight
from course_utils.lessons.pytorch_on_a_device.exercises.common import (
    DEVICE,
    LECTURE,
    ON_THE_CPU,
    OTHER_TYPE,
    agreement,
    expect_like,
    with_arrays,
)

Function = Callable[[torch.Tensor], torch.Tensor]


def with_coordinates(images: torch.Tensor) -> torch.Tensor:
    batch, _, height, width = images.shape
    where = {"device": images.device, "dtype": images.dtype}
    rows = torch.linspace(-1, 1, height, **where).view(1, 1, height, 1)
    columns = torch.linspace(-1, 1, width, **where).view(1, 1, 1, width)
    size = (batch, 1, height, width)
    return torch.cat([images, rows.expand(size), columns.expand(size)], dim=1)


def _changed(change: Callable[[torch.Tensor], torch.Tensor]) -> Function:
    """Return the right function with another scale for both coordinates."""

    def wrong(images: torch.Tensor) -> torch.Tensor:
        whole = with_coordinates(images)
        return torch.cat([whole[:, :-2], change(whole[:, -2:])], dim=1)

    return wrong


def _in_pixels(images: torch.Tensor) -> torch.Tensor:
    size = torch.tensor(images.shape[2:], dtype=images.dtype).view(1, 2, 1, 1) - 1
    return _changed(lambda z: (z + 1) / 2 * size)(images)


def _short_of_one(images: torch.Tensor) -> torch.Tensor:
    size = torch.tensor(images.shape[2:], dtype=images.dtype).view(1, 2, 1, 1)
    return _changed(lambda z: (z + 1) * (size - 1) / size - 1)(images)


def _from_middles(images: torch.Tensor) -> torch.Tensor:
    size = torch.tensor(images.shape[2:], dtype=images.dtype).view(1, 2, 1, 1)
    return _changed(lambda z: z * (size - 1) / size)(images)


_FAULTY: dict[str, Function] = {
    "the channels of rows and columns are exchanged": _changed(lambda z: z.flip(1)),
    "the coordinates go from 0 to 1; they are to go from −1 to 1": _changed(lambda z: (z + 1) / 2),
    "the coordinates are counted in pixels; they are to go from −1 to 1": _in_pixels,
    "the last row and column do not reach 1: divide by height − 1 and width − 1": _short_of_one,
    "the coordinates go from 1 to −1; the first row and column are −1": _changed(lambda z: -z),
    "the rows' channel is there alone: the columns' channel follows it": lambda images: (
        with_coordinates(images)[:, :-1]
    ),
    "the images themselves are missing: the two channels are added to theirs": lambda images: (
        with_coordinates(images)[:, -2:]
    ),
    "these are the middles of pixels; the first row and column are −1, the last 1": _from_middles,
    "the coordinates come first; they follow the channels of the input": lambda images: (
        with_coordinates(images).roll(2, dims=1)
    ),
    "the rows' channel is there twice": _changed(lambda z: z[:, :1].expand(z.shape)),
    "the columns' channel is there twice": _changed(lambda z: z[:, 1:].expand(z.shape)),
}


def _draw(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    shape = (*rng.integers(1, 5, size=2), *rng.permutation([4, 6]))
    return (rng.normal(size=shape).astype(np.float32),)


def _other_type(answer: Function) -> None:
    for dtype in (
        torch.float64,
        torch.float16,
    ):  # float32 gives way to the first, not to the second
        images = torch.zeros(3, 3, 4, 5, dtype=dtype)
        expect_like("the result", answer(images), with_coordinates(images))


_MOVED = "the images are moved to the CPU: leave them where they are"
_READ = "it reads a number out of the images; the stand-in for the card has none, only shapes"


def _elsewhere(answer: Function) -> None:
    images = torch.zeros(3, 3, 4, 5, device=DEVICE)
    try:
        got: Any = answer(images)
    except (RuntimeError, NotImplementedError) as error:
        message = str(error).split(". ")[0].rstrip(".!")
        causes = {"Cannot copy": _MOVED, "not on the expected device": ON_THE_CPU, ".item()": _READ}
        cause = next((cause for words, cause in causes.items() if words in message), "")
        raise NotRight(f"for images that are not on the CPU it raises: {message}", cause) from None
    expect_like("the result", got, with_coordinates(images))


def _on_the_cpu(images: torch.Tensor) -> torch.Tensor:
    n, _, height, width = images.shape
    rows = torch.linspace(-1, 1, height, dtype=images.dtype).view(1, 1, height, 1)
    columns = torch.linspace(-1, 1, width, dtype=images.dtype).view(1, 1, 1, width)
    size = (n, 1, height, width)
    return torch.cat([images, rows.expand(size), columns.expand(size)], dim=1)


def _of_float32(images: torch.Tensor) -> torch.Tensor:
    like = images.to(torch.float32)
    return torch.cat([images, with_coordinates(like)[:, -2:]], dim=1)


def _wrong() -> Iterator[tuple[Function, str]]:
    for says, wrong in _FAULTY.items():
        yield wrong, says
    yield _on_the_cpu, ON_THE_CPU
    yield lambda images: with_coordinates(images.float()), OTHER_TYPE
    yield _of_float32, OTHER_TYPE
    yield lambda images: with_coordinates(images.cpu()), _MOVED


check_with_coordinates = Exercise(
    item="13.2",
    lecture=LECTURE,
    name="with_coordinates",
    title="Two channels that say where a pixel is",
    reference=with_coordinates,
    properties={
        "the right numbers, on three fresh batches": agreement(
            with_arrays, with_coordinates, _draw, ("the result",), _FAULTY
        ),
        "the dtype of the input": _other_type,
        "on the device of the input": _elsewhere,
    },
    wrong=_wrong,
    hints=(
        "Which of your tensors are not computed from `images`? Those are made new.",
        "`torch.linspace(-1, 1, height, device=images.device, dtype=images.dtype)` is a number"
        " for each row. `view` and `expand` bring it to (batch, 1, height, width); `torch.cat` with"
        " dim=1 puts the channels together.",
        """
        def with_coordinates(images):
            batch, _, height, width = images.shape
            rows = torch.linspace(-1, 1, height, device=..., dtype=...).view(1, 1, height, 1)
            columns = ...
            size = (batch, 1, height, width)
            return torch.cat([images, rows.expand(size), columns.expand(size)], dim=...)
        """,
    ),
)
