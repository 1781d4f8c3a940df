"""Exercise 12.3: one step of training, for both networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.checks import Exercise, Fault, expect
from course_utils.checks.agreement import Agreement
from course_utils.lessons.gans.exercises.losses import LECTURE
from course_utils.lessons.gans.exercises.step_faults import FAULTY, SAMPLES, STILL, Step, variant
from course_utils.verify.training import several_numbers, switches_kept, unchanged

_NOISE = 3


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
        torch.randn(SAMPLES, 2, generator=draw) + 1.5,
        torch.randn(SAMPLES, _NOISE, generator=draw),
    )


def _optimizers(generator: nn.Module, discriminator: nn.Module) -> tuple[Any, Any]:
    return (
        torch.optim.SGD(generator.parameters(), lr=0.5),
        torch.optim.SGD(discriminator.parameters(), lr=0.4, momentum=0.3),
    )


_LOSSES = ("the discriminator's loss", "the generator's loss")
_ASLEEP = "network.eval() is for use: dropout and batch norm train in network.train() only"


def _weights(player: nn.Module) -> np.ndarray:
    return torch.cat([p.detach().flatten() for p in player.parameters()]).numpy()


def _trained(step: Step) -> Callable[..., Any]:
    """Return what three steps lead to, from the same start for all."""

    def of_arrays(seed: int) -> Any:
        players = _players(seed)
        optimizers = _optimizers(*players)
        losses = []
        for i in range(3):
            real, noise = _batches(seed + i)
            generator, discriminator = players
            with (
                unchanged(real=real, noise=noise),
                switches_kept(_ASLEEP, generator=generator, discriminator=discriminator),
            ):
                made = step(*players, *optimizers, real, noise)
            losses.append(several_numbers(made, _LOSSES))
        found = np.array(losses)
        return _weights(players[1]), _weights(players[0]), found[:, 0], found[:, 1]

    return of_arrays


_agrees = Agreement(
    cache(_trained(gan_step)),
    lambda rng: (int(rng.integers(1000)),),
    (
        "the discriminator's weights",
        "the generator's weights",
        "the discriminator's losses",
        "the generator's losses",
    ),
    tuple(Fault(says, cache(_trained(wrong))) for says, wrong in FAULTY.items()),
    tolerance=1e-5,
)

_OWN_CHANCE = (
    "random numbers are drawn inside the step, such as fresh noise; the noise that is given serves"
    " both networks"
)


def _draws_nothing(answer: Step) -> None:
    """Raise `NotRight` if PyTorch's chance decides where a step from the same start leads to."""
    led_to = []
    for seed in (1, 2, 1):
        players = _players(3)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            answer(*players, *_optimizers(*players), *_batches(3))
        led_to.append(np.concatenate([_weights(player) for player in players]))
    first, other, again = led_to
    by_chance = np.array_equal(first, again) and not np.allclose(first, other, rtol=0, atol=1e-5)
    expect(
        not by_chance,
        "from one and the same start, it leads to other weights after another `torch.manual_seed`",
        _OWN_CHANCE,
    )


def _leads_where_it_should(answer: Step) -> None:
    _draws_nothing(answer)  # first, since what chance decides has no other cause
    _agrees(_trained(answer))


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


def _with_fresh_noise(g: Any, d: Any, for_g: Any, for_d: Any, real: Tensor, noise: Tensor) -> Any:
    for_d.zero_grad()
    loss_d = F.softplus(-d(real)).mean() + F.softplus(d(g(noise).detach())).mean()
    loss_d.backward()
    for_d.step()
    for_g.zero_grad()
    loss_g = F.softplus(-d(g(torch.randn_like(noise)))).mean()
    loss_g.backward()
    for_g.step()
    return loss_d.item(), loss_g.item()


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
    for says, wrong in FAULTY.items():
        yield wrong, says
    yield variant(detached_g=True), STILL
    yield _with_fresh_noise, _OWN_CHANCE
    yield _without_detach, _DETACH
    yield _with_graph, _WITH_GRAPH


check_gan_step = Exercise(
    item="12.3",
    lecture=LECTURE,
    name="gan_step",
    title="One step of training",
    reference=gan_step,
    properties={
        "three steps lead to the right weights and losses": _leads_where_it_should,
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
