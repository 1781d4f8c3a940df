"""Steps of the discriminator that are only thought: the generator meets it a few steps later."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

BETAS = (0.5, 0.999)
"""Adam's, for all networks of the ring."""
RATE_AHEAD = 1e-3
"""Learning rate of the steps that are only thought."""
_TINY = 1e-12  # inside the root, whose slope at 0 is infinite


class Moments(NamedTuple):
    """What Adam remembers of the gradients so far, and how many steps it made."""

    first: Tensor
    second: Tensor
    steps: int

    @classmethod
    def of(cls, optimizer: torch.optim.Optimizer, parameters: Tensor) -> Moments:
        """Return a copy of what PyTorch's Adam remembers; zeros before its first step."""
        state = optimizer.state[parameters]
        if not state:
            return cls(torch.zeros_like(parameters), torch.zeros_like(parameters), 0)
        return cls(state["exp_avg"].clone(), state["exp_avg_sq"].clone(), int(state["step"]))


def looked_ahead(
    loss: Callable[[Tensor], Tensor],
    parameters: Tensor,
    moments: Moments,
    steps: int,
    detached: bool = False,
) -> Tensor:
    """Return the parameters after some steps of Adam, as a function of all that `loss` depends on.

    Parameters
    ----------
    loss
        Of the parameters; a sum over networks, whose gradients are independent.
    parameters
        Require a gradient; they are not changed.
    detached
        Whether the result is a constant, as if the steps had been made by somebody else.
    """
    first, second, made = moments
    for step in range(made + 1, made + steps + 1):
        (slope,) = torch.autograd.grad(loss(parameters), parameters, create_graph=not detached)
        first = BETAS[0] * first + (1 - BETAS[0]) * slope
        second = BETAS[1] * second + (1 - BETAS[1]) * slope**2
        mean = first / (1 - BETAS[0] ** step)
        square = second / (1 - BETAS[1] ** step)
        parameters = parameters - RATE_AHEAD * mean / (square + _TINY).sqrt()
        if detached:
            parameters = parameters.detach().requires_grad_()
    return parameters
