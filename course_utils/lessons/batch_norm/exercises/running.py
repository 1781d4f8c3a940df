"""Exercise 06.2: the running statistics."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight
from course_utils.lessons.batch_norm.exercises.common import LECTURE, fresh_batch
from course_utils.lessons.batch_norm.model import update_running

Statistics = tuple[np.ndarray, np.ndarray]


def _layer(
    rng: np.random.Generator, samples: int, units: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    mean, variance = rng.uniform(-2, 2, units), rng.uniform(0.5, 4, units)
    return mean, variance, fresh_batch(rng, samples, units), float(rng.uniform(0.05, 0.35))


def _refuses_a_batch_of_one(answer: Callable[..., Statistics]) -> None:
    try:
        answer(np.zeros(2), np.ones(2), np.array([[1.0, 3.0]]), 0.1)
    except ValueError:
        return
    except Exception as error:
        kind = type(error).__name__
        raise NotRight(
            f"for a batch of one it raises {kind}", "raise a `ValueError`, as PyTorch does"
        ) from None
    raise NotRight(
        "for a batch of one it raises no ValueError",
        "n − 1 is 0 for a batch of one: begin with `if len(x) < 2: raise ValueError(…)`",
    )


def _asserts(mean: np.ndarray, variance: np.ndarray, x: np.ndarray, momentum: float) -> Statistics:
    assert len(x) > 1
    return update_running(mean, variance, x, momentum)


_TWO = "only a batch of one is refused: `len(x)` counts the samples, and two have a variance"
_CONSTANT = "only a batch of one is refused; a constant unit has the variance 0"


def _not_refused(batch: list[list[float]], what: str, cause: str) -> Callable[..., None]:
    def holds(answer: Callable[..., Statistics]) -> None:
        try:
            answer(np.zeros(2), np.ones(2), np.array(batch), 0.1)
        except ValueError:
            raise NotRight(f"for {what} it raises ValueError", cause) from None
        except Exception:  # the rounds tell it
            return

    return holds


def _refuses_two(
    mean: np.ndarray, variance: np.ndarray, x: np.ndarray, momentum: float
) -> Statistics:
    if len(x) <= 2:
        raise ValueError
    return update_running(mean, variance, x, momentum)


def _refuses_constant_units(
    mean: np.ndarray, variance: np.ndarray, x: np.ndarray, momentum: float
) -> Statistics:
    if (x.var(axis=0) == 0).any():
        raise ValueError
    return update_running(mean, variance, x, momentum)


def _never_refuses(
    mean: np.ndarray, variance: np.ndarray, x: np.ndarray, momentum: float
) -> Statistics:
    if len(x) < 2:
        return mean, variance
    return update_running(mean, variance, x, momentum)


check_update_running = Exercise(
    item="06.2",
    lecture=LECTURE,
    name="update_running",
    title="Running statistics",
    reference=update_running,
    results=("running mean", "running variance"),
    rounds={
        "one update after a fresh batch": lambda rng: _layer(rng, int(rng.integers(5, 15)), 3),
        "a batch of 4, where n and n − 1 are far apart": lambda rng: _layer(rng, 4, 3),
        "a layer of width 1": lambda rng: _layer(rng, 6, 1),
    },
    properties={
        "a batch of two is not refused": _not_refused(
            [[1.0, 3.0], [2.0, 5.0]], "a batch of two", _TWO
        ),
        "a unit that is the same for the whole batch is not refused": _not_refused(
            [[1.0, 3.0]] * 3, "units that are the same for the whole batch", _CONSTANT
        ),
        "a batch of one is refused": _refuses_a_batch_of_one,
    },
    faults=(
        Fault(
            "momentum weighs the old value, as in Keras; PyTorch's weighs the new one",
            lambda m, v, x, k: (k * m + (1 - k) * x.mean(0), k * v + (1 - k) * x.var(0, ddof=1)),
        ),
        Fault(
            "the running variance takes the variance divided by n; PyTorch stores the one divided"
            " by n − 1",
            lambda m, v, x, k: (1 - k) * v + k * x.var(0),
            of=("running variance",),
        ),
        Fault(
            "the last batch replaces what was there; let it in with the weight `momentum`",
            lambda m, v, x, k: (x.mean(0), x.var(0, ddof=1)),
        ),
        Fault("nothing is updated: these are the old values", lambda m, v, x, k: (m, v)),
        Fault(
            "the running variance is the old one; it is updated like the mean",
            lambda m, v, x, k: v,
            of=("running variance",),
        ),
        Fault(
            "the running mean is the old one; it is updated like the variance",
            lambda m, v, x, k: m,
            of=("running mean",),
        ),
        Fault(
            "momentum is always 0.1; take the argument `momentum`",
            lambda m, v, x, k: (0.9 * m + 0.1 * x.mean(0), 0.9 * v + 0.1 * x.var(0, ddof=1)),
        ),
        Fault(
            "the batch's share is subtracted; it is added",
            lambda m, v, x, k: ((1 - k) * m - k * x.mean(0), (1 - k) * v - k * x.var(0, ddof=1)),
        ),
        Fault(
            "the new values are added to the whole old ones; those keep the weight 1 − momentum",
            lambda m, v, x, k: (m + k * x.mean(0), v + k * x.var(0, ddof=1)),
        ),
        Fault(
            "the change is subtracted: the new value moves away from the batch's",
            lambda m, v, x, k: ((1 + k) * m - k * x.mean(0), (1 + k) * v - k * x.var(0, ddof=1)),
        ),
        Fault(
            "the sum of the batch enters; take its mean",
            lambda m, v, x, k: (1 - k) * m + k * x.sum(0),
            of=("running mean",),
        ),
        Fault(
            "the mean is divided by n − 1; only the variance is",
            lambda m, v, x, k: (1 - k) * m + k * x.sum(0) / (len(x) - 1),
            of=("running mean",),
        ),
        Fault(
            "n/(n − 1) is multiplied in although the variance was over n − 1 already",
            lambda m, v, x, k: (1 - k) * v + k * x.var(0, ddof=1) * len(x) / (len(x) - 1),
            of=("running variance",),
        ),
        Fault(
            "n/(n − 1) is turned over: the variance over n is multiplied by (n − 1)/n",
            lambda m, v, x, k: (1 - k) * v + k * x.var(0) * (len(x) - 1) / len(x),
            of=("running variance",),
        ),
        Fault(
            "n/(n − 1) multiplies the whole running variance; it belongs to the batch's only",
            lambda m, v, x, k: ((1 - k) * v + k * x.var(0)) * len(x) / (len(x) - 1),
            of=("running variance",),
        ),
        Fault(
            "it is the deviation that enters; average the variance",
            lambda m, v, x, k: (1 - k) * v + k * x.std(0, ddof=1),
            of=("running variance",),
        ),
        Fault(
            "the deviation is averaged and squared afterwards; average the variance",
            lambda m, v, x, k: ((1 - k) * np.sqrt(v) + k * x.std(0, ddof=1)) ** 2,
            of=("running variance",),
        ),
        Fault(
            "old and new get half of the weight each; use `momentum`",
            lambda m, v, x, k: ((m + x.mean(0)) / 2, (v + x.var(0, ddof=1)) / 2),
        ),
        Fault(
            "the mean of the squares enters; subtract the mean first",
            lambda m, v, x, k: (1 - k) * v + k * (x**2).sum(0) / (len(x) - 1),
            of=("running variance",),
        ),
        Fault(
            "the deviations are taken from the running mean; the batch's own mean belongs there",
            lambda m, v, x, k: (1 - k) * v + k * ((x - m) ** 2).sum(0) / (len(x) - 1),
            of=("running variance",),
        ),
        Fault(
            "the deviations are taken from the new running mean; the batch's own mean belongs"
            " there",
            lambda m, v, x, k: (
                (1 - k) * v + k * ((x - (1 - k) * m - k * x.mean(0)) ** 2).sum(0) / (len(x) - 1)
            ),
            of=("running variance",),
        ),
    ),
    wrong=lambda: [
        (_refuses_two, _TWO),
        (_refuses_constant_units, _CONSTANT),
        (_asserts, "raise a `ValueError`, as PyTorch does"),
        (
            _never_refuses,
            "n − 1 is 0 for a batch of one: begin with `if len(x) < 2: raise ValueError(…)`",
        ),
    ],
    hints=(
        "Which of the two, old or new, should weigh 0.9?",
        "PyTorch's momentum is the weight of the new batch. Its variance enters divided by n − 1:"
        " `x.var(axis=0, ddof=1)`.",
        """
        def update_running(mean, variance, x, momentum):
            if len(x) < 2:
                raise ValueError("...")
            new_mean = (1 - momentum) * ... + momentum * ...
            new_variance = (1 - momentum) * ... + momentum * x.var(axis=0, ddof=...)
            return new_mean, new_variance
        """,
    ),
)
