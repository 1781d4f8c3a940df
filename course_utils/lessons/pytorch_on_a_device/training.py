"""Training, the finished version of what the lecture's exercise 4 asks for, over many batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def fit(
    network: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss: Loss = F.cross_entropy,
    optimizer: torch.optim.Optimizer | None = None,
    clears: bool = True,
) -> None:
    """Take one step on each of `batches`, pairs of inputs and targets.

    Parameters
    ----------
    loss
        Of the network's outputs and the targets.
    optimizer
        Gradient descent with rate 0.1 unless given.
    clears
        Whether the gradients of earlier steps are cleared, as they should be.
    """
    optimizer = optimizer or torch.optim.SGD(network.parameters(), lr=0.1)
    for x, y in batches:
        if clears:
            optimizer.zero_grad()
        loss(network(x), y).backward()
        optimizer.step()
