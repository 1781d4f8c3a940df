"""Exercise 13.5: an evaluation."""

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
    gradients_kept_on,
    number,
    switches_kept,
    weights_kept,
)


def evaluate(network: nn.Module, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> float:
    was_training = network.training
    network.eval()
    total, count = torch.tensor(0.0), 0
    with torch.no_grad():
        for x, y in batches:
            total = total + F.cross_entropy(network(x), y, reduction="sum")
            count += len(y)
    network.train(was_training)
    return (total / count).item()


def _evaluated(answer: Callable[..., Any]) -> Callable[..., Any]:
    def of_arrays(seed: int) -> Any:
        with gradients_kept_on(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)  # for an answer in which units are dropped
            found = answer(classifier(seed, drops=0.5), _batches(seed))
        return np.array(number("the mean loss", found))

    return of_arrays


def _batches(seed: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return [data(seed, 16), data(seed + 1, 16), data(seed + 2, 7)]


def _mean_of_means(network: nn.Module, batches: Any) -> float:
    return float(np.mean([evaluate(network, [batch]) for batch in batches]))


def _in_training(network: nn.Module, batches: Any) -> float:
    total = sum(F.cross_entropy(network(x), y, reduction="sum").item() for x, y in batches)
    return total / sum(len(y) for _, y in batches)


def _training_again(network: nn.Module, batches: Any) -> float:
    """Go back to training at the end of the loop's body, after the first batch."""
    sums = [evaluate(network, batches[:1]) * len(batches[0][1])]
    sums += [_in_training(network, [batch]) * len(batch[1]) for batch in batches[1:]]
    return sum(sums) / sum(len(y) for _, y in batches)


def _accuracy(network: nn.Module, batches: Any) -> float:
    x, y = (torch.cat(parts) for parts in zip(*batches, strict=True))
    was_training = network.training
    right = (network.eval()(x).argmax(1) == y).float().mean().item()
    network.train(was_training)
    return right


_FAULTY_EVALUATIONS: Mapping[str, Callable[..., Any]] = {
    "it is the mean of the batches' means, and the last batch is smaller: divide the sum over all"
    " samples by their number": _mean_of_means,
    "network.eval() is missing: dropout still drops": _in_training,
    "network.eval() is missing, and it is the mean of the batches' means: divide the sum over all"
    " samples by their number": lambda n, batches: float(
        np.mean([_in_training(n, [batch]) for batch in batches])
    ),
    "network.train(…) stands inside the loop: from the second batch on, dropout drops again": (
        _training_again
    ),
    "it is the sum over all samples; divide by their number": lambda n, batches: (
        evaluate(n, batches) * sum(len(y) for _, y in batches)
    ),
    "the batches' means are added up and divided by the number of samples; add up the sums, with"
    " reduction='sum'": lambda n, batches: (
        _mean_of_means(n, batches) * len(batches) / sum(len(y) for _, y in batches)
    ),
    "the batches' means are added up; add up the sums, and divide by the number of samples": (
        lambda n, batches: _mean_of_means(n, batches) * len(batches)
    ),
    "it is the accuracy; asked is the mean cross-entropy": _accuracy,
    "cross_entropy takes the scores themselves: a softmax before it is one too many": (
        lambda n, batches: evaluate(nn.Sequential(n, nn.Softmax(1)), batches)
    ),
    "the last batch is missing": lambda n, batches: evaluate(n, batches[:-1]),
    "only the last batch counts": lambda n, batches: evaluate(n, batches[-1:]),
    "only the last batch's sum is left: add the sums up, with +=": lambda n, batches: (
        evaluate(n, batches[-1:]) * len(batches[-1][1]) / sum(len(y) for _, y in batches)
    ),
    "only the first batch counts": lambda n, batches: evaluate(n, batches[:1]),
    "it is divided by the number of batches; divide by the number of samples": lambda n, batches: (
        evaluate(n, batches) * sum(len(y) for _, y in batches) / len(batches)
    ),
    "it is divided by the size of the last batch: add up the sizes, with `samples += len(x)`": (
        lambda n, batches: (
            evaluate(n, batches) * sum(len(y) for _, y in batches) / len(batches[-1][1])
        )
    ),
}
_NO_GRAD = "torch.no_grad() is missing: a graph is built that nobody needs"
_LEFT = "the network is left as eval() made it: network.train(was_training) at the end"


def _leaves_the_network(answer: Callable[..., Any]) -> None:
    for training in (True, False):
        network = classifier(2, drops=0.5).train(training)
        cause = _LEFT if training else _PUT_IN_TRAINING
        layers = repr(network)
        with (
            weights_kept(network=network),
            switches_kept(cause, network=network),
        ):
            answer(network, _batches(2))
        now = repr(network)
        expect(now == layers, "the network's layers are not what they were", _NO_LAYER)


_PUT_IN_TRAINING = "remember network.training before eval(), and go back to that"
_NO_LAYER = "a layer such as dropout is changed for ever: eval() and train() switch it off and on"


def _leaves_the_batches(answer: Callable[..., Any]) -> None:
    given = _batches(4)
    before = [(x, y, x.clone(), y.clone()) for x, y in given]
    answer(classifier(4), given)
    same = len(given) == len(before) and all(
        x is x0 and y is y0 and torch.equal(x, x1) and torch.equal(y, y1)
        for (x, y), (x0, y0, x1, y1) in zip(given, before, strict=True)
    )
    expect(same, "the list of batches is not what it was", _USED_UP)


_USED_UP = (
    "batches are taken out of the list, or changed: go through them with `for x, y in batches`"
)


def _builds_no_graph(answer: Callable[..., Any]) -> None:
    built: list[bool] = []
    network = classifier(3)
    for layer in network.modules():  # the layers too: network.forward(x) passes over its own hooks
        layer.register_forward_hook(lambda *arguments: built.append(arguments[-1].requires_grad))
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

    def uses_up(network: nn.Module, batches: Any) -> float:
        found = evaluate(network, batches)
        batches.clear()
        return found

    def by_forward(network: nn.Module, batches: Any) -> float:
        before = network.training
        x, y = (torch.cat(parts) for parts in zip(*batches, strict=True))
        found = F.cross_entropy(network.eval().forward(x), y).item()
        network.train(before)
        return found

    def without_dropout_for_ever(network: nn.Module, batches: Any) -> float:
        for layer in network.modules():
            if isinstance(layer, nn.Dropout):
                layer.p = 0.0
        with torch.no_grad():
            return _in_training(network, batches)

    yield uses_up, _USED_UP
    yield by_forward, _NO_GRAD
    yield without_dropout_for_ever, _NO_LAYER
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
        "the batches are left as they were": _leaves_the_batches,
        "the network is left as it was": _leaves_the_network,
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
                    total += F.cross_entropy(network(x), y, reduction=...)
                    count += ...
            network.train(was_training)
            return (...).item()
        """,
    ),
)
