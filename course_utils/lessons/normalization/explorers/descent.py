"""One feature's scale, the valley it makes of the loss, and gradient descent in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider, ghost, in_words
from course_utils.lessons.normalization.model import METHODS, Quadratic
from course_utils.seeds import seeds

_SHOWN_STEPS = 60
_STEPS = np.geomspace(1, 1e9, 181)
_LEVELS = (1.0, 0.3, 0.09, 0.027)  # of the lines of equal loss, as shares of the first excess
_WIDE = 0.6  # how wide the valley is at least drawn, where its length is 1
_GOAL = 0.01  # descent counts as done when 1 % of the first excess loss is left


@dataclass(frozen=True)
class Descent:
    """Gradient descent on two features, one of them in other units.

    Places are distances from the optimum along and across the valley, where the outer level line
    reaches 1 along it.
    """

    path: np.ndarray  # (steps + 1, 2)
    narrow: float  # how far the outer level line reaches across the valley
    excess: np.ndarray  # (points,), excess loss after `_STEPS` as a share of the first
    condition_number: float
    steps: int | None  # until `_GOAL` of the excess is left; None if descent does not settle

    @property
    def magnified(self) -> float:
        """By how much the picture is magnified across the valley, so that it can be seen."""
        return max(1.0, _WIDE / self.narrow)


@cache
def _two_features() -> tuple[np.ndarray, np.ndarray]:
    """Return 200 samples of two features with means 3 and 2 and deviation 1, and their targets."""
    rng = np.random.default_rng(seeds(1)[0])
    x = rng.normal([3.0, 2.0], 1.0, size=(200, 2))
    y = x @ [1.0, -1.0] + rng.normal(0.0, 0.3, size=200)
    return x, y - y.mean()


def compute_descent(scale: float, method: str, rate: float) -> Descent:
    """Return gradient descent after feature 2 was multiplied by `scale` and normalized by `method`.

    `rate` is the learning rate as a share of the largest stable one.
    """
    x, y = _two_features()
    x = x * [1.0, scale]
    loss = Quadratic.of(METHODS[method]().fit(x).transform(x), y)
    eta = rate * loss.largest_stable_rate
    curvature, axes = np.linalg.eigh(loss.hessian)
    reach = np.sqrt(2 * loss.excess(np.zeros(2)) / curvature)  # of the level line at the start
    path = (loss.descend(eta, _SHOWN_STEPS) - loss.optimum) @ axes / reach[0]
    return Descent(
        path=path * np.sign(path[0]) * [-1, 1],  # an axis has no direction: start at the upper left
        narrow=float(reach[1] / reach[0]),
        excess=loss.share_left(_STEPS, eta),
        condition_number=loss.condition_number,
        steps=loss.steps_to(_GOAL, eta),
    )


def draw_descent(figure: Figure) -> Callable[[Descent], None]:
    """Draw the loss's contours with the path, and the excess loss by step."""
    valley, curve = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.08, right=0.98, wspace=0.26)
    valley.set(
        title=f"The first {_SHOWN_STEPS} steps",
        xlabel="along the valley (outer line: 1)",
        ylabel="across the valley",
        xlim=(-1.45, 1.45),
        ylim=(-1.13, 1.13),
        aspect="equal",
    )
    rings = [valley.plot([], [], color=style.NEUTRAL, lw=1.0)[0] for _ in _LEVELS]
    (path,) = valley.plot([], [], "o-", color=style.GRADIENT, ms=3, lw=1.2)
    valley.plot([0], [0], marker="*", color=style.RIGHT, ms=13, ls="none")
    ground = {"facecolor": valley.get_facecolor(), "edgecolor": "none", "pad": 1}
    lens = valley.text(-1.4, 1.08, "", va="top", fontsize=9, bbox=ground)
    curve.set(
        title="How much loss is left",
        xlabel="step (logarithmic)",
        ylabel="excess loss, share of the first",
        xlim=(_STEPS[0], _STEPS[-1]),
        ylim=(1e-4, 10),
        xscale="log",
        yscale="log",
    )
    curve.axhline(_GOAL, color=style.RIGHT, lw=1.0, ls="--")
    curve.text(0.8 * _STEPS[-1], _GOAL * 1.15, "1 % left", ha="right", fontsize=9)
    (left,) = curve.plot([], [], color=style.GRADIENT)
    (done,) = curve.plot([], [], "o", color=style.RIGHT, ms=9)
    ghost(path, left, done)
    turn = np.linspace(0, 2 * np.pi, 241)

    def update(data: Descent) -> None:
        magnified = np.array([1.0, data.magnified])
        for ring, level in zip(rings, _LEVELS, strict=True):
            ring.set_data(
                level**0.5 * np.cos(turn), level**0.5 * data.narrow * magnified[1] * np.sin(turn)
            )
        shown = data.path * magnified
        outside = np.flatnonzero(np.abs(shown).max(axis=1) > 1.5)  # from there on it diverges
        path.set_data(*shown[: outside[0] + 1 if len(outside) else None].T)
        lens.set_text(f"across: drawn {_three_digits(data.magnified)}× as large")
        left.set_data(_STEPS, np.clip(data.excess, 1e-12, 1e12))
        done.set_data([data.steps] if data.steps else [], [_GOAL] if data.steps else [])

    return update


def describe_descent(data: Descent) -> str:
    """Say the condition number and how many steps are needed."""
    if data.steps is None:
        outcome = "the learning rate is not below η_max: the loss does not settle"
    else:
        outcome = f"1 % of the excess loss is left after {_count(data.steps)}"
    return f"Condition number κ = {_three_digits(data.condition_number)}; {outcome}."


def key_numbers(data: Descent) -> dict[str, str]:
    """Return the condition number and the steps that it costs."""
    steps = "never" if data.steps is None else _grouped(data.steps)
    return {
        "condition number κ": _three_digits(data.condition_number),
        "steps to 1 % of the loss": steps,
    }


def _three_digits(value: float) -> str:
    return in_words(float(f"{value:.3g}"))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def _count(steps: int) -> str:
    return f"{_grouped(steps)} steps" if steps != 1 else "1 step"


descent = Explorable(
    name="descent",
    title="One feature in other units",
    compute=compute_descent,
    draw=draw_descent,
    describe=describe_descent,
    numbers=key_numbers,
    controls=[
        Slider(
            "scale",
            0.01,
            1000,
            value=100,
            steps=51,
            log=True,
            unit="×",
            label="scale of feature 2",
            help="Feature 2 is multiplied by this number, as when grams become milligrams.",
        ),
        Choice(
            "method",
            list(METHODS),
            value="none",
            label="normalization",
            help="How both features are normalized before training.",
        ),
        Slider(
            "rate",
            0.05,
            1.1,
            value=0.9,
            step=0.05,
            unit="of η_max",
            label="learning rate",
            help="The learning rate as a share of η_max = 2/λ_max, above which the loss grows.",
        ),
    ],
    snapshots=[
        {"scale": 1.0, "method": "none", "rate": 0.9},
        {"scale": 100.0, "method": "none", "rate": 0.9},
        {"scale": 100.0, "method": "min-max", "rate": 0.9},
        {"scale": 100.0, "method": "zero mean, variance 1", "rate": 0.9},
    ],
    presets={
        "1×, no normalization": {"scale": 1.0},
        "1000×, no normalization": {"scale": 1000.0},
        "1000×, zero mean, variance 1": {"scale": 1000.0, "method": "zero mean, variance 1"},
    },
    size=(9.0, 3.9),
)
