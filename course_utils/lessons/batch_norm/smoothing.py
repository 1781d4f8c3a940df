"""How smooth the loss is along the steps of training, after Santurkar et al. (2018)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor

from course_utils.computed import Computed
from course_utils.lessons.batch_norm.networks import (
    HIDDEN,
    batches,
    by_rate,
    digits,
    each,
    gradient,
    initial,
    length,
    moved,
)

EVERY = 20
"""Every so many steps the loss is looked at along the gradient."""
MULTIPLES = (0.5, 1.0, 2.0, 3.0, 4.0)
"""How far: so many times the step that training takes."""
RATES = (0.01, 0.03, 0.1, 0.3, 1.0)
DEEP, SHALLOW = (12, 32), (4, 64)
"""Hidden layers, and units in each."""


class Run(NamedTuple):
    """What was seen of a stack; the last two axes are (rates, seeds).

    Where a training diverged, the numbers are nan or inf.
    """

    loss: Tensor  # (steps, rates, seeds), of the mini-batch, before the step
    along: Tensor  # (looks, 1 + multiples, rates, seeds), the loss before and along the step
    change: Tensor  # (looks, multiples, rates, seeds), ‖g' − g‖ / ‖g‖

    @property
    def final(self) -> Tensor:
        """The mean loss of the last 20 mini-batches, (rates, seeds); inf if it diverged."""
        mean = self.loss[-20:].mean(dim=0)
        return torch.where(mean.isfinite(), mean, torch.inf)

    @property
    def loss_range(self) -> Tensor:
        """Largest minus smallest loss along the step, median over the run, (rates, seeds).

        Of a training that diverged it is inf.
        """
        there = self.along[:, 1:]
        return _over_the_run(there.amax(dim=1) - there.amin(dim=1))

    @property
    def gradient_change(self) -> Tensor:
        """The largest relative change of the gradient, median over the run, (rates, seeds).

        Of a training that diverged it is inf.
        """
        return _over_the_run(self.change.amax(dim=1))


def _over_the_run(looks: Tensor) -> Tensor:
    """Return the median over the first axis; inf where a look is not finite."""
    return looks.quantile(0.5, dim=0).nan_to_num(torch.inf, torch.inf)


@cache
def train(
    size: tuple[int, int], name: str, rates: tuple[float, ...], fixed: float | None = None
) -> Run:
    """Train a stack by gradient descent, and look along every twentieth step.

    Parameters
    ----------
    size
        Hidden layers, and units in each.
    name
        One of `HIDDEN`.
    rates
        Learning rates.
    fixed
        A learning rate whose multiples are looked at, instead of each network's own.
    """
    hidden = HIDDEN[name]
    x, y, *_ = digits()
    parameters = initial(*size, copies=len(rates))
    rate = each(rates)
    unit = rate if fixed is None else torch.full_like(rate, fixed)
    seen, along, change = [], [], []
    for step, chosen in enumerate(batches(copies=len(rates))):
        batch = x[:, chosen].transpose(0, 1), y[chosen]
        loss, g = gradient(parameters, *batch, hidden)
        seen.append(loss)
        if step % EVERY == 0:
            looks = [gradient(moved(parameters, g, m * unit), *batch, hidden) for m in MULTIPLES]
            along.append(torch.stack([loss, *(there for there, _ in looks)]))
            change.append(torch.stack([length(moved(new, g, 1.0)) for _, new in looks]) / length(g))
        parameters = moved(parameters, g, rate)
    return Run(*(by_rate(torch.stack(values), rates) for values in (seen, along, change)))


def effective_smoothness(run: Run, rates: tuple[float, ...], fixed: float | None = None) -> Tensor:
    """Return the largest ``‖g' − g‖ / ‖w' − w‖`` along the step, median over the run.

    Its shape is (rates, seeds); `rates` and `fixed` are those that `train` was given.
    """
    unit = torch.tensor(rates if fixed is None else [fixed] * len(rates))
    distance = torch.tensor(MULTIPLES)[:, None, None] * unit[:, None]  # in gradients' lengths
    return _over_the_run((run.change / distance).amax(dim=1))


runs = Computed(
    train, size=(DEEP, SHALLOW), name=("no normalization", "batch norm"), rates=(RATES,)
)
"""The runs that lecture and explorer share: deep and shallow, with and without batch norm."""
