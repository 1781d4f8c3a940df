"""Exercise 11.4: one step of training a denoising autoencoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks import Exercise, Fault
from course_utils.checks.agreement import Agreement
from course_utils.lessons.autoencoders.exercises.common import LECTURE
from course_utils.lessons.autoencoders.exercises.loss import hole_loss
from course_utils.verify.training import (
    WITH_GRAPH,
    expect_float,
    number,
    switches_kept,
    unchanged,
)

Step = Callable[..., Any]
_PIXELS = 12


def training_step(
    network: nn.Module, optimizer: torch.optim.Optimizer, pictures: Tensor, hole: Tensor
) -> float:
    erased = pictures * (1 - hole)
    painted = network(torch.cat([erased, hole], dim=1))
    loss = hole_loss(painted, pictures, hole)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def _trained(step: Step) -> Callable[[int], Any]:
    """Return the weights and losses that three steps lead to, from the same start for all."""

    def of_seed(seed: int) -> Any:
        generator = torch.Generator().manual_seed(seed)

        def drawn(*shape: int) -> Tensor:
            return torch.rand(*shape, generator=generator)

        network = nn.Sequential(nn.Linear(2 * _PIXELS, 9), nn.Tanh(), nn.Linear(9, _PIXELS))
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.copy_(drawn(*parameter.shape) - 0.5)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.3, momentum=0.5)
        losses = []
        for _ in range(3):
            pictures = drawn(5, _PIXELS)
            hole = (drawn(5, _PIXELS) < 0.4).float()
            with (
                switches_kept(_ASLEEP, network=network),
                unchanged(hole=hole),
                unchanged(_OVERWRITTEN, pictures=pictures),
            ):
                loss = step(network, optimizer, pictures, hole)
            losses.append(number("the loss", loss))
        weights = torch.cat([p.detach().flatten() for p in network.parameters()])
        return weights.numpy(), np.array(losses)

    return of_seed


_OVERWRITTEN = (
    "the clean pictures are overwritten, and the target is gone: erase in a new tensor, as"
    " pictures * (1 - hole)"
)
_ASLEEP = "network.eval() is for use: dropout and batch norm train in network.train() only"


def _step(
    seen: Callable[[Tensor, Tensor], Tensor] = lambda x, h: torch.cat([x * (1 - h), h], dim=1),
    loss_of: Callable[..., Tensor] = hole_loss,
    plan: str = "zero_grad backward step",
) -> Step:
    """Return a step with another input, another loss or another order."""

    def step(network: nn.Module, optimizer: torch.optim.Optimizer, x: Tensor, h: Tensor) -> float:
        loss = loss_of(network(seen(x, h)), x, h)
        for word in plan.split():
            if word == "backward":
                loss.backward()
            else:
                getattr(optimizer, word)()
        return loss.item()

    return step


def _step_first(network: nn.Module, optimizer: Any, x: Tensor, h: Tensor) -> float:
    optimizer.step()
    return _step(plan="zero_grad backward")(network, optimizer, x, h)


def _loss_of_afterwards(
    network: nn.Module, optimizer: torch.optim.Optimizer, x: Tensor, h: Tensor
) -> float:
    training_step(network, optimizer, x, h)
    return hole_loss(network(torch.cat([x * (1 - h), h], dim=1)), x, h).item()


def _by_another_optimizer(
    network: nn.Module, optimizer: torch.optim.Optimizer, x: Tensor, h: Tensor
) -> float:
    """Change the weights by rate and gradient, which leaves the optimizer's momentum out."""
    plain = torch.optim.SGD(network.parameters(), lr=optimizer.param_groups[0]["lr"])
    return training_step(network, plain, x, h)


