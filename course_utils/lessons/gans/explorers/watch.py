"""A GAN on the ring at its checkpoints: samples, the discriminator and where it pushes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from torch import Tensor

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play, Slider, raster
from course_utils.lessons.gans import ring
from course_utils.lessons.gans.networks import Discriminator, noise
from course_utils.lessons.gans.training import (
    BATCH,
    LOOKS,
    SEEDS,
    Checkpoint,
    Measured,
    Recipe,
    generate,
    loss_of_generator,
    met,
    run,
)
from course_utils.lessons.gans.unrolling import Moments

_VARIANTS = {
    "fast discriminator": "fast",
    "slow discriminator": "slow",
    "slow, mini-batch discrimination": "mini-batch",
    "slow, unrolled": "unrolled",
    "slow, unrolled, detached": "detached",
}
_SHOWN = 512
_REACH, _CELLS = 3.2, 61
_AXIS = torch.linspace(-_REACH, _REACH, _CELLS, dtype=ring.PRECISION)
_PALEST = 0.3  # below it, and above 1 minus it, the surface's colours are full
_LEVELS = 21  # of the colours: steps of 0.02, whose edges are lines of equal height
_LONGEST, _UNIT = 0.7, 0.8  # of an arrow, and per unit of the gradient
_CHANCE = 2 * np.log(2)


class Watched(NamedTuple):
    """One seed of a variant at a checkpoint."""

    step: int
    at: int  # number of the checkpoint
    samples: np.ndarray  # (samples, 2), the first 64 of them a batch
    real: np.ndarray  # (points, 2)
    surface: np.ndarray  # (cells, cells), what the discriminator says; rows are heights
    push: np.ndarray  # (64, 2), minus the gradient of each sample's loss by its place
    steps: np.ndarray  # (checkpoints,)
    measured: Measured  # (checkpoints,) each


@cache
def _drawn() -> tuple[Tensor, Tensor]:
    """Return noise and real points that stay the same while a reader moves through a training."""
    draws = [torch.Generator().manual_seed(SEEDS[0])]
    return noise(_SHOWN, draws), ring.real_points(_SHOWN, draws)


def one_seed(checkpoint: Checkpoint, seed: int) -> Checkpoint:
    """Return the checkpoint of one seed, its discriminator ready for a gradient."""
    first, second, made = checkpoint.moments
    here = slice(seed, seed + 1)
    return Checkpoint(
        checkpoint.step,
        checkpoint.generator[here],
        checkpoint.discriminator[here].clone().requires_grad_(),
        Moments(first[here], second[here], made),
    )


def _push(recipe: Recipe, now: Checkpoint, real: Tensor, batch: Tensor) -> Tensor:
    """Return where each sample of a batch (1, 64, 2) is pushed: minus its loss's gradient."""
    places = batch.clone().requires_grad_()
    loss = loss_of_generator(recipe, now, real, places).sum()
    (slope,) = torch.autograd.grad(loss, places)
    return -len(places[0]) * slope


def _compute(variant: str, seed: int, progress: int) -> Watched:
    trained = run(variant)
    at = progress * LOOKS // 100
    now = one_seed(trained.checkpoints[at], seed - 1)
    z, real = _drawn()
    samples = generate(now.generator, z)
    batches = real[:, :BATCH], samples[:, :BATCH]
    x, y = torch.meshgrid(_AXIS, _AXIS, indexing="xy")
    grid = torch.stack([x, y], dim=-1).reshape(1, -1, 2)
    parameters = met(trained.recipe, now, *batches)
    discriminate = Discriminator(trained.recipe.kernels)
    with torch.no_grad():
        surface = discriminate.among(parameters, grid, batches[1]).sigmoid()
    return Watched(
        step=now.step,
        at=at,
        samples=samples[0].numpy(),
        real=real[0].numpy(),
        surface=surface.reshape(_CELLS, _CELLS).numpy(),
        push=_push(trained.recipe, now, *batches)[0].numpy(),
        steps=trained.steps,
        measured=Measured(*(values[:, seed - 1] for values in trained.measured)),
    )


def _colors() -> ListedColormap:
    """Return orange for 0 over nothing at one half to blue for 1, as the points are coloured."""
    levels = np.linspace(-1, 1, _LEVELS)
    rgba = [
        (*to_rgb(style.DATA if level > 0 else style.PREDICTION), 0.6 * abs(level))
        for level in levels
    ]
    return ListedColormap(rgba)


def _curve(axes: Axes, ylabel: str, ylim: tuple[float, float]) -> None:
    axes.set(ylabel=ylabel, ylim=ylim, xlim=(-1, 102))


