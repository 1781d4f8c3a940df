"""What goes wrong in a step of training for both networks, each slip as a step that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

Step = Callable[..., Any]
SAMPLES = 9
"""How many real samples there are, and as many generated ones."""


def variant(
    *,
    labels: tuple[float, float] = (1.0, 0.0),
    scale: float = 1.0,
    seen: Callable[[Tensor], Tensor] = lambda logits: logits,
    to_minimize: Callable[[Tensor], Tensor] = lambda logits: F.softplus(-logits),
    before: bool = False,
    zero_d: bool = True,
    zero_g: bool = True,
    step_d: bool = True,
    step_g: bool = True,
    detached_g: bool = False,
    both_step: bool = False,
) -> Step:
    """Return a step that departs from the right one in what is named."""

    def step(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
        generated = g(noise)
        early = F.softplus(-d(generated)).mean()  # the generator's loss before anybody has moved
        early_slopes = torch.autograd.grad(early, [*g.parameters()], retain_graph=True)
        if zero_d:
            for_d.zero_grad()
        loss_d = scale * sum(
            F.binary_cross_entropy_with_logits(seen(logits), torch.full_like(logits, label))
            for logits, label in zip((d(real), d(generated.detach())), labels, strict=True)
        )
        loss_d.backward()
        if step_d:
            for_d.step()
        if zero_g:
            for_g.zero_grad()
        logits = d(generated.detach() if detached_g else generated)
        loss_g = to_minimize(seen(logits)).mean()
        loss_g.backward()
        if before:
            loss_g = early
            for parameter, slope in zip(g.parameters(), early_slopes, strict=True):
                parameter.grad = slope
        if step_g:
            for_g.step()
        if both_step:
            for_d.step()
        return loss_d.item(), loss_g.item()

    return step


def _of_d(d: Any, real: Tensor, generated: Tensor) -> Tensor:
    """Return the discriminator's loss."""
    return F.softplus(-d(real)).mean() + F.softplus(d(generated)).mean()


def _of_g(d: Any, generated: Tensor) -> Tensor:
    """Return the generator's loss."""
    return F.softplus(-d(generated)).mean()


def _learn(loss: Tensor, optimizer: Any) -> float:
    """Go back from a loss and step; return the loss."""
    loss.backward()
    optimizer.step()
    return loss.item()


def _generator_first(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_g.zero_grad()
    loss_g = _learn(_of_g(d, g(noise)), for_g)
    for_d.zero_grad()
    return _learn(_of_d(d, real, g(noise).detach()), for_d), loss_g


def _by_the_others_optimizer(
    g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor
) -> Any:
    return variant()(g, d, for_d, for_g, real, noise)


def _at_once(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    for_g.zero_grad()
    generated = g(noise)
    loss_d, loss_g = _of_d(d, real, generated.detach()), _of_g(d, generated)
    (loss_d + loss_g).backward()
    for_d.step()
    for_g.step()
    return loss_d.item(), loss_g.item()


def _not_detached(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    for_g.zero_grad()
    loss_d = _learn(_of_d(d, real, g(noise)), for_d)
    return loss_d, _learn(_of_g(d, g(noise)), for_g)


def _cleared_too_early(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    loss_d = _learn(_of_d(d, real, g(noise).detach()), for_d)
    for_d.zero_grad()
    for_g.zero_grad()
    return loss_d, _learn(_of_g(d, g(noise)), for_g)


def _logits_detached(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    generated = g(noise)
    on_generated = F.softplus(d(generated).detach()).mean()
    loss_d = _learn(F.softplus(-d(real)).mean() + on_generated, for_d)
    for_g.zero_grad()
    return loss_d, _learn(_of_g(d, generated), for_g)


def _losses_afterwards(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    variant()(g, d, for_g, for_d, real, noise)
    with torch.no_grad():
        generated = g(noise)
        return _of_d(d, real, generated).item(), _of_g(d, generated).item()


STILL = (
    "the generator does not move: its samples are detached in its own step, optimizer_g.step() is"
    " missing, or optimizer_g.zero_grad() comes between backward and step"
)
FAULTY: Mapping[str, Step] = {
    "the generator's step leaves gradients in the discriminator, and the next step of the"
    " discriminator adds to them: optimizer_d.zero_grad() is missing": variant(zero_d=False),
    "optimizer_g.zero_grad() is missing: the gradients of earlier steps are still there": variant(
        zero_g=False
    ),
    "the labels are exchanged: the discriminator learns to call real samples generated": variant(
        labels=(0.0, 1.0)
    ),
    "both labels of the discriminator's loss are 1; generated samples are labelled 0": variant(
        labels=(1.0, 1.0)
    ),
    "the discriminator's loss is halved: add the two means": variant(scale=0.5),
    "the generator's loss is the min-max one; take the non-saturating −log D(G(z))": variant(
        to_minimize=lambda logits: -F.softplus(logits)
    ),
    "the generator is told to be recognized: its loss is −log(1 − D(G(z)))": variant(
        to_minimize=F.softplus
    ),
    "the discriminator does not move: optimizer_d.step() is missing, or optimizer_d.zero_grad()"
    " comes between backward and step": variant(step_d=False),
    STILL: variant(step_g=False),
    "the generator's loss is taken before the discriminator's step; ask the discriminator again"
    " after it": variant(before=True),
    "the discriminator makes a second step, on the generator's loss": variant(both_step=True),
    "the generator's loss moves the discriminator: after its backward comes optimizer_g.step()": (
        variant(step_g=False, both_step=True)
    ),
    "the two optimizers are exchanged: optimizer_d moves the discriminator, optimizer_g the"
    " generator": _by_the_others_optimizer,
    "neither optimizer's zero_grad() is called: all earlier gradients are still there": variant(
        zero_d=False, zero_g=False
    ),
    "the discriminator's loss has left gradients in the generator, and the generator's step adds to"
    " them: give the discriminator generated.detach()": _not_detached,
    "optimizer_d.zero_grad() comes too early, before the generator's backward, which fills the"
    " discriminator's gradients again: call it right before the discriminator's own backward": (
        _cleared_too_early
    ),
    "the logits are detached, so that the discriminator learns of real samples only; detach the"
    " samples": _logits_detached,
    "the losses are computed after the steps; return those that were propagated back": (
        _losses_afterwards
    ),
    "the generator makes its step first; the discriminator begins": _generator_first,
    "both losses are propagated back at once, so that the generator's moves the discriminator, too;"
    " give each its own backward and step": _at_once,
    "the losses of the samples are added; take their means": variant(
        scale=SAMPLES, to_minimize=lambda logits: SAMPLES * F.softplus(-logits)
    ),
    "the sigmoid is taken twice: the discriminator gives logits, and they go into the losses": (
        variant(seen=torch.sigmoid)
    ),
    "the generator's loss is 1 − D(G(z)), without a logarithm; take −log D(G(z))": variant(
        to_minimize=lambda logits: 1 - logits.sigmoid()
    ),
    "the labels of real samples are smoothed to 0.9; here they are 1": variant(labels=(0.9, 0.0)),
}
