"""Samples that are moved by hand, and the learning rule on them beside its bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils import style
from course_utils.data import ENZYMES
from course_utils.explorers import Choice, Explorable, Play, Points, in_words
from course_utils.lessons.perceptron.model import Separation, augmented, learn, separation
from course_utils.seeds import seeds

Samples = tuple[tuple[float, float, str], ...]

_LAST = 60  # updates that can be played
_PASSES = 400
_EDGE = 2.0
_LONGEST = 16.0  # upper end of the axis for the weights' length


def _zombies() -> Samples:
    """Return the exam's samples, each feature with mean 0 and maximum 1."""
    centred = ENZYMES.x - ENZYMES.x.mean(axis=0)
    z = centred / centred.max(axis=0)
    return tuple(
        (float(a), float(b), "+1" if zombie else "−1")
        for (a, b), zombie in zip(z, ENZYMES.zombie, strict=True)
    )


_SEPARABLE: Samples = (
    (-1.4, 0.9, "−1"),
    (-0.7, 0.1, "−1"),
    (-1.1, -1.5, "−1"),
    (0.9, -1.4, "−1"),
    (0.1, 0.4, "+1"),
    (1.3, -0.4, "+1"),
    (0.9, 1.4, "+1"),
    (-0.5, 1.6, "+1"),
)
_NARROW: Samples = (
    (-1.2, -0.9, "−1"),
    (0.3, 0.2, "−1"),
    (1.2, 1.0, "−1"),
    (-1.0, -0.5, "+1"),
    (0.1, 0.4, "+1"),
    (1.0, 1.3, "+1"),
)
_XOR: Samples = ((-1, -1, "−1"), (-1, 1, "+1"), (1, -1, "+1"), (1, 1, "−1"))

SAMPLES = Points(
    "samples",
    value=_SEPARABLE,
    x=(-_EDGE, _EDGE),
    y=(-_EDGE, _EDGE),
    step=0.1,
    classes={"−1": style.DATA, "+1": style.PREDICTION},
    noun="sample",
    least=2,
    most=12,
    on="plane",
    label="samples",
    help="Drag them, add and remove some, change their class: the rule starts again with them.",
)


@dataclass(frozen=True)
class Lesson:
    """The learning rule after some updates."""

    samples: Samples
    weights: np.ndarray  # (3,), bias first
    wrong: np.ndarray  # (samples,), whether each is on the wrong side, or on the boundary
    coming: int | None  # the sample that the next update is made on; None if there is none
    lengths: np.ndarray  # (updates + 1,), of bias and weights together
    mistakes: int  # so far
    ends: bool  # whether a whole pass is without a mistake with these weights
    separation: Separation | None
    radius: float


def _compute(samples: Samples, order: str, updates: int) -> Lesson:
    x = np.array([sample[:2] for sample in samples], dtype=np.float64)
    y = np.array([1.0 if sample[2] == "+1" else -1.0 for sample in samples])
    rng = np.random.default_rng(seeds(1)[0]) if order == "shuffled" else None
    learning = learn(x, y, rng, passes=_PASSES, mistakes=_LAST + 1)
    made = min(updates, learning.mistakes)
    weights = learning.path[made]
    return Lesson(
        samples=samples,
        weights=weights,
        wrong=y * (augmented(x) @ weights) <= 0,
        coming=int(learning.learned[made]) if made < learning.mistakes else None,
        lengths=np.linalg.norm(learning.path[: made + 1], axis=1),
        mistakes=made,
        ends=learning.ended and made == learning.mistakes,
        separation=separation(x, y),
        radius=float(np.linalg.norm(augmented(x), axis=1).max()),
    )


def _draw(figure: Figure) -> Callable[[Lesson], None]:
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.235, wspace=0.2)
    show_plane = _draw_plane(figure.add_subplot(1, 2, 1, label="plane"))
    show_proof = _draw_proof(figure.add_subplot(1, 2, 2, label="proof"))

    def update(data: Lesson) -> None:
        show_plane(data)
        show_proof(data)

    return update


def _draw_plane(axes: Axes) -> Callable[[Lesson], None]:
    """Draw samples, boundary, its positive side and the direction of the weights."""
    reach = _EDGE + 0.2
    axes.set(
        title="The samples and the boundary",
        xlabel="$x_1$",
        ylabel="$x_2$",
        xlim=(-reach, reach),
        ylim=(-reach, reach),
        aspect="equal",
    )
    (side,) = axes.fill([], [], color=style.PREDICTION, alpha=0.14, lw=0)
    (line,) = axes.plot([], [], color=style.REFERENCE)
    (shaft,) = axes.plot([], [], color=style.REFERENCE, lw=2.5)
    (head,) = axes.fill([], [], color=style.REFERENCE, lw=0)
    (wrong,) = axes.plot([], [], "o", ms=16, mfc="none", mec=style.WRONG, mew=2, label="wrong")
    (coming,) = axes.plot([], [], "s", ms=22, mfc="none", mec=style.NEUTRAL, mew=1.5, label="next")
    show_samples = SAMPLES.artists(axes)
    _legend(axes, markerscale=0.75)

    def update(data: Lesson) -> None:
        show_samples(data.samples)
        places = np.array([sample[:2] for sample in data.samples], dtype=np.float64)
        wrong.set_data(*places[data.wrong].T)
        coming.set_data(*places[[] if data.coming is None else [data.coming]].T)
        bias, w = data.weights[0], data.weights[1:]
        length = float(np.linalg.norm(w))
        if length == 0:  # no line: all of the plane is on one side
            corners = reach * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
            side.set_xy(corners if bias > 0 else np.empty((0, 2)))
            for artist in (line, shaft):
                artist.set_data([], [])
            head.set_xy(np.empty((0, 2)))
            return
        normal = w / length
        along, foot = np.array([-normal[1], normal[0]]), -bias / length * normal
        ends = foot + 10 * np.array([along, -along])
        line.set_data(*ends.T)
        side.set_xy(np.concatenate([ends, ends[::-1] + 20 * normal]))
        tip = foot + 0.6 * normal
        shaft.set_data(*np.array([foot, foot + 0.5 * normal]).T)
        back = foot + 0.4 * normal
        head.set_xy(np.array([tip, back + 0.1 * along, back - 0.1 * along]))

    return update