def _draw(figure: Figure) -> Callable[[Watched], None]:
    grid = figure.add_gridspec(3, 2, width_ratios=[1.35, 1])
    figure.subplots_adjust(left=0.055, right=0.985, top=0.93, bottom=0.11, hspace=0.28, wspace=0.19)
    plane = figure.add_subplot(grid[:, 0])
    modes, apart, losses = (figure.add_subplot(grid[row, 1]) for row in range(3))
    ends = (-_REACH, _REACH)
    plane.set(
        xlim=ends,
        ylim=ends,
        aspect="equal",
        title="Samples, and what the discriminator says",
        xlabel="x₁",
        ylabel="x₂",
    )
    plane.grid(False)
    image = raster(
        plane, np.full((_CELLS, _CELLS), 0.5), cmap=_colors(), vmin=_PALEST, vmax=1 - _PALEST,
        origin="lower", extent=(*ends, *ends), interpolation="bilinear",
    )  # fmt: skip
    dots: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 3.2, "alpha": 0.75, "mew": 0}
    (real,) = plane.plot([], [], color=style.DATA, label="real", **dots)
    (samples,) = plane.plot([], [], color=style.PREDICTION, label="generated", **dots)
    arrows = plane.quiver(
        np.zeros(BATCH), np.zeros(BATCH), np.zeros(BATCH), np.zeros(BATCH),
        color=style.GRADIENT, angles="xy", scale_units="xy", scale=1, width=0.005, zorder=3,
    )  # fmt: skip
    _curve(modes, "modes", (-0.4, 8.6))
    modes.set(title="Modes covered, distance and losses", yticks=[0, 4, 8])
    _curve(apart, "distance", (0, 2.2))
    _curve(losses, "losses", (0, 1.8))
    losses.set_xlabel("training so far, % of its steps")
    for chance in (_CHANCE, _CHANCE / 2):
        losses.axhline(chance, color=style.NEUTRAL, lw=0.8, ls="--")
    for axes in (modes, apart):
        axes.set_xticklabels([])
    looks = (
        (modes, style.RIGHT, ""),
        (apart, style.RIGHT, ""),
        (losses, style.REFERENCE, "discriminator"),
        (losses, style.PREDICTION, "generator"),
    )
    mark: dict[str, Any] = {"marker": "o", "ms": 7, "mec": "white"}
    lines = [axes.plot([], [], color=c, lw=1.8, **mark)[0] for axes, c, _ in looks]
    plane.legend(loc="upper right", ncols=2, handletextpad=0.2, columnspacing=1)
    named = [Line2D([], [], color=c, lw=1.8, label=label) for _, c, label in looks if label]
    losses.legend(handles=named, loc="lower right", ncols=2)

    def update(data: Watched) -> None:
        image.set_data(data.surface)
        real.set_data(*data.real.T)
        samples.set_data(*data.samples.T)
        arrows.set_offsets(data.samples[:BATCH])
        arrows.set_UVC(*_arrows(data.push).T)
        for line, values in zip(lines, data.measured, strict=True):
            line.set_data(100 * data.steps / data.steps[-1], values)
            line.set_markevery([data.at])

    return update


def _arrows(push: np.ndarray) -> np.ndarray:
    """Return the pushes as they are drawn: long ones are shortened."""
    length = np.linalg.norm(push, axis=1, keepdims=True)
    return push * np.minimum(_UNIT, _LONGEST / np.maximum(length, 1e-12))


def _describe(data: Watched) -> str:
    now = Measured(*(values[data.at] for values in data.measured))
    return (
        f"After {data.step} steps the samples cover {now.modes:.0f} of {ring.MODES} modes at a"
        f" distance of {now.distance:.2f}; the discriminator's loss is {now.loss_d:.2f} and the"
        f" generator's {now.loss_g:.2f}."
    )


def _numbers(data: Watched) -> dict[str, str]:
    now = Measured(*(values[data.at] for values in data.measured))
    return {
        "step": f"{data.step}",
        "modes covered": f"{now.modes:.0f} of {ring.MODES}",
        "distance": f"{now.distance:.2f}",
        "loss of D (chance 1.39)": f"{now.loss_d:.2f}",
        "loss of G (chance 0.69)": f"{now.loss_g:.2f}",
    }


watch = Explorable(
    name="watch",
    title="Watch it learn",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "variant",
            _VARIANTS,
            value="slow",
            label="training",
            help="How fast the discriminator learns, and what is added to it.",
        ),
        Slider(
            "seed", 1, len(SEEDS), value=1, step=1, unit="", label="run", help="Which of the seeds."
        ),
        Play(
            "progress",
            range(0, 101, 100 // LOOKS),
            value=100,
            unit="% of its steps",
            per_second=5,
            label="training so far",
            help="The checkpoint that is shown.",
        ),
    ],
    presets={
        "collapse": {"variant": "slow"},
        "fast discriminator": {"variant": "fast"},
        "mini-batch": {"variant": "mini-batch"},
        "unrolled": {"variant": "unrolled"},
    },
    snapshots=[  # not with mini-batch discrimination, whose training differs between processors
        {"variant": "slow", "progress": 40},
        {"variant": "slow", "progress": 100},
        {"variant": "fast", "progress": 100},
        {"variant": "unrolled", "progress": 100},
    ],
    size=(9.2, 4.9),
    slow=True,  # a thousand points and 64 arrows over a new background
)
