"""Exercise 12.3: one step of training, for both networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Exercise, Fault, expect
from course_utils.checks.agreement import Agreement
from course_utils.checks.properties import NO_RETURN
from course_utils.lessons.gans.exercises.losses import LECTURE

Step = Callable[..., Any]
_NOISE = 3
_SAMPLES = 9


def gan_step(
    generator: nn.Module,
    discriminator: nn.Module,
    optimizer_g: torch.optim.Optimizer,
    optimizer_d: torch.optim.Optimizer,
    real: Tensor,
    noise: Tensor,
) -> tuple[float, float]:
    generated = generator(noise)

    optimizer_d.zero_grad()
    on_real, on_generated = discriminator(real), discriminator(generated.detach())
    loss_d = F.softplus(-on_real).mean() + F.softplus(on_generated).mean()
    loss_d.backward()
    optimizer_d.step()

    optimizer_g.zero_grad()
    loss_g = F.softplus(-discriminator(generated)).mean()
    loss_g.backward()
    optimizer_g.step()
    return loss_d.item(), loss_g.item()


def _players(seed: int) -> tuple[nn.Module, nn.Module]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return (
            nn.Sequential(nn.Linear(_NOISE, 6), nn.Tanh(), nn.Linear(6, 2)),
            nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 1)),
        )


def _batches(seed: int) -> tuple[Tensor, Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return (
        torch.randn(_SAMPLES, 2, generator=draw) + 1.5,
        torch.randn(_SAMPLES, _NOISE, generator=draw),
    )


def _optimizers(generator: nn.Module, discriminator: nn.Module) -> tuple[Any, Any]:
    return (
        torch.optim.SGD(generator.parameters(), lr=0.5),
        torch.optim.SGD(discriminator.parameters(), lr=0.4, momentum=0.3),
    )


def _trained(step: Step) -> Callable[..., Any]:
    """Return what three steps lead to, from the same start for all."""

    def of_arrays(seed: int) -> Any:
        players = _players(seed)
        optimizers = _optimizers(*players)
        losses = [step(*players, *optimizers, *_batches(seed + i)) for i in range(3)]
        expect(None not in losses, "the function returns None", NO_RETURN)
        weights = [
            torch.cat([p.detach().flatten() for p in player.parameters()]).numpy()
            for player in players
        ]
        found = np.array([[float(loss) for loss in both] for both in losses])
        return weights[1], weights[0], found[:, 0], found[:, 1]

    return of_arrays


def _variant(
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


def _generator_first(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_g.zero_grad()
    loss_g = F.softplus(-d(g(noise))).mean()
    loss_g.backward()
    for_g.step()
    for_d.zero_grad()
    loss_d = F.softplus(-d(real)).mean() + F.softplus(d(g(noise).detach())).mean()
    loss_d.backward()
    for_d.step()
    return loss_d.item(), loss_g.item()


def _at_once(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    for_g.zero_grad()
    generated = g(noise)
    loss_d = F.softplus(-d(real)).mean() + F.softplus(d(generated.detach())).mean()
    loss_g = F.softplus(-d(generated)).mean()
    (loss_d + loss_g).backward()
    for_d.step()
    for_g.step()
    return loss_d.item(), loss_g.item()


_STILL = (
    "the generator does not move: its samples are detached in its own step, or optimizer_g.step()"
    " is missing"
)
_FAULTY: Mapping[str, Step] = {
    "the generator's step leaves gradients in the discriminator, and the next step of the"
    " discriminator adds to them: optimizer_d.zero_grad() is missing": _variant(zero_d=False),
    "optimizer_g.zero_grad() is missing: the gradients of earlier steps are still there": _variant(
        zero_g=False
    ),
    "the labels are exchanged: the discriminator learns to call real samples generated": _variant(
        labels=(0.0, 1.0)
    ),
    "both labels of the discriminator's loss are 1; generated samples are labelled 0": _variant(
        labels=(1.0, 1.0)
    ),
    "the discriminator's loss is halved: add the two means": _variant(scale=0.5),
    "the generator's loss is the min-max one; take the non-saturating −log D(G(z))": _variant(
        to_minimize=lambda logits: -F.softplus(logits)
    ),
    "the generator is told to be recognized: its loss is −log(1 − D(G(z)))": _variant(
        to_minimize=F.softplus
    ),
    "the discriminator does not move: optimizer_d.step() is missing": _variant(step_d=False),
    _STILL: _variant(step_g=False),
    "the generator's loss is taken before the discriminator's step; ask the discriminator again"
    " after it": _variant(before=True),
    "the discriminator makes a second step, on the generator's loss": _variant(both_step=True),
    "the generator's loss moves the discriminator: after its backward comes optimizer_g.step()": (
        _variant(step_g=False, both_step=True)
    ),
    "neither optimizer's zero_grad() is called: all earlier gradients are still there": _variant(
        zero_d=False, zero_g=False
    ),
    "the generator makes its step first; the discriminator begins": _generator_first,
    "both losses are propagated back at once, so that the generator's moves the discriminator, too;"
    " give each its own backward and step": _at_once,
    "the losses of the samples are added; take their means": _variant(
        scale=_SAMPLES, to_minimize=lambda logits: _SAMPLES * F.softplus(-logits)
    ),
    "the sigmoid is taken twice: the discriminator gives logits, and they go into the losses": (
        _variant(seen=torch.sigmoid)
    ),
    "the generator's loss is 1 − D(G(z)), without a logarithm; take −log D(G(z))": _variant(
        to_minimize=lambda logits: 1 - logits.sigmoid()
    ),
    "the labels of real samples are smoothed to 0.9; here they are 1": _variant(labels=(0.9, 0.0)),
}

_agrees = Agreement(
    _trained(gan_step),
    lambda rng: (int(rng.integers(1000)),),
    (
        "the discriminator's weights",
        "the generator's weights",
        "the discriminator's losses",
        "the generator's losses",
    ),
    tuple(Fault(says, _trained(wrong)) for says, wrong in _FAULTY.items()),
    tolerance=1e-5,
)

_DETACH = (
    "the discriminator's loss is propagated back into the generator, work for nothing: give it"
    " generated.detach()"
)


def _sends_nothing_back(answer: Step) -> None:
    """Count how often a gradient reaches the generator's first layer."""
    players = _players(4)
    arrived = []
    first = next(iter(players[0].parameters()))
    first.register_hook(lambda slope: arrived.append(slope))
    answer(*players, *_optimizers(*players), *_batches(4))
    expect(
        len(arrived) <= 1, f"gradients reached the generator {len(arrived)} times, expected once",
        _DETACH,
    )  # fmt: skip


