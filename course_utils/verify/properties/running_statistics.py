"""BatchNormalization: running mean and variance, and the testing phase."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, NotMet, compare, matches, require
from course_utils.verify.properties.batch_norm import (
    BETA,
    CHANNELS,
    GAMMA,
    IMAGE,
    ROUGH,
    X,
    made,
    normalized,
    rows_of,
    test,
    train,
)
from course_utils.verify.properties.common import (
    normal,
)
from course_utils.verify.requirement import requirement


@requirement("BatchNormalization", after=("forward", "small_epsilon", "starts"))
def running_start(layer_class: type) -> None:
    """Running mean and variance start with those of the first batch."""
    layer = made(layer_class)
    train(layer, X)
    mean, variance = X.mean(axis=0), X.var(axis=0)
    other = normal(4, CHANNELS, seed=5)
    hint = "the first batch's mean and variance are the running ones at first"

    def decayed(decay: float, start: float) -> np.ndarray:
        return normalized(other, (1 - decay) * mean, decay * start + (1 - decay) * variance)

    faults = [
        Fault(
            "the batch's own statistics are used in the testing phase",
            lambda: normalized(other),
            "use the running statistics in the testing phase",
        ),
        Fault(
            "running statistics are never updated: they are still 0 and 1",
            lambda: normalized(other, 0.0, 1.0),
            "update them in every training forward pass",
        ),
        Fault(
            "the variance is the unbiased one, divided by N − 1",
            lambda: normalized(other, mean, X.var(axis=0, ddof=1)),
        ),
        Fault(
            "γ and β are not applied in the testing phase",
            lambda: normalized(other, mean, variance, 1.0, 0.0),
        ),
        *[
            Fault(
                "running statistics start with 0 or 1 and not with the first batch",
                lambda d=d, s=s: decayed(d, s),
                hint,
            )
            for d in (0.8, 0.9, 0.2, 0.1, 0.99, 0.5)
            for s in (0.0, 1.0)
        ],
    ]
    compare(
        "output in the testing phase",
        test(layer, other),
        normalized(other, mean, variance),
        faults,
        hint,
        ROUGH,
    )


def _running(layer: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return running mean and variance, seen from two outputs in the testing phase."""
    low, high = test(layer, np.zeros((2, CHANNELS))), test(layer, np.ones((2, CHANNELS)))
    slope = (high - low)[0]  # γ / σ
    require(
        np.all(slope != 0) and np.all(np.isfinite(slope)),
        "output in the testing phase",
        "it does not depend on the input when all samples are alike",
        "the batch's own statistics are used in the testing phase",
        "use the running statistics in the testing phase",
    )
    sigma = GAMMA / slope
    return (BETA - low[0]) / slope, sigma**2


def _same_share(old: np.ndarray, new: np.ndarray, now: np.ndarray) -> bool:
    """Tell whether every channel keeps the same share of the old value."""
    share = (new - now) / (old - now)
    return bool(np.allclose(share, share[0], rtol=1e-4))


@requirement("BatchNormalization", after=("running_start", "forward", "small_epsilon", "starts"))
def running_decay(layer_class: type) -> str:
    """Running mean and variance move towards each further batch."""
    layer = made(layer_class)
    second = normal(5, CHANNELS, seed=6) * 3 - 2
    train(layer, X)
    before = _running(layer)
    train(layer, second)
    after = _running(layer)
    batch = second.mean(axis=0), second.var(axis=0)
    names = ("running mean", "running variance")
    kept = []
    for name, old, new, now in zip(names, before, after, batch, strict=True):
        share = (new - now) / (old - now)
        hint = "running ← decay·running + (1 − decay)·batch, decay about 0.8"
        index = f"{name}[0] stays" if matches(new, old) else f"{name}[0] becomes"
        require(
            not matches(new, old),
            name,
            f"{index} {new[0]:.6g} after a second batch",
            "running statistics are never updated after the first batch",
            hint,
        )
        require(
            not matches(new, now),
            name,
            f"{index} {new[0]:.6g}, the batch's own",
            "running statistics are overwritten by the last batch",
            hint,
        )
        compare(
            f"share of the old {name} that is kept, per channel",
            share,
            np.full(CHANNELS, np.median(share)),
            [
                Fault(
                    "the standard deviation is averaged instead of the variance",
                    lambda old=old, new=new, now=now: _same_share(*map(np.sqrt, (old, new, now))),
                    "average variances, and take the root when you normalize",
                )
            ],
            hint=hint,
            tolerance=1e-5,
        )
        if not 0 < np.median(share) < 1:
            raise NotMet(
                name,
                f"its old value counts {np.median(share):.4g}-fold",
                "the two weights do not add up to 1",
                hint,
            )
        kept.append(float(np.median(share)))
    if abs(kept[0] - kept[1]) < 1e-6:
        return f"decay of the running statistics: {kept[0]:.3g}"
    return f"decay of the running mean: {kept[0]:.3g}, of the running variance: {kept[1]:.3g}"


@requirement(
    "BatchNormalization",
    after=("running_start", "running_decay", "forward", "forward_image", "reformats", "starts"),
)
def testing_leaves_statistics(layer_class: type) -> None:
    """The testing phase uses the running statistics and does not change them."""
    layer = made(layer_class)
    train(layer, X)
    first = test(layer, 2 * X)
    test(layer, 5 * X + 1)
    compare(
        "second output in the testing phase",
        test(layer, 2 * X),
        first,
        [
            Fault(
                "running statistics are updated in the testing phase too", lambda: True, vague=True
            )
        ],
    )
    layer = made(layer_class)
    train(layer, IMAGE)
    rows = rows_of(IMAGE)
    got = test(layer, IMAGE + 1)
    right = normalized(IMAGE + 1, rows.mean(axis=0), rows.var(axis=0))
    compare("output for images in the testing phase", got, right, tolerance=ROUGH)
