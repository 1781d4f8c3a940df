"""Ensembles of the same networks, and of decision trees: what averaging takes away.

Members learn the same samples, resampled ones (bagging) or samples of their own.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from sklearn.tree import DecisionTreeRegressor

from course_utils.computed import Computed
from course_utils.lessons.generalization import networks
from course_utils.lessons.generalization.model import GRID, SAMPLES, Sets

MEMBERS = 4


class Ensembles(NamedTuple):
    """Predictions of the members of four kinds of ensembles, (members, networks, points)."""

    same_samples: np.ndarray  # all train on one set, from other first weights
    resampled: np.ndarray  # bagging: each draws its samples from the set, with replacement
    fresh_samples: np.ndarray  # each has a set of its own, which nobody has in practice
    trees: np.ndarray  # bagging of decision trees


@cache
def ensembles() -> Ensembles:
    """Return the ensembles; `plain` networks are the first members of the `same_samples`."""
    return Computed(_trained)()


def _trained() -> Ensembles:
    sets, first = networks.fresh(), networks.plain().predictions[-1]
    later, every = range(1, MEMBERS), range(MEMBERS)
    rng = np.random.default_rng(networks.SEEDS[0])
    bags = []
    for _ in every:
        chosen = rng.integers(SAMPLES, size=sets.x.shape)
        bags.append(Sets(*(np.take_along_axis(part, chosen, axis=1) for part in sets)))
    learned = [*(sets for _ in later), *bags, *(networks.fresh(purpose=m) for m in later)]
    together = Sets(*(np.concatenate(part) for part in zip(*learned, strict=True)))
    run = networks.train(together, starts=[*later, *every, *later])
    again, resampled, own = np.split(
        run.predictions[-1].reshape(len(learned), *first.shape),
        np.cumsum([len(later), len(every)]),
    )
    trees = np.stack([grown(bag) for bag in bags])
    return Ensembles(
        np.concatenate([first[None], again]), resampled, np.concatenate([first[None], own]), trees
    )


def grown(sets: Sets) -> np.ndarray:
    """Return the predictions (sets, points) of a decision tree for each training set."""
    return np.array(
        [
            DecisionTreeRegressor(random_state=0).fit(x[:, None], y).predict(GRID[:, None])
            for x, y in zip(*sets, strict=True)
        ]
    )


class Shares(NamedTuple):
    """Variances of one kind of ensemble, mean over the inputs, for each seed.

    All divide by one less than the number of training sets, as `model.terms` does.
    """

    own: np.ndarray  # (seeds,), V: of a member
    pairs: np.ndarray  # (seeds,), C: covariance of two members
    together: np.ndarray  # (seeds,), of the members' mean

    @property
    def left(self) -> np.ndarray:
        """How much of a member's variance the mean has, in percent."""
        return 100 * self.together / self.own

    @property
    def correlation(self) -> float:
        """Mean over the seeds of C/V."""
        return float(np.mean(self.pairs / self.own))


@cache
def shares() -> dict[str, Shares]:
    """Return the variances of each kind of `ensembles`."""
    return {kind: _shares(members) for kind, members in ensembles()._asdict().items()}


def _shares(members: np.ndarray) -> Shares:
    count = len(members)
    by_seed = members.reshape(count, len(networks.SEEDS), networks.SETS, len(GRID))
    off = by_seed - by_seed.mean(axis=2, keepdims=True)
    table = np.einsum("asni,bsni->sab", off, off) / ((networks.SETS - 1) * len(GRID))
    own = np.einsum("saa->s", table) / count
    pairs = (table.sum(axis=(1, 2)) - count * own) / (count * (count - 1))
    return Shares(own, pairs, by_seed.mean(axis=0).var(axis=1, ddof=1).mean(axis=1))
