"""Exercises 13.4 and 13.5: one step of training, and an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Exercise, expect
from course_utils.checks.properties import NO_RETURN
from course_utils.lessons.pytorch_on_a_device.exercises.common import LECTURE, agreement

Step = Callable[..., Any]
_INPUTS, _CLASSES = 5, 3
_WITH_GRAPH = "the loss is returned with its graph, which stays in memory: loss.item() is a number"


def train_step(
    network: nn.Module, optimizer: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor
) -> float:
    optimizer.zero_grad()
    loss = F.cross_entropy(network(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def _network(seed: int, drops: float = 0.0) -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(
            nn.Linear(_INPUTS, 8), nn.Tanh(), nn.Dropout(drops), nn.Linear(8, _CLASSES)
        )


def _data(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, _INPUTS, generator=generator)
    return x, torch.randint(_CLASSES, (count,), generator=generator)


def _trained(step: Step) -> Callable[..., Any]:
    """Return the weights and losses that three steps lead to, from the same start for all."""

    def of_arrays(seed: int) -> Any:
        network = _network(seed)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.3, momentum=0.5)
        losses = [step(network, optimizer, *_data(seed + i, 7)) for i in range(3)]
        weights = torch.cat([p.detach().flatten() for p in network.parameters()])
        return weights.numpy(), np.array([float(loss) for loss in losses])

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


_NOTHING_MOVES = (
    "no weight moves: optimizer.step() is missing, or zero_grad stands between backward and it"
)
_FAULTY_STEPS: Mapping[str, Step] = {
    "zero_grad is missing: the gradients of earlier steps are still there": _with_plan(
        "backward step"
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
}


def _a_number(step: Step) -> None:
    network = _network(1)
    loss = step(network, torch.optim.SGD(network.parameters(), lr=0.1), *_data(1, 6))
    expect(loss is not None, "the returned loss is None", NO_RETURN)
    graph = isinstance(loss, torch.Tensor) and loss.requires_grad
    expect(not graph, "the returned loss requires a gradient", _WITH_GRAPH)
    expect(isinstance(loss, float), f"the returned loss is of type {type(loss).__name__}", _FLOAT)


_FLOAT = "a float is asked for: loss.item()"


def _wrong_steps() -> Iterator[tuple[Step, str]]:
    for says, wrong in _FAULTY_STEPS.items():
        yield wrong, says

    def with_graph(network: Any, optimizer: Any, x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        return loss

    yield with_graph, _WITH_GRAPH
    yield _with_plan("backward zero_grad step"), _NOTHING_MOVES


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


def evaluate(network: nn.Module, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> float:
    was_training = network.training
    network.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(network(x), y, reduction="sum").item()
            count += len(y)
    network.train(was_training)
    return total / count


def _evaluated(answer: Callable[..., Any]) -> Callable[..., Any]:
    def of_arrays(seed: int) -> Any:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)  # for an answer in which units are dropped
            found = answer(_network(seed, drops=0.5), _batches(seed))
        expect(found is not None, "the mean loss is None", NO_RETURN)
        return np.array(float(found))

    return of_arrays


def _batches(seed: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return [_data(seed, 16), _data(seed + 1, 16), _data(seed + 2, 3)]


def _mean_of_means(network: nn.Module, batches: Any) -> float:
    return float(np.mean([evaluate(network, [batch]) for batch in batches]))


def _in_training(network: nn.Module, batches: Any) -> float:
    total = sum(F.cross_entropy(network(x), y, reduction="sum").item() for x, y in batches)
    return total / sum(len(y) for _, y in batches)


_FAULTY_EVALUATIONS: Mapping[str, Callable[..., Any]] = {
    "it is the mean of the batches' means, and the last batch is smaller: divide the sum over all"
    " samples by their number": _mean_of_means,
    "network.eval() is missing: dropout still drops": _in_training,
    "it is the sum over all samples; divide by their number": lambda n, batches: (
        evaluate(n, batches) * sum(len(y) for _, y in batches)
    ),
    "only the last batch counts": lambda n, batches: evaluate(n, batches[-1:]),
    "only the first batch counts": lambda n, batches: evaluate(n, batches[:1]),
    "it is divided by the number of batches; divide by the number of samples": lambda n, batches: (
        evaluate(n, batches) * sum(len(y) for _, y in batches) / len(batches)
    ),
}
_NO_GRAD = "torch.no_grad() is missing: a graph is built that nobody needs"
_LEFT = "the network is left as eval() made it: network.train(was_training) at the end"


def _leaves_the_mode(answer: Callable[..., Any]) -> None:
    for training in (True, False):
        network = _network(2, drops=0.5).train(training)
        answer(network, _batches(2))
        before = "in training" if training else "not in training"
        cause = _LEFT if training else _PUT_IN_TRAINING
        expect(
            network.training == training,
            f"the network was {before} and is left the other way",
            cause,
        )


_PUT_IN_TRAINING = "remember network.training before eval(), and go back to that"


def _builds_no_graph(answer: Callable[..., Any]) -> None:
    built: list[bool] = []
    network = _network(3)
    network.register_forward_hook(lambda *arguments: built.append(arguments[-1].requires_grad))
    answer(network, _batches(3))
    expect(not any(built), "the network's output requires a gradient", _NO_GRAD)


def _wrong_evaluations() -> Iterator[tuple[Callable[..., Any], str]]:
    for says, wrong in _FAULTY_EVALUATIONS.items():
        yield wrong, says

    def stays_in_eval(network: nn.Module, batches: Any) -> float:
        found = evaluate(network, batches)
        network.eval()
        return found

    def goes_to_training(network: nn.Module, batches: Any) -> float:
        found = evaluate(network, batches)
        network.train()
        return found

    def with_a_graph(network: nn.Module, batches: Any) -> float:
        before = network.training
        found = _in_training(network.eval(), batches)
        network.train(before)
        return found

    yield stays_in_eval, _LEFT
    yield goes_to_training, _PUT_IN_TRAINING
    yield with_a_graph, _NO_GRAD


check_evaluate = Exercise(
    item="13.5",
    lecture=LECTURE,
    name="evaluate",
    title="The mean loss of a table",
    reference=evaluate,
    properties={
        "the mean over all samples, with nothing dropped": agreement(
            _evaluated,
            evaluate,
            lambda rng: (int(rng.integers(1000)),),
            ("the mean loss",),
            _FAULTY_EVALUATIONS,
        ),
        "no graph is built": _builds_no_graph,
        "the network is left as it was": _leaves_the_mode,
    },
    wrong=_wrong_evaluations,
    hints=(
        "What does dropout do when nobody is training? And who has told it?",
        "`network.eval()` first, the loop in `with torch.no_grad():`, the sum over all samples"
        " divided by their number, and `network.train(was_training)` at the end.",
        """
        def evaluate(network, batches):
            was_training = network.training
            network.eval()
            total, count = 0.0, 0
            with torch.no_grad():
                for x, y in batches:
                    total += F.cross_entropy(network(x), y, reduction=...).item()
                    count += ...
            network.train(was_training)
            return ...
        """,
    ),
)