def _draw_proof(axes: Axes) -> Callable[[Lesson], None]:
    """Draw the length of the weights between the two lines of the convergence proof."""
    k = np.linspace(0, _LAST, 241)
    axes.set(
        title="Length of the weights, and its limits",
        xlabel="mistakes $k$",
        ylabel="length of $(b, w)$",
        xlim=(0, _LAST + 1),
        ylim=(0, _LONGEST),
    )
    (ceiling,) = axes.plot([], [], color=style.NEUTRAL, label=r"at most $R\sqrt{k}$")
    (floor,) = axes.plot([], [], color=style.RIGHT, label=r"at least $\gamma k$")
    (path,) = axes.plot([], [], "o-", color=style.REFERENCE, ms=4, lw=1.2, label="length")
    (bound,) = axes.plot([], [], color=style.RIGHT, lw=1.2, ls="--", label="bound")
    none = axes.text(0.03, 0.97, "", transform=axes.transAxes, va="top", fontsize=9.5)
    _legend(axes)

    def update(data: Lesson) -> None:
        ceiling.set_data(k, data.radius * np.sqrt(k))
        path.set_data(np.arange(len(data.lengths)), data.lengths)
        if data.separation is None:
            floor.set_data([], [])
            bound.set_data([], [])
            none.set_text("no line separates:\nthere is no γ, and no bound")
            return
        floor.set_data(k, data.separation.margin * k)
        bound.set_data([data.separation.bound] * 2, [0, _LONGEST])
        beyond = data.separation.bound > _LAST
        none.set_text("the bound lies beyond\nthis picture" if beyond else "")

    return update


def _legend(axes: Axes, **settings: float) -> None:
    """Put the legend below `axes`, where it covers nothing."""
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.17),
        ncols=4,
        fontsize=9,
        handlelength=1.6,
        handletextpad=0.6,
        columnspacing=1.1,
        **settings,
    )


def _bound(data: Lesson) -> str:
    return "none" if data.separation is None else f"{data.separation.bound:,.0f}".replace(",", " ")


def _describe(data: Lesson) -> str:
    bias, first, second = (in_words(float(round(weight, 1))) for weight in data.weights)
    count = int(data.wrong.sum())
    state = f"{count} of {len(data.samples)} samples {'is' if count == 1 else 'are'} wrong"
    if data.ends:
        state = "every sample is right and the rule has ended"
    if data.separation is None:
        limit = "no line separates the classes, so it never ends"
    else:
        limit = (
            f"R = {data.radius:.2f} and γ = {data.separation.margin:.3f} allow"
            f" {_bound(data)} mistakes at most"
        )
    mistakes = f"{data.mistakes} mistake{'' if data.mistakes == 1 else 's'}"
    return (
        f"After {mistakes} the bias is {bias}, w₁ is {first} and w₂ is {second}; {state}; {limit}."
    )


def _numbers(data: Lesson) -> dict[str, str]:
    bias, first, second = (in_words(float(round(weight, 1))) for weight in data.weights)
    return {
        "mistakes so far": f"{data.mistakes}{', ended' if data.ends else ''}",
        "bound (R/γ)²": _bound(data),
        "wrong now": f"{int(data.wrong.sum())} of {len(data.samples)}",
        "b, w₁, w₂": f"{bias}, {first}, {second}",
    }


samples = Explorable(
    name="samples",
    title="Move the samples",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        SAMPLES,
        Choice(
            "order",
            ["in turn", "shuffled"],
            label="order",
            help="Whether the samples come in the order in which they were made, or shuffled anew"
            " in every pass.",
        ),
        Play(
            "updates",
            range(_LAST + 1),
            unit="updates",
            label="learning rule",
            help="How many mistakes were made and learned from; after the last one nothing moves.",
        ),
    ],
    presets={
        "separable": {"updates": 0},
        "narrow gap": {"samples": _NARROW},
        "zombies": {"samples": _zombies()},
        "XOR": {"samples": _XOR},
    },
    snapshots=[
        {"updates": 2},
        {"updates": _LAST},
        {"samples": _NARROW, "updates": _LAST},
        {"samples": _zombies(), "updates": _LAST - 1},
    ],
    size=(9.0, 4.7),
)
