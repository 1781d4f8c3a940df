"""The two networks of lecture 08: what they look like, what they learn from, how they are trained.

The lecture prints the functions of this module.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from course_utils.lessons.seeing_objects.shapes import COLUMNS, ROWS

BATCH, RATE = 16, 1.5e-2
SCALE = 10.0
"""The detector gives distances in units of so many pixels."""
_REACH = 1.6  # pixels around a head in which the detector learns the box

Targets = tuple[torch.Tensor, ...]


def network(outputs: int) -> nn.Sequential:
    """Return a fully convolutional network: (batch, 3, 36, 48) to (batch, outputs, 36, 48).

    The first layer halves the resolution. The last gives four numbers for each output and place,
    which `PixelShuffle` lays out as 2 × 2 pixels.
    """
    layers: list[nn.Module] = [nn.Conv2d(3, 8, 5, stride=2, padding=2)]
    for inputs, features in ((8, 16), (16, 16), (16, 16)):
        layers += [
            nn.BatchNorm2d(inputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(inputs, features, 3, padding=1),
        ]
    layers += [
        nn.BatchNorm2d(16),
        nn.ReLU(inplace=True),
        nn.Conv2d(16, 4 * outputs, 1),
        nn.PixelShuffle(2),
    ]
    return nn.Sequential(*layers)


def mask_loss(output: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of every pixel: person or not."""
    return nn.functional.binary_cross_entropy_with_logits(output[:, 0], mask)


def box_loss(
    output: torch.Tensor, heat: torch.Tensor, sides: torch.Tensor, near: torch.Tensor
) -> torch.Tensor:
    """Return the loss of a heat map of heads and, near a head, of the distances to its box.

    `heat` (batch, 36, 48) is 1 in the middle of each head and falls off around it; `sides` (batch,
    4, 36, 48) are the distances to the box's left, top, right and bottom; `near` (batch, 36, 48) is
    1 where these count. Heads are few pixels, so they weigh up to nine times as much.
    """
    heads = nn.functional.binary_cross_entropy_with_logits(output[:, 0], heat, weight=1 + 8 * heat)
    distances = ((output[:, 1:] - sides).abs().mean(dim=1) * near).sum() / near.sum()
    return heads + 0.3 * distances


def train(
    images: torch.Tensor,
    targets: Targets,
    loss: Callable[..., torch.Tensor],
    outputs: int,
    steps: int,
    seed: int,
) -> nn.Sequential:
    """Return a network trained with Adam, whose rate rises and falls again (one cycle).

    It computes with the precision of `images`, and is returned in float32.
    """
    torch.manual_seed(seed)
    net = network(outputs).to(images.dtype, memory_format=torch.channels_last)
    nn.init.constant_(net[-2].bias[:4], -2.0)  # most pixels show nobody
    optimizer = torch.optim.Adam(net.parameters(), RATE, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps)
    for _ in range(steps):
        chosen = torch.randint(len(images), (BATCH,))
        step_loss = loss(net(normalized(images[chosen])), *(part[chosen] for part in targets))
        optimizer.zero_grad()
        step_loss.backward()
        optimizer.step()
        schedule.step()
    return net.float().eval()


def normalized(images: torch.Tensor) -> torch.Tensor:
    """Return images from 0 to 1 with about mean 0 and deviation 1, the same for all of them."""
    return (images - 0.5) / 0.25


def box_targets(heads: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return `heat`, `sides` and `near` of one room, as `box_loss` takes them, float32."""
    y, x = np.mgrid[:ROWS, :COLUMNS] + 0.5
    heat, sides = np.zeros((ROWS, COLUMNS)), np.zeros((4, ROWS, COLUMNS))
    nearest = np.full((ROWS, COLUMNS), _REACH**2)
    for head, (x0, y0, x1, y1) in zip(np.floor(heads) + 0.5, boxes, strict=True):
        squared = (x - head[0]) ** 2 + (y - head[1]) ** 2
        heat = np.maximum(heat, np.exp(-squared / 2))
        mine = squared < nearest
        nearest[mine] = squared[mine]
        sides[:, mine] = np.stack([x - x0, y - y0, x1 - x, y1 - y])[:, mine] / SCALE
    return tuple(a.astype(np.float32) for a in (heat, sides, nearest < _REACH**2))
