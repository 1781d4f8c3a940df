"""Pictures that are none: real ones, damaged as badly trained generators damage theirs.

Each function takes pictures (B, 3, 24, 24) and a random generator, and returns as many damaged
ones. Six of them teach the strict judge what to refuse; on three others it is tried.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch.nn.functional import affine_grid, avg_pool2d, grid_sample, interpolate, pad

from course_utils.lessons.gans.landscapes.painter import SIDE

_TILE = 8


def blurred(x: torch.Tensor, _: np.random.Generator) -> torch.Tensor:
    """Replace every pixel by the mean of the 5×5 pixels around it."""
    return avg_pool2d(pad(x, (2, 2, 2, 2), mode="replicate"), kernel_size=5, stride=1)


def mixed(x: torch.Tensor, _: np.random.Generator) -> torch.Tensor:
    """Lay another picture half transparently over each."""
    return 0.5 * x + 0.5 * x.roll(1, dims=0)


def shuffled(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Exchange the nine tiles of 8×8 pixels: all details are right, the whole is not."""
    count = SIDE // _TILE
    tiles = x.unfold(2, _TILE, _TILE).unfold(3, _TILE, _TILE).reshape(len(x), 3, -1, _TILE, _TILE)
    tiles = tiles[:, :, rng.permutation(count * count)]
    rows = tiles.reshape(len(x), 3, count, count, _TILE, _TILE).transpose(3, 4)
    return rows.reshape(x.shape)


def noisy(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Blur, then disturb every pixel by itself."""
    noise = rng.standard_normal(tuple(x.shape), dtype=np.float32)
    return (blurred(x, rng) + 0.25 * torch.from_numpy(noise)).clamp(-1, 1)


def smeared(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Displace every pixel by some pixels, near ones alike: lines bend, shapes melt."""
    return _displaced(x, rng, knots=7, pixels=2.5)


def crumpled(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Displace every pixel by about one, only the nearest alike: edges fray."""
    return _displaced(x, rng, knots=13, pixels=1.2)


def _displaced(
    x: torch.Tensor, rng: np.random.Generator, knots: int, pixels: float
) -> torch.Tensor:
    coarse = rng.standard_normal((len(x), 2, knots, knots), dtype=np.float32)
    fine = interpolate(torch.from_numpy(coarse), size=(SIDE, SIDE), mode="bicubic")
    way = fine.permute(0, 2, 3, 1) * (pixels * 2 / SIDE)  # for grid_sample, a picture is 2 wide
    places = affine_grid(torch.eye(2, 3).repeat(len(x), 1, 1), list(x.shape), align_corners=False)
    return grid_sample(x, places + way, padding_mode="border", align_corners=False)


DAMAGES: tuple[Callable[[torch.Tensor, np.random.Generator], torch.Tensor], ...] = (
    blurred,
    mixed,
    shuffled,
    noisy,
    smeared,
    crumpled,
)
"""What the strict judge learns to refuse."""


def only_noisy(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Disturb every pixel by itself, without a blur."""
    noise = rng.standard_normal(tuple(x.shape), dtype=np.float32)
    return (x + 0.25 * torch.from_numpy(noise)).clamp(-1, 1)


def red_for_blue(x: torch.Tensor, _: np.random.Generator) -> torch.Tensor:
    """Exchange red and blue."""
    return x.flip(1)


def mirrored(x: torch.Tensor, _: np.random.Generator) -> torch.Tensor:
    """Exchange left and right, which harms nothing but the light: it comes from the left."""
    return x.flip(3)


UNTAUGHT = (only_noisy, red_for_blue, mirrored)
"""What no judge has seen."""


def damaged(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Damage each picture in one of the six ways."""
    way = torch.from_numpy(rng.integers(0, len(DAMAGES), len(x)))[:, None, None, None]
    result = x
    for number, damage in enumerate(DAMAGES):
        result = torch.where(way == number, damage(x, rng), result)
    return result
