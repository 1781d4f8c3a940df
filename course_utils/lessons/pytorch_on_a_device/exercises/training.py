"""Exercise 13.4: one step of training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Exercise, expect
from course_utils.lessons.pytorch_on_a_device.exercises.classifier import classifier, data
from course_utils.lessons.pytorch_on_a_device.exercises.common import LECTURE, agreement
from course_utils.verify.training import (
    WITH_GRAPH,
    expect_float,
    number,
    switches_kept,
    unchanged,
)

Step = Callable[..., Any]


def train_step(
    network: nn.Module, optimizer: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor
) -> float:
    optimizer.zero_grad()
    loss = F.cross_entropy(network(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def _trained(step: Step) -> Callable[..., Any]:
    """Return the weights and losses that three steps lead to, from the same start for all."""

    def of_arrays(seed: int) -> Any:
        network = classifier(seed)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.3, momentum=0.5)
        losses = []
        for i in range(3):
            x, y = data(seed + i, 7)
            with unchanged(x=x, y=y):
                losses.append(number("the loss", step(network, optimizer, x, y)))
        weights = torch.cat([p.detach().flatten() for p in network.parameters()])
        return weights.numpy(), np.array(losses)

    return of_arrays


def _with_plan(plan: str, mean: str = "mean") -> Step:
    """Return a step that does what `plan` names, in its order."""

    def step(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
        loss = F.cross_entropy(network(x), y, reduction=mean)
        for word in plan.split():
            if word == "backward":
                loss.backward()
            else:
                getattr(optimizer, word)()
        return loss.item()

    return step


def _after(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    train_step(network, optimizer, x, y)
    return F.cross_entropy(network(x), y).item()


def _on_probabilities(
    network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any
) -> float:
    return train_step(nn.Sequential(network, nn.Softmax(1)), optimizer, x, y)


def _step_first(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    optimizer.step()
    optimizer.zero_grad()
    loss = F.cross_entropy(network(x), y)
    loss.backward()
    return loss.item()


def _on_logarithms(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    """Take the negative score of the right class, as `nll_loss` does."""
    optimizer.zero_grad()
    loss = F.nll_loss(network(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def _by_squares(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    optimizer.zero_grad()
    loss = F.mse_loss(network(x), F.one_hot(y, network(x).shape[1]).float())
    loss.backward()
    optimizer.step()
    return loss.item()


def _two_steps(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    train_step(network, optimizer, x, y)
    return train_step(network, optimizer, x, y)


def _by_hand(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    """Change the weights by rate and gradient, which leaves the optimizer's momentum out."""
    plain = torch.optim.SGD(network.parameters(), lr=optimizer.param_groups[0]["lr"])
    return train_step(network, plain, x, y)


def _accuracy(network: nn.Module, optimizer: torch.optim.Optimizer, x: Any, y: Any) -> float:
    right = (network(x).argmax(1) == y).float().mean().item()
    train_step(network, optimizer, x, y)
    return right


_NOTHING_MOVES = (
    "no weight moves: backward or step is missing (or its brackets are), or zero_grad stands"
    " between backward and the step after it"
)
_FAULTY_STEPS: Mapping[str, Step] = {
    "zero_grad is missing (or its brackets are): the gradients of earlier steps are still there": (
        _with_plan("backward step")
    ),
    _NOTHING_MOVES: _with_plan("zero_grad backward"),
    "step comes before backward: it uses the gradients of the step before": _step_first,
    "the loss is the sum over the batch; take the mean": _with_plan(
        "zero_grad backward step", "sum"
    ),
    "the loss is computed after the step; return the one whose gradient was taken": _after,
    "cross_entropy takes the scores themselves: a softmax before it is one too many": (
        _on_probabilities
    ),
    "nll_loss takes logarithms of probabilities; cross_entropy takes the scores": _on_logarithms,
    "it is the squared error of the scores; the loss is F.cross_entropy": _by_squares,
    "two steps are taken; one call is one step": _two_steps,
    "the weights are changed without the optimizer that is given: call its step()": _by_hand,
    "the accuracy is returned; return the loss": _accuracy,
}


def _a_number(step: Step) -> None:
    network = classifier(1)
    expect_float(step(network, torch.optim.SGD(network.parameters(), lr=0.1), *data(1, 6)))


_EVAL = "eval() belongs to an evaluation: a step of training leaves the network's switch alone"


def _leaves_the_switch(step: Step) -> None:
    network, trained = classifier(1), []
    for layer in network.modules():
        layer.register_forward_hook(lambda layer, *_: trained.append(layer.training))
    with switches_kept(_EVAL, network=network):
        step(network, torch.optim.SGD(network.parameters(), lr=0.1), *data(1, 6))
    expect(all(trained), "the network is in evaluation while the loss is computed", _EVAL)


def _wrong_steps() -> Iterator[tuple[Step, str]]:
    for says, wrong in _FAULTY_STEPS.items():
        yield wrong, says

    def with_graph(network: Any, optimizer: Any, x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        return loss

    def in_evaluation(network: Any, optimizer: Any, x: Any, y: Any) -> float:
        return train_step(network.eval(), optimizer, x, y)

    def in_evaluation_and_back(network: Any, optimizer: Any, x: Any, y: Any) -> float:
        loss = train_step(network.eval(), optimizer, x, y)
        network.train()
        return loss

    yield in_evaluation_and_back, _EVAL
    yield with_graph, WITH_GRAPH
    yield in_evaluation, _EVAL
    for plan in ("backward zero_grad step", "zero_grad step", "zero_grad step backward"):
        yield _with_plan(plan), _NOTHING_MOVES


check_train_step = Exercise(
    item="13.4",
    lecture=LECTURE,
    name="train_step",
    title="One step of training",
    reference=train_step,
    properties={
        "the loss is returned as a number": _a_number,
        "three steps lead to the right weights and losses": agreement(
            _trained,
            train_step,
            lambda rng: (int(rng.integers(1000)),),
            ("the weights after three steps", "the three losses"),
            _FAULTY_STEPS,
        ),
        "the network is in training, and is left so": _leaves_the_switch,
    },
    wrong=_wrong_steps,
    hints=(
        "Where do the gradients of the step before go?",
        "Four lines: the gradients of the step before are set to zero, the loss is computed, its"
        " gradients are, and the optimizer takes its step.",
        """
        def train_step(network, optimizer, x, y):
            optimizer.zero_grad()
            loss = F.cross_entropy(..., y)
            ...
            optimizer.step()
            return loss.item()
        """,
    ),
)