_NOTHING_MOVES = (
    "no weight moves: backward or optimizer.step() is missing, or zero_grad stands between them"
)
_FAULTY: dict[str, Step] = {
    "the target is the erased picture: the network learns to paint 0 into the hole; compare with"
    " the clean picture": _step(loss_of=lambda p, x, h: hole_loss(p, x * (1 - h), h)),
    "the network is shown the clean picture, and has nothing to repair: give it the erased one": (
        _step(seen=lambda x, h: torch.cat([x, h], dim=1))
    ),
    "the target is the erased picture, and the loss is over the whole: compare with the clean"
    " picture over the hole": _step(loss_of=lambda p, x, h: ((p - x * (1 - h)) ** 2).mean()),
    "the flags are turned round: beside the pixels the network reads `hole`, 1 where it is"
    " erased": _step(seen=lambda x, h: torch.cat([x * (1 - h), 1 - h], dim=1)),
    "the flags are all 0, so that the network is not told where the hole is": _step(
        seen=lambda x, h: torch.cat([x * (1 - h), torch.zeros_like(h)], dim=1)
    ),
    "erased pixels are grey, 0.5, beside the flags; here they are 0": _step(
        seen=lambda x, h: torch.cat([torch.where(h == 1, 0.5, x), h], dim=1)
    ),
    "optimizer.step() is called twice": _step(plan="zero_grad backward step step"),
    "the visible part is erased instead of the hole: multiply by 1 - hole": _step(
        seen=lambda x, h: torch.cat([x * h, h], dim=1)
    ),
    "pixels and flags are exchanged: first the erased picture, then the hole": _step(
        seen=lambda x, h: torch.cat([h, x * (1 - h)], dim=1)
    ),
    "the loss is the mean over the whole picture; here it is over the hole": _step(
        loss_of=lambda p, x, h: ((p - x) ** 2).mean()
    ),
    "the loss is over the visible part; hole is 1 where the picture is erased": _step(
        loss_of=lambda p, x, h: hole_loss(p, x, 1 - h)
    ),
    "the sum over the hole is divided by all pixels; hole_loss divides by the erased ones": _step(
        loss_of=lambda p, x, h: nn.functional.mse_loss(p * h, x * h)
    ),
    "the erased picture is read twice: the second half is the hole": _step(
        seen=lambda x, h: torch.cat([x * (1 - h), x * (1 - h)], dim=1)
    ),
    "the loss is the sum over the hole; hole_loss is its mean": _step(
        loss_of=lambda p, x, h: ((p - x) ** 2 * h).sum()
    ),
    "the errors are not squared; hole_loss squares them": _step(
        loss_of=lambda p, x, h: ((p - x).abs() * h).sum() / h.sum()
    ),
    "the loss is computed anew after the step; return the one that the step was made from": (
        _loss_of_afterwards
    ),
    "zero_grad is missing: the gradients of earlier steps are still there": _step(
        plan="backward step"
    ),
    _NOTHING_MOVES: _step(plan="zero_grad backward"),
    "step comes before backward: it uses the gradients of the step before": _step_first,
    "the weights are changed without the optimizer that is given: call its step()": (
        _by_another_optimizer
    ),
}

_HELD = Agreement(
    cache(_trained(training_step)),
    lambda rng: (int(rng.integers(1000)),),
    ("the weights after three steps", "the three losses"),
    tuple(Fault(says, cache(_trained(wrong))) for says, wrong in _FAULTY.items()),
    tolerance=1e-5,
)


def _a_number(step: Step) -> None:
    network = nn.Linear(4, 2)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    expect_float(step(network, optimizer, torch.ones(3, 2), torch.tensor([[1.0, 0.0]] * 3)))


def _wrong() -> Iterator[tuple[Step, str]]:
    def with_graph(network: Any, optimizer: Any, x: Tensor, h: Tensor) -> Any:
        loss = hole_loss(network(torch.cat([x * (1 - h), h], dim=1)), x, h)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    def overwrites(network: Any, optimizer: Any, x: Tensor, h: Tensor) -> Any:
        x *= 1 - h
        return training_step(network, optimizer, x, h)

    def sleeps(network: Any, optimizer: Any, x: Tensor, h: Tensor) -> Any:
        network.eval()
        return training_step(network, optimizer, x, h)

    yield from ((wrong, says) for says, wrong in _FAULTY.items())
    yield _step(plan="backward zero_grad step"), _NOTHING_MOVES
    yield _step(plan="zero_grad step"), _NOTHING_MOVES
    yield with_graph, WITH_GRAPH
    yield overwrites, _OVERWRITTEN
    yield sleeps, _ASLEEP


check_training_step = Exercise(
    item="11.4",
    lecture=LECTURE,
    name="training_step",
    title="One step of training",
    reference=training_step,
    properties={
        "three steps lead to the right weights and losses": lambda step: _HELD(_trained(step)),
        "the loss is returned as a number": _a_number,
    },
    wrong=_wrong,
    hints=(
        "Two pictures play a part: the damaged one and the clean one. Which is read, and which is"
        " compared with?",
        "Erase in a new tensor, put the hole beside it with `torch.cat`, take the loss over the"
        " hole against the clean pictures; then `zero_grad`, `backward`, `step`.",
        """
        def training_step(network, optimizer, pictures, hole):
            erased = pictures * ...
            painted = network(torch.cat([..., hole], dim=1))
            loss = hole_loss(painted, ..., hole)
            optimizer.zero_grad()
            ...
            optimizer.step()
            return loss.item()
        """,
    ),
)