_WITH_GRAPH = "a loss is returned with its graph, which stays in memory: loss.item() is a number"


def _numbers(answer: Step) -> None:
    """Raise `NotRight` if a loss comes with what led to it; the rounds say how many there are."""
    players = _players(5)
    for loss in answer(*players, *_optimizers(*players), *_batches(5)):
        graph = isinstance(loss, Tensor) and loss.requires_grad
        expect(not graph, "a returned loss requires a gradient", _WITH_GRAPH)


def _with_graph(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    losses = gan_step(g, d, for_g, for_d, real, noise)
    return tuple(torch.tensor(loss, requires_grad=True) for loss in losses)


def _without_detach(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    loss_d = F.softplus(-d(real)).mean() + F.softplus(d(g(noise))).mean()
    loss_d.backward()
    for_d.step()
    for_g.zero_grad()
    loss_g = F.softplus(-d(g(noise))).mean()
    loss_g.backward()
    for_g.step()
    return loss_d.item(), loss_g.item()


def _wrong_steps() -> Iterator[tuple[Step, str]]:
    for says, wrong in _FAULTY.items():
        yield wrong, says
    yield _variant(detached_g=True), _STILL
    yield _without_detach, _DETACH
    yield _with_graph, _WITH_GRAPH


check_gan_step = Exercise(
    item="12.3",
    lecture=LECTURE,
    name="gan_step",
    title="One step of training",
    reference=gan_step,
    properties={
        "three steps lead to the right weights and losses": lambda answer: _agrees(
            _trained(answer)
        ),
        "nothing is sent back into the generator by the discriminator's step": _sends_nothing_back,
        "the losses are returned without their graphs": _numbers,
    },
    wrong=_wrong_steps,
    hints=(
        "Which network does each of the two losses train? Where do its gradients go besides?",
        "First the discriminator: zero_grad, its loss on real samples and on generated.detach(),"
        " backward, step. Then the generator: zero_grad, the non-saturating loss of"
        " discriminator(generated), asked again, backward, step.",
        """
        def gan_step(generator, discriminator, optimizer_g, optimizer_d, real, noise):
            generated = generator(noise)

            optimizer_d.zero_grad()
            loss_d = F.softplus(...).mean() + F.softplus(discriminator(...)).mean()
            loss_d.backward()
            optimizer_d.step()

            optimizer_g.zero_grad()
            loss_g = ...
            loss_g.backward()
            ...
            return loss_d.item(), loss_g.item()
        """,
    ),
)
